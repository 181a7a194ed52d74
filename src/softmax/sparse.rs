//! Sparsemax and entmax with alpha 1.5, at speed: `[x - tau]_+` and `[x / 2 - tau]_+^2`.
//!
//! A row is read three times, the last two from the cache: for its maximum; for the
//! candidates, which are packed, as differences from it; and to write the shares. Newton's
//! steps find `tau` from those that are packed, or from the row itself where they are too
//! many or there is no way to pack. The sum, and the root of the sum of squares, are convex
//! in `tau`: the steps from -1 never go too far, and there are only so many of them,
//! whatever the row.
//!
//! The `tau` of some entries is not above that of all. So it is first found of the largest
//! of each lane, and only what is above that is a candidate.

use super::row::{Corner, Opts, write_corner};
use crate::rows::kind::{Kind, kind};
use crate::rows::moments::{Table, TableMut};
use crate::rows::numbers::Numbers;
use crate::rows::pass::{Pass, walk, walk_singly};
use crate::rows::top;
use crate::rows::view::{Column, Rows, RowsMut};
use crate::simd::keys::Keys;
use crate::simd::{Elem, Io, Kernel, Lanes, Real, V, W};
use crate::status::Status;
use core::mem::MaybeUninit;

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
    E::dispatch(Sparse { x, y, beside, square })
}

struct Sparse<E: Elem> {
    x: Rows<E>,
    y: RowsMut<E>,
    beside: Beside,
    /// Whether shares are squares.
    square: bool,
}

/// The most candidates that are packed.
const MOST: usize = 1024;

/// The most lanes of a vector.
const WIDEST: usize = 16;

/// Room for candidates, and a vector behind them.
#[repr(align(64))]
struct Packed<T>([T; MOST + 2 * WIDEST]);

impl<E: Elem> Kernel<E> for Sparse<E> {
    type Out = Status;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> Status {
        let Sparse { x, y, beside: Beside { tau, support }, square } = self;
        let (slope, n) = (if square { 0.5 } else { 1.0 }, x.cols);
        let mut packed = MaybeUninit::<Packed<E::Acc>>::uninit();
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
                let room = packed.as_mut_ptr().cast();
                let scores = Scores { max: s.splat(max), slope: s.splat(E::Acc::of(slope)) };
                let len = <S as Lanes<E::Acc>>::N;
                let mut row = Row { from, n, scores, room, len, square };
                s.put(room, scores.differences(s, lanes));
                // A little less, for what was rounded.
                let start = row.threshold(s, -1.0) - 0.5 * E::Acc::ROUGH;
                row.pack(s, start);
                let threshold = row.threshold(s, start);
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
    /// Candidates, as differences.
    room: *mut E::Acc,
    /// How many there are; more than [`MOST`] if they are not packed.
    len: usize,
    square: bool,
}

/// More steps than are ever made.
const STEPS: usize = 100;

impl<E: Elem, S: Io<E>> Row<E, S> {
    /// Packs what is not below that.
    #[inline(always)]
    fn pack(&mut self, s: S, bound: f64) {
        self.len = MOST + 1;
        if <Integers<E, S> as Keys<Key<E>>>::N != <S as Lanes<E::Acc>>::N {
            return;
        }
        let bound = s.splat(E::Acc::of(bound));
        let mut pass = PackPass::<E, S> { scores: self.scores, bound, room: self.room, len: 0 };
        // SAFETY: who made this vouches for the row, and there is room for a vector behind
        // the most.
        unsafe {
            walk(s, self.from, self.n, E::Acc::NEG_INFINITY, &mut pass);
            if pass.len <= MOST {
                s.put(self.room.add(pass.len), s.splat(E::Acc::NEG_INFINITY));
            }
        }
        self.len = pass.len;
    }

    /// The `tau` of differences, from one that is not above it.
    #[inline(always)]
    fn threshold(&self, s: S, start: f64) -> f64 {
        let (mut tau, mut last) = (start, 0.0);
        for _ in 0..STEPS {
            // A number that the sums are exactly of.
            let at = E::Acc::of(tau);
            let [count, sum, squares] = self.sums(s, at);
            let step = if self.square {
                (squares - libm::sqrt(squares)) / sum
            } else {
                (sum - 1.0) / count
            };
            tau = at.to_f64() + step;
            // A step of a line is exact, and what the others leave goes with their square.
            let left = if self.square { step * step * count } else { step };
            if left < 0.5 * E::Acc::ROUGH || (count == last && !self.square) {
                break;
            }
            last = count;
        }
        tau
    }

    /// How many differences are above `tau`, and the sums of what they are more, and of
    /// the squares of that.
    #[inline(always)]
    fn sums(&self, s: S, tau: E::Acc) -> [f64; 3] {
        let none = s.wide_zero();
        let (scores, tau) = (self.scores, s.splat(tau));
        let mut pass = SumsPass::<E, S> { scores, tau, count: 0, sum: none, squares: none };
        if self.len > MOST {
            // SAFETY: who made this vouches for the row.
            unsafe { walk(s, self.from, self.n, E::Acc::NEG_INFINITY, &mut pass) };
        } else {
            for at in (0..self.len).step_by(<S as Lanes<E::Acc>>::N) {
                // SAFETY: there is a vector behind the last candidate.
                pass.add(s, unsafe { s.get(self.room.add(at)) });
            }
        }
        let SumsPass { count, sum, squares, .. } = pass;
        [count as f64, s.wide_sum(sum), s.wide_sum(squares)]
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

/// Integers of the size that is computed in.
type Key<E> = <<E as Elem>::Acc as Real>::Key;
type Integers<E, S> = <S as Lanes<<E as Elem>::Acc>>::Keys;

struct PackPass<E: Elem, S: Io<E>> {
    scores: Scores<E, S>,
    bound: V<E, S>,
    room: *mut E::Acc,
    len: usize,
}

impl<E: Elem, S: Io<E>> Pass<E, S> for PackPass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, _: usize) {
        let d = self.scores.differences(s, v);
        let bits = s.bits(s.ge(d, self.bound));
        if bits == 0 || self.len > MOST {
            return;
        }
        let k = s.keys();
        // SAFETY: there is room for two vectors from any place up to the most.
        unsafe {
            let to = self.room.add(self.len);
            s.put(to, d);
            k.store(to.cast(), k.pack(k.load(to.cast()), bits));
        }
        self.len += bits.count_ones() as usize;
    }

    #[inline(always)]
    fn quad(&mut self, s: S, v: [V<E, S>; 4], at: usize) {
        let [a, b, c, d] = v;
        let most = s.max(s.max(a, b), s.max(c, d));
        if s.bits(s.ge(self.scores.differences(s, most), self.bound)) != 0 {
            v.into_iter().for_each(|v| self.step(s, v, at));
        }
    }
}

struct SumsPass<E: Elem, S: Io<E>> {
    scores: Scores<E, S>,
    tau: V<E, S>,
    count: usize,
    sum: W<E, S>,
    squares: W<E, S>,
}

impl<E: Elem, S: Io<E>> SumsPass<E, S> {
    #[inline(always)]
    fn add(&mut self, s: S, d: V<E, S>) {
        let u = s.max(s.sub(d, self.tau), s.splat(E::Acc::ZERO));
        self.count += s.bits(s.gt(d, self.tau)).count_ones() as usize;
        self.sum = s.wide_add(self.sum, u);
        self.squares = s.wide_add(self.squares, s.mul(u, u));
    }
}

impl<E: Elem, S: Io<E>> Pass<E, S> for SumsPass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, _: usize) {
        self.add(s, self.scores.differences(s, v));
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
