//! Mergeable states: init, update, merge, finish. And what is made of their counts.

pub mod accuracy;
pub mod agreement;
pub mod bins;
pub mod brier;
pub mod cells;
pub mod class_counts;
pub mod class_report;
pub mod class_scores;
pub mod confusion;
pub mod counted;
pub mod ece_top_label;
pub mod information;
pub mod interval;
pub mod labelled;
pub mod likelihood_ratios;
pub mod mcnemar;
pub mod multilabel;
pub mod nll;
pub mod reliability;
pub mod top_label;
