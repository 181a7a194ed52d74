//! The mergeable states: each promise a row and a set of rows at a time.

use crate::level;
use crate::reference::format::Format;
use crate::reference::metrics::{self, Sample};
use crate::support::batch::{Batch, LABEL_TYPES};
use crate::support::bounds;
use crate::support::dtype::*;
use crate::support::family::Family::{self, *};
use crate::support::points::PointFunctions;
use crate::support::rng::Rng;
use crate::support::values;
use crate::support::worst::Worst;
use logitude::capi::{accuracy::*, brier::*, ece_top_label::*, nll::*};
use logitude::metrics::accuracy::AccuracyReport;
use logitude::metrics::brier::BrierReport;
use logitude::metrics::ece_top_label::EceTopLabelReport;
use logitude::metrics::nll::NllReport;
use logitude::metrics::reliability::ReliabilityBin;
use logitude::status::Status;
use std::ffi::c_void;

pub type Finish<R> = unsafe extern "C" fn(*const c_void, *mut R) -> Status;

/// A state that has seen `samples`, finished.
pub fn report<D: PointFunctions, R>(
    family: Family,
    finish: Finish<R>,
    samples: &[Sample],
    rng: &mut Rng,
) -> (Status, R) {
    let mut state = family.start();
    // Labels must fit their type.
    let wide = samples.first().is_some_and(|s| s.x.len() > 127);
    let kinds: Vec<usize> = (0..8).filter(|k| !wide || LABEL_TYPES[*k].1 > 1).collect();
    let kind = kinds[rng.below(kinds.len())];
    let weighted = samples.iter().any(|s| s.weight != 1.0);
    let batch = Batch::<D>::new(samples, rng.below(4), kind, weighted);
    assert_eq!(family.update(&mut state, &batch.args()), Status::LGT_OK);
    let mut report = core::mem::MaybeUninit::uninit();
    // SAFETY: the state is whole; the report is written whenever the status is
    // not an error.
    unsafe {
        let status = finish(state.as_ptr().cast(), report.as_mut_ptr());
        assert!(status as i32 >= 0, "{status:?}");
        (status, report.assume_init())
    }
}

/// Rows of a family of values. Weights are 1, whole, or any; some are 0.
pub fn samples<D: Dtype>(family: &str, rng: &mut Rng, rows: usize, cols: usize) -> Vec<Sample> {
    let weights = rng.below(3);
    (0..rows)
        .map(|_| {
            let x = values::row::<D>(family, rng, cols);
            let weight = match weights {
                0 => 1.0,
                1 => rng.below(4) as f64,
                _ => D::acc_value(D::acc(rng.unit() * 10.0)),
            };
            Sample { x, label: rng.below(cols), weight }
        })
        .collect()
}

/// Turns logits into probabilities as `D` stores them.
pub fn to_probabilities<D: Dtype>(samples: &mut [Sample]) {
    for s in samples {
        let row = crate::reference::softmax::row(&s.x, 1.0, false);
        s.x = row.shares.iter().map(|p| D::value(D::store(p.value()))).collect();
    }
}

/// Relative error of a loss; the exponentials that make up one below 1e-50 may
/// have been flushed.
fn loss_error(got: f64, exact: f64) -> f64 {
    if (got - exact).abs() < 1e-50 { 0.0 } else { relative(got, exact) }
}

/// Error in ulp of f64.
pub fn f64_ulps(got: f64, exact: f64) -> f64 {
    use crate::reference::{dd::Dd, format};
    Format::error(format::F64, got, Dd::of(exact))
}

pub fn relative(got: f64, exact: f64) -> f64 {
    if got == exact || (got.is_nan() && exact.is_nan()) {
        0.0
    } else {
        ((got - exact) / exact).abs()
    }
}

const FAMILIES: [&str; 8] =
    ["normal", "wide", "nearly equal", "constant", "spike", "far spike", "ties", "near 1e4"];

/// Shapes: one row, to see its own bound, then many.
pub fn shapes(rng: &mut Rng) -> impl Iterator<Item = (&'static str, usize, usize)> + use<> {
    let mut shapes = Vec::new();
    for family in FAMILIES {
        for cols in [1, 2, 3, 7, 10, 16, 17, 33, 64, 100, 130, 257, 1000] {
            shapes.push((family, 1, cols));
            shapes.push((family, 2 + rng.below(30), cols));
        }
    }
    shapes.into_iter()
}

