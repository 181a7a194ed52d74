//! Isotonic regression: the rising function of a score that is nearest to the labels,
//! both by squares and by likelihood.
//!
//! Parameters are thresholds, the lowest first, and then as many values.

use super::interpolation::Table;
use super::pooling::{self, Block};
use super::score_nll;
use crate::curves::ranked::Scored;
use crate::math::sum::Sum;
use crate::model::{Fitted, Model, View};
use crate::rows::column::TwoClasses;
use crate::state::Kind;
use crate::status::Status;

/// Lines between the first and last scores of blocks.
pub const LINEAR: u32 = 0;
/// Lines between their mean scores.
pub const CENTRED: u32 = 1;
/// Steps at their first scores.
pub const STEP: u32 = 2;

/// A fitted function; the parameter is one of the above.
pub struct Isotonic;

impl Model for Isotonic {
    const KIND: Kind = Kind::Isotonic;

    fn fits(param: u32, parameters: usize) -> bool {
        param <= STEP && parameters >= 2 && parameters.is_multiple_of(2)
    }

    fn good(_: u32, parameters: &[f64]) -> bool {
        let Table { x, y } = Table::of(parameters);
        let rise = x.iter().zip(x.iter().skip(1)).all(|(a, b)| a < b)
            && y.iter().zip(y.iter().skip(1)).all(|(a, b)| a <= b);
        rise && !x.iter().any(|x| x.is_nan()) && y.iter().all(|y| (0.0..=1.0).contains(y))
    }
}

/// How many parameters `n` rows may take; the model is never empty.
pub fn parameters(n: usize, weighted: bool) -> Option<usize> {
    let thresholds = if weighted { n } else { n.min(2 * pooling::most_blocks(n)) };
    thresholds.max(1).checked_mul(2)
}

/// What rows that are not there are worth.
const NOTHING: f64 = 0.5;

/// Fits to rows that passed [`TwoClasses::check`], which are also those of `scored`;
/// how it went, and how many parameters there are.
pub fn fit(
    data: &TwoClasses,
    scored: &Scored,
    kind: u32,
    to: &mut [f64],
    scratch: &mut [u64],
) -> Result<(Fitted, usize), Status> {
    let (census, blocks) = pooling::pool(scored, scratch)?;
    let (mut loss, mut weight, mut count, mut thresholds) = (Sum::ZERO, Sum::ZERO, 0, 0);
    blocks.each(false, &mut |block| {
        (loss, weight) = (loss.plus(block.loss()), weight.plus(block.weight));
        (count, thresholds) = (count + 1, thresholds + ends(&block, kind).count());
    });
    let used = 2 * thresholds.max(1);
    let (x, y) = to.split_at_mut_checked(used / 2).unwrap_or_default();
    if census.rows == 0 {
        x.fill(0.0);
        y.iter_mut().take(1).for_each(|y| *y = NOTHING);
    }
    let mut places = x.iter_mut().zip(y);
    blocks.each(kind == CENTRED, &mut |block| {
        for (end, (x, y)) in ends(&block, kind).zip(&mut places) {
            (*x, *y) = (end, block.value());
        }
    });
    let fitted = Fitted {
        status: if count > 1 { Status::LGT_OK } else { Status::LGT_DEGENERATE },
        iterations: 1,
        nll_before: score_nll::mean(data),
        nll_after: loss.value() / weight.value(),
    };
    Ok((fitted, used))
}

/// Where the function has the value of a block.
fn ends(block: &Block, kind: u32) -> impl Iterator<Item = f64> {
    let (first, second) = match kind {
        LINEAR => (block.low, (block.high > block.low).then_some(block.high)),
        CENTRED => (block.middle, None),
        _ => (block.low, None),
    };
    core::iter::once(first).chain(second)
}

/// Calibrates scores in place.
pub fn apply(model: &View, scores: &mut [f64]) {
    let table = Table::of(model.parameters);
    if model.param() == STEP {
        table.steps(scores);
    } else {
        table.lines(scores);
    }
}
