//! Sparsemax and entmax with alpha 1.5, at speed: `[x - tau]_+` and `[x / 2 - tau]_+^2`.
//!
//! Newton's steps find `tau`: the sum, and the root of the sum of squares, are convex in
//! it, so that the steps from -1 never go too far, and there are only so many of them,
//! whatever the row. The `tau` of some entries is not above that of all: so it is first
//! found of the largest of each lane, which the search for the maximum leaves behind. Only
//! vectors with an entry above that can matter: they are listed, few as a rule, and the
//! steps that are left go over those. Nothing branches on where candidates are.

use super::row::{Corner, Opts, write_corner};
use crate::rows::kind::{Kind, kind};
use crate::rows::moments::{Table, TableMut};
use crate::rows::numbers::Numbers;
use crate::rows::pass::{Pass, sum4, walk, walk_singly};
use crate::rows::top;
use crate::rows::view::{Column, Rows, RowsMut};
use crate::simd::{Elem, Io, Kernel, Lanes, Real, V, W};
use crate::status::Status;

/// Where the thresholds and the sizes of the supports go.
#[derive(Clone, Copy)]
pub struct Beside {
    /// The `tau` of a row.
    pub tau: Column<f64>,
    /// How many of its shares are above 0.
    pub support: Column<usize>,
}

/// Writes the shares of all rows.
pub fn apply(x: Table, y: TableMut, beside: Beside, square: bool) -> Status {
    match x.numbers {
        Numbers::F32(data) => rows(data, x, y, beside, square),
        Numbers::F64(data) => rows(data, x, y, beside, square),
        Numbers::F16(data) => rows(data, x, y, beside, square),
        Numbers::Bf16(data) => rows(data, x, y, beside, square),
    }
}

fn rows<E: Elem>(data: *const E, x: Table, y: TableMut, beside: Beside, square: bool) -> Status {
    // SAFETY: whoever made the tables vouched for their rows.
    let (x, y) = unsafe {
        let x = Rows::new(data, x.stride, x.rows, x.cols);
        (x, RowsMut::new(y.data.cast::<E>(), y.stride / size_of::<E>()))
    };
    E::dispatch(Sparse { x, y, places: &mut [0; PLACES], beside, square })
}

/// The most vectors that are listed.
const PLACES: usize = 128;

struct Sparse<'a, E: Elem> {
    x: Rows<E>,
    y: RowsMut<E>,
    /// Where vectors with candidates start.
    places: &'a mut [usize; PLACES],
    beside: Beside,
    /// Whether shares are squares.
    square: bool,
}

impl<E: Elem> Kernel<E> for Sparse<'_, E> {
    type Out = Status;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> Status {
        let Sparse { x, y, places, beside: Beside { tau, support }, square } = self;
        let (slope, n) = (if square { 0.5 } else { 1.0 }, x.cols);
        let mut status = Status::LGT_OK;
        for r in 0..x.rows {
            let (from, to) = (x.row(r), y.row(r));
            // SAFETY: the views vouch for their rows.
            unsafe {
                let (max, lanes) = top::largest_and_lanes(s, from, n);
                if !max.to_f64().is_finite() {
                    let kind = if max.is_nan() { Kind::Nan } else { kind(from, n) };
                    let (corner, opts) = (Corner::shares(), Opts::DEFAULT);
                    let (_, advisory) = write_corner(&kind, &corner, &opts, (from, to, n));
                    let infinite = if let Kind::Infinite(count) = kind { count } else { 0.0 };
                    tau.set(r, if infinite > 0.0 { f64::INFINITY } else { f64::NAN });
                    support.set(r, infinite as usize);
                    status = status.or(advisory);
                    continue;
                }
                let scores = Scores { max: s.splat(max), slope: s.splat(E::Acc::of(slope)) };
                let row = Row { from, n, scores, square };
                let (mut start, mut of) = (-1.0, Of::Vector(lanes));
                // Once of the largest, then of all: a loop, so that it is compiled once.
                let threshold = loop {
                    let threshold = row.threshold(s, start, &of);
                    if !matches!(of, Of::Vector(_)) {
                        break threshold;
                    }
                    // A little less, for what was rounded.
                    start = threshold - 0.25 * E::Acc::ROUGH;
                    let above = row.list(s, start, places);
                    of = places.get(..above).map_or(Of::Row, Of::Listed);
                };
                if support.is_wanted() {
                    support.set(r, row.support(s, threshold));
                }
                row.write(s, threshold, to);
                tau.set(r, slope * max.to_f64() + threshold);
            }
        }
        status
    }
}

/// What a threshold is of.
enum Of<'a, E: Elem, S: Io<E>> {
    /// A vector of entries.
    Vector(V<E, S>),
    /// The vectors of the row that start there.
    Listed(&'a [usize]),
    /// All of the row.
    Row,
}

