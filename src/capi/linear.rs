//! What the fits of linear maps share.

use super::guard;
use super::inputs::RawLabelled;
use super::matrix_search::lgt_matrix_search_opts;
use super::model::{room, view};
use crate::calibration::linear_fit::{self, Dirichlet, Job};
use crate::calibration::linear_map::{Form, Shape};
use crate::calibration::map_rows::{self, Map};
use crate::model::{Model, View, seal};
use crate::simd::Elem;
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
pub(super) unsafe fn fit<E: Elem>(
    form: Form,
    eps: f64,
    data: RawLabelled<E>,
    opts: *const lgt_matrix_search_opts,
    room: Room,
) -> Status
where
    E::Acc: Elem<Acc = E::Acc>,
{
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        lgt_matrix_search_opts::read(opts).and_then(|opts| {
            let good = eps == 0.0 || (1e-300..=0.5).contains(&eps);
            let classes = u32::try_from(data.cols).unwrap_or(0);
            if !(good && classes > 0) {
                return Err(LGT_E_VALUE);
            }
            let checked = data.check()?;
            let job = job(form, eps, data.cols);
            let count = job.parameters();
            let (parameters, scratch) = room.check(count, job.words(), data.spans())?;
            let search = linear_fit::fit(checked, &job, &opts, scratch)?;
            let fitted = linear_fit::write(search, parameters);
            seal(room.model.cast(), job.kind(), classes, parameters.len(), &fitted);
            Ok(fitted.status)
        })
    })
}

/// What a model says.
fn map<'a, M: Model>(view: &View<'a>) -> Map<'a> {
    let (cols, all) = (view.param() as usize, view.parameters);
    let (all, eps) = match all.split_last() {
        Some((eps, rest)) if M::KIND as u16 == Kind::Dirichlet as u16 => (rest, *eps),
        _ => (all, 0.0),
    };
    let split = all.split_at_checked(all.len().saturating_sub(cols));
    let (scales, biases) = split.unwrap_or((&[], &[]));
    Map { scales, biases, eps }
}

/// Rows through a map of single classes.
///
/// # Safety
/// The contract of the C functions.
pub(super) unsafe fn apply<M: Model, E: Elem>(
    model: *const c_void,
    (x, x_stride): (*const E, usize),
    (y, y_stride): (*mut E, usize),
    (rows, cols): (usize, usize),
) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        view::<M>(model).and_then(|view| {
            if view.param() as usize != cols {
                return Err(LGT_E_SHAPE);
            }
            let (from, to) = guard::rows_pair(x, x_stride, y, y_stride, rows, cols)?;
            Ok(map::<M>(&view).apply(from, to))
        })
    })
}

/// Rows through a matrix.
///
/// # Safety
/// The contract of the C functions.
pub(super) unsafe fn apply_matrix<M: Model, E: Elem>(
    model: *const c_void,
    (x, x_stride): (*const E, usize),
    (y, y_stride): (*mut E, usize),
    (rows, cols): (usize, usize),
    (scratch, size): (*mut c_void, usize),
) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        view::<M>(model).and_then(|view| {
            if view.param() as usize != cols {
                return Err(LGT_E_SHAPE);
            }
            let (from, to) = guard::rows_pair(x, x_stride, y, y_stride, rows, cols)?;
            let arrays = [
                guard::span(x, x_stride, rows, cols),
                guard::span(y.cast_const(), y_stride, rows, cols),
                (model.cast(), view.head.head.size as usize),
            ];
            let scratch = guard::scratch(scratch, size, map_rows::words(cols), arrays)?;
            let map = map::<M>(&view);
            // Any bytes may stand where the least probability does.
            let least = M::KIND as u16 != Dirichlet::KIND as u16 || map.eps > 0.0;
            if !least {
                return Err(LGT_E_STATE);
            }
            Ok(map.apply_matrix(from, to, scratch))
        })
    })
}
