//! What functions of rows with temperatures share.

use super::guard;
use super::inputs::RawPoints;
use crate::calibration::ca_loss::Labelled;
use crate::calibration::temperatures::Temperatures;
use crate::rows::moments::{Table, TableMut};
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};

/// Temperatures as C gives them: null for 1, one for all rows, or one a row.
///
/// # Safety
/// Null, or readable for `count` values.
pub unsafe fn temperatures<'a>(
    (data, count): (*const f64, usize),
    rows: usize,
) -> Result<Temperatures<'a>, Status> {
    if data.is_null() {
        return Ok(Temperatures { given: &[] });
    }
    if count != 1 && count != rows {
        return Err(LGT_E_SHAPE);
    }
    // SAFETY: the caller vouches for the values.
    let temperatures = Temperatures { given: unsafe { guard::slice(data, count)? } };
    if temperatures.are_good() { Ok(temperatures) } else { Err(LGT_E_VALUE) }
}

/// Rows as C gives them.
#[derive(Clone, Copy)]
pub struct Raw {
    /// Scores.
    pub x: Numbers,
    /// From row to row, in elements.
    pub stride: usize,
    /// Number of rows.
    pub rows: usize,
    /// Values in a row.
    pub cols: usize,
}

impl Raw {
    /// The same, checked.
    ///
    /// # Safety
    /// A pointer that is not null must be readable for the whole array.
    pub unsafe fn check(&self) -> Result<Table, Status> {
        let Raw { x, stride, rows, cols } = *self;
        // SAFETY: the caller vouches for the array.
        unsafe { guard::numbers(x, stride, rows, cols)? };
        Ok(Table { numbers: x, stride, rows, cols })
    }

    /// Where they lie, once checked.
    pub fn span(&self) -> (*const u8, usize) {
        let bytes = guard::extent_of(self.x.size(), self.stride, self.rows, self.cols);
        (self.x.address(), bytes.unwrap_or(0))
    }

    /// A place for as many rows, if there is one, and where that lies: `x` itself, or apart
    /// from it.
    ///
    /// # Safety
    /// Null, or writable for the whole array.
    #[inline(never)]
    pub unsafe fn beside(
        &self,
        y: *mut u8,
        stride: usize,
    ) -> Result<(Option<TableMut>, (*const u8, usize)), Status> {
        if y.is_null() {
            return Ok((None, (core::ptr::null(), 0)));
        }
        let size = self.x.size();
        let span = (y.cast_const(), guard::extent_of(size, stride, self.rows, self.cols)?);
        if !(core::ptr::eq(span.0, self.x.address()) && stride == self.stride) {
            guard::apart(span, self.span())?;
        }
        Ok((Some(TableMut { data: y, stride: stride.wrapping_mul(size) }), span))
    }
}

/// Logits with labels and weights, as C gives them.
pub struct RawLabelled {
    /// The logits, their labels and weights.
    pub points: RawPoints,
    /// From row to row, in elements.
    pub stride: usize,
    /// Number of classes.
    pub cols: usize,
}

impl RawLabelled {
    /// The logits alone.
    pub fn rows(&self) -> Raw {
        let RawPoints { numbers, n, .. } = self.points;
        Raw { x: numbers, stride: self.stride, rows: n, cols: self.cols }
    }

    /// The same, checked.
    ///
    /// # Safety
    /// Pointers that are not null must be readable for what they stand for.
    #[inline(never)]
    pub unsafe fn check(&self) -> Result<Labelled, Status> {
        // SAFETY: the caller vouches for the arrays.
        let (labels, weights) = unsafe { self.points.parts(self.stride, self.cols)? };
        // SAFETY: as above.
        let labelled = Labelled { table: unsafe { self.rows().check()? }, labels, weights };
        labelled.check()?;
        Ok(labelled)
    }
}