pub fn accuracy<D: PointFunctions>() {
    let mut rng = Rng::new(11);
    let mut worst = Worst::default();
    for (family, rows, cols) in shapes(&mut rng) {
        let mut data = samples::<D>(family, &mut rng, rows, cols);
        if rows > 2 {
            let place = rng.below(cols);
            data[1].x[place] = f64::NAN;
        }
        let nan_rows = data.iter().filter(|s| s.weight > 0.0 && s.x.iter().any(|v| v.is_nan()));
        let nan_rows = nan_rows.count() as u64;
        let counted = data.iter().filter(|s| s.weight > 0.0).count() as u64;
        for k in [1, 2, 5, u32::MAX] {
            let (share, weight) = metrics::accuracy(&data, k as usize);
            level::each(|level| {
                let finish: Finish<AccuracyReport> = lgt_accuracy_finish;
                let (status, got) = report::<D, _>(Accuracy { k }, finish, &data, &mut rng);
                assert_eq!((got.rows, got.nan_rows), (counted, nan_rows), "{family} {level}");
                assert_eq!(status == Status::LGT_UNDEFINED, counted == 0);
                let name = format!("accuracy {} {level}", D::NAME);
                let place = || format!("{rows} x {cols}, k = {k}");
                worst.see((&name, family), f64_ulps(got.weight, weight), 0.5, place);
                // Two sums rounded once, and their quotient.
                worst.see(
                    (&name, family),
                    relative(got.accuracy, share) / f64::EPSILON,
                    1.5,
                    place,
                );
            });
        }
    }
    worst.settle();
}

pub fn nll<D: PointFunctions>() {
    let mut rng = Rng::new(12);
    let mut worst = Worst::default();
    let bound = bounds::LOSS.of(D::ACC == F64::ACC);
    for (family, rows, cols) in shapes(&mut rng) {
        let data = samples::<D>(family, &mut rng, rows, cols);
        let (mean, weight, std_error) = metrics::nll(&data);
        let place = || format!("{rows} x {cols}, {:?}", &data[0].x[..cols.min(8)]);
        level::each(|level| {
            let finish: Finish<NllReport> = lgt_nll_finish;
            let (status, got) = report::<D, _>(Nll, finish, &data, &mut rng);
            assert_eq!((got.nan_rows, got.infinite_rows), (0, 0));
            assert_eq!(status == Status::LGT_UNDEFINED, got.rows == 0);
            let name = format!("nll {} {level}", D::NAME);
            worst.see((&name, family), loss_error(got.nll, mean), bound, place);
            worst.see((&name, family), f64_ulps(got.weight, weight), 0.5, place);
            if weight > 1.0 {
                // Squares cancel against the mean.
                let error = (got.std_error - std_error).abs() / (mean + std_error + 1e-40);
                let name = format!("nll std_error {} {level}", D::NAME);
                worst.see((&name, family), error, 1e-6, place);
            } else {
                assert!(got.std_error.is_nan());
            }
        });
    }
    worst.settle();
}

/// Rows whose loss is no ordinary number.
pub fn nll_corners<D: PointFunctions>() {
    let (inf, nan) = (f64::INFINITY, f64::NAN);
    // Logits, label; rows with NaN, rows with +inf; the mean.
    let cases: [(&[f64], usize, u64, u64, f64); 8] = [
        (&[0.0, -inf], 0, 0, 0, 0.0),
        (&[0.0, -inf], 1, 0, 1, inf),
        (&[0.0, inf, inf], 1, 0, 0, core::f64::consts::LN_2),
        (&[0.0, inf, inf], 0, 0, 1, inf),
        (&[0.0, nan], 0, 1, 0, nan),
        (&[inf, nan], 0, 1, 0, nan),
        (&[-inf, -inf], 0, 1, 0, nan),
        (&[3.0], 0, 0, 0, 0.0),
    ];
    for (x, label, nan_rows, infinite_rows, mean) in cases {
        level::each(|level| {
            let data = [Sample { x: x.to_vec(), label, weight: 1.0 }];
            let finish: Finish<NllReport> = lgt_nll_finish;
            let (status, got) = report::<D, _>(Nll, finish, &data, &mut Rng::new(1));
            assert_eq!((got.nan_rows, got.infinite_rows), (nan_rows, infinite_rows), "{x:?}");
            assert_eq!(status == Status::LGT_UNDEFINED, mean.is_nan(), "{x:?}");
            let close = loss_error(got.nll, mean) < 1e-15;
            assert!(close, "{x:?} {level}: {} for {mean}", got.nll);
        });
    }
}

pub fn brier<D: PointFunctions>() {
    let mut rng = Rng::new(13);
    let mut worst = Worst::default();
    let bound = bounds::BRIER.of(D::ACC == F64::ACC);
    for (family, rows, cols) in shapes(&mut rng) {
        let mut data = samples::<D>(family, &mut rng, rows, cols);
        to_probabilities::<D>(&mut data);
        let (mean, weight) = metrics::brier(&data);
        let place = || format!("{rows} x {cols}, {:?}", &data[0].x[..cols.min(8)]);
        level::each(|level| {
            let finish: Finish<BrierReport> = lgt_brier_finish;
            let (status, got) = report::<D, _>(Brier, finish, &data, &mut rng);
            assert_eq!(got.nan_rows, 0);
            assert_eq!(status == Status::LGT_UNDEFINED, got.rows == 0);
            let name = format!("brier {} {level}", D::NAME);
            worst.see((&name, family), relative(got.brier, mean), bound, place);
            worst.see((&name, family), f64_ulps(got.weight, weight), 0.5, place);
        });
    }
    // All but sure of the right class: squares that are hardly numbers.
    let least = bounds::BRIER_LEAST.of(D::ACC == F64::ACC);
    for rest in (10..400).map(|n| D::value(D::store(0.7 * 2f64.powi(-n)))) {
        let data = [Sample { x: vec![1.0, rest], label: 0, weight: 1.0 }];
        level::each(|level| {
            let finish: Finish<BrierReport> = lgt_brier_finish;
            let (_, got) = report::<D, _>(Brier, finish, &data, &mut rng);
            let error = (got.brier - rest * rest).abs() / (rest * rest).max(least);
            let name = format!("brier {} {level}", D::NAME);
            worst.see((&name, "sure"), error, bound, || format!("1 and {rest:e}"));
        });
    }
    worst.settle();
}

