//! Top-k accuracy: the share of rows whose label ranks among the first k.

use super::labelled::Labelled;
use super::scored::{RowTerm, Scored, by_blocks};
use crate::math::fixed::Bounded;
use crate::rows::{rank, top};
use crate::simd::{Elem, Io};
use crate::state::{Head, Kind, Params, State};

/// What has been seen.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Accuracy {
    head: Head,
    rows: u64,
    nan_rows: u64,
    weight: Bounded,
    hits: Bounded,
}

// SAFETY: repr(C) of u64s behind a head; the assertion below excludes padding.
unsafe impl State for Accuracy {
    const KIND: Kind = Kind::Accuracy;

    fn size(k: &Params) -> Option<usize> {
        (k.param >= 1).then_some(size_of::<Self>())
    }

    fn at(data: *mut u8, _: &Params) -> *mut Self {
        data.cast()
    }

    fn merge(&mut self, other: &Self) {
        self.rows = self.rows.wrapping_add(other.rows);
        self.nan_rows = self.nan_rows.wrapping_add(other.nan_rows);
        self.weight.merge(&other.weight);
        self.hits.merge(&other.hits);
    }
}

const _: () = assert!(size_of::<Accuracy>() == 16 + 2 * 8 + 2 * 32);

/// The result of `lgt_accuracy_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct AccuracyReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those that hold a NaN: misses.
    pub nan_rows: u64,
    /// The sum of weights.
    pub weight: f64,
    /// The weighted share of hits; NaN if nothing was seen.
    pub accuracy: f64,
}

impl Accuracy {
    /// Adds rows that passed [`Labelled::check`].
    pub fn update<E: Elem>(&mut self, data: Labelled<E>) {
        self.add_rows(self.head.param, &data);
    }

    /// The result so far.
    pub fn finish(&self) -> AccuracyReport {
        let weight = self.weight.to_f64();
        let accuracy = self.hits.to_f64() / weight;
        AccuracyReport { rows: self.rows, nan_rows: self.nan_rows, weight, accuracy }
    }
}

/// What is known of a row.
#[derive(Clone, Copy)]
pub enum Rank {
    /// The label is among the first k.
    Hit,
    /// It is not.
    Miss,
    /// There is a NaN.
    Nan,
}

impl Scored for Accuracy {
    type Term = Rank;

    fn terms<E: Elem>(k: u32, data: &Labelled<E>, add: &mut dyn FnMut(usize, &[Rank])) {
        by_blocks(TopK(k as usize), data, add);
    }

    fn add(&mut self, rank: Rank, weight: f64) {
        self.rows = self.rows.wrapping_add(1);
        self.weight.add(weight);
        match rank {
            Rank::Hit => self.hits.add(weight),
            Rank::Miss => {}
            Rank::Nan => self.nan_rows = self.nan_rows.wrapping_add(1),
        }
    }

    fn value(&self) -> f64 {
        self.finish().accuracy
    }
}

/// How many ranks are a hit.
#[derive(Clone, Copy)]
struct TopK(usize);

impl<E: Elem> RowTerm<E> for TopK {
    type Term = Rank;
    const NONE: Rank = Rank::Miss;

    #[inline(always)]
    unsafe fn term<S: Io<E>>(self, s: S, row: *const E, n: usize, label: usize) -> Rank {
        // SAFETY: the caller vouches for the row.
        unsafe {
            if top::has_nan(s, row, n) {
                Rank::Nan
            } else if rank::rank(s, row, n, label) < self.0 {
                Rank::Hit
            } else {
                Rank::Miss
            }
        }
    }
}
