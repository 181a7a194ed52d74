//! Binary cross-entropy of logits: with `s = ln(1 + exp(-x))`, a column's loss is
//! `w t s + (1 - t) (s + x)` for a target `t` and the weight `w` of what is true.
//!
//! Its derivative is `(w t + 1 - t) sigmoid(x) - w t`, written so that where the target
//! is met nothing cancels.

use super::rows::{Losses, Task};
use crate::math::logistic::Logistic;
use crate::rows::moments::Table;
use crate::rows::moments_pass::Computed;
use crate::rows::numbers::Numbers;
use crate::rows::pieces::{Map, Mapped, Room, Work, map, walk};
use crate::simd::{Io, V};
use crate::status::Status;

/// Losses of rows with a target for every column; a weight for each column of what is
/// true, if there are any.
#[inline(never)]
pub fn apply(losses: &Losses, targets: Table, positive: Option<Numbers>) -> Status {
    losses.each(&|_| Some(1.0), &mut |task| {
        let mut row =
            Row { losses, task, target: targets.row_numbers(task.r), positive, loss: 0.0 };
        walk(losses.x.numbers, losses.x.cols, &mut row);
        (row.loss, Status::LGT_OK)
    })
}

struct Row<'a> {
    losses: &'a Losses,
    task: Task,
    target: Numbers,
    positive: Option<Numbers>,
    loss: f64,
}

impl Work for Row<'_> {
    fn piece<T: Computed>(&mut self, start: usize, n: usize) {
        let from = self.losses.x.row_numbers(self.task.r);
        let mut rooms = [Room::<T>::zeros(), Room::zeros(), Room::zeros()];
        let [x, targets, weights] = &mut rooms;
        // SAFETY: the tables have these columns.
        unsafe {
            x.load(from.from(start), n, 0.0);
            targets.load(self.target.from(start), n, 0.0);
            match self.positive {
                Some(positive) => weights.load(positive.from(start), n, 1.0),
                None => *weights.values() = [T::ONE; _],
            }
        }
        let terms = Terms { logistic: Logistic::plain(), factor: T::of(self.task.factor) };
        let [loss] = map(&terms, &mut rooms, n);
        self.loss += loss;
        if let Some(grad) = self.task.grad {
            // SAFETY: as above.
            unsafe { rooms[0].store(grad.wrapping_add(start * from.size()), from, n) };
        }
    }
}

/// Logits, targets and weights become gradients; the losses are summed.
struct Terms<T> {
    logistic: Logistic<T>,
    factor: T,
}

impl<T: Computed> Map<T, 3, 1> for Terms<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [x, t, w]: [V<T, S>; 3]) -> Mapped<T, S, 3, 1> {
        let (zero, one) = (s.splat(T::ZERO), s.splat(T::ONE));
        let minus = s.sub(zero, x);
        let (missed, miss) = self.logistic.softplus::<T, S>(s, minus);
        let (found, own) = self.logistic.softplus::<T, S>(s, x);
        let (t, rest) = (s.mul(w, t), s.sub(one, t));
        // What does not count is nothing, however far off.
        let missed = s.select(s.eq(t, zero), zero, s.mul(t, missed));
        let found = s.select(s.eq(rest, zero), zero, s.mul(rest, found));
        let loss = s.add(missed, found);
        let grad = s.sub(s.mul(rest, own), s.mul(t, miss));
        ([s.mul(grad, s.splat(self.factor)), t, w], [loss])
    }
}
