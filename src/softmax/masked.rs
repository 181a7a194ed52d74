//! Row transforms of masked scores.
//!
//! What a mask says beyond a scale and a bias is not worth kernels of its own. Scores are
//! made block by block, in the type that is computed in and in the first-level cache, and
//! handed to the kernels of plain rows: once for the logarithm of the sum, and once more,
//! where a row is longer than a block, to be written. Blocks that a causal mask leaves
//! nothing of are not made.

use super::log_softmax::{self, Subtract};
use super::mask::{Mask, RowMask};
use super::masked_scores::Score;
use super::narrow::Want;
use super::parallel::over_rows;
use super::passes;
use super::recompute::SegmentShare;
use super::reload::{Reload, is_short};
use super::row::{Opts, RowsPair, past, settled};
use super::{logsumexp, softmax};
use crate::math::exp::Scale;
use crate::rows::exp_sum::{LogSum, by_blocks};
use crate::rows::kind::Kind;
use crate::rows::moments::{Table, TableMut};
use crate::rows::moments_pass::Computed;
use crate::rows::numbers::Numbers;
use crate::rows::pieces::{PIECE, Room};
use crate::rows::view::{Column, Rows, RowsMut};
use crate::rt::exec::Exec;
use crate::simd::{Elem, Real, Stored};
use crate::status::{Outcome, Status};

/// Pieces of a block.
const PIECES: usize = 8;

/// Scores of a block.
const BLOCK: usize = PIECES * PIECE;

/// Any transform of rows whose scores are masked. The output has the columns of the
/// mask; of the sums alone there is none.
pub fn apply<E: Elem>(want: Want, io: RowsPair<E>, mask: &Mask, opts: &Opts) -> Outcome {
    let (cols, rows) = (mask.count, io.x.rows);
    if rows == 0 {
        return Ok(Status::LGT_OK); // There is not even a first row of the mask.
    }
    if mask.is_prefix() {
        if mask.scales.is_none() && mask.causal.is_none() {
            return plain(want, io, *opts);
        }
        if want == Want::Shares && (E::LOSSLESS || is_short::<E>(cols)) {
            return reload::<E, false>(io, mask, opts);
        }
        return prefixes(want, &io, mask, opts);
    }
    if let Some(io) = with_bias(want, &io, mask) {
        return reload::<f32, true>(io, mask, opts);
    }
    over_rows(&opts.exec, rows, cols, |start, rows| {
        each(&Job::new(want, &io.part(start, rows), (mask, start), opts))
    })
}

/// Rows that are not masked.
#[inline(never)]
fn plain<E: Elem>(want: Want, io: RowsPair<E>, opts: Opts) -> Outcome {
    match want {
        Want::Shares => softmax::apply(io, opts),
        Want::Logs => log_softmax::apply(io, opts),
        Want::Sums => logsumexp::apply(io.x, io.lse, opts),
    }
}

/// Softmax of rows that differ in length and scale, or have a bias, by the kernel of
/// plain rows.
fn reload<E: Elem, const BIAS: bool>(io: RowsPair<E>, mask: &Mask, opts: &Opts) -> Outcome {
    let cols = io.x.cols;
    let opts = Opts { store: settled::<E>(&io, opts), ..*opts };
    let past = past::<E>(&opts, cols) && is_short::<E>(cols) && mask.causal.is_none();
    let scale = Scale::new(if BIAS { 1.0 } else { opts.scale });
    over_rows(&opts.exec, io.x.rows, cols, |start, rows| {
        let (part, mask) = (io.part(start, rows), Some((mask, start)));
        let status =
            E::dispatch(Reload::<E, BIAS> { io: part, opts, scale, mask, guess: true, past });
        if let Some((mask, start)) = mask {
            (0..rows)
                .for_each(|r| rest(Want::Shares, &part.part(r, 1), mask.seen(start + r), &opts));
        }
        status
    })
}

