//! Pooling of adjacent violators: the rising step function that is nearest to labels in
//! order of their scores.
//!
//! Blocks of scores are kept on a stack; a new one is pooled with the one before it as
//! long as that is not below it (M. Ayer et al., 1955; R. Barlow et al., 1972). Rows of
//! one score are one to begin with.
//!
//! Without weights, a block begins at every step from label 0 to 1, because what falls
//! is pooled anyway; of rows of one score those of label 1 are put first, so that there
//! is no such step inside them. Sizes are whole numbers and are compared exactly.

use crate::curves::ordered;
use crate::curves::packing::Bits;
use crate::curves::ranked::{Census, Group, Halves, Ranked, Scored};
use crate::math::sum::Sum;
use crate::simd::{Elem, Io, Kernel};
use crate::status::Status;

/// Neighbours of one value.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// The lowest score.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// The sum of weights.
    pub weight: f64,
    /// That of label 1.
    pub hits: f64,
    /// The mean of scores by weight, if it was asked for.
    pub middle: f64,
}

impl Block {
    const NONE: Block = Block { low: 0.0, high: 0.0, weight: 0.0, hits: 0.0, middle: 0.0 };

    /// The mean of labels.
    pub fn value(&self) -> f64 {
        (self.hits / self.weight).min(1.0)
    }

    /// The negative log-likelihood of its rows.
    pub fn loss(&self) -> f64 {
        let (value, misses) = (self.value(), self.weight - self.hits);
        let part = |weight: f64, p: f64| if weight > 0.0 { -weight * libm::log(p) } else { 0.0 };
        part(self.hits, value) + part(misses, 1.0 - value)
    }

    fn of(group: Group) -> Block {
        let weight = group.positives + group.negatives;
        let Group { score, positives, .. } = group;
        // Until it is looked at, `middle` is the sum of weighted scores.
        Block { low: score, high: score, weight, hits: positives, middle: weight * score }
    }

    /// With the one of higher scores.
    fn with(self, higher: Block) -> Block {
        Block {
            low: self.low,
            high: higher.high,
            weight: self.weight + higher.weight,
            hits: self.hits + higher.hits,
            middle: self.middle + higher.middle,
        }
    }

    /// With the mean of scores for their sum.
    fn centred(self) -> Block {
        let middle = (self.middle / self.weight).max(self.low).min(self.high);
        Block { middle, ..self }
    }
}

/// Words of scratch for each block with weights.
const WORDS: usize = 5;

impl Block {
    fn words(self) -> [u64; WORDS] {
        [self.low, self.high, self.weight, self.hits, self.middle].map(f64::to_bits)
    }

    fn of_words(words: &[u64; WORDS]) -> Block {
        let [low, high, weight, hits, middle] = words.map(f64::from_bits);
        Block { low, high, weight, hits, middle }
    }
}

/// How many blocks `n` rows without weights make at most. Their means rise, so no two
/// are the same fraction; and there are no more than d - 1 that take d rows, or two of
/// one row.
pub fn most_blocks(n: usize) -> usize {
    let (mut left, mut count) = (n, 0);
    for size in 1.. {
        let fractions = if size == 1 { 2 } else { size - 1 };
        let taken = fractions.min(left.checked_div(size).unwrap_or(0));
        (left, count) = (left - taken * size, count + taken);
        if taken < fractions {
            break;
        }
    }
    count
}

/// From so many rows on, blocks with weights leave room for rows.
const MANY: usize = 16;

/// How much: no block but the first and the last is of one row, so that there are at most
/// half as many and one.
fn more_words(n: usize) -> usize {
    if n < MANY { 0 } else { ordered::more_words(n) }
}

const _: () = assert!(WORDS * MANY - ordered::more_words(MANY) >= WORDS * (MANY / 2 + 1));

/// Words of scratch for `n` scores of so many bytes.
pub fn words(n: usize, score_size: usize, weighted: bool) -> Option<usize> {
    let blocks = if weighted { n.checked_mul(WORDS)? } else { most_blocks(n) };
    crate::curves::ranked::words(n, score_size, weighted)?.checked_add(blocks)
}

