//! Calibration errors that sort or smooth, against their definitions.

use crate::calibration::{blank, close, same_bins, same_report};
use crate::level;
use crate::reference::calibration as exact;
use crate::support::bounds;
use crate::support::dtype::*;
use crate::support::points::{Arrays, Point, PointFunctions, SIZES, points};
use crate::support::rng::Rng;
use crate::support::values;
use logitude::capi::ece_equal_mass::*;
use logitude::capi::smooth_ece::lgt_smooth_ece_scratch;
use logitude::metrics::reliability::{ReliabilityBin, ReliabilityReport};
use logitude::status::Status;

/// Scratch full of rubbish, three words a point.
fn scratch(n: usize) -> Vec<u64> {
    vec![0xa5a5_a5a5_a5a5_a5a5; 3 * n]
}

pub fn equal_mass<D: PointFunctions>() {
    let mut rng = Rng::new(81);
    for n in SIZES {
        let data = points::<D>(&mut rng, n);
        let arrays = Arrays::<D>::new(&data, rng.below(8));
        for (count, ties) in [(1, 0), (2, 1), (3, 0), (15, 0), (15, 1), (40, 1), (40, 0)] {
            let mut report: ReliabilityReport = blank();
            let mut got = vec![blank::<ReliabilityBin>(); count];
            let mut room = scratch(n);
            let (x, labels, n) = (arrays.x.as_ptr(), arrays.labels(), arrays.x.len());
            let (kind, weights) = (arrays.label_type, arrays.weights());
            let (at, size) = (room.as_mut_ptr().cast(), size_of_val(&room[..]));
            let (to, bins) = (&raw mut report, got.as_mut_ptr());
            // SAFETY: the arrays are there.
            let status = unsafe {
                D::EQUAL_MASS(x, labels, kind, weights, to, bins, n, count as u32, ties, at, size)
            };
            let place = format!("{} {n} points in {count}, ties {ties}", D::NAME);
            let parts = exact::equal_mass(&data, count, ties == LGT_TIES_TOGETHER);
            let bins: Vec<exact::Bin> = parts.iter().map(|part| exact::bin(part.iter())).collect();
            assert_eq!(status == Status::LGT_UNDEFINED, report.rows == 0, "{place}");
            same_report(&report, &bins, &place);
            same_bins(&got, &bins, &place);
            for (bin, part) in got.iter().zip(&parts) {
                let (first, last) = (part.first(), part.last());
                assert_eq!(first.is_none(), bin.low.is_nan());
                assert!(first.is_none_or(|x| x.p == bin.low), "{place}");
                assert!(last.is_none_or(|x| x.p == bin.high), "{place}");
            }
        }
    }
}

pub fn ks_calibration<D: PointFunctions>() {
    let mut rng = Rng::new(82);
    for n in SIZES {
        let data = points::<D>(&mut rng, n);
        let (ks, kuiper) = exact::ks(&data);
        let (status, got) = Arrays::<D>::new(&data, rng.below(8)).call(D::KS, &mut scratch(n));
        let place = format!("{} {n} points: {got:?}, not {ks}, {kuiper}", D::NAME);
        assert_eq!(status == Status::LGT_UNDEFINED, ks.is_nan());
        assert_eq!(got.rows, exact::counted(&data).len() as u64);
        assert!(close(got.ks, ks, bounds::KS) && close(got.kuiper, kuiper, bounds::KS), "{place}");
        let below: Vec<Point> = data.iter().copied().filter(|x| x.p <= got.at).collect();
        let (part, all) = (exact::bin(below.iter()), exact::bin(data.iter()));
        let d = (part.1 * (part.2 - part.3) / all.1).value().abs();
        assert!(ks.is_nan() || close(d, ks, 2.0 * bounds::KS), "{place}");
    }
}

pub fn mmce<D: PointFunctions>() {
    let mut rng = Rng::new(83);
    for n in SIZES {
        let data = points::<D>(&mut rng, n);
        let (plain, weighted) = exact::mmce(&data);
        let (status, got) = Arrays::<D>::new(&data, rng.below(8)).call(D::MMCE, &mut scratch(n));
        let place = format!("{} {n} points: {got:?}, not {plain}, {weighted}", D::NAME);
        assert_eq!(status == Status::LGT_UNDEFINED, plain.is_nan());
        let same = |got: f64, exact: f64| close(got * got, exact, bounds::MMCE_SQUARE);
        assert!(same(got.mmce, plain) && same(got.mmce_weighted, weighted), "{place}");
    }
}

