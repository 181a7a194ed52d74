//! Exact sums of two columns, of their squares and of their products, and what is made
//! of them: `W sum w x^2 - (sum w x)^2` is a whole number of units too, so that a mean
//! however far from 0 takes nothing from the variance.

use super::waiting::{Pair, rounded};
use crate::math::fixed::{Fixed, UNIT};

/// Of x times weight: down to the last bit of both.
pub type Sum = Fixed<40>;
/// Of x times y times weight, likewise.
pub type SumOfProducts = Fixed<74>;
/// Of weights, which are multiples of [`UNIT`].
pub type SumOfWeights = Fixed<6>;
/// Of the products of such sums.
type Spread = Fixed<80>;

/// What has been seen.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Moments {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those with a number that is not finite, in no sum but that of weights.
    pub nan_rows: u64,
    /// The sum of weights.
    pub weight: SumOfWeights,
    /// Weighted sums.
    pub x: Sum,
    /// As above.
    pub y: Sum,
    /// As above.
    pub xx: SumOfProducts,
    /// As above.
    pub xy: SumOfProducts,
    /// As above.
    pub yy: SumOfProducts,
}

/// What they come to, all NaN if a row was.
pub struct Found {
    /// The sum of weights.
    pub weight: f64,
    /// Weighted means.
    pub mean_x: f64,
    /// As above.
    pub mean_y: f64,
    /// Weighted means of squared distances from the mean, and of their product.
    pub xx: f64,
    /// As above.
    pub xy: f64,
    /// As above.
    pub yy: f64,
    /// The same three over the weight less 1; NaN unless that is above 0.
    pub unbiased: [f64; 3],
    /// `xy / sqrt(xx yy)`; NaN where one of these is 0.
    pub r: f64,
    /// `xy / xx`.
    pub slope: f64,
}

impl Moments {
    /// Adds what another has seen.
    pub fn merge(&mut self, other: &Self) {
        self.rows = self.rows.wrapping_add(other.rows);
        self.nan_rows = self.nan_rows.wrapping_add(other.nan_rows);
        self.weight.merge(&other.weight);
        self.x.merge(&other.x);
        self.y.merge(&other.y);
        self.xx.merge(&other.xx);
        self.xy.merge(&other.xy);
        self.yy.merge(&other.yy);
    }

    /// Weight times a sum of products less the product of sums, as a number times an even
    /// power of two, of which there is a root.
    #[inline(never)]
    fn spread(&self, products: &SumOfProducts, [x, y]: [&Sum; 2]) -> (f64, i32) {
        let mut spread = Spread::ZERO;
        spread.add_product_of(&self.weight, products, false);
        spread.add_product_of(x, y, true);
        let (value, power) = spread.to_parts();
        let (value, odd) = libm::frexp(value);
        let power = power + odd;
        if power % 2 == 0 { (value, power) } else { (2.0 * value, power - 1) }
    }

    /// The result so far. Each number is made of whole ones and rounded a few times.
    pub fn finish(&self) -> Found {
        let weight = self.weight.to_f64();
        let per = if self.nan_rows > 0 { f64::NAN } else { weight };
        let over = |part, by| over(part, weight, by);
        let part = |products, sums| self.spread(products, sums);
        let unbiased = if per > 1.0 { per - 1.0 } else { f64::NAN };
        let xx = part(&self.xx, [&self.x, &self.x]);
        let xy = part(&self.xy, [&self.x, &self.y]);
        let yy = part(&self.yy, [&self.y, &self.y]);
        // With equal roots the quotient of what is under them is rounded once.
        let roots = if xx == yy { xx.0 } else { libm::sqrt(xx.0) * libm::sqrt(yy.0) };
        let r = libm::scalbn(xy.0 / roots, xy.1 - (xx.1 + yy.1) / 2);
        let slope = libm::scalbn(xy.0 / xx.0, xy.1 - xx.1);
        let nan = 0.0 / per;
        Found {
            weight,
            mean_x: self.x.to_f64() / per,
            mean_y: self.y.to_f64() / per,
            xx: over(xx, per),
            xy: over(xy, per),
            yy: over(yy, per),
            unbiased: [xx, xy, yy].map(|part| over(part, unbiased)),
            r: if xx.0 > 0.0 && yy.0 > 0.0 { r.clamp(-1.0, 1.0) + nan } else { f64::NAN },
            slope: if xx.0 > 0.0 { slope + nan } else { f64::NAN },
        }
    }
}

/// A number over two others, first divided, so that no step is past the range.
#[inline(never)]
fn over((value, power): (f64, i32), weight: f64, by: f64) -> f64 {
    libm::scalbn(value / weight / by, power)
}

impl Pair for Moments {
    fn add(&mut self, x: f64, y: f64, weight: f64) {
        if weight < UNIT {
            return;
        }
        let weight = rounded(weight);
        self.rows = self.rows.wrapping_add(1);
        self.weight.add(weight);
        if !(x.is_finite() && y.is_finite()) {
            self.nan_rows = self.nan_rows.wrapping_add(1);
            return;
        }
        self.x.add_product([x, weight, 1.0]);
        self.y.add_product([y, weight, 1.0]);
        self.xx.add_product([x, x, weight]);
        self.xy.add_product([x, y, weight]);
        self.yy.add_product([y, y, weight]);
    }

    fn count(&mut self, rows: u64) {
        self.rows = self.rows.wrapping_add(rows);
        self.weight.add_whole(rows as i64, 0);
    }

    fn sums(&mut self) -> [&mut Sum; 2] {
        [&mut self.x, &mut self.y]
    }

    fn products(&mut self) -> Option<[&mut SumOfProducts; 3]> {
        Some([&mut self.xx, &mut self.xy, &mut self.yy])
    }
}
