//! Losses of rows with their gradients.

pub mod binary_cross_entropy;
pub mod cross_entropy;
mod cross_entropy_pass;
mod cross_entropy_row;
pub mod decoupled_softmax;
pub mod focal;
pub mod hinge;
pub mod info_nce;
pub mod pinball;
pub mod rows;
