//! The risk-coverage curve against every coverage, and every order of what is tied.

use crate::calibration::{blank, close};
use crate::reference::two_samples as exact;
use crate::support::bounds;
use crate::support::curves::*;
use crate::support::dtype::*;
use crate::support::rng::Rng;
use logitude::capi::risk_coverage::*;
use logitude::curves::risk_coverage::RiskCoverageReport;
use logitude::status::Status;

struct Answer {
    status: Status,
    report: RiskCoverageReport,
    curve: [Vec<f64>; 3],
}

fn call<D: CurveFunctions>(x: &[f64], losses: &[f64], at: (f64, f64)) -> Answer {
    let (n, mut bytes) = (x.len(), 0);
    let (x, losses) = (stored::<D>(x), stored::<D>(losses));
    let mut curve = [vec![7.0; n], vec![7.0; n], vec![7.0; n]];
    let [a, b, c] = curve.each_mut().map(|part| part.as_mut_ptr());
    let mut report: RiskCoverageReport = blank();
    // SAFETY: arrays are as long as is said.
    let status = unsafe {
        assert_eq!(lgt_risk_coverage_scratch(n, &raw mut bytes), Status::LGT_OK);
        let mut room = rubbish(bytes);
        let (to, room) = (&raw mut report, room.as_mut_ptr().cast());
        let (x, losses) = (x.as_ptr(), losses.as_ptr());
        D::RISK_COVERAGE(x, losses, at.0, at.1, to, a, b, c, n, room, bytes)
    };
    Answer { status, report, curve }
}

fn losses<D: Dtype>(rng: &mut Rng, n: usize, sort: usize) -> Vec<f64> {
    let one = |rng: &mut Rng| match sort {
        0 => rng.below(2) as f64,
        1 => -rng.unit().ln(),
        2 => rng.normal(),
        _ => 1.0,
    };
    (0..n).map(|_| D::value(D::store(one(rng)))).collect()
}

/// The mean area over random orders of equal confidences; exact where none are equal.
fn expected_area(x: &[f64], losses: &[f64], rng: &mut Rng, orders: usize) -> f64 {
    let mut rows: Vec<(f64, f64)> = x.iter().copied().zip(losses.iter().copied()).collect();
    let areas = (0..orders).map(|_| {
        rng.shuffle(&mut rows);
        rows.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap());
        exact::area(&rows.iter().map(|row| row.1).collect::<Vec<f64>>())
    });
    areas.sum::<f64>() / orders as f64
}

pub fn as_defined<D: CurveFunctions>() {
    let mut rng = Rng::new(311);
    for n in [1, 2, 3, 15, 16, 17, 80, 300] {
        for sort in 0..SORTS {
            for kind in 0..4 {
                let x = numbers::<D>(&mut rng, n, sort);
                let loss = losses::<D>(&mut rng, n, kind);
                let at = (rng.unit(), 0.5 * rng.unit());
                let Answer { status, report, curve } = call::<D>(&x, &loss, at);
                let place = format!("{} {n} of sort {sort}, {kind}: {report:?}", D::NAME);
                assert_eq!(status, Status::LGT_OK, "{place}");
                let largest = loss.iter().fold(0.0, |most, x| f64::max(most, x.abs()));
                let mut thresholds = x.clone();
                thresholds.sort_by(|a, b| b.partial_cmp(a).unwrap());
                thresholds.dedup_by(|a, b| a == b);
                let points = thresholds.len();
                assert_eq!((report.rows, report.points), (n as u64, points as u64), "{place}");
                let (mut at_coverage, mut at_risk) = (None, (0.0, f64::NAN));
                let (mut generalised, mut before) = (0.0, (0.0, 0.0));
                for (i, threshold) in thresholds.iter().enumerate() {
                    let taken: Vec<f64> = x
                        .iter()
                        .zip(&loss)
                        .filter(|(x, _)| *x >= threshold)
                        .map(|(_, l)| *l)
                        .collect();
                    let (coverage, sum) =
                        (taken.len() as f64 / n as f64, taken.iter().sum::<f64>());
                    let risk = sum / taken.len() as f64;
                    assert_eq!((curve[0][i], curve[2][i]), (coverage, *threshold), "{place}");
                    // The plain sum here is rounded too.
                    let bound = largest * (bounds::RISK + n as f64 * 1.2e-16);
                    assert!(close(curve[1][i], risk, bound), "{place}");
                    if coverage >= at.0 && at_coverage.is_none() {
                        at_coverage = Some((curve[1][i], coverage, *threshold));
                    }
                    if curve[1][i] <= at.1 {
                        at_risk = (coverage, *threshold);
                    }
                    generalised += (coverage - before.0) * 0.5 * (before.1 + sum) / n as f64;
                    before = (coverage, sum);
                }
                assert!(curve.iter().all(|part| part[points..].iter().all(|x| *x == 7.0)));
                let got = (
                    report.risk_at_coverage,
                    report.reached_coverage,
                    report.threshold_at_coverage,
                );
                assert_eq!(Some(got), at_coverage, "{place}");
                assert_eq!(report.coverage_at_risk, at_risk.0, "{place}");
                assert!(close(report.threshold_at_risk, at_risk.1, 0.0), "{place}");
                assert_eq!(report.risk, curve[1][points - 1], "{place}");
                let bound = largest * (bounds::RISK_AREA + n as f64 * 2e-16);
                assert!(close(report.augrc, generalised, bound), "{place}, not {generalised}");
                let mut ordered = loss.clone();
                ordered.sort_by(f64::total_cmp);
                assert!(close(report.optimal_aurc, exact::area(&ordered), bound), "{place}");
                assert_eq!(report.e_aurc, report.aurc - report.optimal_aurc);
                let orders = if points == n { 1 } else { 400 };
                let area = expected_area(&x, &loss, &mut rng, orders);
                let bound = if points == n { bound } else { 0.25 * largest };
                assert!(close(report.aurc, area, bound), "{place}, not {area}");
                // The order of rows is nothing.
                let mut rows: Vec<(f64, f64)> =
                    x.iter().copied().zip(loss.iter().copied()).collect();
                rng.shuffle(&mut rows);
                let (x, loss): (Vec<f64>, Vec<f64>) = rows.into_iter().unzip();
                let again = call::<D>(&x, &loss, at).report;
                assert_eq!(format!("{report:?}"), format!("{again:?}"));
            }
        }
    }
}

