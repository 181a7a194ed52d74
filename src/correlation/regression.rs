//! How far predictions are from what came true, from exact sums of the errors
//! `d = y - prediction`, of their squares and magnitudes, and of y and its squares.
//!
//! With `P` and `N` the sums of errors above and below 0, exact halves of the sum of
//! magnitudes plus or minus that of errors, the pinball loss is `q P + (1 - q) N`, so
//! that the quantile need not be known beforehand.

use super::lanes::{BLOCK, Block, magnitude};
use super::moments::{Moments, Sum, SumOfProducts};
use super::waiting::{Pair, Waiting, blocks, rounded};
use crate::math::fixed::UNIT;
use crate::rows::column::TwoColumns;
use crate::simd::{Elem, Io, Kernel};
use crate::state::{Head, Kind, Params, State};
use core::mem::MaybeUninit;

/// What has been seen.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Regression {
    head: Head,
    /// Of y, and of errors.
    moments: Moments,
    sizes: Sizes,
}

/// Sums of magnitudes of errors.
#[repr(C)]
#[derive(Clone, Copy)]
struct Sizes {
    /// Rows whose error, relative to y, is past the range.
    infinite_rows: u64,
    /// The bits of the largest.
    largest: u64,
    absolute: Sum,
    relative: Sum,
}

// SAFETY: repr(C) of u64s behind a head; the assertion below excludes padding.
unsafe impl State for Regression {
    const KIND: Kind = Kind::Regression;

    fn size(params: &Params) -> Option<usize> {
        (params.param == 0).then_some(size_of::<Self>())
    }

    fn at(data: *mut u8, _: &Params) -> *mut Self {
        data.cast()
    }

    fn merge(&mut self, other: &Self) {
        let (sizes, more) = (&mut self.sizes, &other.sizes);
        self.moments.merge(&other.moments);
        sizes.infinite_rows = sizes.infinite_rows.wrapping_add(more.infinite_rows);
        sizes.largest = sizes.largest.max(more.largest);
        sizes.absolute.merge(&more.absolute);
        sizes.relative.merge(&more.relative);
    }
}

const _: () = assert!(size_of::<Regression>() == 16 + 8 * (310 + 2 + 2 * 40));

/// The result of `lgt_regression_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct RegressionReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those of which a number or the error is not finite; all but the weight is then NaN.
    pub nan_rows: u64,
    /// Those whose error over y is past the range of double: `mape` is then +inf.
    pub infinite_rows: u64,
    /// The sum of weights, n below.
    pub weight: f64,
    /// 1 less the mean squared error over that of the mean of y; NaN if y is constant.
    pub r2: f64,
    /// The same with n - 1 and n - predictors - 1; NaN unless the latter is above 0.
    pub adjusted_r2: f64,
    /// 1 less the variance of errors over that of y; NaN if y is constant.
    pub explained_variance: f64,
    /// Mean squared error.
    pub mse: f64,
    /// Its root.
    pub rmse: f64,
    /// Mean absolute error.
    pub mae: f64,
    /// Mean of y less the prediction.
    pub mean_error: f64,
    /// The largest absolute error.
    pub max_error: f64,
    /// Mean absolute error relative to |y|, as a fraction; |y| is at least 2^-52.
    pub mape: f64,
    /// Mean pinball loss at the quantile.
    pub pinball: f64,
}

impl Regression {
    /// Adds rows that passed [`TwoColumns::check`]; x is what was predicted.
    pub fn update(&mut self, data: TwoColumns) {
        let (mut waiting, mut sizes) = (Waiting::new(true), Waiting::new(false));
        let mut errors = [const { MaybeUninit::<[f64; BLOCK]>::uninit() }; 3];
        blocks(&data, &mut |block| {
            let [d, absolute, relative] = errors.each_mut().map(|error| error.as_mut_ptr().cast());
            let largest = f64::dispatch(Errors { block, d, absolute, relative });
            self.sizes.largest = self.sizes.largest.max(largest.to_bits());
            // SAFETY: the rows of a block are there, and so many errors now are.
            unsafe {
                waiting.block(Block { x: block.y, y: d, ..block }, &mut self.moments);
                sizes.block(Block { x: absolute, y: relative, ..block }, &mut self.sizes);
            }
        });
        waiting.empty(&mut self.moments);
        sizes.empty(&mut self.sizes);
    }

