//! `lgt_attention_weights` and its gradient.

use super::guard::{self, Options};
use super::mapped::{RawMap, scale};
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::softmax::weighed::{TERMS, Weighing, Weight};
use crate::status::Status::{self, *};

/// Weight of a score: `1 / (1 + exp(-x))`.
pub const LGT_ATTENTION_SIGMOID: u32 = 0;
/// Weight of a score: `exp(x)` up to 0, `1 + x` from there on.
pub const LGT_ATTENTION_ELU: u32 = 1;
/// Weight of a score: itself.
pub const LGT_ATTENTION_LINEAR: u32 = 2;

/// Weights are divided by their sum.
pub const LGT_ATTENTION_NORMALIZE: u32 = 1;

/// Options of `lgt_attention_weights`. Fill with `lgt_attention_weights_opts_default`, then
/// change what is to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_attention_weights_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// `LGT_ATTENTION_NORMALIZE` or 0; default 0.
    pub flags: u32,
    /// Scores are multiplied by this. Default 1; from 1e-30 to 1e30.
    pub scale: f64,
    /// Added to the sum that weights are divided by. Default 1e-8; from 0 to 1e30.
    pub eps: f64,
}

// SAFETY: repr(C), 4 + 4 + 8 + 8 bytes.
unsafe impl Options for lgt_attention_weights_opts {
    const DEFAULT: Self =
        Self { struct_size: size_of::<Self>() as u32, flags: 0, scale: 1.0, eps: 1e-8 };
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_attention_weights_opts_default(opts: *mut lgt_attention_weights_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_attention_weights_opts::DEFAULT };
    }
}

/// How scores of this kind are weighed.
///
/// # Safety
/// As [`guard::options`].
#[inline(never)]
unsafe fn weighing(kind: u32, opts: *const lgt_attention_weights_opts) -> Result<Weighing, Status> {
    // SAFETY: the caller vouches for the struct.
    let opts = unsafe { guard::options(opts)? };
    let mut identity = [0.0; TERMS];
    identity.iter_mut().skip(1).take(1).for_each(|term| *term = 1.0);
    let weight = match kind {
        LGT_ATTENTION_SIGMOID => Weight::Sigmoid,
        LGT_ATTENTION_ELU => Weight::Elu,
        LGT_ATTENTION_LINEAR => Weight::Polynomial(identity, 1),
        _ => return Err(LGT_E_OPTION),
    };
    if opts.flags & !LGT_ATTENTION_NORMALIZE != 0 {
        return Err(LGT_E_OPTION);
    }
    if !(0.0..=1e30).contains(&opts.eps) {
        return Err(LGT_E_VALUE);
    }
    let divided = (opts.flags != 0).then_some(opts.eps);
    Ok(Weighing { weight, scale: scale(opts.scale)?, divided })
}

/// Attention weights of each row of scores without softmax: sigmoid, `elu + 1`, or the
/// scores themselves, as they are or divided by their sum.
///
/// With `z = scale x` and the weight `a` of `z`, `y = a`, or `a / (sum a + eps)` with
/// `LGT_ATTENTION_NORMALIZE`. -inf is masked: a weight of 0 of any kind.
///
/// As they are, weights do not know of each other: a NaN is NaN by itself. Divided, a NaN
/// makes its row NaN; scores at +inf, but for sigmoid, share their row equally; a row
/// with nothing above -inf is zeros, or NaN where `eps` is 0, with `LGT_EMPTY_ROW`; one
/// whose sum and `eps` come to 0 is NaN with `LGT_UNDEFINED`. Weights that are the scores
/// themselves may sum to anything: near 0 what is divided by that is as large as that
/// makes it.
///
/// # Shape
/// `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `kind`: an
/// `LGT_ATTENTION_` weight. `opts`: NULL for the defaults.
///
/// # In place
/// `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_OPTION`, `LGT_E_VALUE` (scale,
/// eps), `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED`.
///
/// # Accuracy
/// A weight: at most 1e-6 (f64: 4e-15) relative, times the larger of 1 and `|scale x|`.
/// Divided: twice as much, times `sum |a| / |sum a + eps|`. Besides the rounding to its
/// type, and 1e-37 (f64: 1e-305) absolute.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// X. Gu et al., "When Attention Sink Emerges in Language Models: An Empirical View"
/// (2024); `elu + 1`: A. Katharopoulos et al., "Transformers are RNNs" (2020).
///
/// # Example
/// ```c
/// float x[1][2] = {{0, -1e9f}}, y[1][2];
/// assert(lgt_attention_weights_f32(&x[0][0], 2, LGT_ATTENTION_SIGMOID, &y[0][0], 2, 1, 2,
///                                  NULL) == LGT_OK);
/// assert(y[0][0] == 0.5f && y[0][1] == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_attention_weights_f32(
    x: *const f32,
    x_stride: usize,
    kind: u32,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_attention_weights_opts,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.weigh(weighing(kind, opts)) }
}

