//! `lgt_temperature`: one number that divides all logits.

use super::guard::{self, Options};
use super::inputs::RawLabelled;
use super::softmax::pair;
use super::types::*;
use crate::calibration::temperature::{self, Opts, TemperatureSearch};
use crate::model::Model;
use crate::simd::{Bf16, Elem, F16};
use crate::softmax::{row, softmax};
use crate::state::{Head, Kind};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Options of `lgt_temperature_fit`. Fill with `lgt_temperature_opts_default`,
/// then change what is to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_temperature_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// Passes over the data at most, at least 1; default 50.
    pub max_iter: u32,
    /// Done when 1 / T is estimated to be off by no more than this share; from 0
    /// to 1, default 1e-8.
    pub tol: f64,
    /// The least temperature, from 1e-6 to 1; default 0.01.
    pub t_min: f64,
    /// The largest temperature, from 1 to 1e6; default 100.
    pub t_max: f64,
    /// The temperature to start from, from `t_min` to `t_max`; default 0: the
    /// best for a sample of the rows where there are many, else 1. Only from the
    /// same start does a fit on shards give the bits of the fit on the whole.
    pub start: f64,
}

// SAFETY: repr(C), 4 + 4 + 4 * 8 bytes, plain numbers.
unsafe impl Options for lgt_temperature_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        max_iter: 50,
        tol: 1e-8,
        t_min: 0.01,
        t_max: 100.0,
        start: 0.0,
    };
}

impl lgt_temperature_opts {
    /// The options at `opts`, understood.
    ///
    /// # Safety
    /// As [`guard::options`].
    pub(super) unsafe fn read(opts: *const Self) -> Result<Opts, Status> {
        // SAFETY: the caller vouches for the struct.
        let Self { max_iter, tol, t_min, t_max, start, .. } = unsafe { guard::options(opts)? };
        let good = max_iter >= 1
            && (0.0..=1.0).contains(&tol)
            && (1e-6..=1.0).contains(&t_min)
            && (1.0..=1e6).contains(&t_max)
            && (start == 0.0 || (t_min..=t_max).contains(&start));
        if good { Ok(Opts { max_iter, tol, t_min, t_max, start }) } else { Err(LGT_E_VALUE) }
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_opts_default(opts: *mut lgt_temperature_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_temperature_opts::DEFAULT };
    }
}

/// A fitted temperature. Plain bytes: store it anywhere.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_temperature_model {
    /// What these bytes are.
    pub head: Head,
    /// How the fit ended, an `lgt_status`.
    pub fit_status: i32,
    /// Passes over the data.
    pub iterations: u32,
    /// Mean negative log-likelihood at temperature 1; NaN if there were no rows.
    pub nll_before: f64,
    /// The same at the temperature found.
    pub nll_after: f64,
    /// The temperature, above 0.
    pub temperature: f64,
}

impl lgt_temperature_model {
    const HEAD: Head = Head::new(Kind::Temperature, 0, size_of::<Self>());

    /// What a search has found so far.
    pub(super) fn of(search: &TemperatureSearch) -> Self {
        Self {
            head: Self::HEAD,
            fit_status: search.status,
            iterations: search.iterations,
            nll_before: search.nll_before,
            nll_after: search.nll_after,
            temperature: search.temperature,
        }
    }
}

/// The status of a search, of any bytes.
pub(super) fn outcome(status: i32) -> Status {
    let all = [LGT_OK, LGT_AT_BOUND, LGT_DEGENERATE];
    all.into_iter().find(|s| *s as i32 == status).unwrap_or(LGT_NOT_CONVERGED)
}

impl Model for lgt_temperature_model {
    const KIND: Kind = Kind::Temperature;

    fn fits(param: u32, parameters: usize) -> bool {
        param == 0 && parameters == 1
    }

    fn good(_: u32, parameters: &[f64]) -> bool {
        parameters.iter().all(|t| (1e-6..=1e6).contains(t))
    }
}

unsafe fn fit<E: Elem>(
    model: *mut lgt_temperature_model,
    data: RawLabelled<E>,
    opts: *const lgt_temperature_opts,
) -> Status {
    if model.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_temperature_opts::read(opts).and_then(|opts| {
            let fit = temperature::fit(data.check()?, &opts)?;
            *model = lgt_temperature_model::of(&fit);
            Ok(outcome(fit.status))
        })
    })
}

unsafe fn apply<E: Elem>(
    model: *const lgt_temperature_model,
    x: (*const E, usize),
    y: (*mut E, usize),
    shape: (usize, usize),
) -> Status {
    if model.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    unsafe {
        let temperature = (*model).temperature;
        if (*model).head != lgt_temperature_model::HEAD || !(1e-6..=1e6).contains(&temperature) {
            return LGT_E_STATE;
        }
        let opts = row::Opts { scale: 1.0 / temperature, ..row::Opts::DEFAULT };
        let io = pair(x, y, core::ptr::null_mut(), shape);
        guard::code(io.and_then(|io| softmax::apply(io, opts)))
    }
}