/// The rising step function, block by block.
pub enum Blocks<'a> {
    /// Of scores in f32.
    Narrow(Counted<'a, u32>),
    /// Of scores in f64.
    Wide(Counted<'a, u64>),
    /// With weights, the highest first.
    Weighted(&'a [[u64; WORDS]]),
}

/// Blocks of rows without weights: of each its first row, and how many are of label 1.
pub struct Counted<'a, B> {
    rows: Halves<'a, B>,
    runs: &'a [u64],
}

/// Pools all rows. `E_VALUE` if the score of one is NaN, otherwise as [`Scored::rank`].
pub fn pool<'a>(scored: &Scored, scratch: &'a mut [u64]) -> Result<(Census, Blocks<'a>), Status> {
    let words = scored.words().unwrap_or(0);
    let more = if scored.is_weighted() { more_words(words) } else { 0 };
    let (order, room) = scratch.split_at_mut_checked(words + more).unwrap_or_default();
    let (census, ranked) = if scored.is_weighted() {
        scored.rank_unweighed(order)?
    } else {
        scored.inverted().rank_unweighed(order)?
    };
    if census.nan_rows > 0 {
        return Err(Status::LGT_E_VALUE);
    }
    let blocks = match ranked {
        Ranked::Narrow(rows) => Blocks::Narrow(Counted::of(rows, room)),
        Ranked::Wide(rows) => Blocks::Wide(Counted::of(rows, room)),
        _ => Blocks::Weighted(pool_groups(&ranked, room)),
    };
    Ok((census, blocks))
}

/// From the highest score down, where means must fall.
fn pool_groups<'a>(ranked: &Ranked, room: &'a mut [u64]) -> &'a [[u64; WORDS]] {
    let (blocks, _) = room.as_chunks_mut::<WORDS>();
    let mut stack = Stack { blocks, count: 0, run: Block::NONE, last: [0.0; 2] };
    ranked.each(&mut |group| stack.add(Block::of(group)));
    stack.push();
    let Stack { blocks, count, .. } = stack;
    blocks.get(..count).unwrap_or_default()
}

/// Blocks, and the run of rising means that is not among them yet: it is pooled in any
/// case.
struct Stack<'a> {
    blocks: &'a mut [[u64; WORDS]],
    count: usize,
    run: Block,
    /// Hits and weight of what was added last to the run.
    last: [f64; 2],
}

impl Stack<'_> {
    #[inline(always)]
    fn add(&mut self, block: Block) {
        let [hits, weight] = self.last;
        if hits * block.weight > block.hits * weight {
            self.push();
            self.run = block;
        } else {
            let high = if weight > 0.0 { self.run.high } else { block.high };
            self.run = Block { high, ..block.with(self.run) };
        }
        self.last = [block.hits, block.weight];
    }

    /// Puts the run on the others, with those that it is pooled with.
    #[inline(always)]
    fn push(&mut self) {
        let (mut block, mut count) = (self.run, self.count);
        while let Some(last) = count.checked_sub(1).and_then(|last| self.blocks.get(last)) {
            let last = Block::of_words(last);
            if last.hits * block.weight > block.hits * last.weight {
                break;
            }
            block = block.with(last);
            count -= 1;
        }
        if let Some(to) = self.blocks.get_mut(count).filter(|_| block.weight > 0.0) {
            *to = block.words();
            count += 1;
        }
        self.count = count;
    }
}

impl Blocks<'_> {
    /// Calls with every block, the lowest first; with `middles`, these are looked at.
    #[inline(never)]
    pub fn each(&self, middles: bool, each: &mut dyn FnMut(Block)) {
        match self {
            Blocks::Narrow(counted) => counted.each(middles, each),
            Blocks::Wide(counted) => counted.each(middles, each),
            Blocks::Weighted(blocks) => {
                blocks.iter().rev().for_each(|block| each(Block::of_words(block).centred()));
            }
        }
    }
}