/// `double` form of `lgt_attention_weights_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_attention_weights_f64(
    x: *const f64,
    x_stride: usize,
    kind: u32,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_attention_weights_opts,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.weigh(weighing(kind, opts)) }
}

/// `lgt_f16` form of `lgt_attention_weights_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_attention_weights_f16(
    x: *const lgt_f16,
    x_stride: usize,
    kind: u32,
    y: *mut lgt_f16,
    y_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_attention_weights_opts,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.weigh(weighing(kind, opts)) }
}

/// `lgt_bf16` form of `lgt_attention_weights_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_attention_weights_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    kind: u32,
    y: *mut lgt_bf16,
    y_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_attention_weights_opts,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let map = RawMap { x, dy: None, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.weigh(weighing(kind, opts)) }
}

/// Gradient of `lgt_attention_weights_f32`: `dx = scale a' dy`, or `scale a' (dy - sum y
/// dy) / (sum a + eps)` where weights are divided.
///
/// It takes the scores. Masked ones have 0, and so have all of a row that scores at +inf
/// share. NaN, empty and undefined rows are as there.
///
/// # Shape
/// `x`: what the function was applied to; `dy`: the gradient in what came out; `dx`: that
/// in `x`. Each rows x cols, row-major, strides in elements, at least cols. `kind`,
/// `opts`: as there.
///
/// # In place
/// `dx == x` and `dx == dy`, with equal strides, are allowed; any other overlap of `dx` is
/// `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_OPTION`, `LGT_E_VALUE` (scale,
/// eps), `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED`.
///
/// # Accuracy
/// At most 2e-6 (f64: 8e-15) times the larger of 1 and `|scale x|`, times `scale |a'|`
/// and the largest size of a `dy` of the row. Divided: four times as much, times the
/// square of `sum |a| / |sum a + eps|`, over `|sum a + eps|`. Besides the rounding to its
/// type.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As for `lgt_attention_weights_f32`.
///
/// # Example
/// ```c
/// float x[1][2] = {{0, -1}}, dy[1][2] = {{1, 2}};
/// assert(lgt_attention_weights_grad_f32(&x[0][0], 2, LGT_ATTENTION_LINEAR, &dy[0][0], 2,
///                                       &x[0][0], 2, 1, 2, NULL) == LGT_OK);
/// assert(x[0][0] == 1 && x[0][1] == 2);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_attention_weights_grad_f32(
    x: *const f32,
    x_stride: usize,
    kind: u32,
    dy: *const f32,
    dy_stride: usize,
    dx: *mut f32,
    dx_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_attention_weights_opts,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let dy = Some((Numbers::F32(dy), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.weigh(weighing(kind, opts)) }
}

/// `double` form of `lgt_attention_weights_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_attention_weights_grad_f64(
    x: *const f64,
    x_stride: usize,
    kind: u32,
    dy: *const f64,
    dy_stride: usize,
    dx: *mut f64,
    dx_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_attention_weights_opts,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let dy = Some((Numbers::F64(dy), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.weigh(weighing(kind, opts)) }
}

/// `lgt_f16` form of `lgt_attention_weights_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_attention_weights_grad_f16(
    x: *const lgt_f16,
    x_stride: usize,
    kind: u32,
    dy: *const lgt_f16,
    dy_stride: usize,
    dx: *mut lgt_f16,
    dx_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_attention_weights_opts,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let dy = Some((Numbers::F16(dy.cast()), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.weigh(weighing(kind, opts)) }
}

/// `lgt_bf16` form of `lgt_attention_weights_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_attention_weights_grad_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    kind: u32,
    dy: *const lgt_bf16,
    dy_stride: usize,
    dx: *mut lgt_bf16,
    dx_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_attention_weights_opts,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let dy = Some((Numbers::Bf16(dy.cast()), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    unsafe { map.weigh(weighing(kind, opts)) }
}
