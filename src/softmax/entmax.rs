//! alpha-entmax: the shares `p` that maximise `p x` plus Tsallis' entropy
//! `(1 - sum p^alpha) / (alpha (alpha - 1))`, which are
//! `p = [(alpha - 1) x - tau]_+^(1 / (alpha - 1))` with the one `tau` of which they add up
//! to 1. Sparsemax is that of alpha 2, softmax its limit at alpha 1.
//!
//! With `a = alpha - 1`, `d` an entry's difference from the maximum and `u = 1 + a (d - t)`,
//! a share is `u^(1 / a)`, however near to 1 alpha is; `t` is at least 0, and nothing that
//! is more than `1 / a` below the maximum has a share.
//!
//! Up to alpha 2, the norm `(sum u^(1 / a))^a` is convex in `t`: Newton's steps from 0 do
//! not go too far, and the shares of what is left out on the way stay 0. Beyond, the least
//! shares change faster than `t`. There the support is found first, by halving, and then
//! the least share of it, in which the sum of all is convex.

use super::candidates::List;
use super::differences::{Differences, Piece};
use super::power::Power;
use super::sparse::{self, Beside};
use crate::rows::kind::Kind;
use crate::rows::moments::{Row, Table, TableMut};
use crate::rows::moments_pass::Scales;
use crate::rows::numbers::Numbers;
use crate::status::Status;

/// What tells the shares of a row.
#[derive(Clone, Copy)]
enum Shape {
    /// `d - tau`: alpha is 2.
    Linear(f64),
    /// `(d / 2 - tau)^2`: alpha is 1.5.
    Square(f64),
    /// Any other above 1.
    Power(Power),
    /// alpha is 1: the sum of `exp(d)`.
    Exp(f64),
    /// The maximum is not finite.
    None,
}

/// A row whose shares are known.
pub struct Found {
    kind: Kind<f64>,
    shape: Shape,
}

/// Finds shares of one row after another.
pub struct Entmax {
    /// `alpha - 1`.
    a: f64,
    list: List,
}

impl Entmax {
    /// For an alpha of at least 1.
    pub fn new(alpha: f64) -> Entmax {
        Entmax { a: alpha - 1.0, list: List::empty() }
    }

    /// What tells the shares of a row.
    ///
    /// # Safety
    /// There must be `n` numbers.
    #[inline(never)]
    pub unsafe fn find(&mut self, row: Numbers, n: usize) -> Found {
        if self.a == 0.0 {
            let row = Row::new(row, n);
            let sum = row.moments(&Scales::new(1.0)).sum;
            let shape =
                if let Kind::Finite(_) = row.kind() { Shape::Exp(sum) } else { Shape::None };
            return Found { kind: *row.kind(), shape };
        }
        // SAFETY: the caller vouches for the row.
        let max = unsafe { self.list.take(row, n, 1.0 / self.a) };
        if !max.is_finite() {
            let kind = if max.is_nan() { Kind::Nan } else { *Row::new(row, n).kind() };
            return Found { kind, shape: Shape::None };
        }
        let mut of = Differences { list: &mut self.list, row, n, max };
        let shape = if self.a == 1.0 {
            Shape::Linear(linear(&mut of))
        } else if self.a == 0.5 {
            Shape::Square(square(&mut of))
        } else if self.a < 1.0 {
            Shape::Power(convex(&mut of, self.a))
        } else {
            Shape::Power(steep(&mut of, self.a))
        };
        Found { kind: Kind::Finite(max), shape }
    }

