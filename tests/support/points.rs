//! Probabilities of one thing with labels and weights, as C functions take them,
//! and those functions, by storage type.
#![allow(dead_code)] // Each test binary uses its part.

use super::batch::LABEL_TYPES;
use super::dtype::*;
use super::rng::Rng;
use logitude::capi::{
    ace::*, brier_decomposition::*, ca_loss::*, ece_binary::*, ece_classwise::*, ece_equal_mass::*,
    ks_calibration::*, mmce::*, pearson::*, regression::*, smooth_ece::*, top_label::*,
};
use logitude::metrics::ace::AceReport;
use logitude::metrics::brier_decomposition::BrierDecompositionReport;
use logitude::metrics::ks_calibration::KsCalibrationReport;
use logitude::metrics::mmce::MmceReport;
use logitude::metrics::reliability::{ReliabilityBin, ReliabilityReport};
use logitude::metrics::smooth_ece::SmoothEceReport;
use logitude::status::Status;
use std::ffi::c_void;

/// A probability, whether it came true, and its weight.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    pub p: f64,
    pub hit: bool,
    pub weight: f64,
}

type Update<S, A> =
    unsafe extern "C" fn(*mut c_void, *const S, *const c_void, u32, *const A, usize) -> Status;
/// Of two columns and weights.
type OfColumns<S, A> =
    unsafe extern "C" fn(*mut c_void, *const S, *const S, *const A, usize) -> Status;
/// Of labelled rows with temperatures.
type WithTemperatures<S, A> = unsafe extern "C" fn(
    *mut c_void,
    *const S,
    usize,
    *const c_void,
    u32,
    *const A,
    *const f64,
    usize,
    usize,
    usize,
) -> Status;
/// A function of points with a report and scratch.
pub type OfPoints<S, A, R> = unsafe extern "C" fn(
    *const S,
    *const c_void,
    u32,
    *const A,
    *mut R,
    usize,
    *mut c_void,
    usize,
) -> Status;
type EqualMass<S, A> = unsafe extern "C" fn(
    *const S,
    *const c_void,
    u32,
    *const A,
    *mut ReliabilityReport,
    *mut ReliabilityBin,
    usize,
    u32,
    u32,
    *mut c_void,
    usize,
) -> Status;
pub type OfTable<S, A> = unsafe extern "C" fn(
    *const S,
    usize,
    *const c_void,
    u32,
    *const A,
    *mut AceReport,
    usize,
    usize,
    u32,
    f64,
    *mut c_void,
    usize,
) -> Status;
pub type BrierParts<S, A> = unsafe extern "C" fn(
    *const S,
    *const c_void,
    u32,
    *const A,
    *mut BrierDecompositionReport,
    usize,
    u32,
    *mut c_void,
    usize,
) -> Status;
type TopLabel<S, A> =
    unsafe extern "C" fn(*const S, usize, *mut A, *mut u32, usize, usize) -> Status;

/// The functions of points, by storage type.
pub trait PointFunctions: Dtype {
    const ECE_BINARY: Update<Self::Store, Self::Acc>;
    const PEARSON: OfColumns<Self::Store, Self::Acc>;
    const REGRESSION: OfColumns<Self::Store, Self::Acc>;
    const CA_LOSS: WithTemperatures<Self::Store, Self::Acc>;
    const ECE_CLASSWISE: super::dtype::Update<Self::Store, Self::Acc>;
    const EQUAL_MASS: EqualMass<Self::Store, Self::Acc>;
    const KS: OfPoints<Self::Store, Self::Acc, KsCalibrationReport>;
    const MMCE: OfPoints<Self::Store, Self::Acc, MmceReport>;
    const SMOOTH: OfPoints<Self::Store, Self::Acc, SmoothEceReport>;
    const TOP_LABEL: TopLabel<Self::Store, Self::Acc>;
    const ACE: OfTable<Self::Store, Self::Acc>;
    const BRIER_PARTS: BrierParts<Self::Store, Self::Acc>;
}

