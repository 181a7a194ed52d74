//! What a fit of temperature needs of rows, from one look at them.
//!
//! With `d = x - x_label` and `e = exp(beta d)`, a row's loss is `ln sum e`, and its
//! derivatives in beta are the cumulants of `d` under the probabilities `e / sum e`.
//! The label's own `e` is 1 whatever rounding does, and its `d` nothing, so errors of a
//! row's terms do not all point the same way. Entries that equal the label's are counted
//! rather than summed, so that a small loss keeps its accuracy.
//!
//! A row whose entries stand far above the label's is looked at once more, relative to
//! its largest. Short rows are looked at as many at once as there are lanes.

use crate::math::exp::{ExpPlan, Scale};
use crate::rows::kind::{Kind, kind};
use crate::simd::{Elem, Io, Kernel, Lanes, Real, V, W};

/// The most rows that are looked at before something is done with them.
pub const BLOCK: usize = 64;

/// The most columns of a row that shares its vectors with others.
const SHORT: usize = 128;

/// The most lanes there are.
const LANES: usize = 16;

/// Bytes by which a row, and the next, is asked for ahead.
const AHEAD: usize = 8 << 10;

/// Vectors that are added before the sums go into something wider.
const FOLD: usize = 32;

/// How many sums a row has.
pub const SUMS: usize = 7;

/// Where rows are.
pub type Places<E> = [*const E; BLOCK];

/// What is found of rows.
pub struct Block {
    /// Their labels' entries.
    pub own: [f64; BLOCK],
    /// How many there are.
    pub count: usize,
    /// What the reference has over the label.
    pub behind: [f64; BLOCK],
    /// Entries that equal the reference; the sum of `e` over all others, at both scales;
    /// of `d e`, `d^2 e`, `d^3 e`, `d^4 e` at the first.
    pub sums: [[f64; BLOCK]; SUMS],
}

impl Block {
    /// Room for rows.
    pub const NONE: Block =
        Block { own: [0.0; BLOCK], count: 0, behind: [0.0; BLOCK], sums: [[0.0; BLOCK]; SUMS] };

    /// Looks at rows of `cols` values each, at one scale, and at a second for the
    /// sum of exponentials alone, which is free beside reading the rows. A row whose loss is finite at no scale has a sum that
    /// is NaN.
    ///
    /// # Safety
    /// The rows must be readable.
    pub unsafe fn look<E: Elem>(
        &mut self,
        rows: &Places<E>,
        cols: usize,
        [scale, second]: [f64; 2],
    ) {
        let [plan, second] = [scale, second].map(|scale| Scale::new(scale).differences());
        E::dispatch(Look::<E> { rows, block: self, cols, plan, second });
    }
}

struct Look<'a, E: Elem> {
    rows: &'a Places<E>,
    block: &'a mut Block,
    cols: usize,
    plan: ExpPlan<E::Acc>,
    second: ExpPlan<E::Acc>,
}

impl<E: Elem> Kernel<E> for Look<'_, E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(mut self, s: S) {
        let lanes = <S as Lanes<E::Acc>>::N;
        let short = <S as Lanes<E::Acc>>::UNROLL && self.cols <= SHORT;
        let mut left = u64::MAX;
        let mut i = 0;
        while short && i < self.block.count {
            // SAFETY: lanes divide a block; the caller vouches for the rows.
            let good = unsafe { self.each(s, i) };
            left &= !(u64::from(good) << i);
            i += lanes;
        }
        for i in (0..self.block.count).filter(|i| left >> i & 1 != 0) {
            // SAFETY: as above.
            unsafe { self.one(s, i) };
        }
    }
}

