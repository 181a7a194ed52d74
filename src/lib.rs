//! **Logitude: everything after the logits.** Softmax variants, calibration and
//! scoring metrics; `no_std`, only libc underneath, no threads of its own, no
//! hidden allocation, never unwinds.
//!
//! Functions are over slices of the caller's and generic over what they store: `f32`,
//! `f64`, [`F16`] and [`Bf16`]. Lengths are compared before anything is read; an
//! [`Error`] says which argument does not fit, and nothing was written then. What is
//! odd about results that were written is [`Advice`].
//!
//! ```
//! use logitude::{Advice, EceTopLabelState, Rows, RowsMut, softmax, temperature_fit};
//!
//! let logits = [4.0f32, 0.0, 4.0, 0.0, 4.0, 0.0, 0.0, 4.0];
//! let labels = [0u8, 0, 1, 1];
//! let x = Rows::new(&logits, 4, 2).unwrap();
//!
//! let mut shares = [0.0; 8];
//! let advice = softmax(x, RowsMut::new(&mut shares, 4, 2).unwrap(), None, None)?;
//! assert_eq!(advice, Advice::None);
//!
//! // A state lives in the caller's memory.
//! let mut words = [0; 256];
//! let mut ece = EceTopLabelState::new(&mut words, 15)?;
//! ece.update(Rows::new(&shares, 4, 2).unwrap(), &labels, None)?;
//! let (report, _) = ece.finish()?;
//! assert!((report.ece - 0.232).abs() < 1e-3);
//!
//! let (model, _) = temperature_fit(x, &labels, None, None)?;
//! assert!(model.temperature > 3.6);
//! # Ok::<(), logitude::Error>(())
//! ```
//!
//! What a function is called is what it is called in C, without prefix and storage type;
//! `docs/rust.md` says how the rest follows. The modules are hidden: they are the floors
//! below, `pub` for the tests of this crate alone, and may change at any time.
//!
//! //! The house, floor by floor. A floor may use any floor below it, never one
//! beside or above it (`tests/layers.rs` reads every `use crate::`):
//!
//! ```text
//! safe          the same functions for Rust, over slices; all that is `pub` and shown
//! capi          C functions: check, convert, call, return a status. No maths.
//! calibration   fit and apply         conformal     sets of classes
//! curves        thresholds    correlation   two columns    agreement   raters    ranking   queries
//! loss          losses of rows with their gradients
//! softmax       row transforms          metrics   mergeable states
//! rows          views of the caller's arrays, and the passes over a row
//! math          exp and ln over lanes, exact sums, sorts
//! simd          lanes, storage types, dispatch: the only place with intrinsics
//! rt            processor level, abort: the only place with libc
//! model         what all fitted models have in common
//! state         what all mergeable states have in common
//! status        the words that every floor shares
//! ```
//!
//! A family has the same file name on every floor: `softmax/softmax.rs`,
//! `capi/softmax.rs`, `c_tests/softmax.c`.
#![no_std]

#[doc(hidden)]
pub mod status;

#[doc(hidden)]
pub mod state;

#[doc(hidden)]
pub mod model;

#[doc(hidden)]
pub mod rt;

#[doc(hidden)]
pub mod simd;

#[doc(hidden)]
pub mod math;

#[doc(hidden)]
pub mod rows;

#[doc(hidden)]
pub mod metrics;
#[doc(hidden)]
pub mod softmax;

#[doc(hidden)]
pub mod loss;

#[doc(hidden)]
pub mod agreement;
#[doc(hidden)]
pub mod correlation;
#[doc(hidden)]
pub mod curves;
#[doc(hidden)]
pub mod ranking;

#[doc(hidden)]
pub mod calibration;
#[doc(hidden)]
pub mod conformal;

#[cfg(feature = "capi")]
#[doc(hidden)]
pub mod capi;

#[cfg(all(feature = "capi", not(any(cargo_c, lgt_product))))]
mod safe;

#[cfg(all(feature = "capi", not(any(cargo_c, lgt_product))))]
pub use safe::*;
pub use simd::{Bf16, F16};
pub use status::Status;

// Only the C product has no std under it to bring a panic handler. No panic can
// be reached from data (`tests/exports.rs` looks for panic machinery), so this
// is what the linker asks for, not a way that calls take.
#[cfg(all(feature = "capi", any(cargo_c, lgt_product), not(test)))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    rt::abort::abort()
}

// libcore as shipped names an unwinder's personality routine, which a library
// that never unwinds has no use for. Weak and hidden: a Rust program that links
// this archive keeps its own. A whole word, since compilers put code behind it (the
// targets of EXRL on s390x), which must not stand at an odd address.
#[cfg(all(feature = "capi", any(cargo_c, lgt_product), not(test), target_os = "linux"))]
core::arch::global_asm!(
    ".weak rust_eh_personality",
    ".hidden rust_eh_personality",
    "rust_eh_personality:",
    ".long 0"
);
