//! Scores of two classes in order, with what belongs to them, in the caller's scratch:
//! what every curve and every number read off it is made from.
//!
//! Without weights a score and its label are packed into as many bits as a score has
//! (`packing`). With weights in f32 and scores computed in f32 the three are packed
//! into 64. Other scores with weights are ordered by place.

use super::ordered::{self, Ordered};
use super::packing::{BLOCK, Bits, Ends, Pack, ReadLabels};
use super::weighted::{Block, Weighted};
use crate::math::fixed::{BOUND, UNIT};
use crate::math::order::sort;
use crate::math::sum::Sum;
use crate::rows::column::TwoClasses;
use crate::rows::labels::Labels;
use crate::rows::numbers::Numbers;
use crate::rows::order::{self, Order};
use crate::simd::Elem;
use crate::status::Status;

/// Scores, labels and, if any, weights.
#[derive(Clone, Copy)]
pub struct Scored {
    numbers: Numbers,
    labels: Labels,
    weights: Option<Numbers>,
    n: usize,
    /// 1 where labels are read as what they are not.
    flip: u32,
}

/// How many rows there are, of which kind.
#[derive(Clone, Copy, Debug)]
pub struct Census {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those of them whose score is NaN; they are in nothing below.
    pub nan_rows: u64,
    /// Rows of label 1.
    pub positives: u64,
    /// Rows of label 0.
    pub negatives: u64,
    /// The sum of weights of label 1.
    pub positive_weight: f64,
    /// The sum of weights of label 0.
    pub negative_weight: f64,
}

impl Census {
    /// Whether there are both classes and no NaN, which all curves need.
    pub fn is_whole(&self) -> bool {
        self.nan_rows == 0 && self.positives > 0 && self.negatives > 0
    }
}

/// All rows of one score.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// The score.
    pub score: f64,
    /// The sum of weights of label 1.
    pub positives: f64,
    /// The sum of weights of label 0.
    pub negatives: f64,
    /// How many rows of weight above 0.
    pub rows: usize,
}

/// Called with the first row of a block, the scores of its rows as bits, and labels.
type EachBlock<'a, B> = &'a mut dyn FnMut(usize, &[B], &[u32]);

/// Words of scratch for `n` scores of so many bytes; places are numbered in 31 bits,
/// and rows in 32.
pub fn words(n: usize, score_size: usize, weighted: bool) -> Option<usize> {
    match (score_size < 8, weighted) {
        (false, true) => order::words(n),
        _ if n > u32::MAX as usize => None,
        (true, false) => Some(n.div_ceil(2)),
        _ => Some(n),
    }
}

