//! Extreme classification: rows that have a few of very many labels, and the few that
//! were predicted for them.
//!
//! What precision, recall and the propensity-scored gains need of a row is one number a
//! rank: the sums here are by rank, and a cutoff adds up those before it. Only where a
//! row is divided by an ideal of its own is there a sum for each cutoff. All are exact,
//! so rows may come in any order and any split.

use super::best::{Best, Item};
use crate::math::fixed::Bounded;
use crate::metrics::cells::Layout;
use crate::rows::csr::Csr;
use crate::rows::labels::Labels;
use crate::rows::numbers::Numbers;
use crate::state::{Head, Kind, Params, State};
use crate::status::Status;
use core::f64::consts::LN_2;

/// The largest cutoff there may be: 32 KiB of stack.
pub const MOST: usize = 1024;
/// Labels have propensities.
pub const PROPENSITIES: u64 = 1;
/// The largest inverse propensity: sums of [`MOST`] are then still terms of exact sums.
pub const LARGEST: f64 = 9007199254740992.0;

/// What has been seen; the header's parameter is the largest cutoff.
#[repr(C)]
pub struct Xmc {
    head: Head,
    flags: u64,
    rows: u64,
    empty_rows: u64,
    nan_rows: u64,
    /// For each of the sums below one for each rank or cutoff.
    sums: [u64],
}

/// What is summed up over rows; by rank r, or by cutoff k.
#[derive(Clone, Copy)]
enum Sum {
    /// r: hits.
    Hits,
    /// r: hits, as a share of the row's labels.
    Recall,
    /// k: DCG / ideal DCG.
    Ndcg,
    /// r: inverse propensity of a hit ..
    Gain,
    /// .. and the r-th largest of the row's labels.
    Ideal,
    /// r: the same two as shares of the row's labels.
    RecallGain,
    RecallIdeal,
    /// k: discounted gains of hits, and of the best order, both over the ideal DCG.
    RowGain,
    RowIdeal,
    /// k: quotients of gain and ideal, plain and discounted.
    Psp,
    Psndcg,
}

/// How many sums there are without propensities, and with them.
const PLAIN: usize = 3;
const ALL: usize = 11;

/// Words before the sums.
const FIXED: usize = 6;

type Cells = Layout<u32>;

// SAFETY: repr(C) of u64s behind a head, without padding.
unsafe impl State for Xmc {
    const KIND: Kind = Kind::Xmc;
    const WORDS: usize = 1;

    fn size(params: &Params) -> Option<usize> {
        let ([flags, ..], k) = (params.words, params.param as usize);
        let known = flags & !PROPENSITIES == 0 && (1..=MOST).contains(&k);
        known.then_some(8 * (FIXED + 4 * k * if flags == 0 { PLAIN } else { ALL }))
    }

    fn at(data: *mut u8, params: &Params) -> *mut Self {
        let sums = Self::size(params).map_or(0, |bytes| bytes / 8 - FIXED);
        core::ptr::slice_from_raw_parts_mut(data, sums) as *mut Self
    }

    fn merge(&mut self, other: &Self) {
        self.rows = self.rows.wrapping_add(other.rows);
        self.empty_rows = self.empty_rows.wrapping_add(other.empty_rows);
        self.nan_rows = self.nan_rows.wrapping_add(other.nan_rows);
        Cells::new(self.sums.len() / 4, true).merge(&mut self.sums, &other.sums);
    }
}

/// The result of `lgt_xmc_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct XmcReport {
    /// Rows that were seen.
    pub rows: u64,
    /// Those without labels: left out.
    pub empty_rows: u64,
    /// Of the others, those whose scores hold a NaN; all below is then NaN.
    pub nan_rows: u64,
    /// Labels among the first k that are right, over all rows.
    pub hits: f64,
    /// P@k, the mean share of the first k that are right.
    pub precision: f64,
    /// R@k, the mean share of a row's labels that are among the first k.
    pub recall: f64,
    /// nDCG@k, the mean of DCG over ideal DCG.
    pub ndcg: f64,
    /// PSP@k: sum of gains / sum of ideal gains. This and what follows is NaN without
    /// propensities.
    pub psp: f64,
    /// PSnDCG@k: sum of discounted gains / sum of those of the best order.
    pub psndcg: f64,
    /// PS-recall@k: as PSP@k, each row divided by how many labels it has.
    pub psrecall: f64,
    /// PSnDCG@k with each row divided by its ideal DCG first.
    pub psndcg_normalized: f64,
    /// The mean of each row's PSP@k.
    pub psp_mean: f64,
    /// The mean of each row's PSnDCG@k.
    pub psndcg_mean: f64,
    /// The sum of gains, the numerator of PSP@k.
    pub gain: f64,
    /// The sum of ideal gains, its denominator.
    pub ideal_gain: f64,
}

