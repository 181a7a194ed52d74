//! How two columns of numbers go together.

pub mod columns;
mod fisher;
mod inversions;
pub mod kendall;
mod lanes;
mod moments;
pub mod pearson;
pub mod regression;
pub mod spearman;
mod waiting;
