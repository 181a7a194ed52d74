//! Two classes: every number of the report against its definition.

use crate::level;
use crate::reference::binary::{self, Scored};
use crate::states::f64_ulps;
use crate::support::binary::Binary;
use crate::support::bounds;
use crate::support::dtype::*;
use crate::support::rng::Rng;
use crate::support::worst::Worst;
use logitude::capi::binary::*;
use logitude::metrics::binary::BinaryReport;
use logitude::metrics::reliability::ReliabilityBin;
use logitude::status::Status;

/// The stored value nearest to `x`.
fn stored<D: Dtype>(x: f64) -> f64 {
    D::value(D::store(x))
}

/// Rows of a kind: probabilities, or logits, with outcomes that follow them.
fn rows<D: Dtype>(kind: usize, logits: bool, n: usize, rng: &mut Rng) -> (Vec<Scored>, bool) {
    let weighting = rng.below(3);
    let row = |rng: &mut Rng| {
        let p: f64 = match kind {
            0 => rng.unit(),
            1 => rng.below(21) as f64 / 20.0,
            2 => rng.unit() * 1e-6,
            3 => 1.0 - rng.unit() * 1e-9,
            4 => [0.0, 1.0, 0.5, 1.0 / 3.0][rng.below(4)],
            5 => 0.3,
            _ => (-700.0 * rng.unit()).exp(),
        };
        let score = if logits {
            match kind {
                0 => rng.normal() * 3.0,
                1 => rng.below(9) as f64 - 4.0,
                2 => rng.normal() * 1e-6,
                3 => 40.0 + rng.normal(),
                4 => [0.0, -0.0, 800.0, -800.0][rng.below(4)],
                5 => -1.25,
                _ => rng.normal() * 1000.0,
            }
        } else {
            p
        };
        let score = stored::<D>(score);
        let chance = if logits { 1.0 / (1.0 + (-score).exp()) } else { score };
        let hit = rng.unit() < 0.1 + 0.8 * chance;
        let weight = match weighting {
            0 => 1.0,
            1 => rng.below(4) as f64,
            _ => D::acc_value(D::acc(rng.unit() * 10.0)),
        };
        Scored { score, hit, weight }
    };
    ((0..n).map(|_| row(rng)).collect(), weighting != 0)
}

fn error(got: f64, exact: f64, least: f64) -> f64 {
    if got == exact || (got.is_nan() && exact.is_nan()) {
        0.0
    } else {
        ((got - exact).abs() - least).max(0.0) / exact.abs()
    }
}

fn absolute(got: f64, exact: f64) -> f64 {
    if got == exact || (got.is_nan() && exact.is_nan()) { 0.0 } else { (got - exact).abs() }
}

fn compare(
    worst: &mut Worst,
    (name, family): (&str, &str),
    (got, bins): (&BinaryReport, &[ReliabilityBin]),
    exact: &binary::Report,
) {
    let mut see = |what: &str, error: f64, bound: f64| {
        let place = || format!("{got:?} for {exact:?}");
        worst.see((&format!("{name} {what}"), family), error, bound, place);
    };
    let counts = (got.rows, got.nan_rows, got.infinite_rows, got.clipped_rows);
    assert_eq!(counts, (exact.rows, 0, exact.infinite, exact.clipped), "{name} {family}");
    see("weight", f64_ulps(got.weight, exact.weight), 0.5);
    see("base rate", absolute(got.base_rate, exact.base_rate), 3e-16);
    see("mean", absolute(got.mean_probability, exact.mean), bounds::BINARY_BINS);
    see("log loss", error(got.log_loss, exact.log_loss, bounds::BINARY_LEAST), bounds::BINARY);
    see("brier", error(got.brier, exact.brier, bounds::BINARY_LEAST), bounds::BINARY);
    for (got, exact) in [
        (got.true_negatives, exact.confusion[0]),
        (got.false_negatives, exact.confusion[1]),
        (got.false_positives, exact.confusion[2]),
        (got.true_positives, exact.confusion[3]),
    ] {
        see("confusion", f64_ulps(got, exact), 0.5);
    }
    let z = if exact.z.is_finite() { exact.z } else { f64::NAN };
    if exact.variance == 0.0 {
        assert!(got.spiegelhalter_z.is_nan() && got.spiegelhalter_p.is_nan());
    } else if exact.variance >= bounds::BINARY_VARIANCE {
        see("z", absolute(got.spiegelhalter_z, z) / z.abs().max(1.0), bounds::BINARY_Z);
    }
    let scale = 1.0 + exact.log_loss / exact.base_rate.min(1.0 - exact.base_rate);
    see("brier skill", absolute(got.brier_skill, exact.brier_skill), 1e-14 * scale);
    see("d2", absolute(got.d2_log_loss, exact.d2), 1e-14 * scale);
    let (mut ece, mut mce, mut rms) = (0.0, 0.0f64, 0.0);
    for (bin, exact) in bins.iter().zip(&exact.bins) {
        assert_eq!((bin.rows, bin.weight), (exact.0, exact.1), "{name} {family}");
        see("confidence", absolute(bin.confidence, exact.2), bounds::BINARY_BINS);
        see("frequency", absolute(bin.frequency, exact.3), bounds::BINARY_BINS);
        if exact.1 > 0.0 {
            let gap = (exact.2 - exact.3).abs();
            ece += exact.1 * gap;
            mce = mce.max(gap);
            rms += exact.1 * gap * gap;
        }
    }
    if exact.rows > 0 {
        see("ece", absolute(got.ece, ece / exact.weight), bounds::BINARY_BINS);
        see("mce", absolute(got.mce, mce), bounds::BINARY_BINS);
        see("rms", absolute(got.rms.powi(2), rms / exact.weight), bounds::BINARY_BINS);
    }
}

