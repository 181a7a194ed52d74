//! The sums that moments are made of, and shares, over lanes: of f32 and f64. Numbers of
//! 16 bits are widened some at a time, which is not worth two more copies of the code.

use super::numbers::Numbers;
use super::pass::{Pass, walk_singly};
use crate::math::exp::{ExpPlan, Scale};
use crate::simd::{Elem, Io, Kernel, Lanes, Real, V, W};

/// A scale, ready for either type that is computed in.
#[derive(Clone, Copy)]
pub struct Scales {
    narrow: Scale<f32>,
    wide: Scale<f64>,
}

impl Scales {
    /// Those of a temperature, finite and above 0.
    #[inline(always)]
    pub fn new(temperature: f64) -> Scales {
        Self::of(1.0 / temperature)
    }

    /// A scale, finite and above 0.
    #[inline(never)]
    pub fn of(scale: f64) -> Scales {
        Scales { narrow: Scale::new(scale), wide: Scale::new(scale) }
    }
}

/// A type that is computed in, and its scale.
pub trait Computed: Real + Elem<Acc = Self> {
    /// Its own.
    fn scale(scales: &Scales) -> &Scale<Self>;
}

impl Computed for f32 {
    #[inline(always)]
    fn scale(scales: &Scales) -> &Scale<f32> {
        &scales.narrow
    }
}

impl Computed for f64 {
    #[inline(always)]
    fn scale(scales: &Scales) -> &Scale<f64> {
        &scales.wide
    }
}

/// Numbers of 16 bits that are widened at a time.
const PIECE: usize = 256;

/// Calls `f` with some of `n` numbers at a time, widened, and the place of the first.
#[inline(never)]
fn by_pieces<E: Elem<Acc = f32>>(row: *const E, n: usize, f: &mut dyn FnMut(usize, &mut [f32])) {
    let mut room = [0.0; PIECE];
    for start in (0..n).step_by(PIECE) {
        let piece = room.get_mut(..PIECE.min(n - start)).unwrap_or(&mut []);
        for (i, to) in piece.iter_mut().enumerate() {
            // SAFETY: whoever made the table vouched for its rows.
            *to = unsafe { (*row.add(start + i)).widen() };
        }
        f(start, piece);
    }
}

/// Sums of a part of a row with this maximum: of `e`, `u e`, `u^2 e`, and how many
/// entries are above -inf.
#[inline(never)]
pub fn sums(numbers: Numbers, n: usize, max: f64, scales: &Scales) -> [f64; 4] {
    let mut all = [0.0; 4];
    let mut add = |_: usize, piece: &mut [f32]| {
        let sums = visit(piece.as_ptr(), piece.len(), max, scales);
        all.iter_mut().zip(sums).for_each(|(total, sum)| *total += sum);
    };
    match numbers {
        Numbers::F32(row) => return visit(row, n, max, scales),
        Numbers::F64(row) => return visit(row, n, max, scales),
        Numbers::F16(row) => by_pieces(row, n, &mut add),
        Numbers::Bf16(row) => by_pieces(row, n, &mut add),
    }
    all
}

/// Writes the shares of a part of a row with this maximum, times a factor, to where there
/// is room for them; `sum` is that of the whole row.
#[inline(never)]
pub fn write(
    (numbers, n, max): (Numbers, usize, f64),
    scales: &Scales,
    (sum, factor): (f64, f64),
    to: *mut u8,
) {
    match numbers {
        Numbers::F32(row) => shares((row, n, max), scales, (sum, factor), to.cast()),
        Numbers::F64(row) => shares((row, n, max), scales, (sum, factor), to.cast()),
        Numbers::F16(row) => narrow((row, n, max), scales, (sum, factor), to.cast()),
        Numbers::Bf16(row) => narrow((row, n, max), scales, (sum, factor), to.cast()),
    }
}

#[inline(always)]
fn narrow<E: Elem<Acc = f32>>(
    (row, n, max): (*const E, usize, f64),
    scales: &Scales,
    factors: (f64, f64),
    to: *mut E,
) {
    by_pieces(row, n, &mut |start, piece| {
        let at = piece.as_mut_ptr();
        shares((at.cast_const(), piece.len(), max), scales, factors, at);
        for (i, share) in piece.iter().enumerate() {
            // SAFETY: who asks for shares vouches for the room.
            unsafe { *to.add(start + i) = E::narrow(*share) };
        }
    });
}

#[inline(never)]
fn visit<T: Computed>(row: *const T, n: usize, max: f64, scales: &Scales) -> [f64; 4] {
    let scale = T::scale(scales);
    let plan = scale.shifted(T::of(max));
    let [sums @ .., entries] = T::dispatch(Visit { row, n, plan, scale });
    let [sum, first, second] = sums.map(|sum| plan.lower(sum));
    [sum, first, second, entries]
}

