//! Two samples of numbers, each sorted in the caller's scratch, and walked through
//! together by runs of equal numbers.

use super::scores::nans;
use crate::math::order::sort;
use crate::math::sort::{key, value};
use crate::rows::numbers::Numbers;

/// The most numbers of a sample: products of two sizes fit 64 bits, doubled.
const MOST: usize = i32::MAX as usize;

/// Words to sort both samples in.
pub fn words(n: usize, m: usize) -> Option<usize> {
    (n <= MOST && m <= MOST).then_some(n + m)
}

/// Two samples as they are given.
#[derive(Clone, Copy)]
pub struct Samples {
    x: Numbers,
    y: Numbers,
    /// Numbers of the first.
    pub n: usize,
    /// Numbers of the second.
    pub m: usize,
}

/// Numbers that are equal: how many of each sample are less, and how many are equal.
#[derive(Clone, Copy)]
pub struct Run {
    /// The number.
    pub value: f64,
    /// Of the first sample, less than it.
    pub x_below: u64,
    /// Of the second.
    pub y_below: u64,
    /// Of the first sample, equal.
    pub x: u64,
    /// Of the second.
    pub y: u64,
}

impl Samples {
    /// # Safety
    /// There must be so many numbers of each, aligned, as long as this is used.
    pub unsafe fn new(x: Numbers, y: Numbers, n: usize, m: usize) -> Samples {
        Samples { x, y, n, m }
    }

    /// How many numbers are NaN.
    pub fn nans(&self) -> u64 {
        nans(&self.x, self.n) + nans(&self.y, self.m)
    }

    /// Whether there is something to compare: numbers on both sides, and no NaN.
    pub fn comparable(&self, nans: u64) -> bool {
        nans == 0 && self.n > 0 && self.m > 0
    }

    /// Sorts numbers of which none is NaN, and calls `f` with each run, lowest first.
    pub fn runs(&self, scratch: &mut [u64], mut f: impl FnMut(Run)) {
        let Some((x, y)) = scratch.split_at_mut_checked(self.n) else { return };
        let y = y.get_mut(..self.m).unwrap_or_default();
        let (x, y) = (sorted(&self.x, x), sorted(&self.y, y));
        let (mut i, mut j) = (0, 0);
        loop {
            let least = match (x.get(i), y.get(j)) {
                (Some(a), Some(b)) => *a.min(b),
                (Some(a), None) => *a,
                (None, Some(b)) => *b,
                (None, None) => break,
            };
            let (x_below, y_below) = (i, j);
            while x.get(i) == Some(&least) {
                i += 1;
            }
            while y.get(j) == Some(&least) {
                j += 1;
            }
            f(Run {
                value: value(least),
                x_below: x_below as u64,
                y_below: y_below as u64,
                x: (i - x_below) as u64,
                y: (j - y_below) as u64,
            });
        }
    }
}

#[inline(never)]
fn sorted<'a>(numbers: &Numbers, keys: &'a mut [u64]) -> &'a [u64] {
    for (i, slot) in keys.iter_mut().enumerate() {
        // SAFETY: there are as many numbers as there is room for.
        *slot = key(unsafe { numbers.get(i) });
    }
    sort(keys);
    keys
}
