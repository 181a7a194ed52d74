//! Softmax: `y = exp(s x) / sum exp(s x)`, row by row.
//!
//! The exponential does not subtract the maximum but an exponent
//! (`math/exp.rs`), so small shares keep their accuracy, and it is held `2^LIFT`
//! too large, so that a share is rounded once even where it is subnormal.
//!
//! The algorithms differ in how they come by that exponent, and in how often
//! they touch memory (reads and writes of a row):
//!
//! | | first | then | |
//! |---|---|---|---|
//! | auto | sums by a guess | divides | 2R 2W short, 2R 1W long |
//! | three-pass reload | maximum; sums, keeping exponentials | divides them | 3R 2W |
//! | three-pass recompute | maximum; sums | exponentials again | 3R 1W |
//! | online | sums by the maximum of each block | exponentials again | 2R 1W |
//!
//! The guess of `auto`: what is subtracted need not belong to the maximum, any
//! entry near it will do, so the maximum of the first few saves a pass over the
//! row. The sum tells whether the guess was good. If not, or if an output in the
//! place of the input would be spoilt by trying, the maximum is found first.

use super::narrow::{self, Want};
use super::online::Online;
use super::parallel::over_rows;
use super::passes::Row;
use super::row::{Algorithm, Corner, Opts, RowsPair, Store, write_corner};
use super::segments;
use crate::math::exp::{ExpPlan, Scale};
use crate::rows::kind::{Kind, kind};
use crate::rows::top;
use crate::simd::{Elem, Io, Kernel, Real};
use crate::status::{Outcome, Status};

/// Entries of which the largest is the guess.
const GUESS: usize = 64;

/// Applies softmax to every row: rows side by side where an executor is lent,
/// and where there are fewer rows than workers, the parts of each.
pub fn apply<E: Elem>(io: RowsPair<E>, opts: Opts) -> Outcome {
    if opts.algorithm == Algorithm::Auto && narrow::fits(io.x.cols, Want::Shares) {
        return narrow::apply(io, opts, Want::Shares);
    }
    let few = io.x.rows < opts.exec.workers();
    if few && opts.algorithm == Algorithm::Auto && segments::apart::<E>(io.x.cols) {
        return segments::apply(io, opts);
    }
    over_rows(&opts.exec, io.x.rows, io.x.cols, |start, rows| serial(io.part(start, rows), opts))
}

/// The same on the calling thread. A 16-bit output gains nothing from the
/// algorithms that are known by name, and takes the one it has.
pub fn serial<E: Elem>(io: RowsPair<E>, opts: Opts) -> Status {
    let scale = Scale::new(opts.scale);
    match opts.algorithm {
        Algorithm::Online if E::LOSSLESS => E::dispatch(Softmax { io, opts, scale, sums: Online }),
        algorithm => E::dispatch(Softmax { io, opts, scale, sums: ByReference(algorithm) }),
    }
}

/// A row's reference and sum, or what else it is.
pub type Summed<T> = Result<(ExpPlan<T>, f64), Kind<T>>;

/// How an algorithm comes by a row's reference and its sum.
pub trait Sums<E: Elem>: Copy {
    /// Whether exponentials wait in the output for their division, rather than
    /// being computed twice.
    fn keeps<S: Io<E>>(self, n: usize) -> bool;

    /// The row's reference and sum, or what else it is. The input is as it was,
    /// unless the output takes its place.
    ///
    /// # Safety
    /// As [`Row`].
    unsafe fn sum<S: Io<E>>(self, s: S, row: Row<E>, scale: &Scale<E::Acc>) -> Summed<E::Acc>;
}

struct Softmax<E: Elem, A> {
    io: RowsPair<E>,
    opts: Opts,
    scale: Scale<E::Acc>,
    sums: A,
}

impl<E: Elem, A: Sums<E>> Kernel<E> for Softmax<E, A> {
    type Out = Status;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> Status {
        let RowsPair { x, y, lse } = self.io;
        let corner =
            Corner { at_infinity: |count| 1.0 / count, beside: E::Acc::ZERO, empty: E::Acc::ZERO };
        let past = match self.opts.store {
            Store::Auto => Row::<E>::is_long::<S>(x.cols),
            Store::Cached => false,
            Store::Streaming => true,
        };
        let mut status = Status::LGT_OK;
        for r in 0..x.rows {
            let row = Row { from: x.row(r), to: y.row(r), n: x.cols, past };
            // SAFETY: the views vouch for their rows.
            unsafe {
                match self.sums.sum(s, row, &self.scale) {
                    Ok((plan, sum)) => {
                        if self.sums.keeps::<S>(row.n) {
                            row.divide(s, &plan, sum);
                        } else {
                            row.share(s, &plan, sum);
                        }
                        lse.set(r, E::Acc::of(plan.log(sum, &self.scale)));
                    }
                    Err(kind) => {
                        let arrays = (row.from, row.to, row.n);
                        let (log, advisory) = write_corner(&kind, &corner, &self.opts, arrays);
                        lse.set(r, log);
                        if advisory != Status::LGT_OK {
                            status = advisory;
                        }
                    }
                }
            }
        }
        status
    }
}

/// Auto and the two three-pass algorithms: one reference for the whole row,
/// guessed or known.
#[derive(Clone, Copy)]
struct ByReference(Algorithm);

impl<E: Elem> Sums<E> for ByReference {
    #[inline(always)]
    fn keeps<S: Io<E>>(self, n: usize) -> bool {
        E::LOSSLESS
            && match self.0 {
                Algorithm::Auto => !Row::<E>::is_long::<S>(n),
                Algorithm::ThreePassReload => true,
                _ => false,
            }
    }

    #[inline(always)]
    unsafe fn sum<S: Io<E>>(self, s: S, row: Row<E>, scale: &Scale<E::Acc>) -> Summed<E::Acc> {
        let keep = Sums::<E>::keeps::<S>(self, row.n);
        let spoilt = keep && core::ptr::eq(row.from, row.to);
        let mut guess = self.0 == Algorithm::Auto && !spoilt;
        // A guess that fails is followed by the maximum, which does not.
        loop {
            // SAFETY: the caller vouches for the row.
            unsafe {
                let plan = if guess {
                    scale.guess(first_max(s, row.from, row.n))
                } else {
                    match kind(s, row.from, row.n) {
                        Kind::Finite(max) => Some(scale.direct(max)),
                        other => return Err(other),
                    }
                };
                if let Some(plan) = plan {
                    let sum = row.sum(s, &plan, guess, keep);
                    if !guess || plan.fits(sum) {
                        return Ok((plan, sum));
                    }
                }
            }
            guess = false;
        }
    }
}

/// The largest of the first few entries above -inf; padding may come first.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
pub unsafe fn first_max<E: Elem, S: Io<E>>(s: S, row: *const E, n: usize) -> E::Acc {
    let mut at = 0;
    loop {
        let end = n.min(at + GUESS);
        // SAFETY: `end` is at most `n`.
        let max = unsafe { top::max(s, row.add(at), end - at) };
        if max > E::Acc::NEG_INFINITY || end == n {
            return max;
        }
        at = end;
    }
}
