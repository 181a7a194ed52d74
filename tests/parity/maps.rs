//! Maps of scores to shares and weights other than softmax, and their gradients.

use super::rows::*;
use crate::reference::dd::Dd;
use crate::reference::entries::{sigmoid, sum, times};
use crate::reference::{losses, maps as exact, softmax};
use crate::support::bounds::*;
use crate::support::real::Real;
use crate::support::rng::Rng;
use crate::support::values::FAMILIES;

/// Finite scores of ordinary size.
const ORDINARY: [&str; 6] = ["normal", "nearly equal", "constant", "spike", "ties", "subnormal"];

fn largest(dy: &[f64]) -> f64 {
    dy.iter().fold(0.0, |a: f64, d| a.max(d.abs()))
}

pub fn taylor<T: Real>() {
    let mut run = Run::<T>::new(&FAMILIES);
    for order in [2, 4] {
        run.map(
            "taylor_softmax",
            |row| {
                let near = |p: Dd| Near::new(p, p.hi, T::bound(&TAYLOR));
                exact::taylor(row.x, order).into_iter().map(near).collect()
            },
            |b, y| logitude::taylor_softmax(b.x(), y, order),
        );
    }
    run.worst.settle();
    let mut run = Run::<T>::new(&ORDINARY);
    run.map(
        "taylor_softmax_grad",
        |row| {
            let weight = |x: f64| exact::taylor_weight(x, 2, 1.0);
            let all = sum(row.x.iter().map(|x| weight(*x).0));
            let mean = sum(row.x.iter().zip(row.y).map(|(x, d)| weight(*x).0 * Dd::of(*d))) / all;
            let one = |(x, d): (&f64, &f64)| {
                let scale = weight(x.abs()).1.hi / all.hi * largest(row.y);
                Near::new(
                    weight(*x).1 * (Dd::of(*d) - mean) / all,
                    scale,
                    T::bound(&TAYLOR_GRADIENT),
                )
            };
            row.x.iter().zip(row.y).map(one).collect()
        },
        |b, dx| logitude::taylor_softmax_grad(b.x(), b.y(), dx, 2),
    );
    run.worst.settle();
}

pub fn spherical<T: Real>() {
    let mut run = Run::<T>::new(&FAMILIES);
    run.map(
        "spherical_softmax",
        |row| {
            let near =
                |p: Dd| Near { lost: SPHERICAL_LOST, ..Near::new(p, p.hi, T::bound(&WEIGHED)) };
            exact::spherical(row.x, 0.25).into_iter().map(near).collect()
        },
        |b, y| logitude::spherical_softmax(b.x(), y, 0.25),
    );
    run.worst.settle();
    let mut run = Run::<T>::new(&ORDINARY);
    run.map(
        "spherical_softmax_grad",
        |row| {
            let weight = |x: &f64| Dd::product(*x, *x) + Dd::of(0.25);
            let all = sum(row.x.iter().map(weight));
            let mean = sum(row.x.iter().zip(row.y).map(|(x, d)| weight(x) * Dd::of(*d))) / all;
            let one = |(x, d): (&f64, &f64)| {
                let scale = 2.0 * x.abs() / all.hi * largest(row.y);
                let exact = Dd::of(2.0 * x) * (Dd::of(*d) - mean) / all;
                let lost = T::ACC.least_normal();
                Near { lost, ..Near::new(exact, scale, T::bound(&WEIGHED_GRADIENT)) }
            };
            row.x.iter().zip(row.y).map(one).collect()
        },
        |b, dx| logitude::spherical_softmax_grad(b.x(), b.y(), dx, 0.25),
    );
    run.worst.settle();
}

/// Of a scaled score: the weight, and its derivative.
fn weight(kind: u32, z: f64) -> (Dd, Dd) {
    let z = Dd::of(z);
    match (kind, z.hi) {
        (_, f64::NEG_INFINITY) => (Dd::ZERO, Dd::ZERO),
        (0, _) => (sigmoid(z), sigmoid(z) * sigmoid(-z)),
        (1, x) if x < 0.0 => (z.exp(), z.exp()),
        (1, _) => (z + Dd::ONE, Dd::ONE),
        _ => (z, Dd::ONE),
    }
}

