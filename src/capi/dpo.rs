//! `lgt_dpo`.

use super::guard::{self, Options};
use super::loss::{LGT_REDUCTION_SUM, RawLosses, understood};
use super::temperatures::Raw;
use super::types::*;
use crate::loss::preference::{Form, Pairs};
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};

/// `-ln sigmoid(beta h)`.
pub const LGT_DPO_SIGMOID: u32 = 0;
/// `1 - beta h` where that is above 0, as SLiC has it.
pub const LGT_DPO_HINGE: u32 = 1;
/// `(h - 1 / (2 beta))^2`, as IPO has it.
pub const LGT_DPO_IPO: u32 = 2;

/// Options of `lgt_dpo`. Fill with `lgt_dpo_opts_default`, then change what is to be
/// different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_dpo_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// An `LGT_REDUCTION_`; default `LGT_REDUCTION_SUM`.
    pub reduction: u32,
    /// Gradients are multiplied by this. Default 1; finite.
    pub grad_scale: f64,
    /// How far the policy may go from the reference: little where it is large. Default 0.1;
    /// finite, above 0.
    pub beta: f64,
    /// How often preferences are taken to be wrong, for `LGT_DPO_SIGMOID` alone. Default 0;
    /// from 0 to 1.
    pub label_smoothing: f64,
    /// What the reference's difference is multiplied by. Default 1; finite.
    pub gamma: f64,
    /// An `LGT_DPO_`; default `LGT_DPO_SIGMOID`.
    pub form: u32,
    /// 0.
    pub reserved: u32,
}

// SAFETY: repr(C), 4 + 4 + 4 * 8 + 4 + 4 bytes.
unsafe impl Options for lgt_dpo_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        reduction: LGT_REDUCTION_SUM,
        grad_scale: 1.0,
        beta: 0.1,
        label_smoothing: 0.0,
        gamma: 1.0,
        form: LGT_DPO_SIGMOID,
        reserved: 0,
    };
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dpo_opts_default(opts: *mut lgt_dpo_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_dpo_opts::DEFAULT };
    }
}

impl lgt_dpo_opts {
    fn form(&self) -> Result<Form, Status> {
        let smoothing = self.label_smoothing;
        let form = match self.form {
            _ if self.reserved != 0 => return Err(LGT_E_OPTION),
            LGT_DPO_SIGMOID => Form::Sigmoid { smoothing },
            LGT_DPO_HINGE => Form::Hinge,
            LGT_DPO_IPO => Form::Ipo,
            _ => return Err(LGT_E_OPTION),
        };
        let beta = self.beta > 0.0 && self.beta.is_finite();
        let smoothed = (0.0..=1.0).contains(&smoothing);
        let plain = matches!(form, Form::Sigmoid { .. }) || smoothing == 0.0;
        if !beta || !smoothed || !self.gamma.is_finite() {
            return Err(LGT_E_VALUE);
        }
        if plain { Ok(form) } else { Err(LGT_E_OPTION) }
    }
}

unsafe fn apply(
    raw: RawLosses,
    rejected: Numbers,
    reference: [Numbers; 2],
    margin: *mut f64,
    opts: *const lgt_dpo_opts,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        guard::options(opts).and_then(|opts| {
            let (form, lgt_dpo_opts { beta, gamma, .. }) = (opts.form()?, opts);
            let losses = raw.check(understood(opts.reduction, opts.grad_scale)?)?;
            raw.table(rejected, 1)?;
            let given = reference.map(|of| (!of.address().is_null()).then_some(of));
            if given[0].is_some() != given[1].is_some() {
                return Err(LGT_E_NULL);
            }
            for of in given.into_iter().flatten() {
                raw.table(of, 1)?;
            }
            let spans = [raw.x.span(), Raw { x: rejected, ..raw.x }.span()];
            let margin = guard::column(margin, raw.x.rows, &spans)?;
            let pairs = Pairs { losses: &losses, rejected, reference: given, gamma, beta, form };
            if margin.is_wanted() {
                pairs.margins(&|r, x| margin.set(r, x));
            }
            Ok(pairs.apply())
        })
    })
}

