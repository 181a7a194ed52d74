//! Calibrators: fit, apply, keep.

pub mod nll_grad;
pub mod temperature;

pub mod calibration_slope;

pub mod beta;
pub mod logistic_block;
pub mod logistic_form;
pub mod logistic_loss;
pub mod logistic_search;
pub mod logistic_step;
pub mod platt;
