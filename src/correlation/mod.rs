//! How two columns of numbers go together.

mod fisher;
mod lanes;
mod moments;
pub mod pearson;
pub mod regression;
mod waiting;
