//! Gumbel softmax: the softmax of scores with Gumbel noise, `-ln(-ln u)`, over a
//! temperature; and the one hot of the largest, which is drawn as often as its softmax
//! says.
//!
//! Noisy scores are made twice, some at a time, since there is no room for a row of them
//! in the type that they are computed in.

use crate::math::exp::ExpPlan;
use crate::math::ln::{ln_plus, ln_small};
use crate::math::philox::{halves, philox_lanes};
use crate::rows::kind::Kind;
use crate::rows::moments::{Row, Table, TableMut};
use crate::rows::moments_pass::{Computed, Scales};
use crate::rows::pieces::{Map, Mapped, Room, Work, map, walk};
use crate::simd::Elem;
use crate::simd::{Io, Kernel, V};
use crate::status::Status;

/// Where uniform numbers come from.
#[derive(Clone, Copy)]
pub enum Uniforms {
    /// Rows of them.
    Given(Table),
    /// Philox, by seed, stream, and the number of the first row.
    Drawn(u64, u32, u64),
}

/// Scores, and where what is drawn goes.
#[derive(Clone, Copy)]
pub struct Draws {
    /// The scores.
    pub x: Table,
    /// The noise.
    pub u: Uniforms,
    /// Where shares go.
    pub soft: Option<TableMut>,
    /// Where the one hot goes.
    pub hard: Option<TableMut>,
    /// What noisy scores are divided by.
    pub tau: f64,
}

/// Draws.
#[inline(never)]
pub fn apply(draws: &Draws) -> Status {
    let scales = Scales::new(draws.tau);
    let mut status = Status::LGT_OK;
    for r in 0..draws.x.rows {
        let row = draws.x.row(r);
        let infinite = matches!(row.kind(), Kind::Infinite(_));
        let mut pass = Pass {
            draws,
            r,
            infinite,
            scales: &scales,
            max: f64::NEG_INFINITY,
            first: row.cols(),
            sum: 0.0,
            write: false,
        };
        if matches!(row.kind(), Kind::Empty) {
            status = status.or(Status::LGT_EMPTY_ROW);
        } else {
            walk(draws.x.numbers, draws.x.cols, &mut pass);
        }
        if pass.sum.is_nan() || pass.sum <= 0.0 {
            pass.fill(&row);
            continue;
        }
        pass.write = true;
        walk(draws.x.numbers, draws.x.cols, &mut pass);
    }
    status
}

struct Pass<'a> {
    draws: &'a Draws,
    r: usize,
    /// Whether the entries at +inf have it all.
    infinite: bool,
    scales: &'a Scales,
    /// The largest noisy score,
    max: f64,
    /// where it is,
    first: usize,
    /// and the sum of exponentials relative to it.
    sum: f64,
    write: bool,
}

impl Pass<'_> {
    /// Writes NaN.
    #[inline(never)]
    fn fill(&self, row: &Row) {
        for to in [self.draws.soft, self.draws.hard].into_iter().flatten() {
            // SAFETY: there is room for every column.
            (0..row.cols()).for_each(|i| unsafe { row.put(to.row(self.r), i, f64::NAN) });
        }
    }

    /// Uniform numbers for the `n` columns from `start` on, a multiple of four.
    #[inline(never)]
    fn uniforms<T: Computed>(&self, start: usize, n: usize, room: &mut Room<T>) {
        let (seed, stream, first) = match self.draws.u {
            // SAFETY: the table has these columns.
            Uniforms::Given(u) => unsafe {
                return room.load(u.row_numbers(self.r).from(start), n, 0.5);
            },
            Uniforms::Drawn(seed, stream, first) => (seed, stream, first),
        };
        let row = halves(first.wrapping_add(self.r as u64));
        let group = start as u64 / 4;
        f64::dispatch(Uniform { counter: (group, stream, row), key: halves(seed), n, room });
    }

    /// Takes a piece into the maximum and the sum.
    #[inline(always)]
    fn add<T: Computed>(&mut self, start: usize, n: usize, z: Room<T>) {
        let mut rooms = [z];
        let [z] = &mut rooms;
        let values = z.values().iter().take(n);
        let top = values.fold(T::NEG_INFINITY, |top, z| if *z > top { *z } else { top });
        if top.to_f64() > self.max {
            let place = z.values().iter().take(n).position(|z| *z == top);
            self.first = start + place.unwrap_or(0);
            self.sum *= libm::exp((self.max - top.to_f64()) / self.draws.tau);
            self.max = top.to_f64();
        }
        // Of a row that so far is masked there is no sum, unless a NaN is there.
        let nan = z.values().iter().take(n).any(|z| z.is_nan());
        if nan {
            self.sum = f64::NAN;
        } else if self.max.is_finite() {
            let plan = T::scale(self.scales).shifted(T::of(self.max));
            let [sum] = map(&Exponentials { plan, factor: T::ONE }, &mut rooms, n);
            self.sum += plan.lower(sum);
        }
    }
}

