//! The reliability curve: probabilities in bins, and what sums it up.
//!
//! With `w_b` the weight in a bin, `c_b` its mean probability (confidence), `f_b`
//! the frequency of what it foretold, and `g_b = c_b - f_b`: the calibration
//! errors are the norms of `g` over bins that are not empty, `sum w_b |g_b| / W`
//! (L1, the ECE), `max |g_b|` (MCE) and `sqrt(sum w_b g_b^2 / W)` (L2).
//!
//! Chance alone makes `g_b^2` larger, by the variance of `f_b`: a bin of `n_b`
//! rows estimates it by `f_b (1 - f_b) / (n_b - 1)`, which the debiased L2 norm
//! subtracts.

use crate::math::fixed::{BOUND, Bounded};
use crate::status::Status;

pub use crate::rows::visit::LARGEST;

/// One bin of a reliability curve.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ReliabilityBin {
    /// Rows in the bin.
    pub rows: u64,
    /// Their weight.
    pub weight: f64,
    /// Where the bin begins: its lower edge, or in bins of equal mass its least
    /// probability (NaN if empty).
    pub low: f64,
    /// Where it ends.
    pub high: f64,
    /// Mean probability; NaN if empty.
    pub confidence: f64,
    /// How often what it foretold came true; NaN if empty.
    pub frequency: f64,
}

/// What a reliability curve amounts to.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct ReliabilityReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those without a probability: in no bin, and all below is then NaN.
    pub nan_rows: u64,
    /// Bins that are not empty.
    pub bins: u64,
    /// The sum of weights in the bins.
    pub weight: f64,
    /// Expected calibration error: the weighted mean of the gaps |confidence -
    /// frequency|.
    pub ece: f64,
    /// Maximum calibration error: the largest gap.
    pub mce: f64,
    /// The root of the weighted mean of squared gaps.
    pub rms: f64,
    /// The same less what chance adds to the squares, at least 0.
    pub rms_debiased: f64,
    /// The plain mean of gaps over bins that are not empty.
    pub average: f64,
    /// The weighted mean of confidence - frequency: above 0 if overconfident.
    pub signed_gap: f64,
    /// What bins with confidence above frequency add to `ece`; the rest is
    /// underconfidence.
    pub overconfidence: f64,
    /// Mean probability.
    pub confidence: f64,
    /// How often what was foretold came true.
    pub frequency: f64,
}

impl ReliabilityBin {
    /// Whether these are numbers that a bin can hold.
    pub fn check(&self) -> Result<(), Status> {
        let share = |x: f64| (0.0..=LARGEST).contains(&x);
        let good = (0.0..=BOUND).contains(&self.weight)
            && (self.weight == 0.0 || share(self.confidence) && share(self.frequency));
        if good { Ok(()) } else { Err(Status::LGT_E_VALUE) }
    }
}

impl ReliabilityReport {
    /// The report of these bins, with so many rows that are in none.
    pub fn of(bins: impl Iterator<Item = ReliabilityBin>, nan_rows: u64) -> ReliabilityReport {
        let mut weight = Bounded::ZERO;
        let mut sum = ReliabilityReport::nothing(nan_rows);
        for bin in bins.filter(|bin| bin.weight > 0.0) {
            weight.add(bin.weight);
            sum.add(&bin);
        }
        sum.weight = weight.to_f64();
        sum.mean()
    }

    #[inline(never)]
    fn add(&mut self, bin: &ReliabilityBin) {
        let gap = bin.confidence - bin.frequency;
        self.rows = self.rows.wrapping_add(bin.rows);
        self.bins += 1;
        self.ece += bin.weight * gap.abs();
        self.mce = self.mce.max(gap.abs());
        self.rms += bin.weight * gap * gap;
        self.rms_debiased += bin.weight * (gap * gap - noise(bin));
        self.average += gap.abs();
        self.signed_gap += bin.weight * gap;
        self.overconfidence += bin.weight * gap.max(0.0);
        self.confidence += bin.weight * bin.confidence;
        self.frequency += bin.weight * bin.frequency;
    }

    fn nothing(nan_rows: u64) -> ReliabilityReport {
        ReliabilityReport {
            rows: nan_rows,
            nan_rows,
            bins: 0,
            weight: 0.0,
            ece: 0.0,
            mce: 0.0,
            rms: 0.0,
            rms_debiased: 0.0,
            average: 0.0,
            signed_gap: 0.0,
            overconfidence: 0.0,
            confidence: 0.0,
            frequency: 0.0,
        }
    }

    /// Means of what are sums so far; 0 / 0 is NaN where nothing was seen.
    #[inline(never)]
    fn mean(self) -> ReliabilityReport {
        let per = if self.nan_rows > 0 { f64::NAN } else { self.weight };
        // `max` would pass a NaN over.
        let clipped = if self.rms_debiased < 0.0 { 0.0 } else { self.rms_debiased };
        ReliabilityReport {
            ece: self.ece / per,
            mce: self.mce + 0.0 / per,
            rms: libm::sqrt(self.rms / per),
            rms_debiased: libm::sqrt(clipped / per),
            average: self.average / self.bins as f64 + 0.0 / per,
            signed_gap: self.signed_gap / per,
            overconfidence: self.overconfidence / per,
            confidence: self.confidence / per,
            frequency: self.frequency / per,
            ..self
        }
    }
}

/// What chance adds to a bin's squared gap, as far as its rows tell.
fn noise(bin: &ReliabilityBin) -> f64 {
    if bin.rows < 2 {
        return 0.0;
    }
    bin.frequency * (1.0 - bin.frequency) / (bin.rows - 1) as f64
}
