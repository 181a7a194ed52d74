//! AUROC with its variance, and tests of two samples, against every pair and every order.

use crate::calibration::close;
use crate::reference::two_samples as exact;
use crate::support::bounds;
use crate::support::curves::*;
use crate::support::dtype::*;
use crate::support::rng::Rng;
use logitude::capi::ks_two_sample::*;
use logitude::capi::mann_whitney::*;
use logitude::status::Status;

fn near(got: f64, exact: f64, bound: f64) -> bool {
    close(got, exact, bound * exact.abs())
}

const SIZES: [usize; 9] = [0, 1, 2, 3, 15, 16, 17, 60, 150];

pub fn delong<D: CurveFunctions>() {
    let mut rng = Rng::new(301);
    for n in SIZES {
        for sort in 0..SORTS {
            let rows = rows::<D>(&mut rng, n, sort);
            let (scores, hits) = apart(&rows);
            let ([auroc, _], [variance, ..]) = exact::delong(&scores, &scores, &hits);
            let (status, got) = super::support::curves::delong::<D>(&rows, rng.below(8), 0.95);
            let place = format!("{} {n} of sort {sort}: {got:?}, not {auroc}, {variance}", D::NAME);
            assert_eq!(status == Status::LGT_UNDEFINED, got.variance.is_nan(), "{place}");
            assert!(near(got.auroc, auroc, bounds::DELONG), "{place}");
            assert!(near(got.variance, variance, bounds::DELONG), "{place}");
            assert!(near(got.std_error, variance.sqrt(), bounds::DELONG), "{place}");
            assert_eq!(got.positives, hits.iter().filter(|hit| **hit).count() as u64);
            assert_eq!((got.rows, got.negatives), (n as u64, n as u64 - got.positives));
            // The quantile of 97.5 %.
            let half = 1.959963984540054 * variance.sqrt();
            let normal = [(auroc - half).max(0.0), (auroc + half).min(1.0)];
            let logit = (auroc / (1.0 - auroc)).ln();
            let off = half / (auroc * (1.0 - auroc));
            let of_logit = [logit - off, logit + off].map(|x| 1.0 / (1.0 + (-x).exp()));
            let known = variance > 0.0;
            for (got, exact, known) in [
                (got.low, normal[0], !variance.is_nan()),
                (got.high, normal[1], !variance.is_nan()),
                (got.logit_low, if known { of_logit[0] } else { auroc }, !variance.is_nan()),
                (got.logit_high, if known { of_logit[1] } else { auroc }, !variance.is_nan()),
            ] {
                assert!(
                    if known { close(got, exact, bounds::DELONG_BOUND) } else { got.is_nan() },
                    "{place}"
                );
            }
            // The order of rows is nothing.
            let mut mixed = rows.clone();
            rng.shuffle(&mut mixed);
            let (_, again) = super::support::curves::delong::<D>(&mixed, 0, 0.95);
            assert_eq!(format!("{got:?}"), format!("{again:?}"));
        }
    }
}

fn apart(rows: &[Row]) -> (Vec<f64>, Vec<bool>) {
    rows.iter().map(|row| (row.score, row.hit)).unzip()
}

pub fn delong_test<D: CurveFunctions>() {
    let mut rng = Rng::new(302);
    for n in SIZES {
        for sort in 0..SORTS {
            let rows = rows::<D>(&mut rng, n, sort);
            let (scores, hits) = apart(&rows);
            let kind = rng.below(SORTS);
            let mut second = numbers::<D>(&mut rng, n, kind);
            if rng.below(3) == 0 {
                // Almost the first.
                second = scores.clone();
                if n > 2 {
                    second.swap(0, n - 1);
                }
            }
            let (aurocs, [first, both, other, off]) = exact::delong(&scores, &second, &hits);
            let (status, got) = super::support::curves::delong_test::<D>(&rows, &second, 3);
            let place = format!("{} {n} of sort {sort}: {got:?}", D::NAME);
            assert_eq!(status == Status::LGT_UNDEFINED, got.p.is_nan(), "{place}");
            for (got, exact) in [
                (got.first_auroc, aurocs[0]),
                (got.second_auroc, aurocs[1]),
                (got.first_variance, first),
                (got.second_variance, other),
                (got.std_error, off.sqrt()),
            ] {
                assert!(near(got, exact, bounds::DELONG), "{place} {exact}");
            }
            let scale = (first * other).sqrt();
            assert!(close(got.covariance, both, bounds::DELONG * scale), "{place} {both}");
            let difference = aurocs[0] - aurocs[1];
            assert!(close(got.difference, difference, 4e-16), "{place}");
            if off > 0.0 {
                assert!(near(got.z, got.difference / off.sqrt(), 4e-15), "{place}");
                let half = 1.6448536269514722 * off.sqrt();
                assert!(close(got.low, (difference - half).max(-1.0), bounds::DELONG_BOUND));
                assert!(close(got.high, (difference + half).min(1.0), bounds::DELONG_BOUND));
                let p = 2.0 * logitude::math::normal::sf(got.z.abs());
                assert!(near(got.p, p, bounds::NORMAL_P), "{place}");
            } else {
                assert!(got.z.is_nan() && got.p.is_nan(), "{place}");
            }
        }
    }
}

