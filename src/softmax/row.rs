//! What the row transforms share: their options, and the rows that no plan of
//! exponentials fits.

use crate::rows::kind::Kind;
use crate::rows::segments::is_long;
use crate::rows::view::{Column, Rows, RowsMut};
use crate::rt::exec::Exec;
use crate::simd::{Elem, Real};
use crate::status::Status;

/// How softmax goes about a row; `softmax.rs` has the table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// Whatever is fastest.
    Auto,
    /// Sum by mantissa and exponent, exponentials again.
    TwoPass,
    /// Maximum, exponentials, division.
    ThreePassReload,
    /// Maximum, sum, exponentials again.
    ThreePassRecompute,
    /// Sum by running maximum, exponentials again.
    Online,
}

/// Where results are written to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// Past the cache where the row is longer than any.
    Auto,
    /// Into the cache.
    Cached,
    /// Past the cache.
    Streaming,
}

/// Options of the row transforms.
#[derive(Clone, Copy)]
pub struct Opts {
    /// Who does the work.
    pub exec: Exec,
    /// Of softmax only.
    pub algorithm: Algorithm,
    /// Of softmax, whole or by halves.
    pub store: Store,
    /// Scores are multiplied by this: an inverse temperature. Finite, above 0.
    pub scale: f64,
    /// An empty row becomes zeros instead of NaN.
    pub empty_zero: bool,
}

impl Opts {
    /// Plain softmax.
    pub const DEFAULT: Opts = Opts {
        exec: Exec::SERIAL,
        algorithm: Algorithm::Auto,
        store: Store::Auto,
        scale: 1.0,
        empty_zero: false,
    };
}

/// Input, output and the optional logarithm of each row's sum.
#[derive(Clone, Copy)]
pub struct RowsPair<E: Elem> {
    /// Scores.
    pub x: Rows<E>,
    /// Results; may be the same array.
    pub y: RowsMut<E>,
    /// `ln sum exp(scale * x)` a row.
    pub lse: Column<E::Acc>,
}

impl<E: Elem> RowsPair<E> {
    /// Up to `n` columns of the first row from column `at` on, as a row.
    pub fn piece(&self, at: usize, n: usize) -> Self {
        RowsPair { x: self.x.piece(at, n), y: self.y.piece(at), lse: self.lse }
    }

    /// `rows` rows from row `start` on.
    pub fn part(&self, start: usize, rows: usize) -> Self {
        RowsPair { x: self.x.part(start, rows), y: self.y.part(start), lse: self.lse.part(start) }
    }
}

/// The store policy, with `auto` settled by how much there is to write in all: no
/// cache holds a long row, or as many short ones.
pub fn settled<E: Elem>(io: &RowsPair<E>, opts: &Opts) -> Store {
    let long = is_long::<E>(io.x.cols) || is_long::<E>(io.x.rows.saturating_mul(io.x.cols) / MANY);
    match opts.store {
        Store::Auto if long => Store::Streaming,
        Store::Auto => Store::Cached,
        asked => asked,
    }
}

/// How many times a long row's worth of short ones no cache holds.
const MANY: usize = 4;

/// What a row transform writes where no plan fits.
pub struct Corner<T> {
    /// For entries at +inf, given how many there are.
    pub at_infinity: fn(f64) -> f64,
    /// For the entries beside them.
    pub beside: T,
    /// For an empty row that is to be zeros.
    pub empty: T,
}

impl<T: Real> Corner<T> {
    /// Shares of one.
    pub fn shares() -> Self {
        Corner { at_infinity: |count| 1.0 / count, beside: T::ZERO, empty: T::ZERO }
    }
}

/// Writes the row that no plan fits; its logarithm too. Returns an advisory.
///
/// # Safety
/// `x` must be readable and `y` writable for `n` values.
#[cold]
#[inline(never)]
pub unsafe fn write_corner<E: Elem>(
    kind: &Kind<E::Acc>,
    corner: &Corner<E::Acc>,
    opts: &Opts,
    (x, y, n): (*const E, *mut E, usize),
) -> (E::Acc, Status) {
    let nan = E::Acc::NAN;
    // SAFETY: the caller vouches for both rows.
    let fill = |value| (0..n).for_each(|i| unsafe { *y.add(i) = E::narrow(value) });
    match *kind {
        Kind::Infinite(count) => {
            let share = E::Acc::of((corner.at_infinity)(count));
            for i in 0..n {
                // SAFETY: as above; x may be y, so each entry is read first.
                unsafe {
                    let high = (*x.add(i)).widen() == E::Acc::INFINITY;
                    *y.add(i) = E::narrow(if high { share } else { corner.beside });
                }
            }
            (E::Acc::INFINITY, Status::LGT_OK)
        }
        Kind::Empty => {
            fill(if opts.empty_zero { corner.empty } else { nan });
            (E::Acc::NEG_INFINITY, Status::LGT_EMPTY_ROW)
        }
        _ => {
            fill(nan);
            (nan, Status::LGT_OK)
        }
    }
}
