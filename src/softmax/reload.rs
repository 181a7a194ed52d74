//! Softmax by exponentials that wait for their sum: every entry has one, and is
//! read once where a guess stands for the maximum.
//!
//! A short row's wait in a scratch on the stack, in the type that is computed in:
//! so an entry is written once, whatever it is stored as, and a guess can fail
//! without harm to an output in the place of the input. A longer row's wait in
//! the output. Either way they become shares while the next row is read: what
//! that row costs in arithmetic hides what this one costs in memory.
//!
//! Rows may each have a scale and a length of their own, and something that is added
//! to them as they are read: what a [`Mask`] says if it says no more.

use super::line::Line;
use super::mask::{Mask, RowMask};
use super::masked;
use super::recompute::{self, Summed};
use super::row::{Corner, Opts, RowsPair, write_corner};
use super::waiting::Waiting;
use crate::math::exp::{ExpPlan, Scale};
use crate::rows::kind::Kind;
use crate::rows::reference::{again, reference};
use crate::rows::tally::{FOLD, Tally};
use crate::simd::{Elem, Io, Kernel, Lanes, Real, V};
use crate::status::Status;
use core::mem::MaybeUninit;

/// Bytes of the scratch: half of a first-level cache.
const SCRATCH: usize = 16 << 10;

/// Bytes that are asked for ahead where the rows come from memory.
const AHEAD: usize = 8 << 10;

#[repr(align(64))]
struct Scratch([MaybeUninit<u8>; SCRATCH]);

/// Whether the exponentials of `n` entries fit the scratch.
pub const fn is_short<E: Elem>(n: usize) -> bool {
    n <= SCRATCH / size_of::<E::Acc>()
}

/// Softmax of short rows, or of any whose output can hold an exponential. With `BIAS`
/// there is a mask, and it has a bias of the type of the rows.
pub struct Reload<'a, E: Elem, const BIAS: bool> {
    /// The rows.
    pub io: RowsPair<E>,
    /// How.
    pub opts: Opts,
    /// The scale among them, ready for use; 1 with a bias.
    pub scale: Scale<E::Acc>,
    /// How each row differs, if any does, and the number of the first. Columns that a
    /// row does not see are left alone.
    pub mask: Option<(&'a Mask, usize)>,
    /// Whether a guess stands for the maximum until it fails.
    pub guess: bool,
    /// Whether what is written goes past the cache.
    pub past: bool,
}

impl<E: Elem, const BIAS: bool> Kernel<E> for Reload<'_, E, BIAS> {
    type Out = Status;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> Status {
        let RowsPair { x, y, lse } = self.io;
        let corner = Corner::shares();
        let past = self.past && Line::<E>::can_pass::<S>();
        let mut scratch = Scratch([MaybeUninit::uninit(); SCRATCH]);
        let mut line = Line::<E>::empty();
        let mut status = Status::LGT_OK;
        let mut last = Waiting::none(s);
        for r in 0..x.rows {
            let (from, to) = (x.row(r), y.row(r));
            let mask = self.mask.map(|(mask, first)| mask.row(first + r));
            let (n, scale) = self.own(mask.as_ref());
            let room: *mut E::Acc =
                if is_short::<E>(n) { scratch.0.as_mut_ptr().cast() } else { to.cast() };
            let spoilt = core::ptr::eq(from, room.cast());
            // SAFETY: the views vouch for their rows; `room` holds a row.
            unsafe {
                let row = Reloaded::<E, BIAS>::new((from, n), room, self.past, mask.as_ref());
                match row.sum(s, &scale, self.guess && !spoilt, &mut last, &mut line) {
                    Ok((plan, sum)) => {
                        let line = past.then_some(&mut line);
                        last = Waiting::new(s, (room, to, n), plan.share(sum), line);
                        if lse.is_wanted() {
                            lse.set(r, E::Acc::of(plan.log(sum, &scale)));
                        }
                    }
                    Err(_) if BIAS => {
                        if let Some((mask, first)) = self.mask {
                            let row = masked::Job::shares(
                                &self.io.part(r, 1),
                                (mask, first + r),
                                &self.opts,
                            );
                            status = status.or(masked::each(&row));
                        }
                    }
                    Err(Kind::Finite(max)) => {
                        recompute::by_maximum(&self.io.part(r, 1).piece(0, n), &scale, max);
                    }
                    Err(kind) => {
                        let arrays = (from, to, n);
                        let (log, advisory) = write_corner(&kind, &corner, &self.opts, arrays);
                        lse.set(r, log);
                        status = status.or(advisory);
                    }
                }
            }
        }
        // SAFETY: as above.
        unsafe {
            last.finish(s, &mut line);
            line.flush(s);
        }
        if past {
            s.fence();
        }
        status
    }
}

