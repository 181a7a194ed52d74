//! `lgt_uskd`, and the targets that it makes.

use super::divergence::{factor, labels as labelled, second};
use super::guard::{self, Options};
use super::loss::{LGT_REDUCTION_SUM, RawLosses, understood};
use super::temperatures::Raw;
use super::types::*;
use crate::loss::uskd::{self, Batch};
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Ranks are those among all classes; the label's is left out afterwards.
pub const LGT_ZIPF_ALL: u32 = 0;
/// Ranks are those among the classes other than the label.
pub const LGT_ZIPF_OTHERS: u32 = 1;

/// Options of `lgt_uskd`. Fill with `lgt_uskd_opts_default`, then change what is to be
/// different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_uskd_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// An `LGT_REDUCTION_`; default `LGT_REDUCTION_SUM`.
    pub reduction: u32,
    /// Gradients are multiplied by this. Default 1; finite.
    pub grad_scale: f64,
    /// Weight of the label's part. Default 1; finite, at least 0.
    pub alpha: f64,
    /// Weight of the other classes' part. Default 0.1; finite, at least 0.
    pub beta: f64,
    /// Weight of the weak head's part. Default 0.005; finite, at least 0.
    pub mu: f64,
    /// What the weak head's target has for all classes alike. Default 0.1; from 0 to 1.
    pub smoothing: f64,
    /// An `LGT_ZIPF_`; default `LGT_ZIPF_ALL`.
    pub order: u32,
    /// 1 for the student's part of a score made of logarithms of shares, as it is in the
    /// authors' code; default 0.
    pub compat: u32,
}

// SAFETY: repr(C), 4 + 4 + 5 * 8 + 4 + 4 bytes.
unsafe impl Options for lgt_uskd_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        reduction: LGT_REDUCTION_SUM,
        grad_scale: 1.0,
        alpha: 1.0,
        beta: 0.1,
        mu: 0.005,
        smoothing: 0.1,
        order: LGT_ZIPF_ALL,
        compat: 0,
    };
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_uskd_opts_default(opts: *mut lgt_uskd_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_uskd_opts::DEFAULT };
    }
}

impl lgt_uskd_opts {
    fn read(&self) -> Result<uskd::Opts, Status> {
        let lgt_uskd_opts { alpha, beta, mu, smoothing, .. } = *self;
        [alpha, beta, mu].into_iter().try_for_each(factor)?;
        if !(0.0..=1.0).contains(&smoothing) {
            return Err(LGT_E_VALUE);
        }
        if self.compat > 1 {
            return Err(LGT_E_OPTION);
        }
        let (without_label, of_logs) = (without_label(self.order)?, self.compat == 1);
        Ok(uskd::Opts { alpha, beta, mu, smoothing, without_label, of_logs })
    }
}

fn without_label(order: u32) -> Result<bool, Status> {
    if order > LGT_ZIPF_OTHERS { Err(LGT_E_OPTION) } else { Ok(order == LGT_ZIPF_OTHERS) }
}

/// How many bytes of scratch `lgt_uskd_f32`, `lgt_zipf_targets_f32` and their other forms
/// need. `LGT_E_SIZE` from 2^31 columns on, `LGT_E_NULL`. Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_uskd_scratch(cols: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(uskd::scratch(cols), bytes) }
}

unsafe fn apply(
    raw: RawLosses,
    weak: (Numbers, usize),
    weak_grad: (*mut u8, usize),
    labels: (*const c_void, u32),
    opts: *const lgt_uskd_opts,
    (room, size): (*mut c_void, usize),
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        guard::options(opts).and_then(|given| {
            let opts = given.read()?;
            let losses = raw.check(understood(given.reduction, given.grad_scale)?)?;
            let table = raw.table(weak.0, weak.1)?;
            let weak_grad = second(&raw, weak, weak_grad)?;
            let labels = labelled(labels, raw.x.rows, raw.x.cols)?;
            let spans = [raw.x.span(), Raw { x: weak.0, stride: weak.1, ..raw.x }.span()];
            let room = guard::scratch(room, size, uskd::scratch(raw.x.cols), spans)?;
            Ok(Batch { losses: &losses, weak: table, weak_grad, labels, opts }.apply(room))
        })
    })
}

