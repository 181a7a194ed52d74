//! A program without Rust's standard library and without an allocator: a softmax and its
//! accuracy, in arrays on the stack. Ends with 0 if they are what they must be.
#![no_std]
#![no_main]

use core::ffi::{c_char, c_int};
use logitude::{AccuracyState, Error, Rows, RowsMut, softmax};

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    // SAFETY: it may be called anywhere.
    unsafe { libc::abort() }
}

// The core library as it is shipped names it; a program that aborts never calls it.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

fn accuracy() -> Result<f64, Error> {
    let logits = [1.0f32, 3.0, 2.0, 0.0, 0.5, 0.25];
    let (Some(x), mut shares) = (Rows::new(&logits, 3, 2), [0.0; 6]) else { return Ok(0.0) };
    let Some(y) = RowsMut::new(&mut shares, 3, 2) else { return Ok(0.0) };
    softmax(x, y, None, None)?;

    let mut words = [0; 64];
    let mut state = AccuracyState::new(&mut words, 1)?;
    let Some(shares) = Rows::new(&shares, 3, 2) else { return Ok(0.0) };
    state.update(shares, &[1u8, 0, 1], None)?;
    Ok(state.finish()?.0.accuracy)
}

#[unsafe(no_mangle)]
extern "C" fn main(_: c_int, _: *const *const c_char) -> c_int {
    match accuracy() {
        Ok(share) if (share - 2.0 / 3.0).abs() < 1e-12 => {
            // SAFETY: a string of C's without places for values.
            unsafe { libc::puts(c"accuracy 2/3".as_ptr()) };
            0
        }
        _ => 1,
    }
}
