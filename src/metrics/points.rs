//! Probabilities of one thing each, whether it came true, and weights: what the
//! measures of binary calibration look at.

use super::bins::{self, Closed};
use crate::math::fixed::{BOUND, UNIT};
use crate::rows::labels::Labels;
use crate::rows::numbers::Numbers;
use crate::status::Status;

/// `n` probabilities with their labels and weights.
#[derive(Clone, Copy)]
pub struct Points {
    numbers: Numbers,
    stride: usize,
    labels: Labels,
    class: u64,
    weights: Option<Numbers>,
    /// How many.
    pub n: usize,
}

/// One of them.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// The probability.
    pub p: f64,
    /// Whether it came true.
    pub hit: bool,
    /// Its weight.
    pub weight: f64,
}

impl Points {
    /// Labels are 1 for what came true and 0 for what did not.
    ///
    /// # Safety
    /// There must be `n` of each, aligned, as long as this is used.
    pub unsafe fn new(
        numbers: Numbers,
        labels: Labels,
        weights: Option<Numbers>,
        n: usize,
    ) -> Points {
        Points { numbers, stride: 1, labels, class: 1, weights, n }
    }

    /// The probabilities of `class`, numbers `stride` apart from number `at` on.
    ///
    /// # Safety
    /// There must be those numbers.
    pub unsafe fn of_class(self, at: usize, stride: usize, class: usize) -> Points {
        Points { numbers: self.numbers.from(at), stride, class: class as u64, ..self }
    }

    /// `E_LABEL` or `E_VALUE`, before anything is changed; labels are below
    /// `classes`.
    #[inline(never)]
    pub fn check(&self, classes: usize) -> Result<(), Status> {
        if self.labels.first_bad(self.n, classes).is_some() {
            return Err(Status::LGT_E_LABEL);
        }
        let good = |i| (0.0..=BOUND).contains(&self.weight(i));
        if (0..self.n).all(good) { Ok(()) } else { Err(Status::LGT_E_VALUE) }
    }

    /// Point `i < n`; nothing for a weight of 0, or one too small to be added up. A
    /// call, because what is done with points takes longer and there are many ways to
    /// store them.
    #[inline(never)]
    pub fn get(&self, i: usize) -> Option<Point> {
        let weight = self.weight(i);
        (weight >= UNIT).then(|| {
            // SAFETY: `new` was told of `n` numbers, `of_class` of their stride.
            let p = unsafe { self.numbers.get(i * self.stride) };
            Point { p, hit: self.labels.get(i) == self.class, weight }
        })
    }

    /// The class and the weight of point `i < n`, if it counts.
    #[inline(never)]
    pub fn counted(&self, i: usize) -> Option<(usize, f64)> {
        let weight = self.weight(i);
        (weight >= UNIT).then(|| (self.labels.get(i) as usize, weight))
    }

    /// The numbers from number `at` on.
    pub fn numbers_from(&self, at: usize) -> Numbers {
        self.numbers.from(at)
    }

    /// The points that count.
    pub fn iter(&self) -> impl Iterator<Item = Point> + '_ {
        (0..self.n).filter_map(|i| self.get(i))
    }

    #[inline(always)]
    fn weight(&self, i: usize) -> f64 {
        // SAFETY: `new` was told of `n` weights, if any.
        self.weights.map_or(1.0, |weights| unsafe { weights.get(i) })
    }

    /// The bin of a probability among so many of equal width.
    #[inline(never)]
    pub fn place(&self, p: f64, bins: usize, closed: Closed) -> usize {
        bins::place(p, bins, closed, |x| self.round(x))
    }

    /// `x` as it is in the type that the probabilities are computed in.
    #[inline(always)]
    pub fn round(&self, x: f64) -> f64 {
        self.numbers.round(x)
    }
}
