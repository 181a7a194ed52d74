//! Calibration errors of binary probabilities against their definitions.

use crate::reference::calibration as exact;
use crate::support::bounds;
use crate::support::dtype::*;
use crate::support::noted;
use crate::support::points::{Arrays, Point, PointFunctions, SIZES, points};
use crate::support::rng::Rng;
use logitude::capi::ece_binary::*;
use logitude::metrics::reliability::{ReliabilityBin, ReliabilityReport};
use logitude::status::Status;

pub fn round<D: Dtype>(x: f64) -> f64 {
    D::acc_value(D::acc(x))
}

/// Room for what is written; all bits are numbers.
pub fn blank<T>() -> T {
    // SAFETY: used for structs of u64 and f64 only.
    unsafe { core::mem::zeroed() }
}

#[track_caller]
pub fn close(got: f64, exact: f64, bound: f64) -> bool {
    noted::close(got, exact, bound, 1.0)
}

/// A report against bins as the definition makes them.
pub fn same_report(got: &ReliabilityReport, bins: &[exact::Bin], place: &str) {
    let filled = bins.iter().filter(|bin| bin.0 > 0).count();
    assert_eq!(got.bins, filled as u64, "{place}");
    let exact = exact::errors(bins);
    let square = got.rms_debiased * got.rms_debiased;
    let values =
        [got.ece, got.mce, got.rms, square, got.average, got.signed_gap, got.overconfidence];
    let bound = bounds::ECE_A_BIN * bins.len().max(1) as f64;
    for (i, (got, exact)) in values.into_iter().zip(exact).enumerate() {
        assert!(close(got, exact, bound), "{place}: value {i} is {got}, not {exact}");
    }
}

/// Bins against those of the definition; edges are not looked at.
pub fn same_bins(got: &[ReliabilityBin], bins: &[exact::Bin], place: &str) {
    for (got, exact) in got.iter().zip(bins) {
        assert_eq!((got.rows, got.weight), (exact.0, exact.1.value()), "{place}");
        assert!(close(got.confidence, exact.2.value(), 1e-15), "{place}");
        assert!(close(got.frequency, exact.3.value(), 1e-15), "{place}");
    }
}

/// A state that has seen these points.
pub fn seen<D: PointFunctions>(points: &[Point], bins: u32, closed: u32, kind: usize) -> Vec<u64> {
    let mut state = vec![0u64; 5 + 13 * bins as usize];
    let data = Arrays::<D>::new(points, kind);
    let at = state.as_mut_ptr().cast();
    // SAFETY: there is room for the state, and the arrays are there.
    unsafe {
        assert_eq!(lgt_ece_binary_init(at, state.len() * 8, bins, closed), Status::LGT_OK);
        let (x, labels) = (data.x.as_ptr(), data.labels());
        let status = D::ECE_BINARY(at, x, labels, data.label_type, data.weights(), points.len());
        assert_eq!(status, Status::LGT_OK);
    }
    state
}

pub fn ece_binary<D: PointFunctions>() {
    let mut rng = Rng::new(71);
    for n in SIZES {
        let data = points::<D>(&mut rng, n);
        for (bins, closed) in [(1, 0), (2, 1), (10, 0), (10, 1), (20, 0), (20, 1), (1000, 1)] {
            let exact = exact::equal_width(&data, bins, closed == 1, round::<D>);
            let state = seen::<D>(&data, bins as u32, closed, rng.below(8));
            let place = format!("{} {n} points, {bins} bins closed {closed}", D::NAME);
            let mut report: ReliabilityReport = blank();
            let mut got = vec![blank::<ReliabilityBin>(); bins];
            // SAFETY: the state is whole, and there is room.
            let status = unsafe {
                let at = state.as_ptr().cast();
                let status = lgt_ece_binary_get_bins(at, got.as_mut_ptr(), bins);
                assert_eq!(status, Status::LGT_OK);
                lgt_ece_binary_finish(at, &raw mut report)
            };
            assert_eq!(status == Status::LGT_UNDEFINED, report.rows == 0, "{place}");
            assert_eq!(report.rows, exact.iter().map(|bin| bin.0).sum::<u64>(), "{place}");
            same_report(&report, &exact, &place);
            same_bins(&got, &exact, &place);
        }
    }
}

/// Any order and any split come to the same bytes; numbers that are none are
/// counted.
pub fn ece_binary_laws<D: PointFunctions>() {
    let mut rng = Rng::new(72);
    for n in SIZES {
        let mut data = points::<D>(&mut rng, n);
        for i in 0..n / 10 {
            data[i * 7 % n].p = [f64::NAN, -0.25, 2.0, f64::INFINITY][i % 4];
        }
        let whole = seen::<D>(&data, 15, 0, 2);
        let nan_rows =
            exact::counted(&data).iter().filter(|x| !(0.0..=1.01).contains(&x.p)).count();
        assert_eq!(whole[4], nan_rows as u64);
        rng.shuffle(&mut data);
        let (first, second) = data.split_at(rng.below(n + 1));
        // Weights that are all 1 are not given.
        let (mut state, other) = (seen::<D>(first, 15, 0, 5), seen::<D>(second, 15, 0, 7));
        // SAFETY: both are whole states.
        let status =
            unsafe { lgt_ece_binary_merge(state.as_mut_ptr().cast(), other.as_ptr().cast()) };
        assert_eq!(status, Status::LGT_OK);
        assert!(state == whole);
        let mut report: ReliabilityReport = blank();
        // SAFETY: a whole state and a report.
        let status = unsafe { lgt_ece_binary_finish(state.as_ptr().cast(), &raw mut report) };
        if nan_rows > 0 {
            assert_eq!(status, Status::LGT_UNDEFINED);
            assert!(report.ece.is_nan() && report.mce.is_nan() && report.average.is_nan());
        }
        assert_eq!(report.nan_rows, nan_rows as u64);
    }
}
