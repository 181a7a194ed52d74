//! How often DeLong's intervals hold the AUROC of two normal distributions, which is
//! `Phi(d / sqrt 2)` where their means are `d` deviations apart; and how often the test
//! of two scores that are equally good finds a difference.

use logitude::capi::delong::*;
use logitude::capi::types::LGT_U8;
use logitude::math::normal;
use logitude::status::Status;

/// Normal numbers by the sum of many would not do: tails count here.
struct Normal(u64);

impl Normal {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        normal::quantile(((z ^ (z >> 31)) >> 11) as f64 / 2f64.powi(53) + 2f64.powi(-54))
    }
}

/// Samples of so many of each label, `apart` deviations.
struct Case {
    positives: usize,
    negatives: usize,
    apart: f64,
}

const CONFIDENCE: f64 = 0.9;

/// The shares of samples in which the normal interval and the one of logits hold the
/// truth, and in which the test rejects at 1 less the confidence.
fn shares(case: &Case, samples: u32, seed: u64) -> [f64; 3] {
    let truth = normal::cdf(case.apart * core::f64::consts::FRAC_1_SQRT_2);
    let (mut random, n) = (Normal(seed), case.positives + case.negatives);
    let labels: Vec<u8> = (0..n).map(|i| u8::from(i < case.positives)).collect();
    let (mut first, mut second, mut room) = (vec![0.0; n], vec![0.0; n], vec![0u64; 2 * n]);
    let mut counts = [0u32; 3];
    for _ in 0..samples {
        for ((a, b), label) in first.iter_mut().zip(&mut second).zip(&labels) {
            // Both scores are as good, and see much the same.
            let shared = random.next() + case.apart * f64::from(*label) * 2f64.sqrt();
            (*a, *b) = (shared + random.next(), shared + random.next());
        }
        let (x, y, labels) = (first.as_ptr(), second.as_ptr(), labels.as_ptr().cast());
        let (at, size) = (room.as_mut_ptr().cast(), size_of_val(&room[..]));
        // SAFETY: arrays are as long as is said; reports of numbers.
        let (report, test) = unsafe {
            let (mut report, mut test) = core::mem::zeroed();
            let to = &raw mut report;
            let status = lgt_delong_f64(x, labels, LGT_U8, CONFIDENCE, to, n, at, size);
            assert_eq!(status, Status::LGT_OK);
            let to = &raw mut test;
            let status = lgt_delong_test_f64(x, y, labels, LGT_U8, CONFIDENCE, to, n, at, size);
            assert!(status == Status::LGT_OK || status == Status::LGT_UNDEFINED);
            let pair: (logitude::curves::delong::DelongReport, _) = (report, test);
            pair
        };
        let test: logitude::curves::delong::DelongTestReport = test;
        counts[0] += u32::from(report.low <= truth && truth <= report.high);
        counts[1] += u32::from(report.logit_low <= truth && truth <= report.logit_high);
        counts[2] += u32::from(test.p < 1.0 - CONFIDENCE);
    }
    counts.map(|count| f64::from(count) / f64::from(samples))
}

/// Three deviations of a share of so many samples.
fn chance(samples: u32) -> f64 {
    3.0 * (CONFIDENCE * (1.0 - CONFIDENCE) / f64::from(samples)).sqrt()
}

#[test]
fn delong_covers() {
    for (positives, negatives, apart) in [(60, 60, 0.5), (50, 150, 1.0), (120, 120, 1.5)] {
        let samples = 1500;
        let [normal, logit, rejected] = shares(&Case { positives, negatives, apart }, samples, 11);
        // By the limit of many rows: some is missing.
        let slack = 0.015 + chance(samples);
        assert!((normal - CONFIDENCE).abs() < slack, "{apart}: {normal}");
        assert!((logit - CONFIDENCE).abs() < slack, "{apart}: {logit}");
        assert!((rejected - (1.0 - CONFIDENCE)).abs() < slack, "{apart}: {rejected}");
    }
}

/// The long form, by `make intervals`.
#[test]
#[ignore = "takes minutes"]
fn delong_covers_everywhere() {
    let samples = 5000;
    println!("{samples} samples each, at {CONFIDENCE}; chance is {:.4}", chance(samples));
    println!(
        "{:>9} {:>9} {:>6} {:>8} {:>8} {:>8}",
        "positives", "negatives", "AUROC", "normal", "logit", "rejected"
    );
    for (positives, negatives) in [(20, 20), (30, 300), (100, 100), (100, 1000), (500, 500)] {
        for apart in [0.0, 0.5, 1.0, 2.0, 3.0] {
            let case = Case { positives, negatives, apart };
            let auroc = normal::cdf(apart * core::f64::consts::FRAC_1_SQRT_2);
            let [normal, logit, rejected] = shares(&case, samples, 12);
            println!(
                "{positives:>9} {negatives:>9} {auroc:>6.3} {normal:>8.4} {logit:>8.4} {rejected:>8.4}"
            );
            // Many rows, and an AUROC that is not next to its end: the nominal rate.
            if positives >= 100 && apart <= 2.0 {
                let slack = 0.012 + chance(samples);
                assert!((normal - CONFIDENCE).abs() < slack, "{normal}");
                assert!((logit - CONFIDENCE).abs() < slack, "{logit}");
                assert!((rejected - (1.0 - CONFIDENCE)).abs() < slack, "{rejected}");
            }
        }
    }
}