impl<E: Elem> Look<'_, E> {
    /// Looks at as many rows as there are lanes, from row `i` on; bit `r` of the result
    /// is whether that said all about row `i + r`.
    #[inline(always)]
    unsafe fn each<S: Io<E>>(&mut self, s: S, i: usize) -> u32 {
        let lanes = <S as Lanes<E::Acc>>::N;
        let mut own = [E::Acc::ZERO; LANES];
        let mut rows = [core::ptr::null::<E>(); LANES];
        for r in 0..lanes {
            // SAFETY: the caller vouches for the places; lanes without a row repeat the
            // last.
            unsafe {
                let row = (i + r).min(self.block.count - 1);
                *own.get_unchecked_mut(r) = E::Acc::of(*self.block.own.get_unchecked(row));
                *rows.get_unchecked_mut(r) = *self.rows.get_unchecked(row);
            }
        }
        // SAFETY: the array holds as many as the most lanes.
        let own = unsafe { s.get(own.as_ptr()) };
        let zero = s.splat(E::Acc::ZERO);
        let mut totals = [zero; SUMS];
        let mut at = 0;
        while at < self.cols {
            let width = lanes.min(self.cols - at);
            let mut square = s.repeat(zero);
            for (v, row) in square.as_mut().iter_mut().zip(rows) {
                let from = row.wrapping_add(at);
                s.prefetch(from.wrapping_add(AHEAD / size_of::<E>()));
                // SAFETY: this many columns are left.
                *v = unsafe { s.load_head(from, width, E::Acc::NEG_INFINITY) };
            }
            let mut square = s.transpose(square);
            // A square by itself, so that a long row does not lose small terms.
            let mut sums = Sums::<E, S>::new(s);
            for v in square.as_mut().iter().take(width) {
                sums.add(s, s.sub(*v, own), &self.plan, &self.second);
            }
            totals.iter_mut().zip(sums.0).for_each(|(to, sum)| *to = s.add(*to, sum));
            at += lanes;
        }
        let most = s.splat(E::Acc::of(most::<E::Acc>()));
        let last = s.splat(E::Acc::of(E::Acc::LARGE));
        let [_, rest, other, .., fourth] = totals;
        let good = s.and(s.gt(most, rest), s.and(s.gt(most, other), s.gt(last, fourth)));
        for (column, total) in self.block.sums.iter_mut().zip(totals) {
            let mut values = [E::Acc::ZERO; LANES];
            // SAFETY: there is room for the lanes here and, as the caller vouches, there.
            unsafe {
                s.put(values.as_mut_ptr(), total);
                let column = column.as_mut_ptr().add(i);
                for (r, value) in values.iter().enumerate().take(lanes) {
                    *column.add(r) = value.to_f64();
                }
            }
        }
        for behind in self.block.behind.iter_mut().skip(i).take(lanes) {
            *behind = 0.0;
        }
        s.bits(good) & ((1 << lanes) - 1)
    }

    /// Looks at row `i`, relative to its label and, if that does not do, to its largest.
    #[inline(always)]
    unsafe fn one<S: Io<E>>(&mut self, s: S, i: usize) {
        // SAFETY: the caller vouches for the place.
        let (row, own) = unsafe { (*self.rows.get_unchecked(i), *self.block.own.get_unchecked(i)) };
        let (mut reference, mut again) = (E::Acc::of(own), false);
        let totals = loop {
            // SAFETY: the caller vouches for the row.
            let totals = unsafe { self.row(s, row, reference) };
            let [_, rest, other, .., fourth] = totals;
            let most = most::<E::Acc>();
            if again || (rest < most && other < most && fourth < f64::MAX) {
                break totals;
            }
            // SAFETY: as above.
            match unsafe { kind(row, self.cols) } {
                Kind::Finite(max) => (reference, again) = (max, true),
                _ => break [f64::NAN; SUMS],
            }
        };
        // SAFETY: as above.
        unsafe {
            for (column, total) in self.block.sums.iter_mut().zip(totals) {
                *column.get_unchecked_mut(i) = total;
            }
            *self.block.behind.get_unchecked_mut(i) = reference.to_f64() - own;
        }
    }

    /// The sums of a row relative to a reference.
    #[inline(always)]
    unsafe fn row<S: Io<E>>(&self, s: S, row: *const E, reference: E::Acc) -> [f64; SUMS] {
        let lanes = <S as Lanes<E::Acc>>::N;
        let n = self.cols;
        let base = s.splat(reference);
        let mut totals: [W<E, S>; SUMS] = [s.wide_zero(); SUMS];
        let mut at = 0;
        while at < n {
            let mut sums = Sums::<E, S>::new(s);
            let stop = at + (n - at).min(FOLD * lanes);
            while at < stop {
                // SAFETY: every load starts at `at` and ends at or before `n`.
                let v = unsafe {
                    if stop - at >= lanes {
                        s.load(row.add(at))
                    } else {
                        s.load_head(row.add(at), stop - at, E::Acc::NEG_INFINITY)
                    }
                };
                s.prefetch(row.wrapping_add(at + AHEAD / size_of::<E>()));
                sums.add(s, s.sub(v, base), &self.plan, &self.second);
                at += lanes;
            }
            for (total, sum) in totals.iter_mut().zip(sums.0) {
                *total = s.wide_add(*total, sum);
            }
        }
        totals.map(|total| s.wide_sum(total))
    }
}

/// Sums above this may be of exponentials that were cut.
#[inline(always)]
fn most<T: Real>() -> f64 {
    f64::from_bits(((1023.0 + T::CEILING) as u64) << 52)
}

/// The sums of a [`Block`] in lanes.
struct Sums<E: Elem, S: Io<E>>([V<E, S>; SUMS]);

impl<E: Elem, S: Io<E>> Sums<E, S> {
    #[inline(always)]
    fn new(s: S) -> Self {
        Sums([s.splat(E::Acc::ZERO); SUMS])
    }

    /// Adds a difference a lane.
    #[inline(always)]
    fn add(&mut self, s: S, difference: V<E, S>, plan: &ExpPlan<E::Acc>, second: &ExpPlan<E::Acc>) {
        let (zero, one) = (s.splat(E::Acc::ZERO), s.splat(E::Acc::ONE));
        let d = plan.within::<E, S>(s, difference);
        let e = plan.eval_difference::<E, S>(s, d);
        let same = s.eq(difference, zero);
        let [ties, rest, other, m1, m2, m3, m4] = &mut self.0;
        *ties = s.add(*ties, s.select(same, one, zero));
        *rest = s.add(*rest, s.select(same, zero, e));
        let beside = second.within::<E, S>(s, difference);
        let beside = second.eval_difference::<E, S>(s, beside);
        *other = s.add(*other, s.select(same, zero, beside));
        // Products and sums, not both in one: other units do the sums.
        let mut term = e;
        for moment in [m1, m2, m3, m4] {
            term = s.mul(term, d);
            *moment = s.add(*moment, term);
        }
    }
}
