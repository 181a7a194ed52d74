//! Sparse maps of rows, their gradients and their losses.

use super::rows::*;
use crate::reference::dd::Dd;
use crate::reference::entries::{pow, sqrt, sum};
use crate::reference::sparse as exact;
use crate::support::bounds::{SPARSE, SPARSE_NORM, SPARSE_POWER};
use crate::support::real::Real;

/// All but those at whose size nothing is left of differences below 1, beyond f64.
const FAMILIES: [&str; 14] = [
    "normal",
    "wide",
    "nearly equal",
    "constant",
    "spike",
    "far spike",
    "ties",
    "near 1e4",
    "subnormal",
    "masked",
    "empty",
    "one infinite",
    "some infinite",
    "nan",
];

fn near(exact: Vec<Dd>, scale: f64, bound: f64) -> Vec<Near> {
    exact.into_iter().map(|exact| Near::new(exact, scale, bound)).collect()
}

pub fn maps<T: Real>() {
    let mut run = Run::<T>::new(&FAMILIES);
    let bound = T::bound(&SPARSE);
    let of =
        |alpha: f64, bound: f64| move |row: &Row<'_>| near(exact::entmax(row.x, alpha), 1.0, bound);
    run.map("sparsemax", of(2.0, bound), |b, y| logitude::sparsemax(b.x(), y, None, None));
    run.map("entmax15", of(1.5, bound), |b, y| logitude::entmax15(b.x(), y, None, None));
    for alpha in [1.25, 1.75, 3.0] {
        run.map("entmax", of(alpha, SPARSE_POWER), |b, y| logitude::entmax(b.x(), alpha, y));
    }
    for alpha in [1.5, 2.0] {
        run.map(
            "normmax",
            |row| near(exact::normmax(row.x, alpha), 1.0, SPARSE_NORM),
            |b, y| logitude::normmax(b.x(), alpha, y),
        );
    }
    run.map(
        "budget",
        |row| near(exact::budget(row.x, 1.0), 1.0, SPARSE.f64),
        |b, y| logitude::budget(b.x(), 1.0, y),
    );
    run.worst.settle();
}

/// Largest of what counts.
fn largest(row: &Row<'_>) -> f64 {
    let kept = row.x.iter().zip(row.y).filter(|(y, _)| **y != 0.0);
    kept.map(|(_, dy)| dy.abs()).fold(0.0, f64::max)
}

/// Gradients of shares that the maps gave, NaN among them.
pub fn gradients<T: Real>() {
    let run = Run::<T>::new(&FAMILIES);
    let of = |alpha: f64| {
        let shares =
            |row: &Row<'_>| exact::entmax(row.x, alpha).iter().map(|p| p.value()).collect();
        let mut run = run.with(|row| [shares(row), row.y.to_vec()]);
        run.empty = Some(false);
        run
    };
    // How fast shares move, and what that is at most.
    let grad = |row: &Row<'_>, s: &dyn Fn(f64) -> Dd, bound: f64| {
        if row.x.iter().any(|y| y.is_nan()) {
            return near(vec![Dd::of(f64::NAN); row.x.len()], 1.0, bound);
        }
        let s: Vec<Dd> = row.x.iter().map(|y| if *y == 0.0 { Dd::ZERO } else { s(*y) }).collect();
        let most = s.iter().map(|s| s.hi).fold(0.0, f64::max);
        near(exact::spread(&s, row.y), most * largest(row), bound)
    };
    let mut kept = of(2.0);
    kept.map(
        "sparsemax_grad",
        |row| grad(row, &|_| Dd::ONE, SPARSE.f64),
        |b, dx| logitude::sparsemax_grad(b.x(), b.y(), dx),
    );
    kept.map(
        "budget_grad",
        |row| grad(row, &|y| Dd::of(if y < 1.0 { 1.0 } else { 0.0 }), SPARSE.f64),
        |b, dx| logitude::budget_grad(b.x(), b.y(), dx),
    );
    kept.worst.settle();
    let mut kept = of(1.5);
    kept.map(
        "entmax15_grad",
        |row| {
            let near = grad(row, &|y| sqrt(Dd::of(y)), SPARSE.f64);
            near.into_iter().map(|n| Near { scale: largest(row), ..n }).collect()
        },
        |b, dx| logitude::entmax15_grad(b.x(), b.y(), dx),
    );
    kept.worst.settle();
    for alpha in [1.25, 3.0] {
        let mut kept = of(alpha);
        kept.map(
            "entmax_grad",
            |row| grad(row, &|y| pow(Dd::of(y), Dd::of(2.0 - alpha)), SPARSE_POWER),
            |b, dx| logitude::entmax_grad(b.x(), b.y(), alpha, dx),
        );
        kept.map(
            "normmax_grad",
            |row| {
                let exact = match row.x.iter().any(|y| y.is_nan()) {
                    true => vec![Dd::of(f64::NAN); row.x.len()],
                    false => exact::normmax_grad(row.x, row.y, alpha),
                };
                let kept = row.x.iter().filter(|y| **y > 0.0);
                let most = kept.map(|y| y.powf(2.0 - alpha)).fold(0.0, f64::max) / (alpha - 1.0);
                near(exact, most * largest(row), SPARSE_POWER)
            },
            |b, dx| logitude::normmax_grad(b.x(), b.y(), alpha, dx),
        );
        kept.worst.settle();
    }
}