pub fn attention<T: Real>() {
    const SCALE: f64 = 0.5;
    let mut run = Run::<T>::new(&FAMILIES);
    run.empty = Some(false);
    let lost = T::bound(&ENTRY_LOST);
    for (kind, name) in [(0, "sigmoid"), (1, "elu"), (2, "linear")] {
        let opts = logitude::AttentionWeightsOpts { scale: SCALE, ..Default::default() };
        run.map(
            &format!("attention_weights {name}"),
            |row| {
                let one = |x: &f64| {
                    let z = SCALE * x;
                    let exact = weight(kind, z).0;
                    let scale = if z.is_finite() { exact.hi.abs() * z.abs().max(1.0) } else { 1.0 };
                    Near { lost, ..Near::new(exact, scale, T::bound(&WEIGHED)) }
                };
                row.x.iter().map(one).collect()
            },
            |b, y| logitude::attention_weights(b.x(), kind, y, Some(&opts)),
        );
    }
    run.worst.settle();
    let mut run = Run::<T>::new(&ORDINARY);
    run.empty = None;
    for (kind, name) in [(0, "sigmoid"), (1, "elu")] {
        let plain = logitude::AttentionWeightsOpts { scale: SCALE, ..Default::default() };
        let flags = logitude::ATTENTION_NORMALIZE;
        let opts = logitude::AttentionWeightsOpts { flags, ..plain };
        let all =
            |row: &Row<'_>| sum(row.x.iter().map(|x| weight(kind, SCALE * x).0)) + Dd::of(1e-8);
        run.map(
            &format!("attention_weights {name} normalised"),
            |row| {
                let one = |x: &f64| {
                    let exact = weight(kind, SCALE * x).0 / all(row);
                    let scale = 2.0 * exact.hi * (SCALE * x).abs().max(1.0);
                    Near { lost, ..Near::new(exact, scale, T::bound(&WEIGHED)) }
                };
                row.x.iter().map(one).collect()
            },
            |b, y| logitude::attention_weights(b.x(), kind, y, Some(&opts)),
        );
        let bound = T::bound(&WEIGHED_GRADIENT);
        run.map(
            &format!("attention_weights_grad {name}"),
            |row| {
                let one = |(x, d): (&f64, &f64)| {
                    let slope = weight(kind, SCALE * x).1 * Dd::of(SCALE);
                    let scale = slope.hi * (SCALE * x).abs().max(1.0) * largest(row.y);
                    Near { lost, ..Near::new(slope * Dd::of(*d), scale, bound) }
                };
                row.x.iter().zip(row.y).map(one).collect()
            },
            |b, dx| logitude::attention_weights_grad(b.x(), kind, b.y(), dx, Some(&plain)),
        );
        run.map(
            &format!("attention_weights_grad {name} normalised"),
            |row| {
                let (all, z) = (all(row), |x: &f64| weight(kind, SCALE * x));
                let mean = sum(row.x.iter().zip(row.y).map(|(x, d)| z(x).0 * Dd::of(*d))) / all;
                let one = |(x, d): (&f64, &f64)| {
                    let slope = z(x).1 * Dd::of(SCALE) / all;
                    let scale = 4.0 * slope.hi * (SCALE * x).abs().max(1.0) * largest(row.y);
                    Near { lost, ..Near::new(slope * (Dd::of(*d) - mean), scale, bound) }
                };
                row.x.iter().zip(row.y).map(one).collect()
            },
            |b, dx| logitude::attention_weights_grad(b.x(), kind, b.y(), dx, Some(&opts)),
        );
    }
    run.worst.settle();
}

