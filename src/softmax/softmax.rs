//! Softmax: `y = exp(s x) / sum exp(s x)`, row by row.
//!
//! The exponential does not subtract the maximum but an exponent
//! (`math/exp.rs`), so small shares keep their accuracy, and it is held `2^LIFT`
//! too large, so that a share is rounded once even where it is subnormal.
//!
//! The algorithms differ in how they come by that exponent, and in how often they
//! touch memory (reads and writes of a row):
//!
//! | | first | then | | file |
//! |---|---|---|---|---|
//! | auto, few columns | as many rows as lanes, together | | 1R 1W | `narrow.rs` |
//! | auto, short | sums by a guess, exponentials on the stack | divides | 1R 1W | `reload.rs` |
//! | auto, longer | sums by a guess, exponentials in the output | divides | 2R 2W | `reload.rs` |
//! | auto, past the cache | sums by a guess | exponentials again | 2R 1W | `recompute.rs` |
//! | three-pass reload | maximum; sums, keeping exponentials | divides | 3R 2W | `reload.rs` |
//! | three-pass recompute | maximum; sums | exponentials again | 3R 1W | `recompute.rs` |
//! | two-pass | sums by mantissa and exponent | exponentials again | 2R 1W | `two_pass.rs` |
//! | online | sums by the maximum of each block | exponentials again | 2R 1W | `online.rs` |
//!
//! Rows of masked scores are made in `masked.rs`, for the same kernels.
//!
//! The guess of `auto` is explained in `rows/reference.rs`. Where it fails, or where
//! an output in the place of the input would be spoilt by trying, the maximum is
//! found first.

use super::narrow::{self, Want};
use super::parallel::{over_rows, over_rows_or_within};
use super::recompute;
use super::reload::{Reload, is_short};
use super::row::{Algorithm, Opts, RowsPair, past, settled};
use crate::math::exp::Scale;
use crate::simd::Elem;
use crate::status::Outcome;

/// Applies softmax to every row: rows side by side where an executor is lent,
/// and where there are fewer rows than workers, the segments of each.
pub fn apply<E: Elem>(io: RowsPair<E>, opts: Opts) -> Outcome {
    let (n, scale) = (io.x.cols, Scale::new(opts.scale));
    let opts = Opts { store: settled::<E>(&io, &opts), ..opts };
    if opts.algorithm == Algorithm::Auto && narrow::fits(n, Want::Shares) {
        return narrow::apply(io, opts, Want::Shares);
    }
    let past = past::<E>(&opts, n);
    let (short, wait) = (is_short::<E>(n), E::LOSSLESS || is_short::<E>(n));
    let reloads = match opts.algorithm {
        // A row that is to go past the cache is best not written twice.
        Algorithm::Auto => short || (wait && !past),
        Algorithm::ThreePassReload => wait,
        _ => false,
    };
    if reloads {
        let guess = opts.algorithm == Algorithm::Auto;
        over_rows(&opts.exec, io.x.rows, n, |start, rows| {
            let io = io.part(start, rows);
            E::dispatch(Reload::<E, false> { io, opts, scale, mask: None, guess, past })
        })
    } else {
        over_rows_or_within(&opts.exec, io.x.rows, n, |start, rows, exec| {
            recompute::apply(&io.part(start, rows), &Opts { exec: *exec, ..opts }, &scale)
        })
    }
}
