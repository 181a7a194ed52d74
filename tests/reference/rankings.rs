//! Rankings from their definitions, one row at a time.
#![allow(dead_code)] // Each test binary uses its part.

/// The labels of `scores` (label, score), the largest first, of equal ones the lower.
pub fn ranked(scores: &[(usize, f64)]) -> Vec<usize> {
    let mut order = scores.to_vec();
    order.sort_by(|a, b| b.1.partial_cmp(&a.1).unwrap().then(a.0.cmp(&b.0)));
    order.into_iter().map(|(label, _)| label).collect()
}

/// A row of extreme classification: what was given in order, what is there.
pub struct Row<'a> {
    pub given: &'a [usize],
    pub labels: &'a [usize],
}

impl Row<'_> {
    fn hits(&self, k: usize) -> Vec<bool> {
        let new = |r: usize| !self.given[..r].contains(&self.given[r]);
        let hit = |r: usize| r < self.given.len() && self.labels.contains(&self.given[r]) && new(r);
        (0..k).map(hit).collect()
    }

    /// Precision, recall, nDCG.
    pub fn plain(&self, k: usize) -> [f64; 3] {
        let (hits, n) = (self.hits(k), self.labels.len());
        let count = hits.iter().filter(|hit| **hit).count() as f64;
        let dcg: f64 = (0..k).filter(|r| hits[*r]).map(discount).sum();
        [count / k as f64, count / n as f64, dcg / ideal(k.min(n))]
    }

    /// Gain and ideal gain, and both discounted.
    pub fn gains(&self, k: usize, inverse: &[f64]) -> [f64; 4] {
        let hits = self.hits(k);
        let gain = |r: usize| if hits[r] { inverse[self.given[r]] } else { 0.0 };
        let mut best: Vec<f64> = self.labels.iter().map(|label| inverse[*label]).collect();
        best.sort_by(|a, b| b.partial_cmp(a).unwrap());
        best.resize(best.len().max(k), 0.0);
        [
            (0..k).map(gain).sum(),
            best[..k].iter().sum(),
            (0..k).map(|r| gain(r) * discount(r)).sum(),
            (0..k).map(|r| best[r] * discount(r)).sum(),
        ]
    }
}

pub fn discount(r: usize) -> f64 {
    1.0 / (r as f64 + 2.0).log2()
}

/// The discounts of n ranks.
pub fn ideal(n: usize) -> f64 {
    (0..n).map(discount).sum()
}

/// Average precision, coverage, ranking loss, one-error of a row that has labels, and
/// lacks some.
pub fn label_ranking(x: &[f64], there: &[bool]) -> [f64; 4] {
    let labels = || (0..x.len()).filter(|l| there[*l]);
    let others = || (0..x.len()).filter(|l| !there[*l]);
    let ge = |l: usize| (0..x.len()).filter(|m| x[*m] >= x[l]).count() as f64;
    let of_them = |l: usize| labels().filter(|m| x[*m] >= x[l]).count() as f64;
    let n = labels().count() as f64;
    let precision = labels().map(|l| of_them(l) / ge(l)).sum::<f64>() / n;
    let coverage = labels().map(ge).fold(0.0, f64::max);
    let wrong: usize = labels().map(|l| others().filter(|m| x[*m] >= x[l]).count()).sum();
    let pairs = n * (x.len() as f64 - n);
    let most = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let first = x.iter().position(|score| *score == most).unwrap();
    let loss = if pairs == 0.0 { 0.0 } else { wrong as f64 / pairs };
    [precision, coverage, loss, f64::from(u8::from(!there[first]))]
}

/// First, mean and last rank of a candidate.
pub fn ranks(x: &[f64], target: usize) -> [f64; 3] {
    let greater = x.iter().filter(|score| **score > x[target]).count() as f64;
    let equal = x.iter().filter(|score| **score == x[target]).count() as f64;
    [greater + 1.0, greater + (equal + 1.0) / 2.0, greater + equal]
}
