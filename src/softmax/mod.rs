//! Row transforms: from scores to shares of one.

pub mod log_softmax;
pub mod logsumexp;
pub mod row;
pub mod softmax;
