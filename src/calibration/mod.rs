//! Calibrators: fit, apply, keep.

pub mod interpolation;
pub mod isotonic;
pub mod nll_grad;
pub mod pooling;
pub mod score_nll;
pub mod temperature;

pub mod calibration_slope;
