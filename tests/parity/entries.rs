//! Functions of each entry, and their gradients.

use super::rows::*;
use crate::reference::dd::Dd;
use crate::reference::entries as exact;
use crate::support::real::Real;
use crate::support::values::FAMILIES;

/// `f` of every entry.
fn each<T: Real>(f: impl Fn(f64) -> Dd) -> impl Fn(&Row<'_>) -> Vec<Near> {
    move |row| row.x.iter().map(|x| Near::entry::<T>(f(*x), 1.0)).collect()
}

/// `dy` times the derivative `f` of every entry.
fn slope<T: Real>(f: impl Fn(f64) -> Dd) -> impl Fn(&Row<'_>) -> Vec<Near> {
    let one = move |(x, dy): (&f64, &f64)| {
        let f = f(*x);
        // 0 times what is none is none.
        let exact = if f.hi.is_finite() { f * Dd::of(*dy) } else { Dd::of(f.hi * dy) };
        Near::entry::<T>(exact, dy.abs())
    };
    move |row| row.x.iter().zip(row.y).map(&one).collect()
}

pub fn sigmoids<T: Real>() {
    let mut run = Run::<T>::new(&FAMILIES);
    run.empty = Some(false);
    let sigmoid = |x: f64| exact::sigmoid(Dd::of(x));
    run.map("sigmoid", each::<T>(sigmoid), |b, y| logitude::sigmoid(b.x(), y));
    run.map("log_sigmoid", each::<T>(|x| exact::log_sigmoid(Dd::of(x))), |b, y| {
        logitude::log_sigmoid(b.x(), y)
    });
    run.map("sigmoid_grad", slope::<T>(|x| sigmoid(x) * sigmoid(-x)), |b, dx| {
        logitude::sigmoid_grad(b.x(), b.y(), dx)
    });
    run.map("log_sigmoid_grad", slope::<T>(|x| sigmoid(-x)), |b, dx| {
        logitude::log_sigmoid_grad(b.x(), b.y(), dx)
    });
    // By powers of 2 multiplication is exact.
    for beta in [1.0, 2.0] {
        let times = move |x: f64| Dd::of(if x.abs() < 1e300 { x * beta } else { x });
        let softplus = move |x: f64| {
            exact::softplus(times(x)) * Dd::of(if x < 1e300 { 1.0 / beta } else { 1.0 })
        };
        run.map("softplus", each::<T>(softplus), |b, y| logitude::softplus(b.x(), y, beta));
        run.map("softplus_grad", slope::<T>(move |x| exact::sigmoid(times(x))), |b, dx| {
            logitude::softplus_grad(b.x(), b.y(), dx, beta)
        });
    }
    run.worst.settle();
}

pub fn logits<T: Real>() {
    // Of ordinary scores their shares, of others themselves: most are outside.
    let share =
        |x: &f64| if x.abs() < 1e3 && x.fract() != 0.0 { 1.0 / (1.0 + (-x).exp()) } else { *x };
    let inside = |row: &Row<'_>| [row.x.iter().map(share).collect(), row.y.to_vec()];
    let mut run = Run::<T>::new(&FAMILIES).with(inside);
    run.empty = Some(false);
    let tight = |exact: Dd| Near::ulps::<T>(exact, crate::support::bounds::ENTRY);
    for eps in [0.0, 0.125] {
        let clip = move |x: f64| if eps > 0.0 { x.clamp(eps, 1.0 - eps) } else { x };
        run.map(
            "logit",
            |row| row.x.iter().map(|x| tight(exact::logit(clip(*x)))).collect(),
            |b, y| logitude::logit(b.x(), y, eps),
        );
        let slope = |x: f64, dy: f64| {
            if x.is_nan() || eps == 0.0 && !(0.0..=1.0).contains(&x) {
                return Dd::of(f64::NAN);
            }
            if clip(x) != x {
                return Dd::ZERO;
            }
            let below = Dd::of(x) * (Dd::ONE - Dd::of(x));
            if below.hi == 0.0 { Dd::of(dy / 0.0) } else { Dd::of(dy) / below }
        };
        run.map(
            "logit_grad",
            |row| row.x.iter().zip(row.y).map(|(x, dy)| tight(slope(*x, *dy))).collect(),
            |b, dx| logitude::logit_grad(b.x(), b.y(), dx, eps),
        );
    }
    run.worst.settle();
}
