//! Robust optimisation over distributions: of anchors and their partners, and of losses.

use super::losses::{SCORES, ln_cols};
use super::rows::*;
use crate::reference::dd::Dd;
use crate::reference::entries::{sum, times};
use crate::reference::softmax;
use crate::support::bounds::*;
use crate::support::real::Real;

/// The robust loss of anchors: what differs from the diagonal, over the other columns.
pub fn contrastive<T: Real>() {
    const TAU: f64 = 0.5;
    let run = Run::<T>::new(&SCORES);
    let mut run = run.wide();
    run.empty = None;
    let truth = |row: &Row<'_>| -> (Dd, Dd, Vec<Dd>) {
        let n = row.x.len();
        let mut others = row.x.to_vec();
        let mine = others.remove(row.r);
        let open = others.iter().filter(|x| **x > f64::NEG_INFINITY).count() as f64;
        let shares = softmax::row(&others, 1.0 / TAU, false);
        let none = Dd::of(f64::NAN);
        if mine.is_nan() || shares.lse.hi.is_nan() || shares.empty {
            return (none, none, vec![none; n]);
        }
        let away = sum(shares.shares.iter().zip(&shares.logs).map(|(p, log)| times(*p, *log)));
        let top = others.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let loss = match (top - mine).is_finite() {
            true => {
                (shares.lse - Dd::of(open).ln()) * Dd::of(TAU) - Dd::of(mine) + Dd::of(TAU * 0.25)
            }
            false => Dd::of(top - mine),
        };
        let mut grad = shares.shares;
        grad.insert(row.r, Dd::of(-1.0));
        (loss, Dd::of(0.25) - (away + Dd::of(open).ln()), grad)
    };
    let bound = T::bound(&CONFIDENCE);
    run.map(
        "contrastive_dro gradient",
        |row| truth(row).2.into_iter().map(|g| Near::new(g, 1.0, bound)).collect(),
        |b, dx| logitude::contrastive_dro(b.x(), Some(&[TAU]), 0.25, None, Some(dx), None),
    );
    let rounding = |row: &Row<'_>| {
        row.x.iter().filter(|x| x.is_finite()).fold(0.0, |a: f64, x| a.max(x.abs()))
    };
    run.numbers(
        "contrastive_dro",
        |row| {
            let lost = 4.0 * f64::EPSILON * rounding(row);
            Near { lost, ..Near::new(truth(row).0, TAU * ln_cols(row), bound) }
        },
        |b, loss| logitude::contrastive_dro(b.x(), Some(&[TAU]), 0.25, Some(loss), None, None),
    );
    run.numbers(
        "contrastive_dro in tau",
        |row| Near::new(truth(row).1, ln_cols(row), bound),
        |b, dtau| logitude::contrastive_dro(b.x(), Some(&[TAU]), 0.25, None, None, Some(dtau)),
    );
    run.worst.settle();
}

/// `KL(softmax(x / tau) || uniform)` of finite scores, and `ln mean exp(x / tau)`.
fn at(x: &[f64], tau: f64) -> (f64, Dd) {
    let row = softmax::row(x, 1.0 / tau, false);
    let away = sum(row.shares.iter().zip(&row.logs).map(|(p, log)| times(*p, *log)));
    let all = Dd::of(x.len() as f64).ln();
    ((away + all).value(), row.lse - all)
}

/// The value of the dual at the temperature where the divergence is `RHO`: what that is off by
/// changes it but in second order.
pub fn dual<T: Real>() {
    const RHO: f64 = 0.25;
    const RANGE: [f64; 2] = [0.0625, 16.0];
    let families = ["normal", "nearly equal", "spike", "ties", "constant"];
    let mut run = Run::<T>::new(&families).wide();
    run.empty = None;
    run.numbers(
        "dro_kl",
        |row| {
            let [mut low, mut high] = RANGE;
            for _ in 0..60 {
                let middle = 0.5 * (low + high);
                if at(row.x, middle).0 > RHO { low = middle } else { high = middle }
            }
            let tau = if at(row.x, RANGE[0]).0 <= RHO { RANGE[0] } else { low };
            // The scale is a power of 2 only at the ends of the range.
            let scale = 1.0 / tau;
            let tau = Dd::ONE / Dd::of(scale);
            let value = at(row.x, 1.0 / scale).1 * tau + (tau - Dd::of(RANGE[0])) * Dd::of(RHO);
            let top = row.x.iter().fold(0.0, |a: f64, x| a.max(x.abs()));
            let lost = 4.0 * f64::EPSILON * top;
            Near { lost, ..Near::new(value, tau.hi * ln_cols(row), T::bound(&DIVERGENCE)) }
        },
        |b, value| {
            let [low, high] = RANGE;
            logitude::dro_kl(b.x(), RHO, low, high, Some(value), None, None)
        },
    );
    run.worst.settle();
}

/// The targets of labels in distillation without a teacher, over all of a batch.
pub fn batch_targets<T: Real>() {
    let mut run = Run::<T>::new(&SCORES);
    run.batches.retain(|b| b.cols > 0);
    run.empty = None;
    run.numbers(
        "uskd_targets",
        |row| {
            let square = |x: &[f64], label: usize| {
                let p = softmax::row(x, 1.0, false).shares[label];
                p * p
            };
            let squares = || row.all.iter().zip(row.labels).map(|(x, l)| square(x, *l as usize));
            let counted: Vec<Dd> = squares().filter(|p| !p.hi.is_nan()).collect();
            let mean = sum(counted.iter().copied()) / Dd::of(counted.len() as f64);
            let mine = square(row.x, row.label);
            let exact = if mine.hi.is_nan() { mine } else { mine + Dd::ONE - mean };
            Near::new(exact, 1.0, T::bound(&CONFIDENCE))
        },
        |b, targets| logitude::uskd_targets(b.x(), &b.labels[..], None, targets),
    );
    run.worst.settle();
}
