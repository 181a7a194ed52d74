//! Bayesian binning into quantiles: an average of histogram binnings of all numbers of
//! bins, by how likely each makes the labels.
//!
//! Of a binning of `B` bins of as many rows each, the probability of each bin has a beta
//! distribution before the data, of parameters `a p` and `a (1 - p)` where `a` is the
//! prior's size over `B` and `p` the middle of the bin. With `h` of label 1 and `m` of
//! label 0 in it, the labels have the probability
//! `G(a) / G(h + m + a) * G(h + a p) / G(a p) * G(m + a (1 - p)) / G(a (1 - p))`, where
//! `G` is the gamma function, and the bin the mean `(h + a p) / (h + m + a)`.
//!
//! An average of functions that are constant in bins is one too, in the bins that all
//! their edges make. Parameters are for each binning its `B` and its weight, then edges
//! and values of that function.

use super::bin_map::{BinMap, Outcome};
use super::equal_mass::{self, Step};
use super::histogram_binning::NOTHING;
use super::score_nll;
use crate::curves::ranked::Scored;
use crate::math::sum::Sum;
use crate::metrics::bins::is_probability;
use crate::model::{Fitted, Model, View};
use crate::rows::column::TwoClasses;
use crate::state::Kind;
use crate::status::Status;

/// A fitted function; the parameter is the number of binnings.
pub struct Bbq;

/// How many of the parameters are of binnings.
fn of_binnings(param: u32) -> usize {
    2 * param as usize
}

impl Model for Bbq {
    const KIND: Kind = Kind::Bbq;

    fn fits(param: u32, parameters: usize) -> bool {
        parameters.checked_sub(of_binnings(param)).is_some_and(|map| !map.is_multiple_of(2))
    }

    fn good(param: u32, parameters: &[f64]) -> bool {
        let (binnings, map) = parameters.split_at_checked(of_binnings(param)).unwrap_or_default();
        let (binnings, _) = binnings.as_chunks::<2>();
        let good = |[bins, weight]: &[f64; 2]| *bins >= 1.0 && (0.0..=1.0).contains(weight);
        binnings.iter().all(good) && BinMap::of(map).is_good()
    }
}

/// The numbers of bins for `n` rows, from the least to the largest.
fn range(n: usize) -> (usize, usize) {
    let root = libm::cbrt(n as f64);
    (((root / 10.0) as usize).max(1), (libm::ceil(10.0 * root) as usize).min(n))
}

/// How many parameters `n` rows may take.
pub fn parameters(n: usize) -> Option<usize> {
    let (_, most) = range(n);
    let bins = most.checked_mul(most)?.div_ceil(2).saturating_add(1).min(n).max(1);
    most.checked_add(bins)?.checked_mul(2)?.checked_sub(1)
}

/// The most parameters of fits to so many rows that are dealt out to so many parts: each
/// row is worth at most a bin, and a binning.
pub fn dealt(parts: usize, rows: usize) -> Option<usize> {
    let (_, most) = range(rows);
    let binnings = parts.checked_mul(most)?.min(rows);
    binnings.checked_add(rows)?.checked_add(parts)?.checked_mul(2)
}

/// Words of scratch for `n` scores of so many bytes.
pub fn words(n: usize, score_size: usize, weighted: bool) -> Option<usize> {
    let (_, most) = range(n);
    equal_mass::words(n, score_size, weighted)?.checked_add(most)?.checked_add(n)
}

/// Binnings whose weight is below this share of the largest cannot change an average.
const LEAST: f64 = f64::from_bits((1023 - 60) << 52);

