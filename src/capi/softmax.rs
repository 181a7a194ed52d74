//! `lgt_softmax`, and the options of all row transforms.

use super::ctx::lgt_ctx;
use super::guard::{self, Options};
use super::softmax_mask::{self, lgt_softmax_mask};
use super::types::*;
use crate::simd::{Bf16, Elem, F16};
use crate::softmax::narrow::Want;
use crate::softmax::row::{Algorithm, Opts, RowsPair, Store};
use crate::softmax::softmax;
use crate::status::Status;

/// A row without any entry above -inf becomes zeros (of which the logarithm is
/// -inf) instead of NaN.
pub const LGT_SOFTMAX_EMPTY_ZERO: u32 = 1;

/// Algorithm: the fastest for the shape.
pub const LGT_SOFTMAX_AUTO: u32 = 0;
/// Algorithm: maximum; exponentials into the output, and their sum; division.
/// With 16-bit rows of more than 4096 columns, whose output would round the
/// exponentials, it is the next one.
pub const LGT_SOFTMAX_THREE_PASS_RELOAD: u32 = 1;
/// Algorithm: maximum; sum of exponentials; exponentials again.
pub const LGT_SOFTMAX_THREE_PASS_RECOMPUTE: u32 = 2;
/// Algorithm: sum by the maximum so far, block by block; exponentials again.
pub const LGT_SOFTMAX_ONLINE: u32 = 3;

/// Algorithm: sum by mantissa and exponent, with neither a maximum nor a guess;
/// exponentials again.
pub const LGT_SOFTMAX_TWO_PASS: u32 = 4;

/// Store: past the cache where a row is longer than any cache, 8 MiB, or where
/// there are shorter ones of 32 MiB in all.
pub const LGT_STORE_AUTO: u32 = 0;
/// Store: into the cache, for a reader that comes soon.
pub const LGT_STORE_CACHED: u32 = 1;
/// Store: past the cache, for outputs that are larger than it in all. Where that
/// cannot pay it is not done: rows of more than 64 columns but less than 2 KiB;
/// 16-bit outputs below AVX-512; levels without such instructions.
pub const LGT_STORE_STREAMING: u32 = 2;

/// Options of `lgt_softmax`, `lgt_log_softmax`, `lgt_logsumexp` and `lgt_extsum`.
/// Fill with `lgt_softmax_opts_default`, then change what is to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_softmax_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// `LGT_SOFTMAX_` flags; default 0.
    pub flags: u32,
    /// Scores are multiplied by this: an inverse temperature. Default 1;
    /// from 1e-30 to 1e30.
    pub scale: f64,
    /// An `LGT_SOFTMAX_` algorithm; default `LGT_SOFTMAX_AUTO`. Of
    /// `lgt_softmax` only: the others have one.
    pub algorithm: u32,
    /// An `LGT_STORE_` policy; default `LGT_STORE_AUTO`. Of what writes rows.
    pub store: u32,
    /// What is lent to the call, or NULL: with an executor, rows are shared out,
    /// and a long row is too. The results have the same bits for any number of
    /// workers.
    pub ctx: *const lgt_ctx,
    /// What is done to scores first, or NULL. Not of `lgt_extsum`.
    pub mask: *const lgt_softmax_mask,
}

// SAFETY: repr(C), 4 + 4 + 8 + 4 + 4 bytes and two pointers; null is valid for
// those.
unsafe impl Options for lgt_softmax_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        flags: 0,
        scale: 1.0,
        algorithm: LGT_SOFTMAX_AUTO,
        store: LGT_STORE_AUTO,
        ctx: core::ptr::null(),
        mask: core::ptr::null(),
    };
}

impl lgt_softmax_opts {
    /// The options at `opts`, understood; a mask is not.
    ///
    /// # Safety
    /// As [`guard::options`].
    pub(super) unsafe fn read(opts: *const Self) -> Result<Opts, Status> {
        // SAFETY: the caller vouches for the struct.
        match unsafe { Self::with_mask(opts)? } {
            (opts, mask) if mask.is_null() => Ok(opts),
            _ => Err(Status::LGT_E_OPTION),
        }
    }

    /// The options at `opts`, understood, and the mask that they point to, or null.
    ///
    /// # Safety
    /// As [`guard::options`].
    #[inline(never)]
    pub(super) unsafe fn with_mask(
        opts: *const Self,
    ) -> Result<(Opts, *const lgt_softmax_mask), Status> {
        // SAFETY: the caller vouches for the struct.
        let opts = unsafe { guard::options(opts)? };
        if opts.flags & !LGT_SOFTMAX_EMPTY_ZERO != 0 {
            return Err(Status::LGT_E_OPTION);
        }
        let algorithm = match opts.algorithm {
            LGT_SOFTMAX_AUTO => Algorithm::Auto,
            LGT_SOFTMAX_THREE_PASS_RELOAD => Algorithm::ThreePassReload,
            LGT_SOFTMAX_THREE_PASS_RECOMPUTE => Algorithm::ThreePassRecompute,
            LGT_SOFTMAX_ONLINE => Algorithm::Online,
            LGT_SOFTMAX_TWO_PASS => Algorithm::TwoPass,
            _ => return Err(Status::LGT_E_OPTION),
        };
        let store = match opts.store {
            LGT_STORE_AUTO => Store::Auto,
            LGT_STORE_CACHED => Store::Cached,
            LGT_STORE_STREAMING => Store::Streaming,
            _ => return Err(Status::LGT_E_OPTION),
        };
        if !(1e-30..=1e30).contains(&opts.scale) {
            return Err(Status::LGT_E_VALUE);
        }
        let empty_zero = opts.flags & LGT_SOFTMAX_EMPTY_ZERO != 0;
        // SAFETY: the caller vouches for what the struct points to.
        let exec = unsafe { lgt_ctx::read(opts.ctx)? };
        Ok((Opts { exec, scale: opts.scale, empty_zero, algorithm, store }, opts.mask))
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softmax_opts_default(opts: *mut lgt_softmax_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_softmax_opts::DEFAULT };
    }
}

