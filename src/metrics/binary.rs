//! Two classes, evaluated in one pass: log loss, Brier score, calibration error,
//! confusion at 1/2, and Spiegelhalter's test, with what they are compared to.
//!
//! Spiegelhalter: if outcomes were drawn with the probabilities given, the Brier
//! score would have the mean `sum p (1 - p) / n`; what it is off by is
//! `sum (y - p) (1 - 2 p)`, of variance `sum (1 - 2 p)^2 p (1 - p)`, and the
//! quotient of the one and the root of the other is about normal.

use super::bins::{BinSums, Closed, MAX_BINS, place};
use super::log_loss::is_eps;
use super::reliability::{ReliabilityBin, ReliabilityReport};
use crate::math::fixed::{Bounded, UNIT, Unbounded};
use crate::math::normal;
use crate::math::two_grids::Grids;
use crate::state::{Head, Kind, MOST_WORDS, Params, State};

/// What scores are, beside probabilities (0).
pub const LOGITS: u32 = 1;

/// Terms made of probabilities are below 2, losses in lanes below 1024.
pub const SMALL: Grids = Grids::below(1);
/// As above.
pub const LOSSES: Grids = Grids::below(10);
/// Losses from here on go into a sum of their own.
pub const LARGE_LOSS: f64 = 700.0;

/// What has been seen; the header's parameter is the number of bins.
#[repr(C)]
pub struct Binary {
    head: Head,
    /// The bits of `eps`.
    pub eps: u64,
    /// 0, or [`LOGITS`].
    pub input: u64,
    rows: u64,
    nan_rows: u64,
    infinite_rows: u64,
    /// Rows whose probability was clipped.
    pub clipped_rows: u64,
    /// Weight of rows by `2 * (told to be 1) + (is 1)`.
    pub confusion: [Bounded; 4],
    /// Of losses (of probabilities, with the sign turned), of squared misses, and the
    /// two of Spiegelhalter's.
    pub sums: [Bounded; TERMS],
    large_losses: Unbounded,
    /// Bins `(low, high]` of equal width.
    pub bins: [Bin],
}

/// What is summed a row.
pub const TERMS: usize = 4;
/// Their places.
pub const LOSS: usize = 0;
/// As above.
pub const SQUARE: usize = 1;
/// As above.
pub const EXCESS: usize = 2;
/// As above.
pub const VARIANCE: usize = 3;

/// Rows of weight 1, which are most often all, stand apart, by class.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Bin {
    ones: [Ones; 2],
    others: BinSums,
}

/// So many probabilities, and their sum in units of 2^-51.
#[repr(C)]
#[derive(Clone, Copy)]
struct Ones {
    rows: u64,
    low: u64,
    high: u64,
}

/// One row.
pub struct Row {
    /// The score as it was given.
    pub score: f64,
    /// Whether it is of class 1.
    pub hit: bool,
    /// Its weight, at least [`UNIT`].
    pub weight: f64,
    /// Its probability of being so.
    pub p: f64,
    /// Its terms, in the two parts that they were rounded to.
    pub terms: [[f64; 2]; TERMS],
    /// Whether its probability is one.
    pub valid: bool,
    /// Whether it was clipped.
    pub clipped: bool,
    /// Edges are rounded to f32.
    pub narrow: bool,
}

/// The parameters of a state.
pub fn params(bins: u32, eps: f64, input: u32) -> Params {
    let mut words = [0; MOST_WORDS];
    // Of the two zeros, one.
    words[0] = (eps + 0.0).to_bits();
    words[1] = u64::from(input);
    Params { param: bins, words }
}

/// Bytes before the bins.
const FIXED: usize = 16 + 6 * 8 + (4 + TERMS) * 32 + 272;

// SAFETY: repr(C) of u64s behind a head; the assertions below exclude padding.
unsafe impl State for Binary {
    const KIND: Kind = Kind::Binary;
    const WORDS: usize = 2;

