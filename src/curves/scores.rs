//! Scores of two classes: one number and one label each.

use crate::rows::labels::Labels;
use crate::rows::numbers::Numbers;
use crate::rows::order::Order;

/// `n` scores with their labels, 0 or 1.
#[derive(Clone, Copy)]
pub struct Scores {
    numbers: Numbers,
    labels: Labels,
    /// How many.
    pub n: usize,
}

impl Scores {
    /// # Safety
    /// There must be `n` of each, aligned, as long as this is used, and no label but 0
    /// and 1.
    pub unsafe fn new(numbers: Numbers, labels: Labels, n: usize) -> Scores {
        Scores { numbers, labels, n }
    }

    /// The same labels with other scores.
    ///
    /// # Safety
    /// There must be `n` of them.
    pub unsafe fn with(self, numbers: Numbers) -> Scores {
        Scores { numbers, ..self }
    }

    /// Score `i < n`.
    #[inline(always)]
    pub fn score(&self, i: usize) -> f64 {
        // SAFETY: `new` was told of `n` numbers.
        unsafe { self.numbers.get(i) }
    }

    /// Label `i < n`, which is 0 or 1.
    #[inline(always)]
    pub fn label(&self, i: usize) -> u64 {
        self.labels.get(i)
    }

    /// How many scores are NaN.
    pub fn nan_rows(&self) -> u64 {
        nans(&self.numbers, self.n)
    }

    /// How many labels are 1.
    pub fn positives(&self) -> u64 {
        (0..self.n).map(|i| self.label(i)).sum()
    }

    /// The scores in order, of which none is NaN, and the scratch that is left.
    pub fn order<'a>(&self, scratch: &'a mut [u64]) -> (Order<'a>, &'a mut [u64]) {
        // SAFETY: `new` was told of `n` numbers.
        unsafe { Order::of(&self.numbers, self.n, scratch) }
    }
}

/// How many of `n` numbers, which must be there, are NaN.
#[inline(never)]
pub fn nans(numbers: &Numbers, n: usize) -> u64 {
    // SAFETY: the caller vouches for the numbers.
    (0..n).map(|i| u64::from(unsafe { numbers.get(i) }.is_nan())).sum()
}