pub fn smooth_ece<D: PointFunctions>() {
    let mut rng = Rng::new(84);
    let mut bytes = 0;
    // SAFETY: one number.
    assert_eq!(unsafe { lgt_smooth_ece_scratch(9, &raw mut bytes) }, Status::LGT_OK);
    let mut room = vec![u64::MAX; bytes / 8];
    for n in [0, 1, 2, 3, 10, 33, 100, 100, 100] {
        let data = points::<D>(&mut rng, n);
        let arrays = Arrays::<D>::new(&data, rng.below(8));
        let (status, got) = arrays.call(D::SMOOTH, &mut room);
        let some = !exact::counted(&data).is_empty();
        assert_eq!(status == Status::LGT_UNDEFINED, !some);
        if some {
            let least = 1.0 / 1024.0;
            let exact = exact::smooth_error(&data, got.bandwidth);
            let bound = smooth_bound(got.bandwidth);
            assert!(close(got.ece, exact, bound), "{} {n} points: {got:?}, not {exact}", D::NAME);
            assert!(got.ece == got.bandwidth || got.bandwidth == least && got.ece < least);
        } else {
            assert!(got.ece.is_nan() && got.bandwidth.is_nan());
        }
    }
}

fn smooth_bound(bandwidth: f64) -> f64 {
    if bandwidth >= bounds::SMOOTH_ECE_FROM { bounds::SMOOTH_ECE } else { bounds::SMOOTH_ECE_WORST }
}

/// Well calibrated probabilities, of which the error is small.
pub fn smooth_ece_of_the_calibrated() {
    let mut room = vec![0; 1 << 15];
    let one = |p: f64, hit: bool, weight: f64| Point { p, hit, weight };
    let certain = [one(0.0, false, 1.0), one(1.0, true, 1.0)];
    let (status, got) = Arrays::<F64>::new(&certain, 0).call(F64::SMOOTH, &mut room);
    assert_eq!((status, got.ece, got.bandwidth), (Status::LGT_OK, 0.0, 1.0 / 1024.0));
    for off in [0.0, 0.001, 0.002, 0.005, 0.02] {
        // At each of 100 probabilities the right share comes true, but for `off`.
        let pair = |i: usize| {
            let p = (i as f64 + 0.5) / 100.0;
            let q = (p + if i % 20 < 10 { off } else { -off }).clamp(0.0, 1.0);
            [one(p, true, q), one(p, false, 1.0 - q)]
        };
        let data: Vec<Point> = (0..100).flat_map(pair).collect();
        let (_, got) = Arrays::<F64>::new(&data, 0).call(F64::SMOOTH, &mut room);
        let exact = exact::smooth_error(&data, got.bandwidth);
        let bound = smooth_bound(got.bandwidth);
        assert!(close(got.ece, exact, bound), "{off}: {got:?}, not {exact}");
    }
}

pub fn top_label<D: PointFunctions>() {
    let mut rng = Rng::new(85);
    for cols in [0, 1, 2, 3, 7, 15, 16, 17, 33, 100] {
        for family in ["normal", "ties", "nan", "some infinite", "constant"] {
            let rows = 5;
            let stride = cols + rng.below(3);
            let mut x = vec![D::store(f64::NAN); rows * stride];
            let data: Vec<Vec<f64>> =
                (0..rows).map(|_| values::row::<D>(family, &mut rng, cols)).collect();
            for (r, row) in data.iter().enumerate() {
                for (c, value) in row.iter().enumerate() {
                    x[r * stride + c] = D::store(*value);
                }
            }
            level::each(|level| {
                let (mut top, mut class) = (vec![D::acc(7.0); rows], vec![7u32; rows]);
                // SAFETY: the arrays are there.
                let status = unsafe {
                    D::TOP_LABEL(
                        x.as_ptr(),
                        stride,
                        top.as_mut_ptr(),
                        class.as_mut_ptr(),
                        rows,
                        cols,
                    )
                };
                assert_eq!(status, Status::LGT_OK);
                for (r, row) in data.iter().enumerate() {
                    let place = format!("{} {level} {row:?}", D::NAME);
                    if row.is_empty() || row.iter().any(|v| v.is_nan()) {
                        assert!(D::acc_value(top[r]).is_nan() && class[r] == u32::MAX, "{place}");
                        continue;
                    }
                    let most = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    assert_eq!(D::acc_value(top[r]), most, "{place}");
                    let first = row.iter().position(|v| *v == most).unwrap();
                    assert_eq!(class[r] as usize, first, "{place}");
                }
            });
        }
    }
}