/// All orders of what is tied, on average.
pub fn ties_are_expected_orders() {
    let x = [3.0, 2.0, 2.0, 2.0, 1.0, 1.0];
    let loss = [0.25, 1.0, 0.0, 0.5, 0.0, 2.0];
    let (mut sum, mut count) = (0.0, 0.0);
    for [a, b, c] in [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]] {
        for [d, e] in [[4, 5], [5, 4]] {
            sum += exact::area(&[0, a, b, c, d, e].map(|i: usize| loss[i]));
            count += 1.0;
        }
    }
    let got = call::<F64>(&x, &loss, (0.5, 0.0)).report;
    assert!(close(got.aurc, sum / count, bounds::RISK_AREA), "{got:?}");
}

/// For 0 and 1, the area is a function of the AUROC of failures and the accuracy.
pub fn augrc_is_an_auroc() {
    let mut rng = Rng::new(312);
    for sort in [0, 1, 6] {
        let x = numbers::<F64>(&mut rng, 200, sort);
        let right: Vec<bool> =
            x.iter().map(|x| rng.unit() < if *x > 0.5 { 0.8 } else { 0.4 }).collect();
        let loss: Vec<f64> = right.iter().map(|right| f64::from(u8::from(!right))).collect();
        let (auroc, _) = exact::ranking(&x, &right);
        let accuracy = right.iter().filter(|right| **right).count() as f64 / 200.0;
        let wrong = 1.0 - accuracy;
        let expected = (1.0 - auroc) * accuracy * wrong + 0.5 * wrong * wrong;
        let got = call::<F64>(&x, &loss, (0.5, 0.1)).report;
        assert!(close(got.augrc, expected, bounds::RISK_AREA), "{got:?}, not {expected}");
    }
}

pub fn nothing_to_say() {
    let bad = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e19];
    for loss in bad {
        let Answer { status, report, curve } = call::<F64>(&[1.0, 2.0], &[0.0, loss], (0.5, 0.5));
        assert_eq!((status, report.nan_rows, report.points), (Status::LGT_UNDEFINED, 1, 0));
        assert!(report.aurc.is_nan() && report.coverage_at_risk.is_nan() && report.risk.is_nan());
        assert!(curve.concat().iter().all(|x| *x == 7.0));
    }
    let got = call::<F32>(&[f64::NAN, 2.0], &[0.0, 1.0], (0.5, 0.5));
    assert_eq!((got.status, got.report.nan_rows), (Status::LGT_UNDEFINED, 1));
    assert_eq!(call::<F32>(&[], &[], (0.5, 0.5)).status, Status::LGT_UNDEFINED);
    for at in [(-0.1, 0.0), (1.1, 0.0), (f64::NAN, 0.0), (0.5, f64::NAN)] {
        assert_eq!(call::<F64>(&[1.0], &[0.0], at).status, Status::LGT_E_VALUE);
    }
    // No threshold is good enough, or all are.
    let got = call::<F64>(&[1.0, 2.0], &[1.0, 1.0], (0.0, 0.5)).report;
    assert!(got.coverage_at_risk == 0.0 && got.threshold_at_risk.is_nan());
    assert_eq!((got.reached_coverage, got.threshold_at_coverage), (0.5, 2.0));
    let got = call::<F64>(&[1.0, 2.0], &[1.0, 0.0], (1.0, 0.5)).report;
    assert_eq!(
        (got.coverage_at_risk, got.threshold_at_risk, got.reached_coverage),
        (1.0, 1.0, 1.0)
    );
}
