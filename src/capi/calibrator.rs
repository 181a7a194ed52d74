//! What the fits of functions of one score check: they sort in scratch of the caller's,
//! and write as many parameters as they find they need.

use super::guard;
use super::inputs::RawScored;
use super::model;
use crate::curves::ranked::Scored;
use crate::model::{Fitted, Model, seal};
use crate::rows::column::TwoClasses;
use crate::simd::Elem;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// How many words of scratch a fit needs for so many rows of so many bytes, with weights
/// or without.
pub type Words = fn(usize, usize, bool) -> Option<usize>;

/// The arguments of a fit, as C gives them.
pub struct RawFit<E: Elem, A: Elem> {
    /// Scores, labels and weights.
    pub rows: RawScored<E, A>,
    /// Where the model goes ..
    pub model: *mut c_void,
    /// .. and how many bytes are there.
    pub size: usize,
    /// Scratch ..
    pub scratch: *mut c_void,
    /// .. and its bytes.
    pub scratch_size: usize,
}

/// The same, checked.
pub struct Fit<'a> {
    model: *mut c_void,
    /// The rows.
    pub data: TwoClasses,
    /// The same, to be put in order.
    pub scored: Scored,
    /// Room for parameters.
    pub parameters: &'a mut [f64],
    /// Scratch, as many words as were asked for.
    pub scratch: &'a mut [u64],
}

/// Words of scratch for a fit that needs so many, and to put scores next to one another.
pub fn words(own: Option<usize>, rows: usize, score_size: usize) -> Option<usize> {
    own?.checked_add(rows.checked_mul(score_size)?.div_ceil(8))
}

/// Writes how many bytes of scratch it takes.
///
/// # Safety
/// Null, or writable for one number.
pub unsafe fn scratch_bytes(
    own: Words,
    (rows, score_size, weighted): (usize, usize, u32),
    bytes: *mut usize,
) -> Status {
    if !matches!(score_size, 2 | 4 | 8) || weighted > 1 {
        return LGT_E_VALUE;
    }
    let own = own(rows, score_size, weighted == 1);
    // SAFETY: the caller vouches for the number.
    unsafe { guard::scratch_bytes(words(own, rows, score_size), bytes) }
}

/// Writes how many bytes a model takes at most.
///
/// # Safety
/// Null, or writable for one number.
pub unsafe fn size_of_model(
    parameters: fn(usize, bool) -> Option<usize>,
    (rows, weighted): (usize, u32),
    bytes: *mut usize,
) -> Status {
    if weighted > 1 {
        return LGT_E_VALUE;
    }
    // SAFETY: the caller vouches for the number.
    unsafe { model::size_of_model(parameters(rows, weighted == 1), bytes) }
}

impl<E: Elem, A: Elem> RawFit<E, A> {
    /// Checks all but scores: `parameters` says how many the fit may write.
    ///
    /// # Safety
    /// Pointers that are not null must be good for what they stand for.
    pub unsafe fn check<'a>(
        &self,
        parameters: Option<usize>,
        own: Words,
    ) -> Result<Fit<'a>, Status> {
        let own = own(self.rows.rows, size_of::<E>(), !self.rows.weights.is_null());
        // SAFETY: the contract of this function.
        unsafe { self.check_words(parameters, own, true) }
    }

    /// The same for a fit that needs so many words, and only if it `sorts` also those to
    /// put scores next to one another; if not, `scored` has no rows.
    ///
    /// # Safety
    /// As [`check`](RawFit::check).
    pub unsafe fn check_words<'a>(
        &self,
        parameters: Option<usize>,
        own: Option<usize>,
        sorts: bool,
    ) -> Result<Fit<'a>, Status> {
        let Self { rows: raw, model, size, scratch, scratch_size } = self;
        // SAFETY: the contract of this function.
        unsafe {
            let data = raw.check()?;
            let labels = raw.rows * guard::label_type(raw.label_type)?.size();
            let weights = if raw.weights.is_null() { 0 } else { raw.rows };
            let spans = [
                guard::span(raw.x, raw.stride, raw.rows, 1),
                (raw.labels.cast(), labels),
                guard::span(raw.weights, 1, weights, 1),
            ];
            fit(data, spans, (*model, *size, parameters), (*scratch, *scratch_size, own, sorts))
        }
    }
}

/// # Safety
/// As [`RawFit::check`].
#[inline(never)]
unsafe fn fit<'a>(
    data: TwoClasses,
    spans: [(*const u8, usize); 3],
    (model, size, parameters): (*mut c_void, usize, Option<usize>),
    (scratch, scratch_size, own, sorts): (*mut c_void, usize, Option<usize>, bool),
) -> Result<Fit<'a>, Status> {
    let rows = if sorts { data.rows } else { 0 };
    let all = words(own, rows, data.scores.size());
    // SAFETY: the contract of this function; the last words are for the scores.
    unsafe {
        let scratch = guard::scratch(scratch, scratch_size, all, spans)?;
        let [x, labels, weights] = spans;
        let work = (scratch.as_ptr().cast(), size_of_val(scratch));
        let parameters =
            model::room(model, size, parameters.ok_or(LGT_E_SIZE)?, &[x, labels, weights, work])?;
        let (scratch, packed) = scratch.split_at_mut_checked(own.unwrap_or(0)).unwrap_or_default();
        let numbers = data.scores.packed(rows, packed.as_mut_ptr().cast());
        let scored = Scored::of(&TwoClasses { rows, ..data }, numbers);
        Ok(Fit { model, data, scored, parameters, scratch })
    }
}

impl Fit<'_> {
    /// Writes the head, in front of so many parameters.
    pub fn seal<M: Model>(self, param: u32, (fitted, used): (Fitted, usize)) -> Status {
        // SAFETY: there is room for more parameters than were used.
        unsafe { seal(self.model.cast(), M::KIND, param, used, &fitted) };
        fitted.status
    }
}