/// Rows that differ in length and scale, one by one.
#[inline(never)]
fn prefixes<E: Elem>(want: Want, io: &RowsPair<E>, mask: &Mask, opts: &Opts) -> Outcome {
    over_rows(&opts.exec, io.x.rows, io.x.cols, |start, rows| {
        let mut status = Status::LGT_OK;
        for r in 0..rows {
            let (row, own) = (io.part(start + r, 1), mask.row(start + r));
            let opts = Opts { exec: Exec::SERIAL, scale: own.factor, ..*opts };
            // Without an executor, nothing fails.
            let advisory = plain(want, row.piece(0, own.end), opts);
            status = status.or(advisory.unwrap_or_else(|error| error));
            rest(want, &row, own.end, &opts);
        }
        status
    })
}

/// What a row has in the columns that it does not see: what the columns that it sees, its
/// first, were given by rights. A row that is not a number is none in any column.
#[inline(never)]
fn rest<E: Elem>(want: Want, row: &RowsPair<E>, seen: usize, opts: &Opts) {
    if want == Want::Sums || seen >= row.x.cols {
        return;
    }
    let beside = beside::<E::Acc>(want);
    let (to, nan) = (row.y.row(0), E::narrow(E::Acc::NAN));
    let value = if seen == 0 {
        if opts.empty_zero { E::narrow(beside) } else { nan }
    } else {
        // SAFETY: the view vouches for the row.
        let first = unsafe { *to }.widen().to_f64();
        if first.is_nan() { nan } else { E::narrow(beside) }
    };
    // SAFETY: as above.
    (seen..row.x.cols).for_each(|c| unsafe { *to.add(c) = value });
}

/// What an entry has that is not kept.
fn beside<T: Real>(want: Want) -> T {
    if want == Want::Logs { T::NEG_INFINITY } else { T::ZERO }
}

/// The rows, if they are of the one type that a bias of its own type is added to by the
/// kernel of plain rows, and nothing else is done to them.
fn with_bias<E: Elem>(want: Want, io: &RowsPair<E>, mask: &Mask) -> Option<RowsPair<f32>> {
    let own = matches!(mask.bias, Some((Numbers::F32(_), _))) && E::STORED == Stored::F32;
    if want != Want::Shares || !own || !mask.only_adds() {
        return None;
    }
    let RowsPair { x, y, lse } = io;
    let (x_stride, y_stride) = (x.stride(), y.stride());
    // SAFETY: they are what they were.
    Some(unsafe {
        RowsPair {
            x: Rows::new(x.row(0).cast(), x_stride, x.rows, x.cols),
            y: RowsMut::new(y.row(0).cast(), y_stride),
            lse: Column::new(lse.at(0).cast()),
        }
    })
}

/// Rows of scores of any type, and what is made of them.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    want: Want,
    x: Table,
    y: TableMut,
    /// Numbers of the type computed in, or null.
    lse: *mut u8,
    mask: &'a Mask,
    /// The first row's row of the mask.
    first: usize,
    opts: &'a Opts,
}

