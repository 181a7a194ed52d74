//! `lgt_conformal_sets`: the classes that a threshold lets in.

use super::conformal_scores::draws;
use super::types::*;
use super::{guard, model};
use crate::conformal::fitted::{self, Conformal};
use crate::conformal::rule::{Rule, rough};
use crate::conformal::sets::{self, Masks, Sets};
use crate::conformal::table::{Stored, Table};
use crate::model::View;
use crate::simd::{Bf16, Elem, F16};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes of scratch `lgt_conformal_sets` needs: 32 a column, of columns
/// in 64s.
///
/// # Shape
/// `cols`: number of classes, below 2^32. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_conformal_sets_scratch(cols: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(words(cols), bytes) }
}

fn words(cols: usize) -> Option<usize> {
    u32::try_from(cols).ok().and_then(|_| sets::words(cols))
}

/// What belongs to the rows, as C gives it.
struct Raw {
    u: *const f64,
    thresholds: *const f64,
    masks: *mut u64,
    mask_stride: usize,
    sizes: *mut u32,
    scratch: *mut c_void,
    scratch_size: usize,
}

unsafe fn apply<E: Elem>(
    model: *const c_void,
    raw: Raw,
    (x, stride): (*const E, usize),
    (rows, cols): (usize, usize),
) -> Status
where
    E::Acc: Elem<Acc = E::Acc>,
{
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        model::view::<Conformal>(model).and_then(|model| {
            let (rule, thresholds) = fitted::read(&model);
            let rule = Rule { rough: rough::<E::Acc>(), ..rule };
            let mut table = Stored::new(guard::rows(x, stride, rows, cols)?, rule);
            let sets = Sets { rule, thresholds, of_rows: raw.thresholds, draws: raw.u };
            write(&model, raw, &mut table, guard::span(x, stride, rows, cols), &sets)
        })
    })
}

/// The same of any storage type.
unsafe fn write(
    model: &View,
    raw: Raw,
    table: &mut dyn Table,
    span: (*const u8, usize),
    sets: &Sets,
) -> Result<Status, Status> {
    let (rows, cols) = table.shape();
    if model.param() != 0 && sets.thresholds.len() != cols && rows > 0 {
        return Err(LGT_E_SHAPE);
    }
    // SAFETY: the contract of the C functions below.
    unsafe {
        let each = cols.div_ceil(64);
        guard::not_null(raw.masks, rows.min(each))?;
        let masks =
            (raw.masks.cast_const().cast(), guard::extent_of(8, raw.mask_stride, rows, each)?);
        let given = if raw.thresholds.is_null() { 0 } else { rows };
        let of_rows = guard::slice(raw.thresholds, given)?;
        if of_rows.iter().any(|threshold| threshold.is_nan()) {
            return Err(LGT_E_VALUE);
        }
        let bytes = (core::ptr::from_ref(model.head).cast(), model.head.head.size as usize);
        let thresholds_at = (raw.thresholds.cast(), size_of_val(of_rows));
        let drawn = draws(raw.u, rows)?;
        let others = [span, drawn, thresholds_at, bytes];
        others.iter().try_for_each(|other| guard::apart(masks, *other))?;
        let sizes = guard::column(raw.sizes, rows, &[span, drawn, thresholds_at, bytes, masks])?;
        let counted = if raw.sizes.is_null() { 0 } else { 4 * rows };
        let sizes_at = (raw.sizes.cast_const().cast(), counted);
        let others = [span, drawn, thresholds_at, bytes, masks, sizes_at];
        let scratch = guard::scratch(raw.scratch, raw.scratch_size, words(cols), others)?;
        let to = Masks { data: raw.masks, stride: raw.mask_stride, sizes };
        let lost = sets.write(table, &to, scratch);
        Ok(if lost { LGT_UNDEFINED } else { LGT_OK })
    }
}

