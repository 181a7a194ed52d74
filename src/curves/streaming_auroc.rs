//! AUROC, average precision and DeLong's variance of all rows that a state has seen,
//! exactly, in memory of the caller's: the state keeps every score with its label.
//!
//! A score and its label are one word, the score's key above its label. That is 65 bits,
//! of which the sign is left out: scores below 0 stand at the front, the others at the
//! back, both in order, with zeros between. So the bytes are those of a sorted multiset,
//! whatever way it came together.

use super::delong;
use super::midranks::Midranks;
use super::scores::Scores;
use crate::math::order::sort;
use crate::math::sort::key;
use crate::math::sum::Sum;
use crate::state::{Head, Kind, Params, State};
use crate::status::Status;

/// What has been seen; the header's parameter is the most rows there may be.
#[repr(C)]
pub struct StreamingAuroc {
    head: Head,
    nan_rows: u64,
    /// Scores below 0.
    below: u64,
    /// Other scores.
    above: u64,
    words: [u64],
}

const FIXED: usize = 16 + 3 * 8;

/// The result of `lgt_streaming_auroc_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct StreamingAurocReport {
    /// All rows.
    pub rows: u64,
    /// Those whose score is NaN; all below but the counts is then NaN.
    pub nan_rows: u64,
    /// Other rows of label 1.
    pub positives: u64,
    /// Other rows of label 0.
    pub negatives: u64,
    /// How many rows there may be, without those that are NaN.
    pub capacity: u64,
    /// The area under the ROC curve.
    pub auroc: f64,
    /// The average precision: the mean over positives of the precision at their score.
    pub average_precision: f64,
    /// The variance of the AUROC; NaN unless there are two rows of each label.
    pub variance: f64,
    /// The root of that.
    pub std_error: f64,
    /// The lower bound of the AUROC's normal interval, at least 0.
    pub low: f64,
    /// Its upper bound, at most 1.
    pub high: f64,
    /// The lower bound of the interval that is normal for the AUROC's logit.
    pub logit_low: f64,
    /// Its upper bound.
    pub logit_high: f64,
}

// SAFETY: repr(C) of u64s behind a head; the assertion below excludes padding.
unsafe impl State for StreamingAuroc {
    const KIND: Kind = Kind::StreamingAuroc;

    fn size(params: &Params) -> Option<usize> {
        let size = params.param as u64 * 8 + FIXED as u64;
        (params.param > 0 && size <= u64::from(u32::MAX)).then_some(size as usize)
    }

    fn at(data: *mut u8, params: &Params) -> *mut Self {
        core::ptr::slice_from_raw_parts_mut(data, params.param as usize) as *mut Self
    }

    /// How much room a state has says nothing of what it has seen.
    fn mergeable(_: &Params, _: &Params) -> bool {
        true
    }

    fn room(&self, other: &Self) -> bool {
        let (below, above) = other.counts();
        self.fits(below + above)
    }

    fn merge(&mut self, other: &Self) {
        let (low, high) = other.parts();
        let front = self.free();
        front.iter_mut().zip(low).for_each(|(to, word)| *to = *word);
        let back = front.iter_mut().rev();
        back.zip(high.iter().rev()).for_each(|(to, word)| *to = *word);
        self.insert(low.len(), high.len());
        self.nan_rows = self.nan_rows.wrapping_add(other.nan_rows);
    }
}

const _: () = assert!(core::mem::offset_of!(StreamingAuroc, above) + 8 == FIXED);

impl StreamingAuroc {
    /// How many words stand at the front and at the back, which is all that is trusted.
    fn counts(&self) -> (usize, usize) {
        let most = self.words.len();
        let below = (self.below as usize).min(most);
        (below, (self.above as usize).min(most - below))
    }

    /// Both runs, lowest scores first.
    fn parts(&self) -> (&[u64], &[u64]) {
        let (below, above) = self.counts();
        let low = self.words.get(..below).unwrap_or_default();
        let high = self.words.get(self.words.len() - above..).unwrap_or_default();
        (low, high)
    }

    fn fits(&self, rows: usize) -> bool {
        let (below, above) = self.counts();
        rows <= self.words.len() - below - above
    }

    /// What is between both runs.
    fn free(&mut self) -> &mut [u64] {
        let (below, above) = self.counts();
        let end = self.words.len() - above;
        self.words.get_mut(below..end).unwrap_or_default()
    }

