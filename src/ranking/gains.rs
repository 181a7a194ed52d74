//! Gains of grades, and discounts of ranks.

use core::f64::consts::LN_2;

/// 2^grade - 1.
#[inline(never)]
pub fn exponential(grade: f64) -> f64 {
    if grade == libm::floor(grade) && grade <= 1023.0 {
        f64::from_bits((1023 + grade as u64) << 52) - 1.0
    } else {
        libm::expm1(grade * LN_2)
    }
}

/// One over the logarithm to base 2 of rank + 1, ranks from 1 on.
#[inline(never)]
pub fn discounts(out: &mut [u64]) {
    for (i, out) in out.iter_mut().enumerate() {
        *out = (LN_2 / libm::log((i + 2) as f64)).to_bits();
    }
}
