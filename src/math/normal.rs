//! The normal distribution: its share below a number, and the number below which
//! a share is.

use super::gamma::ONE_BY_SQRT_TWO_PI;
use core::f64::consts::{FRAC_1_SQRT_2, FRAC_2_SQRT_PI, PI, SQRT_2};

/// `1 / sqrt(2)` less its double.
const REST: f64 = -4.833646656726457e-17;
/// Below this an expansion at infinity is exact; what it stands for may be less
/// than the least double.
const FAR: f64 = -30.0;

/// `Phi(x)`, the share below `x`; relative error about 1e-15 down to where the
/// result is subnormal.
#[inline(never)]
pub fn cdf(x: f64) -> f64 {
    // erfc magnifies the rounding of its argument by its square, so what was
    // rounded off goes back in by the derivative.
    let z = -x * FRAC_1_SQRT_2;
    let rest = libm::fma(-x, FRAC_1_SQRT_2, -z) - x * REST;
    let share = 0.5 * libm::erfc(z);
    if z.abs() < 30.0 { share - 0.5 * rest * FRAC_2_SQRT_PI * libm::exp(-z * z) } else { share }
}

/// `1 - Phi(x)`, the share above `x`.
#[inline(never)]
pub fn sf(x: f64) -> f64 {
    cdf(-x)
}

/// `ln Phi(x)`; absolute error about 1e-15, relative where that is more.
pub fn ln_cdf(x: f64) -> f64 {
    if x < FAR {
        // DLMF 7.12.1.
        let s = 1.0 / (x * x);
        let series = -s * (1.0 - s * (3.0 - s * (15.0 - s * (105.0 - 945.0 * s))));
        return -0.5 * x * x - libm::log(-x) - 0.5 * libm::log(2.0 * PI) + libm::log1p(series);
    }
    if x > 1.0 { libm::log1p(-cdf(-x)) } else { libm::log(cdf(x)) }
}

/// The `x` with `Phi(x) = p`; NaN unless `p` is from 0 to 1. Relative error about
/// 1e-15.
pub fn quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if (0.25..=0.75).contains(&p) {
        central(p - 0.5)
    } else if p < 0.5 {
        far(p)
    } else {
        -far(1.0 - p)
    }
}

/// The `x` with `1 - Phi(x) = q`.
#[inline(never)]
pub fn upper_quantile(q: f64) -> f64 {
    -quantile(q)
}

/// The quantile of `1/2 + off`, by the function that is exact near 0: Newton's
/// method for `erf`, which is concave on the way out from 0.
fn central(off: f64) -> f64 {
    let mut z = off / (0.5 * FRAC_2_SQRT_PI);
    for _ in 0..20 {
        let step = (2.0 * off - libm::erf(z)) / (FRAC_2_SQRT_PI * libm::exp(-z * z));
        z += step;
        if step.abs() <= f64::EPSILON * z.abs() {
            break;
        }
    }
    z * SQRT_2
}

/// The quantile of a `p` up to 1/4: Newton's method for `ln Phi`, which is
/// concave, so that past the first step it comes from below.
fn far(p: f64) -> f64 {
    if p == 0.0 {
        return f64::NEG_INFINITY;
    }
    let target = libm::log(p);
    let mut x = -libm::sqrt(-2.0 * target);
    for _ in 0..50 {
        let log = ln_cdf(x);
        let slope = ONE_BY_SQRT_TWO_PI * libm::exp(-0.5 * x * x - log);
        let step = (target - log) / slope;
        x += step;
        if step.abs() <= 2.0 * f64::EPSILON * x.abs() {
            break;
        }
    }
    x
}
