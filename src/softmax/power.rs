//! Powers of differences from a row's maximum, which shares of most sparse maps are.

use super::differences::{Differences, Piece};
use crate::math::exp::{ExpPlan, Scale};
use crate::math::ln::ln_plus;
use crate::rows::pieces::{Map, Mapped, map};
use crate::simd::{Io, Lanes, Real, V};

/// `u^exponent` with `u = base + slope (d - shift)` of a difference `d`, where `u` is
/// above 0 and `d` at least `least`; at most about 1.
#[derive(Clone, Copy)]
pub struct Power {
    /// By how much `u` grows with `d`.
    pub slope: f64,
    /// Where `u` is `base`.
    pub shift: f64,
    /// At least 0.
    pub base: f64,
    /// What `u` is raised to.
    pub exponent: f64,
    /// `base^exponent`, which may be a number where `base` is too small for one.
    pub own: f64,
    /// A factor of the slopes.
    pub scale: f64,
    /// The least difference that counts.
    pub least: f64,
}

/// Sums over a row.
#[derive(Clone, Copy, Default)]
pub struct PowerSums {
    /// Of `p = u^exponent`.
    pub power: f64,
    /// Of `scale p / u`, 1 where `d` is `shift`.
    pub slope: f64,
    /// Of `p u`.
    pub next: f64,
}

impl Power {
    /// One whose `u` is 1 at the maximum.
    pub fn new(slope: f64, exponent: f64) -> Power {
        let least = f64::NEG_INFINITY;
        Power { slope, shift: 0.0, base: 1.0, exponent, own: 1.0, scale: 1.0, least }
    }

    /// Its sums.
    #[inline(never)]
    pub fn sums(&self, of: &mut Differences) -> PowerSums {
        let sums = Sums(self.lanes());
        let mut all = PowerSums::default();
        of.each(&mut |(rooms, n): Piece| {
            let [power, slope, next] = map(&sums, rooms, n);
            all.power += power;
            all.slope += slope;
            all.next += next;
        });
        all
    }

    /// Puts powers times a factor in the place of differences: the sum of `p d`.
    #[inline(never)]
    pub fn put(&self, factor: f64, (rooms, n): Piece) -> f64 {
        let [sum] = map(&Put { lanes: self.lanes(), factor }, rooms, n);
        sum
    }

    /// That of one difference.
    pub fn at(&self, d: f64) -> f64 {
        let w = self.slope * (d - self.shift);
        let u = self.base + w;
        if w == 0.0 {
            self.own
        } else if d < self.least || u <= 0.0 {
            0.0
        } else if self.base == 1.0 {
            libm::exp(self.exponent * libm::log1p(w))
        } else {
            libm::pow(u, self.exponent)
        }
    }

    fn lanes(&self) -> PowerLanes {
        PowerLanes { power: *self, exp: Scale::new(1.0).differences() }
    }
}

struct PowerLanes {
    power: Power,
    exp: ExpPlan<f64>,
}

impl PowerLanes {
    /// `u`, `p`, and whether `d` is `shift`.
    #[inline(always)]
    fn eval<S: Io<f64>>(&self, s: S, d: V<f64, S>) -> (V<f64, S>, V<f64, S>, <S as Lanes<f64>>::M) {
        let Power { slope, shift, base, exponent, own, least, .. } = self.power;
        let (zero, b) = (s.splat(0.0), s.splat(base));
        let w = s.mul(s.sub(d, s.splat(shift)), s.splat(slope));
        let u = s.add(b, w);
        // What the sum lost.
        let part = s.sub(u, b);
        let lost = s.add(s.sub(b, s.sub(u, part)), s.sub(w, part));
        let (low, up) = (f64::LEAST_NORMAL, 1.0 / f64::LEAST_NORMAL);
        let x = s.max(u, s.splat(low));
        let power = s.splat(f64::LEAST_POWER);
        let log = ln_plus::<f64, S>(s, s.mul(x, s.splat(up)), power, s.div(lost, x));
        let log = s.mul(log, s.splat(exponent));
        let p = self.exp.eval_or_zero::<f64, S>(s, self.exp.difference::<f64, S>(s, log));
        let at = s.eq(w, zero);
        let p = s.select(at, s.splat(own), s.select(s.gt(u, zero), p, zero));
        (u, s.select(s.ge(d, s.splat(least)), p, zero), at)
    }
}

/// Leaves differences as they are.
struct Sums(PowerLanes);

impl Map<f64, 1, 3> for Sums {
    #[inline(always)]
    fn eval<S: Io<f64>>(&self, s: S, [d]: [V<f64, S>; 1]) -> Mapped<f64, S, 1, 3> {
        let zero = s.splat(0.0);
        let (u, p, at) = self.0.eval(s, d);
        let some = s.gt(p, zero);
        let slope = s.mul(s.div(p, s.select(some, u, s.splat(1.0))), s.splat(self.0.power.scale));
        let slope = s.select(s.and(some, at), s.splat(1.0), slope);
        ([d], [p, slope, s.select(some, s.mul(p, u), zero)])
    }
}

/// Puts powers in the place of differences.
struct Put {
    lanes: PowerLanes,
    factor: f64,
}

impl Map<f64, 1, 1> for Put {
    #[inline(always)]
    fn eval<S: Io<f64>>(&self, s: S, [d]: [V<f64, S>; 1]) -> Mapped<f64, S, 1, 1> {
        let zero = s.splat(0.0);
        let (_, p, _) = self.lanes.eval(s, d);
        let terms = [s.select(s.gt(p, zero), s.mul(p, d), zero)];
        ([s.mul(p, s.splat(self.factor))], terms)
    }
}
