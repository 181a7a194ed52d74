//! Softmax, log-softmax and logsumexp along columns: every column sums to one.
//!
//! Strips of columns are walked from the first row to the last, twice: sums, then
//! results. A strip is as wide as a cache holds all of its rows, so that the second walk
//! does not read memory again. A column's result depends on that column alone.

use super::cols_sums::{BLOCK, Keep, Reference, Strip, Sums, Task, WIDTH, load, store};
use super::parallel::over_rows;
use super::row::{Opts, RowsPair};
use crate::math::exp::Scale;
use crate::rows::view::{Rows, RowsMut};
use crate::simd::{Elem, Io, Kernel, Lanes, Real};
use crate::status::{Outcome, Status};
use core::mem::MaybeUninit;

/// What is made of a column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// Softmax.
    Shares,
    /// Log-softmax.
    Logs,
    /// The logarithm of the sum alone; there is no output.
    Sums,
}

/// Bytes of the scratch, in which entries wait for what becomes of their column.
const SCRATCH: usize = 32 << 10;

/// Bytes of a strip whose exponentials wait in the output, less than half of a
/// second-level cache.
const BYTES: usize = 256 << 10;

/// Columns that are not divided: those of a strip are a multiple, and whole vectors.
const UNIT: usize = 32;

/// Columns of a strip, and where something waits for the results.
#[derive(Clone, Copy)]
struct Shape {
    width: usize,
    keep: Keep,
}

impl Shape {
    /// That of so many rows; `apart` tells whether exponentials may wait in the output.
    fn new<E: Elem>(rows: usize, apart: bool) -> Shape {
        let units = |values: usize| (values / rows.max(1) / UNIT * UNIT).min(WIDTH);
        let (few, some) = (units(SCRATCH / size_of::<E::Acc>()), units(BYTES / size_of::<E>()));
        if few > 0 {
            Shape { width: few, keep: Keep::Scratch }
        } else if some > 0 {
            let keep = if E::LOSSLESS && apart { Keep::Output } else { Keep::Nothing };
            Shape { width: some, keep }
        } else {
            // What no cache holds is best read in long pieces, and written once.
            Shape { width: WIDTH, keep: Keep::Nothing }
        }
    }
}

/// What is known of a strip, and what waits.
#[repr(C, align(64))]
struct Room<T> {
    /// With a vector more, for those that start anywhere in the last row.
    scratch: [MaybeUninit<u8>; SCRATCH + 64],
    strip: Strip<T>,
}

/// Every column; `lse` has one number for each.
pub fn apply<E: Elem>(io: RowsPair<E>, opts: Opts, want: Want) -> Outcome {
    let (scale, Rows { rows, cols, .. }) = (Scale::new(opts.scale), io.x);
    // In the place of the scores, exponentials could not be made again.
    let apart = want == Want::Shares && !core::ptr::eq(io.x.row(0), io.y.row(0));
    let mut shape = Shape::new::<E>(rows, apart);
    if want == Want::Sums || (want == Want::Logs && shape.keep == Keep::Output) {
        shape.keep = Keep::Nothing;
    }
    over_rows(&opts.exec, cols.div_ceil(UNIT), rows.saturating_mul(UNIT), |start, count| {
        let end = cols.min((start + count) * UNIT);
        let columns = Columns { io, opts: &opts, scale: &scale, want, shape };
        let mut room = Room { scratch: [MaybeUninit::uninit(); SCRATCH + 64], strip: Strip::new() };
        let mut status = Status::LGT_OK;
        for at in (start * UNIT..end).step_by(shape.width) {
            status = status.or(columns.strip(at, shape.width.min(end - at), &mut room));
        }
        status
    })
}

/// Columns, and what is made of them.
struct Columns<'a, E: Elem> {
    io: RowsPair<E>,
    opts: &'a Opts,
    scale: &'a Scale<E::Acc>,
    want: Want,
    shape: Shape,
}

