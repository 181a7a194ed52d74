//! AUROC and average precision in bounded memory: how many scores of either class fell
//! into each of 2^k buckets, with the least and the largest of them. What that leaves
//! open is told by bounds that hold whatever the scores were.
//!
//! Of two scores in different buckets it is known which is larger. Within a bucket, the
//! positives are one of the least value there, one of the largest, and others between;
//! so are the negatives. For each pair of these parts it is known which is larger, or
//! that they are equal, or how far either may be: one of few scores in each bucket, or
//! of many equal ones, nothing is open.

use super::buckets::{Map, SIZES, fingerprint};
use super::scores::Scores;
use crate::math::sort::key;
use crate::math::sum::Sum;
use crate::metrics::bins::is_probability;
use crate::state::{Head, Kind, Params, State};
use crate::status::Status;

/// What has been seen; the header's parameter is k.
#[repr(C)]
pub struct BinnedAuroc {
    head: Head,
    map: u64,
    edges: u64,
    fingerprint: u64,
    nan_rows: u64,
    /// Of each bucket, the lowest scores first: negatives, then positives.
    buckets: [[Side; 2]],
}

/// The scores of one class in a bucket.
#[repr(C)]
#[derive(Clone, Copy)]
struct Side {
    count: u64,
    /// The key of the least, with all bits turned; 0 if there is none.
    least: u64,
    /// The key of the largest; 0 if there is none.
    most: u64,
}

const FIXED: usize = 16 + 4 * 8;
const BUCKET: usize = 6 * 8;

// SAFETY: repr(C) of u64s behind a head; the assertions below exclude padding.
unsafe impl State for BinnedAuroc {
    const KIND: Kind = Kind::BinnedAuroc;
    const WORDS: usize = 3;

    fn size(params: &Params) -> Option<usize> {
        let [map, edges, fingerprint, _] = params.words;
        let good = SIZES.contains(&params.param)
            && match Map::of(map)? {
                Map::Edges => edges >> params.param == 0,
                _ => edges == 0 && fingerprint == 0,
            };
        good.then(|| FIXED + (BUCKET << params.param))
    }

    fn at(data: *mut u8, params: &Params) -> *mut Self {
        core::ptr::slice_from_raw_parts_mut(data, 1 << params.param) as *mut Self
    }

    fn merge(&mut self, other: &Self) {
        self.nan_rows = self.nan_rows.wrapping_add(other.nan_rows);
        for (sides, others) in self.buckets.iter_mut().zip(&other.buckets) {
            for (side, more) in sides.iter_mut().zip(others) {
                side.count = side.count.wrapping_add(more.count);
                side.least = side.least.max(more.least);
                side.most = side.most.max(more.most);
            }
        }
    }
}

const _: () = assert!(core::mem::offset_of!(BinnedAuroc, nan_rows) + 8 == FIXED);
const _: () = assert!(size_of::<[Side; 2]>() == BUCKET);

/// The parameters of a state. `E_VALUE` for edges that do not rise or of another map.
pub fn params(power: u32, map: u32, edges: &[f64]) -> Result<Params, Status> {
    let map = u64::from(map);
    let of_edges = Map::of(map) == Some(Map::Edges);
    let mut words = [map, edges.len() as u64, 0, 0];
    if of_edges {
        words[2] = fingerprint(edges).ok_or(Status::LGT_E_VALUE)?;
    }
    Ok(Params { param: power, words })
}

/// The result of `lgt_binned_auroc_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct BinnedAurocReport {
    /// All rows.
    pub rows: u64,
    /// Those whose score is NaN or, of the map of probabilities, none; all below but the
    /// counts is then NaN.
    pub nan_rows: u64,
    /// Other rows of label 1.
    pub positives: u64,
    /// Other rows of label 0.
    pub negatives: u64,
    /// Buckets with a score.
    pub filled_buckets: u64,
    /// The middle of the bounds for the AUROC.
    pub auroc: f64,
    /// It is at least this ..
    pub auroc_low: f64,
    /// .. and at most this.
    pub auroc_high: f64,
    /// Half of what is between.
    pub auroc_half_width: f64,
    /// The middle of the bounds for the average precision.
    pub average_precision: f64,
    /// It is at least this, but for 1e-13 of rounding ..
    pub average_precision_low: f64,
    /// .. and at most this.
    pub average_precision_high: f64,
    /// Half of what is between.
    pub average_precision_half_width: f64,
}