    fn size(params: &Params) -> Option<usize> {
        let bins = params.param;
        let good = (1..=MAX_BINS).contains(&bins)
            && is_eps(params.words[0])
            && params.words[1] <= u64::from(LOGITS);
        good.then_some(FIXED + bins as usize * size_of::<Bin>())
    }

    fn at(data: *mut u8, params: &Params) -> *mut Self {
        core::ptr::slice_from_raw_parts_mut(data, params.param as usize) as *mut Self
    }

    fn merge(&mut self, other: &Self) {
        self.rows = self.rows.wrapping_add(other.rows);
        self.nan_rows = self.nan_rows.wrapping_add(other.nan_rows);
        self.infinite_rows = self.infinite_rows.wrapping_add(other.infinite_rows);
        self.clipped_rows = self.clipped_rows.wrapping_add(other.clipped_rows);
        self.confusion.iter_mut().zip(&other.confusion).for_each(|(sum, more)| sum.merge(more));
        self.sums.iter_mut().zip(&other.sums).for_each(|(sum, more)| sum.merge(more));
        self.large_losses.merge(&other.large_losses);
        self.bins.iter_mut().zip(&other.bins).for_each(|(bin, more)| bin.merge(more));
    }
}

const _: () = assert!(core::mem::offset_of!(Binary, large_losses) + 272 == FIXED);
const _: () = assert!(size_of::<Bin>() == 6 * 8 + size_of::<BinSums>());

/// Words from a bin to the next, and in a bin from class 0 to class 1: where rows of
/// weight 1 are counted, from the number of the bin and the class.
pub const WORDS: [f64; 2] = [(size_of::<Bin>() / 8) as f64, (size_of::<Ones>() / 8) as f64];

/// The result of `lgt_binary_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct BinaryReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those without a probability: in no sum, and all means are then NaN.
    pub nan_rows: u64,
    /// Those whose loss is +inf: probability 0 for what came true, and `eps` is 0.
    pub infinite_rows: u64,
    /// Those whose probability was clipped for the log loss.
    pub clipped_rows: u64,
    /// The sum of weights.
    pub weight: f64,
    /// The weight of class 1.
    pub positives: f64,
    /// Its share.
    pub base_rate: f64,
    /// Mean probability of class 1.
    pub mean_probability: f64,
    /// Mean of -ln of the probability of what came true.
    pub log_loss: f64,
    /// Mean of (p - y)^2.
    pub brier: f64,
    /// Expected calibration error of P(y = 1).
    pub ece: f64,
    /// Maximum calibration error.
    pub mce: f64,
    /// The root of the weighted mean of squared gaps.
    pub rms: f64,
    /// Weight of class 1 with p above 1/2.
    pub true_positives: f64,
    /// Weight of class 0 with p above 1/2.
    pub false_positives: f64,
    /// Weight of class 1 with p at most 1/2.
    pub false_negatives: f64,
    /// Weight of class 0 with p at most 1/2.
    pub true_negatives: f64,
    /// Spiegelhalter's statistic, about standard normal if calibrated; NaN where all
    /// probabilities are 0, 1/2 or 1.
    pub spiegelhalter_z: f64,
    /// Its two-sided p-value.
    pub spiegelhalter_p: f64,
    /// 1 less the Brier score over that of the base rate; NaN for one class.
    pub brier_skill: f64,
    /// 1 less the log loss over that of the base rate; NaN for one class.
    pub d2_log_loss: f64,
}

