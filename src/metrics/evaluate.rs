//! Everything that is usually asked of a classifier's scores, from one visit to each
//! row: accuracy at every rank, loss, Brier score, confidence and its calibration,
//! entropy, margin, and each class's counts.
//!
//! Rows are visited a block at a time (`rows/visit.rs`, `rows/visit_each.rs`), what is
//! known of them becomes terms (`evaluate_terms.rs`), and those are summed exactly:
//! rows of weight 1 in lanes of whole multiples of a grid, all others one by one.

use super::class_counts::ClassCountsReport;
use super::class_report;
use super::class_scores::{Class as ClassTotals, Opts, Rows};
use super::evaluate_counts::{Bin, Class, Parts, PartsMut, Weight};
use super::evaluate_row::by_definition;
use super::evaluate_rows::{EvaluateRows, RowLabels};
use super::evaluate_terms::{self, Places, SUMS, Settle, Terms, whole};
use super::labelled::Labelled;
use super::reliability::{ReliabilityBin, ReliabilityReport};
use crate::math::exp::Scale;
use crate::math::fixed::{Bounded, Fixed, UNIT as UNIT_WEIGHT, Unbounded};
use crate::math::grid::{self, Waiting};
use crate::rows::labels::Weights;
use crate::rows::visit::{BLOCK, Visits};
use crate::rows::visit_block::visit_block;
use crate::simd::{Elem, Real};
use crate::state::{Head, Kind, Params, State};
use crate::status::Status;

/// The most bins, and the most ranks.
pub const MOST: u64 = 65536;

/// What has been seen. The header's parameter is the number of bins.
#[repr(C)]
pub struct Evaluate {
    head: Head,
    /// 0, or the only number of columns there may be, whose classes are counted.
    classes: u64,
    /// Ranks that are counted one by one.
    ranks: u64,
    /// [`LOGITS`] or [`PROBABILITIES`].
    input: u64,
    rows: u64,
    nan_rows: u64,
    infinite_rows: u64,
    nll: Unbounded,
    brier: Bounded,
    entropy: Bounded,
    margin: Bounded,
    /// That of the rows without probabilities.
    nan_weight: Weight,
    /// Bins, ranks, classes.
    tail: [u64],
}

/// Scores are logits.
pub const LOGITS: u64 = 0;
/// Scores are probabilities.
pub const PROBABILITIES: u64 = 1;

/// Words before the tail.
const START: usize = (16 + 6 * 8 + 272 + 3 * 32 + 40) / 8;
const BIN: usize = size_of::<Bin>() / 8;
const RANK: usize = size_of::<Weight>() / 8;
const CLASS: usize = size_of::<Class>() / 8;

const _: () = assert!(BIN == 17 && RANK == 5 && CLASS == 3);

// SAFETY: repr(C) of u64s behind a head; the assertion above excludes padding.
unsafe impl State for Evaluate {
    const KIND: Kind = Kind::Evaluate;
    const WORDS: usize = 3;

    fn size(params: &Params) -> Option<usize> {
        let [classes, ranks, input, _] = params.words;
        let bins = u64::from(params.param);
        let good = (1..=MOST).contains(&bins)
            && (1..=MOST).contains(&ranks)
            && classes <= u64::from(u32::MAX)
            && input <= PROBABILITIES;
        if !good {
            return None;
        }
        let words = START as u64 + bins * BIN as u64 + ranks * RANK as u64 + classes * CLASS as u64;
        // The header has 32 bits for it.
        u32::try_from(8 * words).ok().and_then(|bytes| usize::try_from(bytes).ok())
    }

    fn at(data: *mut u8, params: &Params) -> *mut Self {
        let words = Self::size(params).unwrap_or(0) / 8;
        core::ptr::slice_from_raw_parts_mut(data, words.saturating_sub(START)) as *mut Self
    }

    fn merge(&mut self, other: &Self) {
        self.rows = self.rows.wrapping_add(other.rows);
        self.nan_rows = self.nan_rows.wrapping_add(other.nan_rows);
        self.infinite_rows = self.infinite_rows.wrapping_add(other.infinite_rows);
        self.nll.merge(&other.nll);
        self.brier.merge(&other.brier);
        self.entropy.merge(&other.entropy);
        self.margin.merge(&other.margin);
        self.nan_weight.merge(&other.nan_weight);
        let (mine, theirs) = (self.parts_mut(), other.parts());
        for (bin, more) in mine.bins.iter_mut().zip(theirs.bins) {
            bin.merge(more);
        }
        for (rank, more) in mine.ranks.iter_mut().zip(theirs.ranks) {
            rank.merge(more);
        }
        for (class, more) in mine.classes.iter_mut().zip(theirs.classes) {
            class.labelled = class.labelled.wrapping_add(more.labelled);
            class.predicted = class.predicted.wrapping_add(more.predicted);
            class.hits = class.hits.wrapping_add(more.hits);
        }
    }
}

