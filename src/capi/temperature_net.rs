//! `lgt_temperature_net`: a small network that gives each row a temperature.

use super::guard;
use super::types::*;
use crate::calibration::temperature_net::{self, Gradient, MOST_HIDDEN, Net, count};
use crate::calibration::temperatures::RANGE;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};

/// Sizes and bounds, as C gives them.
#[derive(Clone, Copy)]
struct Raw {
    parameters: *const f64,
    inputs: usize,
    hidden: usize,
    t_min: f64,
    t_max: f64,
}

impl Raw {
    /// # Safety
    /// `parameters` must be readable for as many as there are.
    unsafe fn check<'a>(&self) -> Result<Net<'a>, Status> {
        let Raw { parameters, inputs, hidden, t_min, t_max } = *self;
        if hidden > MOST_HIDDEN {
            return Err(LGT_E_SIZE);
        }
        if !(RANGE.contains(&t_min) && RANGE.contains(&t_max) && t_min <= t_max) {
            return Err(LGT_E_VALUE);
        }
        let count = count(inputs, hidden).ok_or(LGT_E_SIZE)?;
        // SAFETY: the caller vouches for the parameters.
        let parameters = unsafe { guard::slice(parameters, count)? };
        Ok(Net { parameters, inputs, hidden, t_min, t_max })
    }
}

unsafe fn apply(net: Raw, (x, stride): (Numbers, usize), t: *mut f64, rows: usize) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        net.check().and_then(|net| {
            let span = guard::numbers(x, stride, rows, net.inputs)?;
            guard::not_null(t, rows)?;
            guard::column(t, rows, &[span])?;
            temperature_net::apply(&net, x, stride, rows, t);
            Ok(LGT_OK)
        })
    })
}

/// A temperature for each row of features, by a network with one hidden layer:
/// `T = clamp(w2 relu(W1 f + b1) + b2, t_min, t_max)`.
///
/// It is small, and computed in double. A NaN among the features or parameters makes `T`
/// NaN where it is met.
///
/// # Shape
/// `x`: features, rows x inputs, row-major, stride in elements, at least inputs.
/// `parameters`: hidden (inputs + 2) + 1 numbers: `W1` (hidden x inputs, row by row),
/// `b1` (hidden), `w2` (hidden), `b2`. `t`: one number a row. `hidden`: at most 1024.
/// `t_min`, `t_max`: from 1e-6 to 1e6.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (`t_min`, `t_max`),
/// `LGT_E_ALIAS`.
///
/// # Accuracy
/// That of plain sums in double.
///
/// Stack: 8 KiB, for the hidden units.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_ca_loss_update_f32`, whose network has 12 features, 5 hidden units, and bounds
/// of 0.1 and 10.
///
/// # Example
/// ```c
/// float f[1][1] = {{2}};
/// double parameters[4] = {1, 0.5, 2, 0.25}, t; // W1, b1, w2, b2
/// assert(lgt_temperature_net_f32(&f[0][0], 1, parameters, &t, 1, 1, 1, 0.1, 10) == LGT_OK);
/// assert(t == 5.25);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_net_f32(
    x: *const f32,
    x_stride: usize,
    parameters: *const f64,
    t: *mut f64,
    rows: usize,
    inputs: usize,
    hidden: usize,
    t_min: f64,
    t_max: f64,
) -> Status {
    let net = Raw { parameters, inputs, hidden, t_min, t_max };
    // SAFETY: the contract of this function.
    unsafe { apply(net, (Numbers::F32(x), x_stride), t, rows) }
}

/// `double` form of `lgt_temperature_net_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_net_f64(
    x: *const f64,
    x_stride: usize,
    parameters: *const f64,
    t: *mut f64,
    rows: usize,
    inputs: usize,
    hidden: usize,
    t_min: f64,
    t_max: f64,
) -> Status {
    let net = Raw { parameters, inputs, hidden, t_min, t_max };
    // SAFETY: the contract of this function.
    unsafe { apply(net, (Numbers::F64(x), x_stride), t, rows) }
}

/// `lgt_f16` form of `lgt_temperature_net_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_net_f16(
    x: *const lgt_f16,
    x_stride: usize,
    parameters: *const f64,
    t: *mut f64,
    rows: usize,
    inputs: usize,
    hidden: usize,
    t_min: f64,
    t_max: f64,
) -> Status {
    let net = Raw { parameters, inputs, hidden, t_min, t_max };
    // SAFETY: the contract of this function.
    unsafe { apply(net, (Numbers::F16(x.cast()), x_stride), t, rows) }
}

/// `lgt_bf16` form of `lgt_temperature_net_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_net_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    parameters: *const f64,
    t: *mut f64,
    rows: usize,
    inputs: usize,
    hidden: usize,
    t_min: f64,
    t_max: f64,
) -> Status {
    let net = Raw { parameters, inputs, hidden, t_min, t_max };
    // SAFETY: the contract of this function.
    unsafe { apply(net, (Numbers::Bf16(x.cast()), x_stride), t, rows) }
}

