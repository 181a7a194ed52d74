//! How often sets of classes hold the true one, and how large they are: of all rows,
//! of those of each class, and of those whose sets are of each size.
//!
//! Sums by size are sums over all rows too: the sizes together are, with `w(s)` the
//! weight of sets of size `s`, `sum s w(s)`, or `w` of at least 1, and of at least 2, ..
//! So nothing is stored twice, and all of it is exact.

use crate::math::fixed::{Bounded, UNIT};
use crate::rows::labels::{Labels, Weights};
use crate::state::{Head, Kind, Params, State};
use crate::status::Status;

/// The largest sizes of the groups of sets that are compared, but for the last.
pub const EDGES: [u32; 4] = [1, 3, 10, 100];

/// What has been seen; the header's parameter is the number of classes. Cells: of each
/// class, then of each size from 0 to all classes.
#[repr(C)]
pub struct Coverage {
    head: Head,
    rows: u64,
    cells: [Cell],
}

/// Rows of one class, or with sets of one size.
#[repr(C)]
#[derive(Clone, Copy)]
struct Cell {
    weight: Bounded,
    covered: Bounded,
}

const _: () = assert!(size_of::<Cell>() == 64);

impl Cell {
    const ZERO: Cell = Cell { weight: Bounded::ZERO, covered: Bounded::ZERO };

    fn add(&mut self, covered: bool, weight: f64) {
        self.weight.add(weight);
        if covered {
            self.covered.add(weight);
        }
    }

    fn merge(&mut self, other: &Cell) {
        self.weight.merge(&other.weight);
        self.covered.merge(&other.covered);
    }

    fn group(&self) -> CoverageGroup {
        let (weight, covered) = (self.weight.to_f64(), self.covered.to_f64());
        CoverageGroup { weight, covered, coverage: covered / weight }
    }

    /// How far coverage is from what it should be; NaN where there is no row.
    fn gap(&self, nominal: f64) -> f64 {
        (self.group().coverage - nominal).abs()
    }
}

// SAFETY: repr(C) of u64s behind a head; the assertion above excludes padding.
unsafe impl State for Coverage {
    const KIND: Kind = Kind::Coverage;

    fn size(params: &Params) -> Option<usize> {
        let classes = u64::from(params.param);
        let bytes = size_of::<Head>() as u64 + 8 + (2 * classes + 1) * size_of::<Cell>() as u64;
        // The header has 32 bits for the size.
        u32::try_from(bytes).ok().filter(|_| classes > 0).map(|bytes| bytes as usize)
    }

    fn at(data: *mut u8, params: &Params) -> *mut Self {
        let cells = 2 * params.param as usize + 1;
        core::ptr::slice_from_raw_parts_mut(data, cells) as *mut Self
    }

    fn merge(&mut self, other: &Self) {
        self.rows = self.rows.wrapping_add(other.rows);
        for (cell, more) in self.cells.iter_mut().zip(&other.cells) {
            cell.merge(more);
        }
    }
}

/// The result of `lgt_coverage_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct CoverageReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// The sum of weights.
    pub weight: f64,
    /// The share of rows whose set holds their class.
    pub coverage: f64,
    /// The mean number of classes in a set.
    pub mean_size: f64,
    /// The share of sets without a class.
    pub empty: f64,
    /// The share of sets of one class.
    pub single: f64,
    /// The least coverage of the rows of a class.
    pub least_class_coverage: f64,
    /// The mean over classes of how far their coverage is from 1 - alpha.
    pub class_gap: f64,
    /// Size-stratified coverage violation: the most that the coverage of a group of
    /// sizes is from 1 - alpha.
    pub size_violation: f64,
}

/// Rows of one class, or with sets of one size.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct CoverageGroup {
    /// The sum of their weights.
    pub weight: f64,
    /// That of those whose set holds their class.
    pub covered: f64,
    /// covered / weight; NaN without a row.
    pub coverage: f64,
}

/// Sets of classes, a bit a class, from row to row `stride` words; what they should
/// hold, and what that counts.
pub struct Sets<'a> {
    /// The lowest bit of a word is the first class.
    pub masks: &'a [u64],
    /// Words from row to row.
    pub stride: usize,
    /// The true class of each row.
    pub labels: Labels,
    /// The weight of each row.
    pub weights: Weights<f64>,
    /// How many.
    pub rows: usize,
}

