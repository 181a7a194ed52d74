//! Rows of scores computed in f32 with weights in f32, in 64 bits each: packed from both
//! ends of the caller's scratch as rows without weights are, and the area that they make.
//!
//! Rows of one score are in order of label and weight, so the order of all is one whatever
//! order they came in, and sums in that order need not be exact to be the same.

use super::packing::{BLOCK, Bits};
use super::ranked::{Census, Halves, Row};
use crate::math::fixed::BOUND;
use crate::math::sum::Sum;

/// Score and label in the upper half, the bits of a weight in the lower.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct Weighted(u64);

impl Row for Weighted {
    #[inline(always)]
    fn score(self, below: bool) -> f64 {
        Bits::score((self.0 >> 32) as u32, below)
    }
    #[inline(always)]
    fn label(self) -> u32 {
        (self.0 >> 32) as u32 & 1
    }
    #[inline(always)]
    fn weight(self) -> f64 {
        f64::from(f32::from_bits(self.0 as u32))
    }
    #[inline(always)]
    fn ties(self, other: Weighted) -> bool {
        (self.0 ^ other.0) >> 33 == 0
    }
}

impl Weighted {
    /// Words that are rows.
    pub fn of(words: &[u64]) -> &[Weighted] {
        // SAFETY: a `Weighted` is a u64.
        unsafe { core::slice::from_raw_parts(words.as_ptr().cast(), words.len()) }
    }
}

/// A block of rows on their way to [`Pack`], which takes each as a score of 64 bits with a
/// label: the last bit of its weight.
///
/// [`Pack`]: super::packing::Pack
pub struct Block {
    heads: [u64; BLOCK],
    last: [u32; BLOCK],
    count: usize,
}

impl Block {
    /// No rows.
    pub const EMPTY: Block = Block { heads: [0; BLOCK], last: [0; BLOCK], count: 0 };

    /// Takes as many rows as there are labels, but for those that do not count or have no
    /// score; whether all weights are weights.
    pub fn fill(
        &mut self,
        scores: &[u32],
        labels: &[u32],
        weights: &[f32],
        census: &mut Census,
    ) -> bool {
        let rows = || scores.iter().zip(labels).zip(weights);
        let (mut positives, mut bad, mut out) = (0u32, 0u32, 0u32);
        let places = self.heads.iter_mut().zip(&mut self.last);
        for (((score, label), weight), (head, last)) in rows().zip(places) {
            let bits = weight.to_bits();
            // -0 is 0, and of what is below 0 all bits will be turned.
            let score_bits = if *score == 1 << 31 { 0 } else { *score };
            let flip = if score.is_below() { u32::MAX } else { 0 };
            *head = u64::from(score_bits) << 32 | u64::from((label << 31 | bits >> 1) ^ flip);
            *last = bits & 1;
            positives += *label;
            bad |= u32::from(!(*weight >= 0.0 && *weight <= BOUND as f32));
            out |= u32::from(score.is_nan()) | u32::from(*weight == 0.0);
        }
        self.count = scores.len();
        if out == 0 {
            census.rows += scores.len() as u64;
            census.positives += u64::from(positives);
            census.negatives += scores.len() as u64 - u64::from(positives);
            return bad == 0;
        }
        self.count = 0;
        for (i, ((score, label), weight)) in rows().enumerate() {
            let row = self.heads.get(i).copied().zip(self.last.get(i).copied());
            let to = self.heads.get_mut(self.count).zip(self.last.get_mut(self.count));
            if let (Some(row), Some((head, last))) = (row, to)
                && *weight != 0.0
                && census.count(score.is_nan(), *label)
            {
                (*head, *last) = row;
                self.count += 1;
            }
        }
        bad == 0
    }

    /// The rows, as scores and labels.
    pub fn rows(&self) -> (&[u64], &[u32]) {
        let heads = self.heads.get(..self.count).unwrap_or_default();
        (heads, self.last.get(..self.count).unwrap_or_default())
    }
}

/// Sums over rows.
pub struct Area {
    /// The weight of label 1.
    pub positives: f64,
    /// The weight of label 0.
    pub negatives: f64,
    /// The area under the ROC curve.
    pub area: f64,
    /// The share of pairs that are tied.
    pub tied: f64,
}

/// Rows that are added up before what was lost is looked after.
const FEW: usize = 32;

/// Up from the lowest score: each positive row adds the negative ones below it, and half of
/// those it is tied with, which come before it.
#[inline(never)]
pub fn area(halves: &Halves<Weighted>) -> Area {
    let [mut positives, mut negatives, mut won, mut tied] = [Sum::ZERO; 4];
    for rows in [halves.below, halves.others] {
        let Some(mut last) = rows.first().copied() else { continue };
        // What is below the score of the last row: a sum up to a block, and some of that.
        let (mut origin, mut offset) = (negatives.value(), 0.0);
        for block in rows.chunks(FEW) {
            let base = negatives.value();
            let mut below = (origin - base) + offset;
            let [mut hits, mut misses, mut twice, mut equal] = [0.0; 4];
            let mut moved = false;
            for row in block {
                let same = row.ties(last);
                below = if same { below } else { misses };
                moved |= !same;
                let weight = row.weight();
                let hit = if row.label() == 0 { 0.0 } else { weight };
                misses += if row.label() == 0 { weight } else { 0.0 };
                hits += hit;
                twice += hit * (below + misses);
                equal += hit * (misses - below);
                last = *row;
            }
            (origin, offset) = if moved { (base, below) } else { (origin, offset) };
            won = won.plus(twice).plus(hits * (2.0 * base));
            tied = tied.plus(equal);
            positives = positives.plus(hits);
            negatives = negatives.plus(misses);
        }
    }
    let (positives, negatives) = (positives.value(), negatives.value());
    Area {
        positives,
        negatives,
        area: (0.5 * won.value() / positives / negatives).min(1.0),
        tied: tied.value() / positives / negatives,
    }
}
