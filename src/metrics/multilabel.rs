//! Rows that have any number of labels: how often each label was right, given and
//! true, and averages over rows.

use super::cells::Layout;
use super::class_scores::{self, Averages, Class, Opts, Scores};
use crate::math::fixed::{Bounded, UNIT};
use crate::rows::flags::{BLOCK, Flags, Predicted};
use crate::state::{Head, Kind, Params, State};

/// Rows have weights.
pub const WEIGHTED: u64 = 1;

/// What has been seen. Cells: rows that were right of each label, then rows that
/// have it, then rows that were given it.
#[repr(C)]
pub struct Multilabel {
    head: Head,
    flags: u64,
    beta: u64,
    rows: u64,
    nan_rows: u64,
    weight: Bounded,
    exact: Bounded,
    means: [RowMean; 4],
    cells: [u64],
}

/// A sum of quotients over the rows that have one.
#[repr(C)]
#[derive(Clone, Copy)]
struct RowMean {
    undefined: u64,
    weight: Bounded,
    sum: Bounded,
}

type Cells = Layout<u32>;

/// Words before the cells.
const FIXED: usize = 2 + 2 + 2 + 4 + 4 + 4 * 9;

// SAFETY: repr(C) of u64s behind a head; the assertion below excludes padding.
unsafe impl State for Multilabel {
    const KIND: Kind = Kind::Multilabel;
    const WORDS: usize = 2;

    fn size(params: &Params) -> Option<usize> {
        let [flags, beta, ..] = params.words;
        let known = flags & !WEIGHTED == 0 && f64::from_bits(beta) >= 0.0 && beta >> 63 == 0;
        let n = (params.param as usize).checked_mul(3).filter(|n| *n > 0 && known)?;
        let bytes = Cells::new(n, flags != 0).words()?.checked_add(FIXED)?.checked_mul(8)?;
        u32::try_from(bytes).is_ok().then_some(bytes)
    }

    fn at(data: *mut u8, params: &Params) -> *mut Self {
        let cells = Self::size(params).map_or(0, |bytes| bytes / 8 - FIXED);
        core::ptr::slice_from_raw_parts_mut(data, cells) as *mut Self
    }

    fn merge(&mut self, other: &Self) {
        self.rows = self.rows.wrapping_add(other.rows);
        self.nan_rows = self.nan_rows.wrapping_add(other.nan_rows);
        self.weight.merge(&other.weight);
        self.exact.merge(&other.exact);
        for (mean, more) in self.means.iter_mut().zip(&other.means) {
            mean.undefined = mean.undefined.wrapping_add(more.undefined);
            mean.weight.merge(&more.weight);
            mean.sum.merge(&more.sum);
        }
        self.layout().merge(&mut self.cells, &other.cells);
    }
}

const _: () = assert!(size_of::<RowMean>() == 9 * 8);

/// The result of `lgt_multilabel_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MultilabelReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those that hold a NaN.
    pub nan_rows: u64,
    /// The sum of weights of the others.
    pub weight: f64,
    /// Average precision (positive predictive value).
    pub precision: f64,
    /// Average recall (sensitivity).
    pub recall: f64,
    /// Average F-beta.
    pub f: f64,
    /// Average Jaccard index (intersection over union).
    pub jaccard: f64,
    /// Average specificity (true negative rate); NaN for averages over rows.
    pub specificity: f64,
    /// Average negative predictive value; NaN for averages over rows.
    pub npv: f64,
    /// Labels, or rows, that were averaged and never given: no precision.
    pub undefined_precision: u64,
    /// Labels, or rows, that are never true: no recall.
    pub undefined_recall: u64,
    /// Labels, or rows, without an F-beta.
    pub undefined_f: u64,
    /// Labels, or rows, that are neither: no Jaccard index.
    pub undefined_jaccard: u64,
    /// Share of rows that have every label right (subset accuracy).
    pub exact_match: f64,
    /// Share of all labels of all rows that are wrong.
    pub hamming_loss: f64,
}

