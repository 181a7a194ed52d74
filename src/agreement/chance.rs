//! Coefficients of agreement: what raters agree beyond what chance makes of it, over
//! the most that could be beyond it. All of it is written for disagreement, so that
//! what is agreed on without exception is 1 to the last bit.

use super::agreement::{AgreementReport, Raters, Table, pair};
use super::f_distribution;
use super::spread;
use super::weights::{self, Weights};
use crate::math::sum::Sum;

/// What chance is taken to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coefficient {
    /// As often as all raters name a category; of items with two ratings, and of as
    /// many draws without putting back.
    Krippendorff,
    /// The same with putting back: Scott's pi, Fleiss' kappa.
    Fleiss,
    /// Seldom where a category is hardly ever or nearly always named: AC1, AC2.
    Gwet,
    /// All categories alike.
    BrennanPrediger,
}

/// What is asked for.
#[derive(Clone, Copy)]
pub struct Opts<'a> {
    /// Which coefficient.
    pub coefficient: Coefficient,
    /// How far categories are apart.
    pub weights: Weights<'a>,
    /// Of the interval.
    pub confidence: f64,
}

/// What a coefficient and its standard error are made of.
#[derive(Clone, Copy, Debug)]
pub struct Parts {
    /// Which.
    pub coefficient: Coefficient,
    /// Items with a rating.
    pub items: f64,
    /// Those with more than one.
    pub paired: f64,
    /// Ratings of these.
    pub ratings: f64,
    /// Mean disagreement of two ratings of an item.
    pub observed: f64,
    /// Disagreement by chance.
    pub chance: f64,
    /// Of Gwet's: the sum of weights over the pairs of categories.
    pub scale: f64,
}

impl Coefficient {
    /// All of them, by number.
    pub const ALL: [Coefficient; 4] = {
        use Coefficient::*;
        [Krippendorff, Fleiss, Gwet, BrennanPrediger]
    };

    /// Whether items with one rating count.
    pub fn takes(self, ratings: usize) -> bool {
        ratings > 1 || self != Coefficient::Krippendorff
    }
}

impl Parts {
    /// The share of a category.
    #[inline(never)]
    pub fn share(&self, of: &Raters, k: usize) -> f64 {
        if self.coefficient == Coefficient::Krippendorff {
            return weights::rated(of, k) / self.ratings;
        }
        let part = |table: Table| single(&table, k) / table.ratings as f64;
        of.each().fold(Sum::ZERO, |sum, table| sum.plus(part(table))).value() / self.items
    }

    /// What the disagreement of two ratings of an item counts.
    fn norm(&self, ratings: usize) -> f64 {
        let m = ratings as f64;
        let all = if self.coefficient == Coefficient::Krippendorff {
            self.ratings
        } else {
            self.paired * m
        };
        2.0 / (all * (m - 1.0))
    }

    #[inline(never)]
    fn disagreement(&self, of: &Raters, low: usize, high: usize) -> f64 {
        let place = pair(low, high);
        let part = |table: Table| {
            let both = table.pairs.get(place).copied().unwrap_or(0);
            if both == 0 { 0.0 } else { both as f64 * self.norm(table.ratings) }
        };
        of.each().fold(Sum::ZERO, |sum, table| sum.plus(part(table))).value()
    }

    /// From a state and weights.
    #[inline(never)]
    pub fn of(of: &Raters, opts: &Opts) -> Parts {
        let (mut items, mut paired) = (0u64, 0u64);
        for table in of.each() {
            items = items.wrapping_add(table.items);
            paired = paired.wrapping_add(if table.ratings > 1 { table.items } else { 0 });
        }
        let mut parts = Parts {
            coefficient: opts.coefficient,
            items: items as f64,
            paired: paired as f64,
            ratings: weights::all(of),
            observed: f64::NAN,
            chance: f64::NAN,
            scale: f64::NAN,
        };
        let (mut off, mut drawn, mut apart) = (Sum::ZERO, Sum::ZERO, Sum::ZERO);
        opts.weights.each_pair(of, &mut |k, l, far| {
            if far > 0.0 {
                off = off.plus(far * parts.disagreement(of, k, l));
                drawn = drawn.plus(2.0 * far * (parts.share(of, k) * parts.share(of, l)));
                apart = apart.plus(2.0 * far);
            }
        });
        let n = of.setup().categories as f64;
        let weight = n * n - apart.value();
        let pairs = n * (n - 1.0);
        parts.scale = weight / pairs;
        parts.observed = if paired > 0 { off.value() } else { f64::NAN };
        parts.chance = match opts.coefficient {
            Coefficient::Krippendorff | Coefficient::Fleiss => drawn.value(),
            Coefficient::BrennanPrediger => apart.value() / (n * n),
            // Nothing is apart.
            Coefficient::Gwet if apart.value() == 0.0 => 0.0 * parts.scale,
            Coefficient::Gwet => {
                let spread = |k: usize| {
                    let share = parts.share(of, k);
                    share * (1.0 - share)
                };
                1.0 - parts.scale * (0..of.setup().categories).map(spread).sum::<f64>()
            }
        };
        parts
    }

    /// 1 less the coefficient, before the correction of [`Parts::few`].
    #[inline(never)]
    pub fn off(&self) -> f64 {
        if self.chance > 0.0 { self.observed / self.chance } else { f64::NAN }
    }

    /// What Krippendorff's has for draws that are not put back.
    pub fn few(&self) -> f64 {
        if self.coefficient == Coefficient::Krippendorff { 1.0 - 1.0 / self.ratings } else { 1.0 }
    }
}

fn single(table: &Table, k: usize) -> f64 {
    table.singles.get(k).copied().unwrap_or(0) as f64
}

/// One of the coefficients.
pub fn finish(of: &Raters, opts: &Opts) -> AgreementReport {
    let parts = Parts::of(of, opts);
    let off = parts.off() * parts.few();
    let (mut ratings, mut categories) = (0u64, 0);
    for table in of.each() {
        ratings = ratings.wrapping_add(table.items.wrapping_mul(table.ratings as u64));
    }
    for k in 0..of.setup().categories {
        let named = of.each().any(|table| single(&table, k) > 0.0);
        categories += u64::from(named);
    }
    let items = if parts.coefficient.takes(1) { parts.items } else { parts.paired };
    let value = 1.0 - off;
    let std_error = spread::std_error(of, opts, &parts);
    let reach = f_distribution::distance(items - 1.0, 1.0 - opts.confidence) * std_error;
    AgreementReport {
        items: parts.items as u64,
        paired_items: parts.paired as u64,
        empty_items: of.empty(),
        ratings,
        categories,
        observed: 1.0 - parts.observed * parts.few(),
        expected: 1.0 - parts.chance,
        value,
        std_error,
        p_value: f_distribution::beyond(items - 1.0, value / std_error),
        low: value - reach,
        // A minimum would make a number of what is none.
        high: if value + reach > 1.0 { 1.0 } else { value + reach },
    }
}
