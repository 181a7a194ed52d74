//! A call that fails leaves the state as it was.

use crate::reference::metrics::Sample;
use crate::support::batch::{Args, Batch};
use crate::support::dtype::*;
use crate::support::family::{Evaluation, Family, State};
use crate::support::rng::Rng;
use crate::{merge_any, samples, seen};
use logitude::capi::types::*;
use logitude::status::Status;

/// Three rows of three columns with labels as i32 and a weight each.
struct Arrays {
    x: [f32; 9],
    labels: [i32; 3],
    weights: [f32; 3],
}

const GOOD: Arrays = Arrays { x: [0.25; 9], labels: [0, 1, 2], weights: [1.0; 3] };

impl Arrays {
    fn args(&self) -> Args<F32> {
        Args {
            x: self.x.as_ptr(),
            stride: 3,
            labels: self.labels.as_ptr().cast(),
            label_type: LGT_I32,
            weights: self.weights.as_ptr(),
            rows: 3,
            cols: 3,
        }
    }
}

fn refuses(family: Family, state: &State, args: &Args<F32>, status: Status) {
    let mut after = state.clone();
    assert_eq!(family.update(&mut after, args), status, "{family:?}");
    assert!(after == *state, "{family:?} changed its state and returned {status:?}");
}

#[test]
fn bad_arguments_change_nothing() {
    for family in Family::all() {
        let state = seen::<F32>(family, &samples::<F32>(&mut Rng::new(41), 10, 3));
        let refuses = |args: &Args<F32>, status| refuses(family, &state, args, status);
        for (row, label) in [(0, 3), (1, -1), (2, i32::MAX), (1, i32::MIN)] {
            let mut bad = GOOD;
            bad.labels[row] = label;
            refuses(&bad.args(), Status::LGT_E_LABEL);
        }
        for (row, weight) in [(0, f32::NAN), (1, -1.0), (2, f32::INFINITY), (1, 1e19), (2, -1e-45)]
        {
            let mut bad = GOOD;
            bad.weights[row] = weight;
            refuses(&bad.args(), Status::LGT_E_VALUE);
        }
        let good = GOOD;
        let args = || good.args();
        refuses(&Args { stride: 2, ..args() }, Status::LGT_E_STRIDE);
        refuses(&Args { x: core::ptr::null(), ..args() }, Status::LGT_E_NULL);
        refuses(&Args { labels: core::ptr::null(), ..args() }, Status::LGT_E_NULL);
        refuses(&Args { label_type: 0, ..args() }, Status::LGT_E_LABEL);
        refuses(&Args { label_type: 9, ..args() }, Status::LGT_E_LABEL);
        refuses(&Args { rows: usize::MAX, ..args() }, Status::LGT_E_SIZE);
        refuses(&Args { stride: usize::MAX / 4, ..args() }, Status::LGT_E_SIZE);
        // No class can be named where there is none.
        refuses(&Args { cols: 0, ..args() }, Status::LGT_E_LABEL);
    }
}

/// Labels at the ends of what their type holds.
#[test]
fn labels_of_every_width_are_checked() {
    let (cols, top) = (300, 1.0);
    let row = |label| Sample { x: vec![top; cols], label, weight: 1.0 };
    for kind in 0..8 {
        let (label_type, size) = crate::support::batch::LABEL_TYPES[kind];
        let signed = label_type <= LGT_I64;
        let largest = if size == 1 { if signed { 127 } else { 255 } } else { cols - 1 };
        // Two's complement: one past the largest i8 is a negative number.
        let past = largest + 1;
        for family in Family::all().filter(|family| family.takes(cols)) {
            let mut state = family.start();
            let good = Batch::<F32>::new(&[row(0), row(largest)], 0, kind, false);
            assert_eq!(family.update(&mut state, &good.args()), Status::LGT_OK);
            if size > 1 || signed {
                let bad = Batch::<F32>::new(&[row(0), row(past), row(1)], 0, kind, false);
                refuses(family, &state, &bad.args(), Status::LGT_E_LABEL);
            }
            let minus_one = Batch::<F32>::new(&[row(0), row(usize::MAX)], 0, kind, false);
            let (status, mut after) = (Status::LGT_E_LABEL, state.clone());
            // In a byte without a sign that is 255, which is a class here.
            let expected = if size == 1 && !signed { Status::LGT_OK } else { status };
            assert_eq!(family.update(&mut after, &minus_one.args()), expected);
        }
    }
}

/// Where classes are counted, there must be one a column; without rows there is none to
/// be wrong.
#[test]
fn classes_are_as_many_as_columns() {
    let family = Family::Evaluate(Evaluation::LEAST);
    let state = seen::<F32>(family, &samples::<F32>(&mut Rng::new(44), 10, 3));
    let good = GOOD;
    let first = [0; 3];
    let args = || Args { labels: first.as_ptr().cast(), ..good.args() };
    for cols in [1, 2] {
        refuses(family, &state, &Args { cols, ..args() }, Status::LGT_E_SHAPE);
    }
    refuses(family, &state, &Args { cols: 4, stride: 4, rows: 2, ..args() }, Status::LGT_E_SHAPE);
    refuses(family, &state, &Args { cols: 4, stride: 4, rows: 0, ..args() }, Status::LGT_OK);
    // What is wrong with the labels is said first.
    refuses(family, &state, &Args { cols: 2, ..good.args() }, Status::LGT_E_LABEL);
}

#[test]
fn states_of_other_parameters_do_not_merge() {
    for family in Family::every() {
        let data = |family: Family| samples::<F32>(&mut Rng::new(42), family.rows(), 3);
        let mut state = seen::<F32>(family, &data(family));
        let before = state.clone();
        if let Some(other) = family.other_parameter() {
            let other = seen::<F32>(other, &data(other));
            assert_eq!(family.merge(&mut state, &other), Status::LGT_E_MISMATCH);
            assert_eq!(merge_any(&mut state, &other), Status::LGT_E_MISMATCH);
        }
        for other in Family::every() {
            if core::mem::discriminant(&other) != core::mem::discriminant(&family) {
                let other = seen::<F32>(other, &data(other));
                assert_eq!(merge_any(&mut state, &other), Status::LGT_E_MISMATCH);
                // The family's own verb sees bytes that are none of its states.
                assert_eq!(family.merge(&mut state, &other), Status::LGT_E_STATE);
            }
        }
        assert!(state == before, "{family:?}");
    }
}

#[test]
fn a_state_does_not_merge_with_itself() {
    for family in Family::every() {
        let mut state = seen::<F64>(family, &samples::<F64>(&mut Rng::new(43), family.rows(), 3));
        let (before, size) = (state.clone(), family.size());
        let at: *mut u64 = state.as_mut_ptr();
        // SAFETY: one whole state.
        let status = unsafe {
            logitude::capi::state::lgt_state_merge(at.cast(), size, at.cast_const().cast(), size)
        };
        assert_eq!(status, Status::LGT_E_ALIAS);
        assert!(state == before, "{family:?}");
    }
}
