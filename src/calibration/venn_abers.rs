//! Venn-Abers predictors: for a score the two probabilities that isotonic regression
//! gives it, once with label 0 and once with label 1.
//!
//! Let P(i) be the sums of weights, and of those of label 1, of the lowest i scores; the
//! isotonic values are the slopes of the lower hull of these points. With a row of label 1
//! more at score i, all points before it are, as seen from those behind it, lower by 1 and
//! 1 further left, and its value is the slope of the line that both parts of the hull stand
//! on. As i goes up, both ends of that line move right: the far one is always a corner of
//! the hull of all points, the near one P(j) - (1, 1) of some j that has been passed. So one
//! walk finds the values for label 1 at all scores, and one from the other side, with
//! falling slopes and (1, 0), those for label 0.
//!
//! A new score between two has the value of the higher one with label 1, because what is
//! 1 is pooled with what comes after it, and that of the lower one with label 0.
//!
//! Parameters are the scores, the lowest first, as many values with label 0, and as many
//! with label 1.

use super::interpolation::{LANES, places};
use super::score_nll;
use crate::curves::ranked::{self, Ranked, Scored};
use crate::math::sum::Sum;
use crate::model::{Fitted, Model, View};
use crate::rows::column::TwoClasses;
use crate::state::Kind;
use crate::status::Status;

/// Scores and both values of each.
pub struct VennAbers;

impl Model for VennAbers {
    const KIND: Kind = Kind::VennAbers;

    fn fits(param: u32, parameters: usize) -> bool {
        param == 0 && parameters.is_multiple_of(3)
    }

    fn good(_: u32, parameters: &[f64]) -> bool {
        let [x, lower, upper] = thirds(parameters);
        let rise = |values: &[f64]| values.iter().zip(values.iter().skip(1)).all(|(a, b)| a <= b);
        let nested = lower.iter().zip(upper).all(|(a, b)| 0.0 <= *a && a <= b && *b <= 1.0);
        let apart = x.iter().zip(x.iter().skip(1)).all(|(a, b)| a < b);
        apart && !x.iter().any(|x| x.is_nan()) && rise(lower) && rise(upper) && nested
    }
}

fn thirds(parameters: &[f64]) -> [&[f64]; 3] {
    let n = parameters.len() / 3;
    let (x, values) = parameters.split_at_checked(n).unwrap_or_default();
    let (lower, upper) = values.split_at_checked(n).unwrap_or_default();
    [x, lower, upper]
}

/// How many parameters `n` rows may take.
pub fn parameters(n: usize, _weighted: bool) -> Option<usize> {
    n.checked_mul(3)
}

/// Words of scratch for `n` scores of so many bytes.
pub fn words(n: usize, score_size: usize, weighted: bool) -> Option<usize> {
    Some(ranked::words(n, score_size, weighted)?.max(n.checked_mul(3)?))
}

/// Fits to rows that passed [`TwoClasses::check`], which are also those of `scored`;
/// how it went, and how many parameters there are.
pub fn fit(
    data: &TwoClasses,
    scored: &Scored,
    to: &mut [f64],
    scratch: &mut [u64],
) -> Result<(Fitted, usize), Status> {
    let (census, ranked) = scored.rank_unweighed(scratch)?;
    if census.nan_rows > 0 {
        return Err(Status::LGT_E_VALUE);
    }
    let n = gather(&ranked, data.rows, to);
    let (_, counts) = to.split_at_mut_checked(n).unwrap_or_default();
    let (positives, rest) = counts.split_at_mut_checked(n).unwrap_or_default();
    let negatives = rest.get_mut(..n).unwrap_or_default();
    let groups = Groups { positives, negatives };
    let corners = groups.corners(scratch);
    let (corners, values) = scratch.split_at_mut_checked(corners).unwrap_or_default();
    let (upper, lower) = values.split_at_mut_checked(n).unwrap_or_default();
    let corner = |at: &u64| *at as usize;
    groups.walk(true, &mut corners.iter().map(corner), &mut upper.iter_mut());
    let starts = corners.split_last().map_or(&[][..], |(_, starts)| starts);
    let starts = starts.iter().rev().map(corner).chain([0]);
    let lower = lower.get_mut(..n).unwrap_or_default();
    groups.walk(false, &mut starts.map(|start| n - start), &mut lower.iter_mut().rev());
    let fitted = Fitted {
        status: if n > 1 { Status::LGT_OK } else { Status::LGT_DEGENERATE },
        iterations: 1,
        nll_before: score_nll::mean(data),
        nll_after: settle(positives, negatives, lower, upper),
    };
    Ok((fitted, 3 * n))
}

