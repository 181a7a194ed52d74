//! What calibrators of one score fit, from their definitions, by the shortest way that is
//! right. Rows are scores, labels and weights.
#![allow(dead_code)] // Each test binary uses its part.

use super::dd::Dd;
use crate::support::calibrated::Rows;

/// The isotonic value at each row: the largest of the least means over intervals of scores.
pub fn isotonic(rows: &Rows) -> Vec<f64> {
    let scores = rows.scores();
    let mean = |low: f64, high: f64| {
        let inside = rows.x.iter().zip(&rows.y).zip(&rows.w);
        let inside = inside.filter(|((x, _), _)| (low..=high).contains(*x));
        let (hits, all) =
            inside.fold((0.0, 0.0), |(hits, all), ((_, y), w)| (hits + w * f64::from(*y), all + w));
        hits / all
    };
    let least = |low: f64, at: f64| {
        let above = scores.iter().filter(|high| **high >= at);
        above.map(|high| mean(low, *high)).fold(2.0, f64::min)
    };
    let most = |at: f64| {
        let below = scores.iter().filter(|low| **low <= at);
        below.map(|low| least(*low, at)).fold(-1.0, f64::max)
    };
    let of: Vec<f64> = scores.iter().map(|at| most(*at)).collect();
    let place = |x: &f64| scores.iter().position(|score| score == x).unwrap();
    rows.x.iter().map(|x| of[place(x)]).collect()
}

/// The isotonic value at a new score with this label.
pub fn isotonic_with(rows: &Rows, x: f64, y: u8) -> f64 {
    let mut all = rows.clone();
    all.x.push(x);
    all.y.push(y);
    all.w.push(1.0);
    isotonic(&all)[rows.len()]
}

/// Rows of a bin: how many, hits, weight; its lowest and its highest score.
#[derive(Clone, Copy, Debug)]
pub struct Bin {
    pub rows: usize,
    pub hits: f64,
    pub weight: f64,
    pub low: f64,
    pub high: f64,
}

/// The bin of scores from `low` to `high`.
fn bin(rows: &Rows, low: f64, high: f64) -> Bin {
    let inside: Vec<usize> =
        (0..rows.len()).filter(|i| (low..=high).contains(&rows.x[*i])).collect();
    let weight = inside.iter().map(|i| rows.w[*i]).sum();
    let hits = inside.iter().map(|i| rows.w[*i] * f64::from(rows.y[*i])).sum();
    Bin { rows: inside.len(), hits, weight, low, high }
}

/// Bins that scores end in that are told, of which the last is the last of all.
fn bins_to(rows: &Rows, ends: &mut dyn FnMut(&[f64], f64) -> bool) -> Vec<Bin> {
    let (mut bins, mut open) = (vec![], vec![]);
    let scores = rows.scores();
    for score in &scores {
        open.push(*score);
        if ends(&open, *score) || score == scores.last().unwrap() {
            bins.push(bin(rows, open[0], *score));
            open.clear();
        }
    }
    bins
}

/// Bins that end where `numpy.array_split` ends parts of the rows in order, or above,
/// where equal scores would be parted.
pub fn equal_mass(rows: &Rows, count: usize) -> Vec<Bin> {
    let n = rows.len();
    let mut sorted = rows.x.clone();
    sorted.sort_by(f64::total_cmp);
    let ends: Vec<usize> = (1..=count).map(|b| b * (n / count) + b.min(n % count)).collect();
    let last: Vec<f64> = ends.iter().filter(|end| **end > 0).map(|end| sorted[end - 1]).collect();
    bins_to(rows, &mut |_, score| last.contains(&score))
}

/// Bins that end with the first score with which all up to it weigh as much as so many of
/// `count` equal shares.
pub fn equal_weight(rows: &Rows, count: usize) -> Vec<Bin> {
    let total: f64 = rows.w.iter().sum();
    let up_to = |score: f64| bin(rows, f64::NEG_INFINITY, score).weight;
    let reached = |weight: f64| {
        (1..count).filter(move |j| weight * count as f64 >= *j as f64 * total).count()
    };
    bins_to(rows, &mut |open, score| {
        let below: f64 = up_to(score) - bin(rows, open[0], score).weight;
        reached(up_to(score)) > reached(below)
    })
}

