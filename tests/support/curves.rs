//! Functions of scores of two classes and of two samples, by storage type.
#![allow(dead_code)] // Each test binary uses its part.

use super::batch::LABEL_TYPES;
use super::dtype::*;
use super::rng::Rng;
use logitude::capi::{
    binned_auroc::*, delong::*, ks_two_sample::*, mann_whitney::*, risk_coverage::*,
    streaming_auroc::*,
};
use logitude::curves::delong::{DelongReport, DelongTestReport};
use logitude::curves::ks_two_sample::KsTwoSampleReport;
use logitude::curves::mann_whitney::MannWhitneyReport;
use logitude::curves::risk_coverage::RiskCoverageReport;
use logitude::status::Status;
use std::ffi::c_void;

/// A score with its label.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub score: f64,
    pub hit: bool,
}

type Delong<S> = unsafe extern "C" fn(
    *const S,
    *const c_void,
    u32,
    f64,
    *mut DelongReport,
    usize,
    *mut c_void,
    usize,
) -> Status;
type DelongTest<S> = unsafe extern "C" fn(
    *const S,
    *const S,
    *const c_void,
    u32,
    f64,
    *mut DelongTestReport,
    usize,
    *mut c_void,
    usize,
) -> Status;
type TwoSamples<S, R, O> = unsafe extern "C" fn(
    *const S,
    *const S,
    *mut R,
    usize,
    usize,
    *const O,
    *mut c_void,
    usize,
) -> Status;
type RiskCoverage<S> = unsafe extern "C" fn(
    *const S,
    *const S,
    f64,
    f64,
    *mut RiskCoverageReport,
    *mut f64,
    *mut f64,
    *mut f64,
    usize,
    *mut c_void,
    usize,
) -> Status;
type Binned<S> = unsafe extern "C" fn(
    *mut c_void,
    *const S,
    *const c_void,
    u32,
    *const f64,
    usize,
    usize,
) -> Status;
type Streaming<S> =
    unsafe extern "C" fn(*mut c_void, *const S, *const c_void, u32, usize) -> Status;

/// The functions, by storage type.
pub trait CurveFunctions: Dtype {
    const DELONG: Delong<Self::Store>;
    const DELONG_TEST: DelongTest<Self::Store>;
    const MANN_WHITNEY: TwoSamples<Self::Store, MannWhitneyReport, lgt_mann_whitney_opts>;
    const KS: TwoSamples<Self::Store, KsTwoSampleReport, lgt_ks_two_sample_opts>;
    const RISK_COVERAGE: RiskCoverage<Self::Store>;
    const BINNED: Binned<Self::Store>;
    const STREAMING: Streaming<Self::Store>;
}

macro_rules! curve_functions {
    ($($dtype:ident, $store:ty: $delong:ident $test:ident $mann_whitney:ident $ks:ident
       $risk_coverage:ident $binned:ident $streaming:ident;)*) => {$(
        impl CurveFunctions for $dtype {
            const DELONG: Delong<$store> = $delong;
            const DELONG_TEST: DelongTest<$store> = $test;
            const MANN_WHITNEY: TwoSamples<$store, MannWhitneyReport, lgt_mann_whitney_opts> =
                $mann_whitney;
            const KS: TwoSamples<$store, KsTwoSampleReport, lgt_ks_two_sample_opts> = $ks;
            const RISK_COVERAGE: RiskCoverage<$store> = $risk_coverage;
            const BINNED: Binned<$store> = $binned;
            const STREAMING: Streaming<$store> = $streaming;
        }
    )*};
}

curve_functions! {
    F32, f32: lgt_delong_f32 lgt_delong_test_f32 lgt_mann_whitney_f32 lgt_ks_two_sample_f32
        lgt_risk_coverage_f32 lgt_binned_auroc_update_f32 lgt_streaming_auroc_update_f32;
    F64, f64: lgt_delong_f64 lgt_delong_test_f64 lgt_mann_whitney_f64 lgt_ks_two_sample_f64
        lgt_risk_coverage_f64 lgt_binned_auroc_update_f64 lgt_streaming_auroc_update_f64;
    F16, u16: lgt_delong_f16 lgt_delong_test_f16 lgt_mann_whitney_f16 lgt_ks_two_sample_f16
        lgt_risk_coverage_f16 lgt_binned_auroc_update_f16 lgt_streaming_auroc_update_f16;
    Bf16, u16: lgt_delong_bf16 lgt_delong_test_bf16 lgt_mann_whitney_bf16 lgt_ks_two_sample_bf16
        lgt_risk_coverage_bf16 lgt_binned_auroc_update_bf16 lgt_streaming_auroc_update_bf16;
}

/// Numbers as `D` stores them.
pub fn stored<D: Dtype>(numbers: &[f64]) -> Vec<D::Store> {
    numbers.iter().map(|x| D::store(*x)).collect()
}

/// Labels 0 and 1 in the type `LABEL_TYPES[kind]`, and its number.
pub fn labels(hits: impl ExactSizeIterator<Item = bool>, kind: usize) -> (Vec<u64>, u32) {
    let (label_type, size) = LABEL_TYPES[kind];
    let mut labels = vec![0u64; hits.len() + 1];
    let bytes = labels.as_mut_ptr().cast::<u8>();
    let least = if cfg!(target_endian = "little") { 0 } else { size - 1 };
    for (i, hit) in hits.enumerate() {
        // SAFETY: there are 8 bytes a label.
        unsafe { *bytes.add(i * size + least) = u8::from(hit) };
    }
    (labels, label_type)
}