fn all<D: Dtype>(logits: bool) {
    let mut rng = Rng::new(104);
    let mut worst = Worst::default();
    let sizes = [0, 1, 2, 7, 8, 9, 15, 16, 17, 100, 127, 128, 129, 1000, 5000];
    for (kind, n) in (0..7).flat_map(|kind| sizes.map(|n| (kind, n))) {
        let (data, weighted) = rows::<D>(kind, logits, n, &mut rng);
        let bins = [1, 2, 3, 10, 15, 20, 100, 1000][rng.below(8)];
        let eps = [0.0, 1e-15, 1e-3][rng.below(3)];
        let (stride, label) = (1 + rng.below(3), rng.below(8));
        // Edges are rounded to the type of the data, where probabilities are data.
        let edge = |x| if logits { x } else { D::acc_value(D::acc(x)) };
        let exact = binary::report(&data, logits, eps, bins as usize, edge);
        let state = Binary { bins, eps, input: u32::from(logits) };
        level::each(|level| {
            let mut bytes = state.start();
            let status = state.add::<D>(&mut bytes, &data, stride, label, weighted);
            assert_eq!(status, Status::LGT_OK);
            let (status, got, bins) = state.finish(&bytes);
            assert_eq!(status == Status::LGT_UNDEFINED, exact.rows == 0);
            let name = format!("binary {logits} {} {level}", D::NAME);
            let family = format!("{kind}");
            compare(&mut worst, (&name, &family), (&got, &bins), &exact);
        });
    }
    worst.settle();
}

pub fn probabilities<D: Dtype>() {
    all::<D>(false);
}

pub fn logits<D: Dtype>() {
    all::<D>(true);
}

/// Rows that are no ordinary ones, in every lane, among rows that are.
pub fn corners<D: Dtype>() {
    let (inf, nan) = (f64::INFINITY, f64::NAN);
    // Score, class, input, eps; rows with NaN, +inf, clipped.
    let cases: [(f64, bool, u32, f64, [u64; 3]); 15] = [
        (nan, true, 0, 0.0, [1, 0, 0]),
        (inf, true, 0, 0.0, [1, 0, 0]),
        (-inf, false, 0, 0.0, [1, 0, 0]),
        (-0.25, false, 0, 0.0, [1, 0, 0]),
        (1.015625, true, 0, 0.0, [1, 0, 0]),
        (1.0078125, true, 0, 0.0, [0, 0, 1]),
        (0.0, true, 0, 0.0, [0, 1, 0]),
        (0.0, true, 0, 1e-15, [0, 0, 1]),
        (0.0, false, 0, 1e-15, [0, 0, 1]),
        (1.0, false, 0, 0.0, [0, 1, 0]),
        (-0.0, false, 0, 0.0, [0, 0, 0]),
        (nan, true, 1, 0.0, [1, 0, 0]),
        (inf, true, 1, 0.0, [0, 0, 0]),
        (inf, false, 1, 0.0, [0, 1, 0]),
        (-inf, true, 1, 0.0, [0, 1, 0]),
    ];
    for (score, hit, input, eps, counts) in cases {
        level::each(|level| {
            for at in 0..19 {
                let calm = Scored { score: 0.25, hit: false, weight: 1.0 };
                let mut data = [calm; 19];
                data[at] = Scored { score, hit, weight: 1.0 };
                let state = Binary { bins: 4, eps, input };
                let mut bytes = state.start();
                assert_eq!(state.add::<D>(&mut bytes, &data, 1, 0, false), Status::LGT_OK);
                let (status, got, bins) = state.finish(&bytes);
                let seen = [got.nan_rows, got.infinite_rows, got.clipped_rows];
                assert_eq!(seen, counts, "{score} {level}");
                assert_eq!(got.rows, 19);
                let lost = counts[0] > 0;
                assert_eq!(status == Status::LGT_UNDEFINED, lost);
                let means = [got.brier, got.ece, got.mce, got.rms, got.mean_probability];
                assert!(means.iter().all(|mean| mean.is_nan() == lost), "{score} {got:?}");
                assert!(got.base_rate.is_nan() == lost && got.log_loss.is_nan() == lost);
                assert!(counts[1] == 0 || got.log_loss == inf);
                assert_eq!(bins.iter().map(|bin| bin.rows).sum::<u64>(), 19 - counts[0]);
                assert_eq!(got.weight, 19.0 - counts[0] as f64);
            }
        });
    }
    assert_eq!((LGT_BINARY_PROBABILITIES, LGT_BINARY_LOGITS), (0, 1));
}
