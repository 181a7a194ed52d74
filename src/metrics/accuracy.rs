//! Top-k accuracy: the share of rows whose label ranks among the first k.

use super::labelled::Labelled;
use crate::math::fixed::Bounded;
use crate::rows::{rank, top};
use crate::simd::{Elem, Io, Kernel};
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
        E::dispatch(Update { state: self, data });
    }

    /// The result so far.
    pub fn finish(&self) -> AccuracyReport {
        let weight = self.weight.to_f64();
        let accuracy = self.hits.to_f64() / weight;
        AccuracyReport { rows: self.rows, nan_rows: self.nan_rows, weight, accuracy }
    }
}

struct Update<'a, E: Elem> {
    state: &'a mut Accuracy,
    data: Labelled<E>,
}

impl<E: Elem> Kernel<E> for Update<'_, E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        let state = self.state;
        let n = self.data.rows.cols;
        for r in 0..self.data.rows.rows {
            let Some((label, weight)) = self.data.counted(r) else { continue };
            let row = self.data.rows.row(r);
            state.rows = state.rows.wrapping_add(1);
            state.weight.add(weight);
            // SAFETY: the view vouches for its rows, `check` for the labels.
            unsafe {
                if top::has_nan(s, row, n) {
                    state.nan_rows = state.nan_rows.wrapping_add(1);
                } else if rank::rank(s, row, n, label) < state.head.param as usize {
                    state.hits.add(weight);
                }
            }
        }
    }
}
