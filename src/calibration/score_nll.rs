//! The mean negative log-likelihood of scores that are probabilities.
//!
//! Without weights no logarithm is taken of a row: a number is 2^e m, and a sum of
//! logarithms is that of all e, times ln 2, and the logarithm of the product of all m.

use crate::math::fixed::UNIT;
use crate::math::sum::Sum;
use crate::math::two_grids::LANES;
use crate::rows::column::{BLOCK, TwoClasses};
use crate::simd::{Elem, Io, Kernel};

/// The mean; NaN if a score is not in 0 .. 1, or if there is none.
pub fn mean(data: &TwoClasses) -> f64 {
    let (mut x, mut y, mut w) = ([0.0; BLOCK], [0.0; BLOCK], [1.0; BLOCK]);
    let (mut loss, mut weight) = (Sum::ZERO, Sum::ZERO);
    for start in (0..data.rows).step_by(BLOCK) {
        let n = BLOCK.min(data.rows - start);
        // SAFETY: these rows are there, and the blocks have room for them.
        unsafe {
            data.scores.get(start, n, x.as_mut_ptr());
            data.labels.as_numbers(start, n, y.as_mut_ptr());
            if !data.weights.is_null() {
                data.weights.get(start, n, w.as_mut_ptr());
            }
        }
        let whole = n == BLOCK && data.weights.is_null();
        let block = if whole { f64::dispatch(Product { x: &x, y: &y }) } else { None };
        if let Some([power, product]) = block {
            loss = loss.plus(-power * core::f64::consts::LN_2 - libm::log(product));
            weight = weight.plus(n as f64);
            continue;
        }
        for ((x, y), w) in x.iter().zip(y).zip(w).take(n).filter(|(_, w)| *w >= UNIT) {
            if !(0.0..=1.0).contains(x) {
                return f64::NAN;
            }
            let given = if y > 0.0 { *x } else { 1.0 - x };
            loss = loss.plus(-w * libm::log(given));
            weight = weight.plus(w);
        }
    }
    loss.value() / weight.value()
}

/// The product of what a block of rows gave to what came true, as a power of two and
/// the rest.
struct Product<'a> {
    x: &'a [f64; BLOCK],
    y: &'a [f64; BLOCK],
}

impl Kernel<f64> for Product<'_> {
    /// Nothing where a factor is 0, below the normal numbers, or no probability.
    type Out = Option<[f64; 2]>;

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) -> Self::Out {
        let (one, least) = (s.splat(1.0), s.splat(f64::MIN_POSITIVE));
        let (mut powers, mut product, mut good) = (s.splat(0.0), one, s.head(S::N));
        for at in (0..BLOCK).step_by(S::N) {
            // SAFETY: blocks are whole vectors.
            let (x, y) =
                unsafe { (s.get(self.x.as_ptr().add(at)), s.get(self.y.as_ptr().add(at))) };
            let given = s.select(s.gt(y, s.splat(0.5)), x, s.sub(one, x));
            good = s.and(good, s.and(s.ge(given, least), s.ge(one, given)));
            let (power, rest) = s.split(given);
            (powers, product) = (s.add(powers, power), s.mul(product, rest));
        }
        let mut lanes = [[0.0; LANES]; 2];
        // SAFETY: there is room for a vector.
        unsafe {
            s.put(lanes[0].as_mut_ptr(), powers);
            s.put(lanes[1].as_mut_ptr(), product);
        }
        let [powers, factors] = lanes;
        let power = powers.iter().take(S::N).sum();
        let product = factors.iter().take(S::N).product();
        (s.bits(good) == s.bits(s.head(S::N))).then_some([power, product])
    }
}
