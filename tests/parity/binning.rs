//! Calibrators that bin scores, and the one that draws a spline, against their formulas.

use crate::logistic::{off, sigmoid};
use crate::reference::calibrators::{self as exact, Bin};
use crate::support::bounds::*;
use crate::support::calibrated::{Fitted, Rows, near, near_loss};
use crate::support::level;
use crate::support::rng::Rng;
use logitude::capi::bbq::*;
use logitude::capi::histogram_binning::*;
use logitude::capi::scaling_binning::*;
use logitude::capi::spline::*;
use logitude::capi::types::LGT_U8;

const SIZES: [usize; 8] = [1, 2, 15, 16, 17, 64, 130, 300];

/// Options as a function fills them.
fn defaults<T>(fill: unsafe extern "C" fn(*mut T)) -> T {
    let mut opts = core::mem::MaybeUninit::uninit();
    // SAFETY: the function writes the whole struct.
    unsafe {
        fill(opts.as_mut_ptr());
        opts.assume_init()
    }
}

/// What each row's bin is worth.
fn spread(rows: &Rows, bins: &[Bin], values: &[f64]) -> Vec<f64> {
    let of = |x: &f64| bins.iter().position(|bin| (bin.low..=bin.high).contains(x)).unwrap();
    rows.x.iter().map(|x| values[of(x)]).collect()
}

/// Rows with and without weights, and what to call them.
fn each_rows(seed: u64, each: &mut dyn FnMut(&Rows, &str)) {
    let mut rng = Rng::new(seed);
    for n in SIZES {
        let rows = Rows::new(&mut rng, n);
        for weighted in [false, true] {
            let rows = rows.weighted(weighted);
            level::each(|level| each(&rows, &format!("{level} {n} {weighted}")));
        }
    }
}

fn histogram(rows: &Rows, opts: &lgt_histogram_binning_opts) -> Fitted {
    let (n, flag) = (rows.len(), u32::from(!rows.is_plain()));
    let (x, y, w) = (rows.x.as_ptr(), rows.y.as_ptr().cast(), rows.weights());
    // SAFETY: as many rows as are said, and room of the sizes that were asked for.
    Fitted::new(
        |bytes| unsafe { lgt_histogram_binning_size(opts, bytes) },
        |bytes| unsafe { lgt_histogram_binning_scratch(n, 8, flag, opts, bytes) },
        |(model, size, scratch, bytes)| unsafe {
            lgt_histogram_binning_fit_f64(model, size, x, 1, y, LGT_U8, w, n, opts, scratch, bytes)
        },
    )
}

/// The share of label 1 in each bin.
pub fn shares() {
    each_rows(73, &mut |rows, place| {
        for (strategy, count) in [(0, 1), (0, 7), (0, 64), (1, 1), (1, 7), (1, 15)] {
            let mut opts = defaults(lgt_histogram_binning_opts_default);
            (opts.strategy, opts.bins) = (strategy, count);
            let place = format!("{place}, {count} bins of kind {strategy}");
            let width = strategy == LGT_HISTOGRAM_BINNING_WIDTH;
            let n = count as usize;
            let bins = if width { exact::equal_width(rows, n) } else { exact::equal_mass(rows, n) };
            let values: Vec<f64> = bins.iter().map(|bin| bin.hits / bin.weight).collect();
            let values = spread(rows, &bins, &values);
            let fit = histogram(rows, &opts);
            let bound = match (rows.is_plain(), width) {
                (true, _) => 0.0,
                (false, true) => BIN_SHARE,
                (false, false) => ISOTONIC,
            };
            near(&fit.apply(lgt_histogram_binning_apply_f64, &rows.x), &values, bound, &place);
            near_loss(fit.head().nll_before, rows.loss(&rows.x), ISOTONIC_LOSS, &place);
            near_loss(fit.head().nll_after, rows.loss(&values), ISOTONIC_LOSS, &place);
        }
    });
}

