//! Slow truth: every result from its definition, in arithmetic better than what
//! is tested. Nothing here calls the library.

pub mod agreement;
pub mod binary;
pub mod calibration;
pub mod calibrators;
pub mod classes;
pub mod columns;
pub mod conformal;
pub mod curves;
pub mod dd;
pub mod entries;
pub mod evaluate;
pub mod format;
pub mod linear_maps;
pub mod losses;
pub mod maps;
pub mod metrics;
pub mod ranking;
pub mod rankings;
pub mod scores;
pub mod softmax;
pub mod sparse;
pub mod temperature;
pub mod two_samples;
