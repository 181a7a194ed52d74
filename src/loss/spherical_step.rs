//! Outputs of a [`SphericalLayer`] that are asked for, and a step of gradient descent.
//!
//! Of inputs `H`, a row each, and outputs `O = H W'`, the gradient of a loss in `O` is `G = Y
//! + gs 1' + 2 diag(gq) O`, with `Y` as sparse as the labels. So `W - eta G' H` is `V U` with
//! `U (I - eta T' H)` for `U`, where `T = 2 diag(gq) H`; what is added to rows of `V` is made
//! for the new `U`, and the inverse of that follows from a small system, of a row an input.

use super::spherical_layer::{PartsMut, SphericalLayer};
use crate::math::dense::{Left, add, dot, multiply_add, row, row_mut, scale, solve};
use crate::rows::labels::Labels;
use crate::status::Status;

/// Inputs and the labels whose outputs are asked for, `targets` an input.
#[derive(Clone, Copy)]
pub struct Batch<'a> {
    /// Inputs.
    pub h: &'a [f64],
    /// From input to input.
    pub stride: usize,
    /// How many.
    pub rows: usize,
    /// Labels that are classes of the layer.
    pub labels: Labels,
    /// Labels an input.
    pub targets: usize,
}

/// Derivatives of the losses: in the labels' outputs, in the sum of all, in that of squares.
#[derive(Clone, Copy)]
pub struct Slopes<'a> {
    /// `targets` an input.
    pub own: &'a [f64],
    /// One an input.
    pub sum: &'a [f64],
    /// One an input.
    pub squares: &'a [f64],
}

/// Words that a step needs; those of `forward` and of `drift` are among them.
pub fn scratch(dims: usize, rows: usize) -> Option<usize> {
    let inputs = rows.checked_mul(dims)?.checked_mul(6)?;
    let squares = rows.checked_mul(rows)?.checked_mul(2)?.checked_add(rows)?;
    let small = dims.checked_add(3)?.checked_mul(dims)?;
    inputs.checked_add(squares)?.checked_add(small)
}

impl Batch<'_> {
    /// Input `i`.
    pub fn input(&self, i: usize, dims: usize) -> &[f64] {
        let from = i * self.stride;
        self.h.get(from..from + dims).unwrap_or(&[])
    }

    fn label(&self, i: usize, k: usize) -> usize {
        self.labels.get(i * self.targets + k) as usize
    }
}

/// Where outputs go: of the labels, the sum of all, that of squares.
pub struct Outputs<'a> {
    /// `targets` an input.
    pub own: &'a mut [f64],
    /// One an input.
    pub sum: &'a mut [f64],
    /// One an input.
    pub squares: &'a mut [f64],
}

impl SphericalLayer {
    /// The outputs, with room for two rows.
    pub fn forward(&self, batch: &Batch, to: Outputs, room: &mut [f64]) {
        let (parts, d) = (self.parts(), self.dims());
        let Some((mapped, rest)) = room.split_at_mut_checked(d) else { return };
        let weights = row_mut(rest, 0, d);
        for (i, (s, q)) in to.sum.iter_mut().zip(to.squares).enumerate().take(batch.rows) {
            let h = batch.input(i, d);
            *s = dot(h, parts.sums);
            let squares = (0..d).zip(h).map(|(r, x)| x * dot(row(parts.gram, r, d), h));
            // Of weights that are almost nothing rounding may leave less than nothing.
            *q = squares.sum::<f64>();
            *q = if *q < 0.0 { 0.0 } else { *q };
            for (r, x) in mapped.iter_mut().enumerate() {
                *x = dot(row(parts.map, r, d), h);
            }
            let shared = dot(h, parts.shared);
            for (k, own) in row_mut(to.own, i, batch.targets).iter_mut().enumerate() {
                parts.read(batch.label(i, k), weights);
                *own = dot(weights, mapped) + shared;
            }
        }
    }

