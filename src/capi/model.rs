//! Verbs that work for every model, and what the families' own verbs share.

use super::beta::lgt_beta_model;
use super::ensemble_temperature::lgt_ensemble_temperature_model;
use super::guard;
use super::platt::lgt_platt_model;
use super::temperature::lgt_temperature_model;
use crate::calibration::bbq::Bbq;
use crate::calibration::histogram_binning::HistogramBinning;
use crate::calibration::isotonic::Isotonic;
use crate::calibration::linear_fit::{Dirichlet, MatrixScaling, PriorShift, VectorScaling};
use crate::calibration::one_vs_rest::OneVsRest;
use crate::calibration::scaling_binning::ScalingBinning;
use crate::calibration::spline::SplineCalibration;
use crate::calibration::top_label_calibration::TopLabel;
use crate::calibration::venn_abers::VennAbers;
use crate::conformal::fitted::Conformal;
use crate::model::{self, Model, ModelHead, View};
use crate::rows::column::BLOCK;
use crate::simd::{Elem, Real};
use crate::state::{Head, Kind};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// The model is an `lgt_temperature`.
pub const LGT_MODEL_TEMPERATURE: u32 = 5;
/// The model is an `lgt_ensemble_temperature`.
pub const LGT_MODEL_ENSEMBLE_TEMPERATURE: u32 = 34;
/// The model is an `lgt_prior_shift`.
pub const LGT_MODEL_PRIOR_SHIFT: u32 = 35;
/// The model is an `lgt_vector_scaling`.
pub const LGT_MODEL_VECTOR_SCALING: u32 = 36;
/// The model is an `lgt_matrix_scaling`.
pub const LGT_MODEL_MATRIX_SCALING: u32 = 37;
/// The model is an `lgt_dirichlet`.
pub const LGT_MODEL_DIRICHLET: u32 = 38;
/// The model is an `lgt_platt`.
pub const LGT_MODEL_PLATT: u32 = 39;
/// The model is an `lgt_beta`.
pub const LGT_MODEL_BETA: u32 = 40;
/// The model is an `lgt_isotonic`.
pub const LGT_MODEL_ISOTONIC: u32 = 41;
/// The model is an `lgt_histogram_binning`.
pub const LGT_MODEL_HISTOGRAM_BINNING: u32 = 42;
/// The model is an `lgt_bbq`.
pub const LGT_MODEL_BBQ: u32 = 43;
/// The model is an `lgt_scaling_binning`.
pub const LGT_MODEL_SCALING_BINNING: u32 = 44;
/// The model is an `lgt_spline`.
pub const LGT_MODEL_SPLINE: u32 = 45;
/// The model is an `lgt_venn_abers`.
pub const LGT_MODEL_VENN_ABERS: u32 = 46;
/// The model is an `lgt_one_vs_rest`.
pub const LGT_MODEL_ONE_VS_REST: u32 = 47;
/// The model is an `lgt_top_label_calibration`.
pub const LGT_MODEL_TOP_LABEL_CALIBRATION: u32 = 48;
/// The model is an `lgt_conformal`.
pub const LGT_MODEL_CONFORMAL: u32 = 50;