/// Direct preference optimisation: the loss of each pair of answers of which one was chosen,
/// by how much likelier the policy makes it than the reference did, with its derivative.
///
/// With log-likelihoods of whole answers, `h` is `chosen - rejected` of the policy less
/// `gamma` times that of the reference. The loss is `-ln sigmoid(beta h)`
/// (`LGT_DPO_SIGMOID`), with label smoothing `e`
/// `-(1 - e) ln sigmoid(beta h) - e ln sigmoid(-beta h)`; or `1 - beta h` where that is above
/// 0 (`LGT_DPO_HINGE`); or `(h - 1 / (2 beta))^2` (`LGT_DPO_IPO`). A NaN, and the difference
/// of two infinities, makes its pair NaN.
///
/// # Shape
/// `chosen`, `rejected`: the policy's log-likelihoods, one a pair. `reference_chosen`,
/// `reference_rejected`: likewise, or both NULL for a reference that makes no difference.
/// `weights`: one number a pair from 0 to 2^63, or NULL for 1 each; a pair of weight 0 has a
/// loss and a derivative of 0. `loss`: each pair's own loss, without its weight, or NULL.
/// `grad`: one number a pair, or NULL: the derivative of the reduced loss in `chosen`, times
/// `grad_scale`. That in `rejected` is `-grad`, in `reference_chosen` `-gamma grad`, in
/// `reference_rejected` `gamma grad`. `margin`: `beta h` of each pair, or NULL: how much more
/// the implied reward is of what was chosen. `total`: the reduced loss, or NULL. `opts`: NULL
/// for the defaults.
///
/// # In place
/// `grad == chosen` is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_VALUE` (weights, numbers of the options),
/// `LGT_E_OPTION` (also smoothing with another form than `LGT_DPO_SIGMOID`), `LGT_E_ALIAS`.
/// Advisory: `LGT_UNDEFINED` for the mean of no pairs, which is NaN.
///
/// # Accuracy
/// All is computed in f64, whatever the type. A loss and a derivative: at most 4e-15 relative
/// to what they are of the rounded `beta h`, which is off by at most 4e-16 times the largest
/// term it is made of; a derivative besides that by the rounding to its type. `total` is the
/// exact sum, rounded once: the order of pairs does not matter.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// R. Rafailov et al., "Direct Preference Optimization" (2023); M. G. Azar et al., "A General
/// Theoretical Paradigm to Understand Learning from Human Preferences" (2023) for IPO.
///
/// # Example
/// ```c
/// double chosen[1] = {-10}, rejected[1] = {-12}, first[1] = {-11}, second[1] = {-11.5};
/// double loss, grad[1];
/// assert(lgt_dpo_f64(chosen, rejected, first, second, NULL, &loss, grad, NULL, NULL, 1, NULL) ==
///        LGT_OK);
/// assert(loss > 0.62095 && loss < 0.62096 && grad[0] > -0.04626 && grad[0] < -0.04625);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dpo_f32(
    chosen: *const f32,
    rejected: *const f32,
    reference_chosen: *const f32,
    reference_rejected: *const f32,
    weights: *const f32,
    loss: *mut f64,
    grad: *mut f32,
    margin: *mut f64,
    total: *mut f64,
    rows: usize,
    opts: *const lgt_dpo_opts,
) -> Status {
    let x = Raw { x: Numbers::F32(chosen), stride: 1, rows, cols: 1 };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), 1));
    let raw = RawLosses { x, weights, loss, grad, total };
    let reference = [Numbers::F32(reference_chosen), Numbers::F32(reference_rejected)];
    // SAFETY: the contract of this function.
    unsafe { apply(raw, Numbers::F32(rejected), reference, margin, opts) }
}

/// `double` form of `lgt_dpo_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dpo_f64(
    chosen: *const f64,
    rejected: *const f64,
    reference_chosen: *const f64,
    reference_rejected: *const f64,
    weights: *const f64,
    loss: *mut f64,
    grad: *mut f64,
    margin: *mut f64,
    total: *mut f64,
    rows: usize,
    opts: *const lgt_dpo_opts,
) -> Status {
    let x = Raw { x: Numbers::F64(chosen), stride: 1, rows, cols: 1 };
    let (weights, grad) = (Numbers::F64(weights), (grad.cast(), 1));
    let raw = RawLosses { x, weights, loss, grad, total };
    let reference = [Numbers::F64(reference_chosen), Numbers::F64(reference_rejected)];
    // SAFETY: the contract of this function.
    unsafe { apply(raw, Numbers::F64(rejected), reference, margin, opts) }
}

/// `lgt_f16` form of `lgt_dpo_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dpo_f16(
    chosen: *const lgt_f16,
    rejected: *const lgt_f16,
    reference_chosen: *const lgt_f16,
    reference_rejected: *const lgt_f16,
    weights: *const f32,
    loss: *mut f64,
    grad: *mut lgt_f16,
    margin: *mut f64,
    total: *mut f64,
    rows: usize,
    opts: *const lgt_dpo_opts,
) -> Status {
    let x = Raw { x: Numbers::F16(chosen.cast()), stride: 1, rows, cols: 1 };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), 1));
    let raw = RawLosses { x, weights, loss, grad, total };
    let reference =
        [Numbers::F16(reference_chosen.cast()), Numbers::F16(reference_rejected.cast())];
    // SAFETY: the contract of this function.
    unsafe { apply(raw, Numbers::F16(rejected.cast()), reference, margin, opts) }
}

/// `lgt_bf16` form of `lgt_dpo_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dpo_bf16(
    chosen: *const lgt_bf16,
    rejected: *const lgt_bf16,
    reference_chosen: *const lgt_bf16,
    reference_rejected: *const lgt_bf16,
    weights: *const f32,
    loss: *mut f64,
    grad: *mut lgt_bf16,
    margin: *mut f64,
    total: *mut f64,
    rows: usize,
    opts: *const lgt_dpo_opts,
) -> Status {
    let x = Raw { x: Numbers::Bf16(chosen.cast()), stride: 1, rows, cols: 1 };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), 1));
    let raw = RawLosses { x, weights, loss, grad, total };
    let reference =
        [Numbers::Bf16(reference_chosen.cast()), Numbers::Bf16(reference_rejected.cast())];
    // SAFETY: the contract of this function.
    unsafe { apply(raw, Numbers::Bf16(rejected.cast()), reference, margin, opts) }
}