impl PointFunctions for F32 {
    const ECE_BINARY: Update<f32, f32> = lgt_ece_binary_update_f32;
    const PEARSON: OfColumns<f32, f32> = lgt_pearson_update_f32;
    const REGRESSION: OfColumns<f32, f32> = lgt_regression_update_f32;
    const CA_LOSS: WithTemperatures<f32, f32> = lgt_ca_loss_update_f32;
    const ECE_CLASSWISE: super::dtype::Update<f32, f32> = lgt_ece_classwise_update_f32;
    const EQUAL_MASS: EqualMass<f32, f32> = lgt_ece_equal_mass_f32;
    const KS: OfPoints<f32, f32, KsCalibrationReport> = lgt_ks_calibration_f32;
    const MMCE: OfPoints<f32, f32, MmceReport> = lgt_mmce_f32;
    const SMOOTH: OfPoints<f32, f32, SmoothEceReport> = lgt_smooth_ece_f32;
    const TOP_LABEL: TopLabel<f32, f32> = lgt_top_label_f32;
    const ACE: OfTable<f32, f32> = lgt_ace_f32;
    const BRIER_PARTS: BrierParts<f32, f32> = lgt_brier_decomposition_f32;
}

impl PointFunctions for F64 {
    const ECE_BINARY: Update<f64, f64> = lgt_ece_binary_update_f64;
    const PEARSON: OfColumns<f64, f64> = lgt_pearson_update_f64;
    const REGRESSION: OfColumns<f64, f64> = lgt_regression_update_f64;
    const CA_LOSS: WithTemperatures<f64, f64> = lgt_ca_loss_update_f64;
    const ECE_CLASSWISE: super::dtype::Update<f64, f64> = lgt_ece_classwise_update_f64;
    const EQUAL_MASS: EqualMass<f64, f64> = lgt_ece_equal_mass_f64;
    const KS: OfPoints<f64, f64, KsCalibrationReport> = lgt_ks_calibration_f64;
    const MMCE: OfPoints<f64, f64, MmceReport> = lgt_mmce_f64;
    const SMOOTH: OfPoints<f64, f64, SmoothEceReport> = lgt_smooth_ece_f64;
    const TOP_LABEL: TopLabel<f64, f64> = lgt_top_label_f64;
    const ACE: OfTable<f64, f64> = lgt_ace_f64;
    const BRIER_PARTS: BrierParts<f64, f64> = lgt_brier_decomposition_f64;
}

impl PointFunctions for F16 {
    const ECE_BINARY: Update<u16, f32> = lgt_ece_binary_update_f16;
    const PEARSON: OfColumns<u16, f32> = lgt_pearson_update_f16;
    const REGRESSION: OfColumns<u16, f32> = lgt_regression_update_f16;
    const CA_LOSS: WithTemperatures<u16, f32> = lgt_ca_loss_update_f16;
    const ECE_CLASSWISE: super::dtype::Update<u16, f32> = lgt_ece_classwise_update_f16;
    const EQUAL_MASS: EqualMass<u16, f32> = lgt_ece_equal_mass_f16;
    const KS: OfPoints<u16, f32, KsCalibrationReport> = lgt_ks_calibration_f16;
    const MMCE: OfPoints<u16, f32, MmceReport> = lgt_mmce_f16;
    const SMOOTH: OfPoints<u16, f32, SmoothEceReport> = lgt_smooth_ece_f16;
    const TOP_LABEL: TopLabel<u16, f32> = lgt_top_label_f16;
    const ACE: OfTable<u16, f32> = lgt_ace_f16;
    const BRIER_PARTS: BrierParts<u16, f32> = lgt_brier_decomposition_f16;
}

