//! What is read off scores in order: curves of two classes, and what sums them up.

pub mod auroc;
pub mod average_precision;
pub mod counted;
pub mod curve;
pub mod operating_point;
pub mod packing;
pub mod pairs;
pub mod ranked;
pub mod roc_curve;
pub mod writer;
