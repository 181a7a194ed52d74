//! Losses with temperatures and robust temperatures, against their definition in f64.

use crate::level;
use crate::support::bounds::{CA_TEMPERATURE, CONFIDENCE, DIVERGENCE};
use crate::support::rng::Rng;
use logitude::capi::{
    ca_loss::*, ca_temperature::*, dro_temperature::*, tau_cross_entropy::*,
    temperature::lgt_temperature_model, types::*,
};
use logitude::status::Status;

/// Shares at a temperature, and their logarithms.
fn shares(x: &[f64], tau: f64) -> Vec<(f64, f64)> {
    let top = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = x.iter().map(|x| ((x - top) / tau).exp()).sum();
    let log = |x: &f64| (x - top) / tau - sum.ln();
    x.iter().map(|x| (log(x).exp(), log(x))).collect()
}

fn divergence(x: &[f64], tau: f64) -> f64 {
    let terms = shares(x, tau).into_iter().map(|(p, log)| if p > 0.0 { p * log } else { 0.0 });
    terms.sum::<f64>() + (x.len() as f64).ln()
}

/// Rows as f32 and, if they are to be, as f64.
struct Rows {
    cols: usize,
    x: Vec<f64>,
    narrow: Vec<f32>,
    labels: Vec<u32>,
}

impl Rows {
    fn new(rng: &mut Rng, rows: usize, cols: usize, is_f64: bool) -> Rows {
        let mut x: Vec<f64> = (0..rows * cols).map(|_| 3.0 * rng.normal()).collect();
        let narrow: Vec<f32> = x.iter().map(|x| *x as f32).collect();
        if !is_f64 {
            x = narrow.iter().map(|x| f64::from(*x)).collect();
        }
        let labels = (0..rows).map(|_| (rng.unit() * cols as f64) as u32).collect();
        Rows { cols, x, narrow, labels }
    }

    fn each(&self) -> impl Iterator<Item = (&[f64], usize)> {
        self.x.chunks(self.cols).zip(self.labels.iter().map(|label| *label as usize))
    }

    fn args(&self) -> (*const core::ffi::c_void, usize, usize) {
        (self.labels.as_ptr().cast(), self.labels.len(), self.cols)
    }
}

fn losses(is_f64: bool) {
    let mut rng = Rng::new(71);
    for cols in [1, 2, 15, 16, 17, 33, 130, 3000] {
        let data = Rows::new(&mut rng, 5, cols, is_f64);
        let (labels, rows, cols) = data.args();
        let (tau, rho) = (0.8, 0.25);
        let bound = CONFIDENCE.of(is_f64) * f64::max(1.0, (cols as f64).ln());
        level::each(|level| {
            let (mut loss, mut dtau) = (vec![0.0; rows], vec![0.0; rows]);
            let (to, by) = (loss.as_mut_ptr(), dtau.as_mut_ptr());
            // SAFETY: all arrays are there.
            let status = unsafe {
                if is_f64 {
                    let (x, dx) = (data.x.as_ptr(), core::ptr::null_mut());
                    lgt_tau_cross_entropy_f64(
                        x, cols, labels, LGT_U32, &tau, 1, rho, to, dx, 0, by, rows, cols,
                    )
                } else {
                    let (x, dx) = (data.narrow.as_ptr(), core::ptr::null_mut());
                    lgt_tau_cross_entropy_f32(
                        x, cols, labels, LGT_U32, &tau, 1, rho, to, dx, 0, by, rows, cols,
                    )
                }
            };
            assert_eq!(status, Status::LGT_OK);
            for (r, (x, label)) in data.each().enumerate() {
                let log = -shares(x, tau)[label].1;
                let exact = tau * (log + rho - (cols as f64).ln());
                let off = (loss[r] - exact).abs();
                assert!(off <= bound + 1e-14, "{level}, {cols}: {off:e}");
                let off = (dtau[r] - (rho - divergence(x, tau))).abs();
                assert!(off <= bound + 1e-14, "{level}, {cols}: {off:e}");
            }
        });
    }
}

