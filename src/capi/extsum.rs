//! `lgt_extsum`: a mergeable state of sums of exponentials.

use super::guard;
use super::softmax::lgt_softmax_opts;
use super::state;
use super::types::*;
use crate::rows::view::Column;
use crate::simd::{Bf16, Elem, F16};
use crate::softmax::extsum::ExtSum;
use crate::softmax::row::RowsPair;
use crate::state::{view, view_mut};
use crate::status::Status;
use core::ffi::c_void;

/// The header's parameter; what does not fit it is refused as a parameter.
fn param(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// Writes how many bytes a state of `lgt_extsum` needs: 16, and 16 a row.
///
/// # Shape
/// `rows`: how many sums, at most 268435454. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (rows).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_extsum_size(rows: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<ExtSum>(param(rows), bytes) }
}

/// Starts a state of sums of exponentials, one a row: what shards of a
/// vocabulary, or pieces of a stream, are added to apart and merged. The bytes
/// are described in docs/state-format.md.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_extsum_size` says. `rows`: how many sums, at most 268435454.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (rows).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_extsum_init(state: *mut c_void, size: usize, rows: usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<ExtSum>(state, size, param(rows)) }
}

unsafe fn update<E: Elem>(
    state: *mut c_void,
    (x, x_stride): (*const E, usize),
    (rows, cols): (usize, usize),
    opts: *const lgt_softmax_opts,
) -> Status {
    if state.is_null() {
        return Status::LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        view_mut::<ExtSum>(state.cast()).and_then(|state| {
            if state.rows() != rows {
                return Err(Status::LGT_E_SHAPE);
            }
            let opts = lgt_softmax_opts::read(opts)?;
            state.update(guard::rows(x, x_stride, rows, cols)?, &opts)
        })
    })
}

/// Adds columns to sums of exponentials: row `r` of `x` to sum `r`,
/// `sum_c exp(scale * x[r][c])`.
///
/// -inf adds nothing. A NaN makes its sum NaN; entries at +inf are counted, and
/// swallow what is finite. All calls for one state should have one `scale`.
/// Where `scale * x` is beyond 3e15 in magnitude (masks that fill a row), an entry
/// is taken as two to the power of `scale * x * log2(e)` rounded to a double, so
/// that those whose powers round alike count as equal; and beyond 1.2e308 as
/// being there.
///
/// # Shape
/// `x`: scores, rows x cols, row-major, stride in elements, at least cols.
/// `rows`: those of the state. `opts`: NULL for the defaults; scale and ctx have
/// an effect.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SHAPE` (rows), `LGT_E_STRIDE`,
/// `LGT_E_SIZE`, `LGT_E_OPTION`, `LGT_E_VALUE` (scale); the state is then as it
/// was. `LGT_E_CALLBACK` (the executor failed: some rows may have been added).
///
/// # Accuracy
/// A sum: at most 3e-7 relative from f32 (f64: 6e-16), for any number of columns,
/// and 1.2e-16 more for each further update or merge. So split and order matter
/// to the last bits; the same calls give the same bytes for any number of
/// workers.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// The accumulator of M. Dukhan and A. Ablavatski, "The Two-Pass Softmax
/// Algorithm" (2020), section 5: mantissa and exponent apart, so that sums need
/// no common maximum.
///
/// # Example
/// ```c
/// float left[1][2] = {{1000, 1001}}, right[1][1] = {{1002}}, share[1][1];
/// uint64_t sum[4], other[4];
/// double lse;
/// lgt_extsum_init(sum, sizeof sum, 1);
/// lgt_extsum_init(other, sizeof other, 1);
/// lgt_extsum_update_f32(sum, &left[0][0], 2, 1, 2, NULL);
/// lgt_extsum_update_f32(other, &right[0][0], 1, 1, 1, NULL);
/// assert(lgt_extsum_merge(sum, other) == LGT_OK);
/// assert(lgt_extsum_lse(sum, &lse) == LGT_OK && lse > 1002.40 && lse < 1002.41);
/// lgt_extsum_scale_f32(sum, &right[0][0], 1, &share[0][0], 1, 1, 1, NULL);
/// assert(share[0][0] > 0.6652f && share[0][0] < 0.6653f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_extsum_update_f32(
    state: *mut c_void,
    x: *const f32,
    x_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { update(state, (x, x_stride), (rows, cols), opts) }
}

/// `double` form of `lgt_extsum_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_extsum_update_f64(
    state: *mut c_void,
    x: *const f64,
    x_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { update(state, (x, x_stride), (rows, cols), opts) }
}

/// `lgt_f16` form of `lgt_extsum_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_extsum_update_f16(
    state: *mut c_void,
    x: *const lgt_f16,
    x_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { update(state, (x.cast::<F16>(), x_stride), (rows, cols), opts) }
}

/// `lgt_bf16` form of `lgt_extsum_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_extsum_update_bf16(
    state: *mut c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { update(state, (x.cast::<Bf16>(), x_stride), (rows, cols), opts) }
}

