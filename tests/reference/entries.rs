//! Functions of one number, and what they are made of.
#![allow(dead_code)] // Each test binary uses its part.

use super::dd::Dd;

/// `1 / (1 + e^-x)`, small ones as exact as large ones.
pub fn sigmoid(x: Dd) -> Dd {
    if x.hi.is_nan() {
        return x;
    }
    let e = if x.hi < 0.0 { x.exp() } else { (-x).exp() };
    (if x.hi < 0.0 { e } else { Dd::ONE }) / (Dd::ONE + e)
}

pub fn log_sigmoid(x: Dd) -> Dd {
    if x.hi.is_nan() || x.hi == f64::NEG_INFINITY {
        return x;
    }
    if x.hi < 0.0 { x - x.exp().ln_1p() } else { -(-x).exp().ln_1p() }
}

pub fn softplus(x: Dd) -> Dd {
    -log_sigmoid(-x)
}

/// `ln(x / (1 - x))`.
pub fn logit(x: f64) -> Dd {
    let edge = match x {
        0.0 => Some(f64::NEG_INFINITY),
        1.0 => Some(f64::INFINITY),
        x if x > 0.0 && x < 1.0 => None,
        _ => Some(f64::NAN),
    };
    if let Some(edge) = edge {
        return Dd::of(edge);
    }
    let x = Dd::of(x);
    let z = x + x - Dd::ONE;
    if z.hi.abs() > 1e-3 {
        return (x / (Dd::ONE - x)).ln();
    }
    // Twice the inverse of the hyperbolic tangent.
    let (mut power, mut sum) = (z, z);
    for n in (3..=11).step_by(2) {
        power = power * z * z;
        sum = sum + power / Dd::of(f64::from(n));
    }
    sum + sum
}

/// `x^power` for `x >= 0`.
pub fn pow(x: Dd, power: Dd) -> Dd {
    if x.hi > 0.0 {
        (x.ln() * power).exp()
    } else {
        Dd::of(if power.hi == 0.0 { 1.0 } else { 0.0 })
    }
}

pub fn sqrt(x: Dd) -> Dd {
    if x.hi <= 0.0 {
        return Dd::ZERO;
    }
    let first = Dd::of(x.hi.sqrt());
    first + (x - first * first) / (first + first)
}

/// `a b`, where nothing of anything is nothing.
pub fn times(a: Dd, b: Dd) -> Dd {
    if a.hi == 0.0 || b.hi == 0.0 { Dd::ZERO } else { a * b }
}

pub fn sum(terms: impl IntoIterator<Item = Dd>) -> Dd {
    terms.into_iter().fold(Dd::ZERO, |sum, term| sum + term)
}