/// One label, of `lgt_multilabel_get_labels`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MultilabelLabel {
    /// Rows, or their weights, that have it and were given it.
    pub tp: f64,
    /// That do not have it and were given it.
    pub fp: f64,
    /// That have it and were not given it.
    pub fn_: f64,
    /// That do not have it and were not given it.
    pub tn: f64,
    /// tp / (tp + fp).
    pub precision: f64,
    /// tp / (tp + fn_).
    pub recall: f64,
    /// F-beta.
    pub f: f64,
    /// tp / (tp + fp + fn_).
    pub jaccard: f64,
    /// tn / (tn + fp).
    pub specificity: f64,
    /// tn / (tn + fn_).
    pub npv: f64,
}

impl MultilabelReport {
    /// Whether a number has no value; averages over rows never have the last two.
    pub fn has_nan(&self, over_rows: bool) -> bool {
        let averages = [self.precision, self.recall, self.f, self.jaccard, self.exact_match];
        let more = if over_rows { 0.0 } else { self.specificity + self.npv };
        more.is_nan() || averages.iter().any(|x| x.is_nan())
    }
}

impl Multilabel {
    /// Number of labels.
    pub fn labels(&self) -> usize {
        self.head.param as usize
    }

    /// Whether rows have weights.
    pub fn weighted(&self) -> bool {
        self.flags & WEIGHTED != 0
    }

    /// How much more recall counts than precision.
    pub fn beta(&self) -> f64 {
        f64::from_bits(self.beta)
    }

    fn layout(&self) -> Cells {
        Cells::new(3 * self.labels(), self.weighted())
    }

    /// Adds rows that were found good.
    pub fn update(
        &mut self,
        labels: &Flags,
        predicted: &dyn Predicted,
        weight: &dyn Fn(usize) -> f64,
        rows: usize,
    ) {
        for r in 0..rows {
            let weight = weight(r);
            if weight >= UNIT {
                self.row(labels, predicted, weight, r);
            }
        }
    }

    fn row(&mut self, labels: &Flags, predicted: &dyn Predicted, weight: f64, r: usize) {
        let (n, layout) = (self.labels(), self.layout());
        let (mut truth, mut given) = ([0; BLOCK], [0; BLOCK]);
        self.rows = self.rows.wrapping_add(1);
        if predicted.has_nan(r, n) {
            self.nan_rows = self.nan_rows.wrapping_add(1);
            return;
        }
        let mut sums = [0u64; 3];
        for from in (0..n).step_by(BLOCK) {
            let len = BLOCK.min(n - from);
            let (Some(truth), Some(given)) = (truth.get_mut(..len), given.get_mut(..len)) else {
                return;
            };
            labels.fill(r, from, truth);
            predicted.fill(r, from, given);
            let pairs = (from..).zip(truth.iter().zip(given));
            let three = pairs.map(|(l, (truth, given))| (l, [truth & *given, *truth, *given]));
            let counted = if layout.weighted {
                weigh(three, n, |place, is| {
                    if is {
                        layout.add(&mut self.cells, place, weight);
                    }
                })
            } else {
                let Some(mut counters) = layout.counters(&mut self.cells) else { return };
                // SAFETY: there are three cells a label.
                weigh(three, n, |place, is| unsafe { counters.more(place, is) })
            };
            sums.iter_mut().zip(counted).for_each(|(sum, more)| *sum += more);
        }
        let [tp, labelled, given] = sums.map(|sum| sum as f64);
        self.weight.add(weight);
        if labelled == tp && given == tp {
            self.exact.add(weight);
        }
        let class = Class { tp, labelled, predicted: given };
        let scores = Scores::of(class, n as f64, self.beta()).all();
        for (mean, score) in self.means.iter_mut().zip(scores) {
            if score.is_nan() {
                mean.undefined = mean.undefined.wrapping_add(1);
            } else {
                mean.weight.add(weight);
                mean.sum.add(weight * score);
            }
        }
    }

