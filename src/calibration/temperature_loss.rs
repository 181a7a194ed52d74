//! The negative log-likelihood of scaled logits at some temperatures, with its
//! derivatives in `1 / T`, as a mergeable state: what a fit asks of the data, wherever
//! the data lies.

use super::temperature_moments::{BLOCK, Block, Places};
use super::temperature_terms::{Settle, TERMS};
use crate::math::fixed::{Bounded, Unbounded};
use crate::math::grid::{self, Waiting};
use crate::metrics::labelled::Labelled;
use crate::simd::{Elem, Real};
use crate::state::{Head, Kind, MOST_WORDS, Params, State};

/// The most temperatures.
pub const MOST: usize = MOST_WORDS;

/// What has been seen. The parameter in the header is how many temperatures there are,
/// and 256 times how many of them, the first ones, have derivatives.
#[repr(C)]
pub struct TemperatureLoss {
    head: Head,
    /// Bits of the temperatures, 0 past the last.
    temperatures: [u64; MOST],
    rows: u64,
    /// Those whose loss is finite at no temperature: in no sum.
    lost_rows: u64,
    /// Those whose logits are not all the same.
    varied_rows: u64,
    weight: Bounded,
    /// For each temperature.
    sums: [Sums],
}

/// Sums over rows at one temperature: the loss, then the first four derivatives
/// in `beta = 1 / T`, the n-th times `beta^n`.
type Sums = [Unbounded; 5];

/// Bytes before the sums.
const START: usize = 16 + 8 * (MOST + 3) + 32;

// SAFETY: repr(C) of u64s behind a head.
unsafe impl State for TemperatureLoss {
    const KIND: Kind = Kind::TemperatureLoss;
    const WORDS: usize = MOST;

    fn size(params: &Params) -> Option<usize> {
        let (count, derivatives) = counts(params.param);
        let (some, none) = params.words.split_at_checked(count)?;
        let good = count > 0
            && derivatives <= count
            && some.iter().all(|t| (1e-6..=1e6).contains(&f64::from_bits(*t)))
            && none.iter().all(|t| *t == 0);
        good.then_some(START + count * size_of::<Sums>())
    }

    fn at(data: *mut u8, params: &Params) -> *mut Self {
        core::ptr::slice_from_raw_parts_mut(data, counts(params.param).0) as *mut Self
    }

    fn merge(&mut self, other: &Self) {
        self.rows = self.rows.wrapping_add(other.rows);
        self.lost_rows = self.lost_rows.wrapping_add(other.lost_rows);
        self.varied_rows = self.varied_rows.wrapping_add(other.varied_rows);
        self.weight.merge(&other.weight);
        let (mine, theirs) = (self.sums.as_flattened_mut(), other.sums.as_flattened());
        mine.iter_mut().zip(theirs).for_each(|(sum, more)| sum.merge(more));
    }
}

/// How many temperatures there are, and how many have derivatives.
fn counts(param: u32) -> (usize, usize) {
    ((param & 0xff) as usize, (param >> 8) as usize)
}

/// The parameters of a state for these temperatures.
pub fn params(temperatures: &[f64], derivatives: u32) -> Params {
    let mut words = [0; MOST];
    for (word, t) in words.iter_mut().zip(temperatures) {
        *word = t.to_bits();
    }
    let count = temperatures.len().min(255) as u32;
    Params { param: count | derivatives.min(255) << 8, words }
}

/// Bytes of a state for so many temperatures.
pub const fn size(count: usize) -> usize {
    START + count * size_of::<Sums>()
}

/// What `lgt_temperature_loss_finish` writes for each temperature.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct TemperatureLossReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those whose loss is finite at no temperature: then all below is NaN.
    pub lost_rows: u64,
    /// The sum of weights.
    pub weight: f64,
    /// The temperature.
    pub temperature: f64,
    /// Mean negative log-likelihood.
    pub nll: f64,
    /// Its derivative in 1 / T; NaN if the state keeps none for this temperature.
    pub slope: f64,
    /// Its second derivative, likewise.
    pub curvature: f64,
}

/// Means at one temperature.
#[derive(Clone, Copy, Debug)]
pub struct Means {
    /// Mean loss.
    pub loss: f64,
    /// The first four derivatives in `1 / T`, the n-th times `T^-n`.
    pub derivatives: [f64; 4],
}

/// Temperatures that are looked at together: one with or without derivatives, and one
/// without.
type Pair = (usize, Option<usize>);