/// What was predicted.
#[derive(Clone, Copy)]
pub enum Predicted {
    /// Labels in order; what is negative is none.
    Top {
        /// The labels ..
        labels: Labels,
        /// .. from row to row ..
        stride: usize,
        /// .. and in a row.
        width: usize,
    },
    /// Scores of some labels.
    Sparse {
        /// The labels ..
        labels: Csr,
        /// .. and a score for each entry.
        scores: Numbers,
    },
    /// Scores of all labels.
    Dense {
        /// The scores ..
        scores: Numbers,
        /// .. from row to row ..
        stride: usize,
        /// .. and in a row.
        cols: usize,
    },
}

impl Predicted {
    /// `E_LABEL` if a list names a label that there is not.
    #[inline(never)]
    pub fn check(&self, rows: usize, cols: usize) -> Result<(), Status> {
        if let Predicted::Top { labels, stride, width } = *self {
            let good = |label: u64| label < cols as u64 || label == u64::MAX;
            if !(0..rows).all(|r| (0..width).all(|i| good(labels.get(r * stride + i)))) {
                return Err(Status::LGT_E_LABEL);
            }
        }
        Ok(())
    }

    /// Calls `at` with each label of row `r` in order, and its rank; false if there is
    /// a NaN.
    fn each(&self, r: usize, best: &mut Best, at: &mut dyn FnMut(usize, u64)) -> bool {
        best.clear();
        let mut nan = false;
        match *self {
            Predicted::Top { labels, stride, width } => {
                (0..width.min(best.most())).for_each(|i| at(i, labels.get(r * stride + i)));
                return true;
            }
            Predicted::Sparse { labels, scores } => labels.row(r).for_each(|i| {
                // SAFETY: whoever made this vouches for the scores.
                let score = unsafe { scores.get(i) };
                nan |= score.is_nan();
                best.offer(score, labels.column(i));
            }),
            Predicted::Dense { scores, stride, cols } => (0..cols).for_each(|i| {
                // SAFETY: as above.
                let score = unsafe { scores.get(r * stride + i) };
                nan |= score.is_nan();
                best.offer(score, i);
            }),
        }
        best.sort();
        best.iter().enumerate().for_each(|(rank, (label, _))| at(rank, label as u64));
        !nan
    }
}

/// What a row came to.
struct Ranks<'a> {
    /// The label at each rank, if it is right, and else `NONE`.
    hit: &'a [u64],
    /// What a gain there is multiplied by.
    discount: &'a [f64],
    /// How many labels there are.
    n: usize,
}

const NONE: u64 = u64::MAX;

impl Xmc {
    /// Whether labels have propensities.
    pub fn propensities(&self) -> bool {
        self.flags != 0
    }

    /// `E_VALUE` unless what labels of these rows weigh is above 0 and at most
    /// [`LARGEST`].
    pub fn check(labels: &Csr, inverse: &[f64]) -> Result<(), Status> {
        let good = |i| inverse.get(labels.column(i)).is_some_and(|w| *w > 0.0 && *w <= LARGEST);
        let all = (0..labels.rows).all(|r| labels.row(r).all(good));
        if all { Ok(()) } else { Err(Status::LGT_E_VALUE) }
    }

    /// Adds rows; `inverse` has a number for each label, or none.
    #[inline(never)]
    pub fn update(&mut self, predicted: &Predicted, labels: &Csr, inverse: &[f64]) {
        let k = (self.head.param as usize).min(MOST);
        let (mut items, mut hit, mut discount): ([Item; MOST], _, _) =
            ([(0, 0); MOST], [NONE; MOST], [0.0; MOST]);
        let (Some(items), Some(hit), Some(discount)) =
            (items.get_mut(..k), hit.get_mut(..k), discount.get_mut(..k))
        else {
            return;
        };
        discount.iter_mut().enumerate().for_each(|(r, discount)| *discount = discount_of(r));
        let mut best = Best::new(items);
        for r in 0..labels.rows {
            self.rows = self.rows.wrapping_add(1);
            let n = labels.row(r).len();
            if n == 0 {
                self.empty_rows = self.empty_rows.wrapping_add(1);
                continue;
            }
            hit.fill(NONE);
            let good = predicted.each(r, &mut best, &mut |rank, label| {
                // A label that comes again is no second hit.
                let right = labels.has(r, label) && !hit.iter().take(rank).any(|hit| *hit == label);
                if let Some(to) = hit.get_mut(rank).filter(|_| right) {
                    *to = label;
                }
            });
            if !good {
                self.nan_rows = self.nan_rows.wrapping_add(1);
                continue;
            }
            let ranks = Ranks { hit, discount, n };
            self.plain(&ranks);
            if self.propensities() {
                best.clear();
                for i in labels.row(r) {
                    let label = labels.column(i);
                    best.offer(inverse.get(label).copied().unwrap_or(0.0), label);
                }
                best.sort();
                self.scored(&ranks, &best, inverse);
            }
        }
    }

    #[inline(never)]
    fn add(&mut self, sum: Sum, i: usize, value: f64) {
        if value > 0.0 {
            let place = sum as usize * self.head.param as usize + i;
            Cells::new(self.sums.len() / 4, true).add(&mut self.sums, place, value);
        }
    }