/// A NaN anywhere: counted, and all is NaN but the counts.
pub fn not_a_number() {
    let mut rows: Vec<Row> = (0..6).map(|i| Row { score: f64::from(i), hit: i % 2 == 0 }).collect();
    let second = vec![0.5; 6];
    rows[4].score = f64::NAN;
    let (status, got) = super::support::curves::delong::<F32>(&rows, 0, 0.9);
    assert_eq!((status, got.rows, got.nan_rows, got.positives), (Status::LGT_UNDEFINED, 6, 1, 3));
    assert!([got.auroc, got.variance, got.low, got.high, got.logit_low].iter().all(|x| x.is_nan()));
    let (status, got) = super::support::curves::delong_test::<F64>(&rows, &second, 0);
    assert_eq!((status, got.rows, got.nan_rows, got.positives), (Status::LGT_UNDEFINED, 6, 1, 3));
    let values = [got.first_auroc, got.second_auroc, got.difference, got.covariance, got.z, got.p];
    assert!(values.iter().all(|x| x.is_nan()));
    let (x, y) = (numbers_of(&rows), vec![1.0, 2.0]);
    let (status, got) = mann_whitney::<F16>(&x, &y, u_opts(0, 0, 1));
    assert_eq!((status, got.nan_rows, got.n, got.m), (Status::LGT_UNDEFINED, 1, 6, 2));
    assert!(got.u.is_nan() && got.p.is_nan() && got.effect.is_nan());
    let (status, got) = ks::<Bf16>(&y, &x, ks_opts(0, 0));
    assert_eq!((status, got.nan_rows, got.n, got.m), (Status::LGT_UNDEFINED, 1, 2, 6));
    assert!(got.statistic.is_nan() && got.p.is_nan() && got.location.is_nan());
    // Nothing on either side.
    for (x, y) in [(&y[..], &[][..]), (&[], &y), (&[], &[])] {
        assert_eq!(mann_whitney::<F64>(x, y, u_opts(0, 2, 1)).0, Status::LGT_UNDEFINED);
        assert_eq!(ks::<F64>(x, y, ks_opts(0, 2)).0, Status::LGT_UNDEFINED);
    }
}

fn numbers_of(rows: &[Row]) -> Vec<f64> {
    rows.iter().map(|row| row.score).collect()
}

fn u_opts(alternative: u32, method: u32, continuity: u32) -> lgt_mann_whitney_opts {
    let struct_size = size_of::<lgt_mann_whitney_opts>() as u32;
    lgt_mann_whitney_opts { struct_size, alternative, method, continuity }
}

fn ks_opts(alternative: u32, method: u32) -> lgt_ks_two_sample_opts {
    let struct_size = size_of::<lgt_ks_two_sample_opts>() as u32;
    lgt_ks_two_sample_opts { struct_size, alternative, method, reserved: 0 }
}

const ALTERNATIVES: [u32; 3] = [LGT_TEST_TWO_SIDED, LGT_TEST_LESS, LGT_TEST_GREATER];
/// Few enough to go through all orders.
const SMALL: [(usize, usize); 8] =
    [(1, 1), (1, 5), (4, 2), (3, 7), (5, 5), (6, 6), (2, 12), (7, 6)];

