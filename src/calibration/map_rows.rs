//! Probabilities of mapped rows, computed in f64 whatever is stored.

use super::matrix_pass::{Product, ROWS};
use super::matrix_update::width;
use crate::math::exp::Scale;
use crate::rows::view::{Rows, RowsMut};
use crate::simd::{Elem, Io, Kernel, Lanes, Real};
use crate::status::Status;

/// A fitted map.
#[derive(Clone, Copy)]
pub struct Map<'a> {
    /// Scales; none where there are biases only.
    pub scales: &'a [f64],
    /// Biases, one a class.
    pub biases: &'a [f64],
    /// The least probability, if rows are probabilities, or 0.
    pub eps: f64,
}

/// Numbers that are looked at together.
const BLOCK: usize = 128;

/// The sum of exponentials so far, relative to the largest so far.
struct Sum {
    top: f64,
    sum: f64,
    infinite: f64,
    nan: bool,
}

impl Sum {
    const NONE: Sum = Sum { top: f64::NEG_INFINITY, sum: 0.0, infinite: 0.0, nan: false };

    #[inline(never)]
    fn add(&mut self, block: &mut [f64]) {
        let mut top = self.top;
        for u in block.iter() {
            self.nan |= u.is_nan();
            self.infinite += f64::from(u8::from(*u == f64::INFINITY));
            top = if *u > top { *u } else { top };
        }
        if top.is_finite() {
            if top > self.top {
                self.sum *= libm::exp(self.top - top);
                self.top = top;
            }
            self.sum += f64::dispatch(Exponentials { block, top });
        }
    }

    /// Turns mapped logits into probabilities.
    #[inline(never)]
    fn shares(&self, block: &mut [f64]) {
        if self.nan || (self.top == f64::NEG_INFINITY && self.infinite == 0.0) {
            block.fill(f64::NAN);
        } else if self.infinite > 0.0 {
            let share = 1.0 / self.infinite;
            block.iter_mut().for_each(|u| *u = if *u == f64::INFINITY { share } else { 0.0 });
        } else {
            f64::dispatch(Exponentials { block, top: self.top });
            let share = 1.0 / self.sum;
            block.iter_mut().for_each(|u| *u *= share);
        }
    }

    fn is_empty(&self) -> bool {
        !self.nan && self.top == f64::NEG_INFINITY && self.infinite == 0.0
    }
}

/// Exponentials relative to that of `top`, in place, and their sum.
struct Exponentials<'a> {
    block: &'a mut [f64],
    top: f64,
}

impl Kernel<f64> for Exponentials<'_> {
    type Out = f64;

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) -> f64 {
        let plan = Scale::new(1.0).shifted(self.top);
        let lower = s.splat(plan.lower(1.0));
        let (lanes, n, at) = (<S as Lanes<f64>>::N, self.block.len(), self.block.as_mut_ptr());
        let mut sum = s.splat(0.0);
        let mut i = 0;
        while i < n {
            let left = (n - i).min(lanes);
            // SAFETY: so many numbers are left.
            unsafe {
                let u = s.load_head(at.add(i), left, f64::NEG_INFINITY);
                let d = plan.difference::<f64, S>(s, u);
                let e = s.mul(plan.eval_or_zero::<f64, S>(s, d), lower);
                s.store_head(at.add(i), left, e);
                sum = s.add(sum, e);
            }
            i += lanes;
        }
        s.wide_sum(s.wide_add(s.wide_zero(), sum))
    }
}

/// Reads numbers as f64.
unsafe fn read<E: Elem>(from: *const E, to: &mut [f64]) {
    for (i, to) in to.iter_mut().enumerate() {
        // SAFETY: the caller vouches for as many numbers.
        *to = unsafe { *from.add(i) }.widen().to_f64();
    }
}

/// Writes them.
unsafe fn store<E: Elem>(from: &[f64], to: *mut E) {
    for (i, x) in from.iter().enumerate() {
        // SAFETY: the caller vouches for as much room.
        unsafe { *to.add(i) = E::narrow(E::Acc::of(*x)) };
    }
}

