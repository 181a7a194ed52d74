//! `lgt_tau_cross_entropy`: cross-entropy at a temperature that is to be learnt.

use super::guard;
use super::temperatures::{Raw, temperatures};
use super::types::*;
use crate::calibration::tau_cross_entropy::{self, Outputs};
use crate::calibration::temperatures::Temperatures;
use crate::rows::moments::Table;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// The arguments of losses with temperatures, as C gives them.
pub(super) struct Losses {
    pub x: Raw,
    pub taus: (*const f64, usize),
    pub rho: f64,
    pub loss: *mut f64,
    pub dx: (*mut u8, usize),
    pub dtau: *mut f64,
}

impl Losses {
    /// The same, checked.
    ///
    /// # Safety
    /// Pointers that are not null must be good for what they stand for.
    pub unsafe fn check<'a>(&self) -> Result<(Table, Temperatures<'a>, Outputs), Status> {
        if !self.rho.is_finite() {
            return Err(LGT_E_VALUE);
        }
        // SAFETY: the caller vouches for the arrays.
        unsafe {
            let x = self.x.check()?;
            let taus = temperatures(self.taus, x.rows)?;
            let (dx, span) = self.x.beside(self.dx.0, self.dx.1)?;
            let arrays = [self.x.span(), span];
            let loss = guard::column(self.loss, x.rows, &arrays)?;
            let dtau = guard::column(self.dtau, x.rows, &arrays)?;
            Ok((x, taus, Outputs { loss, dx, dtau }))
        }
    }
}

unsafe fn apply(losses: Losses, labels: *const c_void, label_type: u32) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        losses.check().and_then(|(x, taus, to)| {
            let labels = guard::labels(labels, label_type, x.rows)?;
            if labels.first_bad(x.rows, x.cols).is_some() {
                return Err(LGT_E_LABEL);
            }
            Ok(tau_cross_entropy::apply(x, labels, &taus, losses.rho, &to))
        })
    })
}

/// The loss by which a temperature is learnt along with the logits: for each row
/// `tau ln sum exp(x / tau) - x_y + (rho - ln n) tau`, with its derivatives in `x` and in
/// `tau`.
///
/// It is the value of robust optimisation over distributions whose divergence from
/// uniform is at most `rho`; the part of it that is subtracted there, `tau_min rho`, is a
/// constant and is left out. `dx = softmax(x / tau) - y`, without a factor `1 / tau`, and
/// `dtau = rho - KL(softmax(x / tau) || uniform)`, which is 0 at the temperature of
/// `lgt_dro_temperature`. The loss is convex in `tau`. It may be negative.
///
/// `n` counts the entries above -inf: an entry at -inf is masked, and the row is as if it
/// were not there. A label that is masked has a loss of +inf; its `dx` is -1. With
/// entries at +inf, which share the mass, the loss is +inf unless the label is one of
/// them. A NaN makes its row NaN, and so does a row with nothing above -inf, with
/// `LGT_EMPTY_ROW`.
///
/// # Shape
/// `x`: logits, rows x cols, row-major, stride in elements, at least cols. `labels`: one
/// class a row, 0 to cols - 1, of the integer type `label_type`. `taus`: `tau_count`
/// numbers from 1e-6 to 1e6, one for all rows or one a row; or NULL for 1. `rho`: any
/// finite number. `loss`, `dtau`: one number a row, or NULL. `dx`: rows x cols, or NULL.
///
/// # In place
/// `dx == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_SHAPE`
/// (`tau_count`), `LGT_E_VALUE` (taus, rho), `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`.
///
/// # Accuracy
/// The loss: at most 1e-6 (f64: 4e-15) times the larger of 1 and `ln n`, times `tau`,
/// besides the rounding of `max x - x_y` in double. `dtau` as much, without `tau`. `dx`: at
/// most 1e-6 (f64: 4e-15), besides the rounding to its type.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Z.-H. Qiu et al., "To Cool or not to Cool? Temperature Network Meets Large Foundation
/// Models via DRO" (2024), the robust loss with a temperature a sample.
///
/// # Example
/// ```c
/// float x[1][4] = {{2, 1, 0, -1}};
/// int32_t y[1] = {1};
/// double loss, dtau;
/// assert(lgt_tau_cross_entropy_f32(&x[0][0], 4, y, LGT_I32, NULL, 0, 0.5, &loss, NULL, 0, &dtau,
///                                  1, 4) == LGT_OK);
/// assert(loss > 0.5538 && loss < 0.5540 && dtau > 0.0612 && dtau < 0.0613);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_tau_cross_entropy_f32(
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
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
    unsafe { apply(losses, labels, label_type) }
}

/// `double` form of `lgt_tau_cross_entropy_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_tau_cross_entropy_f64(
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
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
    unsafe { apply(losses, labels, label_type) }
}

/// `lgt_f16` form of `lgt_tau_cross_entropy_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_tau_cross_entropy_f16(
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
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
    unsafe { apply(losses, labels, label_type) }
}

/// `lgt_bf16` form of `lgt_tau_cross_entropy_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_tau_cross_entropy_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
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
    unsafe { apply(losses, labels, label_type) }
}
