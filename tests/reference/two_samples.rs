//! Two classes and two samples by definition: every pair, every order.
#![allow(dead_code)] // Each test binary uses its part.

/// Doubled worths of each row of label `of`: pairs in which it is on the right side.
fn worths(scores: &[f64], labels: &[bool], of: bool) -> Vec<i128> {
    let rows = || scores.iter().zip(labels);
    let mine = rows().filter(|(_, label)| **label == of);
    let worth = |a: f64, b: f64| if a == b { 1 } else { 2 * i128::from((a > b) == of) };
    mine.map(|(a, _)| rows().filter(|(_, l)| **l != of).map(|(b, _)| worth(*a, *b)).sum()).collect()
}

/// The covariance of the means of two lists of doubled worths out of `others` pairs.
fn covariance(a: &[i128], b: &[i128], others: usize) -> f64 {
    let n = a.len() as i128;
    let (sum_a, sum_b): (i128, i128) = (a.iter().sum(), b.iter().sum());
    let products: i128 = a.iter().zip(b).map(|(a, b)| (n * a - sum_a) * (n * b - sum_b)).sum();
    let per = (n * n * (n - 1) * n) as f64 * (4 * others * others) as f64;
    products as f64 / per
}

/// AUROCs of two scores, and their covariances: of the first, of both, of the second, of
/// their difference.
pub fn delong(first: &[f64], second: &[f64], labels: &[bool]) -> ([f64; 2], [f64; 4]) {
    let positives = labels.iter().filter(|label| **label).count();
    let negatives = labels.len() - positives;
    let mut covariances = [0.0; 4];
    let mut aurocs = [f64::NAN; 2];
    for (of, others) in [(true, negatives), (false, positives)] {
        let (a, b) = (worths(first, labels, of), worths(second, labels, of));
        let off: Vec<i128> = a.iter().zip(&b).map(|(a, b)| a - b).collect();
        let pairs = [(&a, &a), (&a, &b), (&b, &b), (&off, &off)];
        for (sum, (a, b)) in covariances.iter_mut().zip(pairs) {
            *sum += if a.len() < 2 || others == 0 { f64::NAN } else { covariance(a, b, others) };
        }
        let mean =
            |of: &[i128]| of.iter().sum::<i128>() as f64 / (2 * positives * negatives) as f64;
        aurocs = [mean(&a), mean(&b)];
    }
    (aurocs, covariances)
}

/// Calls `f` with every choice of `n` of so many things, as bits.
fn choices(n: usize, of: usize, mut f: impl FnMut(u32)) {
    (0u32..1 << of).filter(|bits| bits.count_ones() as usize == n).for_each(&mut f);
}

/// Twice U of `x` among `y`.
pub fn twice_u(x: &[f64], y: &[f64]) -> i64 {
    let pairs = x.iter().flat_map(|a| y.iter().map(move |b| (a, b)));
    pairs.map(|(a, b)| if a == b { 1 } else { 2 * i64::from(a > b) }).sum()
}

/// n m times the largest excess of the distribution function of `x`, and of `y`.
pub fn differences(x: &[f64], y: &[f64]) -> [i64; 2] {
    let mut most = [0; 2];
    for at in x.iter().chain(y) {
        let up_to = |data: &[f64]| data.iter().filter(|v| *v <= at).count() as i64;
        let d = up_to(x) * y.len() as i64 - up_to(y) * x.len() as i64;
        most = [most[0].max(d), most[1].max(-d)];
    }
    most
}

/// The share of all orders of the numbers in which a statistic is at least what it is:
/// for each of several.
pub fn by_permutation<const K: usize>(
    x: &[f64],
    y: &[f64],
    statistics: impl Fn(&[f64], &[f64]) -> [i64; K],
) -> [f64; K] {
    let all: Vec<f64> = x.iter().chain(y).copied().collect();
    let seen = statistics(x, y);
    let (mut count, mut total) = ([0u64; K], 0u64);
    choices(x.len(), all.len(), |bits| {
        let part = |of: u32| {
            let chosen = all.iter().enumerate().filter(|(i, _)| bits >> i & 1 == of);
            chosen.map(|(_, v)| *v).collect::<Vec<f64>>()
        };
        total += 1;
        let those = statistics(&part(1), &part(0));
        for ((count, that), this) in count.iter_mut().zip(those).zip(seen) {
            *count += u64::from(that >= this);
        }
    });
    count.map(|count| count as f64 / total as f64)
}

/// Mean over all k of the mean loss of the first k rows, for one order of them.
pub fn area(losses: &[f64]) -> f64 {
    let mut sum = 0.0;
    let means = losses.iter().enumerate().map(|(i, loss)| {
        sum += loss;
        sum / (i + 1) as f64
    });
    means.sum::<f64>() / losses.len() as f64
}

/// AUROC (twice U, positives, negatives) and average precision by every pair and every
/// threshold.
pub fn ranking(scores: &[f64], labels: &[bool]) -> (f64, f64) {
    let of = |class: bool| {
        let mine = scores.iter().zip(labels).filter(move |(_, label)| **label == class);
        mine.map(|(score, _)| *score).collect::<Vec<f64>>()
    };
    let (positives, negatives) = (of(true), of(false));
    let pairs = (2 * positives.len() * negatives.len()) as f64;
    let precision = |at: f64| {
        let above = |data: &[f64]| data.iter().filter(|v| **v >= at).count() as f64;
        above(&positives) / (above(&positives) + above(&negatives))
    };
    let sum: f64 = positives.iter().map(|at| precision(*at)).sum();
    (twice_u(&positives, &negatives) as f64 / pairs, sum / positives.len() as f64)
}
