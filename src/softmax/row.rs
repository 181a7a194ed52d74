//! What the row transforms share: their options, and the rows that no plan of
//! exponentials fits.

use crate::rows::kind::Kind;
use crate::rows::pass::{Pass, walk_singly};
use crate::rows::segments::is_long;
use crate::rows::view::{Column, Rows, RowsMut};
use crate::rt::exec::Exec;
use crate::simd::{Elem, Io, Kernel, Lanes, Real, V};
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
    /// Of what writes rows.
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

/// Whether rows of `n` values are written past the cache: shorter ones, which share
/// their first and last lines with others, gain nothing.
pub fn past<E>(opts: &Opts, n: usize) -> bool {
    opts.store == Store::Streaming && n * size_of::<E>() >= LEAST
}

/// Bytes of the shortest row that is written past the cache by itself.
const LEAST: usize = 2 << 10;

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
    let (high, beside, lse, status) = match *kind {
        Kind::Infinite(count) => {
            let share = E::Acc::of((corner.at_infinity)(count));
            (share, corner.beside, E::Acc::INFINITY, Status::LGT_OK)
        }
        Kind::Empty => {
            let value = if opts.empty_zero { corner.empty } else { nan };
            (value, value, E::Acc::NEG_INFINITY, Status::LGT_EMPTY_ROW)
        }
        _ => (nan, nan, nan, Status::LGT_OK),
    };
    E::dispatch(Write { x, y, n, high, beside });
    (lse, status)
}

/// One value where the input is +inf, another beside.
struct Write<E: Elem> {
    x: *const E,
    y: *mut E,
    n: usize,
    high: E::Acc,
    beside: E::Acc,
}

impl<E: Elem> Kernel<E> for Write<E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        let [infinity, high, beside] =
            [E::Acc::INFINITY, self.high, self.beside].map(|value| s.splat(value));
        let mut pass = WritePass::<E, S> { to: self.y, infinity, high, beside };
        // SAFETY: the caller of `write_corner` vouches for both rows.
        unsafe { walk_singly(s, self.x, self.n, E::Acc::ZERO, &mut pass) };
    }
}

struct WritePass<E: Elem, S: Io<E>> {
    to: *mut E,
    infinity: V<E, S>,
    high: V<E, S>,
    beside: V<E, S>,
}

impl<E: Elem, S: Io<E>> Pass<E, S> for WritePass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, at: usize) {
        self.tail(s, v, at, <S as Lanes<E::Acc>>::N);
    }

    #[inline(always)]
    fn tail(&mut self, s: S, v: V<E, S>, at: usize, n: usize) {
        let y = s.select(s.eq(v, self.infinity), self.high, self.beside);
        // SAFETY: the output row has every column of the input row.
        unsafe { s.store_head(self.to.add(at), n, y) };
    }
}