/// A binning by Bayes' rule: the logarithm of the likelihood of its labels, and the value of
/// each bin. Hits and misses are whole numbers, so that G(a + n) / G(a) is a product.
pub fn bayes(bins: &[Bin], count: usize, prior: f64) -> (f64, Vec<f64>) {
    let size = prior / count as f64;
    let rising = |a: f64, n: f64| (0..n as usize).map(|i| (a + i as f64).ln()).sum::<f64>();
    let edge = |b: usize| 0.5 * (bins[b - 1].high + bins[b].low);
    let of = |(b, bin): (usize, &Bin)| {
        let low = if b == 0 { 0.0 } else { edge(b) };
        let high = if b + 1 == bins.len() { 1.0 } else { edge(b + 1) };
        let (one, zero) = (size * (0.5 * (low + high)), size * (1.0 - 0.5 * (low + high)));
        let log = rising(one, bin.hits) + rising(zero, bin.weight - bin.hits);
        (log - rising(size, bin.weight), (bin.hits + one) / (bin.weight + size))
    };
    let of: Vec<(f64, f64)> = bins.iter().enumerate().map(of).collect();
    (of.iter().map(|(log, _)| log).sum(), of.iter().map(|(_, value)| *value).collect())
}

/// `1 / (1 + e^-q)`.
pub fn logistic(q: Dd) -> Dd {
    Dd::ONE / (Dd::ONE + (-q).exp())
}

/// Sums of a logistic regression at a point, of columns and targets: what each is, and the
/// sum of magnitudes of what it is made of. First the loss, then slopes, then curvatures of
/// columns `11 12 .. 22 ..`.
pub fn regression(columns: &[Vec<Dd>], targets: &[f64], w: &[f64], point: &[f64]) -> Vec<[Dd; 2]> {
    let k = columns.len();
    let mut sums = vec![[Dd::ZERO; 2]; 1 + k + k * (k + 1) / 2];
    for (i, (t, w)) in targets.iter().zip(w).enumerate() {
        let f: Vec<Dd> = columns.iter().map(|column| column[i]).collect();
        let q = f.iter().zip(point).fold(Dd::ZERO, |q, (f, t)| q + *f * Dd::of(*t));
        let (e, w, t) = (magnitude(q), Dd::of(*w), Dd::of(*t));
        let e = (-e).exp();
        let (large, small) = (Dd::ONE / (Dd::ONE + e), e / (Dd::ONE + e));
        let up = q.value() >= 0.0;
        // p - t, of which one part is 0 where the target is.
        let (p, rest) = if up { (large, small) } else { (small, large) };
        let off = (Dd::ONE - t) * p - t * rest;
        let (near, far) = (e.ln_1p(), magnitude(q) + e.ln_1p());
        let (hit, miss) = if up { (near, far) } else { (far, near) };
        let mut terms = vec![w * (t * hit + (Dd::ONE - t) * miss)];
        terms.extend(f.iter().map(|f| w * off * *f));
        for a in 0..k {
            terms.extend((a..k).map(|b| w * large * small * f[a] * f[b]));
        }
        for ([sum, size], term) in sums.iter_mut().zip(terms) {
            (*sum, *size) = (*sum + term, *size + magnitude(term));
        }
    }
    sums
}

pub fn magnitude(x: Dd) -> Dd {
    if x.value() < 0.0 { -x } else { x }
}

/// `x` of `A x = b`, of a positive matrix.
pub fn solved(mut a: Vec<Vec<Dd>>, mut b: Vec<Dd>) -> Vec<Dd> {
    let n = b.len();
    for i in 0..n {
        for j in i + 1..n {
            let (above, below) = a.split_at_mut(j);
            let (pivot, row) = (&above[i], &mut below[0]);
            let by = row[i] / pivot[i];
            row.iter_mut().zip(pivot).skip(i).for_each(|(to, p)| *to = *to - by * *p);
            b[j] = b[j] - by * b[i];
        }
    }
    for i in (0..n).rev() {
        let known = (i + 1..n).fold(b[i], |rest, c| rest - a[i][c] * b[c]);
        b[i] = known / a[i][i];
    }
    b
}