/// Distillation without a teacher, from soft labels of the student's own making, with its
/// gradients: for a whole batch, since the labels' targets depend on it.
///
/// With `S` the softmax of the student's logits, `W` that of a weak head's and `y` the label,
/// the loss is `alpha L_t + beta L_n + mu L_w`: `L_t = -p_y ln S_y` with
/// `p_y = S_y^2 + 1 - mean S_y^2` over the batch; `L_n = -sum z_i ln S^_i` over the classes
/// other than the label, `S^` their shares among themselves, `z` by Zipf's law: `1 / rank`,
/// made to add up to 1, of the score `W_i / (1 - W_y + 1e-6) + S_i / (1 - S_y + 1e-6)`;
/// `L_w = -sum t_i ln W_i` with `t` the label, smoothed. Targets are constants: nothing is
/// differentiated through `p_y` and `z`. The mean is weighted by the rows' weights. Equal
/// scores are ranked in order of index. With one class there is no `L_n`.
///
/// -inf is a share of 0: where it has a target, the loss is +inf. Entries at +inf share the
/// mass. A NaN in either makes the row NaN, and so does a row of either with nothing above
/// -inf, with `LGT_EMPTY_ROW`; such rows are not in the mean of squares.
///
/// # Shape
/// `x`, `weak`: logits, rows x cols, row-major, strides in elements, at least cols. `labels`:
/// one class a row, 0 to cols - 1, of the integer type `label_type`. `weights`, `loss`,
/// `total`: as `lgt_focal_f32`; the authors' loss is the mean. `grad`, `weak_grad`: rows x
/// cols, or NULL: the gradient of the reduced loss in `x` and in `weak`, times `grad_scale`.
/// `opts`: NULL for the defaults. `scratch`: 8-byte aligned, as many bytes as
/// `lgt_uskd_scratch` says, or more.
///
/// # In place
/// `grad == x` and `weak_grad == weak`, each with equal strides, are allowed; any other
/// overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights, numbers
/// of the options), `LGT_E_OPTION`, `LGT_E_SCRATCH`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`;
/// `LGT_UNDEFINED` for the mean of no rows, which is NaN.
///
/// # Accuracy
/// Where no two scores are so close that rounding changes their order: `L_t`, `L_n` and `L_w`
/// each as `lgt_kl_div_f32` at temperature 1, the gradients at most 1e-6 (f64: 4e-15) times
/// `alpha + beta`, or `mu`, besides the rounding to their type. `total` is the exact
/// sum, rounded once: the order of rows does not matter.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Z. Yang et al., "From Knowledge Distillation to Self-Knowledge Distillation: A Unified
/// Approach with Normalized Loss and Customized Soft Labels" (2023), and their code.
///
/// # Example
/// ```c
/// double s[2][4] = {{2, 0.5, -1, 0}, {0, 1, 0.5, -0.5}};
/// double w[2][4] = {{1, 0, 0.2, -1}, {0.3, 0.4, -0.2, 0.1}}, mean;
/// int32_t y[2] = {0, 1};
/// uint64_t scratch[8];
/// size_t bytes;
/// assert(lgt_uskd_scratch(4, &bytes) == LGT_OK && bytes <= sizeof scratch);
/// lgt_uskd_opts opts;
/// lgt_uskd_opts_default(&opts);
/// opts.reduction = LGT_REDUCTION_MEAN;
/// assert(lgt_uskd_f64(&s[0][0], 4, &w[0][0], 4, y, LGT_I32, NULL, NULL, NULL, 0, NULL, 0, &mean,
///                     2, 4, &opts, scratch, sizeof scratch) == LGT_OK);
/// assert(mean > 0.64895 && mean < 0.64896);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_uskd_f32(
    x: *const f32,
    x_stride: usize,
    weak: *const f32,
    weak_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    loss: *mut f64,
    grad: *mut f32,
    grad_stride: usize,
    weak_grad: *mut f32,
    weak_grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_uskd_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    let weak = (Numbers::F32(weak), weak_stride);
    let (weak_grad, labels) = ((weak_grad.cast(), weak_grad_stride), (labels, label_type));
    // SAFETY: the contract of this function.
    unsafe { apply(raw, weak, weak_grad, labels, opts, (scratch, scratch_size)) }
}

/// `double` form of `lgt_uskd_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_uskd_f64(
    x: *const f64,
    x_stride: usize,
    weak: *const f64,
    weak_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    loss: *mut f64,
    grad: *mut f64,
    grad_stride: usize,
    weak_grad: *mut f64,
    weak_grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_uskd_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F64(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    let weak = (Numbers::F64(weak), weak_stride);
    let (weak_grad, labels) = ((weak_grad.cast(), weak_grad_stride), (labels, label_type));
    // SAFETY: the contract of this function.
    unsafe { apply(raw, weak, weak_grad, labels, opts, (scratch, scratch_size)) }
}

/// `lgt_f16` form of `lgt_uskd_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_uskd_f16(
    x: *const lgt_f16,
    x_stride: usize,
    weak: *const lgt_f16,
    weak_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    loss: *mut f64,
    grad: *mut lgt_f16,
    grad_stride: usize,
    weak_grad: *mut lgt_f16,
    weak_grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_uskd_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    let weak = (Numbers::F16(weak.cast()), weak_stride);
    let (weak_grad, labels) = ((weak_grad.cast(), weak_grad_stride), (labels, label_type));
    // SAFETY: the contract of this function.
    unsafe { apply(raw, weak, weak_grad, labels, opts, (scratch, scratch_size)) }
}

/// `lgt_bf16` form of `lgt_uskd_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_uskd_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    weak: *const lgt_bf16,
    weak_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    loss: *mut f64,
    grad: *mut lgt_bf16,
    grad_stride: usize,
    weak_grad: *mut lgt_bf16,
    weak_grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_uskd_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    let weak = (Numbers::Bf16(weak.cast()), weak_stride);
    let (weak_grad, labels) = ((weak_grad.cast(), weak_grad_stride), (labels, label_type));
    // SAFETY: the contract of this function.
    unsafe { apply(raw, weak, weak_grad, labels, opts, (scratch, scratch_size)) }
}
