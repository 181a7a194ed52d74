//! Evaluations against the states that tell one thing each.

use crate::evaluate::{samples, to_probabilities};
use crate::evaluate_case::report;
use crate::level;
use crate::reference::metrics::Sample;
use crate::support::batch::Batch;
use crate::support::bounds;
use crate::support::dtype::*;
use crate::support::family::{Evaluation, Family, State};
use crate::support::points::PointFunctions;
use crate::support::rng::Rng;
use logitude::capi::{accuracy::*, brier::*, ece_top_label::*, evaluate::*, nll::*};
use logitude::status::Status;

/// The same rows, to the states that tell one thing each.
pub fn alike<D: PointFunctions>() {
    let mut rng = Rng::new(66);
    for (rows, cols) in [(1, 2), (40, 10), (17, 64), (65, 100), (9, 129), (30, 257)] {
        for family in ["normal", "ties", "wide", "spike"] {
            let mut data = samples::<D>(family, &mut rng, rows, cols);
            data[0].weight = 1.0;
            level::each(|_| same::<D>(&data, true));
            to_probabilities::<D>(&mut data);
            level::each(|_| same::<D>(&data, false));
        }
    }
}

fn same<D: PointFunctions>(data: &[Sample], logits: bool) {
    let weighted = data.iter().any(|s| s.weight != 1.0);
    let batch = Batch::<D>::new(data, 1, 2, weighted);
    let seen = |family: Family| {
        let mut state = family.start();
        assert_eq!(family.update(&mut state, &batch.args()), Status::LGT_OK);
        state
    };
    let close = |a: f64, b: f64, bound: f64| assert!((a - b).abs() <= bound * b, "{a} for {b}");
    let input = if logits { Evaluation::LOGITS } else { Evaluation::PROBABILITIES };
    let state = seen(Family::Evaluate(input));
    let (_, all) = report(&state);
    let is_f64 = D::ACC == F64::ACC;
    for k in 1..=input.ranks {
        let mut share = 7.0;
        let one = seen(Family::Accuracy { k });
        // SAFETY: both states are whole.
        unsafe {
            let status = lgt_evaluate_get_accuracy(state.as_ptr().cast(), k, &raw mut share);
            assert_eq!(status, Status::LGT_OK);
            let one = finished(lgt_accuracy_finish, &one);
            close(share, one.accuracy, 3.0 * f64::EPSILON);
            assert_eq!((all.rows, all.nan_rows), (one.rows, one.nan_rows));
        }
    }
    if logits {
        // SAFETY: the state is whole.
        let one = unsafe { finished(lgt_nll_finish, &seen(Family::Nll)) };
        let bound = bounds::SCORED.of(is_f64) + bounds::LOSS.of(is_f64);
        close(all.nll, one.nll, bound + f64::from(u8::from(one.nll < 1e-15)));
        return;
    }
    // SAFETY: the states are whole.
    let (ece, brier) = unsafe {
        (
            finished(lgt_ece_top_label_finish, &seen(Family::Ece { bins: input.bins })),
            finished(lgt_brier_finish, &seen(Family::Brier)),
        )
    };
    close(all.brier, brier.brier, bounds::SCORED.of(is_f64) + bounds::BRIER.of(is_f64));
    for (all, one) in [
        (all.ece, ece.ece),
        (all.mce, ece.mce),
        (all.rms, ece.rms),
        (all.confidence, ece.confidence),
        (all.accuracy, ece.accuracy),
    ] {
        assert!((all - one).abs() <= 1e-12, "{all} for {one}");
    }
}

/// # Safety
/// The state is one of those that `finish` finishes.
unsafe fn finished<R>(
    finish: unsafe extern "C" fn(*const core::ffi::c_void, *mut R) -> Status,
    state: &State,
) -> R {
    let mut report = core::mem::MaybeUninit::uninit();
    // SAFETY: the caller vouches for the state; the report is written.
    unsafe {
        assert!(finish(state.as_ptr().cast(), report.as_mut_ptr()) as i32 >= 0);
        report.assume_init()
    }
}
