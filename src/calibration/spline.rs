//! Calibration by the slope of a spline: along rows in order of their scores, hits add up
//! to a curve of the share of weight, of which the slope is the probability of a hit.
//!
//! The spline is fitted to that curve, or to what it is above the one of scores; the slope
//! is then what is to be added to the score. Rows of one score are a straight piece of the
//! curve, and get the mean of the slope along it. Parameters are the values of the spline
//! at its knots, then scores, the lowest first, and as many values: straight lines are
//! between.

use super::cubic_spline::{Fit, Knots, Spline};
use super::grouped::{self, Cells, Loss, Place};
use super::interpolation::Table;
use super::score_nll;
use crate::curves::ranked::{self, Group, Ranked, Scored};
use crate::math::sum::Sum;
use crate::model::{Fitted, Model, View};
use crate::rows::column::TwoClasses;
use crate::rows::visit::LARGEST;
use crate::state::Kind;
use crate::status::Status;

pub use super::cubic_spline::{LEAST_KNOTS, MOST_KNOTS};
/// Words of scratch.
pub use ranked::words;

/// The spline is fitted to hits less scores, which are probabilities.
pub const DIFFERENCE: u32 = 0;
/// It is fitted to hits, and of scores only the order is used.
pub const HITS: u32 = 1;

/// How to fit.
#[derive(Clone, Copy)]
pub struct Opts {
    /// How many knots.
    pub knots: usize,
    /// To what, one of the above.
    pub target: u32,
}

/// Up to twice as many scores are kept as they are; of more, the first and last in each of
/// so many equal shares of weight.
const CELLS: usize = 512;

impl Opts {
    /// How many parameters a fit to so many rows may take; the model is never empty.
    pub fn parameters(&self, rows: usize) -> usize {
        self.knots + 2 * rows.clamp(2, 2 * CELLS)
    }

    /// Whether it can be fitted to such a score.
    pub fn takes(&self, score: f64) -> bool {
        if self.target == HITS { !score.is_nan() } else { (0.0..=LARGEST).contains(&score) }
    }

    /// What the head says.
    pub fn param(&self) -> u32 {
        self.knots as u32 | self.target << 8
    }

    /// What a score says of its rows.
    fn known(&self, score: f64) -> f64 {
        if self.target == HITS { 0.0 } else { score }
    }
}

/// A fitted function; the parameter is knots + 256 * target.
pub struct SplineCalibration;

impl Model for SplineCalibration {
    const KIND: Kind = Kind::Spline;

    fn fits(param: u32, parameters: usize) -> bool {
        let knots = knots(param);
        let known = (LEAST_KNOTS..=MOST_KNOTS).contains(&knots) && param >> 8 <= HITS;
        known && parameters >= knots + 2 && (parameters - knots).is_multiple_of(2)
    }

    fn good(param: u32, parameters: &[f64]) -> bool {
        let Table { x, y } = table(param, parameters);
        let rise = x.iter().zip(x.iter().skip(1)).all(|(a, b)| a < b);
        let ends = x.first().zip(x.last()).is_some_and(|(a, b)| !a.is_nan() && !b.is_nan());
        let values = parameters.iter().take(knots(param)).chain(y);
        rise && ends && values.into_iter().all(|y| y.is_finite())
    }
}

fn knots(param: u32) -> usize {
    (param & 0xff) as usize
}

fn table(param: u32, parameters: &[f64]) -> Table<'_> {
    Table::of(parameters.get(knots(param)..).unwrap_or_default())
}

/// Calibrates scores in place.
pub fn apply(model: &View, scores: &mut [f64]) {
    held(table(model.param(), model.parameters), scores);
}

/// What is on the lines, held in 0 .. 1.
fn held(table: Table, scores: &mut [f64]) {
    table.lines(scores);
    scores.iter_mut().for_each(|score| *score = score.clamp(0.0, 1.0));
}

/// What is to be known of scores before anything else.
struct Looked {
    total: f64,
    hits: f64,
    distinct: usize,
    low: f64,
    high: f64,
}

