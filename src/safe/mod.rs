//! The functions for Rust: over slices, every length checked before the call.
//!
//! `functions.rs` is written by `cargo api` from the doc comments of the C functions;
//! what stands here by hand is what its functions are over:
//!
//! ```text
//! views     rows and columns of the caller's slices
//! number    the storage types, and arrays that say which one theirs is
//! size      arithmetic of lengths that cannot wrap
//! blob      states and models: words that say how many they are
//! lent      options that point at arrays, as structs that borrow them
//! outcome   what a call returns
//! ```

mod blob;
#[rustfmt::skip]
mod functions;
mod lent;
mod number;
mod outcome;
mod size;
mod views;

pub use functions::*;
pub use lent::{
    AgreementFinishOpts, CrossEntropyOpts, Csr, ReductionOpts, SoftmaxMask, SoftmaxOpts,
};
pub use number::{Number, NumberRows, Numbers};
pub use outcome::{Advice, Error};
pub use views::{Column, ColumnMut, Rows, RowsMut};
