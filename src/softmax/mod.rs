//! Row transforms: from scores to shares of one.

pub mod cols;
pub mod cols_sums;
pub mod extsum;
pub mod grad;
pub mod grad_cols;
pub mod grad_maps;
pub mod grad_rows;
pub mod line;
pub mod log_softmax;
pub mod logsumexp;
pub mod mask;
pub mod masked;
pub mod masked_scores;
pub mod narrow;
mod narrow_group;
pub mod online;
pub mod parallel;
pub mod passes;
pub mod recompute;
pub mod reload;
pub mod row;
// A family's file has the family's name, and this one is the folder's too.
#[allow(clippy::module_inception)]
pub mod softmax;
pub mod two_pass;
pub mod waiting;
