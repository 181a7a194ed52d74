//! From a score and a label of two classes to what is summed, over lanes of f64.

use super::binary::*;
use super::reliability::LARGEST;
use crate::math::exp::ExpPlan;
use crate::math::ln::ln_plus;
use crate::math::two_grids::Parts;
use crate::simd::{Io, M, Real, V};

type Vec64<S> = V<f64, S>;

/// What is known of a vector of rows.
pub struct Terms<S: Io<f64>> {
    /// The probabilities of class 1.
    pub p: Vec64<S>,
    /// What is summed of them.
    pub terms: [Parts<S>; TERMS],
    /// Rows that have a probability.
    pub valid: M<f64, S>,
    /// Rows whose loss in `terms` is to be believed.
    pub ordinary: M<f64, S>,
    /// Rows that were not clipped.
    pub kept: M<f64, S>,
    /// Rows told to be 1.
    pub told: M<f64, S>,
}

/// How scores become terms, in two steps: the first is a long chain in which each
/// operation waits for the one before it. In a loop of its own, enough of it is under
/// way at once.
pub trait Maker<S: Io<f64>> {
    /// Losses of scores and labels, as they are summed, and a number for later.
    fn losses(&self, s: S, x: Vec64<S>, y: Vec64<S>) -> [Vec64<S>; 2];
    /// Terms of scores and labels, with what the first step made of them.
    fn terms(&self, s: S, x: Vec64<S>, y: Vec64<S>, losses: [Vec64<S>; 2]) -> Terms<S>;
}

/// The terms of a loss, of the distance from what came true to the probability, of
/// `p (1 - p)` and of `1 - 2 p`.
#[inline(always)]
fn terms_of<S: Io<f64>>(s: S, [loss, off, spread, tilt]: [Vec64<S>; TERMS]) -> [Parts<S>; TERMS] {
    [
        LOSSES.parts(s, loss),
        SMALL.of_product(s, off, off),
        SMALL.of_product(s, off, tilt),
        SMALL.of_product(s, s.mul(spread, tilt), tilt),
    ]
}

/// Scores are probabilities.
pub struct FromProbabilities<S: Io<f64>> {
    /// What they are held above ..
    pub low: Vec64<S>,
    /// .. and below.
    pub high: Vec64<S>,
}

/// Probabilities are lifted by this power of two before their logarithm is taken.
const LIFT: i32 = 1000;
const UP: f64 = f64::from_bits(((1023 + LIFT) as u64) << 52);
const DOWN: f64 = f64::from_bits(((1023 - LIFT) as u64) << 52);

impl<S: Io<f64>> Maker<S> for FromProbabilities<S> {
    #[inline(always)]
    fn losses(&self, s: S, p: Vec64<S>, y: Vec64<S>) -> [Vec64<S>; 2] {
        let (zero, one) = (s.splat(0.0), s.splat(1.0));
        let hit = s.gt(y, zero);
        let other = s.sub(one, p);
        // What is given to what came true, and what rounding took from it.
        let given = s.select(hit, p, other);
        let lost = s.select(hit, zero, s.sub(s.sub(one, other), p));
        let held = s.min(self.high, s.max(self.low, given));
        let lost = s.select(s.eq(held, given), lost, zero);
        let lifted = s.mul(held, s.splat(UP));
        [ln_plus(s, lifted, s.splat(-f64::from(LIFT)), lost), held]
    }

    #[inline(always)]
    fn terms(&self, s: S, p: Vec64<S>, y: Vec64<S>, [log, held]: [Vec64<S>; 2]) -> Terms<S> {
        let zero = s.splat(0.0);
        let other = s.sub(s.splat(1.0), p);
        let given = s.select(s.gt(y, zero), p, other);
        let valid = s.and(s.ge(p, zero), s.ge(s.splat(LARGEST), p));
        let parts = [log, s.sub(y, p), s.mul(p, other), s.sub(other, p)];
        Terms {
            p,
            terms: terms_of(s, parts),
            valid,
            ordinary: s.and(valid, s.ge(held, s.splat(DOWN))),
            kept: s.eq(held, given),
            told: s.gt(p, s.splat(0.5)),
        }
    }
}

/// Scores are logits.
pub struct FromLogits<'a> {
    /// Exponentials relative to 1.
    pub plan: &'a ExpPlan<f64>,
}

/// Takes the lift of [`f64::LIFT`] away.
const LOWER: f64 = f64::from_bits((1023 - 512) << 52);
const _: () = assert!(<f64 as Real>::LIFT == 512.0);

impl<S: Io<f64>> Maker<S> for FromLogits<'_> {
    #[inline(always)]
    fn losses(&self, s: S, x: Vec64<S>, y: Vec64<S>) -> [Vec64<S>; 2] {
        let (zero, one) = (s.splat(0.0), s.splat(1.0));
        let turned = s.sub(zero, x);
        // e^-|x|, which is never too large.
        let d = self.plan.difference::<f64, S>(s, s.min(x, turned));
        let e = s.mul(self.plan.eval_or_zero::<f64, S>(s, d), s.splat(LOWER));
        let sum = s.add(one, e);
        // The logit of what came false: the loss is ln(1 + e^it).
        let against = s.select(s.gt(y, zero), turned, x);
        let log = ln_plus(s, sum, zero, s.sub(e, s.sub(sum, one)));
        [s.add(s.max(against, zero), log), e]
    }

    #[inline(always)]
    fn terms(&self, s: S, x: Vec64<S>, y: Vec64<S>, [loss, e]: [Vec64<S>; 2]) -> Terms<S> {
        let (zero, one) = (s.splat(0.0), s.splat(1.0));
        let large = s.div(one, s.add(one, e));
        let small = s.mul(e, large);
        let up = s.ge(x, zero);
        let (p, other) = (s.select(up, large, small), s.select(up, small, large));
        let off = s.select(s.gt(y, zero), other, s.sub(zero, p));
        let valid = s.eq(x, x);
        Terms {
            p,
            terms: terms_of(s, [loss, off, s.mul(large, small), s.sub(other, p)]),
            valid,
            ordinary: s.and(valid, s.gt(s.splat(LARGE_LOSS), loss)),
            kept: valid,
            told: s.gt(x, zero),
        }
    }
}
