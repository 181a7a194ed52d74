//! `lgt_histogram_binning`: the share of label 1 in each bin of scores.

use super::calibrator::{self, RawFit};
use super::guard::{self, Options};
use super::inputs::RawScored;
use super::model;
use super::types::*;
use crate::calibration::histogram_binning::{self, HistogramBinning, Opts};
use crate::metrics::ece_binary::EceBinary;
use crate::model::{Model, seal};
use crate::simd::{Bf16, Elem, F16};
use crate::state;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Bins of equal width on 0 .. 1.
pub const LGT_HISTOGRAM_BINNING_WIDTH: u32 = 0;
/// Bins that hold as many rows each as can be.
pub const LGT_HISTOGRAM_BINNING_MASS: u32 = 1;

const _: () = assert!(LGT_HISTOGRAM_BINNING_WIDTH == histogram_binning::EQUAL_WIDTH);
const _: () = assert!(LGT_HISTOGRAM_BINNING_MASS == histogram_binning::EQUAL_MASS);

/// Options of `lgt_histogram_binning_fit`. Fill with
/// `lgt_histogram_binning_opts_default`, then change what is to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_histogram_binning_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// How bins are made: `LGT_HISTOGRAM_BINNING_WIDTH`, which is the default, or
    /// `LGT_HISTOGRAM_BINNING_MASS`.
    pub strategy: u32,
    /// How many bins, 1 to 65536; default 15.
    pub bins: u32,
    /// Must be 0.
    pub reserved: u32,
}

// SAFETY: repr(C), 4 * 4 bytes, plain numbers.
unsafe impl Options for lgt_histogram_binning_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        strategy: LGT_HISTOGRAM_BINNING_WIDTH,
        bins: 15,
        reserved: 0,
    };
}

impl lgt_histogram_binning_opts {
    /// # Safety
    /// As [`guard::options`].
    pub(super) unsafe fn read(opts: *const Self) -> Result<Opts, Status> {
        // SAFETY: the contract of this function.
        let Self { strategy, bins, reserved, .. } = unsafe { guard::options(opts)? };
        let opts = Opts { strategy, bins: bins as usize };
        if reserved != 0 {
            return Err(LGT_E_OPTION);
        }
        if opts.are_good() { Ok(opts) } else { Err(LGT_E_VALUE) }
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any thread, any
/// time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_histogram_binning_opts_default(opts: *mut lgt_histogram_binning_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_histogram_binning_opts::DEFAULT };
    }
}

/// Writes how many bytes a model of `lgt_histogram_binning` takes at most: 32, and 16 a bin.
///
/// # Shape
/// `opts`: NULL for the defaults. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (options).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_histogram_binning_size(
    opts: *const lgt_histogram_binning_opts,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        let opts = lgt_histogram_binning_opts::read(opts);
        opts.map(|opts| model::size_of_model(Some(opts.parameters()), bytes))
    })
}

/// Writes how many bytes of scratch `lgt_histogram_binning_fit` needs: 104 a bin of equal
/// width; of equal mass, a row 32, twice the bytes of a score and some more with weights.
///
/// # Shape
/// `rows`: number of rows, with bins of equal mass below 2^32, or with weights in f64
/// below 2^31. `score_size`: bytes of a score, 2, 4 or 8. `weighted`: 1 if weights are
/// given, else 0. `opts`: NULL for the defaults. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (`score_size`, `weighted`, options),
/// `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_histogram_binning_scratch(
    rows: usize,
    score_size: usize,
    weighted: u32,
    opts: *const lgt_histogram_binning_opts,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        lgt_histogram_binning_opts::read(opts).and_then(|opts| {
            if !matches!(score_size, 2 | 4 | 8) || weighted > 1 {
                return Err(LGT_E_VALUE);
            }
            let own = opts.words(rows, score_size, weighted == 1);
            let sorted = if opts.sorts() { rows } else { 0 };
            Ok(guard::scratch_bytes(calibrator::words(own, sorted, score_size), bytes))
        })
    })
}

unsafe fn fit<E: Elem, A: Elem>(
    raw: RawFit<E, A>,
    opts: *const lgt_histogram_binning_opts,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_histogram_binning_opts::read(opts).and_then(|opts| {
            let weighted = !raw.rows.weights.is_null();
            let own = opts.words(raw.rows.rows, size_of::<E>(), weighted);
            let fit = raw.check_words(Some(opts.parameters()), own, opts.sorts())?;
            let found =
                histogram_binning::fit(&fit.data, &fit.scored, &opts, fit.parameters, fit.scratch)?;
            Ok(fit.seal::<HistogramBinning>(opts.strategy, found))
        })
    })
}

