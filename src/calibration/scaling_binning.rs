//! Scaling-binning: a logistic regression on the score, then bins of equal weight, each of
//! which gives the mean of the fitted values in it.
//!
//! The regression rises or falls with the score, so that bins of its values are ranges of
//! the score, and only those and the means are needed afterwards. Parameters are the slope,
//! the intercept and the least probability of the regression, then where bins begin, the
//! lowest first, and as many values.

use super::grouped::{self, Cells};
use super::interpolation::Table;
use super::logistic_block::MOST;
use super::logistic_form::Form;
use super::logistic_search;
use super::{beta, platt, score_nll};
use crate::curves::ranked::{self, Group, Ranked, Scored};
use crate::math::sum::Sum;
use crate::model::{Fitted, Model, View};
use crate::rows::column::TwoClasses;
use crate::rows::visit::LARGEST;
use crate::state::Kind;
use crate::status::Status;

/// The largest number of bins.
pub const MOST_BINS: u32 = 1 << 16;

/// How to fit.
#[derive(Clone, Copy)]
pub struct Opts {
    /// The regression: one of Platt's forms, or `BetaEqual`, which is Platt's on the logit.
    pub scaling: logistic_search::Opts,
    /// Bins at most.
    pub bins: usize,
}

impl Opts {
    /// How many parameters a fit to so many rows may take; the model is never empty.
    pub fn parameters(&self, rows: usize) -> usize {
        FIRST + 2 * self.bins.min(rows.max(1))
    }

    /// Whether it can be fitted to such a score.
    pub fn takes(&self, score: f64) -> bool {
        let range = if self.scaling.form.is_beta() { 0.0..=LARGEST } else { -MOST..=MOST };
        range.contains(&score)
    }

    /// Fitted values in place of scores.
    fn scale(&self, [a, b, c]: [f64; 3], scores: &mut [f64]) {
        if self.scaling.form.is_beta() {
            beta::apply(scores, [a, b, c], self.scaling.eps);
        } else {
            platt::apply(scores, [a, c]);
        }
    }
}

/// Where bins begin among the parameters.
const FIRST: usize = 3;

/// Words of scratch.
pub use ranked::words;

/// A fitted function; the parameter is that of the regression's form.
pub struct ScalingBinning;

impl Model for ScalingBinning {
    const KIND: Kind = Kind::ScalingBinning;

    fn fits(param: u32, parameters: usize) -> bool {
        let form = Form::of(param);
        let known = matches!(form, Some(Form::Platt | Form::PlattPlain | Form::BetaEqual));
        known && parameters >= FIRST + 2 && (parameters - FIRST).is_multiple_of(2)
    }

    fn good(_: u32, parameters: &[f64]) -> bool {
        let Table { x, y } = table(parameters);
        let rise = x.iter().zip(x.iter().skip(1)).all(|(a, b)| a < b);
        let finite = parameters.iter().all(|p| p.is_finite());
        finite && rise && y.iter().all(|y| (0.0..=1.0).contains(y))
    }
}

fn table(parameters: &[f64]) -> Table<'_> {
    Table::of(parameters.get(FIRST..).unwrap_or_default())
}

/// Calibrates scores in place.
pub fn apply(model: &View, scores: &mut [f64]) {
    table(model.parameters).steps(scores);
}

/// What rows that are not there are worth.
const NOTHING: f64 = 0.5;

/// A range of scores.
struct Bin {
    begin: f64,
    hits: Sum,
    misses: Sum,
    /// Of fitted values times weights.
    fitted: Sum,
}

impl Bin {
    const NONE: Bin = Bin { begin: 0.0, hits: Sum::ZERO, misses: Sum::ZERO, fitted: Sum::ZERO };

    fn add(&mut self, group: &Group, fitted: f64) {
        self.begin = group.score;
        self.hits = self.hits.plus(group.positives);
        self.misses = self.misses.plus(group.negatives);
        self.fitted = self.fitted.plus(fitted * grouped::weight(group));
    }

    fn value(&self) -> f64 {
        (self.fitted.value() / (self.hits.value() + self.misses.value())).min(1.0)
    }

    /// The negative log-likelihood of its rows.
    fn loss(&self) -> f64 {
        let (hits, misses, value) = (self.hits.value(), self.misses.value(), self.value());
        let part = |weight: f64, p: f64| if weight > 0.0 { -weight * libm::log(p) } else { 0.0 };
        part(hits, value) + part(misses, 1.0 - value)
    }
}

/// Halfway between two scores, above the lower one.
fn between(low: f64, high: f64) -> f64 {
    let middle = 0.5 * low + 0.5 * high;
    if middle > low { middle } else { high }
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
    let search = logistic_search::fit(data, &opts.scaling)?;
    let (census, ranked) = scored.rank(scratch)?;
    if census.nan_rows > 0 {
        return Err(Status::LGT_E_VALUE);
    }
    let (total, best) = (grouped::total(&census), search.best);
    let mut count = usize::from(census.rows > 0);
    let (mut cells, mut seen) = (Cells::new(opts.bins, total), false);
    ranked.each(&mut |group| {
        count += usize::from(cells.next(&group).starts && seen);
        seen = true;
    });
    let used = FIRST + 2 * count.max(1);
    let (regression, table) =
        to.get_mut(..used).unwrap_or_default().split_at_mut_checked(FIRST).unwrap_or_default();
    let found = [best[0], best[2], search.eps];
    regression.iter_mut().zip(found).for_each(|(to, from)| *to = from);
    let (begins, values) = table.split_at_mut_checked(used / 2 - 1).unwrap_or_default();
    if count == 0 {
        begins.fill(0.0);
        values.fill(NOTHING);
    }
    let mut loss = Sum::ZERO;
    let mut places = begins.iter_mut().zip(values).rev();
    let scale = |scores: &mut [f64]| opts.scale(best, scores);
    each_bin(&ranked, Cells::new(opts.bins, total), &scale, &mut |bin| {
        loss = loss.plus(bin.loss());
        if let Some((begin, value)) = places.next() {
            (*begin, *value) = (bin.begin, bin.value());
        }
    });
    let fitted = Fitted {
        status: Status::from_code(search.fit_status).unwrap_or(Status::LGT_NOT_CONVERGED),
        iterations: search.iterations,
        nll_before: score_nll::mean(data),
        nll_after: loss.value() / total,
    };
    Ok((fitted, used))
}

/// Calls with every bin, the highest first; `scale` replaces scores by fitted values.
fn each_bin(
    ranked: &Ranked,
    mut cells: Cells,
    scale: &dyn Fn(&mut [f64]),
    each: &mut dyn FnMut(&Bin),
) {
    let mut bin: Option<Bin> = None;
    grouped::each_block(ranked, &mut |groups, scores| {
        scale(scores);
        for (group, fitted) in groups.iter().zip(&*scores) {
            let starts = cells.next(group).starts;
            if let Some(above) = bin.as_mut().filter(|_| starts) {
                above.begin = between(group.score, above.begin);
                each(above);
                bin = None;
            }
            bin.get_or_insert(Bin::NONE).add(group, *fitted);
        }
    });
    bin.iter().for_each(each);
}
