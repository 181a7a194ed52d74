//! `lgt_dro_temperature`: the robust temperature of each row.

use super::guard;
use super::temperatures::Raw;
use super::types::*;
use crate::calibration::dro_temperature::{self, Bounds};
use crate::calibration::temperatures::RANGE;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};

/// A divergence and the range of temperatures, or `E_VALUE`.
pub(super) fn bounds(rho: f64, tau_min: f64, tau_max: f64) -> Result<Bounds, Status> {
    let range = RANGE.contains(&tau_min) && RANGE.contains(&tau_max) && tau_min <= tau_max;
    let good = range && rho >= 0.0 && rho.is_finite();
    if good { Ok(Bounds { rho, tau_min, tau_max }) } else { Err(LGT_E_VALUE) }
}

unsafe fn apply(
    x: Raw,
    (rho, tau_min, tau_max): (f64, f64, f64),
    (tau, kl): (*mut f64, *mut f64),
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        bounds(rho, tau_min, tau_max).and_then(|bounds| {
            let (table, arrays) = (x.check()?, [x.span()]);
            let tau = guard::column(tau, table.rows, &arrays)?;
            let kl = guard::column(kl, table.rows, &arrays)?;
            Ok(dro_temperature::apply(table, &bounds, tau, kl))
        })
    })
}

/// The robust temperature of each row: the `tau` at which
/// `KL(softmax(x / tau) || uniform)` is `rho`, so that every row is as sure as every other.
/// It minimises the loss of `lgt_tau_cross_entropy` over `tau`.
///
/// The divergence falls with `tau`, from `ln(n / ties)`, where `ties` entries are the
/// largest of `n`, to 0. Where it is at most `rho` even at `tau_min`, that is the
/// answer, as of a constant row for any `rho`; where it is still at least `rho` at
/// `tau_max`, that is. Both are `LGT_AT_BOUND`. A row takes about 8 looks at it, 62 at most.
///
/// An entry at -inf is masked: the row is as if it were not there, and uniform is over
/// the others. Entries at +inf share the mass at any temperature. A row with a NaN, or with
/// nothing above -inf (`LGT_EMPTY_ROW`), has NaN.
///
/// # Shape
/// `x`: rows x cols, row-major, stride in elements, at least cols. `rho`: at least 0.
/// `tau_min`, `tau_max`: from 1e-6 to 1e6. `tau`, `kl`: one number a row, or NULL; the
/// temperature, and the divergence there.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (rho, temperatures),
/// `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`, `LGT_AT_BOUND`.
///
/// # Accuracy
/// The divergence at `tau` is within 2e-6 (f64: 1e-14) times the larger of 1 and `ln n`
/// of what is written, and that of `rho`.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_tau_cross_entropy_f32`.
///
/// # Example
/// ```c
/// float x[1][4] = {{2, 1, 0, -1}};
/// double tau, kl;
/// assert(lgt_dro_temperature_f32(&x[0][0], 4, 0.5, 0.01, 100, &tau, &kl, 1, 4) == LGT_OK);
/// assert(tau > 0.9086 && tau < 0.9088 && kl > 0.4999 && kl < 0.5001);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dro_temperature_f32(
    x: *const f32,
    x_stride: usize,
    rho: f64,
    tau_min: f64,
    tau_max: f64,
    tau: *mut f64,
    kl: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { apply(x, (rho, tau_min, tau_max), (tau, kl)) }
}

/// `double` form of `lgt_dro_temperature_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dro_temperature_f64(
    x: *const f64,
    x_stride: usize,
    rho: f64,
    tau_min: f64,
    tau_max: f64,
    tau: *mut f64,
    kl: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { apply(x, (rho, tau_min, tau_max), (tau, kl)) }
}

/// `lgt_f16` form of `lgt_dro_temperature_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dro_temperature_f16(
    x: *const lgt_f16,
    x_stride: usize,
    rho: f64,
    tau_min: f64,
    tau_max: f64,
    tau: *mut f64,
    kl: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { apply(x, (rho, tau_min, tau_max), (tau, kl)) }
}

/// `lgt_bf16` form of `lgt_dro_temperature_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dro_temperature_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    rho: f64,
    tau_min: f64,
    tau_max: f64,
    tau: *mut f64,
    kl: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { apply(x, (rho, tau_min, tau_max), (tau, kl)) }
}
