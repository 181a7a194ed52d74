//! AUROC and average precision of many classes: each class against the rest and against
//! each other one, and their averages. The same of many labels a row.
//!
//! The scores of a class are put in order once. Walked through from the highest, each row
//! of another class finds the rows of the class above it: added up by its own class, that
//! is the class against each other one, and all together against the rest. The mean over
//! pairs of classes needs no table of them, since every ordered pair is in it once.

use super::scores::nans;
use super::sides::{Entries, NONE, add_to, count, value, walk};
use crate::math::fixed::{BOUND, Bounded, UNIT};
use crate::math::sum::Sum;
use crate::rows::labels::Labels;
use crate::rows::numbers::Numbers;
use crate::rows::order::Order;
use crate::rows::view::Column;
use crate::status::Status;
use core::ops::Range;

/// The result of `lgt_multiclass_auroc` and `lgt_multilabel_auroc`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MulticlassAurocReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those of them that hold a NaN; all below is then NaN, or 0.
    pub nan_rows: u64,
    /// The sum of weights of all rows.
    pub weight: f64,
    /// Classes without rows, or with all: they are in no mean of AUROC.
    pub left_out: u64,
    /// Classes without rows: they are in no mean of average precision.
    pub precision_left_out: u64,
    /// Pairs of classes, one of them without rows: they are in no mean over pairs.
    pub pairs_left_out: u64,
    /// The mean of AUROC of each class against the rest.
    pub auroc_macro: f64,
    /// The same by the weight of each class.
    pub auroc_weighted: f64,
    /// AUROC of all entries as one problem of two classes, if asked for.
    pub auroc_micro: f64,
    /// The mean of AUROC over ordered pairs of classes (Hand and Till's M).
    pub ovo_macro: f64,
    /// The same by the weight of each pair.
    pub ovo_weighted: f64,
    /// The mean of average precision of each class.
    pub precision_macro: f64,
    /// The same by the weight of each class.
    pub precision_weighted: f64,
    /// Average precision of all entries as one problem, if asked for.
    pub precision_micro: f64,
}

/// What labels say of a row.
#[derive(Clone, Copy)]
pub enum Truth {
    /// Its class.
    Class(Labels),
    /// Of each label whether it has it, rows of 0 and 1 so far apart.
    Flags(Labels, usize),
}

/// Rows of scores, one a class, with what is true and weights.
#[derive(Clone, Copy)]
pub struct Table {
    /// Scores ..
    pub scores: Numbers,
    /// .. from row to row.
    pub stride: usize,
    /// What is true.
    pub truth: Truth,
    /// The weight of each row, if any.
    pub weights: Option<Numbers>,
    /// Number of rows.
    pub rows: usize,
    /// Classes.
    pub cols: usize,
}

/// Words of scratch; places have 31 bits.
pub fn words(rows: usize, cols: usize, micro: bool) -> Option<usize> {
    let entries = if micro { rows.checked_mul(cols)? } else { rows };
    let good = entries <= i32::MAX as usize && cols <= i32::MAX as usize;
    good.then(|| 2 * entries + 1 + (1 + LIMBS) * cols.max(2))
}

/// Words of a sum.
const LIMBS: usize = size_of::<Bounded>() / 8;

/// A class against the others, or all entries at once: places are of rows or entries, and
/// each has a side.
#[derive(Clone, Copy)]
struct Problem<'a> {
    table: &'a Table,
    class: Option<usize>,
    /// How many sides there are ..
    sides: usize,
    /// .. and the one that high scores should have.
    positive: usize,
}

/// What is found of a problem.
struct Found {
    /// The weight of the positive side.
    weight: f64,
    auroc: f64,
    precision: f64,
    /// Over other sides, of AUROC against each: the sum ..
    against: Sum,
    /// .. and the same by the weight of both.
    by_weight: Sum,
}

/// The scratch, cut up.
struct Areas<'a> {
    /// An order, and what is left of it then: the side of each place.
    order: &'a mut [u64],
    /// Scores, then weights.
    column: &'a mut [u64],
    /// The weight of each side.
    totals: &'a mut [f64],
    /// Sums, a side each.
    sums: &'a mut [Bounded],
}

