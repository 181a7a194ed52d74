//! Row transforms: from scores to shares of one.

pub mod budget;
pub mod candidates;
pub mod cols;
pub mod cols_sums;
pub mod differences;
pub mod elementwise;
pub mod entmax;
pub mod extsum;
pub mod grad;
pub mod grad_cols;
pub mod grad_maps;
pub mod grad_rows;
pub mod gumbel_softmax;
pub mod line;
pub mod log_softmax;
pub mod logsumexp;
pub mod mask;
pub mod masked;
pub mod masked_scores;
pub mod narrow;
mod narrow_group;
pub mod normmax;
pub mod online;
pub mod parallel;
pub mod passes;
pub mod power;
pub mod recompute;
pub mod reload;
pub mod row;
pub mod soft_topk;
// A family's file has the family's name, and this one is the folder's too.
#[allow(clippy::module_inception)]
pub mod softmax;
pub mod sparse;
pub mod sparse_grad;
pub mod two_pass;
pub mod waiting;
pub mod weighed;
