//! Checks of scores of two classes and of plain numbers, for what is read off their
//! order.

use super::guard;
use super::inputs::RawPoints;
use crate::curves::scores::Scores;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Scores with labels, as C gives them.
pub struct RawScores {
    /// Scores.
    pub numbers: Numbers,
    /// Labels ..
    pub labels: *const c_void,
    /// .. and their type.
    pub label_type: u32,
    /// How many.
    pub n: usize,
}

impl RawScores {
    fn points(&self) -> RawPoints {
        RawPoints {
            numbers: self.numbers,
            labels: self.labels,
            label_type: self.label_type,
            weights: Numbers::F32(core::ptr::null()),
            n: self.n,
        }
    }

    /// The same, checked: every label is 0 or 1.
    ///
    /// # Safety
    /// Pointers that are not null must be readable for `n` values.
    pub unsafe fn check(&self) -> Result<Scores, Status> {
        // SAFETY: the caller vouches for the arrays.
        unsafe {
            self.points().check()?;
            let labels = guard::labels(self.labels, self.label_type, self.n)?;
            Ok(Scores::new(self.numbers, labels, self.n))
        }
    }

    /// Where the arrays lie.
    pub fn spans(&self) -> [(*const u8, usize); 2] {
        let [numbers, labels, _] = self.points().spans(1, 1);
        [numbers, labels]
    }
}

/// Where `n` numbers lie; `E_NULL` or `E_SIZE` if they cannot be there.
pub fn span(numbers: Numbers, n: usize) -> Result<(*const u8, usize), Status> {
    guard::not_null(numbers.address(), n)?;
    let bytes = n.checked_mul(numbers.size()).filter(|bytes| *bytes <= isize::MAX as usize);
    Ok((numbers.address(), bytes.ok_or(LGT_E_SIZE)?))
}

/// `LGT_UNDEFINED` for a number that is NaN.
pub fn status(x: f64) -> Status {
    if x.is_nan() { LGT_UNDEFINED } else { LGT_OK }
}
