//! The confusion matrix: rows of each true class that were given each class.

use super::cells::Layout;
use super::class_scores::{Class, Rows};
use super::counted::{self, Counted, Setup};
use crate::math::fixed::Bounded;
use crate::rows::pairs::Block;
use crate::rows::view::RowsMut;
use crate::state::{Head, Kind, Params, State};

/// What has been seen: cells by true class, then by the class given.
#[repr(C)]
pub struct Confusion {
    head: Head,
    flags: u64,
    ignore: u64,
    rows: u64,
    ignored: u64,
    cells: [u64],
}

type Cells = Layout<u8>;

/// Words before the cells.
const FIXED: usize = 6;

// SAFETY: repr(C) of u64s behind a head, without padding.
unsafe impl State for Confusion {
    const KIND: Kind = Kind::Confusion;
    const WORDS: usize = 2;

    fn size(params: &Params) -> Option<usize> {
        let weighted = Setup::of(params)?.weighted;
        let classes = params.param as usize;
        let n = classes.checked_mul(classes).filter(|n| *n > 0)?;
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

/// The result of `lgt_confusion_get_agreement`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Agreement {
    /// Cohen's kappa, unweighted.
    pub kappa: f64,
    /// Cohen's kappa, weighted by the distance of the classes.
    pub kappa_linear: f64,
    /// Cohen's kappa, weighted by the square of that distance.
    pub kappa_quadratic: f64,
    /// Entropy of the true classes, in nats.
    pub entropy_labels: f64,
    /// Entropy of the predicted classes, in nats.
    pub entropy_predicted: f64,
    /// Mutual information, in nats.
    pub mutual_info: f64,
    /// Mutual information over a mean of the entropies.
    pub normalized_mutual_info: f64,
    /// The mutual information that classes of these sizes have by chance; NaN if
    /// not asked for.
    pub expected_mutual_info: f64,
    /// Normalised mutual information, from 0 for chance to 1; NaN if not asked for.
    pub adjusted_mutual_info: f64,
    /// How far each predicted class holds one true class only.
    pub homogeneity: f64,
    /// How far each true class lies in one predicted class.
    pub completeness: f64,
    /// The mean of the two: their F-beta.
    pub v_measure: f64,
    /// The share of pairs of rows that both put together or both apart.
    pub rand: f64,
    /// The same, from 0 for chance to 1.
    pub adjusted_rand: f64,
    /// Of pairs that one puts together, how many the other does too: geometric
    /// mean of both ways.
    pub fowlkes_mallows: f64,
}

/// What a matrix is divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Normalize {
    /// Nothing.
    None,
    /// The rows of each true class.
    True,
    /// The rows given each class.
    Predicted,
    /// All rows.
    All,
}

impl Confusion {
    /// Whether rows have weights.
    pub fn weighted(&self) -> bool {
        self.flags & counted::WEIGHTED != 0
    }

    fn layout(&self) -> Cells {
        Cells::new(self.classes() * self.classes(), self.weighted())
    }

    /// Rows of true class `label` that were given class `predicted`, or their
    /// weight.
    #[inline(never)]
    pub fn value(&self, label: usize, predicted: usize) -> f64 {
        self.layout().value(&self.cells, label * self.classes() + predicted)
    }

    /// As [`Confusion::value`], of rows without weights.
    pub fn count(&self, label: usize, predicted: usize) -> u64 {
        self.layout().count(&self.cells, label * self.classes() + predicted)
    }

    /// All rows.
    pub fn all(&self) -> Rows {
        let layout = self.layout();
        let mut total = Bounded::ZERO;
        if layout.weighted {
            (0..layout.n).for_each(|i| total.merge(&layout.sum(&self.cells, i)));
        }
        let total = if layout.weighted { total.to_f64() } else { self.rows as f64 };
        Rows { rows: self.rows, ignored: self.ignored, total }
    }

