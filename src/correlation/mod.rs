//! How two columns of numbers go together.

pub mod columns;
pub mod concordance_index;
mod fenwick;
mod fisher;
mod inversions;
pub mod kendall;
mod lanes;
mod moments;
pub mod pearson;
pub mod rank;
pub mod regression;
pub mod somers;
pub mod spearman;
mod waiting;
pub mod weighted_tau;
pub mod xi;
