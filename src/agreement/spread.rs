//! The standard error of a coefficient, items being a sample (K. L. Gwet, "Computing
//! inter-rater reliability and its variance in the presence of high agreement", 2008).
//!
//! Each item has a part in the coefficient, in which what it does to the shares of the
//! categories is counted to first order. With D for observed disagreement, E for that
//! by chance, and `u_k` for what a rating k does to E, an item is off the mean by
//! `const - s sum v_kl r_k r_l + 2 D / E^2 sum u_k r_k / m`: as the `r_k` add up to m, a
//! quadratic form in them. The sum of its squares is one over the products of four.

use super::agreement::{MOST_WITH_ERRORS, Raters, Table};
use super::chance::{Coefficient, Opts, Parts};
use super::weights::Scheme;
use crate::math::sum::Sum;

const MOST: usize = MOST_WITH_ERRORS;

/// A number for each two categories.
type Square = [[f64; MOST]; MOST];

/// The number for two.
#[inline(never)]
fn get(square: &Square, k: usize, l: usize) -> f64 {
    square.get(k).and_then(|row| row.get(l)).copied().unwrap_or(f64::NAN)
}

#[inline(never)]
fn put(square: &mut Square, k: usize, l: usize, x: f64) {
    if let Some(place) = square.get_mut(k).and_then(|row| row.get_mut(l)) {
        *place = x;
    }
}

/// The standard error; NaN without products of four, for one item, and for weights
/// that come from the data.
#[inline(never)]
pub fn std_error(of: &Raters, opts: &Opts, parts: &Parts) -> f64 {
    let setup = of.setup();
    if !setup.errors || opts.weights.scheme == Scheme::Ranks {
        return f64::NAN;
    }
    let n = setup.categories.min(MOST);
    let mut far = [[0.0; MOST]; MOST];
    opts.weights.each_pair(of, &mut |k, l, x| {
        put(&mut far, k, l, x);
        put(&mut far, l, k, x);
    });
    let mut chances = [0.0; MOST];
    for (k, chance) in chances.iter_mut().enumerate().take(n) {
        *chance = match parts.coefficient {
            Coefficient::Gwet => 1.0 - parts.scale * (1.0 - parts.share(of, k)),
            Coefficient::BrennanPrediger => parts.chance,
            _ => (0..n).fold(0.0, |sum, l| sum + get(&far, k, l) * parts.share(of, l)),
        };
    }
    let mut squares = Sum::ZERO;
    for table in of.each().filter(|table| parts.coefficient.takes(table.ratings)) {
        let form = form(&table, parts, &far, &chances, n);
        squares = squares.plus(sum_of_squares(&table, &form, n));
    }
    let items = if parts.coefficient.takes(1) { parts.items } else { parts.paired };
    // What rounding left of no spread may be below it; NaN is not.
    let squares = squares.value();
    let squares = if squares < 0.0 { 0.0 } else { squares };
    if items > 1.0 { libm::sqrt(squares / (items * (items - 1.0))) } else { f64::NAN }
}

/// How far an item of so many ratings is off the mean, as a quadratic form.
#[inline(never)]
fn form(table: &Table, parts: &Parts, far: &Square, chances: &[f64; MOST], n: usize) -> Square {
    let (m, off) = (table.ratings as f64, parts.off());
    let (constant, count, scale) = if parts.coefficient == Coefficient::Krippendorff {
        let mean = parts.ratings / parts.paired;
        // Gwet's has agreement for draws without putting back where it meets the number
        // of ratings, which is seen where that varies.
        let over = (1.0 - parts.few()) * (m / mean - 1.0);
        (-off * (m / mean + over), mean, 1.0 / (mean * (m - 1.0)))
    } else {
        // Items with one rating say nothing of agreement, and the others for them.
        let part = if m > 1.0 { parts.items / parts.paired } else { 0.0 };
        let scale = if m > 1.0 { part / (m * (m - 1.0)) } else { 0.0 };
        (part - 1.0 - off, m, scale)
    };
    let mut form = [[0.0; MOST]; MOST];
    let by = 2.0 * off / (parts.chance * count);
    for (k, at_k) in chances.iter().take(n).enumerate() {
        for (l, at_l) in chances.iter().take(n).enumerate() {
            let linear = by * (at_k + at_l) / (2.0 * m);
            let apart = scale * get(far, k, l) / parts.chance;
            put(&mut form, k, l, constant / (m * m) + linear - apart);
        }
    }
    form
}

/// The sum of the squares of a form over items.
#[inline(never)]
fn sum_of_squares(table: &Table, form: &Square, n: usize) -> f64 {
    let (mut sum, mut products) = (Sum::ZERO, table.fours.iter());
    for d in 0..n {
        for c in 0..=d {
            for b in 0..=c {
                for a in 0..=b {
                    let product = products.next().copied().unwrap_or(0);
                    if product == 0 {
                        continue;
                    }
                    // Ways to order four of which some are the same, a third for each
                    // way to make two pairs of them.
                    let same = [a == b, b == c, c == d];
                    let orders = match same {
                        [false, false, false] => 24.0,
                        [true, false, true] => 6.0,
                        [true, true, true] => 1.0,
                        [true, true, false] | [false, true, true] => 4.0,
                        _ => 12.0,
                    };
                    let pairs = get(form, a, b) * get(form, c, d)
                        + get(form, a, c) * get(form, b, d)
                        + get(form, a, d) * get(form, b, c);
                    sum = sum.plus(product as f64 * (orders / 3.0) * pairs);
                }
            }
        }
    }
    sum.value()
}
