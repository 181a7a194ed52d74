//! What an evaluation means, from rows of f64.
#![allow(dead_code)] // Each test binary uses its part.

use super::dd::Dd;
use super::metrics::{self, Calibration, Sample};
use super::softmax;

/// What is asked of one row that has probabilities.
pub struct Row {
    /// How many entries stand before the label: those above it, and its equals before it.
    pub rank: usize,
    /// The lowest index of the largest entry.
    pub predicted: usize,
    pub nll: Dd,
    pub brier: Dd,
    pub confidence: Dd,
    pub entropy: Dd,
    /// What the largest probability has over the next, or over nothing.
    pub margin: Dd,
}

fn sum(terms: impl Iterator<Item = Dd>) -> Dd {
    terms.fold(Dd::ZERO, |sum, term| sum + term)
}

/// The logarithm of a probability, however small.
fn log(p: f64) -> Dd {
    if p == 0.0 {
        return Dd::of(f64::NEG_INFINITY);
    }
    let up = 2f64.powi(if p < 1e-250 { 300 } else { 0 });
    Dd::of(p * up).ln() - Dd::of(up).ln()
}

/// Probabilities, their logarithms, and what the label's lacks to 1.
fn probabilities(s: &Sample, logits: bool) -> Option<(Vec<Dd>, Vec<Dd>, Dd)> {
    if s.x.iter().any(|v| v.is_nan()) {
        return None;
    }
    if logits {
        let row = softmax::row(&s.x, 1.0, false);
        let others = row.shares.iter().enumerate().filter(|(c, _)| *c != s.label);
        let lacks = sum(others.map(|(_, p)| *p));
        return (!row.empty).then_some((row.shares, row.logs, lacks));
    }
    if s.x.iter().any(|p| !(0.0..=1.01).contains(p)) {
        return None;
    }
    let lacks = Dd::sum(1.0, -s.x[s.label]);
    Some((s.x.iter().map(|p| Dd::of(*p)).collect(), s.x.iter().map(|p| log(*p)).collect(), lacks))
}

/// None if it has no probabilities.
pub fn row(s: &Sample, logits: bool) -> Option<Row> {
    let (p, logs, lacks) = probabilities(s, logits)?;
    let own = s.x[s.label];
    let before = |(c, v): &(usize, &f64)| **v > own || (**v == own && *c < s.label);
    let top = s.x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let predicted = s.x.iter().position(|v| *v == top).unwrap();
    let rest = || s.x.iter().enumerate().filter(|(c, _)| *c != predicted);
    let next = rest().max_by(|a, b| a.1.partial_cmp(b.1).unwrap()).map_or(Dd::ZERO, |(c, _)| p[c]);
    let others = p.iter().enumerate().filter(|(c, _)| *c != s.label).map(|(_, p)| *p * *p);
    let part = |(p, log): (&Dd, &Dd)| if p.hi > 0.0 { -(*p * *log) } else { Dd::ZERO };
    Some(Row {
        rank: s.x.iter().enumerate().filter(before).count(),
        predicted,
        nll: -logs[s.label],
        brier: lacks * lacks + sum(others),
        confidence: p[predicted],
        entropy: sum(p.iter().zip(&logs).map(part)),
        margin: p[predicted] - next,
    })
}

/// A row of weight above 0.
pub struct Seen {
    pub label: usize,
    pub weight: f64,
    pub row: Option<Row>,
}

pub struct Evaluation {
    pub rows: Vec<Seen>,
}

impl Evaluation {
    pub fn of(samples: &[Sample], logits: bool) -> Evaluation {
        let counted = samples.iter().filter(|s| s.weight > 0.0);
        let seen = |s: &Sample| Seen { label: s.label, weight: s.weight, row: row(s, logits) };
        Evaluation { rows: counted.map(seen).collect() }
    }

    /// The sum of weights.
    pub fn weight(&self) -> Dd {
        sum(self.rows.iter().map(|seen| Dd::of(seen.weight)))
    }

    /// The weighted mean over all rows; NaN if a row has no probabilities.
    pub fn mean(&self, term: impl Fn(&Row) -> Dd) -> Dd {
        let nan = Dd::of(f64::NAN);
        let term = |seen: &Seen| seen.row.as_ref().map_or(nan, &term) * Dd::of(seen.weight);
        let sum = sum(self.rows.iter().map(term));
        // That of an infinite sum is itself.
        if sum.hi.is_infinite() { sum } else { sum / self.weight() }
    }

    pub fn nan_rows(&self) -> usize {
        self.rows.iter().filter(|seen| seen.row.is_none()).count()
    }

    pub fn count(&self, such: impl Fn(&Seen, &Row) -> bool) -> u64 {
        let such = |seen: &&Seen| seen.row.as_ref().is_some_and(|row| such(seen, row));
        self.rows.iter().filter(such).count() as u64
    }

    /// The weighted share of rows whose label is among the first `k`.
    pub fn accuracy(&self, k: usize) -> f64 {
        let hit = |seen: &&Seen| seen.row.as_ref().is_some_and(|row| row.rank < k);
        let hits = sum(self.rows.iter().filter(hit).map(|seen| Dd::of(seen.weight)));
        (hits / self.weight()).value()
    }

    /// Labelled, predicted, both.
    pub fn class(&self, c: usize) -> (u64, u64, u64) {
        (
            self.count(|seen, _| seen.label == c),
            self.count(|_, row| row.predicted == c),
            self.count(|seen, row| seen.label == c && row.predicted == c),
        )
    }

    /// Of the rows that have probabilities: confidences against hits.
    pub fn calibration(&self, bins: usize, edge: impl Fn(f64) -> f64) -> Calibration {
        let pair = |seen: &Seen| {
            seen.row.as_ref().map(|row| Sample {
                x: vec![row.confidence.value(), 0.0],
                label: usize::from(row.rank > 0),
                weight: seen.weight,
            })
        };
        let pairs: Vec<Sample> = self.rows.iter().filter_map(pair).collect();
        metrics::calibration(&pairs, bins, edge)
    }
}
