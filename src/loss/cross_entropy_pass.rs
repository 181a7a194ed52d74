//! The two visits of a row of cross-entropy, that of one row in the same loop as that of
//! the next: while exponentials of a row are written as its gradient, those of the row
//! after it are summed, so that memory is read and written all the time.
//!
//! Both go side by side through the four quarters of a row that no near cache holds
//! (`rows/stream.rs` says why), and straight through shorter ones. What goes past the cache
//! is whole lines (`softmax/line.rs`).

use crate::math::exp::{ExpPlan, Scale};
use crate::math::ln::ln_plus;
use crate::rows::reference::some_max;
use crate::rows::tally::{FOLD, Tally};
use crate::simd::{Elem, Io, Kernel, Lanes, Real, V};
use crate::softmax::line::{BYTES, Line};

/// Bytes of a row from which on it is walked by quarters.
const LONG: usize = 32 << 10;

/// Four vectors at a time: how far they are apart, how far to the next four, where that
/// ends, how far ahead is asked for, and where single vectors start.
#[derive(Clone, Copy)]
struct Way {
    gap: usize,
    step: usize,
    end: usize,
    ahead: usize,
    done: usize,
}

impl Way {
    /// Through `n` columns. Wherever lines start, it ends so long before the row does that
    /// sums do not depend on where the gradient lies.
    #[inline(always)]
    fn through<E: Elem, S: Io<E>>(n: usize) -> Self {
        let lanes = <S as Lanes<E::Acc>>::N;
        let whole = n.saturating_sub(Line::<E>::FULL.max(lanes));
        let fours = if <S as Lanes<E::Acc>>::UNROLL { whole / (4 * lanes) } else { 0 };
        let (quarter, done) = (fours * lanes, 4 * fours * lanes);
        let bytes = size_of::<E>();
        if n * bytes < LONG {
            Way { gap: lanes, step: 4 * lanes, end: done, ahead: 8192 / bytes, done }
        } else {
            Way { gap: quarter, step: lanes, end: quarter, ahead: 1024 / bytes, done }
        }
    }
}

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
    /// Its label, a column.
    pub label: usize,
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

/// What a row's sum comes to.
#[derive(Clone, Copy)]
pub struct Summed<T> {
    /// By which plan, which is direct.
    pub plan: ExpPlan<T>,
    /// The exponential of the label's entry.
    pub own: f64,
    /// The sum of all others.
    pub rest: f64,
    /// `ln(1 + rest / own)`, where that quotient is no larger than this says.
    pub log: f64,
}

/// The largest quotient whose logarithm is taken along.
pub const RATIO: f64 = 1e18;

impl<E: Elem> Kernel<E> for Step<'_, E> {
    /// None for a row whose reference is not known.
    type Out = Option<Summed<E::Acc>>;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> Self::Out {
        let Step { mut waiting, next, n, scale, line } = self;
        if let Some(waiting) = &mut waiting {
            waiting.past &= Line::<E>::can_pass::<S>();
        }
        let plan = match next {
            None => None,
            // SAFETY: whoever made this vouched for the row.
            Some(Next { max: None, row, .. }) => scale.guess(unsafe { some_max(s, row, n) }),
            Some(Next { max: Some(max), .. }) => scale.guess(max),
        };
        let (sums, grads) = (plan.is_some(), waiting.is_some());
        // SAFETY: nothing is done with a row that is not there; whoever made this vouched
        // for the others.
        unsafe {
            let row = next.unwrap_or(Next { row: core::ptr::null(), max: None, label: 0 });
            let anything = plan.unwrap_or(scale.direct(E::Acc::ZERO));
            let mut sum = Sum::<E, S>::new(s, &anything, row);
            both(s, &mut sum, &waiting.unwrap_or(Waiting::none(anything)), (sums, grads), n, line);
            if next.is_none() {
                line.flush(s);
                s.fence();
            }
            if sums { Some(sum.finish(s, n)) } else { None }
        }
    }
}

