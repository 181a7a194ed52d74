//! `lgt_cross_entropy`, of labels and of soft labels.

use super::guard::{self, Options};
use super::loss::{LGT_REDUCTION_SUM, RawLosses, understood};
use super::temperatures::Raw;
use super::types::*;
use crate::loss::cross_entropy::{self, Opts};
use crate::loss::rows::Losses;
use crate::rows::moments_pass::Scales;
use crate::rows::numbers::Numbers;
use crate::rows::pieces;
use crate::rows::view::Column;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Options of `lgt_cross_entropy` and `lgt_cross_entropy_soft`. Fill with
/// `lgt_cross_entropy_opts_default`, then change what is to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_cross_entropy_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// An `LGT_REDUCTION_`; default `LGT_REDUCTION_SUM`.
    pub reduction: u32,
    /// Gradients are multiplied by this, so that small ones are not lost in types of 16
    /// bits. Default 1; finite.
    pub grad_scale: f64,
    /// How much of each label is shared out among all classes. Default 0; from 0 to 1.
    pub label_smoothing: f64,
    /// What the square of the logarithm of a row's sum of exponentials is multiplied by
    /// before it is added to its loss. Default 0; at least 0, finite.
    pub lse_penalty: f64,
    /// Logits are multiplied by this: an inverse temperature. Default 1; from 1e-30 to
    /// 1e30.
    pub scale: f64,
    /// A row with this label is left out. Default -100; any number. Of
    /// `lgt_cross_entropy` only.
    pub ignore_index: i64,
    /// A weight for each class, at least 0, finite; or NULL for 1 each.
    pub class_weights: *const f64,
}

// SAFETY: repr(C), 4 + 4 + 5 * 8 bytes and a pointer; null is valid for it.
unsafe impl Options for lgt_cross_entropy_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        reduction: LGT_REDUCTION_SUM,
        grad_scale: 1.0,
        label_smoothing: 0.0,
        lse_penalty: 0.0,
        scale: 1.0,
        ignore_index: -100,
        class_weights: core::ptr::null(),
    };
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_cross_entropy_opts_default(opts: *mut lgt_cross_entropy_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_cross_entropy_opts::DEFAULT };
    }
}

/// The arguments of either, as C gives them.
#[derive(Clone, Copy)]
struct RawCrossEntropy {
    losses: RawLosses,
    lse: *mut f64,
    opts: *const lgt_cross_entropy_opts,
}

impl RawCrossEntropy {
    /// The same, checked.
    ///
    /// # Safety
    /// Pointers that are not null must be good for what they stand for.
    unsafe fn check<'a>(&self) -> Result<(Losses, Column<f64>, Opts<'a>), Status> {
        // SAFETY: the caller vouches for struct and arrays.
        unsafe {
            let opts = guard::options(self.opts)?;
            let shared = understood(opts.reduction, opts.grad_scale)?;
            let share = (0.0..=1.0).contains(&opts.label_smoothing);
            let penalty = (0.0..=f64::MAX).contains(&opts.lse_penalty);
            if !share || !penalty || !(1e-30..=1e30).contains(&opts.scale) {
                return Err(LGT_E_VALUE);
            }
            let losses = self.losses.check(shared)?;
            let Raw { rows, cols, .. } = self.losses.x;
            let (_, grad) = self.losses.x.beside(self.losses.grad.0, self.losses.grad.1)?;
            let lse = guard::column(self.lse, rows, &[self.losses.x.span(), grad])?;
            let mut class_weights = None;
            if !opts.class_weights.is_null() {
                let of = guard::slice(opts.class_weights, cols)?;
                if !of.iter().all(|weight| (0.0..=f64::MAX).contains(weight)) {
                    return Err(LGT_E_VALUE);
                }
                class_weights = Some(of);
            }
            let opts = Opts {
                own: 1.0 - opts.label_smoothing,
                each: if cols > 0 { opts.label_smoothing / cols as f64 } else { 0.0 },
                penalty: opts.lse_penalty,
                scale: opts.scale,
                scales: Scales::of(opts.scale),
                ignore: opts.ignore_index,
                class_weights,
            };
            Ok((losses, lse, opts))
        }
    }
}

unsafe fn apply(raw: RawCrossEntropy, (labels, label_type): (*const c_void, u32)) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        raw.check().and_then(|(losses, lse, opts)| {
            let Raw { rows, cols, .. } = raw.losses.x;
            let labels = guard::labels(labels, label_type, rows)?;
            let good = |r| labels.get(r) < cols as u64 || labels.is(r, opts.ignore);
            if !(0..rows).all(good) {
                return Err(LGT_E_LABEL);
            }
            Ok(cross_entropy::apply(&losses, Some(labels), lse, &opts))
        })
    })
}

