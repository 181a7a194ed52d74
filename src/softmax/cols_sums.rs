//! The sums of exponentials of columns, side by side: each lane is a column, and the
//! rows go by.
//!
//! A block of rows is taken at a time, so that what is known of a column is fetched once
//! for all of them. References are guessed from the first block, as rows guess them
//! (`rows/reference.rs`), and the largest entry is not summed, as in `rows/exp_sum.rs`:
//! here each lane keeps its own back, and that is the column's.

use crate::math::exp::{Scale, least_sum, power_of_two};
use crate::math::exp_each::ExpEach;
use crate::math::ln::ln_plus;
use crate::rows::view::{Rows, RowsMut};
use crate::simd::{Elem, Io, Kernel, Lanes, M, Real, V};

/// The most columns of a strip: whole vectors, whatever these hold.
pub const WIDTH: usize = 512;

/// Room for them, wherever a vector starts.
const ROOM: usize = WIDTH + 16;

/// Rows of a block.
pub const BLOCK: usize = 8;

/// By how many powers of two a guess may be below the maximum.
const BELOW: f64 = 32.0;

/// What is known of each column of a strip.
#[repr(C, align(64))]
pub struct Strip<T> {
    /// The largest entry; NaN is passed over.
    pub top: [T; ROOM],
    /// What turns an exponential into a share; before that, their sum, or that without
    /// the largest.
    pub share: [T; ROOM],
    /// The logarithm of the sum relative to the largest entry; before that, what the sum
    /// lost.
    pub log: [T; ROOM],
    /// What is subtracted from an entry ..
    pub shift: [T; ROOM],
    /// .. and the exponent that is taken out of its exponential.
    pub power: [T; ROOM],
    /// Whether anything is subtracted.
    pub shifted: bool,
}

impl<T: Real> Strip<T> {
    /// Nothing yet.
    #[inline(always)]
    pub fn nothing() -> Self {
        let zeros = [T::ZERO; ROOM];
        let top = [T::NEG_INFINITY; ROOM];
        Strip { top, share: zeros, log: zeros, shift: zeros, power: zeros, shifted: false }
    }
}

/// What exponentials of a vector of columns are relative to.
pub struct Reference<E: Elem, S: Io<E>> {
    shift: V<E, S>,
    shifted: bool,
    plan: ExpEach<E, S>,
}

impl<E: Elem, S: Io<E>> Reference<E, S> {
    /// That of the columns from column `at` on.
    ///
    /// # Safety
    /// A vector starts there.
    #[inline(always)]
    pub unsafe fn get(s: S, strip: &Strip<E::Acc>, scale: &Scale<E::Acc>, at: usize) -> Self {
        // SAFETY: the caller vouches for the place.
        unsafe {
            let power = s.get(strip.power.as_ptr().add(at));
            let shift = s.get(strip.shift.as_ptr().add(at));
            Reference { shift, shifted: strip.shifted, plan: ExpEach::of_power(s, scale, power) }
        }
    }

    /// The exponentials of a row's entries.
    #[inline(always)]
    pub fn eval(&self, s: S, scale: &Scale<E::Acc>, v: V<E, S>) -> V<E, S> {
        let d = if self.shifted { s.sub(v, self.shift) } else { v };
        self.plan.eval_within(s, scale, self.plan.within(s, d))
    }
}

/// Adds rows to the sums of columns, at most [`WIDTH`]; after the last of them, tells
/// whether all references were good.
pub struct Sums<'a, E: Elem> {
    /// The rows.
    pub x: Rows<E>,
    /// Where exponentials are kept: the output ..
    pub y: RowsMut<E>,
    /// .. or a scratch, in rows of whole vectors, where entries are kept if it is the
    /// largest that are asked for.
    pub scratch: RowsMut<E::Acc>,
    /// What entries are multiplied by.
    pub scale: &'a Scale<E::Acc>,
    /// What becomes known.
    pub strip: &'a mut Strip<E::Acc>,
    /// What is to be known.
    pub task: Task,
}

/// What waits for the sums of columns.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Nothing: results are made of the entries.
    Nothing,
    /// Exponentials, in the output.
    Output,
    /// Exponentials or entries, in a scratch.
    Scratch,
}

/// What is to be known of columns.
#[derive(Clone, Copy)]
pub struct Task {
    /// The largest entries too, and the logarithms relative to those.
    pub tops: bool,
    /// Whether the largest entries are known already.
    pub known: bool,
    /// Where something is kept for the results.
    pub keep: Keep,
    /// Whether logarithms are wanted.
    pub logs: bool,
    /// Whether the rows are the first of the columns, and the last.
    pub first: bool,
    /// As above.
    pub last: bool,
    /// How many rows there are in all.
    pub rows: usize,
}

