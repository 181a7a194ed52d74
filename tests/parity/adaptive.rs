//! Adaptive calibration error, and the parts of a Brier score.

use crate::calibration::{blank, close, round, seen};
use crate::classwise::{of_class, samples};
use crate::reference::calibration as exact;
use crate::support::batch::Batch;
use crate::support::bounds;
use crate::support::dtype::*;
use crate::support::points::{Arrays, Point, PointFunctions, SIZES, points};
use crate::support::rng::Rng;
use logitude::capi::brier_decomposition::*;
use logitude::capi::ece_binary::lgt_ece_binary_get_bins;
use logitude::metrics::ace::AceReport;
use logitude::metrics::brier_decomposition::BrierDecompositionReport;
use logitude::metrics::reliability::ReliabilityBin;
use logitude::status::Status;

pub fn ace<D: PointFunctions>() {
    let mut rng = Rng::new(95);
    for (rows, cols) in [(0, 3), (1, 1), (1, 5), (17, 2), (60, 3), (200, 10), (40, 50)] {
        let data = samples::<D>(&mut rng, rows, cols);
        let weighted = data.iter().any(|s| s.weight != 1.0);
        let batch = Batch::<D>::new(&data, rng.below(3), rng.below(8), weighted);
        let (a, mut scratch) = (batch.args(), vec![7u64; 3 * rows]);
        for (bins, threshold) in [(1, 0.0), (3, 0.0), (15, 0.0), (15, 0.05), (4, 0.5)] {
            let mut report: AceReport = blank();
            let (at, size) = (scratch.as_mut_ptr().cast(), size_of_val(&scratch[..]));
            let to = &raw mut report;
            let stride = a.stride.max(cols);
            // SAFETY: the arrays are there.
            let status = unsafe {
                D::ACE(
                    a.x,
                    stride,
                    a.labels,
                    a.label_type,
                    a.weights,
                    to,
                    rows,
                    cols,
                    bins,
                    threshold,
                    at,
                    size,
                )
            };
            let mut gaps = vec![];
            let mut means = vec![];
            for class in 0..cols {
                let points = of_class(&data, class, round::<D>(threshold));
                let parts = exact::equal_mass(&points, bins as usize, false);
                let filled = parts.iter().filter(|part| !part.is_empty());
                let bins = filled.map(|part| exact::bin(part.iter()));
                let own: Vec<f64> = bins.map(|bin| (bin.2 - bin.3).value().abs()).collect();
                means.extend((!own.is_empty()).then(|| own.iter().sum::<f64>() / own.len() as f64));
                gaps.extend(own);
            }
            let place = format!("{} {rows} x {cols}, {bins} bins from {threshold}", D::NAME);
            let bound = bounds::ECE_A_BIN * f64::from(bins.max(4));
            assert_eq!(status == Status::LGT_UNDEFINED, gaps.is_empty(), "{place}");
            assert_eq!(report.classes as usize, means.len(), "{place}");
            let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
            assert!(close(report.ace, mean, bound), "{place}: {report:?}, not {mean}");
            let max = means.iter().copied().fold(f64::NAN, f64::max);
            assert!(close(report.max, max, bound), "{place}: {report:?}, not {max}");
        }
    }
}

fn parts<D: PointFunctions>(data: &[Point], bins: u32) -> (Status, BrierDecompositionReport) {
    let arrays = Arrays::<D>::new(data, 3);
    let (mut report, mut scratch) = (blank(), vec![7u64; 3 * data.len()]);
    let (at, size) = (scratch.as_mut_ptr().cast(), size_of_val(&scratch[..]));
    let (x, labels, kind) = (arrays.x.as_ptr(), arrays.labels(), arrays.label_type);
    // SAFETY: the arrays are there.
    let status = unsafe {
        let to = &raw mut report;
        D::BRIER_PARTS(x, labels, kind, arrays.weights(), to, data.len(), bins, at, size)
    };
    (status, report)
}

fn values(r: &BrierDecompositionReport) -> [f64; 6] {
    let within = [r.within_variance, r.within_covariance];
    [r.brier, r.reliability, r.resolution, r.uncertainty, within[0], within[1]]
}

pub fn brier_decomposition<D: PointFunctions>() {
    let mut rng = Rng::new(96);
    for n in SIZES {
        let data = points::<D>(&mut rng, n);
        for bins in [0, 1, 10, 20] {
            let edge = |k: u32| round::<D>(f64::from(k) / f64::from(bins));
            let edges: Vec<f64> = (1..bins).map(edge).collect();
            let groups = exact::groups(&data, (bins > 0).then_some(&edges[..]));
            let wanted = exact::brier_parts(&groups);
            let (status, got) = parts::<D>(&data, bins);
            let place = format!("{} {n} points, {bins} bins: {got:?}, not {wanted:?}", D::NAME);
            assert_eq!(status == Status::LGT_UNDEFINED, groups.is_empty(), "{place}");
            assert_eq!(got.groups as usize, groups.len(), "{place}");
            for (got, exact) in values(&got).into_iter().zip(wanted) {
                assert!(close(got, exact, bounds::BRIER_PART), "{place}");
            }
            let sum = got.reliability - got.resolution + got.uncertainty + got.within_variance
                - got.within_covariance;
            assert!(close(sum, got.brier, 6.0 * bounds::BRIER_PART), "{place}");
            if bins == 0 && !groups.is_empty() {
                assert_eq!((got.within_variance, got.within_covariance), (0.0, 0.0), "{place}");
            }
            if bins > 0 {
                of_bins::<D>(&data, bins, &got);
            }
        }
    }
}

/// The parts that bins tell are those of the points.
fn of_bins<D: PointFunctions>(data: &[Point], bins: u32, whole: &BrierDecompositionReport) {
    let state = seen::<D>(data, bins, 0, 1);
    let mut room = vec![blank::<ReliabilityBin>(); bins as usize];
    let mut report: BrierDecompositionReport = blank();
    let count = room.len();
    // SAFETY: the state is whole, and there is room.
    let status = unsafe {
        let status = lgt_ece_binary_get_bins(state.as_ptr().cast(), room.as_mut_ptr(), count);
        assert_eq!(status, Status::LGT_OK);
        lgt_brier_decomposition_finish(room.as_ptr(), count, &raw mut report)
    };
    assert_eq!(status == Status::LGT_UNDEFINED, whole.rows == 0);
    assert_eq!((report.rows, report.groups), (whole.rows, whole.groups));
    let (got, wanted) = (values(&report), values(whole));
    assert!((1..4).all(|i| close(got[i], wanted[i], 2.0 * bounds::BRIER_PART)), "{report:?}");
    assert!(got[0].is_nan() && got[4].is_nan() && got[5].is_nan());
}

/// A worked example, to ten digits.
pub fn brier_decomposition_example() {
    let p = [0.2, 0.2, 0.6, 0.6, 0.6, 0.9];
    let hits = [false, true, true, false, true, true];
    let one = |(p, hit): (f64, bool)| Point { p, hit, weight: 1.0 };
    let data: Vec<Point> = p.into_iter().zip(hits).map(one).collect();
    let (_, got) = parts::<F64>(&data, 0);
    let wanted = [0.2283333333, 0.03388888889, 0.02777777778, 0.2222222222, 0.0, 0.0];
    for (got, wanted) in values(&got).into_iter().zip(wanted) {
        assert!((got - wanted).abs() < 1e-10, "{got} for {wanted}");
    }
}
