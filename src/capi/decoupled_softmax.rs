//! `lgt_decoupled_softmax`.

use super::guard;
use super::loss::{RawLosses, lgt_loss_opts};
use super::temperatures::Raw;
use super::types::*;
use crate::loss::decoupled_softmax::{self, Inputs, Roles};
use crate::rows::numbers::Numbers;
use crate::rows::pieces;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// What there is besides what all losses have, as C gives it.
struct RawInputs {
    labels: (*const c_void, usize, u32),
    gains: (Numbers, usize),
    lse: *const f64,
    temperature: f64,
    pull: *mut f64,
}

unsafe fn apply(raw: RawLosses, inputs: RawInputs, opts: *const lgt_loss_opts) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_loss_opts::read(opts).and_then(|opts| {
            let scale = 1.0 / inputs.temperature;
            if !(1e-30..=1e30).contains(&scale) {
                return Err(LGT_E_VALUE);
            }
            let losses = raw.check(opts)?;
            let Raw { rows, cols, .. } = raw.x;
            let (labels, stride, kind) = inputs.labels;
            let roles = Roles { of: guard::label_rows(labels, kind, stride, rows, cols)?, stride };
            if !roles.are_good(rows, cols) {
                return Err(LGT_E_LABEL);
            }
            let mut gains = None;
            if !inputs.gains.0.address().is_null() {
                let table = raw.table(inputs.gains.0, inputs.gains.1)?;
                if !pieces::are_weights(table) {
                    return Err(LGT_E_VALUE);
                }
                gains = Some(table);
            }
            let mut lse = None;
            if !inputs.lse.is_null() {
                lse = Some(guard::slice(inputs.lse, rows)?);
            }
            let (_, grad) = raw.x.beside(raw.grad.0, raw.grad.1)?;
            let pull = guard::column(inputs.pull, rows, &[raw.x.span(), grad])?;
            let inputs = Inputs { roles, gains, lse, scale, pull };
            Ok(decoupled_softmax::apply(&losses, &inputs))
        })
    })
}

/// Decoupled softmax loss of each row of scores, with its gradient: each positive competes
/// with the row's negatives, and not with the other positives.
///
/// With `z = x / temperature`, `L = ln sum exp(z)` over the negatives and `P` the number of
/// positives, a row's loss is the sum over its positives of `g ln(1 + exp(L - z)) / P` for
/// gains `g`. A row without positives or without negatives has a loss of 0 and no gradient;
/// in the mean it counts all the same. A positive at -inf has a loss of +inf, and so has
/// each beside a negative at +inf; such negatives share the mass. A NaN makes its row's loss
/// NaN, unless it is left out.
///
/// In shards: let each find `L` of its own negatives, by `lgt_extsum` of its scores with
/// -inf where there is no negative, and merge those. Where a row's positives are, give the
/// merged logarithm as `lse`; `pull` is then what the shares of negatives are multiplied by
/// on other shards, which `lgt_extsum_scale` computes from the merged sum.
///
/// # Shape
/// `x`: scores, rows x cols, row-major, stride in elements, at least cols. `labels`: rows x
/// cols integers of the type `label_type`: 1 is a positive, 0 a negative, -1 or 2 left out.
/// `gains`: rows x cols, at least 0, finite, or NULL for 1; only those of positives count.
/// `lse`: `L` of each row, over all negatives wherever they are, or NULL to compute it.
/// `temperature`: from 1e-30 to 1e30. `pull`: the sum of `g sigmoid(L - z) / P` over each
/// row's positives, or NULL; untouched of rows of weight 0. `weights`, `loss`, `grad`,
/// `total`, `opts`: as `lgt_focal_f32`.
///
/// # In place
/// `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (gains, weights,
/// temperature, grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` for
/// the mean of no rows, which is NaN.
///
/// # Accuracy
/// A row's loss: at most 2e-6 (f64: 1e-14) times the largest of 1, the gains and scores
/// divided by `temperature`. Its gradient as much, divided by `temperature`, besides the
/// rounding to its type. `total` is the exact sum, rounded once: the order of rows does not
/// matter.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// N. Gupta et al., "Dual-Encoders for Extreme Multi-Label Classification" (2024).
///
/// # Example
/// ```c
/// float x[1][4] = {{2, 1, 0, -1}}, grad[1][4];
/// uint8_t y[1][4] = {{1, 0, 1, 0}};
/// double loss;
/// assert(lgt_decoupled_softmax_f32(&x[0][0], 4, y, 4, LGT_U8, NULL, 0, NULL, NULL, 1, &loss, NULL,
///                                  &grad[0][0], 4, NULL, 1, 4, NULL) == LGT_OK);
/// assert(loss > 0.87830 && loss < 0.87831 && grad[0][0] < 0 && grad[0][1] > 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_decoupled_softmax_f32(
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    gains: *const f32,
    gains_stride: usize,
    weights: *const f32,
    lse: *const f64,
    temperature: f64,
    loss: *mut f64,
    pull: *mut f64,
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
    let gains = (Numbers::F32(gains), gains_stride);
    let labels = (labels, labels_stride, label_type);
    // SAFETY: the contract of this function.
    unsafe { apply(raw, RawInputs { labels, gains, lse, temperature, pull }, opts) }
}

/// `double` form of `lgt_decoupled_softmax_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_decoupled_softmax_f64(
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    gains: *const f64,
    gains_stride: usize,
    weights: *const f64,
    lse: *const f64,
    temperature: f64,
    loss: *mut f64,
    pull: *mut f64,
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
    let gains = (Numbers::F64(gains), gains_stride);
    let labels = (labels, labels_stride, label_type);
    // SAFETY: the contract of this function.
    unsafe { apply(raw, RawInputs { labels, gains, lse, temperature, pull }, opts) }
}

/// `lgt_f16` form of `lgt_decoupled_softmax_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_decoupled_softmax_f16(
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    gains: *const lgt_f16,
    gains_stride: usize,
    weights: *const f32,
    lse: *const f64,
    temperature: f64,
    loss: *mut f64,
    pull: *mut f64,
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
    let gains = (Numbers::F16(gains.cast()), gains_stride);
    let labels = (labels, labels_stride, label_type);
    // SAFETY: the contract of this function.
    unsafe { apply(raw, RawInputs { labels, gains, lse, temperature, pull }, opts) }
}

/// `lgt_bf16` form of `lgt_decoupled_softmax_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_decoupled_softmax_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    gains: *const lgt_bf16,
    gains_stride: usize,
    weights: *const f32,
    lse: *const f64,
    temperature: f64,
    loss: *mut f64,
    pull: *mut f64,
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
    let gains = (Numbers::Bf16(gains.cast()), gains_stride);
    let labels = (labels, labels_stride, label_type);
    // SAFETY: the contract of this function.
    unsafe { apply(raw, RawInputs { labels, gains, lse, temperature, pull }, opts) }
}
