//! Points in order of their probabilities, in the caller's scratch: three words
//! a point, of which two hold what is sorted and the rest is there to sort with.

use super::bins::{BinSums, is_probability};
use super::points::{Point, Points};
use super::reliability::ReliabilityBin;
use crate::math::sort::{Keyed, key, sort, value};

/// Words of scratch for `n` points; places are numbered in 32 bits.
pub fn words(n: usize) -> Option<usize> {
    if n <= u32::MAX as usize { n.checked_mul(3) } else { None }
}

/// Points that count and have a probability, lowest first; equal ones in the
/// order they came in.
#[derive(Clone, Copy)]
pub struct Sorted<'a> {
    /// Probabilities, as bits.
    values: &'a [u64],
    /// Weights, as bits.
    weights: &'a [u64],
    hits: &'a [u32],
    /// How many there were besides that are no probabilities.
    pub nan_rows: u64,
}

impl<'a> Sorted<'a> {
    /// Sorts points, without those below `least`. The scratch has [`words`].
    pub fn of(points: &Points, least: f64, scratch: &'a mut [u64]) -> Sorted<'a> {
        let (keys, rest) = scratch.split_at_mut_checked(points.n).unwrap_or_default();
        let (spare_keys, rest) = rest.split_at_mut_checked(points.n).unwrap_or_default();
        // SAFETY: a u64 is two u32, whatever its bits.
        let (_, rest, _) = unsafe { rest.align_to_mut::<u32>() };
        let (loads, spare_loads) = rest.split_at_mut_checked(points.n).unwrap_or_default();

        let (mut count, mut nan_rows) = (0, 0);
        for i in 0..points.n {
            let Some(point) = points.get(i) else { continue };
            if !is_probability(point.p) {
                nan_rows += 1;
            } else if point.p >= least
                && let (Some(k), Some(load)) = (keys.get_mut(count), loads.get_mut(count))
            {
                (*k, *load) = (key(point.p), i as u32);
                count += 1;
            }
        }
        let keys = keys.get_mut(..count).unwrap_or_default();
        let loads = loads.get_mut(..count).unwrap_or_default();
        let weights = spare_keys.get_mut(..count).unwrap_or_default();
        let hits = spare_loads.get_mut(..count).unwrap_or_default();
        sort(Keyed { keys, loads }, Keyed { keys: weights, loads: hits });

        for ((key, load), (weight, hit)) in
            keys.iter_mut().zip(&*loads).zip(weights.iter_mut().zip(&mut *hits))
        {
            *key = value(*key).to_bits();
            if let Some(point) = points.get(*load as usize) {
                (*weight, *hit) = (point.weight.to_bits(), u32::from(point.hit));
            }
        }
        Sorted { values: keys, weights, hits, nan_rows }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Probability `i`; NaN past the last.
    pub fn value(&self, i: usize) -> f64 {
        self.values.get(i).map_or(f64::NAN, |bits| f64::from_bits(*bits))
    }

    /// The points, lowest probability first.
    pub fn iter(self) -> impl Iterator<Item = Point> + 'a {
        self.values.iter().zip(self.weights).zip(self.hits).map(|((p, weight), hit)| Point {
            p: f64::from_bits(*p),
            hit: *hit != 0,
            weight: f64::from_bits(*weight),
        })
    }

    /// Points `from .. to`.
    pub fn part(self, from: usize, to: usize) -> Sorted<'a> {
        Sorted {
            values: self.values.get(from..to).unwrap_or_default(),
            weights: self.weights.get(from..to).unwrap_or_default(),
            hits: self.hits.get(from..to).unwrap_or_default(),
            nan_rows: 0,
        }
    }

    /// Runs of neighbours that are the same, as a function of two tells.
    pub fn runs(self, same: impl Fn(f64, f64) -> bool) -> impl Iterator<Item = Sorted<'a>> {
        let mut from = 0;
        core::iter::from_fn(move || {
            let start = from;
            while from < self.len() && (from == start || same(self.value(start), self.value(from)))
            {
                from += 1;
            }
            (from > start).then(|| self.part(start, from))
        })
    }

    /// `count` parts of as equal numbers as can be, the first ones larger by 1
    /// where some must be. With `together`, equal probabilities that a cut would
    /// part all go below it.
    pub fn equal_parts(self, count: usize, together: bool) -> impl Iterator<Item = Sorted<'a>> {
        let each = self.len().checked_div(count).unwrap_or(0);
        let more = self.len() - each * count;
        let mut from = 0;
        (1..=count).map(move |b| {
            let start = from;
            from = from.max(b * each + b.min(more));
            while together && from > start && self.value(from) == self.value(from - 1) {
                from += 1;
            }
            self.part(start, from)
        })
    }

    /// Exact sums over all.
    #[inline(never)]
    pub fn sums(self) -> BinSums {
        let mut sums = BinSums::ZERO;
        self.iter().for_each(|point| sums.add(point.p, point.hit, point.weight));
        sums
    }

    /// The bin that all make, from the least to the largest.
    #[inline(never)]
    pub fn bin(self) -> ReliabilityBin {
        let last = self.len().wrapping_sub(1);
        self.sums().bin(self.value(0), self.value(last))
    }
}
