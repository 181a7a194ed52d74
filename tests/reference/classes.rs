//! What class counts and a confusion matrix mean, from the rows themselves.
#![allow(dead_code)] // Each test binary uses its part.

/// A row: its class, the class it was given, its weight.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    pub label: usize,
    pub predicted: usize,
    pub weight: f64,
}

pub fn matrix(pairs: &[Pair], classes: usize) -> Vec<Vec<f64>> {
    let mut matrix = vec![vec![0.0; classes]; classes];
    pairs.iter().for_each(|p| matrix[p.label][p.predicted] += p.weight);
    matrix
}

fn weight(pairs: &[Pair], of: impl Fn(&Pair) -> bool) -> f64 {
    pairs.iter().filter(|p| of(p)).map(|p| p.weight).sum()
}

/// Precision, recall, F-beta, Jaccard, specificity, negative predictive value of
/// "class against all others"; NaN where a divisor is 0.
pub fn scores(tp: f64, fp: f64, fn_: f64, tn: f64, beta: f64) -> [f64; 6] {
    let (p, r) = (tp / (tp + fp), tp / (tp + fn_));
    let f = if beta == 0.0 {
        p
    } else if beta.is_infinite() {
        r
    } else {
        (1.0 + beta * beta) * tp / ((1.0 + beta * beta) * tp + beta * beta * fn_ + fp)
    };
    [p, r, f, tp / (tp + fp + fn_), tn / (tn + fp), tn / (tn + fn_)]
}

