//! Beta calibration: the logit `a ln s - b ln(1 - s) + c`, what follows if the scores of
//! either class have a beta distribution.

use super::logistic_block::logs;
use super::platt::probability;
use crate::math::exp::{ExpPlan, Scale};
use crate::rows::visit::LARGEST;
use crate::simd::{Elem, Io, Kernel, Lanes};

/// Probabilities in place of scores, with `a, b, c` and the least score.
pub fn apply(values: &mut [f64], parameters: [f64; 3], eps: f64) {
    f64::dispatch(Apply { values, parameters, eps, plan: Scale::new(1.0).plain() });
}

struct Apply<'a> {
    values: &'a mut [f64],
    parameters: [f64; 3],
    eps: f64,
    plan: ExpPlan<f64>,
}

impl Kernel<f64> for Apply<'_> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) {
        let [a, b, c] = self.parameters;
        let n = self.values.len();
        let data = self.values.as_mut_ptr();
        for i in (0..n).step_by(<S as Lanes<f64>>::N) {
            let left = (n - i).min(<S as Lanes<f64>>::N);
            // SAFETY: there are `left` values from `i` on.
            unsafe {
                let x = s.load_head(data.add(i), left, 0.5);
                let good = s.and(s.ge(x, s.splat(0.0)), s.ge(s.splat(LARGEST), x));
                let (f1, f2) = logs(s, x, self.eps);
                let q = s.mul_add(f1, s.splat(a), s.mul_add(f2, s.splat(b), s.splat(c)));
                let y = probability(s, &self.plan, q);
                s.store_head(data.add(i), left, s.select(good, y, s.splat(f64::NAN)));
            }
        }
    }
}