/// The result of `lgt_evaluate_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct EvaluateReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those with a NaN, or without probabilities: misses, and every mean but the
    /// accuracy is then NaN.
    pub nan_rows: u64,
    /// Those whose loss is +inf: the label has probability 0.
    pub infinite_rows: u64,
    /// The sum of weights.
    pub weight: f64,
    /// The weighted share of rows whose label has the highest score.
    pub accuracy: f64,
    /// Mean negative log-likelihood of the labels.
    pub nll: f64,
    /// Its exponential.
    pub perplexity: f64,
    /// Mean of the sum over classes of (p - y)^2: from 0 to 2.
    pub brier: f64,
    /// Mean probability of the predicted class.
    pub confidence: f64,
    /// Mean entropy of the probabilities, in nats.
    pub entropy: f64,
    /// Mean of what the largest probability has over the next.
    pub margin: f64,
    /// Expected calibration error of the predicted class.
    pub ece: f64,
    /// Maximum calibration error.
    pub mce: f64,
    /// Root mean square calibration error.
    pub rms: f64,
    /// The same less what chance adds to the squares, at least 0.
    pub rms_debiased: f64,
    /// Mean confidence less accuracy: above 0 if overconfident.
    pub signed_gap: f64,
}

/// Rows of one class, whatever their weight above 0.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct EvaluateClass {
    /// Rows that have this label and probabilities.
    pub labelled: u64,
    /// Rows for which it was predicted.
    pub predicted: u64,
    /// Rows for which both hold.
    pub hits: u64,
}

impl Evaluate {
    /// Adds rows that passed [`Labelled::check`]; `E_SHAPE` if they have not as many
    /// columns as there are classes.
    pub fn update<E: Elem>(&mut self, data: Labelled<E>) -> Result<(), Status> {
        if self.classes != 0 && data.rows.rows > 0 && data.rows.cols as u64 != self.classes {
            return Err(Status::LGT_E_SHAPE);
        }
        let (mut visits, mut places) = (Visits::NONE, Places::NONE);
        let mut sums = [Waiting::ZERO; SUMS];
        let logits = self.input == LOGITS;
        // Made out of doors, for all blocks.
        let scale = Scale::new(1.0);
        let wide = Scale::new(1.0).plain();
        let mut start = 0;
        while start < data.rows.rows {
            let count = BLOCK.min(data.rows.rows - start);
            // SAFETY: `check` looked at the labels.
            unsafe { visits.label_rows(&data.rows.part(start, count), &data.labels, start) };
            visit_block(&data.rows.part(start, count), &scale, logits, &mut visits);
            let marked = self.marked(&data, start, count) & !visits.left_out;
            let (visits, places, sums) = (&mut visits, &mut places, &mut sums);
            let (bins, rough) = (f64::from(self.head.param), E::Acc::ROUGH);
            f64::dispatch(Settle {
                visits,
                count,
                marked,
                logits,
                bins,
                rough,
                wide,
                places,
                sums,
            });
            self.add_block(&data, start, count, visits, places, marked);
            start += count;
            if start % grid::MOST < BLOCK {
                self.flush(sums);
            }
        }
        self.flush(&mut sums);
        Ok(())
    }

    /// Adds rows whose columns were seen in parts, which passed
    /// [`takes_rows`](Self::takes_rows); their weights are good.
    pub fn add_rows(&mut self, rows: &EvaluateRows, labels: RowLabels, weights: Weights<f64>) {
        rows.each(labels, |r, known| {
            if weights.get(r) >= UNIT_WEIGHT {
                self.add::<f64>(labels.classes.get(r) as usize, known, weights.get(r));
            }
        });
    }

