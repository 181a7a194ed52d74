//! `lgt_mann_whitney`: the Mann-Whitney U test of two samples.

use super::guard::{self, Options};
use super::scores::{span, status};
use super::types::*;
use crate::curves::mann_whitney::{self, Alternative, MannWhitneyReport, Method};
use crate::curves::two_samples::Samples;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Either sample may be the larger, or any difference count.
pub const LGT_TEST_TWO_SIDED: u32 = 0;
/// The first sample is less, or its distribution function is.
pub const LGT_TEST_LESS: u32 = 1;
/// The first sample is greater, or its distribution function is.
pub const LGT_TEST_GREATER: u32 = 2;

/// P-values are exact where that is cheap.
pub const LGT_TEST_AUTO: u32 = 0;
/// P-values are those of a limit.
pub const LGT_TEST_ASYMPTOTIC: u32 = 1;
/// P-values are exact, whatever it costs.
pub const LGT_TEST_EXACT: u32 = 2;

/// How the test is made. Fill with `lgt_mann_whitney_opts_default`, then change what is
/// to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_mann_whitney_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// `LGT_TEST_TWO_SIDED` (default), `LGT_TEST_LESS` or `LGT_TEST_GREATER`.
    pub alternative: u32,
    /// `LGT_TEST_AUTO` (default), `LGT_TEST_ASYMPTOTIC` or `LGT_TEST_EXACT`.
    pub method: u32,
    /// Whether the normal p-value is corrected for continuity: 1 (default) or 0.
    pub continuity: u32,
}

// SAFETY: repr(C), four times 4 bytes.
unsafe impl Options for lgt_mann_whitney_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        alternative: LGT_TEST_TWO_SIDED,
        method: LGT_TEST_AUTO,
        continuity: 1,
    };
}

/// The alternative of that number.
pub(super) fn alternative(number: u32) -> Result<Alternative, Status> {
    match number {
        LGT_TEST_TWO_SIDED => Ok(Alternative::TwoSided),
        LGT_TEST_LESS => Ok(Alternative::Less),
        LGT_TEST_GREATER => Ok(Alternative::Greater),
        _ => Err(LGT_E_OPTION),
    }
}

/// The method of that number.
pub(super) fn method(number: u32) -> Result<Method, Status> {
    match number {
        LGT_TEST_AUTO => Ok(Method::Auto),
        LGT_TEST_ASYMPTOTIC => Ok(Method::Asymptotic),
        LGT_TEST_EXACT => Ok(Method::Exact),
        _ => Err(LGT_E_OPTION),
    }
}

/// Writes the defaults to `opts`, unless that is NULL.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_mann_whitney_opts_default(opts: *mut lgt_mann_whitney_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_mann_whitney_opts::DEFAULT };
    }
}

/// Writes how many bytes of scratch `lgt_mann_whitney` needs: 8 a number, or, where the
/// p-value may be exact, 16 for each U up to half of n m, if that is more.
///
/// # Shape
/// `n`, `m`: sizes of the samples, below 2^31. `opts`: those of the call, or NULL.
/// `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_OPTION`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_mann_whitney_scratch(
    n: usize,
    m: usize,
    opts: *const lgt_mann_whitney_opts,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        guard::options(opts).and_then(|opts| {
            let words = mann_whitney::words(n, m, method(opts.method)?);
            Ok(guard::scratch_bytes(words, bytes))
        })
    })
}

/// Two samples, as C gives them.
pub(super) struct RawSamples {
    pub x: Numbers,
    pub y: Numbers,
    pub n: usize,
    pub m: usize,
}

impl RawSamples {
    /// The samples.
    ///
    /// # Safety
    /// Pointers that are not null must be readable for `n` and `m` numbers.
    pub unsafe fn check(&self) -> Result<Samples, Status> {
        self.spans()?;
        // SAFETY: the caller vouches for the numbers.
        Ok(unsafe { Samples::new(self.x, self.y, self.n, self.m) })
    }

    /// Where they lie.
    pub fn spans(&self) -> Result<[(*const u8, usize); 2], Status> {
        Ok([span(self.x, self.n)?, span(self.y, self.m)?])
    }
}

