//! The two visits of a row of cross-entropy, that of one row in the same loop as that of
//! the next: while exponentials of a row are written as its gradient, those of the row
//! after it are summed, so that memory is read and written all the time.
//!
//! Both go side by side through the four quarters of a row (`rows/stream.rs` says why).
//! What goes past the cache is whole lines (`softmax/line.rs`).

use crate::math::exp::{ExpPlan, Scale};
use crate::rows::exp_sum::{RestPass, Top};
use crate::rows::pass::Pass;
use crate::rows::reference::some_max;
use crate::rows::tally::FOLD;
use crate::simd::{Elem, Io, Kernel, Lanes, Real, V};
use crate::softmax::line::Line;

/// Bytes that are asked for ahead in each quarter.
const AHEAD: usize = 1024;

/// A gradient that is to be written: `slope exp(x) - constant`.
#[derive(Clone, Copy)]
pub struct Waiting<E: Elem> {
    /// The row.
    pub from: *const E,
    /// Its gradient; may be the same place.
    pub to: *mut E,
    /// What exponentials are relative to: a direct plan.
    pub plan: ExpPlan<E::Acc>,
    /// What they are multiplied by.
    pub slope: E::Acc,
    /// What is taken off.
    pub constant: E::Acc,
    /// Whether it is written past the cache.
    pub past: bool,
}

/// What is to be summed.
#[derive(Clone, Copy)]
pub struct Next<E: Elem> {
    /// The row.
    pub row: *const E,
    /// Its maximum, if that is known already.
    pub max: Option<E::Acc>,
}

/// Writes a gradient and sums the next row: either, or both. Without a next row, nothing
/// is left waiting.
pub struct Step<'a, E: Elem> {
    /// What is to be written, readable and writable for `n` values.
    pub waiting: Option<Waiting<E>>,
    /// What is to be summed, readable for `n` values.
    pub next: Option<Next<E>>,
    /// Columns.
    pub n: usize,
    /// Scores are multiplied by this.
    pub scale: &'a Scale<E::Acc>,
    /// The end of the row before.
    pub line: &'a mut Line<E>,
}

/// A row's plan, which is direct, and its sum by that.
pub type Summed<T> = (ExpPlan<T>, Top<T>);

impl<E: Elem> Kernel<E> for Step<'_, E> {
    /// None for a row whose reference is not known.
    type Out = Option<Summed<E::Acc>>;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> Self::Out {
        let Step { mut waiting, next, n, scale, line } = self;
        if let Some(waiting) = &mut waiting {
            waiting.past &= Line::<E>::can_pass::<S>();
        }
        let row = next.map_or(core::ptr::null(), |next| next.row);
        let plan = match next {
            None => None,
            // SAFETY: whoever made this vouched for the row.
            Some(Next { max: None, row }) => scale.guess(unsafe { some_max(s, row, n) }),
            Some(Next { max: Some(max), .. }) => scale.guess(max),
        };
        // SAFETY: as above, and for the row to write.
        unsafe {
            let (Some(plan), Some(waiting)) = (plan, waiting) else {
                if let Some(waiting) = waiting {
                    both::<E, S, false, true>(s, (None, row), &waiting, n, line);
                }
                if next.is_none() {
                    line.flush(s);
                    s.fence();
                }
                let plan = plan?;
                let mut sum = RestPass::new(s, &plan);
                let nothing = Waiting {
                    from: row,
                    to: core::ptr::null_mut(),
                    plan,
                    slope: E::Acc::ZERO,
                    constant: E::Acc::ZERO,
                    past: false,
                };
                both::<E, S, true, false>(s, (Some(&mut sum), row), &nothing, n, line);
                return Some((plan, sum.finish(s, n)));
            };
            let mut sum = RestPass::new(s, &plan);
            both::<E, S, true, true>(s, (Some(&mut sum), row), &waiting, n, line);
            Some((plan, sum.finish(s, n)))
        }
    }
}

