//! Functions that are constant in bins: edges between those, and the value of each.

use super::interpolation::{LANES, places};
use crate::math::sum::Sum;
use crate::model::Fitted;
use crate::status::Status;

/// Bins `(edge, next edge]`; the first and the last have no outer end.
#[derive(Clone, Copy)]
pub struct BinMap<'a> {
    /// Edges between bins, the lowest first.
    pub edges: &'a [f64],
    /// The value of each bin: one more.
    pub values: &'a [f64],
}

impl<'a> BinMap<'a> {
    /// That of parameters of an odd number: edges, and then values.
    pub fn of(parameters: &'a [f64]) -> BinMap<'a> {
        let (edges, values) = parameters.split_at_checked(parameters.len() / 2).unwrap_or_default();
        BinMap { edges, values }
    }

    /// Whether edges rise and values are probabilities.
    pub fn is_good(&self) -> bool {
        let rise = self.edges.iter().zip(self.edges.iter().skip(1)).all(|(a, b)| a < b);
        let numbers = !self.edges.iter().any(|x| x.is_nan());
        rise && numbers && self.values.iter().all(|y| (0.0..=1.0).contains(y))
    }

    /// Replaces scores by the values of their bins. NaN stays as it is.
    pub fn apply(&self, scores: &mut [f64]) {
        for scores in scores.chunks_mut(LANES) {
            let mut room = [f64::NAN; LANES];
            room.iter_mut().zip(&*scores).for_each(|(to, score)| *to = *score);
            for (score, place) in scores.iter_mut().zip(places::<true>(self.edges, &room)) {
                // The edge at `place` is the highest below, unless none is.
                let bin = place + usize::from(self.edges.get(place).is_some_and(|e| e < score));
                let value = self.values.get(bin).copied().unwrap_or(f64::NAN);
                *score = if score.is_nan() { *score } else { value };
            }
        }
    }
}

/// An edge between two scores, `a < b`: their middle, which is in `[a, b)`.
pub fn between(a: f64, b: f64) -> f64 {
    let middle = 0.5 * a + 0.5 * b;
    if a <= middle && middle < b { middle } else { a }
}

/// What a fitted function says of rows that it was fitted to.
pub struct Outcome {
    loss: Sum,
    weight: Sum,
    hits: Sum,
    bins: usize,
}

impl Outcome {
    /// Of no rows.
    pub const NONE: Outcome =
        Outcome { loss: Sum::ZERO, weight: Sum::ZERO, hits: Sum::ZERO, bins: 0 };

    /// Adds rows of one value, and that of their labels that are 1, by weight.
    pub fn add(&mut self, weight: f64, hits: f64, value: f64) {
        if weight > 0.0 {
            let part =
                |weight: f64, p: f64| if weight > 0.0 { -weight * libm::log(p) } else { 0.0 };
            self.loss = self.loss.plus(part(hits, value)).plus(part(weight - hits, 1.0 - value));
            self.weight = self.weight.plus(weight);
            self.hits = self.hits.plus(hits);
            self.bins += 1;
        }
    }

    /// How the fit went: `DEGENERATE` for rows of one class or in one bin, or none.
    pub fn fitted(&self, nll_before: f64) -> Fitted {
        let (hits, weight) = (self.hits.value(), self.weight.value());
        let some = self.bins > 1 && hits > 0.0 && hits < weight;
        Fitted {
            status: if some { Status::LGT_OK } else { Status::LGT_DEGENERATE },
            iterations: 1,
            nll_before,
            nll_after: self.loss.value() / weight,
        }
    }
}