impl<E: Elem> Columns<'_, E> {
    /// The `n` columns from column `at` on.
    #[inline(never)]
    fn strip(&self, at: usize, n: usize, room: &mut Room<E::Acc>) -> Status {
        let (x, y, keep) = (self.io.x.columns(at, n), self.io.y.piece(at), self.shape.keep);
        let Room { scratch, strip } = room;
        // SAFETY: the scratch has as many rows of whole vectors where it is used.
        let scratch = unsafe { RowsMut::new(scratch.as_mut_ptr().cast(), self.shape.width) };
        let (shares, logs) = (self.want == Want::Shares, self.io.lse.is_wanted());
        let mut sums = |tops: bool, known: bool| {
            let task = Task { tops, known, keep, logs };
            E::dispatch(Sums { x, y, scratch, scale: self.scale, strip, task })
        };
        let good = sums(!shares, false);
        if !good && shares {
            sums(true, false);
        }
        if !good {
            sums(!shares, true);
        }
        let corners = if good && shares { 0 } else { n };
        let mut status = Status::LGT_OK;
        for c in 0..corners {
            status = status.or(self.corner(&x, c, strip));
        }
        if logs {
            self.write_logs(strip, at, n, good);
        }
        if self.want == Want::Sums {
            return status;
        }
        // What is subtracted from -inf is to be a number.
        for (top, log) in strip.top.iter_mut().zip(&mut strip.log).take(corners) {
            if *top == E::Acc::NEG_INFINITY {
                (*top, *log) = (E::Acc::ZERO, self.none());
            }
        }
        // Columns that are shared by entries at +inf are left out.
        let mut from = 0;
        while from < n {
            let tops = strip.top.iter().take(n).skip(from);
            let count = tops.take_while(|top| **top != E::Acc::INFINITY).count();
            let count = if corners == 0 { n } else { count };
            let (x, y, scratch) = (x.columns(from, count), y.piece(from), scratch.piece(from));
            let (scale, logs) = (self.scale, !shares);
            E::dispatch(Results { x, y, scratch, scale, strip, from, logs, keep });
            from += count + 1;
        }
        for c in 0..corners {
            self.shared(&x, &y, c, strip);
        }
        status
    }

    /// What makes the results of a column with nothing above -inf.
    fn none(&self) -> E::Acc {
        if self.opts.empty_zero { E::Acc::ZERO } else { E::Acc::NAN }
    }

    /// Writes the logarithms of the sums of `n` columns from column `at` on.
    fn write_logs(&self, strip: &Strip<E::Acc>, at: usize, n: usize, good: bool) {
        let shares = self.want == Want::Shares;
        let bases = strip.top.iter().zip(&strip.shift).zip(&strip.log);
        for (c, ((top, shift), log)) in bases.enumerate().take(n) {
            let shifted = shares && (good || top.to_f64().is_finite());
            let base = if shifted { shift.to_f64() } else { top.to_f64() };
            self.io.lse.set(at + c, E::Acc::of(base * self.opts.scale + log.to_f64()));
        }
    }

    /// A column whose largest entry is not finite gets what makes its results; one with
    /// entries at +inf gets their number.
    #[cold]
    #[inline(never)]
    fn corner(&self, x: &Rows<E>, c: usize, strip: &mut Strip<E::Acc>) -> Status {
        let (Some(top), Some(share), Some(log)) =
            (strip.top.get_mut(c), strip.share.get_mut(c), strip.log.get_mut(c))
        else {
            return Status::LGT_OK;
        };
        if top.to_f64().is_finite() {
            return Status::LGT_OK;
        }
        let (mut count, mut nan) = (0, false);
        for r in 0..x.rows {
            // SAFETY: the view vouches for its rows.
            let v = unsafe { (*x.row(r).add(c)).widen() };
            nan |= v.is_nan();
            count += u64::from(v == E::Acc::INFINITY);
        }
        if nan {
            (*top, *share, *log) = (E::Acc::ZERO, E::Acc::NAN, E::Acc::NAN);
        } else if count > 0 {
            (*share, *log) = (E::Acc::of(1.0 / count as f64), E::Acc::of(libm::log(count as f64)));
        } else {
            (*share, *log) = (self.none(), E::Acc::ZERO);
            return Status::LGT_EMPTY_ROW;
        }
        Status::LGT_OK
    }

    /// Writes a column that entries at +inf share.
    #[cold]
    #[inline(never)]
    fn shared(&self, x: &Rows<E>, y: &RowsMut<E>, c: usize, strip: &Strip<E::Acc>) {
        let (Some(top), Some(share), Some(log)) =
            (strip.top.get(c), strip.share.get(c), strip.log.get(c))
        else {
            return;
        };
        if *top != E::Acc::INFINITY {
            return;
        }
        let (high, beside) = match self.want {
            Want::Logs => (E::Acc::of(-log.to_f64()), E::Acc::NEG_INFINITY),
            _ => (*share, E::Acc::ZERO),
        };
        for r in 0..x.rows {
            // SAFETY: the views vouch for their rows.
            unsafe {
                let at_infinity = (*x.row(r).add(c)).widen() == E::Acc::INFINITY;
                *y.row(r).add(c) = E::narrow(if at_infinity { high } else { beside });
            }
        }
    }
}

