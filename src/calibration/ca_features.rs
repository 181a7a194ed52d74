//! What a temperature may be predicted from: how sure a model is of the classes it
//! takes for the likeliest, when it is shown transformed copies of a sample.

use crate::rows::moments::{Scales, Table, TableMut};

/// The most classes that are looked at.
pub const MOST: usize = 64;

/// Logits of copies: `count` tables of the shape of the original's.
#[derive(Clone, Copy)]
pub struct Views {
    /// The first copy.
    pub first: Table,
    /// From copy to copy, in elements.
    pub apart: usize,
    /// How many copies.
    pub count: usize,
}

/// Writes, of each row, the probabilities in each copy of the `k <= MOST` classes that
/// score highest in the original, copy by copy.
///
/// # Safety
/// There must be all copies, and rows of `y` must be writable for `k` values a copy; `k`
/// is at most the number of columns.
#[inline(never)]
pub unsafe fn apply(x: Table, views: &Views, y: TableMut, k: usize) {
    let scales = Scales::new(1.0);
    for r in 0..x.rows {
        let (original, mut room) = (x.row(r), [0u32; MOST]);
        let top = room.get_mut(..k).unwrap_or(&mut []);
        let nan = find_top(&|i| original.at(i), x.cols, top);
        for v in 0..views.count {
            let numbers = views.first.numbers.from(v.wrapping_mul(views.apart));
            let row = Table { numbers, ..views.first }.row(r);
            let sum = if nan { f64::NAN } else { row.moments(&scales).sum };
            for (i, class) in top.iter().enumerate() {
                let share = row.share(row.behind(row.at(*class as usize)), 1.0, sum);
                // SAFETY: the caller vouches for the results.
                unsafe { row.put(y.row(r), v * k + i, share) };
            }
        }
    }
}

/// The places of the largest of `n` values, largest first, of equal ones the first
/// first; whether there is a NaN.
#[inline(never)]
fn find_top(at: &dyn Fn(usize) -> f64, n: usize, top: &mut [u32]) -> bool {
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
