//! `lgt_conformal_sets`: the classes that a threshold lets in.

use super::conformal_scores::draws;
use super::types::*;
use super::{guard, model};
use crate::conformal::conformal::{self, Conformal};
use crate::conformal::rule::{Rule, rough};
use crate::conformal::sets::{self, Masks, Sets};
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

/// Rows and what is drawn and asked for each, as C gives them.
struct Raw<E: Elem> {
    x: *const E,
    stride: usize,
    u: *const f64,
    thresholds: *const f64,
    rows: usize,
    cols: usize,
}

/// Sets and sizes, as C gives them.
struct RawMasks {
    masks: *mut u64,
    stride: usize,
    sizes: *mut u32,
}

unsafe fn apply<E: Elem>(
    model: *const c_void,
    raw: Raw<E>,
    to: RawMasks,
    scratch: (*mut c_void, usize),
) -> Status
where
    E::Acc: Elem<Acc = E::Acc>,
{
    let Raw { x, stride, rows, cols, .. } = raw;
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        model::view::<Conformal>(model).and_then(|model| {
            let (rule, thresholds) = conformal::read(&model);
            let rule = Rule { rough: rough::<E::Acc>(), ..rule };
            if model.param() != 0 && thresholds.len() != cols && rows > 0 {
                return Err(LGT_E_SHAPE);
            }
            let view = guard::rows(x, stride, rows, cols)?;
            let each = cols.div_ceil(64);
            guard::not_null(to.masks, rows.min(each))?;
            let masks = (to.masks.cast::<u8>(), guard::extent_of(8, to.stride, rows, each)?);
            let row_thresholds = if raw.thresholds.is_null() { 0 } else { rows };
            let of_rows = guard::slice(raw.thresholds, row_thresholds)?;
            if of_rows.iter().any(|threshold| threshold.is_nan()) {
                return Err(LGT_E_VALUE);
            }
            let bytes = (model.head as *const _ as *const u8, model.head.head.size as usize);
            let thresholds_at = (raw.thresholds.cast::<u8>(), size_of_val(of_rows));
            let others =
                [guard::span(x, stride, rows, cols), draws(raw.u, rows)?, thresholds_at, bytes];
            let masks = (masks.0.cast_const(), masks.1);
            others.iter().try_for_each(|other| guard::apart(masks, *other))?;
            let [a, b, c, d] = others;
            let sizes = guard::column(to.sizes, rows, &[a, b, c, d, masks])?;
            let sizes_at =
                (to.sizes.cast_const().cast(), if to.sizes.is_null() { 0 } else { 4 * rows });
            let others = [a, b, c, d, masks, sizes_at];
            let scratch = guard::scratch(scratch.0, scratch.1, words(cols), others)?;
            let to = Masks { data: to.masks, stride: to.stride, sizes };
            let sets = Sets { rule, thresholds, of_rows: raw.thresholds, draws: raw.u };
            let lost = sets.write(&view, &to, scratch);
            Ok(if lost { LGT_UNDEFINED } else { LGT_OK })
        })
    })
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
/// Few classes are looked at one by one, those that can be in the set; a row in which
/// more than 128 can be, as a flat one with a threshold on mass, is sorted.
///
/// # Shape
/// `model`: a fitted model. `x`: logits, or probabilities where the model was fitted to
/// those, rows x cols, row-major, stride in elements, at least cols; as many columns as
/// the model has classes, if they have thresholds of their own. `u`: what is drawn for
/// each row, from 0 to 1, or NULL; drawn anew, as in the scores. `thresholds`: one a row
/// in place of those of the model, or NULL. `masks`: rows x ceil(cols / 64) words, stride
/// `mask_stride` in words. `sizes`: the number of classes in each set, or NULL. `scratch`:
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
    let raw = Raw { x, stride: x_stride, u, thresholds, rows, cols };
    let to = RawMasks { masks, stride: mask_stride, sizes };
    // SAFETY: the contract of this function.
    unsafe { apply(model, raw, to, (scratch, scratch_size)) }
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
    let raw = Raw { x, stride: x_stride, u, thresholds, rows, cols };
    let to = RawMasks { masks, stride: mask_stride, sizes };
    // SAFETY: the contract of this function.
    unsafe { apply(model, raw, to, (scratch, scratch_size)) }
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
    let raw = Raw { x: x.cast::<F16>(), stride: x_stride, u, thresholds, rows, cols };
    let to = RawMasks { masks, stride: mask_stride, sizes };
    // SAFETY: the contract of this function.
    unsafe { apply(model, raw, to, (scratch, scratch_size)) }
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
    let raw = Raw { x: x.cast::<Bf16>(), stride: x_stride, u, thresholds, rows, cols };
    let to = RawMasks { masks, stride: mask_stride, sizes };
    // SAFETY: the contract of this function.
    unsafe { apply(model, raw, to, (scratch, scratch_size)) }
}
