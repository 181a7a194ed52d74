//! Calibrators: fit, apply, keep.

pub mod nll_grad;
pub mod temperature;

pub mod calibration_slope;

pub mod lbfgs;
pub mod linear_fit;
pub mod linear_map;
pub mod map_rows;
pub mod matrix_loss;
mod matrix_pass;
pub mod matrix_search;
pub mod matrix_update;
mod row_shares;
pub mod saerens;
mod vector_pass;
