//! Bins of probabilities: exact sums of each, and where a probability belongs.

use super::reliability::{LARGEST, ReliabilityBin};
use crate::math::fixed::Bounded;

/// The most bins there may be.
pub const MAX_BINS: u32 = 65536;

/// What a bin has seen, exactly. All zero means nothing.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct BinSums {
    /// How many probabilities.
    pub rows: u64,
    /// Their weights.
    pub weight: Bounded,
    /// Weights times probabilities.
    pub confidence: Bounded,
    /// Weights of what came true.
    pub hits: Bounded,
}

const _: () = assert!(size_of::<BinSums>() == 8 + 3 * 32);

impl BinSums {
    /// Nothing yet.
    pub const ZERO: BinSums =
        BinSums { rows: 0, weight: Bounded::ZERO, confidence: Bounded::ZERO, hits: Bounded::ZERO };

    /// Adds a probability and whether it came true.
    #[inline(never)]
    pub fn add(&mut self, p: f64, hit: bool, weight: f64) {
        self.rows = self.rows.wrapping_add(1);
        self.weight.add(weight);
        self.confidence.add(weight * p);
        if hit {
            self.hits.add(weight);
        }
    }

    /// Adds what another has seen.
    pub fn merge(&mut self, other: &BinSums) {
        self.rows = self.rows.wrapping_add(other.rows);
        self.weight.merge(&other.weight);
        self.confidence.merge(&other.confidence);
        self.hits.merge(&other.hits);
    }

    /// The means, as a bin between these edges.
    #[inline(never)]
    pub fn bin(&self, low: f64, high: f64) -> ReliabilityBin {
        let weight = self.weight.to_f64();
        ReliabilityBin {
            rows: self.rows,
            weight,
            low,
            high,
            confidence: self.confidence.to_f64() / weight,
            frequency: self.hits.to_f64() / weight,
        }
    }

    /// The means of bin `b` of so many of equal width.
    pub fn of_equal_width(&self, b: usize, count: usize) -> ReliabilityBin {
        self.bin(b as f64 / count as f64, (b + 1) as f64 / count as f64)
    }
}

/// Whether a number can be taken as a probability; NaN cannot.
#[inline(always)]
pub fn is_probability(p: f64) -> bool {
    (0.0..=LARGEST).contains(&p)
}

/// Which end of a bin belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// `(low, high]`, and 0 in the first.
    Right,
    /// `[low, high)`, and 1 in the last.
    Left,
}

/// The bin of `p` among `bins` of equal width. Edges are `k / bins` as `round`
/// makes it of the type of the data, so that 0.6f stands on the edge 3/5 and not
/// beside it.
#[inline(always)]
pub fn place(p: f64, bins: usize, closed: Closed, round: impl Fn(f64) -> f64) -> usize {
    let edge = |k: usize| round(k as f64 / bins as f64);
    // Whether `p` is not in bin `k - 1` or one before it.
    let past = |k: usize| match closed {
        Closed::Right => p > edge(k),
        Closed::Left => p >= edge(k),
    };
    let mut b = ((p * bins as f64) as usize).min(bins - 1);
    while b > 0 && !past(b) {
        b -= 1;
    }
    while b + 1 < bins && past(b + 1) {
        b += 1;
    }
    b
}
