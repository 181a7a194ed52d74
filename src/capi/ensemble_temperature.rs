//! `lgt_ensemble_temperature`: a mixture of softmaxes and the uniform distribution.

use super::guard;
use super::inputs::{RawLabelled, RawPoints};
use super::softmax::pair;
use super::temperature::{lgt_temperature_opts, outcome};
use super::types::*;
use crate::calibration::ca_loss::Labelled;
use crate::calibration::ensemble_temperature::{self, Ensemble};
use crate::calibration::temperature;
use crate::calibration::temperature_search::TemperatureSearch;
use crate::model::Model;
use crate::rows::moments::{Table, TableMut};
use crate::rows::numbers::Numbers;
use crate::simd::{Bf16, Elem, F16};
use crate::state::{Head, Kind};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// A fitted ensemble. Plain bytes: store it anywhere.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_ensemble_temperature_model {
    /// What these bytes are.
    pub head: Head,
    /// How the fit ended, an `lgt_status`.
    pub fit_status: i32,
    /// Passes over the data for the temperature, and steps to the weights.
    pub iterations: u32,
    /// Mean negative log-likelihood of the softmax as it is; NaN if there were no rows.
    pub nll_before: f64,
    /// The same of the mixture found.
    pub nll_after: f64,
    /// The temperature, above 0.
    pub temperature: f64,
    /// The weight of the softmax at that temperature.
    pub weight_scaled: f64,
    /// The weight of the softmax as it is.
    pub weight_raw: f64,
    /// The weight of the uniform distribution.
    pub weight_uniform: f64,
}

impl lgt_ensemble_temperature_model {
    const HEAD: Head = Head::new(Kind::EnsembleTemperature, 0, size_of::<Self>());

    fn of(search: &TemperatureSearch, found: &Ensemble, status: Status) -> Self {
        let [weight_scaled, weight_raw, weight_uniform] = found.weights;
        Self {
            head: Self::HEAD,
            fit_status: status as i32,
            iterations: search.iterations.saturating_add(found.steps),
            nll_before: found.before,
            nll_after: found.after,
            temperature: search.temperature,
            weight_scaled,
            weight_raw,
            weight_uniform,
        }
    }

    fn weights(&self) -> [f64; 3] {
        [self.weight_scaled, self.weight_raw, self.weight_uniform]
    }
}

impl Model for lgt_ensemble_temperature_model {
    const KIND: Kind = Kind::EnsembleTemperature;

    fn fits(param: u32, parameters: usize) -> bool {
        param == 0 && parameters == 4
    }

    fn good(_: u32, parameters: &[f64]) -> bool {
        let [temperature, weights @ ..] = parameters else { return false };
        let sum: f64 = weights.iter().sum();
        (1e-6..=1e6).contains(temperature)
            && weights.iter().all(|w| (0.0..=1.0).contains(w))
            && (sum - 1.0).abs() <= 1e-9
    }
}

/// Where a model goes, and what else is the caller's.
struct Room {
    model: *mut lgt_ensemble_temperature_model,
    scratch: *mut c_void,
    size: usize,
}

/// Words of scratch.
fn words(rows: usize) -> Option<usize> {
    rows.checked_mul(2)
}

/// Writes the bytes of scratch that `lgt_ensemble_temperature_fit` needs: 16 a row.
///
/// # Shape
/// `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ensemble_temperature_scratch(
    rows: usize,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(words(rows), bytes) }
}

unsafe fn fit<E: Elem>(
    data: RawLabelled<E>,
    (numbers, weights): (Numbers, Numbers),
    opts: *const lgt_temperature_opts,
    room: Room,
) -> Status {
    let Room { model, scratch, size } = room;
    if model.is_null() {
        return LGT_E_NULL;
    }
    let RawLabelled { stride, labels, label_type, rows, cols, .. } = data;
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_temperature_opts::read(opts).and_then(|opts| {
            let checked = data.check()?;
            let points = RawPoints { numbers, labels, label_type, weights, n: rows };
            let [x, of_labels, of_weights] = points.spans(stride, cols);
            let others = [x, of_labels, of_weights, guard::span_of(model.cast_const(), 1)];
            let scratch = guard::scratch(scratch, size, words(rows), others)?;
            let search = temperature::fit(checked, &opts)?;
            let pairs = core::slice::from_raw_parts_mut(scratch.as_mut_ptr().cast(), rows);
            let weights = Some(weights).filter(|weights| !weights.address().is_null());
            let table = Table { numbers, stride, rows, cols };
            let data = Labelled { table, labels: checked.labels, weights };
            let found = ensemble_temperature::fit(&data, &search, pairs);
            let found_all = found.status == LGT_OK;
            let status = if found_all { outcome(search.status) } else { found.status };
            *model = lgt_ensemble_temperature_model::of(&search, &found, status);
            Ok(status)
        })
    })
}

