//! Positive numbers past the range of f64: `mantissa * 2^exponent`, for sums of
//! exponentials that need no reference.
//!
//! The mantissa is in `[1, 2)` and the exponent whole, so a number has one form
//! and equal sums equal bytes. Nothing is `(0, 0)`, NaN is `(NaN, 0)`, and so
//! many times infinity is `(count, +inf)`: beside it, anything finite is
//! nothing. From an exponent of 2^52 on, whose neighbours are whole numbers, the
//! mantissa is not brought to `[1, 2)`: it weighs what is equal but for that.

use super::exp::{LN2_HI, LN2_LO};

/// Exponents from which on mantissas are not normalised.
pub const FAR: f64 = 4503599627370496.0;

/// `mantissa * 2^exponent`.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ext {
    /// 0 means 0, whatever the exponent.
    pub mantissa: f64,
    /// +inf makes the mantissa a count of infinities.
    pub exponent: f64,
}

impl Ext {
    /// Nothing.
    pub const ZERO: Ext = Ext { mantissa: 0.0, exponent: 0.0 };

    /// Undefined; swallows all else.
    pub const NAN: Ext = Ext { mantissa: f64::NAN, exponent: 0.0 };

    /// The number of this value, in its one form.
    #[inline(never)]
    pub fn new(mantissa: f64, exponent: f64) -> Ext {
        if mantissa.is_nan() {
            return Ext::NAN;
        }
        if mantissa == 0.0 || exponent.abs() >= FAR {
            return Ext { mantissa, exponent };
        }
        let (half, power) = libm::frexp(mantissa);
        Ext { mantissa: 2.0 * half, exponent: exponent + f64::from(power - 1) }
    }

    /// Adds `other`. Only the addition itself is rounded, and the order of the
    /// two does not matter.
    #[inline(never)]
    pub fn add(&mut self, other: Ext) {
        if self.mantissa == 0.0 {
            *self = other;
            return;
        }
        if other.mantissa == 0.0 {
            return;
        }
        let (high, low) =
            if self.exponent >= other.exponent { (*self, other) } else { (other, *self) };
        let sum = high.mantissa + scaled(low.mantissa, low.exponent, high.exponent);
        *self = Ext::new(sum, high.exponent);
    }

    /// The natural logarithm; -inf of nothing.
    #[inline(never)]
    pub fn log(&self) -> f64 {
        if self.mantissa == 0.0 {
            return f64::NEG_INFINITY;
        }
        self.exponent * LN2_HI + (libm::log(self.mantissa) + self.exponent * LN2_LO)
    }
}

/// `x * 2^(exponent - reference)`, the power cut to a whole one. Infinities of
/// one sign are equal.
#[inline(never)]
pub fn scaled(x: f64, exponent: f64, reference: f64) -> f64 {
    // The cast takes what is out of range to the ends of i32, and NaN to 0.
    libm::ldexp(x, (exponent - reference) as i32)
}
