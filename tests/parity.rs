//! Every function, at every level of this machine, against a slow reference
//! written from the definition. The tolerances are the bounds that the
//! documentation promises. `--nocapture` prints the largest errors seen.
#![cfg(feature = "capi")]

mod reference;
#[path = "parity/transforms.rs"]
mod transforms;
mod support {
    pub mod dtype;
    pub mod level;
    pub mod rng;
    pub mod values;
    pub mod worst;
}
use support::dtype::{Bf16, F16, F32, F64};
use support::level;

#[test]
fn transforms_f32() {
    transforms::every_length::<F32>();
}
#[test]
fn transforms_f64() {
    transforms::every_length::<F64>();
}
#[test]
fn transforms_f16() {
    transforms::every_length::<F16>();
}
#[test]
fn transforms_bf16() {
    transforms::every_length::<Bf16>();
}
#[test]
fn long_f32() { transforms::long_rows::<F32>(); }
#[test]
fn long_f64() { transforms::long_rows::<F64>(); }
#[test]
fn long_f16() { transforms::long_rows::<F16>(); }
#[test]
fn long_bf16() { transforms::long_rows::<Bf16>(); }
#[test]
fn scales_f32() { transforms::extreme_scales::<F32>(); }
#[test]
fn scales_f64() { transforms::extreme_scales::<F64>(); }
#[test]
fn sixteen_million_columns() { transforms::sixteen_million(); }
