//! Functions of numbers and of lanes. No views of arrays, no families.

pub mod exp;
pub mod exp_each;
pub mod ext;
pub mod fixed;
pub mod ln;
pub mod sort;
pub mod sum;
