//! Sets of classes that hold the true one with a promised probability.
//!
//! A rule gives each class of a row a score; the scores that rows of known class give
//! their own make a threshold; and the set of a new row is the classes whose scores are
//! not above it.

pub mod coverage;
pub mod fitted;
pub mod pairs;
pub mod row;
pub mod rule;
pub mod scores;
pub mod select;
pub mod sets;
pub mod settle;
pub mod sums;
pub mod table;
pub mod threshold;
