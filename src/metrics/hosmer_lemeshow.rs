//! The test of Hosmer and Lemeshow: how far the frequencies in the bins of a
//! reliability curve are from its probabilities, in units of chance.

use super::reliability::ReliabilityBin;
use crate::math::gamma;

/// The result of `lgt_hosmer_lemeshow_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HosmerLemeshowReport {
    /// Bins that are not empty.
    pub bins: u64,
    /// The sum of weights in them.
    pub weight: f64,
    /// The sum over bins of n (f - c)^2 / (c (1 - c)).
    pub statistic: f64,
    /// Degrees of freedom: bins less the offset.
    pub degrees: f64,
    /// The chance of as much or more if calibrated; NaN without a degree of freedom.
    pub p_value: f64,
}

impl HosmerLemeshowReport {
    /// The test of these bins, with so many degrees of freedom fewer than bins.
    pub fn of(bins: &[ReliabilityBin], offset: u32) -> HosmerLemeshowReport {
        let (mut count, mut weight, mut statistic) = (0u64, 0.0, 0.0);
        for bin in bins.iter().filter(|bin| bin.weight > 0.0) {
            let (p, gap) = (bin.confidence, bin.frequency - bin.confidence);
            count += 1;
            weight += bin.weight;
            // Where all is certain nothing may be off. Rounding of 1 is 1.
            let chance = (p * (1.0 - p)).max(0.0);
            statistic += if gap == 0.0 { 0.0 } else { bin.weight * gap * gap / chance };
        }
        let degrees = count as f64 - f64::from(offset);
        let p_value = if degrees > 0.0 && statistic < f64::INFINITY {
            gamma::upper(0.5 * degrees, 0.5 * statistic)
        } else if degrees > 0.0 {
            0.0
        } else {
            f64::NAN
        };
        HosmerLemeshowReport { bins: count, weight, statistic, degrees, p_value }
    }
}
