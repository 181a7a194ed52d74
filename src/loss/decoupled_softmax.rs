//! Decoupled softmax: each positive of a row competes with the row's negatives, and not
//! with the other positives. With `L` the logarithm of the negatives' sum of exponentials,
//! a positive's loss is `w ln(1 + exp(L - x)) / P`, with `P` the number of positives.
//!
//! With `r = w sigmoid(L - x) / P` the derivative is `-r` in a positive, and the sum of
//! all `r` times the share among the negatives in a negative.

use super::rows::{Losses, Task};
use crate::math::logistic::Logistic;
use crate::rows::exp_sum::{LogSum, of_row};
use crate::rows::kind::Kind;
use crate::rows::labels::Labels;
use crate::rows::moments::Table;
use crate::rows::moments_pass::{Computed, Scales};
use crate::rows::pieces::{Map, Mapped, PIECE, Room, Shares, Work, map, walk};
use crate::rows::view::Column;
use crate::simd::{Io, Real, V};
use crate::status::Status;

/// A negative.
pub const NEGATIVE: i32 = 0;
/// A positive.
pub const POSITIVE: i32 = 1;

/// What scores are, and how they count.
#[derive(Clone, Copy)]
pub struct Roles {
    /// Of every column of every row: [`POSITIVE`], [`NEGATIVE`], or else left out.
    pub of: Labels,
    /// From row to row, in elements.
    pub stride: usize,
}

impl Roles {
    /// Those of row `r` from column `start` on.
    #[inline(never)]
    fn fill(&self, r: usize, start: usize, to: &mut [i32]) {
        self.of.narrow(r * self.stride + start, to);
    }

    /// Whether every number is one of the three.
    #[inline(never)]
    pub fn are_good(&self, rows: usize, cols: usize) -> bool {
        let mut roles = [0; PIECE];
        (0..rows).all(|r| {
            (0..cols).step_by(PIECE).all(|start| {
                let some = roles.get_mut(..PIECE.min(cols - start)).unwrap_or(&mut []);
                self.fill(r, start, some);
                some.iter().all(|role| (-1..=2).contains(role))
            })
        })
    }
}

/// What else there is.
#[derive(Clone, Copy)]
pub struct Inputs<'a> {
    /// What scores are.
    pub roles: Roles,
    /// What each positive counts.
    pub gains: Option<Table>,
    /// The logarithm of the negatives' sum, if it is known.
    pub lse: Option<&'a [f64]>,
    /// Scores are multiplied by this.
    pub scale: f64,
    /// Where the sums of all `r` go.
    pub pull: Column<f64>,
}

/// Losses of rows.
#[inline(never)]
pub fn apply(losses: &Losses, inputs: &Inputs) -> Status {
    let scales = Scales::of(inputs.scale);
    losses.each(&|_| Some(1.0), &mut |task| {
        let given = inputs.lse.and_then(|lse| lse.get(task.r));
        let mut row = Row {
            losses,
            inputs,
            task,
            scales: &scales,
            visit: Visit::Negatives,
            negatives: LogSum::EMPTY,
            positives: 0.0,
            lse: 0.0,
            sums: [0.0; 2],
        };
        let walk = |row: &mut Row, visit| {
            row.visit = visit;
            walk(losses.x.numbers, losses.x.cols, row);
        };
        walk(&mut row, Visit::Negatives);
        row.lse = given.copied().unwrap_or_else(|| row.negatives.lse(inputs.scale));
        walk(&mut row, Visit::Positives);
        inputs.pull.set(task.r, row.sums[1]);
        if task.grad.is_some() {
            walk(&mut row, Visit::Gradient);
        }
        (row.sums[0], Status::LGT_OK)
    })
}

/// What a row is walked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    Negatives,
    Positives,
    Gradient,
}

struct Row<'a> {
    losses: &'a Losses,
    inputs: &'a Inputs<'a>,
    task: Task,
    scales: &'a Scales,
    visit: Visit,
    negatives: LogSum<f64>,
    positives: f64,
    lse: f64,
    /// Of losses, and of all `r`.
    sums: [f64; 2],
}

impl Work for Row<'_> {
    fn piece<T: Computed>(&mut self, start: usize, n: usize) {
        let Row { losses, inputs, task, scales, .. } = *self;
        let from = losses.x.row_numbers(task.r);
        let mut room = [0; PIECE];
        let roles = room.get_mut(..n).unwrap_or(&mut []);
        inputs.roles.fill(task.r, start, roles);
        let mut rooms = [Room::<T>::zeros(), Room::zeros()];
        let [x, gains] = &mut rooms;
        // SAFETY: the tables have these columns.
        unsafe {
            x.load(from.from(start), n, 0.0);
            match inputs.gains {
                Some(table) => gains.load(table.row_numbers(task.r).from(start), n, 0.0),
                None => *gains.values() = [T::ONE; _],
            }
        }
        match self.visit {
            Visit::Negatives => {
                for (x, role) in x.values().iter_mut().zip(roles.iter()) {
                    self.positives += if *role == POSITIVE { 1.0 } else { 0.0 };
                    *x = if *role == NEGATIVE { *x } else { T::NEG_INFINITY };
                }
                // SAFETY: a room holds a piece.
                let sum = unsafe { of_row(x.values().as_ptr(), n, T::scale(scales)) };
                self.negatives = self.negatives.and(widened(sum), inputs.scale);
            }
            Visit::Positives => {
                for (gain, role) in gains.values().iter_mut().zip(roles.iter()) {
                    *gain = if *role == POSITIVE { *gain } else { T::ZERO };
                }
                let terms = Positives::new(self);
                let [loss, pull] = map(&terms, &mut rooms, n);
                // Of no positives there are none.
                let count = if self.positives > 0.0 { self.positives } else { 1.0 };
                self.sums[0] += loss / count;
                self.sums[1] += pull / count;
            }
            Visit::Gradient => self.gradient(start, n, roles, &mut rooms),
        }
    }
}

