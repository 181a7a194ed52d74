//! The end of the process, when an invariant of ours is broken.

/// Ends the process without unwinding.
#[cfg(unix)]
pub fn abort() -> ! {
    // SAFETY: abort takes nothing and never returns.
    unsafe { libc::abort() }
}

/// Ends the process without unwinding.
#[cfg(not(unix))]
pub fn abort() -> ! {
    loop {
        core::hint::spin_loop();
    }
}
