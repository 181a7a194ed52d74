//! Fleiss' kappa with the test that there is no agreement beyond chance, for all
//! categories together and for each against the rest.

use super::agreement::{FleissCategory, FleissReport, Raters, Table, pair};
use super::chance::{Coefficient, Opts, Parts};
use super::weights::{Scheme, Weights};
use crate::math::normal;
use crate::math::sum::Sum;

fn parts(of: &Raters, coefficient: Coefficient) -> Parts {
    let weights = Weights { scheme: Scheme::Identity, values: None, custom: &[] };
    Parts::of(of, &Opts { coefficient, weights, confidence: 0.5 })
}

/// Items and ratings of each, if all have as many.
fn design(of: &Raters) -> Option<(f64, f64)> {
    let mut tables = of.each();
    let only = tables.next()?;
    tables.next().is_none().then_some((only.items as f64, only.ratings as f64))
}

/// The variance of agreement by chance, over what belongs to the categories.
#[inline(never)]
fn variance(of: &Raters) -> f64 {
    match design(of) {
        Some((items, ratings)) if ratings > 1.0 => 2.0 / (items * ratings * (ratings - 1.0)),
        _ => f64::NAN,
    }
}

#[inline(never)]
fn p_value(z: f64) -> f64 {
    2.0 * normal::sf(z.abs())
}

/// All categories.
pub fn finish(of: &Raters) -> FleissReport {
    let (fleiss, free) = (parts(of, Coefficient::Fleiss), parts(of, Coefficient::BrennanPrediger));
    let (mut squares, mut skew) = (Sum::ZERO, Sum::ZERO);
    for k in 0..of.setup().categories {
        let (p, q) = (fleiss.share(of, k), 1.0 - fleiss.share(of, k));
        squares = squares.plus(p * q);
        skew = skew.plus(p * q * (q - p));
    }
    let spread = squares.value() * squares.value();
    let std_error = libm::sqrt(variance(of) * (spread - skew.value()).max(0.0) / spread);
    let kappa = 1.0 - fleiss.off();
    let z = kappa / std_error;
    FleissReport {
        items: fleiss.items as u64,
        raters: design(of).map_or(0, |(_, ratings)| ratings as u64),
        observed: 1.0 - fleiss.observed,
        expected: 1.0 - fleiss.chance,
        kappa,
        std_error,
        z,
        p_value: p_value(z),
        free_marginal: 1.0 - free.off(),
    }
}

/// Each category.
pub fn categories(of: &Raters) -> impl ExactSizeIterator<Item = FleissCategory> + '_ {
    let all = parts(of, Coefficient::BrennanPrediger);
    (0..of.setup().categories).map(move |k| category(of, k, &all))
}

#[inline(never)]
fn category(of: &Raters, k: usize, all: &Parts) -> FleissCategory {
    let ratings = of
        .each()
        .fold(0, |sum: u64, table| sum.wrapping_add(table.singles.get(k).copied().unwrap_or(0)));
    let apart = |table: Table| {
        let others = (0..of.setup().categories).filter(|l| *l != k);
        let both = |l: usize| table.pairs.get(pair(l.min(k), l.max(k))).copied().unwrap_or(0);
        let sum = others.fold(0, |sum: u64, l| sum.wrapping_add(both(l)));
        let m = table.ratings as f64;
        if sum == 0 { 0.0 } else { sum as f64 / (m * (m - 1.0)) }
    };
    let share = all.share(of, k);
    let off = of.each().fold(Sum::ZERO, |sum, table| sum.plus(apart(table))).value() / all.paired;
    let kappa = if ratings > 0 { 1.0 - off / (share * (1.0 - share)) } else { f64::NAN };
    let std_error = libm::sqrt(variance(of) + 0.0 * kappa);
    let z = kappa / std_error;
    FleissCategory { ratings, share, kappa, std_error, z, p_value: p_value(z) }
}
