//! The gradient of plain softmax, row by row: a row is read twice while a cache holds it.

use crate::rows::pass::{Pass, walk};
use crate::rows::tally::{self, Tally};
use crate::rows::view::{Rows, RowsMut};
use crate::simd::{Elem, Io, Kernel, Lanes, Real, V};

/// `dx = scale y (dy - sum y dy)`.
pub struct Plain<E: Elem> {
    /// Shares.
    pub y: Rows<E>,
    /// Their gradient.
    pub dy: Rows<E>,
    /// Where that of the scores goes; may be either.
    pub dx: RowsMut<E>,
    /// What scores were multiplied by.
    pub scale: f64,
}

impl<E: Elem> Kernel<E> for Plain<E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        let zero = E::Acc::ZERO;
        for r in 0..self.y.rows {
            let (y, dy, dx, n) = (self.y.row(r), self.dy.row(r), self.dx.row(r), self.y.cols);
            let mut dot = Dot::<E, S> { dy, sum: Tally::new(s) };
            // SAFETY: the views vouch for their rows.
            unsafe {
                walk(s, y, n, zero, &mut dot);
                let t = s.splat(E::Acc::of(dot.sum.value(s)));
                let scale = s.splat(E::Acc::of(self.scale));
                walk(s, y, n, zero, &mut Update::<E, S> { dy, dx, t, scale });
            }
        }
    }
}

/// The sum of `y dy`, but for what has no share.
struct Dot<E: Elem, S: Io<E>> {
    dy: *const E,
    sum: Tally<E, S>,
}

impl<E: Elem, S: Io<E>> Dot<E, S> {
    #[inline(always)]
    fn term(s: S, y: V<E, S>, dy: V<E, S>) -> V<E, S> {
        let zero = s.splat(E::Acc::ZERO);
        s.select(s.eq(y, zero), zero, s.mul(y, dy))
    }
}

impl<E: Elem, S: Io<E>> Pass<E, S> for Dot<E, S> {
    const FOLD: usize = tally::FOLD;

    #[inline(always)]
    fn step(&mut self, s: S, y: V<E, S>, at: usize) {
        // SAFETY: the row of gradients has every column of that of shares.
        let dy = unsafe { s.load(self.dy.add(at)) };
        self.sum.add_wide(s, Self::term(s, y, dy));
    }

    #[inline(always)]
    fn quad(&mut self, s: S, [a, b, c, d]: [V<E, S>; 4], at: usize) {
        let lanes = <S as Lanes<E::Acc>>::N;
        // SAFETY: as above.
        let terms = unsafe {
            let dy = self.dy.add(at);
            let (a, b) = (Self::term(s, a, s.load(dy)), Self::term(s, b, s.load(dy.add(lanes))));
            let c = Self::term(s, c, s.load(dy.add(2 * lanes)));
            let d = Self::term(s, d, s.load(dy.add(3 * lanes)));
            [a, b, c, d]
        };
        self.sum.four(s, terms);
    }

    #[inline(always)]
    fn tail(&mut self, s: S, y: V<E, S>, at: usize, n: usize) {
        // SAFETY: as above.
        let dy = unsafe { s.load_head(self.dy.add(at), n, E::Acc::ZERO) };
        self.sum.add_wide(s, Self::term(s, y, dy));
    }

    #[inline(always)]
    fn fold(&mut self, s: S) {
        self.sum.fold(s);
    }
}

/// Writes the gradient.
struct Update<E: Elem, S: Io<E>> {
    dy: *const E,
    dx: *mut E,
    t: V<E, S>,
    scale: V<E, S>,
}

impl<E: Elem, S: Io<E>> Update<E, S> {
    #[inline(always)]
    fn eval(&self, s: S, y: V<E, S>, dy: V<E, S>) -> V<E, S> {
        let zero = s.splat(E::Acc::ZERO);
        let d = s.mul(s.mul(y, s.sub(dy, self.t)), self.scale);
        s.select(s.eq(y, zero), zero, d)
    }
}

impl<E: Elem, S: Io<E>> Pass<E, S> for Update<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, y: V<E, S>, at: usize) {
        // SAFETY: the rows have the same columns.
        unsafe { s.store(self.dx.add(at), self.eval(s, y, s.load(self.dy.add(at)))) };
    }

    #[inline(always)]
    fn tail(&mut self, s: S, y: V<E, S>, at: usize, n: usize) {
        // SAFETY: as above.
        unsafe {
            let dy = s.load_head(self.dy.add(at), n, E::Acc::ZERO);
            s.store_head(self.dx.add(at), n, self.eval(s, y, dy));
        }
    }
}
