//! Losses of rows of scores with their gradients.

use super::rows::*;
use crate::reference::dd::Dd;
use crate::reference::entries::sum;
use crate::reference::losses as exact;
use crate::support::bounds::*;
use crate::support::real::Real;
use crate::support::values::FAMILIES;

/// Scores whose squares, and their sums, are numbers of every type.
const MODERATE: [&str; 8] =
    ["normal", "nearly equal", "constant", "spike", "far spike", "ties", "subnormal", "nan"];
/// Scores of any kind, but for those at whose size f64 has no digits for what they differ by.
pub const SCORES: [&str; 15] = [
    "normal",
    "wide",
    "very wide",
    "nearly equal",
    "constant",
    "spike",
    "far spike",
    "lost tail",
    "ties",
    "near 1e4",
    "masked",
    "empty",
    "one infinite",
    "some infinite",
    "nan",
];

/// What is exact, relative to `scale` and `slope`.
pub fn near((loss, grad): exact::Loss, scale: f64, slope: f64, bound: f64) -> Loss {
    let grad = grad.into_iter().map(|g| Near::new(g, slope, bound)).collect();
    Loss { loss: Near::new(loss, scale, bound), grad }
}

/// With a bound of its own for the gradient.
fn apart(loss: exact::Loss, scale: f64, slope: f64, bounds: [f64; 2]) -> Loss {
    let Loss { loss, grad } = near(loss, scale, slope, bounds[0]);
    Loss { loss, grad: grad.into_iter().map(|n| Near { bound: bounds[1], ..n }).collect() }
}

fn at_least_1(x: Dd) -> f64 {
    if x.hi.is_finite() { x.hi.abs().max(1.0) } else { 1.0 }
}

pub fn ln_cols(row: &Row<'_>) -> f64 {
    (row.x.len() as f64).ln().max(1.0)
}

fn unit(row: &Row<'_>) -> Vec<Dd> {
    (0..row.x.len()).map(|c| if c == row.label { Dd::ONE } else { Dd::ZERO }).collect()
}

/// Shares beside scores, some of them 0.
pub fn with_targets<T: Real>(run: &Run<T>) -> Run<T> {
    run.with(|row| {
        let top = row.y.iter().copied().fold(0.0, f64::max);
        let exps = row.y.iter().map(|y| if *y == 0.0 { 0.0 } else { (2.0 * (y - top)).exp() });
        let all: f64 = exps.clone().sum();
        let share = |e: f64| if all > 0.0 { e / all } else { 0.0 };
        [row.x.to_vec(), exps.map(share).collect()]
    })
}

pub fn cross_entropies<T: Real>() {
    let bounds = [T::bound(&CROSS_ENTROPY), T::bound(&CROSS_ENTROPY_GRADIENT)];
    let mut run = Run::<T>::new(&SCORES);
    run.loss(
        "cross_entropy",
        |row| {
            let loss = exact::cross_entropy(row.x, &unit(row), 1.0, 0.0);
            let size = loss.0.hi.abs();
            apart(loss, size, 1.0, bounds)
        },
        |b, o| {
            let opts = of_loss(&o);
            let labels = &b.labels[..];
            logitude::cross_entropy(
                b.x(),
                labels,
                o.weights,
                o.loss,
                None,
                o.grad,
                o.total,
                Some(&opts),
            )
        },
    );
    run.loss(
        "cross_entropy_smoothed",
        |row| {
            let share = Dd::of(0.125) / Dd::of(row.x.len() as f64);
            let target = |t: &Dd| Dd::of(0.875) * *t + share;
            let targets: Vec<Dd> = unit(row).iter().map(target).collect();
            let loss = exact::cross_entropy(row.x, &targets, 2.0, 0.0);
            let far = row.x.iter().filter(|x| x.is_finite()).map(|x| 2.0 * x.abs());
            let scale = far.fold(at_least_1(loss.0), f64::max);
            apart(loss, scale, 2.0, bounds)
        },
        |b, o| {
            let opts =
                logitude::CrossEntropyOpts { label_smoothing: 0.125, scale: 2.0, ..of_loss(&o) };
            let labels = &b.labels[..];
            logitude::cross_entropy(
                b.x(),
                labels,
                o.weights,
                o.loss,
                None,
                o.grad,
                o.total,
                Some(&opts),
            )
        },
    );
    run.worst.settle();
    let mut soft = with_targets(&Run::<T>::new(&SCORES));
    soft.loss(
        "cross_entropy_soft",
        |row| {
            let targets: Vec<Dd> = row.y.iter().map(|t| Dd::of(*t)).collect();
            let loss = exact::cross_entropy(row.x, &targets, 1.0, 0.0);
            let size = loss.0.hi.abs();
            apart(loss, size, row.y.iter().sum(), bounds)
        },
        |b, o| {
            let opts = of_loss(&o);
            logitude::cross_entropy_soft(
                b.x(),
                b.y(),
                o.weights,
                o.loss,
                None,
                o.grad,
                o.total,
                Some(&opts),
            )
        },
    );
    soft.worst.settle();
}

