//! alpha-normmax: the shares `p` that maximise `p x` less their alpha-norm, which are
//! proportional to `[x - tau]_+^(1 / (alpha - 1))` with the one `tau` at which the norm of
//! `[x - tau]_+` is 1 that belongs to `alpha / (alpha - 1)`.
//!
//! That norm is convex in `tau`: Newton's steps from below do not go too far. Nothing that
//! is more than 1 below the maximum has a share.

use super::candidates::List;
use super::differences::{Differences, Piece};
use super::power::Power;
use crate::rows::kind::Kind;
use crate::rows::moments::{Row, Table, TableMut};
use crate::rows::moments_pass::Scales;
use crate::status::Status;

/// Writes the shares of every row.
#[inline(never)]
pub fn apply(x: Table, y: TableMut, alpha: f64) -> Status {
    let mut list = List::empty();
    let mut status = Status::LGT_OK;
    for r in 0..x.rows {
        let (row, to) = (x.row_numbers(r), y.row(r));
        // SAFETY: whoever made the tables vouched for their rows.
        unsafe {
            let max = list.take(row, x.cols, 1.0);
            if !max.is_finite() {
                status = status.or(corner(&x.row(r), to));
                continue;
            }
            let mut of = Differences { list: &mut list, row, n: x.cols, max };
            let (power, sum) = find(&mut of, alpha);
            of.replace(Some(to), &mut |piece: Piece| {
                power.put(1.0 / sum, piece);
            });
        }
    }
    status
}

/// The powers that shares are proportional to, and their sum.
#[inline(never)]
fn find(of: &mut Differences, alpha: f64) -> (Power, f64) {
    let norm = (alpha - 1.0) / alpha;
    let mut power = Power::new(1.0, 1.0 / (alpha - 1.0));
    let mut sums = power.sums(of);
    for _ in 0..200 {
        let step = (sums.next - libm::pow(sums.next, 1.0 - norm)) / sums.power;
        power.shift += step;
        sums = power.sums(of);
        if step <= 1e-10 {
            break;
        }
    }
    (power, sums.power)
}

/// Writes a row whose maximum is not finite.
///
/// # Safety
/// `to` must be writable for as many values of the row's type as it has.
unsafe fn corner(row: &Row, to: *mut u8) -> Status {
    let sum = if let Kind::Infinite(count) = *row.kind() { count } else { f64::NAN };
    // SAFETY: the caller vouches for the row.
    unsafe { row.write(&Scales::new(1.0), sum, 1.0, to) };
    if matches!(row.kind(), Kind::Empty) { Status::LGT_EMPTY_ROW } else { Status::LGT_OK }
}
