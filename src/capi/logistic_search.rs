//! `lgt_logistic_search`: a fit of Platt's or beta calibration, pass by pass.

use super::beta::lgt_beta_model;
use super::guard::{self, Options};
use super::platt::lgt_platt_model;
use crate::calibration::logistic_form::Form;
use crate::calibration::logistic_loss::LogisticLoss;
use crate::calibration::logistic_search::{LogisticSearch, Opts};
use crate::state::Head;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Where a fit stands. Plain bytes: store or send it; only its functions change it.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_logistic_search {
    /// What these bytes are.
    pub head: Head,
    /// How the fit ended, an `lgt_status`; `LGT_NOT_CONVERGED` until then.
    pub fit_status: i32,
    /// Passes over the data so far.
    pub iterations: u32,
    /// 1 when there is nothing more to ask.
    pub done: u32,
    /// What is asked for: 0 ranges and weights, 1 the neutral model, 2 the start, 3 a step.
    pub phase: u32,
    /// Passes over the data at most.
    pub max_iter: u32,
    /// 1 if the start is the answer, since the data determine no other.
    pub degenerate: u32,
    /// As in the options.
    pub tol: f64,
    /// As in the options.
    pub eps: f64,
    /// Mean loss of the neutral model; NaN before it was seen.
    pub nll_before: f64,
    /// Mean loss of the best model met.
    pub nll_after: f64,
    /// `a` of the best model met.
    pub a: f64,
    /// Its `b`; 0 of Platt's.
    pub b: f64,
    /// Its `c`; of Platt's the `b`.
    pub c: f64,
    /// The sum of weights of class 0.
    pub weight_0: f64,
    /// That of class 1.
    pub weight_1: f64,
    /// Platt's scores are moved by this ..
    pub shift: f64,
    /// .. and then divided by this power of two.
    pub scale: f64,
    /// `a` to start from, or NaN.
    pub start_a: f64,
    /// Its `b`.
    pub start_b: f64,
    /// Its `c`.
    pub start_c: f64,
    /// The largest slope, of moved and divided scores.
    pub most: f64,
    /// The free parameters that are asked for.
    pub point_1: f64,
    /// The second.
    pub point_2: f64,
    /// The third.
    pub point_3: f64,
    /// Those of the last step that helped.
    pub base_1: f64,
    /// The second.
    pub base_2: f64,
    /// The third.
    pub base_3: f64,
    /// The loss there, NaN before there is one.
    pub base_loss: f64,
    /// The step from there.
    pub step_1: f64,
    /// The second.
    pub step_2: f64,
    /// The third.
    pub step_3: f64,
    /// What the loss would change by, were it quadratic.
    pub change: f64,
}

// The same numbers, of which some are triples inside.
const _: () = assert!(
    size_of::<lgt_logistic_search>() == size_of::<LogisticSearch>()
        && core::mem::offset_of!(lgt_logistic_search, change)
            == core::mem::offset_of!(LogisticSearch, change)
);

/// `lgt_platt` with smoothed targets.
pub const LGT_LOGISTIC_PLATT: u32 = 0;
/// `lgt_platt` with plain targets.
pub const LGT_LOGISTIC_PLATT_PLAIN: u32 = 1;
/// `lgt_beta`, variant abm.
pub const LGT_LOGISTIC_BETA_ABM: u32 = 2;
/// `lgt_beta`, variant am.
pub const LGT_LOGISTIC_BETA_AM: u32 = 3;
/// `lgt_beta`, variant ab.
pub const LGT_LOGISTIC_BETA_AB: u32 = 4;

/// Options of `lgt_logistic_search_init`. Fill with `lgt_logistic_search_opts_default`, then
/// change what is to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_logistic_search_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// What is fitted: `LGT_LOGISTIC_PLATT` (the default) or another of those.
    pub form: u32,
    /// Passes over the data at most, at least 3; default 100.
    pub max_iter: u32,
    /// Must be 0.
    pub reserved: u32,
    /// Of beta calibration, as in `lgt_beta_opts`; default 2^-52.
    pub eps: f64,
    /// As in `lgt_platt_opts`; default 1e-6.
    pub tol: f64,
}

