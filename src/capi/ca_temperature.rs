//! `lgt_ca_temperature`: the temperature of least correctness-aware loss.

use super::ca_loss::balanced;
use super::guard::{self, Options};
use super::inputs::RawPoints;
use super::temperature::lgt_temperature_model;
use super::temperatures::RawLabelled;
use super::types::*;
use crate::calibration::ca_temperature::{self, MOST_POINTS, Opts};
use crate::model::Model;
use crate::rows::numbers::Numbers;
use crate::state::Head;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Options of `lgt_ca_temperature_fit`. Fill with `lgt_ca_temperature_opts_default`, then
/// change what is to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_ca_temperature_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// 0, the default, or `LGT_CA_LOSS_UNIFORM`.
    pub flags: u32,
    /// Points of the grid in `ln T`, ends included, from 2 to 256; default 65. (1 is
    /// looked at besides.)
    pub grid: u32,
    /// Passes over the data at most, after those of the grid, at least 1; default 100.
    pub max_iter: u32,
    /// Done when a step would change `ln T` by no more than this; from 0 to 1,
    /// default 1e-9.
    pub tol: f64,
    /// The least temperature, from 1e-6 to 1; default 0.1.
    pub t_min: f64,
    /// The largest temperature, from 1 to 1e6; default 10.
    pub t_max: f64,
}

// SAFETY: repr(C), 4 * 4 + 3 * 8 bytes, plain numbers.
unsafe impl Options for lgt_ca_temperature_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        flags: 0,
        grid: 65,
        max_iter: 100,
        tol: 1e-9,
        t_min: 0.1,
        t_max: 10.0,
    };
}

impl lgt_ca_temperature_opts {
    unsafe fn read(opts: *const Self) -> Result<Opts, Status> {
        // SAFETY: the caller vouches for the struct.
        let Self { flags, grid, max_iter, tol, t_min, t_max, .. } =
            unsafe { guard::options(opts)? };
        let balanced = balanced(flags)?;
        let good = (2..=MOST_POINTS as u32).contains(&grid)
            && max_iter >= 1
            && (0.0..=1.0).contains(&tol)
            && (1e-6..=1.0).contains(&t_min)
            && (1.0..=1e6).contains(&t_max);
        if good {
            Ok(Opts { balanced, t_min, t_max, grid, max_iter, tol })
        } else {
            Err(LGT_E_VALUE)
        }
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_temperature_opts_default(opts: *mut lgt_ca_temperature_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_ca_temperature_opts::DEFAULT };
    }
}

unsafe fn fit(
    model: *mut lgt_temperature_model,
    data: RawLabelled,
    opts: *const lgt_ca_temperature_opts,
) -> Status {
    if model.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_ca_temperature_opts::read(opts).and_then(|opts| {
            let found = ca_temperature::fit(data.check()?, &opts)?;
            let size = size_of::<lgt_temperature_model>();
            *model = lgt_temperature_model {
                head: Head::new(lgt_temperature_model::KIND, 0, size),
                fit_status: found.fitted.status as i32,
                iterations: found.fitted.iterations,
                nll_before: found.fitted.nll_before,
                nll_after: found.fitted.nll_after,
                temperature: found.temperature,
            };
            Ok(found.fitted.status)
        })
    })
}

/// Fits a temperature to held-out logits and labels: the `T` of least correctness-aware
/// loss (see `lgt_ca_loss_update_f32`), balanced or uniform. It is a model of
/// `lgt_temperature`, and applied by that.
///
/// The loss may have several minima. It is looked at on a grid in `ln T` and at 1, 32
/// temperatures a pass, and between the neighbours of the best point the root of the
/// slope is found. `nll_before` and `nll_after` of the model are the correctness-aware
/// loss, which is what was minimised, at 1 and at the temperature found; the latter is
/// never above the former.
///
/// `fit_status` in the model, and the return value, say how it ended: `LGT_OK`;
/// `LGT_AT_BOUND` (the least loss is that of `t_min` or `t_max`, as where every row is
/// right, or every one wrong; T = 1 where its loss is as low); `LGT_DEGENERATE` (no rows, or
/// a loss that is the same at every point of the grid: T = 1); `LGT_NOT_CONVERGED`
/// (`max_iter` passes made). The model is written in every case. Over shards, have a state
/// of `lgt_ca_loss` for each temperature of the grid.
///
/// # Shape
/// `model`: one struct. `x`: logits, rows x cols, row-major, stride in elements,
/// at least cols. `labels`: one class a row, 0 to cols - 1, of the integer type
/// `label_type`. `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight
/// of 0, or below 2^-160, leaves its row out. `opts`: NULL for the defaults.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_OPTION`,
/// `LGT_E_VALUE` (weights, options, or a row with a NaN or with nothing above -inf). The
/// model is then as it was. Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`,
/// `LGT_NOT_CONVERGED`.
///
/// # Accuracy
/// T within 1e-5 relative of a minimum for f32 logits (f64: 1e-8) where that is not flat.
/// The same rows give the same bits in any order.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_ca_loss_update_f32`.
///
/// # Example
/// ```c
/// float x[2][2] = {{2, 0}, {1, 0}};
/// int32_t y[2] = {0, 1};
/// lgt_temperature_model model;
/// assert(lgt_ca_temperature_fit_f32(&model, &x[0][0], 2, y, LGT_I32, NULL, 2, 2, NULL) == LGT_OK);
/// assert(model.temperature > 2 && model.temperature < 4);
/// assert(model.nll_after <= model.nll_before);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_temperature_fit_f32(
    model: *mut lgt_temperature_model,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_ca_temperature_opts,
) -> Status {
    let (numbers, weights) = (Numbers::F32(x), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let data = RawLabelled { points, stride: x_stride, cols };
    // SAFETY: the contract of this function.
    unsafe { fit(model, data, opts) }
}

/// `double` form of `lgt_ca_temperature_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_temperature_fit_f64(
    model: *mut lgt_temperature_model,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_ca_temperature_opts,
) -> Status {
    let (numbers, weights) = (Numbers::F64(x), Numbers::F64(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let data = RawLabelled { points, stride: x_stride, cols };
    // SAFETY: the contract of this function.
    unsafe { fit(model, data, opts) }
}

/// `lgt_f16` form of `lgt_ca_temperature_fit_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_temperature_fit_f16(
    model: *mut lgt_temperature_model,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_ca_temperature_opts,
) -> Status {
    let (numbers, weights) = (Numbers::F16(x.cast()), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let data = RawLabelled { points, stride: x_stride, cols };
    // SAFETY: the contract of this function.
    unsafe { fit(model, data, opts) }
}

/// `lgt_bf16` form of `lgt_ca_temperature_fit_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ca_temperature_fit_bf16(
    model: *mut lgt_temperature_model,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_ca_temperature_opts,
) -> Status {
    let (numbers, weights) = (Numbers::Bf16(x.cast()), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let data = RawLabelled { points, stride: x_stride, cols };
    // SAFETY: the contract of this function.
    unsafe { fit(model, data, opts) }
}
