//! Probabilities of mapped rows, computed in f64 whatever is stored.

use super::matrix_pass::{Product, ROWS};
use super::matrix_update::width;
use crate::math::exp::Scale;
use crate::rows::numbers::Numbers;
use crate::simd::{Bf16, Elem, F16, Io, Kernel, Lanes, Stored};
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
        let (most, finite) = f64::dispatch(Scan { block });
        let mut top = self.top.max(most);
        if !finite {
            self.nan |= block.iter().any(|u| u.is_nan());
            self.infinite += block.iter().filter(|u| **u == f64::INFINITY).count() as f64;
            // The largest of the others, beside which +inf shows by itself.
            top = block.iter().fold(self.top, |top, u| if *u > top { *u } else { top });
        }
        if top.is_finite() {
            if top > self.top {
                self.sum *= libm::exp(self.top - top);
                self.top = top;
            }
            self.sum += f64::dispatch(Exponentials { block, top, scale: Scale::new(1.0) });
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
            f64::dispatch(Exponentials { block, top: self.top, scale: Scale::new(1.0) });
            let share = 1.0 / self.sum;
            block.iter_mut().for_each(|u| *u *= share);
        }
    }

    fn is_empty(&self) -> bool {
        !self.nan && self.top == f64::NEG_INFINITY && self.infinite == 0.0
    }
}

/// The largest number, and whether all are finite.
struct Scan<'a> {
    block: &'a [f64],
}

impl Kernel<f64> for Scan<'_> {
    type Out = (f64, bool);

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) -> (f64, bool) {
        let (lanes, n, at) = (<S as Lanes<f64>>::N, self.block.len(), self.block.as_ptr());
        let (zero, least) = (s.splat(0.0), s.splat(f64::MIN));
        let (mut top, mut check) = (least, zero);
        let mut i = 0;
        while i < n {
            // SAFETY: so many numbers are left.
            let u = unsafe { s.load_head(at.add(i), (n - i).min(lanes), f64::MIN) };
            top = s.max(u, top);
            // 0 as long as all are finite.
            check = s.mul_add(u, zero, check);
            i += lanes;
        }
        (s.reduce_max(top), s.bits(s.nan(check)) == 0)
    }
}

/// Exponentials relative to that of `top`, in place, and their sum.
struct Exponentials<'a> {
    block: &'a mut [f64],
    top: f64,
    scale: Scale<f64>,
}

impl Kernel<f64> for Exponentials<'_> {
    type Out = f64;

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) -> f64 {
        let plan = self.scale.shifted(self.top);
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

/// Rows to read and rows to write, which may be the same, of one type.
#[derive(Clone, Copy)]
pub struct Pair {
    /// The first row to read, and from row to row, in elements.
    pub x: (Numbers, usize),
    /// The first row to write, likewise.
    pub y: (*mut u8, usize),
    /// How many.
    pub rows: usize,
    /// Columns.
    pub cols: usize,
    /// What they are stored as.
    pub stored: Stored,
}

impl Pair {
    /// Reads numbers of row `r` from column `at` on.
    #[inline(never)]
    unsafe fn read(&self, r: usize, at: usize, to: &mut [f64]) {
        let (x, stride) = self.x;
        // SAFETY: the caller vouches for as many numbers.
        unsafe {
            let from = x.from(r * stride + at).block(to.len(), to.as_mut_ptr());
            if let Numbers::F64(_) = x {
                to.iter_mut().enumerate().for_each(|(i, to)| *to = *from.add(i));
            }
        }
    }

    /// Writes them.
    #[inline(never)]
    unsafe fn store(&self, r: usize, at: usize, from: &[f64]) {
        let (y, stride) = self.y;
        let place = r * stride + at;
        let each = from.iter().copied().enumerate();
        // SAFETY: the caller vouches for as much room, aligned.
        unsafe {
            match self.stored {
                Stored::F32 => each.for_each(|(i, x)| *y.cast::<f32>().add(place + i) = x as f32),
                Stored::F64 => each.for_each(|(i, x)| *y.cast::<f64>().add(place + i) = x),
                Stored::F16 => {
                    let to = y.cast::<F16>().add(place);
                    each.for_each(|(i, x)| *to.add(i) = F16::from_f32(x as f32));
                }
                Stored::Bf16 => {
                    let to = y.cast::<Bf16>().add(place);
                    each.for_each(|(i, x)| *to.add(i) = Bf16::from_f32(x as f32));
                }
            }
        }
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
    pub fn apply(&self, io: &Pair) -> Status {
        let mut status = Status::LGT_OK;
        for r in 0..io.rows {
            let mut sum = Sum::NONE;
            for pass in 0..2 {
                for first in (0..io.cols).step_by(BLOCK) {
                    let mut room = [0.0; BLOCK];
                    let Some(block) = room.get_mut(..BLOCK.min(io.cols - first)) else { continue };
                    // SAFETY: the views vouch for their rows.
                    unsafe {
                        io.read(r, first, block);
                        self.single(first, block);
                        if pass == 0 {
                            sum.add(block);
                        } else {
                            sum.shares(block);
                            io.store(r, first, block);
                        }
                    }
                }
            }
            if sum.is_empty() && io.cols > 0 {
                status = Status::LGT_EMPTY_ROW;
            }
        }
        status
    }

    /// The same where a matrix maps them, with [`words`] of scratch.
    pub fn apply_matrix(&self, io: &Pair, scratch: &mut [u64]) -> Status {
        let (Some(width), n) = (width(io.cols), io.cols) else { return Status::LGT_E_SIZE };
        if words(n).is_none_or(|words| scratch.len() < words) || n == 0 {
            return Status::LGT_OK;
        }
        scratch.fill(0);
        let mut status = Status::LGT_OK;
        let z: *mut f64 = scratch.as_mut_ptr().cast();
        let u = z.wrapping_add(ROWS * width);
        for first in (0..io.rows).step_by(ROWS) {
            let count = ROWS.min(io.rows - first);
            let mut bad = [false; ROWS];
            for (i, bad) in bad.iter_mut().enumerate().take(count) {
                // SAFETY: the view vouches for its rows; there is scratch for so many.
                let row = unsafe { core::slice::from_raw_parts_mut(z.add(i * width), n) };
                // SAFETY: as above.
                unsafe { io.read(first + i, 0, row) };
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
                unsafe { io.store(first + i, 0, row) };
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
            room.iter_mut().zip(block).for_each(|(to, u)| *to = *u);
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