// SAFETY: repr(C), 4 * 4 + 2 * 8 bytes, plain numbers.
unsafe impl Options for lgt_logistic_search_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        form: LGT_LOGISTIC_PLATT,
        max_iter: 100,
        reserved: 0,
        eps: f64::EPSILON,
        tol: 1e-6,
    };
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logistic_search_opts_default(opts: *mut lgt_logistic_search_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_logistic_search_opts::DEFAULT };
    }
}

/// Starts a fit over data that is in several places, or does not fit into memory.
///
/// While `done` is 0: make a state for the question (`lgt_logistic_loss_init`) wherever there
/// is data, update each with all rows there, merge them, and give the result to
/// `lgt_logistic_search_step`. The fits of one array are a loop over the same functions.
///
/// # Shape
/// `search`: one struct. `opts`: NULL for the defaults.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE`. The search is then as it was.
///
/// Thread safety: any thread, one at a time for one search.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logistic_search_init(
    search: *mut lgt_logistic_search,
    opts: *const lgt_logistic_search_opts,
) -> Status {
    if search.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        guard::options(opts).and_then(|opts: lgt_logistic_search_opts| {
            let form = Form::of(opts.form).filter(|_| opts.reserved == 0).ok_or(LGT_E_OPTION)?;
            let (max_iter, tol, eps) = (opts.max_iter, opts.tol, opts.eps);
            let good = max_iter >= 3 && (0.0..=1.0).contains(&tol) && (1e-300..0.5).contains(&eps);
            if !good {
                return Err(LGT_E_VALUE);
            }
            *search.cast() = LogisticSearch::new(&Opts { form, max_iter, tol, eps }, [f64::NAN; 3]);
            Ok(LGT_OK)
        })
    })
}

/// Takes the answer of all data to what was asked, and decides on the next question, or
/// sets `done`.
///
/// # Shape
/// `search`: one struct. `loss`: an `lgt_logistic_loss` made for this search as it is.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH` (the answer to another question). The search
/// is then as it was.
///
/// Thread safety: any thread, one at a time for one search.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logistic_search_step(
    search: *mut lgt_logistic_search,
    loss: *const c_void,
) -> Status {
    if search.is_null() || loss.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        crate::state::view::<LogisticLoss>(loss.cast())
            .and_then(|loss| (*search.cast::<LogisticSearch>()).step(loss))
            .map(|()| LGT_OK)
    })
}

/// Writes the best model met so far, an `lgt_platt_model` or an `lgt_beta_model`. Returns how
/// the fit ended; `LGT_NOT_CONVERGED` before that.
///
/// # Shape
/// `search`: one struct. `model`: `size` bytes, 8-byte aligned, at least those of the model.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SIZE`. Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`,
/// `LGT_NOT_CONVERGED`.
///
/// Thread safety: any thread, as long as no other changes the search.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logistic_search_model(
    search: *const lgt_logistic_search,
    model: *mut c_void,
    size: usize,
) -> Status {
    if search.is_null() || model.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        let search = &*search.cast::<LogisticSearch>();
        search.form().and_then(|form| {
            let end = Status::from_code(search.fit_status).filter(|end| *end as i32 >= 0);
            let end = end.ok_or(LGT_E_STATE)?;
            if form.is_beta() {
                put(model, size, lgt_beta_model::of(search))?;
            } else {
                put(model, size, lgt_platt_model::of(search))?;
            }
            Ok(end)
        })
    })
}

/// # Safety
/// `to` must be writable for `size` bytes.
unsafe fn put<M>(to: *mut c_void, size: usize, model: M) -> Result<(), Status> {
    if size < size_of::<M>() {
        return Err(LGT_E_SIZE);
    }
    if !(to as usize).is_multiple_of(8) {
        return Err(LGT_E_STATE);
    }
    // SAFETY: the caller vouches for the bytes, which are enough.
    unsafe { to.cast::<M>().write(model) };
    Ok(())
}