/// Writes the prediction set of each row: the classes whose scores, as
/// `lgt_conformal_scores` has them, are not above the model's threshold, or their own
/// where classes have thresholds of their own.
///
/// A set is a bit a class: class `c` is bit `c % 64` of word `c / 64`, the lowest bit
/// first; bits past the last class are 0. It may be empty, where no class conforms. A
/// row that has no score (a NaN, nothing above -inf, what is no probability) has all
/// classes, and `LGT_UNDEFINED` says so. A threshold of +inf lets every class in.
///
/// Rounding never keeps a class out: one whose score is above the threshold by no more
/// than sums in another order differ (4e-6, f64: 1e-11; of LAC 2^-52 and 1e-11 of `p`)
/// is in the set. So a row that made the threshold has its class in its set.
///
/// Few classes are looked at one by one, those of which it is not plain whether they are
/// in the set; a row in which these are more than 64, because so many are equal, is sorted.
///
/// # Shape
/// `model`: a fitted model. `x`: logits, or probabilities where the model was fitted to
/// those, rows x cols, row-major, stride in elements, at least cols; as many columns as
/// the model has classes, if they have thresholds of their own. `u`: what is drawn for
/// each row, from 0 to 1, or NULL; drawn anew, as in the scores. `thresholds`: one a row
/// in place of those of the model, or NULL. `masks`: rows x ceil(cols / 64) words, stride
/// `mask_stride` in words. `sizes`: one number a row, of the classes in its set, or NULL. `scratch`:
/// `scratch_size` bytes, 8-byte aligned, at least what `lgt_conformal_sets_scratch` says,
/// apart from the other arrays.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE` if the bytes at `model` are no model of this kind,
/// `LGT_E_SHAPE`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (u, thresholds),
/// `LGT_E_SCRATCH`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
///
/// # Accuracy
/// As said above: scores are those of `lgt_conformal_scores` on this machine.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_conformal_scores_f32` and `lgt_conformal_fit`.
///
/// # Example
/// ```c
/// double scores[4] = {0.3, 0.1, 0.9, 0.8};
/// float x[1][3] = {{1, 0, -4}};
/// uint64_t model[12], set[1], scratch[256];
/// uint32_t size[1];
/// assert(lgt_conformal_fit(model, sizeof model, scores, NULL, LGT_U8, 4, 0, 0.4, NULL, NULL, 0) == LGT_OK);
/// assert(lgt_conformal_sets_f32(model, &x[0][0], 3, NULL, NULL, set, 1, size, 1, 3, scratch, sizeof scratch) == LGT_OK);
/// assert(set[0] == 3 && size[0] == 2);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_conformal_sets_f32(
    model: *const c_void,
    x: *const f32,
    x_stride: usize,
    u: *const f64,
    thresholds: *const f64,
    masks: *mut u64,
    mask_stride: usize,
    sizes: *mut u32,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let raw = Raw { u, thresholds, masks, mask_stride, sizes, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(model, raw, (x, x_stride), (rows, cols)) }
}

/// `double` form of `lgt_conformal_sets_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_conformal_sets_f64(
    model: *const c_void,
    x: *const f64,
    x_stride: usize,
    u: *const f64,
    thresholds: *const f64,
    masks: *mut u64,
    mask_stride: usize,
    sizes: *mut u32,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let raw = Raw { u, thresholds, masks, mask_stride, sizes, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(model, raw, (x, x_stride), (rows, cols)) }
}

/// `lgt_f16` form of `lgt_conformal_sets_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_conformal_sets_f16(
    model: *const c_void,
    x: *const lgt_f16,
    x_stride: usize,
    u: *const f64,
    thresholds: *const f64,
    masks: *mut u64,
    mask_stride: usize,
    sizes: *mut u32,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let raw = Raw { u, thresholds, masks, mask_stride, sizes, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(model, raw, (x.cast::<F16>(), x_stride), (rows, cols)) }
}

/// `lgt_bf16` form of `lgt_conformal_sets_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_conformal_sets_bf16(
    model: *const c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    u: *const f64,
    thresholds: *const f64,
    masks: *mut u64,
    mask_stride: usize,
    sizes: *mut u32,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let raw = Raw { u, thresholds, masks, mask_stride, sizes, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(model, raw, (x.cast::<Bf16>(), x_stride), (rows, cols)) }
}
