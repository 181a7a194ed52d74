//! What there is to say of scores of two classes, in double-double.
#![allow(dead_code)] // Each test binary uses its part.

use super::dd::Dd;

/// A score of class 1, whether it is, and the weight.
#[derive(Clone, Copy, Debug)]
pub struct Scored {
    pub score: f64,
    pub hit: bool,
    pub weight: f64,
}

#[derive(Debug)]
pub struct Report {
    pub rows: u64,
    pub infinite: u64,
    pub clipped: u64,
    pub weight: f64,
    pub base_rate: f64,
    pub mean: f64,
    pub log_loss: f64,
    pub brier: f64,
    /// By 2 (told to be 1) + (is 1).
    pub confusion: [f64; 4],
    pub z: f64,
    /// The variance in it, a row.
    pub variance: f64,
    pub brier_skill: f64,
    pub d2: f64,
    /// Rows, weight, mean probability and frequency of each bin.
    pub bins: Vec<(u64, f64, f64, f64)>,
}

/// A probability, the probability of what came true, its loss, and whether that was
/// clipped or infinite.
fn look(row: &Scored, logits: bool, eps: f64) -> (Dd, Dd, Dd, bool, bool) {
    let x = Dd::of(row.score);
    if !logits {
        let given = if row.hit { x } else { Dd::ONE - x };
        let (value, most) = (given.value(), 1.0 - eps);
        let held = if value < eps {
            Dd::of(eps)
        } else if value > most {
            Dd::of(most)
        } else {
            given
        };
        let infinite = held.value() == 0.0;
        let loss = if infinite { Dd::ZERO } else { minus_ln(held) };
        return (x, given, loss, value < eps || value > most, infinite);
    }
    if row.score.is_infinite() {
        let up = row.score > 0.0;
        let p = Dd::of(f64::from(u8::from(up)));
        let given = if row.hit { p } else { Dd::ONE - p };
        return (p, given, Dd::ZERO, false, up != row.hit);
    }
    let margin = if row.hit { x } else { -x };
    let small = (-Dd::of(row.score.abs())).exp();
    let loss = small.ln_1p() + if margin.hi < 0.0 { -margin } else { Dd::ZERO };
    let share = |x: f64| if x >= 0.0 { Dd::ONE } else { small };
    let p = share(row.score) / (Dd::ONE + small);
    let given = share(margin.hi) / (Dd::ONE + small);
    (p, given, loss, false, false)
}

/// Minus a logarithm, also close to 1.
fn minus_ln(p: Dd) -> Dd {
    let miss = Dd::ONE - p;
    if miss.value().abs() > 1e-3 {
        return -p.ln();
    }
    // x + x^2 / 2 + x^3 / 3 + ..
    let (mut power, mut sum) = (miss, miss);
    for n in 2..=12 {
        power = power * miss;
        sum = sum + power / Dd::of(f64::from(n));
    }
    sum
}

pub fn report(
    rows: &[Scored],
    logits: bool,
    eps: f64,
    bins: usize,
    edge: impl Fn(f64) -> f64,
) -> Report {
    let counted: Vec<&Scored> = rows.iter().filter(|row| row.weight > 0.0).collect();
    let edges: Vec<f64> = (1..bins).map(|k| edge(k as f64 / bins as f64)).collect();
    let (mut loss, mut brier, mut mean, mut excess, mut variance) =
        (Dd::ZERO, Dd::ZERO, Dd::ZERO, Dd::ZERO, Dd::ZERO);
    let (mut clipped, mut infinite) = (0, 0);
    let mut confusion = [Dd::ZERO; 4];
    let mut sums = vec![(0u64, Dd::ZERO, Dd::ZERO, Dd::ZERO); bins];
    for row in &counted {
        let w = Dd::of(row.weight);
        let (p, given, row_loss, was_clipped, was_infinite) = look(row, logits, eps);
        let (miss, tilt) = (Dd::ONE - given, Dd::ONE - p - p);
        clipped += u64::from(was_clipped);
        infinite += u64::from(was_infinite);
        loss = loss + w * row_loss;
        brier = brier + w * miss * miss;
        mean = mean + w * p;
        excess = excess + w * tilt * if row.hit { miss } else { -miss };
        variance = variance + w * tilt * tilt * given * miss;
        let told = row.score > if logits { 0.0 } else { 0.5 };
        let place = 2 * usize::from(told) + usize::from(row.hit);
        confusion[place] = confusion[place] + w;
        let bin = &mut sums[edges.iter().filter(|edge| p.value() > **edge).count()];
        bin.0 += 1;
        bin.1 = bin.1 + w;
        bin.2 = bin.2 + w * p;
        bin.3 = bin.3 + if row.hit { w } else { Dd::ZERO };
    }
    let weight = confusion.iter().fold(Dd::ZERO, |sum, part| sum + *part);
    let base = (confusion[1] + confusion[3]) / weight;
    let log_loss = if infinite > 0 { f64::INFINITY } else { (loss / weight).value() };
    let rest = Dd::ONE - base;
    let one_class = base.value() <= 0.0 || rest.value() <= 0.0;
    let entropy = if one_class { Dd::ZERO } else { -(base * base.ln() + rest * rest.ln()) };
    let skill = |score: f64, of: Dd| if one_class { f64::NAN } else { 1.0 - score / of.value() };
    let brier = (brier / weight).value();
    Report {
        rows: counted.len() as u64,
        infinite,
        clipped,
        weight: weight.value(),
        base_rate: base.value(),
        mean: (mean / weight).value(),
        log_loss,
        brier,
        confusion: confusion.map(Dd::value),
        z: excess.value() / variance.value().sqrt(),
        variance: variance.value() / weight.value(),
        brier_skill: skill(brier, base * rest),
        d2: skill(log_loss, entropy),
        bins: sums
            .iter()
            .map(|b| (b.0, b.1.value(), (b.2 / b.1).value(), (b.3 / b.1).value()))
            .collect(),
    }
}
