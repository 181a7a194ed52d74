//! Isotonic functions against the largest of the least means over intervals of scores.

use crate::support::bounds::{ISOTONIC, ISOTONIC_LOSS};
use crate::support::level;
use crate::support::rng::Rng;
use logitude::capi::isotonic::*;
use logitude::capi::types::LGT_U8;
use logitude::model::ModelHead;

struct Rows {
    x: Vec<f64>,
    y: Vec<u8>,
    w: Vec<f64>,
}

/// Scores, many of them equal, that are probabilities, and labels that follow them.
fn rows(rng: &mut Rng, n: usize) -> Rows {
    let x: Vec<f64> = (0..n).map(|_| (1 + rng.below(60)) as f64 / 64.0).collect();
    let y = x.iter().map(|x| u8::from((rng.below(1000) as f64) < 1000.0 * x)).collect();
    Rows { x, y, w: (0..n).map(|_| (1 + rng.below(9)) as f64 / 8.0).collect() }
}

/// The value at each score, by the formula of minima and maxima.
fn values(rows: &Rows, weights: &[f64]) -> Vec<f64> {
    let mut scores = rows.x.clone();
    scores.sort_by(f64::total_cmp);
    scores.dedup();
    let mean = |low: f64, high: f64| {
        let inside = rows.x.iter().zip(&rows.y).zip(weights);
        let inside = inside.filter(|((x, _), _)| (low..=high).contains(*x));
        let (hits, all) =
            inside.fold((0.0, 0.0), |(hits, all), ((_, y), w)| (hits + w * f64::from(*y), all + w));
        hits / all
    };
    let least = |low: f64, at: f64| {
        let above = scores.iter().filter(|high| **high >= at);
        above.map(|high| mean(low, *high)).fold(2.0, f64::min)
    };
    let most = |at: f64| {
        let below = scores.iter().filter(|low| **low <= at);
        below.map(|low| least(*low, at)).fold(-1.0, f64::max)
    };
    let of: Vec<f64> = scores.iter().map(|at| most(*at)).collect();
    let place = |x: &f64| scores.iter().position(|score| score == x).unwrap();
    rows.x.iter().map(|x| of[place(x)]).collect()
}

fn loss(p: &[f64], y: &[u8], weights: &[f64]) -> f64 {
    let given = |(p, y): (&f64, &u8)| if *y == 1 { *p } else { 1.0 - *p };
    let losses = p.iter().zip(y).map(given).zip(weights).map(|(p, w)| -w * p.ln());
    losses.sum::<f64>() / weights.iter().sum::<f64>()
}

pub fn as_defined() {
    let mut rng = Rng::new(71);
    for n in [1, 2, 15, 16, 17, 63, 64, 65, 130, 300] {
        let rows = rows(&mut rng, n);
        for weighted in [false, true] {
            let weights = if weighted { rows.w.clone() } else { vec![1.0; n] };
            let exact = values(&rows, &weights);
            level::each(|level| {
                let (got, head) = fitted(&rows, weighted);
                let bound = if weighted { ISOTONIC } else { 1e-15 };
                for (got, exact) in got.iter().zip(&exact) {
                    assert!((got - exact).abs() <= bound, "{level} {n}: {got} for {exact}");
                }
                let losses = [(head.nll_before, &rows.x), (head.nll_after, &exact)];
                for (got, p) in losses {
                    let exact = loss(p, &rows.y, &weights);
                    let off = (got - exact).abs();
                    assert!(off <= ISOTONIC_LOSS * exact || exact.is_nan(), "{level} {n}: {off}");
                }
            });
        }
    }
}

/// The values at the rows' own scores, and the head of the model.
fn fitted(rows: &Rows, weighted: bool) -> (Vec<f64>, ModelHead) {
    let (n, flag, mut size, mut bytes) = (rows.x.len(), u32::from(weighted), 0, 0);
    let mut y = vec![0.0; n];
    // SAFETY: arrays of `n` values each, and room of the sizes that were asked for.
    unsafe {
        assert!(lgt_isotonic_size(n, flag, &raw mut size) as i32 == 0);
        assert!(lgt_isotonic_scratch(n, 8, flag, &raw mut bytes) as i32 == 0);
        let (mut model, mut scratch) = (vec![0u64; size / 8], vec![0u64; bytes / 8]);
        let weights = if weighted { rows.w.as_ptr() } else { core::ptr::null() };
        let status = lgt_isotonic_fit_f64(
            model.as_mut_ptr().cast(),
            size,
            rows.x.as_ptr(),
            1,
            rows.y.as_ptr().cast(),
            LGT_U8,
            weights,
            n,
            core::ptr::null(),
            scratch.as_mut_ptr().cast(),
            bytes,
        );
        assert!(status as i32 >= 0);
        let status =
            lgt_isotonic_apply_f64(model.as_ptr().cast(), rows.x.as_ptr(), 1, y.as_mut_ptr(), 1, n);
        assert!(status as i32 == 0);
        (y, *model.as_ptr().cast::<ModelHead>())
    }
}