/// Everything, with AUROC and average precision of each class if they are wanted. Labels
/// name classes, and scratch has [`words`]. `E_VALUE` for a weight outside 0 .. 2^63.
pub fn apply(
    table: &Table,
    micro: bool,
    (aurocs, precisions): (Column<f64>, Column<f64>),
    scratch: &mut [u64],
) -> Result<MulticlassAurocReport, Status> {
    let Table { rows, cols, .. } = *table;
    let entries = if micro { rows * cols } else { rows };
    let (order, rest) = scratch.split_at_mut_checked(entries + 1).unwrap_or_default();
    let (column, rest) = rest.split_at_mut_checked(entries).unwrap_or_default();
    let (totals, sums) = rest.split_at_mut_checked(cols.max(2)).unwrap_or_default();
    // SAFETY: any bits are an f64, and any four words a sum.
    let ((_, totals, _), (_, sums, _)) = unsafe { (totals.align_to_mut(), sums.align_to_mut()) };
    let mut areas = Areas { order, column, totals, sums };
    let mut report = table.census()?;
    let good = report.nan_rows == 0;
    let (mut auroc, mut precision, mut ovo) = (Mean::NONE, Mean::NONE, Mean::NONE);
    for class in 0..cols {
        let problem = Problem::of_class(table, class);
        let found = problem.solve(&mut areas, good, class > 0);
        aurocs.set(class, found.auroc);
        precisions.set(class, found.precision);
        auroc.add(found.auroc, found.weight);
        precision.add(found.precision, found.weight);
        if !found.auroc.is_nan() {
            ovo.sum = ovo.sum.plus(found.against.value());
            ovo.by_weight = ovo.by_weight.plus(found.by_weight.value());
        }
    }
    let among = |count: u64| count as f64 * (count as f64 - 1.0);
    let of_pairs = |count: u64| count * count.saturating_sub(1) / 2;
    report.left_out = cols as u64 - auroc.count;
    report.precision_left_out = cols as u64 - precision.count;
    (report.auroc_macro, report.auroc_weighted) = auroc.values();
    (report.precision_macro, report.precision_weighted) = precision.values();
    if matches!(table.truth, Truth::Class(_)) {
        report.pairs_left_out = of_pairs(cols as u64) - of_pairs(auroc.count);
        report.ovo_macro = ovo.sum.value() / among(auroc.count);
        // Each class is in one pair less than there are classes; both ways are halved.
        let weight = 2.0 * (auroc.count as f64 - 1.0) * auroc.weight.value();
        report.ovo_weighted = ovo.by_weight.value() / weight;
    }
    if micro && good {
        let problem = Problem { table, class: None, sides: 2, positive: 1 };
        let found = problem.solve(&mut areas, good, false);
        (report.auroc_micro, report.precision_micro) = (found.auroc, found.precision);
    }
    Ok(report)
}

/// Means over classes that have a value.
struct Mean {
    count: u64,
    sum: Sum,
    by_weight: Sum,
    weight: Sum,
}

impl Mean {
    const NONE: Mean = Mean { count: 0, sum: Sum::ZERO, by_weight: Sum::ZERO, weight: Sum::ZERO };

    #[inline(never)]
    fn add(&mut self, value: f64, weight: f64) {
        if !value.is_nan() {
            self.count += 1;
            self.sum = self.sum.plus(value);
            self.by_weight = self.by_weight.plus(value * weight);
            self.weight = self.weight.plus(weight);
        }
    }

    fn values(&self) -> (f64, f64) {
        (self.sum.value() / self.count as f64, self.by_weight.value() / self.weight.value())
    }
}

impl Table {
    /// Rows, without results; `E_VALUE` for a weight outside 0 .. 2^63.
    fn census(&self) -> Result<MulticlassAurocReport, Status> {
        let (mut rows, mut nan_rows, mut weight) = (0, 0, Bounded::ZERO);
        for r in 0..self.rows {
            let of_row = self.weight(r);
            if !(0.0..=BOUND).contains(&of_row) {
                return Err(Status::LGT_E_VALUE);
            }
            if of_row >= UNIT {
                rows += 1;
                nan_rows += u64::from(nans(&self.scores.from(r * self.stride), self.cols) > 0);
                add_to(&mut weight, of_row);
            }
        }
        Ok(MulticlassAurocReport {
            rows,
            nan_rows,
            weight: value(&weight),
            left_out: 0,
            precision_left_out: 0,
            pairs_left_out: 0,
            auroc_macro: f64::NAN,
            auroc_weighted: f64::NAN,
            auroc_micro: f64::NAN,
            ovo_macro: f64::NAN,
            ovo_weighted: f64::NAN,
            precision_macro: f64::NAN,
            precision_weighted: f64::NAN,
            precision_micro: f64::NAN,
        })
    }

    #[inline(always)]
    fn weight(&self, r: usize) -> f64 {
        // SAFETY: there is one a row.
        self.weights.map_or(1.0, |weights| unsafe { weights.get(r) })
    }
}