impl<E: Elem, const BIAS: bool> Reload<'_, E, BIAS> {
    /// Columns that a row sees, and its scale.
    #[inline(always)]
    fn own(&self, mask: Option<&RowMask>) -> (usize, Scale<E::Acc>) {
        match (mask, self.mask) {
            (Some(row), Some((mask, _))) if !BIAS && mask.scales.is_some() => {
                (row.end, Scale::new(row.factor))
            }
            (Some(row), _) => (row.end, self.scale),
            _ => (self.io.x.cols, self.scale),
        }
    }
}

/// A row to read, and room for its exponentials.
#[derive(Clone, Copy)]
struct Reloaded<E: Elem, const BIAS: bool> {
    from: *const E,
    n: usize,
    /// What is added, and what is multiplied by before.
    bias: *const E,
    factor: E::Acc,
    /// In whole vectors, or exactly where the output is.
    room: *mut E::Acc,
    /// Whether to ask for what is far ahead.
    ask: bool,
}

impl<E: Elem, const BIAS: bool> Reloaded<E, BIAS> {
    #[inline(always)]
    fn new(
        (from, n): (*const E, usize),
        room: *mut E::Acc,
        ask: bool,
        mask: Option<&RowMask>,
    ) -> Self {
        let bias = mask.and_then(|mask| mask.bias.map(|bias| bias.address().cast()));
        let factor = E::Acc::of(mask.map_or(1.0, |mask| mask.factor));
        Reloaded { from, n, bias: bias.unwrap_or(core::ptr::null()), factor, room, ask }
    }

    /// The scores of a vector.
    #[inline(always)]
    unsafe fn scores<S: Io<E>>(self, s: S, at: usize) -> V<E, S> {
        // SAFETY: the caller vouches for the vector.
        unsafe {
            let x = s.load(self.from.add(at));
            if !BIAS {
                return x;
            }
            s.mul_add(x, s.splat(self.factor), s.load(self.bias.add(at)))
        }
    }

    /// The scores of `n` columns, then -inf.
    #[inline(always)]
    unsafe fn few<S: Io<E>>(self, s: S, at: usize, n: usize) -> V<E, S> {
        // SAFETY: the caller vouches for the columns.
        unsafe {
            let x = s.load_head(self.from.add(at), n, E::Acc::NEG_INFINITY);
            if !BIAS {
                return x;
            }
            s.mul_add(x, s.splat(self.factor), s.load_head(self.bias.add(at), n, E::Acc::ZERO))
        }
    }

    /// The plan by the first scores above -inf, if they are no further out than a guess
    /// can be.
    #[inline(always)]
    unsafe fn guess<S: Io<E>>(self, s: S, scale: &Scale<E::Acc>) -> Option<ExpPlan<E::Acc>> {
        let (lanes, least) = (<S as Lanes<E::Acc>>::N, s.splat(E::Acc::NEG_INFINITY));
        let mut at = 0;
        while at < self.n {
            let n = lanes.min(self.n - at);
            // SAFETY: the caller vouches for the row.
            let max = s.max(unsafe { self.few(s, at, n) }, least);
            if s.bits(s.gt(max, least)) != 0 {
                return scale.guess(s.reduce_max(max));
            }
            at += n;
        }
        None
    }

