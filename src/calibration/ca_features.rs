//! What a temperature may be predicted from: how sure a model is of the classes it
//! takes for the likeliest, when it is shown transformed copies of a sample.

use crate::math::exp::Scale;
use crate::rows::kind::Kind;
use crate::rows::moments::Row;
use crate::rows::view::{Rows, RowsMut};
use crate::simd::{Elem, Real};

/// The most classes that are looked at.
pub const MOST: usize = 64;

/// Logits of copies: `count` arrays of the shape of the original's.
#[derive(Clone, Copy)]
pub struct Views<E> {
    /// The first row of the first copy.
    pub data: *const E,
    /// From row to row.
    pub stride: usize,
    /// From copy to copy.
    pub apart: usize,
    /// How many copies.
    pub count: usize,
}

/// Writes, of each row, the probabilities in each copy of the `k <= MOST` classes that
/// score highest in the original, copy by copy.
///
/// # Safety
/// Every copy must be readable for the shape of `x`, and rows of `y` writable for `k`
/// values a copy; `k` is at most the number of columns.
pub unsafe fn apply<E: Elem>(x: Rows<E>, views: &Views<E>, y: RowsMut<E>, k: usize) {
    let scale = Scale::new(1.0);
    for r in 0..x.rows {
        let mut room = [0u32; MOST];
        let top = room.get_mut(..k).unwrap_or(&mut []);
        // SAFETY: the view vouches for its rows.
        let nan = unsafe { find_top(x.row(r), x.cols, top) };
        for v in 0..views.count {
            let start = r.wrapping_mul(views.stride).wrapping_add(v.wrapping_mul(views.apart));
            let to = y.row(r).wrapping_add(v * k);
            // SAFETY: the caller vouches for copies and results; the classes are columns.
            unsafe {
                let row = Row::new(views.data.wrapping_add(start), x.cols);
                let sum = if nan { f64::NAN } else { row.moments(&scale).sum };
                for (i, class) in top.iter().enumerate() {
                    *to.add(i) = E::narrow(E::Acc::of(share(&row, *class as usize, sum)));
                }
            }
        }
    }
}

/// The share of an entry.
fn share<E: Elem>(row: &Row<E>, class: usize, sum: f64) -> f64 {
    let behind = row.behind(class);
    let beside = matches!(row.kind(), Kind::Infinite(_)) && behind > 0.0;
    if beside { 0.0 } else { libm::exp(-behind) / sum }
}

/// The places of the largest of `n` values, largest first, of equal ones the first
/// first; whether there is a NaN.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(never)]
unsafe fn find_top<E: Elem>(row: *const E, n: usize, top: &mut [u32]) -> bool {
    // SAFETY: the caller vouches for the row.
    let at = |i: usize| unsafe { (*row.add(i)).widen() };
    let (mut found, mut nan) = (0usize, false);
    for i in 0..n {
        let x = at(i);
        nan |= x.is_nan();
        // From the last on, what is less moves up by one.
        let mut place = found;
        while let Some(before) = place.checked_sub(1) {
            let Some(other) = top.get(before).copied().filter(|other| at(*other as usize) < x)
            else {
                break;
            };
            if let Some(slot) = top.get_mut(place) {
                *slot = other;
            }
            place = before;
        }
        if let Some(slot) = top.get_mut(place) {
            *slot = i as u32;
            found = (found + 1).min(top.len());
        }
    }
    nan
}