/// Weights of binnings, and their average.
pub fn bayes() {
    let opts = defaults(lgt_bbq_opts_default);
    each_rows(74, &mut |rows, place| {
        // Whole numbers of hits and misses.
        let eighths = if rows.is_plain() { 1.0 } else { 8.0 };
        let rows = Rows { w: rows.w.iter().map(|w| eighths * w).collect(), ..rows.clone() };
        let (n, flag) = (rows.len(), u32::from(!rows.is_plain()));
        let (x, y, w) = (rows.x.as_ptr(), rows.y.as_ptr().cast(), rows.weights());
        // SAFETY: as many rows as are said, and room of the sizes that were asked for.
        let fit = Fitted::new(
            |bytes| unsafe { lgt_bbq_size(n, bytes) },
            |bytes| unsafe { lgt_bbq_scratch(n, 8, flag, bytes) },
            |(model, size, scratch, bytes)| unsafe {
                lgt_bbq_fit_f64(model, size, x, 1, y, LGT_U8, w, n, &opts, scratch, bytes)
            },
        );
        let root = (n as f64).cbrt();
        let counts = ((root / 10.0) as usize).max(1)..=((10.0 * root).ceil() as usize).min(n);
        let binnings = counts.map(|count| {
            let bins = exact::equal_mass(&rows, count);
            let (log, values) = exact::bayes(&bins, count, opts.prior);
            (count, log, spread(&rows, &bins, &values))
        });
        let binnings: Vec<(usize, f64, Vec<f64>)> = binnings.collect();
        let best = binnings.iter().map(|(_, log, _)| *log).fold(f64::NEG_INFINITY, f64::max);
        let all: f64 = binnings.iter().map(|(_, log, _)| (log - best).exp()).sum();
        let weight = |log: f64| (log - best).exp() / all;
        let parameters = fit.parameters();
        for told in parameters.chunks(2).take(fit.head().head.param as usize) {
            let (_, log, _) = binnings.iter().find(|(count, ..)| *count as f64 == told[0]).unwrap();
            near(&told[1..], &[weight(*log)], BBQ, place);
        }
        let mut average = vec![0.0; n];
        for (_, log, values) in &binnings {
            average.iter_mut().zip(values).for_each(|(to, value)| *to += weight(*log) * value);
        }
        near(&fit.apply(lgt_bbq_apply_f64, &rows.x), &average, BBQ, place);
    });
}

/// A regression, and means of what it gives.
pub fn scaled() {
    each_rows(75, &mut |rows, place| {
        for bins in [1, 3, 10] {
            let mut opts = defaults(lgt_scaling_binning_opts_default);
            opts.bins = bins;
            let (n, flag) = (rows.len(), u32::from(!rows.is_plain()));
            let (x, y, w) = (rows.x.as_ptr(), rows.y.as_ptr().cast(), rows.weights());
            // SAFETY: as many rows as are said, and room of the sizes that were asked for.
            let fit = Fitted::new(
                |bytes| unsafe { lgt_scaling_binning_size(n, &opts, bytes) },
                |bytes| unsafe { lgt_scaling_binning_scratch(n, 8, flag, bytes) },
                |(model, size, scratch, bytes)| unsafe {
                    lgt_scaling_binning_fit_f64(
                        model, size, x, 1, y, LGT_U8, w, n, &opts, scratch, bytes,
                    )
                },
            );
            let parameters = fit.parameters();
            let (a, b) = (parameters[0], parameters[1]);
            if fit.head().fit_status == 0 {
                off(rows, true, [a, b], place);
            }
            let bins = exact::equal_weight(rows, bins as usize);
            let given: Vec<f64> = rows.x.iter().map(|x| sigmoid(a, b, *x)).collect();
            let mean = |bin: &Bin| {
                let inside = rows.x.iter().zip(&rows.w).zip(&given);
                let inside = inside.filter(|((x, _), _)| (bin.low..=bin.high).contains(*x));
                inside.map(|((_, w), p)| w * p).sum::<f64>() / bin.weight
            };
            let values: Vec<f64> = bins.iter().map(mean).collect();
            let values = spread(rows, &bins, &values);
            let got = fit.apply(lgt_scaling_binning_apply_f64, &rows.x);
            near(&got, &values, SCALING_BINNING, place);
            near_loss(fit.head().nll_after, rows.loss(&values), SCALING_BINNING, place);
        }
    });
}

/// The slope of the nearest spline.
pub fn spline() {
    each_rows(76, &mut |rows, place| {
        for knots in [3, 6] {
            let mut opts = defaults(lgt_spline_opts_default);
            opts.knots = knots;
            let (n, flag) = (rows.len(), u32::from(!rows.is_plain()));
            let (x, y, w) = (rows.x.as_ptr(), rows.y.as_ptr().cast(), rows.weights());
            // SAFETY: as many rows as are said, and room of the sizes that were asked for.
            let fit = Fitted::new(
                |bytes| unsafe { lgt_spline_size(n, &opts, bytes) },
                |bytes| unsafe { lgt_spline_scratch(n, 8, flag, bytes) },
                |(model, size, scratch, bytes)| unsafe {
                    lgt_spline_fit_f64(model, size, x, 1, y, LGT_U8, w, n, &opts, scratch, bytes)
                },
            );
            if fit.head().fit_status != 0 {
                continue;
            }
            let values = exact::spline(rows, knots as usize);
            let got = fit.apply(lgt_spline_apply_f64, &rows.scores());
            near(&got, &values, SPLINE, place);
        }
    });
}
