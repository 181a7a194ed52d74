//! What the tests of the arithmetic share. Tests of the built product take
//! `product.rs` by its path.

pub mod batch;
pub mod binary;
pub mod bounds;
pub mod calibrated;
pub mod curves;
pub mod dtype;
pub mod family;
pub mod level;
pub mod noted;
pub mod pairs;
pub mod points;
pub mod queries;
pub mod ranked;
pub mod ranking;
pub mod raters;
pub mod real;
pub mod rng;
pub mod shards;
pub mod values;
pub mod worst;
