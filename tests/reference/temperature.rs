//! The temperature that minimises the mean loss, by halving an interval.
#![allow(dead_code)] // Each test binary uses its part.

use super::metrics::Sample;

/// Mean loss of `softmax(beta x)` and its derivative in `beta`.
pub fn loss_and_slope(samples: &[Sample], beta: f64) -> (f64, f64) {
    let (mut loss, mut slope, mut weight) = (0.0, 0.0, 0.0);
    for s in samples.iter().filter(|s| s.weight > 0.0) {
        let max = s.x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let finite = || s.x.iter().filter(|v| **v > f64::NEG_INFINITY);
        let sum: f64 = finite().map(|v| (beta * (v - max)).exp()).sum();
        let mean = finite().map(|v| (v - max) * (beta * (v - max)).exp()).sum::<f64>() / sum;
        let behind = max - s.x[s.label];
        loss += s.weight * (beta * behind + sum.ln());
        slope += s.weight * (behind + mean);
        weight += s.weight;
    }
    (loss / weight, slope / weight)
}

/// The best temperature between the bounds: the loss is convex in `1 / T`, so
/// its slope changes sign at most once.
pub fn best(samples: &[Sample], t_min: f64, t_max: f64) -> f64 {
    let (mut low, mut high) = (1.0 / t_max, 1.0 / t_min);
    for _ in 0..200 {
        let middle = (low * high).sqrt();
        if loss_and_slope(samples, middle).1 > 0.0 { high = middle } else { low = middle }
    }
    1.0 / (low * high).sqrt()
}
