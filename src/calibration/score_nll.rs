//! The mean negative log-likelihood of scores that are probabilities.
//!
//! Without weights no logarithm is taken of a row: a number is 2^e m, and a sum of
//! logarithms is that of all e, times ln 2, and the logarithm of the product of all m.
//! With weights they are taken in lanes.

use crate::math::fixed::UNIT;
use crate::math::ln::ln_small;
use crate::math::sum::Sum;
use crate::math::two_grids::LANES;
use crate::rows::column::{BLOCK, TwoClasses};
use crate::simd::{Elem, Io, Kernel, Real};

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
        let weights = (!data.weights.is_null()).then_some(&w);
        let block = Block { x: &x, y: &y, weights };
        if n == BLOCK
            && let Some(block) = f64::dispatch(block)
        {
            loss = loss.plus(-block.power * core::f64::consts::LN_2 - libm::log(block.product));
            loss = loss.plus(-block.sum);
            weight = weight.plus(block.weight);
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

/// A block of rows.
struct Block<'a> {
    x: &'a [f64; BLOCK],
    y: &'a [f64; BLOCK],
    weights: Option<&'a [f64; BLOCK]>,
}

/// What a block gave to what came true.
struct Sums {
    /// The power of two of the product ..
    power: f64,
    /// .. and the rest of it.
    product: f64,
    /// The sum of logarithms that are not in the product.
    sum: f64,
    /// The sum of weights.
    weight: f64,
}

impl Kernel<f64> for Block<'_> {
    /// Nothing where a probability is 0, below the normal numbers, or none.
    type Out = Option<Sums>;

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) -> Self::Out {
        let (zero, one, least) = (s.splat(0.0), s.splat(1.0), s.splat(f64::MIN_POSITIVE));
        let (mut powers, mut product, mut good) = (zero, one, s.head(S::N));
        let (mut sums, mut weight) = (zero, zero);
        for at in (0..BLOCK).step_by(S::N) {
            // SAFETY: blocks are whole vectors.
            let get = |from: &[f64; BLOCK]| unsafe { s.get(from.as_ptr().add(at)) };
            let (x, y) = (get(self.x), get(self.y));
            let given = s.select(s.gt(y, s.splat(0.5)), x, s.sub(one, x));
            good = s.and(good, s.and(s.ge(given, least), s.ge(one, given)));
            if let Some(weights) = self.weights {
                let w = get(weights);
                sums = s.mul_add(w, ln_small(s, given), sums);
                weight = s.add(weight, w);
            } else {
                // The least normal number is brought to 1.
                let (power, rest) = s.split(s.mul(given, s.splat(1.0 / f64::MIN_POSITIVE)));
                powers = s.add(powers, s.add(power, s.splat(f64::LEAST_POWER)));
                product = s.mul(product, rest);
            }
        }
        let mut lanes = [[0.0; LANES]; 4];
        for (lanes, from) in lanes.iter_mut().zip([powers, product, sums, weight]) {
            // SAFETY: there is room for a vector.
            unsafe { s.put(lanes.as_mut_ptr(), from) };
        }
        let [powers, factors, sums, weights] = lanes.map(|lanes| lanes.into_iter().take(S::N));
        let weight = if self.weights.is_some() { weights.sum() } else { BLOCK as f64 };
        let all = s.bits(good) == s.bits(s.head(S::N));
        let (power, product) = (powers.sum(), factors.product());
        all.then(|| Sums { power, product, sum: sums.sum(), weight })
    }
}
