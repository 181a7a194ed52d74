//! Logistic regressions on one score: the sums that a search asks for, and the points where
//! it ends, against exact terms.

use crate::reference::calibrators::{self as exact, magnitude};
use crate::reference::dd::Dd;
use crate::support::bounds::{LOGISTIC, LOGISTIC_SUM};
use crate::support::calibrated::Rows;
use crate::support::level;
use crate::support::rng::Rng;
use crate::support::worst::Worst;
use logitude::calibration::logistic_block::Features;
use logitude::calibration::logistic_form::Form;
use logitude::calibration::logistic_loss::{LogisticLoss, params};
use logitude::capi::beta::*;
use logitude::capi::logistic_loss::lgt_logistic_loss_update_f64;
use logitude::capi::platt::*;
use logitude::capi::types::LGT_U8;
use logitude::status::Status;

/// The value of `a s + b`.
pub fn sigmoid(a: f64, b: f64, s: f64) -> f64 {
    exact::logistic(Dd::product(a, s) + Dd::of(b)).value()
}

fn line(x: &f64, shift: f64, scale: f64) -> Dd {
    Dd::sum(*x, -shift) * Dd::of(1.0 / scale)
}

/// `ln s` and `-ln(1 - s)` of scores held in `[eps, 1 - eps]`, and 1.
fn logs(x: &[f64], eps: f64) -> Vec<Vec<Dd>> {
    let p: Vec<f64> = x.iter().map(|x| x.max(eps).min(1.0 - eps)).collect();
    let up = p.iter().map(|p| Dd::of(*p).ln()).collect();
    let down = p.iter().map(|p| -Dd::sum(1.0, -p).ln()).collect();
    vec![up, down, vec![Dd::ONE; x.len()]]
}

fn targets(rows: &Rows) -> Vec<f64> {
    rows.y.iter().map(|y| f64::from(*y)).collect()
}

/// Scores of any kind, weights that are no whole numbers.
fn rows(rng: &mut Rng, n: usize, probabilities: bool) -> Rows {
    let score = |rng: &mut Rng| {
        let far = 10.0_f64.powi(-(rng.below(18) as i32));
        match (probabilities, rng.below(6)) {
            (false, _) => 3.0 * rng.normal(),
            (_, 0) => far,
            (_, 1) => 1.0 - far,
            _ => rng.unit(),
        }
    };
    let x: Vec<f64> = (0..n).map(|_| score(rng)).collect();
    let y = (0..n).map(|_| rng.below(2) as u8).collect();
    Rows { x, y, w: (0..n).map(|_| 0.1 + rng.unit()).collect() }
}

/// Loss, slopes and curvatures, and the first feature of either class.
pub fn sums() {
    let (mut rng, mut worst) = (Rng::new(77), Worst::default());
    let eps = f64::EPSILON;
    let line_of = Features::Line { shift: 0.3, scale: 2.0 };
    for (form, features) in [(Form::PlattPlain, line_of), (Form::Beta, Features::Logs { eps })] {
        for n in [1, 7, 8, 9, 16, 17, 127, 128, 129, 300, 301] {
            let rows = rows(&mut rng, n, form.is_beta()).weighted(n % 2 == 0);
            let columns = match features {
                Features::Logs { eps } => logs(&rows.x, eps),
                Features::Line { shift, scale } => {
                    let first = rows.x.iter().map(|x| line(x, shift, scale)).collect();
                    vec![first, vec![Dd::ZERO; n], vec![Dd::ONE; n]]
                }
            };
            for [t1, t2, t3] in
                [[1.0, 1.0, 0.0], [0.3, 0.9, -0.7], [2.5, 0.1, 3.0], [30.0, 20.0, -9.0]]
            {
                let t2 = if form.is_beta() { t2 } else { 0.0 };
                let mut expected =
                    exact::regression(&columns, &targets(&rows), &rows.w, &[t1, t2, t3]);
                for class in [0, 1] {
                    let mut sum = [Dd::ZERO; 2];
                    for i in (0..n).filter(|i| rows.y[*i] == class && !form.is_beta()) {
                        let term = columns[0][i] * Dd::of(rows.w[i]);
                        sum = [sum[0] + term, sum[1] + magnitude(term)];
                    }
                    expected.push(sum);
                }
                let largest = |(column, t): (&Vec<Dd>, &f64)| {
                    column.iter().map(|f| (f.value() * t).abs()).fold(0.0, f64::max)
                };
                let largest = columns.iter().zip(&[t1, t2, t3]).map(largest).fold(0.0, f64::max);
                let bound = LOGISTIC_SUM + largest * 0.5_f64.powi(51);
                level::each(|level| {
                    let got = asked(&rows, form, features, [t1, t2, t3]);
                    for (i, (got, [exact, size])) in got.iter().zip(&expected).enumerate() {
                        let off = (Dd::of(*got) - *exact).value().abs();
                        let off = if off == 0.0 { 0.0 } else { off / size.value() };
                        let place = || format!("sum {i} of {n} rows at {t1} {t2} {t3}");
                        worst.see(
                            (&format!("{form:?} {level}"), &format!("{t1}")),
                            off,
                            bound,
                            place,
                        );
                    }
                });
            }
        }
    }
    worst.settle();
}

fn asked(rows: &Rows, form: Form, features: Features, point: [f64; 3]) -> Vec<f64> {
    let mut state = LogisticLoss::new(&params(form, features, false, point));
    let (x, y, w, n) = (rows.x.as_ptr(), rows.y.as_ptr().cast(), rows.weights(), rows.len());
    let at = (&raw mut state).cast();
    // SAFETY: a state, and as many rows as are said.
    let status = unsafe { lgt_logistic_loss_update_f64(at, x, 1, y, LGT_U8, w, n) };
    assert_eq!(status, Status::LGT_OK);
    state.sums().to_vec()
}

