//! Kendall's tau where a pair of rows counts as much as their ranks say: `1 / (r + 1)` of
//! the one plus, or times, that of the other, r from 0. S. Vigna, "A Weighted Correlation
//! Index for Rankings with Ties" (2015).
//!
//! The reciprocals are whole multiples of 2^-58, so that their sums are exact and have no
//! order.

use super::columns::{self, Columns, Ranked, START, runs};
use super::fenwick::Fenwick;

/// Whose ranks count.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ranking {
    /// The mean of what those of x and those of y make.
    Both,
    /// Those of x, the largest first, and where that is equal, of y.
    X,
    /// Rows have the ranks they come in.
    Given,
}

/// The result of `lgt_weighted_tau`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct WeightedTauReport {
    /// Rows.
    pub rows: u64,
    /// Those with a NaN; all below is then NaN.
    pub nan_rows: u64,
    /// The correlation; NaN if x or y is constant.
    pub tau: f64,
    /// By the ranks of x, or those given.
    pub tau_x: f64,
    /// By the ranks of y; NaN unless both were asked for.
    pub tau_y: f64,
}

/// Words of scratch for `n` rows: 20 bytes a row.
pub fn words(n: usize) -> Option<usize> {
    columns::words(n)?.checked_add(n)
}

/// The correlation; a pair counts the sum of its weights, or their product. The scratch
/// has [`words`].
pub fn apply(
    columns: &Columns,
    ranking: Ranking,
    product: bool,
    scratch: &mut [u64],
) -> WeightedTauReport {
    let (rows, nan_rows) = (columns.n as u64, columns.nan_rows());
    let mut report =
        WeightedTauReport { rows, nan_rows, tau: f64::NAN, tau_x: f64::NAN, tau_y: f64::NAN };
    if nan_rows > 0 {
        return report;
    }
    report.tau_x = one(columns, ranking, product, scratch);
    report.tau = report.tau_x;
    if ranking == Ranking::Both {
        report.tau_y = one(&columns.turned(), ranking, product, scratch);
        report.tau = 0.5 * (report.tau_x + report.tau_y);
    }
    report
}

/// The weight of a rank.
fn weight(rank: u32) -> u64 {
    let rank = u64::from(rank) + 1;
    ((1 << 58) + rank / 2) / rank
}

/// Some rows.
#[derive(Clone, Copy, Default)]
struct Group {
    rows: u64,
    /// The sum of their weights ..
    sum: u64,
    /// .. and of their squares.
    squares: u128,
}

impl Group {
    fn add(&mut self, weight: u64) {
        self.rows += 1;
        self.sum += weight;
        self.squares += u128::from(weight) * u128::from(weight);
    }

    fn join(&mut self, other: &Group) {
        self.rows += other.rows;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// The weight of all pairs of one of them and another row.
    fn with(&self, weight: u64, product: bool) -> u128 {
        let (weight, sum) = (u128::from(weight), u128::from(self.sum));
        if product { weight * sum } else { weight * u128::from(self.rows) + sum }
    }

    /// The weight of all pairs of two of them, twice.
    fn pairs(&self, product: bool) -> u128 {
        let sum = u128::from(self.sum);
        if product {
            sum * sum - self.squares
        } else {
            2 * sum * u128::from(self.rows.saturating_sub(1))
        }
    }
}

/// Rows so far, by the place of y.
struct Seen<'a> {
    rows: Fenwick<'a, u32>,
    weights: Fenwick<'a, u64>,
}

impl Seen<'_> {
    fn add(&mut self, place: usize, weight: u64) {
        self.rows.add(place, 1);
        self.weights.add(place, weight);
    }

    /// Those below a place, squares apart.
    fn below(&self, place: usize) -> Group {
        let (rows, sum) = (u64::from(self.rows.below(place)), self.weights.below(place));
        Group { rows, sum, squares: 0 }
    }

    /// Those at a place.
    fn at(&self, place: usize) -> Group {
        let (to, from) = (self.below(place + 1), self.below(place));
        Group { rows: to.rows - from.rows, sum: to.sum - from.sum, squares: 0 }
    }
}

/// By the ranks of x, or those given.
#[inline(never)]
fn one(columns: &Columns, ranking: Ranking, product: bool, scratch: &mut [u64]) -> f64 {
    let Some((weights, scratch)) = scratch.split_at_mut_checked(columns.n) else {
        return f64::NAN;
    };
    let given = ranking == Ranking::Given;
    let ranked =
        if given { Ranked::with_places(columns, scratch) } else { Ranked::of(columns, scratch) };
    let Ranked { sequence, room, more: ranks, y, .. } = ranked;
    if !given {
        // The largest comes first.
        ranks.iter_mut().rev().zip(0..).for_each(|(to, rank)| *to = rank);
    }
    let places = y.distinct as usize;
    let mut seen = Seen {
        rows: Fenwick::new(room.get_mut(..places).unwrap_or_default()),
        weights: Fenwick::new(weights.get_mut(..places).unwrap_or_default()),
    };
    // Weights of pairs that are equal in something, twice, and of those in opposite orders.
    let (mut of_x, mut of_y, mut of_both, mut opposite) = (0u128, 0, 0u128, 0);
    let (mut all, mut rest) = (Group::default(), &*ranks);
    runs(sequence, |run| {
        let Some((of_run, others)) = rest.split_at_checked(run.len()) else { return };
        rest = others;
        let row = |(y, rank): (&u32, &u32)| ((*y & !START) as usize, weight(*rank));
        let rows = || run.iter().zip(of_run).map(row);
        let mut group = Group::default();
        for (place, weight) in rows() {
            let less = seen.below(place + 1);
            let (rows, sum) = (all.rows - less.rows, all.sum - less.sum);
            opposite += Group { rows, sum, squares: 0 }.with(weight, product);
            group.add(weight);
            if run.len() > 1 {
                of_both = of_both.wrapping_sub(seen.at(place).with(weight, product));
            }
        }
        rows().for_each(|(place, weight)| seen.add(place, weight));
        for (place, weight) in rows().take_while(|_| run.len() > 1) {
            let itself = Group { rows: 1, sum: weight, squares: 0 }.with(weight, product);
            let same = seen.at(place).with(weight, product) - itself;
            of_both = of_both.wrapping_add(same);
        }
        of_x += group.pairs(product);
        all.join(&group);
    });
    for place in 0..places {
        of_y += seen.at(place).pairs(product);
    }
    if product {
        // Squares are not kept by place.
        of_y -= all.squares;
    }
    let total = all.pairs(product);
    let (untied_x, untied_y) = ((total - of_x) as f64, (total - of_y) as f64);
    if untied_x * untied_y == 0.0 {
        return f64::NAN;
    }
    let tied = of_x + of_y - of_both;
    let more = (total - tied) as i128 - 4 * opposite as i128;
    let per =
        if untied_x == untied_y { untied_x } else { libm::sqrt(untied_x) * libm::sqrt(untied_y) };
    (more as f64 / per).clamp(-1.0, 1.0)
}
