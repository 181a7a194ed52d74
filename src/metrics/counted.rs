//! What states of pairs of classes share: how they are set up, and an update that
//! happens as a whole or not at all.

use crate::math::fixed::UNIT;
use crate::rows::labels::Weights;
use crate::rows::pairs::{BLOCK, Block, Pairs};
use crate::state::{Params, State};
use crate::status::Status;

/// Rows have weights.
pub const WEIGHTED: u64 = 1;
/// There is a label that leaves its row out.
pub const IGNORE: u64 = 2;

/// How a state is set up, beside its number of classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setup {
    /// Rows have weights.
    pub weighted: bool,
    /// Rows with this label are left out.
    pub ignore: Option<i32>,
}

impl Setup {
    /// The parameters of a state.
    pub fn params(self, classes: u32) -> Params {
        let flag = |on: bool, flag: u64| if on { flag } else { 0 };
        let flags = flag(self.weighted, WEIGHTED) | flag(self.ignore.is_some(), IGNORE);
        let ignore = self.ignore.unwrap_or(0) as u32;
        Params { param: classes, words: [flags, ignore.into(), 0, 0] }
    }

    /// What words in a state say, if they are words that [`Setup::params`] makes.
    pub fn of(params: &Params) -> Option<Setup> {
        let [flags, ignore, ..] = params.words;
        let weighted = flags & WEIGHTED != 0;
        let setup = Setup { weighted, ignore: (flags & IGNORE != 0).then_some(ignore as i32) };
        let known = setup.params(params.param).words == params.words;
        (known && setup.ignore != Some(i32::MIN)).then_some(setup)
    }
}

/// A state that counts pairs of classes.
pub trait Counted: State {
    /// Number of classes.
    fn classes(&self) -> usize;
    /// How it was set up.
    fn setup(&self) -> Setup;
    /// Rows that were counted, and rows that were left out.
    fn seen(&mut self) -> (&mut u64, &mut u64);
    /// One more of each pair.
    fn more(&mut self, block: &Block);
    /// One less of each pair.
    fn less(&mut self, block: &Block);
    /// Adds a pair's weight.
    fn weigh(&mut self, label: usize, predicted: usize, weight: f64);
}

/// Adds all rows, or none and says why.
pub fn update(
    state: &mut (impl Counted + ?Sized),
    pairs: &Pairs,
    weights: Option<Weights<f64>>,
) -> Result<(), Status> {
    let weighted = state.setup().weighted;
    let (rows, ignored) = match weights {
        Some(_) if !weighted => return Err(Status::LGT_E_OPTION),
        Some(weights) => weigh(state, pairs, weights)?,
        None if weighted => weigh(state, pairs, Weights::ONE)?,
        None => count(state, pairs)?,
    };
    let (counted, left_out) = state.seen();
    *counted = counted.wrapping_add(rows);
    *left_out = left_out.wrapping_add(ignored);
    Ok(())
}

/// Labels are looked at once, when they are counted. A bad one is met with blocks
/// before it counted already: these are subtracted again, and as counts are whole
/// numbers the state is what it was, to the byte.
fn count(state: &mut (impl Counted + ?Sized), pairs: &Pairs) -> Result<(u64, u64), Status> {
    let (mut block, mut ignored) = (Block::EMPTY, 0);
    for start in (0..pairs.rows).step_by(BLOCK) {
        let Some(left_out) = pairs.load(start, &mut block) else {
            for start in (0..start).step_by(BLOCK) {
                if pairs.load(start, &mut block).is_some() {
                    state.less(&block);
                }
            }
            return Err(Status::LGT_E_LABEL);
        };
        ignored += left_out;
        state.more(&block);
    }
    Ok((pairs.rows as u64 - ignored, ignored))
}

fn weigh(
    state: &mut (impl Counted + ?Sized),
    pairs: &Pairs,
    weights: Weights<f64>,
) -> Result<(u64, u64), Status> {
    if !pairs.good() {
        return Err(Status::LGT_E_LABEL);
    }
    weights.check(pairs.rows)?;
    let (mut rows, mut ignored) = (0, 0);
    for r in 0..pairs.rows {
        let Some((label, predicted)) = pairs.get(r) else {
            ignored += 1;
            continue;
        };
        let weight = weights.get(r);
        if weight >= UNIT {
            rows += 1;
            state.weigh(label, predicted, weight);
        }
    }
    Ok((rows, ignored))
}
