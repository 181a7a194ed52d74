//! Another Rust library in the same program without std, so with a panic handler
//! of its own, as ours has one.
#![no_std]

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}

/// The nth of three values; an n that is too large never returns.
#[unsafe(no_mangle)]
pub extern "C" fn bare_nth(values: &[u32; 3], n: usize) -> u32 {
    values[n]
}