    /// The row's reference and sum, its exponentials in the room, and the row
    /// before written; or what else the row is, a finite maximum that has to be
    /// subtracted among the rest.
    ///
    /// # Safety
    /// As [`Reloaded`].
    #[inline(always)]
    unsafe fn sum<S: Io<E>>(
        self,
        s: S,
        scale: &Scale<E::Acc>,
        mut guess: bool,
        last: &mut Waiting<E, S>,
        line: &mut Line<E>,
    ) -> Summed<E::Acc> {
        if BIAS {
            // What a guess does not fit is somebody else's.
            // SAFETY: the caller vouches for the row.
            return unsafe {
                let plan = if guess { self.guess(s, scale) } else { None };
                let summed = plan.filter(|plan| plan.is_direct());
                let summed = summed.map(|plan| (plan, self.exponentials(s, &plan, last, line)));
                summed.filter(|(plan, sum)| plan.fits(*sum)).ok_or(Kind::Nan)
            };
        }
        // A guess that fails is followed by the maximum, which does not.
        loop {
            // SAFETY: the caller vouches for the row.
            unsafe {
                if let Some(plan) = reference(s, self.from, self.n, scale, guess)? {
                    if !plan.is_direct() {
                        return Err(Kind::Finite(plan.shift()));
                    }
                    let sum = self.exponentials(s, &plan, last, line);
                    if !guess || plan.fits(sum) {
                        return Ok((plan, sum));
                    }
                }
            }
            guess = again();
        }
    }

    /// Exponentials into the room, four vectors at a time behind four vectors of
    /// shares of the row before, and their sum. How it is added up does not depend
    /// on the row before.
    ///
    /// # Safety
    /// As [`Reloaded`].
    #[inline(always)]
    unsafe fn exponentials<S: Io<E>>(
        self,
        s: S,
        plan: &ExpPlan<E::Acc>,
        last: &mut Waiting<E, S>,
        line: &mut Line<E>,
    ) -> f64 {
        let lanes = <S as Lanes<E::Acc>>::N;
        let fours = if <S as Lanes<E::Acc>>::UNROLL { self.n / (4 * lanes) } else { 0 };
        let beside = fours.min(last.fours());
        let mut sum = Tally::<E, S>::new(s);
        // SAFETY: what is read and written ends at or before `n`.
        unsafe {
            for four in 0..beside {
                last.four(s);
                self.four(s, plan, four, &mut sum);
            }
            last.finish(s, line);
            for four in beside..fours {
                self.four(s, plan, four, &mut sum);
            }
            let mut at = fours * 4 * lanes;
            while self.n - at >= lanes {
                sum.add_wide(s, self.direct(s, plan, at));
                at += lanes;
            }
            if at < self.n {
                let v = self.few(s, at, self.n - at);
                let e = self.exponential(s, plan, v);
                if is_short::<E>(self.n) {
                    s.put(self.room.add(at), e);
                } else {
                    s.store_head(self.room.cast::<E>().add(at), self.n - at, e);
                }
                sum.add_wide(s, e);
            }
            sum.value(s)
        }
    }

    /// Those of the `four`th four vectors, and their sum.
    ///
    /// # Safety
    /// As [`Reloaded`].
    #[inline(always)]
    unsafe fn four<S: Io<E>>(
        self,
        s: S,
        plan: &ExpPlan<E::Acc>,
        four: usize,
        sum: &mut Tally<E, S>,
    ) {
        let lanes = <S as Lanes<E::Acc>>::N;
        let at = four * 4 * lanes;
        // SAFETY: the caller vouches for the vectors.
        unsafe {
            let (a, b) = (self.direct(s, plan, at), self.direct(s, plan, at + lanes));
            let at = at + 2 * lanes;
            let (c, d) = (self.direct(s, plan, at), self.direct(s, plan, at + lanes));
            sum.four(s, [a, b, c, d]);
        }
        if (four + 1).is_multiple_of(FOLD) {
            sum.fold(s);
        }
    }

    /// The exponentials of scores. What is masked is nothing at all, not next to nothing:
    /// products that vanish take processors long.
    #[inline(always)]
    fn exponential<S: Io<E>>(self, s: S, plan: &ExpPlan<E::Acc>, v: V<E, S>) -> V<E, S> {
        if BIAS { plan.eval_rounded::<E, S>(s, v) } else { plan.eval_direct::<E, S>(s, v) }
    }

    /// The exponentials of a vector, into the room.
    #[inline(always)]
    unsafe fn direct<S: Io<E>>(self, s: S, plan: &ExpPlan<E::Acc>, at: usize) -> V<E, S> {
        if self.ask {
            s.prefetch(self.from.wrapping_add(at + AHEAD / size_of::<E>()));
            if BIAS {
                s.prefetch(self.bias.wrapping_add(at + AHEAD / size_of::<E>()));
            }
        }
        // SAFETY: the caller vouches for the vector.
        unsafe {
            let e = self.exponential(s, plan, self.scores(s, at));
            s.put(self.room.add(at), e);
            e
        }
    }
}
