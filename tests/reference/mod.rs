//! Slow truth: every result from its definition, in arithmetic better than what
//! is tested. Nothing here calls the library.

pub mod calibration;
pub mod dd;
pub mod format;
pub mod metrics;
pub mod softmax;
pub mod temperature;