/// Fits histogram binning to held-out scores of two classes: the calibrated probability
/// of a score is the share of label 1 among the rows of its bin.
///
/// Bins of equal width divide 0 .. 1 as `lgt_ece_binary` does, `(low, high]` with 0 in
/// the first; edges are `k / bins` rounded to the type of the data (float for f16 and
/// bf16). A bin without rows has the value of its middle. Scores must be probabilities;
/// up to 1.01 is taken as rounding, as everywhere.
///
/// Bins of equal mass end where those of `lgt_ece_equal_mass` with `LGT_TIES_TOGETHER`
/// do: at the ends of the parts of `numpy.array_split` of the scores in order, the first
/// ones larger by a row where some must be; equal scores that this would part all go into
/// the lower bin. Rows are counted, whatever their weight; a row of weight 0 is not there.
/// Bins that are left without rows are not in the model, so with more bins than scores
/// there is one for each score. An edge lies in the middle of the last score below and the
/// first above, or at the former where the middle is neither or one is infinite. Any score
/// but NaN is taken.
///
/// Scores below the first edge or above the last are in the first or last bin. Values are
/// shares of the data, so 0 and 1 are among them where a bin holds one class; a loss on
/// other data may then be infinite.
///
/// The model is bytes of the caller: its head (`lgt_model_head`), the edges between bins in
/// order, and then the value of each bin, of which there is one more. `nll_before` is the
/// mean loss of scores taken as probabilities, NaN if one is outside 0 .. 1; `nll_after`
/// that of values. `fit_status`, which is also returned, is `LGT_OK`, or `LGT_DEGENERATE`
/// where rows are of one class or in one bin, or none counts: the model can be used, with
/// the middles of bins or, of equal mass, 0.5 where there is no row.
///
/// # Shape
/// `model`: `size` bytes, 8-byte aligned, at least what `lgt_histogram_binning_size` says.
/// `x`: `rows` scores, `x_stride` elements from one to the next. `labels`: as many times 0
/// or 1, of the integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: as many
/// numbers from 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its
/// row out. `opts`: NULL for the defaults. `scratch`: `scratch_size` bytes, 8-byte aligned,
/// at least what `lgt_histogram_binning_scratch` says, apart from the other arrays; what is
/// there before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (also of the model), `LGT_E_STATE` (alignment
/// of the model), `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE` (weights, options, a score
/// that is NaN or, with bins of equal width, below 0 or above 1.01), `LGT_E_SCRATCH`,
/// `LGT_E_ALIAS`. The model is then as it was. Advisory: `LGT_DEGENERATE`.
///
/// # Accuracy
/// Values without weights are rounded once; with weights within 1e-12, or with bins of equal
/// width 4e-15. The order of rows does not change a bit. Losses within 1e-13.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// B. Zadrozny, C. Elkan, "Obtaining calibrated probability estimates from decision trees
/// and naive Bayesian classifiers" (2001).
///
/// # Example
/// ```c
/// double x[4] = {0.1, 0.1, 0.8, 0.9};
/// uint8_t y[4] = {0, 1, 1, 1};
/// uint64_t model[34], scratch[13 * 15];
/// assert(lgt_histogram_binning_fit_f64(model, sizeof model, x, 1, y, LGT_U8, NULL, 4, NULL,
///                                      scratch, sizeof scratch) == LGT_OK);
/// assert(lgt_histogram_binning_apply_f64(model, x, 1, x, 1, 4) == LGT_OK);
/// assert(x[0] == 0.5 && x[1] == 0.5 && x[2] == 1 && x[3] == 1);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_histogram_binning_fit_f32(
    model: *mut c_void,
    size: usize,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_histogram_binning_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows = RawScored { x, stride: x_stride, labels, label_type, weights, rows };
    let raw = RawFit { rows, model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(raw, opts) }
}

/// `double` form of `lgt_histogram_binning_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_histogram_binning_fit_f64(
    model: *mut c_void,
    size: usize,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    opts: *const lgt_histogram_binning_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows = RawScored { x, stride: x_stride, labels, label_type, weights, rows };
    let raw = RawFit { rows, model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(raw, opts) }
}

/// `lgt_f16` form of `lgt_histogram_binning_fit_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_histogram_binning_fit_f16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_histogram_binning_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows =
        RawScored { x: x.cast::<F16>(), stride: x_stride, labels, label_type, weights, rows };
    let raw = RawFit { rows, model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(raw, opts) }
}

/// `lgt_bf16` form of `lgt_histogram_binning_fit_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_histogram_binning_fit_bf16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_histogram_binning_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows =
        RawScored { x: x.cast::<Bf16>(), stride: x_stride, labels, label_type, weights, rows };
    let raw = RawFit { rows, model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(raw, opts) }
}

