//! Correlations of ranks from their definitions: all pairs of rows, in f64.
#![allow(dead_code)] // Each test binary uses its part.

/// Pairs by the order of the first and the second column: the same, opposite, equal in
/// the first, in the second, in both.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    pub concordant: u64,
    pub discordant: u64,
    pub ties_x: u64,
    pub ties_y: u64,
    pub ties_both: u64,
}

fn sign(a: f64, b: f64) -> i64 {
    i64::from(a > b) - i64::from(a < b)
}

pub fn pairs(rows: &[(f64, f64)]) -> Pairs {
    let mut made = Pairs::default();
    for (i, a) in rows.iter().enumerate() {
        for b in &rows[..i] {
            let (x, y) = (sign(a.0, b.0), sign(a.1, b.1));
            made.concordant += u64::from(x * y > 0);
            made.discordant += u64::from(x * y < 0);
            made.ties_x += u64::from(x == 0);
            made.ties_y += u64::from(y == 0);
            made.ties_both += u64::from(x == 0 && y == 0);
        }
    }
    made
}

/// Sum of squares, over rows, of concordant less discordant others.
pub fn squares(rows: &[(f64, f64)]) -> f64 {
    let of =
        |a: &(f64, f64)| rows.iter().map(|b| sign(a.0, b.0) * sign(a.1, b.1)).sum::<i64>() as f64;
    rows.iter().map(|a| of(a) * of(a)).sum()
}

/// Twice the mean rank of each, less its mean.
fn ranks(column: &[f64]) -> Vec<i64> {
    let of = |a: &f64| column.iter().map(|b| sign(*a, *b)).sum();
    column.iter().map(of).collect()
}

/// Spearman's, by whole numbers.
pub fn spearman(rows: &[(f64, f64)]) -> f64 {
    let (x, y): (Vec<f64>, Vec<f64>) = rows.iter().copied().unzip();
    let (x, y) = (ranks(&x), ranks(&y));
    let sum = |a: &[i64], b: &[i64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<i64>() as f64;
    sum(&x, &y) / (sum(&x, &x) * sum(&y, &y)).sqrt()
}

/// The weighted tau for these ranks.
pub fn weighted_tau(rows: &[(f64, f64)], ranks: &[usize], product: bool) -> f64 {
    let (mut sum, mut of_x, mut of_y) = (0.0, 0.0, 0.0);
    let weight = |i: usize| 1.0 / (ranks[i] as f64 + 1.0);
    for (i, a) in rows.iter().enumerate() {
        for (j, b) in rows[..i].iter().enumerate() {
            let (x, y) = (sign(a.0, b.0) as f64, sign(a.1, b.1) as f64);
            let both = if product { weight(i) * weight(j) } else { weight(i) + weight(j) };
            sum += x * y * both;
            of_x += x * x * both;
            of_y += y * y * both;
        }
    }
    sum / (of_x * of_y).sqrt()
}

/// The rank of each row among all, the largest x first, and where that is equal, y.
pub fn falling(rows: &[(f64, f64)]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|a, b| rows[*b].partial_cmp(&rows[*a]).unwrap());
    let mut ranks = vec![0; rows.len()];
    order.iter().enumerate().for_each(|(rank, row)| ranks[*row] = rank);
    ranks
}

/// Chatterjee's xi, the mean over all orders of equal x, from pairs of rows.
pub fn xi(rows: &[(f64, f64)]) -> f64 {
    let n = rows.len() as f64;
    let count = |f: &dyn Fn(f64) -> bool| rows.iter().filter(|r| f(r.1)).count() as f64;
    let rank = |y: f64| count(&|other| other <= y);
    let mut values: Vec<f64> = rows.iter().map(|r| r.0).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let groups: Vec<Vec<f64>> = values
        .iter()
        .map(|x| rows.iter().filter(|r| r.0 == *x).map(|r| rank(r.1)).collect())
        .collect();
    let apart = |a: &[f64], b: &[f64]| -> f64 {
        a.iter().flat_map(|a| b.iter().map(move |b| (a - b).abs())).sum()
    };
    let inside: f64 = groups.iter().map(|g| apart(g, g) / g.len() as f64).sum();
    let between: f64 =
        groups.windows(2).map(|g| apart(&g[0], &g[1]) / (g[0].len() * g[1].len()) as f64).sum();
    let spread: f64 = rows
        .iter()
        .map(|r| {
            let above = count(&|other| other >= r.1);
            above * (n - above)
        })
        .sum();
    1.0 - n * (inside + between) / (2.0 * spread)
}
