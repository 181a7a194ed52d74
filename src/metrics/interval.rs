//! Intervals for a share: of trials, so many were successes; between which bounds
//! is the probability of success?
//!
//! Every bound at the end of the range is met exactly: without successes the low
//! bound is 0, without failures the high bound is 1, without trials both hold. Each
//! method is symmetric, so there is a low bound only, as a pair of it and of 1 less
//! it, and the high bound is the second of the pair for the failures: bounds near
//! either end keep their digits.

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

    /// The normal interval's low bound, and 1 less it.
    fn wald(self) -> (f64, f64) {
        let (p, q) = (self.successes / self.trials(), self.failures / self.trials());
        let half = self.z() * libm::sqrt(p * q / self.trials());
        ((p - half).max(0.0), (q + half).min(1.0))
    }
}

/// Both bounds from the one that `low` gives, and 1 less it, of some successes.
fn bounds(counts: Counts, low: impl Fn(Counts) -> (f64, f64)) -> (f64, f64) {
    let end = |c: Counts| if c.successes > 0.0 { low(c) } else { (0.0, 1.0) };
    (end(counts).0, end(counts.turned()).1)
}

/// Where the score test of a normal distribution does not reject: E. Wilson (1927).
pub fn wilson(counts: Counts) -> (f64, f64) {
    let z = counts.z();
    bounds(counts, |c| {
        // The product of both bounds is k^2 / n (n + z^2): no difference of sums.
        let (k, n, more) = (c.successes, c.trials(), 0.5 * z * z);
        let spread = z * libm::sqrt(k / n * c.failures + 0.5 * more);
        (k * (k / n) / (k + more + spread), (c.failures + more + spread) / (n + z * z))
    })
}

/// Where neither tail of the binomial distribution rejects: C. Clopper and
/// E. Pearson (1934).
pub fn clopper_pearson(counts: Counts) -> (f64, f64) {
    bounds(counts, |c| beta::quantile(c.successes, c.failures + 1.0, c.side))
}

/// The middle of the posterior from Jeffreys' prior, with the ends of the range
/// where there are no successes or no failures: L. Brown, T. Cai and A. DasGupta
/// (2001), section 4.1.2.
pub fn jeffreys(counts: Counts) -> (f64, f64) {
    bounds(counts, |c| beta::quantile(c.successes + 0.5, c.failures + 0.5, c.side))
}

/// The normal interval after `z^2 / 2` more successes and as many more failures:
/// A. Agresti and B. Coull (1998). Within 0 and 1.
pub fn agresti_coull(counts: Counts) -> (f64, f64) {
    if counts.trials() == 0.0 {
        return (0.0, 1.0);
    }
    let more = 0.5 * counts.z() * counts.z();
    let more =
        Counts { successes: counts.successes + more, failures: counts.failures + more, ..counts };
    (more.wald().0, more.turned().wald().1)
}

/// The share and its standard error by the normal distribution. Within 0 and 1.
pub fn wald(counts: Counts) -> (f64, f64) {
    bounds(counts, Counts::wald)
}
