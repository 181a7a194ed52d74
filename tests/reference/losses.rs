//! Losses of rows of scores and their gradients, from their definitions.
#![allow(dead_code)] // Each test binary uses its part.

use super::dd::Dd;
use super::entries::{log_sigmoid, pow, sigmoid, softplus, sqrt, sum, times};
use super::softmax::{self, Row};

pub type Loss = (Dd, Vec<Dd>);

fn one(is: bool) -> Dd {
    if is { Dd::ONE } else { Dd::ZERO }
}

pub fn nan(n: usize) -> Loss {
    (Dd::of(f64::NAN), vec![Dd::of(f64::NAN); n])
}

/// Shares of the scores times `scale`, if the row has any.
fn shares(x: &[f64], scale: f64) -> Option<Row> {
    let row = softmax::row(x, scale, false);
    (!row.lse.hi.is_nan() && !row.empty).then_some(row)
}

/// `-sum t ln p` of targets, plus `penalty` times the square of the logarithm of the sum.
pub fn cross_entropy(x: &[f64], targets: &[Dd], scale: f64, penalty: f64) -> Loss {
    let Some(row) = shares(x, scale) else { return nan(x.len()) };
    let all = sum(targets.iter().copied());
    let fine = sum(targets.iter().zip(&row.logs).map(|(t, log)| -times(*t, *log)));
    let extra = if penalty > 0.0 { row.lse * row.lse * Dd::of(penalty) } else { Dd::ZERO };
    let pull = if penalty > 0.0 { all + row.lse * Dd::of(2.0 * penalty) } else { all };
    let slope = |(p, t): (&Dd, &Dd)| (pull * *p - *t) * Dd::of(scale);
    (fine + extra, row.shares.iter().zip(targets).map(slope).collect())
}

/// `-w t ln s(x) - (1 - t) ln s(-x)` of one column, and its derivative.
pub fn binary(x: f64, t: f64, w: f64) -> (Dd, [Dd; 2]) {
    let (x, yes, no) = (Dd::of(x), Dd::product(t, w), Dd::sum(1.0, -t));
    let loss = -times(yes, log_sigmoid(x)) - times(no, log_sigmoid(-x));
    (loss, [-times(yes, sigmoid(-x)), times(no, sigmoid(x))])
}

/// `-(1 - p)^gamma ln p`.
pub fn focal(x: &[f64], label: usize, gamma: f64) -> Loss {
    let Some(row) = shares(x, 1.0) else { return nan(x.len()) };
    let (p, log) = (row.shares[label], row.logs[label]);
    let others = row.shares.iter().enumerate().filter(|(c, _)| *c != label);
    let rest = sum(others.map(|(_, p)| *p));
    let factor = pow(rest, Dd::of(gamma));
    let less = if gamma > 0.0 { pow(rest, Dd::of(gamma - 1.0)) * Dd::of(gamma) } else { Dd::ZERO };
    let slope = less * times(p, log) - factor;
    let grad = |(c, p): (usize, &Dd)| {
        let away = if c == label { rest } else { -*p };
        slope * away
    };
    (-times(factor, log), row.shares.iter().enumerate().map(grad).collect())
}

/// `sum q ln(q / p)`, `p` the shares of `scale x`, of targets with these logarithms.
pub fn kl(x: &[f64], q: &[Dd], logs: &[Dd], scale: f64) -> Loss {
    let Some(row) = shares(x, scale) else { return nan(x.len()) };
    let each = q.iter().zip(logs).zip(&row.logs);
    let term = |((q, log), p): ((&Dd, &Dd), &Dd)| {
        if q.hi == 0.0 {
            Dd::ZERO
        } else if p.hi.is_infinite() {
            -*p
        } else {
            *q * (*log - *p)
        }
    };
    let all = sum(q.iter().copied());
    let slope = |(p, q): (&Dd, &Dd)| (all * *p - *q) * Dd::of(scale);
    (sum(each.map(term)), row.shares.iter().zip(q).map(slope).collect())
}

/// [`kl`] of targets that are shares of other scores.
pub fn kl_of_scores(x: &[f64], y: &[f64], scale: f64) -> Loss {
    let Some(row) = shares(y, scale) else { return nan(x.len()) };
    kl(x, &row.shares, &row.logs, scale)
}