/// Where the results of `lgt_temperature_net_grad` go.
struct To {
    dparameters: *mut f64,
    dx: *mut f64,
}

unsafe fn grad(
    raw: Raw,
    (x, stride): (Numbers, usize),
    dt: *const f64,
    to: To,
    rows: usize,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        raw.check().and_then(|net| {
            let span = guard::numbers(x, stride, rows, net.inputs)?;
            let given = guard::slice(dt, rows)?;
            let count = net.parameters.len();
            guard::not_null(to.dparameters, count)?;
            let inner = guard::slice(to.dparameters.cast_const(), count)?.as_ptr();
            let bytes = |n: usize| n * size_of::<f64>();
            let features = if to.dx.is_null() { 0 } else { rows * net.inputs };
            guard::extent_of(size_of::<f64>(), net.inputs, rows, net.inputs)?;
            let outputs =
                [(inner.cast(), bytes(count)), (to.dx.cast_const().cast(), bytes(features))];
            let inputs =
                [span, (given.as_ptr().cast(), bytes(rows)), (raw.parameters.cast(), bytes(count))];
            for output in outputs {
                inputs.into_iter().try_for_each(|input| guard::apart(output, input))?;
            }
            guard::apart(outputs[0], outputs[1])?;
            let parameters = core::slice::from_raw_parts_mut(to.dparameters, count);
            let mut gradient = Gradient { parameters, features: to.dx };
            temperature_net::grad(&net, (x, stride, rows), dt, &mut gradient);
            Ok(LGT_OK)
        })
    })
}

/// The gradient of a loss through `lgt_temperature_net_f32`, from its derivatives in the
/// temperatures (of `lgt_ca_loss_grad`, say): in the parameters, summed over rows, and
/// in the features.
///
/// Where a temperature is clamped its row's gradient is 0; `relu` has none at 0.
///
/// # Shape
/// As `lgt_temperature_net_f32`. `dt`: one number a row. `dparameters`: as many as
/// `parameters`, in their order. `dx`: rows x inputs, without space between rows, or NULL.
/// Both are written over, and apart from all else.
///
/// # Errors
/// As `lgt_temperature_net_f32`.
///
/// # Accuracy
/// That of plain sums in double, row after row.
///
/// Stack: 8 KiB, for the hidden units.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_temperature_net_f32`.
///
/// # Example
/// ```c
/// float f[1][1] = {{2}};
/// double parameters[4] = {1, 0.5, 2, 0.25}, dt = 1, d[4], df;
/// assert(lgt_temperature_net_grad_f32(&f[0][0], 1, parameters, &dt, d, &df, 1, 1, 1, 0.1, 10) == LGT_OK);
/// assert(d[0] == 4 && d[1] == 2 && d[2] == 2.5 && d[3] == 1 && df == 2);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_net_grad_f32(
    x: *const f32,
    x_stride: usize,
    parameters: *const f64,
    dt: *const f64,
    dparameters: *mut f64,
    dx: *mut f64,
    rows: usize,
    inputs: usize,
    hidden: usize,
    t_min: f64,
    t_max: f64,
) -> Status {
    let net = Raw { parameters, inputs, hidden, t_min, t_max };
    // SAFETY: the contract of this function.
    unsafe { grad(net, (Numbers::F32(x), x_stride), dt, To { dparameters, dx }, rows) }
}

/// `double` form of `lgt_temperature_net_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_net_grad_f64(
    x: *const f64,
    x_stride: usize,
    parameters: *const f64,
    dt: *const f64,
    dparameters: *mut f64,
    dx: *mut f64,
    rows: usize,
    inputs: usize,
    hidden: usize,
    t_min: f64,
    t_max: f64,
) -> Status {
    let net = Raw { parameters, inputs, hidden, t_min, t_max };
    // SAFETY: the contract of this function.
    unsafe { grad(net, (Numbers::F64(x), x_stride), dt, To { dparameters, dx }, rows) }
}

/// `lgt_f16` form of `lgt_temperature_net_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_net_grad_f16(
    x: *const lgt_f16,
    x_stride: usize,
    parameters: *const f64,
    dt: *const f64,
    dparameters: *mut f64,
    dx: *mut f64,
    rows: usize,
    inputs: usize,
    hidden: usize,
    t_min: f64,
    t_max: f64,
) -> Status {
    let net = Raw { parameters, inputs, hidden, t_min, t_max };
    // SAFETY: the contract of this function.
    unsafe { grad(net, (Numbers::F16(x.cast()), x_stride), dt, To { dparameters, dx }, rows) }
}

/// `lgt_bf16` form of `lgt_temperature_net_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_net_grad_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    parameters: *const f64,
    dt: *const f64,
    dparameters: *mut f64,
    dx: *mut f64,
    rows: usize,
    inputs: usize,
    hidden: usize,
    t_min: f64,
    t_max: f64,
) -> Status {
    let net = Raw { parameters, inputs, hidden, t_min, t_max };
    // SAFETY: the contract of this function.
    unsafe { grad(net, (Numbers::Bf16(x.cast()), x_stride), dt, To { dparameters, dx }, rows) }
}
