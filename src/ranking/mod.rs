//! How good an order of documents, labels or answers is.
