//! Maps of scores to shares most of which are 0, each by the equation that its threshold
//! solves.
#![allow(dead_code)] // Each test binary uses its part.

use super::dd::Dd;
use super::entries::{pow, sum};

/// Shares by the corners that all of these maps have in common, else `f` of how far each
/// score is from the largest, and of which there is one: `None` is -inf.
fn with_corners(x: &[f64], mass: f64, f: impl Fn(&[Dd]) -> Vec<Dd>) -> Vec<Dd> {
    let same = |value: f64| vec![Dd::of(value); x.len()];
    let max = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if x.iter().any(|v| v.is_nan()) || max == f64::NEG_INFINITY {
        return same(f64::NAN);
    }
    if max == f64::INFINITY {
        let count = x.iter().filter(|v| **v == max).count() as f64;
        let share = if count < mass { Dd::ONE } else { Dd::of(mass) / Dd::of(count) };
        return x.iter().map(|v| if *v == max { share } else { Dd::ZERO }).collect();
    }
    // Further below than any of these maps looks.
    let below = |v: &f64| if *v - max > -1e6 { Dd::sum(*v, -max) } else { Dd::of(-1e6) };
    f(&x.iter().map(below).collect::<Vec<Dd>>())
}

/// `max(u, 0)`.
fn positive(u: Dd) -> Dd {
    if u.hi > 0.0 { u } else { Dd::ZERO }
}

/// The `tau` at which the falling `excess` is 0, which is from `low` to `high`: halved as far
/// as f64 goes, then once more along the line through two more points.
pub fn root(low: f64, high: f64, excess: impl Fn(Dd) -> Dd) -> Dd {
    let (mut low, mut high) = (low, high);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if excess(Dd::of(middle)).hi > 0.0 { low = middle } else { high = middle }
    }
    let (mut a, mut b) = (Dd::of(low), Dd::of(high));
    let (mut at_a, mut at_b) = (excess(a), excess(b));
    for _ in 0..6 {
        let slope = at_b - at_a;
        if slope.hi == 0.0 || at_b.hi == 0.0 {
            break;
        }
        let next = b - at_b * (b - a) / slope;
        (a, at_a) = (b, at_b);
        b = next;
        at_b = excess(b);
    }
    b
}

/// `max((alpha - 1) x - tau, 0)^(1 / (alpha - 1))`, which add up to 1.
pub fn entmax(x: &[f64], alpha: f64) -> Vec<Dd> {
    with_corners(x, 1.0, |d| powers(d, Dd::of(alpha - 1.0), Dd::ONE / Dd::of(alpha - 1.0)))
}

/// `max(factor d - tau, 0)^power`, which add up to 1.
fn powers(d: &[Dd], factor: Dd, power: Dd) -> Vec<Dd> {
    // Others are at least 1 below.
    let near: Vec<Dd> = d.iter().map(|d| *d * factor).filter(|d| d.hi >= -1.0).collect();
    let raised = |u: Dd| pow(positive(u), power);
    let tau = root(-1.0, 0.0, |tau| sum(near.iter().map(|d| raised(*d - tau))) - Dd::ONE);
    d.iter().map(|d| raised(*d * factor - tau)).collect()
}

/// In proportion to `max(x - tau, 0)^(1 / (alpha - 1))`, where the `alpha / (alpha - 1)`th
/// powers add up to 1.
pub fn normmax(x: &[f64], alpha: f64) -> Vec<Dd> {
    with_corners(x, 1.0, |d| {
        let conjugate = Dd::of(alpha) / Dd::of(alpha - 1.0);
        let kept = powers(d, Dd::ONE, conjugate);
        let shares: Vec<Dd> = kept.iter().map(|p| pow(*p, Dd::ONE / Dd::of(alpha))).collect();
        let all = sum(shares.iter().copied());
        shares.into_iter().map(|p| p / all).collect()
    })
}

/// `min(max(x - tau, 0), 1)`, which add up to `budget`.
pub fn budget(x: &[f64], budget: f64) -> Vec<Dd> {
    if (x.iter().filter(|v| **v > f64::NEG_INFINITY).count() as f64) < budget {
        return vec![Dd::of(f64::NAN); x.len()];
    }
    with_corners(x, budget, |d| {
        let cut = |u: Dd| if u.hi > 1.0 { Dd::ONE } else { positive(u) };
        let all = |tau: Dd| sum(d.iter().map(|d| cut(*d - tau))) - Dd::of(budget);
        let low = d.iter().map(|d| d.hi).fold(0.0, f64::min) - 1.0;
        let tau = root(low, 0.0, all);
        d.iter().map(|d| cut(*d - tau)).collect()
    })
}

/// The gradient of a map of which `s` says how fast each share moves: `s (dy - mean dy)`,
/// the mean weighted by `s`.
pub fn spread(s: &[Dd], dy: &[f64]) -> Vec<Dd> {
    let all = sum(s.iter().copied());
    let each = || s.iter().zip(dy);
    let mean = sum(each().filter(|(s, _)| s.hi != 0.0).map(|(s, dy)| *s * Dd::of(*dy)));
    let mean = if all.hi == 0.0 { Dd::ZERO } else { mean / all };
    let one = |(s, dy): (&Dd, &f64)| if s.hi == 0.0 { Dd::ZERO } else { *s * (Dd::of(*dy) - mean) };
    each().map(one).collect()
}

/// That of [`normmax`], of the shares `y`.
pub fn normmax_grad(y: &[f64], dy: &[f64], alpha: f64) -> Vec<Dd> {
    let y: Vec<Dd> = y.iter().map(|y| Dd::of(*y)).collect();
    let dot = |a: &[Dd], b: &[Dd]| sum(a.iter().zip(b).map(|(a, b)| *a * *b));
    let dy: Vec<Dd> =
        dy.iter().zip(&y).map(|(d, y)| Dd::of(if y.hi == 0.0 { 0.0 } else { *d })).collect();
    let mean =
        if y.iter().any(|y| y.hi > 0.0) { dot(&y, &dy) / sum(y.iter().copied()) } else { Dd::ZERO };
    let least = Dd::of(2.0 - alpha);
    let b: Vec<Dd> =
        y.iter().map(|y| if y.hi == 0.0 { Dd::ZERO } else { pow(*y, least) }).collect();
    let be: Vec<Dd> = b.iter().zip(&dy).map(|(b, dy)| *b * (*dy - mean)).collect();
    let all = sum(be.iter().copied());
    let norm = sum(y.iter().map(|y| pow(*y, Dd::of(alpha))));
    let factor = pow(norm, Dd::of((alpha - 1.0) / alpha)) / Dd::of(alpha - 1.0);
    y.iter().zip(&be).map(|(y, be)| factor * (*be - *y * all)).collect()
}