/// Jensen and Shannon's divergence, and its gradient in `x`.
pub fn js(x: &[f64], y: &[f64], scale: f64) -> Loss {
    let (Some(p), Some(q)) = (shares(x, scale), shares(y, scale)) else { return nan(x.len()) };
    // ln(p / m) = ln 2 - ln(1 + q / p).
    let over = |p: Dd, q: Dd| match (p.hi, q.hi) {
        (f64::NEG_INFINITY, _) => Dd::ZERO,
        (_, f64::NEG_INFINITY) => Dd::of(2.0).ln(),
        _ => Dd::of(2.0).ln() - softplus_of(q - p),
    };
    let each = || (0..x.len()).map(|c| (c, over(p.logs[c], q.logs[c]), over(q.logs[c], p.logs[c])));
    let from_p = sum(each().map(|(c, over, _)| times(p.shares[c], over)));
    let from_q = sum(each().map(|(c, _, over)| times(q.shares[c], over)));
    let half = Dd::of(0.5);
    let grad = each().map(|(c, over, _)| half * times(p.shares[c], over - from_p) * Dd::of(scale));
    (half * (from_p + from_q), grad.collect())
}

/// Softplus of what may be too large for an exponential.
fn softplus_of(x: Dd) -> Dd {
    softplus(x)
}

/// `-sum p ln p`.
pub fn entropy(x: &[f64], scale: f64) -> Loss {
    let Some(row) = shares(x, scale) else { return nan(x.len()) };
    let each = || row.shares.iter().zip(&row.logs);
    let all = -sum(each().map(|(p, log)| times(*p, *log)));
    let grad = each().map(|(p, log)| -times(*p, *log + all) * Dd::of(scale));
    let infinite = x.contains(&f64::INFINITY);
    (all, if infinite { vec![Dd::ZERO; x.len()] } else { grad.collect() })
}

/// `ln(sum p^alpha) / (1 - alpha)`.
pub fn renyi(x: &[f64], alpha: f64, scale: f64) -> Loss {
    let (Some(p), Some(q)) = (shares(x, scale), shares(x, alpha * scale)) else {
        return nan(x.len());
    };
    if x.contains(&f64::INFINITY) {
        let count = x.iter().filter(|x| **x == f64::INFINITY).count();
        return (Dd::of(count as f64).ln(), vec![Dd::ZERO; x.len()]);
    }
    let over = Dd::ONE / Dd::of(1.0 - alpha);
    let slope = Dd::of(alpha) * over * Dd::of(scale);
    let grad = q.shares.iter().zip(&p.shares).map(|(q, p)| slope * (*q - *p));
    // The sum of p^alpha is that of e^(alpha z) over that of e^z to the alpha.
    ((q.lse - Dd::of(alpha) * p.lse) * over, grad.collect())
}

/// Scores without one.
fn without(x: &[f64], label: usize) -> Vec<f64> {
    x.iter().enumerate().filter(|(c, _)| *c != label).map(|(_, x)| *x).collect()
}

/// With a place for the label again.
fn around(label: usize, mut others: Vec<Dd>, of_label: Dd) -> Vec<Dd> {
    others.insert(label, of_label);
    others
}

/// Divergence of the classes other than the label among themselves, and its gradient.
fn others(x: &[f64], teacher: &[f64], label: usize, scale: f64, less_entropy: bool) -> Loss {
    let (mine, theirs) = (without(x, label), without(teacher, label));
    let Some(t) = shares(&theirs, scale) else { return (Dd::ZERO, vec![Dd::ZERO; mine.len()]) };
    let zeros = vec![Dd::ZERO; mine.len()];
    let Some(s) = shares(&mine, scale) else { return (Dd::of(f64::INFINITY), zeros) };
    let logs = if less_entropy { &t.logs } else { &zeros };
    let mut loss = kl(&mine, &t.shares, logs, scale);
    loss.1 = s.shares.iter().zip(&t.shares).map(|(s, t)| *s - *t).collect();
    loss
}

/// Normalised distillation.
pub fn nkd(x: &[f64], teacher: &[f64], label: usize, gamma: f64, tau: f64) -> Loss {
    let (Some(s), Some(t)) = (shares(x, 1.0), shares(teacher, 1.0)) else { return nan(x.len()) };
    let target = t.shares[label];
    let (second, pull) = others(x, teacher, label, 1.0 / tau, false);
    let (by, slope) = (Dd::of(gamma * tau * tau), Dd::of(gamma * tau));
    let pull = around(label, pull, Dd::ZERO);
    let grad = (0..x.len()).map(|c| target * (s.shares[c] - one(c == label)) + slope * pull[c]);
    (-times(target, s.logs[label]) + times(by, second), grad.collect())
}