impl<'a> Job<'a> {
    /// Of these rows.
    fn new<E: Elem>(
        want: Want,
        io: &RowsPair<E>,
        (mask, first): (&'a Mask, usize),
        opts: &'a Opts,
    ) -> Self {
        let RowsPair { x, y, lse } = io;
        let (numbers, stride) = (Numbers::of(x.row(0)), x.stride());
        let x = Table { numbers, stride, rows: x.rows, cols: x.cols };
        let y = TableMut { data: y.row(0).cast(), stride: y.stride() * size_of::<E>() };
        Job { want, x, y, lse: lse.at(0).cast(), mask, first, opts }
    }

    /// Softmax of the first of these rows.
    #[inline(never)]
    pub fn shares<E: Elem>(io: &RowsPair<E>, mask: (&'a Mask, usize), opts: &'a Opts) -> Self {
        Self::new(Want::Shares, io, mask, opts)
    }
}

/// Every row.
#[inline(never)]
pub fn each(job: &Job) -> Status {
    match job.x.numbers {
        Numbers::F64(_) => each_in::<f64>(job),
        _ => each_in::<f32>(job),
    }
}

#[inline(never)]
fn each_in<T: Computed>(job: &Job) -> Status {
    let mut block = Block::<T>::new(job.mask);
    let mut status = Status::LGT_OK;
    // SAFETY: the job vouches for one number of this type a row, or null.
    let lse = unsafe { Column::new(job.lse.cast::<T>()) };
    for r in 0..job.x.rows {
        block.begin(job.x.row_numbers(r), job.mask.row(job.first + r));
        let sum = block.sum(&Kept::new(job, r));
        lse.set(r, sum.lse(1.0));
        job.mask.sink_share.set(job.first + r, sink_share(&sum, block.mask.sink, job.opts));
        if job.want != Want::Sums {
            block.write(job, &Kept::new(job, r), &sum);
        }
        if matches!(sum.kind, Kind::Empty) {
            status = Status::LGT_EMPTY_ROW;
        }
    }
    status
}

/// The share that the score beside the row has.
fn sink_share<T: Computed>(sum: &LogSum<T>, sink: f64, opts: &Opts) -> f64 {
    let sink = T::of(sink).to_f64();
    match sum.kind {
        Kind::Finite(max) => libm::exp((sink - max.to_f64()) - sum.log),
        Kind::Infinite(count) if sink == f64::INFINITY => 1.0 / count,
        Kind::Infinite(_) => 0.0,
        Kind::Empty if opts.empty_zero => 0.0,
        _ => f64::NAN,
    }
}

/// Scores of a row, some at a time.
#[repr(C, align(64))]
struct Block<T> {
    /// Those that were made, and from which column on.
    z: [Room<T>; PIECES],
    made: Option<usize>,
    x: Numbers,
    mask: RowMask,
    score: Score<T>,
}

impl<T: Computed> Block<T> {
    fn new(mask: &Mask) -> Self {
        let (x, mask) = (Numbers::of::<T>(core::ptr::null()), mask.row(0));
        Block { z: [const { Room::ZEROS }; PIECES], made: None, x, mask, score: Score::none() }
    }

    /// The row that is next.
    fn begin(&mut self, x: Numbers, mask: RowMask) {
        (self.made, self.x, self.mask) = (None, x, mask);
        self.score.begin(&mask);
    }

    /// Writes the row.
    fn write(&mut self, job: &Job, kept: &Kept<T>, sum: &LogSum<T>) {
        if let Some(z) = kept.z {
            let rest = turn(job, (z, kept.n), sum);
            // SAFETY: the job vouches for the row.
            (kept.n..job.mask.count).for_each(|c| unsafe { *z.add(c) = rest });
            return;
        }
        for at in (0..job.mask.count).step_by(BLOCK) {
            let n = BLOCK.min(job.mask.count - at);
            self.make(at, n);
            self.made = None;
            turn(job, (self.z.as_mut_ptr().cast(), n), sum);
            // SAFETY: as above.
            unsafe { self.store(kept.to.wrapping_add(at * self.x.size()), n) };
        }
    }

    /// The logarithm of the sum of all exponentials, that beside them included.
    #[inline(never)]
    fn sum(&mut self, kept: &Kept<T>) -> LogSum<T> {
        let scale = Scale::new(1.0);
        let mut total = match T::of(self.mask.sink) {
            sink if sink == T::INFINITY => LogSum { kind: Kind::Infinite(1.0), log: 0.0 },
            sink if sink == T::NEG_INFINITY => LogSum::EMPTY,
            sink => LogSum { kind: Kind::Finite(sink), log: 0.0 },
        };
        for at in (0..self.mask.end).step_by(BLOCK) {
            let n = BLOCK.min(self.mask.end - at);
            self.make(at, n);
            if let Some(z) = kept.z {
                // SAFETY: the row has these columns, of this type.
                unsafe { core::ptr::copy_nonoverlapping(self.z.as_ptr().cast(), z.add(at), n) };
            }
            by_blocks(&self.rows(n), &scale, |_, sums| {
                total = sums.iter().fold(total, |total, sum| total.and(*sum, 1.0));
            });
        }
        total
    }

    fn rows(&mut self, n: usize) -> Rows<T> {
        // SAFETY: so many scores are there.
        unsafe { Rows::new(self.z.as_mut_ptr().cast(), n, 1, n) }
    }

    /// Makes `n` scores from column `at` on, unless they are those that are there.
    fn make(&mut self, at: usize, n: usize) {
        // Of a row of one block, there may be more than there were for the sum.
        if self.made == Some(at) && at + n <= self.mask.end {
            return;
        }
        self.made = Some(at);
        for (i, room) in self.z.iter_mut().enumerate().take(n.div_ceil(PIECE)) {
            let start = at + i * PIECE;
            let n = PIECE.min(at + n - start);
            let seen = self.mask.end.saturating_sub(start).min(n);
            if seen > 0 {
                // SAFETY: the row has these columns.
                unsafe { self.score.piece(self.x, &self.mask, (start, seen), room) };
            }
            let unseen = room.values().iter_mut().take(n).skip(seen);
            unseen.for_each(|z| *z = T::NEG_INFINITY);
        }
    }

    /// Writes `n` values as numbers of the type of the row.
    ///
    /// # Safety
    /// There must be room for them.
    unsafe fn store(&self, to: *mut u8, n: usize) {
        for (i, room) in self.z.iter().enumerate().take(n.div_ceil(PIECE)) {
            let start = i * PIECE;
            let to = to.wrapping_add(start * self.x.size());
            // SAFETY: the caller vouches for the room.
            unsafe { room.store(to, self.x, PIECE.min(n - start)) };
        }
    }
}

/// Where a row goes; and, if it is of the type computed in and longer than a block, the
/// scores until they are turned, so that they are made once.
struct Kept<T> {
    to: *mut u8,
    z: Option<*mut T>,
    n: usize,
}

impl<T: Computed> Kept<T> {
    fn new(job: &Job, r: usize) -> Self {
        let (to, n) = (job.y.row(r), job.mask.seen(r + job.first));
        let same = job.x.numbers.size() == size_of::<T>();
        let keeps = same && n > BLOCK && job.want != Want::Sums;
        Kept { to, z: keeps.then_some(to.cast()), n }
    }
}

/// Scores become what is wanted; what those become that are not kept.
#[inline(never)]
fn turn<T: Computed>(job: &Job, (z, n): (*mut T, usize), sum: &LogSum<T>) -> T {
    let beside = beside::<T>(job.want);
    let shares = job.want == Want::Shares;
    let (high, low) = match sum.kind {
        Kind::Finite(max) if shares => {
            let plan = Scale::new(1.0).direct(max);
            let row = passes::Row { from: z, to: z, n, past: false };
            T::dispatch(SegmentShare { row, plan, sum: plan.sum_of(max, sum.log) });
            return beside;
        }
        Kind::Finite(_) => {
            // SAFETY: the scores are a row.
            let io = unsafe {
                let lse = Column::new(core::ptr::null_mut());
                RowsPair { x: Rows::new(z, n, 1, n), y: RowsMut::new(z, n), lse }
            };
            T::dispatch(Subtract { io, sums: &[*sum], opts: Opts::DEFAULT });
            return beside;
        }
        Kind::Infinite(count) if shares => (T::of(1.0 / count), beside),
        Kind::Infinite(count) => (T::of(-libm::log(count)), beside),
        Kind::Empty if job.opts.empty_zero => (beside, beside),
        _ => (T::NAN, T::NAN),
    };
    for i in 0..n {
        // SAFETY: as above.
        unsafe { *z.add(i) = if *z.add(i) == T::INFINITY { high } else { low } };
    }
    low
}
