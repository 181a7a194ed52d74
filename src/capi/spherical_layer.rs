//! `lgt_spherical_layer`: a layer of very many outputs, trained without computing them.

use super::guard;
use super::spherical_batch::{RawBatch, room, span_of, weights_of, writable};
use super::state;
use super::types::*;
use crate::loss::spherical_layer::{Drift, SphericalLayer};
use crate::loss::spherical_step::{self, Outputs, Slopes};
use crate::rows::view::Column;
use crate::state::{Head, Params, params, view, view_mut};
use crate::status::Status::{self, *};
use core::ffi::c_void;

fn params_of(classes: u32, dims: u32, storage: u32) -> Params {
    let narrow = match storage {
        LGT_F64 => 0,
        LGT_F32 => 1,
        // What no layer has.
        _ => u64::MAX,
    };
    Params { param: classes, words: [dims.into(), narrow, 0, 0] }
}

/// Writes how many bytes a layer needs: 32 + 24 dims^2 + 16 dims, and 8 classes dims (with
/// `LGT_F32` 4, up to a multiple of 8).
///
/// # Shape
/// `classes`, `dims`: at least 1. `storage`: `LGT_F64`, or `LGT_F32` for weights in
/// single precision, all else in double. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`; `LGT_E_VALUE` (classes, dims, storage, or more than 4 GiB: split the classes
/// over several layers).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_layer_size(
    classes: u32,
    dims: u32,
    storage: u32,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<SphericalLayer>(params_of(classes, dims, storage), bytes) }
}

/// Writes how many bytes of scratch `lgt_spherical_layer_forward`,
/// `lgt_spherical_layer_step` and `lgt_spherical_layer_check` need.
///
/// # Shape
/// `rows`: the most inputs of a call. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_layer_scratch(
    dims: u32,
    rows: usize,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(spherical_step::scratch(dims as usize, rows), bytes) }
}

/// Starts a linear layer of many outputs, trained by gradient descent under a loss of the
/// spherical family, whose steps cost the same however many outputs there are.
///
/// `lgt_spherical_layer_forward` gives of each input the outputs of its labels, the sum of all
/// outputs and that of their squares; `lgt_spherical_family` makes of them the loss and its
/// derivatives; `lgt_spherical_layer_step` takes those, changes the weights exactly as plain
/// gradient descent would, and gives the gradients in the inputs. A layer is plain bytes of
/// doubles: it may be stored and sent, but layers are not merged.
///
/// # Shape
/// `layer`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_spherical_layer_size` says of the same `classes`, `dims` and `storage`. `weights`:
/// classes x dims, row-major, stride in elements, at least dims; NULL for zeros.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE`
/// (classes, dims, storage), `LGT_E_ALIAS`.
///
/// Thread safety: any thread, one at a time for one layer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_layer_init(
    layer: *mut c_void,
    size: usize,
    classes: u32,
    dims: u32,
    storage: u32,
    weights: *const f64,
    weights_stride: usize,
) -> Status {
    let (n, d) = (classes as usize, dims as usize);
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        weights_of(weights, weights_stride, n, d).and_then(|given| {
            guard::apart((layer.cast(), size), (weights.cast(), size_of_val(given)))?;
            let params = params_of(classes, dims, storage);
            let status = state::init::<SphericalLayer>(layer, size, params);
            if status != LGT_OK {
                return Err(status);
            }
            let fill = |k: usize, to: &mut [f64]| {
                let from = given.iter().skip(k * weights_stride);
                to.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
            };
            view_mut::<SphericalLayer>(layer.cast())?.start(&fill);
            Ok(LGT_OK)
        })
    })
}

