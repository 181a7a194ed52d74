//! Rows of any storage type, some values at a time, in the type that they are computed
//! in: for what is not worth a copy of the code for each type.
//!
//! A piece lies in a [`Room`], in whole vectors, so that what is done with it has no
//! tails. What is done is a [`Map`]: vectors at the same place of a few rooms become
//! other vectors there, and sums beside. A row is walked by a [`Work`], which is told in
//! which type to compute.

use super::moments::Table;
use super::moments_pass::Computed;
use super::numbers::Numbers;
use crate::math::exp::{ExpPlan, Scale};
use crate::simd::{Bf16, Elem, F16, Io, Kernel, Lanes, Real, V};

/// Values of a piece: as many vectors as can be added before the sum goes into something
/// wider.
pub const PIECE: usize = 256;

/// The most lanes of a vector.
const WIDEST: usize = 16;

/// Room for a piece.
#[repr(C, align(64))]
pub struct Room<T>([T; PIECE]);

impl<T: Computed> Room<T> {
    /// Room that holds zeros, where one is written down.
    pub const ZEROS: Self = Room([T::ZERO; PIECE]);

    /// Room that holds zeros.
    #[inline(always)]
    pub fn zeros() -> Self {
        Self::ZEROS
    }

    /// Reads `n <= PIECE` numbers; after them stands `fill`, to the end of a vector.
    ///
    /// # Safety
    /// There must be so many numbers.
    #[inline(never)]
    pub unsafe fn load(&mut self, from: Numbers, n: usize, fill: f64) {
        let fill = T::of(fill);
        self.0.iter_mut().skip(n).take(WIDEST).for_each(|x| *x = fill);
        match from {
            Numbers::F32(from) => self.read(from, n, fill),
            Numbers::F64(from) => self.read(from, n, fill),
            Numbers::F16(from) => self.read(from, n, fill),
            Numbers::Bf16(from) => self.read(from, n, fill),
        }
    }

    #[inline(always)]
    fn read<E: Elem>(&mut self, from: *const E, n: usize, fill: T) {
        let to: *mut T = self.0.as_mut_ptr();
        if E::Acc::LARGE == T::LARGE {
            let fill = E::Acc::of(fill.to_f64());
            E::dispatch(Read { from, to: to.cast(), n: n.min(PIECE), fill });
            return;
        }
        for (i, x) in self.0.iter_mut().enumerate().take(n) {
            // SAFETY: the caller vouches for the numbers.
            *x = T::of(unsafe { *from.add(i) }.widen().to_f64());
        }
    }

    /// Writes the first `n <= PIECE` values as numbers of the type of `like`.
    ///
    /// # Safety
    /// `to` must be writable for so many numbers.
    #[inline(never)]
    pub unsafe fn store(&self, to: *mut u8, like: Numbers, n: usize) {
        match like {
            Numbers::F32(_) => self.write(to.cast::<f32>(), n),
            Numbers::F64(_) => self.write(to.cast::<f64>(), n),
            Numbers::F16(_) => self.write(to.cast::<F16>(), n),
            Numbers::Bf16(_) => self.write(to.cast::<Bf16>(), n),
        }
    }

    #[inline(always)]
    fn write<E: Elem>(&self, to: *mut E, n: usize) {
        let from: *const T = self.0.as_ptr();
        if E::Acc::LARGE == T::LARGE {
            E::dispatch(Write { from: from.cast(), to, n: n.min(PIECE) });
            return;
        }
        for (i, x) in self.0.iter().enumerate().take(n) {
            // SAFETY: the caller vouches for the room.
            unsafe { *to.add(i) = E::narrow(E::Acc::of(x.to_f64())) };
        }
    }

    /// The values.
    #[inline(always)]
    pub fn values(&mut self) -> &mut [T; PIECE] {
        &mut self.0
    }
}