impl Sets<'_> {
    fn check(&self, classes: usize) -> Result<(), Status> {
        if self.labels.first_bad(self.rows, classes).is_some() {
            return Err(Status::LGT_E_LABEL);
        }
        self.weights.check(self.rows)
    }
}

/// How many of so many classes are in a set; bits past the last do not count.
fn size(set: &[u64], classes: usize) -> usize {
    let words = set.iter().zip((0..classes).step_by(64));
    let known = words.map(|(word, first)| match classes - first {
        left @ 0..64 => word & ((1 << left) - 1),
        _ => *word,
    });
    known.map(|bits| bits.count_ones() as usize).sum()
}

impl Coverage {
    /// Number of classes.
    pub fn classes(&self) -> usize {
        self.head.param as usize
    }

    /// Adds all rows, or none and says why.
    pub fn update(&mut self, sets: &Sets) -> Result<(), Status> {
        let classes = self.classes();
        sets.check(classes)?;
        for r in 0..sets.rows {
            let weight = sets.weights.get(r);
            let Some(set) = sets.masks.get(r * sets.stride..).filter(|_| weight >= UNIT) else {
                continue;
            };
            let label = sets.labels.get(r) as usize;
            let covered = set.get(label / 64).is_some_and(|word| word >> (label % 64) & 1 != 0);
            self.rows = self.rows.wrapping_add(1);
            for cell in [label, classes + size(set, classes)] {
                if let Some(cell) = self.cells.get_mut(cell) {
                    cell.add(covered, weight);
                }
            }
        }
        Ok(())
    }

    fn halves(&self) -> (&[Cell], &[Cell]) {
        self.cells.split_at_checked(self.classes()).unwrap_or((&[], &[]))
    }

    /// Each class.
    pub fn by_class(&self) -> impl ExactSizeIterator<Item = CoverageGroup> + use<'_> {
        self.halves().0.iter().map(Cell::group)
    }

    /// Each size of a set, from 0 on.
    pub fn by_size(&self) -> impl ExactSizeIterator<Item = CoverageGroup> + use<'_> {
        self.halves().1.iter().map(Cell::group)
    }

    /// The result so far, against a coverage that should be, with groups of sizes of
    /// which `edges` are the largest; NaN if nothing was seen.
    pub fn finish(&self, nominal: f64, edges: &[u32]) -> CoverageReport {
        let (classes, sizes) = self.halves();
        let (mut all, mut size_sum) = (Cell::ZERO, Bounded::ZERO);
        for (size, cell) in sizes.iter().enumerate().rev() {
            all.merge(cell);
            if size > 0 {
                size_sum.merge(&all.weight);
            }
        }
        let CoverageGroup { weight, coverage, .. } = all.group();
        let share = |size: usize| sizes.get(size).map_or(0.0, |cell| cell.weight.to_f64()) / weight;
        CoverageReport {
            rows: self.rows,
            weight,
            coverage,
            mean_size: size_sum.to_f64() / weight,
            empty: share(0),
            single: share(1),
            // A minimum with NaN is the other number.
            least_class_coverage: self.by_class().map(|c| c.coverage).fold(f64::NAN, f64::min),
            class_gap: mean_gap(classes, nominal),
            size_violation: violation(sizes, nominal, edges),
        }
    }
}

/// The mean over cells that have rows.
fn mean_gap(cells: &[Cell], nominal: f64) -> f64 {
    let (mut sum, mut count) = (Bounded::ZERO, 0u32);
    let gaps = cells.iter().map(|cell| cell.gap(nominal));
    for gap in gaps.filter(|gap| gap.is_finite()) {
        sum.add(gap);
        count += 1;
    }
    sum.to_f64() / f64::from(count)
}

/// The largest gap of a group of sizes.
fn violation(sizes: &[Cell], nominal: f64, edges: &[u32]) -> f64 {
    let (mut worst, mut group) = (f64::NAN, Cell::ZERO);
    let mut edges = edges.iter().peekable();
    for (size, cell) in sizes.iter().enumerate() {
        while edges.next_if(|edge| size > **edge as usize).is_some() {
            worst = worst.max(group.gap(nominal));
            group = Cell::ZERO;
        }
        group.merge(cell);
    }
    worst.max(group.gap(nominal))
}