/// Fits to rows that passed [`TwoClasses::check`], which are also those of `scored`; how it
/// went, and how many parameters there are.
pub fn fit(
    data: &TwoClasses,
    scored: &Scored,
    opts: &Opts,
    to: &mut [f64],
    scratch: &mut [u64],
) -> Result<(Fitted, usize), Status> {
    let (census, ranked) = scored.rank(scratch)?;
    let (total, hits) = (grouped::total(&census), census.positive_weight);
    let mut looked = Looked { total, hits, distinct: 0, low: f64::NAN, high: f64::NAN };
    ranked.each(&mut |group| {
        if looked.distinct == 0 {
            looked.high = group.score;
        }
        (looked.low, looked.distinct) = (group.score, looked.distinct + 1);
    });
    let none = census.rows == 0;
    if census.nan_rows > 0 || !(none || opts.takes(looked.low) && opts.takes(looked.high)) {
        return Err(Status::LGT_E_VALUE);
    }
    let (values, table) = to.split_at_mut_checked(opts.knots).unwrap_or_default();
    let one = looked.distinct <= 1 || census.positives == 0 || census.negatives == 0;
    let (y, count) = if one {
        ([0.0; MOST_KNOTS], constant(&looked, opts, table))
    } else {
        curve(&ranked, &looked, opts, table)
    };
    values.iter_mut().zip(y).for_each(|(to, y)| *to = y);
    let table = Table::of(table.get(..2 * count).unwrap_or_default());
    let mut loss = Loss::ZERO;
    grouped::each_block(&ranked, &mut |groups, scores| {
        held(table, scores);
        groups.iter().zip(&*scores).for_each(|(group, p)| loss.add(group, *p));
    });
    let fitted = Fitted {
        status: if one { Status::LGT_DEGENERATE } else { Status::LGT_OK },
        iterations: 1,
        nll_before: score_nll::mean(data),
        nll_after: loss.value() / total,
    };
    Ok((fitted, opts.knots + 2 * count))
}

/// The mean label for all scores; without rows, scores as they are, or 1/2.
fn constant(looked: &Looked, opts: &Opts, table: &mut [f64]) -> usize {
    let identity = looked.distinct == 0 && opts.target == DIFFERENCE;
    let mean = if looked.distinct == 0 { 0.5 } else { looked.hits / looked.total };
    let score = if looked.distinct == 0 { 0.0 } else { looked.low };
    let (count, put) =
        if identity { (2, [0.0, 1.0, 0.0, 1.0]) } else { (1, [score, mean, 0.0, 0.0]) };
    table.iter_mut().zip(put).for_each(|(to, from)| *to = from);
    count
}

/// A score among all, how the curve ends there, and whether the table has it.
struct Step {
    group: Group,
    place: Place,
    /// What the curve lacks of its end, before and with the rows of this score.
    lacks: [f64; 2],
    kept: bool,
}

/// Calls with each score, the highest first.
fn each_step(ranked: &Ranked, looked: &Looked, opts: &Opts, each: &mut dyn FnMut(&Step)) {
    let mut cells = Cells::new(CELLS, looked.total);
    let (mut above, mut high) = (Sum::ZERO, 0.0);
    let mut waiting: Option<Step> = None;
    ranked.each(&mut |group| {
        let place = cells.next(&group);
        let misses = group.negatives * opts.known(group.score);
        above = above.plus(group.positives * (1.0 - opts.known(group.score))).plus(-misses);
        let low = -above.value() / looked.total;
        // The value of many rows is no part of the line to the next.
        let many = place.to - place.from >= 2.0 / CELLS as f64;
        let first = waiting.is_none();
        let after = waiting.as_ref().is_some_and(|step| step.place.starts);
        if let Some(step) = &mut waiting {
            step.kept |= many;
            each(step);
        }
        let kept = looked.distinct <= 2 * CELLS || place.starts || first || after;
        waiting = Some(Step { group, place, lacks: [low, high], kept });
        high = low;
    });
    if let Some(step) = &mut waiting {
        step.kept = true;
        each(step);
    }
}

/// Fits the spline and fills the table; its values at the knots, and how many scores there
/// are.
#[inline(never)]
fn curve(ranked: &Ranked, looked: &Looked, opts: &Opts, table: &mut [f64]) -> (Knots, usize) {
    let (mut fit, mut count, mut start) = (Fit::new(opts.knots), 0, 0.0);
    each_step(ranked, looked, opts, &mut |step| {
        fit.add([step.place.from, step.place.to], step.lacks);
        (count, start) = (count + usize::from(step.kept), step.lacks[0]);
    });
    let spline = fit.spline();
    fill(ranked, looked, opts, &spline, table.get_mut(..2 * count).unwrap_or_default());
    let mut y = spline.y;
    // The curve begins at 0.
    y.iter_mut().take(opts.knots).for_each(|y| *y -= start);
    (y, count)
}

fn fill(ranked: &Ranked, looked: &Looked, opts: &Opts, spline: &Spline, table: &mut [f64]) {
    let (x, y) = table.split_at_mut_checked(table.len() / 2).unwrap_or_default();
    let mut places = x.iter_mut().zip(y).rev();
    each_step(ranked, looked, opts, &mut |step| {
        if let Some((x, y)) = Some(step).filter(|step| step.kept).and_then(|_| places.next()) {
            let slope = spline.mean_slope(step.place.from, step.place.to);
            (*x, *y) = (step.group.score, slope + opts.known(step.group.score));
        }
    });
}