impl<E: Elem> Waiting<E> {
    #[inline(always)]
    fn none(plan: ExpPlan<E::Acc>) -> Self {
        let (from, to, zero) = (core::ptr::null(), core::ptr::null_mut(), E::Acc::ZERO);
        Waiting { from, to, plan, slope: zero, constant: zero, past: false }
    }
}

/// One row summed, another's gradient written, or one of the two.
///
/// # Safety
/// The rows that are meant must be there for `n` values.
#[inline(always)]
unsafe fn both<E: Elem, S: Io<E>>(
    s: S,
    sum: &mut Sum<'_, E, S>,
    waiting: &Waiting<E>,
    (sums, grads): (bool, bool),
    n: usize,
    line: &mut Line<E>,
) {
    let way = Way::through::<E, S>(n);
    let write = Write::<E, S>::new(s, waiting);
    let hole = sum.hole(way);
    // What ends a line that began before the row.
    let over = waiting.to as usize % BYTES / size_of::<E>();
    let head = if waiting.past { ((Line::<E>::FULL - over) % Line::<E>::FULL).min(n) } else { 0 };
    // SAFETY: the caller vouches for both rows; `head` is less than a line, and after it
    // the output is aligned for what goes past the cache.
    unsafe {
        let mut at = 0;
        while at < way.end {
            let stop = way.end.min(at + FOLD * way.step);
            while at < stop {
                if sums {
                    sum.turn(s, at, way, at == hole);
                }
                if grads {
                    write.turn(s, head + at, way.gap);
                }
                at += way.step;
            }
            sum.tally.fold(s);
        }
        if grads {
            for (at, end) in [(0, head), (head + way.done, n)] {
                if waiting.past {
                    line.head(s, waiting.to.add(at), 0);
                }
                write.part(s, (at, end), line);
            }
        }
        if sums {
            sum.part(s, (way.done, n));
        }
    }
}

/// Sums a row but for its label.
struct Sum<'a, E: Elem, S: Io<E>> {
    plan: &'a ExpPlan<E::Acc>,
    row: *const E,
    label: usize,
    tally: Tally<E, S>,
}

impl<'a, E: Elem, S: Io<E>> Sum<'a, E, S> {
    const N: usize = <S as Lanes<E::Acc>>::N;

    #[inline(always)]
    fn new(s: S, plan: &'a ExpPlan<E::Acc>, next: Next<E>) -> Self {
        Sum { plan, row: next.row, label: next.label, tally: Tally::new(s) }
    }

    /// Where the turn is that meets the label, or the end.
    #[inline(always)]
    fn hole(&self, way: Way) -> usize {
        if self.label >= way.done {
            return way.end;
        }
        // Straight through, or in one of the quarters.
        let mut place = self.label;
        while place >= way.end {
            place -= way.end;
        }
        place - place % way.step
    }

    /// The vector without the label, if that is in the one that starts at `at`.
    #[inline(always)]
    fn without(&self, s: S, v: V<E, S>, at: usize) -> V<E, S> {
        let lane = self.label.wrapping_sub(at);
        if lane >= Self::N {
            return v;
        }
        let none = s.splat(E::Acc::NEG_INFINITY);
        s.select(s.head(lane), v, s.select(s.head(lane + 1), none, v))
    }

    /// Four vectors, one of which may hold the label.
    #[inline(always)]
    unsafe fn turn(&mut self, s: S, at: usize, way: Way, hole: bool) {
        let (plan, gap) = (self.plan, way.gap);
        // SAFETY: the caller vouches for the vectors.
        unsafe {
            let p = self.row.add(at);
            let (mut a, mut b) = (s.load(p), s.load(p.add(gap)));
            let (mut c, mut d) = (s.load(p.add(2 * gap)), s.load(p.add(3 * gap)));
            let p = p.wrapping_add(way.ahead);
            s.prefetch(p);
            s.prefetch(p.wrapping_add(gap));
            s.prefetch(p.wrapping_add(2 * gap));
            s.prefetch(p.wrapping_add(3 * gap));
            if hole {
                (a, b) = (self.without(s, a, at), self.without(s, b, at + gap));
                c = self.without(s, c, at + 2 * gap);
                d = self.without(s, d, at + 3 * gap);
            }
            let (a, b) = (plan.eval_direct::<E, S>(s, a), plan.eval_direct::<E, S>(s, b));
            let (c, d) = (plan.eval_direct::<E, S>(s, c), plan.eval_direct::<E, S>(s, d));
            self.tally.four(s, [a, b, c, d]);
        }
    }

