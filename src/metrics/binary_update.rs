//! The rows of two classes over lanes of f64, whatever they are stored as.
//!
//! A vector of rows of weight 1 that are all as they should be goes into sums in
//! lanes; any other vector is taken apart and added row by row, with the same
//! terms, so that a row comes to the same wherever it stands.

use super::binary::*;
use super::binary_terms::{FromLogits, FromProbabilities, Maker, Terms};
use crate::math::exp::{ExpPlan, Scale};
use crate::math::fixed::Bounded;
use crate::math::two_grids::{LANES, LaneSum, MOST};
use crate::rows::column::{BLOCK, TwoClasses};
use crate::simd::{Elem, Io, Kernel, V};

type Vec64<S> = V<f64, S>;

impl Binary {
    /// Adds rows that passed [`TwoClasses::check`].
    pub fn update(&mut self, data: TwoClasses) {
        // Made out of doors.
        let (plan, mut room) = (Scale::new(1.0).direct(0.0), Room::NEW);
        f64::dispatch(Update { state: self, data: &data, plan: &plan, room: &mut room });
    }
}

struct Update<'a> {
    state: &'a mut Binary,
    data: &'a TwoClasses,
    plan: &'a ExpPlan<f64>,
    room: &'a mut Room,
}

/// Room for a block.
struct Room {
    x: [f64; BLOCK],
    y: [f64; BLOCK],
    w: [f64; BLOCK],
    losses: [[f64; BLOCK]; 2],
    places: Places,
}

impl Room {
    /// Weights are 1 until others are read.
    const NEW: Room = {
        let zeros = [0.0; BLOCK];
        let places = Places { words: zeros, probabilities: zeros };
        Room { x: zeros, y: zeros, w: [1.0; BLOCK], losses: [zeros; 2], places }
    };
}

impl Kernel<f64> for Update<'_> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) {
        if self.state.input == 0 {
            let eps = f64::from_bits(self.state.eps);
            let maker = FromProbabilities { low: s.splat(eps), high: s.splat(1.0 - eps) };
            Work::new(self.state, self.data).run(s, maker, self.room);
        } else {
            Work::new(self.state, self.data).run(s, FromLogits { plan: self.plan }, self.room);
        }
    }
}

/// Where the rows of a block belong.
struct Places {
    /// Where in the bins, in words, in the low bits.
    words: [f64; BLOCK],
    /// Probabilities plus [`UNITS`].
    probabilities: [f64; BLOCK],
}

/// Leaves a whole number in the low bits of a sum.
const WHOLE: f64 = 6755399441055744.0;

/// What is not in the state yet. Nothing here has its address taken by what is not
/// inlined: it lives in registers.
struct Waiting<S: Io<f64>> {
    sums: [LaneSum<S>; TERMS],
    /// Rows, and those told to be 1, those that are, those that are both, and those
    /// that were clipped.
    rows: u64,
    told: u64,
    hits: u64,
    both: u64,
    clipped: u64,
}

struct Work<'a> {
    state: &'a mut Binary,
    data: &'a TwoClasses,
    /// Whether edges are those of f32.
    narrow: bool,
}

impl<'a> Work<'a> {
    #[inline(always)]
    fn new(state: &'a mut Binary, data: &'a TwoClasses) -> Self {
        let narrow = state.input == 0 && !data.scores.wide();
        Work { state, data, narrow }
    }

    #[inline(always)]
    fn run<S: Io<f64>>(mut self, s: S, maker: impl Maker<S>, room: &mut Room) {
        let Room { x, y, w, losses, places } = room;
        let sums = [LaneSum::new(s); TERMS];
        let mut waiting = Waiting { sums, rows: 0, told: 0, hits: 0, both: 0, clipped: 0 };
        let mut rows = 0;
        for start in (0..self.data.rows).step_by(BLOCK) {
            let n = BLOCK.min(self.data.rows - start);
            // SAFETY: these rows are there, and the blocks have room for them.
            unsafe {
                self.data.scores.get(start, n, x.as_mut_ptr());
                self.data.labels.as_numbers(start, n, y.as_mut_ptr());
                if !self.data.weights.is_null() {
                    self.data.weights.get(start, n, w.as_mut_ptr());
                }
            }
            first_step(s, &maker, [x, y], n, losses);
            self.block(s, &maker, ([x, y, w], losses), n, &mut waiting, places);
            let rows_of_one = places.words.iter().zip(&places.probabilities).take(n);
            let rows_of_one = rows_of_one.map(|(word, p)| (word.to_bits(), p.to_bits()));
            add_ones(&mut self.state.bins, rows_of_one, WHOLE.to_bits());
            rows += n;
            if rows > MOST - BLOCK {
                waiting.empty(s, &mut self.state.sums);
                rows = 0;
            }
        }
        waiting.empty(s, &mut self.state.sums);
        self.state.count(waiting.confusion(), waiting.clipped);
    }

