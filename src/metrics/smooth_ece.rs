//! Smooth calibration error: residuals `p - y` smoothed along `p` by a Gaussian
//! that is reflected at 0 and 1, and the mean of what is left in magnitude, at
//! the bandwidth `s` where that mean is `s` itself.
//!
//! Reflection makes every function of `p` even and periodic, so cosines are the
//! natural terms: with `a_k = (2 / W) sum_i w_i (p_i - y_i) cos(k pi p_i)` the
//! smoothed residual at `t` is `sum_k a_k exp(-(k pi s)^2 / 2) cos(k pi t)`, all
//! images of the kernel included. About `3 / s` terms matter. Its integral is
//! known, so that of its magnitude is a sum over the stretches between its zeros,
//! which need not be known well: an error there counts by its square.
//!
//! So that the cosines need not be summed over all rows, each residual is first
//! shared out to four neighbours of `GRID + 1` points by cubic interpolation,
//! whose error is `0.05 (s GRID)^-4` of the result.

use super::bins::is_probability;
use super::points::Points;
use crate::math::fixed::Bounded;
use core::f64::consts::PI;

/// Intervals of the grid, a power of two.
const GRID: usize = 8192;
/// The least bandwidth.
const LEAST: f64 = 1.0 / 1024.0;
/// The most terms: `REACH / LEAST`.
const TERMS: usize = 2880;
/// Terms beyond `REACH / s` are below 1e-16 of what they were.
const REACH: f64 = 2.8;
/// Bisections of 0 .. 1.
const HALVINGS: usize = 44;

/// Words of scratch.
pub const WORDS: usize = 2 * (GRID + 1) + 3 * (TERMS + 1);

/// The result of `lgt_smooth_ece`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SmoothEceReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those without a probability; all below is then NaN.
    pub nan_rows: u64,
    /// The sum of weights of the others.
    pub weight: f64,
    /// Smooth calibration error.
    pub ece: f64,
    /// The bandwidth at which that is so: `ece` itself, or 1/1024 if `ece` is
    /// less.
    pub bandwidth: f64,
}

/// The error at its own bandwidth.
pub fn apply(points: &Points, scratch: &mut [f64]) -> SmoothEceReport {
    let (grid, rest) = scratch.split_at_mut_checked(GRID + 1).unwrap_or_default();
    let (cosines, terms) = rest.split_at_mut_checked(GRID + 1).unwrap_or_default();
    grid.fill(0.0);
    for (j, cosine) in cosines.iter_mut().enumerate() {
        *cosine = libm::cos(PI * j as f64 / GRID as f64);
    }
    let mut report =
        SmoothEceReport { rows: 0, nan_rows: 0, weight: 0.0, ece: f64::NAN, bandwidth: f64::NAN };
    let mut weight = Bounded::ZERO;
    for point in points.iter() {
        report.rows += 1;
        if is_probability(point.p) {
            weight.add(point.weight);
            share_out(grid, point.p, point.weight * (point.p - f64::from(u8::from(point.hit))));
        } else {
            report.nan_rows += 1;
        }
    }
    report.weight = weight.to_f64();
    if report.nan_rows == 0 && report.weight > 0.0 {
        let mut series = Series::new(grid, cosines, terms, report.weight);
        (report.ece, report.bandwidth) = series.fixed_point();
    }
    report
}

/// Adds a residual to the four points of the grid about `p`, so that any cubic
/// has the same sum as before; what is past an end is reflected.
fn share_out(grid: &mut [f64], p: f64, residual: f64) {
    let at = p.min(1.0) * GRID as f64;
    let first = (at as usize).min(GRID - 1);
    let t = at - first as f64;
    let shares = [
        -t * (t - 1.0) * (t - 2.0) / 6.0,
        (t + 1.0) * (t - 1.0) * (t - 2.0) / 2.0,
        -(t + 1.0) * t * (t - 2.0) / 2.0,
        (t + 1.0) * t * (t - 1.0) / 6.0,
    ];
    for (i, share) in shares.into_iter().enumerate() {
        // Place first - 1 + i, from 0 to GRID, in the first or the last cell from
        // beyond.
        let place = (first + i).abs_diff(1);
        let place = if place > GRID { 2 * GRID - place } else { place };
        if let Some(sum) = grid.get_mut(place) {
            *sum += share * residual;
        }
    }
}

/// The residuals as a sum of cosines.
struct Series<'a> {
    grid: &'a [f64],
    cosines: &'a [f64],
    /// Coefficients, as many as are `known`.
    coefficients: &'a mut [f64],
    known: usize,
    /// The same at some bandwidth ..
    damped: &'a mut [f64],
    /// .. and those of the integral, over sines.
    integral: &'a mut [f64],
    weight: f64,
}

