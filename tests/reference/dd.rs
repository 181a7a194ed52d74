//! Double-double numbers: a value as the sum of two f64, about 31 digits. What
//! is tested in f64 is compared with this. A part that is not finite stands
//! alone, in `hi`.
#![allow(dead_code)] // Each test binary uses its part.

use std::ops::{Add, Div, Mul, Neg, Sub};

#[derive(Clone, Copy, Debug)]
pub struct Dd {
    pub hi: f64,
    pub lo: f64,
}

const LN_2: Dd = Dd { hi: core::f64::consts::LN_2, lo: 2.3190468138462996e-17 };

impl Dd {
    pub const ZERO: Dd = Dd::of(0.0);
    pub const ONE: Dd = Dd::of(1.0);

    pub const fn of(x: f64) -> Dd {
        Dd { hi: x, lo: 0.0 }
    }

    /// `a + b`, exactly.
    pub fn sum(a: f64, b: f64) -> Dd {
        let s = a + b;
        let part = s - a;
        Dd::parts(s, (a - (s - part)) + (b - part))
    }

    /// `a * b`, exactly.
    pub fn product(a: f64, b: f64) -> Dd {
        let p = a * b;
        Dd::parts(p, a.mul_add(b, -p))
    }

    fn parts(hi: f64, lo: f64) -> Dd {
        Dd { hi, lo: if hi.is_finite() { lo } else { 0.0 } }
    }

    fn normal(hi: f64, lo: f64) -> Dd {
        let s = hi + lo;
        Dd::parts(s, lo - (s - hi))
    }

    pub fn value(self) -> f64 {
        self.hi + self.lo
    }

    /// `e^self`.
    pub fn exp(self) -> Dd {
        if self.hi < -800.0 {
            return Dd::ZERO;
        }
        // e^x = 2^k (e^(r / 512))^512, with r / 512 small enough for a series.
        let k = (self.hi / LN_2.hi).round();
        let r = (self - LN_2 * Dd::of(k)) * Dd::of(1.0 / 512.0);
        let (mut term, mut less_one) = (r, r);
        for n in 2..=10 {
            term = term * r / Dd::of(f64::from(n));
            less_one = less_one + term;
        }
        for _ in 0..9 {
            less_one = less_one * Dd::of(2.0) + less_one * less_one;
        }
        let e = less_one + Dd::ONE;
        // In two steps, so that a subnormal result is rounded only once.
        let half = (k / 2.0).trunc();
        let by = |x: f64| x * half.exp2() * (k - half).exp2();
        Dd::parts(by(e.hi), by(e.lo))
    }

    /// The natural logarithm of a positive number.
    pub fn ln(self) -> Dd {
        let first = self.hi.ln();
        let off = self * Dd::of(-first).exp() - Dd::ONE;
        Dd::of(first) + off - off * off * Dd::of(0.5)
    }

    /// `ln(1 + self)` for `self >= 0`, accurate near 0.
    pub fn ln_1p(self) -> Dd {
        if self.hi > 1e-4 {
            return (self + Dd::ONE).ln();
        }
        let (mut power, mut total) = (self, self);
        for n in 2..=9 {
            power = -(power * self);
            total = total + power / Dd::of(f64::from(n));
        }
        total
    }
}

impl Add for Dd {
    type Output = Dd;
    fn add(self, other: Dd) -> Dd {
        let (s, t) = (Dd::sum(self.hi, other.hi), Dd::sum(self.lo, other.lo));
        let s = Dd::normal(s.hi, s.lo + t.hi);
        Dd::normal(s.hi, s.lo + t.lo)
    }
}

impl Neg for Dd {
    type Output = Dd;
    fn neg(self) -> Dd {
        Dd { hi: -self.hi, lo: -self.lo }
    }
}

impl Sub for Dd {
    type Output = Dd;
    fn sub(self, other: Dd) -> Dd {
        self + -other
    }
}

impl Mul for Dd {
    type Output = Dd;
    fn mul(self, other: Dd) -> Dd {
        let p = Dd::product(self.hi, other.hi);
        if !p.hi.is_finite() {
            return p;
        }
        Dd::normal(p.hi, p.lo + (self.hi * other.lo + self.lo * other.hi))
    }
}

impl Div for Dd {
    type Output = Dd;
    fn div(self, other: Dd) -> Dd {
        let first = self.hi / other.hi;
        if !first.is_finite() || other.hi.is_infinite() {
            return Dd::of(first);
        }
        let rest = self - other * Dd::of(first);
        let second = rest.hi / other.hi;
        let rest = rest - other * Dd::of(second);
        Dd::normal(first, second) + Dd::of(rest.hi / other.hi)
    }
}