    /// Whether rows whose columns were seen in parts can be added.
    pub fn takes_rows(&self, labels: &RowLabels, rows: usize) -> Result<(), Status> {
        if self.input != LOGITS {
            return Err(Status::LGT_E_MISMATCH);
        }
        let classes = usize::try_from(self.classes).unwrap_or(usize::MAX);
        let bad = classes != 0 && labels.classes.first_bad(rows, classes).is_some();
        if bad { Err(Status::LGT_E_LABEL) } else { Ok(()) }
    }

    /// Empties what was summed in lanes.
    fn flush(&mut self, sums: &mut [Waiting; SUMS]) {
        let [nll, brier, entropy, margin] = sums;
        nll.flush(&mut self.nll);
        brier.flush(&mut self.brier);
        entropy.flush(&mut self.entropy);
        margin.flush(&mut self.margin);
    }

    /// The rows of weight 1.
    fn marked<E: Elem>(&self, data: &Labelled<E>, start: usize, count: usize) -> u64 {
        if data.weights.are_all_one() {
            return u64::MAX >> (BLOCK - count);
        }
        (0..count).fold(0, |bits, i| bits | u64::from(data.weights.get(start + i) == 1.0) << i)
    }

    /// Adds what is known of a block of rows, but what was summed in lanes.
    fn add_block<E: Elem>(
        &mut self,
        data: &Labelled<E>,
        start: usize,
        count: usize,
        visits: &Visits,
        places: &Places,
        marked: u64,
    ) {
        self.rows = self.rows.wrapping_add(u64::from(marked.count_ones()));
        let mut parts = self.parts_mut();
        for i in (0..count).filter(|i| marked >> i & 1 != 0) {
            let (rank, predicted) = visits.places(i);
            let (whole, bin) = places.place(i);
            // A confidence a little above 1 has no bin of its own.
            let bin = bin.filter(|bin| *bin < parts.bins.len());
            let bin = bin
                .unwrap_or_else(|| parts.bin::<E::Acc>(evaluate_terms::row(visits, i).confidence));
            parts.count_one(bin, rank, whole);
            if !parts.classes.is_empty() {
                let label = data.labels.get(start + i) as usize;
                parts.count_classes(label, predicted, rank == 0);
            }
        }
        for i in (0..count).filter(|i| marked >> i & 1 == 0) {
            let Some((label, weight)) = data.counted(start + i) else { continue };
            let known = if visits.left_out >> i & 1 != 0 {
                let row = data.rows.row(start + i);
                // SAFETY: the view vouches for its rows.
                let value = |i: usize| unsafe { *row.add(i) }.widen().to_f64();
                by_definition(&value, data.rows.cols, label, self.input == LOGITS)
            } else {
                let (rank, predicted) = visits.places(i);
                Some((rank, predicted, evaluate_terms::row(visits, i)))
            };
            self.add::<E::Acc>(label, known, weight);
        }
    }

    /// Adds one row.
    #[inline(never)]
    fn add<T: Real>(&mut self, label: usize, known: Option<(usize, usize, Terms)>, weight: f64) {
        self.rows = self.rows.wrapping_add(1);
        let Some((rank, predicted, terms)) = known else {
            self.nan_rows = self.nan_rows.wrapping_add(1);
            self.nan_weight.add(weight);
            return;
        };
        let mut parts = self.parts_mut();
        let bin = parts.bin::<T>(terms.confidence);
        parts.count(bin, rank, whole(terms.confidence), weight);
        parts.count_classes(label, predicted, rank == 0);
        if weight * terms.nll == f64::INFINITY {
            self.infinite_rows = self.infinite_rows.wrapping_add(1);
        } else {
            add_term(&mut self.nll, terms.nll, weight);
        }
        add_term(&mut self.brier, terms.brier, weight);
        add_term(&mut self.entropy, terms.entropy, weight);
        add_term(&mut self.margin, terms.margin, weight);
    }

