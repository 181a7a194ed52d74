//! Rows of one score each, in order, and where they stand in the whole of the weight.

use crate::curves::ranked::{Census, Group, Ranked};
use crate::math::sum::Sum;
use crate::rows::column::BLOCK;

/// The weight of a group.
pub fn weight(group: &Group) -> f64 {
    group.positives + group.negatives
}

/// That of all rows.
pub fn total(census: &Census) -> f64 {
    census.positive_weight + census.negative_weight
}

/// Goes down groups, the highest score first, and divides their weight into so many
/// equal cells: a group belongs to the cell of its upper end.
pub struct Cells {
    count: f64,
    total: f64,
    above: Sum,
}

/// Where a group stands.
#[derive(Clone, Copy)]
pub struct Place {
    /// The share of weight below it ..
    pub from: f64,
    /// .. and with it.
    pub to: f64,
    /// Whether all lower ones belong to lower cells.
    pub starts: bool,
}

impl Cells {
    /// Nothing seen.
    pub fn new(count: usize, total: f64) -> Cells {
        Cells { count: count as f64, total, above: Sum::ZERO }
    }

    /// The place of the next group down.
    pub fn next(&mut self, group: &Group) -> Place {
        let to = self.total - self.above.value();
        self.above = self.above.plus(weight(group));
        let from = (self.total - self.above.value()).max(0.0);
        // Whole quotients of whole numbers are exact.
        let cell = |weight: f64| (weight * self.count / self.total) as u64;
        let last = (self.count - 1.0) as u64;
        Place {
            from: from / self.total,
            to: to / self.total,
            starts: cell(to).min(last) > cell(from).min(last),
        }
    }
}

/// Calls with blocks of groups, the highest score first, and their scores to be changed.
#[inline(never)]
pub fn each_block(ranked: &Ranked, each: &mut dyn FnMut(&[Group], &mut [f64])) {
    const NONE: Group = Group { score: 0.0, positives: 0.0, negatives: 0.0, rows: 0 };
    let (mut groups, mut scores, mut count) = ([NONE; BLOCK], [0.0; BLOCK], 0);
    ranked.each(&mut |group| {
        if let (Some(to), Some(score)) = (groups.get_mut(count), scores.get_mut(count)) {
            (*to, *score) = (group, group.score);
        }
        count += 1;
        if count == BLOCK {
            each(&groups, &mut scores);
            count = 0;
        }
    });
    let groups = groups.get(..count).unwrap_or_default();
    each(groups, scores.get_mut(..count).unwrap_or_default());
}

/// A sum of losses. Probabilities of rows of weight 1 are multiplied, and the logarithm
/// is taken of many at once.
pub struct Loss {
    sum: Sum,
    product: f64,
}

/// From here on a product may take one more factor.
const SMALL: f64 = 1e-150;

impl Loss {
    /// Nothing yet.
    pub const ZERO: Loss = Loss { sum: Sum::ZERO, product: 1.0 };

    /// Adds that of all rows of a score, of which this is the probability.
    pub fn add(&mut self, group: &Group, p: f64) {
        self.part(group.positives, p);
        self.part(group.negatives, 1.0 - p);
    }

    fn part(&mut self, weight: f64, p: f64) {
        if weight == 1.0 && p > SMALL {
            self.product *= p;
            if self.product < SMALL {
                self.sum = self.sum.plus(-libm::log(self.product));
                self.product = 1.0;
            }
        } else if weight > 0.0 {
            self.sum = self.sum.plus(-weight * libm::log(p));
        }
    }

    /// The sum.
    pub fn value(&self) -> f64 {
        self.sum.plus(-libm::log(self.product)).value()
    }
}
