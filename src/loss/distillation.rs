//! Distillation of a teacher's logits `t` into a student's `s` with labels: DKD and NKD.
//!
//! Both look apart at the label's share and at the others' among themselves. Their
//! derivatives are `a p - b q` in every entry but the label's, where `p` and `q` are shares
//! of rows without it; the label's share follows from what its logit is ahead of the rest.

use super::divergence::{Pair, Targets, empty};
use super::rows::{Loss, Losses, Task};
use crate::rows::labels::Labels;
use crate::rows::log_shares::Softmax;
use crate::rows::moments::Table;
use crate::status::Status;

/// A share of a label, and what the others have.
#[derive(Clone, Copy)]
pub struct Share {
    /// `ln(own / rest)`.
    odds: f64,
    /// The label's.
    pub own: f64,
    /// All others'.
    pub rest: f64,
}

impl Share {
    /// Of `own`, at the temperature of what it was left out of.
    pub fn new(own: f64, others: &Softmax) -> Share {
        let odds = others.log_odds(own);
        let small = libm::exp(-f64::abs(odds));
        let [least, most] = [small / (1.0 + small), 1.0 / (1.0 + small)];
        let [own, rest] = if odds < 0.0 { [least, most] } else { [most, least] };
        Share { odds, own, rest }
    }

    /// `-ln` of the label's share.
    pub fn loss(&self) -> f64 {
        softplus(-self.odds)
    }

    /// `-ln` of the others' share.
    fn rest_loss(&self) -> f64 {
        softplus(self.odds)
    }

    /// `KL(self || other)` of two outcomes.
    fn divergence(&self, other: &Share) -> f64 {
        let own = times(self.own, other.loss() - self.loss());
        let both = own + times(self.rest, other.rest_loss() - self.rest_loss());
        if both < 0.0 { 0.0 } else { both }
    }
}

fn softplus(x: f64) -> f64 {
    f64::max(x, 0.0) + libm::log1p(libm::exp(-f64::abs(x)))
}

/// A product that is nothing where the share is.
pub fn times(share: f64, x: f64) -> f64 {
    if share == 0.0 { 0.0 } else { share * x }
}

/// What a loss of distillation is computed from.
#[derive(Clone, Copy)]
pub struct Distilled {
    /// The teacher's logits.
    pub teacher: Table,
    /// One label a row, each a column.
    pub labels: Labels,
}

/// A row of both without its label.
struct Split {
    label: usize,
    own: [f64; 2],
    rows: [Softmax; 2],
}

impl Distilled {
    /// Row `r` at a temperature; a loss instead if there is nothing in it.
    fn split(&self, losses: &Losses, task: Task, temperature: f64) -> Result<Split, Loss> {
        let label = self.labels.column(task.r, losses.x.cols);
        let tables = [losses.x, self.teacher];
        let whole = tables.map(|table| table.row(task.r));
        if let Some(loss) = empty([&whole[0], &whole[1]], [task.grad, None]) {
            return Err(loss);
        }
        let own = whole.map(|whole| whole.at(label));
        let rows = tables.map(|table| Softmax::new(table.row_without(task.r, label), temperature));
        Ok(Split { label, own, rows })
    }
}

impl Split {
    fn shares(&self) -> [Share; 2] {
        let [student, teacher] = &self.rows;
        [Share::new(self.own[0], student), Share::new(self.own[1], teacher)]
    }

    /// Divergence and cross-entropy of what is not the label, and the gradient with `slope`
    /// in the label.
    fn run(
        &self,
        factors: [f64; 2],
        more: Option<(&Softmax, f64)>,
        (grad, slope): (Option<*mut u8>, f64),
    ) -> [f64; 2] {
        let [student, teacher] = &self.rows;
        let targets = Targets::Logits(teacher);
        let sums = Pair { student, targets, factors, more, grad }.run();
        // SAFETY: the gradient has every column of the row, and the label is one.
        grad.into_iter().for_each(|grad| unsafe { student.row.put(grad, self.label, slope) });
        sums
    }
}

/// Decoupled distillation: the divergence of the labels' shares, and that of the others
/// among themselves, each with a weight of its own.
#[inline(never)]
pub fn dkd(losses: &Losses, of: Distilled, [alpha, beta]: [f64; 2], temperature: f64) -> Status {
    losses.each(&|_| Some(1.0), &mut |task| {
        let split = match of.split(losses, task, temperature) {
            Ok(split) => split,
            Err(loss) => return loss,
        };
        let [p, q] = split.shares();
        // Where the teacher has nothing else, there is nothing to be learnt of it.
        let beta = if split.rows[1].is_empty() { 0.0 } else { beta };
        let scale = task.factor * temperature;
        // As far as the label has too much; by what is small, so that nothing is lost.
        let over = if q.own < 0.5 { p.own - q.own } else { q.rest - p.rest };
        let factors = [scale * (beta - alpha * over), scale * beta];
        let grad = (task.grad, scale * alpha * over);
        let [others, _] = split.run(factors, None, grad);
        let others = if others < 0.0 { 0.0 } else { others };
        let loss = times(alpha, q.divergence(&p)) + times(beta, others);
        (temperature * temperature * loss, Status::LGT_OK)
    })
}

/// Normalised distillation: `-T_y ln S_y` at temperature 1, and the cross-entropy of what is
/// not the label, at any.
#[inline(never)]
pub fn nkd(losses: &Losses, of: Distilled, gamma: f64, temperature: f64) -> Status {
    losses.each(&|_| Some(1.0), &mut |task| {
        let split = match of.split(losses, task, temperature) {
            Ok(split) => split,
            Err(loss) => return loss,
        };
        let same = temperature == 1.0;
        let plain = split.rows.map(|rest| if same { rest } else { Softmax::new(rest.row, 1.0) });
        let [p, q] = [0, 1].map(|i| Share::new(split.own[i], &plain[i]));
        let gamma = if split.rows[1].is_empty() { 0.0 } else { gamma };
        let scale = task.factor * gamma * temperature;
        // The label's part, which is of the same shares at temperature 1.
        let slope = task.factor * q.own * p.rest;
        let (factors, more) = if same {
            ([scale + slope, scale], None)
        } else {
            ([scale; 2], Some((&plain[0], slope)))
        };
        let [_, others] = split.run(factors, more, (task.grad, -slope));
        let others = times(gamma, temperature * temperature * others);
        (times(q.own, p.loss()) + others, Status::LGT_OK)
    })
}
