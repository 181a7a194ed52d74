//! `lgt_matrix_search`: the search for the linear map of least loss.

use super::guard::{self, Options};
use super::linear::job;
use super::matrix_loss::params_of;
use super::model::room;
use super::state;
use crate::calibration::linear_fit::write;
use crate::calibration::linear_map::Penalties;
use crate::calibration::matrix_loss::MatrixLoss;
use crate::calibration::matrix_search::{MatrixSearch, Opts};
use crate::model::seal;
use crate::state::{view, view_mut};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Options of the fits of linear maps. Fill with `lgt_matrix_search_opts_default`, then
/// change what is to be different. What costs 0 is no penalty.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_matrix_search_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// Passes over the data at most, at least 1; default 1000.
    pub max_iter: u32,
    /// Done when a step is expected to lower the mean loss by no more than this, or than
    /// can be told from rounding: from 0 to 1, default 1e-20.
    pub tol: f64,
    /// The largest magnitude of a parameter, from 1 to 1e6; default 1000.
    pub bound: f64,
    /// The cost of squared differences from 1 of scales that go from a class to itself,
    /// at least 0, at most 1e9; default 0.
    pub diagonal: f64,
    /// The cost of squares of scales that go from one class to another, likewise.
    pub off_diagonal: f64,
    /// The cost of squares of biases, likewise.
    pub bias: f64,
}

// SAFETY: repr(C), 4 + 4 + 5 * 8 bytes, plain numbers.
unsafe impl Options for lgt_matrix_search_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        max_iter: 1000,
        tol: 1e-20,
        bound: 1000.0,
        diagonal: 0.0,
        off_diagonal: 0.0,
        bias: 0.0,
    };
}

impl lgt_matrix_search_opts {
    pub(super) unsafe fn read(opts: *const Self) -> Result<Opts, Status> {
        // SAFETY: the caller vouches for the struct.
        let Self { max_iter, tol, bound, diagonal, off_diagonal, bias, .. } =
            unsafe { guard::options(opts)? };
        let cost = |x: f64| (0.0..=1e9).contains(&x);
        let good = max_iter >= 1 && (0.0..=1.0).contains(&tol) && (1.0..=1e6).contains(&bound);
        if !(good && cost(diagonal) && cost(off_diagonal) && cost(bias)) {
            return Err(LGT_E_VALUE);
        }
        Ok(Opts { max_iter, tol, bound, penalties: Penalties { diagonal, off_diagonal, bias } })
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matrix_search_opts_default(opts: *mut lgt_matrix_search_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_matrix_search_opts::DEFAULT };
    }
}

/// Writes how many bytes a search needs: 464, and 280 a parameter.
///
/// # Shape
/// As `lgt_matrix_loss_size`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (form, classes, `eps`, or more than 4 GiB).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matrix_search_size(
    form: u32,
    classes: usize,
    eps: f64,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<MatrixSearch>(params_of(form, classes, eps), bytes) }
}

/// Starts the search for the linear map of least loss, for fits whose rows are split among
/// workers. Each round, `lgt_matrix_search_point` says where to look; every worker sets a
/// `lgt_matrix_loss` of the same form, classes and `eps` there and updates it with rows of
/// its own; the states are merged, and `lgt_matrix_search_step` takes them. When that says
/// so, `lgt_matrix_search_model` writes the model: the same as by the `fit` of its family,
/// but for the rounding of sums. A search is plain bytes: it may be stored and sent.
///
/// # Shape
/// `search`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_matrix_search_size` says. `opts`: NULL for the defaults. The rest as
/// `lgt_matrix_loss_init`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_OPTION`, `LGT_E_VALUE`.
///
/// Thread safety: any thread, one at a time for one search.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matrix_search_init(
    search: *mut c_void,
    size: usize,
    form: u32,
    classes: usize,
    eps: f64,
    opts: *const lgt_matrix_search_opts,
) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        lgt_matrix_search_opts::read(opts).and_then(|opts| {
            let params = params_of(form, classes, eps);
            let status = state::init::<MatrixSearch>(search, size, params);
            if status != LGT_OK {
                return Err(status);
            }
            view_mut::<MatrixSearch>(search.cast())?.start(&opts);
            Ok(LGT_OK)
        })
    })
}

/// Writes the point at which the search wants the loss next; when it is done, the best.
///
/// # Shape
/// `point`: `count` numbers, one a parameter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SHAPE` (count).
///
/// Thread safety: any thread, as long as no other changes the search.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matrix_search_point(
    search: *const c_void,
    point: *mut f64,
    count: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read_all(search, (point, count), |search: &MatrixSearch| {
            if count != search.parameters() {
                return Err(LGT_E_SHAPE);
            }
            for (i, x) in search.point().enumerate().take(count) {
                *point.add(i) = x;
            }
            Ok(LGT_OK)
        })
    }
}

/// Takes the loss at the point that the search wanted, of all rows.
///
/// # Shape
/// `loss`: a state of `lgt_matrix_loss`. `done`: one number, which becomes 1 if the search
/// has ended, else 0.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH` (form, classes, `eps` or point),
/// `LGT_E_VALUE` (rows were left out because of their numbers). The search is then as it
/// was.
///
/// Thread safety: any thread, one at a time for one search.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matrix_search_step(
    search: *mut c_void,
    loss: *const c_void,
    done: *mut u32,
) -> Status {
    if search.is_null() || loss.is_null() || done.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        view_mut::<MatrixSearch>(search.cast()).and_then(|search| {
            search.step(view::<MatrixLoss>(loss.cast())?)?;
            *done = u32::from(search.done());
            Ok(LGT_OK)
        })
    })
}

/// Writes the model of the best point, of `lgt_prior_shift`, `lgt_vector_scaling`,
/// `lgt_matrix_scaling` or, with `eps`, `lgt_dirichlet`. Returns how the search has ended;
/// before that, `LGT_NOT_CONVERGED`.
///
/// # Shape
/// `model`: `size` bytes, 8-byte aligned, at least what the family's `size` says.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SIZE`, `LGT_E_ALIAS`. Advisory: `LGT_AT_BOUND`,
/// `LGT_DEGENERATE`, `LGT_NOT_CONVERGED`.
///
/// Thread safety: any thread, as long as no other changes the search.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_matrix_search_model(
    search: *const c_void,
    model: *mut c_void,
    size: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read(search, model, |found: &MatrixSearch| {
            let shape = found.shape();
            let job = job(shape.form, found.eps(), shape.classes);
            let count = job.parameters().ok_or(LGT_E_SIZE)?;
            let parameters = room(model, size, count, &[(search.cast(), size_of_val(found))])?;
            let fitted = write(found, parameters);
            seal(model.cast(), job.kind(), shape.classes as u32, count, &fitted);
            Ok(fitted.status)
        })
    }
}
