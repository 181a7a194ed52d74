//! A logistic regression at a point, a block of rows at a time, in lanes of f64: loss,
//! gradient and curvature of `q = t1 f1 + t2 f2 + t3` for labels of 0 and 1.
//!
//! With `e = exp(-|q|)` a row's loss is `max(q or -q, 0) + ln(1 + e)`, and what is given
//! to the wrong class is `e / (1 + e)` or `1 / (1 + e)`: nothing cancels however sure a
//! row is. Sums over a block are plain, those over blocks are not. Without weights no
//! logarithm is taken of a row, but one of the product over some.

use crate::math::exp::{ExpPlan, Scale};
use crate::math::fixed::UNIT;
use crate::math::ln::{ln_plus, ln_small};
use crate::rows::column::{BLOCK, TwoClasses};
use crate::rows::visit::LARGEST;
use crate::simd::{Io, Kernel, Real, V};

/// Scores from here on are no scores.
pub const MOST: f64 = 1e300;

/// Sums at a point: the loss, its slopes, its curvatures by `11 12 13 22 23 33`, and the
/// first feature of either class.
pub const SUMS: usize = 12;

/// What is made of a score.
#[derive(Clone, Copy, Debug)]
pub enum Features {
    /// `(s - shift) / scale`.
    Line {
        /// What is taken away.
        shift: f64,
        /// A power of two.
        scale: f64,
    },
    /// `ln s` and `-ln(1 - s)`, of scores held in `[eps, 1 - eps]`.
    Logs {
        /// The least score.
        eps: f64,
    },
}

/// Rows in f64, of which any number may lie where the caller has them.
#[derive(Clone, Copy)]
pub struct Block {
    /// Scores.
    pub x: *const f64,
    /// Labels of 0 or 1.
    pub y: *const f64,
    /// Weights.
    pub w: *const f64,
    /// How many.
    pub n: usize,
    /// Whether all weights are 1.
    pub plain: bool,
}

/// Room for a block of rows that are not f64.
pub struct Room([[f64; BLOCK]; 3]);

impl Room {
    /// Weights are 1.
    pub const NEW: Room = Room([[0.0; BLOCK], [0.0; BLOCK], [1.0; BLOCK]]);

    /// Rows `start .. start + n`.
    ///
    /// # Safety
    /// There must be so many, at most [`BLOCK`].
    #[inline(never)]
    pub unsafe fn read(&mut self, data: &TwoClasses, start: usize, n: usize) -> Block {
        let [x, y, w] = &mut self.0;
        // SAFETY: the caller vouches for the rows, and the room is that of a block.
        unsafe {
            data.labels.as_numbers(start, n, y.as_mut_ptr());
            let w = if data.weights.is_null() {
                w.as_ptr()
            } else {
                data.weights.block(start, n, w.as_mut_ptr())
            };
            let x = if data.scores.is_dense() {
                data.scores.block(start, n, x.as_mut_ptr())
            } else {
                data.scores.get(start, n, x.as_mut_ptr());
                x.as_ptr()
            };
            Block { x, y: y.as_ptr(), w, n, plain: data.weights.is_null() }
        }
    }
}

/// A vector of rows: score, label, weight; a score that does not count is `fill`.
struct Few<S: Io<f64>> {
    x: V<f64, S>,
    hit: <S as crate::simd::Lanes<f64>>::M,
    w: V<f64, S>,
    /// Whether every score is one.
    good: bool,
}

impl Block {
    /// Rows from `i` on.
    ///
    /// # Safety
    /// `i < n`, and the block is there.
    #[inline(always)]
    unsafe fn few<S: Io<f64>>(&self, s: S, i: usize, range: [f64; 2], fill: f64) -> Few<S> {
        let left = self.n - i;
        // SAFETY: the caller vouches for the rows.
        let (x, y, w) = unsafe {
            let (x, y, w) = (self.x.add(i), self.y.add(i), self.w.add(i));
            if left >= S::N {
                (s.load(x), s.load(y), s.load(w))
            } else {
                (s.load_head(x, left, fill), s.load_head(y, left, 0.0), s.load_head(w, left, 0.0))
            }
        };
        let counts = s.ge(w, s.splat(UNIT));
        let x = s.select(counts, x, s.splat(fill));
        let good = s.and(s.ge(x, s.splat(range[0])), s.ge(s.splat(range[1]), x));
        Few {
            x,
            hit: s.gt(y, s.splat(0.5)),
            w: s.select(counts, w, s.splat(0.0)),
            good: s.bits(good) == s.bits(s.head(S::N)),
        }
    }
}