/// What makes scores differences from the maximum, times a slope.
struct Scores<E: Elem, S: Io<E>> {
    max: V<E, S>,
    slope: V<E, S>,
}

impl<E: Elem, S: Io<E>> Clone for Scores<E, S> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: Elem, S: Io<E>> Copy for Scores<E, S> {}

impl<E: Elem, S: Io<E>> Scores<E, S> {
    #[inline(always)]
    fn differences(&self, s: S, v: V<E, S>) -> V<E, S> {
        s.mul(s.sub(v, self.max), self.slope)
    }
}

/// A row whose maximum is finite.
struct Row<E: Elem, S: Io<E>> {
    from: *const E,
    n: usize,
    scores: Scores<E, S>,
    square: bool,
}

/// A step of some entries that leaves the rest to those of all.
const ROUGHLY: f64 = 0.1;

/// More steps than are ever made.
const STEPS: usize = 100;

impl<E: Elem, S: Io<E>> Row<E, S> {
    /// The `tau` of differences, of these entries or of all, from one that is not above it.
    #[inline(always)]
    fn threshold(&self, s: S, start: f64, of: &Of<E, S>) -> f64 {
        let enough = match of {
            Of::Vector(_) => ROUGHLY,
            // What a step over the curve leaves goes with its square.
            _ if self.square => 0.02 * libm::sqrt(E::Acc::ROUGH),
            _ => 0.5 * E::Acc::ROUGH,
        };
        let (mut tau, mut last) = (start, 0.0);
        for _ in 0..STEPS {
            // A number that the sums are exactly of.
            let at = E::Acc::of(tau);
            let step = if self.square {
                let [sum, squares] = self.sums::<true>(s, at, of);
                (squares - libm::sqrt(squares)) / sum
            } else {
                let [count, sum] = self.sums::<false>(s, at, of);
                // A step of a line is exact.
                if count == last {
                    return at.to_f64() + (sum - 1.0) / count;
                }
                last = count;
                (sum - 1.0) / count
            };
            tau = at.to_f64() + step;
            if step < enough {
                break;
            }
        }
        tau
    }

    /// Of what differences are more than `tau`: how many are, and their sum; or that and
    /// the sum of their squares.
    #[inline(always)]
    fn sums<const SQUARE: bool>(&self, s: S, tau: E::Acc, of: &Of<E, S>) -> [f64; 2] {
        let (none, zero) = (s.wide_zero(), s.splat(E::Acc::ZERO));
        let (scores, tau) = (self.scores, s.splat(tau));
        let mut pass =
            SumsPass::<E, S, SQUARE> { scores, tau, count: 0, sums: [zero; 2], wide: [none; 2] };
        match *of {
            Of::Vector(v) => {
                pass.step(s, v, 0);
                pass.fold(s);
            }
            Of::Listed(places) => {
                for at in places {
                    // SAFETY: who made this vouches for the row, `list` for the place.
                    pass.step(s, unsafe { self.vector(s, *at) }, *at);
                    pass.fold(s);
                }
            }
            // SAFETY: as above.
            Of::Row => unsafe { walk(s, self.from, self.n, E::Acc::NEG_INFINITY, &mut pass) },
        }
        let [sum, squares] = pass.wide;
        if SQUARE {
            [s.wide_sum(sum), s.wide_sum(squares)]
        } else {
            [pass.count as f64, s.wide_sum(sum)]
        }
    }

    /// The vector from column `at < n` on, with nothing behind the last.
    ///
    /// # Safety
    /// The row must be readable.
    #[inline(always)]
    unsafe fn vector(&self, s: S, at: usize) -> V<E, S> {
        let (lanes, left) = (<S as Lanes<E::Acc>>::N, self.n - at);
        // SAFETY: no more are read than there are.
        unsafe {
            if left >= lanes {
                s.load(self.from.add(at))
            } else {
                s.load_head(self.from.add(at), left, E::Acc::NEG_INFINITY)
            }
        }
    }

    /// Lists the vectors with a difference above `tau`, as many as there is room for, and
    /// says how many there are.
    #[inline(always)]
    fn list(&self, s: S, tau: f64, places: &mut [usize; PLACES]) -> usize {
        // What is rounded keeps its order, so that none is missed.
        let tau = s.splat(E::Acc::of(tau));
        let (mut len, mut at) = (0, 0);
        while at < self.n {
            // SAFETY: who made this vouches for the row.
            let v = unsafe { self.vector(s, at) };
            let some = s.bits(s.gt(self.scores.differences(s, v), tau)) != 0;
            // Written in any case, and kept if so.
            if let Some(place) = places.get_mut(len) {
                *place = at;
            }
            len += usize::from(some);
            at += <S as Lanes<E::Acc>>::N;
        }
        len
    }