impl<'a> Series<'a> {
    fn new(grid: &'a [f64], cosines: &'a [f64], terms: &'a mut [f64], weight: f64) -> Series<'a> {
        let (coefficients, rest) = terms.split_at_mut_checked(TERMS + 1).unwrap_or_default();
        let (damped, integral) = rest.split_at_mut_checked(TERMS + 1).unwrap_or_default();
        Series { grid, cosines, coefficients, known: 0, damped, integral, weight }
    }

    /// The error and the bandwidth where they meet. The error falls as the
    /// bandwidth grows; small bandwidths, which take many terms, are looked at only
    /// where the error is small.
    fn fixed_point(&mut self) -> (f64, f64) {
        let (mut low, mut high) = (LEAST, 1.0);
        for _ in 0..HALVINGS {
            let middle = 0.5 * (low + high);
            if self.error(middle) > middle { low = middle } else { high = middle }
        }
        if low > LEAST {
            return (high, high);
        }
        let least = self.error(low);
        if least <= low { (least, low) } else { (high, high) }
    }

    /// The mean magnitude of the residuals smoothed with bandwidth `s`.
    fn error(&mut self, s: f64) -> f64 {
        let count = ((REACH / s) as usize + 1).min(TERMS);
        self.know(count);
        for (k, ((to, integral), a)) in
            self.damped.iter_mut().zip(&mut *self.integral).zip(&*self.coefficients).enumerate()
        {
            let x = k as f64 * PI;
            *to = a * libm::exp(-0.5 * (x * s) * (x * s));
            *integral = if k == 0 { 0.0 } else { *to / x };
            if k == count {
                break;
            }
        }
        self.magnitude(count, s)
    }

    /// Sees to it that coefficients up to `count` are there.
    fn know(&mut self, count: usize) {
        for k in self.known..=count {
            let mut sum = 0.0;
            // Where k j stands on the circle of 2 GRID points.
            let mut place = 0;
            for residual in self.grid {
                let folded = if place > GRID { 2 * GRID - place } else { place };
                sum += residual * self.cosines.get(folded).unwrap_or(&0.0);
                place = (place + k) % (2 * GRID);
            }
            if let Some(a) = self.coefficients.get_mut(k) {
                *a = sum * if k == 0 { 1.0 } else { 2.0 } / self.weight;
            }
        }
        self.known = self.known.max(count + 1);
    }

    /// The integral of the magnitude: from zero to zero by the known integral,
    /// zeros by the secant of steps of `s / 32`, but at most `GRID` of them. Two zeros
    /// within a step are missed, and what lies between is next to nothing.
    fn magnitude(&self, count: usize, s: f64) -> f64 {
        let steps = ((32.0 / s) as usize).next_power_of_two().clamp(64, GRID);
        let (mut total, mut since) = (0.0, 0.0);
        let [mut last] = self.values(count, [0], steps);
        for j in (1..=steps).step_by(4) {
            let values = self.values(count, [j, j + 1, j + 2, j + 3], steps);
            for (i, value) in values.into_iter().enumerate() {
                if (value < 0.0) != (last < 0.0) {
                    let zero = (j + i) as f64 - value / (value - last);
                    let up_to = self.integral_to(count, zero / steps as f64);
                    total += (up_to - since).abs();
                    since = up_to;
                }
                last = value;
            }
        }
        total + (self.integral_to(count, 1.0) - since).abs()
    }

    /// The smoothed residuals at `j / steps`.
    #[inline(always)]
    fn values<const N: usize>(&self, count: usize, at: [usize; N], steps: usize) -> [f64; N] {
        let cosine = |j: usize| *self.cosines.get(j * (GRID / steps)).unwrap_or(&0.0);
        let x = at.map(cosine);
        let (one, two) = clenshaw(self.damped.get(1..=count).unwrap_or_default(), x);
        let constant = *self.damped.first().unwrap_or(&0.0);
        let mut values = [constant; N];
        for (((value, x), one), two) in values.iter_mut().zip(x).zip(one).zip(two) {
            *value += x * one - two;
        }
        values
    }

    /// Their integral from 0 to `t`.
    fn integral_to(&self, count: usize, t: f64) -> f64 {
        let terms = self.integral.get(1..=count).unwrap_or_default();
        let ([one], _) = clenshaw(terms, [libm::cos(PI * t)]);
        let constant = *self.damped.first().unwrap_or(&0.0);
        constant * t + one * libm::sin(PI * t)
    }
}

/// Clenshaw's recurrence for terms 1, 2, .. at cosines `x`: its last two numbers,
/// of which `x one - two` is the sum over cosines, `one` times the sine that over
/// sines.
#[inline(always)]
fn clenshaw<const N: usize>(terms: &[f64], x: [f64; N]) -> ([f64; N], [f64; N]) {
    let (mut one, mut two) = ([0.0; N], [0.0; N]);
    for term in terms.iter().rev() {
        for ((one, two), x) in one.iter_mut().zip(&mut two).zip(x) {
            let next = term + 2.0 * x * *one - *two;
            (*one, *two) = (next, *one);
        }
    }
    (one, two)
}
