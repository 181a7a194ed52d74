//! Losses of linear maps, what is fitted to them, shifted priors and ensembles, against
//! their definitions.

use crate::level;
use crate::reference::linear_maps::{self as reference, Costs, Form};
use crate::reference::metrics::Sample;
use crate::reference::temperature;
use crate::support::batch::Batch;
use crate::support::bounds::*;
use crate::support::dtype::*;
use crate::support::rng::Rng;
use crate::support::worst::Worst;
use crate::temperature::samples;
use core::ffi::c_void;
use core::ptr::{from_ref, null};
use logitude::capi::dirichlet::*;
use logitude::capi::ensemble_temperature::*;
use logitude::capi::matrix_loss::*;
use logitude::capi::matrix_scaling::*;
use logitude::capi::matrix_search::*;
use logitude::capi::prior_shift::*;
use logitude::capi::saerens::*;
use logitude::capi::vector_scaling::*;
use logitude::model::ModelHead;
use logitude::status::Status;

type UpdateLoss<S, A> = unsafe extern "C" fn(
    *mut c_void,
    *const S,
    usize,
    *const c_void,
    u32,
    *const A,
    usize,
    usize,
    *mut c_void,
    usize,
) -> Status;

/// The storage types, with the update of their loss.
pub trait Mapped: Dtype {
    const LOSS: UpdateLoss<Self::Store, Self::Acc>;
}

impl Mapped for F32 {
    const LOSS: UpdateLoss<Self::Store, Self::Acc> = lgt_matrix_loss_update_f32;
}

impl Mapped for F64 {
    const LOSS: UpdateLoss<Self::Store, Self::Acc> = lgt_matrix_loss_update_f64;
}

impl Mapped for F16 {
    const LOSS: UpdateLoss<Self::Store, Self::Acc> = lgt_matrix_loss_update_f16;
}

impl Mapped for Bf16 {
    const LOSS: UpdateLoss<Self::Store, Self::Acc> = lgt_matrix_loss_update_bf16;
}

const FORMS: [(Form, u32); 3] = [
    (Form::Bias, LGT_MATRIX_FORM_BIAS),
    (Form::Vector, LGT_MATRIX_FORM_VECTOR),
    (Form::Matrix, LGT_MATRIX_FORM_MATRIX),
];

fn words(ask: impl Fn(*mut usize) -> Status) -> Vec<u64> {
    let mut bytes = 0;
    assert_eq!(ask(&raw mut bytes), Status::LGT_OK);
    vec![0; bytes.div_ceil(8)]
}

/// Loss, gradient and curvature as the library has them.
fn looked_at<D: Mapped>(
    data: &[Sample],
    form: u32,
    eps: f64,
    point: &[f64],
) -> (f64, Vec<f64>, Vec<f64>) {
    let (batch, cols, n) = (Batch::<D>::new(data, 1, 2, true), data[0].x.len(), point.len());
    let a = batch.args();
    let (mut gradient, mut curvature) = (vec![0.0; n], vec![0.0; n]);
    let mut report = core::mem::MaybeUninit::uninit();
    // SAFETY: arrays of the sizes that were asked for, and a batch that is alive.
    unsafe {
        let mut room = words(|bytes| lgt_matrix_loss_size(form, cols, eps, bytes));
        let mut scratch = words(|bytes| lgt_matrix_loss_scratch(form, cols, bytes));
        let state: *mut c_void = room.as_mut_ptr().cast();
        let at = scratch.as_mut_ptr().cast();
        let done = [
            lgt_matrix_loss_init(state, 8 * room.len(), form, cols, eps),
            lgt_matrix_loss_set(state, point.as_ptr(), n),
            (D::LOSS)(
                state,
                a.x,
                a.stride,
                a.labels,
                a.label_type,
                a.weights,
                a.rows,
                cols,
                at,
                8 * scratch.len(),
            ),
            lgt_matrix_loss_finish(state, report.as_mut_ptr()),
            lgt_matrix_loss_get(state, gradient.as_mut_ptr(), curvature.as_mut_ptr(), n),
        ];
        assert_eq!(done, [Status::LGT_OK; 5]);
        (report.assume_init().loss, gradient, curvature)
    }
}

/// A point beside the identity.
fn beside(rng: &mut Rng, form: Form, cols: usize) -> Vec<f64> {
    form.identity(cols).iter().map(|x| x + 0.3 * rng.normal()).collect()
}

