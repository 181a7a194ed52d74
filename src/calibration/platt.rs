//! Platt's calibration: `P(y = 1) = 1 / (1 + exp(-(a s + b)))`, a logistic regression on
//! one score, with targets that keep it finite.

use super::logistic_block::tail;
use crate::math::exp::{ExpPlan, Scale};
use crate::simd::{Elem, Io, Kernel, Lanes, V};

/// Probabilities in place of scores.
pub fn apply(values: &mut [f64], [a, b]: [f64; 2]) {
    f64::dispatch(Apply { values, a, b, plan: Scale::new(1.0).plain() });
}

struct Apply<'a> {
    values: &'a mut [f64],
    a: f64,
    b: f64,
    plan: ExpPlan<f64>,
}

/// The probability of logit `q`.
#[inline(always)]
pub fn probability<S: Io<f64>>(s: S, plan: &ExpPlan<f64>, q: V<f64, S>) -> V<f64, S> {
    let (e, large) = tail(s, plan, q);
    let p = s.select(s.gt(s.splat(0.0), q), s.mul(e, large), large);
    s.select(s.nan(q), q, p)
}

impl Kernel<f64> for Apply<'_> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) {
        let n = self.values.len();
        let data = self.values.as_mut_ptr();
        for i in (0..n).step_by(<S as Lanes<f64>>::N) {
            let left = (n - i).min(<S as Lanes<f64>>::N);
            // SAFETY: there are `left` values from `i` on.
            unsafe {
                let x = s.load_head(data.add(i), left, 0.0);
                // Infinite scores are the largest ones, so that a slope of 0 is one.
                let x = s.min(s.splat(f64::MAX), s.max(s.splat(f64::MIN), x));
                let (a, b) = (s.splat(self.a), s.splat(self.b));
                let q = s.fma(x, a, b);
                // Where nothing fuses, products are made of parts, which overflow sooner.
                let q = s.select(s.nan(q), s.mul_add(x, a, b), q);
                s.store_head(data.add(i), left, probability(s, &self.plan, q));
            }
        }
    }
}