/// Rows in order.
#[derive(Clone, Copy)]
pub enum Ranked<'a> {
    /// Scores computed in f32.
    Narrow(Halves<'a, u32>),
    /// Scores in f64.
    Wide(Halves<'a, u64>),
    /// Scores computed in f32, with weights.
    Weighted(Halves<'a, Weighted>),
    /// Scores in f64, with weights.
    Ordered(Ordered<'a>),
}

/// Rows below 0 and the others, both in order, the lowest first.
#[derive(Clone, Copy)]
pub struct Halves<'a, T> {
    /// Scores below 0.
    pub below: &'a [T],
    /// The others.
    pub others: &'a [T],
}

/// A row as it is sorted.
pub trait Row: Copy {
    /// Its score, if that is below 0 or not.
    fn score(self, below: bool) -> f64;
    /// Its label.
    fn label(self) -> u32;
    /// Its weight.
    fn weight(self) -> f64;
    /// Whether two on the same side of 0 have the same score.
    fn ties(self, other: Self) -> bool;
}

impl<B: Bits> Row for B {
    #[inline(always)]
    fn score(self, below: bool) -> f64 {
        Bits::score(self, below)
    }
    #[inline(always)]
    fn label(self) -> u32 {
        Bits::label(self)
    }
    #[inline(always)]
    fn weight(self) -> f64 {
        1.0
    }
    #[inline(always)]
    fn ties(self, other: B) -> bool {
        Bits::ties(self, other)
    }
}

impl Scored {
    /// Weights are of f64 if scores are, else of f32.
    ///
    /// # Safety
    /// There must be `n` of each, aligned, as long as this is used.
    pub unsafe fn new(
        numbers: Numbers,
        labels: Labels,
        weights: Option<Numbers>,
        n: usize,
    ) -> Scored {
        Scored { numbers, labels, weights, n, flip: 0 }
    }

    /// Scores that lie elsewhere too, next to one another; the others are those of `data`.
    ///
    /// # Safety
    /// As [`new`](Scored::new), for the rows of `data`.
    pub unsafe fn of(data: &TwoClasses, numbers: Numbers) -> Scored {
        let weights = (!data.weights.is_null()).then(|| {
            // SAFETY: weights lie next to one another.
            unsafe { data.weights.packed(data.rows, core::ptr::null_mut()) }
        });
        Scored { numbers, labels: data.labels, weights, n: data.rows, flip: 0 }
    }

    /// The same without weights, label 0 read as 1 and 1 as 0: in order, of equal scores
    /// those that are truly of label 1 come first.
    pub fn inverted(self) -> Scored {
        Scored { weights: None, flip: 1, ..self }
    }

    /// Whether rows have weights.
    pub fn is_weighted(&self) -> bool {
        self.weights.is_some()
    }

    /// Words of scratch that it takes to rank.
    pub fn words(&self) -> Option<usize> {
        words(self.n, self.numbers.size(), self.weights.is_some())
    }

    /// Puts the rows in order, if none of them is NaN. The scratch has [`words`](Scored::words). `E_LABEL` for
    /// a label that is not 0 or 1, `E_VALUE` for a weight outside 0 .. 2^63.
    #[inline(never)]
    pub fn rank<'a>(&self, scratch: &'a mut [u64]) -> Result<(Census, Ranked<'a>), Status> {
        let (census, ranked) = self.rank_unweighed(scratch)?;
        Ok((census.weighed(&ranked), ranked))
    }

    /// The same, without sums of weights if there are any.
    pub fn rank_unweighed<'a>(
        &self,
        scratch: &'a mut [u64],
    ) -> Result<(Census, Ranked<'a>), Status> {
        match (self.weights, self.numbers) {
            (None, Numbers::F64(_)) => {
                let to = scratch.get_mut(..self.n).unwrap_or_default();
                let (census, halves) = self.pack(to)?;
                Ok((census, Ranked::Wide(halves)))
            }
            (None, _) => {
                // SAFETY: a u64 is two u32, whatever its bits.
                let (_, to, _) = unsafe { scratch.align_to_mut::<u32>() };
                let (census, halves) = self.pack(to.get_mut(..self.n).unwrap_or_default())?;
                Ok((census, Ranked::Narrow(halves)))
            }
            (Some(weights), Numbers::F64(_)) => self.order(weights, scratch),
            (Some(weights), _) => {
                let to = scratch.get_mut(..self.n).unwrap_or_default();
                self.pack_weighted(weights, to)
            }
        }
    }

    /// Blocks of rows: where they start, their scores as bits and their labels.
    fn blocks<B: Bits>(&self, each: EachBlock<B>) -> Result<(), Status> {
        let (mut scores, mut labels) = ([B::MIN; BLOCK], [0; BLOCK]);
        for start in (0..self.n).step_by(BLOCK) {
            let n = BLOCK.min(self.n - start);
            let Some(labels) = labels.get_mut(..n) else { continue };
            let read = ReadLabels { labels: self.labels, start, to: labels };
            if !f32::dispatch(read) {
                return Err(Status::LGT_E_LABEL);
            }
            labels.iter_mut().for_each(|label| *label ^= self.flip);
            // SAFETY: `new` was told of these rows.
            let scores = unsafe { B::read(&self.numbers, start, n, &mut scores) };
            each(start, scores, labels);
        }
        Ok(())
    }

    fn pack<'a, B: Bits>(&self, to: &'a mut [B]) -> Result<(Census, Halves<'a, B>), Status> {
        let mut ends = Ends { front: 0, back: to.len(), positives: 0, nan: 0 };
        let mut packed = [B::MIN; BLOCK];
        let place = to.as_mut_ptr();
        let mut nan_positives = 0;
        self.blocks(&mut |_, scores: &[B], labels| {
            let before = ends.nan;
            ends =
                B::Number::dispatch(Pack { scores, labels, packed: &mut packed, to: place, ends });
            if ends.nan > before {
                let labels = scores.iter().zip(labels).filter(|(score, _)| score.is_nan());
                nan_positives += labels.map(|(_, label)| u64::from(*label)).sum::<u64>();
            }
        })?;
        let positives = ends.positives - nan_positives;
        let negatives = to.len() as u64 - ends.nan - positives;
        let census = Census {
            rows: to.len() as u64,
            nan_rows: ends.nan,
            positives,
            negatives,
            positive_weight: positives as f64,
            negative_weight: negatives as f64,
        };
        // Both ends have met.
        let (below, others) = to.split_at_mut_checked(ends.front).unwrap_or_default();
        if census.nan_rows == 0 {
            sort(below);
            sort(others);
        }
        Ok((census, Halves { below, others }))
    }

    fn pack_weighted<'a>(
        &self,
        weights: Numbers,
        to: &'a mut [u64],
    ) -> Result<(Census, Ranked<'a>), Status> {
        let Numbers::F32(weights) = weights else { return Err(Status::LGT_E_VALUE) };
        let mut ends = Ends { front: 0, back: to.len(), positives: 0, nan: 0 };
        let (mut census, mut good, place) = (Census::NONE, true, to.as_mut_ptr());
        let (mut block, mut packed) = (Block::EMPTY, [0u64; BLOCK]);
        self.blocks(&mut |start, scores: &[u32], labels| {
            // SAFETY: `new` was told of `n` weights.
            let weights = unsafe { core::slice::from_raw_parts(weights.add(start), scores.len()) };
            good &= block.fill(scores, labels, weights, &mut census);
            let (scores, labels) = block.rows();
            ends = f64::dispatch(Pack { scores, labels, packed: &mut packed, to: place, ends });
        })?;
        if !good {
            return Err(Status::LGT_E_VALUE);
        }
        let (below, others) = to.split_at_mut_checked(ends.back).unwrap_or_default();
        let below = below.get_mut(..ends.front).unwrap_or_default();
        sort(below);
        sort(others);
        let halves = Halves { below: Weighted::of(below), others: Weighted::of(others) };
        Ok((census, Ranked::Weighted(halves)))
    }

    fn order<'a>(
        &self,
        weights: Numbers,
        scratch: &'a mut [u64],
    ) -> Result<(Census, Ranked<'a>), Status> {
        if !self.labels.are_binary(self.n) {
            return Err(Status::LGT_E_LABEL);
        }
        let mut census = Census::NONE;
        for i in 0..self.n {
            // SAFETY: `new` was told of `n` of each.
            let (score, weight) = unsafe { (self.numbers.get(i), weights.get(i)) };
            if !(0.0..=BOUND).contains(&weight) {
                return Err(Status::LGT_E_VALUE);
            }
            if weight >= UNIT {
                census.count(score.is_nan(), self.labels.get(i) as u32);
            }
        }
        // NaN is at one end or the other, and passed over.
        // SAFETY: `new` was told of `n` numbers.
        let (order, room) = unsafe { Order::of(&self.numbers, self.n, scratch) };
        let rows = ordered::Rows { numbers: self.numbers, labels: self.labels, weights };
        // SAFETY: as above.
        let ordered = unsafe { Ordered::new(rows, order, room) };
        Ok((census, Ranked::Ordered(ordered)))
    }
}