/// True and false positives, false and true negatives of each class.
pub fn one_against_all(pairs: &[Pair], classes: usize) -> Vec<[f64; 4]> {
    let class = |c| {
        [
            weight(pairs, |p| p.label == c && p.predicted == c),
            weight(pairs, |p| p.label != c && p.predicted == c),
            weight(pairs, |p| p.label == c && p.predicted != c),
            weight(pairs, |p| p.label != c && p.predicted != c),
        ]
    };
    (0..classes).map(class).collect()
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Average {
    Micro,
    Macro,
    Weighted,
}

/// The averages, and how many classes had no value.
pub fn average(
    pairs: &[Pair],
    classes: usize,
    how: Average,
    undefined: f64,
    present: bool,
    beta: f64,
) -> ([f64; 6], [u64; 6]) {
    let mut each = one_against_all(pairs, classes);
    if present {
        each.retain(|[tp, fp, fn_, _]| tp + fp + fn_ > 0.0);
    }
    let of = |[tp, fp, fn_, tn]: [f64; 4]| scores(tp, fp, fn_, tn, beta);
    let mut missing = [0; 6];
    let mut result = [0.0; 6];
    for i in 0..6 {
        missing[i] = each.iter().filter(|c| of(**c)[i].is_nan()).count() as u64;
        let known = |c: &[f64; 4]| if of(*c)[i].is_nan() { undefined } else { of(*c)[i] };
        let values: Vec<(f64, f64)> = each
            .iter()
            .map(|c| (known(c), if how == Average::Weighted { c[0] + c[2] } else { 1.0 }))
            .filter(|(value, _)| !value.is_nan())
            .collect();
        let weights: f64 = values.iter().map(|v| v.1).sum();
        result[i] = if weights > 0.0 {
            values.iter().map(|v| v.0 * v.1).sum::<f64>() / weights
        } else {
            values.iter().map(|v| v.0).sum::<f64>() / values.len() as f64
        };
        if how == Average::Micro {
            let mut sums = [0.0; 4];
            each.iter().for_each(|c| (0..4).for_each(|k| sums[k] += c[k]));
            result[i] = if of(sums)[i].is_nan() { undefined } else { of(sums)[i] };
        }
    }
    (result, missing)
}

/// Accuracy, balanced accuracy, the same adjusted, Matthews' correlation as the
/// correlation of two indicator matrices.
pub fn overall(pairs: &[Pair], classes: usize) -> [f64; 4] {
    let total = weight(pairs, |_| true);
    let accuracy = weight(pairs, |p| p.label == p.predicted) / total;
    let recalls: Vec<f64> = one_against_all(pairs, classes)
        .iter()
        .filter(|c| c[0] + c[2] > 0.0)
        .map(|c| c[0] / (c[0] + c[2]))
        .collect();
    let k = recalls.len() as f64;
    let balanced = recalls.iter().sum::<f64>() / k;
    let covariance = |a: fn(&Pair) -> usize, b: fn(&Pair) -> usize| -> f64 {
        let one = |c: usize| {
            let (x, y) =
                (weight(pairs, |p| a(p) == c) / total, weight(pairs, |p| b(p) == c) / total);
            let term = |p: &Pair| {
                p.weight * (f64::from(a(p) == c) - x) * (f64::from(b(p) == c) - y) / total
            };
            pairs.iter().map(term).sum::<f64>()
        };
        (0..classes).map(one).sum()
    };
    let label: fn(&Pair) -> usize = |p| p.label;
    let predicted: fn(&Pair) -> usize = |p| p.predicted;
    let spread = covariance(label, label) * covariance(predicted, predicted);
    let mcc = covariance(label, predicted) / spread.sqrt();
    let constant = |of: fn(&Pair) -> usize| pairs.iter().all(|p| of(p) == of(&pairs[0]));
    let mcc = if constant(label) || constant(predicted) { 0.0 } else { mcc };
    [accuracy, balanced, (balanced - 1.0 / k) / (1.0 - 1.0 / k), mcc]
}

/// Cohen's kappa with a weight for each two classes.
pub fn kappa(pairs: &[Pair], classes: usize, weigh: impl Fn(f64) -> f64) -> f64 {
    let (m, total) = (matrix(pairs, classes), weight(pairs, |_| true));
    let (mut observed, mut chance) = (0.0, 0.0);
    for (i, row) in m.iter().enumerate() {
        for (j, cell) in row.iter().enumerate() {
            let w = weigh(i.abs_diff(j) as f64);
            observed += w * cell / total;
            let column: f64 = m.iter().map(|row| row[j]).sum();
            chance += w * row.iter().sum::<f64>() / total * column / total;
        }
    }
    if chance > 0.0 { 1.0 - observed / chance } else { f64::NAN }
}

/// Entropies of labels and predictions, and their mutual information.
pub fn information(pairs: &[Pair], classes: usize) -> [f64; 3] {
    let (m, total) = (matrix(pairs, classes), weight(pairs, |_| true));
    let rows: Vec<f64> = m.iter().map(|row| row.iter().sum::<f64>() / total).collect();
    let columns: Vec<f64> =
        (0..classes).map(|j| m.iter().map(|row| row[j]).sum::<f64>() / total).collect();
    let entropy =
        |shares: &[f64]| -> f64 { shares.iter().filter(|p| **p > 0.0).map(|p| -p * p.ln()).sum() };
    let mut shared = 0.0;
    for (i, row) in m.iter().enumerate() {
        for (j, cell) in row.iter().enumerate().filter(|(_, cell)| **cell > 0.0) {
            shared += cell / total * (cell / total / (rows[i] * columns[j])).ln();
        }
    }
    [entropy(&rows), entropy(&columns), shared]
}

/// Rand, adjusted Rand, Fowlkes and Mallows: over all pairs of rows.
pub fn of_pairs(pairs: &[Pair]) -> [f64; 3] {
    let (mut both, mut first, mut second, mut none) = (0.0, 0.0, 0.0, 0.0);
    for (i, a) in pairs.iter().enumerate() {
        for b in &pairs[..i] {
            match (a.label == b.label, a.predicted == b.predicted) {
                (true, true) => both += 1.0,
                (true, false) => first += 1.0,
                (false, true) => second += 1.0,
                (false, false) => none += 1.0,
            }
        }
    }
    let all: f64 = both + first + second + none;
    let chance = (both + first) * (both + second) / all;
    let most = (both + first + both + second) / 2.0;
    let adjusted = if first + second == 0.0 { 1.0 } else { (both - chance) / (most - chance) };
    let fowlkes = if both == 0.0 { 0.0 } else { both / ((both + first) * (both + second)).sqrt() };
    [if first + second == 0.0 { 1.0 } else { (both + none) / all }, adjusted, fowlkes]
}

/// Expected mutual information, from factorials.
pub fn expected_information(pairs: &[Pair], classes: usize) -> f64 {
    let n = pairs.len();
    let ln_factorial = |k: usize| (1..=k).map(|i| (i as f64).ln()).sum::<f64>();
    let count = |of: &dyn Fn(&Pair) -> usize, c| pairs.iter().filter(|p| of(p) == c).count();
    let mut sum = 0.0;
    for i in 0..classes {
        for j in 0..classes {
            let (a, b) = (count(&|p| p.label, i), count(&|p| p.predicted, j));
            for k in (a + b).saturating_sub(n).max(1)..=a.min(b) {
                let ln_chance =
                    ln_factorial(a) + ln_factorial(b) + ln_factorial(n - a) + ln_factorial(n - b)
                        - ln_factorial(n)
                        - ln_factorial(k)
                        - ln_factorial(a - k)
                        - ln_factorial(b - k)
                        - ln_factorial(n + k - a - b);
                let share = k as f64 / n as f64;
                sum += share * ((n * k) as f64 / (a * b) as f64).ln() * ln_chance.exp();
            }
        }
    }
    sum
}
