//! How far raters agree.

#[allow(clippy::module_inception)] // The name that the family has on every floor.
pub mod agreement;
pub mod chance;
pub mod f_distribution;
pub mod fleiss;
pub mod icc;
pub mod items;
pub mod spread;
pub mod weights;
