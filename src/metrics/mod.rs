//! Mergeable states: init, update, merge, finish.

pub mod accuracy;
pub mod bins;
pub mod brier;
pub mod ece_top_label;
pub mod evaluate;
pub mod evaluate_counts;
pub mod evaluate_report;
pub mod evaluate_row;
pub mod evaluate_rows;
pub mod evaluate_terms;
pub mod labelled;
pub mod nll;
pub mod reliability;
pub mod top_label;
