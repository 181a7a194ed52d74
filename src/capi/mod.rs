//! The C functions: check, convert, call, return a status. No maths.
//!
//! Every function is literal text, since the header generator does not see what
//! macros make; so each is a few lines over a generic one. `tools/apigen` turns
//! the doc comments here into the header, `api.json` and everything after them.
#![allow(non_camel_case_types)]

pub mod accuracy;
pub mod ace;
pub mod brier;
pub mod brier_decomposition;
pub mod cpu;
pub mod ctx;
pub mod ece_binary;
pub mod ece_classwise;
pub mod ece_equal_mass;
pub mod ece_top_label;
pub mod extsum;
mod guard;
pub mod ks_calibration;
pub mod labels;
pub mod log_softmax;
pub mod logsumexp;
pub mod mmce;
pub mod nll;
pub mod reliability;
pub mod smooth_ece;
pub mod softmax;
pub mod state;
pub mod status;
pub mod temperature;
pub mod top_label;
pub mod types;
pub mod version;
