//! Mergeable states: init, update, merge, finish. And what is made of their counts.

pub mod accuracy;
pub mod bins;
pub mod bootstrap;
pub mod brier;
pub mod ece_top_label;
pub mod interval;
pub mod labelled;
pub mod nll;
pub mod reliability;
pub mod resample;
pub mod scored;
pub mod top_label;
