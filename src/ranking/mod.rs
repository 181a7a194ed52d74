//! Queries: documents in the order of their scores, and how good that order is.

pub mod gains;
pub mod grades;
pub mod measure;
pub mod query;
pub mod quick;
// A family's file has the family's name, and this one is the folder's too.
#[allow(clippy::module_inception)]
pub mod ranking;
pub mod sorted;
