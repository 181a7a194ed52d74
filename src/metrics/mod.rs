//! Mergeable states: init, update, merge, finish.

pub mod accuracy;
pub mod ace;
pub mod bins;
pub mod brier;
pub mod brier_decomposition;
pub mod ece_binary;
pub mod ece_classwise;
pub mod ece_equal_mass;
pub mod ece_top_label;
pub mod ks_calibration;
pub mod labelled;
pub mod mmce;
pub mod nll;
pub mod points;
pub mod reliability;
pub mod smooth_ece;
pub mod sorted;
pub mod top_label;