/// One row summed if `SUM`, another's gradient written if `GRAD`.
///
/// # Safety
/// The rows that are meant must be there for `n` values.
#[inline(always)]
unsafe fn both<E: Elem, S: Io<E>, const SUM: bool, const GRAD: bool>(
    s: S,
    (mut sum, row): (Option<&mut RestPass<'_, E, S>>, *const E),
    waiting: &Waiting<E>,
    n: usize,
    line: &mut Line<E>,
) {
    let lanes = <S as Lanes<E::Acc>>::N;
    let ahead = AHEAD / size_of::<E>();
    // Wherever lines start, the four quarters end before the row does: sums do not depend
    // on where the gradient lies.
    let whole = n.saturating_sub(Line::<E>::FULL.max(lanes));
    let quarter = if <S as Lanes<E::Acc>>::UNROLL { whole / (4 * lanes) * lanes } else { 0 };
    let write = Write::<E, S>::new(s, waiting);
    // SAFETY: the caller vouches for both rows; `head` is less than a line, and after it
    // the output is aligned for what goes past the cache.
    unsafe {
        let mut head = 0;
        if GRAD && waiting.past {
            head = line.head(s, waiting.to, n);
            write.part(s, (0, head), line);
        }
        let mut at = 0;
        while at < quarter {
            let stop = quarter.min(at + FOLD * lanes);
            while at < stop {
                if SUM && let Some(sum) = sum.as_mut() {
                    let p = row.add(at);
                    let (a, b) = (s.load(p), s.load(p.add(quarter)));
                    let (c, d) = (s.load(p.add(2 * quarter)), s.load(p.add(3 * quarter)));
                    let p = p.wrapping_add(ahead);
                    s.prefetch(p);
                    s.prefetch(p.wrapping_add(quarter));
                    s.prefetch(p.wrapping_add(2 * quarter));
                    s.prefetch(p.wrapping_add(3 * quarter));
                    sum.quad(s, [a, b, c, d], at);
                }
                if GRAD {
                    let i = head + at;
                    write.four(s, [i, i + quarter, i + 2 * quarter, i + 3 * quarter]);
                }
                at += lanes;
            }
            if SUM && let Some(sum) = sum.as_mut() {
                sum.fold(s);
            }
        }
        let done = 4 * quarter;
        if GRAD {
            if waiting.past {
                line.head(s, waiting.to.add(head + done), 0);
            }
            write.part(s, (head + done, n), line);
        }
        if SUM && let Some(sum) = sum {
            let mut at = done;
            while n - at >= lanes {
                sum.step(s, s.load(row.add(at)), at);
                at += lanes;
            }
            if at < n {
                let v = s.load_head(row.add(at), n - at, E::Acc::NEG_INFINITY);
                sum.tail(s, v, at, n - at);
            }
            sum.fold(s);
        }
    }
}

/// Writes a gradient.
struct Write<'a, E: Elem, S: Io<E>> {
    row: &'a Waiting<E>,
    slope: V<E, S>,
    constant: V<E, S>,
}

impl<'a, E: Elem, S: Io<E>> Write<'a, E, S> {
    #[inline(always)]
    fn new(s: S, row: &'a Waiting<E>) -> Self {
        let minus = s.sub(s.splat(E::Acc::ZERO), s.splat(row.constant));
        Write { row, slope: s.splat(row.slope), constant: minus }
    }

    #[inline(always)]
    fn eval(&self, s: S, v: V<E, S>) -> V<E, S> {
        s.mul_add(self.row.plan.eval_direct::<E, S>(s, v), self.slope, self.constant)
    }

    /// A vector at each of these columns.
    #[inline(always)]
    unsafe fn four(&self, s: S, at: [usize; 4]) {
        let Waiting { from, to, past, .. } = *self.row;
        // SAFETY: the caller vouches for the vectors.
        unsafe {
            let [i, j, k, l] = at;
            let (a, b) = (s.load(from.add(i)), s.load(from.add(j)));
            let (c, d) = (s.load(from.add(k)), s.load(from.add(l)));
            let (a, b) = (self.eval(s, a), self.eval(s, b));
            let (c, d) = (self.eval(s, c), self.eval(s, d));
            for (y, at) in [a, b, c, d].into_iter().zip(at) {
                if past {
                    s.store_past(to.add(at), y);
                } else {
                    s.store(to.add(at), y);
                }
            }
        }
    }

    /// Columns from `at` to `end`; past the cache, by lines.
    #[inline(always)]
    unsafe fn part(&self, s: S, (mut at, end): (usize, usize), line: &mut Line<E>) {
        let Waiting { from, to, past, .. } = *self.row;
        while at < end {
            let n = (end - at).min(<S as Lanes<E::Acc>>::N);
            // SAFETY: the caller vouches for the columns.
            unsafe {
                let y = self.eval(s, s.load_head(from.add(at), n, E::Acc::ZERO));
                if past {
                    line.push(s, y, n);
                } else {
                    s.store_head(to.add(at), n, y);
                }
            }
            at += n;
        }
    }
}