/// Writes `n` numbers of 16 bits, widened, to whole vectors; after them stand zeros.
///
/// # Safety
/// There must be so many numbers, and the vectors writable.
#[inline(never)]
pub unsafe fn widen<T: Computed>(from: Numbers, n: usize, to: *mut T) {
    match from {
        Numbers::F16(from) => F16::dispatch(Read { from, to: to.cast(), n, fill: 0.0 }),
        Numbers::Bf16(from) => Bf16::dispatch(Read { from, to: to.cast(), n, fill: 0.0 }),
        Numbers::F32(_) | Numbers::F64(_) => {}
    }
}

/// Writes the first `n` values of whole vectors as numbers of 16 bits, of the type of
/// `like`.
///
/// # Safety
/// The vectors must be readable, and so many numbers writable.
#[inline(never)]
pub unsafe fn narrow<T: Computed>(from: *const T, to: *mut u8, like: Numbers, n: usize) {
    match like {
        Numbers::F16(_) => F16::dispatch(Write { from: from.cast(), to: to.cast(), n }),
        Numbers::Bf16(_) => Bf16::dispatch(Write { from: from.cast(), to: to.cast(), n }),
        Numbers::F32(_) | Numbers::F64(_) => {}
    }
}

/// Reads numbers into a room; after them stands `fill`, to the end of a vector.
struct Read<E: Elem> {
    from: *const E,
    to: *mut E::Acc,
    n: usize,
    fill: E::Acc,
}

impl<E: Elem> Kernel<E> for Read<E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        let (lanes, mut at) = (<S as Lanes<E::Acc>>::N, 0);
        // SAFETY: who made this vouched for the numbers, and a room is whole vectors.
        unsafe {
            while self.n - at >= lanes {
                s.put(self.to.add(at), s.load(self.from.add(at)));
                at += lanes;
            }
            if at < self.n {
                s.put(self.to.add(at), s.load_head(self.from.add(at), self.n - at, self.fill));
            }
        }
    }
}

/// Writes numbers from a room.
struct Write<E: Elem> {
    from: *const E::Acc,
    to: *mut E,
    n: usize,
}

impl<E: Elem> Kernel<E> for Write<E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        let (lanes, mut at) = (<S as Lanes<E::Acc>>::N, 0);
        // SAFETY: who made this vouched for the numbers, and a room is whole vectors.
        unsafe {
            while self.n - at >= lanes {
                s.store(self.to.add(at), s.get(self.from.add(at)));
                at += lanes;
            }
            if at < self.n {
                s.store_head(self.to.add(at), self.n - at, s.get(self.from.add(at)));
            }
        }
    }
}

/// Vectors of `K` rooms, and of `SUMS` terms.
pub type Mapped<T, S, const K: usize, const SUMS: usize> = ([V<T, S>; K], [V<T, S>; SUMS]);

/// What is done with the values at one place of `K` rooms, and `SUMS` terms of sums over
/// all places.
pub trait Map<T: Computed, const K: usize, const SUMS: usize> {
    /// The values that take their places, and the terms. `#[inline(always)]`, like all
    /// that is behind a door.
    fn eval<S: Io<T>>(&self, s: S, v: [V<T, S>; K]) -> Mapped<T, S, K, SUMS>;
}

/// Does it with the first `n <= PIECE` values of each room, and some behind them, of which
/// no terms are taken. The sums are of f64 or better.
#[inline(never)]
pub fn map<T: Computed, M: Map<T, K, SUMS>, const K: usize, const SUMS: usize>(
    map: &M,
    rooms: &mut [Room<T>; K],
    n: usize,
) -> [f64; SUMS] {
    T::dispatch(Apply { map, rooms, n: n.min(PIECE) })
}

struct Apply<'a, T, M, const K: usize, const SUMS: usize> {
    map: &'a M,
    rooms: &'a mut [Room<T>; K],
    n: usize,
}

