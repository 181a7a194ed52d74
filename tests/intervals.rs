//! Intervals for a share against their definitions (`values.txt`, made by
//! `values.py` beside it), published numbers, and what they promise; and the coverage
//! of intervals by replicates.
#![cfg(feature = "capi")]

#[path = "support/bounds.rs"]
mod bounds;
#[path = "intervals/delong.rs"]
mod delong;
#[path = "support/worst.rs"]
mod worst;

use logitude::capi::bootstrap::*;
use logitude::capi::interval::*;
use logitude::capi::state::LGT_STATE_ACCURACY;
use logitude::capi::types::LGT_U8;
use logitude::metrics::bootstrap::BootstrapReport;
use logitude::status::Status;
use worst::Worst;

type Interval = unsafe extern "C" fn(f64, f64, f64, *mut f64, *mut f64) -> Status;

const METHODS: [(&str, Interval); 5] = [
    ("wilson", lgt_interval_wilson),
    ("clopper_pearson", lgt_interval_clopper_pearson),
    ("jeffreys", lgt_interval_jeffreys),
    ("agresti_coull", lgt_interval_agresti_coull),
    ("normal", lgt_interval_normal),
];

const VALUES: &str = include_str!("intervals/values.txt");

fn interval(method: Interval, successes: f64, trials: f64, confidence: f64) -> (f64, f64) {
    let (mut low, mut high) = (f64::NAN, f64::NAN);
    // SAFETY: two numbers to write to.
    let status = unsafe { method(successes, trials, confidence, &raw mut low, &raw mut high) };
    assert_eq!(status, Status::LGT_OK);
    (low, high)
}

#[test]
fn by_definition() {
    let mut worst = Worst::default();
    let mut seen = 0;
    for line in VALUES.lines() {
        let (name, rest) = line.split_once(' ').unwrap();
        let v: Vec<f64> = rest.split(' ').map(|x| x.parse().unwrap()).collect();
        let [k, n, confidence, low, high] = v[..] else { panic!("{line}") };
        let (_, method) = METHODS.iter().find(|(known, _)| *known == name).unwrap();
        let got = interval(*method, k, n, confidence);
        for (got, exact) in [(got.0, low), (got.1, high)] {
            let place = || format!("{line}, got {got:?}");
            let relative = if got == exact { 0.0 } else { (got / exact - 1.0).abs() };
            let (error, bound) = match name {
                "wilson" => (relative, bounds::SCORE_INTERVAL),
                // A bound is less sensitive to what is left out than that itself.
                "clopper_pearson" | "jeffreys" => (relative, bounds::BETA_INTERVAL),
                _ => ((got - exact).abs(), bounds::NORMAL_INTERVAL),
            };
            worst.see((name, "all"), error, bound, place);
        }
        seen += 1;
    }
    assert_eq!(seen, 250);
    worst.settle();
}

/// R. Newcombe, "Two-Sided Confidence Intervals for the Single Proportion" (1998),
/// table I: 95 % intervals of methods 1 (normal), 3 (score) and 5 (Clopper and
/// Pearson), to four digits.
#[test]
fn published() {
    type Row = (f64, f64, [(f64, f64); 3]);
    let table: [Row; 4] = [
        (81.0, 263.0, [(0.2522, 0.3638), (0.2553, 0.3662), (0.2527, 0.3676)]),
        (15.0, 148.0, [(0.0527, 0.1500), (0.0624, 0.1605), (0.0578, 0.1617)]),
        (0.0, 20.0, [(0.0, 0.0), (0.0, 0.1611), (0.0, 0.1684)]),
        (1.0, 29.0, [(0.0, 0.1009), (0.0061, 0.1718), (0.0009, 0.1776)]),
    ];
    let methods: [Interval; 3] =
        [lgt_interval_normal, lgt_interval_wilson, lgt_interval_clopper_pearson];
    for (k, n, printed) in table {
        for (method, printed) in methods.into_iter().zip(printed) {
            let got = interval(method, k, n, 0.95);
            let close = |a: f64, b: f64| (a - b).abs() <= 5e-5 + 1e-12;
            assert!(close(got.0, printed.0) && close(got.1, printed.1), "{k} {n} {got:?}");
        }
    }
}

#[test]
fn ends_of_the_range() {
    for (name, method) in METHODS {
        assert_eq!(interval(method, 0.0, 0.0, 0.95), (0.0, 1.0), "{name}");
        for n in [1e-9, 0.5, 1.0, 20.0, 1e9, 9223372036854775808.0] {
            let (none, all) = (interval(method, 0.0, n, 0.9), interval(method, n, n, 0.9));
            assert_eq!(none.0, 0.0, "{name} {n}");
            assert_eq!(all.1, 1.0, "{name} {n}");
            assert!((none.1 + all.0 - 1.0).abs() < 1e-15, "{name} {n}");
            for share in [1e-9, 0.25, 0.5, 0.9] {
                for confidence in [1e-9, 0.3, 0.95, 1.0 - f64::EPSILON / 2.0] {
                    let (low, high) = interval(method, share * n, n, confidence);
                    assert!(
                        0.0 <= low && low <= high && high <= 1.0,
                        "{name} {share} {n} {confidence:e}: {low} {high}"
                    );
                    // Clopper's and Pearson's holds the share, whole trials or more.
                    let exact = name == "clopper_pearson" && n >= 1.0;
                    assert!(
                        !exact || (low <= share + 1e-15 && share <= high + 1e-15),
                        "{low} {share}"
                    );
                }
            }
        }
    }
}