/// Decoupled distillation.
pub fn dkd(x: &[f64], teacher: &[f64], label: usize, [alpha, beta, tau]: [f64; 3]) -> Loss {
    let scale = 1.0 / tau;
    let (Some(s), Some(t)) = (shares(x, scale), shares(teacher, scale)) else {
        return nan(x.len());
    };
    // Of the label, and of all others together.
    let sides = |row: &Row, x: &[f64]| {
        let rest = without(&row.shares.iter().map(|p| p.hi).collect::<Vec<_>>(), label);
        let rest = if rest.is_empty() { f64::NEG_INFINITY } else { 0.0 };
        let log = softmax::row(&without(x, label), scale, false).lse;
        let log = if rest < 0.0 || log.hi.is_infinite() {
            Dd::of(log.hi.min(rest))
        } else {
            log - row.lse
        };
        [row.logs[label], log]
    };
    let (mine, theirs) = (sides(&s, x), sides(&t, teacher));
    let term = |i: usize| match (theirs[i].hi, mine[i].hi) {
        (f64::NEG_INFINITY, _) => Dd::ZERO,
        (_, f64::NEG_INFINITY) => Dd::of(f64::INFINITY),
        _ => theirs[i].exp() * (theirs[i] - mine[i]),
    };
    let first = term(0) + term(1);
    let (second, pull) = others(x, teacher, label, scale, true);
    let away = s.shares[label] - t.shares[label];
    let among = shares(&without(x, label), scale);
    let among = among.map_or(vec![Dd::ZERO; x.len() - 1], |row| row.shares);
    let of_others =
        among.iter().zip(&pull).map(|(s, pull)| Dd::of(beta) * *pull - Dd::of(alpha) * away * *s);
    let grad = around(label, of_others.collect(), Dd::of(alpha) * away);
    let all = times(Dd::of(alpha), first) + times(Dd::of(beta), second);
    (all * Dd::of(tau * tau), grad.into_iter().map(|g| g * Dd::of(tau)).collect())
}

/// `max(0, margin - x_y + x_c)^power`: their sum over cols, or the largest.
pub fn hinge(x: &[f64], label: usize, margin: f64, power: i32, largest: bool) -> Loss {
    if x.iter().any(|x| x.is_nan()) {
        return nan(x.len());
    }
    let lacks = |c: usize| {
        if c == label || x[c] == f64::NEG_INFINITY {
            return Dd::ZERO;
        }
        let lack = margin - x[label] + x[c];
        let lack =
            if lack.is_finite() { Dd::sum(x[c], -x[label]) + Dd::of(margin) } else { Dd::of(lack) };
        if lack.hi <= 0.0 { Dd::ZERO } else { lack }
    };
    let mut lack: Vec<Dd> = (0..x.len()).map(lacks).collect();
    if largest {
        let others = (0..x.len()).filter(|c| *c != label);
        let first = others.fold(None, |best: Option<usize>, c| match best {
            Some(best) if x[best] >= x[c] => Some(best),
            _ => Some(c),
        });
        (0..x.len()).filter(|c| Some(*c) != first).for_each(|c| lack[c] = Dd::ZERO);
    }
    let n = Dd::of(if largest { 1.0 } else { x.len() as f64 });
    let cost = |l: &Dd| if power == 2 { *l * *l } else { *l };
    let slope = |l: &Dd| {
        if l.hi == 0.0 {
            Dd::ZERO
        } else if power == 2 {
            (*l + *l) / n
        } else {
            Dd::ONE / n
        }
    };
    let mut grad: Vec<Dd> = lack.iter().map(slope).collect();
    grad[label] = -sum(grad.iter().copied());
    (sum(lack.iter().map(cost)) / n, grad)
}

/// `-ln(q_y / sum q)` of positive numbers and their derivatives.
fn log_share(label: usize, q: &[Dd], slopes: &[Dd]) -> Loss {
    let all = sum(q.iter().copied());
    let grad = slopes.iter().enumerate().map(|(c, slope)| {
        let own = if c == label { *slope / q[c] } else { Dd::ZERO };
        *slope / all - own
    });
    ((all / q[label]).ln(), grad.collect())
}

pub fn taylor(x: &[f64], label: usize) -> Loss {
    if !x.iter().all(|x| x.is_finite()) {
        return nan(x.len());
    }
    let half = Dd::of(0.5);
    let q: Vec<Dd> = x.iter().map(|x| Dd::sum(1.0, *x) + Dd::product(*x, *x) * half).collect();
    log_share(label, &q, &x.iter().map(|x| Dd::sum(1.0, *x)).collect::<Vec<_>>())
}