    /// Adds the first `n` rows of a block, and says where those of weight 1 belong.
    #[inline(always)]
    fn block<S: Io<f64>>(
        &mut self,
        s: S,
        maker: &impl Maker<S>,
        ([x, y, w], [loss, rest]): ([&[f64; BLOCK]; 3], &[[f64; BLOCK]; 2]),
        n: usize,
        waiting: &mut Waiting<S>,
        places: &mut Places,
    ) {
        let (lanes, all) = (S::N, s.bits(s.head(S::N)));
        let count = self.state.bins.len() as f64;
        let weighted = !self.data.weights.is_null();
        // Vectors that are not so simple wait for a loop of their own, which leaves
        // the first one its registers.
        let mut left = 0u64;
        for at in (0..n).step_by(lanes) {
            let (terms, y_at) = terms_at(s, maker, [x, y, loss, rest], at);
            if !weighted && n - at >= lanes && s.bits(terms.ordinary) == all {
                waiting.add(s, &terms, y_at);
                let near = place(s, [terms.p, y_at], count, places, at);
                if near != 0 {
                    let mut exact = [0.0; LANES];
                    // SAFETY: there is room for a vector.
                    unsafe { s.put(exact.as_mut_ptr(), terms.p) };
                    let edges = (self.state.bins.len(), self.narrow);
                    beside_edges(places, (&exact, y), near, at, edges);
                }
            } else {
                // SAFETY: blocks are whole vectors.
                unsafe { s.put(places.words.as_mut_ptr().add(at), s.splat(NOWHERE)) };
                left |= 1 << (at / lanes);
            }
        }
        while left != 0 {
            let at = left.trailing_zeros() as usize * lanes;
            left &= left - 1;
            let (terms, _) = terms_at(s, maker, [x, y, loss, rest], at);
            self.apart(s, &terms, [x, y, w], at, n);
        }
    }

    /// Adds the rows of a vector one by one, up to the `n`-th of the block.
    #[inline(always)]
    fn apart<S: Io<f64>>(
        &mut self,
        s: S,
        terms: &Terms<S>,
        [x, y, w]: [&[f64; BLOCK]; 3],
        at: usize,
        n: usize,
    ) {
        let mut p = [0.0; LANES];
        let mut lanes = [[[0.0; LANES]; 2]; TERMS];
        // SAFETY: there is room for a vector.
        unsafe { s.put(p.as_mut_ptr(), terms.p) };
        for (to, parts) in lanes.iter_mut().zip(&terms.terms) {
            for (to, part) in to.iter_mut().zip(parts.both()) {
                // SAFETY: as above.
                unsafe { s.put(to.as_mut_ptr(), part) };
            }
        }
        let masks = [s.bits(terms.valid), s.bits(terms.ordinary), s.bits(terms.kept)];
        let rows = x.iter().zip(y).zip(w).take(n).skip(at).take(S::N).enumerate();
        for (i, ((score, y), weight)) in rows {
            let [valid, ordinary, kept] = masks.map(|mask| mask >> i & 1 != 0);
            let lane = |values: [f64; LANES]| *values.get(i).unwrap_or(&f64::NAN);
            let (score, weight, hit, narrow) = (*score, *weight, *y > 0.0, self.narrow);
            let mut terms = lanes.map(|parts| parts.map(lane));
            if !ordinary {
                terms[LOSS] = [self.plain_loss(score, hit), 0.0];
            }
            if counts(weight) {
                let (p, clipped) = (lane(p), !kept);
                self.state.add(Row { score, hit, weight, p, terms, valid, clipped, narrow });
            }
        }
    }

    /// The loss, with the sign it has in sums, that lanes cannot be believed.
    #[inline(never)]
    fn plain_loss(&self, score: f64, hit: bool) -> f64 {
        let given = if hit { score } else { 1.0 - score };
        if self.state.input == LOGITS.into() {
            return f64::max(if hit { -score } else { score }, 0.0);
        }
        let eps = f64::from_bits(self.state.eps);
        libm::log(given.max(eps).min(1.0 - eps))
    }
}

