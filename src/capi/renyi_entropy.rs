//! `lgt_renyi_entropy`.

use super::divergence::temperature as check;
use super::guard;
use super::loss::{RawLosses, lgt_loss_opts};
use super::temperatures::Raw;
use super::types::*;
use crate::loss::entropy;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};

unsafe fn apply(
    raw: RawLosses,
    alpha: f64,
    temperature: f64,
    opts: *const lgt_loss_opts,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_loss_opts::read(opts).and_then(|opts| {
            check(temperature)?;
            let order = alpha == f64::INFINITY || (1e-6..=1e6).contains(&alpha);
            if !order {
                return Err(LGT_E_VALUE);
            }
            // The shares' powers are those of another temperature.
            check(if alpha == f64::INFINITY { temperature } else { temperature / alpha })?;
            Ok(entropy::renyi(&raw.check(opts)?, alpha, temperature))
        })
    })
}

/// Rényi entropy of each row's softmax, in nats, with its gradient in the logits: of order
/// `alpha` it is `ln(sum p^alpha) / (1 - alpha)`, where `p = softmax(x / temperature)`.
///
/// Order 1 is its limit, Shannon's entropy (`lgt_entropy_f32`); order infinity is
/// `-ln max p`, whose derivative the largest shares have in equal parts. With
/// `q = softmax(alpha x / temperature)` the gradient is
/// `alpha / (1 - alpha) (q - p) / temperature`. It falls with the order, from `ln cols` to 0.
/// -inf is a share of 0, which is nothing. Entries at +inf share the mass: the logarithm of
/// how many, and no gradient. A NaN makes its row NaN, and so does a row with nothing above
/// -inf, with `LGT_EMPTY_ROW`.
///
/// # Shape
/// `x`: logits, rows x cols, row-major, stride in elements, at least cols. `alpha`: from 1e-6
/// to 1e6, or +inf. `temperature`: from 1e-6 to 1e6, and so over `alpha`. `weights`, `loss`,
/// `grad`, `total`, `opts`: as `lgt_focal_f32`.
///
/// # In place
/// `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (weights, alpha, temperature,
/// grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for
/// the mean of no rows, which is NaN.
///
/// # Accuracy
/// A row's entropy, and its gradient times the temperature and over the larger of 1 and
/// `alpha`: at most 1e-5 (f64: 4e-14) times the larger of 1 and `ln cols`, besides the
/// rounding of a gradient to its type, and near order 1 no worse than elsewhere. `total` is
/// the exact sum, rounded once: the order of rows does not matter.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// A. Rényi, "On Measures of Entropy and Information" (1961).
///
/// # Example
/// ```c
/// double x[1][2] = {{1.0986122886681098, 0}}, entropy; // shares 3/4 and 1/4
/// assert(lgt_renyi_entropy_f64(&x[0][0], 2, NULL, 2, 1, &entropy, NULL, 0, NULL, 1, 2, NULL) ==
///        LGT_OK);
/// assert(entropy > 0.47000 && entropy < 0.47001); // ln(16 / 10)
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_renyi_entropy_f32(
    x: *const f32,
    x_stride: usize,
    weights: *const f32,
    alpha: f64,
    temperature: f64,
    loss: *mut f64,
    grad: *mut f32,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, alpha, temperature, opts) }
}

/// `double` form of `lgt_renyi_entropy_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_renyi_entropy_f64(
    x: *const f64,
    x_stride: usize,
    weights: *const f64,
    alpha: f64,
    temperature: f64,
    loss: *mut f64,
    grad: *mut f64,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F64(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, alpha, temperature, opts) }
}

/// `lgt_f16` form of `lgt_renyi_entropy_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_renyi_entropy_f16(
    x: *const lgt_f16,
    x_stride: usize,
    weights: *const f32,
    alpha: f64,
    temperature: f64,
    loss: *mut f64,
    grad: *mut lgt_f16,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, alpha, temperature, opts) }
}

/// `lgt_bf16` form of `lgt_renyi_entropy_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_renyi_entropy_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    weights: *const f32,
    alpha: f64,
    temperature: f64,
    loss: *mut f64,
    grad: *mut lgt_bf16,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, alpha, temperature, opts) }
}
