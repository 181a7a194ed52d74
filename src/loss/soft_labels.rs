//! Soft labels: kept as the few largest shares of a row, made whole again, adapted by how
//! sure they are, mixed.

use crate::rows::labels::Labels;
use crate::rows::moments::{Row, Table, TableMut};
use crate::rows::numbers::Numbers;
use crate::rows::view::Column;

/// The largest numbers of a row and where they stand.
pub struct Kept {
    /// Where they stand.
    pub indices: *mut u32,
    /// From row to row.
    pub stride: usize,
    /// The numbers.
    pub values: TableMut,
    /// How many of each row, at most as many as it has.
    pub k: usize,
}

impl Kept {
    /// Keeps those of every row: the largest first, of equal ones the first.
    #[inline(never)]
    pub fn keep(&self, table: Table) {
        (0..table.rows).for_each(|r| self.row(&table.row(r), r));
    }

    /// Each entry goes before all that are smaller; those that are kept stay in order.
    fn row(&self, row: &Row, r: usize) {
        let places = self.indices.wrapping_add(r.wrapping_mul(self.stride));
        let mut least = f64::INFINITY;
        for i in 0..row.cols() {
            let (x, kept) = (row.at(i), i.min(self.k));
            if kept == self.k && x <= least {
                continue;
            }
            // SAFETY: there is room for `k` places a row, and `kept` of them are written,
            // of places in the row.
            unsafe {
                let mut at = kept.min(self.k - 1);
                while at > 0 && row.at(*places.add(at - 1) as usize) < x {
                    *places.add(at) = *places.add(at - 1);
                    at -= 1;
                }
                *places.add(at) = i as u32;
                least = row.at(*places.add(kept.min(self.k - 1)) as usize);
            }
        }
        let values = self.values.row(r);
        for i in 0..self.k {
            // SAFETY: as above.
            unsafe { row.put(values, i, row.at(*places.add(i) as usize)) };
        }
    }
}

/// What stands where nothing was kept.
#[derive(Clone, Copy)]
pub enum Rest {
    /// What is left of 1, in equal parts.
    Equal,
    /// Nothing: what was kept is made to add up to 1.
    Nothing,
}

/// Makes rows whole again. Of a place that was kept twice, the last number counts.
///
/// # Safety
/// The table holds what was kept, a number for each of `table.cols` places below `cols`.
#[inline(never)]
pub unsafe fn expand(
    table: Table,
    places: &dyn Fn(usize, usize) -> usize,
    rest: Rest,
    (to, cols): (TableMut, usize),
) {
    for r in 0..table.rows {
        let (kept, to) = (table.row(r), to.row(r));
        let sum = (0..kept.cols()).fold(0.0, |sum, i| sum + kept.at(i));
        let free = (cols - kept.cols().min(cols)) as f64;
        let (least, factor) = match rest {
            Rest::Equal => (f64::max(1.0 - sum, 0.0) / f64::max(free, 1.0), 1.0),
            Rest::Nothing => (0.0, 1.0 / f64::max(sum, 1e-12)),
        };
        // SAFETY: the caller vouches for rows and places.
        unsafe {
            (0..cols).for_each(|i| kept.put(to, i, least));
            (0..kept.cols()).for_each(|i| kept.put(to, places(r, i), factor * kept.at(i)));
        }
    }
}

/// Thresholds of confidence, and what becomes of what is between.
#[derive(Clone, Copy)]
pub struct Regions {
    /// Below: too hard, left out.
    pub low: f64,
    /// Below: the hard label, smoothed.
    pub mid: f64,
    /// Above: too easy, left out.
    pub top: f64,
    /// What a smoothed label has for all classes alike.
    pub smoothing: f64,
    /// Whether a row is as sure as its label's share, rather than as its largest.
    pub of_label: bool,
}

/// Where a row's region goes, and its weight.
pub struct Adapted {
    /// The region.
    pub region: Column<u8>,
    /// The labels.
    pub labels: Option<TableMut>,
    /// Numbers of the type of the weights, and where those go.
    pub weights: (Numbers, *mut u8),
}

impl Regions {
    fn region(&self, sure: f64) -> u8 {
        match sure {
            c if c < self.low => 0,
            c if c < self.mid => 1,
            c if c <= self.top => 2,
            _ => 3,
        }
    }

    /// Adapts every row of shares.
    #[inline(never)]
    pub fn adapt(&self, table: Table, labels: Labels, to: &Adapted) {
        let (like, weights) = to.weights;
        for r in 0..table.rows {
            let (row, label) = (table.row(r), labels.column(r, table.cols));
            let region = self.region(if self.of_label { row.at(label) } else { row.top() });
            to.region.set(r, region);
            if !weights.is_null() {
                let weight = if region == 1 || region == 2 { 1.0 } else { 0.0 };
                // SAFETY: there is room for a weight a row.
                unsafe { like.put(weights, r, weight) };
            }
            to.labels.into_iter().for_each(|to| self.write(&row, label, region, to.row(r)));
        }
    }

    fn write(&self, row: &Row, label: usize, region: u8, to: *mut u8) {
        let rest = self.smoothing / row.cols() as f64;
        for i in 0..row.cols() {
            let hard = if i == label { 1.0 - self.smoothing } else { 0.0 };
            let x = match region {
                1 => hard + rest,
                2 => row.at(i),
                _ => 0.0,
            };
            // SAFETY: the rows that are written have as many columns.
            unsafe { row.put(to, i, x) };
        }
    }
}

/// Mixes two rows of labels each: `share` of the first, the rest of the second.
#[inline(never)]
pub fn mix(tables: [Table; 2], share: &dyn Fn(usize) -> f64, to: TableMut) {
    let [a, b] = tables;
    for r in 0..a.rows {
        let (share, a, b) = (share(r), a.row_numbers(r), b.row_numbers(r));
        for i in 0..tables[0].cols {
            // SAFETY: all rows have as many columns.
            unsafe { a.put(to.row(r), i, share * a.get(i) + (1.0 - share) * b.get(i)) };
        }
    }
}
