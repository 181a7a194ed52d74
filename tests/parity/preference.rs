//! Losses of pairs of answers of which one was chosen.

use super::rows::{LENGTHS, Near};
use crate::level;
use crate::reference::dd::Dd;
use crate::reference::entries::{log_sigmoid, sigmoid};
use crate::support::bounds::{CONFIDENCE, MIXED};
use crate::support::real::Real;
use crate::support::rng::Rng;
use crate::support::worst::Worst;
use logitude::{Advice, DpoOpts};

const BETA: f64 = 0.5;
const GAMMA: f64 = 0.75;
const SMOOTHING: f64 = 0.125;

/// Four log-likelihoods a pair: ordinary, and corners.
fn pairs<T: Real>(rng: &mut Rng, n: usize) -> [Vec<T>; 4] {
    let corner = [0.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e4, -1e4];
    let mut one = || if rng.below(12) == 0 { corner[rng.below(6)] } else { 5.0 * rng.normal() };
    std::array::from_fn(|_| (0..n).map(|_| T::of(one())).collect())
}

/// `a - b`, where either may be infinite.
fn less(a: f64, b: f64) -> Dd {
    if a.is_finite() && b.is_finite() { Dd::sum(a, -b) } else { Dd::of(a - b) }
}

fn add(a: Dd, b: Dd) -> Dd {
    if a.hi.is_finite() && b.hi.is_finite() { a + b } else { Dd::of(a.hi + b.hi) }
}

fn times(a: Dd, b: f64) -> Dd {
    if a.hi.is_finite() { a * Dd::of(b) } else { Dd::of(a.hi * b) }
}

/// Of `h`: the loss and its derivative.
fn truth(form: u32, h: Dd) -> (Dd, Dd) {
    let at = times(h, BETA);
    let infinite = |loss: f64, slope: f64| (Dd::of(loss), Dd::of(slope));
    match (form, h.hi) {
        (_, h) if h.is_nan() => infinite(f64::NAN, f64::NAN),
        (logitude::DPO_SIGMOID, _) => {
            let (yes, no) = (1.0 - SMOOTHING, SMOOTHING);
            let loss = add(times(log_sigmoid(at), -yes), times(log_sigmoid(-at), -no));
            (loss, times(sigmoid(-at) * Dd::of(-yes) + sigmoid(at) * Dd::of(no), BETA))
        }
        (logitude::DPO_HINGE, _) if at.hi >= 1.0 => (Dd::ZERO, Dd::ZERO),
        (logitude::DPO_HINGE, _) => (add(Dd::ONE, -at), Dd::of(-BETA)),
        (_, h) if h.is_infinite() => infinite(f64::INFINITY, h),
        _ => {
            let off = h - Dd::of(0.5 / BETA);
            (off * off, off + off)
        }
    }
}

pub fn dpo<T: Real>() {
    let (mut rng, mut worst) = (Rng::new(5), Worst::default());
    for (form, name) in [(0, "sigmoid"), (1, "hinge"), (2, "ipo")] {
        for n in LENGTHS {
            let given = pairs::<T>(&mut rng, n);
            let label_smoothing = if form == 0 { SMOOTHING } else { 0.0 };
            let opts =
                DpoOpts { beta: BETA, gamma: GAMMA, label_smoothing, form, ..Default::default() };
            level::each(|level| {
                let (mut loss, mut grad) = (vec![7.0; n], vec![T::of(7.0); n]);
                let [a, b, c, d] = &given;
                let (first, second) = (Some(&c[..]), Some(&d[..]));
                let (losses, grads) = (Some(&mut loss[..]), Some(&mut grad[..]));
                let got = logitude::dpo(
                    a,
                    b,
                    first,
                    second,
                    None,
                    losses,
                    grads,
                    None,
                    None,
                    Some(&opts),
                );
                assert_eq!(got, Ok(Advice::None));
                for i in 0..n {
                    let [a, b, c, d] = given.each_ref().map(|v| v[i].value());
                    let h = add(less(a, b), times(less(c, d), -GAMMA));
                    let (exact, slope) = truth(form, h);
                    // What beta h is off by, and what that changes.
                    let terms = [a, b, c, d].into_iter().filter(|v| v.is_finite());
                    let off = MIXED * terms.fold(0.5 / BETA, |m, v| m.max(v.abs()));
                    let name = |what: &str| format!("dpo {name}{what} {} {level}", T::NAME);
                    let place = || format!("{a:e} {b:e} {c:e} {d:e}");
                    let near = Near { lost: off * slope.hi.abs().max(off), ..relative(exact) };
                    let errors = [near.error(loss[i], |_| 0.0, f64::MAX)];
                    worst.see_each((&name(""), "pairs"), errors, place);
                    let near = Near { lost: 2.0 * off, ..relative(slope) };
                    let error = near.error(grad[i].value(), |g| T::STORE.ulp(g), T::STORE.max());
                    worst.see_each((&name(" gradient"), "pairs"), [error], place);
                }
            });
        }
    }
    worst.settle();
}

fn relative(exact: Dd) -> Near {
    Near::new(exact, exact.hi.abs(), CONFIDENCE.f64)
}

pub fn pairwise<T: Real>() {
    let (mut rng, mut worst) = (Rng::new(6), Worst::default());
    for n in LENGTHS {
        let given = pairs::<T>(&mut rng, n);
        level::each(|level| {
            let (mut loss, mut grad) = (vec![7.0; n], vec![T::of(7.0); n]);
            let [a, b, margin, _] = &given;
            let (losses, grads) = (Some(&mut loss[..]), Some(&mut grad[..]));
            let got =
                logitude::pairwise_reward(a, b, Some(margin), None, losses, grads, None, None);
            assert_eq!(got, Ok(Advice::None));
            for i in 0..n {
                let [a, b, margin, _] = given.each_ref().map(|v| v[i].value());
                let h = add(less(a, b), Dd::of(-margin));
                let terms = [a, b, margin].into_iter().filter(|v| v.is_finite());
                let off = MIXED * terms.fold(1.0, |m: f64, v| m.max(v.abs()));
                let name = |what: &str| format!("pairwise_reward{what} {} {level}", T::NAME);
                let place = || format!("{a:e} {b:e} {margin:e}");
                let near = Near { lost: off * sigmoid(-h).hi, ..relative(-log_sigmoid(h)) };
                let errors = [near.error(loss[i], |_| 0.0, f64::MAX)];
                worst.see_each((&name(""), "pairs"), errors, place);
                let near = Near { lost: off, ..relative(-sigmoid(-h)) };
                let error = near.error(grad[i].value(), |g| T::STORE.ulp(g), T::STORE.max());
                worst.see_each((&name(" gradient"), "pairs"), [error], place);
            }
        });
    }
    worst.settle();
}
