//! Curves of two classes from their definitions: pairs of rows, and rows above each
//! score.
#![allow(dead_code)] // Each test binary uses its part.

use crate::support::points::Point;

/// A sum whose rounding errors are added up as well.
fn sum(terms: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut lost) = (0.0f64, 0.0f64);
    for x in terms {
        let next = sum + x;
        let (large, small) = if sum.abs() >= x.abs() { (sum, x) } else { (x, sum) };
        lost += (large - next) + small;
        sum = next;
    }
    sum + lost
}

/// Sums of weights of label 1 and 0 of the rows that `which` holds for.
fn weights(points: &[Point], which: impl Fn(&Point) -> bool) -> (f64, f64) {
    let of = |hit: bool| {
        let rows = points.iter().filter(|x| x.hit == hit && which(x));
        sum(rows.map(|x| x.weight))
    };
    (of(true), of(false))
}

/// The area under the ROC curve and the share of tied pairs.
pub fn auroc(points: &[Point]) -> (f64, f64) {
    let pairs = |which: fn(f64, f64) -> bool| {
        let positives = points.iter().filter(|x| x.hit);
        sum(positives.flat_map(|p| {
            let negatives = points.iter().filter(move |n| !n.hit && which(p.p, n.p));
            negatives.map(|n| p.weight * n.weight)
        }))
    };
    let (won, tied) = (pairs(|p, n| p > n), pairs(|p, n| p == n));
    let (positive, negative) = weights(points, |_| true);
    let all = positive * negative;
    ((won + 0.5 * tied) / all, tied / all)
}

/// Average precision.
pub fn average_precision(points: &[Point]) -> f64 {
    let (positive, _) = weights(points, |_| true);
    let precision = |at: f64| {
        let (p, n) = weights(points, |x| x.p >= at);
        p / (p + n)
    };
    let rows = points.iter().filter(|x| x.hit && x.weight > 0.0);
    sum(rows.map(|x| x.weight * precision(x.p))) / positive
}

/// Threshold, true and false positives, from infinity down.
pub fn thresholds(points: &[Point]) -> Vec<(f64, f64, f64)> {
    let mut scores: Vec<f64> = points.iter().filter(|x| x.weight > 0.0).map(|x| x.p).collect();
    scores.sort_by(|a, b| b.total_cmp(a));
    scores.dedup_by(|a, b| a == b);
    let above = scores.into_iter().map(|at| {
        let (p, n) = weights(points, |x| x.p >= at);
        (at, p, n)
    });
    [(f64::INFINITY, 0.0, 0.0)].into_iter().chain(above).collect()
}

/// The area under the ROC curve up to a false positive rate, by its trapezia.
pub fn partial(points: &[Point], most: f64) -> f64 {
    let (positive, negative) = weights(points, |_| true);
    let curve = thresholds(points);
    let rates = |at: &(f64, f64, f64)| (at.2 / negative, at.1 / positive);
    let parts = curve.windows(2).map(|two| {
        let ((a, up), (b, to)) = (rates(&two[0]), rates(&two[1]));
        let end = b.min(most);
        if end <= a { 0.0 } else { (end - a) * (up + (to - up) * (end - a) / (b - a) / 2.0) }
    });
    sum(parts.map(|part| part.max(0.0)))
}