impl Binary {
    /// The result so far.
    pub fn finish(&self) -> BinaryReport {
        let of = |told: usize, is: usize| self.confusion[2 * told + is].to_f64();
        let mut weight = self.confusion[0];
        self.confusion.iter().skip(1).for_each(|part| weight.merge(part));
        let mut positives = self.confusion[1];
        positives.merge(&self.confusion[3]);
        let (weight, positives) = (weight.to_f64(), positives.to_f64());
        // 0 / 0 is NaN where nothing was seen.
        let per = if self.nan_rows > 0 { f64::NAN } else { weight };
        let base_rate = positives / per;
        let sum = |term: usize| self.sums[term].to_f64();
        let brier = sum(SQUARE) / per;
        let log_loss = if self.infinite_rows > 0 {
            f64::INFINITY * (per + 1.0)
        } else {
            (self.sign() * sum(LOSS) + self.large_losses.to_f64()) / per
        };
        let curve = ReliabilityReport::of(self.bins(), self.nan_rows);
        let z = sum(EXCESS) / libm::sqrt(sum(VARIANCE)) + 0.0 / per;
        let z = if z.is_finite() { z } else { f64::NAN };
        let chance = base_rate * (1.0 - base_rate);
        let entropy =
            -(base_rate * libm::log(base_rate) + (1.0 - base_rate) * libm::log1p(-base_rate));
        BinaryReport {
            rows: self.rows,
            nan_rows: self.nan_rows,
            infinite_rows: self.infinite_rows,
            clipped_rows: self.clipped_rows,
            weight,
            positives,
            base_rate,
            mean_probability: curve.confidence,
            log_loss,
            brier,
            ece: curve.ece,
            mce: curve.mce,
            rms: curve.rms,
            true_positives: of(1, 1),
            false_positives: of(1, 0),
            false_negatives: of(0, 1),
            true_negatives: of(0, 0),
            spiegelhalter_z: z,
            spiegelhalter_p: (2.0 * normal::sf(z.abs())).min(1.0) + 0.0 * z,
            brier_skill: skill(brier, chance),
            d2_log_loss: skill(log_loss, entropy),
        }
    }

    /// The bins of the reliability curve, lowest first.
    pub fn bins(&self) -> impl ExactSizeIterator<Item = ReliabilityBin> + use<'_> {
        let count = self.bins.len();
        self.bins.iter().enumerate().map(move |(b, bin)| bin.sums().of_equal_width(b, count))
    }

    /// Adds one row, whatever it is.
    #[inline(never)]
    pub fn add(&mut self, row: Row) {
        let Row { score, hit, weight, p, terms, .. } = row;
        self.rows = self.rows.wrapping_add(1);
        if !row.valid {
            self.nan_rows = self.nan_rows.wrapping_add(1);
            return;
        }
        self.clipped_rows = self.clipped_rows.wrapping_add(u64::from(row.clipped));
        let told = score > if self.input == 0 { 0.5 } else { 0.0 };
        self.confusion[2 * usize::from(told) + usize::from(hit)].add(weight);
        self.add_loss(terms[LOSS], weight);
        for (sum, parts) in self.sums.iter_mut().zip(terms).skip(1) {
            add_parts(sum, parts, weight);
        }
        let b = place_of(p, self.bins.len(), row.narrow);
        if let Some(bin) = self.bins.get_mut(b) {
            bin.add(p, hit, weight);
        }
    }

    /// The sign of losses in `sums`.
    pub fn sign(&self) -> f64 {
        if self.input == 0 { -1.0 } else { 1.0 }
    }

    fn add_loss(&mut self, parts: [f64; 2], weight: f64) {
        let loss = self.sign() * (parts[0] + parts[1]);
        if loss < LARGE_LOSS && weight < 1e15 {
            add_parts(&mut self.sums[LOSS], parts, weight);
        } else if (weight * loss).is_finite() {
            self.large_losses.add(weight * loss);
        } else {
            self.infinite_rows = self.infinite_rows.wrapping_add(1);
        }
    }

    /// Counts rows of weight 1 that are in all sums already.
    pub fn count(&mut self, confusion: [u64; 4], clipped: u64) {
        self.clipped_rows = self.clipped_rows.wrapping_add(clipped);
        for (sum, count) in self.confusion.iter_mut().zip(confusion) {
            self.rows = self.rows.wrapping_add(count);
            sum.add(count as f64);
        }
    }
}

