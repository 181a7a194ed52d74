//! `lgt_coverage`: a mergeable state.

use super::{guard, state};
use crate::conformal::coverage::{Coverage, CoverageGroup, CoverageReport, EDGES, Sets};
use crate::rows::labels::Weights;
use crate::state::view_mut;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes a state of `lgt_coverage` needs: 128 a class and 88.
///
/// # Shape
/// `classes`: at least 1. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (classes: 0, or a state of 4 GiB).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_coverage_size(classes: u32, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<Coverage>(classes, bytes) }
}

/// Starts a state of the coverage of prediction sets: how often they hold the true
/// class, and how large they are.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_coverage_size` says. `classes`: at least 1.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (classes).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_coverage_init(
    state: *mut c_void,
    size: usize,
    classes: u32,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<Coverage>(state, size, classes) }
}

/// Adds rows to a state of the coverage of prediction sets: how often they hold the
/// true class, and how large they are.
///
/// Sets are as `lgt_conformal_sets_f32` writes them, whatever made them: class `c` is
/// bit `c % 64` of word `c / 64`, the lowest bit first. Bits past the last class are not
/// looked at. An empty set is a set, and covers nothing.
///
/// # Shape
/// `masks`: rows x ceil(cols / 64) words, row-major, stride `mask_stride` in words, at
/// least as many. `labels`: one class a row, 0 to cols - 1, of the integer type
/// `label_type` (`LGT_I8` to `LGT_U64`). `weights`: one number a row from 0 to 2^63, or
/// NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out. `cols`: the
/// classes that `init` was told.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SHAPE` (cols), `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`,
/// `LGT_E_VALUE` (weights), `LGT_E_STATE`. The state is then as it was.
///
/// # Accuracy
/// Exact: sums of weights are exact.
/// The same rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// As `lgt_coverage_finish`.
///
/// # Example
/// ```c
/// uint64_t state[11 + 16 * 3], sets[3] = {1, 6, 0};
/// uint8_t labels[3] = {0, 1, 2};
/// lgt_coverage_report report;
/// assert(lgt_coverage_init(state, sizeof state, 3) == LGT_OK);
/// assert(lgt_coverage_update(state, sets, 1, labels, LGT_U8, NULL, 3, 3) == LGT_OK);
/// assert(lgt_coverage_finish(state, &report, 0.1, NULL, 0) == LGT_OK);
/// assert(report.coverage == 2.0 / 3 && report.mean_size == 1 && report.empty == 1.0 / 3);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_coverage_update(
    state: *mut c_void,
    masks: *const u64,
    mask_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    cols: usize,
) -> Status {
    if state.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        view_mut::<Coverage>(state.cast()).and_then(|state| {
            if cols != state.classes() {
                return Err(LGT_E_SHAPE);
            }
            let bytes = guard::extent_of(8, mask_stride, rows, cols.div_ceil(64))?;
            guard::extent_of(8, 1, rows, 1)?;
            let sets = Sets {
                masks: guard::slice(masks, bytes / 8)?,
                stride: mask_stride,
                labels: guard::labels(labels, label_type, rows)?,
                weights: Weights::new(weights),
                rows,
            };
            state.update(&sets).map(|()| LGT_OK)
        })
    })
}

/// Adds what another state of the same parameters has seen. The order of merging
/// does not change a bit. For bytes from elsewhere use `lgt_state_merge`, which
/// is told their size.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH`, `LGT_E_ALIAS` (the same
/// state twice). The state is then as it was.
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_coverage_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<Coverage>(state, other) }
}

/// Writes the coverage of all rows and the sizes of their sets, and how coverage
/// differs from class to class and from size to size; the state can go on.
///
/// `least_class_coverage` and `class_gap` are over classes that have rows: the least
/// coverage of one, and the plain mean of `|coverage - (1 - alpha)|` (CovGap is 100 times
/// that). `size_violation` is the largest `|coverage - (1 - alpha)|` of groups of rows
/// whose sets are of like size, SSCV; groups without rows do not count. Sizes of 0 and
/// 1, 2 and 3, 4 to 10, 11 to 100 and beyond are the groups, unless there are `edges`.
///
/// # Shape
/// `report`: one struct. All NaN but `rows` and `weight`, with `LGT_UNDEFINED`, if
/// nothing was seen. `alpha`: the share of rows whose set may miss their class, above 0
/// and below 1. `edges`: the largest size of each group but the last, rising, `count` of
/// them, at most 65536; NULL and 0 for those above. With edges and a count of 0 all
/// sizes are one group.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (alpha, edges), `LGT_E_SIZE`
/// (count).
/// Advisory: `LGT_UNDEFINED`.
///
/// # Accuracy
/// Within 1e-15, `mean_size` relative to itself: sums are exact, and quotients and
/// differences are rounded once.
///
/// Thread safety: any thread, as long as no other changes the state.
///
/// # Source
/// A. Angelopoulos et al., "Uncertainty Sets for Image Classifiers using Conformal
/// Prediction" (2021), size-stratified coverage violation and its groups; T. Ding et
/// al., "Class-Conditional Conformal Prediction with Many Classes" (2023), CovGap.
///
/// # Example
/// ```c
/// uint64_t state[11 + 16 * 2], sets[4] = {1, 1, 3, 3};
/// uint8_t labels[4] = {0, 1, 1, 1};
/// uint32_t edges[1] = {1};
/// lgt_coverage_report report;
/// assert(lgt_coverage_init(state, sizeof state, 2) == LGT_OK);
/// assert(lgt_coverage_update(state, sets, 1, labels, LGT_U8, NULL, 4, 2) == LGT_OK);
/// assert(lgt_coverage_finish(state, &report, 0.25, edges, 1) == LGT_OK);
/// assert(report.size_violation == 0.25 && report.least_class_coverage == 2.0 / 3);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_coverage_finish(
    state: *const c_void,
    report: *mut CoverageReport,
    alpha: f64,
    edges: *const u32,
    count: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read(state, report, |state: &Coverage| {
            guard::confidence(alpha)?;
            let made = state.finish(1.0 - alpha, groups(edges, count)?);
            *report = made;
            Ok(if made.coverage.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    }
}

/// The largest sizes of groups: those given, if they rise, or the usual ones.
unsafe fn groups<'a>(edges: *const u32, count: usize) -> Result<&'a [u32], Status> {
    if edges.is_null() && count == 0 {
        return Ok(&EDGES);
    }
    if count > 1 << 16 {
        return Err(LGT_E_SIZE);
    }
    // SAFETY: the contract of the C function.
    let edges = unsafe { guard::slice(edges, count)? };
    if edges.is_sorted_by(|a, b| a < b) { Ok(edges) } else { Err(LGT_E_VALUE) }
}

/// Writes the coverage of the rows of each class; the state can go on.
///
/// # Shape
/// `classes`: `count` structs; at least as many as `init` was told. A class without
/// rows has a coverage of NaN.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_coverage_get_classes(
    state: *const c_void,
    classes: *mut CoverageGroup,
    count: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read_all(state, (classes, count), |state: &Coverage| {
            guard::fill(classes, count, state.by_class())
        })
    }
}

/// Writes the coverage of the rows whose sets are of each size, from 0 to all classes;
/// the state can go on.
///
/// # Shape
/// `sizes`: `count` structs; at least one more than `init` was told classes. A size
/// that no set has has a coverage of NaN.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_coverage_get_sizes(
    state: *const c_void,
    sizes: *mut CoverageGroup,
    count: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read_all(state, (sizes, count), |state: &Coverage| {
            guard::fill(sizes, count, state.by_size())
        })
    }
}
