//! Maps of scores to shares other than softmax.
#![allow(dead_code)] // Each test binary uses its part.

use super::dd::Dd;
use super::entries::{sigmoid, sum};
use super::sparse::root;

/// Weights over their sum; -inf has none, and scores at +inf have all.
fn over_sum(x: &[f64], weight: impl Fn(f64) -> Dd) -> Vec<Dd> {
    let same = |value: f64| vec![Dd::of(value); x.len()];
    let max = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if x.iter().any(|v| v.is_nan()) || max == f64::NEG_INFINITY {
        return same(f64::NAN);
    }
    let of = |v: f64| match v {
        f64::NEG_INFINITY => Dd::ZERO,
        _ if max == f64::INFINITY => {
            if v == max {
                Dd::ONE
            } else {
                Dd::ZERO
            }
        }
        _ => weight(v),
    };
    let all = sum(x.iter().map(|v| of(*v)));
    x.iter().map(|v| of(*v) / all).collect()
}

/// What scores are divided by, a power of 2, so that the powers of none overflow.
pub fn unit(x: &[f64]) -> f64 {
    let finite = x.iter().filter(|v| v.is_finite()).map(|v| v.abs());
    finite.fold(1.0, f64::max).log2().floor().min(1023.0).exp2()
}

/// `1 + x + .. + x^order / order!`, and its derivative, over `unit^order`.
pub fn taylor_weight(x: f64, order: u32, unit: f64) -> (Dd, Dd) {
    let x = Dd::of(x / unit);
    let (mut value, mut slope, mut power, mut factorial) = (Dd::ZERO, Dd::ZERO, Dd::ONE, 1.0);
    for n in 0..=order {
        let shrunk = |left: u32| Dd::of(unit.powi(-(left as i32)));
        let term = power / Dd::of(factorial);
        value = value + term * shrunk(order - n);
        if n < order {
            slope = slope + term * shrunk(order - n);
        }
        power = power * x;
        factorial *= f64::from(n + 1);
    }
    (value, slope)
}

pub fn taylor(x: &[f64], order: u32) -> Vec<Dd> {
    let unit = unit(x);
    over_sum(x, |v| taylor_weight(v, order, unit).0)
}

/// `x^2 + eps`, where all are numbers times `unit`.
pub fn spherical(x: &[f64], eps: f64) -> Vec<Dd> {
    let unit = unit(x);
    let eps = Dd::of(eps) / Dd::of(unit) / Dd::of(unit);
    over_sum(x, |v| Dd::product(v / unit, v / unit) + eps)
}

/// The `t` at which `sigmoid(alpha (x + t))` add up to `k`.
pub fn topk(x: &[f64], k: f64, alpha: f64) -> Dd {
    let share = |x: f64, t: Dd| sigmoid(Dd::of(alpha) * (Dd::of(x) - t));
    let far = x.iter().map(|x| x.abs()).fold(0.0, f64::max) + 60.0 / alpha;
    -root(-far, far, |t| sum(x.iter().map(|x| share(*x, t))) - Dd::of(k))
}
