//! Views of the caller's arrays, and the passes over a row that more than one
//! family makes.

pub mod column;
pub mod counts;
pub mod csr;
pub mod exp_sum;
pub mod flags;
pub mod kind;
pub mod labels;
pub mod moments;
pub mod numbers;
pub mod order;
pub mod pairs;
pub mod pass;
pub mod rank;
pub mod reference;
pub mod row_sum;
pub mod segments;
pub mod stream;
pub mod sum_squares;
pub mod tally;
pub mod top;
pub mod view;
pub mod visit;
pub mod visit_block;
pub mod visit_each;
pub mod visit_terms;