/// A point is as near as is promised to where slopes are 0.
fn settled(columns: &[Vec<Dd>], targets: &[f64], w: &[f64], point: &[f64], place: &str) {
    let [bound, least, _] = *LOGISTIC else { unreachable!() };
    for (step, at) in exact::step(columns, targets, w, point).iter().zip(point) {
        assert!(step.abs() <= bound * at.abs().max(least), "{place}: {step:e} at {at}");
    }
}

/// The slope and the intercept of Platt's regression.
pub fn off(rows: &Rows, smoothed: bool, point: [f64; 2], place: &str) {
    let weight = |class: u8| -> f64 {
        rows.y.iter().zip(&rows.w).filter(|(y, _)| **y == class).map(|(_, w)| w).sum()
    };
    let (miss, hit) = (1.0 / (weight(0) + 2.0), (weight(1) + 1.0) / (weight(1) + 2.0));
    let smooth = |y: &u8| if *y == 1 { hit } else { miss };
    let targets = if smoothed { rows.y.iter().map(smooth).collect() } else { targets(rows) };
    let columns = [rows.x.iter().map(|x| Dd::of(*x)).collect(), vec![Dd::ONE; rows.len()]];
    settled(&columns, &targets, &rows.w, &point, place);
}

/// Slopes are 0 where a fit ends.
pub fn platt() {
    let mut rng = Rng::new(78);
    for (n, shift, scale) in [(60, 0.0, 1.0), (129, 40.0, 3.0), (300, -1.0, 1e-3)] {
        let mut rows = rows(&mut rng, n, false);
        for (x, y) in rows.x.iter_mut().zip(&mut rows.y) {
            *y = u8::from(rng.unit() < sigmoid(0.4, 0.5, *x));
            *x = shift + scale * *x;
        }
        for (weighted, targets) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            let rows = rows.weighted(weighted == 1);
            level::each(|level| {
                let place = format!("{level} {n} {weighted} {targets}");
                let (mut opts, mut model) =
                    (core::mem::MaybeUninit::uninit(), core::mem::MaybeUninit::uninit());
                let (x, y, w) = (rows.x.as_ptr(), rows.y.as_ptr().cast(), rows.weights());
                // SAFETY: as many rows as are said; options and a model are written.
                let (status, model): (_, lgt_platt_model) = unsafe {
                    lgt_platt_opts_default(opts.as_mut_ptr());
                    let mut opts = opts.assume_init();
                    opts.targets = targets;
                    let to = model.as_mut_ptr();
                    (lgt_platt_fit_f64(to, x, 1, y, LGT_U8, w, n, &opts), model.assume_init())
                };
                assert_eq!(status, Status::LGT_OK, "{place}");
                off(&rows, targets == LGT_PLATT_SMOOTHED, [model.a, model.b], &place);
            });
        }
    }
}

/// The same of beta calibration; what variants hold together is one column.
pub fn beta() {
    let mut rng = Rng::new(79);
    for n in [100, 129, 300] {
        let mut rows = rows(&mut rng, n, true);
        for (x, y) in rows.x.iter().zip(&mut rows.y) {
            let p = x.clamp(1e-3, 0.999);
            let q = 0.7 * p.ln() - 0.9 * (1.0 - p).ln() + 0.2;
            *y = u8::from(rng.unit() < sigmoid(1.0, 0.0, q));
        }
        for (weighted, variant) in [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)] {
            let rows = rows.weighted(weighted == 1);
            let [first, second, one] =
                <[Vec<Dd>; 3]>::try_from(logs(&rows.x, f64::EPSILON)).unwrap();
            level::each(|level| {
                let place = format!("{level} {n} {weighted} {variant}");
                let (mut opts, mut model) =
                    (core::mem::MaybeUninit::uninit(), core::mem::MaybeUninit::uninit());
                let (x, y, w) = (rows.x.as_ptr(), rows.y.as_ptr().cast(), rows.weights());
                // SAFETY: as many rows as are said; options and a model are written.
                let (status, model): (_, lgt_beta_model) = unsafe {
                    lgt_beta_opts_default(opts.as_mut_ptr());
                    let mut opts = opts.assume_init();
                    opts.variant = variant;
                    let to = model.as_mut_ptr();
                    (lgt_beta_fit_f64(to, x, 1, y, LGT_U8, w, n, &opts), model.assume_init())
                };
                assert_eq!(status, Status::LGT_OK, "{place}");
                let lgt_beta_model { a, b, c, .. } = model;
                let plus = |column: &[Dd], other: &[Dd]| {
                    column.iter().zip(other).map(|(f, g)| *f + *g).collect::<Vec<Dd>>()
                };
                let ln_2 = Dd::of(2.0).ln();
                let (columns, point) = match variant {
                    LGT_BETA_ABM => {
                        (vec![first.clone(), second.clone(), one.clone()], vec![a, b, c])
                    }
                    LGT_BETA_AM => (vec![plus(&first, &second), one.clone()], vec![a, c]),
                    _ => (
                        vec![plus(&first, &vec![ln_2; n]), plus(&second, &vec![-ln_2; n])],
                        vec![a, b],
                    ),
                };
                settled(&columns, &targets(&rows), &rows.w, &point, &place);
            });
        }
    }
}