/// Fits to rows that passed [`TwoClasses::check`], which are also those of `scored`: how
/// many binnings, how it went, and how many parameters.
pub fn fit(
    data: &TwoClasses,
    scored: &Scored,
    prior: f64,
    to: &mut [f64],
    scratch: &mut [u64],
) -> Result<(u32, Fitted, usize), Status> {
    let own = words(data.rows, data.scores.size(), scored.is_weighted()).unwrap_or(0);
    let room = own.saturating_sub(range(data.rows).1 + data.rows);
    let (sorting, room) = scratch.split_at_mut_checked(room).unwrap_or_default();
    let steps = equal_mass::steps(scored, sorting)?;
    let ends = [steps.first(), steps.last()];
    if !ends.iter().flatten().all(|step| is_probability(step.score)) {
        return Err(Status::LGT_E_VALUE);
    }
    let nll_before = score_nll::mean(data);
    sum_up(steps);
    let binnings = Binnings { steps, prior };
    let (least, most) = range(equal_mass::rows(steps));
    let (weights, marks) =
        room.split_at_mut_checked((most + 1).saturating_sub(least)).unwrap_or_default();
    let kept = binnings.weigh(least, weights);
    let (table, map) = to.split_at_mut_checked(2 * kept).unwrap_or_default();
    let table = Table::fill(table, least, weights);
    let segments = binnings.segments(table, marks);
    let used = 2 * segments.len().max(1) - 1;
    let (edges, values) =
        map.get_mut(..used).unwrap_or_default().split_at_mut_checked(used / 2).unwrap_or_default();
    values.fill(if segments.is_empty() { NOTHING } else { 0.0 });
    for (to, end) in edges.iter_mut().zip(segments) {
        *to = equal_mass::edge(steps, *end as usize).unwrap_or(f64::NAN);
    }
    binnings.average(table, segments, values);
    let outcome = binnings.outcome(segments, values);
    Ok((kept as u32, outcome.fitted(nll_before), 2 * kept + used))
}

/// Makes weights those up to and with each step.
fn sum_up(steps: &mut [Step]) {
    let (mut hits, mut weight) = (Sum::ZERO, Sum::ZERO);
    for step in steps {
        (hits, weight) = (hits.plus(step.hits), weight.plus(step.weight));
        (step.hits, step.weight) = (hits.value(), weight.value());
    }
}

/// Numbers of bins and weights, as they stand in a model.
struct Table;

impl Table {
    /// Writes those of `weights`, of `least` bins and on, that are above 0.
    fn fill<'a>(to: &'a mut [f64], least: usize, weights: &[u64]) -> &'a [[f64; 2]] {
        let (table, _) = to.as_chunks_mut::<2>();
        let all = weights.iter().enumerate().map(|(i, w)| ((least + i) as f64, f64::from_bits(*w)));
        let kept = all.filter(|(_, weight)| *weight > 0.0);
        table.iter_mut().zip(kept).for_each(|(to, (bins, weight))| *to = [bins, weight]);
        table
    }
}

/// Rows in steps, their weights summed up.
struct Binnings<'a> {
    steps: &'a [Step],
    prior: f64,
}

/// A bin of one binning.
struct Bin {
    hits: f64,
    weight: f64,
    /// The prior's size ..
    size: f64,
    /// .. and how much of it is of label 1, and of label 0.
    parts: [f64; 2],
}

impl Bin {
    fn value(&self) -> f64 {
        (self.hits + self.parts[0]) / (self.weight + self.size)
    }

    /// The logarithm of the probability of its labels.
    fn log_likelihood(&self) -> f64 {
        let [one, zero] = self.parts;
        let misses = (self.weight - self.hits).max(0.0);
        let more = |prior: f64, by: f64| libm::lgamma(prior + by) - libm::lgamma(prior);
        more(one, self.hits) + more(zero, misses) - more(self.size, self.weight)
    }
}

