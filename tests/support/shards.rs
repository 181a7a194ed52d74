//! Rows to evaluate whose columns are seen in shards: their states, by storage type.
#![allow(dead_code)] // Each test binary uses its part.

use super::batch::Batch;
use super::dtype::*;
use super::family::State;
use super::rng::Rng;
use crate::reference::metrics::Sample;
use logitude::capi::evaluate_rows::*;
use logitude::status::Status;
use std::ffi::c_void;

type AddColumns<S> = unsafe extern "C" fn(
    *mut c_void,
    *const S,
    usize,
    u64,
    *const f64,
    *const c_void,
    u32,
    usize,
    usize,
) -> Status;

/// The function that adds columns, by storage type.
pub trait ShardFunctions: Dtype {
    const COLUMNS: AddColumns<Self::Store>;
}

impl ShardFunctions for F32 {
    const COLUMNS: AddColumns<f32> = lgt_evaluate_rows_update_f32;
}

impl ShardFunctions for F64 {
    const COLUMNS: AddColumns<f64> = lgt_evaluate_rows_update_f64;
}

impl ShardFunctions for F16 {
    const COLUMNS: AddColumns<u16> = lgt_evaluate_rows_update_f16;
}

impl ShardFunctions for Bf16 {
    const COLUMNS: AddColumns<u16> = lgt_evaluate_rows_update_bf16;
}

/// A state of that many rows that has seen nothing.
pub fn fresh(rows: usize) -> State {
    let mut bytes = 0;
    // SAFETY: `bytes` is one number, and the state has as many bytes.
    unsafe {
        assert_eq!(lgt_evaluate_rows_size(rows, &raw mut bytes), Status::LGT_OK);
        let mut state = vec![u64::MAX; bytes / 8];
        assert_eq!(lgt_evaluate_rows_init(state.as_mut_ptr().cast(), bytes, rows), Status::LGT_OK);
        state
    }
}

/// Merges by the family's own function.
pub fn merge(state: &mut State, other: &State) {
    // SAFETY: both are whole states.
    let status =
        unsafe { lgt_evaluate_rows_merge(state.as_mut_ptr().cast(), other.as_ptr().cast()) };
    assert_eq!(status, Status::LGT_OK);
}

/// Rows as C takes them, and what else their shards are told.
pub struct Shards<D: ShardFunctions> {
    batch: Batch<D>,
    pub scores: Vec<f64>,
    pub weights: Vec<f64>,
    pub rows: usize,
    pub cols: usize,
}

impl<D: ShardFunctions> Shards<D> {
    /// Labels of the type `LABEL_TYPES[kind]`.
    pub fn new(samples: &[Sample], pad: usize, kind: usize) -> Shards<D> {
        Shards {
            batch: Batch::new(samples, pad, kind, false),
            scores: samples.iter().map(|s| s.x[s.label]).collect(),
            weights: samples.iter().map(|s| s.weight).collect(),
            rows: samples.len(),
            cols: samples.first().map_or(0, |s| s.x.len()),
        }
    }

    /// Adds `n` columns from `start` on.
    pub fn add(&self, state: &mut State, start: usize, n: usize) {
        let (args, at) = (self.batch.args(), state.as_mut_ptr().cast());
        let (scores, first) = (self.scores.as_ptr(), start as u64);
        let x = args.x.wrapping_add(start);
        // SAFETY: the columns are some of those of the batch.
        let status = unsafe {
            let (labels, kind) = (args.labels, args.label_type);
            D::COLUMNS(at, x, args.stride, first, scores, labels, kind, self.rows, n)
        };
        assert_eq!(status, Status::LGT_OK);
    }

    /// Adds all rows to an evaluation.
    pub fn add_to(&self, state: &State, evaluation: &mut State, weighted: bool) -> Status {
        let weights = if weighted { self.weights.as_ptr() } else { core::ptr::null() };
        let (args, scores) = (self.batch.args(), self.scores.as_ptr());
        // SAFETY: both are whole states, and there is one of everything a row.
        unsafe {
            let (from, to) = (state.as_ptr().cast(), evaluation.as_mut_ptr().cast());
            lgt_evaluate_rows_add_to(from, to, scores, args.labels, args.label_type, weights)
        }
    }

    /// All columns, the shards that `ends` ends summed apart, some together, in any order,
    /// and merged in any.
    pub fn merged(&self, ends: &[usize], rng: &mut Rng) -> State {
        let starts = [0].into_iter().chain(ends.iter().copied());
        let mut shards: Vec<_> =
            starts.zip(ends).map(|(start, end)| (start, end - start)).collect();
        rng.shuffle(&mut shards);
        let mut states = vec![fresh(self.rows)];
        for (start, n) in shards {
            if rng.below(3) > 0 {
                states.push(fresh(self.rows));
            }
            self.add(states.last_mut().unwrap(), start, n);
        }
        while states.len() > 1 {
            let other = states.swap_remove(rng.below(states.len()));
            let place = rng.below(states.len());
            merge(&mut states[place], &other);
        }
        states.pop().unwrap()
    }
}

/// Where shards of `cols` columns end: at up to five cuts, some of which meet; now and
/// then every column is a shard.
pub fn ends(cols: usize, rng: &mut Rng) -> Vec<usize> {
    if cols <= 33 && rng.below(6) == 0 {
        return (1..=cols).collect();
    }
    let mut ends: Vec<usize> = (0..rng.below(6)).map(|_| rng.below(cols + 1)).collect();
    ends.push(cols);
    ends.sort_unstable();
    ends
}
