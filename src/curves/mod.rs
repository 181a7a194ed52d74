//! What is read off scores in order: curves of two classes, and what sums them up.

pub mod binned_auroc;
mod buckets;
pub mod delong;
pub mod ks_two_sample;
pub mod mann_whitney;
mod midranks;
pub mod risk_coverage;
pub mod scored;
pub mod streaming_auroc;
pub mod two_samples;
