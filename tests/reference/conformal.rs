//! What prediction sets are made of, from rows of f64, by full sorts and by trying every
//! threshold.
#![allow(dead_code)] // Each test binary uses its part.

/// How classes are scored.
#[derive(Clone, Copy)]
pub struct Rule {
    pub method: u32,
    pub lambda: f64,
    pub k_reg: u32,
}

/// Probabilities of logits; none where an entry is NaN or none is above -inf.
fn probabilities(x: &[f64]) -> Option<Vec<f64>> {
    let max = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if x.iter().any(|v| v.is_nan()) || max == f64::NEG_INFINITY {
        return None;
    }
    let term = |v: &f64| if *v == max { 1.0 } else { (v - max).exp() };
    let sum: f64 = x.iter().map(term).sum();
    Some(x.iter().map(|v| term(v) / sum).collect())
}

/// The score of every class of a row of logits.
pub fn scores(x: &[f64], u: f64, rule: &Rule) -> Option<Vec<f64>> {
    let p = probabilities(x)?;
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|a, b| x[*b].partial_cmp(&x[*a]).unwrap().then(a.cmp(b)));
    let top = p[order[0]];
    let mut scores = vec![0.0; x.len()];
    let mut before = 0.0;
    for (at, class) in order.iter().enumerate() {
        let (rank, own) = (at as f64 + 1.0, p[*class]);
        let other = if at > 0 { top } else { order.get(1).map_or(0.0, |next| p[*next]) };
        scores[*class] = match rule.method {
            0 => 1.0 - own,
            1 => before + u * own,
            2 => before + u * own + rule.lambda * f64::max(0.0, rank - f64::from(rule.k_reg)),
            3 if at == 0 => u * top,
            3 => top + rule.lambda * (rank - 2.0 + u),
            4 => rank,
            _ => other - own,
        };
        before += own;
    }
    Some(scores)
}

/// The least of the scores such that those up to it, weighted, have a share `1 - alpha`
/// of all weight and that of the new row; +inf if there is none.
pub fn threshold(scores: &[f64], weights: &[f64], own: f64, alpha: f64) -> f64 {
    let total = weights.iter().sum::<f64>() + own;
    let up_to = |q: f64| {
        let taken = scores.iter().zip(weights).filter(|(score, _)| **score <= q);
        taken.map(|(_, weight)| weight).sum::<f64>()
    };
    let enough = |q: &f64| up_to(*q) >= (1.0 - alpha) * total * (1.0 - 1e-12);
    scores.iter().copied().filter(enough).fold(f64::INFINITY, f64::min)
}
