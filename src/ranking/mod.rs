//! How good an order of documents, labels or answers is.

mod best;
mod firsts;
pub mod gains;
pub mod grades;
pub mod inverse_propensity;
pub mod label_ranking;
pub mod matching;
pub mod measure;
pub mod query;
pub mod quick;
// A family's file has the family's name, and this one is the folder's too.
#[allow(clippy::module_inception)]
pub mod ranking;
pub mod sorted;
pub mod xmc;
