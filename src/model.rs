//! What all fitted models have in common: a head, and numbers.
//!
//! A model is plain bytes, as a state is: stored, sent and mapped as it is. Behind the
//! head of a state it says how its fit went; all else is parameters, f64 each, and what
//! they mean is the kind's affair.

use crate::state::{Head, Kind};
use crate::status::Status;

/// The first 40 bytes of every model; parameters, double each, follow.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ModelHead {
    /// What these bytes are: an `LGT_MODEL_` kind, and how many.
    pub head: Head,
    /// How the fit ended, an `lgt_status`.
    pub fit_status: i32,
    /// Passes over the data.
    pub iterations: u32,
    /// Mean negative log-likelihood before; NaN where there is none to speak of.
    pub nll_before: f64,
    /// The same of the fitted model.
    pub nll_after: f64,
}

impl ModelHead {
    /// That of nothing.
    pub const NONE: ModelHead = ModelHead {
        head: Head { magic: 0, kind: 0, version: 0, size: 0, param: 0 },
        fit_status: 0,
        iterations: 0,
        nll_before: f64::NAN,
        nll_after: f64::NAN,
    };
}

/// A kind of model.
pub trait Model {
    /// What it is.
    const KIND: Kind;

    /// Whether there may be so many parameters: what applying it relies on.
    fn fits(param: u32, parameters: usize) -> bool;

    /// Whether these parameters are some that a fit may have found.
    fn good(param: u32, parameters: &[f64]) -> bool {
        let _ = param;
        parameters.iter().all(|p| p.is_finite())
    }
}

/// How a fit went.
#[derive(Clone, Copy, Debug)]
pub struct Fitted {
    /// `OK`, `AT_BOUND`, `DEGENERATE` or `NOT_CONVERGED`.
    pub status: Status,
    /// Passes over the data.
    pub iterations: u32,
    /// Mean loss before.
    pub nll_before: f64,
    /// Mean loss after.
    pub nll_after: f64,
}

/// A model to read.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// What it is, and how its fit went.
    pub head: &'a ModelHead,
    /// What was fitted.
    pub parameters: &'a [f64],
}

impl View<'_> {
    /// The parameter in the head: classes, bins, flags, or 0.
    #[inline(always)]
    pub fn param(&self) -> u32 {
        self.head.head.param
    }
}

/// Bytes of a model of so many parameters; none where a head cannot say so many.
pub const fn size(parameters: usize) -> Option<usize> {
    let most = (u32::MAX as usize - size_of::<ModelHead>()) / size_of::<f64>();
    if parameters > most { None } else { Some(size_of::<ModelHead>() + 8 * parameters) }
}

/// The model of kind `M` at `data`, or `E_STATE`.
///
/// # Safety
/// `data` must be readable for a head and, if that is one of `M`, for its size.
pub unsafe fn view<'a, M: Model>(data: *const u8) -> Result<View<'a>, Status> {
    // SAFETY: the caller vouches for a head and for the size it states.
    unsafe { view_as(data, M::KIND, M::fits) }
}

/// # Safety
/// As [`view`].
#[inline(never)]
unsafe fn view_as<'a>(
    data: *const u8,
    kind: Kind,
    fits: fn(u32, usize) -> bool,
) -> Result<View<'a>, Status> {
    if !(data as usize).is_multiple_of(8) {
        return Err(Status::LGT_E_STATE);
    }
    // SAFETY: the caller vouches for a head, aligned as was just seen.
    let head = unsafe { *data.cast::<Head>() };
    let size = head.size as usize;
    let known = head == Head::new(kind, head.param, size);
    if !known || size < size_of::<ModelHead>() || !size.is_multiple_of(8) {
        return Err(Status::LGT_E_STATE);
    }
    let parameters = (size - size_of::<ModelHead>()) / size_of::<f64>();
    if !fits(head.param, parameters) {
        return Err(Status::LGT_E_STATE);
    }
    // SAFETY: the head is one of this kind, so there are as many bytes as it says.
    unsafe {
        let first = data.add(size_of::<ModelHead>()).cast::<f64>();
        let parameters = core::slice::from_raw_parts(first, parameters);
        Ok(View { head: &*data.cast(), parameters })
    }
}

/// Where the parameters of a model go; nothing is written. `E_SIZE` if there is no
/// room, `E_STATE` if it is not aligned.
///
/// # Safety
/// `data` must be writable for `bytes` bytes.
pub unsafe fn room<'a>(
    data: *mut u8,
    bytes: usize,
    parameters: usize,
) -> Result<&'a mut [f64], Status> {
    if bytes < size(parameters).ok_or(Status::LGT_E_SIZE)? {
        return Err(Status::LGT_E_SIZE);
    }
    if !(data as usize).is_multiple_of(8) {
        return Err(Status::LGT_E_STATE);
    }
    // SAFETY: the caller vouches for the bytes, which are enough.
    unsafe {
        let first = data.add(size_of::<ModelHead>()).cast::<f64>();
        Ok(core::slice::from_raw_parts_mut(first, parameters))
    }
}

/// Writes the head of a model of which `parameters` are there.
///
/// # Safety
/// `data` passed [`room`] for at least so many.
pub unsafe fn seal(data: *mut u8, kind: Kind, param: u32, parameters: usize, fitted: &Fitted) {
    let size = size(parameters).unwrap_or(0);
    let head = ModelHead {
        head: Head::new(kind, param, size),
        fit_status: fitted.status as i32,
        iterations: fitted.iterations,
        nll_before: fitted.nll_before,
        nll_after: fitted.nll_after,
    };
    // SAFETY: the caller vouches for the room.
    unsafe { *data.cast::<ModelHead>() = head };
}
