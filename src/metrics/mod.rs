//! Mergeable states: init, update, merge, finish.

pub mod accuracy;
pub mod bins;
pub mod brier;
pub mod ece_binary;
pub mod ece_top_label;
pub mod labelled;
pub mod nll;
pub mod points;
pub mod reliability;
pub mod top_label;