fn temperatures(is_f64: bool) {
    let mut rng = Rng::new(72);
    for cols in [2, 15, 16, 17, 130, 3000] {
        let data = Rows::new(&mut rng, 8, cols, is_f64);
        let (_, rows, cols) = data.args();
        let most = (cols as f64).ln();
        let bound = DIVERGENCE.of(is_f64) * f64::max(1.0, most);
        level::each(|level| {
            for share in [1e-3, 0.2, 0.6, 0.97] {
                let (mut tau, mut kl) = (vec![0.0; rows], vec![0.0; rows]);
                let (to, by, rho) = (tau.as_mut_ptr(), kl.as_mut_ptr(), share * most);
                // SAFETY: all arrays are there.
                let status = unsafe {
                    if is_f64 {
                        let x = data.x.as_ptr();
                        lgt_dro_temperature_f64(x, cols, rho, 1e-4, 1e4, to, by, rows, cols)
                    } else {
                        let x = data.narrow.as_ptr();
                        lgt_dro_temperature_f32(x, cols, rho, 1e-4, 1e4, to, by, rows, cols)
                    }
                };
                assert_eq!(status, Status::LGT_OK);
                for (r, (x, _)) in data.each().enumerate() {
                    let exact = divergence(x, tau[r]);
                    let off = f64::max((exact - rho).abs(), (exact - kl[r]).abs());
                    assert!(off <= bound, "{level}, {cols}, {rho}: {off:e}");
                }
            }
        });
    }
}

/// Derivative of the uniform loss in `ln T`, and how it grows.
fn slope(data: &Rows, log: f64) -> f64 {
    let one = |(x, label): (&[f64], usize)| {
        let top = (0..x.len()).rev().max_by(|a, b| x[*a].total_cmp(&x[*b])).unwrap_or(0);
        let all = shares(x, log.exp());
        let mean: f64 = all.iter().zip(x).map(|((p, _), own)| p * (own - x[0])).sum();
        let (c, behind) = (all[top].0, mean - (x[top] - x[0]));
        let miss = c - f64::from(u8::from(top == label));
        2.0 * miss * c * behind / log.exp()
    };
    data.each().map(one).sum()
}

fn minimum(is_f64: bool) {
    let mut rng = Rng::new(73);
    let mut inside = 0;
    for cols in [3, 10, 40] {
        let mut data = Rows::new(&mut rng, 200, cols, is_f64);
        for (label, x) in data.labels.iter_mut().zip(data.x.chunks(cols)) {
            let mut best = f64::NEG_INFINITY;
            for (c, x) in x.iter().enumerate() {
                let noisy = x + 2.5 * rng.normal();
                if noisy > best {
                    (best, *label) = (noisy, c as u32);
                }
            }
        }
        let (labels, rows, cols) = data.args();
        let mut opts = core::mem::MaybeUninit::uninit();
        // SAFETY: the function writes the whole struct.
        let mut opts = unsafe {
            lgt_ca_temperature_opts_default(opts.as_mut_ptr());
            opts.assume_init()
        };
        opts.flags = LGT_CA_LOSS_UNIFORM;
        level::each(|level| {
            let mut model = core::mem::MaybeUninit::<lgt_temperature_model>::uninit();
            let (to, none) = (model.as_mut_ptr(), core::ptr::null());
            // SAFETY: all arrays are there, and the model is written.
            let (status, model) = unsafe {
                let status = if is_f64 {
                    let x = data.x.as_ptr();
                    lgt_ca_temperature_fit_f64(
                        to, x, cols, labels, LGT_U32, none, rows, cols, &opts,
                    )
                } else {
                    let (x, none) = (data.narrow.as_ptr(), core::ptr::null());
                    lgt_ca_temperature_fit_f32(
                        to, x, cols, labels, LGT_U32, none, rows, cols, &opts,
                    )
                };
                (status, model.assume_init())
            };
            assert!(model.nll_after <= model.nll_before);
            if status == Status::LGT_OK {
                let (log, off) = (model.temperature.ln(), CA_TEMPERATURE.of(is_f64));
                let around = (slope(&data, log - off), slope(&data, log + off));
                assert!(around.0 < 0.0 && around.1 > 0.0, "{level}, {cols}: {around:?}");
                inside += 1;
            }
        });
    }
    assert!(inside > 3);
}

#[test]
fn f32() {
    losses(false);
    temperatures(false);
    minimum(false);
}

#[test]
fn f64() {
    losses(true);
    temperatures(true);
    minimum(true);
}
