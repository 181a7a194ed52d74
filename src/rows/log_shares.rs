//! Shares of rows with their logarithms, piece by piece: what divergences are made of.
//!
//! A row that is not of finite numbers is read as one that is: where entries are +inf they
//! are read as 0 and the others as masked, which has the shares of the limit.

use super::kind::Kind;
use super::moments::{Moments, Row};
use super::moments_pass::{Computed, Scales};
use super::pieces::Room;
use crate::math::exp::ExpPlan;
use crate::simd::{Io, V};

/// A row at a temperature.
#[derive(Clone, Copy)]
pub struct Softmax {
    /// The row.
    pub row: Row,
    /// Its moments; the sum is 1 of a row with nothing above -inf, whose shares are 0.
    pub moments: Moments,
    /// The logarithm of their sum.
    pub log_sum: f64,
    scales: Scales,
    temperature: f64,
}

impl Softmax {
    /// A row at a temperature, finite and above 0.
    #[inline(never)]
    pub fn new(row: Row, temperature: f64) -> Self {
        let scales = Scales::new(temperature);
        let mut moments = row.moments(&scales);
        if matches!(row.kind(), Kind::Empty) {
            moments.sum = 1.0;
        }
        Softmax { row, moments, log_sum: libm::log(moments.sum), scales, temperature }
    }

    /// Whether nothing is above -inf.
    pub fn is_empty(&self) -> bool {
        matches!(self.row.kind(), Kind::Empty)
    }

    /// The logarithm of the share of an entry.
    #[inline(never)]
    pub fn log(&self, entry: f64) -> f64 {
        -self.row.behind(entry) / self.temperature - self.log_sum
    }

    /// `ln(p / (1 - p))` of the share of an entry that was left out of this row; NaN if
    /// nothing is anywhere.
    #[inline(never)]
    pub fn log_odds(&self, own: f64) -> f64 {
        let top = self.row.top();
        // Of two that are +inf there is no difference.
        let ahead = if own == top && !self.is_empty() { 0.0 } else { own - top };
        ahead / self.temperature - self.log_sum
    }

    /// Reads `n` entries from `start` on, as [`logs`](Self::logs) takes them.
    #[inline(never)]
    pub fn load<T: Computed>(&self, start: usize, n: usize, room: &mut Room<T>) {
        let (numbers, hole) = (self.row.numbers(), self.row.hole());
        // SAFETY: whoever made the table vouched for its rows.
        unsafe { room.load(numbers.from(start), n, f64::NEG_INFINITY) };
        let values = room.values();
        if let Kind::Infinite(_) = self.row.kind() {
            let read = |x: T| if x == T::INFINITY { T::ZERO } else { T::NEG_INFINITY };
            values.iter_mut().for_each(|x| *x = read(*x));
        }
        if let Some(x) = hole.checked_sub(start).and_then(|i| values.get_mut(i)) {
            *x = T::NEG_INFINITY;
        }
    }

    /// What makes entries that were read their shares.
    #[inline(never)]
    pub fn logs<T: Computed>(&self) -> LogShares<T> {
        let max = if let Kind::Finite(max) = *self.row.kind() { max } else { 0.0 };
        let (scale, sum) = (T::scale(&self.scales), self.moments.sum);
        let plan = scale.shifted(T::of(max));
        LogShares {
            share: plan.share(plan.lift(sum)),
            plan,
            max: T::of(max),
            scale: T::of(scale.value()),
            log: T::of(-self.log_sum),
        }
    }
}

/// What makes scores of a row its shares and their logarithms.
#[derive(Clone, Copy)]
pub struct LogShares<T> {
    plan: ExpPlan<T>,
    share: T,
    max: T,
    scale: T,
    /// Less the logarithm of the sum.
    log: T,
}

impl<T: Computed> LogShares<T> {
    /// The shares of a vector of scores, and their logarithms: 0 and -inf where a score is
    /// -inf.
    #[inline(always)]
    pub fn eval<S: Io<T>>(&self, s: S, x: V<T, S>) -> (V<T, S>, V<T, S>) {
        let masked = s.eq(x, s.splat(T::NEG_INFINITY));
        let d = self.plan.difference::<T, S>(s, x);
        let e = s.select(masked, s.splat(T::ZERO), self.plan.eval_difference::<T, S>(s, d));
        let u = s.sub(x, s.splat(self.max));
        let log = s.mul_add(u, s.splat(self.scale), s.splat(self.log));
        (s.mul(e, s.splat(self.share)), log)
    }
}