// Written as numbers because the header generator evaluates nothing.
const _: () = assert!(
    LGT_MODEL_TEMPERATURE == Kind::Temperature as u32
        && LGT_MODEL_ENSEMBLE_TEMPERATURE == Kind::EnsembleTemperature as u32
        && LGT_MODEL_PRIOR_SHIFT == Kind::PriorShift as u32
        && LGT_MODEL_VECTOR_SCALING == Kind::VectorScaling as u32
        && LGT_MODEL_MATRIX_SCALING == Kind::MatrixScaling as u32
        && LGT_MODEL_DIRICHLET == Kind::Dirichlet as u32
        && LGT_MODEL_PLATT == Kind::Platt as u32
        && LGT_MODEL_BETA == Kind::Beta as u32
        && LGT_MODEL_ISOTONIC == Kind::Isotonic as u32
        && LGT_MODEL_HISTOGRAM_BINNING == Kind::HistogramBinning as u32
        && LGT_MODEL_BBQ == Kind::Bbq as u32
        && LGT_MODEL_SCALING_BINNING == Kind::ScalingBinning as u32
        && LGT_MODEL_SPLINE == Kind::Spline as u32
        && LGT_MODEL_VENN_ABERS == Kind::VennAbers as u32
        && LGT_MODEL_ONE_VS_REST == Kind::OneVsRest as u32
        && LGT_MODEL_TOP_LABEL_CALIBRATION == Kind::TopLabel as u32
        && LGT_MODEL_CONFORMAL == Kind::Conformal as u32
);

/// What the generic verbs need of a kind.
struct Verbs {
    kind: Kind,
    view: unsafe fn(*const u8) -> Result<View<'static>, Status>,
    good: fn(u32, &[f64]) -> bool,
}

impl Verbs {
    const fn of<M: Model>() -> Verbs {
        Verbs { kind: M::KIND, view: model::view::<M>, good: M::good }
    }
}

/// Every kind of model: a new one is added here and is known to all verbs below.
static KINDS: &[Verbs] = &[
    Verbs::of::<lgt_temperature_model>(),
    Verbs::of::<lgt_ensemble_temperature_model>(),
    Verbs::of::<PriorShift>(),
    Verbs::of::<VectorScaling>(),
    Verbs::of::<MatrixScaling>(),
    Verbs::of::<Dirichlet>(),
    Verbs::of::<Isotonic>(),
    Verbs::of::<HistogramBinning>(),
    Verbs::of::<Bbq>(),
    Verbs::of::<lgt_platt_model>(),
    Verbs::of::<lgt_beta_model>(),
    Verbs::of::<ScalingBinning>(),
    Verbs::of::<SplineCalibration>(),
    Verbs::of::<VennAbers>(),
    Verbs::of::<OneVsRest>(),
    Verbs::of::<TopLabel>(),
    Verbs::of::<Conformal>(),
];

/// The model of kind `M` at `data`.
///
/// # Safety
/// Null, or readable for a head and, if that is one of `M`, for its size.
pub(super) unsafe fn view<'a, M: Model>(data: *const c_void) -> Result<View<'a>, Status> {
    if data.is_null() {
        return Err(LGT_E_NULL);
    }
    // SAFETY: the contract of this function.
    unsafe { model::view::<M>(data.cast()) }
}

/// Where the parameters of a model go, away from the arrays in `others`.
///
/// # Safety
/// Null, or writable for `size` bytes.
pub(super) unsafe fn room<'a>(
    data: *mut c_void,
    size: usize,
    parameters: usize,
    others: &[(*const u8, usize)],
) -> Result<&'a mut [f64], Status> {
    if data.is_null() {
        return Err(LGT_E_NULL);
    }
    let used = model::size(parameters).ok_or(LGT_E_SIZE)?;
    others.iter().try_for_each(|other| guard::apart((data.cast(), used), *other))?;
    // SAFETY: the contract of this function.
    unsafe { model::room(data.cast(), size, parameters) }
}

/// Writes the bytes of a model of so many parameters.
///
/// # Safety
/// Null, or writable for one number.
pub(super) unsafe fn size_of_model(parameters: Option<usize>, bytes: *mut usize) -> Status {
    if bytes.is_null() {
        return LGT_E_NULL;
    }
    match parameters.and_then(model::size) {
        None => LGT_E_SIZE,
        Some(size) => {
            // SAFETY: the caller vouches for the number.
            unsafe { *bytes = size };
            LGT_OK
        }
    }
}

