//! The C functions: check, convert, call, return a status. No maths.
//!
//! Every function is literal text, since the header generator does not see what
//! macros make; so each is a few lines over a generic one. `tools/apigen` turns
//! the doc comments here into the header, `api.json` and everything after them.
#![allow(non_camel_case_types)]

pub mod accuracy;
pub mod bootstrap;
pub mod brier;
pub mod cpu;
pub mod ctx;
pub mod ece_top_label;
pub mod extsum;
mod guard;
pub mod interval;
pub mod labels;
pub mod log_softmax;
pub mod logsumexp;
pub mod nll;
pub mod reliability;
pub mod softmax;
pub mod state;
pub mod status;
pub mod temperature;
pub mod types;
pub mod version;
