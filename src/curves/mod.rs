//! What is read off scores in order: curves of two classes, and what sums them up.
