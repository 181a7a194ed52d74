//! What a call says when it returns.
//!
//! The type carries its C name, because it *is* the C type: one list of codes,
//! one list of explanations, for the header, the bindings and this crate.

/// What a call returns. Zero is success. A positive value is an advisory: the
/// outputs are written, and something about them deserves a look. A negative
/// value is an error: nothing is written and a state is as it was. Values are
/// never renumbered.
#[allow(non_camel_case_types)]
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum lgt_status {
    /// Success.
    LGT_OK = 0,
    /// At least one row has no entry above -inf.
    LGT_EMPTY_ROW = 1,
    /// The statistic is undefined for this data; it was written as NaN.
    LGT_UNDEFINED = 2,
    /// The fit ended at a bound of its parameter.
    LGT_AT_BOUND = 3,
    /// The data does not determine the fit; the neutral model was written.
    LGT_DEGENERATE = 4,
    /// The iteration limit was reached; the best model met was written.
    LGT_NOT_CONVERGED = 5,
    /// A null pointer where data is needed.
    LGT_E_NULL = -1,
    /// Shapes that do not fit together.
    LGT_E_SHAPE = -2,
    /// A stride smaller than the row.
    LGT_E_STRIDE = -3,
    /// Arrays that overlap other than exactly in place.
    LGT_E_ALIAS = -4,
    /// A number outside its range, or NaN where a number is needed.
    LGT_E_VALUE = -5,
    /// A label outside 0 .. cols - 1, or an unknown label type.
    LGT_E_LABEL = -6,
    /// An options struct of unknown size, or an unknown option value.
    LGT_E_OPTION = -7,
    /// Bytes that are not a state of this kind and version.
    LGT_E_STATE = -8,
    /// States of different kinds or parameters cannot be merged.
    LGT_E_MISMATCH = -9,
    /// A buffer too small, or an array larger than the address space.
    LGT_E_SIZE = -10,
    /// The scratch buffer is too small.
    LGT_E_SCRATCH = -11,
    /// The caller's allocator returned null.
    LGT_E_NOMEM = -12,
    /// This machine or build cannot do what was asked.
    LGT_E_UNSUPPORTED = -13,
    /// A callback of the caller reported failure.
    LGT_E_CALLBACK = -14,
}

pub use lgt_status as Status;

/// `Ok` holds success or an advisory, `Err` an error.
pub type Outcome = Result<Status, Status>;

impl Status {
    /// Every status, in the order of the list above.
    pub const ALL: [Status; 20] = {
        use lgt_status::*;
        [
            LGT_OK,
            LGT_EMPTY_ROW,
            LGT_UNDEFINED,
            LGT_AT_BOUND,
            LGT_DEGENERATE,
            LGT_NOT_CONVERGED,
            LGT_E_NULL,
            LGT_E_SHAPE,
            LGT_E_STRIDE,
            LGT_E_ALIAS,
            LGT_E_VALUE,
            LGT_E_LABEL,
            LGT_E_OPTION,
            LGT_E_STATE,
            LGT_E_MISMATCH,
            LGT_E_SIZE,
            LGT_E_SCRATCH,
            LGT_E_NOMEM,
            LGT_E_UNSUPPORTED,
            LGT_E_CALLBACK,
        ]
    };

    /// This advisory, or the other where this is none.
    pub fn or(self, other: Status) -> Status {
        if self as i32 == Status::LGT_OK as i32 { other } else { self }
    }

    /// The status with this number.
    pub fn from_code(code: i32) -> Option<Status> {
        Status::ALL.into_iter().find(|s| *s as i32 == code)
    }

    /// The name as C spells it.
    pub const fn name(self) -> &'static core::ffi::CStr {
        use lgt_status::*;
        match self {
            LGT_OK => c"LGT_OK",
            LGT_EMPTY_ROW => c"LGT_EMPTY_ROW",
            LGT_UNDEFINED => c"LGT_UNDEFINED",
            LGT_AT_BOUND => c"LGT_AT_BOUND",
            LGT_DEGENERATE => c"LGT_DEGENERATE",
            LGT_NOT_CONVERGED => c"LGT_NOT_CONVERGED",
            LGT_E_NULL => c"LGT_E_NULL",
            LGT_E_SHAPE => c"LGT_E_SHAPE",
            LGT_E_STRIDE => c"LGT_E_STRIDE",
            LGT_E_ALIAS => c"LGT_E_ALIAS",
            LGT_E_VALUE => c"LGT_E_VALUE",
            LGT_E_LABEL => c"LGT_E_LABEL",
            LGT_E_OPTION => c"LGT_E_OPTION",
            LGT_E_STATE => c"LGT_E_STATE",
            LGT_E_MISMATCH => c"LGT_E_MISMATCH",
            LGT_E_SIZE => c"LGT_E_SIZE",
            LGT_E_SCRATCH => c"LGT_E_SCRATCH",
            LGT_E_NOMEM => c"LGT_E_NOMEM",
            LGT_E_UNSUPPORTED => c"LGT_E_UNSUPPORTED",
            LGT_E_CALLBACK => c"LGT_E_CALLBACK",
        }
    }

    /// One sentence for a person.
    pub const fn explanation(self) -> &'static core::ffi::CStr {
        use lgt_status::*;
        match self {
            LGT_OK => c"success",
            LGT_EMPTY_ROW => c"a row has no entry above -inf",
            LGT_UNDEFINED => c"the statistic is undefined for this data",
            LGT_AT_BOUND => c"the fit ended at a bound of its parameter",
            LGT_DEGENERATE => c"the data does not determine the fit; the neutral model was written",
            LGT_NOT_CONVERGED => c"the iteration limit was reached; the best model met was written",
            LGT_E_NULL => c"a null pointer where data is needed",
            LGT_E_SHAPE => c"shapes that do not fit together",
            LGT_E_STRIDE => c"a stride smaller than the row",
            LGT_E_ALIAS => c"arrays overlap other than exactly in place",
            LGT_E_VALUE => c"a number outside its range, or NaN where a number is needed",
            LGT_E_LABEL => c"a label outside 0 .. cols - 1, or an unknown label type",
            LGT_E_OPTION => c"an options struct of unknown size, or an unknown option value",
            LGT_E_STATE => c"the bytes are not a state of this kind and version",
            LGT_E_MISMATCH => c"states of different kinds or parameters cannot be merged",
            LGT_E_SIZE => c"a buffer is too small, or an array is larger than the address space",
            LGT_E_SCRATCH => c"the scratch buffer is too small",
            LGT_E_NOMEM => c"the allocator returned null",
            LGT_E_UNSUPPORTED => c"this machine or build cannot do what was asked",
            LGT_E_CALLBACK => c"a callback reported failure",
        }
    }
}
