//! How good an order of documents, labels or answers is.

mod best;
pub mod inverse_propensity;
pub mod label_ranking;
pub mod matching;
pub mod xmc;
