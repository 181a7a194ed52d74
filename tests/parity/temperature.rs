//! The temperature fit against an independent search for the minimum.

use crate::level;
use crate::reference::metrics::Sample;
use crate::reference::{softmax, temperature as reference};
use crate::support::batch::Batch;
use crate::support::bounds::{SHARE, TEMPERATURE};
use crate::support::dtype::*;
use crate::support::rng::Rng;
use crate::support::worst::Worst;
use crate::transforms::bound;
use logitude::capi::temperature::*;
use logitude::status::Status;

/// Logits whose labels are drawn from their own softmax at temperature `truth`.
pub fn samples<D: Dtype>(rng: &mut Rng, rows: usize, cols: usize, truth: f64) -> Vec<Sample> {
    let one = |rng: &mut Rng| {
        let x: Vec<f64> = (0..cols).map(|_| D::value(D::store(4.0 * rng.normal()))).collect();
        let shares = softmax::row(&x, 1.0 / truth, false).shares;
        let mut left = rng.unit();
        let label = shares.iter().position(|p| {
            left -= p.value();
            left < 0.0
        });
        let weight = D::acc_value(D::acc(rng.unit() + 0.5));
        Sample { x, label: label.unwrap_or(0), weight }
    };
    (0..rows).map(|_| one(rng)).collect()
}

fn fit<D: Dtype>(
    data: &[Sample],
    opts: Option<lgt_temperature_opts>,
) -> (Status, lgt_temperature_model) {
    let batch = Batch::<D>::new(data, 1, 2, true);
    let (a, mut model) = (batch.args(), core::mem::MaybeUninit::zeroed());
    let opts = opts.as_ref().map_or(core::ptr::null(), |o| o as *const _);
    // SAFETY: the batch is alive; any bytes are a model.
    unsafe {
        let at = model.as_mut_ptr();
        let f = D::FIT;
        let status = f(at, a.x, a.stride, a.labels, a.label_type, a.weights, a.rows, a.cols, opts);
        (status, model.assume_init())
    }
}

fn defaults() -> lgt_temperature_opts {
    let mut opts = core::mem::MaybeUninit::uninit();
    // SAFETY: the function writes the whole struct.
    unsafe {
        lgt_temperature_opts_default(opts.as_mut_ptr());
        opts.assume_init()
    }
}

/// The temperature and both losses.
pub fn minimum<D: Dtype>() {
    let mut rng = Rng::new(21);
    let mut worst = Worst::default();
    let is_f64 = D::ACC == F64::ACC;
    let bound = TEMPERATURE.of(is_f64);
    // The loss of the last step is told by derivatives.
    let (loss_bound, told) = if is_f64 { (1e-13, 1e-9) } else { (2e-7, 4e-7) };
    for truth in [0.2, 0.7, 1.0, 1.5, 4.0, 20.0] {
        for (rows, cols) in [(50, 2), (200, 3), (300, 10), (100, 33), (60, 200)] {
            let data = samples::<D>(&mut rng, rows, cols, truth);
            let best = reference::best(&data, 0.01, 100.0);
            if !(0.011..90.0).contains(&best) {
                continue;
            }
            let loss = |t: f64| reference::loss_and_slope(&data, 1.0 / t).0;
            let place = || format!("{rows} x {cols}, T = {best}");
            level::each(|level| {
                let (status, model) = fit::<D>(&data, None);
                assert_eq!(status, Status::LGT_OK, "{}", place());
                assert_eq!(model.fit_status, status as i32);
                let name = format!("temperature {} {level}", D::NAME);
                let off = (model.temperature / best - 1.0).abs();
                worst.see((&name, "T"), off, bound, place);
                for (what, got, exact, bound) in [
                    ("loss before", model.nll_before, loss(1.0), loss_bound),
                    ("loss after", model.nll_after, loss(model.temperature), told),
                ] {
                    worst.see((&name, what), (got / exact - 1.0).abs(), bound, place);
                }
                assert!(model.nll_after <= model.nll_before);
            });
        }
    }
    worst.settle();
}

