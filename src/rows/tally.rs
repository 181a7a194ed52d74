//! A sum over a row that does not drift. Vectors are added to one of the same
//! type, and beside it goes what each addition rounded off; every so often both
//! are emptied into something wider. So terms too small to change a large one are
//! lost only where they meet it among the four that are added first.

use crate::simd::{Elem, Io, Real, V, W};

/// Times that a tally is added to before it is to be folded.
pub const FOLD: usize = 16;

/// The sum so far.
pub struct Tally<E: Elem, S: Io<E>> {
    sum: V<E, S>,
    lost: V<E, S>,
    total: W<E, S>,
}

impl<E: Elem, S: Io<E>> Tally<E, S> {
    /// Nothing.
    #[inline(always)]
    pub fn new(s: S) -> Self {
        let zero = s.splat(E::Acc::ZERO);
        Tally { sum: zero, lost: zero, total: s.wide_zero() }
    }

    /// Adds a vector. Where it is larger than the sum so far, what is kept beside is
    /// itself rounded, but then the sum is about to be small beside what follows.
    #[inline(always)]
    pub fn add(&mut self, s: S, v: V<E, S>) {
        let sum = s.add(self.sum, v);
        self.lost = s.add(self.lost, s.sub(v, s.sub(sum, self.sum)));
        self.sum = sum;
    }

    /// Adds four vectors.
    #[inline(always)]
    pub fn four(&mut self, s: S, [a, b, c, d]: [V<E, S>; 4]) {
        self.add(s, s.add(s.add(a, b), s.add(c, d)));
    }

    /// Empties it into what is wider.
    #[inline(always)]
    pub fn fold(&mut self, s: S) {
        self.total = s.wide_add(s.wide_add(self.total, self.sum), self.lost);
        let zero = s.splat(E::Acc::ZERO);
        (self.sum, self.lost) = (zero, zero);
    }

    /// Adds a vector to what is wider.
    #[inline(always)]
    pub fn add_wide(&mut self, s: S, v: V<E, S>) {
        self.total = s.wide_add(self.total, v);
    }

    /// The sum over all lanes, folded.
    #[inline(always)]
    pub fn value(mut self, s: S) -> f64 {
        self.fold(s);
        s.wide_sum(self.total)
    }
}