/// Fits a temperature to held-out logits and labels: the `T` that minimises the
/// mean negative log-likelihood of `softmax(x / T)`.
///
/// Steps of fourth order on `1 / T` inside a bracket, with all derivatives from one
/// pass over the data; it always stops. Of many rows samples come first, chosen by what
/// is in the rows, so that often one pass over all is enough. It is
/// `lgt_temperature_search_init` and what follows it, done for rows that are all here. `fit_status` in the model, and the
/// return value, say how: `LGT_OK`; `LGT_AT_BOUND` (the minimum lies at or beyond
/// `t_min` or `t_max`, as when every row is right); `LGT_DEGENERATE` (no rows, or
/// logits that are all equal: T = 1); `LGT_NOT_CONVERGED` (`max_iter` passes made).
/// The model is written in every case, and its loss is never above that of T = 1.
///
/// # Shape
/// `model`: one struct. `x`: logits, rows x cols, row-major, stride in elements,
/// at least cols. `labels`: one class a row, 0 to cols - 1, of the integer type
/// `label_type`. `weights`: one number a row from 0 to 2^63, or NULL for 1 each.
/// `opts`: NULL for the defaults.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_OPTION`,
/// `LGT_E_VALUE` (weights, options, or a row whose loss is finite at no
/// temperature: a NaN, an entry at +inf, a label at -inf). The model is then as
/// it was. Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`, `LGT_NOT_CONVERGED`.
///
/// # Accuracy
/// T within 1e-6 relative of the exact minimum for f32 logits (f64: 1e-8) where
/// the minimum is not flat; `nll_after` within as much. The same rows give the same bits
/// in any order.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// C. Guo et al., "On Calibration of Modern Neural Networks" (2017), section
/// 4.2.
///
/// # Example
/// ```c
/// float x[4][2] = {{4, 0}, {4, 0}, {4, 0}, {4, 0}};
/// int32_t y[4] = {0, 0, 0, 1};
/// lgt_temperature_model model;
/// assert(lgt_temperature_fit_f32(&model, &x[0][0], 2, y, LGT_I32, NULL, 4, 2, NULL) == LGT_OK);
/// assert(model.temperature > 3.640 && model.temperature < 3.642);
/// assert(model.nll_after < model.nll_before);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_fit_f32(
    model: *mut lgt_temperature_model,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_temperature_opts,
) -> Status {
    let data = RawLabelled { x, stride: x_stride, labels, label_type, weights, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { fit(model, data, opts) }
}

/// `double` form of `lgt_temperature_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_fit_f64(
    model: *mut lgt_temperature_model,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_temperature_opts,
) -> Status {
    let data = RawLabelled { x, stride: x_stride, labels, label_type, weights, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { fit(model, data, opts) }
}

/// `lgt_f16` form of `lgt_temperature_fit_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_fit_f16(
    model: *mut lgt_temperature_model,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_temperature_opts,
) -> Status {
    let data = RawLabelled {
        x: x.cast::<F16>(),
        stride: x_stride,
        labels,
        label_type,
        weights,
        rows,
        cols,
    };
    // SAFETY: the contract of this function.
    unsafe { fit(model, data, opts) }
}

/// `lgt_bf16` form of `lgt_temperature_fit_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_fit_bf16(
    model: *mut lgt_temperature_model,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_temperature_opts,
) -> Status {
    let data = RawLabelled {
        x: x.cast::<Bf16>(),
        stride: x_stride,
        labels,
        label_type,
        weights,
        rows,
        cols,
    };
    // SAFETY: the contract of this function.
    unsafe { fit(model, data, opts) }
}

/// Calibrated probabilities: `softmax(x / T)` with the model's temperature.
///
/// # Shape
/// `model`: a fitted model. `x`: logits, `y`: probabilities, rows x cols,
/// row-major, strides in elements, at least cols.
///
/// # In place
/// As `lgt_softmax_f32`.
///
/// # Errors
/// `LGT_E_STATE` if the bytes at `model` are no temperature model; otherwise as
/// `lgt_softmax_f32`. Advisory: `LGT_EMPTY_ROW`.
///
/// # Accuracy
/// As `lgt_softmax_f32`.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_temperature_fit_f32`.
///
/// # Example
/// ```c
/// float x[1][2] = {{4, 0}}, y[1][2];
/// int32_t label[1] = {0};
/// lgt_temperature_model model;
/// assert(lgt_temperature_fit_f32(&model, &x[0][0], 2, label, LGT_I32, NULL, 1, 2, NULL) == LGT_AT_BOUND);
/// assert(lgt_temperature_apply_f32(&model, &x[0][0], 2, &y[0][0], 2, 1, 2) == LGT_OK);
/// assert(y[0][0] > 0.999f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_apply_f32(
    model: *const lgt_temperature_model,
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), (rows, cols)) }
}

/// `double` form of `lgt_temperature_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_apply_f64(
    model: *const lgt_temperature_model,
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), (rows, cols)) }
}

/// `lgt_f16` form of `lgt_temperature_apply_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_apply_f16(
    model: *const lgt_temperature_model,
    x: *const lgt_f16,
    x_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let (x, y): (*const F16, *mut F16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), (rows, cols)) }
}

/// `lgt_bf16` form of `lgt_temperature_apply_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_apply_bf16(
    model: *const lgt_temperature_model,
    x: *const lgt_bf16,
    x_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let (x, y): (*const Bf16, *mut Bf16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), (rows, cols)) }
}
