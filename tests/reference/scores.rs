//! What the proper scores mean, from rows of f64, in double-double.
#![allow(dead_code)] // Each test binary uses its part.

use super::dd::Dd;
use super::metrics::Sample;

/// A weighted mean of rows, the sum of weights, and the standard error.
pub struct Mean {
    pub mean: f64,
    pub weight: f64,
    pub std_error: f64,
}

fn total(terms: impl Iterator<Item = Dd>) -> Dd {
    terms.fold(Dd::ZERO, |sum, term| sum + term)
}

/// Weights are repetitions; those of 0 leave their rows out.
pub fn mean(samples: &[Sample], term: impl Fn(&Sample) -> Dd) -> Mean {
    let counted = || samples.iter().filter(|s| s.weight > 0.0);
    let weight = total(counted().map(|s| Dd::of(s.weight)));
    let mean = total(counted().map(|s| term(s) * Dd::of(s.weight))) / weight;
    let spread = total(counted().map(|s| {
        let off = term(s) - mean;
        off * off * Dd::of(s.weight)
    }));
    let weight = weight.value();
    let std_error = (spread.value() / (weight - 1.0) / weight).sqrt();
    Mean { mean: mean.value(), weight, std_error }
}

/// `p`, not below `eps` and not above `1 - eps`, and whether that changed it.
fn clip(p: Dd, eps: f64) -> (Dd, bool) {
    let (value, most) = (p.value(), 1.0 - eps);
    if value < eps {
        (Dd::of(eps), true)
    } else if value > most {
        (Dd::of(most), true)
    } else {
        (p, false)
    }
}

/// Minus the logarithm of the label's probability, and whether it was clipped.
pub fn log_loss(s: &Sample, eps: f64, renormalize: bool) -> (Dd, bool) {
    let sum = total(s.x.iter().map(|p| Dd::of(*p)));
    let p = Dd::of(s.x[s.label]);
    let (p, clipped) = clip(if renormalize { p / sum } else { p }, eps);
    let loss = if p.value() == 0.0 { Dd::of(f64::INFINITY) } else { -p.ln() };
    (loss, clipped)
}

/// The square root, by one step of Newton's from that of f64.
fn sqrt(x: Dd) -> Dd {
    let first = Dd::of(x.value().sqrt());
    (first + x / first) * Dd::of(0.5)
}

/// The label's share of the row's Euclidean length.
pub fn spherical(s: &Sample) -> Dd {
    let squares = total(s.x.iter().map(|p| Dd::product(*p, *p)));
    Dd::of(s.x[s.label]) / sqrt(squares)
}

/// Squared differences of the distribution functions.
pub fn rps(s: &Sample, normalize: bool) -> Dd {
    let last = s.x.len() - 1;
    let score = total((0..last).map(|k| {
        let below = total(s.x[..=k].iter().map(|p| Dd::of(*p)));
        let off = below - Dd::of(if s.label <= k { 1.0 } else { 0.0 });
        off * off
    }));
    if normalize && last > 0 { score / Dd::of(last as f64) } else { score }
}
