//! How often each class was right, predicted and true: all that precision, recall
//! and their kin need, in memory for the classes alone and not their square.

use super::cells::Layout;
use super::class_scores::{Class, Rows};
use super::counted::{self, Counted, Setup};
use crate::math::fixed::Bounded;
use crate::rows::pairs::Block;
use crate::state::{Head, Kind, Params, State};

/// What has been seen. Cells: rows that were right of each class, then rows of
/// each class, then rows predicted as each.
#[repr(C)]
pub struct ClassCounts {
    head: Head,
    flags: u64,
    ignore: u64,
    rows: u64,
    ignored: u64,
    cells: [u64],
}

type Cells = Layout<u32>;

/// Words before the cells.
const FIXED: usize = 6;

// SAFETY: repr(C) of u64s behind a head, without padding.
unsafe impl State for ClassCounts {
    const KIND: Kind = Kind::ClassCounts;
    const WORDS: usize = 2;

    fn size(params: &Params) -> Option<usize> {
        let weighted = Setup::of(params)?.weighted;
        let n = (params.param as usize).checked_mul(3).filter(|n| *n > 0)?;
        let bytes = Cells::new(n, weighted).words()?.checked_add(FIXED)?.checked_mul(8)?;
        u32::try_from(bytes).is_ok().then_some(bytes)
    }

    fn at(data: *mut u8, params: &Params) -> *mut Self {
        let cells = Self::size(params).map_or(0, |bytes| bytes / 8 - FIXED);
        core::ptr::slice_from_raw_parts_mut(data, cells) as *mut Self
    }

    fn merge(&mut self, other: &Self) {
        self.rows = self.rows.wrapping_add(other.rows);
        self.ignored = self.ignored.wrapping_add(other.ignored);
        self.layout().merge(&mut self.cells, &other.cells);
    }
}

/// The result of `lgt_class_counts_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ClassCountsReport {
    /// Rows that were counted.
    pub rows: u64,
    /// Rows that the ignored label left out.
    pub ignored: u64,
    /// The sum of weights.
    pub weight: f64,
    /// Classes that were averaged.
    pub classes: u64,
    /// Average precision (positive predictive value).
    pub precision: f64,
    /// Average recall (sensitivity).
    pub recall: f64,
    /// Average F-beta.
    pub f: f64,
    /// Average Jaccard index (intersection over union).
    pub jaccard: f64,
    /// Average specificity (true negative rate).
    pub specificity: f64,
    /// Average negative predictive value.
    pub npv: f64,
    /// Averaged classes that were never predicted: no precision.
    pub undefined_precision: u64,
    /// Averaged classes that are never true: no recall.
    pub undefined_recall: u64,
    /// Averaged classes without an F-beta.
    pub undefined_f: u64,
    /// Averaged classes that are neither: no Jaccard index.
    pub undefined_jaccard: u64,
    /// Averaged classes that are always true: no specificity.
    pub undefined_specificity: u64,
    /// Averaged classes that are always predicted: no negative predictive value.
    pub undefined_npv: u64,
    /// Share of rows that are right.
    pub accuracy: f64,
    /// Share of rows that are wrong.
    pub hamming_loss: f64,
    /// Mean recall of the classes that are true somewhere.
    pub balanced_accuracy: f64,
    /// The same, from 0 for chance to 1.
    pub balanced_accuracy_adjusted: f64,
    /// Matthews' correlation coefficient of any number of classes.
    pub mcc: f64,
    /// Cohen's kappa, unweighted.
    pub kappa: f64,
}

/// One class, of `lgt_class_counts_get_classes`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ClassCountsClass {
    /// Rows, or their weights, of this class: its support.
    pub labelled: f64,
    /// Predicted as this class.
    pub predicted: f64,
    /// Both.
    pub tp: f64,
    /// tp / predicted.
    pub precision: f64,
    /// tp / labelled.
    pub recall: f64,
    /// F-beta.
    pub f: f64,
    /// tp / (labelled + predicted - tp).
    pub jaccard: f64,
    /// The share of other rows that are not predicted as this class.
    pub specificity: f64,
    /// The share of rows not predicted as this class that are not of it.
    pub npv: f64,
}

impl ClassCounts {
    /// Whether rows have weights.
    pub fn weighted(&self) -> bool {
        self.flags & counted::WEIGHTED != 0
    }

    fn layout(&self) -> Cells {
        Cells::new(3 * self.classes(), self.weighted())
    }

    /// All rows.
    pub fn all(&self) -> Rows {
        let (n, layout) = (self.classes(), self.layout());
        let mut total = Bounded::ZERO;
        if layout.weighted {
            (n..2 * n).for_each(|i| total.merge(&layout.sum(&self.cells, i)));
        }
        let total = if layout.weighted { total.to_f64() } else { self.rows as f64 };
        Rows { rows: self.rows, ignored: self.ignored, total }
    }

    /// Each class.
    pub fn each(&self) -> impl Iterator<Item = Class> {
        let (n, layout) = (self.classes(), self.layout());
        let value = move |i| layout.value(&self.cells, i);
        (0..n).map(move |c| Class {
            tp: value(c),
            labelled: value(n + c),
            predicted: value(2 * n + c),
        })
    }
}

impl Counted for ClassCounts {
    fn classes(&self) -> usize {
        self.head.param as usize
    }

    fn setup(&self) -> Setup {
        let params = Params { param: self.head.param, words: [self.flags, self.ignore, 0, 0] };
        Setup::of(&params).unwrap_or(Setup { weighted: false, ignore: None })
    }

    fn seen(&mut self) -> (&mut u64, &mut u64) {
        (&mut self.rows, &mut self.ignored)
    }

    fn more(&mut self, block: &Block) {
        let (n, layout) = (self.classes(), self.layout());
        let Some(mut counters) = layout.counters(&mut self.cells) else { return };
        for (label, predicted) in block.iter() {
            // SAFETY: both are classes, and there are three cells a class.
            unsafe {
                counters.more(label, label == predicted);
                counters.more(n + label, true);
                counters.more(2 * n + predicted, true);
            }
        }
    }

    fn less(&mut self, block: &Block) {
        let (n, layout) = (self.classes(), self.layout());
        let Some(mut counters) = layout.counters(&mut self.cells) else { return };
        for (label, predicted) in block.iter() {
            if label == predicted {
                counters.less(label);
            }
            counters.less(n + label);
            counters.less(2 * n + predicted);
        }
    }

    fn weigh(&mut self, label: usize, predicted: usize, weight: f64) {
        let (n, layout) = (self.classes(), self.layout());
        if label == predicted {
            layout.add(&mut self.cells, label, weight);
        }
        layout.add(&mut self.cells, n + label, weight);
        layout.add(&mut self.cells, 2 * n + predicted, weight);
    }
}
