//! Mergeable states: init, update, merge, finish.

pub mod accuracy;
pub mod bins;
pub mod brier;
pub mod ece_top_label;
pub mod labelled;
pub mod nll;
pub mod reliability;
pub mod top_label;

pub mod binary;
mod binary_update;
pub mod hosmer_lemeshow;
pub mod log_loss;
pub mod row_mean;
pub mod rps;
pub mod spherical;
