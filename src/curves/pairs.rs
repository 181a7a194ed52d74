//! Pairs of a positive and a negative row, counted over rows in order.
//!
//! Of rows in order, a positive one has as many negative ones before it as its place
//! says, less the positive ones before it. The sum of places of positive rows and
//! their number are made of blocks of rows in vectors. Of equal scores the negative
//! rows come first, so that this counts tied pairs too; they are found at the steps
//! from the last negative row of a score to its first positive one.

use super::packing::Bits;
use super::ranked::{Census, Halves};
use crate::simd::Elem;
use crate::simd::{Io, Kernel};

/// Numbers of pairs.
#[derive(Clone, Copy, Default)]
pub struct Pairs {
    /// Pairs of which the negative row does not have the higher score.
    not_lost: u64,
    /// Pairs of equal scores.
    tied: u64,
    /// Negative rows so far.
    negatives: u64,
}

impl Pairs {
    /// Of all rows.
    pub fn of<B: Bits>(halves: Halves<B>) -> Pairs {
        // Made here, because clearing it is a call.
        let mut at = [0; BLOCK];
        let pairs = Pairs::default();
        let pairs = f32::dispatch(Count { rows: halves.below, pairs, at: &mut at });
        f32::dispatch(Count { rows: halves.others, pairs, at: &mut at })
    }

    /// The area under the ROC curve, and the share of tied pairs.
    pub fn shares(self, census: &Census) -> (f64, f64) {
        let all = census.positives as f64 * census.negatives as f64;
        // At most twice the number of pairs, of which there are at most 2^62.
        let twice = 2 * self.not_lost - self.tied;
        (twice as f64 / 2.0 / all, self.tied as f64 / all)
    }
}

/// Rows that are looked at together: few enough for places in 32 bits to add up.
const BLOCK: usize = 256;
/// From here on it is faster to look at all rows of a block than to go to its steps,
/// whose neighbours are branches that no processor guesses.
const FEW: u32 = 12;

/// Counts rows that lie above all before.
struct Count<'a, B: Bits> {
    rows: &'a [B],
    pairs: Pairs,
    /// Room for the places of steps in a block.
    at: &'a mut [u32; BLOCK],
}

impl<B: Bits> Kernel<f32> for Count<'_, B> {
    type Out = Pairs;

    #[inline(always)]
    fn run<S: Io<f32>>(self, _: S) -> Pairs {
        let Count { rows, mut pairs, at } = self;
        let mut start = 0;
        while start < rows.len() {
            let count = BLOCK.min(rows.len() - start);
            // The last row of all has none that follows it.
            let steps = count - usize::from(start + count == rows.len());
            let Some(block) = rows.get(start..start + count) else { break };
            let Some(next) = rows.get(start + 1..=start + steps) else { break };
            let (some, places) = positives(block);
            pairs.not_lost += some * pairs.negatives + places - some * some.wrapping_sub(1) / 2;
            pairs.negatives += count as u64 - some;
            pairs.tied += match steps_up(block, next) {
                0 => 0,
                1..FEW => tied_at_steps(rows, start, block, next, at),
                _ => tied_all_along(rows, start, block),
            };
            start += count;
        }
        pairs
    }
}

/// How many rows are positive, and the sum of their places.
#[inline(always)]
fn positives<B: Bits>(rows: &[B]) -> (u64, u64) {
    let (mut count, mut places) = (0u32, 0u32);
    for (i, row) in (0u32..).zip(rows) {
        count += row.label();
        places += i & row.label().wrapping_neg();
    }
    (u64::from(count), u64::from(places))
}

/// How often a row and the one that follows it differ in their labels alone.
#[inline(always)]
fn steps_up<B: Bits>(rows: &[B], next: &[B]) -> u32 {
    let mut steps = 0;
    for (row, next) in rows.iter().zip(next) {
        steps += u32::from(row.differs_in_label(*next));
    }
    steps
}

/// Tied pairs of scores whose step from negative to positive rows is in the block that
/// begins with row `start`: steps are gone to one by one.
#[inline(always)]
fn tied_at_steps<B: Bits>(
    rows: &[B],
    start: usize,
    block: &[B],
    next: &[B],
    at: &mut [u32; BLOCK],
) -> u64 {
    let mut found = 0;
    for (i, (row, next)) in (0u32..).zip(block.iter().zip(next)) {
        if let Some(at) = at.get_mut(found) {
            *at = i;
        }
        found += usize::from(row.differs_in_label(*next));
    }
    let mut pairs = 0;
    for at in at.iter().take(found) {
        let last = start + *at as usize;
        let Some((before, after)) = rows.split_at_checked(last + 1) else { break };
        let (Some(negative), Some(positive)) = (before.last(), after.first()) else { break };
        let negatives = before.iter().rev().take_while(|row| *row == negative).count();
        let positives = after.iter().take_while(|row| *row == positive).count();
        pairs += negatives as u64 * positives as u64;
    }
    pairs
}

/// The same, looking at every row.
#[inline(always)]
fn tied_all_along<B: Bits>(rows: &[B], start: usize, block: &[B]) -> u64 {
    let Some((before, after)) = rows.split_at_checked(start) else { return 0 };
    let Some(mut last) = block.first().copied() else { return 0 };
    // Negative rows of the score at hand. A step from the block before to this one is
    // that block's.
    let mut negatives = 0;
    if last.label() == 0 {
        negatives = before.iter().rev().take_while(|row| **row == last).count() as u64;
    }
    let mut pairs = 0;
    for row in block {
        let label = u64::from(row.label());
        negatives = if row.ties(last) { negatives } else { 0 };
        pairs += negatives & label.wrapping_neg();
        negatives += 1 - label;
        last = *row;
    }
    let rest = after.iter().skip(block.len());
    let more = rest.take_while(|row| row.ties(last) && row.label() == 1).count();
    pairs + negatives * more as u64
}
