//! Rows of scores computed in f32 with weights in f32, in 64 bits each: packed from both
//! ends of the caller's scratch as rows without weights are, and the area that they make.
//!
//! Rows of one score are in order of label and weight, so the order of all is one whatever
//! order they came in, and sums in that order need not be exact to be the same.

use super::packing::{BLOCK, Bits, Ends, place};
use super::ranked::{Census, Halves, Row};
use crate::math::fixed::BOUND;
use crate::math::sum::Sum;
use crate::simd::{Elem, Io, Kernel, Lanes};

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

/// Packs as many rows as there are labels, but for those that do not count or have no
/// score.
pub struct PackWeighted<'a> {
    /// Their scores, as bits.
    pub scores: &'a [u32],
    /// Their labels, 0 or 1.
    pub labels: &'a [u32],
    /// Their weights.
    pub weights: &'a [f32],
    /// The scratch ..
    pub to: *mut u64,
    /// .. and what is free of it: at least as many places as there are rows.
    pub ends: &'a mut Ends,
    /// What rows are added to.
    pub census: &'a mut Census,
}

impl Kernel<f64> for PackWeighted<'_> {
    /// Whether all weights are weights.
    type Out = bool;

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) -> bool {
        let PackWeighted { scores, labels, weights, to, ends, census } = self;
        let rows = scores.iter().zip(labels).zip(weights);
        let (mut heads, mut packed) = ([0u64; BLOCK], [0u64; BLOCK]);
        let (mut positives, mut bad, mut out) = (0u32, 0u32, 0u32);
        for (((score, label), weight), (head, packed)) in
            rows.clone().zip(heads.iter_mut().zip(&mut packed))
        {
            *head = u64::from(*score) << 32;
            *packed = u64::from(score.pack(*label)) << 32 | u64::from(weight.to_bits());
            positives += *label;
            bad |= u32::from(!(*weight >= 0.0 && *weight <= BOUND as f32));
            out |= u32::from(score.is_nan()) | u32::from(*weight == 0.0);
        }
        let mut count = scores.len().min(BLOCK);
        if out == 0 {
            census.rows += count as u64;
            census.positives += u64::from(positives);
            census.negatives += count as u64 - u64::from(positives);
        } else {
            count = 0;
            for (i, ((score, label), weight)) in rows.enumerate() {
                let row = heads.get(i).copied().zip(packed.get(i).copied());
                let place = heads.get_mut(count).zip(packed.get_mut(count));
                if let (Some((head, word)), Some((to_head, to))) = (row, place)
                    && *weight != 0.0
                    && census.count(score.is_nan(), *label)
                {
                    (*to_head, *to) = (head, word);
                    count += 1;
                }
            }
        }
        // SAFETY: there are so many words, and free places.
        unsafe {
            let keys = Lanes::<<f64 as Elem>::Acc>::keys(s);
            place(keys, heads.as_ptr(), packed.as_ptr(), count, to, ends);
        }
        bad == 0
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
