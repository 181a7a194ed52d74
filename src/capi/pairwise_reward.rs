//! `lgt_pairwise_reward`.

use super::guard;
use super::loss::{RawLosses, lgt_loss_opts};
use super::temperatures::Raw;
use super::types::*;
use crate::loss::preference::{Form, Pairs};
use crate::rows::numbers::Numbers;
use crate::status::Status;

unsafe fn apply(
    raw: RawLosses,
    rejected: Numbers,
    margin: Numbers,
    opts: *const lgt_loss_opts,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_loss_opts::read(opts).and_then(|opts| {
            let losses = raw.check(opts)?;
            raw.table(rejected, 1)?;
            let margin = (!margin.address().is_null()).then_some(margin);
            if let Some(margin) = margin {
                raw.table(margin, 1)?;
            }
            let form = Form::Sigmoid { smoothing: 0.0 };
            let reference = [margin, None];
            let pairs = Pairs { losses: &losses, rejected, reference, gamma: 1.0, beta: 1.0, form };
            Ok(pairs.apply())
        })
    })
}

/// The loss of each pair of rewards, of which one should be larger, with its derivative:
/// `-ln sigmoid(chosen - rejected - margin)`, the likelihood of the choice as Bradley and
/// Terry have it.
///
/// A NaN, and the difference of two infinities, makes its pair NaN.
///
/// # Shape
/// `chosen`, `rejected`: rewards, one a pair. `margin`: by how much the one should be larger,
/// likewise, or NULL for 0. `weights`, `loss`, `total`: as `lgt_dpo_f32`. `grad`: one number a
/// pair, or NULL: the derivative of the reduced loss in `chosen`, times `grad_scale`; that in
/// `rejected` and that in `margin` are `-grad`. `opts`: NULL for the defaults.
///
/// # In place
/// `grad == chosen` is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_VALUE` (weights, grad_scale), `LGT_E_OPTION`,
/// `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` for the mean of no pairs, which is NaN.
///
/// # Accuracy
/// As `lgt_dpo_f32`.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// R. A. Bradley and M. E. Terry, "Rank Analysis of Incomplete Block Designs" (1952); with a
/// margin H. Touvron et al., "Llama 2" (2023).
///
/// # Example
/// ```c
/// float chosen[1] = {2}, rejected[1] = {2}, grad[1];
/// double loss;
/// assert(lgt_pairwise_reward_f32(chosen, rejected, NULL, NULL, &loss, grad, NULL, 1, NULL) ==
///        LGT_OK);
/// assert(loss > 0.69314 && loss < 0.69315 && grad[0] == -0.5f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_pairwise_reward_f32(
    chosen: *const f32,
    rejected: *const f32,
    margin: *const f32,
    weights: *const f32,
    loss: *mut f64,
    grad: *mut f32,
    total: *mut f64,
    rows: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::F32(chosen), stride: 1, rows, cols: 1 };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), 1));
    let raw = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, Numbers::F32(rejected), Numbers::F32(margin), opts) }
}

/// `double` form of `lgt_pairwise_reward_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_pairwise_reward_f64(
    chosen: *const f64,
    rejected: *const f64,
    margin: *const f64,
    weights: *const f64,
    loss: *mut f64,
    grad: *mut f64,
    total: *mut f64,
    rows: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::F64(chosen), stride: 1, rows, cols: 1 };
    let (weights, grad) = (Numbers::F64(weights), (grad.cast(), 1));
    let raw = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, Numbers::F64(rejected), Numbers::F64(margin), opts) }
}

/// `lgt_f16` form of `lgt_pairwise_reward_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_pairwise_reward_f16(
    chosen: *const lgt_f16,
    rejected: *const lgt_f16,
    margin: *const lgt_f16,
    weights: *const f32,
    loss: *mut f64,
    grad: *mut lgt_f16,
    total: *mut f64,
    rows: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::F16(chosen.cast()), stride: 1, rows, cols: 1 };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), 1));
    let raw = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, Numbers::F16(rejected.cast()), Numbers::F16(margin.cast()), opts) }
}

/// `lgt_bf16` form of `lgt_pairwise_reward_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_pairwise_reward_bf16(
    chosen: *const lgt_bf16,
    rejected: *const lgt_bf16,
    margin: *const lgt_bf16,
    weights: *const f32,
    loss: *mut f64,
    grad: *mut lgt_bf16,
    total: *mut f64,
    rows: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::Bf16(chosen.cast()), stride: 1, rows, cols: 1 };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), 1));
    let raw = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, Numbers::Bf16(rejected.cast()), Numbers::Bf16(margin.cast()), opts) }
}
