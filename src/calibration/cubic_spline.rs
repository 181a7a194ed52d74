//! Natural cubic splines over even knots from 0 to 1, fitted by least squares to a line
//! of many pieces: the least `integral of (g - D)^2` over 0 .. 1.
//!
//! A spline is its values `y` at the knots. With `m = h^2 / 6` times its second
//! derivatives there, `h` between knots, `u` the share of the way from one to the next
//! and `v = 1 - u`, it is `y0 v + y1 u + m0 (v^3 - v) + m1 (u^3 - u)`; slopes agree where
//! `m[i-1] + 4 m[i] + m[i+1] = y[i-1] - 2 y[i] + y[i+1]`, and m is 0 at both ends.
//! Products of those four functions have known integrals, so only `D` times each is to
//! be integrated, and the equations do not depend on the data.

use crate::math::cholesky::{self, MOST};
use crate::math::sum::Sum;

/// The least number of knots.
pub const LEAST_KNOTS: usize = 2;
/// The largest.
pub const MOST_KNOTS: usize = MOST;

/// A number a knot; those past the last are 0.
pub type Knots = [f64; MOST];

/// Integrals of products of the four functions.
const PRODUCTS: [[f64; 4]; 4] = [
    [1.0 / 3.0, 1.0 / 6.0, -2.0 / 15.0, -7.0 / 60.0],
    [1.0 / 6.0, 1.0 / 3.0, -7.0 / 60.0, -2.0 / 15.0],
    [-2.0 / 15.0, -7.0 / 60.0, 8.0 / 105.0, 31.0 / 420.0],
    [-7.0 / 60.0, -2.0 / 15.0, 31.0 / 420.0, 8.0 / 105.0],
];

/// Gauss's nodes, and their weights, for three points on -1 .. 1: exact up to degree 5.
const GAUSS: [[f64; 2]; 3] =
    [[-0.774_596_669_241_483_4, 5.0 / 9.0], [0.0, 8.0 / 9.0], [0.774_596_669_241_483_4, 5.0 / 9.0]];

/// The four functions.
#[inline(always)]
fn functions(u: f64) -> [f64; 4] {
    let v = 1.0 - u;
    [v, u, v * (v * v - 1.0), u * (u * u - 1.0)]
}

/// Solves `x[i-1] + 4 x[i] + x[i+1] = right[i]` for all knots but the first and the last,
/// where x is 0.
fn bend(right: &Knots, knots: usize) -> Knots {
    let (mut x, mut ratio) = ([0.0; MOST], [0.0; MOST]);
    let mut before = (0.0, 0.0);
    for ((x, ratio), right) in x.iter_mut().zip(&mut ratio).zip(right).take(knots - 1).skip(1) {
        let pivot = 4.0 - before.1;
        (*x, *ratio) = ((right - before.0) / pivot, 1.0 / pivot);
        before = (*x, *ratio);
    }
    let mut after = 0.0;
    for i in (1..knots.saturating_sub(1)).rev() {
        if let (Some(x), Some(ratio)) = (x.get_mut(i), ratio.get(i)) {
            *x -= ratio * after;
            after = *x;
        }
    }
    x
}

/// Second differences; beyond the ends is 0.
fn differences(y: &Knots, knots: usize) -> Knots {
    let mut to = [0.0; MOST];
    let mut before = 0.0;
    for (i, to) in to.iter_mut().enumerate().take(knots) {
        let at = |i: usize| y.get(i).copied().unwrap_or(0.0);
        *to = before - 2.0 * at(i) + at(i + 1);
        before = at(i);
    }
    to
}

/// A spline.
#[derive(Clone, Copy)]
pub struct Spline {
    knots: usize,
    /// Values at the knots.
    pub y: Knots,
    m: Knots,
}

impl Spline {
    /// The one that has these values.
    pub fn through(y: Knots, knots: usize) -> Spline {
        Spline { knots, y, m: bend(&differences(&y, knots), knots) }
    }

    /// What the four functions are taken times, before knot `j + 1`.
    #[inline(always)]
    fn factors(&self, j: usize) -> [f64; 4] {
        let at = |x: &Knots, j: usize| x.get(j).copied().unwrap_or(0.0);
        [at(&self.y, j), at(&self.y, j + 1), at(&self.m, j), at(&self.m, j + 1)]
    }

