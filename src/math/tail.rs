//! The tail of a density with one narrow peak, by quadrature: what series and
//! fractions take long for.
//!
//! The tanh-sinh rule: with `s = L / (1 + exp(-pi sinh t))` the integral over
//! `0 .. L` is one over all `t` whose integrand vanishes doubly exponentially on
//! both sides, for which equal steps are as good as exact. H. Takahasi and
//! M. Mori, "Double Exponential Formulas for Numerical Integration" (1974).

use core::f64::consts::PI;

/// A density proportional to `factor(d) exp(exponent(d))`, `d` counted from its
/// mean.
pub trait Tail {
    /// 0 at the mean, falling on both sides ever faster.
    fn exponent(&self, d: f64) -> f64;
    /// What varies little.
    fn factor(&self, d: f64) -> f64;
    /// How fast the exponent falls, the derivative with its sign turned.
    fn slope(&self, d: f64) -> f64;
    /// The derivative of [`slope`](Tail::slope).
    fn curvature(&self, d: f64) -> f64;
    /// How far it is from `d` to the end of the density, away from the mean.
    fn room(&self, d: f64) -> f64;
}

/// Steps to either side, and their length.
const STEPS: i32 = 54;
const STEP: f64 = 0.0625;
/// What is smaller than the start by a factor of `e^-DROP` is left out.
const DROP: f64 = 42.0;

/// The integral of the density beyond `d`, on the side of the mean where `d` is
/// (above it for 0), over `exp(exponent(d))`.
pub fn ratio(density: &impl Tail, d: f64) -> f64 {
    let away = if d < 0.0 { -1.0 } else { 1.0 };
    let start = density.exponent(d);
    // The exponent falls at least as fast as a parabola somewhat flatter than
    // the one that fits here.
    let (slope, bend) = (density.slope(d).abs(), 0.6 * density.curvature(d));
    let reach = 2.0 * DROP / (slope + libm::sqrt(slope * slope + 2.0 * bend * DROP));
    let length = reach.min(density.room(d));
    let at = |t: f64| {
        let (up, down) = (libm::exp(t), libm::exp(-t));
        let e = libm::exp(-0.5 * PI * (up - down));
        let s = length / (1.0 + e);
        let weight = 0.5 * PI * (up + down) * e / (1.0 + e) * s;
        let place = d + away * s;
        weight * density.factor(place) * libm::exp(density.exponent(place) - start)
    };
    let sum: f64 = (-STEPS..=STEPS).map(|n| at(f64::from(n) * STEP)).sum();
    sum * STEP
}
