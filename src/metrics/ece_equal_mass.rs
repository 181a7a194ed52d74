//! Calibration error over bins that hold as many rows each as can be.

use super::points::Points;
use super::reliability::{ReliabilityBin, ReliabilityReport};
use super::sorted::Sorted;
use crate::rows::view::Column;

/// How points go into bins.
#[derive(Clone, Copy)]
pub struct Opts {
    /// Number of bins, at least 1.
    pub count: usize,
    /// Whether equal probabilities stay in one bin.
    pub together: bool,
}

/// The report, with its bins written where they are wanted.
pub fn apply(
    points: &Points,
    bins: Column<ReliabilityBin>,
    opts: Opts,
    scratch: &mut [u64],
) -> ReliabilityReport {
    let sorted = Sorted::of(points, 0.0, scratch);
    let made = sorted.equal_parts(opts.count, opts.together).enumerate().map(|(b, part)| {
        let bin = part.bin();
        bins.set(b, bin);
        bin
    });
    ReliabilityReport::of(made, sorted.nan_rows)
}
