//! The two-pass algorithm: a sum held as mantissa and exponent, so that no maximum
//! is needed to keep it in range, and no guess either (M. Dukhan and A.
//! Ablavatski, "The Two-Pass Softmax Algorithm", 2020, algorithm 3).
//!
//! In the paper every addition brings the mantissa to the larger exponent. Here
//! mantissas are added under one exponent for as long as they stay in range of it,
//! which is what is asked of every four vectors; only then is the exponent raised.

use super::passes::Row;
use crate::math::exp::{ExpPlan, Scale};
use crate::math::sum::Sum;
use crate::rows::kind;
use crate::rows::tally::{FOLD, Tally};
use crate::simd::{Elem, Io, Lanes, Real};

/// A row's sum and the plan it is a sum of; `None` where an entry is NaN, infinite
/// or too large for an exponent to be exact, or where there is none above -inf.
///
/// # Safety
/// As [`Row`].
#[inline(always)]
pub unsafe fn sum<E: Elem, S: Io<E>>(
    s: S,
    row: Row<E>,
    scale: &Scale<E::Acc>,
) -> Option<(ExpPlan<E::Acc>, f64)> {
    let step = 4 * <S as Lanes<E::Acc>>::N;
    let mut summed: Option<(ExpPlan<E::Acc>, Sum)> = None;
    let mut at = 0;
    while at < row.n {
        // SAFETY: the rest is part of the row, for which the caller vouches.
        unsafe {
            let rest = row.part(at, row.n - at);
            let max = kind::max(rest.from, rest.n.min(step));
            if max == E::Acc::NEG_INFINITY {
                at += rest.n.min(step);
                continue;
            }
            let plan = scale.guess(max)?;
            let (sum, n) = under_one(s, rest, &plan);
            at += n;
            summed = Some(match summed {
                Some((before, total)) => (plan, total.times(plan.ratio(&before)).plus(sum)),
                None => (plan, Sum::ZERO.plus(sum)),
            });
        }
    }
    let (plan, total) = summed.map(|(plan, total)| (plan, total.value()))?;
    plan.fits(total).then_some((plan, total))
}

/// The sum of the first vectors that are in range of the plan, which are some, and
/// how many values they are. A NaN is taken to be in range, and makes the sum NaN.
///
/// # Safety
/// As [`Row`].
#[inline(always)]
unsafe fn under_one<E: Elem, S: Io<E>>(s: S, row: Row<E>, plan: &ExpPlan<E::Acc>) -> (f64, usize) {
    let lanes = <S as Lanes<E::Acc>>::N;
    let high = s.splat(plan.ceiling());
    let mut sum = Tally::<E, S>::new(s);
    let mut at = 0;
    // SAFETY: every load starts at `at` and ends at or before `n`.
    unsafe {
        while <S as Lanes<E::Acc>>::UNROLL && row.n - at >= 4 * lanes {
            let x = row.from.add(at);
            let (a, b) = (s.load(x), s.load(x.add(lanes)));
            let (c, d) = (s.load(x.add(2 * lanes)), s.load(x.add(3 * lanes)));
            if s.bits(s.gt(s.max(s.max(a, b), s.max(c, d)), high)) != 0 {
                return (sum.value(s), at);
            }
            let (a, b) = (plan.eval_direct::<E, S>(s, a), plan.eval_direct::<E, S>(s, b));
            let (c, d) = (plan.eval_direct::<E, S>(s, c), plan.eval_direct::<E, S>(s, d));
            sum.four(s, [a, b, c, d]);
            at += 4 * lanes;
            if (at / (4 * lanes)).is_multiple_of(FOLD) {
                sum.fold(s);
            }
        }
        while at < row.n {
            let n = (row.n - at).min(lanes);
            let v = s.load_head(row.from.add(at), n, E::Acc::NEG_INFINITY);
            if s.bits(s.gt(v, high)) != 0 {
                break;
            }
            sum.add_wide(s, plan.eval_direct::<E, S>(s, v));
            at += n;
        }
    }
    (sum.value(s), at)
}
