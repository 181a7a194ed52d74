//! What the metrics mean, from rows of f64.
#![allow(dead_code)] // Each test binary uses its part.

use super::dd::Dd;
use super::softmax;

/// A row of scores, its class and its weight.
#[derive(Clone)]
pub struct Sample {
    pub x: Vec<f64>,
    pub label: usize,
    pub weight: f64,
}

/// The rows that count.
fn counted(samples: &[Sample]) -> impl Iterator<Item = &Sample> {
    samples.iter().filter(|s| s.weight > 0.0)
}

fn total(terms: impl Iterator<Item = Dd>) -> Dd {
    terms.fold(Dd::ZERO, |sum, term| sum + term)
}

/// The weighted mean of `term`, and the sum of weights.
fn mean(samples: &[Sample], term: impl Fn(&Sample) -> Dd) -> (f64, f64) {
    let weight = total(counted(samples).map(|s| Dd::of(s.weight)));
    let sum = total(counted(samples).map(|s| term(s) * Dd::of(s.weight)));
    ((sum / weight).value(), weight.value())
}

/// The share of rows whose label is among the first `k`, ties by index; a row
/// with a NaN is a miss.
pub fn accuracy(samples: &[Sample], k: usize) -> (f64, f64) {
    mean(samples, |s| {
        if s.x.iter().any(|v| v.is_nan()) {
            return Dd::ZERO;
        }
        let mut order: Vec<usize> = (0..s.x.len()).collect();
        order.sort_by(|a, b| s.x[*b].partial_cmp(&s.x[*a]).unwrap());
        Dd::of(f64::from(order[..k.min(s.x.len())].contains(&s.label)))
    })
}

/// The loss of one row: minus the logarithm of the label's share.
pub fn loss(sample: &Sample) -> Dd {
    -softmax::row(&sample.x, 1.0, false).logs[sample.label]
}

/// Mean loss, sum of weights, standard error (weights are repetitions).
pub fn nll(samples: &[Sample]) -> (f64, f64, f64) {
    let (nll, weight) = mean(samples, loss);
    let (spread, _) = mean(samples, |s| {
        let off = loss(s) - Dd::of(nll);
        off * off
    });
    (nll, weight, (spread / (weight - 1.0)).sqrt())
}

/// The mean of `sum_c (p_c - y_c)^2`.
pub fn brier(samples: &[Sample]) -> (f64, f64) {
    mean(samples, |s| {
        let square = |(c, p): (usize, &f64)| {
            let off = Dd::sum(*p, -f64::from(c == s.label));
            off * off
        };
        total(s.x.iter().enumerate().map(square))
    })
}

pub struct Calibration {
    pub ece: f64,
    pub mce: f64,
    pub confidence: f64,
    pub accuracy: f64,
    pub rms: f64,
    /// The square of the debiased norm.
    pub debiased_square: f64,
    pub average: f64,
    /// Rows, weight, confidence and accuracy of each bin.
    pub bins: Vec<(u64, f64, f64, f64)>,
}

/// Confidence against accuracy of the predicted class over bins `(lo, hi]`, 0 in
/// the first. `edge` rounds an edge to the type of the data.
pub fn calibration(samples: &[Sample], bins: usize, edge: impl Fn(f64) -> f64) -> Calibration {
    let edges: Vec<f64> = (1..bins).map(|k| edge(k as f64 / bins as f64)).collect();
    let mut sums = vec![(0u64, Dd::ZERO, Dd::ZERO, Dd::ZERO); bins];
    for s in counted(samples) {
        let top = s.x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let class = s.x.iter().position(|p| *p == top).unwrap();
        let (rows, weight, confidence, hits) =
            &mut sums[edges.iter().filter(|edge| top > **edge).count()];
        *rows += 1;
        *weight = *weight + Dd::of(s.weight);
        *confidence = *confidence + Dd::product(s.weight, top);
        *hits = *hits + Dd::of(if class == s.label { s.weight } else { 0.0 });
    }
    let all = |pick: fn(&(u64, Dd, Dd, Dd)) -> Dd| total(sums.iter().map(pick));
    let weight = all(|b| b.1);
    let gap = |b: &(u64, Dd, Dd, Dd)| (b.3 - b.2).value().abs();
    let filled = || sums.iter().filter(|b| b.0 > 0);
    let mean_gap = |b: &(u64, Dd, Dd, Dd)| (b.3 - b.2) / b.1;
    let square = total(filled().map(|b| mean_gap(b) * mean_gap(b) * b.1)) / weight;
    let debiased = total(filled().map(|b| {
        let (f, less) = (b.3 / b.1, Dd::of(b.0.saturating_sub(1).max(1) as f64));
        let noise = if b.0 < 2 { Dd::ZERO } else { f * (Dd::ONE - f) / less };
        (mean_gap(b) * mean_gap(b) - noise) * b.1
    }));
    let debiased = (debiased / weight).value();
    Calibration {
        ece: filled().map(gap).sum::<f64>() / weight.value(),
        mce: filled().map(|b| gap(b) / b.1.value()).fold(0.0, f64::max),
        confidence: (all(|b| b.2) / weight).value(),
        accuracy: (all(|b| b.3) / weight).value(),
        rms: square.value().sqrt(),
        // NaN stays, of no rows.
        debiased_square: if debiased < 0.0 { 0.0 } else { debiased },
        average: filled().map(|b| mean_gap(b).value().abs()).sum::<f64>() / filled().count() as f64,
        bins: sums
            .iter()
            .map(|b| (b.0, b.1.value(), (b.2 / b.1).value(), (b.3 / b.1).value()))
            .collect(),
    }
}
