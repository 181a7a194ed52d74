//! One row's shares, their logarithms, and the logarithm of the sum.
#![allow(dead_code)] // Each test binary uses its part.

use super::dd::Dd;

pub struct Row {
    pub shares: Vec<Dd>,
    pub logs: Vec<Dd>,
    pub lse: Dd,
    /// Nothing above -inf.
    pub empty: bool,
}

/// The row `x` times `scale`. An empty row is NaN, or shares of 0 if
/// `empty_zero`.
pub fn row(x: &[f64], scale: f64, empty_zero: bool) -> Row {
    let (nan, none) = (Dd::of(f64::NAN), Dd::of(f64::NEG_INFINITY));
    if x.iter().any(|v| v.is_nan()) {
        return same(x.len(), nan, nan, nan, false);
    }
    let max = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if max == f64::NEG_INFINITY {
        let (share, log) = if empty_zero { (Dd::ZERO, none) } else { (nan, nan) };
        return same(x.len(), share, log, none, true);
    }
    if max == f64::INFINITY {
        return infinite(x);
    }
    finite(x, max, scale)
}

fn same(n: usize, share: Dd, log: Dd, lse: Dd, empty: bool) -> Row {
    Row { shares: vec![share; n], logs: vec![log; n], lse, empty }
}

/// Entries at +inf share the row.
fn infinite(x: &[f64]) -> Row {
    let count = Dd::of(x.iter().filter(|v| **v == f64::INFINITY).count() as f64);
    let pick = |high: Dd, low: f64| {
        x.iter().map(|v| if *v == f64::INFINITY { high } else { Dd::of(low) }).collect()
    };
    Row {
        shares: pick(Dd::ONE / count, 0.0),
        logs: pick(-count.ln(), f64::NEG_INFINITY),
        lse: Dd::of(f64::INFINITY),
        empty: false,
    }
}

fn finite(x: &[f64], max: f64, scale: f64) -> Row {
    // Halves, where the difference of two finite numbers may not be finite.
    let part = if x.iter().any(|v| v.is_finite() && v.abs() > 1e300) { 0.5 } else { 1.0 };
    let below = |v: &f64| Dd::sum(*v * part, -max * part) * Dd::of(scale) * Dd::of(1.0 / part);
    let below: Vec<Dd> = x.iter().map(below).collect();
    let exps: Vec<Dd> = below.iter().map(|d| d.exp()).collect();
    // One of the largest is left out of the sum, to be the 1 of ln(1 + rest).
    let top = x.iter().position(|v| *v == max).unwrap();
    let others = exps.iter().enumerate().filter(|(i, _)| *i != top);
    let rest = others.fold(Dd::ZERO, |sum, (_, e)| sum + *e);
    let log = rest.ln_1p();
    let share = |(d, e): (&Dd, &Dd)| {
        // A small exponential has lost digits that the logarithm still has.
        if e.hi > 1e-280 { *e / (rest + Dd::ONE) } else { (*d - log).exp() }
    };
    Row {
        shares: below.iter().zip(&exps).map(share).collect(),
        logs: below.iter().map(|d| *d - log).collect(),
        lse: Dd::product(max, scale) + log,
        empty: false,
    }
}

/// The row of scores `z`, with another one beside it that has a share, `sink`, where it is
/// above -inf. Also the share of that.
pub fn beside(z: &[Dd], sink: f64) -> (Row, Dd) {
    let (nan, none) = (Dd::of(f64::NAN), Dd::of(f64::NEG_INFINITY));
    if z.iter().any(|v| v.hi.is_nan()) {
        return (same(z.len(), nan, nan, nan, false), nan);
    }
    let max = z.iter().map(|v| v.hi).fold(sink, f64::max);
    if max == f64::NEG_INFINITY {
        return (same(z.len(), nan, nan, none, true), nan);
    }
    let all: Vec<Dd> = z.iter().copied().chain([Dd::of(sink)]).collect();
    let mut row = if max == f64::INFINITY {
        infinite(&all.iter().map(|v| v.hi).collect::<Vec<_>>())
    } else {
        let below = |v: &Dd| if v.hi == f64::NEG_INFINITY { none } else { *v - Dd::of(max) };
        let below: Vec<Dd> = all.iter().map(below).collect();
        // As in `finite`, one of the largest is left out.
        let top = all.iter().position(|v| v.hi == max).unwrap();
        let others = below.iter().enumerate().filter(|(i, _)| *i != top);
        let rest = others.fold(Dd::ZERO, |sum, (_, d)| sum + d.exp());
        // And may itself be above or below `max`, in `lo`.
        let sum = below[top] + (rest / below[top].exp()).ln_1p();
        let logs: Vec<Dd> = below.iter().map(|d| *d - sum).collect();
        let shares = logs.iter().map(|d| d.exp()).collect();
        Row { shares, logs, lse: sum + Dd::of(max), empty: false }
    };
    row.logs.pop();
    let share = row.shares.pop().unwrap_or(Dd::ZERO);
    (row, share)
}
