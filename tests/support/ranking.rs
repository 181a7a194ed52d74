//! The functions of rankings by storage type, and rows of labels as they take them.
#![allow(dead_code)] // Each test binary uses its part.

use super::dtype::*;
use super::pairs::Column;
use super::rng::Rng;
use logitude::capi::csr::lgt_csr;
use logitude::capi::{label_ranking::*, matching::*, xmc::*};
use logitude::status::Status;
use std::ffi::c_void;

type Sparse<S> = unsafe extern "C" fn(
    *mut c_void,
    *const lgt_csr,
    *const S,
    *const lgt_csr,
    *const f64,
    usize,
    usize,
) -> Status;
type Dense<S> = unsafe extern "C" fn(
    *mut c_void,
    *const S,
    usize,
    *const lgt_csr,
    *const f64,
    usize,
    usize,
) -> Status;
type Flags<S, A> = unsafe extern "C" fn(
    *mut c_void,
    *const S,
    usize,
    *const c_void,
    usize,
    u32,
    *const A,
    *mut f64,
    usize,
    usize,
) -> Status;
type OfCsr<S, A> = unsafe extern "C" fn(
    *mut c_void,
    *const S,
    usize,
    *const lgt_csr,
    *const A,
    *mut f64,
    usize,
    usize,
) -> Status;
type Match<S> = unsafe extern "C" fn(
    *mut c_void,
    *const S,
    usize,
    *const c_void,
    u32,
    usize,
    *mut f64,
    usize,
    usize,
) -> Status;
type Count<S> =
    unsafe extern "C" fn(*const S, usize, *const S, *mut u64, *mut u64, usize, usize) -> Status;

/// The functions of rankings.
pub trait RankingFunctions: Dtype {
    const SPARSE: Sparse<Self::Store>;
    const DENSE: Dense<Self::Store>;
    const FLAGS: Flags<Self::Store, Self::Acc>;
    const OF_CSR: OfCsr<Self::Store, Self::Acc>;
    const MATCH: Match<Self::Store>;
    const COUNT: Count<Self::Store>;
}

impl RankingFunctions for F32 {
    const SPARSE: Sparse<f32> = lgt_xmc_update_f32;
    const DENSE: Dense<f32> = lgt_xmc_update_dense_f32;
    const FLAGS: Flags<f32, f32> = lgt_label_ranking_update_f32;
    const OF_CSR: OfCsr<f32, f32> = lgt_label_ranking_update_csr_f32;
    const MATCH: Match<f32> = lgt_matching_update_f32;
    const COUNT: Count<f32> = lgt_matching_count_f32;
}

impl RankingFunctions for F64 {
    const SPARSE: Sparse<f64> = lgt_xmc_update_f64;
    const DENSE: Dense<f64> = lgt_xmc_update_dense_f64;
    const FLAGS: Flags<f64, f64> = lgt_label_ranking_update_f64;
    const OF_CSR: OfCsr<f64, f64> = lgt_label_ranking_update_csr_f64;
    const MATCH: Match<f64> = lgt_matching_update_f64;
    const COUNT: Count<f64> = lgt_matching_count_f64;
}

impl RankingFunctions for F16 {
    const SPARSE: Sparse<u16> = lgt_xmc_update_f16;
    const DENSE: Dense<u16> = lgt_xmc_update_dense_f16;
    const FLAGS: Flags<u16, f32> = lgt_label_ranking_update_f16;
    const OF_CSR: OfCsr<u16, f32> = lgt_label_ranking_update_csr_f16;
    const MATCH: Match<u16> = lgt_matching_update_f16;
    const COUNT: Count<u16> = lgt_matching_count_f16;
}

impl RankingFunctions for Bf16 {
    const SPARSE: Sparse<u16> = lgt_xmc_update_bf16;
    const DENSE: Dense<u16> = lgt_xmc_update_dense_bf16;
    const FLAGS: Flags<u16, f32> = lgt_label_ranking_update_bf16;
    const OF_CSR: OfCsr<u16, f32> = lgt_label_ranking_update_csr_bf16;
    const MATCH: Match<u16> = lgt_matching_update_bf16;
    const COUNT: Count<u16> = lgt_matching_count_bf16;
}

/// Rows of labels, ascending, as compressed sparse rows.
pub struct Sparsely {
    _arrays: [Column; 2],
    pub csr: lgt_csr,
}

impl Sparsely {
    /// Starts and labels are of types that hold them; the first row need not start at 0.
    pub fn new(rng: &mut Rng, rows: &[Vec<usize>]) -> Sparsely {
        let mut nnz = rng.below(3);
        let mut starts = vec![nnz as i64];
        let mut labels = vec![-1; nnz];
        for row in rows {
            labels.extend(row.iter().map(|label| *label as i64));
            nnz += row.len();
            starts.push(nnz as i64);
        }
        let mut kind = |numbers: &[i64]| {
            let small = numbers.iter().all(|number| *number < 127);
            if small { 1 + rng.below(8) as u32 } else { 3 + rng.below(2) as u32 }
        };
        let (indptr, indices) = (kind(&starts), kind(&labels));
        let arrays = [Column::new(&starts, indptr), Column::new(&labels, indices)];
        let [starts, labels] = arrays.each_ref().map(|column| column.bytes.as_ptr().cast());
        let csr = lgt_csr {
            indptr: starts,
            indices: labels,
            nnz,
            indptr_type: indptr,
            indices_type: indices,
        };
        Sparsely { _arrays: arrays, csr }
    }
}

/// Some of the numbers below `n`, ascending.
pub fn some(rng: &mut Rng, n: usize, share: f64) -> Vec<usize> {
    (0..n).filter(|_| rng.unit() < share).collect()
}

/// Scores that `D` holds: all apart, few values, or all the same; with zeros of both
/// signs and infinities.
pub fn scores<D: Dtype>(rng: &mut Rng, n: usize) -> Vec<f64> {
    let kind = rng.below(4);
    let one = |rng: &mut Rng| match kind {
        0 => rng.normal(),
        1 => rng.below(4) as f64 - 1.0,
        2 => 0.5,
        _ => [0.0, -0.0, 1.0, f64::INFINITY, f64::NEG_INFINITY, 1e-7][rng.below(6)],
    };
    (0..n).map(|_| D::value(D::store(one(rng)))).collect()
}

/// What `D` stores of rows, `pad` NaNs behind each.
pub fn stored<D: Dtype>(rows: &[Vec<f64>], pad: usize) -> Vec<D::Store> {
    let row = |row: &Vec<f64>| {
        let all = row.iter().copied().chain(std::iter::repeat_n(f64::NAN, pad));
        all.map(D::store).collect::<Vec<_>>()
    };
    rows.iter().flat_map(row).collect()
}