pub fn small_mann_whitney<D: CurveFunctions>() {
    let mut rng = Rng::new(303);
    for (n, m) in SMALL {
        for sort in 0..SORTS {
            let (x, y) = (numbers::<D>(&mut rng, n, sort), numbers::<D>(&mut rng, m, sort));
            let twice = exact::twice_u(&x, &y);
            let pairs = (n * m) as f64;
            let mut all: Vec<f64> = x.iter().chain(&y).copied().collect();
            all.sort_by(f64::total_cmp);
            let tied = all.windows(2).any(|pair| pair[0] == pair[1]);
            let shares = exact::by_permutation(&x, &y, |x, y| {
                let twice = exact::twice_u(x, y);
                [(twice - (n * m) as i64).abs(), -twice, twice]
            });
            for (alternative, share) in ALTERNATIVES.into_iter().zip(shares) {
                let (status, got) = mann_whitney::<D>(&x, &y, u_opts(alternative, 2, 1));
                let place = format!("{} {x:?} {y:?} {alternative}: {got:?}", D::NAME);
                assert_eq!(got.u, 0.5 * twice as f64, "{place}");
                assert_eq!(got.u_second, pairs - got.u, "{place}");
                assert_eq!(got.effect, got.u / pairs);
                assert!(close(got.rank_biserial, 2.0 * got.effect - 1.0, 4e-16));
                assert_eq!(got.ties > 0, tied, "{place}");
                if tied {
                    assert!(got.exact_p.is_nan() && got.p.is_nan(), "{place}");
                    assert_eq!(status, Status::LGT_UNDEFINED);
                } else {
                    assert!(near(got.exact_p, share, bounds::EXACT_P), "{place}, not {share}");
                    assert!(got.p == got.exact_p && status == Status::LGT_OK, "{place}");
                }
                let (_, auto) = mann_whitney::<D>(&x, &y, u_opts(alternative, 0, 1));
                assert_eq!(auto.p, if tied { got.asymptotic_p } else { got.exact_p }, "{place}");
            }
        }
    }
}

/// The normal p-value from its formula; all equal.
pub fn normal_mann_whitney<D: CurveFunctions>() {
    let mut rng = Rng::new(304);
    for (n, m) in [(1, 1), (3, 9), (40, 30), (200, 1), (150, 170)] {
        for sort in 0..SORTS {
            let (x, y) = (numbers::<D>(&mut rng, n, sort), numbers::<D>(&mut rng, m, sort));
            let off = 0.5 * (exact::twice_u(&x, &y) - (n * m) as i64) as f64;
            let all: Vec<f64> = x.iter().chain(&y).copied().collect();
            let size = all.len() as f64;
            // Each of t equal numbers has t - 1 others: t (t - 1) (t + 1) over all of them.
            let ties: f64 = all
                .iter()
                .map(|a| all.iter().filter(|b| *b == a).count() as f64)
                .map(|t| t * t - 1.0)
                .sum();
            let spread = (size + 1.0) - ties / (size * (size - 1.0));
            let sd = ((n * m) as f64 / 12.0 * spread).sqrt();
            for alternative in ALTERNATIVES {
                for continuity in [0, 1] {
                    let (status, got) =
                        mann_whitney::<D>(&x, &y, u_opts(alternative, 1, continuity));
                    let place = format!("{} {n} {m} sort {sort}: {got:?}", D::NAME);
                    assert!(status == Status::LGT_OK && got.exact_p.is_nan());
                    assert_eq!(got.p, got.asymptotic_p);
                    if all.iter().all(|a| *a == all[0]) {
                        assert!(got.z.is_nan() && got.p == 1.0, "{place}");
                        continue;
                    }
                    let half = 0.5 * f64::from(continuity);
                    let step = match alternative {
                        LGT_TEST_LESS => -half,
                        LGT_TEST_GREATER => half,
                        _ if off == 0.0 => 0.0,
                        _ => half * off.signum(),
                    };
                    let z = (off - step) / sd;
                    assert!(near(got.z, z, 4.0 * bounds::MANN_WHITNEY_Z), "{place} {z}");
                    let share = match alternative {
                        LGT_TEST_LESS => logitude::math::normal::cdf(got.z),
                        LGT_TEST_GREATER => logitude::math::normal::sf(got.z),
                        _ => 2.0 * logitude::math::normal::sf(got.z.abs()),
                    };
                    assert!(near(got.p, share, bounds::NORMAL_P), "{place}");
                }
            }
        }
    }
}