impl Map<'_> {
    /// Maps logits of the classes from `first` on, each by itself.
    #[inline(never)]
    fn single(&self, first: usize, block: &mut [f64]) {
        for (u, a) in block.iter_mut().zip(self.scales.iter().skip(first)) {
            *u *= a;
        }
        for (u, b) in block.iter_mut().zip(self.biases.iter().skip(first)) {
            *u += b;
        }
    }

    /// Probabilities of rows where each class is mapped by itself. `y` may be `x`.
    pub fn apply<E: Elem>(&self, x: Rows<E>, y: RowsMut<E>) -> Status {
        let mut status = Status::LGT_OK;
        for r in 0..x.rows {
            let mut sum = Sum::NONE;
            for pass in 0..2 {
                for first in (0..x.cols).step_by(BLOCK) {
                    let mut room = [0.0; BLOCK];
                    let Some(block) = room.get_mut(..BLOCK.min(x.cols - first)) else { continue };
                    // SAFETY: the views vouch for their rows.
                    unsafe {
                        read(x.row(r).add(first), block);
                        self.single(first, block);
                        if pass == 0 {
                            sum.add(block);
                        } else {
                            sum.shares(block);
                            store(block, y.row(r).add(first));
                        }
                    }
                }
            }
            if sum.is_empty() && x.cols > 0 {
                status = Status::LGT_EMPTY_ROW;
            }
        }
        status
    }

    /// The same where a matrix maps them, with [`words`] of scratch.
    pub fn apply_matrix<E: Elem>(&self, x: Rows<E>, y: RowsMut<E>, scratch: &mut [u64]) -> Status {
        let (Some(width), n) = (width(x.cols), x.cols) else { return Status::LGT_E_SIZE };
        if words(n).is_none_or(|words| scratch.len() < words) || n == 0 {
            return Status::LGT_OK;
        }
        scratch.fill(0);
        let mut status = Status::LGT_OK;
        let z: *mut f64 = scratch.as_mut_ptr().cast();
        let u = z.wrapping_add(ROWS * width);
        for first in (0..x.rows).step_by(ROWS) {
            let count = ROWS.min(x.rows - first);
            let mut bad = [false; ROWS];
            for (i, bad) in bad.iter_mut().enumerate().take(count) {
                // SAFETY: the view vouches for its rows; there is scratch for so many.
                let row = unsafe { core::slice::from_raw_parts_mut(z.add(i * width), n) };
                // SAFETY: as above.
                unsafe { read(x.row(first + i), row) };
                *bad = row.iter().any(|z| !z.is_finite() && (self.eps <= 0.0 || z.is_nan()));
            }
            let (matrix, biases, eps) = (self.scales, self.biases, self.eps);
            f64::dispatch(Product { z, u, cols: n, width, matrix, biases, eps });
            for (i, bad) in bad.iter().enumerate().take(count) {
                // SAFETY: as above.
                let row = unsafe { core::slice::from_raw_parts_mut(u.add(i * width), n) };
                if row_shares(row, *bad) {
                    status = Status::LGT_EMPTY_ROW;
                }
                // SAFETY: as above.
                unsafe { store(row, y.row(first + i)) };
            }
        }
        status
    }
}

/// Probabilities of mapped logits; whether there was none above -inf.
#[inline(never)]
fn row_shares(row: &mut [f64], bad: bool) -> bool {
    let mut sum = Sum { nan: bad, ..Sum::NONE };
    let mut room = [0.0; BLOCK];
    for block in row.chunks(BLOCK) {
        if let Some(room) = room.get_mut(..block.len()) {
            room.iter_mut().zip(&*block).for_each(|(to, u)| *to = *u);
            sum.add(room);
        }
    }
    row.chunks_mut(BLOCK).for_each(|block| sum.shares(block));
    sum.is_empty()
}

/// Words of scratch for a matrix.
pub fn words(classes: usize) -> Option<usize> {
    width(classes)?.checked_mul(2 * ROWS)
}
