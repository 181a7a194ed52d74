//! Isotonic functions and Venn-Abers predictors against the largest of the least means over
//! intervals of scores.

use crate::reference::calibrators::{isotonic, isotonic_with};
use crate::support::bounds::{ISOTONIC, ISOTONIC_LOSS, VENN_ABERS};
use crate::support::calibrated::{Fitted, Rows, near, near_loss};
use crate::support::level;
use crate::support::rng::Rng;
use logitude::capi::isotonic::*;
use logitude::capi::types::LGT_U8;
use logitude::capi::venn_abers::*;
use logitude::status::Status;

pub fn as_defined() {
    let mut rng = Rng::new(71);
    for n in [1, 2, 15, 16, 17, 63, 64, 65, 130, 300] {
        let rows = Rows::new(&mut rng, n);
        for weighted in [false, true] {
            let rows = rows.weighted(weighted);
            let exact = isotonic(&rows);
            let bound = if weighted { ISOTONIC } else { 1e-15 };
            level::each(|level| {
                let (place, fit) = (format!("{level} {n} {weighted}"), fitted(&rows));
                near(&fit.apply(lgt_isotonic_apply_f64, &rows.x), &exact, bound, &place);
                near_loss(fit.head().nll_before, rows.loss(&rows.x), ISOTONIC_LOSS, &place);
                near_loss(fit.head().nll_after, rows.loss(&exact), ISOTONIC_LOSS, &place);
            });
        }
    }
}

fn fitted(rows: &Rows) -> Fitted {
    let (n, flag) = (rows.len(), u32::from(!rows.is_plain()));
    let (x, y, w) = (rows.x.as_ptr(), rows.y.as_ptr().cast(), rows.weights());
    // SAFETY: as many rows as are said, and room of the sizes that were asked for.
    Fitted::new(
        |bytes| unsafe { lgt_isotonic_size(n, flag, bytes) },
        |bytes| unsafe { lgt_isotonic_scratch(n, 8, flag, bytes) },
        |(model, size, scratch, bytes)| unsafe {
            let opts = core::ptr::null();
            lgt_isotonic_fit_f64(model, size, x, 1, y, LGT_U8, w, n, opts, scratch, bytes)
        },
    )
}

/// One more row with label 0, and one with label 1: at every score, and between.
pub fn venn_abers() {
    let mut rng = Rng::new(72);
    for n in [1, 2, 15, 16, 17, 40] {
        let rows = Rows::new(&mut rng, n);
        let at: Vec<f64> = (0..=128).map(|i| f64::from(i) / 128.0).collect();
        for weighted in [false, true] {
            let rows = rows.weighted(weighted);
            let exact = [0, 1].map(|y| at.iter().map(|x| isotonic_with(&rows, *x, y)).collect());
            let [low, high]: [Vec<f64>; 2] = exact;
            let bound = if weighted { ISOTONIC } else { VENN_ABERS };
            level::each(|level| {
                let (place, fit) = (format!("{level} {n} {weighted}"), predictor(&rows));
                let [got_low, got_high] = interval(&fit, &at);
                near(&got_low, &low, bound, &place);
                near(&got_high, &high, bound, &place);
                let point = |(low, high): (&f64, &f64)| high / (1.0 - low + high);
                let points: Vec<f64> = got_low.iter().zip(&got_high).map(point).collect();
                near(&fit.apply(lgt_venn_abers_apply_f64, &at), &points, 6e-16, &place);
                let own = fit.apply(lgt_venn_abers_apply_f64, &rows.x);
                near_loss(fit.head().nll_before, rows.loss(&rows.x), ISOTONIC_LOSS, &place);
                near_loss(fit.head().nll_after, rows.loss(&own), ISOTONIC_LOSS, &place);
            });
        }
    }
}

fn predictor(rows: &Rows) -> Fitted {
    let (n, flag) = (rows.len(), u32::from(!rows.is_plain()));
    let (x, y, w) = (rows.x.as_ptr(), rows.y.as_ptr().cast(), rows.weights());
    // SAFETY: as many rows as are said, and room of the sizes that were asked for.
    Fitted::new(
        |bytes| unsafe { lgt_venn_abers_size(n, flag, bytes) },
        |bytes| unsafe { lgt_venn_abers_scratch(n, 8, flag, bytes) },
        |(model, size, scratch, bytes)| unsafe {
            lgt_venn_abers_fit_f64(model, size, x, 1, y, LGT_U8, w, n, scratch, bytes)
        },
    )
}

fn interval(fit: &Fitted, x: &[f64]) -> [Vec<f64>; 2] {
    let [mut low, mut high] = [(); 2].map(|()| vec![f64::NAN; x.len()]);
    // SAFETY: as many numbers as are said, and a model.
    let status = unsafe {
        let (low, high) = (low.as_mut_ptr(), high.as_mut_ptr());
        lgt_venn_abers_interval_f64(fit.model(), x.as_ptr(), 1, low, high, x.len())
    };
    assert_eq!(status, Status::LGT_OK);
    [low, high]
}
