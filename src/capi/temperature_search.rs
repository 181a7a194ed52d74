//! `lgt_temperature_search`: a fit of temperature to data that lies elsewhere.

use super::guard;
use super::temperature::{lgt_temperature_model, lgt_temperature_opts, outcome};
use crate::calibration::temperature_loss::TemperatureLoss;
use crate::calibration::temperature_search::TemperatureSearch;
use crate::state;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Starts a fit of temperature that is told about the data step by step, so that it may
/// lie in many places.
///
/// As long as `count` in the struct is above 0: let `lgt_temperature_search_state` start
/// a state of `lgt_temperature_loss`; give each shard a copy to update with
/// `lgt_temperature_loss_update_f32`; merge them; give the result to
/// `lgt_temperature_search_step`. Then `lgt_temperature_search_model` writes the model. `lgt_temperature_fit_f32` does the
/// same: from the same `start` of the options the model has the same bytes, however the
/// rows were split.
///
/// # Shape
/// `search`: one struct. `opts`: NULL for the defaults; where `start` is 0 the search
/// starts from T = 1, having no rows to take a sample of.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (options). The struct is then as it was.
///
/// # Accuracy
/// As `lgt_temperature_fit_f32`.
///
/// Thread safety: any thread, one at a time for one struct.
///
/// # Source
/// As `lgt_temperature_fit_f32`.
///
/// # Example
/// ```c
/// float x[4][2] = {{4, 0}, {4, 0}, {4, 0}, {4, 0}};
/// uint8_t y[4] = {0, 0, 0, 1};
/// uint64_t state[353];
/// lgt_temperature_search search;
/// lgt_temperature_model model;
/// assert(lgt_temperature_search_init(&search, NULL) == LGT_OK);
/// while (search.count > 0) {
///     assert(lgt_temperature_search_state(&search, state, sizeof state) == LGT_OK);
///     assert(lgt_temperature_loss_update_f32(state, x[0], 2, y, LGT_U8, NULL, 4, 2) == LGT_OK);
///     assert(lgt_temperature_search_step(&search, state) == LGT_OK);
/// }
/// assert(lgt_temperature_search_model(&search, &model) == LGT_OK);
/// assert(model.temperature > 3.640 && model.temperature < 3.642);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_search_init(
    search: *mut TemperatureSearch,
    opts: *const lgt_temperature_opts,
) -> Status {
    if search.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        lgt_temperature_opts::read(opts).map(|opts| {
            *search = TemperatureSearch::new(&opts);
            LGT_OK
        })
    })
}

/// Starts a state of what a search wants to know next of the data: an
/// `lgt_temperature_loss` at its temperatures.
///
/// # Shape
/// `search`: one struct, started, its `count` above 0. `state`: `size` bytes of the
/// caller, 8-byte aligned; 2824 are enough.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`; `LGT_E_STATE` (alignment, or no search); `LGT_E_MISMATCH`
/// if the search is done.
///
/// Thread safety: any thread, as long as no other changes the search.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_search_state(
    search: *const TemperatureSearch,
    state: *mut c_void,
    size: usize,
) -> Status {
    if search.is_null() || state.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        if (*search).head != TemperatureSearch::HEAD {
            return LGT_E_STATE;
        }
        (*search).wanted().ok_or(LGT_E_MISMATCH).and_then(|wanted| {
            state::init::<TemperatureLoss>(state.cast(), size, &wanted).map(|()| LGT_OK)
        })
    })
}

/// Tells a search what was found of the data at the temperatures it asked for.
///
/// # Shape
/// `search`: one struct, started. `state`: an `lgt_temperature_loss` that has seen all
/// rows.
///
/// # Errors
/// `LGT_E_NULL`; `LGT_E_STATE` if either is not what it should be; `LGT_E_MISMATCH` if
/// the state is of other temperatures, or the search is done; `LGT_E_VALUE` if a row's
/// loss is finite at no temperature. The search is then as it was.
///
/// Thread safety: any thread, one at a time for one search.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_search_step(
    search: *mut TemperatureSearch,
    state: *const c_void,
) -> Status {
    if search.is_null() || state.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        if (*search).head != TemperatureSearch::HEAD {
            return LGT_E_STATE;
        }
        state::view::<TemperatureLoss>(state.cast())
            .and_then(|found| (*search).step(found))
            .map(|()| LGT_OK)
    })
}

/// Writes the model that a search has found, or the best so far.
///
/// # Shape
/// `search`, `model`: one struct each.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`. Advisory: how the fit ended, as
/// `lgt_temperature_fit_f32`; `LGT_NOT_CONVERGED` before the end.
///
/// Thread safety: any thread, as long as no other changes the search.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_temperature_search_model(
    search: *const TemperatureSearch,
    model: *mut lgt_temperature_model,
) -> Status {
    if search.is_null() || model.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    unsafe {
        if (*search).head != TemperatureSearch::HEAD {
            return LGT_E_STATE;
        }
        *model = lgt_temperature_model::of(&*search);
        outcome((*search).status)
    }
}
