//! States of ranking, and queries as C functions take them.
#![allow(dead_code)] // Each test binary uses its part.

use super::dtype::*;
use logitude::capi::{ranking::*, types::*};
use logitude::ranking::ranking::RankingReport;
use logitude::status::Status;
use std::ffi::c_void;

pub type UpdateQueries<S, A> = unsafe extern "C" fn(
    *mut c_void,
    *const S,
    usize,
    *const c_void,
    usize,
    u32,
    *const u64,
    *const A,
    *mut f64,
    usize,
    usize,
    *mut c_void,
    usize,
) -> Status;

pub trait QueryFunctions: Dtype {
    const RANKING: UpdateQueries<Self::Store, Self::Acc>;
}

impl QueryFunctions for F32 {
    const RANKING: UpdateQueries<f32, f32> = lgt_ranking_update_f32;
}
impl QueryFunctions for F64 {
    const RANKING: UpdateQueries<f64, f64> = lgt_ranking_update_f64;
}
impl QueryFunctions for F16 {
    const RANKING: UpdateQueries<u16, f32> = lgt_ranking_update_f16;
}
impl QueryFunctions for Bf16 {
    const RANKING: UpdateQueries<u16, f32> = lgt_ranking_update_bf16;
}

/// How a state is set up.
#[derive(Clone, Debug)]
pub struct RankingState {
    pub measures: Vec<(u32, u32)>,
    pub opts: lgt_ranking_opts,
}

/// The defaults.
pub fn opts() -> lgt_ranking_opts {
    let mut opts = std::mem::MaybeUninit::uninit();
    // SAFETY: written by the first call.
    unsafe {
        lgt_ranking_opts_default(opts.as_mut_ptr());
        opts.assume_init()
    }
}

/// A query: scores, grades, weight.
#[derive(Clone, Debug)]
pub struct Documents {
    pub scores: Vec<f64>,
    pub grades: Vec<f64>,
    pub weight: f64,
}

impl RankingState {
    pub fn list(&self) -> Vec<lgt_ranking_measure> {
        let measure = |&(measure, k): &(u32, u32)| lgt_ranking_measure { measure, k };
        self.measures.iter().map(measure).collect()
    }

    /// A state that has seen nothing.
    pub fn start(&self) -> Vec<u64> {
        let (list, mut bytes) = (self.list(), 0);
        let count = list.len() as u32;
        // SAFETY: all are there, and the state is as long as is said.
        unsafe {
            let status = lgt_ranking_size(list.as_ptr(), count, &self.opts, &raw mut bytes);
            assert_eq!(status, Status::LGT_OK, "{self:?}");
            let mut state = vec![u64::MAX; bytes / 8];
            let at = state.as_mut_ptr().cast();
            let status = lgt_ranking_init(at, bytes, list.as_ptr(), count, &self.opts);
            assert_eq!(status, Status::LGT_OK);
            state
        }
    }

    /// Adds queries, all of one length if they are rows; returns each measure of each.
    /// Grades are i8, i64, f32 or f64.
    pub fn see<D: QueryFunctions>(
        &self,
        state: &mut [u64],
        queries: &[Documents],
        pieces: bool,
        grade_type: u32,
    ) -> Vec<f64> {
        let pad = usize::from(!pieces);
        let longest = queries.iter().map(|q| q.scores.len()).max().unwrap_or(0);
        let (mut x, mut bytes, mut offsets) = (vec![], vec![], vec![0u64]);
        for query in queries {
            let gap = vec![f64::NAN; pad];
            x.extend(query.scores.iter().chain(&gap).map(|v| D::store(*v)));
            for grade in query.grades.iter().chain(&vec![77.0; pad]) {
                match grade_type {
                    LGT_I8 => bytes.extend((*grade as i8).to_ne_bytes()),
                    LGT_I64 => bytes.extend((*grade as i64).to_ne_bytes()),
                    LGT_F32 => bytes.extend((*grade as f32).to_ne_bytes()),
                    _ => bytes.extend(grade.to_ne_bytes()),
                }
            }
            offsets.push(offsets.last().unwrap() + query.scores.len() as u64);
        }
        // Aligned for any type.
        let mut grades = vec![0u64; bytes.len().div_ceil(8)];
        // SAFETY: as long as the bytes, or longer.
        unsafe { grades.as_mut_ptr().cast::<u8>().copy_from(bytes.as_ptr(), bytes.len()) };
        let weights: Vec<D::Acc> = queries.iter().map(|q| D::acc(q.weight)).collect();
        let mut values = vec![77.0; queries.len() * self.measures.len()];
        let mut size = 0;
        // SAFETY: `size` is one number.
        assert_eq!(unsafe { lgt_ranking_scratch(longest, &raw mut size) }, Status::LGT_OK);
        let mut scratch = vec![0xa5a5u64; size / 8];
        let cols = if pieces { x.len() } else { longest };
        let starts = if pieces { offsets.as_ptr() } else { core::ptr::null() };
        // SAFETY: the arrays are as long as is said.
        let status = unsafe {
            D::RANKING(
                state.as_mut_ptr().cast(),
                x.as_ptr(),
                longest + pad,
                grades.as_ptr().cast(),
                longest + pad,
                grade_type,
                starts,
                weights.as_ptr(),
                values.as_mut_ptr(),
                queries.len(),
                cols,
                scratch.as_mut_ptr().cast(),
                size,
            )
        };
        assert_eq!(status, Status::LGT_OK, "{self:?}");
        values
    }

    /// Each mean so far.
    pub fn finish(&self, state: &[u64]) -> (Status, Vec<RankingReport>) {
        let n = self.measures.len();
        let mut reports = Vec::with_capacity(n);
        // SAFETY: there is room for `n`, and all are written.
        unsafe {
            let status = lgt_ranking_finish(state.as_ptr().cast(), reports.as_mut_ptr(), n);
            reports.set_len(n);
            (status, reports)
        }
    }
}
