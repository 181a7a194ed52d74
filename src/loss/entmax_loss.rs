//! The losses of Fenchel and Young that belong to alpha-entmax, with one label a row: what
//! shares maximise, at its greatest, less what it is of the label's share alone.
//!
//! With `m` the mean of differences from the maximum and `t` as in `softmax/entmax.rs`,
//! the greatest is `max + ((alpha - 1) m + t) / alpha`; the gradient is `p` less 1 for the
//! label.

use super::rows::{Loss, Losses, Task};
use crate::rows::kind::Kind;
use crate::rows::labels::Labels;
use crate::softmax::entmax::Entmax;
use crate::status::Status;

/// Losses of rows whose labels were checked, for an alpha of at least 1.
#[inline(never)]
pub fn apply(losses: &Losses, labels: Labels, alpha: f64) -> Status {
    let mut entmax = Entmax::new(alpha);
    losses.each(&|_| Some(1.0), &mut |task| of_row(losses, labels, alpha, &mut entmax, task))
}

fn of_row(losses: &Losses, labels: Labels, alpha: f64, entmax: &mut Entmax, task: Task) -> Loss {
    let (row, cols) = (losses.x.row_numbers(task.r), losses.x.cols);
    let label = labels.column(task.r, cols);
    // SAFETY: the table has these columns, and the label is one.
    let own = unsafe { row.get(label) };
    // SAFETY: as above; so has the gradient.
    let (found, mean) = unsafe {
        let found = entmax.find(row, cols);
        let mean = entmax.write(&found, (row, cols), task.factor, task.grad);
        (found, mean)
    };
    let behind = match *found.kind() {
        Kind::Finite(max) => max - own,
        Kind::Infinite(_) if own == f64::INFINITY => 0.0,
        Kind::Infinite(_) => f64::INFINITY,
        _ => f64::NAN,
    };
    if let Some(grad) = task.grad {
        // SAFETY: as above.
        unsafe { row.put(grad, label, task.factor * (found.share(behind) - 1.0)) };
    }
    let excess = ((alpha - 1.0) * mean + found.t(alpha)) / alpha;
    let loss = behind + excess;
    let advisory =
        if matches!(found.kind(), Kind::Empty) { Status::LGT_EMPTY_ROW } else { Status::LGT_OK };
    (if loss < 0.0 { 0.0 } else { loss }, advisory)
}
