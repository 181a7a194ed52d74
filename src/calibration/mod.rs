//! Calibrators: fit, apply, keep.

pub mod nll_grad;
pub mod temperature;

pub mod calibration_slope;
