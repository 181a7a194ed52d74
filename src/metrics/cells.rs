//! What is counted, cell by cell: rows, or their weights.
//!
//! A count of rows is kept as its lowest bits and the rest, in two tables, of
//! which as a rule only the first is touched. It is small: a matrix of 1000
//! classes is counted in one megabyte of bytes. The two are a function of the
//! count, so they are the same in any order of the rows. Sums of weights are
//! exact sums.

use crate::math::fixed::Bounded;
use core::marker::PhantomData;

/// The lowest bits of a count.
pub trait Low: Copy {
    /// How many of them.
    const BITS: u32;
    /// The lowest bits of a number.
    fn of(count: u64) -> Self;
    /// The bits as a number.
    fn get(self) -> u64;
    /// The sum, and whether it went past the highest bit.
    fn plus(self, other: Self) -> (Self, bool);
}

// For matrices: the table should stay in the second cache.
impl Low for u8 {
    const BITS: u32 = 8;

    #[inline(always)]
    fn of(count: u64) -> u8 {
        count as u8
    }

    #[inline(always)]
    fn get(self) -> u64 {
        self.into()
    }

    #[inline(always)]
    fn plus(self, other: u8) -> (u8, bool) {
        self.overflowing_add(other)
    }
}

// For rows of classes, which fit the first: the other table is hardly ever used.
impl Low for u32 {
    const BITS: u32 = 32;

    #[inline(always)]
    fn of(count: u64) -> u32 {
        count as u32
    }

    #[inline(always)]
    fn get(self) -> u64 {
        self.into()
    }

    #[inline(always)]
    fn plus(self, other: u32) -> (u32, bool) {
        self.overflowing_add(other)
    }
}

/// The layout of `n` cells in words; counts have their lowest bits in an `L`.
#[derive(Clone, Copy)]
pub struct Layout<L: Low> {
    /// How many cells.
    pub n: usize,
    /// Whether rows have weights.
    pub weighted: bool,
    low: PhantomData<L>,
}

/// Words of an exact sum.
const SUM: usize = size_of::<Bounded>() / 8;

impl<L: Low> Layout<L> {
    /// The layout of `n` cells.
    pub fn new(n: usize, weighted: bool) -> Self {
        Layout { n, weighted, low: PhantomData }
    }

    /// Words of the table of lowest bits.
    fn low_words(self) -> usize {
        self.n.div_ceil(8 / size_of::<L>())
    }

    /// Words of all cells.
    pub fn words(self) -> Option<usize> {
        if self.weighted { self.n.checked_mul(SUM) } else { self.n.checked_add(self.low_words()) }
    }

    /// Lowest bits, and the rest, of counts.
    fn split(self, words: &[u64]) -> (&[L], &[u64]) {
        let (low, high) = words.split_at_checked(self.low_words()).unwrap_or_default();
        let n = self.n.min(low.len() * (8 / size_of::<L>()));
        // SAFETY: parts of words that are there; an `L` is an integer.
        (unsafe { core::slice::from_raw_parts(low.as_ptr().cast(), n) }, high)
    }

    /// The tables of `n` counts, to change.
    pub fn counters(self, words: &mut [u64]) -> Option<Counters<'_, L>> {
        let (low, high) = words.split_at_mut_checked(self.low_words())?;
        if self.weighted || high.len() < self.n {
            return None;
        }
        // SAFETY: parts of words that are there; an `L` is an integer.
        let low = unsafe { core::slice::from_raw_parts_mut(low.as_mut_ptr().cast(), self.n) };
        Some(Counters { low, high })
    }

    /// The count of rows in cell `i`.
    pub fn count(self, words: &[u64], i: usize) -> u64 {
        let (low, high) = self.split(words);
        match (low.get(i), high.get(i)) {
            (Some(low), Some(high)) => high << L::BITS | low.get(),
            _ => 0,
        }
    }

    /// The exact sum of weights in cell `i`.
    pub fn sum(self, words: &[u64], i: usize) -> Bounded {
        let sum = words.as_chunks::<SUM>().0.get(i).copied();
        Bounded::of_limbs(sum.unwrap_or_default())
    }

    /// What is in cell `i`, rounded once.
    pub fn value(self, words: &[u64], i: usize) -> f64 {
        if self.weighted { self.sum(words, i).to_f64() } else { self.count(words, i) as f64 }
    }

    /// Adds a weight to cell `i` of sums.
    pub fn add(self, words: &mut [u64], i: usize, weight: f64) {
        if let Some(limbs) = words.as_chunks_mut::<SUM>().0.get_mut(i) {
            let mut sum = Bounded::of_limbs(*limbs);
            sum.add(weight);
            *limbs = sum.limbs();
        }
    }

    /// Adds other cells of the same layout.
    pub fn merge(self, words: &mut [u64], other: &[u64]) {
        if self.weighted {
            let sums = words.as_chunks_mut::<SUM>().0.iter_mut();
            for (limbs, more) in sums.zip(other.as_chunks::<SUM>().0) {
                let mut sum = Bounded::of_limbs(*limbs);
                sum.merge(&Bounded::of_limbs(*more));
                *limbs = sum.limbs();
            }
            return;
        }
        let (low, high) = self.split(other);
        let Some(mine) = self.counters(words) else { return };
        let mine = mine.low.iter_mut().zip(mine.high);
        for ((to_low, to_high), (low, high)) in mine.zip(low.iter().zip(high)) {
            let (sum, carry) = to_low.plus(*low);
            *to_low = sum;
            *to_high = to_high.wrapping_add(*high).wrapping_add(u64::from(carry));
        }
    }
}

/// The two tables of counts of rows.
pub struct Counters<'a, L> {
    low: &'a mut [L],
    high: &'a mut [u64],
}

impl<L: Low> Counters<'_, L> {
    /// One more in cell `i`, if `by` says so.
    ///
    /// # Safety
    /// `i` must be below the `n` of the layout.
    #[inline(always)]
    pub unsafe fn more(&mut self, i: usize, by: bool) {
        // SAFETY: there are `n` of each.
        unsafe {
            let low = self.low.get_unchecked_mut(i);
            let (sum, carry) = low.plus(L::of(by.into()));
            *low = sum;
            if carry {
                let high = self.high.get_unchecked_mut(i);
                *high = high.wrapping_add(1);
            }
        }
    }

    /// One less in cell `i`.
    pub fn less(&mut self, i: usize) {
        if let (Some(low), Some(high)) = (self.low.get_mut(i), self.high.get_mut(i)) {
            let rest = (*high << L::BITS | low.get()).wrapping_sub(1);
            (*low, *high) = (L::of(rest), rest >> L::BITS);
        }
    }
}
