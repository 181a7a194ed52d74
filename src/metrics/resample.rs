//! Resampling by weights, and intervals from what a statistic was in each resample.
//!
//! Drawing n of n rows with replacement gives each row a binomial number of copies
//! of mean 1. A Poisson number of mean 1 for each row by itself has the same effect
//! on all but tiny samples, and needs to know neither n nor the other rows: the
//! Poisson bootstrap. N. Chamandy et al., "Estimating Uncertainty for Massive Data
//! Streams" (2012).

use crate::math::normal;
use crate::math::philox::{halves, philox_lanes, poisson};
use crate::math::select::{numbers, quantile};
use crate::simd::{Elem, Io, Kernel, Real};

/// Rows that are drawn for at once.
pub const ROWS: usize = 64;

/// The draws of rows for four replicates, replicate by replicate.
pub type Draws = [[u8; ROWS]; 4];

/// The draws of up to [`ROWS`] rows from `row` on for replicates `4 group` to
/// `4 group + 3`: functions of seed, row and replicate alone, and part of what a
/// state promises.
pub fn draws(seed: u64, row: u64, rows: usize, group: u32, out: &mut Draws) {
    f64::dispatch(DrawRows { seed, row, rows, group, out });
}

struct DrawRows<'a> {
    seed: u64,
    row: u64,
    rows: usize,
    group: u32,
    out: &'a mut Draws,
}

/// Rows whose numbers are in vectors at once.
const LANES: usize = 16;

impl Kernel<f64> for DrawRows<'_> {
    type Out = ();

    // Plain arrays, of which the compiler makes vectors of the level's own length.
    #[inline(always)]
    fn run<S: Io<f64>>(self, _: S) {
        let key = halves(self.seed);
        for start in (0..self.rows.min(ROWS)).step_by(LANES) {
            let (mut low, mut high) = ([0; LANES], [0; LANES]);
            for i in 0..LANES {
                let row = self.row.wrapping_add((start + i) as u64);
                (low[i], high[i]) = (row & u64::from(u32::MAX), row >> 32);
            }
            let words = philox_lanes(low, high, [self.group, 0], key);
            for (draws, words) in self.out.iter_mut().zip(words) {
                if let Some(draws) = draws.get_mut(start..start + LANES) {
                    for (draw, word) in draws.iter_mut().zip(words) {
                        *draw = poisson(word as u32) as u8;
                    }
                }
            }
        }
    }
}

/// Writes the draws of rows from `row` on for one replicate.
pub fn weights<E: Elem>(seed: u64, replicate: u32, row: u64, out: &mut [E]) {
    let mut drawn = [[0; ROWS]; 4];
    for (block, part) in out.chunks_mut(ROWS).enumerate() {
        let start = row.wrapping_add((block * ROWS) as u64);
        draws(seed, start, part.len(), replicate / 4, &mut drawn);
        for copies in drawn.iter().skip(replicate as usize % 4).take(1) {
            for (weight, copies) in part.iter_mut().zip(copies) {
                *weight = E::narrow(E::Acc::of(f64::from(*copies)));
            }
        }
    }
}

/// Mean and standard deviation (of a sample) of what is not NaN, and how many that
/// is. NaN where there is too little.
pub fn moments(values: &[f64]) -> (f64, f64, usize) {
    let count = numbers(values).count();
    let mean = numbers(values).sum::<f64>() / count as f64;
    let squares: f64 = numbers(values).map(|x| (x - mean) * (x - mean)).sum();
    let spread = if count > 1 { libm::sqrt(squares / (count - 1) as f64) } else { f64::NAN };
    (mean, spread, count)
}

/// The percentile interval: what is left when as much is cut off on either side.
pub fn percentile(values: &[f64], confidence: f64) -> (f64, f64) {
    let side = 0.5 * (1.0 - confidence);
    between(values, side, 1.0 - side)
}

fn between(values: &[f64], low: f64, high: f64) -> (f64, f64) {
    if low.is_nan() || high.is_nan() {
        return (f64::NAN, f64::NAN);
    }
    let count = numbers(values).count();
    (quantile(values, count, low), quantile(values, count, high))
}

/// The percentile interval with its ends moved for bias and skewness: B. Efron and
/// R. Tibshirani, "An Introduction to the Bootstrap" (1993), equation 14.10.
pub fn bca(values: &[f64], estimate: f64, jackknife: &[f64], confidence: f64) -> (f64, f64) {
    let count = numbers(values).count() as f64;
    let below = numbers(values).filter(|x| *x < estimate).count();
    let same = numbers(values).filter(|x| *x == estimate).count();
    let bias = normal::quantile((below as f64 + 0.5 * same as f64) / count);
    let skewness = acceleration(jackknife);
    let moved = |z: f64| {
        let z = bias + z;
        normal::cdf(bias + z / (1.0 - skewness * z))
    };
    let z = normal::upper_quantile(0.5 * (1.0 - confidence));
    if estimate.is_nan() { (f64::NAN, f64::NAN) } else { between(values, moved(-z), moved(z)) }
}

/// A sixth of the skewness of the values that the statistic takes when one row is
/// left out at a time, equation 14.15 there. NaN if they are all the same.
fn acceleration(jackknife: &[f64]) -> f64 {
    let mean = jackknife.iter().sum::<f64>() / jackknife.len() as f64;
    // In units of the largest, so that no power leaves the range.
    let unit = jackknife.iter().fold(0.0, |most: f64, x| most.max((mean - x).abs()));
    let (mut squares, mut cubes) = (0.0, 0.0);
    for x in jackknife {
        let off = (mean - x) / unit;
        squares += off * off;
        cubes += off * off * off;
    }
    cubes / (6.0 * squares * libm::sqrt(squares))
}
