//! Binary floating-point formats by their definition (IEEE 754-2019, 3.3): sign,
//! exponent and fraction fields, and the distance between neighbours.
#![allow(dead_code)] // Each test binary uses its part.

use super::dd::Dd;

/// Significant bits, the hidden one included, and the exponents of the least and
/// the largest normal number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Format {
    precision: i32,
    least: i32,
    largest: i32,
}

pub const F32: Format = Format { precision: 24, least: -126, largest: 127 };
pub const F64: Format = Format { precision: 53, least: -1022, largest: 1023 };
pub const F16: Format = Format { precision: 11, least: -14, largest: 15 };
pub const BF16: Format = Format { precision: 8, least: -126, largest: 127 };

/// `2^n`, subnormal ones too.
pub fn power_of_two(n: i32) -> f64 {
    match n {
        -1022..=1023 => f64::from_bits(((n + 1023) as u64) << 52),
        -1074..-1022 => f64::from_bits(1 << (n + 1074)),
        _ => f64::from(n).exp2(),
    }
}

/// `n` with `2^n <= |x| < 2^(n+1)`, for a finite `x` that is not 0.
fn exponent(x: f64) -> i32 {
    let field = |x: f64| (x.to_bits() >> 52 & 0x7ff) as i32;
    // A subnormal is made normal first.
    if field(x) == 0 { field(x * power_of_two(64)) - 64 - 1023 } else { field(x) - 1023 }
}

impl Format {
    /// The distance from `x` to the next number away from 0.
    pub fn ulp(self, x: f64) -> f64 {
        let e = if x == 0.0 { self.least } else { exponent(x).clamp(self.least, self.largest) };
        power_of_two(e - self.precision + 1)
    }

    /// The least number that is not subnormal.
    pub fn least_normal(self) -> f64 {
        power_of_two(self.least)
    }

    /// The largest finite number.
    pub fn max(self) -> f64 {
        (2.0 - power_of_two(1 - self.precision)) * power_of_two(self.largest)
    }

    /// The nearest number, ties to even.
    pub fn nearest(self, x: f64) -> f64 {
        if !x.is_finite() || x == 0.0 || self == F64 {
            return x;
        }
        let ulp = self.ulp(x);
        let y = (x / ulp).round_ties_even() * ulp;
        if y.abs() > self.max() { y.signum() * f64::INFINITY } else { y }
    }

    /// The number with these bits, for the formats of 16.
    pub fn decode(self, bits: u16) -> f64 {
        let fraction_bits = self.precision - 1;
        let fraction = f64::from(bits & ((1 << fraction_bits) - 1));
        let field = i32::from(bits & 0x7fff) >> fraction_bits;
        let magnitude = if field > self.largest - self.least + 1 {
            if fraction == 0.0 { f64::INFINITY } else { f64::NAN }
        } else if field == 0 {
            fraction * power_of_two(self.least - fraction_bits)
        } else {
            (fraction * power_of_two(-fraction_bits) + 1.0) * power_of_two(field - 1 + self.least)
        };
        if bits >> 15 == 1 { -magnitude } else { magnitude }
    }

    /// The bits of the nearest number, for the formats of 16.
    pub fn encode(self, x: f64) -> u16 {
        let fraction_bits = self.precision - 1;
        let infinity = ((self.largest - self.least + 2) as u16) << fraction_bits;
        let y = self.nearest(x).abs();
        let magnitude = if x.is_nan() {
            infinity | 1 << (fraction_bits - 1)
        } else if y.is_infinite() {
            infinity
        } else {
            // Numbers of one sign are counted from 0 in steps of their ulp.
            let ulp = self.ulp(y);
            let field = exponent(ulp) + fraction_bits - self.least;
            (y / ulp) as u16 + ((field as u16) << fraction_bits)
        };
        magnitude | u16::from(x.is_sign_negative()) << 15
    }

    /// How far `got` is from `exact`, in units of the last place.
    pub fn error(self, got: f64, exact: Dd) -> f64 {
        let wrong = f64::INFINITY;
        let right = |same: bool| if same { 0.0 } else { wrong };
        if exact.hi.is_nan() || got.is_nan() {
            right(exact.hi.is_nan() && got.is_nan())
        } else if exact.hi.is_infinite() {
            right(got == exact.hi)
        } else if got.is_infinite() {
            right(exact.hi.abs() >= self.max() && got.signum() == exact.hi.signum())
        } else {
            (Dd::of(got) - exact).value().abs() / self.ulp(exact.hi)
        }
    }
}
