//! `lgt_reduction`: which calibrator of two classes the calibrators of many are made of.

use super::bbq::lgt_bbq_opts;
use super::beta::lgt_beta_opts;
use super::guard::{self, Options};
use super::histogram_binning::lgt_histogram_binning_opts;
use super::inputs::RawPoints;
use super::isotonic::lgt_isotonic_opts;
use super::model::{self, LGT_MODEL_BBQ, LGT_MODEL_HISTOGRAM_BINNING, LGT_MODEL_VENN_ABERS};
use super::model::{LGT_MODEL_BETA, LGT_MODEL_ISOTONIC, LGT_MODEL_PLATT};
use super::model::{LGT_MODEL_SCALING_BINNING, LGT_MODEL_SPLINE};
use super::platt::lgt_platt_opts;
use super::scaling_binning::lgt_scaling_binning_opts;
use super::spline::lgt_spline_opts;
use crate::calibration::reduction::{Method, Opts, Reduction};
use crate::model::seal;
use crate::simd::Elem;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Options of `lgt_one_vs_rest` and `lgt_top_label_calibration`. Fill with
/// `lgt_reduction_opts_default`, then change what is to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_reduction_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// The calibrator of two classes, by the kind of its models: `LGT_MODEL_ISOTONIC`,
    /// which is the default, `LGT_MODEL_PLATT`, `_BETA`, `_HISTOGRAM_BINNING`, `_BBQ`,
    /// `_SCALING_BINNING`, `_SPLINE` or `_VENN_ABERS`.
    pub method: u32,
    /// Of `lgt_top_label_calibration`, how many rows with some predicted class make a
    /// calibrator of its own, at least 1; default 50.
    pub min_rows: u32,
    /// Must be 0.
    pub reserved: u32,
    /// The options of that calibrator's own fit, or NULL for its defaults.
    pub method_opts: *const c_void,
}

// SAFETY: repr(C), 4 * 4 bytes and a pointer; null is valid.
unsafe impl Options for lgt_reduction_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        method: LGT_MODEL_ISOTONIC,
        min_rows: 50,
        reserved: 0,
        method_opts: core::ptr::null(),
    };
}

impl lgt_reduction_opts {
    /// # Safety
    /// As [`guard::options`], and the method's options likewise.
    pub(super) unsafe fn read(opts: *const Self) -> Result<Opts, Status> {
        // SAFETY: the contract of this function.
        unsafe {
            let Self { method, min_rows, reserved, method_opts, .. } = guard::options(opts)?;
            if reserved != 0 {
                return Err(LGT_E_OPTION);
            }
            if min_rows < 1 {
                return Err(LGT_E_VALUE);
            }
            let method = match method {
                LGT_MODEL_PLATT => Method::Platt(lgt_platt_opts::read(method_opts.cast())?),
                LGT_MODEL_BETA => Method::Beta(lgt_beta_opts::read(method_opts.cast())?),
                LGT_MODEL_ISOTONIC => {
                    Method::Isotonic(lgt_isotonic_opts::read(method_opts.cast())?)
                }
                LGT_MODEL_HISTOGRAM_BINNING => {
                    let opts = lgt_histogram_binning_opts::read(method_opts.cast())?;
                    Method::HistogramBinning(opts)
                }
                LGT_MODEL_BBQ => Method::Bbq(lgt_bbq_opts::read(method_opts.cast())?),
                // It has no options.
                LGT_MODEL_VENN_ABERS if method_opts.is_null() => Method::VennAbers,
                LGT_MODEL_SCALING_BINNING => {
                    Method::ScalingBinning(lgt_scaling_binning_opts::read(method_opts.cast())?)
                }
                LGT_MODEL_SPLINE => Method::Spline(lgt_spline_opts::read(method_opts.cast())?),
                _ => return Err(LGT_E_OPTION),
            };
            Ok(Opts { method, min_rows: min_rows as usize })
        }
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any thread, any
/// time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_reduction_opts_default(opts: *mut lgt_reduction_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_reduction_opts::DEFAULT };
    }
}

/// The most bytes of a model.
///
/// # Safety
/// As [`lgt_reduction_opts::read`]; `bytes` is null, or writable for one number.
pub(super) unsafe fn size<R: Reduction>(
    (rows, cols): (usize, usize),
    weighted: u32,
    opts: *const lgt_reduction_opts,
    bytes: *mut usize,
) -> Status {
    if weighted > 1 {
        return LGT_E_VALUE;
    }
    // SAFETY: the contract of this function.
    unsafe {
        match lgt_reduction_opts::read(opts) {
            Ok(Opts { method, .. }) => {
                model::size_of_model(R::parameters(&method, rows, cols, weighted == 1), bytes)
            }
            Err(status) => status,
        }
    }
}

/// The bytes of scratch of a fit.
///
/// # Safety
/// As [`size`].
pub(super) unsafe fn scratch<R: Reduction>(
    (rows, cols): (usize, usize),
    weighted: u32,
    opts: *const lgt_reduction_opts,
    bytes: *mut usize,
) -> Status {
    if weighted > 1 {
        return LGT_E_VALUE;
    }
    // SAFETY: the contract of this function.
    unsafe {
        match lgt_reduction_opts::read(opts) {
            Ok(Opts { method, .. }) => {
                guard::scratch_bytes(R::words(&method, rows, cols, weighted == 1), bytes)
            }
            Err(status) => status,
        }
    }
}

/// The arguments of a fit, as C gives them.
pub(super) struct RawFit {
    /// Scores, labels and weights ..
    pub points: RawPoints,
    /// .. of rows this far apart ..
    pub stride: usize,
    /// .. of so many columns.
    pub cols: usize,
    /// Where the model goes, and how many bytes are there.
    pub model: (*mut c_void, usize),
    /// Scratch, and its bytes.
    pub scratch: (*mut c_void, usize),
}

/// Checks and fits.
///
/// # Safety
/// Pointers that are not null must be good for what they stand for.
pub(super) unsafe fn fit<R: Reduction>(raw: RawFit, opts: *const lgt_reduction_opts) -> Status {
    let RawFit { points, stride, cols, model, scratch } = raw;
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        lgt_reduction_opts::read(opts).and_then(|opts| {
            let table = points.check_table(stride, cols)?;
            let (rows, weighted) = (points.n, !points.weights.address().is_null());
            let spans = points.spans(stride, cols);
            let words = R::words(&opts.method, rows, cols, weighted);
            let scratch = guard::scratch(scratch.0, scratch.1, words, spans)?;
            let [x, labels, weights] = spans;
            let work = (scratch.as_ptr().cast(), size_of_val(scratch));
            let most = R::parameters(&opts.method, rows, cols, weighted).ok_or(LGT_E_SIZE)?;
            let to = model::room(model.0, model.1, most, &[x, labels, weights, work])?;
            let (fitted, used) = R::fit(&table, weighted, &opts, to, scratch)?;
            seal(model.0.cast(), R::KIND, cols as u32, used, &fitted);
            Ok(fitted.status)
        })
    })
}

/// Checks and applies.
///
/// # Safety
/// As [`fit`].
pub(super) unsafe fn apply<R: Reduction, E: Elem>(
    model: *const c_void,
    (x, x_stride): (*const E, usize),
    (y, y_stride): (*mut E, usize),
    (rows, cols): (usize, usize),
) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        model::view::<R>(model).and_then(|model| {
            if model.param() as usize != cols {
                return Err(LGT_E_SHAPE);
            }
            let (x, y) = guard::rows_pair(x, x_stride, y, y_stride, rows, cols)?;
            R::apply(&model, x, y);
            Ok(LGT_OK)
        })
    })
}
