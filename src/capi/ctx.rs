//! `lgt_ctx`: what the caller lends to a call.

use super::guard::{self, Options};
use crate::rt::exec::Exec;
use crate::status::Status;
use core::ffi::c_void;

/// One piece of work. The library makes it; the executor calls it.
pub type lgt_task = Option<unsafe extern "C" fn(arg: *mut c_void, index: usize)>;

/// An executor: calls `task(arg, i)` once for every `i < tasks`, in any order
/// and on any threads, and returns when all have returned: 0, or anything else
/// to say that it failed.
pub type lgt_run = Option<
    unsafe extern "C" fn(user: *mut c_void, tasks: usize, task: lgt_task, arg: *mut c_void) -> i32,
>;

/// What the caller lends to a call: threads. Zero what is not lent.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_ctx {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// How many tasks may run at once; 0 and 1 mean the calling thread alone.
    pub workers: u32,
    /// Passed on to `run`.
    pub user: *mut c_void,
    /// The executor, or NULL for the calling thread alone.
    pub run: lgt_run,
}

// SAFETY: repr(C), 4 + 4 bytes and two pointers; null is valid for both.
unsafe impl Options for lgt_ctx {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        workers: 0,
        user: core::ptr::null_mut(),
        run: None,
    };
}

/// Writes a context that lends nothing. Does nothing for NULL. Thread safety:
/// any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ctx_default(ctx: *mut lgt_ctx) {
    if !ctx.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *ctx = lgt_ctx::DEFAULT };
    }
}

impl lgt_ctx {
    /// The executor at `ctx`; null is the calling thread.
    ///
    /// # Safety
    /// As [`guard::options`], and `run` keeps its promise.
    pub(super) unsafe fn read(ctx: *const Self) -> Result<Exec, Status> {
        // SAFETY: the caller vouches for the struct and for the executor in it.
        unsafe {
            let ctx = guard::options(ctx)?;
            Ok(match ctx.run {
                Some(run) => Exec::new(ctx.workers as usize, ctx.user, run),
                None => Exec::SERIAL,
            })
        }
    }
}