impl BinnedAuroc {
    /// Adds rows. `E_MISMATCH` for other edges than those of `init`.
    pub fn update(&mut self, data: &Scores, edges: &[f64]) -> Result<(), Status> {
        let map = Map::of(self.map).ok_or(Status::LGT_E_STATE)?;
        if map == Map::Edges {
            let same =
                edges.len() as u64 == self.edges && fingerprint(edges) == Some(self.fingerprint);
            if !same {
                return Err(Status::LGT_E_MISMATCH);
            }
        }
        match map {
            Map::Probability => self.add(data, |x, power| {
                if is_probability(x) { Map::Probability.place(x, power, &[]) } else { usize::MAX }
            }),
            Map::Score => self.add(data, |x, power| {
                if x.is_nan() { usize::MAX } else { Map::Score.place(x, power, &[]) }
            }),
            Map::Edges => self.add(data, |x, power| {
                if x.is_nan() { usize::MAX } else { Map::Edges.place(x, power, edges) }
            }),
        }
        Ok(())
    }

    /// Adds rows by a map, past the last bucket where a score has none.
    #[inline(always)]
    fn add(&mut self, data: &Scores, place: impl Fn(f64, u32) -> usize) {
        let power = self.head.param;
        for i in 0..data.n {
            let score = data.score(i);
            let Some(sides) = self.buckets.get_mut(place(score, power)) else {
                self.nan_rows = self.nan_rows.wrapping_add(1);
                continue;
            };
            let [negative, positive] = sides;
            let side = if data.label(i) == 0 { negative } else { positive };
            let key = key(score);
            side.count = side.count.wrapping_add(1);
            if side.least < !key {
                side.least = !key;
            }
            if side.most < key {
                side.most = key;
            }
        }
    }

    /// The result so far.
    #[inline(never)]
    pub fn finish(&self) -> BinnedAurocReport {
        let (mut positives, mut negatives, mut filled_buckets) = (0u64, 0u64, 0);
        for [negative, positive] in &self.buckets {
            positives = positives.wrapping_add(positive.count);
            negatives = negatives.wrapping_add(negative.count);
            filled_buckets += u64::from(positive.count | negative.count != 0);
        }
        // Twice U is at least the first, at most the second.
        let mut pairs = [0u128; 2];
        let mut below = 0u64;
        for [negative, positive] in &self.buckets {
            let sure = u128::from(positive.count).wrapping_mul(u128::from(below) * 2);
            for (sum, inside) in pairs.iter_mut().zip(twice_u(positive, negative)) {
                *sum = sum.wrapping_add(sure).wrapping_add(inside);
            }
            below = below.wrapping_add(negative.count);
        }
        let empty = self.nan_rows > 0 || positives == 0;
        let (scale, per) = if empty {
            (f64::NAN, f64::NAN)
        } else {
            (2.0 * (positives as f64 * negatives as f64), positives as f64)
        };
        let both = pairs[0].wrapping_add(pairs[1]);
        let [low, high] = self.precisions();
        let (low, high) = (low / per, high / per);
        BinnedAurocReport {
            rows: positives.wrapping_add(negatives).wrapping_add(self.nan_rows),
            nan_rows: self.nan_rows,
            positives,
            negatives,
            filled_buckets,
            auroc: both as f64 / (2.0 * scale),
            auroc_low: pairs[0] as f64 / scale,
            auroc_high: pairs[1] as f64 / scale,
            auroc_half_width: pairs[1].wrapping_sub(pairs[0]) as f64 / (2.0 * scale),
            average_precision: 0.5 * (low + high),
            average_precision_low: low,
            average_precision_high: high,
            average_precision_half_width: 0.5 * (high - low),
        }
    }