    /// Adds rows. `E_SIZE` if there is no room for all of them.
    pub fn update(&mut self, data: &Scores) -> Result<(), Status> {
        let nan_rows = data.nan_rows();
        if !self.fits(data.n - nan_rows as usize) {
            return Err(Status::LGT_E_SIZE);
        }
        let free = self.free();
        let (mut low, mut high) = (0, free.len());
        for i in 0..data.n {
            let score = data.score(i);
            let word = key(score) << 1 | data.label(i);
            let place = if score < 0.0 {
                low += 1;
                low - 1
            } else if score >= 0.0 {
                high -= 1;
                high
            } else {
                continue;
            };
            if let Some(slot) = free.get_mut(place) {
                *slot = word;
            }
        }
        let above = free.len() - high;
        sort(free.get_mut(..low).unwrap_or_default());
        sort(free.get_mut(high..).unwrap_or_default());
        self.insert(low, above);
        self.nan_rows = self.nan_rows.wrapping_add(nan_rows);
        Ok(())
    }

    /// Takes in two runs from the ends of what is free.
    #[inline(never)]
    fn insert(&mut self, low: usize, high: usize) {
        let (below, above) = self.counts();
        let end = self.words.len() - above - high;
        let Some((rest, back)) = self.words.split_at_mut_checked(end) else { return };
        let Some((front, spare)) = rest.split_at_mut_checked(below + low) else { return };
        join(front, below, spare);
        join(back, high, spare);
        spare.iter_mut().take(low.max(high)).for_each(|word| *word = 0);
        (self.below, self.above) = ((below + low) as u64, (above + high) as u64);
    }

    /// The result so far, with intervals of that confidence.
    #[inline(never)]
    pub fn finish(&self, confidence: f64) -> StreamingAurocReport {
        let (low, high) = self.parts();
        let rows = (low.len() + high.len()) as u64;
        let positives = low.iter().chain(high).map(|word| word & 1).sum();
        let (mut ranks, mut precision) = (Midranks::ZERO, Sum::ZERO);
        for part in [low, high] {
            let mut rest = part;
            while let Some(first) = rest.first() {
                let (mut run, mut hits) = (0, 0);
                for word in rest.iter().take_while(|word| **word >> 1 == *first >> 1) {
                    (run, hits) = (run + 1, hits + (word & 1));
                }
                let seen = ranks.positives.rows + ranks.negatives.rows;
                let share = (positives - ranks.positives.rows) as f64 / (rows - seen) as f64;
                precision = precision.plus(hits as f64 * share);
                ranks.add(hits, run as u64 - hits);
                rest = rest.get(run..).unwrap_or_default();
            }
        }
        let negatives = rows - positives;
        let made = delong::report(&ranks, [self.nan_rows, positives, negatives], confidence);
        let per = if self.nan_rows > 0 { f64::NAN } else { positives as f64 };
        StreamingAurocReport {
            rows: rows.wrapping_add(self.nan_rows),
            nan_rows: self.nan_rows,
            positives,
            negatives,
            capacity: self.words.len() as u64,
            auroc: made.auroc,
            average_precision: precision.value() / per,
            variance: made.variance,
            std_error: made.std_error,
            low: made.low,
            high: made.high,
            logit_low: made.logit_low,
            logit_high: made.logit_high,
        }
    }
}

/// Makes two sorted runs one; `cut` is where the second begins. The shorter of them
/// stands aside, if there is room.
fn join(words: &mut [u64], cut: usize, spare: &mut [u64]) {
    let second = words.len() - cut;
    if cut == 0 || second == 0 {
        return;
    }
    if cut.min(second) > spare.len() {
        return sort(words);
    }
    let word = |words: &[u64], at: usize| words.get(at).copied().unwrap_or(0);
    if second <= cut {
        copy(spare, words.get(cut..).unwrap_or_default());
        let (mut left, mut right) = (cut, second);
        for at in (0..words.len()).rev() {
            if right == 0 {
                break;
            }
            let (a, b) = (word(words, left.wrapping_sub(1)), word(spare, right - 1));
            let take = if left > 0 && a > b {
                left -= 1;
                a
            } else {
                right -= 1;
                b
            };
            set(words, at, take);
        }
    } else {
        copy(spare, words.get(..cut).unwrap_or_default());
        let (mut left, mut right) = (0, cut);
        for at in 0..words.len() {
            if left == cut {
                break;
            }
            let (a, b) = (word(spare, left), word(words, right));
            let take = if right < words.len() && b < a {
                right += 1;
                b
            } else {
                left += 1;
                a
            };
            set(words, at, take);
        }
    }
}

fn copy(to: &mut [u64], from: &[u64]) {
    to.iter_mut().zip(from).for_each(|(to, word)| *to = *word);
}

fn set(words: &mut [u64], at: usize, word: u64) {
    if let Some(slot) = words.get_mut(at) {
        *slot = word;
    }
}