/// The largest magnitude in a column of logits, at least 1, to the power.
fn largest(data: &[Sample], power: i32) -> f64 {
    data.iter().flat_map(|s| &s.x).fold(1.0, |most: f64, x| most.max(x.abs())).powi(power)
}

pub fn losses<D: Mapped>() {
    let (mut rng, mut worst) = (Rng::new(81), Worst::default());
    for (rows, cols) in [(1, 1), (40, 2), (33, 3), (25, 16), (20, 17)] {
        let data = samples::<D>(&mut rng, rows, cols, 1.5);
        for (form, number) in FORMS {
            let point = beside(&mut rng, form, cols);
            let exact = reference::loss(form, &point, &data);
            let (gradient, curvature) = reference::derivatives(form, &point, &data);
            // Maps by matrix are computed in f64.
            let in_f64 = matches!(form, Form::Matrix) || D::ACC == F64::ACC;
            let bound = MAPPED.of(in_f64);
            level::each(|level| {
                let got = looked_at::<D>(&data, number, 0.0, &point);
                let place = || format!("{rows} x {cols}");
                let name = format!("{form:?} {} {level}", D::NAME);
                worst.see((&name, "loss"), (got.0 - exact).abs(), bound * exact.max(1.0), place);
                for (what, got, exact, power) in
                    [("gradient", &got.1, &gradient, 1), ("curvature", &got.2, &curvature, 2)]
                {
                    let bound = bound * largest(&data, power);
                    for (got, exact) in got.iter().zip(exact) {
                        worst.see((&name, what), (got - exact).abs(), bound, place);
                    }
                }
            });
        }
    }
    worst.settle();
}

/// Rows of probabilities, some of them 0.
fn probabilities(rng: &mut Rng, rows: usize, cols: usize) -> Vec<Sample> {
    let mut data = samples::<F64>(rng, rows, cols, 1.0);
    for s in &mut data {
        s.x = reference::mapped(Form::Bias, &vec![0.0; cols], &s.x);
        s.x[0] = if rng.below(4) == 0 { 0.0 } else { s.x[0] };
    }
    data
}

/// The same rows as logarithms of what is at least `eps`.
fn logarithms(data: &[Sample], eps: f64) -> Vec<Sample> {
    let row = |s: &Sample| s.x.iter().map(|p| p.max(eps).ln()).collect();
    data.iter().map(|s| Sample { x: row(s), ..s.clone() }).collect()
}

pub fn losses_of_probabilities() {
    let (mut rng, mut worst) = (Rng::new(82), Worst::default());
    for (cols, eps) in [(2, 1e-3), (5, 1e-15), (17, 1e-300)] {
        let data = probabilities(&mut rng, 30, cols);
        let logs = logarithms(&data, eps);
        let point = beside(&mut rng, Form::Matrix, cols);
        let exact = reference::loss(Form::Matrix, &point, &logs);
        let (gradient, _) = reference::derivatives(Form::Matrix, &point, &logs);
        level::each(|level| {
            let got = looked_at::<F64>(&data, LGT_MATRIX_FORM_MATRIX, eps, &point);
            let (name, place) = (format!("Dirichlet {level}"), || format!("{cols}, {eps}"));
            let far = largest(&logs, 1);
            worst.see((&name, "loss"), (got.0 - exact).abs(), MAPPED.f64 * far, place);
            for (got, exact) in got.1.iter().zip(&gradient) {
                let bound = MAPPED.f64 * far * far;
                worst.see((&name, "gradient"), (got - exact).abs(), bound, place);
            }
        });
    }
    worst.settle();
}

/// Derivatives are those of the loss, with and without costs.
pub fn derivatives() {
    let mut rng = Rng::new(83);
    let data = samples::<F64>(&mut rng, 40, 4, 2.0);
    for (form, number) in FORMS {
        let point = beside(&mut rng, form, 4);
        let exact = reference::slopes(|at| reference::loss(form, at, &data), &point);
        let slope_of = |i: usize| {
            move |at: &[f64], data: &[Sample]| reference::derivatives(form, at, data).0[i]
        };
        level::each(|level| {
            let (_, gradient, curvature) = looked_at::<F64>(&data, number, 0.0, &point);
            for i in 0..point.len() {
                let off = (gradient[i] - exact[i]).abs();
                assert!(off < 1e-8, "{form:?} {level} {i}: {off}");
                let slope = slope_of(i);
                let second = reference::slopes(|at| slope(at, &data), &point)[i];
                let off = (curvature[i] - second).abs();
                assert!(off < 1e-7, "{form:?} {level} {i}: {off}");
            }
        });
    }
}

