//! How rows get into a `matrix_loss`.

use super::linear_map::Form;
use super::matrix_loss::{MatrixLoss, Parts, Seen};
use super::matrix_pass::{Outer, Product, ROWS, Shares};
use super::row_shares::Terms;
use super::vector_pass::{GROUP, GROUPS, PAD, SUMS, VectorPass};
use crate::math::exp::Scale;
use crate::metrics::ace::Table;
use crate::rows::numbers::Numbers;
use crate::simd::{Elem, Real, Stored};

/// The largest number that passes for a probability, as elsewhere.
const LARGEST: f64 = 1.01;

/// Words of scratch for an update; none where there are too many classes.
pub fn words(form: Form, classes: usize) -> Option<usize> {
    let rows = if form == Form::Matrix { 3 * ROWS } else { 2 + 2 * GROUP + SUMS };
    width(classes)?.checked_mul(rows)
}

/// Numbers in a row of scratch.
pub fn width(classes: usize) -> Option<usize> {
    classes.checked_next_multiple_of(PAD)
}

/// Adds rows whose labels and weights were checked, of as many columns as there are
/// classes, with as much scratch as [`words`] says.
pub fn update(state: &mut MatrixLoss, data: &Table, scratch: &mut [u64]) {
    let shape = state.shape();
    let Some(width) = width(shape.classes) else { return };
    if words(shape.form, shape.classes).is_none_or(|words| words > scratch.len()) {
        return;
    }
    scratch.fill(0);
    let room: *mut f64 = scratch.as_mut_ptr().cast();
    let (eps, matrix) = (state.eps(), shape.form == Form::Matrix);
    let wide = matches!(data.points.numbers_from(0), Numbers::F64(_));
    let Some(parts) = state.parts() else { return };
    let mut seen = Seen::default();
    if matrix {
        matrix_rows(Matrix { parts, room, width, eps }, data, &mut seen);
    } else if wide {
        vector_rows::<f64>(parts, room, width, data, &mut seen);
    } else {
        vector_rows::<f32>(parts, room.cast(), width, data, &mut seen);
    }
    state.count(&seen, !matrix && !wide);
}

/// What the label of a row adds where each class goes by itself.
#[inline(never)]
fn add_label(parts: &mut Parts, label: usize, weight: f64, z: f64, terms: &Terms) {
    let (slope, curve) = (-weight * terms.miss, weight * terms.own * terms.miss);
    let add = |to: &mut [f64], x: f64| {
        if let Some(to) = to.get_mut(label) {
            *to += x;
        }
    };
    add(parts.bias_gradient, slope);
    add(parts.bias_curvature, curve);
    add(parts.gradient, slope * z);
    add(parts.curvature, curve * z * z);
}

/// Adds a row's loss and weight.
fn add_row(parts: &mut Parts, seen: &mut Seen, label: usize, weight: f64, terms: &Terms) {
    seen.weight += weight;
    seen.loss += weight * terms.loss();
    if let Some(class) = parts.classes.get_mut(label) {
        *class += weight;
    }
}

/// Adds column sums to f64, and empties them.
#[inline(never)]
unsafe fn empty<T: Real>(parts: &mut Parts, sums: *mut T, width: usize) {
    let to: [&mut [f64]; SUMS] = [
        &mut *parts.bias_gradient,
        &mut *parts.gradient,
        &mut *parts.bias_curvature,
        &mut *parts.curvature,
    ];
    for (kind, to) in to.into_iter().enumerate() {
        for (k, to) in to.iter_mut().enumerate() {
            // SAFETY: the caller vouches for as many sums of each kind as columns.
            *to += unsafe { *sums.add(kind * width + k) }.to_f64();
        }
    }
    for i in 0..SUMS * width {
        // SAFETY: as above.
        unsafe { *sums.add(i) = T::ZERO };
    }
}

/// Rows of a map of single classes; the room is all zero.
#[inline(never)]
fn vector_rows<T: Elem<Acc = T> + Real>(
    mut parts: Parts,
    room: *mut T,
    width: usize,
    data: &Table,
    seen: &mut Seen,
) {
    let cols = parts.biases.len();
    let at = |row: usize| room.wrapping_add(row * width);
    let (scales, biases, exponentials) = (at(0), at(1), at(2));
    let (widened, sums) = (at(2 + GROUP), at(2 + 2 * GROUP));
    for k in 0..width {
        let scale = if k < cols { parts.scales.get(k).copied().unwrap_or(1.0) } else { 0.0 };
        let bias = parts.biases.get(k).copied().unwrap_or(f64::NEG_INFINITY);
        // SAFETY: the caller vouches for the room.
        unsafe {
            *scales.add(k) = T::of(scale);
            *biases.add(k) = T::of(bias);
        }
    }
    let scale = Scale::new(1.0);
    let (mut next, mut groups) = (0, 0);
    while next < data.points.n {
        let (mut rows, mut count) = ([core::ptr::null(); GROUP], 0);
        let (mut labels, mut weights) = ([0; GROUP], [0.0; GROUP]);
        let places = rows.iter_mut().zip(&mut labels).zip(&mut weights);
        for (i, ((row, label), weight)) in places.enumerate() {
            while let Some(found) = (next < data.points.n).then(|| data.points.counted(next)) {
                next += 1;
                let Some(counted) = found else { continue };
                (*label, *weight) = counted;
                let from = data.points.numbers_from((next - 1) * data.stride);
                // SAFETY: the table vouches for its rows, the caller for the room.
                *row = unsafe { as_computed(from, cols, widened.add(i * width)) };
                count = i + 1;
                break;
            }
        }
        let mut terms = [None; GROUP];
        let pass = VectorPass {
            rows,
            count,
            labels,
            weights,
            cols,
            width,
            scales,
            biases,
            scale,
            exponentials,
            sums,
            terms: &mut terms,
        };
        T::dispatch(pass);
        seen.rows += count as u64;
        let each = rows.iter().zip(labels).zip(weights).zip(terms).take(count);
        for (((row, label), weight), terms) in each {
            let Some(terms) = terms else {
                seen.rejected += 1;
                continue;
            };
            add_row(&mut parts, seen, label, weight, &terms);
            // SAFETY: `check` vouches for the label.
            let z = unsafe { *row.add(label) }.to_f64();
            add_label(&mut parts, label, weight, z, &terms);
        }
        groups += 1;
        if groups == GROUPS || next >= data.points.n {
            groups = 0;
            // SAFETY: the caller vouches for the room.
            unsafe { empty(&mut parts, sums, width) };
        }
    }
}

