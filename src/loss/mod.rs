//! Losses of rows with their gradients.

pub mod binary_cross_entropy;
pub mod entmax_loss;
pub mod focal;
pub mod rows;
