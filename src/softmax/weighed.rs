//! Maps that give each score a weight of its own, and may divide the weights by their
//! sum: polynomials of the score (Taylor and spherical softmax, linear attention),
//! sigmoid, and `elu + 1`.
//!
//! With `a` the weight of a score and `S` the sum of all, `y = a / (S + eps)`, and the
//! gradient in a score is `a' (dy - sum y dy) / (S + eps)`. A polynomial whose sum is far
//! out is taken of the score over the largest, and divided by a power of that.

use crate::math::logistic::Logistic;
use crate::rows::kind::Kind;
use crate::rows::moments::{Row, Table, TableMut};
use crate::rows::moments_pass::Computed;
use crate::rows::numbers::Numbers;
use crate::rows::pieces::{Map, Mapped, Room, Work, map, walk};
use crate::simd::{Io, V};
use crate::status::Status;

/// Coefficients of a polynomial, from that of 1 on.
pub const TERMS: usize = 7;

/// What a score's weight is.
#[derive(Clone, Copy)]
pub enum Weight {
    /// Of these coefficients, up to that of this power.
    Polynomial([f64; TERMS], usize),
    /// `1 / (1 + exp(-x))`
    Sigmoid,
    /// `exp(x)` up to 0, `1 + x` from there on.
    Elu,
}

/// How scores are weighed.
#[derive(Clone, Copy)]
pub struct Weighing {
    /// By what.
    pub weight: Weight,
    /// What scores are multiplied by before.
    pub scale: f64,
    /// What is added to the sum that weights are divided by, if they are.
    pub divided: Option<f64>,
}

/// Scores, and where what they become goes.
#[derive(Clone, Copy)]
pub struct Scores {
    /// The scores.
    pub x: Table,
    /// What comes from above, if the gradient is wanted.
    pub dy: Option<Table>,
    /// Where shares or gradients go.
    pub y: TableMut,
}

/// Writes shares or gradients.
#[inline(never)]
pub fn apply(scores: &Scores, weighing: &Weighing) -> Status {
    let mut status = Status::LGT_OK;
    for r in 0..scores.x.rows {
        let mut pass = Pass::new(scores, weighing, r);
        let advisory = match weighing.divided {
            None => {
                pass.write(1.0);
                Status::LGT_OK
            }
            Some(eps) => pass.divide(eps),
        };
        status = status.or(advisory);
    }
    status
}

/// A row, and how far it is.
struct Pass {
    x: Numbers,
    n: usize,
    dy: Option<Numbers>,
    to: *mut u8,
    weight: Weight,
    /// What scores are multiplied by.
    inner: f64,
    /// What weights, or their derivatives, are multiplied by; none while they are summed.
    factor: Option<f64>,
    /// The mean of what comes from above.
    mean: f64,
    /// Of weights, and of weights times what comes from above.
    sums: [f64; 2],
}

impl Pass {
    fn new(scores: &Scores, weighing: &Weighing, r: usize) -> Self {
        Pass {
            x: scores.x.row_numbers(r),
            n: scores.x.cols,
            dy: scores.dy.map(|dy| dy.row_numbers(r)),
            to: scores.y.row(r),
            weight: weighing.weight,
            inner: weighing.scale,
            factor: None,
            mean: 0.0,
            sums: [0.0; 2],
        }
    }

    /// Writes weights as they are, or gradients.
    fn write(&mut self, factor: f64) {
        self.factor = Some(factor);
        walk(self.x, self.n, self);
    }

    /// Writes shares, or their gradients.
    #[inline(never)]
    fn divide(&mut self, eps: f64) -> Status {
        let row = Row::new(self.x, self.n);
        let bounded = matches!(self.weight, Weight::Sigmoid);
        let status = match row.kind() {
            Kind::Nan => {
                self.fill(&row, f64::NAN);
                return Status::LGT_OK;
            }
            Kind::Infinite(count) if !bounded => {
                self.fill(&row, if self.dy.is_some() { 0.0 } else { 1.0 / count });
                return Status::LGT_OK;
            }
            Kind::Empty => Status::LGT_EMPTY_ROW,
            _ => Status::LGT_OK,
        };
        walk(self.x, self.n, self);
        let eps = self.bring_near(&row, eps);
        let sum = self.sums[0] + eps;
        if sum == 0.0 || sum.is_nan() {
            let advisory = if sum == 0.0 { Status::LGT_UNDEFINED } else { Status::LGT_OK };
            self.fill(&row, f64::NAN);
            return status.or(advisory);
        }
        self.mean = self.sums[1] / sum;
        self.write(1.0 / sum);
        status
    }

    /// Writes this to the largest entries, and nothing to the others; NaN to all.
    #[inline(never)]
    fn fill(&self, row: &Row, share: f64) {
        for i in 0..self.n {
            let nothing = share * 0.0;
            let own = if row.at(i) == row.top() { share } else { nothing };
            // SAFETY: there is room for every column.
            unsafe { row.put(self.to, i, own) };
        }
    }