    /// Bounds for the least false positive rate at which the true positive rate is at
    /// least `rate`; NaN unless there are both classes and no NaN.
    #[inline(never)]
    pub fn fpr_at_tpr(&self, rate: f64) -> [f64; 2] {
        let all = self.finish();
        let (positives, negatives) = (all.positives as f64, all.negatives as f64);
        if all.auroc.is_nan() {
            return [f64::NAN; 2];
        }
        let (mut hits, mut misses) = (0.0, 0.0);
        for [negative, positive] in self.buckets.iter().rev() {
            if hits / positives >= rate {
                break;
            }
            let (p, n) = (positive.count as f64, negative.count as f64);
            hits += p;
            if hits / positives >= rate {
                let (least, most) = positive.misses(negative);
                return [misses + least, misses + most].map(|misses| misses / negatives);
            }
            misses += n;
        }
        [0.0; 2]
    }

    /// Bounds for the sum over positives of the precision at their score, from the
    /// highest bucket down.
    fn precisions(&self) -> [f64; 2] {
        let (mut hits, mut misses) = (0.0, 0.0);
        let mut sums = [Sum::ZERO; 2];
        for [negative, positive] in self.buckets.iter().rev() {
            let (p, n) = (positive.count as f64, negative.count as f64);
            if p > 0.0 {
                let (least, most) = positive.misses(negative);
                let (least, most) = (misses + least, misses + most);
                let precision = |p: f64, misses: f64| (hits + p) / (hits + p + misses);
                let (low, high) = if positive.least() == positive.most {
                    (p * precision(p, most), p * precision(p, least))
                } else {
                    // At least one is above the last, and equal ones may be many.
                    let high = precision(p - 1.0, least) + (p - 1.0) * precision(p, least);
                    (apart(hits, p, most), high)
                };
                sums[0] = sums[0].plus(low);
                sums[1] = sums[1].plus(high);
            }
            (hits, misses) = (hits + p, misses + n);
        }
        sums.map(|sum| sum.value())
    }
}

/// Up to so many positives of a bucket are added up one by one.
const FEW: f64 = 256.0;

/// The sum of `(hits + j) / (hits + j + misses)` over `j = 1 .. p`, or somewhat less:
/// its terms rise, so that it is no less than the integral from 0 to p.
fn apart(hits: f64, p: f64, misses: f64) -> f64 {
    if p <= FEW {
        let (mut sum, mut j) = (0.0, 0.0);
        while j < p {
            j += 1.0;
            sum += (hits + j) / (hits + j + misses);
        }
        sum
    } else if misses > 0.0 {
        (p - misses * libm::log1p(p / (hits + misses))).max(0.0)
    } else {
        p
    }
}

impl Side {
    fn least(&self) -> u64 {
        !self.least
    }

    /// Of positives: at least and at most how many negatives of the bucket come before
    /// each, or with it. That is known where all of one class are above the other.
    fn misses(&self, negative: &Side) -> (f64, f64) {
        let all = negative.count as f64;
        if negative.count == 0 || self.least() > negative.most {
            (0.0, 0.0)
        } else if negative.least() >= self.most {
            (all, all)
        } else {
            (0.0, all)
        }
    }

    /// The scores as three parts, each from a least key to a largest, and how many there
    /// are: one that is the least, one that is the largest, and the others.
    fn parts(&self) -> [(u64, u64, u64); 3] {
        let (least, most) = (self.least(), self.most);
        if least == most {
            return [(least, most, self.count), (0, 0, 0), (0, 0, 0)];
        }
        let rest = self.count.saturating_sub(2);
        [(least, least, 1), (most, most, 1), (least, most, rest)]
    }
}

/// Bounds for twice the U of the positives of a bucket among its negatives.
#[inline(always)]
fn twice_u(positive: &Side, negative: &Side) -> [u128; 2] {
    let mut bounds = [0u128; 2];
    if positive.count == 0 || negative.count == 0 {
        return bounds;
    }
    for (p_low, p_high, p) in positive.parts() {
        for (n_low, n_high, n) in negative.parts() {
            let pairs = u128::from(p).wrapping_mul(n.into());
            // Twice what a pair is worth.
            let worth = |p: u64, n: u64| if p > n { 2 } else { u128::from(p == n) };
            bounds[0] = bounds[0].wrapping_add(pairs.wrapping_mul(worth(p_low, n_high)));
            bounds[1] = bounds[1].wrapping_add(pairs.wrapping_mul(worth(p_high, n_low)));
        }
    }
    bounds
}
