//! Distillation without a teacher: the soft labels are made of the student's own shares,
//! those of a weak head of it, and Zipf's law.

use super::distillation::{Share, times};
use super::divergence::{Pair, Targets, empty, fill};
use super::rows::{Loss, Losses, Task};
use crate::math::fixed::{Bounded, UNIT};
use crate::rows::labels::Labels;
use crate::rows::log_shares::Softmax;
use crate::rows::moments::{Table, TableMut};
use crate::rows::numbers::Numbers;
use crate::rows::order::{Order, words};
use crate::status::Status;

/// What the loss is made with.
#[derive(Clone, Copy)]
pub struct Opts {
    /// Weight of the label's part.
    pub alpha: f64,
    /// Weight of the others' part.
    pub beta: f64,
    /// Weight of the weak head's part.
    pub mu: f64,
    /// What the weak head's target has for all classes alike.
    pub smoothing: f64,
    /// Whether the label has no rank of its own.
    pub without_label: bool,
    /// Whether the student's part of a score is made of logarithms.
    pub of_logs: bool,
}

/// What it is computed from.
pub struct Batch<'a> {
    /// The student's logits, weights and outputs.
    pub losses: &'a Losses,
    /// The weak head's logits.
    pub weak: Table,
    /// Where their gradient goes, if anywhere.
    pub weak_grad: Option<TableMut>,
    /// One label a row, each a column.
    pub labels: Labels,
    /// What it is made with.
    pub opts: Opts,
}

/// Words of scratch: a row of numbers, and their order.
pub fn scratch(cols: usize) -> Option<usize> {
    words(cols)?.checked_add(cols)
}

/// Turns numbers, the lowest of the first rank and equal ones in order, into `1 / rank`,
/// but nothing for the label, and those into shares. The scratch has [`words`].
pub fn zipf(numbers: &mut [u64], order: &mut [u64], label: usize, without_label: bool) {
    let (n, data) = (numbers.len(), numbers.as_mut_ptr().cast::<f64>());
    let mut first = 1.0;
    // SAFETY: words are as long as f64, any bits are one, and there are `n`.
    let (order, _) = unsafe { Order::of(&Numbers::F64(data), n, order) };
    let mut sum = 0.0;
    for (rank, (place, _)) in order.iter().enumerate() {
        let weight = if place == label { 0.0 } else { 1.0 / (first + rank as f64) };
        if place == label && without_label {
            first = 0.0;
        }
        sum += weight;
        if let Some(word) = numbers.get_mut(place) {
            *word = f64::to_bits(weight);
        }
    }
    if sum > 0.0 {
        numbers.iter_mut().for_each(|word| *word = (f64::from_bits(*word) / sum).to_bits());
    }
}

/// The mean of the squares of the labels' shares of rows that count.
fn mean_square(losses: &Losses, labels: Labels) -> f64 {
    let (mut sum, mut weights) = (Bounded::ZERO, Bounded::ZERO);
    for r in 0..losses.x.rows {
        let weight = losses.weight(r);
        let own = share(losses, labels, r).own;
        if weight >= UNIT && !own.is_nan() {
            sum.add(weight * (own * own));
            weights.add(weight);
        }
    }
    sum.to_f64() / weights.to_f64()
}

fn share(losses: &Losses, labels: Labels, r: usize) -> Share {
    let label = labels.column(r, losses.x.cols);
    let others = Softmax::new(losses.x.row_without(r, label), 1.0);
    Share::new(losses.x.row(r).at(label), &others)
}