    /// Each label.
    pub fn each(&self) -> impl Iterator<Item = Class> {
        let (n, layout) = (self.labels(), self.layout());
        let value = move |i| layout.value(&self.cells, i);
        (0..n).map(move |l| Class {
            tp: value(l),
            labelled: value(n + l),
            predicted: value(2 * n + l),
        })
    }

    /// Averages over rows.
    fn over_rows(&self, undefined: f64) -> Averages {
        let total = self.weight.to_f64();
        let mut scores = [f64::NAN; 6];
        let mut missing = [0; 6];
        for ((score, missing), mean) in scores.iter_mut().zip(&mut missing).zip(&self.means) {
            let (sum, weight) = (mean.sum.to_f64(), mean.weight.to_f64());
            *missing = mean.undefined;
            *score = if undefined.is_nan() || mean.undefined == 0 {
                sum / weight
            } else {
                (sum + undefined * (total - weight)) / total
            };
        }
        Averages { scores: Scores::from_all(scores), classes: 0, undefined: missing }
    }

    /// The result so far: averages over labels, or over rows without `opts`' kind
    /// of average.
    pub fn finish(&self, opts: &Opts, over_rows: bool) -> MultilabelReport {
        let weight = self.weight.to_f64();
        let averages = if over_rows {
            self.over_rows(opts.undefined)
        } else {
            class_scores::averages(&mut self.each(), weight, opts)
        };
        let wrong = |class: Class| (class.labelled - class.tp) + (class.predicted - class.tp);
        let wrong: f64 = self.each().map(wrong).sum();
        // NaN if nothing, or a NaN, was seen.
        let per = if self.nan_rows > 0 { f64::NAN } else { 1.0 };
        let Averages { scores, undefined, .. } = averages;
        let all = if weight > 0.0 { weight } else { f64::NAN };
        let [precision, recall, f, jaccard, specificity, npv] =
            scores.all().map(|score| score * per + 0.0 * all);
        let [undefined_precision, undefined_recall, undefined_f, undefined_jaccard, ..] = undefined;
        MultilabelReport {
            rows: self.rows,
            nan_rows: self.nan_rows,
            weight,
            precision,
            recall,
            f,
            jaccard,
            specificity,
            npv,
            undefined_precision,
            undefined_recall,
            undefined_f,
            undefined_jaccard,
            exact_match: self.exact.to_f64() / all * per,
            hamming_loss: wrong / (all * self.labels() as f64) * per,
        }
    }

    /// Each label by itself.
    pub fn report(&self, undefined: f64) -> impl Iterator<Item = MultilabelLabel> {
        let (total, beta) = (self.weight.to_f64(), self.beta());
        self.each().map(move |class| {
            let Class { tp, labelled, predicted } = class;
            let scores = Scores::of(class, total, beta).or(undefined);
            let (fp, fn_) = ((predicted - tp).max(0.0), (labelled - tp).max(0.0));
            MultilabelLabel {
                tp,
                fp,
                fn_,
                tn: ((total - labelled).max(0.0) - fp).max(0.0),
                precision: scores.precision,
                recall: scores.recall,
                f: scores.f,
                jaccard: scores.jaccard,
                specificity: scores.specificity,
                npv: scores.npv,
            }
        })
    }
}

/// Visits the cells of each label: whether it is right, true, given. Says how often
/// they were. No branch on what chance decides.
#[inline(always)]
fn weigh(
    labels: impl Iterator<Item = (usize, [i32; 3])>,
    n: usize,
    mut add: impl FnMut(usize, bool),
) -> [u64; 3] {
    let mut sums = [0; 3];
    for (label, three) in labels {
        for (k, (sum, is)) in sums.iter_mut().zip(three).enumerate() {
            *sum += u64::from(is != 0);
            add(k * n + label, is != 0);
        }
    }
    sums
}
