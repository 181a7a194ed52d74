//! What an evaluation counts: rows by confidence, by their label's rank, by class.

use super::bins::{self, Closed};
use super::evaluate_terms::UNIT;
use crate::math::fixed::Bounded;
use crate::simd::Real;

/// Weights, added up: those that are 1 are counted.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Weight {
    /// How many are 1.
    pub ones: u64,
    /// The sum of all others.
    pub others: Bounded,
}

impl Weight {
    /// None.
    pub const ZERO: Weight = Weight { ones: 0, others: Bounded::ZERO };

    /// Adds one.
    #[inline(always)]
    pub fn add(&mut self, weight: f64) {
        if weight == 1.0 {
            self.ones = self.ones.wrapping_add(1);
        } else {
            self.others.add(weight);
        }
    }

    /// Adds another sum.
    pub fn merge(&mut self, other: &Self) {
        self.ones = self.ones.wrapping_add(other.ones);
        self.others.merge(&other.others);
    }

    /// The sum.
    pub fn to_f64(self) -> f64 {
        let mut sum = self.others;
        sum.add(self.ones as f64);
        sum.to_f64()
    }
}

/// Rows by confidence.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Bin {
    /// Of other weights than 1.
    pub rows: u64,
    /// Their weights.
    pub weight: Weight,
    /// Weights of rows whose label was predicted.
    pub hits: Weight,
    /// Of rows of weight 1, in [`UNIT`]s, in 128 bits.
    pub whole: [u64; 2],
    /// Of others, times their weights.
    pub confidence: Bounded,
}

impl Bin {
    /// Adds what another has counted.
    pub fn merge(&mut self, other: &Self) {
        self.rows = self.rows.wrapping_add(other.rows);
        self.weight.merge(&other.weight);
        self.hits.merge(&other.hits);
        let (low, carry) = self.whole[0].overflowing_add(other.whole[0]);
        let high = self.whole[1].wrapping_add(other.whole[1]);
        self.whole = [low, high.wrapping_add(u64::from(carry))];
        self.confidence.merge(&other.confidence);
    }

    /// Weights times confidences.
    pub fn confidence(&self) -> f64 {
        let mut sum = self.confidence;
        let [low, high] = self.whole.map(|limb| limb as f64 * UNIT);
        sum.add(low);
        sum.add(high * 18446744073709551616.0);
        sum.to_f64()
    }
}

/// Rows by a class that is theirs, or was predicted.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Class {
    /// Rows of this label.
    pub labelled: u64,
    /// Rows for which it was predicted.
    pub predicted: u64,
    /// Rows for which both hold.
    pub hits: u64,
}

/// What the tail is made of.
pub struct Parts<'a> {
    /// By confidence.
    pub bins: &'a [Bin],
    /// By the label's rank.
    pub ranks: &'a [Weight],
    /// By class.
    pub classes: &'a [Class],
}

/// Likewise, to change.
pub struct PartsMut<'a> {
    /// By confidence.
    pub bins: &'a mut [Bin],
    /// By the label's rank.
    pub ranks: &'a mut [Weight],
    /// By class.
    pub classes: &'a mut [Class],
}

impl PartsMut<'_> {
    /// The bin of a confidence.
    #[inline(never)]
    pub fn bin<T: Real>(&self, confidence: f64) -> usize {
        let round = |x| T::of(x).to_f64();
        bins::place(round(confidence), self.bins.len(), Closed::Right, round)
    }

    /// Counts one row of weight 1 by its confidence and its label's rank.
    #[inline(always)]
    pub fn count_one(&mut self, bin: usize, rank: usize, whole: u64) {
        if let Some(bin) = self.bins.get_mut(bin) {
            bin.weight.ones = bin.weight.ones.wrapping_add(1);
            bin.hits.ones = bin.hits.ones.wrapping_add(u64::from(rank == 0));
            let (low, carry) = bin.whole[0].overflowing_add(whole);
            bin.whole = [low, bin.whole[1].wrapping_add(u64::from(carry))];
        }
        if let Some(rank) = self.ranks.get_mut(rank) {
            rank.ones = rank.ones.wrapping_add(1);
        }
    }

    /// Counts one row of any other weight likewise.
    pub fn count(&mut self, bin: usize, rank: usize, whole: u64, weight: f64) {
        if weight == 1.0 {
            return self.count_one(bin, rank, whole);
        }
        if let Some(bin) = self.bins.get_mut(bin) {
            bin.rows = bin.rows.wrapping_add(1);
            bin.weight.others.add(weight);
            bin.confidence.add(weight * (whole as f64 * UNIT));
            if rank == 0 {
                bin.hits.others.add(weight);
            }
        }
        if let Some(rank) = self.ranks.get_mut(rank) {
            rank.others.add(weight);
        }
    }

    /// Counts a row's classes.
    #[inline(always)]
    pub fn count_classes(&mut self, label: usize, predicted: usize, hit: bool) {
        if let Some(class) = self.classes.get_mut(label) {
            class.labelled = class.labelled.wrapping_add(1);
            class.hits = class.hits.wrapping_add(u64::from(hit));
        }
        if let Some(class) = self.classes.get_mut(predicted) {
            class.predicted = class.predicted.wrapping_add(1);
        }
    }
}
