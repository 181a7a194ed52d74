//! `lgt_ks_two_sample`: the Kolmogorov-Smirnov test of two samples.

use super::guard::{self, Options};
use super::mann_whitney::{LGT_TEST_AUTO, LGT_TEST_TWO_SIDED, RawSamples, alternative, method};
use super::scores::status;
use super::types::*;
use crate::curves::ks_two_sample::{self, KsTwoSampleReport};
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// How the test is made. Fill with `lgt_ks_two_sample_opts_default`, then change what is
/// to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_ks_two_sample_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// `LGT_TEST_TWO_SIDED` (default), `LGT_TEST_LESS` or `LGT_TEST_GREATER`.
    pub alternative: u32,
    /// `LGT_TEST_AUTO` (default), `LGT_TEST_ASYMPTOTIC` or `LGT_TEST_EXACT`.
    pub method: u32,
    /// 0.
    pub reserved: u32,
}

// SAFETY: repr(C), four times 4 bytes.
unsafe impl Options for lgt_ks_two_sample_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        alternative: LGT_TEST_TWO_SIDED,
        method: LGT_TEST_AUTO,
        reserved: 0,
    };
}

/// Writes the defaults to `opts`, unless that is NULL.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ks_two_sample_opts_default(opts: *mut lgt_ks_two_sample_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_ks_two_sample_opts::DEFAULT };
    }
}

/// Writes how many bytes of scratch `lgt_ks_two_sample` needs: a little over 8 a number.
///
/// # Shape
/// `n`, `m`: sizes of the samples, below 2^31. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ks_two_sample_scratch(
    n: usize,
    m: usize,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(ks_two_sample::words(n, m), bytes) }
}

unsafe fn apply(
    raw: RawSamples,
    report: *mut KsTwoSampleReport,
    opts: *const lgt_ks_two_sample_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        raw.check().and_then(|samples| {
            guard::not_null(report, 1)?;
            let opts = guard::options(opts)?;
            let (alternative, method) = (alternative(opts.alternative)?, method(opts.method)?);
            if opts.reserved != 0 {
                return Err(LGT_E_OPTION);
            }
            let words = ks_two_sample::words(raw.n, raw.m);
            let scratch = guard::scratch(scratch, scratch_size, words, raw.spans()?)?;
            let result = ks_two_sample::apply(&samples, alternative, method, scratch);
            *report = result;
            Ok(status(result.p))
        })
    })
}

/// The Kolmogorov-Smirnov test of two samples: whether they are from one distribution.
///
/// `statistic` is the largest difference of the distribution functions, at `location`,
/// the least of such values if there are more. With `LGT_TEST_GREATER` it is the largest
/// excess of the first function, so that the alternative is that `x` has the lower
/// values; with `LGT_TEST_LESS` that of the second; as in scipy's `ks_2samp`.
///
/// The exact p-value is the share of all orders of the numbers that differ as much, with
/// the ties that there are: as R's `ks.test`; scipy's is the same without ties, and with
/// them too large. It takes time of n m: `LGT_TEST_AUTO` is exact up to 2^20 pairs,
/// `LGT_TEST_EXACT` always. The asymptotic p-value is that of the limit of many numbers,
/// as R's, or, of one side, J. Hodges' approximation to it, as scipy's; scipy's two-sided
/// one is that of a single sample of n m / (n + m) numbers.
///
/// An empty sample has no test. -0 is equal to 0, infinities are numbers like any others.
/// A NaN is counted in `nan_rows` and makes the result NaN. A batch function over arrays
/// and scratch of the caller.
///
/// # Shape
/// `x`: `n` numbers. `y`: `m` numbers. `report`: one struct. `opts`: or NULL for the
/// defaults. `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
/// `lgt_ks_two_sample_scratch` says, apart from the other arrays; what is there before
/// does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_OPTION`, `LGT_E_SCRATCH` (too small, not aligned),
/// `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` (`p` is NaN).
///
/// # Accuracy
/// The statistic is rounded once. Relative errors: of the exact p-value 1e-15 times n + m,
/// of the asymptotic one 1e-12. The order of numbers changes nothing.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// N. Smirnov, "Table for Estimating the Goodness of Fit of Empirical Distributions"
/// (1948); J. Hodges, "The Significance Probability of the Smirnov Two-Sample Test"
/// (1958); G. Schroer and D. Trenkler, "Exact and Randomization Distributions of
/// Kolmogorov-Smirnov Tests Two or Three Samples" (1995).
///
/// # Example
/// ```c
/// double x[3] = {1, 2, 3}, y[3] = {4, 5, 2.5};
/// uint64_t scratch[7];
/// lgt_ks_two_sample_report report;
/// assert(lgt_ks_two_sample_f64(x, y, &report, 3, 3, NULL, scratch, sizeof scratch) == LGT_OK);
/// assert(report.statistic == 2.0 / 3 && report.location == 2 && report.sign == 1);
/// assert(report.p > 0.5999 && report.p < 0.6001);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ks_two_sample_f32(
    x: *const f32,
    y: *const f32,
    report: *mut KsTwoSampleReport,
    n: usize,
    m: usize,
    opts: *const lgt_ks_two_sample_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let raw = RawSamples { x: Numbers::F32(x), y: Numbers::F32(y), n, m };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, report, opts, scratch, scratch_size) }
}

/// `double` form of `lgt_ks_two_sample_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ks_two_sample_f64(
    x: *const f64,
    y: *const f64,
    report: *mut KsTwoSampleReport,
    n: usize,
    m: usize,
    opts: *const lgt_ks_two_sample_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let raw = RawSamples { x: Numbers::F64(x), y: Numbers::F64(y), n, m };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, report, opts, scratch, scratch_size) }
}

/// `lgt_f16` form of `lgt_ks_two_sample_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ks_two_sample_f16(
    x: *const lgt_f16,
    y: *const lgt_f16,
    report: *mut KsTwoSampleReport,
    n: usize,
    m: usize,
    opts: *const lgt_ks_two_sample_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let raw = RawSamples { x: Numbers::F16(x.cast()), y: Numbers::F16(y.cast()), n, m };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, report, opts, scratch, scratch_size) }
}

/// `lgt_bf16` form of `lgt_ks_two_sample_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ks_two_sample_bf16(
    x: *const lgt_bf16,
    y: *const lgt_bf16,
    report: *mut KsTwoSampleReport,
    n: usize,
    m: usize,
    opts: *const lgt_ks_two_sample_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let raw = RawSamples { x: Numbers::Bf16(x.cast()), y: Numbers::Bf16(y.cast()), n, m };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, report, opts, scratch, scratch_size) }
}