    /// Writes `factor` times the shares of the row that was found last to `to`, if
    /// anywhere, and says what the mean of `d` under them is.
    ///
    /// # Safety
    /// `to` must be writable for as many values of the row's type as it has; it may be the
    /// row.
    #[inline(never)]
    pub unsafe fn write(
        &mut self,
        found: &Found,
        (row, n): (Numbers, usize),
        factor: f64,
        to: Option<*mut u8>,
    ) -> f64 {
        let mut mean = 0.0;
        let sum = match (found.shape, found.kind) {
            (Shape::Exp(sum), _) => sum,
            (_, Kind::Infinite(count)) => count,
            _ => f64::NAN,
        };
        let (Kind::Finite(max), false) = (found.kind, matches!(found.shape, Shape::Exp(_))) else {
            // SAFETY: the caller vouches for both rows.
            to.into_iter().for_each(|to| unsafe {
                Row::new(row, n).write(&Scales::new(1.0), sum, factor, to);
            });
            return mean;
        };
        let mut of = Differences { list: &mut self.list, row, n, max };
        // SAFETY: as above.
        unsafe {
            of.replace(to, &mut |piece| match found.shape {
                Shape::Linear(tau) => put(piece, factor, &mut mean, |d| d - tau),
                Shape::Square(tau) => put(piece, factor, &mut mean, |d| {
                    let u = f64::max(0.5 * d - tau, 0.0);
                    u * u
                }),
                Shape::Power(power) => mean += power.put(factor, piece),
                _ => {}
            });
        }
        mean
    }
}

impl Found {
    /// What its maximum says.
    pub fn kind(&self) -> &Kind<f64> {
        &self.kind
    }

    /// The `t` of its shares: with `m` the mean of `d`, `((alpha - 1) m + t) / alpha` is
    /// by how much the maximum exceeds the greatest of what shares maximise, but for the
    /// sign.
    pub fn t(&self, alpha: f64) -> f64 {
        let a = alpha - 1.0;
        match (self.shape, self.kind) {
            (Shape::Linear(tau), _) => tau + 1.0,
            (Shape::Square(tau), _) => 2.0 * (tau + 1.0),
            (Shape::Power(power), _) => power.shift + (1.0 - power.base) / a,
            (Shape::Exp(sum), _) => libm::log(sum),
            (Shape::None, Kind::Infinite(count)) if a == 0.0 => libm::log(count),
            (Shape::None, Kind::Infinite(count)) => -libm::expm1(-a * libm::log(count)) / a,
            _ => f64::NAN,
        }
    }

    /// The share of an entry that is so far `behind` the maximum.
    pub fn share(&self, behind: f64) -> f64 {
        match (self.shape, self.kind) {
            (Shape::Linear(tau), _) => f64::max(-behind - tau, 0.0),
            (Shape::Square(tau), _) => {
                let u = f64::max(-0.5 * behind - tau, 0.0);
                u * u
            }
            (Shape::Power(power), _) => power.at(-behind),
            (Shape::Exp(sum), _) => libm::exp(-behind) / sum,
            (Shape::None, Kind::Infinite(count)) if behind == 0.0 => 1.0 / count,
            (Shape::None, Kind::Infinite(_)) => 0.0,
            _ => f64::NAN,
        }
    }
}

/// Writes the shares of every row.
#[inline(never)]
pub fn apply(x: Table, y: TableMut, beside: Beside, alpha: f64) -> Status {
    if alpha == 1.5 || alpha == 2.0 {
        return sparse::apply(x, y, beside, alpha == 1.5);
    }
    let mut entmax = Entmax::new(alpha);
    let mut status = Status::LGT_OK;
    for r in 0..x.rows {
        let row = x.row_numbers(r);
        // SAFETY: whoever made the tables vouched for their rows.
        unsafe {
            let found = entmax.find(row, x.cols);
            entmax.write(&found, (row, x.cols), 1.0, Some(y.row(r)));
            if matches!(found.kind, Kind::Empty) {
                status = status.or(Status::LGT_EMPTY_ROW);
            }
        }
    }
    status
}

/// More steps than are ever made.
const STEPS: usize = 200;