type Fit = unsafe extern "C" fn(
    *mut c_void,
    usize,
    *const f64,
    usize,
    *const c_void,
    u32,
    *const f64,
    usize,
    usize,
    *const lgt_matrix_search_opts,
    *mut c_void,
    usize,
) -> Status;

/// `lgt_dirichlet_fit_f64` at one eps.
unsafe extern "C" fn dirichlet(
    model: *mut c_void,
    size: usize,
    x: *const f64,
    stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_matrix_search_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    // SAFETY: the contract of that function.
    unsafe {
        lgt_dirichlet_fit_f64(
            model,
            size,
            x,
            stride,
            labels,
            label_type,
            weights,
            rows,
            cols,
            EPS,
            opts,
            scratch,
            scratch_size,
        )
    }
}

const EPS: f64 = 1e-6;

type Size = unsafe extern "C" fn(usize, *mut usize) -> Status;

/// Head and parameters of what is fitted.
fn fitted(data: &[Sample], (fit, size, scratch): (Fit, Size, Size), costs: &Costs) -> Found {
    let (batch, cols) = (Batch::<F64>::new(data, 0, 2, true), data[0].x.len());
    let (a, mut opts) = (batch.args(), core::mem::MaybeUninit::uninit());
    // SAFETY: arrays of the sizes that were asked for, and a batch that is alive.
    unsafe {
        lgt_matrix_search_opts_default(opts.as_mut_ptr());
        let Costs { diagonal, off_diagonal, bias } = *costs;
        let opts = lgt_matrix_search_opts { diagonal, off_diagonal, bias, ..opts.assume_init() };
        let mut model = words(|bytes| size(cols, bytes));
        let mut room = words(|bytes| scratch(cols, bytes));
        let status = fit(
            model.as_mut_ptr().cast(),
            8 * model.len(),
            a.x,
            a.stride,
            a.labels,
            a.label_type,
            a.weights,
            a.rows,
            cols,
            &raw const opts,
            room.as_mut_ptr().cast(),
            8 * room.len(),
        );
        assert_eq!(status, Status::LGT_OK);
        found(&model)
    }
}

struct Found {
    head: ModelHead,
    parameters: Vec<f64>,
}

fn found(model: &[u64]) -> Found {
    // SAFETY: any bytes are a head.
    let head = unsafe { model.as_ptr().cast::<ModelHead>().read() };
    // The rest was room for the fit.
    let numbers = &model[size_of::<ModelHead>() / 8..head.head.size as usize / 8];
    Found { head, parameters: numbers.iter().map(|bits| f64::from_bits(*bits)).collect() }
}

/// With costs there is one minimum, and its distance is known from the gradient.
pub fn minima() {
    let mut rng = Rng::new(84);
    let (rows, cols) = (300.0, 5.0);
    let costs = Costs {
        diagonal: cols / rows,
        off_diagonal: cols * (cols - 1.0) / rows,
        bias: cols / rows,
    };
    let data = samples::<F64>(&mut rng, 300, 5, 2.0);
    let shares = probabilities(&mut rng, 300, 5);
    let logs = logarithms(&shares, EPS);
    let vector = (lgt_vector_scaling_fit_f64 as Fit, lgt_vector_scaling_size as Size);
    let matrix = (lgt_matrix_scaling_fit_f64 as Fit, lgt_matrix_scaling_size as Size);
    type Case<'a> = (Form, &'a [Sample], &'a [Sample], (Fit, Size, Size));
    let cases: [Case; 3] = [
        (Form::Vector, &data, &data, (vector.0, vector.1, lgt_vector_scaling_scratch)),
        (Form::Matrix, &data, &data, (matrix.0, matrix.1, lgt_matrix_scaling_scratch)),
        (Form::Matrix, &shares, &logs, (dirichlet, lgt_dirichlet_size, lgt_dirichlet_scratch)),
    ];
    for (form, data, logits, functions) in cases {
        level::each(|level| {
            let Found { head, mut parameters } = fitted(data, functions, &costs);
            // Of probabilities eps is the last.
            parameters.truncate(form.identity(5).len());
            let off = reference::off_minimum(form, &parameters, logits, &costs);
            assert!(off <= LINEAR_MAP, "{form:?} {level}: {off}");
            let exact = reference::loss(form, &parameters, logits);
            assert!((head.nll_after / exact - 1.0).abs() < 1e-12, "{form:?} {level}");
            let before = reference::loss(form, &form.identity(5), logits);
            assert!((head.nll_before / before - 1.0).abs() < 1e-12, "{form:?} {level}");
            let paid = reference::penalty(form, &parameters, 5, &costs);
            assert!(head.nll_after + paid <= head.nll_before);
        });
    }
}

