//! Cross-entropy of a row against any target, piece by piece: soft labels, and the rows
//! that the plan of the fast way does not fit.

use super::cross_entropy::Opts;
use super::rows::{Losses, Task};
use crate::rows::exp_sum::{LogSum, of_row};
use crate::rows::kind::Kind;
use crate::rows::moments_pass::{Computed, Scales};
use crate::rows::numbers::Numbers;
use crate::rows::pieces::{Map, Mapped, Room, Shares, Work, map, walk};
use crate::simd::{Elem, Io, Real, V};

/// What a row should be.
#[derive(Clone, Copy)]
pub enum Target {
    /// This class.
    Label(usize),
    /// So much of each class.
    Soft(Numbers),
}

/// What a row comes to.
pub struct Found {
    /// Its loss.
    pub loss: f64,
    /// The logarithm of its sum of exponentials.
    pub lse: f64,
    /// Whether there was nothing above -inf.
    pub empty: bool,
}

/// The loss of a row; its gradient is written.
#[inline(never)]
pub fn of(losses: &Losses, task: Task, target: Target, opts: &Opts) -> Found {
    let sum = log_sum(losses.x.row_numbers(task.r), losses.x.cols, &opts.scales);
    let (top, log) = match sum.kind {
        Kind::Finite(max) => (max, sum.log),
        Kind::Infinite(count) => (f64::INFINITY, libm::log(count)),
        Kind::Empty | Kind::Nan => (f64::NAN, f64::NAN),
    };
    let mut row = Row { losses, task, target, opts, top, log, sums: None, distance: 0.0, all: 0.0 };
    walk(losses.x.numbers, losses.x.cols, &mut row);
    let (empty, lse) = (matches!(sum.kind, Kind::Empty), sum.lse(opts.scale));
    let mut loss = row.distance + row.all * log;
    if opts.penalty > 0.0 {
        loss += opts.penalty * lse * lse;
    }
    if let Some(grad) = task.grad {
        let more = if opts.penalty > 0.0 { 2.0 * opts.penalty * lse } else { 0.0 };
        row.sums = Some(row.all + more);
        walk(losses.x.numbers, losses.x.cols, &mut row);
        if let Target::Label(label) = target {
            row.fix(label, more, grad);
        }
    }
    Found { loss: if top.is_nan() { top } else { loss }, lse, empty }
}

#[inline(never)]
fn log_sum(row: Numbers, n: usize, scales: &Scales) -> LogSum<f64> {
    fn of<E: Elem>(row: *const E, n: usize, scales: &Scales) -> LogSum<f64>
    where
        E::Acc: Computed,
    {
        // SAFETY: whoever made the table vouched for its rows.
        let LogSum { kind, log } = unsafe { of_row(row, n, E::Acc::scale(scales)) };
        let kind = match kind {
            Kind::Finite(max) => Kind::Finite(max.to_f64()),
            Kind::Infinite(count) => Kind::Infinite(count),
            Kind::Empty => Kind::Empty,
            Kind::Nan => Kind::Nan,
        };
        LogSum { kind, log }
    }
    match row {
        Numbers::F32(row) => of(row, n, scales),
        Numbers::F64(row) => of(row, n, scales),
        Numbers::F16(row) => of(row, n, scales),
        Numbers::Bf16(row) => of(row, n, scales),
    }
}

struct Row<'a> {
    losses: &'a Losses,
    task: Task,
    target: Target,
    opts: &'a Opts<'a>,
    /// The largest entry, and the logarithm of the sum relative to it.
    top: f64,
    log: f64,
    /// What shares are multiplied by, when the gradient is written.
    sums: Option<f64>,
    /// The sum of targets times distances from the largest entry.
    distance: f64,
    /// The sum of targets.
    all: f64,
}

impl Row<'_> {
    /// The label's own gradient, in which 1 is taken off a share that may be nearly that.
    fn fix(&self, label: usize, more: f64, grad: *mut u8) {
        let row = self.losses.x.row(self.task.r);
        let x = row.at(label);
        let behind = if x == self.top { 0.0 } else { self.opts.scale * (self.top - x) };
        let nll = behind + self.log;
        let own = self.opts.class_weights.map_or(1.0, |of| of.get(label).copied().unwrap_or(0.0))
            * (self.opts.own + self.opts.each);
        let slope = self.all * libm::expm1(-nll) + (self.all - own);
        let more = if more == 0.0 { 0.0 } else { more * libm::exp(-nll) };
        let g = self.task.factor * self.opts.scale * (slope + more);
        // SAFETY: the label is a column, and the gradient has them all.
        unsafe { row.put(grad, label, g) };
    }
}