impl Work for Pass<'_> {
    fn piece<T: Computed>(&mut self, start: usize, n: usize) {
        let Draws { x, soft, hard, .. } = *self.draws;
        let from = x.row_numbers(self.r);
        let mut rooms = [Room::<T>::zeros(), Room::zeros()];
        // The one hot is known by the time that it is written.
        if !self.write || soft.is_some() {
            let [scores, uniforms] = &mut rooms;
            // SAFETY: the table has these columns.
            unsafe { scores.load(from.from(start), n, f64::NEG_INFINITY) };
            self.uniforms(start, n, uniforms);
            let [] = map(&Noise { infinite: self.infinite }, &mut rooms, n);
        }
        let [z, mut other] = rooms;
        if !self.write {
            return self.add(start, n, z);
        }
        let place = start * from.size();
        if let Some(hard) = hard {
            let one = self.first.wrapping_sub(start);
            for (i, y) in other.values().iter_mut().enumerate() {
                *y = if i == one { T::ONE } else { T::ZERO };
            }
            // SAFETY: there is room for every column.
            unsafe { other.store(hard.row(self.r).wrapping_add(place), from, n) };
        }
        if let Some(soft) = soft {
            let plan = T::scale(self.scales).shifted(T::of(self.max));
            let factor = plan.share(plan.lift(self.sum));
            let mut rooms = [z];
            let [_] = map(&Exponentials { plan, factor }, &mut rooms, n);
            // SAFETY: as above.
            unsafe { rooms[0].store(soft.row(self.r).wrapping_add(place), from, n) };
        }
    }
}

/// Counters whose numbers are in vectors at once.
const LANES: usize = 16;

/// Uniform numbers of a piece.
struct Uniform<'a, T> {
    /// Of the first four columns: their place over four, stream, row.
    counter: (u64, u32, [u32; 2]),
    key: [u32; 2],
    n: usize,
    room: &'a mut Room<T>,
}

impl<T: Computed> Kernel<f64> for Uniform<'_, T> {
    type Out = ();

    // Plain arrays, of which the compiler makes vectors of the level's own length.
    #[inline(always)]
    fn run<S: Io<f64>>(self, _: S) {
        let (mut group, stream, row) = self.counter;
        let high = [u64::from(stream); LANES];
        let values = self.room.values().as_chunks_mut::<{ 4 * LANES }>().0.iter_mut();
        for values in values.take(self.n.div_ceil(4 * LANES)) {
            let mut low = [0; LANES];
            for (i, low) in low.iter_mut().enumerate() {
                *low = (group + i as u64) & u64::from(u32::MAX);
            }
            let words = philox_lanes(low, high, row, self.key);
            for (j, words) in words.into_iter().enumerate() {
                for (u, word) in values.iter_mut().skip(j).step_by(4).zip(words) {
                    *u = T::of((f64::from(word as u32) + 0.5) * (1.0 / 4294967296.0));
                }
            }
            group += LANES as u64;
        }
    }
}

/// How far uniform numbers are kept from 0 and 1.
const EDGE: f64 = 1.0 / 16777216.0;

/// Scores and uniform numbers become noisy scores.
struct Noise {
    infinite: bool,
}