pub fn gumbel<T: Real>() {
    const TAU: f64 = 0.5;
    // Uniform numbers as the type computed in has them.
    let draws = |b: &Batch<T>| -> Vec<T::Sum> {
        let mut rng = Rng::new(b.cols as u64);
        (0..b.values.len() * b.cols).map(|_| T::sum(0.001 + 0.998 * rng.unit())).collect()
    };
    let mut run =
        Run::<T>::new(&["normal", "wide", "constant", "spike", "ties", "masked", "empty", "nan"]);
    let noisy = |row: &Row<'_>| -> Vec<Dd> {
        let mut rng = Rng::new(row.x.len() as u64);
        for _ in 0..row.r * row.x.len() {
            let _ = rng.unit();
        }
        let one = |x: &f64| {
            let u: f64 = T::sum(0.001 + 0.998 * rng.unit()).into();
            let noise = -(-Dd::of(u).ln()).ln();
            if x.is_finite() { (Dd::of(*x) + noise) / Dd::of(TAU) } else { Dd::of(*x) }
        };
        row.x.iter().map(one).collect()
    };
    run.map(
        "gumbel_softmax",
        |row| {
            let z = noisy(row);
            let size = z.iter().map(|z| z.hi.abs()).filter(|z| z.is_finite()).fold(0.0, f64::max);
            let bound = NOISE * T::ACC.ulp(size * TAU) / TAU + T::bound(&CONFIDENCE);
            let near = |p: &Dd| Near { lost: T::ACC.least_normal(), ..Near::new(*p, p.hi, bound) };
            softmax::beside(&z, f64::NEG_INFINITY).0.shares.iter().map(near).collect()
        },
        |b, y| {
            let u = draws(b);
            let u = logitude::Rows::new(&u, b.values.len(), b.cols).unwrap();
            let opts = logitude::GumbelSoftmaxOpts { tau: TAU, ..Default::default() };
            logitude::gumbel_softmax(b.x(), Some(u), y, None, Some(&opts))
        },
    );
    run.worst.settle();
    let mut run = Run::<T>::new(&["normal", "wide", "constant", "spike", "ties"]).with(|row| {
        let shares = softmax::row(row.x, 1.0, false).shares;
        [shares.iter().map(|p| p.value()).collect(), row.y.to_vec()]
    });
    run.empty = Some(false);
    run.map(
        "gumbel_softmax_grad",
        |row| {
            let mean = sum(row.x.iter().zip(row.y).map(|(y, d)| Dd::product(*y, *d)));
            let one = |(y, d): (&f64, &f64)| {
                let exact = times(Dd::of(y / TAU), Dd::of(*d) - mean);
                // Of a subnormal share little is left.
                let lost = T::ACC.ulp(0.0) * largest(row.y) / TAU;
                Near { lost, ..Near::new(exact, y / TAU * largest(row.y), T::bound(&CONFIDENCE)) }
            };
            row.x.iter().zip(row.y).map(one).collect()
        },
        |b, dx| logitude::gumbel_softmax_grad(b.x(), b.y(), dx, TAU),
    );
    run.worst.settle();
}

const K: f64 = 1.5;
const ALPHA: f64 = 2.0;

/// `alpha p`, and `alpha (1 - p)`, of the shares of soft top-k.
fn topk_sides(x: &[f64], t: Dd) -> Vec<[Dd; 2]> {
    let z = |x: &f64| Dd::of(ALPHA) * (Dd::of(*x) + t);
    let sides = |x: &f64| [sigmoid(z(x)), sigmoid(-z(x))].map(|p| p * Dd::of(ALPHA));
    x.iter().map(sides).collect()
}