unsafe fn apply<E: Elem>(
    model: *const lgt_ensemble_temperature_model,
    (x, x_stride): (*const E, usize),
    (y, y_stride): (*mut E, usize),
    numbers: Numbers,
    (rows, cols): (usize, usize),
) -> Status {
    if model.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    unsafe {
        let lgt_ensemble_temperature_model { head, temperature, .. } = *model;
        let [a, b, c] = (*model).weights();
        let good = <lgt_ensemble_temperature_model as Model>::good(0, &[temperature, a, b, c]);
        if head != lgt_ensemble_temperature_model::HEAD || !good {
            return LGT_E_STATE;
        }
        let io = pair((x, x_stride), (y, y_stride), core::ptr::null_mut(), (rows, cols));
        guard::code(io.map(|_| {
            let table = Table { numbers, stride: x_stride, rows, cols };
            let stride = y_stride.wrapping_mul(size_of::<E>());
            let to = TableMut { data: y.cast(), stride };
            ensemble_temperature::apply(&table, temperature, [a, b, c], &to)
        }))
    }
}

/// Fits a mixture to held-out logits and labels: `w1 softmax(x / T) + w2 softmax(x) + w3 / K`,
/// with K classes and weights that are at least 0 and sum to 1. First `T` is that of
/// `lgt_temperature_fit`, then the weights are those that minimise the mean negative
/// log-likelihood.
///
/// For a given `T` that loss is convex in the weights: Newton steps on the whole simplex, at
/// most 50. The uniform part bounds what a row costs that is wrong with confidence. No
/// class overtakes another in a row.
///
/// `fit_status` in the model, and the return value, are those of the temperature: `LGT_OK`,
/// `LGT_AT_BOUND`, `LGT_DEGENERATE` (no rows, or logits that are all equal: T = 1 and weights
/// 0, 1, 0) and `LGT_NOT_CONVERGED`, which is also that of weights still moving after 50
/// steps. Weights of 0 are common and not reported. Where T is 1, the weight of the scaled
/// softmax is 0. The model is written in every case, and its loss is never above that of
/// `softmax(x)`.
///
/// # Shape
/// `model`: one struct. `x`: logits, rows x cols, row-major, stride in elements,
/// at least cols. `labels`: one class a row, 0 to cols - 1, of the integer type
/// `label_type`. `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of
/// 0, or below 2^-160, leaves its row out. `opts`: those of the temperature, NULL for the
/// defaults. `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
/// `lgt_ensemble_temperature_scratch` says.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_OPTION`,
/// `LGT_E_SCRATCH`, `LGT_E_ALIAS` (scratch that overlaps another array or the model),
/// `LGT_E_VALUE` (weights, options, or a row whose loss is finite at no temperature: a NaN, an
/// entry at +inf, a label at -inf). The model is then as it was. Advisory: `LGT_AT_BOUND`,
/// `LGT_DEGENERATE`, `LGT_NOT_CONVERGED`.
///
/// # Accuracy
/// T within 1e-6 relative of the exact minimum for f32 logits (f64: 1e-8) where the minimum
/// is not flat. Weights of f64 logits within 1e-6 where the data tell them well. Another
/// order of rows changes what is found by rounding alone.
///
/// Thread safety: any thread, as long as no other writes the arrays or uses the scratch.
///
/// # Source
/// J. Zhang, B. Kailkhura and T. Han, "Mix-n-Match: Ensemble and Compositional Methods for
/// Uncertainty Calibration in Deep Learning" (2020), ensemble temperature scaling.
///
/// # Example
/// ```c
/// double x[6][2] = {{9, 0}, {2, 0}, {2, 0}, {0, 3}, {0, 9}, {1, 0}};
/// int32_t y[6] = {1, 0, 1, 1, 1, 0};
/// uint64_t scratch[12];
/// lgt_ensemble_temperature_model model;
/// assert(lgt_ensemble_temperature_fit_f64(&model, &x[0][0], 2, y, LGT_I32, NULL, 6, 2, NULL,
///                                         scratch, sizeof scratch) == LGT_OK);
/// assert(model.nll_after < model.nll_before);
/// assert(model.weight_scaled == 0 && model.weight_raw > 0.3194 && model.weight_raw < 0.3195);
/// assert(model.weight_uniform > 0.6805 && model.weight_uniform < 0.6806);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ensemble_temperature_fit_f32(
    model: *mut lgt_ensemble_temperature_model,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_temperature_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let data = RawLabelled { x, stride: x_stride, labels, label_type, weights, rows, cols };
    let numbers = (Numbers::F32(x), Numbers::F32(weights));
    // SAFETY: the contract of this function.
    unsafe { fit(data, numbers, opts, Room { model, scratch, size: scratch_size }) }
}

