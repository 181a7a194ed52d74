//! Rows of two classes as C functions take them.
#![allow(dead_code)] // Each test binary uses its part.

use super::batch::LABEL_TYPES;
use super::dtype::Dtype;
use crate::reference::binary::Scored;
use logitude::capi::binary::*;
use logitude::metrics::binary::BinaryReport;
use logitude::metrics::reliability::ReliabilityBin;
use logitude::status::Status;
use std::ffi::c_void;

/// The parameters of a state.
#[derive(Clone, Copy, Debug)]
pub struct Binary {
    pub bins: u32,
    pub eps: f64,
    pub input: u32,
}

pub type State = Vec<u64>;

impl Binary {
    pub fn start(self) -> State {
        let (mut bytes, Binary { bins, eps, input }) = (0, self);
        // SAFETY: the state is as long as is said.
        unsafe {
            assert_eq!(lgt_binary_size(bins, eps, input, &raw mut bytes), Status::LGT_OK);
            assert_eq!(bytes, 592 + 152 * bins as usize);
            let mut state = vec![u64::MAX; bytes / 8];
            let at = state.as_mut_ptr().cast();
            assert_eq!(lgt_binary_init(at, bytes, bins, eps, input), Status::LGT_OK);
            state
        }
    }

    /// Adds rows, `stride` apart, with labels in the type `LABEL_TYPES[kind]`.
    pub fn add<D: Dtype>(
        self,
        state: &mut State,
        rows: &[Scored],
        stride: usize,
        kind: usize,
        weighted: bool,
    ) -> Status {
        let mut x = vec![D::store(f64::NAN); rows.len() * stride];
        rows.iter().enumerate().for_each(|(r, row)| x[r * stride] = D::store(row.score));
        let (label_type, size) = LABEL_TYPES[kind];
        let mut labels = vec![0u8; rows.len() * size + 8];
        // Aligned for any type.
        let skip = labels.as_ptr().align_offset(8);
        for (r, row) in rows.iter().enumerate() {
            let low = if cfg!(target_endian = "little") { 0 } else { size - 1 };
            labels[skip + r * size + low] = u8::from(row.hit);
        }
        let weights: Vec<D::Acc> = rows.iter().map(|row| D::acc(row.weight)).collect();
        let weights = if weighted { weights.as_ptr() } else { core::ptr::null() };
        let labels = labels[skip..].as_ptr().cast();
        let at = state.as_mut_ptr().cast();
        // SAFETY: arrays are as long as is said.
        unsafe { D::BINARY(at, x.as_ptr(), stride, labels, label_type, weights, rows.len()) }
    }

    /// What a state has seen.
    pub fn finish(self, state: &State) -> (Status, BinaryReport, Vec<ReliabilityBin>) {
        let mut report = core::mem::MaybeUninit::uninit();
        let count = self.bins as usize;
        let mut bins: Vec<ReliabilityBin> = Vec::with_capacity(count);
        let at: *const c_void = state.as_ptr().cast();
        // SAFETY: the state is whole, and what is assumed to be written was.
        unsafe {
            let status = lgt_binary_finish(at, report.as_mut_ptr());
            assert!(status as i32 >= 0, "{status:?}");
            assert_eq!(lgt_binary_get_bins(at, bins.as_mut_ptr(), count), Status::LGT_OK);
            bins.set_len(count);
            (status, report.assume_init(), bins)
        }
    }
}