impl<T: Computed, M: Map<T, K, SUMS>, const K: usize, const SUMS: usize> Kernel<T>
    for Apply<'_, T, M, K, SUMS>
{
    type Out = [f64; SUMS];

    #[inline(always)]
    fn run<S: Io<T>>(self, s: S) -> [f64; SUMS] {
        let zero = s.splat(T::ZERO);
        let (lanes, mut at) = (<S as Lanes<T>>::N, 0);
        let mut sums = [zero; SUMS];
        while at < self.n {
            let mut v = [zero; K];
            for (v, room) in v.iter_mut().zip(self.rooms.iter()) {
                // SAFETY: a room is whole vectors.
                *v = unsafe { s.get(room.0.as_ptr().add(at)) };
            }
            let (v, terms) = self.map.eval(s, v);
            for (v, room) in v.iter().zip(self.rooms.iter_mut()) {
                // SAFETY: as above.
                unsafe { s.put(room.0.as_mut_ptr().add(at), *v) };
            }
            let inside = s.head(lanes.min(self.n - at));
            for (sum, term) in sums.iter_mut().zip(terms) {
                *sum = s.add(*sum, s.select(inside, term, zero));
            }
            at += lanes;
        }
        let mut totals = [0.0; SUMS];
        for (total, sum) in totals.iter_mut().zip(sums) {
            *total = s.wide_sum(s.wide_add(s.wide_zero(), sum));
        }
        totals
    }
}

/// What is done with a row, piece by piece.
pub trait Work {
    /// Does it with the `n <= PIECE` values from `start` on, computing in `T`.
    fn piece<T: Computed>(&mut self, start: usize, n: usize);
}

/// Walks a row of `n` values of the type of `like`.
#[inline(always)]
pub fn walk<W: Work>(like: Numbers, n: usize, work: &mut W) {
    let wide = matches!(like, Numbers::F64(_));
    for start in (0..n).step_by(PIECE) {
        let count = PIECE.min(n - start);
        if wide {
            work.piece::<f64>(start, count);
        } else {
            work.piece::<f32>(start, count);
        }
    }
}

/// What makes scores of a row its shares, for a [`Map`].
#[derive(Clone, Copy)]
pub struct Shares<T> {
    plan: ExpPlan<T>,
    share: T,
}

impl<T: Computed> Shares<T> {
    /// Relative to a finite maximum, or whatever else, by which the sum is this.
    #[inline(always)]
    pub fn at(max: T, scale: &Scale<T>, sum: f64) -> Self {
        let plan = scale.shifted(max);
        Shares { plan, share: plan.share(plan.lift(sum)) }
    }

    /// The shares of a vector of scores.
    #[inline(always)]
    pub fn eval<S: Io<T>>(&self, s: S, x: V<T, S>) -> V<T, S> {
        let d = self.plan.difference::<T, S>(s, x);
        s.mul(self.plan.eval_difference::<T, S>(s, d), s.splat(self.share))
    }
}

/// Whether all numbers are at least 0 and finite.
#[inline(never)]
pub fn are_weights(table: Table) -> bool {
    struct Count {
        table: Table,
        r: usize,
        bad: f64,
    }
    impl Work for Count {
        fn piece<T: Computed>(&mut self, start: usize, n: usize) {
            let mut rooms = [Room::<T>::zeros()];
            let row = self.table.row_numbers(self.r);
            // SAFETY: whoever made the table vouched for its rows.
            rooms.iter_mut().for_each(|room| unsafe { room.load(row.from(start), n, 0.0) });
            let [bad] = map(&Bad, &mut rooms, n);
            self.bad += bad;
        }
    }
    let mut count = Count { table, r: 0, bad: 0.0 };
    while count.r < table.rows && count.bad == 0.0 {
        walk(table.numbers, table.cols, &mut count);
        count.r += 1;
    }
    count.bad == 0.0
}

/// Counts what is no weight.
struct Bad;

impl<T: Computed> Map<T, 1, 1> for Bad {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [x]: [V<T, S>; 1]) -> Mapped<T, S, 1, 1> {
        let (zero, one) = (s.splat(T::ZERO), s.splat(T::ONE));
        let good = s.and(s.ge(x, zero), s.ge(s.splat(T::of(T::LARGE)), x));
        ([x], [s.select(good, zero, one)])
    }
}
