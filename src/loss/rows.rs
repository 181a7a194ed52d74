//! What all losses of rows share: which rows count and how much, where losses and
//! gradients go, and what becomes of all losses together.

use crate::math::fixed::{Bounded, UNIT, Unbounded};
use crate::rows::moments::{Table, TableMut};
use crate::rows::numbers::Numbers;
use crate::rows::pieces::{PIECE, Room};
use crate::rows::view::Column;
use crate::status::Status;

/// What becomes of the rows' losses.
#[derive(Clone, Copy)]
pub struct Opts {
    /// Their weighted mean, rather than their sum.
    pub mean: bool,
    /// Gradients are multiplied by this.
    pub grad_scale: f64,
}

/// Rows of a loss.
#[derive(Clone, Copy)]
pub struct Losses {
    /// Logits, or whatever the gradient is of.
    pub x: Table,
    /// The weight of each row, if not 1: at least 0.
    pub weights: Option<Numbers>,
    /// Where gradients go, if anywhere.
    pub grad: Option<TableMut>,
    /// Where losses go.
    pub loss: Column<f64>,
    /// Where the sum or the mean goes.
    pub total: Column<f64>,
    /// What is done with them.
    pub opts: Opts,
}

/// What a row has to know.
#[derive(Clone, Copy)]
pub struct Task {
    /// Which one it is.
    pub r: usize,
    /// What its gradient is multiplied by.
    pub factor: f64,
    /// Where that goes, if anywhere.
    pub grad: Option<*mut u8>,
}

/// A row's loss, and an advisory.
pub type Loss = (f64, Status);

impl Losses {
    /// Calls `loss` for each row that counts: `share` is by how much a row counts in the
    /// mean, besides its weight, or nothing for a row that is left out. Such rows have a
    /// loss of 0 and no gradient.
    #[inline(never)]
    pub fn each(
        &self,
        share: &dyn Fn(usize) -> Option<f64>,
        loss: &mut dyn FnMut(Task) -> Loss,
    ) -> Status {
        let counted = |r: usize| {
            let weight = self.weight(r);
            share(r).filter(|_| weight >= UNIT).map(|share| (weight, weight * share))
        };
        let mut divisor = 1.0;
        if self.opts.mean {
            let mut sum = Bounded::ZERO;
            (0..self.x.rows).filter_map(counted).for_each(|(_, share)| sum.add(share));
            divisor = sum.to_f64();
        }
        let (mut total, mut status) = (Total::NONE, Status::LGT_OK);
        for r in 0..self.x.rows {
            let grad = self.grad.map(|grad| grad.row(r));
            let Some((weight, _)) = counted(r) else {
                self.loss.set(r, 0.0);
                grad.into_iter().for_each(|grad| self.clear(grad));
                continue;
            };
            let factor = self.opts.grad_scale * (weight / divisor);
            let (loss, advisory) = loss(Task { r, factor, grad });
            self.loss.set(r, loss);
            total.add(weight * loss);
            status = status.or(advisory);
        }
        self.total.set(0, total.value() / divisor);
        // Of nothing there is no mean.
        if divisor > 0.0 { status } else { status.or(Status::LGT_UNDEFINED) }
    }

    /// Writes zeros to the gradient in a second argument of rows that do not count.
    #[inline(never)]
    pub fn clear_left_out(&self, second: Option<TableMut>) {
        let left_out = |r: &usize| self.weight(*r) < UNIT;
        if let Some(grad) = second {
            (0..self.x.rows).filter(left_out).for_each(|r| self.clear(grad.row(r)));
        }
    }

    /// The weight of row `r`.
    #[inline(always)]
    pub fn weight(&self, r: usize) -> f64 {
        // SAFETY: there is a weight a row, if there are any.
        self.weights.map_or(1.0, |weights| unsafe { weights.get(r) })
    }

    /// Writes a gradient of zeros.
    #[inline(never)]
    pub fn clear(&self, grad: *mut u8) {
        let Table { numbers, cols, .. } = self.x;
        let zeros = Room::<f32>::zeros();
        for start in (0..cols).step_by(PIECE) {
            let to = grad.wrapping_add(start * numbers.size());
            // SAFETY: the gradient has every column of the row.
            unsafe { zeros.store(to, numbers, PIECE.min(cols - start)) };
        }
    }
}

/// The exact sum of losses.
pub struct Total {
    sum: Unbounded,
    /// Of what is not finite, as it adds up.
    other: f64,
}

impl Total {
    /// Of no losses.
    pub const NONE: Total = Total { sum: Unbounded::ZERO, other: 0.0 };

    /// Adds a loss.
    #[inline(always)]
    pub fn add(&mut self, x: f64) {
        if x.is_finite() { self.sum.add(x) } else { self.other += x }
    }

    /// The sum, rounded.
    pub fn value(&self) -> f64 {
        self.sum.to_f64() + self.other
    }
}
