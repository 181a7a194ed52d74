//! The caller's executor: none of our own threads, but as many of the caller's
//! as it lends.

use crate::status::Status;
use core::ffi::c_void;

/// One piece of work, as the executor calls it.
pub type Task = unsafe extern "C" fn(arg: *mut c_void, index: usize);

/// Calls `task(arg, i)` for every `i < tasks`, in any order and on any threads,
/// and returns 0 when all have returned.
pub type Run = unsafe extern "C" fn(
    user: *mut c_void,
    tasks: usize,
    task: Option<Task>,
    arg: *mut c_void,
) -> i32;

/// How work is spread.
#[derive(Clone, Copy)]
pub struct Exec {
    workers: usize,
    user: *mut c_void,
    run: Option<Run>,
}

// SAFETY: tasks only read it; what `user` points to is the executor's affair.
unsafe impl Sync for Exec {}

impl Exec {
    /// On the calling thread.
    pub const SERIAL: Exec = Exec { workers: 1, user: core::ptr::null_mut(), run: None };

    /// # Safety
    /// `run` keeps the promise of [`Run`] when it is called with `user`.
    pub unsafe fn new(workers: usize, user: *mut c_void, run: Run) -> Exec {
        Exec { workers, user, run: Some(run) }
    }

    /// How many may work at once.
    pub fn workers(&self) -> usize {
        self.workers
    }

    /// Calls `f` for every index below `tasks`; `E_CALLBACK` if the executor
    /// says that it failed, and then some calls may not have been made.
    pub fn run<F: Fn(usize) + Sync>(&self, tasks: usize, f: F) -> Result<(), Status> {
        let Some(run) = self.run.filter(|_| self.workers > 1 && tasks > 1) else {
            (0..tasks).for_each(f);
            return Ok(());
        };
        // SAFETY: `f` lives until `run` returns, which is after the last task
        // has; the tasks only share it.
        let code = unsafe {
            run(self.user, tasks, Some(call::<F>), (&raw const f).cast_mut().cast::<c_void>())
        };
        if code == 0 { Ok(()) } else { Err(Status::LGT_E_CALLBACK) }
    }
}

/// # Safety
/// `arg` is the `F` that [`Exec::run`] passed on.
unsafe extern "C" fn call<F: Fn(usize) + Sync>(arg: *mut c_void, index: usize) {
    // SAFETY: the caller vouches for it.
    unsafe { (*arg.cast::<F>())(index) }
}