/// Scores of two classes through a model: a block at a time to f64, through `map`, and
/// back. `y` may be `x`.
///
/// # Safety
/// As [`view`]; pointers that are not null must be good for one value a row.
pub(super) unsafe fn apply<M: Model, E: Elem>(
    model: *const c_void,
    (x, x_stride): (*const E, usize),
    (y, y_stride): (*mut E, usize),
    rows: usize,
    map: fn(&View, &mut [f64]),
) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        view::<M>(model)
            .and_then(|model| apply_view(&model, (x, x_stride), (y, y_stride), rows, map))
    })
}

/// One copy for all families.
///
/// # Safety
/// As [`apply`].
#[inline(never)]
unsafe fn apply_view<E: Elem>(
    model: &View,
    (x, x_stride): (*const E, usize),
    (y, y_stride): (*mut E, usize),
    rows: usize,
    map: fn(&View, &mut [f64]),
) -> Result<Status, Status> {
    // SAFETY: the contract of this function.
    unsafe {
        let (from, to) = guard::rows_pair(x, x_stride, y, y_stride, rows, 1)?;
        let mut room = [0.0; BLOCK];
        for start in (0..rows).step_by(BLOCK) {
            let block = &mut room[..BLOCK.min(rows - start)];
            for (i, value) in block.iter_mut().enumerate() {
                *value = (*from.row(start + i)).widen().to_f64();
            }
            map(model, block);
            for (i, value) in block.iter().enumerate() {
                *to.row(start + i) = E::narrow(E::Acc::of(*value));
            }
        }
        Ok(LGT_OK)
    }
}

/// The `size` bytes at `data`, if they are a model.
unsafe fn open(
    data: *const c_void,
    size: usize,
) -> Result<(View<'static>, &'static Verbs), Status> {
    if data.is_null() {
        return Err(LGT_E_NULL);
    }
    if size < size_of::<ModelHead>() || !(data as usize).is_multiple_of(8) {
        return Err(LGT_E_STATE);
    }
    // SAFETY: the caller vouches for `size` bytes; size and alignment were seen.
    let head = unsafe { *data.cast::<Head>() };
    let verbs = KINDS.iter().find(|v| v.kind as u16 == head.kind).ok_or(LGT_E_STATE)?;
    if head.size as usize > size {
        return Err(LGT_E_STATE);
    }
    // SAFETY: there are as many bytes as the head says.
    unsafe { (verbs.view)(data.cast()) }.map(|view| (view, verbs))
}

/// Says whether `size` bytes are a fitted model that this library can use: right
/// magic, byte order, kind, version and length, and parameters that a fit may have
/// found. Any bytes may be asked about. What passes may be given to the `apply` of
/// its family.
///
/// # Shape
/// `model`: `size` bytes, 8-byte aligned.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`.
///
/// Thread safety: any thread, as long as no other changes the model.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_model_check(model: *const c_void, size: usize) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe { open(model, size) }.and_then(|(view, verbs)| {
        let good = (verbs.good)(view.param(), view.parameters);
        if good { Ok(LGT_OK) } else { Err(LGT_E_STATE) }
    }))
}

/// Writes what a model is a model of, an `LGT_MODEL_` number, how many bytes it takes
/// up, and how many parameters, of type `double`, follow its head.
///
/// # Shape
/// `model`: `size` bytes, 8-byte aligned. `kind`, `bytes`, `parameters`: one number
/// each, or NULL.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`.
///
/// Thread safety: any thread, as long as no other changes the model.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_model_size(
    model: *const c_void,
    size: usize,
    kind: *mut u32,
    bytes: *mut usize,
    parameters: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe { open(model, size) }.map(|(view, _)| {
        // SAFETY: as above.
        unsafe {
            if let Some(kind) = kind.as_mut() {
                *kind = u32::from(view.head.head.kind);
            }
            if let Some(bytes) = bytes.as_mut() {
                *bytes = view.head.head.size as usize;
            }
            if let Some(parameters) = parameters.as_mut() {
                *parameters = view.parameters.len();
            }
        }
        LGT_OK
    }))
}
