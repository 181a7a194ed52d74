//! Proper scores: log loss of probabilities, spherical and ranked.

use crate::level;
use crate::reference::metrics::Sample;
use crate::reference::scores;
use crate::states::{Finish, f64_ulps, relative, report, samples, shapes, to_probabilities};
use crate::support::bounds;
use crate::support::dtype::*;
use crate::support::family::Family::*;
use crate::support::points::PointFunctions;
use crate::support::rng::Rng;
use crate::support::worst::Worst;
use logitude::capi::{log_loss::*, rps::*, spherical::*};
use logitude::metrics::{log_loss::LogLossReport, rps::RpsReport, spherical::SphericalReport};
use logitude::status::Status;

/// A mean, a sum of weights and a standard error against the definition.
fn compare(
    worst: &mut Worst,
    (name, family): (&str, &str),
    got: (f64, f64, f64),
    exact: &scores::Mean,
    error: f64,
    bound: f64,
) {
    let place = || format!("{got:?} for {}", exact.mean);
    worst.see((name, family), error, bound, place);
    worst.see((name, family), f64_ulps(got.1, exact.weight), 0.5, place);
    if exact.weight > 1.0 {
        // Squares cancel against the mean.
        let error = (got.2 - exact.std_error).abs() / (exact.mean + exact.std_error + 1e-40);
        worst.see((&format!("{name} std_error"), family), error, 1e-6, place);
    } else {
        assert!(got.2.is_nan());
    }
}

pub fn log_loss<D: PointFunctions>() {
    let mut rng = Rng::new(101);
    let mut worst = Worst::default();
    for (family, rows, cols) in shapes(&mut rng) {
        let mut data = samples::<D>(family, &mut rng, rows, cols);
        to_probabilities::<D>(&mut data);
        for (eps, flags) in [(0.0, 0), (1e-15, 0), (1e-3, 0), (0.0, 1), (1e-9, 1)] {
            let renormalize = flags == LGT_LOG_LOSS_RENORMALIZE;
            let row = |s: &Sample| scores::log_loss(s, eps, renormalize);
            let counted = || data.iter().filter(|s| s.weight > 0.0);
            let infinite = counted().filter(|s| row(s).0.value() == f64::INFINITY).count();
            let clipped = counted().filter(|s| row(s).1).count();
            let exact = scores::mean(&data, |s| row(s).0);
            level::each(|level| {
                let finish: Finish<LogLossReport> = lgt_log_loss_finish;
                let state = LogLoss { eps, flags };
                let (status, got) = report::<D, _>(state, finish, &data, &mut rng);
                assert_eq!((got.nan_rows, got.infinite_rows), (0, infinite as u64));
                // A sum that is rounded may be 1 or next to it.
                assert!(renormalize || got.clipped_rows == clipped as u64);
                assert_eq!(status == Status::LGT_UNDEFINED, got.rows == 0);
                if infinite > 0 {
                    assert!(got.log_loss == f64::INFINITY && got.std_error.is_nan());
                    return;
                }
                let (error, bound) = if renormalize {
                    ((got.log_loss - exact.mean).abs(), bounds::LOG_LOSS_RENORMALIZED)
                } else {
                    (relative(got.log_loss, exact.mean), bounds::LOG_LOSS)
                };
                let error = if got.rows == 0 { 0.0 } else { error };
                let name = format!("log_loss {} {level}", D::NAME);
                let values = (got.log_loss, got.weight, got.std_error);
                compare(&mut worst, (&name, family), values, &exact, error, bound);
            });
        }
    }
    worst.settle();
}

