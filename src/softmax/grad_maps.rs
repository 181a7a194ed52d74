//! Vector-Jacobian products of softmax and its relatives, over vectors.
//!
//! Of shares `y` with `dy`, the scores have `y (dy - t)` with `t = sum y dy`; of their
//! logarithms `y` it is `dy - exp(y) t` with `t = sum dy`; of the logarithm of the sum
//! `exp(z - lse) dlse`. An entry without a share has nothing, whatever its `dy` is.

use crate::math::exp::{ExpPlan, Scale};
use crate::rows::moments_pass::Computed;
use crate::rows::pieces::{Map, Mapped};
use crate::simd::{Elem, Io, Lanes, Real, V};

/// Shares, given as they are or by their logarithms.
#[derive(Clone, Copy)]
pub struct Given<T> {
    logs: bool,
    plan: ExpPlan<T>,
}

impl<T: Computed> Given<T> {
    /// Those of log-softmax, or of softmax.
    pub fn new(logs: bool) -> Self {
        Given { logs, plan: Scale::new(1.0).differences() }
    }

    /// The shares, and what `t` is the sum of.
    #[inline(always)]
    fn terms<S: Io<T>>(&self, s: S, y: V<T, S>, dy: V<T, S>) -> [V<T, S>; 2] {
        let none = self.none(s, y);
        let (share, term) = if self.logs { (exp(&self.plan, s, y), dy) } else { (y, s.mul(y, dy)) };
        [s.select(none, s.splat(T::ZERO), term), share]
    }

    /// The entries without a share.
    #[inline(always)]
    fn none<S: Io<T>>(&self, s: S, y: V<T, S>) -> <S as Lanes<T>>::M {
        s.eq(y, s.splat(if self.logs { T::NEG_INFINITY } else { T::ZERO }))
    }
}

/// The exponential of what is hardly above 0.
#[inline(always)]
pub fn exp<T: Real, E: Elem<Acc = T>, S: Io<E>>(plan: &ExpPlan<T>, s: S, x: V<E, S>) -> V<E, S> {
    let e = plan.eval_or_zero::<E, S>(s, plan.within::<E, S>(s, x));
    // Of NaN it was nothing.
    s.select(s.nan(x), x, e)
}

/// Of a row: `t`, and the sum of shares.
impl<T: Computed> Map<T, 2, 2> for Given<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [y, dy]: [V<T, S>; 2]) -> Mapped<T, S, 2, 2> {
        ([y, dy], self.terms(s, y, dy))
    }
}

/// Of columns: `t` of each, and what it lost.
impl<T: Computed> Map<T, 4, 0> for Given<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [y, dy, t, lost]: [V<T, S>; 4]) -> Mapped<T, S, 4, 0> {
        let [term, _] = self.terms(s, y, dy);
        let sum = s.add(t, term);
        let back = s.sub(sum, t);
        let rest = s.add(s.sub(t, s.sub(sum, back)), s.sub(term, back));
        ([y, dy, sum, s.add(lost, rest)], [])
    }
}

/// `y`, `dy` and `t` become the gradient.
pub struct Update<T> {
    /// The shares.
    pub given: Given<T>,
    /// What scores were multiplied by.
    pub factor: T,
}

impl<T: Computed> Map<T, 3, 0> for Update<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [y, dy, t]: [V<T, S>; 3]) -> Mapped<T, S, 3, 0> {
        let [_, share] = self.given.terms(s, y, dy);
        let d =
            if self.given.logs { s.sub(dy, s.mul(share, t)) } else { s.mul(share, s.sub(dy, t)) };
        let d = s.mul(d, s.splat(self.factor));
        let none = self.given.none(s, y);
        ([s.select(none, s.splat(T::ZERO), d), dy, t], [])
    }
}

/// Scores become the gradient of the logarithm of their sum. The other rooms: that
/// logarithm, its gradient, the share of a score of +inf.
pub struct Spread<T> {
    plan: ExpPlan<T>,
    /// What is still to be multiplied by.
    pub scale: T,
    /// What scores are multiplied by in all.
    pub factor: T,
}

impl<T: Computed> Spread<T> {
    /// Of entries that are their scores.
    pub fn plain() -> Self {
        Spread { plan: Scale::new(1.0).differences(), scale: T::ONE, factor: T::ONE }
    }
}

impl<T: Computed> Map<T, 4, 0> for Spread<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [z, lse, weight, spare]: [V<T, S>; 4]) -> Mapped<T, S, 4, 0> {
        let d = s.fma(z, s.splat(self.scale), s.sub(s.splat(T::ZERO), lse));
        let share = exp(&self.plan, s, d);
        let share = s.select(s.eq(z, s.splat(T::INFINITY)), spare, share);
        ([s.mul(s.mul(share, weight), s.splat(self.factor)), lse, weight, spare], [])
    }
}

/// Gradients in scores with bounds, `cap tanh(u / cap)`, become those in `u`: times
/// `1 - tanh(u / cap)^2`, without a difference of numbers near 1. The other room: entries.
pub struct Slope<T> {
    plan: ExpPlan<T>,
    /// What makes `-2 u / cap` of an entry.
    factor: T,
}

impl<T: Computed> Slope<T> {
    /// Of scores of this factor.
    pub fn new(factor: f64, cap: f64) -> Self {
        let plan = Scale::new(1.0).differences();
        Slope { plan, factor: T::of(-2.0 * (factor / cap)) }
    }
}

impl<T: Computed> Map<T, 2, 0> for Slope<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [d, x]: [V<T, S>; 2]) -> Mapped<T, S, 2, 0> {
        let u = s.mul(x, s.splat(self.factor));
        let e = exp(&self.plan, s, s.min(u, s.sub(s.splat(T::ZERO), u)));
        let sum = s.add(e, s.splat(T::ONE));
        let slope = s.div(s.mul(e, s.splat(T::of(4.0))), s.mul(sum, sum));
        // Where there is no score, x is not looked at.
        let none = s.eq(d, s.splat(T::ZERO));
        ([s.select(none, d, s.mul(d, slope)), x], [])
    }
}
