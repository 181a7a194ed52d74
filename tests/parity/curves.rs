//! Curves of two classes and what sums them up, at every level, against pairs of rows.

use crate::calibration::blank;
use crate::level;
use crate::reference::curves as exact;
use crate::support::bounds::{AUROC, AVERAGE_PRECISION, RATE};
use crate::support::dtype::*;
use crate::support::noted;
use crate::support::points::{Arrays, Point};
use crate::support::ranked::RankedFunctions;
use crate::support::rng::Rng;
use logitude::capi::operating_point::*;
use logitude::curves::auroc::AurocReport;
use logitude::curves::average_precision::AveragePrecisionReport;
use logitude::curves::operating_point::OperatingPointReport;
use logitude::curves::roc_curve::RocCurveReport;
use logitude::status::Status;

const SIZES: [usize; 18] = [0, 1, 2, 3, 7, 15, 16, 17, 31, 33, 63, 64, 65, 100, 255, 257, 300, 700];

/// Scores of either sign, many of them equal or few, with special ones; weights are 1,
/// whole, or any.
fn points<D: Dtype>(rng: &mut Rng, n: usize) -> Vec<Point> {
    let (values, weights, share) = (rng.below(5), rng.below(3), rng.unit());
    let special = [-0.0, 0.0, f64::INFINITY, f64::NEG_INFINITY, 1e-40, -1e-40, 6e4, -6e4];
    let one = |rng: &mut Rng| {
        let p = match values {
            0 => rng.unit() * 4.0 - 2.0,
            1 => rng.below(21) as f64 / 8.0 - 1.0,
            2 => special[rng.below(special.len())],
            3 => 0.5,
            _ => -rng.unit() - 0.1 * rng.below(2) as f64,
        };
        let weight = match weights {
            0 => 1.0,
            1 => rng.below(4) as f64,
            _ => D::acc_value(D::acc(rng.unit())),
        };
        Point { p: D::value(D::store(p)), hit: rng.unit() < share, weight }
    };
    (0..n).map(|_| one(rng)).collect()
}

/// All that the library says of some rows, as bits: for rows in another order, and at
/// another level.
struct Said {
    auroc: AurocReport,
    partial: AurocReport,
    precision: AveragePrecisionReport,
    points: Vec<OperatingPointReport>,
    /// First and second number and threshold, all points and corners.
    curves: Vec<Vec<[f64; 3]>>,
    statuses: Vec<Status>,
}

fn ask<D: RankedFunctions>(data: &[Point], kind: usize) -> Said {
    let arrays = Arrays::<D>::new(data, kind);
    let n = data.len();
    let weighted = arrays.weights.is_some();
    let words = if weighted || size_of::<D::Store>() == 8 { n } else { n.div_ceil(2) };
    let mut room = vec![0xa5a5_a5a5_a5a5_a5a5u64; words];
    let (x, labels, weights) = (arrays.x.as_ptr(), arrays.labels(), arrays.weights());
    let (at, size) = (room.as_mut_ptr().cast(), 8 * words);
    let mut statuses = vec![];
    let mut auroc = |most: f64| {
        let mut report: AurocReport = blank();
        // SAFETY: the arrays are there.
        statuses.push(unsafe {
            D::AUROC(x, labels, arrays.label_type, weights, &mut report, n, most, at, size)
        });
        report
    };
    let (whole, partial) = (auroc(1.0), auroc(0.3));
    let mut precision: AveragePrecisionReport = blank();
    // SAFETY: the arrays are there.
    statuses.push(unsafe {
        let kind = arrays.label_type;
        D::AVERAGE_PRECISION(x, labels, kind, weights, &mut precision, n, at, size)
    });
    let mut points = vec![];
    for rule in LGT_POINT_TPR_AT_LEAST..=LGT_POINT_MAX_YOUDEN {
        let mut report: OperatingPointReport = blank();
        let kind = arrays.label_type;
        // SAFETY: the arrays are there.
        statuses.push(unsafe {
            D::POINT(x, labels, kind, weights, &mut report, n, rule, 0.6, at, size)
        });
        points.push(report);
    }
    let mut curves = vec![];
    for curve in D::CURVES {
        for corners in [0, 1] {
            let mut report: RocCurveReport = blank();
            let mut call = |a: &mut [f64], b: &mut [f64], t: &mut [D::Store]| {
                let (kind, room) = (arrays.label_type, a.len());
                let (a, b, t) = (a.as_mut_ptr(), b.as_mut_ptr(), t.as_mut_ptr());
                // SAFETY: the arrays are there.
                let status = unsafe {
                    let to = &mut report;
                    curve(x, labels, kind, weights, a, b, t, to, n, room, corners, at, size)
                };
                (status, report.points as usize)
            };
            // Asked first how many there are, then with just enough room.
            let (status, count) = call(&mut [], &mut [], &mut []);
            assert_eq!(status == Status::LGT_E_SIZE, count > 0);
            let (mut a, mut b) = (vec![0.25; count], vec![0.25; count]);
            let mut t = vec![D::store(0.0); count];
            if count > 1 {
                let (status, again) =
                    call(&mut a[..count - 1], &mut b[..count - 1], &mut t[..count - 1]);
                assert!(status == Status::LGT_E_SIZE && again == count && a[0] == 0.25);
            }
            statuses.push(call(&mut a, &mut b, &mut t).0);
            let made = (0..count).map(|i| [a[i], b[i], D::value(t[i])]);
            curves.push(made.collect());
        }
    }
    Said { auroc: whole, partial, precision, points, curves, statuses }
}