impl Work for Row<'_> {
    fn piece<T: Computed>(&mut self, start: usize, n: usize) {
        let from = self.losses.x.row_numbers(self.task.r);
        let mut rooms = [Room::<T>::zeros(), Room::zeros(), Room::zeros()];
        let [x, targets, weights] = &mut rooms;
        // SAFETY: the tables have these columns.
        unsafe {
            x.load(from.from(start), n, 0.0);
            match self.target {
                Target::Soft(row) => targets.load(row.from(start), n, 0.0),
                Target::Label(label) => {
                    let own = label.wrapping_sub(start);
                    targets.values().iter_mut().skip(own).take(1).for_each(|t| *t = T::ONE);
                }
            }
            match self.opts.class_weights {
                Some(of) => weights.load(Numbers::F64(of.as_ptr()).from(start), n, 0.0),
                None => *weights.values() = [T::ONE; _],
            }
        }
        let parts = [self.opts.own, self.opts.each].map(T::of);
        let Some(slope) = self.sums else {
            let terms = Distances { top: T::of(self.top), scale: T::of(self.opts.scale), parts };
            let [distance, all] = map(&terms, &mut rooms, n);
            self.distance += distance;
            self.all += all;
            return;
        };
        let shares = self
            .top
            .is_finite()
            .then(|| Shares::at(T::of(self.top), T::scale(&self.opts.scales), libm::exp(self.log)));
        if shares.is_none() {
            // Infinite entries share the mass.
            let share = T::of(libm::exp(-self.log));
            for x in rooms[0].values() {
                let other = if self.top.is_nan() { T::NAN } else { T::ZERO };
                *x = if *x == T::of(self.top) { share } else { other };
            }
        }
        let factor = self.task.factor * self.opts.scale;
        let terms = Gradient { shares, slope: T::of(factor * slope), factor: T::of(factor), parts };
        map(&terms, &mut rooms, n);
        if let Some(grad) = self.task.grad {
            // SAFETY: as above.
            unsafe { rooms[0].store(grad.wrapping_add(start * from.size()), from, n) };
        }
    }
}

/// What counts of a target, and of each class.
#[inline(always)]
fn target<T: Computed, S: Io<T>>(s: S, parts: [T; 2], t: V<T, S>, weight: V<T, S>) -> V<T, S> {
    let [own, each] = parts.map(|x| s.splat(x));
    s.mul(weight, s.mul_add(own, t, each))
}

/// Sums of targets times distances from the largest entry, and of targets.
struct Distances<T> {
    top: T,
    scale: T,
    parts: [T; 2],
}

impl<T: Computed> Map<T, 3, 2> for Distances<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [x, t, w]: [V<T, S>; 3]) -> Mapped<T, S, 3, 2> {
        let (zero, top) = (s.splat(T::ZERO), s.splat(self.top));
        let all = target::<T, S>(s, self.parts, t, w);
        // Of two infinities there is no difference.
        let below = s.select(s.eq(x, top), zero, s.sub(top, x));
        let distance = s.mul(all, s.mul(s.splat(self.scale), below));
        ([x, t, w], [s.select(s.eq(all, zero), zero, distance), all])
    }
}

/// Scores, or shares, become gradients.
struct Gradient<T> {
    shares: Option<Shares<T>>,
    slope: T,
    factor: T,
    parts: [T; 2],
}

impl<T: Computed> Map<T, 3, 0> for Gradient<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [x, t, w]: [V<T, S>; 3]) -> Mapped<T, S, 3, 0> {
        let share = match &self.shares {
            Some(shares) => shares.eval(s, x),
            None => x,
        };
        let own = s.mul(s.splat(self.factor), target::<T, S>(s, self.parts, t, w));
        ([s.sub(s.mul(share, s.splat(self.slope)), own), t, w], [])
    }
}