impl Batch<'_> {
    /// The losses; the scratch is as long as [`scratch`] says.
    #[inline(never)]
    pub fn apply(&self, room: &mut [u64]) -> Status {
        let (numbers, order) = room.split_at_mut_checked(self.losses.x.cols).unwrap_or_default();
        let square = mean_square(self.losses, self.labels);
        self.losses.clear_left_out(self.weak_grad);
        self.losses.each(&|_| Some(1.0), &mut |task| self.row(task, square, numbers, order))
    }

    fn row(&self, task: Task, square: f64, numbers: &mut [u64], order: &mut [u64]) -> Loss {
        let (x, opts) = (self.losses.x, &self.opts);
        let label = self.labels.column(task.r, x.cols);
        let grads = [task.grad, self.weak_grad.map(|grad| grad.row(task.r))];
        let [whole, weak] = [x, self.weak].map(|table| Softmax::new(table.row(task.r), 1.0));
        if let Some(loss) = empty([&whole.row, &weak.row], grads) {
            return loss;
        }
        let shares = self.scores(&whole, &weak, label, numbers);
        if shares.is_nan() {
            for (row, grad) in [whole, weak].iter().zip(grads) {
                // SAFETY: a gradient has every column of its row.
                grad.into_iter().for_each(|grad| unsafe { fill(&row.row, f64::NAN, grad) });
            }
            return (f64::NAN, Status::LGT_OK);
        }
        zipf(numbers, order, label, opts.without_label);
        let (others, own) = (Softmax::new(x.row_without(task.r, label), 1.0), whole.row.at(label));
        let share = Share::new(own, &others);
        let target = opts.alpha * (share.own * share.own + (1.0 - square));
        let beta = if x.cols > 1 { opts.beta } else { 0.0 };
        let slope = target * share.rest;
        let ranked = pair(&others, numbers, [slope + beta, beta], task.factor, grads[0]);
        // SAFETY: the gradient has every column of the row, and the label is one.
        grads[0].into_iter().for_each(|grad| unsafe {
            whole.row.put(grad, label, -task.factor * slope);
        });
        let rest = opts.smoothing / x.cols as f64;
        numbers.iter_mut().for_each(|word| *word = rest.to_bits());
        if let Some(word) = numbers.get_mut(label) {
            *word = (rest + (1.0 - opts.smoothing)).to_bits();
        }
        let smoothed = pair(&weak, numbers, [opts.mu; 2], task.factor, grads[1]);
        let loss = times(target, share.loss()) + times(beta, ranked) + times(opts.mu, smoothed);
        (loss, Status::LGT_OK)
    }

    /// Writes what classes are ranked by, the best lowest; returns a number that is NaN if
    /// either row is.
    fn scores(&self, whole: &Softmax, weak: &Softmax, label: usize, to: &mut [u64]) -> f64 {
        let student = |i| {
            let log = whole.log(whole.row.at(i));
            if self.opts.of_logs { log } else { libm::exp(log) }
        };
        let head = |i| libm::exp(weak.log(weak.row.at(i)));
        let [least, above] = [head(label), student(label)].map(|own| 1.0 - own + 1e-6);
        for (i, word) in to.iter_mut().enumerate() {
            let score = head(i) / least + student(i) / above;
            // Of two logarithms that are not finite there is no ratio.
            let score = if score.is_nan() { f64::NEG_INFINITY } else { score };
            *word = f64::to_bits(-score);
        }
        whole.moments.sum + weak.moments.sum
    }
}

/// The cross-entropy of a row with these targets, and its gradient.
fn pair(
    student: &Softmax,
    targets: &mut [u64],
    factors: [f64; 2],
    factor: f64,
    grad: Option<*mut u8>,
) -> f64 {
    let targets = Targets::Shares(Numbers::F64(targets.as_ptr().cast()));
    let factors = factors.map(|x| factor * x);
    let [_, entropy] = Pair { student, targets, factors, more: None, grad }.run();
    entropy
}

/// Writes the target of each row's label, `S_y^2 + 1 - mean S_y^2`, in place of losses.
#[inline(never)]
pub fn targets(losses: &Losses, labels: Labels) {
    let square = mean_square(losses, labels);
    for r in 0..losses.x.rows {
        let own = share(losses, labels, r).own;
        losses.loss.set(r, own * own + (1.0 - square));
    }
}

/// Zipf's targets of rows of scores, which are written to `losses.grad`.
#[inline(never)]
pub fn zipf_targets(losses: &Losses, labels: Labels, without_label: bool, room: &mut [u64]) {
    let Table { rows, cols, .. } = losses.x;
    let (numbers, order) = room.split_at_mut_checked(cols).unwrap_or_default();
    for (r, to) in (0..rows).filter_map(|r| Some((r, losses.grad?.row(r)))) {
        let (row, label) = (losses.x.row(r), labels.column(r, cols));
        let mut nan = false;
        for (i, word) in numbers.iter_mut().enumerate() {
            nan |= row.at(i).is_nan();
            *word = f64::to_bits(if nan { 0.0 } else { -row.at(i) });
        }
        zipf(numbers, order, label, without_label);
        for (i, word) in numbers.iter().enumerate() {
            let weight = if nan { f64::NAN } else { f64::from_bits(*word) };
            // SAFETY: the rows that are written have as many columns.
            unsafe { row.put(to, i, weight) };
        }
    }
}