/// How far a regression's point is from where its slopes are 0, by Newton's rule.
pub fn step(columns: &[Vec<Dd>], targets: &[f64], w: &[f64], point: &[f64]) -> Vec<f64> {
    let (k, sums) = (columns.len(), regression(columns, targets, w, point));
    let slopes = (0..k).map(|i| sums[1 + i][0]).collect();
    let at = |a: usize, b: usize| {
        let (a, b) = (a.min(b), a.max(b));
        1 + k + (0..a).map(|row| k - row).sum::<usize>() + (b - a)
    };
    let matrix = (0..k).map(|a| (0..k).map(|b| sums[at(a, b)][0]).collect()).collect();
    solved(matrix, slopes).iter().map(|x| x.value()).collect()
}

/// What a spline calibrator makes of each score, the lowest first: the natural cubic spline
/// that is nearest to how hits less scores add up, by a basis of truncated powers and
/// integrals by a rule that is exact for its degree.
pub fn spline(rows: &Rows, knots: usize) -> Vec<f64> {
    let (scores, total) = (rows.scores(), Dd::of(rows.w.iter().sum()));
    let mut points = vec![(Dd::ZERO, Dd::ZERO)];
    for score in &scores {
        let Bin { hits, weight, .. } = bin(rows, *score, *score);
        let (share, lacks) = *points.last().unwrap();
        let more = (Dd::of(hits) - Dd::product(weight, *score)) / total;
        points.push((share + Dd::of(weight) / total, lacks + more));
    }
    let knot = |k: usize| Dd::of(k as f64) / Dd::of((knots - 1) as f64);
    let basis = |x: Dd| -> Vec<Dd> {
        let cube = |k: usize| {
            let by = x - knot(k);
            if by.value() > 0.0 { by * by * by } else { Dd::ZERO }
        };
        let d = |k: usize| (cube(k) - cube(knots - 1)) / (knot(knots - 1) - knot(k));
        let curves = (0..knots - 2).map(|k| d(k) - d(knots - 2));
        [Dd::ONE, x].into_iter().chain(curves).collect()
    };
    let mut cuts: Vec<Dd> = (0..knots).map(knot).chain(points.iter().map(|p| p.0)).collect();
    cuts.sort_by(|a, b| a.value().total_cmp(&b.value()));
    let (mut matrix, mut right) = (vec![vec![Dd::ZERO; knots]; knots], vec![Dd::ZERO; knots]);
    for piece in cuts.windows(2) {
        let width = piece[1] - piece[0];
        if width.value() <= 0.0 {
            continue;
        }
        let middle = (piece[0] + piece[1]) * Dd::of(0.5);
        let at = points.windows(2).find(|p| p[1].0.value() >= middle.value()).unwrap();
        // Newton and Cotes, exact up to degree 7.
        for (i, share) in [41.0, 216.0, 27.0, 272.0, 27.0, 216.0, 41.0].into_iter().enumerate() {
            let x = piece[0] + width * Dd::of(i as f64) / Dd::of(6.0);
            let y = at[0].1 + (at[1].1 - at[0].1) * (x - at[0].0) / (at[1].0 - at[0].0);
            let (f, w) = (basis(x), width * Dd::of(share) / Dd::of(840.0));
            for a in 0..knots {
                right[a] = right[a] + w * f[a] * y;
                for b in 0..knots {
                    matrix[a][b] = matrix[a][b] + w * f[a] * f[b];
                }
            }
        }
    }
    let factors = solved(matrix, right);
    let g = |x: Dd| basis(x).iter().zip(&factors).fold(Dd::ZERO, |y, (f, c)| y + *f * *c);
    let slope = |p: &[(Dd, Dd)]| (g(p[1].0) - g(p[0].0)) / (p[1].0 - p[0].0);
    let value = |(p, score): (&[(Dd, Dd)], &f64)| (slope(p) + Dd::of(*score)).value();
    points.windows(2).zip(&scores).map(value).map(|y| y.clamp(0.0, 1.0)).collect()
}

/// Bins `(k / count, (k + 1) / count]` that have rows.
pub fn equal_width(rows: &Rows, count: usize) -> Vec<Bin> {
    let place = |x: f64| (1..count).filter(|k| x > *k as f64 / count as f64).count();
    let scores = rows.scores();
    let mut next = scores.iter().skip(1);
    bins_to(rows, &mut |_, score| next.next().is_none_or(|next| place(*next) > place(score)))
}
