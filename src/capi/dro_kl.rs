//! `lgt_dro_kl`: the worst mean of losses within a divergence of uniform.

use super::dro_temperature::bounds;
use super::guard;
use super::temperatures::Raw;
use super::types::*;
use crate::calibration::dro_kl::{self, Outputs};
use crate::rows::numbers::Numbers;
use crate::status::Status;

/// Where the results go, as C gives it.
struct To {
    value: *mut f64,
    tau: *mut f64,
    p: *mut u8,
    p_stride: usize,
}

unsafe fn apply(x: Raw, (rho, tau_min, tau_max): (f64, f64, f64), to: To) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        bounds(rho, tau_min, tau_max).and_then(|bounds| {
            let table = x.check()?;
            let (weights, span) = x.beside(to.p, to.p_stride)?;
            let arrays = [x.span(), span];
            let value = guard::column(to.value, table.rows, &arrays)?;
            let tau = guard::column(to.tau, table.rows, &arrays)?;
            Ok(dro_kl::apply(table, &bounds, &Outputs { value, tau, weights }))
        })
    })
}

/// Robust optimisation over each row of losses: the largest
/// `<p, l> - tau_min KL(p || uniform)` of distributions `p` with
/// `KL(p || uniform) <= rho`, the temperature of its dual, and `p`.
///
/// The dual is the minimum over `tau >= tau_min` of
/// `tau ln mean exp(l / tau) + (tau - tau_min) rho`; `p = softmax(l / tau)` there, and both
/// have the same value. Temperatures are looked for up to `tau_max`: where the divergence
/// is still above `rho` there, `p` is that of `tau_max`, the value that of the dual,
/// and the return value `LGT_AT_BOUND`. That `tau` is `tau_min` only says that the bound on
/// the divergence is not met.
///
/// An entry at -inf is masked: the row is as if it were not there, and uniform is over
/// the others. Entries at +inf share the mass, and the value is +inf. A row with a NaN, or
/// with nothing above -inf (`LGT_EMPTY_ROW`), has NaN.
///
/// # Shape
/// `x`: losses, rows x cols, row-major, stride in elements, at least cols. `rho`: at
/// least 0. `tau_min`, `tau_max`: from 1e-6 to 1e6. `value`, `tau`: one number a row, or
/// NULL. `p`: rows x cols, or NULL.
///
/// # In place
/// `p == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (rho, temperatures),
/// `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`, `LGT_AT_BOUND`.
///
/// # Accuracy
/// The value: at most 2e-6 (f64: 1e-14) times the larger of 1 and `ln n`, times `tau`,
/// besides the rounding of the largest loss in double. `tau` as `lgt_dro_temperature_f32`.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_tau_cross_entropy_f32`; the dual is that of every text on robust optimisation
/// by Kullback and Leibler's divergence.
///
/// # Example
/// ```c
/// float l[1][4] = {{0.1f, 0.5f, 2, 0.3f}}, p[1][4];
/// double value, tau;
/// assert(lgt_dro_kl_f32(&l[0][0], 4, 0.3, 0.05, 10, &value, &tau, &p[0][0], 4, 1, 4) == LGT_OK);
/// assert(value > 1.3386 && value < 1.3387 && p[0][2] > 0.614f && p[0][2] < 0.615f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dro_kl_f32(
    x: *const f32,
    x_stride: usize,
    rho: f64,
    tau_min: f64,
    tau_max: f64,
    value: *mut f64,
    tau: *mut f64,
    p: *mut f32,
    p_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let to = To { value, tau, p: p.cast(), p_stride };
    // SAFETY: the contract of this function.
    unsafe { apply(x, (rho, tau_min, tau_max), to) }
}

/// `double` form of `lgt_dro_kl_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dro_kl_f64(
    x: *const f64,
    x_stride: usize,
    rho: f64,
    tau_min: f64,
    tau_max: f64,
    value: *mut f64,
    tau: *mut f64,
    p: *mut f64,
    p_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let to = To { value, tau, p: p.cast(), p_stride };
    // SAFETY: the contract of this function.
    unsafe { apply(x, (rho, tau_min, tau_max), to) }
}

/// `lgt_f16` form of `lgt_dro_kl_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dro_kl_f16(
    x: *const lgt_f16,
    x_stride: usize,
    rho: f64,
    tau_min: f64,
    tau_max: f64,
    value: *mut f64,
    tau: *mut f64,
    p: *mut lgt_f16,
    p_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let to = To { value, tau, p: p.cast(), p_stride };
    // SAFETY: the contract of this function.
    unsafe { apply(x, (rho, tau_min, tau_max), to) }
}

/// `lgt_bf16` form of `lgt_dro_kl_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dro_kl_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    rho: f64,
    tau_min: f64,
    tau_max: f64,
    value: *mut f64,
    tau: *mut f64,
    p: *mut lgt_bf16,
    p_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let to = To { value, tau, p: p.cast(), p_stride };
    // SAFETY: the contract of this function.
    unsafe { apply(x, (rho, tau_min, tau_max), to) }
}
