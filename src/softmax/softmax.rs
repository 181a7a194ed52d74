//! Softmax: `y = exp(s x) / sum exp(s x)`, row by row.
//!
//! Three passes over a row: its maximum; the exponentials and their sum; the
//! division. The exponential does not subtract the maximum but an exponent
//! (`math/exp.rs`), so small shares keep their accuracy, and it is held `2^LIFT`
//! too large, so that a share is rounded once even where it is subnormal. Where
//! the output can hold the exponentials they wait there; a 16-bit output would
//! round them, so there they are computed twice.

use super::row::{Corner, Opts, RowsPair, write_corner};
use crate::math::exp::{ExpPlan, Scale};
use crate::rows::kind::{Kind, kind};
use crate::rows::pass::{Pass, sum4, walk};
use crate::simd::{Elem, Io, Kernel, Lanes, Real, V, W};
use crate::status::Status;

/// Applies softmax to every row.
pub fn apply<E: Elem>(io: RowsPair<E>, opts: Opts) -> Status {
    E::dispatch(Softmax { io, opts, scale: Scale::new(opts.scale) })
}

struct Softmax<E: Elem> {
    io: RowsPair<E>,
    opts: Opts,
    scale: Scale<E::Acc>,
}

impl<E: Elem> Kernel<E> for Softmax<E> {
    type Out = Status;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> Status {
        let RowsPair { x, y, lse } = self.io;
        let corner =
            Corner { at_infinity: |count| 1.0 / count, beside: E::Acc::ZERO, empty: E::Acc::ZERO };
        let mut status = Status::LGT_OK;
        for r in 0..x.rows {
            let (from, to, n) = (x.row(r), y.row(r), x.cols);
            // SAFETY: the views vouch for their rows.
            unsafe {
                match kind(s, from, n) {
                    Kind::Finite(max) => {
                        let plan = self.scale.direct(max);
                        let sum = row(s, &plan, from, to, n);
                        lse.set(r, E::Acc::of(plan.log(sum, &self.scale)));
                    }
                    other => {
                        let row = (from, to, n);
                        let (log, advisory) = write_corner(&other, &corner, &self.opts, row);
                        lse.set(r, log);
                        if advisory != Status::LGT_OK {
                            status = advisory;
                        }
                    }
                }
            }
        }
        status
    }
}

/// One row by a plan that fits it; returns the sum.
///
/// # Safety
/// `from` must be readable and `to` writable for `n` values.
#[inline(always)]
unsafe fn row<E: Elem, S: Io<E>>(
    s: S,
    plan: &ExpPlan<E::Acc>,
    from: *const E,
    to: *mut E,
    n: usize,
) -> f64 {
    let least = E::Acc::NEG_INFINITY;
    let zero = s.splat(E::Acc::ZERO);
    let mut sum = SumPass::<E, S> { plan, to, sum: zero, total: s.wide_zero() };
    // SAFETY: the caller vouches for both rows.
    unsafe {
        walk(s, from, n, least, &mut sum);
        let total = s.wide_sum(sum.total);
        let share = s.splat(plan.share(total));
        if E::LOSSLESS {
            walk(s, to, n, E::Acc::ZERO, &mut DividePass::<E, S> { to, share });
        } else {
            walk(s, from, n, least, &mut SharePass::<E, S> { plan, to, share });
        }
        total
    }
}

/// The sum of exponentials, which stay in the output if it can hold them.
struct SumPass<'a, E: Elem, S: Io<E>> {
    plan: &'a ExpPlan<E::Acc>,
    to: *mut E,
    sum: V<E, S>,
    total: W<E, S>,
}

impl<E: Elem, S: Io<E>> SumPass<'_, E, S> {
    /// The exponential, left in the output.
    #[inline(always)]
    fn term(&self, s: S, v: V<E, S>, at: usize) -> V<E, S> {
        let e = self.plan.eval::<E, S>(s, v);
        if E::LOSSLESS {
            // SAFETY: the output row has every column of the input row.
            unsafe { s.store(self.to.add(at), e) };
        }
        e
    }
}

impl<E: Elem, S: Io<E>> Pass<E, S> for SumPass<'_, E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, at: usize) {
        self.sum = s.add(self.sum, self.term(s, v, at));
    }

    #[inline(always)]
    fn quad(&mut self, s: S, [a, b, c, d]: [V<E, S>; 4], at: usize) {
        let n = <S as Lanes<E::Acc>>::N;
        let (a, b) = (self.term(s, a, at), self.term(s, b, at + n));
        let (c, d) = (self.term(s, c, at + 2 * n), self.term(s, d, at + 3 * n));
        self.sum = s.add(self.sum, sum4::<E, S>(s, [a, b, c, d]));
    }

    #[inline(always)]
    fn tail(&mut self, s: S, v: V<E, S>, at: usize, n: usize) {
        let e = self.plan.eval::<E, S>(s, v);
        self.sum = s.add(self.sum, e);
        if E::LOSSLESS {
            // SAFETY: as above.
            unsafe { s.store_head(self.to.add(at), n, e) };
        }
    }

    #[inline(always)]
    fn fold(&mut self, s: S) {
        self.total = s.wide_add(self.total, self.sum);
        self.sum = s.splat(E::Acc::ZERO);
    }
}

/// Exponentials in the output become shares.
struct DividePass<E: Elem, S: Io<E>> {
    to: *mut E,
    share: V<E, S>,
}

impl<E: Elem, S: Io<E>> Pass<E, S> for DividePass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, at: usize) {
        // SAFETY: the vector was loaded from this very place.
        unsafe { s.store(self.to.add(at), s.mul(v, self.share)) };
    }

    #[inline(always)]
    fn tail(&mut self, s: S, v: V<E, S>, at: usize, n: usize) {
        // SAFETY: as above.
        unsafe { s.store_head(self.to.add(at), n, s.mul(v, self.share)) };
    }
}

/// Scores become shares, the exponential computed once more.
struct SharePass<'a, E: Elem, S: Io<E>> {
    plan: &'a ExpPlan<E::Acc>,
    to: *mut E,
    share: V<E, S>,
}

impl<E: Elem, S: Io<E>> Pass<E, S> for SharePass<'_, E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, at: usize) {
        let y = s.mul(self.plan.eval::<E, S>(s, v), self.share);
        // SAFETY: the output row has every column of the input row.
        unsafe { s.store(self.to.add(at), y) };
    }

    #[inline(always)]
    fn tail(&mut self, s: S, v: V<E, S>, at: usize, n: usize) {
        let y = s.mul(self.plan.eval::<E, S>(s, v), self.share);
        // SAFETY: as above.
        unsafe { s.store_head(self.to.add(at), n, y) };
    }
}