#[inline(never)]
fn shares<T: Computed>(
    (row, n, max): (*const T, usize, f64),
    scales: &Scales,
    (sum, factor): (f64, f64),
    to: *mut T,
) {
    let plan = T::scale(scales).shifted(T::of(max));
    T::dispatch(Write { row, n, plan, share: plan.share(plan.lift(sum)), factor, to });
}

/// Vectors that are added before the sums go into something wider.
const FOLD: usize = 32;

struct Visit<'a, E: Elem> {
    row: *const E,
    n: usize,
    plan: ExpPlan<E::Acc>,
    scale: &'a Scale<E::Acc>,
}

impl<E: Elem> Kernel<E> for Visit<'_, E> {
    type Out = [f64; 4];

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> [f64; 4] {
        let Visit { row, n, plan, scale } = self;
        let lanes = <S as Lanes<E::Acc>>::N;
        let (zero, none) = (s.splat(E::Acc::ZERO), s.wide_zero());
        let scale = s.splat(E::Acc::of(scale.value()));
        let mut sums = Sums::<E, S> { plan, scale, sums: [zero; 3], totals: [none; 3], masked: 0 };
        let (mut at, full) = (0, n - n % lanes);
        // SAFETY: every load starts at `at` and ends at or before `n`, and who made the
        // row vouched for it.
        unsafe {
            while at < full {
                let stop = full.min(at + FOLD * lanes);
                while at < stop {
                    sums.add(s, s.load(row.add(at)));
                    at += lanes;
                }
                sums.fold(s);
            }
            if at < n {
                sums.add(s, s.load_head(row.add(at), n - at, E::Acc::NEG_INFINITY));
                sums.fold(s);
                at += lanes;
            }
        }
        let [sum, first, second] = sums.totals.map(|total| s.wide_sum(total));
        // What was filled up was counted as masked.
        [sum, first, second, (at - sums.masked) as f64]
    }
}

/// Sums of `e`, `u e` and `u^2 e`.
struct Sums<E: Elem, S: Io<E>> {
    plan: ExpPlan<E::Acc>,
    scale: V<E, S>,
    sums: [V<E, S>; 3],
    totals: [W<E, S>; 3],
    masked: usize,
}

impl<E: Elem, S: Io<E>> Sums<E, S> {
    #[inline(always)]
    fn add(&mut self, s: S, v: V<E, S>) {
        let masked = s.bits(s.eq(v, s.splat(E::Acc::NEG_INFINITY)));
        self.masked += masked.count_ones() as usize;
        let d = self.plan.difference::<E, S>(s, v);
        let (e, u) = (self.plan.eval_difference::<E, S>(s, d), s.mul(d, self.scale));
        let ue = s.mul(u, e);
        let [sum, first, second] = &mut self.sums;
        *sum = s.add(*sum, e);
        *first = s.add(*first, ue);
        *second = s.mul_add(u, ue, *second);
    }

    #[inline(always)]
    fn fold(&mut self, s: S) {
        for (total, sum) in self.totals.iter_mut().zip(&mut self.sums) {
            *total = s.wide_add(*total, *sum);
            *sum = s.splat(E::Acc::ZERO);
        }
    }
}

struct Write<E: Elem> {
    row: *const E,
    n: usize,
    plan: ExpPlan<E::Acc>,
    share: E::Acc,
    factor: f64,
    to: *mut E,
}

impl<E: Elem> Kernel<E> for Write<E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        let Write { row, n, plan, to, .. } = self;
        let factors = [self.share, E::Acc::of(self.factor)].map(|factor| s.splat(factor));
        let mut pass = WritePass::<E, S> { plan, factors, to };
        // SAFETY: the caller of `write` vouches for both rows.
        unsafe { walk_singly(s, row, n, E::Acc::NEG_INFINITY, &mut pass) };
    }
}

struct WritePass<E: Elem, S: Io<E>> {
    plan: ExpPlan<E::Acc>,
    factors: [V<E, S>; 2],
    to: *mut E,
}

impl<E: Elem, S: Io<E>> WritePass<E, S> {
    #[inline(always)]
    fn eval(&self, s: S, v: V<E, S>) -> V<E, S> {
        let e = self.plan.eval_difference::<E, S>(s, self.plan.difference::<E, S>(s, v));
        let [share, factor] = self.factors;
        s.mul(s.mul(e, share), factor)
    }
}

impl<E: Elem, S: Io<E>> Pass<E, S> for WritePass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, at: usize) {
        // SAFETY: the output row has every column of the input row.
        unsafe { s.store(self.to.add(at), self.eval(s, v)) };
    }

    #[inline(always)]
    fn tail(&mut self, s: S, v: V<E, S>, at: usize, n: usize) {
        // SAFETY: as above.
        unsafe { s.store_head(self.to.add(at), n, self.eval(s, v)) };
    }
}
