//! `lgt_contrastive_dro`: the robust contrastive loss of anchors.

use super::guard;
use super::tau_cross_entropy::Losses;
use super::temperatures::Raw;
use super::types::*;
use crate::calibration::contrastive_dro;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};

unsafe fn apply(losses: Losses) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        losses.check().and_then(|(x, taus, to)| {
            if x.rows > x.cols {
                return Err(LGT_E_SHAPE);
            }
            Ok(contrastive_dro::apply(x, &taus, losses.rho, &to))
        })
    })
}

/// The robust contrastive loss of anchors, each with its partner on the diagonal:
/// `tau ln mean exp(h / tau) + tau rho`, where `h_j = s_ij - s_ii` for the columns
/// `j != i`, with its derivatives in the similarities and in `tau`.
///
/// `dx_ij = p_j`, the softmax of `h / tau` over the others, and `dx_ii = -1`;
/// `dtau = rho - KL(p || uniform)`. An entry at -inf is masked, as if it were not there: of
/// the mean too. A NaN makes its row NaN, and so does a row with nothing else above
/// -inf, with `LGT_EMPTY_ROW`. If others are at +inf, which then share `p`, the loss is +inf.
///
/// # Shape
/// `x`: similarities, rows x cols, row-major, stride in elements, at least cols; the
/// partner of row `i` is column `i`, so rows is at most cols. `taus`: `tau_count` numbers
/// from 1e-6 to 1e6, one for all rows or one a row; or NULL for 1. `rho`: any finite
/// number. `loss`, `dtau`: one number a row, or NULL. `dx`: rows x cols, or NULL.
///
/// # In place
/// `dx == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_SHAPE` (`tau_count`, or more rows
/// than columns), `LGT_E_VALUE` (taus, rho), `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`.
///
/// # Accuracy
/// As `lgt_tau_cross_entropy_f32`.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_tau_cross_entropy_f32`; the form for anchors is that of its contrastive
/// experiments.
///
/// # Example
/// ```c
/// float s[2][2] = {{0.5f, 0.25f}, {0, 0.5f}};
/// double loss[2], tau = 1;
/// assert(lgt_contrastive_dro_f32(&s[0][0], 2, &tau, 1, 0, loss, NULL, 0, NULL, 2, 2) == LGT_OK);
/// assert(loss[0] == -0.25 && loss[1] == -0.5);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_contrastive_dro_f32(
    x: *const f32,
    x_stride: usize,
    taus: *const f64,
    tau_count: usize,
    rho: f64,
    loss: *mut f64,
    dx: *mut f32,
    dx_stride: usize,
    dtau: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let (taus, dx) = ((taus, tau_count), (dx.cast(), dx_stride));
    let losses = Losses { x, taus, rho, loss, dx, dtau };
    // SAFETY: the contract of this function.
    unsafe { apply(losses) }
}

/// `double` form of `lgt_contrastive_dro_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_contrastive_dro_f64(
    x: *const f64,
    x_stride: usize,
    taus: *const f64,
    tau_count: usize,
    rho: f64,
    loss: *mut f64,
    dx: *mut f64,
    dx_stride: usize,
    dtau: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let (taus, dx) = ((taus, tau_count), (dx.cast(), dx_stride));
    let losses = Losses { x, taus, rho, loss, dx, dtau };
    // SAFETY: the contract of this function.
    unsafe { apply(losses) }
}

/// `lgt_f16` form of `lgt_contrastive_dro_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_contrastive_dro_f16(
    x: *const lgt_f16,
    x_stride: usize,
    taus: *const f64,
    tau_count: usize,
    rho: f64,
    loss: *mut f64,
    dx: *mut lgt_f16,
    dx_stride: usize,
    dtau: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let (taus, dx) = ((taus, tau_count), (dx.cast(), dx_stride));
    let losses = Losses { x, taus, rho, loss, dx, dtau };
    // SAFETY: the contract of this function.
    unsafe { apply(losses) }
}

/// `lgt_bf16` form of `lgt_contrastive_dro_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_contrastive_dro_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    taus: *const f64,
    tau_count: usize,
    rho: f64,
    loss: *mut f64,
    dx: *mut lgt_bf16,
    dx_stride: usize,
    dtau: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let (taus, dx) = ((taus, tau_count), (dx.cast(), dx_stride));
    let losses = Losses { x, taus, rho, loss, dx, dtau };
    // SAFETY: the contract of this function.
    unsafe { apply(losses) }
}