/// `double` form of `lgt_ensemble_temperature_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ensemble_temperature_fit_f64(
    model: *mut lgt_ensemble_temperature_model,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_temperature_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let data = RawLabelled { x, stride: x_stride, labels, label_type, weights, rows, cols };
    let numbers = (Numbers::F64(x), Numbers::F64(weights));
    // SAFETY: the contract of this function.
    unsafe { fit(data, numbers, opts, Room { model, scratch, size: scratch_size }) }
}

/// `lgt_f16` form of `lgt_ensemble_temperature_fit_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ensemble_temperature_fit_f16(
    model: *mut lgt_ensemble_temperature_model,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_temperature_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let x = x.cast::<F16>();
    let data = RawLabelled { x, stride: x_stride, labels, label_type, weights, rows, cols };
    let numbers = (Numbers::F16(x), Numbers::F32(weights));
    // SAFETY: the contract of this function.
    unsafe { fit(data, numbers, opts, Room { model, scratch, size: scratch_size }) }
}

/// `lgt_bf16` form of `lgt_ensemble_temperature_fit_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ensemble_temperature_fit_bf16(
    model: *mut lgt_ensemble_temperature_model,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_temperature_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let x = x.cast::<Bf16>();
    let data = RawLabelled { x, stride: x_stride, labels, label_type, weights, rows, cols };
    let numbers = (Numbers::Bf16(x), Numbers::F32(weights));
    // SAFETY: the contract of this function.
    unsafe { fit(data, numbers, opts, Room { model, scratch, size: scratch_size }) }
}

/// Calibrated probabilities: the model's mixture of `softmax(x / T)`, `softmax(x)` and 1 / cols.
///
/// A NaN makes its row NaN, and so does nothing above -inf (`LGT_EMPTY_ROW`). Entries at +inf
/// share what is not uniform equally.
///
/// # Shape
/// `model`: a fitted model. `x`: logits, `y`: probabilities, rows x cols, row-major, strides
/// in elements, at least cols.
///
/// # In place
/// As `lgt_softmax_f32`.
///
/// # Errors
/// `LGT_E_STATE` if the bytes at `model` are no ensemble with weights from 0 to 1 that sum to
/// 1; otherwise as `lgt_softmax_f32`. Advisory: `LGT_EMPTY_ROW`.
///
/// # Accuracy
/// Each probability within 1e-6 for f32 (f64: 1e-14), and for half types that rounded.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_ensemble_temperature_fit_f32`.
///
/// # Example
/// ```c
/// float x[4][2] = {{4, 0}, {4, 0}, {4, 0}, {4, 0}}, y[4][2];
/// int32_t labels[4] = {0, 0, 0, 1};
/// uint64_t scratch[8];
/// lgt_ensemble_temperature_model model;
/// assert(lgt_ensemble_temperature_fit_f32(&model, &x[0][0], 2, labels, LGT_I32, NULL, 4, 2,
///                                         NULL, scratch, sizeof scratch) == LGT_OK);
/// assert(lgt_ensemble_temperature_apply_f32(&model, &x[0][0], 2, &y[0][0], 2, 4, 2) == LGT_OK);
/// assert(y[0][0] > 0.7499f && y[0][0] < 0.7501f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ensemble_temperature_apply_f32(
    model: *const lgt_ensemble_temperature_model,
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), Numbers::F32(x), (rows, cols)) }
}

/// `double` form of `lgt_ensemble_temperature_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ensemble_temperature_apply_f64(
    model: *const lgt_ensemble_temperature_model,
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), Numbers::F64(x), (rows, cols)) }
}

/// `lgt_f16` form of `lgt_ensemble_temperature_apply_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ensemble_temperature_apply_f16(
    model: *const lgt_ensemble_temperature_model,
    x: *const lgt_f16,
    x_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let (x, y): (*const F16, *mut F16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), Numbers::F16(x), (rows, cols)) }
}

/// `lgt_bf16` form of `lgt_ensemble_temperature_apply_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ensemble_temperature_apply_bf16(
    model: *const lgt_ensemble_temperature_model,
    x: *const lgt_bf16,
    x_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let (x, y): (*const Bf16, *mut Bf16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), Numbers::Bf16(x), (rows, cols)) }
}