pub fn prior_shift() {
    let mut rng = Rng::new(85);
    let mut data = samples::<F64>(&mut rng, 400, 4, 2.0);
    // Class 0 is twice as frequent as it seems.
    data.iter_mut().for_each(|s| s.weight *= if s.label == 0 { 2.0 } else { 1.0 });
    let exact = reference::shifted_priors(&data, 300);
    let functions = (
        lgt_prior_shift_fit_f64 as Fit,
        lgt_prior_shift_size as Size,
        lgt_prior_shift_scratch as _,
    );
    level::each(|level| {
        let Found { parameters, .. } = fitted(&data, functions, &Costs::default());
        for (got, exact) in parameters.iter().zip(&exact) {
            assert!((got - exact).abs() <= TEMPERATURE.f64, "{level}: {got} for {exact}");
        }
    });
}

pub fn saerens() {
    let mut rng = Rng::new(86);
    let (data, old) = (probabilities(&mut rng, 300, 4), [0.4, 0.3, 0.2, 0.1]);
    let batch = Batch::<F64>::new(&data, 2, 2, true);
    let a = batch.args();
    for passes in [1, 2, 7, 40] {
        let exact = reference::new_priors(&data, &old, passes as usize);
        let opts = lgt_saerens_opts {
            struct_size: size_of::<lgt_saerens_opts>() as u32,
            max_iter: passes,
            tol: 0.0,
        };
        level::each(|level| {
            let mut priors = [0.0; 4];
            // SAFETY: arrays of the sizes that were asked for, and a batch that is alive.
            let status = unsafe {
                let mut model = words(|bytes| lgt_prior_shift_size(4, bytes));
                let mut scratch = words(|bytes| lgt_saerens_scratch(4, bytes));
                lgt_saerens_fit_f64(
                    model.as_mut_ptr().cast(),
                    8 * model.len(),
                    a.x,
                    a.stride,
                    a.weights,
                    a.rows,
                    4,
                    old.as_ptr(),
                    priors.as_mut_ptr(),
                    from_ref(&opts),
                    scratch.as_mut_ptr().cast(),
                    8 * scratch.len(),
                )
            };
            assert!(matches!(status, Status::LGT_OK | Status::LGT_NOT_CONVERGED));
            for (got, exact) in priors.iter().zip(&exact) {
                let off = (got - exact).abs();
                assert!(off <= EXPECTATION, "{level} {passes}: {got} for {exact}");
            }
        });
    }
}

pub fn ensemble() {
    let mut rng = Rng::new(87);
    for truth in [0.8, 2.0, 5.0] {
        let mut data = samples::<F64>(&mut rng, 300, 4, truth);
        // Some labels are as they come.
        data.iter_mut().step_by(5).for_each(|s| s.label = rng.below(4));
        let batch = Batch::<F64>::new(&data, 0, 2, true);
        let (a, t) = (batch.args(), temperature::best(&data, 0.01, 100.0));
        level::each(|level| {
            let mut model = core::mem::MaybeUninit::<lgt_ensemble_temperature_model>::zeroed();
            // SAFETY: arrays of the sizes that were asked for; any bytes are a model.
            let model = unsafe {
                let mut scratch = words(|bytes| lgt_ensemble_temperature_scratch(300, bytes));
                let status = lgt_ensemble_temperature_fit_f64(
                    model.as_mut_ptr(),
                    a.x,
                    a.stride,
                    a.labels,
                    a.label_type,
                    a.weights,
                    a.rows,
                    a.cols,
                    null(),
                    scratch.as_mut_ptr().cast(),
                    8 * scratch.len(),
                );
                assert_eq!(status, Status::LGT_OK);
                model.assume_init()
            };
            assert!((model.temperature / t - 1.0).abs() <= TEMPERATURE.f64, "{level}");
            let weights = [model.weight_scaled, model.weight_raw, model.weight_uniform];
            let (loss, growth) = reference::mixture(&data, model.temperature, weights);
            assert!((model.nll_after / loss - 1.0).abs() < 1e-12, "{level}");
            for (weight, growth) in weights.iter().zip(growth) {
                let fair = growth < 1.0 + 1e-8 && weight * (1.0 - growth) < 1e-8;
                assert!(fair, "{level} {truth}: {weight} {growth}");
            }
        });
    }
}
