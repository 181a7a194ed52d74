//! Losses of rows with their gradients.

pub mod binary_cross_entropy;
pub mod cross_entropy;
mod cross_entropy_pass;
mod cross_entropy_row;
pub mod decoupled_softmax;
pub mod distillation;
pub mod divergence;
pub mod entmax_loss;
pub mod entropy;
pub mod focal;
pub mod hinge;
pub mod info_nce;
pub mod js_div;
pub mod pinball;
pub mod preference;
pub mod rows;
pub mod soft_labels;
pub mod soft_topk_loss;
pub mod spherical_family;
pub mod spherical_layer;
pub mod spherical_step;
pub mod uskd;