/// `p x + (1 - sum p^alpha) / (alpha (alpha - 1)) - x[label]`.
fn loss(row: &Row<'_>, alpha: f64, bound: f64) -> Loss {
    let p = exact::entmax(row.x, alpha);
    let label = row.x[row.label];
    let max = row.x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let loss = if p[0].hi.is_nan() {
        Dd::of(f64::NAN)
    } else if label == f64::NEG_INFINITY || max == f64::INFINITY && label < max {
        Dd::of(f64::INFINITY)
    } else {
        // Entries at +inf stand side by side, as if they were 0.
        let top = if max == f64::INFINITY { 0.0 } else { max };
        let below = |x: f64| if x == max { Dd::ZERO } else { Dd::sum(x, -top) };
        let some = p.iter().zip(row.x).filter(|(p, _)| p.hi > 0.0);
        let mean = sum(some.map(|(p, x)| *p * below(*x)));
        let left = Dd::ONE - sum(p.iter().map(|p| pow(*p, Dd::of(alpha))));
        mean + left / (Dd::of(alpha) * Dd::of(alpha - 1.0)) - below(label)
    };
    let unit = |c: usize| if c == row.label { Dd::ONE } else { Dd::ZERO };
    let grad = p.iter().enumerate().map(|(c, p)| Near::new(*p - unit(c), 1.0, bound)).collect();
    Loss { loss: Near::new(loss, loss.hi.abs().max(1.0), bound), grad }
}

pub fn losses<T: Real>() {
    let mut run = Run::<T>::new(&FAMILIES);
    let plain = |alpha: f64, bound: f64| move |row: &Row<'_>| loss(row, alpha, bound);
    run.loss("sparsemax_loss", plain(2.0, SPARSE.f64), |b, o| {
        logitude::sparsemax_loss(b.x(), &b.labels[..], o.weights, o.loss, o.grad, o.total, o.opts)
    });
    run.loss("entmax15_loss", plain(1.5, SPARSE.f64), |b, o| {
        logitude::entmax15_loss(b.x(), &b.labels[..], o.weights, o.loss, o.grad, o.total, o.opts)
    });
    for alpha in [1.25, 3.0] {
        run.loss("entmax_loss", plain(alpha, SPARSE_POWER), |b, o| {
            let labels = &b.labels[..];
            logitude::entmax_loss(b.x(), labels, o.weights, alpha, o.loss, o.grad, o.total, o.opts)
        });
    }
    run.worst.settle();
}