/// Makes a model of what a state of `lgt_ece_binary` has seen: the one that
/// `lgt_histogram_binning_fit` makes of the same rows with as many bins of equal width, but
/// that `nll_before` is NaN. States of parts of the data can be merged first, in any order.
///
/// # Shape
/// `model`: `size` bytes, 8-byte aligned, at least 32 and 16 a bin. `state`: one state,
/// with bins closed on the right. `score_size`: bytes of a score of the data, 2, 4 or 8:
/// edges are rounded to float unless it is 8, as the state has compared them.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE` (of the model), `LGT_E_STATE` (no such state, alignment),
/// `LGT_E_VALUE` (`score_size`; the state has seen a NaN or what is no probability),
/// `LGT_E_MISMATCH` (bins closed on the left), `LGT_E_ALIAS`. The model is then as it was.
/// Advisory: `LGT_DEGENERATE`.
///
/// # Accuracy
/// Values within 4e-15. Merging in any order does not change a bit.
///
/// Thread safety: any thread, as long as no other changes the state.
///
/// # Source
/// As `lgt_histogram_binning_fit_f32`.
///
/// # Example
/// ```c
/// uint64_t state[5 + 13 * 2], model[8];
/// double x[4] = {0.1, 0.2, 0.8, 0.9};
/// uint8_t y[4] = {0, 1, 1, 1};
/// assert(lgt_ece_binary_init(state, sizeof state, 2, LGT_BINS_RIGHT) == LGT_OK);
/// assert(lgt_ece_binary_update_f64(state, x, y, LGT_U8, NULL, 4) == LGT_OK);
/// assert(lgt_histogram_binning_from_state(model, sizeof model, state, 8) == LGT_OK);
/// assert(lgt_histogram_binning_apply_f64(model, x, 1, x, 1, 4) == LGT_OK && x[0] == 0.5);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_histogram_binning_from_state(
    model: *mut c_void,
    size: usize,
    state: *const c_void,
    score_size: usize,
) -> Status {
    if state.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        state::view::<EceBinary>(state.cast()).and_then(|seen| {
            if !matches!(score_size, 2 | 4 | 8) {
                return Err(LGT_E_VALUE);
            }
            let opts = Opts { strategy: LGT_HISTOGRAM_BINNING_WIDTH, bins: seen.bins().len() };
            let span = (state.cast(), size_of_val(seen));
            let to = model::room(model, size, opts.parameters(), &[span])?;
            let (fitted, used) = histogram_binning::from_state(seen, score_size < 8, to)?;
            seal(model.cast(), HistogramBinning::KIND, opts.strategy, used, &fitted);
            Ok(fitted.status)
        })
    })
}

unsafe fn apply<E: Elem>(
    model: *const c_void,
    x: (*const E, usize),
    y: (*mut E, usize),
    rows: usize,
) -> Status {
    // SAFETY: the contract of the C functions below.
    unsafe { model::apply::<HistogramBinning, E>(model, x, y, rows, histogram_binning::apply) }
}

/// Calibrates scores with a model of `lgt_histogram_binning`: the value of the bin that each
/// is in. NaN stays NaN; -inf is in the first bin and +inf in the last. Scores of another
/// type than the model was fitted to are compared with its edges as they are.
///
/// # Shape
/// `model`: a fitted model. `x`: `rows` scores, `x_stride` elements from one to the next.
/// `y`: as many probabilities of label 1, `y_stride` apart.
///
/// # In place
/// `y` may be `x` with the same stride.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_STATE` (no such model),
/// `LGT_E_ALIAS`. `y` is then as it was.
///
/// # Accuracy
/// The values of the model, rounded to the type of the data.
///
/// Thread safety: any thread, as long as no other changes the model or writes the arrays.
///
/// # Source
/// As `lgt_histogram_binning_fit_f32`.
///
/// # Example
/// ```c
/// double x = 0.25;
/// uint64_t state[5 + 13 * 2], model[8];
/// assert(lgt_ece_binary_init(state, sizeof state, 1, LGT_BINS_RIGHT) == LGT_OK);
/// assert(lgt_histogram_binning_from_state(model, sizeof model, state, 8) == LGT_DEGENERATE);
/// assert(lgt_histogram_binning_apply_f64(model, &x, 1, &x, 1, 1) == LGT_OK && x == 0.5);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_histogram_binning_apply_f32(
    model: *const c_void,
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), rows) }
}

/// `double` form of `lgt_histogram_binning_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_histogram_binning_apply_f64(
    model: *const c_void,
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), rows) }
}

/// `lgt_f16` form of `lgt_histogram_binning_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_histogram_binning_apply_f16(
    model: *const c_void,
    x: *const lgt_f16,
    x_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    rows: usize,
) -> Status {
    let (x, y): (*const F16, *mut F16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), rows) }
}

/// `lgt_bf16` form of `lgt_histogram_binning_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_histogram_binning_apply_bf16(
    model: *const c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    rows: usize,
) -> Status {
    let (x, y): (*const Bf16, *mut Bf16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), rows) }
}
