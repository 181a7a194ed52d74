//! Fisher's F and Student's t, by the incomplete beta function.

use crate::math::beta;

/// The share of F with these degrees of freedom above `f`. DLMF 8.17.
#[inline(never)]
pub fn upper(degrees: [f64; 2], f: f64) -> f64 {
    let [above, below] = degrees;
    let x = below / (below + above * f);
    beta::lower(below / 2.0, above / 2.0, x)
}

/// The `f` that a share `q` of F is above.
#[inline(never)]
pub fn upper_quantile(degrees: [f64; 2], q: f64) -> f64 {
    let [above, below] = degrees;
    let (x, y) = beta::quantile(below / 2.0, above / 2.0, q);
    below / above * (y / x)
}

/// The share of Student's t that is further from 0 than `t`, on both sides.
#[inline(never)]
pub fn beyond(degrees: f64, t: f64) -> f64 {
    upper([1.0, degrees], t * t)
}

/// The distance from 0 that a share `q` of Student's t is beyond, both sides together.
#[inline(never)]
pub fn distance(degrees: f64, q: f64) -> f64 {
    libm::sqrt(upper_quantile([1.0, degrees], q))
}
