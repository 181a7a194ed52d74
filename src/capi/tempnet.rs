//! `lgt_tempnet`: the head of a temperature network.

use super::guard;
use super::types::*;
use crate::calibration::temperatures::RANGE;
use crate::calibration::tempnet::{self, Net, count};
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Sizes and bounds, as C gives them.
#[derive(Clone, Copy)]
struct Raw {
    parameters: *const f64,
    inputs: usize,
    hidden: usize,
    outputs: usize,
    tau_min: f64,
    tau_max: f64,
}

/// Writes how many bytes of scratch `lgt_tempnet` takes: 8 for each hidden unit and
/// each output.
///
/// # Shape
/// `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_tempnet_scratch(
    hidden: usize,
    outputs: usize,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(hidden.checked_add(outputs), bytes) }
}

unsafe fn apply(
    raw: Raw,
    (x, stride): (Numbers, usize),
    tau: *mut f64,
    (scratch, size): (*mut c_void, usize),
    rows: usize,
) -> Status {
    let Raw { parameters, inputs, hidden, outputs, tau_min, tau_max } = raw;
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        count(inputs, hidden, outputs).ok_or(LGT_E_SIZE).and_then(|count| {
            let range = RANGE.contains(&tau_min) && RANGE.contains(&tau_max);
            if !(range && tau_min <= tau_max && outputs > 0) {
                return Err(LGT_E_VALUE);
            }
            let span = guard::numbers(x, stride, rows, inputs)?;
            let parameters = guard::slice(parameters, count)?;
            guard::not_null(tau, rows)?;
            guard::column(tau, rows, &[span])?;
            let others = [
                span,
                (parameters.as_ptr().cast(), count * size_of::<f64>()),
                guard::span::<f64>(tau, 1, rows, 1),
            ];
            let room = guard::scratch(scratch, size, hidden.checked_add(outputs), others)?;
            let room = core::slice::from_raw_parts_mut(room.as_mut_ptr().cast::<f64>(), room.len());
            let net = Net { parameters, inputs, hidden, outputs, tau_min, tau_max };
            tempnet::apply(&net, (x, stride, rows), room, tau);
            Ok(LGT_OK)
        })
    })
}

/// A temperature for each row, by TempNet's head: `h = sigmoid(W1 x / |x| + b1)`,
/// `v = W2 h + b2`, `w = softmax(v / e^s)`, and
/// `tau = tau_min + (tau_max - tau_min) sigmoid(sum_j a_j (w_j - 1 / m) v_j + c)`, where
/// `m` is the number of outputs.
///
/// It is small, and computed in double. A row that is 0 is taken as it is: a length below
/// 1e-12 counts as that. A NaN makes its row's temperature NaN.
///
/// # Shape
/// `x`: rows x inputs, row-major, stride in elements, at least inputs. `parameters`:
/// hidden (inputs + 1) + outputs (hidden + 2) + 2 numbers: `W1` (hidden x inputs, row by
/// row), `b1` (hidden), `W2` (outputs x hidden, row by row), `b2` (outputs), `s`, `a`
/// (outputs), `c`. `tau`: one number a row. `scratch`: `scratch_size` bytes, 8-byte
/// aligned, at least what `lgt_tempnet_scratch` says, apart from the other arrays.
/// `outputs`: at least 1. `tau_min`, `tau_max`: from 1e-6 to 1e6.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (no outputs, `tau_min`,
/// `tau_max`), `LGT_E_SCRATCH`, `LGT_E_ALIAS`.
///
/// # Accuracy
/// That of plain sums in double.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_tau_cross_entropy_f32`, section on TempNet; with the authors' code the row is
/// first divided by its length.
///
/// # Example
/// ```c
/// float x[1][2] = {{3, 4}};
/// double p[] = {1, 0, 0, 1, 0, 0, 1, -1, 0.5, 2, 0, 0.1, 0, 1, 1, 0}, tau;
/// uint64_t scratch[4];
/// assert(lgt_tempnet_f32(&x[0][0], 2, p, &tau, 1, 2, 2, 2, 0.01, 2, scratch, sizeof scratch) == LGT_OK);
/// assert(tau > 1.32725 && tau < 1.32726);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_tempnet_f32(
    x: *const f32,
    x_stride: usize,
    parameters: *const f64,
    tau: *mut f64,
    rows: usize,
    inputs: usize,
    hidden: usize,
    outputs: usize,
    tau_min: f64,
    tau_max: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let net = Raw { parameters, inputs, hidden, outputs, tau_min, tau_max };
    let scratch = (scratch, scratch_size);
    // SAFETY: the contract of this function.
    unsafe { apply(net, (Numbers::F32(x), x_stride), tau, scratch, rows) }
}

/// `double` form of `lgt_tempnet_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_tempnet_f64(
    x: *const f64,
    x_stride: usize,
    parameters: *const f64,
    tau: *mut f64,
    rows: usize,
    inputs: usize,
    hidden: usize,
    outputs: usize,
    tau_min: f64,
    tau_max: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let net = Raw { parameters, inputs, hidden, outputs, tau_min, tau_max };
    let scratch = (scratch, scratch_size);
    // SAFETY: the contract of this function.
    unsafe { apply(net, (Numbers::F64(x), x_stride), tau, scratch, rows) }
}

/// `lgt_f16` form of `lgt_tempnet_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_tempnet_f16(
    x: *const lgt_f16,
    x_stride: usize,
    parameters: *const f64,
    tau: *mut f64,
    rows: usize,
    inputs: usize,
    hidden: usize,
    outputs: usize,
    tau_min: f64,
    tau_max: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let net = Raw { parameters, inputs, hidden, outputs, tau_min, tau_max };
    let scratch = (scratch, scratch_size);
    // SAFETY: the contract of this function.
    unsafe { apply(net, (Numbers::F16(x.cast()), x_stride), tau, scratch, rows) }
}

/// `lgt_bf16` form of `lgt_tempnet_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_tempnet_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    parameters: *const f64,
    tau: *mut f64,
    rows: usize,
    inputs: usize,
    hidden: usize,
    outputs: usize,
    tau_min: f64,
    tau_max: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let net = Raw { parameters, inputs, hidden, outputs, tau_min, tau_max };
    let scratch = (scratch, scratch_size);
    // SAFETY: the contract of this function.
    unsafe { apply(net, (Numbers::Bf16(x.cast()), x_stride), tau, scratch, rows) }
}
