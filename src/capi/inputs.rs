//! The arrays of a metric's functions, as C gives them, and their checks.

use super::guard::{extent_of, label_type, labels, not_null, rows};
use crate::metrics::ace::Table;
use crate::metrics::labelled::Labelled;
use crate::metrics::points::Points;
use crate::rows::column::{TwoClasses, Values};
use crate::rows::labels::{LabelType, Labels, Weights};
use crate::rows::numbers::Numbers;
use crate::rows::view::Rows;
use crate::simd::Elem;
use crate::status::Status;

/// The arguments of an update, as C gives them.
pub struct RawLabelled<E: Elem> {
    /// Scores.
    pub x: *const E,
    /// From row to row, in elements.
    pub stride: usize,
    /// Labels ..
    pub labels: *const core::ffi::c_void,
    /// .. and their type.
    pub label_type: u32,
    /// Weights, or null.
    pub weights: *const E::Acc,
    /// Number of rows.
    pub rows: usize,
    /// Classes.
    pub cols: usize,
}

impl<E: Elem> RawLabelled<E> {
    /// The same, checked: every label names a class, every weight is a weight.
    ///
    /// # Safety
    /// Pointers that are not null must be readable for what they stand for.
    pub unsafe fn check(&self) -> Result<Labelled<E>, Status> {
        // SAFETY: the caller vouches for the arrays.
        let data = unsafe {
            Labelled {
                rows: rows(self.x, self.stride, self.rows, self.cols)?,
                labels: labels(self.labels, self.label_type, self.rows)?,
                weights: Weights::new(self.weights),
            }
        };
        data.check()?;
        Ok(data)
    }
}

/// Probabilities with labels and weights, as C gives them.
pub struct RawPoints {
    /// Probabilities.
    pub numbers: Numbers,
    /// Labels ..
    pub labels: *const core::ffi::c_void,
    /// .. and their type.
    pub label_type: u32,
    /// Weights, or null.
    pub weights: Numbers,
    /// How many.
    pub n: usize,
}

impl RawPoints {
    /// The same, checked: every label is 0 or 1, every weight is a weight.
    ///
    /// # Safety
    /// Pointers that are not null must be readable for `n` values.
    pub unsafe fn check(&self) -> Result<Points, Status> {
        // SAFETY: the caller vouches for the arrays.
        unsafe { self.check_as(1, 1, 2) }
    }

    /// The same of a table: `n` rows of `cols` numbers, labels that are classes.
    ///
    /// # Safety
    /// As `check`, the numbers for the whole table.
    pub unsafe fn check_table(&self, stride: usize, cols: usize) -> Result<Table, Status> {
        // SAFETY: the caller vouches for the arrays.
        let points = unsafe { self.check_as(stride, cols, cols)? };
        Ok(Table { points, stride, cols })
    }

    unsafe fn check_as(
        &self,
        stride: usize,
        cols: usize,
        classes: usize,
    ) -> Result<Points, Status> {
        // SAFETY: the caller vouches for the arrays.
        let points = unsafe {
            let (labels, weights) = self.parts(stride, cols)?;
            Points::new(self.numbers, labels, weights, self.n)
        };
        points.check(classes)?;
        Ok(points)
    }

    /// Labels and weights of `n` rows of `cols` numbers, none of them looked at.
    ///
    /// # Safety
    /// As `check_table`.
    pub unsafe fn parts(
        &self,
        stride: usize,
        cols: usize,
    ) -> Result<(Labels, Option<Numbers>), Status> {
        not_null(self.numbers.address(), self.n.min(cols))?;
        extent_of(self.numbers.size(), stride, self.n, cols)?;
        extent_of(size_of::<u64>(), 1, self.n, 1)?;
        let weights = Some(self.weights).filter(|weights| !weights.address().is_null());
        // SAFETY: the caller vouches for the arrays.
        Ok((unsafe { labels(self.labels, self.label_type, self.n)? }, weights))
    }

    /// Where the arrays lie, for what is to be away from them; the numbers are a
    /// table that was checked.
    pub fn spans(&self, stride: usize, cols: usize) -> [(*const u8, usize); 3] {
        let x = extent_of(self.numbers.size(), stride, self.n, cols).unwrap_or(0);
        let labels = self.n * label_type(self.label_type).map_or(0, LabelType::size);
        let weights =
            if self.weights.address().is_null() { 0 } else { self.n * self.weights.size() };
        [
            (self.numbers.address(), x),
            (self.labels.cast(), labels),
            (self.weights.address(), weights),
        ]
    }
}

/// Scores of two classes, as C gives them.
pub struct RawScored<E: Elem, A: Elem> {
    /// Scores.
    pub x: *const E,
    /// From one to the next, in elements.
    pub stride: usize,
    /// Labels ..
    pub labels: *const core::ffi::c_void,
    /// .. and their type.
    pub label_type: u32,
    /// Weights, or null.
    pub weights: *const A,
    /// How many.
    pub rows: usize,
}

impl<E: Elem, A: Elem> RawScored<E, A> {
    /// The same, checked: every label is 0 or 1, every weight is a weight.
    ///
    /// # Safety
    /// Pointers that are not null must be readable for what they stand for.
    pub unsafe fn check(&self) -> Result<TwoClasses, Status> {
        // SAFETY: the caller vouches for the arrays; of weights, null is looked at
        // before they are.
        let data = unsafe {
            TwoClasses {
                scores: Values::new(&rows(self.x, self.stride, self.rows, 1)?, self.stride),
                labels: labels(self.labels, self.label_type, self.rows)?,
                weights: Values::new(&Rows::new(self.weights, 1, self.rows, 1), 1),
                rows: self.rows,
            }
        };
        data.check()?;
        Ok(data)
    }
}
