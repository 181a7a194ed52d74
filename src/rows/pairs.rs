//! A true and a predicted class a row, a block at a time: made 32-bit numbers,
//! and checked, while they lie in the cache.

use super::labels::Labels;
use crate::simd::{Elem, Io, Kernel};

/// Rows of a block: with what is read and what is counted in the first cache.
pub const BLOCK: usize = 256;

/// What an update is given.
#[derive(Clone, Copy)]
pub struct Pairs {
    /// The true class of each row.
    pub labels: Labels,
    /// The class that each row was given.
    pub predicted: Labels,
    /// Number of rows.
    pub rows: usize,
    /// Classes are 0 .. classes - 1; at most `i32::MAX` of them.
    pub classes: u32,
    /// Rows with this label are left out, and what was predicted for them is not
    /// looked at.
    pub ignore: Option<i32>,
}

/// Some rows of [`Pairs`], each below the number of classes.
pub struct Block {
    labels: [i32; BLOCK],
    predicted: [i32; BLOCK],
    len: usize,
}

impl Block {
    /// A place for a block.
    pub const EMPTY: Block = Block { labels: [0; BLOCK], predicted: [0; BLOCK], len: 0 };

    /// True and predicted class of each row that was not left out.
    #[inline(always)]
    pub fn iter(&self) -> impl Iterator<Item = (usize, usize)> + use<'_> {
        let pairs = self.labels.iter().zip(&self.predicted).take(self.len);
        pairs.map(|(label, predicted)| (*label as usize, *predicted as usize))
    }

    /// Leaves out the rows with that label, and says how many they were.
    fn drop(&mut self, ignore: i32) -> u64 {
        let mut kept = 0;
        for i in 0..self.len.min(BLOCK) {
            // Both are in the arrays: `kept` is at most `i`.
            let (label, predicted) = (self.labels[i], self.predicted[i]);
            if kept < BLOCK {
                self.labels[kept] = label;
                self.predicted[kept] = predicted;
            }
            kept += usize::from(label != ignore);
        }
        let dropped = self.len - kept;
        self.len = kept;
        dropped as u64
    }
}

impl Pairs {
    /// The label that is left out, if the type of the labels has it.
    fn ignored(&self) -> Option<i32> {
        self.ignore.filter(|label| *label >= 0 || self.labels.signed())
    }

    /// Fills `block` with the rows from `start` on and returns how many were left
    /// out; nothing if one of them names no class.
    pub fn load(&self, start: usize, block: &mut Block) -> Option<u64> {
        let last = self.classes as i32 - 1;
        block.len = BLOCK.min(self.rows - start);
        let off = narrow(&self.labels, start, last, block.labels.get_mut(..block.len)?)
            | narrow(&self.predicted, start, last, block.predicted.get_mut(..block.len)?);
        let Some(ignore) = self.ignored() else {
            return (off >= 0).then_some(0);
        };
        let dropped = block.drop(ignore);
        let off = |off: i32, x: &i32| off | x | last.wrapping_sub(*x);
        let labels = block.labels.iter().take(block.len).fold(0, off);
        let predicted = block.predicted.iter().take(block.len).fold(0, off);
        (labels | predicted >= 0).then_some(dropped)
    }

    /// Whether every row names classes.
    pub fn good(&self) -> bool {
        let mut block = Block::EMPTY;
        (0..self.rows).step_by(BLOCK).all(|start| self.load(start, &mut block).is_some())
    }

    /// True and predicted class of a row that is known to be good, if it is not
    /// left out.
    pub fn get(&self, r: usize) -> Option<(usize, usize)> {
        let mut label = [0];
        self.labels.narrow(r, &mut label);
        let kept = self.ignored() != Some(label[0]);
        kept.then(|| (label[0] as usize, self.predicted.get(r) as usize))
    }
}

/// Labels from row `start` on, into `out`; below 0 if one of them is no class up to
/// `last`.
fn narrow(labels: &Labels, start: usize, last: i32, out: &mut [i32]) -> i32 {
    f32::dispatch(Narrow { labels, start, last, out })
}

/// Plain loops behind a door, for the compiler to make vectors of.
struct Narrow<'a> {
    labels: &'a Labels,
    start: usize,
    last: i32,
    out: &'a mut [i32],
}

impl Kernel<f32> for Narrow<'_> {
    type Out = i32;

    #[inline(always)]
    fn run<S: Io<f32>>(self, _: S) -> i32 {
        self.labels.narrow(self.start, self.out);
        // A number is bad if it, or what it leaves of the last class, is negative.
        let off = |x: i32| x | self.last.wrapping_sub(x);
        let mut all = 0;
        for x in self.out.iter() {
            all |= off(*x);
        }
        all
    }
}