/// Answers of scipy 1.16's `mannwhitneyu(range(n), m numbers from a on)`, and R's.
pub fn large_mann_whitney() {
    // Of 20 and 20 numbers in two lumps: 2 orders of C(40, 20).
    let x: Vec<f64> = (0..20).map(f64::from).collect();
    let y: Vec<f64> = (20..40).map(f64::from).collect();
    let (_, got) = mann_whitney::<F64>(&x, &y, u_opts(0, 2, 1));
    assert!(near(got.exact_p, 2.0 / 137846528820.0, bounds::EXACT_P));
    // 65 and 65: as many orders as 127 bits hold. 66 and 66 are more.
    let numbers = |from: i32, to: i32| (from..to).map(f64::from).collect::<Vec<f64>>();
    let (status, got) = mann_whitney::<F64>(&numbers(0, 65), &numbers(65, 130), u_opts(1, 2, 1));
    let orders = (1..=65).fold(1.0, |c, i| c * f64::from(65 + i) / f64::from(i));
    assert!(status == Status::LGT_OK && near(got.exact_p, 1.0 / orders, 1e-13));
    let (status, got) = mann_whitney::<F64>(&numbers(0, 66), &numbers(66, 132), u_opts(1, 2, 1));
    assert!(status == Status::LGT_UNDEFINED && got.p.is_nan() && got.asymptotic_p < 1e-20);
    // One against many.
    let (_, got) = mann_whitney::<F64>(&[2.5], &numbers(0, 1000), u_opts(1, 0, 1));
    assert!(near(got.p, 4.0 / 1001.0, bounds::EXACT_P), "{got:?}");
}

pub fn small_ks<D: CurveFunctions>() {
    let mut rng = Rng::new(305);
    for (n, m) in SMALL {
        for sort in 0..SORTS {
            let (x, y) = (numbers::<D>(&mut rng, n, sort), numbers::<D>(&mut rng, m, sort));
            let most = |x: &[f64], y: &[f64]| {
                let [up, down] = exact::differences(x, y);
                [up.max(down), down, up]
            };
            let pairs = (n * m) as f64;
            let (seen, shares) = (most(&x, &y), exact::by_permutation(&x, &y, most));
            for ((alternative, d), share) in ALTERNATIVES.into_iter().zip(seen).zip(shares) {
                let (status, got) = ks::<D>(&x, &y, ks_opts(alternative, 0));
                let place = format!("{} {x:?} {y:?} {alternative}: {got:?}", D::NAME);
                assert_eq!(status, Status::LGT_OK);
                assert_eq!(got.statistic, d as f64 / pairs, "{place}");
                let bound = bounds::EXACT_P * (n + m) as f64;
                assert!(near(got.exact_p, share, bound), "{place}, not {share}");
                assert_eq!(got.p, got.exact_p);
                // The difference is met at the location, with that sign.
                let up_to = |data: &[f64]| data.iter().filter(|v| **v <= got.location).count();
                let there = (up_to(&x) * m) as f64 - (up_to(&y) * n) as f64;
                assert_eq!(there * got.sign, d as f64, "{place}");
                let (_, limit) = ks::<D>(&x, &y, ks_opts(alternative, 1));
                assert!(limit.exact_p.is_nan() && limit.p == got.asymptotic_p, "{place}");
            }
        }
    }
}

/// The limit against its two series; many pairs are left to it.
pub fn large_ks() {
    let shifted = |n: i32, by: f64| (0..n).map(|i| f64::from(i) + by).collect::<Vec<f64>>();
    for by in [0.5, 3.0, 20.5, 40.0, 100.0, 250.5, 900.0] {
        let (x, y) = (shifted(2000, 0.0), shifted(1000, by));
        let (_, got) = ks::<F64>(&x, &y, ks_opts(0, 0));
        assert!(got.exact_p.is_nan() && got.p == got.asymptotic_p);
        let x = got.statistic * (2000.0f64 * 1000.0 / 3000.0).sqrt();
        let sum = |terms: i32| -> f64 {
            (1..terms)
                .map(f64::from)
                .map(|k| (-2.0 * k * k * x * x).exp() * if k as i32 % 2 == 1 { 2.0 } else { -2.0 })
                .sum()
        };
        if x > 0.3 {
            assert!(near(got.p, sum(60), bounds::NORMAL_P), "{by} {x}: {got:?} {}", sum(60));
        } else {
            assert!(got.p > 0.9999);
        }
        let (_, exact) = ks::<F64>(&shifted(2000, 0.0), &y, ks_opts(0, 2));
        assert!((exact.p - got.p).abs() < 0.02, "{exact:?}");
    }
    // Tables: of 5 and 5, D = 4/5 has 20 of 252 orders; published as 0.0794.
    let (_, got) = ks::<F64>(&[1.0, 2.0, 3.0, 4.0, 9.0], &[4.5, 5.0, 6.0, 7.0, 8.0], ks_opts(0, 0));
    assert!(got.statistic == 0.8 && near(got.p, 20.0 / 252.0, 1e-14), "{got:?}");
}