/// What a look at rows says: the largest score of class 0 and the largest of its
/// negatives, the same of class 1, and the weights of both.
pub type Seen = [f64; 6];

/// Looks at a block; whether every score is one.
pub fn look(block: Block, range: [f64; 2], seen: &mut Seen) -> bool {
    f64::run(Look { block, range, seen })
}

struct Look<'a> {
    block: Block,
    range: [f64; 2],
    seen: &'a mut Seen,
}

impl Kernel<f64> for Look<'_> {
    type Out = bool;

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) -> bool {
        let (zero, none) = (s.splat(0.0), s.splat(f64::NEG_INFINITY));
        let (mut most, mut least, mut weight) = ([none; 2], [none; 2], [zero; 2]);
        let mut good = true;
        for i in (0..self.block.n).step_by(S::N) {
            // SAFETY: who made this vouched for the block.
            let few = unsafe { self.block.few(s, i, self.range, self.range[0]) };
            good &= few.good;
            let counts = s.gt(few.w, zero);
            let away = s.sub(zero, few.x);
            let (up, down) = (s.select(counts, few.x, none), s.select(counts, away, none));
            most[0] = s.max(most[0], s.select(few.hit, none, up));
            most[1] = s.max(most[1], s.select(few.hit, up, none));
            least[0] = s.max(least[0], s.select(few.hit, none, down));
            least[1] = s.max(least[1], s.select(few.hit, down, none));
            weight[0] = s.add(weight[0], s.select(few.hit, zero, few.w));
            weight[1] = s.add(weight[1], s.select(few.hit, few.w, zero));
        }
        let [a, b, c, d, e, f] = self.seen;
        *a = s.reduce_max(most[0]);
        *b = s.reduce_max(least[0]);
        *c = s.reduce_max(most[1]);
        *d = s.reduce_max(least[1]);
        *e = s.wide_sum(s.wide_add(s.wide_zero(), weight[0]));
        *f = s.wide_sum(s.wide_add(s.wide_zero(), weight[1]));
        good
    }
}

/// A point, and how to get there.
#[derive(Clone, Copy)]
pub struct Question {
    features: Features,
    point: [f64; 3],
    plan: ExpPlan<f64>,
}

impl Question {
    /// The regression at a point.
    #[inline(never)]
    pub fn new(features: Features, point: [f64; 3]) -> Question {
        Question { features, point, plan: Scale::new(1.0).plain() }
    }

    /// The sums over a block; whether every score is one.
    #[inline(never)]
    pub fn sums(&self, block: Block, sums: &mut [f64; SUMS]) -> bool {
        match self.features {
            Features::Line { .. } => f64::run(Terms::<false> { block, question: self, sums }),
            Features::Logs { .. } => f64::run(Terms::<true> { block, question: self, sums }),
        }
    }
}

/// Scores that there may be.
pub fn range(features: Features) -> [f64; 2] {
    match features {
        Features::Line { .. } => [-MOST, MOST],
        Features::Logs { .. } => [0.0, LARGEST],
    }
}

trait Run {
    fn run<K: Kernel<f64>>(kernel: K) -> K::Out;
}

impl Run for f64 {
    #[inline(always)]
    fn run<K: Kernel<f64>>(kernel: K) -> K::Out {
        <f64 as crate::simd::Elem>::dispatch(kernel)
    }
}

struct Terms<'a, const LOGS: bool> {
    block: Block,
    question: &'a Question,
    sums: &'a mut [f64; SUMS],
}

/// `ln s` and `-ln(1 - s)`.
#[inline(always)]
pub fn logs<S: Io<f64>>(s: S, x: V<f64, S>, eps: f64) -> (V<f64, S>, V<f64, S>) {
    let (one, zero) = (s.splat(1.0), s.splat(0.0));
    let p = s.min(s.max(x, s.splat(eps)), s.splat(1.0 - eps));
    let rest = s.sub(one, p);
    // What the difference lost, which is as much of the logarithm where p is small.
    let lost = s.sub(s.sub(one, rest), p);
    let up = s.mul(rest, s.splat(1.0 / f64::LEAST_NORMAL));
    let least = s.splat(f64::LEAST_POWER);
    (ln_small(s, p), s.sub(zero, ln_plus(s, up, least, lost)))
}