/// Writes scores and weights of label 1 and 0 where scores and values will be; how many
/// there are.
fn gather(ranked: &Ranked, rows: usize, to: &mut [f64]) -> usize {
    let most = rows.min(to.len() / 3);
    let (x, weights) = to.split_at_mut_checked(most).unwrap_or_default();
    let (positives, negatives) = weights.split_at_mut_checked(most).unwrap_or_default();
    let negatives = negatives.get_mut(..most).unwrap_or_default();
    // The highest score comes first.
    let mut places = x.iter_mut().zip(positives).zip(negatives).rev();
    let mut n = 0;
    ranked.each(&mut |group| {
        if let Some(((x, positives), negatives)) = places.next() {
            (*x, *positives, *negatives) = (group.score, group.positives, group.negatives);
            n += 1;
        }
    });
    let first = to.as_mut_ptr();
    for part in 0..3 {
        // SAFETY: each part ends with the `n <= most` that were written, and goes to where
        // nothing is that has yet to move.
        unsafe { core::ptr::copy(first.add((part + 1) * most - n), first.add(part * n), n) };
    }
    n
}

/// Puts values where weights were; the mean loss of the points.
fn settle(positives: &mut [f64], negatives: &mut [f64], lower: &[u64], upper: &[u64]) -> f64 {
    let (mut loss, mut weight) = (Sum::ZERO, Sum::ZERO);
    let values = lower.iter().zip(upper);
    for ((positives, negatives), (lower, upper)) in positives.iter_mut().zip(negatives).zip(values)
    {
        let (lower, upper) = (f64::from_bits(*lower), f64::from_bits(*upper));
        // Rounding alone could have them the other way round.
        let upper = upper.max(lower);
        let p = point([lower, upper]);
        let part = |weight: f64, p: f64| if weight > 0.0 { -weight * libm::log(p) } else { 0.0 };
        loss = loss.plus(part(*positives, p)).plus(part(*negatives, 1.0 - p));
        weight = weight.plus(*positives).plus(*negatives);
        (*positives, *negatives) = (lower, upper);
    }
    loss.value() / weight.value()
}

/// Sums of weights up to some score, and of those of label 1.
#[derive(Clone, Copy)]
struct Place {
    weight: Sum,
    hits: Sum,
}

impl Place {
    const ZERO: Place = Place { weight: Sum::ZERO, hits: Sum::ZERO };

    #[inline(always)]
    fn plus(self, step: Step) -> Place {
        Place { weight: self.weight.plus(step.weight), hits: self.hits.plus(step.hits) }
    }

    /// The way to another.
    #[inline(always)]
    fn to(self, other: Place) -> Step {
        let less = |to: Sum, from: Sum| to.merged(from.times(-1.0)).value();
        Step { weight: less(other.weight, self.weight), hits: less(other.hits, self.hits) }
    }
}

/// What rows add.
#[derive(Clone, Copy)]
struct Step {
    weight: f64,
    hits: f64,
}

impl Step {
    /// Whether it is steeper than another.
    #[inline(always)]
    fn above(self, other: Step) -> bool {
        self.hits * other.weight > other.hits * self.weight
    }
}

/// Weights of label 1 and 0 of each score.
struct Groups<'a> {
    positives: &'a [f64],
    negatives: &'a [f64],
}

/// Words of a block of scores: its end, its weight and its hits.
const WORDS: usize = 3;