/// Writes, for each input, the outputs of its labels, the sum of all outputs and that of
/// their squares: all that a loss of the spherical family wants to know. No other output is
/// computed; the cost does not depend on how many there are.
///
/// # Shape
/// `h`: inputs, rows x dims, row-major, stride in elements, at least dims. `labels`: rows x
/// targets, one after the other, 0 to classes - 1, of the integer type `label_type`; any
/// number of targets, also none. `own`: rows x targets. `sum`, `squares`: one number a row.
/// `scratch`: `scratch_size` bytes, 8-byte aligned, as `lgt_spherical_layer_scratch` says.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_STATE`,
/// `LGT_E_SCRATCH`, `LGT_E_ALIAS`.
///
/// Thread safety: any thread, as long as no other changes the layer; scratch of its own.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_layer_forward(
    layer: *const c_void,
    h: *const f64,
    h_stride: usize,
    labels: *const c_void,
    label_type: u32,
    targets: usize,
    own: *mut f64,
    sum: *mut f64,
    squares: *mut f64,
    rows: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    if layer.is_null() {
        return LGT_E_NULL;
    }
    let raw = RawBatch { h: (h, h_stride), labels: (labels, label_type), targets, rows };
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        view::<SphericalLayer>(layer.cast()).and_then(|layer| {
            let batch = raw.check(layer)?;
            let count = raw.count()?;
            let inputs = (h.cast(), size_of_val(batch.h));
            let [a, b, c] = [span_of(layer), inputs, batch.labels.span(count)];
            let own = writable(own, count, &[a, b, c])?;
            let d = (own.as_ptr().cast(), size_of_val(own));
            let sum = writable(sum, rows, &[a, b, c, d])?;
            let e = (sum.as_ptr().cast(), size_of_val(sum));
            let squares = writable(squares, rows, &[a, b, c, d, e])?;
            let others = [a, b, c, d, e, (squares.as_ptr().cast(), size_of_val(squares))];
            let room = room((scratch, scratch_size), layer.dims(), rows, others)?;
            layer.forward(&batch, Outputs { own, sum, squares }, room);
            Ok(LGT_OK)
        })
    })
}

