//! Names and sentences for statuses.

use crate::status::Status;
use core::ffi::c_char;

/// The name of a status, such as "LGT_E_ALIAS"; "LGT_?" for a number that is
/// none. Static text. Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub extern "C" fn lgt_status_name(status: i32) -> *const c_char {
    Status::from_code(status).map_or(c"LGT_?", Status::name).as_ptr()
}

/// One sentence about a status for a person. Static text. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub extern "C" fn lgt_status_string(status: i32) -> *const c_char {
    Status::from_code(status).map_or(c"not a status of this library", Status::explanation).as_ptr()
}
