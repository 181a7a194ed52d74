//! Intervals for a share: of trials, so many were successes; between which bounds
//! is the probability of success?
//!
//! Every bound at the end of the range is met exactly: without successes the low
//! bound is 0, without failures the high bound is 1, without trials both hold. Each
//! method is symmetric, so bounds are made in pairs, the low bound of the successes
//! and, as 1 minus it, the high bound by the low one of the failures: small bounds
//! keep their digits.

use crate::math::fixed::BOUND;
use crate::math::{beta, normal};

/// Successes and failures, and how much of the probability is left outside on
/// either side.
#[derive(Clone, Copy)]
pub struct Counts {
    successes: f64,
    failures: f64,
    side: f64,
}

impl Counts {
    /// Nothing unless `0 <= successes <= trials <= 2^63` and `0 < confidence < 1`.
    pub fn new(successes: f64, trials: f64, confidence: f64) -> Option<Counts> {
        let good = (0.0..=BOUND).contains(&trials)
            && (0.0..=trials).contains(&successes)
            && confidence > 0.0
            && confidence < 1.0;
        let (failures, side) = (trials - successes, 0.5 * (1.0 - confidence));
        good.then_some(Counts { successes, failures, side })
    }

    fn turned(self) -> Counts {
        Counts { successes: self.failures, failures: self.successes, ..self }
    }

    fn trials(self) -> f64 {
        self.successes + self.failures
    }

    fn z(self) -> f64 {
        normal::upper_quantile(self.side)
    }
}

/// The bounds of which `low` gives the low one, for any counts but no trials.
fn bounds(counts: Counts, low: impl Fn(Counts) -> f64) -> (f64, f64) {
    let end = |c: Counts| if c.successes > 0.0 { low(c).clamp(0.0, 1.0) } else { 0.0 };
    (end(counts), 1.0 - end(counts.turned()))
}

/// Where the score test of a normal distribution does not reject: E. Wilson (1927).
pub fn wilson(counts: Counts) -> (f64, f64) {
    let z = counts.z();
    bounds(counts, |c| {
        // The product of both bounds is k^2 / n (n + z^2): no difference of sums.
        let (k, n) = (c.successes, c.trials());
        let spread = z * libm::sqrt(k / n * c.failures + 0.25 * z * z);
        k * (k / n) / (k + 0.5 * z * z + spread)
    })
}

/// Where neither tail of the binomial distribution rejects: C. Clopper and
/// E. Pearson (1934).
pub fn clopper_pearson(counts: Counts) -> (f64, f64) {
    bounds(counts, |c| beta::quantile(c.successes, c.failures + 1.0, c.side).0)
}

/// The middle of the posterior from Jeffreys' prior, with the ends of the range
/// where there are no successes or no failures: L. Brown, T. Cai and A. DasGupta
/// (2001), section 4.1.2.
pub fn jeffreys(counts: Counts) -> (f64, f64) {
    bounds(counts, |c| beta::quantile(c.successes + 0.5, c.failures + 0.5, c.side).0)
}

/// The normal interval after `z^2 / 2` more successes and as many more failures:
/// A. Agresti and B. Coull (1998). Within 0 and 1.
pub fn agresti_coull(counts: Counts) -> (f64, f64) {
    if counts.trials() == 0.0 {
        return (0.0, 1.0);
    }
    let more = 0.5 * counts.z() * counts.z();
    let (successes, failures) = (counts.successes + more, counts.failures + more);
    let n = successes + failures;
    let half = counts.z() * libm::sqrt(successes / n * (failures / n) / n);
    ((successes / n - half).max(0.0), 1.0 - (failures / n - half).max(0.0))
}

/// The share and its standard error by the normal distribution. Within 0 and 1.
pub fn wald(counts: Counts) -> (f64, f64) {
    bounds(counts, |c| {
        let n = c.trials();
        c.successes / n - c.z() * libm::sqrt(c.successes / n * (c.failures / n) / n)
    })
}