/// Clopper's and Pearson's coverage is never too small, Wilson's on average right:
/// added up over all that may come of 40 trials.
#[test]
fn coverage() {
    let n = 40;
    let of = |method: Interval| {
        (0..=n).map(|k| interval(method, k.into(), n.into(), 0.9)).collect::<Vec<_>>()
    };
    let (exact, score) = (of(lgt_interval_clopper_pearson), of(lgt_interval_wilson));
    let (mut total, steps) = (0.0, 999);
    for step in 1..=steps {
        let p = f64::from(step) / f64::from(steps + 1);
        let mut term = (1.0 - p).powi(n);
        let mut covered = [0.0; 2];
        for k in 0..=n {
            for (sum, intervals) in covered.iter_mut().zip([&exact, &score]) {
                let (low, high) = intervals[k as usize];
                *sum += if low <= p && p <= high { term } else { 0.0 };
            }
            term *= f64::from(n - k) / f64::from(k + 1) * p / (1.0 - p);
        }
        assert!(covered[0] >= 0.9 - 1e-12, "{p}: {}", covered[0]);
        total += covered[1];
    }
    let mean = total / f64::from(steps);
    assert!((mean - 0.9).abs() < 0.01, "{mean}");
}

#[test]
fn refusals() {
    let nan = f64::NAN;
    let bad = [
        (-1.0, 2.0, 0.9),
        (3.0, 2.0, 0.9),
        (nan, 2.0, 0.9),
        (1.0, nan, 0.9),
        (1.0, -1.0, 0.9),
        (1.0, f64::INFINITY, 0.9),
        (1.0, 1e19, 0.9),
        (1.0, 2.0, 0.0),
        (1.0, 2.0, 1.0),
        (1.0, 2.0, -0.5),
        (1.0, 2.0, nan),
    ];
    for (_, method) in METHODS {
        let mut out = [7.0, 8.0];
        let (low, high) = (&raw mut out[0], &raw mut out[1]);
        let null = core::ptr::null_mut();
        // SAFETY: two numbers, or null, to write to.
        unsafe {
            for (k, n, confidence) in bad {
                assert_eq!(method(k, n, confidence, low, high), Status::LGT_E_VALUE);
            }
            assert_eq!(method(1.0, 2.0, 0.9, null, high), Status::LGT_E_NULL);
            assert_eq!(method(1.0, 2.0, 0.9, low, null), Status::LGT_E_NULL);
        }
        assert_eq!(out, [7.0, 8.0]);
    }
}

/// The percentile interval of a share covers it about as often as it says: of 300
/// samples of 100 rows, within four standard errors and what is known of so few rows.
#[test]
fn coverage_of_replicates() {
    let (samples, rows, replicates, confidence) = (300u32, 100usize, 199u32, 0.9);
    let share = 0.7;
    let mut bytes = 0;
    let x = vec![[1.0f32, 0.0]; rows];
    let mut values = vec![0.0; replicates as usize];
    // Any numbers will do that are not those of the replicates.
    let mut seed = 1u64;
    let mut uniform = || {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 11) as f64 / 2f64.powi(53)
    };
    let mut covered = 0;
    for sample in 0..samples {
        let labels: Vec<u8> = (0..rows).map(|_| u8::from(uniform() >= share)).collect();
        let mut report = core::mem::MaybeUninit::<BootstrapReport>::uninit();
        // SAFETY: arrays of `rows` rows, a state of its size, `replicates` numbers.
        let report = unsafe {
            let (kind, weights) = (LGT_STATE_ACCURACY, core::ptr::null());
            assert_eq!(lgt_bootstrap_size(kind, 1, replicates, &raw mut bytes), Status::LGT_OK);
            let mut state = vec![0u64; bytes / 8];
            let at = state.as_mut_ptr().cast();
            let (y, first) = (labels.as_ptr().cast(), u64::from(sample) * rows as u64);
            let out = values.as_mut_ptr();
            for status in [
                lgt_bootstrap_init(at, bytes, kind, 1, replicates, 2),
                lgt_bootstrap_update_f32(
                    at,
                    x.as_ptr().cast(),
                    2,
                    y,
                    LGT_U8,
                    weights,
                    first,
                    rows,
                    2,
                ),
                lgt_bootstrap_finish(at, confidence, out, values.len(), report.as_mut_ptr()),
            ] {
                assert_eq!(status, Status::LGT_OK);
            }
            report.assume_init()
        };
        covered += u32::from(report.low <= share && share <= report.high);
    }
    let got = f64::from(covered) / f64::from(samples);
    let error = 4.0 * (confidence * (1.0 - confidence) / f64::from(samples)).sqrt();
    assert!((got - confidence).abs() < error + 0.02, "{got}");
}
