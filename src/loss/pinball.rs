//! Pinball loss of predicted quantiles: with `d = y - x`, a column's loss is `q d` where
//! that is at least 0, else `(q - 1) d`, for its level `q`.

use super::rows::{Losses, Task};
use crate::rows::moments::Table;
use crate::rows::moments_pass::Computed;
use crate::rows::numbers::Numbers;
use crate::rows::pieces::{Map, Mapped, Room, Work, map, walk};
use crate::simd::{Io, V};
use crate::status::Status;

/// Losses of rows with a target for every column, and a level for each column.
#[inline(never)]
pub fn apply(losses: &Losses, targets: Table, levels: Numbers) -> Status {
    losses.each(&|_| Some(1.0), &mut |task| {
        let mut row = Row { losses, task, target: targets.row_numbers(task.r), levels, loss: 0.0 };
        walk(losses.x.numbers, losses.x.cols, &mut row);
        (row.loss, Status::LGT_OK)
    })
}

struct Row<'a> {
    losses: &'a Losses,
    task: Task,
    target: Numbers,
    levels: Numbers,
    loss: f64,
}

impl Work for Row<'_> {
    fn piece<T: Computed>(&mut self, start: usize, n: usize) {
        let from = self.losses.x.row_numbers(self.task.r);
        let mut rooms = [Room::<T>::zeros(), Room::zeros(), Room::zeros()];
        let [x, targets, levels] = &mut rooms;
        // SAFETY: the tables have these columns, and there is a level for each.
        unsafe {
            x.load(from.from(start), n, 0.0);
            targets.load(self.target.from(start), n, 0.0);
            levels.load(self.levels.from(start), n, 0.0);
        }
        let [loss] = map(&Terms { factor: T::of(self.task.factor) }, &mut rooms, n);
        self.loss += loss;
        if let Some(grad) = self.task.grad {
            // SAFETY: as above.
            unsafe { rooms[0].store(grad.wrapping_add(start * from.size()), from, n) };
        }
    }
}

/// Predictions, targets and levels become gradients; the losses are summed.
struct Terms<T> {
    factor: T,
}

impl<T: Computed> Map<T, 3, 1> for Terms<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [x, y, q]: [V<T, S>; 3]) -> Mapped<T, S, 3, 1> {
        let zero = s.splat(T::ZERO);
        let (d, below) = (s.sub(y, x), s.sub(q, s.splat(T::ONE)));
        let slope = s.select(s.gt(d, zero), q, below);
        // Where it is met there is no slope, and NaN is its own.
        let none = s.or(s.eq(d, zero), s.eq(slope, zero));
        let loss = s.select(none, s.select(s.nan(d), d, zero), s.mul(slope, d));
        let grad = s.select(s.eq(d, zero), zero, s.sub(zero, slope));
        let grad = s.select(s.nan(d), d, s.mul(grad, s.splat(self.factor)));
        ([grad, y, q], [loss])
    }
}
