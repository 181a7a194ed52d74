//! Calibrators: fit, apply, keep.

pub mod interpolation;
pub mod isotonic;
pub mod nll_grad;
pub mod pooling;
pub mod score_nll;
pub mod temperature;

pub mod calibration_slope;

pub mod ca_features;
pub mod ca_loss;
pub mod ca_temperature;
pub mod contrastive_dro;
pub mod dro_kl;
pub mod dro_temperature;
pub mod tau_cross_entropy;
pub mod temperature_net;
pub mod temperatures;
pub mod tempnet;
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