    /// A row whose labels are of equal worth.
    fn plain(&mut self, ranks: &Ranks) {
        let (mut dcg, mut ideal, n) = (0.0, 0.0, ranks.n);
        for (r, (hit, discount)) in ranks.hit.iter().zip(ranks.discount).enumerate() {
            ideal += if r < n { *discount } else { 0.0 };
            if *hit != NONE {
                dcg += discount;
                self.add(Sum::Hits, r, 1.0);
                self.add(Sum::Recall, r, 1.0 / n as f64);
            }
            self.add(Sum::Ndcg, r, dcg / ideal);
        }
    }

    /// The same, each label worth its inverse propensity; `best` are the row's labels.
    fn scored(&mut self, ranks: &Ranks, best: &Best, inverse: &[f64]) {
        let (mut gains, mut ideals, mut dcg, mut most, mut plain) = (0.0, 0.0, 0.0, 0.0, 0.0);
        let (mut best, n) = (best.iter(), ranks.n as f64);
        for (r, (hit, discount)) in ranks.hit.iter().zip(ranks.discount).enumerate() {
            // There is none of the number `NONE`.
            let gain = inverse.get(*hit as usize).copied().unwrap_or(0.0);
            let ideal = best.next().map_or(0.0, |(_, weight)| weight);
            (gains, ideals) = (gains + gain, ideals + ideal);
            (dcg, most) = (dcg + gain * discount, most + ideal * discount);
            plain += if r < ranks.n { *discount } else { 0.0 };
            for (sum, value) in [
                (Sum::Gain, gain),
                (Sum::Ideal, ideal),
                (Sum::RecallGain, gain / n),
                (Sum::RecallIdeal, ideal / n),
                (Sum::RowGain, dcg / plain),
                (Sum::RowIdeal, most / plain),
                // Equal labels in another order are no gain.
                (Sum::Psp, f64::min(gains / ideals, 1.0)),
                (Sum::Psndcg, f64::min(dcg / most, 1.0)),
            ] {
                self.add(sum, r, value);
            }
        }
    }

    /// A sum at one rank or cutoff.
    #[inline(never)]
    fn one(&self, sum: Sum, i: usize) -> Bounded {
        let place = sum as usize * self.head.param as usize + i;
        Cells::new(self.sums.len() / 4, true).sum(&self.sums, place)
    }

    /// The sum at one cutoff.
    fn at(&self, sum: Sum, k: usize) -> f64 {
        self.one(sum, k - 1).to_f64()
    }

    /// The sum over the ranks before a cutoff.
    #[inline(never)]
    fn to(&self, sum: Sum, k: usize) -> f64 {
        let mut all = Bounded::ZERO;
        (0..k).for_each(|r| all.merge(&self.one(sum, r)));
        all.to_f64()
    }

    /// The same, discounted.
    #[inline(never)]
    fn discounted(&self, sum: Sum, k: usize) -> f64 {
        (0..k).fold(0.0, |all, r| all + self.one(sum, r).to_f64() * discount_of(r))
    }

    /// The largest cutoff.
    pub fn most(&self) -> usize {
        self.head.param as usize
    }

    /// The result so far at a cutoff from 1 to [`most`](Self::most); with `count_empty`
    /// rows without labels are zeros to the three means that need no propensities.
    #[inline(never)]
    pub fn finish(&self, k: usize, count_empty: bool) -> XmcReport {
        let rows = self.rows.wrapping_sub(self.empty_rows);
        // Divides by NaN where nothing, or a NaN, was seen.
        let per = if self.nan_rows > 0 || rows == 0 { f64::NAN } else { rows as f64 };
        let scored = if self.propensities() { per } else { f64::NAN };
        let all = if count_empty { per + self.empty_rows as f64 } else { per };
        let quotient = |gain: f64, ideal: f64| gain / ideal + 0.0 * scored;
        let (hits, gain, ideal_gain) =
            (self.to(Sum::Hits, k), self.to(Sum::Gain, k), self.to(Sum::Ideal, k));
        XmcReport {
            rows: self.rows,
            empty_rows: self.empty_rows,
            nan_rows: self.nan_rows,
            hits: hits + 0.0 * per,
            precision: hits / all / k as f64,
            recall: self.to(Sum::Recall, k) / all,
            ndcg: self.at(Sum::Ndcg, k) / all,
            psp: quotient(gain, ideal_gain),
            psndcg: quotient(self.discounted(Sum::Gain, k), self.discounted(Sum::Ideal, k)),
            psrecall: quotient(self.to(Sum::RecallGain, k), self.to(Sum::RecallIdeal, k)),
            psndcg_normalized: quotient(self.at(Sum::RowGain, k), self.at(Sum::RowIdeal, k)),
            psp_mean: self.at(Sum::Psp, k) / scored,
            psndcg_mean: self.at(Sum::Psndcg, k) / scored,
            gain: gain + 0.0 * scored,
            ideal_gain: ideal_gain + 0.0 * scored,
        }
    }
}

/// What a gain at rank `r`, from 0 on, is multiplied by.
#[inline(never)]
fn discount_of(r: usize) -> f64 {
    LN_2 / libm::log(r as f64 + 2.0)
}