unsafe fn soft(raw: RawCrossEntropy, (targets, stride): (Numbers, usize)) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        raw.check().and_then(|(losses, lse, opts)| {
            let targets = raw.losses.table(targets, stride)?;
            if !pieces::are_weights(targets) {
                return Err(LGT_E_VALUE);
            }
            Ok(cross_entropy::soft(&losses, targets, lse, &opts))
        })
    })
}

/// Cross-entropy of each row of logits with its label, `-ln p` of the label's share `p`,
/// and its gradient.
///
/// With label smoothing `e` the target is `1 - e` of the label and `e / cols` of each
/// class, so that the loss is `-sum_c w_c t_c ln p_c` for targets `t` and class weights
/// `w`. `lse_penalty` adds itself times the square of `lse`. -inf is a share of 0; a class
/// at -inf with a target above 0 makes a loss of +inf. Entries at +inf share the mass. A
/// NaN makes its row NaN, and so does a row with nothing above -inf, with `LGT_EMPTY_ROW`.
///
/// # Shape
/// `x`: logits, rows x cols, row-major, stride in elements, at least cols. `labels`: one
/// class a row, 0 to cols - 1, of the integer type `label_type`, or the `ignore_index`.
/// `weights`: one number a row from 0 to 2^63, or NULL for 1 each. A row that is left out,
/// or of weight 0, has a loss of 0, a gradient of zeros and an `lse` of NaN. `loss`: each
/// row's own loss, without its weight but with its class's, or NULL. `lse`: the natural
/// logarithm of `sum_c exp(scale x[r][c])` a row, or NULL. `grad`: rows x cols, or NULL:
/// the gradient of the reduced loss in `x`, times `grad_scale`. `total`: the reduced loss,
/// or NULL. `opts`: NULL for the defaults. The mean divides by the sum of the weights of
/// rows times those of their labels' classes.
///
/// # In place
/// `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
/// options), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for
/// the mean of no rows, or of weights that are all 0, which is NaN.
///
/// # Accuracy
/// A row's loss, without smoothing and penalty: at most 1e-6 (f64: 1e-14) relative, however
/// small; else relative to the largest of 1, its terms and `scale x`, squared for the
/// penalty. `lse` likewise. A gradient: at most 2e-6 (f64: 2e-14) times its row's weight,
/// besides the rounding to its type; where a class weight, a penalty or `scale` is above 1
/// times as much. `total` is the exact sum, rounded once: the order of rows does not matter.
///
/// One pass over memory without a gradient; with it each row is read once and its gradient
/// written once while the next is read, past the cache where all of them are more than 32
/// MiB. For threads, split the rows: the sum of totals is the total, and `grad_scale` can
/// be one over the number of all rows.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Textbook; label smoothing and class weights as `torch.nn.functional.cross_entropy` has
/// them. The penalty is that of A. Chowdhery et al., "PaLM: Scaling Language Modeling with
/// Pathways" (2022).
///
/// # Example
/// ```c
/// float x[1][2] = {{0, 0}}, grad[1][2];
/// int32_t y[1] = {1};
/// double loss;
/// assert(lgt_cross_entropy_f32(&x[0][0], 2, y, LGT_I32, NULL, &loss, NULL, &grad[0][0], 2,
///                              NULL, 1, 2, NULL) == LGT_OK);
/// assert(loss > 0.69314 && loss < 0.69315 && grad[0][0] == 0.5f && grad[0][1] == -0.5f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_cross_entropy_f32(
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    loss: *mut f64,
    lse: *mut f64,
    grad: *mut f32,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_cross_entropy_opts,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let losses = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(RawCrossEntropy { losses, lse, opts }, (labels, label_type)) }
}

/// `double` form of `lgt_cross_entropy_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_cross_entropy_f64(
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    loss: *mut f64,
    lse: *mut f64,
    grad: *mut f64,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_cross_entropy_opts,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F64(weights), (grad.cast(), grad_stride));
    let losses = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(RawCrossEntropy { losses, lse, opts }, (labels, label_type)) }
}

/// `lgt_f16` form of `lgt_cross_entropy_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_cross_entropy_f16(
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    loss: *mut f64,
    lse: *mut f64,
    grad: *mut lgt_f16,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_cross_entropy_opts,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let losses = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(RawCrossEntropy { losses, lse, opts }, (labels, label_type)) }
}