impl<E: Elem> Kernel<E> for Sums<'_, E> {
    type Out = bool;

    #[inline(always)]
    fn run<S: Io<E>>(mut self, s: S) -> bool {
        let (lanes, Rows { rows, cols, .. }) = (<S as Lanes<E::Acc>>::N, self.x);
        let mut good = true;
        self.strip.shifted &= !self.task.first;
        // SAFETY: every block is inside the rows, and a strip is whole vectors.
        unsafe {
            let mut start = 0;
            while start < rows {
                let end = rows.min(start + BLOCK);
                let mut at = 0;
                while self.task.first && start == 0 && at < cols {
                    self.refer(s, at, end);
                    at += lanes;
                }
                at = 0;
                while at < cols {
                    if self.task.tops {
                        self.block::<S, true>(s, at, (start, end));
                    } else {
                        self.block::<S, false>(s, at, (start, end));
                    }
                    at += lanes;
                }
                start = end;
            }
            let mut at = 0;
            while self.task.last && at < cols {
                let fits = if self.task.tops { self.finish(s, at) } else { self.share(s, at) };
                let all = s.bits(s.head(lanes.min(cols - at)));
                good &= s.bits(fits) & all == all;
                at += lanes;
            }
        }
        good
    }
}

impl<E: Elem> Sums<'_, E> {
    /// The entries of row `r` from column `at` on.
    #[inline(always)]
    unsafe fn entries<S: Io<E>>(&self, s: S, r: usize, at: usize) -> V<E, S> {
        // SAFETY: the row has so many columns.
        unsafe { load(s, self.x.row(r).wrapping_add(at), self.x.cols - at) }
    }

    /// Sets the references of a vector of columns, and forgets all else.
    #[inline(always)]
    unsafe fn refer<S: Io<E>>(&mut self, s: S, at: usize, end: usize) {
        let of = |x| s.splat(E::Acc::of(x));
        let least = s.splat(E::Acc::NEG_INFINITY);
        let mut some = least;
        // SAFETY: a vector starts at `at`.
        unsafe {
            if self.task.known {
                some = s.get(self.strip.top.as_ptr().add(at));
            } else {
                for r in 0..end {
                    // NaN stands where it is passed over.
                    some = s.max(self.entries(s, r, at), some);
                }
            }
            let (hi, _, _) = self.scale.parts();
            let exact = s.mul(some, s.splat(hi));
            let size = s.max(exact, s.sub(of(0.0), exact));
            let fits = s.ge(of(E::Acc::DIRECT), size);
            let round = of(E::Acc::MAGIC);
            let power = s.sub(s.add(s.select(fits, exact, of(0.0)), round), round);
            let far = s.select(is_number::<E, S>(s, some), some, of(0.0));
            let shift = s.select(fits, of(0.0), far);
            self.strip.shifted |=
                s.bits(s.eq(shift, of(0.0))) != s.bits(s.head(<S as Lanes<E::Acc>>::N));
            s.put(self.strip.power.as_mut_ptr().add(at), power);
            s.put(self.strip.shift.as_mut_ptr().add(at), shift);
            if self.task.tops {
                s.put(self.strip.top.as_mut_ptr().add(at), least);
            }
            s.put(self.strip.share.as_mut_ptr().add(at), of(0.0));
            s.put(self.strip.log.as_mut_ptr().add(at), of(0.0));
        }
    }

    /// Adds the entries of some rows in a vector of columns.
    #[inline(always)]
    unsafe fn block<S: Io<E>, const TOPS: bool>(
        &mut self,
        s: S,
        at: usize,
        (start, end): (usize, usize),
    ) {
        // SAFETY: as above.
        unsafe {
            let reference = Reference::<E, S>::get(s, self.strip, self.scale, at);
            let mut top = s.get(self.strip.top.as_ptr().add(at));
            let zero = s.splat(E::Acc::ZERO);
            let (mut even, mut odd) = (zero, zero);
            for r in start..end {
                let v = self.entries(s, r, at);
                s.prefetch(self.x.row(r + BLOCK).wrapping_add(at));
                let e = if TOPS {
                    // The value stands where a NaN is kept, then where it is passed over.
                    let low = s.min(top, v);
                    top = s.max(v, top);
                    reference.eval(s, self.scale, low)
                } else {
                    reference.eval(s, self.scale, v)
                };
                if self.task.keep == Keep::Scratch {
                    s.put(self.scratch.row(r).wrapping_add(at), if TOPS { v } else { e });
                } else if !TOPS && self.task.keep == Keep::Output {
                    store(s, self.y.row(r).wrapping_add(at), self.x.cols - at, e);
                }
                (even, odd) = (odd, s.add(even, e));
            }
            // What was lost so far comes along: by itself it would stop growing too, in
            // columns of 2^28 rows.
            let lost = s.get(self.strip.log.as_ptr().add(at));
            let more = s.add(s.add(even, odd), lost);
            let old = s.get(self.strip.share.as_ptr().add(at));
            let sum = s.add(old, more);
            // What the addition lost, whichever was larger.
            let back = s.sub(sum, old);
            let rest = s.add(s.sub(old, s.sub(sum, back)), s.sub(more, back));
            s.put(self.strip.share.as_mut_ptr().add(at), sum);
            s.put(self.strip.log.as_mut_ptr().add(at), rest);
            if TOPS {
                s.put(self.strip.top.as_mut_ptr().add(at), top);
            }
        }
    }

    /// Makes shares; which lanes had a good reference.
    #[inline(always)]
    unsafe fn share<S: Io<E>>(&mut self, s: S, at: usize) -> M<E, S> {
        let of = |x| s.splat(E::Acc::of(x));
        // SAFETY: as above.
        unsafe {
            let sum = s.get(self.strip.share.as_ptr().add(at));
            let sum = s.add(sum, s.get(self.strip.log.as_ptr().add(at)));
            let share = s.div(of(1.0), sum);
            s.put(self.strip.share.as_mut_ptr().add(at), share);
            if self.task.logs {
                let power = s.get(self.strip.power.as_ptr().add(at));
                let power = s.sub(power, of(E::Acc::LIFT));
                let log = ln_plus::<E::Acc, S>(s, sum, power, s.sub(sum, sum));
                s.put(self.strip.log.as_mut_ptr().add(at), log);
            }
            let most = of(power_of_two(E::Acc::LIFT + E::Acc::CEILING - 1.0));
            s.and(s.gt(most, sum), s.gt(sum, of(power_of_two(E::Acc::LIFT - 2.0))))
        }
    }

    /// Makes shares and logarithms relative to the largest entry; which lanes had a good
    /// reference.
    #[inline(always)]
    unsafe fn finish<S: Io<E>>(&mut self, s: S, at: usize) -> M<E, S> {
        let of = |x| s.splat(E::Acc::of(x));
        let (one, zero) = (of(1.0), of(0.0));
        // SAFETY: as above.
        unsafe {
            let reference = Reference::<E, S>::get(s, self.strip, self.scale, at);
            let top = s.get(self.strip.top.as_ptr().add(at));
            let sum = s.get(self.strip.share.as_ptr().add(at));
            let rest = s.add(sum, s.get(self.strip.log.as_ptr().add(at)));
            let (hi, _, _) = self.scale.parts();
            let power = s.get(self.strip.power.as_ptr().add(at));
            let height = s.fma(s.sub(top, reference.shift), s.splat(hi), s.sub(zero, power));
            let number = is_number::<E, S>(s, top);
            let within = s.and(s.ge(of(BELOW), height), s.ge(height, of(-1.0)));
            let largest = reference.eval(s, self.scale, s.select(number, top, zero));
            let vanishes = s.gt(of(least_sum::<E::Acc>(self.task.rows)), rest);
            let u = s.select(vanishes, zero, s.div(rest, largest));
            let base = s.add(u, one);
            let lost = s.div(s.sub(u, s.sub(base, one)), base);
            let log = ln_plus::<E::Acc, S>(s, base, zero, lost);
            s.put(self.strip.share.as_mut_ptr().add(at), rest);
            s.put(self.strip.log.as_mut_ptr().add(at), log);
            let none = s.or(s.gt(top, of(E::Acc::LARGE)), s.gt(of(-E::Acc::LARGE), top));
            s.or(within, none)
        }
    }
}

/// The lanes that are finite.
#[inline(always)]
fn is_number<E: Elem, S: Io<E>>(s: S, v: V<E, S>) -> M<E, S> {
    let size = s.max(v, s.sub(s.splat(E::Acc::ZERO), v));
    s.ge(s.splat(E::Acc::of(E::Acc::LARGE)), size)
}

/// Up to a vector of the `n` values from `from` on.
///
/// # Safety
/// They are readable.
#[inline(always)]
pub unsafe fn load<E: Elem, S: Io<E>>(s: S, from: *const E, n: usize) -> V<E, S> {
    // SAFETY: the caller vouches for `n` values.
    unsafe {
        if n >= <S as Lanes<E::Acc>>::N { s.load(from) } else { s.load_head(from, n, E::Acc::ZERO) }
    }
}

/// Writes up to a vector of the `n` values from `to` on.
///
/// # Safety
/// They are writable.
#[inline(always)]
pub unsafe fn store<E: Elem, S: Io<E>>(s: S, to: *mut E, n: usize, v: V<E, S>) {
    // SAFETY: the caller vouches for `n` values.
    unsafe {
        if n >= <S as Lanes<E::Acc>>::N {
            s.store(to, v);
        } else {
            s.store_head(to, n, v);
        }
    }
}
