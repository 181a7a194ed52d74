//! What the fits of linear maps share.

use super::guard;
use super::inputs::RawPoints;
use super::matrix_search::lgt_matrix_search_opts;
use super::model::{room, view};
use crate::calibration::linear_fit::{self, Job};
use crate::calibration::linear_map::{Form, Shape};
use crate::calibration::map_rows::{self, Map, Pair};
use crate::model::{Model, View, seal};
use crate::rows::numbers::Numbers;
use crate::simd::{Elem, Stored};
use crate::state::Kind;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Where a model is to go, and scratch.
pub(super) struct Room {
    pub model: *mut c_void,
    pub size: usize,
    pub scratch: *mut c_void,
    pub scratch_size: usize,
}

impl Room {
    /// Parameters of a model and scratch, away from the arrays in `others`.
    ///
    /// # Safety
    /// Null, or writable for as many bytes as they say.
    pub unsafe fn check<'a, const N: usize>(
        &self,
        parameters: Option<usize>,
        words: Option<usize>,
        others: [(*const u8, usize); N],
    ) -> Result<(&'a mut [f64], &'a mut [u64]), Status> {
        let parameters = parameters.ok_or(LGT_E_SIZE)?;
        // SAFETY: the contract of this function.
        unsafe {
            let parameters = room(self.model, self.size, parameters, &others)?;
            let scratch = guard::scratch(self.scratch, self.scratch_size, words, others)?;
            let model = crate::model::size(parameters.len()).unwrap_or(0);
            guard::apart(
                (self.model.cast_const().cast(), model),
                (scratch.as_ptr().cast(), size_of_val(scratch)),
            )?;
            Ok((parameters, scratch))
        }
    }
}

/// A map of that form.
pub(super) fn job(form: Form, eps: f64, classes: usize) -> Job {
    Job { shape: Shape { form, classes }, eps }
}

/// Fits a map, and writes the model.
///
/// # Safety
/// The contract of the C functions.
pub(super) unsafe fn fit(
    (form, eps): (Form, f64),
    (points, stride, cols): (RawPoints, usize, usize),
    opts: *const lgt_matrix_search_opts,
    room: Room,
) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        lgt_matrix_search_opts::read(opts).and_then(|opts| {
            let good = eps == 0.0 || (1e-300..=0.5).contains(&eps);
            let classes = u32::try_from(cols).unwrap_or(0);
            if !(good && classes > 0) {
                return Err(LGT_E_VALUE);
            }
            let table = points.check_table(stride, cols)?;
            let job = job(form, eps, cols);
            let spans = points.spans(stride, cols);
            let (parameters, scratch) = room.check(job.parameters(), job.words(), spans)?;
            let search = linear_fit::fit(&table, &job, &opts, scratch)?;
            let fitted = linear_fit::write(search, parameters);
            seal(room.model.cast(), job.kind(), classes, parameters.len(), &fitted);
            Ok(fitted.status)
        })
    })
}

/// What a model says.
fn map<'a>(view: &View<'a>) -> Map<'a> {
    let (cols, all) = (view.param() as usize, view.parameters);
    let (all, eps) = match all.split_last() {
        Some((eps, rest)) if view.head.head.kind == Kind::Dirichlet as u16 => (rest, *eps),
        _ => (all, 0.0),
    };
    let split = all.split_at_checked(all.len().saturating_sub(cols));
    let (scales, biases) = split.unwrap_or((&[], &[]));
    Map { scales, biases, eps }
}

/// The model of kind `M` at `data`, to be applied.
///
/// # Safety
/// Null, or readable for a head and, if that is one of `M`, for its size.
pub(super) unsafe fn open<'a, M: Model>(data: *const c_void) -> Result<View<'a>, Status> {
    // SAFETY: the contract of this function.
    unsafe { view::<M>(data) }
}

/// Both arrays, checked.
unsafe fn pair<E: Elem>(
    view: &View,
    (x, x_stride): (*const E, usize),
    (y, y_stride): (*mut E, usize),
    (rows, cols): (usize, usize),
) -> Result<Pair, Status> {
    if view.param() as usize != cols {
        return Err(LGT_E_SHAPE);
    }
    // SAFETY: the contract of the C functions.
    unsafe { guard::rows_pair(x, x_stride, y, y_stride, rows, cols)? };
    let numbers = match E::STORED {
        Stored::F32 => Numbers::F32(x.cast()),
        Stored::F64 => Numbers::F64(x.cast()),
        Stored::F16 => Numbers::F16(x.cast()),
        Stored::Bf16 => Numbers::Bf16(x.cast()),
    };
    Ok(Pair { x: (numbers, x_stride), y: (y.cast(), y_stride), rows, cols, stored: E::STORED })
}

/// Rows through a map of single classes.
///
/// # Safety
/// The contract of the C functions.
pub(super) unsafe fn apply<E: Elem>(
    view: Result<View, Status>,
    x: (*const E, usize),
    y: (*mut E, usize),
    shape: (usize, usize),
) -> Status {
    guard::code(view.and_then(|view| {
        // SAFETY: the contract of this function.
        let io = unsafe { pair(&view, x, y, shape)? };
        Ok(map(&view).apply(&io))
    }))
}

/// Rows through a matrix.
///
/// # Safety
/// The contract of the C functions.
pub(super) unsafe fn apply_matrix<E: Elem>(
    view: Result<View, Status>,
    x: (*const E, usize),
    y: (*mut E, usize),
    shape: (usize, usize),
    (scratch, size): (*mut c_void, usize),
) -> Status {
    guard::code(view.and_then(|view| {
        // SAFETY: the contract of this function.
        let io = unsafe { pair(&view, x, y, shape)? };
        let (rows, cols) = shape;
        let arrays = [
            guard::span(x.0, x.1, rows, cols),
            guard::span(y.0.cast_const(), y.1, rows, cols),
            (core::ptr::from_ref(view.head).cast(), view.head.head.size as usize),
        ];
        // SAFETY: as above.
        let scratch = unsafe { guard::scratch(scratch, size, map_rows::words(cols), arrays)? };
        let map = map(&view);
        // Any bytes may stand where the least probability does.
        let logarithms = view.head.head.kind == Kind::Dirichlet as u16;
        if logarithms && !(1e-300..=0.5).contains(&map.eps) {
            return Err(LGT_E_STATE);
        }
        Ok(map.apply_matrix(&io, scratch))
    }))
}