/// A step of gradient descent on the weights of a layer, and the gradients in its inputs.
///
/// With `O` the outputs of the inputs `H` and `G` the gradient of the loss in them, `G_ik =
/// d_sum_i + 2 d_squares_i O_ik`, and `d_own` more at each label: the weights `W` become `(1 -
/// rate decay) W - rate G' H`, and the gradients in the inputs are `G W`, of the weights
/// before. That is what is done with all outputs at hand, but for rounding; here it takes `rows
/// dims^2 + rows^2 dims + rows targets dims + rows^3 + (rows targets)^2` operations, however
/// many classes there are. A label may stand several times in a batch, or in a row: its terms
/// add up. A mean over rows is the caller's: divide the three by the number of rows.
///
/// Over many steps what is kept drifts by rounding: look at it by
/// `lgt_spherical_layer_check`, and start afresh by `lgt_spherical_layer_refactor`. Classes may
/// be split over layers: `sum` and `squares` of all add up before the derivatives are taken,
/// a label's `d_own` goes to the layer that has it and is 0 (with any label) for the others,
/// and the gradients in the inputs add up.
///
/// # Shape
/// As `lgt_spherical_layer_forward`. `d_own`: rows x targets. `d_sum`, `d_squares`: one
/// number a row. `rate`: the learning rate, finite. `decay`: from 0 on, with `rate decay`
/// from 0 to below 1; half of it times the squared weights is what is added to the loss.
/// `d_h`: rows x dims, stride in elements, or NULL.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_STATE`,
/// `LGT_E_SCRATCH`, `LGT_E_ALIAS`; `LGT_E_VALUE` if a number given is not finite, or decay is
/// out of its range, or the step leaves `U` without an inverse: with one input where `2 rate
/// d_squares |h|^2 = 1`; a smaller rate does not. The layer is then as it was.
///
/// # Accuracy
/// Against steps with all outputs: weights and gradients within 1e-9 of their largest, after
/// 60 steps.
///
/// Thread safety: any thread, one at a time for one layer.
///
/// # Source
/// P. Vincent, A. de Brebisson and X. Bouthillier, "Exact gradient updates in time
/// independent of output size for the spherical loss family" (2016).
///
/// # Example
/// ```c
/// double w[4][2] = {{1, 0}, {0, 1}, {1, 1}, {-1, 0.5}}, h[2] = {1, 2}, dh[2];
/// double own, sum, squares, loss, d_own, d_sum, d_squares;
/// uint64_t layer[4 + 3 * 4 + 2 * 2 + 8], scratch[100];
/// uint8_t label = 1;
/// assert(lgt_spherical_layer_init(layer, sizeof layer, 4, 2, LGT_F64, w[0], 2) ==
///        LGT_OK);
/// assert(lgt_spherical_layer_forward(layer, h, 2, &label, LGT_U8, 1, &own, &sum, &squares, 1,
///                                    scratch, sizeof scratch) == LGT_OK);
/// assert(own == 2 && sum == 6 && squares == 14);
/// assert(lgt_spherical_family(LGT_SPHERICAL_Z, 1, 0, &own, &sum, &squares, 4, &loss, &d_own,
///                             &d_sum, &d_squares, 1) == LGT_OK);
/// assert(lgt_spherical_layer_step(layer, h, 2, &label, LGT_U8, 1, &d_own, &d_sum, &d_squares,
///                                 0.1, 0, dh, 2, 1, scratch, sizeof scratch) == LGT_OK);
/// assert(dh[0] > 0.17442 && dh[0] < 0.17443);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_layer_step(
    layer: *mut c_void,
    h: *const f64,
    h_stride: usize,
    labels: *const c_void,
    label_type: u32,
    targets: usize,
    d_own: *const f64,
    d_sum: *const f64,
    d_squares: *const f64,
    rate: f64,
    decay: f64,
    d_h: *mut f64,
    d_h_stride: usize,
    rows: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    if layer.is_null() {
        return LGT_E_NULL;
    }
    let raw = RawBatch { h: (h, h_stride), labels: (labels, label_type), targets, rows };
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        view_mut::<SphericalLayer>(layer.cast()).and_then(|layer| {
            let batch = raw.check(layer)?;
            let d = layer.dims();
            let own = guard::slice(d_own, raw.count()?)?;
            let sum = guard::slice(d_sum, rows)?;
            let squares = guard::slice(d_squares, rows)?;
            let inputs = [batch.h, own, sum, squares];
            let spans = inputs.map(|x| (x.as_ptr().cast::<u8>(), size_of_val(x)));
            let [a, b, c, e] = spans;
            let bytes = if d_h.is_null() { 0 } else { guard::extent_of(8, d_h_stride, rows, d)? };
            let grads = (d_h.cast_const().cast(), bytes);
            let others = [a, b, c, e, span_of(layer), batch.labels.span(raw.count()?)];
            others.into_iter().try_for_each(|other| guard::apart(other, grads))?;
            let [a, b, c, e, f, g] = others;
            let room = room((scratch, scratch_size), d, rows, [a, b, c, e, f, g, grads])?;
            let finite = |x: &[f64]| x.iter().all(|x| x.is_finite());
            let shrinks = decay >= 0.0 && (0.0..1.0).contains(&(rate * decay));
            let inputs = (0..rows).all(|i| finite(batch.input(i, d)));
            let all = inputs && finite(own) && finite(sum) && finite(squares);
            if !(rate.is_finite() && shrinks && all) {
                return Err(LGT_E_VALUE);
            }
            let mut out = |i: usize, grad: &[f64]| {
                for (j, x) in grad.iter().enumerate().filter(|_| bytes > 0) {
                    *d_h.add(i * d_h_stride + j) = *x;
                }
            };
            let slopes = Slopes { own, sum, squares };
            layer.step(&batch, &slopes, (rate, decay), &mut out, room).map(|()| LGT_OK)
        })
    })
}