impl PointFunctions for Bf16 {
    const ECE_BINARY: Update<u16, f32> = lgt_ece_binary_update_bf16;
    const PEARSON: OfColumns<u16, f32> = lgt_pearson_update_bf16;
    const REGRESSION: OfColumns<u16, f32> = lgt_regression_update_bf16;
    const CA_LOSS: WithTemperatures<u16, f32> = lgt_ca_loss_update_bf16;
    const ECE_CLASSWISE: super::dtype::Update<u16, f32> = lgt_ece_classwise_update_bf16;
    const EQUAL_MASS: EqualMass<u16, f32> = lgt_ece_equal_mass_bf16;
    const KS: OfPoints<u16, f32, KsCalibrationReport> = lgt_ks_calibration_bf16;
    const MMCE: OfPoints<u16, f32, MmceReport> = lgt_mmce_bf16;
    const SMOOTH: OfPoints<u16, f32, SmoothEceReport> = lgt_smooth_ece_bf16;
    const TOP_LABEL: TopLabel<u16, f32> = lgt_top_label_bf16;
    const ACE: OfTable<u16, f32> = lgt_ace_bf16;
    const BRIER_PARTS: BrierParts<u16, f32> = lgt_brier_decomposition_bf16;
}

/// Arrays of points.
pub struct Arrays<D: Dtype> {
    pub x: Vec<D::Store>,
    pub labels: Vec<u64>,
    pub label_type: u32,
    pub weights: Option<Vec<D::Acc>>,
}

impl<D: Dtype> Arrays<D> {
    /// Labels in the type `LABEL_TYPES[kind]`; weights only if one is not 1.
    pub fn new(points: &[Point], kind: usize) -> Arrays<D> {
        let (label_type, size) = LABEL_TYPES[kind];
        let mut labels = vec![0u64; points.len() + 1];
        let bytes = labels.as_mut_ptr().cast::<u8>();
        let least = if cfg!(target_endian = "little") { 0 } else { size - 1 };
        for (i, point) in points.iter().enumerate() {
            // SAFETY: there are 8 bytes a point.
            unsafe { *bytes.add(i * size + least) = u8::from(point.hit) };
        }
        let weighted = points.iter().any(|point| point.weight != 1.0);
        Arrays {
            x: points.iter().map(|point| D::store(point.p)).collect(),
            labels,
            label_type,
            weights: weighted.then(|| points.iter().map(|p| D::acc(p.weight)).collect()),
        }
    }

    /// Calls a function of points.
    pub fn call<R>(&self, f: OfPoints<D::Store, D::Acc, R>, scratch: &mut [u64]) -> (Status, R) {
        // SAFETY: reports hold u64 and f64 only.
        let mut report: R = unsafe { core::mem::zeroed() };
        let (at, size) = (scratch.as_mut_ptr().cast(), size_of_val(scratch));
        let (x, labels, n) = (self.x.as_ptr(), self.labels(), self.x.len());
        // SAFETY: the arrays are there.
        let status =
            unsafe { f(x, labels, self.label_type, self.weights(), &raw mut report, n, at, size) };
        (status, report)
    }

    pub fn labels(&self) -> *const c_void {
        self.labels.as_ptr().cast()
    }

    pub fn weights(&self) -> *const D::Acc {
        self.weights.as_ref().map_or(core::ptr::null(), |weights| weights.as_ptr())
    }
}

/// Points as `D` stores them: of many values or few, on the edges of bins or not;
/// weights are 1, whole (some of them 0), or any.
pub fn points<D: Dtype>(rng: &mut Rng, n: usize) -> Vec<Point> {
    let (values, weights, skill) = (rng.below(4), rng.below(3), rng.unit());
    let one = |rng: &mut Rng| {
        let p = match values {
            0 => rng.unit(),
            1 => rng.unit().powi(4),
            2 => rng.below(21) as f64 / 20.0,
            _ => [0.0, 1.0, 0.5, 0.25][rng.below(4)],
        };
        let p = D::value(D::store(p));
        let hit = rng.unit() < skill * p + (1.0 - skill) * 0.5;
        let weight = match weights {
            0 => 1.0,
            1 => rng.below(4) as f64,
            _ => D::acc_value(D::acc(rng.unit() * 10.0)),
        };
        Point { p, hit, weight }
    };
    (0..n).map(|_| one(rng)).collect()
}

/// Numbers of points to try.
pub const SIZES: [usize; 10] = [0, 1, 2, 3, 15, 16, 17, 33, 100, 700];