    /// `W` becomes `(1 - rate decay) W - rate G' H`; `out` gets `G W`, the gradients in the
    /// inputs, from the `W` before. `E_VALUE`, and nothing changed, if there is no inverse.
    pub fn step(
        &mut self,
        batch: &Batch,
        slopes: &Slopes,
        (rate, decay): (f64, f64),
        out: &mut dyn FnMut(usize, &[f64]),
        room: &mut [f64],
    ) -> Result<(), Status> {
        let keep = 1.0 - rate * decay;
        let (dims, rows, classes) = (self.dims(), batch.rows, self.classes() as f64);
        let step = Step { batch, slopes, dims, rows, classes, rate: rate / keep };
        let Some(mut at) = Room::cut(room, rows, dims) else { return Err(Status::LGT_E_SCRATCH) };
        let mut parts = self.parts_mut();
        step.solve(&parts, &mut at)?;
        step.gradients(&parts, &mut at, out);
        step.products(&mut at);
        step.sums(&mut parts, &mut at);
        step.maps(&mut parts, &mut at);
        step.labels(&mut parts, &mut at);
        if keep != 1.0 {
            [parts.map, parts.shared, parts.sums].into_iter().for_each(|x| scale(x, keep));
            scale(parts.inverse, 1.0 / keep);
            scale(parts.gram, keep * keep);
        }
        Ok(())
    }
}

/// A step, in the order of its methods.
struct Step<'a> {
    batch: &'a Batch<'a>,
    slopes: &'a Slopes<'a>,
    dims: usize,
    rows: usize,
    classes: f64,
    rate: f64,
}

impl Step<'_> {
    /// Twice the derivative in the sum of squares of input `i`.
    fn twice(&self, i: usize) -> f64 {
        self.slopes.squares.get(i).map_or(0.0, |g| 2.0 * g)
    }

    /// The derivative in the sum.
    fn sum(&self, i: usize) -> f64 {
        self.slopes.sum.get(i).copied().unwrap_or(0.0)
    }

    /// Those in the labels' outputs.
    fn own(&self, i: usize) -> &[f64] {
        row(self.slopes.own, i, self.batch.targets)
    }

    /// Their sum.
    fn total(&self, i: usize) -> f64 {
        self.own(i).iter().sum()
    }

    /// Inputs times the inverse of the new `U`, by the small system I - rate H T'.
    fn solve(&self, parts: &PartsMut, at: &mut Room) -> Result<(), Status> {
        let (d, m) = (self.dims, self.rows);
        for i in 0..m {
            add(row_mut(at.h, i, d), 1.0, self.batch.input(i, d));
        }
        for i in 0..m {
            for (j, x) in row_mut(at.system, i, m).iter_mut().enumerate() {
                let product = self.rate * self.twice(j) * dot(row(at.h, i, d), row(at.h, j, d));
                *x = if i == j { 1.0 } else { 0.0 } - product;
            }
        }
        multiply_add(at.solved, 1.0, Left::plain(at.h, d), parts.inverse, d);
        if solve(at.system, m, at.solved, d) { Ok(()) } else { Err(Status::LGT_E_VALUE) }
    }

    /// (Y + 1 gs') W, and with the rest of `G` the gradients in the inputs.
    fn gradients(&self, parts: &PartsMut, at: &mut Room, out: &mut dyn FnMut(usize, &[f64])) {
        let (d, m) = (self.dims, self.rows);
        multiply_add(at.quadratic, 1.0, Left::plain(at.h, d), parts.gram, d);
        for i in 0..m {
            for (k, slope) in self.own(i).iter().enumerate() {
                parts.parts().read(self.batch.label(i, k), at.weights);
                add(row_mut(at.grad, i, d), *slope, at.weights);
            }
            for (r, x) in row_mut(at.mapped, i, d).iter_mut().enumerate() {
                *x = dot(row(parts.map, r, d), row(at.h, i, d));
            }
        }
        multiply_add(at.linear, 1.0, Left::plain(at.grad, d), parts.map, d);
        for i in 0..m {
            let linear = row_mut(at.linear, i, d);
            add(linear, self.total(i), parts.shared);
            add(linear, self.sum(i), parts.sums);
            let grad = row_mut(at.grad, i, d);
            grad.iter_mut().zip(&*linear).for_each(|(to, x)| *to = *x);
            add(grad, self.twice(i), row(at.quadratic, i, d));
            out(i, grad);
        }
    }

    /// G G'.
    fn products(&self, at: &mut Room) {
        let (d, m) = (self.dims, self.rows);
        for i in 0..m {
            for (j, x) in row_mut(at.products, i, m).iter_mut().enumerate() {
                let [hi, hj] = [i, j].map(|i| row(at.h, i, d));
                let (ti, tj) = (self.twice(i), self.twice(j));
                let quadratic = ti * tj * dot(hi, row(at.quadratic, j, d));
                let mixed = ti * dot(hi, row(at.linear, j, d)) + tj * dot(hj, row(at.linear, i, d));
                let (si, sj) = (self.sum(i), self.sum(j));
                let sums = self.classes * si * sj + si * self.total(j) + self.total(i) * sj;
                *x = quadratic + mixed + sums + self.common(i, j);
            }
        }
    }

    /// The sparse part of that: labels that two inputs have in common.
    fn common(&self, i: usize, j: usize) -> f64 {
        let label = |i: usize, k: usize| self.batch.labels.get(i * self.batch.targets + k);
        let mut sum = 0.0;
        for (a, x) in self.own(i).iter().enumerate() {
            for (b, y) in self.own(j).iter().enumerate() {
                sum += if label(i, a) == label(j, b) { x * y } else { 0.0 };
            }
        }
        sum
    }

    /// `Q`, the row that all outputs have, and the sum of all rows.
    fn sums(&self, parts: &mut PartsMut, at: &mut Room) {
        let (d, m, rate) = (self.dims, self.rows, self.rate);
        // Both halves of the change of Q are each other's transpose.
        multiply_add(at.grad, -0.5 * rate, Left::plain(at.products, m), at.h, d);
        multiply_add(parts.gram, -rate, Left::transposed(at.grad, d), at.h, d);
        multiply_add(parts.gram, -rate, Left::transposed(at.h, d), at.grad, d);
        mirror(parts.gram, d);
        // A row that all have is a row; of their sum it is `classes` rows, and labels' own.
        let both = [(&mut *parts.shared, 1.0, 0.0), (&mut *parts.sums, self.classes, 1.0)];
        for (numbers, all, labels) in both {
            for (i, x) in at.shares.iter_mut().enumerate() {
                let own = all * self.sum(i) + labels * self.total(i);
                *x = self.twice(i) * dot(row(at.h, i, d), numbers) + own;
            }
            multiply_add(numbers, -rate, Left::plain(at.shares, m), at.h, d);
        }
    }

    /// `U` and its inverse; `T` takes the place of the inputs.
    fn maps(&self, parts: &mut PartsMut, at: &mut Room) {
        let (d, rate) = (self.dims, self.rate);
        for i in 0..self.rows {
            scale(row_mut(at.mapped, i, d), self.twice(i));
        }
        multiply_add(parts.map, -rate, Left::transposed(at.mapped, d), at.h, d);
        for i in 0..self.rows {
            scale(row_mut(at.h, i, d), self.twice(i));
        }
        multiply_add(parts.inverse, rate, Left::transposed(at.h, d), at.solved, d);
    }

    /// The rows of `V` that labels name.
    fn labels(&self, parts: &mut PartsMut, at: &mut Room) {
        for i in 0..self.rows {
            for (k, slope) in self.own(i).iter().enumerate() {
                let label = self.batch.label(i, k);
                parts.parts().read(label, at.weights);
                add(at.weights, -self.rate * slope, row(at.solved, i, self.dims));
                parts.write(label, at.weights);
            }
        }
    }
}