/// The same options for cross-entropy.
fn of_loss<T: Real>(o: &Out<'_, T>) -> logitude::CrossEntropyOpts<'static> {
    let opts = o.opts.copied().unwrap_or_default();
    logitude::CrossEntropyOpts {
        reduction: opts.reduction,
        grad_scale: opts.grad_scale,
        ..Default::default()
    }
}

pub fn of_labels<T: Real>() {
    let bound = T::bound(&CONFIDENCE);
    let mut run = Run::<T>::new(&SCORES);
    for gamma in [0.0, 0.5, 2.0] {
        run.loss(
            "focal",
            |row| {
                let loss = exact::focal(row.x, row.label, gamma);
                let entropy = exact::cross_entropy(row.x, &unit(row), 1.0, 0.0).0;
                let scale = ln_cols(row).max(at_least_1(entropy));
                near(loss, scale, scale * (1.0 + gamma), bound)
            },
            |b, o| {
                let labels = &b.labels[..];
                logitude::focal(b.x(), labels, o.weights, gamma, o.loss, o.grad, o.total, o.opts)
            },
        );
    }
    let bounds = [T::bound(&CROSS_ENTROPY), T::bound(&INFO_NCE_GRADIENT)];
    run.loss(
        "info_nce",
        |row| {
            let loss = exact::cross_entropy(row.x, &unit(row), 2.0, 0.0);
            let size = loss.0.hi.abs();
            apart(loss, size, 2.0, bounds)
        },
        |b, o| {
            let labels = Some((&b.labels[..]).into());
            let rows = logitude::INFO_NCE_ROWS;
            logitude::info_nce(b.x(), labels, o.weights, 0.5, rows, o.loss, o.grad, o.total, o.opts)
        },
    );
    run.worst.settle();
    let mut run = Run::<T>::new(&SCORES);
    run.empty = Some(false);
    for (power, form) in [(1, 0), (2, 0), (1, 1), (2, 1)] {
        run.loss(
            "hinge",
            |row| {
                let size =
                    row.x.iter().filter(|x| x.is_finite()).fold(1.0, |a: f64, x| a.max(x.abs()));
                let scale = if power == 2 { size * size } else { size };
                let loss = exact::hinge(row.x, row.label, 1.0, power, form == 1);
                near(loss, scale, scale, bound).or_no_gradient()
            },
            |b, o| {
                let (labels, power) = (&b.labels[..], power as u32);
                logitude::hinge(
                    b.x(),
                    labels,
                    o.weights,
                    1.0,
                    power,
                    form,
                    o.loss,
                    o.grad,
                    o.total,
                    o.opts,
                )
            },
        );
    }
    run.worst.settle();
}

pub fn of_outputs<T: Real>() {
    let bound = T::bound(&CONFIDENCE);
    let mut run = Run::<T>::new(&MODERATE);
    run.empty = Some(false);
    run.loss(
        "taylor_loss",
        |row| {
            let loss = exact::taylor(row.x, row.label);
            let scale = at_least_1(loss.0);
            near(loss, scale, scale, bound)
        },
        |b, o| {
            logitude::taylor_loss(b.x(), &b.labels[..], o.weights, o.loss, o.grad, o.total, o.opts)
        },
    );
    run.loss(
        "spherical_loss",
        |row| {
            let loss = exact::spherical(row.x, row.label, 0.25);
            let scale = at_least_1(loss.0);
            near(loss, scale, scale * 2.0, bound)
        },
        |b, o| {
            let labels = &b.labels[..];
            logitude::spherical_loss(
                b.x(),
                labels,
                o.weights,
                0.25,
                o.loss,
                o.grad,
                o.total,
                o.opts,
            )
        },
    );
    run.loss(
        "squared_error",
        |row| {
            let loss = exact::squared_error(row.x, row.label);
            let squares: f64 = row.x.iter().map(|x| x * x).sum();
            let largest = loss.1.iter().fold(0.0, |a: f64, g| a.max(g.hi.abs()));
            near(loss, squares + 1.0, largest, bound)
        },
        |b, o| {
            logitude::squared_error(
                b.x(),
                &b.labels[..],
                o.weights,
                o.loss,
                o.grad,
                o.total,
                o.opts,
            )
        },
    );
    for (a, z) in [(1.0, 0.0), (4.0, -1.5)] {
        run.loss(
            "z_loss",
            |row| {
                let (loss, deviation) = exact::z_loss(row.x, row.label, a, z);
                let scale = at_least_1(loss.0).max(z.abs());
                near(loss, scale, if deviation > 1e-12 { 1.0 / deviation } else { 1.0 }, bound)
            },
            |b, o| {
                let labels = &b.labels[..];
                logitude::z_loss(b.x(), labels, o.weights, a, z, o.loss, o.grad, o.total, o.opts)
            },
        );
    }
    run.worst.settle();
}

/// A sum over columns: beyond the range of the type it may be infinite.
fn of_column_sum<T: Real>(loss: Dd, bound: f64) -> Near {
    let bound = if loss.hi > T::ACC.max() { f64::INFINITY } else { bound };
    Near { lost: T::bound(&ENTRY_LOST), ..Near::new(loss, loss.hi.abs(), bound) }
}

/// Losses that are sums over columns, each with a target.
pub fn of_columns<T: Real>() {
    let bound = T::bound(&CONFIDENCE);
    let mut run = with_targets(&Run::<T>::new(&FAMILIES));
    run.empty = Some(false);
    run.loss(
        "binary_cross_entropy",
        |row| {
            let parts: Vec<_> =
                row.x.iter().zip(row.y).map(|(x, t)| exact::binary(*x, *t, 1.0)).collect();
            let loss = sum(parts.iter().map(|(loss, _)| *loss));
            let lost = T::bound(&ENTRY_LOST);
            let slope = |(_, [yes, no]): &(Dd, [Dd; 2])| {
                let size = yes.hi.abs() + no.hi.abs();
                Near { lost, ..Near::new(*yes + *no, size, bound) }
            };
            let loss = of_column_sum::<T>(loss, bound);
            Loss { loss, grad: parts.iter().map(slope).collect() }
        },
        |b, o| {
            let y = b.y();
            logitude::binary_cross_entropy(
                b.x(),
                y,
                None,
                o.weights,
                o.loss,
                o.grad,
                o.total,
                o.opts,
            )
        },
    );
    run.worst.settle();
    let mut run = Run::<T>::new(&FAMILIES);
    run.empty = Some(false);
    let level = |c: usize| [0.5, 0.75, 0.125, 0.0, 1.0][c % 5];
    run.loss(
        "pinball",
        |row| {
            let each = row.x.iter().zip(row.y).enumerate();
            let parts: Vec<_> = each.map(|(c, (x, y))| exact::pinball(*x, *y, level(c))).collect();
            let loss = sum(parts.iter().map(|(loss, _)| *loss));
            let slope = |(_, slope): &(Dd, Dd)| Near::new(*slope, slope.hi.abs(), bound);
            let loss = of_column_sum::<T>(loss, bound);
            Loss { loss, grad: parts.iter().map(slope).collect() }
        },
        |b, o| {
            let levels: Vec<f64> = (0..b.cols).map(level).collect();
            let y = b.y();
            logitude::pinball(b.x(), y, &levels, o.weights, o.loss, o.grad, o.total, o.opts)
        },
    );
    run.worst.settle();
}