/// All temperatures, in pairs.
fn pairs(param: u32) -> impl Iterator<Item = Pair> {
    let (count, derivatives) = counts(param);
    let (mut full, mut plain) = (0..derivatives, derivatives..count);
    core::iter::from_fn(move || {
        let first = full.next().or_else(|| plain.next())?;
        Some((first, plain.next()))
    })
}

impl TemperatureLoss {
    /// Adds rows that passed [`Labelled::check`].
    pub fn update<E: Elem>(&mut self, data: Labelled<E>) {
        self.update_rows(data, &mut (0..data.rows.rows));
    }

    /// Adds some of these rows.
    #[inline(never)]
    pub fn update_rows<E: Elem>(
        &mut self,
        data: Labelled<E>,
        rows: &mut dyn Iterator<Item = usize>,
    ) {
        let mut places = [core::ptr::null(); BLOCK];
        let mut seen = Seen::NONE;
        while seen.fill(&mut places, &data, rows) {
            for pair in pairs(self.head.param) {
                let scales = self.scales(pair);
                // SAFETY: the view vouches for its rows.
                unsafe { seen.block.look(&places, data.rows.cols, scales) };
                self.settle(&mut seen, pair, scales, data.rows.cols);
            }
            self.count(&mut seen);
        }
        self.flush(&mut seen.waiting);
    }

    /// `1 / T` of both temperatures; the first once more where there is no second.
    fn scales(&self, (first, second): Pair) -> [f64; 2] {
        [first, second.unwrap_or(first)].map(|at| {
            let bits = self.temperatures.get(at);
            bits.map_or(1.0, |bits| 1.0 / f64::from_bits(*bits))
        })
    }

    /// Adds what was found of rows at a pair of temperatures.
    #[inline(never)]
    fn settle(&mut self, seen: &mut Seen, pair: Pair, [scale, second]: [f64; 2], cols: usize) {
        if pair.0 == 0 {
            self.varied_rows = self.varied_rows.wrapping_add(varied(&seen.block, cols));
        }
        let Some(waiting) = seen.waiting.get_mut(pair.0) else { return };
        let Block { behind, sums, count, .. } = &mut seen.block;
        let (marked, count) = (marked(&seen.weights, *count), *count);
        let added = f64::dispatch(Settle { sums, behind, count, marked, scale, second, waiting });
        for i in (0..count).filter(|i| added >> i & 1 == 0) {
            let terms = core::array::from_fn(|t| value(seen.block.sums.get(t), i));
            if !self.add(pair, &terms, value(Some(&seen.weights), i)) {
                seen.lost |= 1 << i;
            }
        }
    }

    /// Counts rows, and their weights, once all temperatures have seen them.
    #[inline(never)]
    fn count(&mut self, seen: &mut Seen) {
        let (weights, count) = (&seen.weights, seen.block.count);
        self.rows = self.rows.wrapping_add(count as u64);
        self.lost_rows = self.lost_rows.wrapping_add(u64::from(seen.lost.count_ones()));
        let ones = marked(weights, count);
        self.weight.add(f64::from(ones.count_ones()));
        for (i, weight) in weights.iter().enumerate().take(count) {
            if ones >> i & 1 == 0 {
                self.weight.add(*weight);
            }
        }
        seen.lost = 0;
        seen.rows += BLOCK;
        if seen.rows.is_multiple_of(grid::MOST) {
            self.flush(&mut seen.waiting);
        }
    }

    /// Adds one row's terms; false if they are not finite.
    #[inline(never)]
    fn add(&mut self, pair: Pair, terms: &[f64; TERMS], weight: f64) -> bool {
        let terms = terms.map(|term| term * weight);
        let good = terms.iter().all(|term| term.is_finite());
        if good {
            self.each(pair, |t, sum| sum.add(*terms.get(t).unwrap_or(&0.0)));
        }
        good
    }

    /// Empties what was summed in lanes.
    fn flush(&mut self, waiting: &mut [[Waiting; TERMS]; MOST]) {
        for pair in pairs(self.head.param) {
            let Some(waiting) = waiting.get_mut(pair.0) else { continue };
            self.each(pair, |t, sum| {
                if let Some(waiting) = waiting.get_mut(t) {
                    waiting.flush(sum);
                }
            });
        }
    }