    fn parts(&self) -> Parts<'_> {
        let (bins, ranks, classes) = self.counts();
        let bins_at = self.tail.as_ptr();
        // SAFETY: `size` made the tail of as many of each, which are plain words.
        unsafe {
            let ranks_at = bins_at.add(bins * BIN);
            let classes_at = ranks_at.add(ranks * RANK);
            Parts {
                bins: core::slice::from_raw_parts(bins_at.cast(), bins),
                ranks: core::slice::from_raw_parts(ranks_at.cast(), ranks),
                classes: core::slice::from_raw_parts(classes_at.cast(), classes),
            }
        }
    }

    #[inline(always)]
    fn parts_mut(&mut self) -> PartsMut<'_> {
        let (bins, ranks, classes) = self.counts();
        let bins_at = self.tail.as_mut_ptr();
        // SAFETY: as above, and they do not overlap.
        unsafe {
            let ranks_at = bins_at.add(bins * BIN);
            let classes_at = ranks_at.add(ranks * RANK);
            PartsMut {
                bins: core::slice::from_raw_parts_mut(bins_at.cast(), bins),
                ranks: core::slice::from_raw_parts_mut(ranks_at.cast(), ranks),
                classes: core::slice::from_raw_parts_mut(classes_at.cast(), classes),
            }
        }
    }

    /// How many bins, ranks and classes there are.
    #[inline(always)]
    fn counts(&self) -> (usize, usize, usize) {
        (self.head.param as usize, self.ranks as usize, self.classes as usize)
    }
}

impl Evaluate {
    /// The result so far.
    pub fn finish(&self) -> EvaluateReport {
        let curve = ReliabilityReport::of(self.bins(), self.nan_rows);
        let weight = curve.weight + self.nan_weight.to_f64();
        let mean = |sum: f64| if self.nan_rows > 0 { f64::NAN } else { sum / weight };
        let nll = if self.infinite_rows > 0 { f64::INFINITY } else { self.nll.to_f64() };
        EvaluateReport {
            rows: self.rows,
            nan_rows: self.nan_rows,
            infinite_rows: self.infinite_rows,
            weight,
            accuracy: self.accuracy(1).unwrap_or(f64::NAN),
            nll: mean(nll),
            perplexity: libm::exp(mean(nll)),
            brier: mean(self.brier.to_f64()),
            confidence: curve.confidence,
            entropy: mean(self.entropy.to_f64()),
            margin: mean(self.margin.to_f64()),
            ece: curve.ece,
            mce: curve.mce,
            rms: curve.rms,
            rms_debiased: curve.rms_debiased,
            signed_gap: curve.signed_gap,
        }
    }

    /// The weighted share of rows whose label ranks among the first `k`; none if so
    /// many ranks are not counted.
    pub fn accuracy(&self, k: usize) -> Option<f64> {
        let parts = self.parts();
        let ranks = parts.ranks.get(..k).filter(|ranks| !ranks.is_empty())?;
        let mut hits = Weight::ZERO;
        ranks.iter().for_each(|rank| hits.merge(rank));
        let mut weight = self.nan_weight;
        parts.bins.iter().for_each(|bin| weight.merge(&bin.weight));
        Some(hits.to_f64() / weight.to_f64())
    }

    /// The bins of the reliability curve, lowest confidence first.
    pub fn bins(&self) -> impl ExactSizeIterator<Item = ReliabilityBin> + use<'_> {
        let bins = self.parts().bins;
        let count = bins.len() as f64;
        bins.iter().enumerate().map(move |(b, bin)| {
            let weight = bin.weight.to_f64();
            ReliabilityBin {
                rows: bin.rows.wrapping_add(bin.weight.ones),
                weight,
                low: b as f64 / count,
                high: (b + 1) as f64 / count,
                confidence: bin.confidence() / weight,
                frequency: bin.hits.to_f64() / weight,
            }
        })
    }

    /// Precision, recall and their kin, from what was counted of each class; none if no
    /// classes are.
    pub fn classes_report(&self, opts: &Opts) -> Option<ClassCountsReport> {
        let rows = self.rows.wrapping_sub(self.nan_rows);
        let seen = Rows { rows, ignored: self.nan_rows, total: rows as f64 };
        let each = || {
            self.parts().classes.iter().map(|class| ClassTotals {
                tp: class.hits as f64,
                labelled: class.labelled as f64,
                predicted: class.predicted as f64,
            })
        };
        let some = self.classes > 0;
        some.then(|| class_report::report(seen, (&mut each(), &mut each()), opts))
    }

    /// What was counted of each class.
    pub fn classes(&self) -> impl ExactSizeIterator<Item = EvaluateClass> + use<'_> {
        self.parts().classes.iter().map(|class| EvaluateClass {
            labelled: class.labelled,
            predicted: class.predicted,
            hits: class.hits,
        })
    }
}

/// Adds a term as lanes would where they take it.
fn add_term<const LIMBS: usize>(sum: &mut Fixed<LIMBS>, term: f64, weight: f64) {
    if weight == 1.0 && term < grid::LIMIT {
        grid::add(sum, term);
    } else {
        sum.add(weight * term);
    }
}