    /// Each class.
    pub fn each(&self) -> Marginals<'_> {
        Marginals { of: self, class: 0, labelled: [0.0; BLOCK], predicted: [0.0; BLOCK] }
    }

    /// Writes the matrix, divided; a share of nothing is 0.
    pub fn matrix(&self, to: &RowsMut<f64>, by: Normalize) {
        let n = self.classes();
        let all = if by == Normalize::All { self.all().total } else { 1.0 };
        for (c, class) in self.each().enumerate() {
            let divisor = match by {
                Normalize::True => class.labelled,
                Normalize::Predicted => class.predicted,
                Normalize::None | Normalize::All => all,
            };
            for other in 0..n {
                let (label, predicted) =
                    if by == Normalize::Predicted { (other, c) } else { (c, other) };
                let share = self.value(label, predicted) / divisor;
                // SAFETY: the caller of the C function vouches for `n` rows of `n`.
                unsafe { *to.row(label).add(predicted) = if share.is_nan() { 0.0 } else { share } };
            }
        }
    }

    /// Sums over the `BLOCK` columns from `from` on.
    fn column_sums<T: Total>(&self, from: usize, sums: &mut [f64; BLOCK]) {
        let (n, layout) = (self.classes(), self.layout());
        let mut totals = [T::ZERO; BLOCK];
        for label in 0..n {
            for (column, total) in totals.iter_mut().enumerate().take(n - from) {
                total.add(layout, &self.cells, label * n + from + column);
            }
        }
        for (sum, total) in sums.iter_mut().zip(&totals) {
            *sum = total.value();
        }
    }

    /// The sum over a row.
    fn row_sum<T: Total>(&self, label: usize) -> f64 {
        let (n, layout) = (self.classes(), self.layout());
        let mut total = T::ZERO;
        (label * n..(label + 1) * n).for_each(|i| total.add(layout, &self.cells, i));
        total.value()
    }
}

/// A sum over cells: exact, whatever is in them.
trait Total: Copy {
    const ZERO: Self;
    fn add(&mut self, layout: Cells, cells: &[u64], i: usize);
    fn value(&self) -> f64;
}

impl Total for u64 {
    const ZERO: u64 = 0;

    fn add(&mut self, layout: Cells, cells: &[u64], i: usize) {
        *self = self.wrapping_add(layout.count(cells, i));
    }

    fn value(&self) -> f64 {
        *self as f64
    }
}

impl Total for Bounded {
    const ZERO: Bounded = Bounded::ZERO;

    fn add(&mut self, layout: Cells, cells: &[u64], i: usize) {
        self.merge(&layout.sum(cells, i));
    }

    fn value(&self) -> f64 {
        self.to_f64()
    }
}

/// Classes of a matrix that are summed at a time: columns are far apart, so some
/// are summed together, in as little memory as a stack has.
const BLOCK: usize = 32;

/// The classes of a matrix, one after another.
#[derive(Clone)]
pub struct Marginals<'a> {
    of: &'a Confusion,
    class: usize,
    labelled: [f64; BLOCK],
    predicted: [f64; BLOCK],
}

impl Marginals<'_> {
    #[inline(never)]
    fn fill<T: Total>(&mut self) {
        for (i, sum) in self.labelled.iter_mut().enumerate() {
            let label = self.class + i;
            *sum = if label < self.of.classes() { self.of.row_sum::<T>(label) } else { 0.0 };
        }
        self.of.column_sums::<T>(self.class, &mut self.predicted);
    }
}

impl Iterator for Marginals<'_> {
    type Item = Class;

    #[inline(never)]
    fn next(&mut self) -> Option<Class> {
        let c = self.class;
        if c >= self.of.classes() {
            return None;
        }
        if c.is_multiple_of(BLOCK) {
            if self.of.weighted() { self.fill::<Bounded>() } else { self.fill::<u64>() }
        }
        self.class += 1;
        let tp = self.of.value(c, c);
        let labelled = *self.labelled.get(c % BLOCK)?;
        Some(Class { tp, labelled, predicted: *self.predicted.get(c % BLOCK)? })
    }
}

impl Counted for Confusion {
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
            // SAFETY: both are classes, and there is a cell for each two.
            unsafe { counters.more(label * n + predicted, true) };
        }
    }

    fn less(&mut self, block: &Block) {
        let (n, layout) = (self.classes(), self.layout());
        let Some(mut counters) = layout.counters(&mut self.cells) else { return };
        block.iter().for_each(|(label, predicted)| counters.less(label * n + predicted));
    }

    fn weigh(&mut self, label: usize, predicted: usize, weight: f64) {
        let place = label * self.classes() + predicted;
        self.layout().add(&mut self.cells, place, weight);
    }
}
