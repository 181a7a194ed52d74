//! Mutual information of two ways to divide rows into classes, and what is made
//! of it.

use super::confusion::Confusion;
use crate::math::sum::Sum;

/// How the entropies of truth and prediction become one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mean {
    /// Half their sum.
    Arithmetic,
    /// The root of their product.
    Geometric,
    /// The smaller.
    Min,
    /// The larger.
    Max,
}

/// `-sum p ln p`, from sums.
#[derive(Clone, Copy)]
pub struct Entropy {
    sum: Sum,
    filled: u64,
}

impl Entropy {
    /// Of nothing.
    pub const ZERO: Entropy = Entropy { sum: Sum::ZERO, filled: 0 };

    /// Adds a class, by its share of all.
    #[inline(never)]
    pub fn add(&mut self, share: f64) {
        if share > 0.0 {
            self.sum = self.sum.plus(-share * libm::log(share));
            self.filled += 1;
        }
    }

    fn value(&self) -> f64 {
        if self.filled < 2 { 0.0 } else { self.sum.value().max(0.0) }
    }
}

/// Entropies and what they share, in nats.
#[derive(Clone, Copy)]
pub struct Information {
    /// Entropy of the true classes.
    pub labels: f64,
    /// Entropy of the predicted classes.
    pub predicted: f64,
    /// Mutual information.
    pub mutual: f64,
    mean: Mean,
    /// Whether truth and prediction are one class each.
    trivial: bool,
    /// Whether one of them is.
    single: bool,
}

impl Information {
    /// From the entropies of both together, of the true and of the predicted
    /// classes; all NaN if nothing was seen.
    pub fn of(entropies: &[Entropy; 3], nothing: bool, mean: Mean) -> Information {
        let [joint, labels, predicted] = entropies;
        let single = labels.filled < 2 || predicted.filled < 2;
        let trivial = labels.filled < 2 && predicted.filled < 2;
        let by = if nothing { f64::NAN } else { 1.0 };
        let (h, k) = (labels.value() * by, predicted.value() * by);
        let shared = labels.sum.value() + predicted.sum.value() - joint.sum.value();
        let mutual = if single { 0.0 * by } else { shared.max(0.0) };
        Information { labels: h, predicted: k, mutual, mean, trivial, single }
    }

    fn normalizer(&self) -> f64 {
        let (h, k) = (self.labels, self.predicted);
        match self.mean {
            Mean::Arithmetic => (h + k) / 2.0,
            Mean::Geometric => libm::sqrt(h * k),
            Mean::Min => h.min(k),
            Mean::Max => h.max(k),
        }
    }

    /// Over a mean of the entropies; 1 if both are one class.
    pub fn normalized(&self) -> f64 {
        match (self.trivial, self.mutual == 0.0) {
            (true, _) => 1.0 + 0.0 * self.mutual,
            (_, true) => 0.0,
            _ => self.mutual / self.normalizer(),
        }
    }

    /// How far each predicted class holds one true class only.
    pub fn homogeneity(&self) -> f64 {
        if self.labels == 0.0 { 1.0 } else { self.mutual / self.labels }
    }

    /// How far each true class lies in one predicted class.
    pub fn completeness(&self) -> f64 {
        if self.predicted == 0.0 { 1.0 } else { self.mutual / self.predicted }
    }

    /// The weighted harmonic mean of the two.
    pub fn v_measure(&self, beta: f64) -> f64 {
        let (h, c) = (self.homogeneity(), self.completeness());
        if h + c == 0.0 { 0.0 } else { (1.0 + beta) * h * c / (beta * h + c) }
    }

    /// Normalised, from 0 for what is expected to 1.
    pub fn adjusted(&self, expected: f64) -> f64 {
        match (expected.is_nan(), self.trivial, self.single) {
            (true, ..) => f64::NAN,
            (_, true, _) => 1.0,
            (_, _, true) => 0.0,
            _ => {
                // 0 / 0 of a perfect match is 1.
                let away = |x: f64| {
                    if x < 0.0 { x.min(-f64::EPSILON) } else { x.max(f64::EPSILON) }
                };
                away(self.mutual - expected) / away(self.normalizer() - expected)
            }
        }
    }
}

/// The mutual information that `rows` rows have on average when classes of these
/// sizes are given at random: the hypergeometric mean over every two of them.
pub fn expected(of: &Confusion, rows: u64) -> f64 {
    let n = rows as f64;
    let (mut sum, mut labelled) = (Sum::ZERO, of.each());
    loop {
        // Some at a time, since each walk over the classes sums up the matrix.
        let mut sizes = [0.0; SIZES];
        let taken = sizes.iter_mut().zip(labelled.by_ref());
        if taken.map(|(size, class)| *size = class.labelled).count() == 0 {
            return sum.value();
        }
        for class in of.each().filter(|class| class.predicted > 0.0) {
            for size in sizes.iter().filter(|size| **size > 0.0) {
                sum = sum.plus(expected_of_pair(n, *size, class.predicted));
            }
        }
    }
}

/// Classes whose sizes are held at a time.
const SIZES: usize = 64;
/// The most rows: past them the overlaps would be too many.
const MOST_ROWS: f64 = 281474976710656.0;

/// One pair's part, for sizes `a` and `b` of `n`. The chances of the sizes of the
/// overlap are built up from the likeliest, which is taken for 1, and divided by
/// their sum: so no factorial is needed, of which the logarithm would cost digits.
#[inline(never)]
fn expected_of_pair(n: f64, a: f64, b: f64) -> f64 {
    if !(a <= n && b <= n && n <= MOST_ROWS) {
        return f64::NAN;
    }
    let least = (a + b - n).max(0.0);
    let most = a.min(b);
    let likeliest = libm::floor((a + 1.0) * (b + 1.0) / (n + 2.0)).max(least).min(most);
    let ratio = |k: f64| (a - k) * (b - k) / ((k + 1.0) * (n - a - b + k + 1.0));
    let term = |k: f64| if k > 0.0 { k / n * libm::log(n * k / (a * b)) } else { 0.0 };
    let (mut chances, mut sum) = (Sum::ZERO.plus(1.0), Sum::ZERO.plus(term(likeliest)));
    let (mut k, mut chance) = (likeliest, 1.0);
    while k < most && chance > NEGLIGIBLE {
        chance *= ratio(k);
        k += 1.0;
        chances = chances.plus(chance);
        sum = sum.plus(chance * term(k));
    }
    (k, chance) = (likeliest, 1.0);
    while k > least && chance > NEGLIGIBLE {
        k -= 1.0;
        chance /= ratio(k);
        chances = chances.plus(chance);
        sum = sum.plus(chance * term(k));
    }
    sum.value() / chances.value()
}

/// What a chance may be of the likeliest and no longer count.
const NEGLIGIBLE: f64 = 1e-22;