/// Adds the sums of another state of as many rows. `a` merged with `b` has the
/// bytes of `b` merged with `a`; the order of more merges can change last bits.
/// For bytes from elsewhere use `lgt_state_merge`, which is told their size.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH` (rows), `LGT_E_ALIAS` (the same
/// state twice). The state is then as it was.
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_extsum_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<ExtSum>(state, other) }
}

/// Bytes of a state, to be kept apart from.
fn span(state: &ExtSum) -> (*const u8, usize) {
    ((&raw const *state).cast(), size_of_val(state))
}

/// Writes the natural logarithm of each sum, a double whatever was added: -inf
/// where nothing was (and the call returns `LGT_EMPTY_ROW`), +inf, or NaN.
///
/// At most 6e-16 times the larger of 1 and its magnitude is added to the
/// relative error of the sum.
///
/// # Shape
/// `lse`: one number a row of the state, not overlapping it.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_extsum_lse(state: *const c_void, lse: *mut f64) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read::<ExtSum, f64>(state, lse, |state| {
            Ok(state.lse(guard::column(lse, state.rows(), &[span(state)])?))
        })
    }
}

unsafe fn scale<E: Elem>(
    state: *const c_void,
    (x, x_stride): (*const E, usize),
    (y, y_stride): (*mut E, usize),
    (rows, cols): (usize, usize),
    opts: *const lgt_softmax_opts,
) -> Status {
    if state.is_null() {
        return Status::LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        view::<ExtSum>(state.cast()).and_then(|state| {
            if state.rows() != rows {
                return Err(Status::LGT_E_SHAPE);
            }
            let opts = lgt_softmax_opts::read(opts)?;
            let (x, to) = guard::rows_pair(x, x_stride, y, y_stride, rows, cols)?;
            guard::apart(span(state), guard::span(y, y_stride, rows, cols))?;
            let lse = Column::new(core::ptr::null_mut());
            state.scale(RowsPair { x, y: to, lse }, opts)
        })
    })
}

/// The shares that entries have of sums of exponentials:
/// `y[r][c] = exp(scale * x[r][c]) / sum[r]`. With a state that has seen the
/// whole rows, in any shards, that is their softmax, shard by shard.
///
/// A sum that is NaN makes its row NaN. A sum with +inf is shared by the entries
/// at +inf. Where nothing was added the row becomes NaN, or zeros with
/// `LGT_SOFTMAX_EMPTY_ZERO`, and the call returns `LGT_EMPTY_ROW`. An entry that
/// was not added may have a share above 1; past 2^60 (double: 2^500) it may be cut
/// to that.
///
/// # Shape
/// `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `rows`:
/// those of the state. `opts`: NULL for the defaults; `scale` that of the
/// updates; algorithm has no effect.
///
/// # In place
/// `y == x` with equal strides is allowed, and so are column ranges of one array
/// that do not meet; any other overlap, and one of `y` with the state, is
/// `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SHAPE` (rows), `LGT_E_STRIDE`,
/// `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE` (scale),
/// `LGT_E_CALLBACK` (the executor failed: rows may then be missing). Advisory:
/// `LGT_EMPTY_ROW`.
///
/// # Accuracy
/// That of `lgt_softmax_f32`, at most 12 ulp, subnormal results included; in
/// double, half an ulp more for each update and merge after the first. Beyond
/// `scale * x` of 3e15 in magnitude, of the entries as `lgt_extsum_update_f32`
/// takes them.
///
/// Thread safety: any thread, as long as no other writes the arrays or changes
/// the state.
///
/// # Source
/// The second pass of M. Dukhan and A. Ablavatski, "The Two-Pass Softmax
/// Algorithm" (2020), section 5.
///
/// # Example
/// ```c
/// float x[2][2] = {{1, 2}, {-1e30f, -1e30f}}, y[2][2];
/// uint64_t sums[6];
/// lgt_extsum_init(sums, sizeof sums, 2);
/// lgt_extsum_update_f32(sums, &x[0][0], 2, 2, 2, NULL);
/// assert(lgt_extsum_scale_f32(sums, &x[0][0], 2, &y[0][0], 2, 2, 2, NULL) == LGT_OK);
/// assert(y[0][1] > 0.731f && y[0][1] < 0.732f && y[1][0] == 0.5f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_extsum_scale_f32(
    state: *const c_void,
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { scale(state, (x, x_stride), (y, y_stride), (rows, cols), opts) }
}

/// `double` form of `lgt_extsum_scale_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_extsum_scale_f64(
    state: *const c_void,
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { scale(state, (x, x_stride), (y, y_stride), (rows, cols), opts) }
}

/// `lgt_f16` form of `lgt_extsum_scale_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_extsum_scale_f16(
    state: *const c_void,
    x: *const lgt_f16,
    x_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let (x, y): (*const F16, *mut F16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { scale(state, (x, x_stride), (y, y_stride), (rows, cols), opts) }
}

/// `lgt_bf16` form of `lgt_extsum_scale_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_extsum_scale_bf16(
    state: *const c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let (x, y): (*const Bf16, *mut Bf16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { scale(state, (x, x_stride), (y, y_stride), (rows, cols), opts) }
}
