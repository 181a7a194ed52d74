//! Rows of scores with labels and weights, as C functions take them.
#![allow(dead_code)] // Each test binary uses its part.

use super::dtype::Dtype;
use crate::reference::metrics::Sample;
use logitude::capi::types::*;
use std::ffi::c_void;

/// Every label type and the bytes of one label.
pub const LABEL_TYPES: [(u32, usize); 8] = [
    (LGT_I8, 1),
    (LGT_I16, 2),
    (LGT_I32, 4),
    (LGT_I64, 8),
    (LGT_U8, 1),
    (LGT_U16, 2),
    (LGT_U32, 4),
    (LGT_U64, 8),
];

pub struct Batch<D: Dtype> {
    x: Vec<D::Store>,
    stride: usize,
    labels: Vec<u64>,
    label_type: u32,
    weights: Option<Vec<D::Acc>>,
    rows: usize,
    cols: usize,
}

/// The arguments of an update, to pass or to spoil.
pub struct Args<D: Dtype> {
    pub x: *const D::Store,
    pub stride: usize,
    pub labels: *const c_void,
    pub label_type: u32,
    pub weights: *const D::Acc,
    pub rows: usize,
    pub cols: usize,
}

impl<D: Dtype> Batch<D> {
    /// Rows `pad` elements apart, NaN between them; labels in the type
    /// `LABEL_TYPES[kind]`; weights only if `weighted`.
    pub fn new(samples: &[Sample], pad: usize, kind: usize, weighted: bool) -> Batch<D> {
        let cols = samples.first().map_or(0, |s| s.x.len());
        let gap = vec![D::store(f64::NAN); pad];
        let row = |s: &Sample| [s.x.iter().map(|v| D::store(*v)).collect(), gap.clone()].concat();
        let (label_type, size) = LABEL_TYPES[kind];
        let mut labels = vec![0u64; samples.len() + 1];
        for (r, s) in samples.iter().enumerate() {
            let bytes = (s.label as u64).to_ne_bytes();
            let little = if cfg!(target_endian = "little") { 0 } else { 8 - size };
            // SAFETY: the vector has 8 bytes a row, and any bytes are u64s.
            unsafe {
                let to = labels.as_mut_ptr().cast::<u8>().add(r * size);
                to.copy_from_nonoverlapping(bytes.as_ptr().add(little), size);
            }
        }
        Batch {
            x: samples.iter().flat_map(row).collect(),
            stride: cols + pad,
            labels,
            label_type,
            weights: weighted.then(|| samples.iter().map(|s| D::acc(s.weight)).collect()),
            rows: samples.len(),
            cols,
        }
    }

    pub fn args(&self) -> Args<D> {
        Args {
            x: self.x.as_ptr(),
            stride: self.stride,
            labels: self.labels.as_ptr().cast(),
            label_type: self.label_type,
            weights: self.weights.as_ref().map_or(core::ptr::null(), |w| w.as_ptr()),
            rows: self.rows,
            cols: self.cols,
        }
    }
}
