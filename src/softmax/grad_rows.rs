//! The gradients of plain softmax and log-softmax, row by row: a row is read twice while a
//! cache holds it.

use super::grad_maps::exp;
use crate::math::exp::ExpPlan;
use crate::rows::pass::{Pass, walk, walk_singly};
use crate::rows::tally::{self, Tally};
use crate::rows::view::{Rows, RowsMut};
use crate::simd::{Elem, Io, Kernel, Lanes, Real, V};

/// `dx = scale y (dy - sum y dy)`, or, of logarithms, `scale (dy - exp(y) sum dy)`.
pub struct Plain<E: Elem> {
    /// Shares.
    pub y: Rows<E>,
    /// Their gradient.
    pub dy: Rows<E>,
    /// Where that of the scores goes; may be either.
    pub dx: RowsMut<E>,
    /// What scores were multiplied by.
    pub scale: f64,
    /// What makes shares of logarithms; none where shares are given.
    pub plan: Option<ExpPlan<E::Acc>>,
}

impl<E: Elem> Kernel<E> for Plain<E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        let zero = E::Acc::ZERO;
        for r in 0..self.y.rows {
            let (y, dy, dx, n) = (self.y.row(r), self.dy.row(r), self.dx.row(r), self.y.cols);
            let logs = self.plan.is_some();
            let mut dot = Dot::<E, S> { dy, logs, sum: Tally::new(s) };
            // SAFETY: the views vouch for their rows.
            unsafe {
                walk(s, y, n, zero, &mut dot);
                let t = s.splat(E::Acc::of(dot.sum.value(s)));
                let scale = s.splat(E::Acc::of(self.scale));
                let mut update = Update::<E, S> { dy, dx, t, scale };
                match &self.plan {
                    Some(plan) => {
                        walk_singly(s, y, n, zero, &mut Logs { update: &mut update, plan });
                    }
                    None => walk(s, y, n, zero, &mut update),
                }
            }
        }
    }
}

/// The sum of `y dy`, or of `dy`, but for what has no share.
struct Dot<E: Elem, S: Io<E>> {
    dy: *const E,
    logs: bool,
    sum: Tally<E, S>,
}

impl<E: Elem, S: Io<E>> Dot<E, S> {
    #[inline(always)]
    fn term(&self, s: S, y: V<E, S>, dy: V<E, S>) -> V<E, S> {
        let zero = s.splat(E::Acc::ZERO);
        if self.logs {
            s.select(s.eq(y, s.splat(E::Acc::NEG_INFINITY)), zero, dy)
        } else {
            s.select(s.eq(y, zero), zero, s.mul(y, dy))
        }
    }
}

impl<E: Elem, S: Io<E>> Pass<E, S> for Dot<E, S> {
    const FOLD: usize = tally::FOLD;

    #[inline(always)]
    fn step(&mut self, s: S, y: V<E, S>, at: usize) {
        // SAFETY: the row of gradients has every column of that of shares.
        let dy = unsafe { s.load(self.dy.add(at)) };
        let term = self.term(s, y, dy);
        self.sum.add_wide(s, term);
    }

    #[inline(always)]
    fn quad(&mut self, s: S, [a, b, c, d]: [V<E, S>; 4], at: usize) {
        let lanes = <S as Lanes<E::Acc>>::N;
        // SAFETY: as above.
        let terms = unsafe {
            let dy = self.dy.add(at);
            let (a, b) = (self.term(s, a, s.load(dy)), self.term(s, b, s.load(dy.add(lanes))));
            let c = self.term(s, c, s.load(dy.add(2 * lanes)));
            let d = self.term(s, d, s.load(dy.add(3 * lanes)));
            [a, b, c, d]
        };
        self.sum.four(s, terms);
    }

    #[inline(always)]
    fn tail(&mut self, s: S, y: V<E, S>, at: usize, n: usize) {
        // SAFETY: as above.
        let dy = unsafe { s.load_head(self.dy.add(at), n, E::Acc::ZERO) };
        let term = self.term(s, y, dy);
        self.sum.add_wide(s, term);
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
        let d = s.mul(y, s.sub(dy, self.t));
        s.select(s.eq(y, zero), zero, s.mul(d, self.scale))
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

/// The same of logarithms.
struct Logs<'a, E: Elem, S: Io<E>> {
    update: &'a mut Update<E, S>,
    plan: &'a ExpPlan<E::Acc>,
}

impl<E: Elem, S: Io<E>> Logs<'_, E, S> {
    #[inline(always)]
    fn eval(&self, s: S, y: V<E, S>, dy: V<E, S>) -> V<E, S> {
        let Update { t, scale, .. } = *self.update;
        let share = exp::<E::Acc, E, S>(self.plan, s, y);
        let d = s.mul(s.sub(dy, s.mul(share, t)), scale);
        s.select(s.eq(y, s.splat(E::Acc::NEG_INFINITY)), s.splat(E::Acc::ZERO), d)
    }
}

impl<E: Elem, S: Io<E>> Pass<E, S> for Logs<'_, E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, y: V<E, S>, at: usize) {
        // SAFETY: as above.
        unsafe { s.store(self.update.dx.add(at), self.eval(s, y, s.load(self.update.dy.add(at)))) };
    }

    #[inline(always)]
    fn tail(&mut self, s: S, y: V<E, S>, at: usize, n: usize) {
        // SAFETY: as above.
        unsafe {
            let dy = s.load_head(self.update.dy.add(at), n, E::Acc::ZERO);
            s.store_head(self.update.dx.add(at), n, self.eval(s, y, dy));
        }
    }
}