impl<'a> Problem<'a> {
    fn of_class(table: &'a Table, class: usize) -> Problem<'a> {
        let (sides, positive) =
            if let Truth::Class(_) = table.truth { (table.cols, class) } else { (2, 1) };
        Problem { table, class: Some(class), sides, positive }
    }

    fn entries(&self) -> usize {
        self.table.rows * self.cols().len()
    }

    /// The columns of its entries, which lie row by row.
    fn cols(&self) -> Range<usize> {
        self.class.map_or(0..self.table.cols, |class| class..class + 1)
    }

    #[inline(always)]
    fn side(&self, row: usize, col: usize) -> usize {
        let (labels, at, each) = match self.table.truth {
            Truth::Class(labels) => (labels, row, self.class.is_none()),
            Truth::Flags(labels, stride) => (labels, row * stride + col, false),
        };
        let label = labels.get(at) as usize;
        if each { usize::from(label == col) } else { label }
    }

    /// Side and weight of each place. Those that do not count have no side.
    #[inline(never)]
    fn fill(&self, sides: &mut [u64], weights: &mut [u64]) {
        // SAFETY: a u64 is two u32, whatever its bits.
        let (_, sides, _) = unsafe { sides.align_to_mut::<u32>() };
        let mut to = sides.iter_mut().zip(weights);
        for row in 0..self.table.rows {
            let weight = self.table.weight(row);
            for (col, (side, to)) in self.cols().zip(&mut to) {
                *side = if weight >= UNIT { self.side(row, col) as u32 } else { NONE };
                *to = weight.to_bits();
            }
        }
    }

    /// The scores, as bits.
    fn gather(&self, to: &mut [u64]) {
        let mut to = to.iter_mut();
        for row in 0..self.table.rows {
            for (col, to) in self.cols().zip(&mut to) {
                // SAFETY: there is that row and that column.
                *to = unsafe { self.table.scores.get(row * self.table.stride + col) }.to_bits();
            }
        }
    }

    /// AUROC and average precision; NaN, and nothing, if they are not defined or not
    /// `good`. Totals that are `known` hold still: those of classes do.
    fn solve(&self, areas: &mut Areas, good: bool, known: bool) -> Found {
        let n = self.entries();
        let weighted = self.table.weights.is_some();
        let totals = areas.totals.get_mut(..self.sides).unwrap_or_default();
        let sums = areas.sums.get_mut(..self.sides).unwrap_or_default();
        if !known || self.sides != self.table.cols || !matches!(self.table.truth, Truth::Class(_)) {
            let sides = areas.order.get_mut(n.div_ceil(2)..).unwrap_or_default();
            self.fill(sides, areas.column);
            Entries::of(sides, areas.column, n, weighted).weigh(sums, totals);
        }
        let weight = totals.get(self.positive).copied().unwrap_or(0.0);
        let others = totals.iter().enumerate().filter(|(side, _)| *side != self.positive);
        let other = others.clone().fold(Sum::ZERO, |sum, (_, total)| sum.plus(*total)).value();
        let mut found = Found {
            weight,
            auroc: f64::NAN,
            precision: if good && weight > 0.0 { 1.0 } else { f64::NAN },
            against: Sum::ZERO,
            by_weight: Sum::ZERO,
        };
        if !(good && weight > 0.0 && other > 0.0) {
            return found;
        }
        self.gather(areas.column);
        let column = Numbers::F64(areas.column.as_ptr().cast());
        // SAFETY: `n` numbers were written; none that counts is NaN.
        let (order, sides) = unsafe { Order::of(&column, n, areas.order) };
        self.fill(sides, areas.column);
        sums.fill(Bounded::ZERO);
        let sum = if weighted {
            let entries = Entries::of(sides, areas.column, n, weighted);
            walk(order, &entries, self.positive, totals, sums)
        } else {
            count(
                order,
                Entries::of(sides, &[], n, false).sides,
                areas.column,
                self.positive,
                weight,
                sums,
            )
        };
        found.precision = (sum / weight).min(1.0);
        let mut won = Sum::ZERO;
        for (side, total) in others.filter(|(_, total)| **total > 0.0) {
            let Some(sum) = sums.get(side) else { break };
            let [count, ..] = sum.limbs();
            let share = if weighted { value(sum) } else { count as f64 / (2.0 * weight * total) };
            won = won.plus(share * total);
            found.against = found.against.plus(share);
            found.by_weight = found.by_weight.plus(share * (weight + total));
        }
        found.auroc = (won.value() / other).min(1.0);
        found
    }
}
