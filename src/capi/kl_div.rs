//! `lgt_kl_div`.

use super::divergence::temperature as check;
use super::guard;
use super::loss::{RawLosses, lgt_loss_opts};
use super::temperatures::Raw;
use super::types::*;
use crate::loss::divergence;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};

/// Targets are shares: numbers from 0 to 1.
pub const LGT_TARGETS_PROBABILITIES: u32 = 0;
/// Targets are logits, whose softmax is meant.
pub const LGT_TARGETS_LOGITS: u32 = 1;

unsafe fn apply(
    raw: RawLosses,
    (targets, stride, kind): (Numbers, usize, u32),
    temperature: f64,
    opts: *const lgt_loss_opts,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_loss_opts::read(opts).and_then(|opts| {
            check(temperature)?;
            if kind > LGT_TARGETS_LOGITS {
                return Err(LGT_E_OPTION);
            }
            let (losses, targets) = (raw.check(opts)?, raw.table(targets, stride)?);
            let are_logits = kind == LGT_TARGETS_LOGITS;
            let share = |x: f64| (0.0..=1.0).contains(&x);
            let shares = |r| (0..raw.x.cols).all(|c| share(targets.row_numbers(r).get(c)));
            if !are_logits && !(0..raw.x.rows).all(shares) {
                return Err(LGT_E_VALUE);
            }
            Ok(divergence::apply(&losses, targets, are_logits, temperature, 1.0))
        })
    })
}

/// Kullback-Leibler divergence of each row's softmax from its targets, in nats, with its
/// gradient in the logits: the sum over columns of `q ln(q / p)`, where
/// `p = softmax(x / temperature)`.
///
/// The targets `q` are shares as they are (`LGT_TARGETS_PROBABILITIES`), or the softmax of
/// other logits at the same temperature (`LGT_TARGETS_LOGITS`), through which nothing is
/// differentiated. A column without a target is nothing, however unlikely; one with a target
/// and a logit of -inf is +inf. Shares need not add up to 1: with their sum `m` the gradient
/// is `(m p - q) / temperature`. Entries at +inf share the mass. A NaN makes its row NaN, and
/// so do logits with nothing above -inf, with `LGT_EMPTY_ROW`.
///
/// # Shape
/// `x`: logits, rows x cols, row-major, stride in elements, at least cols. `targets`: rows x
/// cols, likewise. `target_type`: an `LGT_TARGETS_`. `temperature`: from 1e-6 to 1e6.
/// `weights`, `loss`, `grad`, `total`, `opts`: as `lgt_focal_f32`.
///
/// # In place
/// `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (shares, weights, temperature,
/// grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for
/// the mean of no rows, which is NaN.
///
/// # Accuracy
/// A row's loss: at most 1e-6 (f64: 4e-15) times the sum of 1, `ln cols` and how far apart a
/// row's entries above -inf lie over the temperature. Its gradient times the temperature: at
/// most 1e-6 (f64: 4e-15), besides the rounding to its type. `total` is the exact sum, rounded
/// once: the order of rows does not matter.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Textbook; `torch.nn.functional.kl_div`, which takes the logarithms of `p` instead.
///
/// # Example
/// ```c
/// float x[1][2] = {{0, 0}}, q[1][2] = {{1, 0}}, grad[1][2];
/// double loss;
/// assert(lgt_kl_div_f32(&x[0][0], 2, &q[0][0], 2, LGT_TARGETS_PROBABILITIES, NULL, 1, &loss,
///                       &grad[0][0], 2, NULL, 1, 2, NULL) == LGT_OK);
/// assert(loss > 0.69314 && loss < 0.69315 && grad[0][0] == -0.5f && grad[0][1] == 0.5f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_kl_div_f32(
    x: *const f32,
    x_stride: usize,
    targets: *const f32,
    target_stride: usize,
    target_type: u32,
    weights: *const f32,
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
    let targets = (Numbers::F32(targets), target_stride, target_type);
    // SAFETY: the contract of this function.
    unsafe { apply(raw, targets, temperature, opts) }
}

/// `double` form of `lgt_kl_div_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_kl_div_f64(
    x: *const f64,
    x_stride: usize,
    targets: *const f64,
    target_stride: usize,
    target_type: u32,
    weights: *const f64,
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
    let targets = (Numbers::F64(targets), target_stride, target_type);
    // SAFETY: the contract of this function.
    unsafe { apply(raw, targets, temperature, opts) }
}

/// `lgt_f16` form of `lgt_kl_div_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_kl_div_f16(
    x: *const lgt_f16,
    x_stride: usize,
    targets: *const lgt_f16,
    target_stride: usize,
    target_type: u32,
    weights: *const f32,
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
    let targets = (Numbers::F16(targets.cast()), target_stride, target_type);
    // SAFETY: the contract of this function.
    unsafe { apply(raw, targets, temperature, opts) }
}

/// `lgt_bf16` form of `lgt_kl_div_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_kl_div_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    targets: *const lgt_bf16,
    target_stride: usize,
    target_type: u32,
    weights: *const f32,
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
    let targets = (Numbers::Bf16(targets.cast()), target_stride, target_type);
    // SAFETY: the contract of this function.
    unsafe { apply(raw, targets, temperature, opts) }
}