/// Adds a term: exactly what lanes would add if its weight is 1.
fn add_parts(sum: &mut Bounded, [high, low]: [f64; 2], weight: f64) {
    if weight == 1.0 {
        sum.add(high);
        sum.add(low);
    } else {
        sum.add(weight * (high + low));
    }
}

/// The bin of `p` among bins whose edges are, if narrow, rounded to f32.
pub fn place_of(p: f64, bins: usize, narrow: bool) -> usize {
    place(p, bins, Closed::Right, |edge| if narrow { f64::from(edge as f32) } else { edge })
}

/// 1 less `score` over that of the base rate.
fn skill(score: f64, of_base_rate: f64) -> f64 {
    if of_base_rate > 0.0 { 1.0 - score / of_base_rate } else { f64::NAN }
}

/// What, added, brings a probability to units of 2^-51 in the low bits.
pub const UNITS: f64 = 2.0;

impl Ones {
    /// Adds a row whose probability plus [`UNITS`] has these bits.
    #[inline(always)]
    fn add(&mut self, bits: u64) {
        self.rows = self.rows.wrapping_add(1);
        let (low, carry) = self.low.overflowing_add(bits.wrapping_sub(UNITS.to_bits()));
        self.low = low;
        // So seldom that it pays not to write what stays.
        if carry {
            self.high = self.high.wrapping_add(1);
        }
    }
}

/// Adds rows of weight 1: each has the place of its class in its bin, in words, in the
/// low bits of a number that is otherwise `zero`, and the bits of its probability plus
/// [`UNITS`]. What is past the bins is passed over.
#[inline(never)]
pub fn add_ones(bins: &mut [Bin], rows: impl Iterator<Item = (u64, u64)>, zero: u64) {
    let end = (size_of_val(bins) / 8) as u64;
    let words = bins.as_mut_ptr().cast::<u64>();
    for (place, bits) in rows {
        let word = place.wrapping_sub(zero);
        if word < end {
            // SAFETY: inside the bins, and the place of an `Ones` by how it was made.
            unsafe { (*words.add(word as usize).cast::<Ones>()).add(bits) };
        }
    }
}

impl Bin {
    fn add(&mut self, p: f64, hit: bool, weight: f64) {
        if weight == 1.0 {
            let [miss, hits] = &mut self.ones;
            (if hit { hits } else { miss }).add((p + UNITS).to_bits());
        } else {
            self.others.add(p, hit, weight);
        }
    }

    fn merge(&mut self, other: &Bin) {
        for (ones, more) in self.ones.iter_mut().zip(&other.ones) {
            ones.rows = ones.rows.wrapping_add(more.rows);
            let (low, carry) = ones.low.overflowing_add(more.low);
            ones.low = low;
            ones.high = ones.high.wrapping_add(more.high).wrapping_add(u64::from(carry));
        }
        self.others.merge(&other.others);
    }

    /// All rows as one.
    fn sums(&self) -> BinSums {
        let mut sums = self.others;
        for (ones, hit) in self.ones.iter().zip([0.0, 1.0]) {
            sums.rows = sums.rows.wrapping_add(ones.rows);
            sums.weight.add(ones.rows as f64);
            sums.hits.add(hit * ones.rows as f64);
            // Halves of the low word are exact as f64.
            let (upper, lower) = (ones.low >> 32, ones.low & 0xffff_ffff);
            for (part, unit) in [(ones.high, 13), (upper, -19), (lower, -51)] {
                sums.confidence.add(part as f64 * power(unit));
            }
        }
        sums
    }
}

/// `2^n`.
fn power(n: i32) -> f64 {
    f64::from_bits(((1023 + n) as u64) << 52)
}

/// The weight of a row that counts.
pub fn counts(weight: f64) -> bool {
    weight >= UNIT
}
