//! What is read off scores in order: curves of two classes, and what sums them up.

pub mod auroc;
pub mod average_precision;
pub mod binned_auroc;
mod buckets;
pub mod counted;
pub mod curve;
pub mod delong;
pub mod ks_two_sample;
pub mod mann_whitney;
mod midranks;
pub mod multiclass_auroc;
pub mod operating_point;
pub mod ordered;
pub mod packing;
pub mod pairs;
pub mod ranked;
pub mod risk_coverage;
pub mod roc_curve;
pub mod scores;
pub mod sides;
pub mod streaming_auroc;
pub mod two_samples;
pub mod weighted;
pub mod writer;
