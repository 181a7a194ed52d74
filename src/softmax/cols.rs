//! Softmax, log-softmax and logsumexp along columns: every column sums to one.
//!
//! Strips of columns are walked from the first row to the last, twice: sums, then
//! results. A strip is as wide as a cache holds all of its rows, so that the second walk
//! does not read memory again. A column's result depends on that column alone.

use super::cols_sums::{BLOCK, Keep, Reference, Strip, Sums, Task, WIDTH, load, store};
use super::parallel::over_rows;
use super::row::Opts;
use crate::math::exp::Scale;
use crate::rows::moments::{Table, TableMut};
use crate::rows::moments_pass::Computed;
use crate::rows::numbers::Numbers;
use crate::rows::pieces::{PIECE, narrow, widen};
use crate::rows::view::{Column, Rows, RowsMut};
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

/// Bytes of a row of a strip, below which fetching them is mostly waiting.
const LEAST: usize = 256;

/// Columns that are not divided: those of a strip are a multiple, and whole vectors.
const UNIT: usize = 32;

/// Columns of a strip, how many of its rows are widened at a time, and where something
/// waits for the results.
#[derive(Clone, Copy)]
struct Shape {
    width: usize,
    block: usize,
    keep: Keep,
}

impl Shape {
    /// That of so many rows; `apart` tells whether exponentials may wait in the output.
    fn new<T>(like: Numbers, rows: usize, apart: bool) -> Shape {
        let units = |values: usize, most: usize| (values / rows.max(1) / UNIT * UNIT).min(most);
        let (values, most) = (SCRATCH / size_of::<T>(), if is_wide(like) { WIDTH } else { PIECE });
        let (few, some) = (units(values, most), units(BYTES / like.size(), most));
        let some = if some * like.size() < LEAST { 0 } else { some };
        let keep = if is_wide(like) && apart { Keep::Output } else { Keep::Nothing };
        let (width, keep) = match (few, some) {
            // What no cache holds is best read in long pieces, and written once.
            (0, 0) => (most, Keep::Nothing),
            (0, some) => (some, keep),
            (few, _) => (few, Keep::Scratch),
        };
        let block = if few > 0 { rows } else { values / width / BLOCK * BLOCK };
        Shape { width, block: block.max(1), keep }
    }
}

/// Whether numbers are of a type that is computed in; others are widened first.
fn is_wide(numbers: Numbers) -> bool {
    matches!(numbers, Numbers::F32(_) | Numbers::F64(_))
}

/// What is known of a strip, and what waits.
#[repr(C, align(64))]
struct Room<T> {
    /// With a vector more, for those that start anywhere in the last row.
    scratch: [MaybeUninit<u8>; SCRATCH + 64],
    strip: Strip<T>,
}

/// Columns, and what is made of them.
#[derive(Clone, Copy)]
pub struct Columns<T> {
    /// Scores.
    pub x: Table,
    /// Results, if there are any; may be the same array.
    pub y: TableMut,
    /// `ln sum exp(scale * x)` a column.
    pub lse: Column<T>,
    /// What is made of them.
    pub want: Want,
}

// SAFETY: it is addresses; what they promise was promised for all who hold it.
unsafe impl<T> Sync for Columns<T> {}

/// Every column.
pub fn apply<T: Computed>(columns: Columns<T>, opts: &Opts) -> Outcome {
    let (scale, Columns { x, y, want, .. }) = (Scale::<T>::new(opts.scale), columns);
    // In the place of the scores, exponentials could not be made again.
    let apart = want == Want::Shares && !core::ptr::eq(x.numbers.address(), y.data);
    let mut shape = Shape::new::<T>(x.numbers, x.rows, apart);
    if want == Want::Sums {
        shape.keep = Keep::Nothing;
    }
    let job = Job { columns, scale, shape, opts };
    over_rows(&opts.exec, x.cols.div_ceil(UNIT), x.rows.saturating_mul(UNIT), |start, count| {
        job.strips(start * UNIT, x.cols.min((start + count) * UNIT))
    })
}

/// Columns, and how they are done.
struct Job<'a, T> {
    columns: Columns<T>,
    scale: Scale<T>,
    shape: Shape,
    opts: &'a Opts,
}

// SAFETY: as above.
unsafe impl<T> Sync for Job<'_, T> {}

