//! Functions of numbers and of lanes. No views of arrays, no families.

pub mod beta;
pub mod cholesky;
pub mod dense;
pub mod exp;
pub mod exp_each;
pub mod ext;
pub mod fixed;
pub mod gamma;
pub mod grid;
pub mod ln;
pub mod logistic;
pub mod network;
pub mod normal;
pub mod order;
pub mod philox;
pub mod quicksort;
pub mod select;
pub mod sort;
pub mod sum;
pub mod tail;
pub mod two_grids;