pub fn spherical(x: &[f64], label: usize, eps: f64) -> Loss {
    if !x.iter().all(|x| x.is_finite()) {
        return nan(x.len());
    }
    let q: Vec<Dd> = x.iter().map(|x| Dd::product(*x, *x) + Dd::of(eps)).collect();
    log_share(label, &q, &x.iter().map(|x| Dd::of(2.0 * x)).collect::<Vec<_>>())
}

pub fn squared_error(x: &[f64], label: usize) -> Loss {
    if !x.iter().all(|x| x.is_finite()) {
        return nan(x.len());
    }
    let off = x.iter().enumerate().map(|(c, x)| Dd::of(*x) - one(c == label));
    let off: Vec<Dd> = off.collect();
    (sum(off.iter().map(|d| *d * *d)), off.iter().map(|d| *d + *d).collect())
}

/// `ln(1 + exp(a (b - z))) / a` of the label's z-score; the deviation besides.
pub fn z_loss(x: &[f64], label: usize, a: f64, b: f64) -> (Loss, f64) {
    if !x.iter().all(|x| x.is_finite()) {
        return (nan(x.len()), 1.0);
    }
    let n = Dd::of(x.len() as f64);
    let mean = sum(x.iter().map(|x| Dd::of(*x))) / n;
    let off: Vec<Dd> = x.iter().map(|x| Dd::of(*x) - mean).collect();
    let deviation = sqrt(sum(off.iter().map(|d| *d * *d)) / n);
    let flat = deviation.hi <= 1e-12;
    let z = if flat { Dd::ZERO } else { off[label] / deviation };
    let at = Dd::of(a) * (Dd::of(b) - z);
    let slope = -sigmoid(at);
    let grad = off.iter().enumerate().map(|(c, d)| {
        if flat {
            return Dd::ZERO;
        }
        slope * (one(c == label) - Dd::ONE / n - z * *d / (n * deviation)) / deviation
    });
    ((softplus(at) / Dd::of(a), grad.collect()), deviation.hi)
}

/// Of one column.
pub fn pinball(x: f64, y: f64, level: f64) -> (Dd, Dd) {
    if x.is_nan() || y.is_nan() || x == y && x.is_infinite() {
        return (Dd::of(f64::NAN), Dd::of(f64::NAN));
    }
    let off = if x.is_finite() && y.is_finite() { Dd::sum(y, -x) } else { Dd::of(y - x) };
    let slope = if off.hi > 0.0 { Dd::of(-level) } else { Dd::sum(1.0, -level) };
    if off.hi == 0.0 { (Dd::ZERO, Dd::ZERO) } else { (-times(slope, off), slope) }
}

/// Each positive against the negatives alone.
pub fn decoupled(x: &[f64], positive: &[bool], scale: f64) -> Loss {
    let out = |c: usize| if positive[c] { f64::NEG_INFINITY } else { x[c] };
    let negatives = softmax::row(&(0..x.len()).map(out).collect::<Vec<_>>(), scale, true);
    let count = positive.iter().filter(|p| **p).count();
    let zeros = vec![Dd::ZERO; x.len()];
    if count == 0 {
        return (Dd::ZERO, zeros);
    }
    if x.iter().any(|x| x.is_nan()) {
        return nan(x.len());
    }
    if count == x.len() {
        return (Dd::ZERO, zeros);
    }
    let n = Dd::of(count as f64);
    let behind = |c: usize| match (x[c], negatives.lse.hi) {
        (_, f64::INFINITY) => Dd::of(f64::INFINITY),
        (_, f64::NEG_INFINITY) | (f64::INFINITY, _) => Dd::of(f64::NEG_INFINITY),
        (f64::NEG_INFINITY, _) => Dd::of(f64::INFINITY),
        _ => negatives.lse - Dd::product(x[c], scale),
    };
    let mine = || (0..x.len()).filter(|c| positive[*c]);
    let pull = sum(mine().map(|c| sigmoid(behind(c)))) / n;
    let of = |c: usize| match positive[c] {
        true => -(sigmoid(behind(c)) / n),
        false => times(negatives.shares[c], pull),
    };
    let grad = (0..x.len()).map(|c| of(c) * Dd::of(scale)).collect();
    (sum(mine().map(|c| softplus(behind(c)))) / n, grad)
}
