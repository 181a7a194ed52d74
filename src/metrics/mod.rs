//! Mergeable states: init, update, merge, finish.

pub mod accuracy;
pub mod agreement;
pub mod brier;
pub mod cells;
pub mod class_counts;
pub mod class_report;
pub mod class_scores;
pub mod confusion;
pub mod counted;
pub mod ece_top_label;
pub mod information;
pub mod labelled;
pub mod nll;
