//! Calibrators: fit, apply, keep.

pub mod temperature;
pub mod temperature_loss;
pub mod temperature_moments;
pub mod temperature_search;
pub mod temperature_terms;

pub mod calibration_slope;
