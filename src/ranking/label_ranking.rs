//! How well scores put the labels that a row has before those that it has not.
//!
//! All follows from one number for each label that is there: `ge`, how many labels have
//! a score at least as large. With `l` for those of them that are there, it is the
//! mean of `l / ge` (average precision), the largest `ge` (coverage) and the sum of
//! `ge - l` over all pairs (ranking loss). For few labels that are there `ge` is counted
//! score by score; for many, each score is put among them by halves.

use crate::math::fixed::{BOUND, UNIT};
use crate::math::order::sort;
use crate::math::sort::{key, value};
use crate::math::sum::Sum;
use crate::metrics::row_mean::{Mean, RowMean};
use crate::rows::counts::counts;
use crate::rows::csr::Csr;
use crate::rows::labels::Labels;
use crate::rows::numbers::Numbers;
use crate::rows::view::Column;
use crate::state::{Head, Kind, Params, State};
use crate::status::Status;

/// The flag: what has no meaning for a row leaves it out.
pub const SKIP: u32 = 1;

/// What has been seen; the header's parameter is the flags.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct LabelRanking {
    head: Head,
    rows: u64,
    nan_rows: u64,
    none_rows: u64,
    all_rows: u64,
    means: [RowMean; 4],
}

const _: () = assert!(size_of::<LabelRanking>() == 16 + 4 * 8 + 4 * size_of::<RowMean>());

// SAFETY: repr(C) of u64s behind a head; the assertion above excludes padding.
unsafe impl State for LabelRanking {
    const KIND: Kind = Kind::LabelRanking;

    fn size(params: &Params) -> Option<usize> {
        (params.param <= SKIP).then_some(size_of::<Self>())
    }

    fn at(data: *mut u8, _: &Params) -> *mut Self {
        data.cast()
    }

    fn merge(&mut self, other: &Self) {
        self.rows = self.rows.wrapping_add(other.rows);
        self.nan_rows = self.nan_rows.wrapping_add(other.nan_rows);
        self.none_rows = self.none_rows.wrapping_add(other.none_rows);
        self.all_rows = self.all_rows.wrapping_add(other.all_rows);
        self.means.iter_mut().zip(&other.means).for_each(|(mean, more)| mean.merge(more));
    }
}

/// The result of `lgt_label_ranking_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct LabelRankingReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those with a NaN; all below but counts is then NaN.
    pub nan_rows: u64,
    /// Of the others, those that have no label.
    pub none_rows: u64,
    /// And those that have every label.
    pub all_rows: u64,
    /// The sum of weights of the rows in `average_precision`.
    pub weight: f64,
    /// Label ranking average precision; 1 is best.
    pub average_precision: f64,
    /// Its standard error, as those below with weights taken as repetitions.
    pub average_precision_std_error: f64,
    /// How many labels there are, on average, down to the last that the row has.
    pub coverage_error: f64,
    /// Its standard error.
    pub coverage_error_std_error: f64,
    /// The share of pairs of a label that is there and one that is not, in wrong order
    /// or tied; 0 is best.
    pub ranking_loss: f64,
    /// Its standard error.
    pub ranking_loss_std_error: f64,
    /// The share of rows whose first label is not one of theirs.
    pub one_error: f64,
    /// Its standard error.
    pub one_error_std_error: f64,
}

/// The labels that rows have.
#[derive(Clone, Copy)]
pub enum Truth {
    /// 0 or 1 for each label.
    Flags {
        /// The numbers ..
        labels: Labels,
        /// .. from row to row ..
        stride: usize,
        /// .. and in a row.
        cols: usize,
    },
    /// Their numbers.
    Sparse(Csr),
}

impl Truth {
    #[inline(never)]
    fn each(&self, r: usize, f: &mut dyn FnMut(usize)) {
        match *self {
            Truth::Flags { labels, stride, cols } => {
                let mut flags = [0; 256];
                for from in (0..cols).step_by(flags.len()) {
                    let Some(flags) = flags.get_mut(..256.min(cols - from)) else { return };
                    labels.narrow(r * stride + from, flags);
                    // As a rule there are few.
                    if flags.iter().fold(0, |any, flag| any | flag) != 0 {
                        let there = flags.iter().enumerate().filter(|(_, flag)| **flag != 0);
                        there.for_each(|(i, _)| f(from + i));
                    }
                }
            }
            Truth::Sparse(csr) => csr.row(r).for_each(|i| f(csr.column(i))),
        }
    }

