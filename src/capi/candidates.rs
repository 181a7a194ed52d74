//! Scores of candidates, and what matching takes from them.

use super::csr;
use super::guard;
use crate::ranking::matching::{self, Matching};
use crate::rows::counts::counts;
use crate::rows::labels::Labels;
use crate::rows::numbers::Numbers;
use crate::rows::view::Column;
use crate::state::view_mut;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Scores of candidates, as C gives them.
pub(super) struct Raw {
    /// A candidate a column.
    pub scores: Numbers,
    /// From row to row, in elements.
    pub stride: usize,
    /// Queries.
    pub rows: usize,
    /// Candidates.
    pub cols: usize,
}

/// Where the true candidates are.
pub(super) type Targets = (*const c_void, u32, usize);

pub(super) unsafe fn update(
    state: *mut c_void,
    Raw { scores, stride, rows, cols }: Raw,
    (targets, kind, offset): Targets,
    ranks: *mut f64,
) -> Status {
    if state.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions.
    guard::code(unsafe {
        view_mut::<Matching>(state.cast()).and_then(|state| {
            let span = csr::table(&scores, stride, rows, cols)?;
            let targets = if targets.is_null() {
                let fits = rows == 0 || offset.checked_add(rows).is_some_and(|end| end <= cols);
                if fits { Ok(None) } else { Err(LGT_E_LABEL) }?
            } else {
                let targets = guard::labels(targets, kind, rows)?;
                if targets.first_bad(rows, cols).is_some() {
                    return Err(LGT_E_LABEL);
                }
                Some(targets)
            };
            let read = [span, targets.map_or((core::ptr::null(), 0), |t| t.span(rows))];
            let ranks = guard::column(ranks, rows, &read)?;
            for r in 0..rows {
                let target = targets.map_or(offset + r, |t: Labels| t.get(r) as usize);
                let row = scores.from(r * stride);
                let found = counts(&row, cols, row.get(target));
                let greater = if found.nan { matching::NAN } else { found.greater };
                ranks.set(r, state.add(greater, found.equal));
            }
            Ok(LGT_OK)
        })
    })
}

pub(super) unsafe fn count(
    Raw { scores, stride, rows, cols }: Raw,
    own: Numbers,
    greater: *mut u64,
    equal: *mut u64,
) -> Status {
    // SAFETY: the contract of the C functions.
    guard::code(unsafe {
        csr::table(&scores, stride, rows, cols).and_then(|span| {
            let spans = [span, csr::table(&own, 1, rows, 1)?];
            guard::not_null(greater, rows)?;
            guard::not_null(equal, rows)?;
            let bytes = guard::extent_of(8, 1, rows, 1)?;
            let more: Column<u64> = guard::column(greater, rows, &spans)?;
            let same: Column<u64> = guard::column(equal, rows, &spans)?;
            guard::apart((greater.cast(), bytes), (equal.cast(), bytes))?;
            for r in 0..rows {
                let found = counts(&scores.from(r * stride), cols, own.get(r));
                let (before, ties) = (*more.at(r), *same.at(r));
                let nan = found.nan || before == matching::NAN;
                more.set(r, if nan { matching::NAN } else { before.wrapping_add(found.greater) });
                same.set(r, ties.wrapping_add(found.equal));
            }
            Ok(LGT_OK)
        })
    })
}