pub fn ece<D: PointFunctions>() {
    let mut rng = Rng::new(14);
    let mut worst = Worst::default();
    for (family, rows, cols) in shapes(&mut rng) {
        let mut data = samples::<D>(family, &mut rng, rows, cols);
        to_probabilities::<D>(&mut data);
        // Confidences on the edges of bins.
        for s in data.iter_mut().filter(|s| s.label % 3 == 0) {
            let top = (1 + rng.below(20)) as f64 / 20.0;
            s.x.iter_mut().for_each(|p| *p = p.min(D::value(D::store(top))));
        }
        for bins in [1, 2, 5, 15, 20, 1000] {
            let edge = |x| D::acc_value(D::acc(x));
            let exact = metrics::calibration(&data, bins as usize, edge);
            let place = || format!("{rows} x {cols}, {bins} bins");
            level::each(|level| {
                let finish: Finish<EceTopLabelReport> = lgt_ece_top_label_finish;
                let (status, got) = report::<D, _>(Ece { bins }, finish, &data, &mut rng);
                assert_eq!(got.nan_rows, 0);
                assert_eq!(status == Status::LGT_UNDEFINED, got.rows == 0);
                let name = format!("ece {} {level}", D::NAME);
                let bound = bounds::ECE_A_BIN * f64::from(bins);
                for (got, exact) in [
                    (got.ece, exact.ece),
                    (got.mce, if got.rows == 0 { f64::NAN } else { exact.mce }),
                    (got.confidence, exact.confidence),
                    (got.accuracy, exact.accuracy),
                    (got.rms, exact.rms),
                    (got.rms_debiased.powi(2), exact.debiased_square),
                    (got.average, exact.average),
                ] {
                    let error =
                        if got.is_nan() && exact.is_nan() { 0.0 } else { (got - exact).abs() };
                    worst.see((&name, family), error, bound, place);
                }
            });
        }
        reliability_diagram::<D>(&data);
    }
    worst.settle();
}

/// The bins themselves.
fn reliability_diagram<D: PointFunctions>(data: &[Sample]) {
    const BINS: usize = 20;
    let exact = metrics::calibration(data, BINS, |x| D::acc_value(D::acc(x)));
    let mut state = Ece { bins: BINS as u32 }.start();
    let weighted = data.iter().any(|s| s.weight != 1.0);
    let batch = Batch::<D>::new(data, 0, 3, weighted);
    assert_eq!(Ece { bins: BINS as u32 }.update(&mut state, &batch.args()), Status::LGT_OK);
    let empty = ReliabilityBin {
        rows: 0,
        weight: 0.0,
        low: 0.0,
        high: 0.0,
        confidence: 0.0,
        frequency: 0.0,
    };
    let mut bins = [empty; BINS];
    // SAFETY: the state is whole, and there is room for every bin.
    let status =
        unsafe { lgt_ece_top_label_get_bins(state.as_ptr().cast(), bins.as_mut_ptr(), BINS) };
    assert_eq!(status, Status::LGT_OK);
    for (b, (got, exact)) in bins.iter().zip(&exact.bins).enumerate() {
        assert_eq!((got.rows, got.weight), (exact.0, exact.1));
        assert_eq!((got.low, got.high), (b as f64 / 20.0, (b + 1) as f64 / 20.0));
        let close = |got: f64, exact: f64| relative(got, exact) < 4.0 * f64::EPSILON;
        assert!(close(got.confidence, exact.2) && close(got.frequency, exact.3));
    }
}

/// A worked example: ECE and MCE of six rows in five bins.
pub fn ece_example<D: PointFunctions>() {
    let rows = [(0.95, true), (0.9, true), (0.85, false), (0.6, true), (0.55, false), (0.3, false)];
    let row = |(top, hit): (f64, bool)| {
        // Three more classes, all below 0.3.
        let rest = (1.0 - top) / 4.0;
        let x = vec![rest, top, rest, rest, rest];
        Sample { x, label: usize::from(hit), weight: 1.0 }
    };
    let data: Vec<Sample> = rows.into_iter().map(row).collect();
    level::each(|_| {
        let finish: Finish<EceTopLabelReport> = lgt_ece_top_label_finish;
        let (_, got) = report::<D, _>(Ece { bins: 5 }, finish, &data, &mut Rng::new(1));
        assert!((got.ece - 0.1916666667).abs() < 1e-7, "{}", got.ece);
        assert!((got.mce - 0.3).abs() < 1e-7, "{}", got.mce);
    });
}