    /// Where a polynomial's sum is no number to compute with, takes that of the scores
    /// over the largest of them, over a power of that; and what is added to it likewise.
    #[inline(never)]
    fn bring_near(&mut self, row: &Row, eps: f64) -> f64 {
        let Weight::Polynomial(mut terms, order) = self.weight else { return eps };
        let far = if matches!(self.x, Numbers::F64(_)) { 1e140 } else { 1e15 };
        let size = libm::fabs(self.sums[0]);
        if self.sums[0].is_nan() && (0..self.n).any(|i| row.at(i).is_nan())
            || (1.0 / far..=far).contains(&size)
        {
            return eps;
        }
        let power = order as f64;
        let first = terms.first().copied().unwrap_or(0.0);
        let mut largest = libm::pow(first, 1.0 / power);
        for i in 0..self.n {
            let x = libm::fabs(self.inner * row.at(i));
            largest = if x.is_finite() { f64::max(largest, x) } else { largest };
        }
        if largest == 0.0 {
            return eps;
        }
        // In two steps, since the power alone may be no number where nothing is left of it.
        let over = |x: f64, power: f64| {
            let half = libm::pow(largest, -0.5 * power);
            x * half * half
        };
        for (k, term) in terms.iter_mut().enumerate() {
            *term = over(*term, power - k as f64);
        }
        self.weight = Weight::Polynomial(terms, order);
        self.inner /= largest;
        self.sums = [0.0; 2];
        walk(self.x, self.n, self);
        over(eps, power)
    }
}

impl Work for Pass {
    fn piece<T: Computed>(&mut self, start: usize, n: usize) {
        let mut rooms = [Room::<T>::zeros(), Room::zeros()];
        let [x, dy] = &mut rooms;
        // SAFETY: the tables have these columns.
        unsafe {
            x.load(self.x.from(start), n, 0.0);
            if let Some(given) = self.dy {
                dy.load(given.from(start), n, 0.0);
            }
        }
        let terms = Terms::<T>::new(self);
        let sums = map(&terms, &mut rooms, n);
        if self.factor.is_none() {
            self.sums.iter_mut().zip(sums).for_each(|(total, sum)| *total += sum);
            return;
        }
        let to = self.to.wrapping_add(start * self.x.size());
        // SAFETY: there is room for every column.
        unsafe { rooms[0].store(to, self.x, n) };
    }
}

/// Scores and what comes from above become shares or gradients, and sums are taken.
struct Terms<T> {
    weight: Weight,
    logistic: Logistic<T>,
    terms: [T; TERMS],
    /// The derivative's.
    slopes: [T; TERMS],
    inner: T,
    factor: T,
    mean: T,
    grad: bool,
}

impl<T: Computed> Terms<T> {
    #[inline(never)]
    fn new(pass: &Pass) -> Self {
        let (mut terms, mut slopes) = ([T::ZERO; TERMS], [T::ZERO; TERMS]);
        if let Weight::Polynomial(given, _) = pass.weight {
            terms.iter_mut().zip(given).for_each(|(to, term)| *to = T::of(term));
            for (k, (to, term)) in slopes.iter_mut().zip(given.iter().skip(1)).enumerate() {
                *to = T::of((k + 1) as f64 * term);
            }
        }
        let grad = pass.dy.is_some();
        let factor = pass.factor.unwrap_or(1.0);
        Terms {
            weight: pass.weight,
            logistic: Logistic::plain(),
            terms,
            slopes,
            inner: T::of(pass.inner),
            factor: T::of(if grad { factor * pass.inner } else { factor }),
            mean: T::of(pass.mean),
            grad,
        }
    }

    /// A weight and its derivative.
    #[inline(always)]
    fn weigh<S: Io<T>>(&self, s: S, z: V<T, S>) -> (V<T, S>, V<T, S>) {
        let (zero, one) = (s.splat(T::ZERO), s.splat(T::ONE));
        match self.weight {
            Weight::Sigmoid => {
                (self.logistic.sigmoid::<T, S>(s, z), self.logistic.slope::<T, S>(s, z))
            }
            Weight::Elu => {
                let (above, e) = (s.gt(z, zero), self.logistic.decay::<T, S>(s, z));
                let weight = s.select(above, s.add(one, z), e);
                let weight = s.select(s.nan(z), z, weight);
                (weight, s.select(s.nan(z), z, s.select(above, one, e)))
            }
            Weight::Polynomial(_, order) => (
                polynomial(s, z, self.terms.iter().take(order + 1)),
                polynomial(s, z, self.slopes.iter().take(order)),
            ),
        }
    }
}

/// By Horner's rule.
#[inline(always)]
fn polynomial<'a, T: Computed, S: Io<T>>(
    s: S,
    z: V<T, S>,
    mut terms: impl DoubleEndedIterator<Item = &'a T>,
) -> V<T, S> {
    let mut sum = s.splat(terms.next_back().copied().unwrap_or(T::ZERO));
    while let Some(term) = terms.next_back() {
        sum = s.mul_add(sum, z, s.splat(*term));
    }
    sum
}

impl<T: Computed> Map<T, 2, 2> for Terms<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [x, dy]: [V<T, S>; 2]) -> Mapped<T, S, 2, 2> {
        let zero = s.splat(T::ZERO);
        let (weight, slope) = self.weigh(s, s.mul(x, s.splat(self.inner)));
        // What is masked has no weight, whatever the polynomial is there.
        let masked = s.eq(x, s.splat(T::NEG_INFINITY));
        let weight = s.select(masked, zero, weight);
        let above = s.select(s.eq(weight, zero), zero, s.mul(weight, dy));
        let y = if self.grad {
            let grad = s.mul(slope, s.sub(dy, s.splat(self.mean)));
            s.select(masked, zero, s.mul(grad, s.splat(self.factor)))
        } else {
            s.mul(weight, s.splat(self.factor))
        };
        ([y, dy], [weight, above])
    }
}
