//! Rows of few columns, as many at once as there are lanes.
//!
//! A row of ten entries fills no vector, and what is done once a row costs more
//! than what is done with its entries. But `N` rows of `n` entries that stand one
//! after another are `n` full vectors, whatever `n` is. So a group of `N` rows has
//! its maxima found together, lane `i` that of row `i`; its exponentials are then
//! computed vector by vector, with each row's reference brought to its entries by
//! a permutation that is the same for every group; its sums, logarithms and
//! divisions are again those of `N` rows together.
//!
//! A row's result depends on that row alone: rows that are missing from a group,
//! or stand apart in memory, change where values are read from and nothing else.
//! Rows that are rare (no finite maximum, or one so large that it has to be
//! subtracted) are left out, and done one by one as longer rows are.

use super::line::Line;
use super::narrow_group::{Group, Groups, Memory};
use super::parallel::over_rows;
use super::reload::Reload;
use super::row::{Opts, RowsPair, Store};
use super::{log_softmax, logsumexp};
use crate::math::exp::Scale;
use crate::simd::{Elem, Io, Kernel, Lanes};
use crate::status::{Outcome, Status};
use core::mem::MaybeUninit;

/// The most columns of a row that is done so: above, rows one by one are as fast.
pub const NARROW: usize = 128;

/// The most vectors of such a row: each is added to a sum that may lose it.
const VECTORS: usize = 16;

/// The most groups between whose first and second half others are begun, so that
/// what was stored has arrived when it is loaded in pieces.
const BLOCK: usize = 2;

/// What is made of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// Softmax, and its logarithm of the sum where asked for.
    Shares,
    /// Log-softmax, likewise.
    Logs,
    /// The logarithm of the sum alone; there is no output.
    Sums,
}

/// Whether rows of `cols` columns are done here. Softmax of longer ones is faster
/// row by row where no cache holds the array: their reading, computing and writing
/// overlap.
pub fn fits(cols: usize, want: Want) -> bool {
    let most = if want == Want::Shares { NARROW / 2 } else { NARROW };
    (1..=most).contains(&cols)
}

/// Every row; `fits` holds.
pub fn apply<E: Elem>(io: RowsPair<E>, opts: Opts, want: Want) -> Outcome {
    let scale = Scale::new(opts.scale);
    over_rows(&opts.exec, io.x.rows, io.x.cols, |start, rows| {
        E::dispatch(Narrow { io: io.part(start, rows), opts, scale, want })
    })
}

/// Rows of few columns, and what is made of them.
pub struct Narrow<E: Elem> {
    /// The rows.
    pub io: RowsPair<E>,
    opts: Opts,
    /// The scale of `opts`.
    pub scale: Scale<E::Acc>,
    /// What is made of them.
    pub want: Want,
}

impl<E: Elem> Kernel<E> for Narrow<E> {
    type Out = Status;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> Status {
        let lanes = <S as Lanes<E::Acc>>::N;
        let (rows, cols) = (self.io.x.rows, self.io.x.cols);
        if !<S as Lanes<E::Acc>>::UNROLL || cols > VECTORS * lanes {
            return self.plain(self.io);
        }
        let past = Line::<E>::can_pass::<S>() && self.opts.store == Store::Streaming;
        // Rows up to the first that starts where a vector may go past the cache;
        // from there, whole groups lead to the next such place.
        let head = if past { self.unaligned_rows(lanes) } else { lanes };
        let past = head < lanes;
        let mut next = if past && head > 0 { head } else { lanes };
        let mut memory = Memory::<E, S>::new();
        let groups = Groups::new(s, &self, &mut memory);
        let mut status = Status::LGT_OK;
        let mut r = 0;
        while r < rows {
            let mut block = [const { MaybeUninit::<Group<E, S>>::uninit() }; BLOCK];
            let mut begun = 0;
            for group in block.iter_mut().take(NARROW / cols.max(1)) {
                let count = next.min(rows - r);
                if count == 0 {
                    break;
                }
                // SAFETY: the views vouch for their rows; the block fits.
                unsafe { groups.begin(s, group, begun, r, count) };
                begun += 1;
                r += count;
                next = lanes;
            }
            for (i, group) in block.iter().enumerate().take(begun) {
                // SAFETY: as above; this many were begun.
                let advisory = unsafe { groups.end(s, group.assume_init_ref(), i, past) };
                if advisory != Status::LGT_OK {
                    status = advisory;
                }
            }
        }
        if past {
            s.fence();
        }
        status
    }
}

impl<E: Elem> Narrow<E> {
    /// Rows before the first whose output is aligned for a vector; `lanes` if there
    /// is none or rows stand apart.
    #[inline(never)]
    fn unaligned_rows(&self, lanes: usize) -> usize {
        let (y, vector) = (&self.io.y, lanes * size_of::<E>());
        let aligned = |r: &usize| y.row(*r).addr().is_multiple_of(vector);
        let rows = if self.want != Want::Sums && y.packed(self.io.x.cols) { lanes } else { 0 };
        (0..rows).find(aligned).unwrap_or(lanes)
    }

    /// Some of the rows one by one, as longer ones are done.
    #[cold]
    #[inline(never)]
    pub fn plain(&self, io: RowsPair<E>) -> Status {
        let (opts, scale) = (self.opts, self.scale);
        match self.want {
            Want::Shares => {
                let (mask, guess, past) = (None, true, false);
                E::dispatch(Reload::<E, false> { io, opts, scale, mask, guess, past })
            }
            Want::Logs => log_softmax::serial(&io, &opts, &scale),
            Want::Sums => logsumexp::serial(&io.x, &io.lse, &opts, &scale),
        }
    }
}
