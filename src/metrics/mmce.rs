//! Maximum mean calibration error: the norm of the residuals in the space of a
//! Laplacian kernel, `sqrt(sum_ij u_i u_j exp(-|p_i - p_j| / 0.4))`.
//!
//! Plain, `u_i = w_i (p_i - y_i) / W`; weighted by class, `w_i (1 - p_i) / W_1`
//! for what came true and `-w_i p_i / W_0` for what did not. The double sum is
//! one along the order of `p`, since there
//! `exp(-(p_i - p_j) / 0.4) = exp(-p_i / 0.4) exp(p_j / 0.4)`: each point meets
//! all before it as one number. Probabilities keep the exponentials small.

use super::points::{Point, Points};
use super::sorted::Sorted;
use crate::math::fixed::Bounded;
use crate::math::sum::Sum;

/// The width of the kernel.
const WIDTH: f64 = 0.4;

/// The result of `lgt_mmce`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MmceReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those without a probability; all below is then NaN.
    pub nan_rows: u64,
    /// The sum of weights of the others.
    pub weight: f64,
    /// Maximum mean calibration error.
    pub mmce: f64,
    /// The same with what came true and what did not counting alike.
    pub mmce_weighted: f64,
}

/// Both forms.
pub fn apply(points: &Points, scratch: &mut [u64]) -> MmceReport {
    let sorted = Sorted::of(points, 0.0, scratch);
    let (mut hits, mut misses) = (Bounded::ZERO, Bounded::ZERO);
    for point in sorted.iter() {
        if point.hit { hits.add(point.weight) } else { misses.add(point.weight) }
    }
    let mut all = hits;
    all.merge(&misses);
    let (weight, hits, misses) = (all.to_f64(), hits.to_f64(), misses.to_f64());
    let per = if sorted.nan_rows > 0 { f64::NAN } else { weight };
    let plain = |point: Point| point.weight * (point.p - f64::from(u8::from(point.hit))) / per;
    let by_class = |point: Point| {
        if point.hit {
            point.weight * (1.0 - point.p) / hits
        } else {
            -point.weight * point.p / misses
        }
    };
    MmceReport {
        rows: sorted.len() as u64 + sorted.nan_rows,
        nan_rows: sorted.nan_rows,
        weight,
        mmce: norm(sorted, plain) + 0.0 / per,
        mmce_weighted: norm(sorted, by_class) + 0.0 / per,
    }
}

/// The norm of residuals `u`.
fn norm(sorted: Sorted, u: impl Fn(Point) -> f64) -> f64 {
    let (mut before, mut total) = (Sum::ZERO, Sum::ZERO);
    for point in sorted.iter() {
        let (u, up) = (u(point), libm::exp(point.p / WIDTH));
        total = total.plus(u * u).plus(2.0 * u * (before.value() / up));
        before = before.plus(u * up);
    }
    // The kernel is positive definite, its rounded sum need not be.
    let square = total.value();
    libm::sqrt(if square < 0.0 { 0.0 } else { square })
}