/// How many `u = slope d - tau` are above 0, and the sums of those and of their squares.
#[inline(never)]
fn sums(of: &mut Differences, slope: f64, tau: f64) -> [f64; 3] {
    let (mut counts, mut first, mut second) = ([0.0; 4], [0.0; 4], [0.0; 4]);
    of.each(&mut |([room], n): Piece| {
        let (fours, _) = room.values().as_chunks::<4>();
        for four in fours.iter().take(n.div_ceil(4)) {
            for i in 0..4 {
                let u = slope * four[i] - tau;
                let u = if u > 0.0 { u } else { 0.0 };
                counts[i] += if u > 0.0 { 1.0 } else { 0.0 };
                first[i] += u;
                second[i] += u * u;
            }
        }
    });
    [counts, first, second].map(|[a, b, c, d]| (a + b) + (c + d))
}

/// The `tau` with `sum [d - tau]_+ = 1`, by Newton's steps, the last of which is exact.
#[inline(never)]
fn linear(of: &mut Differences) -> f64 {
    let (mut tau, mut last) = (-1.0, 0.0);
    for _ in 0..STEPS {
        let [count, sum, _] = sums(of, 1.0, tau);
        tau += (sum - 1.0) / count;
        if count == last {
            break;
        }
        last = count;
    }
    tau
}

/// The `tau` with `sum [d / 2 - tau]_+^2 = 1`, by Newton's steps for the root of the sum.
#[inline(never)]
fn square(of: &mut Differences) -> f64 {
    let mut tau = -1.0;
    for _ in 0..STEPS {
        let [_, sum, squares] = sums(of, 0.5, tau);
        let step = (squares - libm::sqrt(squares)) / sum;
        tau += step;
        if step <= ENOUGH {
            break;
        }
    }
    tau
}

/// The square of such a step does not count.
const ENOUGH: f64 = 1e-10;

/// That of `a` below 1.
#[inline(never)]
fn convex(of: &mut Differences, a: f64) -> Power {
    let mut power = Power::new(a, 1.0 / a);
    for _ in 0..STEPS {
        let sums = power.sums(of);
        let log = libm::log(sums.power);
        let step = libm::exp((1.0 - a) * log) * libm::expm1(a * log) / a / sums.slope;
        power.shift += step;
        if step <= ENOUGH {
            break;
        }
    }
    power
}

/// That of `a` above 1.
#[inline(never)]
fn steep(of: &mut Differences, a: f64) -> Power {
    let mut low = -1.0 / a;
    // Of equal entries, as many as could have shares.
    let mut high = low * libm::pow(least_above(of, low).1, -a);
    let mut power = Power { base: 0.0, own: 0.0, ..Power::new(a, 1.0 / a) };
    for _ in 0..STEPS {
        let middle = 0.5 * (low + high);
        if least_above(of, low).0 == least_above(of, high).0 || middle == low || middle == high {
            break;
        }
        power.shift = middle;
        if power.sums(of).power >= 1.0 { low = middle } else { high = middle }
    }
    let (least, count) = least_above(of, low);
    let mut share = 1.0 / count;
    power = Power { shift: least, least, ..power };
    for _ in 0..STEPS {
        power.own = share;
        power.base = libm::pow(share, a);
        power.scale = libm::pow(share, a - 1.0);
        let sums = power.sums(of);
        let step = (sums.power - 1.0) / sums.slope;
        share = f64::max(share - step, 0.0);
        if step <= ENOUGH * share {
            break;
        }
    }
    power.own = share;
    power.base = libm::pow(share, a);
    power
}

/// The least difference above `x`, and how many are.
#[inline(never)]
fn least_above(of: &mut Differences, x: f64) -> (f64, f64) {
    let (mut least, mut count) = (f64::INFINITY, 0.0);
    of.each(&mut |([room], n): Piece| {
        for d in room.values().iter().take(n).filter(|d| **d > x) {
            least = f64::min(least, *d);
            count += 1.0;
        }
    });
    (least, count)
}

/// Puts `factor` times the shares in the place of differences.
#[inline(always)]
fn put(([room], n): Piece, factor: f64, mean: &mut f64, share: impl Fn(f64) -> f64) {
    for d in room.values().iter_mut().take(n) {
        let p = share(*d);
        let some = p > 0.0;
        *mean += if some { p * *d } else { 0.0 };
        *d = if some { p * factor } else { 0.0 };
    }
}
