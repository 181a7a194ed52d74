//! How far two categories are apart: 0 for the same, up to 1. One less it is the
//! weight of a disagreement that is none.

use super::agreement::Raters;

/// Which categories are near each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// All others are far.
    Identity,
    /// By the distance of their values.
    Linear,
    /// By its square.
    Quadratic,
    /// By its root.
    Radical,
    /// By how many pairs of categories there are from the one to the other.
    Ordinal,
    /// By the square of distance over sum.
    Ratio,
    /// By the square of how many ratings lie between them.
    Ranks,
    /// As given.
    Custom,
}

impl Scheme {
    /// All of them, by number.
    pub const ALL: [Scheme; 8] = {
        use Scheme::*;
        [Identity, Linear, Quadratic, Radical, Ordinal, Ratio, Ranks, Custom]
    };
}

/// A scheme and what it takes.
#[derive(Clone, Copy)]
pub struct Weights<'a> {
    /// Which.
    pub scheme: Scheme,
    /// The value of each category, where that matters; without, its number.
    pub values: Option<&'a [f64]>,
    /// The weights themselves, row by row.
    pub custom: &'a [f64],
}

/// The largest value: its square is a number.
const LARGEST: f64 = 1e150;

impl Weights<'_> {
    /// Whether values and weights can be used.
    #[inline(never)]
    pub fn are_good(&self, categories: usize) -> bool {
        let least = if self.scheme == Scheme::Ratio { 0.0 } else { -LARGEST };
        let values = self.values.unwrap_or_default();
        let custom = self.custom.iter().all(|weight| (0.0..=1.0).contains(weight));
        let whole = self.custom.iter().step_by(categories + 1).all(|weight| *weight == 1.0);
        values.iter().all(|value| (least..=LARGEST).contains(value)) && custom && whole
    }

    #[inline(never)]
    fn value(&self, k: usize) -> f64 {
        self.values.map_or(k as f64, |values| values.get(k).copied().unwrap_or(f64::NAN))
    }

    /// The least and the largest value.
    fn ends(&self, categories: usize) -> (f64, f64) {
        (0..categories)
            .map(|k| self.value(k))
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (f64::min(a, x), f64::max(b, x)))
    }

    /// `f` of each two categories, the lower first, and how far they are apart.
    #[inline(never)]
    pub fn each_pair(&self, of: &Raters, f: &mut dyn FnMut(usize, usize, f64)) {
        let n = of.setup().categories;
        let (least, most) = self.ends(n);
        let range = match self.scheme {
            Scheme::Ratio => ratio(least, most),
            _ => most - least,
        };
        let steps = n as f64 * (n as f64 - 1.0);
        for k in 0..n {
            let mut between = rated(of, k);
            for l in k + 1..n {
                let share = |x: f64| if x == 0.0 { 0.0 } else { (x / range).min(1.0) };
                let gap = (self.value(k) - self.value(l)).abs();
                let apart = match self.scheme {
                    Scheme::Identity => 1.0,
                    Scheme::Linear => share(gap),
                    Scheme::Quadratic => share(gap) * share(gap),
                    Scheme::Radical => libm::sqrt(share(gap)),
                    Scheme::Ordinal => (l - k + 1) as f64 * (l - k) as f64 / steps,
                    Scheme::Ratio => {
                        let part = share(ratio(self.value(k), self.value(l)));
                        part * part
                    }
                    Scheme::Ranks => {
                        // Half of either end, and all that is between.
                        let last = rated(of, l);
                        let ranks = (between + last / 2.0) - rated(of, k) / 2.0;
                        between += last;
                        let part = ranks / all(of);
                        part * part
                    }
                    Scheme::Custom => {
                        let weight = |i| self.custom.get(i).copied().unwrap_or(f64::NAN);
                        1.0 - (weight(k * n + l) + weight(l * n + k)) / 2.0
                    }
                };
                f(k, l, apart);
            }
        }
    }
}

fn ratio(a: f64, b: f64) -> f64 {
    if a == b { 0.0 } else { (a - b).abs() / (a + b) }
}

/// Ratings of a category, of items with more than one rating.
#[inline(never)]
pub fn rated(of: &Raters, k: usize) -> f64 {
    let count = |singles: &[u64]| singles.get(k).copied().unwrap_or(0);
    let tables = of.each().filter(|table| table.ratings > 1);
    tables.fold(0u64, |sum, table| sum.wrapping_add(count(table.singles))) as f64
}

/// Ratings of items with more than one.
#[inline(never)]
pub fn all(of: &Raters) -> f64 {
    let tables = of.each().filter(|table| table.ratings > 1);
    let count = |sum: u64, table: super::agreement::Table| {
        sum.wrapping_add(table.items.wrapping_mul(table.ratings as u64))
    };
    tables.fold(0, count) as f64
}