/// Scratch full of rubbish.
pub fn rubbish(bytes: usize) -> Vec<u64> {
    vec![0xa5a5_a5a5_a5a5_a5a5; bytes / 8]
}

/// Numbers of one of several sorts, as `D` stores them: of many values or few, huge,
/// tiny, some infinite, all the same.
pub fn numbers<D: Dtype>(rng: &mut Rng, n: usize, sort: usize) -> Vec<f64> {
    let one = |rng: &mut Rng| match sort {
        0 => rng.normal(),
        1 => (rng.normal() * 2.0).round() / 2.0,
        2 => [f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, 1.0][rng.below(5)],
        3 => (rng.unit() - 0.5) * 1e-310,
        4 => (rng.unit() - 0.5) * 1e300,
        5 => 1.0,
        6 => rng.unit(),
        _ => 1.0 / (1.0 + (-20.0 * rng.normal()).exp()),
    };
    (0..n).map(|_| D::value(D::store(one(rng)))).collect()
}

/// Sorts of numbers there are.
pub const SORTS: usize = 8;
/// Those of probabilities.
pub const PROBABILITIES: [usize; 3] = [5, 6, 7];

/// Scores with labels that depend on them.
pub fn rows<D: Dtype>(rng: &mut Rng, n: usize, sort: usize) -> Vec<Row> {
    let scores = numbers::<D>(rng, n, sort);
    let share = rng.unit();
    scores
        .into_iter()
        .map(|score| Row { score, hit: rng.unit() < if score > 0.5 { 0.7 } else { share } })
        .collect()
}

/// The report of `lgt_delong`.
pub fn delong<D: CurveFunctions>(
    rows: &[Row],
    kind: usize,
    confidence: f64,
) -> (Status, DelongReport) {
    let x: Vec<D::Store> = rows.iter().map(|row| D::store(row.score)).collect();
    let (labels, label_type) = labels(rows.iter().map(|row| row.hit), kind);
    let (mut bytes, n) = (0, rows.len());
    // SAFETY: arrays are as long as is said, reports of u64 and f64.
    unsafe {
        let mut report = core::mem::zeroed();
        assert_eq!(lgt_delong_scratch(n, &raw mut bytes), Status::LGT_OK);
        let mut room = rubbish(bytes);
        let (labels, at) = (labels.as_ptr().cast(), room.as_mut_ptr().cast());
        let to = &raw mut report;
        let status = D::DELONG(x.as_ptr(), labels, label_type, confidence, to, n, at, bytes);
        (status, report)
    }
}

/// The report of `lgt_delong_test`.
pub fn delong_test<D: CurveFunctions>(
    rows: &[Row],
    second: &[f64],
    kind: usize,
) -> (Status, DelongTestReport) {
    let x: Vec<D::Store> = rows.iter().map(|row| D::store(row.score)).collect();
    let y = stored::<D>(second);
    let (labels, label_type) = labels(rows.iter().map(|row| row.hit), kind);
    let (mut bytes, n) = (0, rows.len());
    // SAFETY: as above.
    unsafe {
        let mut report = core::mem::zeroed();
        assert_eq!(lgt_delong_test_scratch(n, &raw mut bytes), Status::LGT_OK);
        let mut room = rubbish(bytes.next_multiple_of(8));
        let (labels, at) = (labels.as_ptr().cast(), room.as_mut_ptr().cast());
        let (x, y, to) = (x.as_ptr(), y.as_ptr(), &raw mut report);
        let status = D::DELONG_TEST(x, y, labels, label_type, 0.9, to, n, at, bytes);
        (status, report)
    }
}

/// The report of `lgt_mann_whitney`.
pub fn mann_whitney<D: CurveFunctions>(
    x: &[f64],
    y: &[f64],
    opts: lgt_mann_whitney_opts,
) -> (Status, MannWhitneyReport) {
    let (n, m, mut bytes) = (x.len(), y.len(), 0);
    let (x, y) = (stored::<D>(x), stored::<D>(y));
    // SAFETY: as above.
    unsafe {
        let mut report = core::mem::zeroed();
        let status = lgt_mann_whitney_scratch(n, m, &raw const opts, &raw mut bytes);
        assert_eq!(status, Status::LGT_OK);
        let mut room = rubbish(bytes);
        let (to, at) = (&raw mut report, room.as_mut_ptr().cast());
        let status = D::MANN_WHITNEY(x.as_ptr(), y.as_ptr(), to, n, m, &raw const opts, at, bytes);
        (status, report)
    }
}

/// The report of `lgt_ks_two_sample`.
pub fn ks<D: CurveFunctions>(
    x: &[f64],
    y: &[f64],
    opts: lgt_ks_two_sample_opts,
) -> (Status, KsTwoSampleReport) {
    let (n, m, mut bytes) = (x.len(), y.len(), 0);
    let (x, y) = (stored::<D>(x), stored::<D>(y));
    // SAFETY: as above.
    unsafe {
        let mut report = core::mem::zeroed();
        assert_eq!(lgt_ks_two_sample_scratch(n, m, &raw mut bytes), Status::LGT_OK);
        let mut room = rubbish(bytes);
        let (to, at) = (&raw mut report, room.as_mut_ptr().cast());
        let status = D::KS(x.as_ptr(), y.as_ptr(), to, n, m, &raw const opts, at, bytes);
        (status, report)
    }
}
