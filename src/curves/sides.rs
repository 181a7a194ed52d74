//! Places in order of their scores, each on one of many sides: how often the positive side
//! is above each other one.

use crate::math::fixed::Bounded;
use crate::math::sum::Sum;
use crate::rows::order::Order;

/// The side of what does not count.
pub const NONE: u32 = u32::MAX;

/// [`Bounded::add_share`], once for all who call it here.
#[inline(never)]
pub fn add_to(sum: &mut Bounded, x: f64) {
    sum.add_share(x);
}

/// [`Bounded::to_f64`] likewise.
#[inline(never)]
pub fn value(sum: &Bounded) -> f64 {
    sum.to_f64()
}

/// Sides and weights of all places.
pub struct Entries<'a> {
    /// A number below that of sides, or [`NONE`].
    pub sides: &'a [u32],
    /// None, if all are 1.
    weights: &'a [f64],
}

impl<'a> Entries<'a> {
    /// `n` of them, as words hold them.
    pub fn of(sides: &'a [u64], weights: &'a [u64], n: usize, weighted: bool) -> Entries<'a> {
        // SAFETY: a u64 is two u32 and, as bits, an f64.
        let ((_, sides, _), (_, weights, _)) =
            unsafe { (sides.align_to::<u32>(), weights.align_to::<f64>()) };
        let sides = sides.get(..n).unwrap_or_default();
        Entries { sides, weights: if weighted { weights } else { &[] } }
    }

    #[inline(always)]
    fn side(&self, place: usize) -> usize {
        self.sides.get(place).map_or(NONE as usize, |side| *side as usize)
    }

    #[inline(always)]
    fn weight(&self, place: usize) -> f64 {
        self.weights.get(place).copied().unwrap_or(1.0)
    }

    /// The weight of each side, in sums that are exact.
    pub fn weigh(&self, sums: &mut [Bounded], totals: &mut [f64]) {
        sums.fill(Bounded::ZERO);
        for place in 0..self.sides.len() {
            if let Some(sum) = sums.get_mut(self.side(place)) {
                add_to(sum, self.weight(place));
            }
        }
        for (total, sum) in totals.iter_mut().zip(sums) {
            *total = value(sum);
        }
    }
}

/// Twice the number of pairs that each side loses to the positive one is added to the
/// lowest word of its sum. Returned is the sum of precisions. All weights are 1, `to` has
/// room for a word a place, and there are `positives`.
#[inline(never)]
pub fn count(
    order: Order,
    sides: &[u32],
    to: &mut [u64],
    positive: usize,
    positives: f64,
    sums: &mut [Bounded],
) -> f64 {
    // SAFETY: a u64 is two u32, whatever its bits.
    let (_, ranks, _) = unsafe { to.align_to_mut::<u32>() };
    let ranks = ranks.get_mut(..order.len()).unwrap_or_default();
    for (to, (place, starts)) in ranks.iter_mut().zip(order.iter()) {
        let side = sides.get(place).copied().unwrap_or(NONE);
        *to = side << 1 | u32::from(starts);
    }
    // Up from the lowest: positive ones as high or higher. Down from the highest:
    // higher ones. No branch depends on what is tied.
    let (mut rest, mut tied) = (positives as u64, 0);
    let (mut from, mut precisions) = (0, Sum::ZERO);
    for (rank, word) in ranks.iter().enumerate() {
        let (side, starts) = ((word >> 1) as usize, word & 1 != 0);
        tied = if starts { rest } else { tied };
        from = if starts { rank } else { from };
        if side == positive {
            rest -= 1;
            precisions = precisions.plus(tied as f64 / (ranks.len() - from) as f64);
        }
        add(sums, side, tied);
    }
    let (mut above, mut higher) = (0, 0);
    for word in ranks.iter().rev() {
        let (side, starts) = ((word >> 1) as usize, word & 1 != 0);
        add(sums, side, higher);
        above += u64::from(side == positive);
        higher = if starts { above } else { higher };
    }
    precisions.value()
}

#[inline(always)]
fn add(sums: &mut [Bounded], side: usize, count: u64) {
    if let Some(sum) = sums.get_mut(side) {
        let [low, ..] = sum.limbs();
        *sum = Bounded::of_limbs([low + count, 0, 0, 0]);
    }
}

/// From the highest score down: the share of all pairs that each side loses to the positive
/// one is added to its sum. Returned is the sum of precisions.
#[inline(never)]
pub fn walk(
    order: Order,
    entries: &Entries,
    positive: usize,
    totals: &[f64],
    sums: &mut [Bounded],
) -> f64 {
    let (mut above, mut all, mut precisions) = (Sum::ZERO, Sum::ZERO, Sum::ZERO);
    let weight = totals.get(positive).copied().unwrap_or(1.0);
    let mut end = order.len();
    while end > 0 {
        let mut start = end - 1;
        while start > 0 && !order.starts(start) {
            start -= 1;
        }
        let group = || (start..end).map(|rank| order.place(rank));
        let [hits, misses] = tied(group(), entries, positive);
        let won = (above.value() + 0.5 * hits) / weight;
        for place in group() {
            let side = entries.side(place);
            if let Some(sum) = sums.get_mut(side).filter(|_| side != positive && won > 0.0) {
                let total = totals.get(side).copied().unwrap_or(1.0);
                add_to(sum, won * (entries.weight(place) / total));
            }
        }
        above = above.plus(hits);
        all = all.plus(hits + misses);
        if hits > 0.0 {
            precisions = precisions.plus(hits * (above.value() / all.value()));
        }
        end = start;
    }
    precisions.value()
}

/// The weight of the positive side and of the others among places of one score, the same
/// in any order.
#[inline(always)]
fn tied(
    places: impl ExactSizeIterator<Item = usize>,
    entries: &Entries,
    positive: usize,
) -> [f64; 2] {
    let mut sums = [Bounded::ZERO; 2];
    let alone = places.len() == 1;
    for place in places {
        let (side, weight) = (entries.side(place), entries.weight(place));
        let weight = if side == NONE as usize { 0.0 } else { weight };
        let hit = side == positive;
        if alone {
            return if hit { [weight, 0.0] } else { [0.0, weight] };
        }
        let [hits, misses] = &mut sums;
        add_to(if hit { hits } else { misses }, weight);
    }
    let [hits, misses] = &sums;
    [value(hits), value(misses)]
}