/// Makes a square matrix as symmetric as it is but for rounding.
fn mirror(x: &mut [f64], d: usize) {
    for i in 1..d {
        let Some((above, own)) = x.split_at_mut_checked(i * d) else { return };
        let column = above.iter().skip(i).step_by(d.max(1));
        own.iter_mut().zip(column).for_each(|(to, x)| *to = *x);
    }
}

/// Parts of the scratch, zeros at first: six of a row an input, two squares of inputs.
struct Room<'a> {
    h: &'a mut [f64],
    quadratic: &'a mut [f64],
    mapped: &'a mut [f64],
    linear: &'a mut [f64],
    solved: &'a mut [f64],
    grad: &'a mut [f64],
    products: &'a mut [f64],
    system: &'a mut [f64],
    shares: &'a mut [f64],
    weights: &'a mut [f64],
}

impl<'a> Room<'a> {
    fn cut(room: &'a mut [f64], m: usize, d: usize) -> Option<Self> {
        let (h, rest) = room.split_at_mut_checked(m * d)?;
        let (quadratic, rest) = rest.split_at_mut_checked(m * d)?;
        let (mapped, rest) = rest.split_at_mut_checked(m * d)?;
        let (linear, rest) = rest.split_at_mut_checked(m * d)?;
        let (solved, rest) = rest.split_at_mut_checked(m * d)?;
        let (grad, rest) = rest.split_at_mut_checked(m * d)?;
        let (products, rest) = rest.split_at_mut_checked(m * m)?;
        let (system, rest) = rest.split_at_mut_checked(m * m)?;
        let (shares, rest) = rest.split_at_mut_checked(m)?;
        let weights = rest.get_mut(..d)?;
        for part in [&mut *h, quadratic, mapped, linear, solved, grad] {
            part.fill(0.0);
        }
        Some(Room { h, quadratic, mapped, linear, solved, grad, products, system, shares, weights })
    }
}