/// Writes rows of the weights of a layer.
///
/// # Shape
/// `first`: the first class, of `rows` that follow each other. `weights`: rows x dims,
/// row-major, stride in elements, at least dims. `scratch`: 8 dims bytes, 8-byte aligned.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL` (no such classes),
/// `LGT_E_STATE`, `LGT_E_SCRATCH`, `LGT_E_ALIAS`.
///
/// Thread safety: any thread, as long as no other changes the layer; scratch of its own.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_layer_rows(
    layer: *const c_void,
    first: usize,
    weights: *mut f64,
    weights_stride: usize,
    rows: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    if layer.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        view::<SphericalLayer>(layer.cast()).and_then(|layer| {
            let (d, classes) = (layer.dims(), layer.classes());
            if first > classes || rows > classes - first {
                return Err(LGT_E_LABEL);
            }
            let bytes = guard::extent_of(8, weights_stride, rows, d)?;
            let to = writable(weights, bytes / 8, &[span_of(layer)])?;
            let others = [span_of(layer), (weights.cast_const().cast(), bytes)];
            let words = guard::scratch(scratch, scratch_size, Some(d), others)?;
            let room = core::slice::from_raw_parts_mut(words.as_mut_ptr().cast(), words.len());
            for (i, to) in to.chunks_mut(weights_stride.max(1)).enumerate() {
                if let Some(to) = to.get_mut(..d) {
                    layer.parts().weights(first + i, room, to);
                }
            }
            Ok(LGT_OK)
        })
    })
}

/// Starts a layer afresh from its own weights: what is kept beside them is found anew, so
/// that what rounding has added up is gone. It takes `classes dims^2` operations.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`.
///
/// Thread safety: any thread, one at a time for one layer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_layer_refactor(layer: *mut c_void) -> Status {
    if layer.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        view_mut::<SphericalLayer>(layer.cast()).map(|layer| {
            layer.refactor();
            LGT_OK
        })
    })
}

/// Says whether `size` bytes are a layer, and how far what is kept beside the weights has
/// drifted by rounding. Any bytes may be asked about.
///
/// # Shape
/// `layer`: `size` bytes, 8-byte aligned. `inverse`, `gram`, `sums`: one number each, or NULL
/// for what is not asked for: `inverse` takes `dims^3` operations, the other two
/// `classes dims^2`. They are the largest difference between `U` times its inverse and the
/// identity; between the Gram matrix kept and that of the weights, over its largest entry;
/// and the same of the sum of all rows, over the most that it could be. `scratch`: as
/// `lgt_spherical_layer_scratch` says, also of no rows; NULL if nothing is asked for.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SCRATCH`, `LGT_E_ALIAS`.
///
/// Thread safety: any thread, as long as no other changes the layer; scratch of its own.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_layer_check(
    layer: *const c_void,
    size: usize,
    inverse: *mut f64,
    gram: *mut f64,
    sums: *mut f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    if layer.is_null() {
        return LGT_E_NULL;
    }
    // A head, and then as many bytes as it says, before they are looked at.
    let head = size_of::<Head>();
    if size < head || !(layer as usize).is_multiple_of(8) {
        return LGT_E_STATE;
    }
    // SAFETY: the contract of this function; size and alignment were seen.
    guard::code(unsafe {
        if (*layer.cast::<Head>()).size as usize > size {
            return LGT_E_STATE;
        }
        params::<SphericalLayer>(layer.cast()).and_then(|_| {
            let layer = view::<SphericalLayer>(layer.cast())?;
            let places = [inverse, gram, sums];
            let [a, b, c] = places.map(|to| (to.cast_const().cast::<u8>(), 8));
            let own = [span_of(layer)];
            let [inverse_at, gram_at, sums_at]: [Column<f64>; 3] = [
                guard::column(inverse, 1, &own)?,
                guard::column(gram, 1, &own)?,
                guard::column(sums, 1, &own)?,
            ];
            if places.into_iter().all(|to| to.is_null()) {
                return Ok(LGT_OK);
            }
            let others = [span_of(layer), a, b, c];
            let room = room((scratch, scratch_size), layer.dims(), 0, others)?;
            if gram.is_null() && sums.is_null() {
                let room = room.get_mut(..layer.dims()).unwrap_or(&mut []);
                inverse_at.set(0, layer.inverse_drift(room));
                return Ok(LGT_OK);
            }
            let Drift { inverse, gram, sums } = layer.drift(room);
            inverse_at.set(0, inverse);
            gram_at.set(0, gram);
            sums_at.set(0, sums);
            Ok(LGT_OK)
        })
    })
}
