//! The end of the process, when an invariant of ours is broken.

/// Ends the process without unwinding.
#[cfg(unix)]
pub fn abort() -> ! {
    // SAFETY: abort takes nothing and never returns.
    unsafe { libc::abort() }
}

/// Ends the call with a trap, which the embedder sees as an error.
#[cfg(all(target_arch = "wasm32", not(unix)))]
pub fn abort() -> ! {
    core::arch::wasm32::unreachable()
}

/// Ends the process without unwinding.
#[cfg(not(any(unix, target_arch = "wasm32")))]
pub fn abort() -> ! {
    loop {
        core::hint::spin_loop();
    }
}