pub fn topk<T: Real>() {
    let mut run = Run::<T>::new(&ORDINARY).wide();
    let alpha = Dd::of(ALPHA);
    run.map(
        "soft_topk",
        |row| {
            let sides = topk_sides(row.x, exact::topk(row.x, K, ALPHA));
            sides.iter().map(|[p, _]| Near::new(*p / alpha, 1.0, TOPK_SUM)).collect()
        },
        |b, y| logitude::soft_topk(b.x(), K, ALPHA, 0, Some(y), None),
    );
    run.map(
        "soft_topk_grad",
        |row| {
            let t = Dd::of(exact::topk(row.x, K, ALPHA).value());
            let v: Vec<Dd> = topk_sides(row.x, t).iter().map(|[p, q]| *p * *q / alpha).collect();
            let all = sum(v.iter().copied());
            let mean = sum(v.iter().zip(row.y).map(|(v, d)| *v * Dd::of(*d))) / all;
            let scale = ALPHA * largest(row.y);
            let one =
                |(v, d): (&Dd, &f64)| Near::new(*v * (Dd::of(*d) - mean), scale, TOPK_GRADIENT);
            v.iter().zip(row.y).map(one).collect()
        },
        |b, dx| {
            let t: Vec<f64> = b.rows().map(|row| exact::topk(row.x, K, ALPHA).value()).collect();
            logitude::soft_topk_grad(b.x(), &t, b.y(), ALPHA, 0, dx)
        },
    );
    let relevant = |y: &[f64]| -> Vec<bool> { y.iter().map(|y| *y > 0.0).collect() };
    run.loss(
        "soft_topk_loss",
        |row| {
            let t = exact::topk(row.x, K, ALPHA);
            let sides = topk_sides(row.x, t);
            let mine = relevant(row.y);
            let count = mine.iter().filter(|m| **m).count();
            if count == 0 {
                return losses_of((Dd::ZERO, vec![Dd::ZERO; mine.len()]));
            }
            let n = Dd::of(count as f64);
            let v: Vec<Dd> = sides.iter().map(|[p, q]| *p * *q).collect();
            let all = sum(v.iter().copied());
            let kept = || sides.iter().zip(&mine).filter(|(_, mine)| **mine);
            let loss = -sum(kept().map(|([p, _], _)| (*p / alpha).ln())) / n;
            let pull = sum(kept().map(|([_, q], _)| *q)) / n;
            let grad =
                sides.iter().zip(&mine).zip(&v).map(|(([_, q], mine), v)| {
                    pull * *v / all - if *mine { *q / n } else { Dd::ZERO }
                });
            losses_of((loss, grad.collect()))
        },
        |b, o| {
            let labels: Vec<u8> = b.others.iter().flat_map(|y| relevant(y)).map(u8::from).collect();
            let labels = logitude::Rows::new(&labels, b.others.len(), b.cols).unwrap();
            logitude::soft_topk_loss(
                b.x(),
                labels,
                o.weights,
                K,
                ALPHA,
                o.loss,
                o.grad,
                o.total,
                o.opts,
            )
        },
    );
    run.worst.settle();
}

fn losses_of((loss, grad): losses::Loss) -> Loss {
    let near = |g: Dd| Near::new(g, ALPHA, TOPK_LOSS);
    let grad = grad.into_iter().map(near).collect();
    Loss { loss: Near::new(loss, loss.hi.abs().max(1.0), TOPK_LOSS), grad }
}

/// Soft labels: by rank of the other classes, and of two rows mixed.
pub fn labels<T: Real>() {
    let mut run = Run::<T>::new(&FAMILIES);
    run.empty = Some(false);
    run.map(
        "mix_labels",
        |row| {
            let one = |(a, b): (&f64, &f64)| {
                let (share, rest) = (Dd::of(0.3), Dd::ONE - Dd::of(0.3));
                if !a.is_finite() {
                    return Near::new(Dd::of(0.3 * a + 0.7 * b), 1.0, MIXED);
                }
                Near::new(share * Dd::of(*a) + rest * Dd::of(*b), a.abs().max(b.abs()), MIXED)
            };
            row.x.iter().zip(row.y).map(one).collect()
        },
        |b, y| logitude::mix_labels(b.x(), b.y(), &[0.3], y),
    );
    run.batches.retain(|b| b.cols > 0);
    run.map(
        "zipf_targets",
        |row| {
            let place = |c: usize| {
                let before = |o: &usize| {
                    *o != row.label && (row.x[*o] > row.x[c] || row.x[*o] == row.x[c] && *o < c)
                };
                1 + (0..row.x.len()).filter(before).count()
            };
            let all = sum((1..row.x.len()).map(|rank| Dd::ONE / Dd::of(rank as f64)));
            let nan = row.x.iter().any(|x| x.is_nan());
            let one = |c: usize| match c == row.label {
                _ if nan => Dd::of(f64::NAN),
                true => Dd::ZERO,
                false => Dd::ONE / (all * Dd::of(place(c) as f64)),
            };
            let near = |p: Dd| Near::new(p, if nan { 1.0 } else { p.hi }, LABEL);
            (0..row.x.len()).map(|c| near(one(c))).collect()
        },
        |b, y| {
            let mut scratch = vec![0; 4 * b.cols + 16];
            logitude::zipf_targets(b.x(), &b.labels[..], logitude::ZIPF_OTHERS, y, &mut scratch)
        },
    );
    run.worst.settle();
}
