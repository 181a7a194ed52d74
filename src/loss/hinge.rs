//! Hinge losses of scores: what every other class lacks to be `margin` below the label's,
//! `v_c = max(0, margin - x_y + x_c)`, to the power 1 or 2; the mean over all classes, or
//! the largest.

use super::rows::{Losses, Task};
use crate::rows::labels::Labels;
use crate::rows::moments_pass::{Computed, Scales};
use crate::rows::pieces::{Map, Mapped, Room, Work, map, walk};
use crate::simd::{Io, V};
use crate::status::Status;

/// Which hinge loss.
#[derive(Clone, Copy)]
pub struct Opts {
    /// How much above the others the label's score should be.
    pub margin: f64,
    /// Whether what is lacking is squared.
    pub squared: bool,
    /// Whether the largest counts alone.
    pub largest: bool,
}

impl Opts {
    /// The loss of what is lacking, and its derivative.
    fn terms(&self, v: f64) -> [f64; 2] {
        // The 0 gives way to NaN.
        let v = if v < 0.0 { 0.0 } else { v };
        if self.squared { [v * v, 2.0 * v] } else { [v, if v > 0.0 { 1.0 } else { v }] }
    }
}

/// Losses of rows whose labels were checked.
#[inline(never)]
pub fn apply(losses: &Losses, labels: Labels, opts: Opts) -> Status {
    losses.each(&|_| Some(1.0), &mut |task| {
        let label = labels.column(task.r, losses.x.cols);
        let loss = if opts.largest {
            largest(losses, task, label, opts)
        } else {
            all(losses, task, label, opts)
        };
        (loss, Status::LGT_OK)
    })
}

/// The loss of the largest other score.
fn largest(losses: &Losses, task: Task, label: usize, opts: Opts) -> f64 {
    let (others, row) = (losses.x.row_without(task.r, label), losses.x.row(task.r));
    let (own, top) = (row.at(label), others.top());
    let lack = match top {
        f64::NEG_INFINITY if !own.is_nan() => f64::NEG_INFINITY,
        // The largest may stand beside a NaN, which the sum of exponentials keeps.
        _ if others.moments(&Scales::new(1.0)).sum.is_nan() => f64::NAN,
        top => opts.margin - own + top,
    };
    let [loss, slope] = opts.terms(lack);
    if let Some(grad) = task.grad {
        let first = (0..row.cols()).find(|c| *c != label && row.at(*c) == top);
        losses.clear(grad);
        let slope = task.factor * slope;
        // SAFETY: the gradient has every column of the row.
        unsafe {
            row.put(grad, label, -slope);
            first.into_iter().for_each(|c| row.put(grad, c, slope));
        }
    }
    loss
}

/// The mean over all classes.
fn all(losses: &Losses, task: Task, label: usize, opts: Opts) -> f64 {
    let source = losses.x.row(task.r);
    let own = source.at(label);
    let mut row = Row { losses, task, label, own, opts, sums: [0.0; 2] };
    walk(losses.x.numbers, losses.x.cols, &mut row);
    let [loss, slope] = row.sums;
    if let Some(grad) = task.grad {
        // SAFETY: the gradient has every column of the row.
        unsafe { source.put(grad, label, -slope) };
    }
    // Beside no others nothing was said of it.
    if own.is_nan() { own } else { loss / losses.x.cols as f64 }
}

struct Row<'a> {
    losses: &'a Losses,
    task: Task,
    label: usize,
    own: f64,
    opts: Opts,
    /// Of losses, and of gradients.
    sums: [f64; 2],
}

impl Work for Row<'_> {
    fn piece<T: Computed>(&mut self, start: usize, n: usize) {
        let from = self.losses.x.row_numbers(self.task.r);
        let mut rooms = [Room::<T>::zeros()];
        // SAFETY: the table has these columns.
        rooms.iter_mut().for_each(|room| unsafe { room.load(from.from(start), n, 0.0) });
        let label = self.label.wrapping_sub(start);
        let [room] = &mut rooms;
        room.values().iter_mut().skip(label).take(1).for_each(|x| *x = T::NEG_INFINITY);
        let factor = self.task.factor / self.losses.x.cols as f64;
        let terms = Terms {
            own: T::of(self.own),
            margin: T::of(self.opts.margin),
            factor: T::of(if self.opts.squared { 2.0 * factor } else { factor }),
            squared: self.opts.squared,
        };
        let [loss, slope] = map(&terms, &mut rooms, n);
        self.sums[0] += loss;
        self.sums[1] += slope;
        if let Some(grad) = self.task.grad {
            // SAFETY: as above.
            unsafe { rooms[0].store(grad.wrapping_add(start * from.size()), from, n) };
        }
    }
}

/// Scores become gradients; losses and gradients are summed.
struct Terms<T> {
    own: T,
    margin: T,
    factor: T,
    squared: bool,
}

impl<T: Computed> Map<T, 1, 2> for Terms<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [x]: [V<T, S>; 1]) -> Mapped<T, S, 1, 2> {
        let zero = s.splat(T::ZERO);
        // The 0 stands first, so that NaN stays.
        let v = s.max(zero, s.add(s.sub(x, s.splat(self.own)), s.splat(self.margin)));
        let v = s.select(s.eq(x, s.splat(T::NEG_INFINITY)), zero, v);
        let one = s.select(s.eq(v, zero), zero, s.splat(T::ONE));
        let (loss, slope) = if self.squared { (s.mul(v, v), v) } else { (v, one) };
        let slope = s.mul(s.select(s.nan(v), v, slope), s.splat(self.factor));
        ([slope], [loss, slope])
    }
}
