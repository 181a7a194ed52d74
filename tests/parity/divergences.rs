//! Losses of two rows of scores, and entropies, with their gradients.

use super::losses::{SCORES, ln_cols, near, with_targets};
use super::rows::*;
use crate::reference::dd::Dd;
use crate::reference::entries::times;
use crate::reference::losses as exact;
use crate::support::bounds::*;
use crate::support::real::Real;

/// How far apart what is finite lies.
fn spread(x: &[f64]) -> f64 {
    let finite = || x.iter().filter(|x| x.is_finite());
    let low = finite().copied().fold(f64::INFINITY, f64::min);
    (finite().copied().fold(low, f64::max) - low).max(0.0)
}

/// Scores of another row of the same family beside scores.
fn with_teacher<T: Real>(run: &Run<T>) -> Run<T> {
    run.with(|row| {
        let turned = row.x.iter().rev().zip(row.y);
        let teacher = turned.map(|(x, y)| if x.abs() < 1e3 { 0.5 * x + y } else { *x });
        [row.x.to_vec(), teacher.collect()]
    })
}

pub fn divergences<T: Real>() {
    let bound = T::bound(&CONFIDENCE);
    let run = Run::<T>::new(&SCORES);
    let far = |row: &Row<'_>| 1.0 + ln_cols(row) + spread(row.x).max(spread(row.y));
    let mut targets = with_targets(&run);
    targets.loss(
        "kl_div",
        |row| {
            let q: Vec<Dd> = row.y.iter().map(|q| Dd::of(*q)).collect();
            let logs: Vec<Dd> =
                q.iter().map(|q| if q.hi > 0.0 { q.ln() } else { Dd::ZERO }).collect();
            near(exact::kl(row.x, &q, &logs, 1.0), far(row), 1.0, bound)
        },
        |b, o| {
            let kind = logitude::TARGETS_PROBABILITIES;
            logitude::kl_div(b.x(), b.y(), kind, o.weights, 1.0, o.loss, o.grad, o.total, o.opts)
        },
    );
    targets.worst.settle();
    let mut teacher = with_teacher(&run);
    // What an empty row of either kind says is looked at elsewhere.
    teacher.empty = None;
    teacher.loss(
        "kl_div_of_logits",
        |row| near(exact::kl_of_scores(row.x, row.y, 0.5), far(row), 0.5, bound),
        |b, o| {
            let kind = logitude::TARGETS_LOGITS;
            logitude::kl_div(b.x(), b.y(), kind, o.weights, 2.0, o.loss, o.grad, o.total, o.opts)
        },
    );
    teacher.loss(
        "kd",
        |row| {
            let (loss, grad) = exact::kl_of_scores(row.x, row.y, 0.5);
            let by = |x: Dd| times(x, Dd::of(4.0));
            near((by(loss), grad.into_iter().map(by).collect()), 4.0 * far(row), 2.0, bound)
        },
        |b, o| logitude::kd(b.x(), b.y(), o.weights, 2.0, o.loss, o.grad, o.total, o.opts),
    );
    teacher.loss(
        "js_div",
        |row| near(exact::js(row.x, row.y, 0.5), 1.0, 0.5, bound),
        |b, o| {
            logitude::js_div(b.x(), b.y(), o.weights, 2.0, o.loss, o.grad, None, o.total, o.opts)
        },
    );
    teacher.loss(
        "js_div_reversed",
        |row| near(exact::js(row.x, row.y, 0.5), 1.0, 0.5, bound),
        |b, o| {
            logitude::js_div(b.y(), b.x(), o.weights, 2.0, o.loss, None, o.grad, o.total, o.opts)
        },
    );
    teacher.loss(
        "nkd",
        |row| {
            let loss = exact::nkd(row.x, row.y, row.label, 1.5, 2.0);
            near(loss, far(row) * 7.0, 4.0, bound)
        },
        |b, o| {
            let labels = &b.labels[..];
            logitude::nkd(
                b.x(),
                b.y(),
                labels,
                o.weights,
                1.5,
                2.0,
                o.loss,
                o.grad,
                o.total,
                o.opts,
            )
        },
    );
    teacher.loss(
        "dkd",
        |row| {
            let loss = exact::dkd(row.x, row.y, row.label, [1.0, 6.0, 2.0]);
            near(loss, far(row) * 28.0, 2.0 * 7.0, bound)
        },
        |b, o| {
            let (y, labels) = (b.y(), &b.labels[..]);
            logitude::dkd(
                b.x(),
                y,
                labels,
                o.weights,
                1.0,
                6.0,
                2.0,
                o.loss,
                o.grad,
                o.total,
                o.opts,
            )
        },
    );
    teacher.worst.settle();
}

pub fn entropies<T: Real>() {
    let mut run = Run::<T>::new(&SCORES);
    for temperature in [1.0, 4.0] {
        run.loss(
            "entropy",
            |row| {
                let (scale, at) = (ln_cols(row), 1.0 / temperature);
                near(exact::entropy(row.x, at), scale, scale * at, T::bound(&CONFIDENCE))
            },
            |b, o| {
                logitude::entropy(b.x(), o.weights, temperature, o.loss, o.grad, o.total, o.opts)
            },
        );
    }
    for alpha in [0.5, 2.0, 4.0] {
        run.loss(
            "renyi_entropy",
            |row| {
                let scale = ln_cols(row);
                let loss = exact::renyi(row.x, alpha, 1.0);
                near(loss, scale, scale * alpha.max(1.0), T::bound(&RENYI))
            },
            |b, o| {
                logitude::renyi_entropy(
                    b.x(),
                    o.weights,
                    alpha,
                    1.0,
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

/// What is above 0 beside the scores is a positive.
pub fn decoupled<T: Real>() {
    let mut run = Run::<T>::new(&SCORES);
    run.empty = Some(false);
    let positive = |y: &[f64]| -> Vec<bool> { y.iter().map(|y| *y > 0.0).collect() };
    run.loss(
        "decoupled_softmax",
        |row| {
            let loss = exact::decoupled(row.x, &positive(row.y), 2.0);
            let finite = row.x.iter().filter(|x| x.is_finite());
            let scale = finite.fold(1.0, |a: f64, x| a.max(2.0 * x.abs()));
            near(loss, scale, 2.0 * scale, T::bound(&CA_GRADIENT)).or_no_gradient()
        },
        |b, o| {
            let labels: Vec<u8> = b.others.iter().flat_map(|y| positive(y)).map(u8::from).collect();
            let labels = logitude::Rows::new(&labels, b.others.len(), b.cols).unwrap();
            let (loss, grad) = (o.loss, o.grad);
            logitude::decoupled_softmax(
                b.x(),
                labels,
                None,
                o.weights,
                None,
                0.5,
                loss,
                None,
                grad,
                o.total,
                o.opts,
            )
        },
    );
    run.worst.settle();
}