impl Binnings<'_> {
    /// Weights of label 1 and of all, of steps `from .. to`.
    fn sums(&self, from: usize, to: usize) -> (f64, f64) {
        let up_to = |count: usize| {
            let last = count.checked_sub(1).and_then(|last| self.steps.get(last));
            last.map_or((0.0, 0.0), |step| (step.hits, step.weight))
        };
        let ((h, w), (hits, weight)) = (up_to(from), up_to(to));
        ((hits - h).max(0.0), (weight - w).max(0.0))
    }

    /// The bin of steps `from .. to`, of so many bins.
    fn bin(&self, bins: usize, from: usize, to: usize) -> Bin {
        let (hits, weight) = self.sums(from, to);
        let edge = |at, outer| equal_mass::edge(self.steps, at).unwrap_or(outer);
        let middle = 0.5 * (edge(from, 0.0) + edge(to, 1.0));
        let middle = middle.clamp(0.5 * f64::EPSILON, 1.0 - 0.5 * f64::EPSILON);
        let size = self.prior / bins as f64;
        Bin { hits, weight, size, parts: [size * middle, size * (1.0 - middle)] }
    }

    /// Writes the weights of binnings of `least` bins and on, those that are too small as
    /// 0; how many are not.
    fn weigh(&self, least: usize, weights: &mut [u64]) -> usize {
        let mut best = f64::NEG_INFINITY;
        for (bins, to) in (least..).zip(&mut *weights) {
            let mut sum = Sum::ZERO;
            equal_mass::each_bin(self.steps, bins, &mut |from, end| {
                sum = sum.plus(self.bin(bins, from, end).log_likelihood());
            });
            best = best.max(sum.value());
            *to = sum.value().to_bits();
        }
        let (mut all, mut kept) = (Sum::ZERO, 0);
        for to in &mut *weights {
            let weight = libm::exp(f64::from_bits(*to) - best);
            let weight = if weight >= LEAST { weight } else { 0.0 };
            kept += usize::from(weight > 0.0);
            all = all.plus(weight);
            *to = weight.to_bits();
        }
        for to in weights {
            *to = (f64::from_bits(*to) / all.value()).to_bits();
        }
        kept
    }

    /// Calls with the bins of all binnings, and where they end.
    fn each(&self, table: &[[f64; 2]], each: &mut dyn FnMut(f64, Bin, usize, usize)) {
        for [bins, weight] in table {
            let bins = *bins as usize;
            equal_mass::each_bin(self.steps, bins, &mut |from, to| {
                each(*weight, self.bin(bins, from, to), from, to);
            });
        }
    }

    /// Where bins of any binning end, in steps, in order.
    fn segments<'a>(&self, table: &[[f64; 2]], marks: &'a mut [u64]) -> &'a [u64] {
        let marks = marks.get_mut(..self.steps.len()).unwrap_or_default();
        marks.fill(0);
        for [bins, _] in table {
            equal_mass::each_bin(self.steps, *bins as usize, &mut |_, to| {
                if let Some(mark) = marks.get_mut(to - 1) {
                    *mark = to as u64;
                }
            });
        }
        let mut count = 0;
        for i in 0..marks.len() {
            let mark = marks.get(i).copied().unwrap_or(0);
            if let Some(to) = marks.get_mut(count).filter(|_| mark > 0) {
                *to = mark;
                count += 1;
            }
        }
        marks.get(..count).unwrap_or_default()
    }

    /// Adds the weighted values of all binnings, segment by segment.
    fn average(&self, table: &[[f64; 2]], segments: &[u64], values: &mut [f64]) {
        let mut at = 0;
        self.each(table, &mut |weight, bin, from, to| {
            at = if from == 0 { 0 } else { at };
            let part = weight * bin.value();
            while let (Some(value), Some(_)) =
                (values.get_mut(at), segments.get(at).filter(|end| **end <= to as u64))
            {
                *value = (*value + part).min(1.0);
                at += 1;
            }
        });
    }

    /// What the average says of its own rows.
    fn outcome(&self, segments: &[u64], values: &[f64]) -> Outcome {
        let (mut outcome, mut from) = (Outcome::NONE, 0);
        for (end, value) in segments.iter().zip(values) {
            let (hits, weight) = self.sums(from, *end as usize);
            outcome.add(weight, hits, *value);
            from = *end as usize;
        }
        outcome
    }
}

/// Calibrates scores in place.
pub fn apply(model: &View, scores: &mut [f64]) {
    let map = model.parameters.get(of_binnings(model.param())..).unwrap_or_default();
    BinMap::of(map).apply(scores);
}