/// How a fit ends.
pub fn statuses<D: Dtype>() {
    let row = |x: &[f64], label| Sample { x: x.to_vec(), label, weight: 1.0 };
    let right = [row(&[2.0, 1.0], 0), row(&[0.0, 3.0], 1)];
    let wrong = [row(&[2.0, 1.0], 1), row(&[0.0, 3.0], 0)];
    let flat = [row(&[2.0, 2.0], 0), row(&[-1.0, -1.0], 1)];
    let mixed =
        [row(&[4.0, 0.0], 0), row(&[4.0, 0.0], 0), row(&[4.0, 0.0], 0), row(&[4.0, 0.0], 1)];
    let unweighted = [Sample { weight: 0.0, ..row(&[2.0, 1.0], 0) }];
    let cases: [(&[Sample], Status, f64); 6] = [
        (&right, Status::LGT_AT_BOUND, 0.01),
        (&wrong, Status::LGT_AT_BOUND, 100.0),
        (&flat, Status::LGT_DEGENERATE, 1.0),
        (&unweighted, Status::LGT_DEGENERATE, 1.0),
        (&[], Status::LGT_DEGENERATE, 1.0),
        // Three quarters of the rows are right: 4 / T = ln 3.
        (&mixed, Status::LGT_OK, 4.0 / 3f64.ln()),
    ];
    for (data, status, temperature) in cases {
        level::each(|level| {
            let (got, model) = fit::<D>(data, None);
            assert_eq!((got, model.fit_status), (status, status as i32), "{level}");
            let off = (model.temperature / temperature - 1.0).abs();
            assert!(off < 1e-6, "{level}: {} for {temperature}", model.temperature);
            let worse = model.nll_after > model.nll_before;
            assert!(!worse && model.nll_before.is_nan() != data.iter().any(|s| s.weight > 0.0));
        });
    }
}

/// A fit cut short says so, and its model is not worse than none.
pub fn never_worse<D: Dtype>() {
    let mut rng = Rng::new(22);
    for _ in 0..30 {
        let truth = (3.0 * rng.normal()).exp().clamp(0.02, 50.0);
        let (rows, cols) = (3 + rng.below(20), 2 + rng.below(5));
        let data = samples::<D>(&mut rng, rows, cols, truth);
        for max_iter in [1, 2, 3, 5, 50] {
            for t_max in [1.0, 100.0, 1e6] {
                let opts = lgt_temperature_opts { max_iter, t_max, t_min: 1e-6, ..defaults() };
                level::each(|level| {
                    let (status, model) = fit::<D>(&data, Some(opts));
                    assert!(model.nll_after <= model.nll_before, "{level} {status:?}");
                    assert!(model.iterations <= max_iter);
                    assert!((1e-6..=t_max).contains(&model.temperature));
                    if max_iter == 1 && status != Status::LGT_AT_BOUND {
                        assert_eq!(status, Status::LGT_NOT_CONVERGED);
                        assert_eq!(model.temperature, 1.0);
                    }
                });
            }
        }
    }
}

/// Applying a model is a softmax with that scale.
pub fn application<D: Dtype>() {
    let mut rng = Rng::new(23);
    let data = samples::<D>(&mut rng, 100, 7, 2.0);
    let (_, model) = fit::<D>(&data, None);
    let x: Vec<D::Store> = data[0].x.iter().map(|v| D::store(*v)).collect();
    let exact = softmax::row(&data[0].x, 1.0 / model.temperature, false).shares;
    level::each(|_| {
        let mut y = x.clone();
        let f = D::APPLY;
        // SAFETY: one row of 7 values each.
        let status = unsafe { f(&model, x.as_ptr(), 7, y.as_mut_ptr(), 7, 1, 7) };
        assert_eq!(status, Status::LGT_OK);
        for (got, exact) in y.iter().zip(&exact) {
            assert!(D::STORE.error(D::value(*got), *exact) <= bound::<D>(SHARE, exact.hi));
        }
    });
}
