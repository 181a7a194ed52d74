//! Thresholds: the score that so many are not above.
//!
//! Of `n` exchangeable scores and one more, that one is among the `k` lowest with
//! probability `k / (n + 1)` at least: so `k = ceil((n + 1) (1 - alpha))`, and where
//! that is more than `n`, nothing less than everything will do.

use crate::math::select::select;
use crate::math::sort::{Keyed, key, sort, value};

/// The threshold of these scores, none of which is NaN.
pub fn of(scores: &[f64], alpha: f64) -> f64 {
    let n = scores.len() as f64;
    // What rounding adds to a whole number is not to make it the next.
    let k = libm::ceil((n + 1.0) * (1.0 - alpha) - 1e-9);
    if k > n { f64::INFINITY } else { select(scores, (k as usize).saturating_sub(1)) }
}

/// Words of scratch for the thresholds of so many classes.
pub fn words_by_class(n: usize, classes: usize) -> Option<usize> {
    n.checked_add(classes.checked_add(1)?)
}

/// Scores by class: thresholds and how many scores each class has. Where they are too
/// few it is `otherwise`, if there is that.
pub struct ByClass<'a> {
    /// The scores.
    pub scores: &'a [f64],
    /// The class of each, below how many thresholds there are.
    pub label: &'a dyn Fn(usize) -> usize,
    /// As in [`of`].
    pub alpha: f64,
    /// Where a class has too few scores.
    pub otherwise: f64,
}

impl ByClass<'_> {
    /// Writes both; `scratch` is [`words_by_class`] long.
    pub fn write(&self, thresholds: &mut [f64], counts: &mut [f64], scratch: &mut [u64]) {
        let classes = thresholds.len();
        let Some((ends, sorted)) = scratch.split_at_mut_checked(classes + 1) else { return };
        ends.fill(0);
        let add = |ends: &mut [u64], class: usize| {
            let end = ends.get_mut(class)?;
            *end = end.wrapping_add(1);
            Some(*end as usize - 1)
        };
        (0..self.scores.len()).for_each(|i| _ = add(ends, (self.label)(i) + 1));
        let mut start = 0u64;
        for (end, count) in ends.iter_mut().zip(core::iter::once(&mut 0.0).chain(counts)) {
            *count = *end as f64;
            start = start.wrapping_add(*end);
            *end = start;
        }
        // Each class's place is where the one before it ended, and ends where it ends.
        for (i, score) in self.scores.iter().enumerate() {
            let place = add(ends, (self.label)(i)).and_then(|place| sorted.get_mut(place));
            place.into_iter().for_each(|place| *place = score.to_bits());
        }
        // SAFETY: any bits are a number.
        let (_, sorted, _) = unsafe { sorted.align_to::<f64>() };
        let mut start = 0;
        for (threshold, end) in thresholds.iter_mut().zip(ends) {
            let end = *end as usize;
            let found = sorted.get(start..end).map_or(f64::NAN, |scores| of(scores, self.alpha));
            *threshold = if found == f64::INFINITY { self.otherwise } else { found };
            start = end;
        }
    }
}

/// Words of scratch for thresholds of weighted scores.
pub fn words_weighted(n: usize) -> Option<usize> {
    n.checked_mul(4)
}

/// Weighted scores in order, with the sums of their weights.
pub struct Weighted<'a> {
    keys: &'a [u64],
    sums: &'a [f64],
}

impl<'a> Weighted<'a> {
    /// Of scores that are not NaN, in scratch that is [`words_weighted`] long.
    pub fn new(scores: &[f64], weights: &[f64], scratch: &'a mut [u64]) -> Option<Self> {
        let n = scores.len();
        let (keys, rest) = scratch.split_at_mut_checked(n)?;
        let (loads, rest) = rest.split_at_mut_checked(n)?;
        let (other_keys, rest) = rest.split_at_mut_checked(n)?;
        let other_loads = rest.get_mut(..n)?;
        keys.iter_mut().zip(scores).for_each(|(key_of, score)| *key_of = key(*score));
        loads.iter_mut().zip(weights).for_each(|(load, weight)| *load = weight.to_bits());
        sort(Keyed { keys, loads }, Keyed { keys: other_keys, loads: other_loads });
        let mut sum = 0.0;
        for load in loads.iter_mut() {
            sum += f64::from_bits(*load);
            *load = sum.to_bits();
        }
        // SAFETY: any bits are a number.
        let (_, sums, _) = unsafe { loads.align_to::<f64>() };
        Some(Weighted { keys, sums })
    }

    /// The least score such that those up to it have a share `1 - alpha` of all weight,
    /// that of the new row among it, whose score is as good as infinite.
    pub fn of(&self, weight: f64, alpha: f64) -> f64 {
        let total = self.sums.last().copied().unwrap_or(0.0) + weight;
        let wanted = (1.0 - alpha) * total * (1.0 - 1e-12);
        let below = self.sums.partition_point(|sum| *sum < wanted);
        self.keys.get(below).map_or(f64::INFINITY, |key| value(*key))
    }
}
