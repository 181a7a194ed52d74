//! Histogram binning: the share of label 1 in each bin of scores.
//!
//! Parameters are the edges between bins, rising, and then the value of each bin.

use super::bin_map::{BinMap, Outcome};
use super::equal_mass;
use super::histogram_counts::{self, Bin, round};
use super::score_nll;
use crate::curves::ranked::Scored;
use crate::metrics::bins::MAX_BINS;
use crate::metrics::ece_binary::EceBinary;
use crate::model::{Fitted, Model, View};
use crate::rows::column::TwoClasses;
use crate::state::Kind;
use crate::status::Status;

/// Bins of equal width on 0 .. 1.
pub const EQUAL_WIDTH: u32 = 0;
/// Bins of as many rows each.
pub const EQUAL_MASS: u32 = 1;

/// How to make bins.
#[derive(Clone, Copy)]
pub struct Opts {
    /// One of the above.
    pub strategy: u32,
    /// How many bins.
    pub bins: usize,
}

impl Opts {
    /// Whether there may be so many bins of a kind that is known.
    pub fn are_good(&self) -> bool {
        self.strategy <= EQUAL_MASS && (1..=MAX_BINS as usize).contains(&self.bins)
    }

    /// Whether scores are put in order.
    pub fn sorts(&self) -> bool {
        self.strategy == EQUAL_MASS
    }

    /// The most parameters there may be.
    pub fn parameters(&self) -> usize {
        2 * self.bins - 1
    }

    /// Words of scratch for `n` scores of so many bytes.
    pub fn words(&self, n: usize, score_size: usize, weighted: bool) -> Option<usize> {
        if self.sorts() {
            equal_mass::words(n, score_size, weighted)
        } else {
            self.bins.checked_mul(histogram_counts::WORDS)
        }
    }
}

/// A fitted function; the parameter is the strategy.
pub struct HistogramBinning;

impl Model for HistogramBinning {
    const KIND: Kind = Kind::HistogramBinning;

    fn fits(param: u32, parameters: usize) -> bool {
        param <= EQUAL_MASS && !parameters.is_multiple_of(2)
    }

    fn good(_: u32, parameters: &[f64]) -> bool {
        BinMap::of(parameters).is_good()
    }
}

/// What rows that are not there are worth.
pub const NOTHING: f64 = 0.5;

/// Fits to rows that passed [`TwoClasses::check`], which are also those of `scored` if
/// scores are put in order; how it went, and how many parameters there are.
pub fn fit(
    data: &TwoClasses,
    scored: &Scored,
    opts: &Opts,
    to: &mut [f64],
    scratch: &mut [u64],
) -> Result<(Fitted, usize), Status> {
    if opts.sorts() {
        return fit_mass(data, scored, opts.bins, to, scratch);
    }
    let mut writer = Width::new(to, opts.bins, !data.scores.wide());
    if !histogram_counts::each_bin(data, opts.bins, scratch, &mut |bin| writer.put(bin)) {
        return Err(Status::LGT_E_VALUE);
    }
    Ok((writer.outcome.fitted(score_nll::mean(data)), opts.parameters()))
}

/// The model of what a state has seen; `E_VALUE` if that was a NaN, `E_MISMATCH` if its
/// bins are closed on the left.
pub fn from_state(
    state: &EceBinary,
    narrow: bool,
    to: &mut [f64],
) -> Result<(Fitted, usize), Status> {
    if state.closed_left() {
        return Err(Status::LGT_E_MISMATCH);
    }
    if state.finish().nan_rows > 0 {
        return Err(Status::LGT_E_VALUE);
    }
    let bins = state.bins();
    let mut writer = Width::new(to, bins.len(), narrow);
    let used = 2 * bins.len() - 1;
    bins.for_each(|bin| writer.put(Bin { weight: bin.weight, frequency: bin.frequency }));
    Ok((writer.outcome.fitted(f64::NAN), used))
}

/// Writes a model of bins of equal width.
struct Width<'a> {
    edges: &'a mut [f64],
    values: &'a mut [f64],
    bins: usize,
    narrow: bool,
    at: usize,
    outcome: Outcome,
}

impl<'a> Width<'a> {
    fn new(to: &'a mut [f64], bins: usize, narrow: bool) -> Width<'a> {
        let (edges, values) = to.split_at_mut_checked(bins - 1).unwrap_or_default();
        Width { edges, values, bins, narrow, at: 0, outcome: Outcome::NONE }
    }

    /// Writes the next bin.
    fn put(&mut self, bin: Bin) {
        let (at, count) = (self.at, self.bins as f64);
        let middle = (at as f64 + 0.5) / count;
        let value = if bin.weight > 0.0 { bin.frequency } else { middle };
        if let Some(to) = self.edges.get_mut(at) {
            *to = round((at + 1) as f64 / count, self.narrow);
        }
        if let Some(to) = self.values.get_mut(at) {
            *to = value;
        }
        self.outcome.add(bin.weight, bin.weight * value, value);
        self.at += 1;
    }
}

fn fit_mass(
    data: &TwoClasses,
    scored: &Scored,
    bins: usize,
    to: &mut [f64],
    scratch: &mut [u64],
) -> Result<(Fitted, usize), Status> {
    let steps = equal_mass::steps(scored, scratch)?;
    let mut count = 0;
    equal_mass::each_bin(steps, bins, &mut |_, _| count += 1);
    let used = 2 * usize::max(count, 1) - 1;
    let (edges, values) = to.split_at_mut_checked(used / 2).unwrap_or_default();
    values.iter_mut().take(1).for_each(|value| *value = NOTHING);
    let (mut edges, mut values) = (edges.iter_mut(), values.iter_mut());
    let mut outcome = Outcome::NONE;
    equal_mass::each_bin(steps, bins, &mut |from, end| {
        let inside = steps.get(from..end).unwrap_or_default();
        let (hits, weight) =
            inside.iter().fold((0.0, 0.0), |(h, w), step| (h + step.hits, w + step.weight));
        let value = (hits / weight).min(1.0);
        if let (Some(edge), Some(to)) =
            (equal_mass::edge(steps, from), if from > 0 { edges.next() } else { None })
        {
            *to = edge;
        }
        values.next().into_iter().for_each(|to| *to = value);
        outcome.add(weight, weight * value, value);
    });
    Ok((outcome.fitted(score_nll::mean(data)), used))
}

/// Calibrates scores in place.
pub fn apply(model: &View, scores: &mut [f64]) {
    BinMap::of(model.parameters).apply(scores);
}