impl Row<'_> {
    fn gradient<T: Computed>(
        &self,
        start: usize,
        n: usize,
        roles: &[i32],
        rooms: &mut [Room<T>; 2],
    ) {
        let Row { losses, inputs, task, scales, .. } = *self;
        let from = losses.x.row_numbers(task.r);
        let factor = task.factor * inputs.scale;
        let [x, _] = &mut *rooms;
        let mut own = [T::ZERO; PIECE];
        own.copy_from_slice(x.values());
        // What positives are pulled by takes the place of their gains.
        map(&Positives::new(self), rooms, n);
        let [x, gains] = rooms;
        let mut shares = [Room::<T>::zeros()];
        let pull = self.sums[1];
        for (share, own) in shares.iter_mut().flat_map(|room| room.values()).zip(own) {
            *share = own;
        }
        // Relative to the logarithm as that is in the type computed in; what it is off by
        // is put into the sum.
        let top = T::of(self.lse / inputs.scale);
        if top.to_f64().is_finite() {
            let off = libm::exp(self.lse - inputs.scale * top.to_f64());
            map(&Exponentials(Shares::at(top, T::scale(scales), off)), &mut shares, n);
        }
        let [shares] = &mut shares;
        let places = x.values().iter_mut().zip(gains.values()).zip(shares.values());
        let each = if self.positives > 0.0 { factor / self.positives } else { 0.0 };
        for (((x, gain), share), (role, own)) in places.zip(roles.iter().zip(own)) {
            let share = match self.lse {
                lse if lse.is_nan() || own.is_nan() => f64::NAN,
                lse if lse.is_finite() => share.to_f64(),
                // Infinite negatives share the mass.
                lse if lse > 0.0 && own == T::INFINITY => libm::exp(-self.infinite()),
                _ => 0.0,
            };
            *x = match *role {
                POSITIVE => T::of(-each * gain.to_f64()),
                NEGATIVE if pull == 0.0 => T::ZERO,
                NEGATIVE => T::of(factor * pull * share),
                _ => T::ZERO,
            };
        }
        if let Some(grad) = task.grad {
            // SAFETY: the gradient has every column of the row.
            unsafe { x.store(grad.wrapping_add(start * from.size()), from, n) };
        }
    }

    /// The logarithm of how many negatives are infinite.
    fn infinite(&self) -> f64 {
        match self.negatives.kind {
            Kind::Infinite(count) => libm::log(count),
            _ => 0.0,
        }
    }
}

fn widened<T: Real>(LogSum { kind, log }: LogSum<T>) -> LogSum<f64> {
    let kind = match kind {
        Kind::Finite(max) => Kind::Finite(max.to_f64()),
        Kind::Infinite(count) => Kind::Infinite(count),
        Kind::Empty => Kind::Empty,
        Kind::Nan => Kind::Nan,
    };
    LogSum { kind, log }
}

/// Shares of scores.
struct Exponentials<T>(Shares<T>);

impl<T: Computed> Map<T, 1, 0> for Exponentials<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [x]: [V<T, S>; 1]) -> Mapped<T, S, 1, 0> {
        ([self.0.eval(s, x)], [])
    }
}

/// Gains become what positives are pulled by; losses and that are summed.
struct Positives<T> {
    logistic: Logistic<T>,
    lse: T,
    scale: T,
    /// How far behind the logarithm a score is that equals it: as far as any, where it is
    /// infinite.
    equal: T,
}

impl<T: Computed> Positives<T> {
    fn new(row: &Row) -> Self {
        let equal = if row.lse.is_infinite() { row.lse } else { 0.0 };
        let [lse, scale, equal] = [row.lse, row.inputs.scale, equal].map(T::of);
        Positives { logistic: Logistic::plain(), lse, scale, equal }
    }
}

impl<T: Computed> Map<T, 2, 2> for Positives<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [x, gain]: [V<T, S>; 2]) -> Mapped<T, S, 2, 2> {
        let zero = s.splat(T::ZERO);
        let (z, lse) = (s.mul(x, s.splat(self.scale)), s.splat(self.lse));
        let behind = s.select(s.eq(z, lse), s.splat(self.equal), s.sub(lse, z));
        let (loss, pull) = self.logistic.softplus::<T, S>(s, behind);
        let counts = s.eq(gain, zero);
        let loss = s.select(counts, zero, s.mul(gain, loss));
        let pull = s.select(counts, zero, s.mul(gain, pull));
        ([x, pull], [loss, pull])
    }
}