unsafe fn apply(
    raw: RawSamples,
    report: *mut MannWhitneyReport,
    opts: *const lgt_mann_whitney_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        raw.check().and_then(|samples| {
            guard::not_null(report, 1)?;
            let opts = guard::options(opts)?;
            let (alternative, method) = (alternative(opts.alternative)?, method(opts.method)?);
            if opts.continuity > 1 {
                return Err(LGT_E_OPTION);
            }
            let words = mann_whitney::words(raw.n, raw.m, method);
            let scratch = guard::scratch(scratch, scratch_size, words, raw.spans()?)?;
            let continuity = opts.continuity == 1;
            let result = mann_whitney::apply(&samples, alternative, method, continuity, scratch);
            *report = result;
            Ok(status(result.p))
        })
    })
}

/// The Mann-Whitney U test (Wilcoxon's rank-sum test): whether numbers of one sample tend
/// to be larger than those of another.
///
/// `u` counts the pairs in which the number of `x` is the larger, equal ones half; over
/// all pairs that is the AUROC. The normal p-value takes the variance corrected for ties
/// and, by default, half a step off for continuity. As scipy's `mannwhitneyu`, whose
/// `method="auto"` is `LGT_TEST_AUTO` here: exact where the smaller sample has at most 8
/// numbers and none are equal. `LGT_TEST_EXACT` counts whatever the sizes, up to 2^127
/// orders (65 and 65 numbers), in time and scratch of n m. Counts are for numbers of
/// which none are equal: with ties, or beyond that, `exact_p` is NaN, and so is `p` if it
/// was asked for by name; scipy counts as if there were no ties.
///
/// If all numbers are equal `z` is NaN and the normal p-value is 1. An empty sample has
/// no test. -0 is equal to 0, infinities are numbers like any others. A NaN is counted in
/// `nan_rows` and makes the result NaN. A batch function over arrays and scratch of the
/// caller.
///
/// # Shape
/// `x`: `n` numbers. `y`: `m` numbers. `report`: one struct. `opts`: or NULL for the
/// defaults. `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
/// `lgt_mann_whitney_scratch` says for these options, apart from the other arrays; what
/// is there before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_OPTION`, `LGT_E_SCRATCH` (too small, not aligned),
/// `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` (`p` is NaN).
///
/// # Accuracy
/// U is exact. Relative errors: 4e-15 of `z`, 1e-12 of the normal p-value, 1e-15 of the
/// exact one. The order of numbers changes nothing.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// H. Mann and D. Whitney, "On a Test of Whether one of Two Random Variables is
/// Stochastically Larger than the Other" (1947); M. Hollander and D. Wolfe,
/// "Nonparametric Statistical Methods" (1973), for ties.
///
/// # Example
/// ```c
/// double x[5] = {19, 22, 16, 29, 24}, y[4] = {20, 11, 17, 12};
/// uint64_t scratch[22];
/// lgt_mann_whitney_report report;
/// assert(lgt_mann_whitney_f64(x, y, &report, 5, 4, NULL, scratch, sizeof scratch) == LGT_OK);
/// assert(report.u == 17 && report.p > 0.1111 && report.p < 0.1112);
/// assert(report.asymptotic_p > 0.1113 && report.asymptotic_p < 0.1114);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_mann_whitney_f32(
    x: *const f32,
    y: *const f32,
    report: *mut MannWhitneyReport,
    n: usize,
    m: usize,
    opts: *const lgt_mann_whitney_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let raw = RawSamples { x: Numbers::F32(x), y: Numbers::F32(y), n, m };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, report, opts, scratch, scratch_size) }
}

/// `double` form of `lgt_mann_whitney_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_mann_whitney_f64(
    x: *const f64,
    y: *const f64,
    report: *mut MannWhitneyReport,
    n: usize,
    m: usize,
    opts: *const lgt_mann_whitney_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let raw = RawSamples { x: Numbers::F64(x), y: Numbers::F64(y), n, m };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, report, opts, scratch, scratch_size) }
}

/// `lgt_f16` form of `lgt_mann_whitney_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_mann_whitney_f16(
    x: *const lgt_f16,
    y: *const lgt_f16,
    report: *mut MannWhitneyReport,
    n: usize,
    m: usize,
    opts: *const lgt_mann_whitney_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let raw = RawSamples { x: Numbers::F16(x.cast()), y: Numbers::F16(y.cast()), n, m };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, report, opts, scratch, scratch_size) }
}

/// `lgt_bf16` form of `lgt_mann_whitney_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_mann_whitney_bf16(
    x: *const lgt_bf16,
    y: *const lgt_bf16,
    report: *mut MannWhitneyReport,
    n: usize,
    m: usize,
    opts: *const lgt_mann_whitney_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let raw = RawSamples { x: Numbers::Bf16(x.cast()), y: Numbers::Bf16(y.cast()), n, m };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, report, opts, scratch, scratch_size) }
}
