//! Losses of the spherical family: of a row of outputs `o` they want the label's own, the
//! sum `s` and the sum of squares `q`, and nothing else.
//!
//! So their derivative in output `k` is `ds + 2 dq o_k`, and at the label `d own` more. The
//! Z-loss is the same of outputs that are all shifted: it is computed of those less their
//! mean, where no variance is lost in the squares.

use super::rows::{Loss, Losses, Task};
use crate::rows::labels::Labels;
use crate::rows::moments_pass::Computed;
use crate::rows::numbers::Numbers;
use crate::rows::pieces::{Map, Mapped, Room, Work, map, walk};
use crate::simd::{Io, V};
use crate::status::Status;

/// Standard deviations up to this are of outputs that are all the same.
pub const CONSTANT: f64 = 1e-12;

/// One of the losses.
#[derive(Clone, Copy, Debug)]
pub enum Spherical {
    /// `softplus(a (b - z)) / a` of the label's z-score.
    Z {
        /// How sharply.
        a: f64,
        /// What is good enough.
        b: f64,
    },
    /// `-ln` of the label's share of `1 + o + o^2 / 2`.
    Taylor,
    /// `-ln` of the label's share of `o^2 + eps`.
    Softmax {
        /// What an output of 0 has.
        eps: f64,
    },
    /// The squared distance from the label's unit vector.
    SquaredError,
}

/// A loss, and its derivatives in the label's output, the sum and the sum of squares.
#[derive(Clone, Copy, Debug)]
pub struct Partials {
    /// The loss.
    pub loss: f64,
    /// In the label's output.
    pub own: f64,
    /// In the sum.
    pub sum: f64,
    /// In the sum of squares.
    pub squares: f64,
}

impl Partials {
    const NAN: Partials =
        Partials { loss: f64::NAN, own: f64::NAN, sum: f64::NAN, squares: f64::NAN };
}

impl Spherical {
    /// Of so many outputs; NaN of what is not finite.
    #[inline(never)]
    pub fn of(self, own: f64, s: f64, q: f64, classes: f64) -> Partials {
        if !(own.is_finite() && s.is_finite() && q.is_finite()) {
            return Partials::NAN;
        }
        match self {
            Spherical::Z { a, b } => z_loss(a, b, own, s, q, classes),
            Spherical::Taylor => {
                let (n, all) = (1.0 + own + 0.5 * own * own, classes + s + 0.5 * q);
                let loss = libm::log(all / n);
                Partials { loss, own: -(1.0 + own) / n, sum: 1.0 / all, squares: 0.5 / all }
            }
            Spherical::Softmax { eps } => {
                let (n, all) = (own * own + eps, q + classes * eps);
                let loss = libm::log(all / n);
                Partials { loss, own: -2.0 * own / n, sum: 0.0, squares: 1.0 / all }
            }
            Spherical::SquaredError => {
                let loss = q - 2.0 * own + 1.0;
                let loss = if loss < 0.0 { 0.0 } else { loss };
                Partials { loss, own: -2.0, sum: 0.0, squares: 1.0 }
            }
        }
    }

    /// Whether outputs may all be shifted.
    fn shifts(self) -> bool {
        matches!(self, Spherical::Z { .. })
    }
}

fn z_loss(a: f64, b: f64, own: f64, s: f64, q: f64, classes: f64) -> Partials {
    let mean = s / classes;
    let variance = q / classes - mean * mean;
    let constant = variance <= CONSTANT * CONSTANT;
    let deviation = libm::sqrt(variance);
    let z = if constant { 0.0 } else { (own - mean) / deviation };
    let x = a * (b - z);
    let small = libm::exp(-x.abs());
    let loss = (if x > 0.0 { x } else { 0.0 * x } + libm::log1p(small)) / a;
    if constant {
        return Partials { loss, own: 0.0, sum: 0.0, squares: 0.0 };
    }
    let slope = -(if x > 0.0 { 1.0 } else { small }) / (1.0 + small);
    let (own, total) = (slope / deviation, classes * variance);
    Partials {
        loss,
        own,
        sum: -own / classes + slope * z * mean / total,
        squares: -slope * z / (2.0 * total),
    }
}