impl<T: Computed> Map<T, 2, 0> for Noise {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [x, u]: [V<T, S>; 2]) -> Mapped<T, S, 2, 0> {
        let zero = s.splat(T::ZERO);
        let (low, high) = (s.splat(T::of(EDGE)), s.splat(T::of(1.0 - EDGE)));
        let inside = s.min(high, s.max(low, u));
        let minus = s.sub(zero, ln_small::<T, S>(s, inside));
        // From 2^-24 to 17: brought to where a logarithm is taken.
        let up = s.mul(minus, s.splat(T::of(4294967296.0)));
        let noise = s.sub(zero, ln_plus::<T, S>(s, up, s.splat(T::of(-32.0)), zero));
        let noise = s.select(s.nan(u), u, noise);
        if self.infinite {
            let below = s.select(s.nan(x), x, s.splat(T::NEG_INFINITY));
            return ([s.select(s.eq(x, s.splat(T::INFINITY)), noise, below), u], []);
        }
        ([s.add(x, noise), u], [])
    }
}

/// Noisy scores become exponentials, times a factor; the sum is that of what they become.
struct Exponentials<T> {
    plan: ExpPlan<T>,
    factor: T,
}

impl<T: Computed> Map<T, 1, 1> for Exponentials<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [z]: [V<T, S>; 1]) -> Mapped<T, S, 1, 1> {
        let d = self.plan.difference::<T, S>(s, z);
        let e = s.mul(self.plan.eval_difference::<T, S>(s, d), s.splat(self.factor));
        ([e], [e])
    }
}

/// Shares, what comes from above, and where gradients go.
#[derive(Clone, Copy)]
pub struct Grads {
    /// The shares.
    pub y: Table,
    /// What comes from above.
    pub dy: Table,
    /// Where gradients go.
    pub dx: TableMut,
    /// What scores were divided by.
    pub tau: f64,
}

/// Writes `y (dy - sum y dy) / tau`.
#[inline(never)]
pub fn grad(grads: &Grads) {
    for r in 0..grads.y.rows {
        let mut row = Products { grads, r, mean: 0.0, write: false };
        walk(grads.y.numbers, grads.y.cols, &mut row);
        row.write = true;
        walk(grads.y.numbers, grads.y.cols, &mut row);
    }
}

struct Products<'a> {
    grads: &'a Grads,
    r: usize,
    mean: f64,
    write: bool,
}

impl Work for Products<'_> {
    fn piece<T: Computed>(&mut self, start: usize, n: usize) {
        let Grads { y, dy, dx, tau } = *self.grads;
        let from = y.row_numbers(self.r);
        let mut rooms = [Room::<T>::zeros(), Room::zeros()];
        let [shares, above] = &mut rooms;
        // SAFETY: the tables have these columns.
        unsafe {
            shares.load(from.from(start), n, 0.0);
            above.load(dy.row_numbers(self.r).from(start), n, 0.0);
        }
        let terms = Product { mean: T::of(self.mean), factor: T::of(1.0 / tau) };
        let [sum] = map(&terms, &mut rooms, n);
        if !self.write {
            self.mean += sum;
            return;
        }
        let to = dx.row(self.r).wrapping_add(start * from.size());
        // SAFETY: there is room for every column.
        unsafe { rooms[0].store(to, from, n) };
    }
}

/// Shares and what comes from above become gradients; the sum is that of the products.
struct Product<T> {
    mean: T,
    factor: T,
}

impl<T: Computed> Map<T, 2, 1> for Product<T> {
    #[inline(always)]
    fn eval<S: Io<T>>(&self, s: S, [y, dy]: [V<T, S>; 2]) -> Mapped<T, S, 2, 1> {
        let zero = s.splat(T::ZERO);
        // A share of nothing has no part in it, whatever comes from above.
        let none = s.eq(y, zero);
        let product = s.select(none, zero, s.mul(y, dy));
        let rest = s.mul(y, s.sub(dy, s.splat(self.mean)));
        let grad = s.select(none, zero, s.mul(rest, s.splat(self.factor)));
        ([grad, dy], [product])
    }
}
