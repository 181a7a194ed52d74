//! What functions of scores in order check.

use super::guard;
use super::inputs::RawPoints;
use crate::curves::curve::{self, Kind};
use crate::curves::ranked::{Scored, words};
use crate::curves::roc_curve::RocCurveReport;
use crate::curves::writer::{Columns, Thresholds};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes of scratch it takes to rank.
///
/// # Safety
/// Null, or writable for one number.
pub unsafe fn scratch_bytes(
    n: usize,
    score_size: usize,
    weighted: u32,
    bytes: *mut usize,
) -> Status {
    if !matches!(score_size, 2 | 4 | 8) || weighted > 1 {
        return LGT_E_VALUE;
    }
    // SAFETY: the caller vouches for the number.
    unsafe { guard::scratch_bytes(words(n, score_size, weighted == 1), bytes) }
}

/// Scores with labels and weights, and scratch to put them in order in, apart from them.
/// Labels and weights are looked at when that is done.
///
/// # Safety
/// Pointers that are not null must be readable for `n` values, `scratch` writable for its
/// bytes.
pub unsafe fn checked<'a>(
    points: &RawPoints,
    (scratch, size): (*mut c_void, usize),
) -> Result<(Scored, &'a mut [u64]), Status> {
    // SAFETY: the caller vouches for the arrays.
    unsafe {
        let (labels, weights) = points.parts(1, 1)?;
        let scored = Scored::new(points.numbers, labels, weights, points.n);
        let scratch = guard::scratch(scratch, size, scored.words(), points.spans(1, 1))?;
        Ok((scored, scratch))
    }
}

/// The arguments of a function that writes a curve, as C gives them.
pub struct RawCurve {
    /// Scores, labels and weights.
    pub points: RawPoints,
    /// The first of the two numbers of each point.
    pub first: *mut f64,
    /// The second.
    pub second: *mut f64,
    /// Its threshold.
    pub thresholds: Thresholds,
    /// Room for so many points.
    pub capacity: usize,
    /// 1 for corners only.
    pub corners: u32,
}

impl RawCurve {
    /// Checks, and writes.
    ///
    /// # Safety
    /// Pointers that are not null must be good for what they stand for.
    pub unsafe fn write(
        &self,
        kind: Kind,
        report: *mut RocCurveReport,
        scratch: (*mut c_void, usize),
    ) -> Status {
        // SAFETY: the caller vouches for the arrays.
        guard::code(unsafe {
            checked(&self.points, scratch).and_then(|(scored, scratch)| {
                guard::not_null(report, 1)?;
                if self.corners > 1 {
                    return Err(LGT_E_VALUE);
                }
                self.check_columns((scratch.as_ptr().cast(), size_of_val(scratch)))?;
                let columns = Columns {
                    first: self.first,
                    second: self.second,
                    thresholds: self.thresholds,
                    capacity: self.capacity,
                };
                let corners = self.corners == 1;
                let (result, status) = curve::apply(&scored, kind, corners, &columns, scratch)?;
                *report = result;
                Ok(status)
            })
        })
    }

    /// Columns that are there, apart from each other and from what is read.
    fn check_columns(&self, scratch: (*const u8, usize)) -> Result<(), Status> {
        let size = |one: usize| {
            let bytes = self.capacity.checked_mul(one);
            bytes.filter(|bytes| *bytes <= isize::MAX as usize).ok_or(LGT_E_SIZE)
        };
        let columns = [
            (self.first as *const u8, size(8)?),
            (self.second as *const u8, size(8)?),
            (self.thresholds.address(), size(self.points.numbers.size())?),
        ];
        let [x, labels, weights] = self.points.spans(1, 1);
        let inputs = [x, labels, weights, scratch];
        for (i, column) in columns.iter().enumerate() {
            guard::not_null(column.0, self.capacity)?;
            for other in inputs.iter().chain(columns.iter().skip(i + 1)) {
                guard::apart(*column, *other)?;
            }
        }
        Ok(())
    }
}