/// Losses of rows whose labels were checked.
#[inline(never)]
pub fn apply(losses: &Losses, labels: Labels, kind: Spherical) -> Status {
    losses.each(&|_| Some(1.0), &mut |task| of_row(losses, labels, kind, task))
}

fn of_row(losses: &Losses, labels: Labels, kind: Spherical, task: Task) -> Loss {
    let (x, n) = (losses.x.row_numbers(task.r), losses.x.cols);
    let label = labels.column(task.r, n);
    // SAFETY: the table has these columns, of which the label is one.
    let (first, own) = unsafe { (x.get(0), x.get(label)) };
    let classes = n as f64;
    let mut centre = 0.0;
    if kind.shifts() {
        // From the first output, so that where all are the same nothing is left.
        let [sum, _] = sums(x, n, first);
        centre = rounded(x, first + sum / classes);
    }
    let [s, q] = sums(x, n, centre);
    let partials = kind.of(own - centre, s, q, classes);
    if let Some(grad) = task.grad {
        let [slope, shift] = [2.0 * partials.squares, partials.sum].map(|d| d * task.factor);
        walk(x, n, &mut Gradient { x, centre, slope, shift, grad });
        let mut at = Room::<f64>::zeros();
        at.values()[0] = slope * (own - centre) + shift + task.factor * partials.own;
        // SAFETY: the gradient has every column of the row, and the label is one.
        unsafe { at.store(grad.wrapping_add(label * x.size()), x, 1) };
    }
    (partials.loss, Status::LGT_OK)
}

/// The sum and the sum of squares of `n` numbers less `centre`.
fn sums(x: Numbers, n: usize, centre: f64) -> [f64; 2] {
    let mut sums = Sums { x, centre, sums: [0.0; 2] };
    walk(x, n, &mut sums);
    sums.sums
}

/// In the type that numbers are computed in.
fn rounded(x: Numbers, value: f64) -> f64 {
    if matches!(x, Numbers::F64(_)) { value } else { f64::from(value as f32) }
}

struct Sums {
    x: Numbers,
    centre: f64,
    sums: [f64; 2],
}

impl Work for Sums {
    fn piece<T: Computed>(&mut self, start: usize, n: usize) {
        let mut rooms = [Room::<T>::zeros()];
        // SAFETY: the row has these columns.
        unsafe { rooms[0].load(self.x.from(start), n, 0.0) };
        let sums = map(&Squares { centre: T::of(self.centre) }, &mut rooms, n);
        self.sums.iter_mut().zip(sums).for_each(|(sum, part)| *sum += part);
    }
}

/// Sums numbers less `centre`, and their squares.
struct Squares<T> {
    centre: T,
}

impl<T: Computed> Map<T, 1, 2> for Squares<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [x]: [V<T, S>; 1]) -> Mapped<T, S, 1, 2> {
        let d = s.sub(x, s.splat(self.centre));
        ([x], [d, s.mul(d, d)])
    }
}

struct Gradient {
    x: Numbers,
    centre: f64,
    slope: f64,
    shift: f64,
    grad: *mut u8,
}

impl Work for Gradient {
    fn piece<T: Computed>(&mut self, start: usize, n: usize) {
        let mut rooms = [Room::<T>::zeros()];
        let to = self.grad.wrapping_add(start * self.x.size());
        let [centre, slope, shift] = [self.centre, self.slope, self.shift].map(T::of);
        // SAFETY: the row and the gradient have these columns.
        unsafe {
            rooms[0].load(self.x.from(start), n, 0.0);
            let [] = map(&Line { centre, slope, shift }, &mut rooms, n);
            rooms[0].store(to, self.x, n);
        }
    }
}

/// Numbers become `slope (x - centre) + shift`.
struct Line<T> {
    centre: T,
    slope: T,
    shift: T,
}

impl<T: Computed> Map<T, 1, 0> for Line<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [x]: [V<T, S>; 1]) -> Mapped<T, S, 1, 0> {
        let d = s.sub(x, s.splat(self.centre));
        ([s.mul_add(d, s.splat(self.slope), s.splat(self.shift))], [])
    }
}