/// `lgt_bf16` form of `lgt_cross_entropy_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_cross_entropy_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    loss: *mut f64,
    lse: *mut f64,
    grad: *mut lgt_bf16,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_cross_entropy_opts,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let losses = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(RawCrossEntropy { losses, lse, opts }, (labels, label_type)) }
}

/// Cross-entropy of each row of logits with soft labels, `-sum_c w_c t_c ln p_c`, and its
/// gradient.
///
/// Targets are `1 - e` times the soft labels and `e / cols` more for each class, with label
/// smoothing `e`; they need not sum to 1. A target of 0 counts nothing, whatever its logit.
/// All else is as `lgt_cross_entropy_f32` has it.
///
/// # Shape
/// `targets`: soft labels, rows x cols, at least 0, finite. `x`, `weights`, `loss`, `lse`,
/// `grad`, `total`, `opts`: as `lgt_cross_entropy_f32`; `ignore_index` is not looked at. The
/// mean divides by the sum of the weights of rows, as torch's does.
///
/// # In place
/// `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (targets, weights, options),
/// `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for the mean
/// of no rows, which is NaN.
///
/// # Accuracy
/// A row's loss: at most 1e-6 (f64: 1e-14) relative, where there is no penalty. Its gradient:
/// at most 2e-6 (f64: 2e-14) times its row's weight and the sum of its targets, besides the
/// rounding to its type. `total` is the exact sum, rounded once.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Textbook; `torch.nn.functional.cross_entropy` of class probabilities.
///
/// # Example
/// ```c
/// float x[1][2] = {{0, 0}}, t[1][2] = {{0.25f, 0.75f}}, grad[1][2];
/// double loss;
/// assert(lgt_cross_entropy_soft_f32(&x[0][0], 2, &t[0][0], 2, NULL, &loss, NULL, &grad[0][0], 2,
///                                   NULL, 1, 2, NULL) == LGT_OK);
/// assert(loss > 0.69314 && loss < 0.69315 && grad[0][0] == 0.25f && grad[0][1] == -0.25f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_cross_entropy_soft_f32(
    x: *const f32,
    x_stride: usize,
    targets: *const f32,
    target_stride: usize,
    weights: *const f32,
    loss: *mut f64,
    lse: *mut f64,
    grad: *mut f32,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_cross_entropy_opts,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let losses = RawLosses { x, weights, loss, grad, total };
    let targets = (Numbers::F32(targets), target_stride);
    // SAFETY: the contract of this function.
    unsafe { soft(RawCrossEntropy { losses, lse, opts }, targets) }
}

/// `double` form of `lgt_cross_entropy_soft_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_cross_entropy_soft_f64(
    x: *const f64,
    x_stride: usize,
    targets: *const f64,
    target_stride: usize,
    weights: *const f64,
    loss: *mut f64,
    lse: *mut f64,
    grad: *mut f64,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_cross_entropy_opts,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F64(weights), (grad.cast(), grad_stride));
    let losses = RawLosses { x, weights, loss, grad, total };
    let targets = (Numbers::F64(targets), target_stride);
    // SAFETY: the contract of this function.
    unsafe { soft(RawCrossEntropy { losses, lse, opts }, targets) }
}

/// `lgt_f16` form of `lgt_cross_entropy_soft_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_cross_entropy_soft_f16(
    x: *const lgt_f16,
    x_stride: usize,
    targets: *const lgt_f16,
    target_stride: usize,
    weights: *const f32,
    loss: *mut f64,
    lse: *mut f64,
    grad: *mut lgt_f16,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_cross_entropy_opts,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let losses = RawLosses { x, weights, loss, grad, total };
    let targets = (Numbers::F16(targets.cast()), target_stride);
    // SAFETY: the contract of this function.
    unsafe { soft(RawCrossEntropy { losses, lse, opts }, targets) }
}

/// `lgt_bf16` form of `lgt_cross_entropy_soft_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_cross_entropy_soft_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    targets: *const lgt_bf16,
    target_stride: usize,
    weights: *const f32,
    loss: *mut f64,
    lse: *mut f64,
    grad: *mut lgt_bf16,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_cross_entropy_opts,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let losses = RawLosses { x, weights, loss, grad, total };
    let targets = (Numbers::Bf16(targets.cast()), target_stride);
    // SAFETY: the contract of this function.
    unsafe { soft(RawCrossEntropy { losses, lse, opts }, targets) }
}
