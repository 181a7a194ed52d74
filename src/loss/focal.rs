//! Focal loss: `-(1 - p)^gamma ln p` of the label's share `p`.
//!
//! Its derivative in entry `i` is `A (p_i - y_i)` with
//! `A = (1 - p)^gamma - gamma (1 - p)^(gamma - 1) p ln p`, at least 0.

use super::rows::{Loss, Losses, Task};
use crate::rows::kind::Kind;
use crate::rows::labels::Labels;
use crate::rows::moments_pass::Scales;
use crate::status::Status;

/// Losses of rows whose labels were checked.
#[inline(never)]
pub fn apply(losses: &Losses, labels: Labels, gamma: f64) -> Status {
    let scales = Scales::new(1.0);
    losses.each(&|_| Some(1.0), &mut |task| of_row(losses, labels, gamma, &scales, task))
}

fn of_row(losses: &Losses, labels: Labels, gamma: f64, scales: &Scales, task: Task) -> Loss {
    let (row, label) = (losses.x.row(task.r), labels.column(task.r, losses.x.cols));
    let moments = row.moments(scales);
    let behind = row.behind(row.at(label));
    let own = row.share(behind, 1.0, moments.sum);
    let log = behind + libm::log(moments.sum);
    let miss = f64::max(1.0 - own, 0.0);
    let power = libm::pow(miss, gamma);
    // Where nothing is missed, (1 - p)^(gamma - 1) ln p is 0, or as good as that; p ln p
    // is 0 where nothing else is.
    let both = miss > 0.0 && own > 0.0;
    let slope = if both { gamma * power / miss * own * log } else { 0.0 };
    if let Some(grad) = task.grad {
        let factor = task.factor * (power + slope);
        // SAFETY: the gradient has every column of the row, and the label is one.
        unsafe {
            row.write(scales, moments.sum, factor, grad);
            row.put(grad, label, factor * (own - 1.0));
        }
    }
    let advisory =
        if matches!(row.kind(), Kind::Empty) { Status::LGT_EMPTY_ROW } else { Status::LGT_OK };
    (if power > 0.0 { power * log } else { 0.0 * log }, advisory)
}