/// The terms of a vector of a block, and its labels.
#[inline(always)]
fn terms_at<S: Io<f64>>(
    s: S,
    maker: &impl Maker<S>,
    [x, y, loss, rest]: [&[f64; BLOCK]; 4],
    at: usize,
) -> (Terms<S>, Vec64<S>) {
    // SAFETY: blocks are whole vectors.
    unsafe {
        let (x, y) = (s.get(x.as_ptr().add(at)), s.get(y.as_ptr().add(at)));
        let losses = [s.get(loss.as_ptr().add(at)), s.get(rest.as_ptr().add(at))];
        (maker.terms(s, x, y, losses), y)
    }
}

/// The first step for a block of `n` rows.
#[inline(always)]
fn first_step<S: Io<f64>>(
    s: S,
    maker: &impl Maker<S>,
    [x, y]: [&[f64; BLOCK]; 2],
    n: usize,
    [loss, rest]: &mut [[f64; BLOCK]; 2],
) {
    for at in (0..n).step_by(S::N) {
        // SAFETY: blocks are whole vectors.
        unsafe {
            let (x, y) = (s.get(x.as_ptr().add(at)), s.get(y.as_ptr().add(at)));
            let [first, second] = maker.losses(s, x, y);
            s.put(loss.as_mut_ptr().add(at), first);
            s.put(rest.as_mut_ptr().add(at), second);
        }
    }
}

impl<S: Io<f64>> Waiting<S> {
    /// Adds a vector of rows that are all ordinary and of weight 1.
    #[inline(always)]
    fn add(&mut self, s: S, terms: &Terms<S>, y: Vec64<S>) {
        for (sum, parts) in self.sums.iter_mut().zip(terms.terms) {
            sum.add(s, parts);
        }
        let count = |mask: u32| u64::from(mask.count_ones());
        let (told, hits) = (s.bits(terms.told), s.bits(s.gt(y, s.splat(0.0))));
        self.rows += S::N as u64;
        self.told += count(told);
        self.hits += count(hits);
        self.both += count(told & hits);
        self.clipped += S::N as u64 - count(s.bits(terms.kept));
    }

    /// Rows by `2 * (told to be 1) + (is 1)`.
    fn confusion(&self) -> [u64; 4] {
        let (told, hits) = (self.told - self.both, self.hits - self.both);
        [self.rows - told - self.hits, hits, told, self.both]
    }

    /// Empties the sums in lanes.
    #[inline(always)]
    fn empty(&mut self, s: S, to: &mut [Bounded; TERMS]) {
        for (sum, to) in self.sums.iter_mut().zip(to) {
            sum.flush(s, to);
        }
    }
}

/// Finds the bins of a vector of rows; the lanes that are beside an edge, for which it
/// takes a comparison with the edge itself.
#[inline(always)]
fn place<S: Io<f64>>(
    s: S,
    [p, y]: [Vec64<S>; 2],
    count: f64,
    places: &mut Places,
    at: usize,
) -> u32 {
    // Less a half, so that rounding to nearest is rounding down.
    let part = s.mul_add(p, s.splat(count), s.splat(-0.5));
    let part = s.min(s.splat(count - 1.0), s.max(s.splat(-0.25), part));
    let bin = s.sub(s.add(part, s.splat(WHOLE)), s.splat(WHOLE));
    let rest = s.sub(part, bin);
    let (by_bin, by_class) = (s.splat(WORDS[0]), s.splat(WORDS[1]));
    let word = s.mul_add(bin, by_bin, s.mul_add(y, by_class, s.splat(WHOLE)));
    // SAFETY: blocks are whole vectors.
    unsafe {
        s.put(places.words.as_mut_ptr().add(at), word);
        s.put(places.probabilities.as_mut_ptr().add(at), s.add(p, s.splat(UNITS)));
    }
    let near = 0.5 - NEAR * count;
    s.bits(s.gt(s.mul(rest, rest), s.splat(near * near)))
}

/// Finds the bins of those lanes of a vector among so many.
#[inline(never)]
fn beside_edges(
    places: &mut Places,
    (p, y): (&[f64; LANES], &[f64; BLOCK]),
    lanes: u32,
    at: usize,
    (count, narrow): (usize, bool),
) {
    let words = places.words.iter_mut().zip(y).skip(at);
    for (i, ((word, y), p)) in words.zip(p).enumerate() {
        if lanes >> i & 1 != 0 {
            let bin = place_of(*p, count, narrow) as f64;
            *word = WHOLE + (bin * WORDS[0] + y * WORDS[1]);
        }
    }
}

/// What stands for the bin of rows that are in no bin, or in one already.
const NOWHERE: f64 = f64::MAX;

/// How near to an edge, of bins of width 1 and relative to their number, edges that
/// are rounded to f32 may be.
const NEAR: f64 = f64::from_bits((1023 - 22) << 52);