/// What a row transform's arguments become when they are sound.
///
/// # Safety
/// As the C functions: pointers must be good for what they stand for.
pub(super) unsafe fn pair<E: Elem>(
    (x, x_stride): (*const E, usize),
    (y, y_stride): (*mut E, usize),
    lse: *mut E::Acc,
    (rows, cols): (usize, usize),
) -> Result<RowsPair<E>, Status> {
    // SAFETY: the caller vouches for the arrays.
    unsafe {
        let (from, to) = guard::rows_pair(x, x_stride, y, y_stride, rows, cols)?;
        let arrays = [guard::span(x, x_stride, rows, cols), guard::span(y, y_stride, rows, cols)];
        Ok(RowsPair { x: from, y: to, lse: guard::column(lse, rows, &arrays)? })
    }
}

unsafe fn apply<E: Elem>(
    x: (*const E, usize),
    y: (*mut E, usize),
    lse: *mut E::Acc,
    shape: (usize, usize),
    opts: *const lgt_softmax_opts,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_softmax_opts::with_mask(opts).and_then(|(opts, mask)| {
            if mask.is_null() {
                softmax::apply(pair(x, y, lse, shape)?, opts)
            } else {
                softmax_mask::apply(Want::Shares, x, y, lse, shape, (opts, mask))
            }
        })
    })
}

/// Row-wise softmax: `y[r][c] = exp(scale * x[r][c]) / sum_c exp(scale * x[r][c])`.
///
/// A NaN makes its row NaN. -inf is a share of 0. Entries at +inf share their
/// row equally. A row with nothing above -inf becomes NaN, or zeros with
/// `LGT_SOFTMAX_EMPTY_ZERO`, and the call returns `LGT_EMPTY_ROW`.
///
/// With `mask` of the options, a row is that of the scores that `lgt_softmax_mask`
/// makes: scaled row by row, masked, causal, biased, capped, beside a sink, of some
/// columns, or negated.
///
/// # Shape
/// `x`, `y`: rows x cols, row-major, strides in elements, at least cols; `y` has
/// as many columns as the mask picks, if it does. `lse`:
/// one number a row, the natural logarithm of `sum_c exp(scale * x[r][c])`, or
/// NULL; not overlapping `x` or `y`. `opts`: NULL for the defaults. With rows =
/// 0 nothing is written; with cols = 0 every row is empty.
///
/// # In place
/// `y == x` with equal strides is allowed, and so are column ranges of one array
/// that do not meet; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_OPTION`,
/// `LGT_E_VALUE` (scale), `LGT_E_CALLBACK` (the executor failed: rows may then
/// be missing). With a mask, `LGT_E_LABEL` (a column that `x` does not have) and
/// `LGT_E_VALUE` (a number that is none) too. Advisory: `LGT_EMPTY_ROW`.
///
/// # Accuracy
/// At most 12 ulp for any row of any length, subnormal results included; below 6
/// but for rows made to be hard, of few large and many small terms whose errors
/// agree (f16 and bf16: the nearest value to that).
/// `lse`: at most 7e-7 (f64: 1.2e-15) times the largest of 1, |lse| and scale
/// times the row's maximum in magnitude.
///
/// Stack: at most 64 KiB, for what waits between being computed and being written.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// The stable softmax of every textbook; the exponential without subtraction
/// and its separate exponent are those of M. Dukhan and A. Ablavatski, "The
/// Two-Pass Softmax Algorithm" (2020), section 4. Of masks, slopes: O. Press, N. A.
/// Smith and M. Lewis, "Train Short, Test Long" (2022); sinks: X. Gu et al., "When
/// Attention Sink Emerges in Language Models" (2024).
///
/// # Example
/// ```c
/// float x[2][3] = {{1, 2, 3}, {0, 0, 0}}, y[2][3], lse[2];
/// lgt_status status = lgt_softmax_f32(&x[0][0], 3, &y[0][0], 3, lse, 2, 3, NULL);
/// assert(status == LGT_OK && y[1][0] > 0.333f && y[1][0] < 0.334f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softmax_f32(
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    lse: *mut f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply((x, x_stride), (y, y_stride), lse, (rows, cols), opts) }
}

/// `double` form of `lgt_softmax_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softmax_f64(
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    lse: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply((x, x_stride), (y, y_stride), lse, (rows, cols), opts) }
}

/// `lgt_f16` form of `lgt_softmax_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softmax_f16(
    x: *const lgt_f16,
    x_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    lse: *mut f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let (x, y): (*const F16, *mut F16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { apply((x, x_stride), (y, y_stride), lse, (rows, cols), opts) }
}

/// `lgt_bf16` form of `lgt_softmax_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softmax_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    lse: *mut f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let (x, y): (*const Bf16, *mut Bf16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { apply((x, x_stride), (y, y_stride), lse, (rows, cols), opts) }
}