    #[inline(always)]
    fn shares(&self, s: S, tau: f64) -> SharesPass<E, S> {
        let high = E::Acc::of(tau);
        let low = s.splat(E::Acc::of(tau - high.to_f64()));
        let to = core::ptr::null_mut();
        SharesPass { scores: self.scores, high: s.splat(high), low, square: self.square, to }
    }

    /// How many shares are above 0.
    #[inline(always)]
    fn support(&self, s: S, tau: f64) -> usize {
        let mut pass = CountPass { shares: self.shares(s, tau), count: 0 };
        // SAFETY: who made this vouches for the row.
        unsafe { walk_singly(s, self.from, self.n, E::Acc::NEG_INFINITY, &mut pass) };
        pass.count
    }

    /// Writes the shares.
    ///
    /// # Safety
    /// `to` must be writable for as many values as the row has.
    #[inline(always)]
    unsafe fn write(&self, s: S, tau: f64, to: *mut E) {
        let mut pass = SharesPass { to, ..self.shares(s, tau) };
        // SAFETY: who made this vouches for the row.
        unsafe { walk(s, self.from, self.n, E::Acc::NEG_INFINITY, &mut pass) };
    }
}

struct SumsPass<E: Elem, S: Io<E>, const SQUARE: bool> {
    scores: Scores<E, S>,
    tau: V<E, S>,
    count: usize,
    /// Of what is above, and of squares.
    sums: [V<E, S>; 2],
    wide: [W<E, S>; 2],
}

impl<E: Elem, S: Io<E>, const SQUARE: bool> SumsPass<E, S, SQUARE> {
    #[inline(always)]
    fn above(&mut self, s: S, v: V<E, S>) -> V<E, S> {
        let d = self.scores.differences(s, v);
        if !SQUARE {
            self.count += s.bits(s.gt(d, self.tau)).count_ones() as usize;
        }
        s.max(s.sub(d, self.tau), s.splat(E::Acc::ZERO))
    }

    #[inline(always)]
    fn add(&mut self, s: S, terms: [V<E, S>; 2]) {
        self.sums[0] = s.add(self.sums[0], terms[0]);
        if SQUARE {
            self.sums[1] = s.add(self.sums[1], terms[1]);
        }
    }
}

impl<E: Elem, S: Io<E>, const SQUARE: bool> Pass<E, S> for SumsPass<E, S, SQUARE> {
    const FOLD: usize = 8;

    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, _: usize) {
        let u = self.above(s, v);
        self.add(s, [u, s.mul(u, u)]);
    }

    #[inline(always)]
    fn quad(&mut self, s: S, v: [V<E, S>; 4], _: usize) {
        let [a, b, c, d] = v;
        let u = [self.above(s, a), self.above(s, b), self.above(s, c), self.above(s, d)];
        let [a, b, c, d] = u;
        let squares = [s.mul(a, a), s.mul(b, b), s.mul(c, c), s.mul(d, d)];
        self.add(s, [sum4::<E, S>(s, u), sum4::<E, S>(s, squares)]);
    }

    #[inline(always)]
    fn fold(&mut self, s: S) {
        for (wide, sum) in self.wide.iter_mut().zip(self.sums.iter_mut()) {
            *wide = s.wide_add(*wide, *sum);
            *sum = s.splat(E::Acc::ZERO);
        }
    }
}

struct SharesPass<E: Elem, S: Io<E>> {
    scores: Scores<E, S>,
    /// The threshold, and what it is more than that.
    high: V<E, S>,
    low: V<E, S>,
    square: bool,
    to: *mut E,
}

impl<E: Elem, S: Io<E>> SharesPass<E, S> {
    #[inline(always)]
    fn share(&self, s: S, v: V<E, S>) -> V<E, S> {
        let d = self.scores.differences(s, v);
        let u = s.max(s.sub(s.sub(d, self.high), self.low), s.splat(E::Acc::ZERO));
        if self.square { s.mul(u, u) } else { u }
    }
}

impl<E: Elem, S: Io<E>> Pass<E, S> for SharesPass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, at: usize) {
        // SAFETY: the output row has every column of the input row.
        unsafe { s.store(self.to.add(at), self.share(s, v)) };
    }

    #[inline(always)]
    fn tail(&mut self, s: S, v: V<E, S>, at: usize, n: usize) {
        // SAFETY: as above.
        unsafe { s.store_head(self.to.add(at), n, self.share(s, v)) };
    }
}

struct CountPass<E: Elem, S: Io<E>> {
    shares: SharesPass<E, S>,
    count: usize,
}

impl<E: Elem, S: Io<E>> Pass<E, S> for CountPass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, _: usize) {
        let some = s.gt(self.shares.share(s, v), s.splat(E::Acc::ZERO));
        self.count += s.bits(some).count_ones() as usize;
    }
}
