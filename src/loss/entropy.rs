//! Entropies of a row's shares: Shannon's, and Rényi's of an order `alpha`,
//! `ln(sum p^alpha) / (1 - alpha)`.
//!
//! Shannon's is `ln(sum) - mean` of the row's moments, with the derivative
//! `-p (ln p + H)`. Of Rényi's, `q = softmax(alpha x)` are the shares of another
//! temperature, and the derivative is `alpha / (1 - alpha) (q - p)`. Near order 1 both
//! cancel: with `t = alpha - 1` and `K = ln sum p exp(t ln p)`, the entropy is `-K / t`, its
//! derivative `-alpha p (exp(t ln p - K) - 1) / t`, and neither does.

use super::divergence::{Pair, Targets, empty, fill};
use super::rows::{Losses, Task};
use crate::rows::kind::Kind;
use crate::rows::log_shares::{LogShares, Softmax};
use crate::rows::moments::Row;
use crate::rows::moments_pass::Computed;
use crate::rows::pieces::{Map, Mapped, Room, Work, map, walk};
use crate::simd::{Io, V};
use crate::status::Status;

/// Shannon's entropies of rows at a temperature.
#[inline(never)]
pub fn shannon(losses: &Losses, temperature: f64) -> Status {
    losses.each(&|_| Some(1.0), &mut |task| {
        let softmax = Softmax::new(losses.x.row(task.r), temperature);
        if let Some(loss) = empty([&softmax.row; 2], [task.grad, None]) {
            return loss;
        }
        let entropy = softmax.log_sum - softmax.moments.mean;
        let entropy = if entropy < 0.0 { 0.0 } else { entropy };
        if let Some(grad) = task.grad {
            let factor = task.factor / temperature;
            let mut slopes = Slopes { softmax: &softmax, entropy, factor, grad };
            walk(losses.x.numbers, losses.x.cols, &mut slopes);
        }
        (entropy, Status::LGT_OK)
    })
}

struct Slopes<'a> {
    softmax: &'a Softmax,
    entropy: f64,
    factor: f64,
    grad: *mut u8,
}

impl Work for Slopes<'_> {
    fn piece<T: Computed>(&mut self, start: usize, n: usize) {
        let mut rooms = [Room::<T>::zeros()];
        self.softmax.load(start, n, &mut rooms[0]);
        let (logs, factor) = (self.softmax.logs(), T::of(-self.factor));
        map(&Slope { logs, entropy: T::of(self.entropy), factor }, &mut rooms, n);
        let like = self.softmax.row.numbers();
        // SAFETY: the gradient has every column of the row.
        unsafe { rooms[0].store(self.grad.wrapping_add(start * like.size()), like, n) };
    }
}

/// Scores become gradients.
struct Slope<T> {
    logs: LogShares<T>,
    entropy: T,
    factor: T,
}

impl<T: Computed> Map<T, 1, 0> for Slope<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [x]: [V<T, S>; 1]) -> Mapped<T, S, 1, 0> {
        let (zero, (p, log)) = (s.splat(T::ZERO), self.logs.eval(s, x));
        let slope = s.mul(p, s.add(log, s.splat(self.entropy)));
        let slope = s.select(s.eq(p, zero), zero, slope);
        ([s.mul(slope, s.splat(self.factor))], [])
    }
}

/// How far from 1 an order is for which differences do.
const FAR: f64 = 0.25;

/// Entropies of an order above 0 of rows at a temperature; the order may be infinite.
#[inline(never)]
pub fn renyi(losses: &Losses, alpha: f64, temperature: f64) -> Status {
    losses.each(&|_| Some(1.0), &mut |task| {
        let softmax = Softmax::new(losses.x.row(task.r), temperature);
        if let Some(loss) = empty([&softmax.row; 2], [task.grad, None]) {
            return loss;
        }
        let slope = task.factor / temperature;
        let entropy = match softmax.row.kind() {
            // Equal shares, which small changes leave so.
            Kind::Infinite(count) => {
                // SAFETY: the gradient has every column of the row.
                task.grad.into_iter().for_each(|grad| unsafe { fill(&softmax.row, 0.0, grad) });
                libm::log(*count)
            }
            _ if alpha == f64::INFINITY => least(&softmax, slope, task),
            _ if f64::abs(alpha - 1.0) < FAR => near(&softmax, alpha, slope, task),
            _ => far(&softmax, alpha, temperature, slope, task),
        };
        (if entropy < 0.0 { 0.0 } else { entropy }, Status::LGT_OK)
    })
}

/// Order infinity: the logarithm of the largest share, less; those that have it share the
/// derivative.
fn least(softmax: &Softmax, slope: f64, task: Task) -> f64 {
    let row = &softmax.row;
    let tops = (0..row.cols()).fold(0.0, |n, i| n + f64::from(row.at(i) == row.top()));
    if let Some(grad) = task.grad {
        let top = |i| if row.at(i) == row.top() { 1.0 / tops } else { 0.0 };
        put(row, grad, &|i| slope * (libm::exp(softmax.log(row.at(i))) - top(i)));
    }
    softmax.log_sum
}

/// An order near 1, where terms are small that are small.
fn near(softmax: &Softmax, alpha: f64, slope: f64, task: Task) -> f64 {
    let (row, t) = (&softmax.row, alpha - 1.0);
    let term = |log: f64, above: f64| {
        let u = log + above;
        let ratio = if t == 0.0 { u } else { libm::expm1(t * u) / t };
        if log == f64::NEG_INFINITY { 0.0 } else { libm::exp(log) * ratio }
    };
    let logs = |i| softmax.log(row.at(i));
    let sum = (0..row.cols()).fold(0.0, |sum, i| sum + term(logs(i), 0.0));
    let entropy = if t == 0.0 { -sum } else { -libm::log1p(t * sum) / t };
    if let Some(grad) = task.grad {
        put(row, grad, &|i| -slope * alpha * term(logs(i), entropy));
    }
    entropy
}

/// Any other.
fn far(softmax: &Softmax, alpha: f64, temperature: f64, slope: f64, task: Task) -> f64 {
    let powers = Softmax::new(softmax.row, temperature / alpha);
    let factor = slope * (alpha / (alpha - 1.0));
    if task.grad.is_some() {
        let targets = Targets::Logits(&powers);
        let factors = [factor; 2];
        Pair { student: softmax, targets, factors, more: None, grad: task.grad }.run();
    }
    (powers.log_sum - alpha * softmax.log_sum) / (1.0 - alpha)
}

/// Writes a gradient entry by entry, each after what stands in its place was read.
fn put(row: &Row, grad: *mut u8, slope: &dyn Fn(usize) -> f64) {
    // SAFETY: the gradient has every column of the row.
    (0..row.cols()).for_each(|i| unsafe { row.put(grad, i, slope(i)) });
}