    fn has(&self, r: usize, label: usize) -> bool {
        match self {
            Truth::Flags { labels, stride, .. } => labels.get(r * stride + label) != 0,
            Truth::Sparse(csr) => csr.has(r, label as u64),
        }
    }
}

/// Scores of rows, the labels that they have, and weights.
#[derive(Clone, Copy)]
pub struct Ranked {
    /// A score for each label ..
    pub scores: Numbers,
    /// .. from row to row, in numbers.
    pub stride: usize,
    /// How many rows.
    pub rows: usize,
    /// How many labels.
    pub cols: usize,
    /// Which are there.
    pub truth: Truth,
    /// A weight a row, or 1.
    pub weights: Option<Numbers>,
}

/// Up to so many labels `ge` is counted score by score.
const FEW: usize = 64;
/// Labels that are looked at at a time.
const BLOCK: usize = 512;

/// What is known of a row: average precision, coverage, ranking loss, one-error.
type Four = [f64; 4];

impl Ranked {
    /// `E_VALUE` unless weights are weights.
    pub fn check(&self) -> Result<(), Status> {
        let good = |r| (0.0..=BOUND).contains(&self.weight(r));
        if (0..self.rows).all(good) { Ok(()) } else { Err(Status::LGT_E_VALUE) }
    }

    fn weight(&self, r: usize) -> f64 {
        // SAFETY: whoever made this vouches for a weight a row, here and below for
        // the scores.
        self.weights.map_or(1.0, |weights| unsafe { weights.get(r) })
    }

    #[inline(never)]
    fn score(&self, r: usize, label: usize) -> f64 {
        // SAFETY: as above.
        unsafe { self.scores.get(r * self.stride + label) }
    }

    /// What row `r` is counted as, and how many labels it has; `None` with a NaN.
    fn row(&self, r: usize) -> Option<(Four, usize)> {
        let row = self.scores.from(r * self.stride);
        let (mut n, mut most) = (0, f64::NEG_INFINITY);
        self.truth.each(r, &mut |label| {
            n += 1;
            most = f64::max(most, self.score(r, label));
        });
        // SAFETY: as above.
        let top = unsafe { counts(&row, self.cols, most) };
        if top.nan {
            return None;
        }
        if n == 0 {
            return Some(([1.0, 0.0, 0.0, 0.0], 0));
        }
        let first = || (0..self.cols).find(|label| self.score(r, *label) == most);
        let wrong = top.greater > 0
            || top.equal > 1 && !first().is_some_and(|label| self.truth.has(r, label));
        let [precision, coverage, loss] =
            if n <= FEW { self.few(r, &row, n) } else { self.many(r, &row, n) };
        // A row that has all has no pair.
        let pairs = (n as f64 * (self.cols - n) as f64).max(1.0);
        let one_error = f64::from(u8::from(wrong));
        Some(([precision / n as f64, coverage, loss / pairs, one_error], n))
    }

    /// The sum of quotients, the largest `ge` and the number of wrong pairs.
    fn few(&self, r: usize, row: &Numbers, n: usize) -> [f64; 3] {
        let (mut keys, mut filled) = ([0; FEW], 0);
        self.truth.each(r, &mut |label| {
            if let Some(to) = keys.get_mut(filled) {
                *to = key(self.score(r, label));
            }
            filled += 1;
        });
        let keys = keys.get_mut(..n).unwrap_or_default();
        sort(keys);
        let (mut sums, mut before, mut at_least) = (Sums::NONE, None, 0);
        for (i, key) in keys.iter().enumerate() {
            if before != Some(*key) {
                // SAFETY: as above.
                let here = unsafe { counts(row, self.cols, value(*key)) };
                at_least = here.greater + here.equal;
                before = Some(*key);
                sums.there = (n - i) as u64;
            }
            sums.add(at_least);
        }
        sums.three()
    }