impl<'a, B: Bits> Counted<'a, B> {
    fn of(rows: Halves<'a, B>, room: &'a mut [u64]) -> Counted<'a, B> {
        let mut pool = Pool { runs: room, count: 0, seen: 0, start: 0, hits: 0, up: false };
        for rows in [rows.below, rows.others] {
            pool = B::Number::dispatch(Walk { rows, pool });
        }
        if pool.up {
            pool.hits = pool.seen - pool.start;
        }
        pool.push(pool.seen);
        Counted { rows, runs: pool.runs.get(..pool.count).unwrap_or_default() }
    }

    /// The score of a row, in order.
    fn score(&self, row: usize) -> f64 {
        let Halves { below, others } = self.rows;
        let (half, row, is_below) = match row.checked_sub(below.len()) {
            Some(row) => (others, row, false),
            None => (below, row, true),
        };
        half.get(row).map_or(f64::NAN, |bits| bits.score(is_below))
    }

    fn each(&self, middles: bool, each: &mut dyn FnMut(Block)) {
        let rows = self.rows.below.len() + self.rows.others.len();
        for (i, run) in self.runs.iter().enumerate() {
            let (start, hits) = unpack(*run);
            let end = self.runs.get(i + 1).map_or(rows, |next| unpack(*next).0 as usize);
            let start = start as usize;
            let scores = (start..end).take_while(|_| middles).map(|row| self.score(row));
            let block = Block {
                low: self.score(start),
                high: self.score(end - 1),
                weight: (end - start) as f64,
                hits: hits as f64,
                middle: scores.fold(Sum::ZERO, Sum::plus).value(),
            };
            each(block.centred());
        }
    }
}

/// The first row of a block and its rows of label 1, in one word: both are below 2^32.
fn pack(start: u64, hits: u64) -> u64 {
    start << 32 | hits
}

#[inline(always)]
fn unpack(run: u64) -> (u64, u64) {
    (run >> 32, run & u64::from(u32::MAX))
}

/// The stack of blocks, and the run of rows that is not on it yet.
struct Pool<'a> {
    runs: &'a mut [u64],
    count: usize,
    /// Rows so far.
    seen: u64,
    /// Where the run begins.
    start: u64,
    /// Its rows of label 1, once that is known.
    hits: u64,
    /// Whether the last row was one.
    up: bool,
}

impl Pool<'_> {
    /// Puts the run up to row `end` on the stack.
    #[inline(always)]
    fn push(&mut self, end: u64) {
        let (mut start, mut hits, mut count) = (self.start, self.hits, self.count);
        if start == end {
            return;
        }
        while let Some(last) = count.checked_sub(1).and_then(|last| self.runs.get(last)) {
            let (before, hits_before) = unpack(*last);
            if hits_before * (end - start) < hits * (start - before) {
                break;
            }
            (start, hits, count) = (before, hits + hits_before, count - 1);
        }
        if let Some(to) = self.runs.get_mut(count) {
            *to = pack(start, hits);
            count += 1;
        }
        self.count = count;
    }

    /// Goes over up to 64 rows, whose bits are set where their label is 0.
    #[inline(always)]
    fn walk(&mut self, bits: u64, rows: usize) {
        let mut steps = (bits ^ (bits << 1 | u64::from(!self.up))) & (u64::MAX >> (64 - rows));
        while steps != 0 {
            let row = self.seen + u64::from(steps.trailing_zeros());
            steps &= steps - 1;
            if self.up {
                self.hits = row - self.start;
            } else {
                self.push(row);
                (self.start, self.hits) = (row, 0);
            }
            self.up = !self.up;
        }
        self.seen += rows as u64;
    }
}

/// Pools the rows of one side of 0.
struct Walk<'a, 'b, B> {
    rows: &'a [B],
    pool: Pool<'b>,
}

impl<'b, B: Bits> Kernel<B::Number> for Walk<'_, 'b, B> {
    type Out = Pool<'b>;

    #[inline(always)]
    fn run<S: Io<B::Number>>(self, _: S) -> Pool<'b> {
        let Walk { rows, mut pool } = self;
        let (whole, rest) = rows.as_chunks::<64>();
        for rows in whole {
            pool.walk(labels(rows), 64);
        }
        if !rest.is_empty() {
            pool.walk(labels(rest), rest.len());
        }
        pool
    }
}

/// The labels of up to 64 rows as bits.
#[inline(always)]
fn labels<B: Bits>(rows: &[B]) -> u64 {
    rows.iter().enumerate().fold(0, |bits, (i, row)| bits | u64::from(row.label()) << i)
}