    /// Columns from `at` to `end`.
    #[inline(always)]
    unsafe fn part(&mut self, s: S, (mut at, end): (usize, usize)) {
        while at < end {
            let n = (end - at).min(Self::N);
            // SAFETY: the caller vouches for the columns.
            let v = unsafe { s.load_head(self.row.add(at), n, E::Acc::NEG_INFINITY) };
            let v = self.without(s, v, at);
            self.tally.add_wide(s, self.plan.eval_direct::<E, S>(s, v));
            at += n;
        }
    }

    /// What the `n` columns come to.
    #[inline(always)]
    unsafe fn finish(self, s: S, n: usize) -> Summed<E::Acc> {
        let Sum { plan, row, label, tally } = self;
        // SAFETY: the label is a column.
        let own = s.splat(unsafe { *row.add(label) }.widen());
        let own = s.reduce_max(plan.eval_direct::<E, S>(s, own)).to_f64();
        let sum = tally.value(s);
        let rest = if plan.vanishes(sum, n) { 0.0 } else { sum };
        let ratio = rest / own;
        // ln(1 + ratio), with what the addition rounds off.
        let (one, over) = (s.splat(E::Acc::ONE), s.splat(E::Acc::of(ratio.min(RATIO))));
        let all = s.add(one, over);
        let grown = s.sub(all, over);
        let lost = s.add(s.sub(one, grown), s.sub(over, s.sub(all, grown)));
        let log = ln_plus::<E::Acc, S>(s, all, s.splat(E::Acc::ZERO), s.div(lost, all));
        Summed { plan: *plan, own, rest, log: s.reduce_max(log).to_f64() }
    }
}

/// Writes a gradient.
struct Write<'a, E: Elem, S: Io<E>> {
    row: &'a Waiting<E>,
    slope: V<E, S>,
    minus: V<E, S>,
}

impl<'a, E: Elem, S: Io<E>> Write<'a, E, S> {
    #[inline(always)]
    fn new(s: S, row: &'a Waiting<E>) -> Self {
        let minus = s.sub(s.splat(E::Acc::ZERO), s.splat(row.constant));
        Write { row, slope: s.splat(row.slope), minus }
    }

    #[inline(always)]
    fn eval(&self, s: S, v: V<E, S>) -> V<E, S> {
        s.add(self.row.plan.eval_direct_times::<E, S>(s, v, self.slope), self.minus)
    }

    /// Four vectors, from column `at` on.
    #[inline(always)]
    unsafe fn turn(&self, s: S, at: usize, gap: usize) {
        let Waiting { from, to, past, .. } = *self.row;
        // SAFETY: the caller vouches for the vectors.
        unsafe {
            let (from, to) = (from.add(at), to.add(at));
            let (a, b) = (s.load(from), s.load(from.add(gap)));
            let (c, d) = (s.load(from.add(2 * gap)), s.load(from.add(3 * gap)));
            let (a, b) = (self.eval(s, a), self.eval(s, b));
            let (c, d) = (self.eval(s, c), self.eval(s, d));
            if past {
                s.store_past(to, a);
                s.store_past(to.add(gap), b);
                s.store_past(to.add(2 * gap), c);
                s.store_past(to.add(3 * gap), d);
            } else {
                s.store(to, a);
                s.store(to.add(gap), b);
                s.store(to.add(2 * gap), c);
                s.store(to.add(3 * gap), d);
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
