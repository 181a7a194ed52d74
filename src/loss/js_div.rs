//! Jensen-Shannon divergence of two rows' shares: with `m = (p + q) / 2`, half of
//! `KL(p || m) + KL(q || m)`, which is at most `ln 2`.
//!
//! `ln(p / m) = ln 2 - ln(1 + q / p)`, so that nothing is lost where shares are small.
//! With `g = ln(p / m) / 2`, the derivative in a score is `p (g - <p, g>)`.

use super::divergence::empty;
use super::rows::{Losses, Task};
use crate::math::logistic::Logistic;
use crate::rows::log_shares::{LogShares, Softmax};
use crate::rows::moments::{Table, TableMut};
use crate::rows::moments_pass::Computed;
use crate::rows::pieces::{Map, Mapped, Room, Work, map, walk};
use crate::simd::{Io, V};
use crate::status::Status;

/// Divergences of rows, with gradients in both.
#[inline(never)]
pub fn apply(losses: &Losses, other: Table, second: Option<TableMut>, temperature: f64) -> Status {
    losses.clear_left_out(second);
    losses.each(&|_| Some(1.0), &mut |Task { r, factor, grad }| {
        let grads = [grad, second.map(|second| second.row(r))];
        let rows = [losses.x.row(r), other.row(r)].map(|row| Softmax::new(row, temperature));
        if let Some(loss) = empty([&rows[0].row, &rows[1].row], grads) {
            return loss;
        }
        let numbers = losses.x.numbers;
        let factor = factor / temperature;
        let mut walker =
            Walker { rows: &rows, grads: [None; 2], factor, sums: [0.0; 2], means: None };
        walk(numbers, losses.x.cols, &mut walker);
        let sums = walker.sums;
        if grads.iter().any(|grad| grad.is_some()) {
            walk(numbers, losses.x.cols, &mut Walker { grads, means: Some(sums), ..walker });
        }
        let [a, b] = sums;
        (if a + b < 0.0 { 0.0 } else { a + b }, Status::LGT_OK)
    })
}

struct Walker<'a> {
    rows: &'a [Softmax; 2],
    grads: [Option<*mut u8>; 2],
    factor: f64,
    sums: [f64; 2],
    /// What the sums are, once that is known.
    means: Option<[f64; 2]>,
}

impl Work for Walker<'_> {
    fn piece<T: Computed>(&mut self, start: usize, n: usize) {
        let mut rooms = [Room::<T>::zeros(), Room::zeros()];
        for (row, room) in self.rows.iter().zip(&mut rooms) {
            row.load(start, n, room);
        }
        let [p, q] = self.rows;
        let terms = Terms {
            logistic: Logistic::plain(),
            logs: [p.logs(), q.logs()],
            means: self.means.unwrap_or([0.0; 2]).map(T::of),
            factor: T::of(self.factor),
        };
        let sums = map(&terms, &mut rooms, n);
        self.sums.iter_mut().zip(sums).for_each(|(total, sum)| *total += sum);
        for ((row, room), grad) in self.rows.iter().zip(&rooms).zip(self.grads) {
            let like = row.row.numbers();
            if let Some(grad) = grad {
                // SAFETY: a gradient has every column of its row.
                unsafe { room.store(grad.wrapping_add(start * like.size()), like, n) };
            }
        }
    }
}

/// Scores become gradients, once the means are known; what each row adds is summed.
struct Terms<T> {
    logistic: Logistic<T>,
    logs: [LogShares<T>; 2],
    means: [T; 2],
    factor: T,
}

impl<T: Computed> Terms<T> {
    /// What a row adds with shares `p`, and its gradient; `log` is `ln(1 + q / p)`.
    #[inline(always)]
    fn part<S: Io<T>>(&self, s: S, p: V<T, S>, log: V<T, S>, mean: T) -> [V<T, S>; 2] {
        let (zero, half) = (s.splat(T::ZERO), s.splat(T::of(0.5)));
        let g = s.mul(half, s.sub(s.splat(T::of(core::f64::consts::LN_2)), log));
        let none = s.eq(p, zero);
        let grad = s.mul(s.splat(self.factor), s.mul(p, s.sub(g, s.splat(mean))));
        [s.select(none, zero, s.mul(p, g)), s.select(none, zero, grad)]
    }
}

impl<T: Computed> Map<T, 2, 2> for Terms<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [x, y]: [V<T, S>; 2]) -> Mapped<T, S, 2, 2> {
        let [(p, log_p), (q, log_q)] = [self.logs[0].eval(s, x), self.logs[1].eval(s, y)];
        // Of two that are nothing there is no ratio, nor a need of one.
        let d = s.sub(log_q, log_p);
        let (zero, minus) = (s.splat(T::ZERO), s.sub(s.splat(T::ZERO), d));
        // What both logarithms have beside the larger of 0 and `d`, or less of it.
        let (rest, _) = self.logistic.softplus::<T, S>(s, s.min(d, minus));
        let [a, u] = self.part(s, p, s.add(s.max(zero, d), rest), self.means[0]);
        let [b, v] = self.part(s, q, s.add(s.max(zero, minus), rest), self.means[1]);
        ([u, v], [a, b])
    }
}