impl Groups<'_> {
    fn get(&self, i: usize) -> Option<Step> {
        let (positives, negatives) = (*self.positives.get(i)?, *self.negatives.get(i)?);
        Some(Step { weight: positives + negatives, hits: positives })
    }

    /// Writes where the hull of all points has corners, but for the first; how many.
    fn corners(&self, scratch: &mut [u64]) -> usize {
        let (stack, _) = scratch.as_chunks_mut::<WORDS>();
        let (mut count, mut end) = (0usize, 0);
        while let Some(mut step) = self.get(end) {
            end += 1;
            while let Some([_, weight, hits]) = count.checked_sub(1).and_then(|i| stack.get(i)) {
                let last = Step { weight: f64::from_bits(*weight), hits: f64::from_bits(*hits) };
                if step.above(last) {
                    break;
                }
                step = Step { weight: last.weight + step.weight, hits: last.hits + step.hits };
                count -= 1;
            }
            if let Some(to) = stack.get_mut(count) {
                *to = [end as u64, step.weight.to_bits(), step.hits.to_bits()];
                count += 1;
            }
        }
        for i in 0..count {
            let end = scratch.get(WORDS * i).copied();
            if let (Some(to), Some(end)) = (scratch.get_mut(i), end) {
                *to = end;
            }
        }
        count
    }

    /// The value at each score with a row of label 1 more there, from the lowest `up`; or
    /// with one of label 0 more, from the highest down. Corners are counted in the same
    /// direction.
    #[inline(never)]
    fn walk(
        &self,
        up: bool,
        corners: &mut dyn Iterator<Item = usize>,
        to: &mut dyn Iterator<Item = &mut u64>,
    ) {
        let n = self.positives.len();
        let group = |i: usize| self.get(if up { i } else { n.wrapping_sub(i + 1) });
        let above = |a: Step, b: Step| if up { a.above(b) } else { b.above(a) };
        let back = Step { weight: -1.0, hits: if up { -1.0 } else { 0.0 } };
        let mut ahead = |(mut at, mut place): (usize, Place)| {
            let end = corners.next()?;
            while let Some(step) = group(at).filter(|_| at < end) {
                (at, place) = (at + 1, place.plus(step));
            }
            Some((end, place))
        };
        let mut here = Place::ZERO;
        let mut near = here.plus(back);
        let mut far = (0, here);
        let mut next = ahead(far);
        let mut value = if up { 0.0f64 } else { 1.0 };
        for (i, to) in to.enumerate() {
            let mut line = near.to(far.1);
            while let Some(further) = next
                && (far.0 <= i || !above(near.to(further.1), line))
            {
                (far, line) = (further, near.to(further.1));
                next = ahead(far);
            }
            let slope = (line.hits / line.weight).clamp(0.0, 1.0);
            value = if up { value.max(slope) } else { value.min(slope) };
            *to = value.to_bits();
            let Some(step) = group(i) else { return };
            here = here.plus(step);
            let passed = here.plus(back);
            if far.0 == i + 1 || !above(near.to(passed), line) {
                near = passed;
            }
        }
    }
}

/// The probability that is nearest to both, by the worse of two logarithmic losses.
fn point([lower, upper]: [f64; 2]) -> f64 {
    upper / (1.0 - lower + upper)
}

/// The values with label 0 and 1 at scores; NaN for NaN.
fn pairs(model: &View, scores: &[f64]) -> [[f64; 2]; LANES] {
    let [x, lower, upper] = thirds(model.parameters);
    let mut room = [f64::NAN; LANES];
    room.iter_mut().zip(scores).for_each(|(to, score)| *to = *score);
    let mut pairs = [[f64::NAN; 2]; LANES];
    let all = pairs.iter_mut().zip(room).zip(places::<false>(x, &room));
    for ((pair, score), place) in all.filter(|((_, score), _)| !score.is_nan()) {
        let at = x.get(place).copied().unwrap_or(f64::NAN);
        let low = if score < at { None } else { lower.get(place) };
        let high = upper.get(if score > at { place + 1 } else { place });
        *pair = [low.copied().unwrap_or(0.0), high.copied().unwrap_or(1.0)];
    }
    pairs
}

/// Calibrates scores in place.
pub fn apply(model: &View, scores: &mut [f64]) {
    for scores in scores.chunks_mut(LANES) {
        let pairs = pairs(model, scores);
        scores.iter_mut().zip(pairs).for_each(|(score, pair)| *score = point(pair));
    }
}

/// Replaces scores by their values with label 0, and writes those with label 1.
pub fn interval(model: &View, scores: &mut [f64], upper: &mut [f64]) {
    for (scores, upper) in scores.chunks_mut(LANES).zip(upper.chunks_mut(LANES)) {
        let pairs = pairs(model, scores);
        let both = scores.iter_mut().zip(upper).zip(pairs);
        both.for_each(|((lower, upper), pair)| [*lower, *upper] = pair);
    }
}
