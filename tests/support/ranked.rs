//! The functions of scores in order, by storage type.
#![allow(dead_code)] // Each test binary uses its part.

use super::dtype::*;
use logitude::capi::{
    auroc::*, average_precision::*, det_curve::*, operating_point::*, precision_recall_curve::*,
    roc_curve::*,
};
use logitude::curves::auroc::AurocReport;
use logitude::curves::average_precision::AveragePrecisionReport;
use logitude::curves::operating_point::OperatingPointReport;
use logitude::curves::roc_curve::RocCurveReport;
use logitude::status::Status;
use std::ffi::c_void;

type Auroc<S, A> = unsafe extern "C" fn(
    *const S,
    *const c_void,
    u32,
    *const A,
    *mut AurocReport,
    usize,
    f64,
    *mut c_void,
    usize,
) -> Status;
type Point<S, A> = unsafe extern "C" fn(
    *const S,
    *const c_void,
    u32,
    *const A,
    *mut OperatingPointReport,
    usize,
    u32,
    f64,
    *mut c_void,
    usize,
) -> Status;
type Curve<S, A> = unsafe extern "C" fn(
    *const S,
    *const c_void,
    u32,
    *const A,
    *mut f64,
    *mut f64,
    *mut S,
    *mut RocCurveReport,
    usize,
    usize,
    u32,
    *mut c_void,
    usize,
) -> Status;

/// The functions, by storage type.
pub trait RankedFunctions: Dtype {
    const AUROC: Auroc<Self::Store, Self::Acc>;
    const AVERAGE_PRECISION: super::points::OfPoints<
        Self::Store,
        Self::Acc,
        AveragePrecisionReport,
    >;
    const POINT: Point<Self::Store, Self::Acc>;
    const CURVES: [Curve<Self::Store, Self::Acc>; 3];
}

impl RankedFunctions for F32 {
    const AUROC: Auroc<f32, f32> = lgt_auroc_f32;
    const AVERAGE_PRECISION: super::points::OfPoints<f32, f32, AveragePrecisionReport> =
        lgt_average_precision_f32;
    const POINT: Point<f32, f32> = lgt_operating_point_f32;
    const CURVES: [Curve<f32, f32>; 3] =
        [lgt_roc_curve_f32, lgt_precision_recall_curve_f32, lgt_det_curve_f32];
}

impl RankedFunctions for F64 {
    const AUROC: Auroc<f64, f64> = lgt_auroc_f64;
    const AVERAGE_PRECISION: super::points::OfPoints<f64, f64, AveragePrecisionReport> =
        lgt_average_precision_f64;
    const POINT: Point<f64, f64> = lgt_operating_point_f64;
    const CURVES: [Curve<f64, f64>; 3] =
        [lgt_roc_curve_f64, lgt_precision_recall_curve_f64, lgt_det_curve_f64];
}

impl RankedFunctions for F16 {
    const AUROC: Auroc<u16, f32> = lgt_auroc_f16;
    const AVERAGE_PRECISION: super::points::OfPoints<u16, f32, AveragePrecisionReport> =
        lgt_average_precision_f16;
    const POINT: Point<u16, f32> = lgt_operating_point_f16;
    const CURVES: [Curve<u16, f32>; 3] =
        [lgt_roc_curve_f16, lgt_precision_recall_curve_f16, lgt_det_curve_f16];
}

impl RankedFunctions for Bf16 {
    const AUROC: Auroc<u16, f32> = lgt_auroc_bf16;
    const AVERAGE_PRECISION: super::points::OfPoints<u16, f32, AveragePrecisionReport> =
        lgt_average_precision_bf16;
    const POINT: Point<u16, f32> = lgt_operating_point_bf16;
    const CURVES: [Curve<u16, f32>; 3] =
        [lgt_roc_curve_bf16, lgt_precision_recall_curve_bf16, lgt_det_curve_bf16];
}
