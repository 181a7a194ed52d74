//! The loss of soft top-k: the mean of `-ln p` over what is relevant, where `p` are the
//! soft top-k shares of all.

use super::rows::{Losses, Task};
use crate::rows::flags::Flags;
use crate::rows::pieces::Room;
use crate::softmax::soft_topk::{Terms, Topk, find, grad, shares};
use crate::status::Status;

/// Losses of rows of which flags say what is relevant.
#[inline(never)]
pub fn apply(losses: &Losses, flags: &Flags, topk: Topk) -> Status {
    let topk = Topk { log: true, ..topk };
    losses.each(&|_| Some(1.0), &mut |task| of_row(losses, flags, topk, task))
}

fn of_row(losses: &Losses, flags: &Flags, topk: Topk, task: Task) -> (f64, Status) {
    let (row, n) = (losses.x.row_numbers(task.r), losses.x.cols);
    let found = find(row, n, topk);
    let relevant = |column: usize| flags.is(task.r, column);
    let count = (0..n).filter(|column| relevant(*column)).count() as f64;
    let mut sum = 0.0;
    shares(row, n, &Terms::new(topk, &found), &mut |start, n, room| {
        for (i, log) in room.values().iter().take(n).enumerate() {
            sum -= if relevant(start + i) { *log } else { 0.0 };
        }
    });
    if let Some(to) = task.grad {
        let above = |start: usize, n: usize, room: &mut Room<f64>| {
            for (i, to) in room.values().iter_mut().take(n).enumerate() {
                *to = if relevant(start + i) { -1.0 / count } else { 0.0 };
            }
        };
        // SAFETY: the gradient has every column of the row.
        unsafe { grad((row, n), (topk, found.t, task.factor), &above, to) };
    }
    let loss = if found.t.is_nan() { f64::NAN } else { sum / f64::max(count, 1.0) };
    (loss, found.status)
}