/// Shares, or their logarithms, of columns that are known.
struct Results<'a, E: Elem> {
    x: Rows<E>,
    y: RowsMut<E>,
    scratch: RowsMut<E::Acc>,
    scale: &'a Scale<E::Acc>,
    strip: &'a Strip<E::Acc>,
    /// Where they start in the strip.
    from: usize,
    logs: bool,
    keep: Keep,
}

impl<E: Elem> Kernel<E> for Results<'_, E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        let (lanes, Rows { rows, cols, .. }) = (<S as Lanes<E::Acc>>::N, self.x);
        let mut start = 0;
        while start < rows {
            let end = rows.min(start + BLOCK);
            let mut at = 0;
            while at < cols {
                // SAFETY: the block is inside the rows.
                unsafe {
                    if self.logs {
                        self.logs(s, at, (start, end));
                    } else {
                        self.shares(s, at, (start, end));
                    }
                }
                at += lanes;
            }
            start = end;
        }
    }
}

impl<E: Elem> Results<'_, E> {
    #[inline(always)]
    unsafe fn shares<S: Io<E>>(&self, s: S, at: usize, (start, end): (usize, usize)) {
        let n = self.x.cols - at;
        // SAFETY: the caller vouches for the block, and a strip is whole vectors.
        unsafe {
            let share = s.get(self.strip.share.as_ptr().add(self.from + at));
            if self.keep == Keep::Scratch {
                for r in start..end {
                    let e = s.get(self.scratch.row(r).wrapping_add(at));
                    store(s, self.y.row(r).wrapping_add(at), n, s.mul(e, share));
                }
                return;
            }
            if E::LOSSLESS && self.keep == Keep::Output {
                for r in start..end {
                    let to = self.y.row(r).wrapping_add(at);
                    store(s, to, n, s.mul(load(s, to, n), share));
                }
                return;
            }
            let reference = Reference::<E, S>::get(s, self.strip, self.scale, self.from + at);
            for r in start..end {
                let v = load(s, self.x.row(r).add(at), n);
                let y = s.mul(reference.eval(s, self.scale, v), share);
                store(s, self.y.row(r).add(at), n, y);
            }
        }
    }

    /// As in `log_softmax.rs`.
    #[inline(always)]
    unsafe fn logs<S: Io<E>>(&self, s: S, at: usize, (start, end): (usize, usize)) {
        let (n, half) = (self.x.cols - at, s.splat(E::Acc::of(0.5)));
        let scale = s.splat(E::Acc::of(2.0 * self.scale.value()));
        // SAFETY: as above.
        unsafe {
            let top = s.get(self.strip.top.as_ptr().add(self.from + at));
            let log = s.get(self.strip.log.as_ptr().add(self.from + at));
            let minus_top = s.mul(top, s.splat(E::Acc::of(-0.5)));
            for r in start..end {
                let v = if self.keep == Keep::Scratch {
                    s.get(self.scratch.row(r).wrapping_add(at))
                } else {
                    load(s, self.x.row(r).add(at), n)
                };
                let d = s.mul_add(v, half, minus_top);
                store(s, self.y.row(r).add(at), n, s.sub(s.mul(d, scale), log));
            }
        }
    }
}