/// The row in the type computed in: as it lies, or in `room`.
#[inline(never)]
unsafe fn as_computed<T: Elem<Acc = T> + Real>(row: Numbers, n: usize, room: *mut T) -> *const T {
    // SAFETY: the caller vouches for the row and the room.
    unsafe {
        match row {
            Numbers::F32(row) if T::STORED == Stored::F32 => return row.cast(),
            Numbers::F64(row) if T::STORED == Stored::F64 => return row.cast(),
            Numbers::F16(row) => {
                (0..n).for_each(|i| *room.add(i) = T::of((*row.add(i)).to_f32().into()));
            }
            Numbers::Bf16(row) => {
                (0..n).for_each(|i| *room.add(i) = T::of((*row.add(i)).to_f32().into()));
            }
            other => (0..n).for_each(|i| *room.add(i) = T::of(other.get(i))),
        }
    }
    room
}

/// A matrix, and room for three blocks of rows.
struct Matrix<'a> {
    parts: Parts<'a>,
    room: *mut f64,
    width: usize,
    eps: f64,
}

/// Rows of a matrix; the room is all zero.
#[inline(never)]
fn matrix_rows(mut matrix: Matrix, data: &Table, seen: &mut Seen) {
    let (mut labels, mut weights, mut count) = ([0; ROWS], [0.0; ROWS], 0);
    for r in 0..data.points.n {
        let Some((label, weight)) = data.points.counted(r) else { continue };
        seen.rows += 1;
        let room = matrix.room.wrapping_add(count * matrix.width);
        let row = data.points.numbers_from(r * data.stride);
        // SAFETY: the table vouches for its rows, the caller for the room.
        if !unsafe { widen(row, data.cols, matrix.eps > 0.0, room) } {
            seen.rejected += 1;
            continue;
        }
        if let (Some(l), Some(w)) = (labels.get_mut(count), weights.get_mut(count)) {
            (*l, *w) = (label, weight);
        }
        count += 1;
        if count == ROWS {
            block(&mut matrix, &labels, &weights, seen);
            (weights, count) = ([0.0; ROWS], 0);
        }
    }
    if count > 0 {
        block(&mut matrix, &labels, &weights, seen);
    }
}

/// Writes a row as f64; whether it is one that can be mapped.
unsafe fn widen(row: Numbers, n: usize, probabilities: bool, room: *mut f64) -> bool {
    let mut good = true;
    // SAFETY: the caller vouches for the row and the room.
    unsafe {
        let from = row.block(n, room);
        for i in 0..n {
            let x = *from.add(i);
            good &= if probabilities { (0.0..=LARGEST).contains(&x) } else { x.is_finite() };
            *room.add(i) = x;
        }
    }
    good
}

/// Adds a block of rows, those of weight above 0.
#[inline(never)]
fn block(matrix: &mut Matrix, labels: &[usize; ROWS], weights: &[f64; ROWS], seen: &mut Seen) {
    let Matrix { parts, room, width, eps } = matrix;
    let (width, eps, cols) = (*width, *eps, parts.biases.len());
    let at = |block: usize| room.wrapping_add(block * ROWS * width);
    let (z, u, c) = (at(0), at(1), at(2));
    if eps > 0.0 {
        // A row that is not there is one of ones.
        for (r, _) in weights.iter().enumerate().filter(|(_, weight)| **weight <= 0.0) {
            // SAFETY: whoever made this vouched for the room.
            (0..cols).for_each(|i| unsafe { *z.add(r * width + i) = 1.0 });
        }
    }
    let (scales, biases) = (parts.scales, parts.biases);
    f64::dispatch(Product { z, u, cols, width, matrix: scales, biases, eps });
    let mut terms = [Terms::NONE; ROWS];
    f64::dispatch(Shares {
        u,
        c,
        width,
        scale: Scale::new(1.0),
        labels,
        weights,
        terms: &mut terms,
    });
    let (gradient, curvature) = (&mut *parts.gradient, &mut *parts.curvature);
    f64::dispatch(Outer { z, g: u, c, cols, width, gradient, curvature });
    for r in 0..ROWS {
        let to = parts.bias_gradient.iter_mut().zip(parts.bias_curvature.iter_mut());
        for (k, (gradient, curvature)) in to.enumerate() {
            // SAFETY: as above.
            unsafe {
                *gradient += *u.add(r * width + k);
                *curvature += *c.add(r * width + k);
            }
        }
    }
    for ((label, weight), terms) in labels.iter().zip(weights).zip(&terms) {
        if *weight > 0.0 {
            add_row(parts, seen, *label, *weight, terms);
        }
    }
}