impl Said {
    fn bits(&self) -> Vec<u64> {
        fn of<T>(report: &T) -> Vec<u64> {
            // SAFETY: reports are u64 and f64 only.
            unsafe {
                core::slice::from_raw_parts((&raw const *report).cast(), size_of::<T>() / 8)
                    .to_vec()
            }
        }
        let curves = self.curves.iter().flatten().flatten().map(|x| x.to_bits());
        let points = self.points.iter().flat_map(of);
        let reports = [of(&self.auroc), of(&self.partial), of(&self.precision)].concat();
        reports.into_iter().chain(points).chain(curves).collect()
    }
}

fn close(got: f64, truth: f64, bound: f64) -> bool {
    noted::close(got, truth, bound, 1.0)
}

fn check<D: RankedFunctions>(data: &[Point], said: &Said, place: &str) {
    let counted: Vec<Point> = data.iter().copied().filter(|x| x.weight > 0.0).collect();
    let (area, tied) = exact::auroc(&counted);
    let Said { auroc, partial, precision, points, curves, statuses } = said;
    assert_eq!(auroc.rows, counted.len() as u64, "{place}");
    assert_eq!(auroc.positives, counted.iter().filter(|x| x.hit).count() as u64, "{place}");
    assert!(close(auroc.auroc, area, AUROC) && close(auroc.tied, tied, AUROC), "{place}");
    assert_eq!(statuses[0] == Status::LGT_UNDEFINED, area.is_nan(), "{place}");
    if !area.is_nan() {
        let part = exact::partial(&counted, 0.3);
        assert!(close(partial.partial, part, AUROC), "{place} {} {part}", partial.partial);
    }
    let truth = exact::average_precision(&counted);
    assert!(close(precision.average_precision, truth, AVERAGE_PRECISION), "{place}");

    let truth = if counted.is_empty() { vec![] } else { exact::thresholds(&counted) };
    let (_, p, n) = truth.last().copied().unwrap_or_default();
    let near = |got: &[f64; 3], first: f64, second: f64, at: f64| {
        got[2] == at && close(got[0], first, RATE) && close(got[1], second, RATE)
    };
    let roc = &curves[0];
    assert_eq!(roc.len(), truth.len(), "{place}");
    for (got, (at, tp, fp)) in roc.iter().zip(&truth) {
        assert!(near(got, fp / n, tp / p, *at), "{place}");
    }
    for (got, (at, tp, fp)) in curves[2].iter().zip(truth.iter().rev()) {
        let precision = if tp + fp > 0.0 { tp / (tp + fp) } else { 1.0 };
        assert!(near(got, precision, tp / p, *at), "{place}");
    }
    // Corners are among the points, in order, with both ends.
    for two in curves.chunks(2) {
        let (all, corners) = (&two[0], &two[1]);
        let mut rest = all.iter();
        let same = |a: &[f64; 3], b: &[f64; 3]| a.map(f64::to_bits) == b.map(f64::to_bits);
        assert!(corners.iter().all(|point| rest.any(|other| same(other, point))), "{place}");
        assert_eq!(all.is_empty(), corners.is_empty());
    }
    // The first whose true positive rate is high enough.
    let at_least = truth.iter().find(|(_, tp, _)| tp / p >= 0.6 + 1e-12);
    if let (false, Some((at, ..))) = (area.is_nan(), at_least) {
        assert!(points[0].threshold >= *at, "{place}");
        assert!(points[0].tpr >= 0.6, "{place}");
    }
}

pub fn against_definitions<D: RankedFunctions>() {
    let mut rng = Rng::new(901);
    for n in SIZES {
        for round in 0..6 {
            let data = points::<D>(&mut rng, n);
            let kind = rng.below(8);
            let mut other = data.clone();
            (1..n).for_each(|i| other.swap(i, rng.below(i + 1)));
            let mut first: Option<Vec<u64>> = None;
            level::each(|level| {
                let said = ask::<D>(&data, kind);
                check::<D>(&data, &said, &format!("{} {level} {n} rows, {round}", D::NAME));
                let bits = said.bits();
                assert!(bits == ask::<D>(&other, kind).bits(), "{level} {n}: another order");
                assert!(first.get_or_insert_with(|| bits.clone()) == &bits, "{level}: not alike");
            });
        }
    }
}

/// As many rows as take several blocks, and one level like another.
pub fn of_many_rows<D: RankedFunctions>() {
    let mut rng = Rng::new(902);
    for n in [1023, 1024, 1025, 2500] {
        let data = points::<D>(&mut rng, n);
        let mut first: Option<Vec<u64>> = None;
        level::each(|level| {
            let said = ask::<D>(&data, 4);
            check::<D>(&data, &said, &format!("{} {level} {n} rows", D::NAME));
            let bits = said.bits();
            assert!(first.get_or_insert_with(|| bits.clone()) == &bits, "{level}: not alike");
        });
    }
}