    /// The mean of its slope between two places.
    #[inline(never)]
    pub fn mean_slope(&self, from: f64, to: f64) -> f64 {
        let (mut sum, mut length, mut slope) = (0.0, 0.0, 0.0);
        each_piece(self.knots, from, to, &mut |j, from, to| {
            let [y0, y1, m0, m1] = self.factors(j);
            // The difference of values over that of places, without cancellation.
            let square = |a: f64, b: f64| a * a + a * b + b * b - 1.0;
            slope = y1 - y0 + m1 * square(from, to) - m0 * square(1.0 - from, 1.0 - to);
            (sum, length) = (sum + (to - from) * slope, length + (to - from));
        });
        let mean = if length > 0.0 { sum / length } else { slope };
        mean * (self.knots - 1) as f64
    }
}

/// Divides a way at the knots: calls with the number of the knot before, and shares of
/// the way from there to the next.
#[inline(always)]
fn each_piece(knots: usize, from: f64, to: f64, each: &mut impl FnMut(usize, f64, f64)) {
    let (last, n) = (knots - 2, (knots - 1) as f64);
    let (mut from, to) = (from * n, to * n);
    let first = (from as usize).min(last);
    for j in first..=last {
        let end = if j == last { to } else { to.min((j + 1) as f64) };
        each(j, from - j as f64, end - j as f64);
        if end >= to {
            break;
        }
        from = end;
    }
}

/// Integrals of a line of many pieces times the four functions.
pub struct Fit {
    knots: usize,
    sums: [[Sum; 4]; MOST],
}

impl Fit {
    /// A line that is 0.
    pub fn new(knots: usize) -> Fit {
        Fit { knots: knots.clamp(LEAST_KNOTS, MOST_KNOTS), sums: [[Sum::ZERO; 4]; MOST] }
    }

    /// Between two places it goes from a value to another.
    #[inline(never)]
    pub fn add(&mut self, [from, to]: [f64; 2], [low, high]: [f64; 2]) {
        let n = (self.knots - 1) as f64;
        let rise = if to > from { (high - low) / ((to - from) * n) } else { 0.0 };
        let sums = &mut self.sums;
        each_piece(self.knots, from, to, &mut |j, a, b| {
            let (middle, half) = (0.5 * (a + b), 0.5 * (b - a));
            let mut parts = [0.0; 4];
            for [node, weight] in GAUSS {
                let u = middle + half * node;
                let value = low + rise * (u + j as f64 - from * n);
                for (part, f) in parts.iter_mut().zip(functions(u)) {
                    *part += half * weight * value * f;
                }
            }
            if let Some(sums) = sums.get_mut(j) {
                sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum = sum.plus(part));
            }
        });
    }

    /// The nearest spline.
    #[inline(never)]
    pub fn spline(&self) -> Spline {
        let knots = self.knots;
        let mut matrix = [[0.0; MOST]; MOST];
        for (i, row) in matrix.iter_mut().enumerate() {
            let mut unit = [0.0; MOST];
            unit.iter_mut().skip(i).take(1).for_each(|y| *y = 1.0);
            *row = unit;
            if i < knots {
                let spline = Spline::through(unit, knots);
                let mut sums = [[0.0; 4]; MOST];
                for (j, sums) in sums.iter_mut().enumerate().take(knots - 1) {
                    let factors = spline.factors(j);
                    let dot = |with: [f64; 4]| (0..4).fold(0.0, |d, i| d + with[i] * factors[i]);
                    *sums = PRODUCTS.map(dot);
                }
                *row = by_values(&sums, knots);
            }
        }
        let mut y = by_values(&self.sums.map(|sums| sums.map(Sum::value)), knots);
        cholesky::solve(&mut matrix, &mut y);
        Spline::through(y, knots)
    }
}

/// What numbers that belong to the four functions before each knot are by its values:
/// the transpose of how those give factors.
fn by_values(sums: &[[f64; 4]; MOST], knots: usize) -> Knots {
    let (mut y, mut m) = ([0.0; MOST], [0.0; MOST]);
    let mut before = [0.0; 4];
    for ((y, m), sums) in y.iter_mut().zip(&mut m).zip(sums).take(knots) {
        (*y, *m) = (sums[0] + before[1], sums[2] + before[3]);
        before = *sums;
    }
    let bent = differences(&bend(&m, knots), knots);
    y.iter_mut().zip(bent).for_each(|(y, bent)| *y += bent);
    y
}
