//! The entries of a row that may have a share of a sparse map: those within some reach
//! of the maximum, of which there are mostly few.
//!
//! They are found in two visits, the second of what the first left in the cache, and
//! behind a door; what is then done with them is not worth one.

use crate::rows::numbers::Numbers;
use crate::rows::pass::{Pass, walk};
use crate::rows::pieces::{PIECE, Room};
use crate::rows::top;
use crate::simd::{Elem, Io, Kernel, Lanes, Real, V};

/// The most candidates that are listed.
pub const MOST: usize = PIECE;

/// Candidates of a row: where they stand, and how far they are from the maximum.
pub struct List {
    /// Places in the row.
    pub places: [usize; MOST],
    /// Differences from the maximum; whole vectors, with -inf behind the last.
    pub room: [Room<f64>; 1],
    /// How many there are; more than [`MOST`] where not all are listed.
    pub len: usize,
}

impl List {
    /// Nothing yet.
    pub fn empty() -> List {
        List { places: [0; MOST], room: [Room::zeros()], len: 0 }
    }

    /// Whether all candidates are listed.
    #[inline(always)]
    pub fn is_whole(&self) -> bool {
        self.len <= MOST
    }

    /// Lists the entries of a row that are at most `reach` below the maximum, which is
    /// returned: NaN if one of them is, and nothing is listed then, nor where it is
    /// infinite.
    ///
    /// # Safety
    /// There must be `n` numbers.
    #[inline(always)]
    pub unsafe fn take(&mut self, row: Numbers, n: usize, reach: f64) -> f64 {
        // SAFETY: the same contract.
        unsafe { self.fill(row, n, Some(reach)) }
    }

    /// Likewise the entries above 0, as they are.
    ///
    /// # Safety
    /// There must be `n` numbers.
    #[inline(always)]
    pub unsafe fn take_positive(&mut self, row: Numbers, n: usize) -> f64 {
        // SAFETY: the same contract.
        unsafe { self.fill(row, n, None) }
    }

    /// # Safety
    /// There must be `n` numbers.
    #[inline(never)]
    unsafe fn fill(&mut self, row: Numbers, n: usize, reach: Option<f64>) -> f64 {
        self.len = 0;
        match row {
            Numbers::F32(row) => f32::dispatch(Take { row, n, reach, list: self }),
            Numbers::F64(row) => f64::dispatch(Take { row, n, reach, list: self }),
            Numbers::F16(row) => Elem::dispatch(Take { row, n, reach, list: self }),
            Numbers::Bf16(row) => Elem::dispatch(Take { row, n, reach, list: self }),
        }
    }
}

struct Take<'a, E> {
    row: *const E,
    n: usize,
    /// None for what is above 0.
    reach: Option<f64>,
    list: &'a mut List,
}

impl<E: Elem> Kernel<E> for Take<'_, E> {
    type Out = f64;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> f64 {
        let Take { row, n, reach, list } = self;
        // SAFETY: the caller of `take` vouches for the row.
        let max = unsafe { top::largest(s, row, n) }.to_f64();
        if !max.is_finite() {
            return max;
        }
        // What is rounded keeps its order, so that none is missed.
        let (bound, minus) = match reach {
            Some(reach) => (E::Acc::of(max - reach), max),
            None => (E::Acc::ZERO.above(), 0.0),
        };
        let bound = s.splat(bound);
        let (places, values) = (list.places.as_mut_ptr(), list.room[0].values().as_mut_ptr());
        let mut pass = TakePass::<E, S> { row, minus, bound, places, values, len: 0 };
        // SAFETY: as above.
        unsafe { walk(s, row, n, E::Acc::NEG_INFINITY, &mut pass) };
        list.len = pass.len;
        if pass.len <= MOST {
            let end = pass.len.next_multiple_of(VECTOR);
            (pass.len..end).for_each(|i| {
                // SAFETY: a room is whole vectors.
                unsafe { *values.add(i) = f64::NEG_INFINITY }
            });
        }
        max
    }
}

/// As many values as any vector has, or more.
const VECTOR: usize = 16;

struct TakePass<E: Elem, S: Io<E>> {
    row: *const E,
    minus: f64,
    bound: V<E, S>,
    places: *mut usize,
    values: *mut f64,
    len: usize,
}

impl<E: Elem, S: Io<E>> TakePass<E, S> {
    #[inline(always)]
    fn take(&mut self, mut bits: u32, at: usize) {
        while bits != 0 {
            let place = at + bits.trailing_zeros() as usize;
            if self.len < MOST {
                // SAFETY: there is room for the most, and the place is in the row.
                unsafe {
                    *self.places.add(self.len) = place;
                    *self.values.add(self.len) =
                        (*self.row.add(place)).widen().to_f64() - self.minus;
                }
            } else {
                self.len = MOST + 1;
                return;
            }
            self.len += 1;
            bits &= bits - 1;
        }
    }
}

impl<E: Elem, S: Io<E>> Pass<E, S> for TakePass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, at: usize) {
        self.take(s.bits(s.ge(v, self.bound)), at);
    }

    #[inline(always)]
    fn quad(&mut self, s: S, [a, b, c, d]: [V<E, S>; 4], at: usize) {
        let most = s.max(s.max(a, b), s.max(c, d));
        if s.bits(s.ge(most, self.bound)) == 0 || self.len > MOST {
            return;
        }
        let lanes = <S as Lanes<E::Acc>>::N;
        for (i, v) in [a, b, c, d].into_iter().enumerate() {
            self.step(s, v, at + i * lanes);
        }
    }

    #[inline(always)]
    fn tail(&mut self, s: S, v: V<E, S>, at: usize, n: usize) {
        let inside = s.and(s.head(n), s.ge(v, self.bound));
        self.take(s.bits(inside), at);
    }
}
