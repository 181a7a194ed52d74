//! Probabilities of one thing with labels and weights, as C functions take them,
//! and those functions, by storage type.
#![allow(dead_code)] // Each test binary uses its part.

use super::batch::LABEL_TYPES;
use super::dtype::*;
use super::rng::Rng;
use logitude::capi::ece_binary::*;
use logitude::status::Status;
use std::ffi::c_void;

/// A probability, whether it came true, and its weight.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    pub p: f64,
    pub hit: bool,
    pub weight: f64,
}

/// The functions of points, by storage type.
pub trait PointFunctions: Dtype {
    const ECE_BINARY: unsafe extern "C" fn(
        *mut c_void,
        *const Self::Store,
        *const c_void,
        u32,
        *const Self::Acc,
        usize,
    ) -> Status;
}

impl PointFunctions for F32 {
    const ECE_BINARY: EceBinaryUpdate<f32, f32> = lgt_ece_binary_update_f32;
}

impl PointFunctions for F64 {
    const ECE_BINARY: EceBinaryUpdate<f64, f64> = lgt_ece_binary_update_f64;
}

impl PointFunctions for F16 {
    const ECE_BINARY: EceBinaryUpdate<u16, f32> = lgt_ece_binary_update_f16;
}

impl PointFunctions for Bf16 {
    const ECE_BINARY: EceBinaryUpdate<u16, f32> = lgt_ece_binary_update_bf16;
}

type EceBinaryUpdate<S, A> =
    unsafe extern "C" fn(*mut c_void, *const S, *const c_void, u32, *const A, usize) -> Status;

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