    /// Does something with the sum that each term of a pair of temperatures goes to.
    fn each(&mut self, (first, second): Pair, mut f: impl FnMut(usize, &mut Unbounded)) {
        let (_, derivatives) = counts(self.head.param);
        if let Some([loss, ..]) = second.and_then(|second| self.sums.get_mut(second)) {
            f(1, loss);
        }
        if let Some([loss, rest @ ..]) = self.sums.get_mut(first) {
            f(0, loss);
            if first < derivatives {
                rest.iter_mut().enumerate().for_each(|(i, sum)| f(2 + i, sum));
            }
        }
    }

    /// Means at temperature number `at`; none where nothing was seen.
    pub fn means(&self, at: usize) -> Option<Means> {
        let weight = self.weight.to_f64();
        let [loss, rest @ ..] = self.sums.get(at)?;
        (weight > 0.0).then(|| Means {
            loss: loss.to_f64() / weight,
            derivatives: rest.each_ref().map(|sum| sum.to_f64() / weight),
        })
    }

    /// Whether the loss of every row is finite at some temperature.
    pub fn is_finite(&self) -> bool {
        self.lost_rows == 0
    }

    /// Whether there are rows whose logits are not all the same.
    pub fn varies(&self) -> bool {
        self.varied_rows > 0
    }

    /// Whether it is a state of these parameters.
    pub fn is_of(&self, params: &Params) -> bool {
        self.head.param == params.param && self.temperatures == params.words
    }

    /// How many temperatures there are.
    pub fn temperatures(&self) -> usize {
        self.sums.len()
    }

    /// The result so far, for temperature number `at`.
    pub fn finish(&self, at: usize) -> TemperatureLossReport {
        let lost = Means { loss: f64::NAN, derivatives: [f64::NAN; 4] };
        let means = self.means(at).filter(|_| self.is_finite()).unwrap_or(lost);
        let temperature = f64::from_bits(*self.temperatures.get(at).unwrap_or(&0));
        let known = if at < counts(self.head.param).1 { 1.0 } else { f64::NAN };
        let [slope, curvature, ..] = means.derivatives;
        TemperatureLossReport {
            rows: self.rows,
            lost_rows: self.lost_rows,
            weight: self.weight.to_f64(),
            temperature,
            nll: means.loss,
            slope: known * slope * temperature,
            curvature: known * curvature * temperature * temperature,
        }
    }
}

/// Rows on their way into the sums.
struct Seen {
    block: Block,
    weights: [f64; BLOCK],
    /// Bit `i` is whether row `i` is in no sum.
    lost: u64,
    /// By the first temperature of a pair.
    waiting: [[Waiting; TERMS]; MOST],
    /// Rows that may have been added up since the start.
    rows: usize,
}

impl Seen {
    const NONE: Seen = Seen {
        block: Block::NONE,
        weights: [0.0; BLOCK],
        lost: 0,
        waiting: [[Waiting::ZERO; TERMS]; MOST],
        rows: 0,
    };

    /// Takes the next rows that count; false if there are none.
    fn fill<E: Elem>(
        &mut self,
        places: &mut Places<E>,
        data: &Labelled<E>,
        rows: &mut dyn Iterator<Item = usize>,
    ) -> bool {
        self.block.count = 0;
        for ((to, own), to_weight) in
            places.iter_mut().zip(&mut self.block.own).zip(&mut self.weights)
        {
            let next = Iterator::find_map(&mut &mut *rows, |r| {
                let (label, weight) = data.counted(r)?;
                Some((data.rows.row(r), label, weight))
            });
            let Some((row, label, weight)) = next else { break };
            // SAFETY: the view vouches for its rows, `check` for the labels.
            let score = unsafe { *row.add(label) }.widen().to_f64();
            (*to, *own, *to_weight) = (row, score, weight);
            self.block.count += 1;
        }
        self.block.count > 0
    }
}

/// The rows of weight 1, bit by bit.
fn marked(weights: &[f64; BLOCK], count: usize) -> u64 {
    let ones = weights.iter().enumerate().take(count).filter(|(_, weight)| **weight == 1.0);
    ones.fold(0, |bits, (i, _)| bits | 1 << i)
}

/// How many rows have logits that are not all the same.
fn varied(block: &Block, cols: usize) -> u64 {
    let [ties, ..] = &block.sums;
    ties.iter().take(block.count).filter(|ties| **ties < cols as f64).count() as u64
}

fn value(column: Option<&[f64; BLOCK]>, i: usize) -> f64 {
    column.and_then(|column| column.get(i)).copied().unwrap_or(f64::NAN)
}