/// Rows whose loss is no ordinary number.
pub fn log_loss_corners<D: PointFunctions>() {
    const INF: f64 = f64::INFINITY;
    const NAN: f64 = f64::NAN;
    let sure = -(1.0f64 - 1e-15).ln();
    // Row, label, eps, flags; rows with NaN, with +INF, clipped; the mean.
    type Case = (&'static [f64], usize, f64, u32, [u64; 3], f64);
    let cases: [Case; 16] = [
        (&[0.5, 0.5], 0, 0.0, 0, [0, 0, 0], core::f64::consts::LN_2),
        (&[0.0, 1.0], 0, 0.0, 0, [0, 1, 0], INF),
        (&[-0.0, 1.0], 0, 0.0, 0, [0, 1, 0], INF),
        (&[0.0, 1.0], 1, 0.0, 0, [0, 0, 0], 0.0),
        // What f32 would not tell from 1.
        (&[0.0, 1.0], 1, 1e-15, 0, [0, 0, 1], sure),
        (&[0.0, 1.0], 0, 1e-15, 0, [0, 0, 1], -(1e-15f64).ln()),
        (&[0.0, 1.0078125], 1, 0.0, 0, [0, 0, 1], 0.0),
        (&[0.0, 1.0078125], 1, 0.0, 1, [0, 0, 0], 0.0),
        (&[0.0, 1.015625], 1, 0.0, 0, [1, 0, 0], NAN),
        (&[-0.25, 1.0], 0, 1e-15, 0, [1, 0, 0], NAN),
        (&[NAN, 0.5, 0.5], 1, 0.0, 0, [1, 0, 0], NAN),
        (&[NAN, 0.5, 0.5], 0, 1e-3, 0, [1, 0, 0], NAN),
        (&[0.5, 0.5, NAN], 0, 1e-3, 1, [1, 0, 0], NAN),
        (&[0.0, 0.0], 0, 1e-3, 1, [1, 0, 0], NAN),
        (&[INF, 0.0], 0, 0.0, 0, [1, 0, 0], NAN),
        (&[1.0, 3.0], 0, 0.0, 1, [0, 0, 0], 2.0 * core::f64::consts::LN_2),
    ];
    for (x, label, eps, flags, counts, mean) in cases {
        level::each(|level| {
            let data = [Sample { x: x.to_vec(), label, weight: 1.0 }];
            let finish: Finish<LogLossReport> = lgt_log_loss_finish;
            let state = LogLoss { eps, flags };
            let (status, got) = report::<D, _>(state, finish, &data, &mut Rng::new(1));
            assert_eq!([got.nan_rows, got.infinite_rows, got.clipped_rows], counts, "{x:?}");
            assert_eq!(status == Status::LGT_UNDEFINED, mean.is_nan(), "{x:?}");
            let close = relative(got.log_loss, mean) < 1e-15;
            assert!(close, "{x:?} {level}: {} for {mean}", got.log_loss);
            assert!(got.log_loss.is_nan() || got.log_loss.is_sign_positive());
        });
    }
}

pub fn spherical<D: PointFunctions>() {
    let mut rng = Rng::new(102);
    let mut worst = Worst::default();
    let bound = bounds::SPHERICAL.of(D::ACC == F64::ACC);
    for (family, rows, cols) in shapes(&mut rng) {
        let mut data = samples::<D>(family, &mut rng, rows, cols);
        to_probabilities::<D>(&mut data);
        let exact = scores::mean(&data, scores::spherical);
        level::each(|level| {
            let finish: Finish<SphericalReport> = lgt_spherical_finish;
            let (status, got) = report::<D, _>(Spherical, finish, &data, &mut rng);
            assert_eq!(got.nan_rows, 0);
            assert_eq!(status == Status::LGT_UNDEFINED, got.rows == 0);
            let name = format!("spherical {} {level}", D::NAME);
            let values = (got.spherical, got.weight, got.std_error);
            let error = relative(got.spherical, exact.mean);
            compare(&mut worst, (&name, family), values, &exact, error, bound);
        });
    }
    worst.settle();
    spherical_far::<D>(bound);
    for x in [&[0.0, 0.0], &[f64::NAN, 1.0], &[1.0, f64::INFINITY]] {
        level::each(|_| {
            let data = [Sample { x: x.to_vec(), label: 0, weight: 1.0 }];
            let finish: Finish<SphericalReport> = lgt_spherical_finish;
            let (status, got) = report::<D, _>(Spherical, finish, &data, &mut Rng::new(1));
            assert!(status == Status::LGT_UNDEFINED && got.nan_rows == 1);
            assert!(got.spherical.is_nan() && got.std_error.is_nan());
        });
    }
}

/// Rows whose squares are no numbers of the type computed in.
fn spherical_far<D: PointFunctions>(bound: f64) {
    let powers: &[i32] = match D::NAME {
        "f16" => &[-20, 10],
        "f64" => &[-1060, -600, 600, 1020],
        _ => &[-130, -80, 80, 120],
    };
    for power in powers {
        level::each(|level| {
            // Either half of the power is a normal number.
            let x = [3.0, 4.0].map(|x| x * 2f64.powi(power / 2) * 2f64.powi(power - power / 2));
            let data = [Sample { x: x.to_vec(), label: 0, weight: 1.0 }];
            let finish: Finish<SphericalReport> = lgt_spherical_finish;
            let (_, got) = report::<D, _>(Spherical, finish, &data, &mut Rng::new(1));
            let close = relative(got.spherical, 0.6) <= bound;
            assert!(close, "{} {level} 2^{power}: {}", D::NAME, got.spherical);
        });
    }
}

pub fn rps<D: PointFunctions>() {
    let mut rng = Rng::new(103);
    let mut worst = Worst::default();
    for (family, rows, cols) in shapes(&mut rng) {
        let mut data = samples::<D>(family, &mut rng, rows, cols);
        to_probabilities::<D>(&mut data);
        for flags in [0, LGT_RPS_NORMALIZE] {
            let exact = scores::mean(&data, |s| scores::rps(s, flags != 0));
            level::each(|level| {
                let finish: Finish<RpsReport> = lgt_rps_finish;
                let (status, got) = report::<D, _>(Rps { flags }, finish, &data, &mut rng);
                assert_eq!(got.nan_rows, 0);
                assert_eq!(status == Status::LGT_UNDEFINED, got.rows == 0);
                let name = format!("rps {} {level}", D::NAME);
                let values = (got.rps, got.weight, got.std_error);
                let nothing = got.rows == 0 && got.rps.is_nan();
                let error = if nothing { 0.0 } else { (got.rps - exact.mean).abs() };
                let bound = bounds::RPS_A_CLASS * cols as f64;
                compare(&mut worst, (&name, family), values, &exact, error, bound);
            });
        }
    }
    worst.settle();
    rps_corners::<D>();
}

fn rps_corners<D: PointFunctions>() {
    let nan = f64::NAN;
    // Row, label, the score and the score divided by K - 1.
    let cases: [(&[f64], usize, f64, f64); 7] = [
        (&[0.25], 0, 0.0, 0.0),
        (&[1.0, 0.0, 0.0], 2, 2.0, 1.0),
        (&[0.0, 0.0, 1.0], 2, 0.0, 0.0),
        (&[0.25, 0.75], 0, 0.5625, 0.5625),
        (&[nan, 0.5, 0.5], 1, nan, nan),
        (&[0.5, 0.5, nan], 1, nan, nan),
        (&[0.5, f64::INFINITY], 1, nan, nan),
    ];
    for (x, label, score, normalized) in cases {
        let sample = Sample { x: x.to_vec(), label, weight: 1.0 };
        assert!(score.is_nan() || scores::rps(&sample, false).value() == score);
        for (flags, exact) in [(0, score), (LGT_RPS_NORMALIZE, normalized)] {
            let finish: Finish<RpsReport> = lgt_rps_finish;
            let data = [sample.clone()];
            let (status, got) = report::<D, _>(Rps { flags }, finish, &data, &mut Rng::new(1));
            assert!(got.rps == exact || (got.rps.is_nan() && exact.is_nan()), "{x:?}");
            assert_eq!((status == Status::LGT_UNDEFINED, got.nan_rows == 1), {
                (exact.is_nan(), exact.is_nan())
            });
        }
    }
}
