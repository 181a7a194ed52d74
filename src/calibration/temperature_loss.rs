//! The negative log-likelihood of scaled logits at some temperatures, with its
//! derivatives in `1 / T`, as a mergeable state: what a fit asks of the data, wherever
//! the data lies.

use super::temperature_moments::{BLOCK, Block};
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
fn pairs(param: u32) -> impl Iterator<Item = (usize, Option<usize>)> {
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
    pub fn update_rows<E: Elem>(
        &mut self,
        data: Labelled<E>,
        rows: &mut dyn Iterator<Item = usize>,
    ) {
        let mut block = Block::<E>::NONE;
        let mut weights = [0.0; BLOCK];
        let mut waiting = [[Waiting::ZERO; TERMS]; MOST];
        let mut blocks = 0;
        loop {
            fill(&mut block, &mut weights, &data, rows);
            if block.count == 0 {
                break;
            }
            let mut lost = 0;
            let cols = data.rows.cols;
            for ((first, second), waiting) in pairs(self.head.param).zip(&mut waiting) {
                let [scale, other] = [Some(first), second].map(|at| self.scale(at));
                // SAFETY: the view vouches for its rows.
                unsafe { block.look(cols, scale, second.map(|_| other)) };
                if first == 0 {
                    self.varied_rows = self.varied_rows.wrapping_add(varied(&block, cols));
                }
                let marked = marked(&weights, block.count);
                let added = f64::dispatch(Settle {
                    sums: &mut block.sums,
                    behind: &block.behind,
                    count: block.count,
                    marked,
                    scale,
                    second: other,
                    waiting,
                });
                for i in (0..block.count).filter(|i| added >> i & 1 == 0) {
                    let terms = core::array::from_fn(|t| value(block.sums.get(t), i));
                    let weight = value(Some(&weights), i);
                    if !self.add(first, second, &terms, weight) {
                        lost |= 1 << i;
                    }
                }
            }
            self.count(&weights, block.count, lost);
            blocks += 1;
            if blocks * BLOCK % grid::MOST == 0 {
                self.flush(&mut waiting);
            }
        }
        self.flush(&mut waiting);
    }

    /// `1 / T` of a temperature; 0 of none.
    fn scale(&self, at: Option<usize>) -> f64 {
        let bits = at.and_then(|at| self.temperatures.get(at));
        bits.map_or(0.0, |bits| 1.0 / f64::from_bits(*bits))
    }

    /// Counts rows, and their weights.
    fn count(&mut self, weights: &[f64; BLOCK], count: usize, lost: u64) {
        self.rows = self.rows.wrapping_add(count as u64);
        self.lost_rows = self.lost_rows.wrapping_add(u64::from(lost.count_ones()));
        let ones = marked(weights, count);
        self.weight.add(f64::from(ones.count_ones()));
        for (i, weight) in weights.iter().enumerate().take(count) {
            if ones >> i & 1 == 0 {
                self.weight.add(*weight);
            }
        }
    }

    /// Adds one row's terms; false if they are not finite.
    #[inline(never)]
    fn add(
        &mut self,
        first: usize,
        second: Option<usize>,
        terms: &[f64; TERMS],
        weight: f64,
    ) -> bool {
        let terms = terms.map(|term| term * weight);
        let good = terms.iter().all(|term| term.is_finite());
        if good {
            self.each(first, second, |t, sum| sum.add(*terms.get(t).unwrap_or(&0.0)));
        }
        good
    }

    /// Empties what was summed in lanes.
    fn flush(&mut self, waiting: &mut [[Waiting; TERMS]; MOST]) {
        for ((first, second), waiting) in pairs(self.head.param).zip(waiting) {
            self.each(first, second, |t, sum| {
                if let Some(waiting) = waiting.get_mut(t) {
                    waiting.flush(sum);
                }
            });
        }
    }

    /// Does something with the sum that each term of a pair of temperatures goes to.
    fn each(
        &mut self,
        first: usize,
        second: Option<usize>,
        mut f: impl FnMut(usize, &mut Unbounded),
    ) {
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

/// Fills a block with the next rows that count.
fn fill<E: Elem>(
    block: &mut Block<E>,
    weights: &mut [f64; BLOCK],
    data: &Labelled<E>,
    rows: &mut dyn Iterator<Item = usize>,
) {
    block.count = 0;
    let places = block.rows.iter_mut().zip(&mut block.own).zip(weights);
    for ((to, own), to_weight) in places {
        let Some((r, label, weight)) = Iterator::find_map(&mut &mut *rows, |r| {
            let (label, weight) = data.counted(r)?;
            Some((r, label, weight))
        }) else {
            break;
        };
        *to = data.rows.row(r);
        // SAFETY: the view vouches for its rows, `check` for the labels.
        *own = unsafe { *(*to).add(label) }.widen().to_f64();
        *to_weight = weight;
        block.count += 1;
    }
}

/// The rows of weight 1, bit by bit.
fn marked(weights: &[f64; BLOCK], count: usize) -> u64 {
    let ones = weights.iter().enumerate().take(count).filter(|(_, weight)| **weight == 1.0);
    ones.fold(0, |bits, (i, _)| bits | 1 << i)
}

/// How many rows have logits that are not all the same.
fn varied<E: Elem>(block: &Block<E>, cols: usize) -> u64 {
    let [ties, ..] = &block.sums;
    ties.iter().take(block.count).filter(|ties| **ties < cols as f64).count() as u64
}

fn value(column: Option<&[f64; BLOCK]>, i: usize) -> f64 {
    column.and_then(|column| column.get(i)).copied().unwrap_or(f64::NAN)
}