    /// The result so far, of a model with so many predictors, and the pinball loss at a
    /// quantile.
    pub fn finish(&self, predictors: u32, quantile: f64) -> RegressionReport {
        let (moments, sizes) = (&self.moments, &self.sizes);
        let found = moments.finish();
        let weight = found.weight;
        // 0 / 0 is NaN where nothing was seen.
        let per = if moments.nan_rows > 0 { f64::NAN } else { weight };
        let mse = moments.yy.to_f64() / per;
        let r2 = if found.xx > 0.0 { 1.0 - mse / found.xx } else { f64::NAN };
        let explained = if found.xx > 0.0 { 1.0 - found.yy / found.xx } else { f64::NAN };
        let free = weight - f64::from(predictors) - 1.0;
        let (mut above, mut below) = (sizes.absolute, sizes.absolute);
        above.merge(&moments.y);
        below.take(&moments.y);
        let pinball = quantile * above.to_f64() + (1.0 - quantile) * below.to_f64();
        let relative =
            if sizes.infinite_rows > 0 { f64::INFINITY } else { sizes.relative.to_f64() };
        RegressionReport {
            rows: moments.rows,
            nan_rows: moments.nan_rows,
            infinite_rows: sizes.infinite_rows,
            weight,
            r2,
            adjusted_r2: if free > 0.0 {
                1.0 - (1.0 - r2) * ((weight - 1.0) / free)
            } else {
                f64::NAN
            },
            explained_variance: explained,
            mse,
            rmse: libm::sqrt(mse),
            mae: sizes.absolute.to_f64() / per,
            mean_error: found.mean_y,
            max_error: f64::from_bits(sizes.largest) + 0.0 / per,
            mape: relative / per,
            pinball: 0.5 * pinball / per,
        }
    }
}

impl Pair for Sizes {
    fn add(&mut self, absolute: f64, relative: f64, weight: f64) {
        // What is no number was counted among the moments.
        if weight < UNIT || !(absolute.is_finite() && relative >= 0.0) {
            return;
        }
        let weight = rounded(weight);
        self.absolute.add_product([absolute, weight, 1.0]);
        if relative < f64::INFINITY {
            self.relative.add_product([relative, weight, 1.0]);
        } else {
            self.infinite_rows = self.infinite_rows.wrapping_add(1);
        }
    }

    fn count(&mut self, _: u64) {}

    fn sums(&mut self) -> [&mut Sum; 2] {
        [&mut self.absolute, &mut self.relative]
    }

    fn products(&mut self) -> Option<[&mut SumOfProducts; 3]> {
        None
    }
}

/// The errors of a block, magnitudes, and those relative to y.
struct Errors {
    /// The prediction, and y.
    block: Block,
    d: *mut f64,
    absolute: *mut f64,
    relative: *mut f64,
}

impl Kernel<f64> for Errors {
    /// The largest magnitude that has a weight.
    type Out = f64;

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) -> f64 {
        let Errors { block, d: to_d, absolute: to_absolute, relative: to_relative } = self;
        let (zero, least, unit) = (s.splat(0.0), s.splat(f64::EPSILON), s.splat(UNIT));
        let (weights, mask) = block.weights();
        let mut largest = zero;
        for at in (0..block.padded()).step_by(S::N) {
            // SAFETY: there are so many numbers, weights where they count, and room.
            unsafe {
                let y = s.get(block.y.add(at));
                let d = s.sub(y, s.get(block.x.add(at)));
                let absolute = magnitude(s, d);
                let relative = s.div(absolute, s.max(least, magnitude(s, y)));
                s.put(to_d.add(at), d);
                s.put(to_absolute.add(at), absolute);
                s.put(to_relative.add(at), relative);
                let counts = s.ge(s.get(weights.add(at & mask)), unit);
                largest = s.max(s.select(counts, absolute, zero), largest);
            }
        }
        s.reduce_max(largest)
    }
}
