//! Labels, looked at before they are used.

use super::guard;
use crate::status::Status;
use core::ffi::c_void;

/// Looks for a label outside 0 .. cols - 1. Every function that takes labels
/// makes this check itself; this one says where the bad label stands.
///
/// # Shape
/// `labels`: one integer a row, of the type `label_type` (`LGT_I8` to
/// `LGT_U64`). `bad_row`: one number, or NULL; written only when a bad label is
/// found, with the first row that has one.
///
/// # Errors
/// `LGT_E_LABEL` if there is one, or if `label_type` is none; `LGT_E_NULL` if
/// `labels` is NULL and `rows` is not 0; `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_labels_check(
    labels: *const c_void,
    label_type: u32,
    rows: usize,
    cols: usize,
    bad_row: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    let labels = match unsafe { guard::labels(labels, label_type, rows) } {
        Ok(labels) => labels,
        Err(status) => return status,
    };
    match labels.first_bad(rows, cols) {
        None => Status::LGT_OK,
        Some(row) => {
            if !bad_row.is_null() {
                // SAFETY: the contract of this function.
                unsafe { *bad_row = row };
            }
            Status::LGT_E_LABEL
        }
    }
}