/// `exp(-|q|)`, and the share of the larger class.
#[inline(always)]
pub fn tail<S: Io<f64>>(s: S, plan: &ExpPlan<f64>, q: V<f64, S>) -> (V<f64, S>, V<f64, S>) {
    let away = s.min(q, s.sub(s.splat(0.0), q));
    let e = plan.eval_or_zero::<f64, S>(s, plan.difference::<f64, S>(s, away));
    (e, s.div(s.splat(1.0), s.add(s.splat(1.0), e)))
}

/// `1 + e`, and what that lost.
#[inline(always)]
fn one_plus<S: Io<f64>>(s: S, e: V<f64, S>) -> (V<f64, S>, V<f64, S>) {
    let more = s.add(s.splat(1.0), e);
    (more, s.sub(e, s.sub(more, s.splat(1.0))))
}

impl<const LOGS: bool> Kernel<f64> for Terms<'_, LOGS> {
    type Out = bool;

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) -> bool {
        let Question { features, point: [t1, t2, t3], plan } = self.question;
        let (zero, one) = (s.splat(0.0), s.splat(1.0));
        let (eps, shift, inverse) = match *features {
            Features::Line { shift, scale } => (0.0, shift, 1.0 / scale),
            Features::Logs { eps } => (eps, 0.5, 1.0),
        };
        let range = if LOGS { [0.0, LARGEST] } else { [-MOST, MOST] };
        let (mut loss, mut good) = (zero, true);
        // The product of all 1 + e less 1, in which nothing cancels.
        let mut excess = zero;
        let (mut slope, mut bend) = ([zero; 3], [zero; 6]);
        let mut first = [zero; 2];
        for i in (0..self.block.n).step_by(S::N) {
            // SAFETY: who made this vouched for the block.
            let few = unsafe { self.block.few(s, i, range, shift) };
            good &= few.good;
            let (f1, f2) = if LOGS {
                logs(s, few.x, eps)
            } else {
                (s.mul(s.sub(few.x, s.splat(shift)), s.splat(inverse)), zero)
            };
            let mut q = s.mul_add(f1, s.splat(*t1), s.splat(*t3));
            if LOGS {
                q = s.mul_add(f2, s.splat(*t2), q);
            }
            let (e, large) = tail(s, plan, q);
            let small = s.mul(e, large);
            let against = s.select(few.hit, s.sub(zero, q), q);
            let wrong = s.ge(against, zero);
            let mut row = s.max(against, zero);
            if self.block.plain {
                excess = s.mul_add(s.mul(few.w, e), s.add(one, excess), excess);
            } else {
                let (more, lost) = one_plus(s, e);
                row = s.add(row, ln_plus(s, more, zero, lost));
            }
            let miss = s.mul(few.w, s.select(wrong, large, small));
            let off = s.select(few.hit, s.sub(zero, miss), miss);
            let curve = s.mul(few.w, s.mul(large, small));
            loss = s.mul_add(few.w, row, loss);
            let (c1, c2) = (s.mul(curve, f1), s.mul(curve, f2));
            slope[0] = s.mul_add(off, f1, slope[0]);
            slope[2] = s.add(slope[2], off);
            bend[0] = s.mul_add(c1, f1, bend[0]);
            bend[2] = s.add(bend[2], c1);
            bend[5] = s.add(bend[5], curve);
            if LOGS {
                slope[1] = s.mul_add(off, f2, slope[1]);
                bend[1] = s.mul_add(c1, f2, bend[1]);
                bend[3] = s.mul_add(c2, f2, bend[3]);
                bend[4] = s.add(bend[4], c2);
            } else {
                let term = s.mul(few.w, f1);
                first[0] = s.add(first[0], s.select(few.hit, zero, term));
                first[1] = s.add(first[1], s.select(few.hit, term, zero));
            }
        }
        let (more, lost) = one_plus(s, excess);
        loss = s.add(loss, ln_plus(s, more, zero, s.div(lost, more)));
        let all = [loss].into_iter().chain(slope).chain(bend).chain(first);
        for (to, sum) in self.sums.iter_mut().zip(all) {
            *to = s.wide_sum(s.wide_add(s.wide_zero(), sum));
        }
        good
    }
}