impl<T: Computed> Job<'_, T> {
    /// The columns from `start` to `end`.
    #[inline(never)]
    fn strips(&self, start: usize, end: usize) -> Status {
        let mut room =
            Room { scratch: [MaybeUninit::uninit(); SCRATCH + 64], strip: Strip::nothing() };
        let mut status = Status::LGT_OK;
        for at in (start..end).step_by(self.shape.width.max(1)) {
            status = status.or(self.strip(at, self.shape.width.min(end - at), &mut room));
        }
        status
    }

    /// Calls `f` with `n` columns from column `at` on, to read and to write: where they
    /// are, or widened, some rows at a time, and then written if that is asked for.
    fn each(
        &self,
        (at, n): (usize, usize),
        scratch: RowsMut<T>,
        write: bool,
        f: &mut dyn FnMut(Rows<T>, RowsMut<T>, usize),
    ) {
        let Columns { x, y, .. } = self.columns;
        if is_wide(x.numbers) {
            let to = y.data.cast::<T>().wrapping_add(at);
            // SAFETY: the tables vouch for their rows.
            let (from, to) = unsafe {
                let from = x.numbers.from(at).address().cast();
                (Rows::new(from, x.stride, x.rows, n), RowsMut::new(to, y.stride / size_of::<T>()))
            };
            return f(from, to, 0);
        }
        for start in (0..x.rows).step_by(self.shape.block.max(1)) {
            let rows = self.shape.block.min(x.rows - start);
            for r in 0..rows {
                // SAFETY: as above; the scratch has so many rows of whole vectors.
                unsafe { widen(x.row_numbers(start + r).from(at), n, scratch.row(r)) };
            }
            // SAFETY: as above.
            let from = unsafe { Rows::new(scratch.row(0), self.shape.width, rows, n) };
            f(from, scratch, start);
            if write {
                self.narrow((start, rows), (at, n), scratch);
            }
        }
    }

    /// Writes rows of the scratch.
    fn narrow(&self, (start, rows): (usize, usize), (at, n): (usize, usize), from: RowsMut<T>) {
        let Columns { x, y, .. } = self.columns;
        for r in 0..rows {
            let to = y.row(start + r).wrapping_add(at * x.numbers.size());
            // SAFETY: the tables vouch for their rows.
            unsafe { narrow(from.row(r), to, x.numbers, n) };
        }
    }

    /// Sums the `n` columns from column `at` on; tells whether all references were good.
    fn sums(
        &self,
        (at, n): (usize, usize),
        scratch: RowsMut<T>,
        strip: &mut Strip<T>,
        (tops, known): (bool, bool),
    ) -> bool {
        let (rows, logs) = (self.columns.x.rows, self.columns.lse.is_wanted());
        let (scale, keep) = (&self.scale, self.shape.keep);
        let mut good = false;
        self.each((at, n), scratch, false, &mut |x, y, start| {
            let (first, last) = (start == 0, start + x.rows == rows);
            let task = Task { tops, known, keep, logs, first, last, rows };
            good = T::dispatch(Sums { x, y, scratch, scale, strip, task });
        });
        good
    }

    /// The `n` columns from column `at` on.
    #[inline(never)]
    fn strip(&self, at: usize, n: usize, room: &mut Room<T>) -> Status {
        let Room { scratch, strip } = room;
        // SAFETY: the scratch has as many rows of whole vectors where it is used.
        let scratch = unsafe { RowsMut::new(scratch.as_mut_ptr().cast(), self.shape.width) };
        let shares = self.columns.want == Want::Shares;
        let good = self.sums((at, n), scratch, strip, (!shares, false));
        if !good && shares {
            self.sums((at, n), scratch, strip, (true, false));
        }
        if !good {
            self.sums((at, n), scratch, strip, (!shares, true));
        }
        let corners = if good && shares { 0 } else { n };
        let mut status = Status::LGT_OK;
        for c in 0..corners {
            status = status.or(self.corner(at, c, strip));
        }
        if self.columns.lse.is_wanted() {
            self.write_logs(strip, at, n, good);
        }
        if self.columns.want == Want::Sums {
            return status;
        }
        // What is subtracted from -inf is to be a number.
        for (top, log) in strip.top.iter_mut().zip(&mut strip.log).take(corners) {
            if *top == T::NEG_INFINITY {
                (*top, *log) = (T::ZERO, self.none());
            }
        }
        // Columns that are shared by entries at +inf are left out.
        let mut from = 0;
        while from < n {
            let tops = strip.top.iter().take(n).skip(from);
            let count = tops.take_while(|top| **top != T::INFINITY).count();
            let count = if corners == 0 { n } else { count };
            self.results(at, (from, count), scratch.piece(from), strip);
            from += count + 1;
        }
        for c in 0..corners {
            self.shared(at, c, strip);
        }
        status
    }

    /// Writes the results of columns whose sums are known.
    fn results(&self, at: usize, (from, n): (usize, usize), scratch: RowsMut<T>, strip: &Strip<T>) {
        let logs = self.columns.want == Want::Logs;
        let (scale, rows) = (&self.scale, self.columns.x.rows);
        // The last vector that starts here would reach past those that were kept.
        let kept = from == 0 || self.shape.keep != Keep::Scratch;
        let keep = if kept { self.shape.keep } else { Keep::Nothing };
        let make = |x, y| {
            T::dispatch(Results { x, y, scratch, scale, strip, from, logs, keep });
        };
        if keep == Keep::Scratch && !is_wide(self.columns.x.numbers) {
            // SAFETY: the scratch has so many rows.
            make(unsafe { Rows::new(scratch.row(0), self.shape.width, rows, n) }, scratch);
            self.narrow((0, rows), (at + from, n), scratch);
        } else {
            self.each((at + from, n), scratch, true, &mut |x, y, _| make(x, y));
        }
    }

    /// What makes the results of a column with nothing above -inf.
    fn none(&self) -> T {
        if self.opts.empty_zero { T::ZERO } else { T::NAN }
    }

    /// Writes the logarithms of the sums of `n` columns from column `at` on.
    fn write_logs(&self, strip: &Strip<T>, at: usize, n: usize, good: bool) {
        let shares = self.columns.want == Want::Shares;
        let bases = strip.top.iter().zip(&strip.shift).zip(&strip.log);
        for (c, ((top, shift), log)) in bases.enumerate().take(n) {
            let shifted = shares && (good || top.to_f64().is_finite());
            let base = if shifted { shift.to_f64() } else { top.to_f64() };
            self.columns.lse.set(at + c, T::of(base * self.opts.scale + log.to_f64()));
        }
    }

    /// A column whose largest entry is not finite gets what makes its results; one with
    /// entries at +inf gets their number.
    #[inline(never)]
    fn corner(&self, at: usize, c: usize, strip: &mut Strip<T>) -> Status {
        let (Some(top), Some(share), Some(log)) =
            (strip.top.get_mut(c), strip.share.get_mut(c), strip.log.get_mut(c))
        else {
            return Status::LGT_OK;
        };
        if top.to_f64().is_finite() {
            return Status::LGT_OK;
        }
        let (count, nan) = infinite(&self.columns.x, at + c);
        if nan {
            (*top, *share, *log) = (T::ZERO, T::NAN, T::NAN);
        } else if count > 0 {
            (*share, *log) = (T::of(1.0 / count as f64), T::of(libm::log(count as f64)));
        } else {
            (*share, *log) = (self.none(), T::ZERO);
            return Status::LGT_EMPTY_ROW;
        }
        Status::LGT_OK
    }

    /// Writes a column that entries at +inf share.
    #[inline(never)]
    fn shared(&self, at: usize, c: usize, strip: &Strip<T>) {
        let (Some(top), Some(share), Some(log)) =
            (strip.top.get(c), strip.share.get(c), strip.log.get(c))
        else {
            return;
        };
        if *top != T::INFINITY {
            return;
        }
        let Columns { x, y, want, .. } = self.columns;
        let (high, beside) = match want {
            Want::Logs => (-log.to_f64(), f64::NEG_INFINITY),
            _ => (share.to_f64(), 0.0),
        };
        for r in 0..x.rows {
            // SAFETY: the tables vouch for their rows.
            unsafe {
                let at_infinity = x.row_numbers(r).get(at + c) == f64::INFINITY;
                x.numbers.put(y.row(r), at + c, if at_infinity { high } else { beside });
            }
        }
    }
}

/// How many entries of a column are +inf, and whether one is NaN.
#[inline(never)]
fn infinite(x: &Table, c: usize) -> (u64, bool) {
    (0..x.rows).fold((0, false), |(count, nan), r| {
        // SAFETY: the table vouches for its rows.
        let v = unsafe { x.row_numbers(r).get(c) };
        (count + u64::from(v == f64::INFINITY), nan || v.is_nan())
    })
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
            if self.keep == Keep::Output {
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