    /// The same of any number of labels, a block of them at a time: `ge` of the labels
    /// in order is what is put behind each.
    #[inline(never)]
    fn many(&self, r: usize, row: &Numbers, n: usize) -> [f64; 3] {
        let mut sums = Sums::NONE;
        for start in (0..n).step_by(BLOCK) {
            let (len, mut at, mut keys) = (BLOCK.min(n - start), 0usize, [u64::MAX; BLOCK]);
            self.truth.each(r, &mut |label| {
                if let Some(to) = keys.get_mut(at.wrapping_sub(start)) {
                    *to = key(self.score(r, label));
                }
                at += 1;
            });
            sort(&mut keys);
            let (mut all, mut there) = ([0u32; BLOCK + 1], [0u32; BLOCK + 1]);
            for label in 0..self.cols {
                // SAFETY: as above.
                count(&mut all, &keys, unsafe { row.get(label) });
            }
            self.truth.each(r, &mut |label| count(&mut there, &keys, self.score(r, label)));
            let mut at_least = 0;
            sums.there = 0;
            for (all, there) in all.iter().zip(&there).skip(1).take(len).rev() {
                at_least += u64::from(*all);
                sums.there += u64::from(*there);
                sums.add(at_least);
            }
        }
        sums.three()
    }
}

/// One more score behind so many keys as are not above it; no branch on chance.
#[inline(always)]
fn count(behind: &mut [u32; BLOCK + 1], keys: &[u64; BLOCK], score: f64) {
    let (score, mut from, mut half) = (key(score), 0, BLOCK / 2);
    while half > 0 {
        let not_above = keys[(from + half - 1) % BLOCK] <= score;
        from += half * usize::from(not_above);
        half /= 2;
    }
    // The search ends one short of all.
    let last = usize::from(keys[from % BLOCK] <= score);
    if let Some(count) = behind.get_mut(from + last) {
        *count += 1;
    }
}

/// What is summed up over the labels of a row.
struct Sums {
    precision: Sum,
    coverage: u64,
    wrong: Sum,
    /// Labels that are there, with a score at least as large as the label looked at.
    there: u64,
}

impl Sums {
    const NONE: Sums = Sums { precision: Sum::ZERO, coverage: 0, wrong: Sum::ZERO, there: 0 };

    fn add(&mut self, at_least: u64) {
        self.precision = self.precision.plus(self.there as f64 / at_least as f64);
        self.coverage = self.coverage.max(at_least);
        self.wrong = self.wrong.plus(at_least.wrapping_sub(self.there) as f64);
    }

    fn three(&self) -> [f64; 3] {
        [self.precision.value(), self.coverage as f64, self.wrong.value()]
    }
}

impl LabelRanking {
    /// Adds rows; what each comes to is written to `values`, four numbers a row.
    #[inline(never)]
    pub fn update(&mut self, data: &Ranked, values: Column<Four>) {
        for r in 0..data.rows {
            let (made, weight) = (data.row(r), data.weight(r));
            let counted = weight >= UNIT;
            let once = |is: bool| u64::from(is && counted);
            let n = made.map(|(_, n)| n);
            let (none, all) = (n == Some(0), n.is_some_and(|n| n == data.cols && n > 0));
            self.rows = self.rows.wrapping_add(once(true));
            self.nan_rows = self.nan_rows.wrapping_add(once(made.is_none()));
            self.none_rows = self.none_rows.wrapping_add(once(none));
            self.all_rows = self.all_rows.wrapping_add(once(all));
            let mut four = made.map_or([f64::NAN; 4], |(four, _)| four);
            for (i, (mean, value)) in self.means.iter_mut().zip(&mut four).enumerate() {
                if self.head.param == SKIP && (none || all && i == 2) {
                    *value = f64::NAN;
                } else if counted {
                    mean.add(*value, weight);
                }
            }
            values.set(r, four);
        }
    }

    /// The result so far.
    #[inline(never)]
    pub fn finish(&self) -> LabelRankingReport {
        let [precision, coverage, loss, one] = self.means.each_ref().map(|mean| mean.finish());
        let Mean { weight, mean, std_error } = precision;
        LabelRankingReport {
            rows: self.rows,
            nan_rows: self.nan_rows,
            none_rows: self.none_rows,
            all_rows: self.all_rows,
            weight,
            average_precision: mean,
            average_precision_std_error: std_error,
            coverage_error: coverage.mean,
            coverage_error_std_error: coverage.std_error,
            ranking_loss: loss.mean,
            ranking_loss_std_error: loss.std_error,
            one_error: one.mean,
            one_error_std_error: one.std_error,
        }
    }
}
