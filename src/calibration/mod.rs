//! Calibrators: fit, apply, keep.

pub mod ca_features;
pub mod ca_loss;
pub mod ca_temperature;
pub mod calibration_slope;
pub mod contrastive_dro;
pub mod dro_kl;
pub mod dro_temperature;
pub mod interpolation;
pub mod isotonic;
pub mod lbfgs;
pub mod linear_fit;
pub mod linear_map;
pub mod map_rows;
pub mod matrix_loss;
mod matrix_pass;
pub mod matrix_search;
pub mod matrix_update;
pub mod nll_grad;
pub mod pooling;
mod row_shares;
pub mod saerens;
pub mod score_nll;
pub mod tau_cross_entropy;
pub mod temperature;
pub mod temperature_net;
pub mod temperatures;
pub mod tempnet;
mod vector_pass;

pub mod beta;
pub mod logistic_block;
pub mod logistic_form;
pub mod logistic_loss;
pub mod logistic_search;
pub mod logistic_step;
pub mod platt;
