//! `lgt_soft_label_regions`.

use super::divergence::labels as labelled;
use super::guard::{self, Options};
use super::temperatures::Raw;
use super::types::*;
use crate::loss::soft_labels::{Adapted, Regions};
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// A row is as sure as its largest share.
pub const LGT_CONFIDENCE_MAX: u32 = 0;
/// A row is as sure as its label's share.
pub const LGT_CONFIDENCE_LABEL: u32 = 1;

/// Options of `lgt_soft_label_regions`. Fill with `lgt_soft_label_regions_opts_default`, then
/// change what is to be different. The thresholds are this library's choice.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_soft_label_regions_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// An `LGT_CONFIDENCE_`; default `LGT_CONFIDENCE_MAX`.
    pub confidence: u32,
    /// A row that is less sure is left out. Default 0.15.
    pub low: f64,
    /// One that is less sure has its hard label, smoothed. Default 0.5; at least `low`.
    pub mid: f64,
    /// One that is surer is left out; +inf for none. Default 0.95; at least `mid`.
    pub top: f64,
    /// What a smoothed label has for all classes alike. Default 0.1; from 0 to 1.
    pub smoothing: f64,
}

// SAFETY: repr(C), 4 + 4 + 4 * 8 bytes.
unsafe impl Options for lgt_soft_label_regions_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        confidence: LGT_CONFIDENCE_MAX,
        low: 0.15,
        mid: 0.5,
        top: 0.95,
        smoothing: 0.1,
    };
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_label_regions_opts_default(
    opts: *mut lgt_soft_label_regions_opts,
) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_soft_label_regions_opts::DEFAULT };
    }
}

impl lgt_soft_label_regions_opts {
    fn read(&self) -> Result<Regions, Status> {
        let Self { confidence, low, mid, top, smoothing, .. } = *self;
        if confidence > LGT_CONFIDENCE_LABEL {
            return Err(LGT_E_OPTION);
        }
        let ordered = low <= mid && mid <= top;
        if !ordered || !(0.0..=1.0).contains(&smoothing) {
            return Err(LGT_E_VALUE);
        }
        let of_label = confidence == LGT_CONFIDENCE_LABEL;
        Ok(Regions { low, mid, top, smoothing, of_label })
    }
}

/// Where the results go, as C gives it.
struct To {
    y: *mut u8,
    y_stride: usize,
    weights: Numbers,
    room: *mut u8,
    region: *mut u8,
}

unsafe fn apply(
    x: Raw,
    labels: (*const c_void, u32),
    to: To,
    opts: *const lgt_soft_label_regions_opts,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        guard::options(opts).and_then(|opts| {
            let regions = opts.read()?;
            let table = x.check()?;
            let (rows, span) = x.beside(to.y, to.y_stride)?;
            let labels = labelled(labels, x.rows, x.cols)?;
            let region = guard::column(to.region, x.rows, &[x.span(), span])?;
            let bytes = guard::extent_of(to.weights.size(), 1, x.rows, 1)?;
            if !to.room.is_null() {
                let weights = (to.room.cast_const(), bytes);
                for other in [x.span(), span, guard::span_of(to.region, x.rows)] {
                    guard::apart(weights, other)?;
                }
            }
            let share = |x: f64| (0.0..=1.0).contains(&x);
            let shares = |r| (0..x.cols).all(|c| share(table.row_numbers(r).get(c)));
            if !(0..x.rows).all(shares) {
                return Err(LGT_E_VALUE);
            }
            let to = Adapted { region, labels: rows, weights: (to.weights, to.room) };
            regions.adapt(table, labels, &to);
            Ok(LGT_OK)
        })
    })
}

/// Adapts soft labels to how sure they are: which of them are worth learning from, and as
/// what.
///
/// With `c` how sure a row is: region 0 is `c < low`, too hard, and left out; region 1 is
/// `low <= c < mid`, and has the hard label smoothed, `1 - smoothing` of it and the rest in
/// equal parts; region 2 is `mid <= c <= top`, and stays as it is; region 3 is `c > top`, too
/// easy, and left out. Rows that are left out have a weight of 0 and are 0. Thresholds are
/// compared with `c` as it is in its type.
///
/// # Shape
/// `x`: shares, rows x cols, row-major, stride in elements, at least cols; from 0 to 1.
/// `labels`: one class a row, 0 to cols - 1, of the integer type `label_type`. `y`: the rows
/// adapted, rows x cols, or NULL. `weights`: 1 or 0, one a row, of the type that losses take
/// weights in, or NULL. `region`: one number a row, or NULL. `opts`: NULL for the defaults.
///
/// # In place
/// `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (shares, numbers
/// of the options, thresholds out of order), `LGT_E_OPTION`, `LGT_E_ALIAS`.
///
/// # Accuracy
/// Smoothed labels: at most 4e-16, besides the rounding to their type.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Z. Shen, "FerKD: Surgical Label Adaptation for Efficient Distillation" (2023), after its
/// abstract.
///
/// # Example
/// ```c
/// float p[2][2] = {{0.75f, 0.25f}, {1, 0}}, weights[2];
/// int32_t y[2] = {0, 0};
/// uint8_t region[2];
/// assert(lgt_soft_label_regions_f32(&p[0][0], 2, y, LGT_I32, NULL, 0, weights, region, 2, 2,
///                                   NULL) == LGT_OK);
/// assert(region[0] == 2 && weights[0] == 1 && region[1] == 3 && weights[1] == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_label_regions_f32(
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    y: *mut f32,
    y_stride: usize,
    weights: *mut f32,
    region: *mut u8,
    rows: usize,
    cols: usize,
    opts: *const lgt_soft_label_regions_opts,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let room = weights.cast();
    let to = To { y: y.cast(), y_stride, weights: Numbers::F32(weights), room, region };
    // SAFETY: the contract of this function.
    unsafe { apply(x, (labels, label_type), to, opts) }
}

/// `double` form of `lgt_soft_label_regions_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_label_regions_f64(
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    y: *mut f64,
    y_stride: usize,
    weights: *mut f64,
    region: *mut u8,
    rows: usize,
    cols: usize,
    opts: *const lgt_soft_label_regions_opts,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let room = weights.cast();
    let to = To { y: y.cast(), y_stride, weights: Numbers::F64(weights), room, region };
    // SAFETY: the contract of this function.
    unsafe { apply(x, (labels, label_type), to, opts) }
}

/// `lgt_f16` form of `lgt_soft_label_regions_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_label_regions_f16(
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    y: *mut lgt_f16,
    y_stride: usize,
    weights: *mut f32,
    region: *mut u8,
    rows: usize,
    cols: usize,
    opts: *const lgt_soft_label_regions_opts,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let room = weights.cast();
    let to = To { y: y.cast(), y_stride, weights: Numbers::F32(weights), room, region };
    // SAFETY: the contract of this function.
    unsafe { apply(x, (labels, label_type), to, opts) }
}

/// `lgt_bf16` form of `lgt_soft_label_regions_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_label_regions_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    y: *mut lgt_bf16,
    y_stride: usize,
    weights: *mut f32,
    region: *mut u8,
    rows: usize,
    cols: usize,
    opts: *const lgt_soft_label_regions_opts,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let room = weights.cast();
    let to = To { y: y.cast(), y_stride, weights: Numbers::F32(weights), room, region };
    // SAFETY: the contract of this function.
    unsafe { apply(x, (labels, label_type), to, opts) }
}
