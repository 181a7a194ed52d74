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
pub mod evaluate;
pub mod evaluate_counts;
pub mod evaluate_report;
pub mod evaluate_row;
pub mod evaluate_rows;
pub mod evaluate_terms;
pub mod information;
pub mod interval;
pub mod labelled;
pub mod likelihood_ratios;
pub mod mcnemar;
pub mod nll;
pub mod reliability;
pub mod scored;
pub mod top_label;

pub mod binary;
mod binary_update;
pub mod log_loss;
pub mod row_mean;
pub mod rps;
pub mod spherical;