impl Census {
    const NONE: Census = Census {
        rows: 0,
        nan_rows: 0,
        positives: 0,
        negatives: 0,
        positive_weight: 0.0,
        negative_weight: 0.0,
    };

    /// Counts a row; whether it has a score.
    #[inline(always)]
    pub fn count(&mut self, nan: bool, label: u32) -> bool {
        self.rows += 1;
        self.nan_rows += u64::from(nan);
        self.positives += u64::from(!nan && label != 0);
        self.negatives += u64::from(!nan && label == 0);
        !nan
    }

    /// With the sums of weights, added in the order that a curve adds them.
    pub fn weighed(mut self, ranked: &Ranked) -> Census {
        if let Ranked::Weighted(_) | Ranked::Ordered(_) = ranked {
            let mut sums = [Sum::ZERO; 2];
            ranked.each(&mut |group| {
                sums = [sums[0].plus(group.negatives), sums[1].plus(group.positives)];
            });
            [self.negative_weight, self.positive_weight] = sums.map(Sum::value);
        }
        self
    }
}

impl Ranked<'_> {
    /// Calls with the rows of each score, the highest first. There must be no NaN.
    #[inline(never)]
    pub fn each(&self, each: &mut dyn FnMut(Group)) {
        match self {
            Ranked::Narrow(halves) => halves.each(each),
            Ranked::Wide(halves) => halves.each(each),
            Ranked::Weighted(halves) => halves.each(each),
            Ranked::Ordered(ordered) => ordered.each(each),
        }
    }

    /// Calls with what each score adds, the highest first: the score, and the weights of
    /// label 1 and 0 down to and with it.
    pub fn each_sum(&self, each: &mut dyn FnMut(Group)) {
        let (mut positives, mut negatives) = (Sum::ZERO, Sum::ZERO);
        self.each(&mut |group| {
            positives = positives.plus(group.positives);
            negatives = negatives.plus(group.negatives);
            each(Group { positives: positives.value(), negatives: negatives.value(), ..group });
        });
    }
}

impl<T: Row> Halves<'_, T> {
    fn each(&self, each: &mut dyn FnMut(Group)) {
        half(self.others, false, each);
        half(self.below, true, each);
    }
}

#[inline(never)]
fn half<T: Row>(rows: &[T], below: bool, each: &mut dyn FnMut(Group)) {
    let mut rest = rows.iter().rev().copied();
    let mut next = rest.next();
    while let Some(first) = next {
        let (mut positives, mut negatives, left) = (0.0, 0.0, rest.len() + 1);
        while let Some(row) = next.filter(|row| row.ties(first)) {
            if row.label() == 0 {
                negatives += row.weight();
            } else {
                positives += row.weight();
            }
            next = rest.next();
        }
        let rows = left - rest.len() - usize::from(next.is_some());
        each(Group { score: first.score(below), positives, negatives, rows });
    }
}
