//! Items that raters put into categories, as an update is given them.

use super::guard;
use crate::agreement::agreement::{Raters, Setup};
use crate::agreement::items::{Form, Items};
use crate::state::view_mut;
use crate::status::Status;
use core::ffi::c_void;

/// Numbers of some type in rows, as C gives them.
pub(super) struct Table {
    /// The first.
    pub data: *const c_void,
    /// Their type.
    pub kind: u32,
    /// From row to row.
    pub stride: usize,
    /// How many rows.
    pub rows: usize,
}

/// Of so many raters, or counts of as many categories as the state has.
#[inline(never)]
pub(super) unsafe fn update(state: *mut c_void, table: Table, raters: Option<usize>) -> Status {
    if state.is_null() {
        return Status::LGT_E_NULL;
    }
    let Table { data, kind, stride, rows } = table;
    // SAFETY: the contract of the C functions.
    guard::code(unsafe {
        view_mut::<Raters>(state.cast()).and_then(|state| {
            let Setup { categories, missing, .. } = state.setup();
            let form = raters.map_or(Form::Counts, |_| Form::Ratings(missing));
            let cols = raters.unwrap_or(categories);
            let labels = guard::label_rows(data, kind, stride, rows, cols)?;
            state.update(&Items { labels, stride, cols, rows, form }).map(|()| Status::LGT_OK)
        })
    })
}
