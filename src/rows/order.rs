//! The order of numbers, as a list of their places: in the caller's scratch, a word
//! a number.
//!
//! What is sorted is one word a number: as many of its highest bits as there is room
//! for above its place. Numbers that differ only in bits there was no room for come
//! out as neighbours, and are sorted once more by those.

use super::numbers::Numbers;
use crate::math::order::sort;
use crate::math::sort::key;

/// Words of scratch for the order of `n` numbers; a place has 31 bits.
pub fn words(n: usize) -> Option<usize> {
    (n <= i32::MAX as usize).then_some(n)
}

/// Set where a number is not equal to the one before it in order.
const START: u32 = 1 << 31;

/// Numbers in order, the lowest first; equal ones (-0 and 0 are) in the order they
/// came in.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    places: &'a [u32],
    distinct: usize,
}

impl<'a> Order<'a> {
    /// Sorts `n` numbers of which none is NaN. The scratch has [`words`]; what is left
    /// of it, the half rounded down, is given back.
    ///
    /// # Safety
    /// There must be `n` numbers, aligned.
    pub unsafe fn of(
        numbers: &Numbers,
        n: usize,
        scratch: &'a mut [u64],
    ) -> (Order<'a>, &'a mut [u64]) {
        let Some(words) = scratch.get_mut(..n) else {
            return (Order { places: &[], distinct: 0 }, scratch);
        };
        // SAFETY: the caller vouches for `n` numbers, and words are as long as f64.
        let cut = unsafe { fill(numbers, words) };
        sort(words);
        // SAFETY: as above.
        let distinct = cut.settle(words, &|i| key(unsafe { numbers.get(i) }));
        let (places, rest) = scratch.split_at_mut_checked(n.div_ceil(2)).unwrap_or_default();
        // SAFETY: a u64 is two u32, whatever its bits, and `settle` has written `n`.
        let places = unsafe { core::slice::from_raw_parts(places.as_ptr().cast::<u32>(), n) };
        (Order { places, distinct }, rest)
    }

    /// How many different numbers there are.
    pub fn distinct(&self) -> usize {
        self.distinct
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Where the number of rank `rank` lies.
    #[inline(always)]
    pub fn place(&self, rank: usize) -> usize {
        self.places.get(rank).map_or(0, |place| (place & !START) as usize)
    }

    /// Whether the number of rank `rank` is larger than the one before it, or the first.
    #[inline(always)]
    pub fn starts(&self, rank: usize) -> bool {
        self.places.get(rank).is_some_and(|place| place & START != 0)
    }

    /// Where each number lies, the lowest first, and whether it is larger than the one
    /// before it, or the first.
    #[inline(always)]
    pub fn iter(self) -> impl ExactSizeIterator<Item = (usize, bool)> + 'a {
        self.places.iter().map(|place| ((place & !START) as usize, place & START != 0))
    }

    /// Where the run of equal numbers that `rank` is in ends.
    #[inline(always)]
    pub fn end(&self, rank: usize) -> usize {
        let mut end = rank + 1;
        while end < self.len() && !self.starts(end) {
            end += 1;
        }
        end
    }

    /// Runs of equal numbers, the lowest first: ranks `start .. end`.
    pub fn runs(self) -> impl Iterator<Item = core::ops::Range<usize>> + 'a {
        let mut end = 0;
        core::iter::from_fn(move || {
            let start = end;
            (start < self.len()).then(|| {
                end = self.end(start);
                start..end
            })
        })
    }
}

/// Writes the words to be sorted, one for each of as many numbers.
///
/// # Safety
/// There must be so many, aligned.
#[inline(never)]
unsafe fn fill(numbers: &Numbers, words: &mut [u64]) -> Cut {
    let (n, to) = (words.len(), words.as_mut_ptr());
    // SAFETY: the caller vouches for the numbers; words are as long as f64, and a number
    // that waits in its word is read before that is written.
    unsafe {
        let x = numbers.block(n, to.cast());
        let cut = Cut::of(x, n);
        for i in 0..n {
            *to.add(i) = cut.word(key(*x.add(i)), i);
        }
        cut
    }
}

/// From here on numbers that were sorted are slow to be looked at again.
const MANY: usize = 1 << 14;

/// Slots of a table of numbers.
const TABLE: usize = 2048;

/// A multiplier after which high bits depend on all (2^64 over the golden ratio).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// How a key and a place share a word.
#[derive(Clone, Copy)]
struct Cut {
    /// The least key.
    least: u64,
    /// Bits of a key that are left out.
    lost: u32,
    /// Whether any of those differ.
    exact: bool,
    /// Bits of a place.
    places: u32,
}

impl Cut {
    /// # Safety
    /// There must be `n` numbers.
    unsafe fn of(x: *const f64, n: usize) -> Cut {
        const AT_ONCE: usize = 4;
        // SAFETY: the caller vouches for the numbers.
        let x = unsafe { core::slice::from_raw_parts(x, n) };
        let first = x.first().copied().unwrap_or(0.0);
        let (mut least, mut most, mut any) = ([first; AT_ONCE], [first; AT_ONCE], [0; AT_ONCE]);
        let (whole, rest) = x.as_chunks::<AT_ONCE>();
        let mut add = |x: &[f64; AT_ONCE]| {
            for (i, x) in x.iter().enumerate() {
                least[i] = if *x < least[i] { *x } else { least[i] };
                most[i] = if *x > most[i] { *x } else { most[i] };
                any[i] |= x.to_bits();
            }
        };
        whole.iter().for_each(&mut add);
        rest.iter().for_each(|x| add(&[*x; AT_ONCE]));
        let least = key(least.into_iter().fold(first, f64::min));
        let most = key(most.into_iter().fold(first, f64::max));
        let any = any.into_iter().fold(0, |any, bits| any | bits);
        let places = usize::BITS - n.saturating_sub(1).leading_zeros();
        // Keys have as many zeros at their end as the numbers.
        let (used, zeros) = (u64::BITS - (most - least).leading_zeros(), any.trailing_zeros());
        let lost = zeros.min(u64::BITS - 1).max((used + places).saturating_sub(u64::BITS));
        let mut cut = Cut { least, lost, exact: lost <= zeros, places };
        // Where little is sorted, it is as well seen afterwards.
        if !cut.exact && n > MANY {
            cut.exact = cut.tells(x);
        }
        cut
    }

    /// Whether few numbers occur, of which the bits that are kept tell them apart: all
    /// that are different are put into a table.
    #[inline(never)]
    fn tells(&self, x: &[f64]) -> bool {
        let (mut table, mut free) = ([0u64; TABLE], TABLE / 2);
        for key in x.iter().map(|x| key(*x)) {
            let kept = key.wrapping_sub(self.least) >> self.lost;
            let mut slot = (kept.wrapping_mul(SPREAD) >> 32) as usize;
            // No key is 0, and half of the table stays free.
            let there = loop {
                let there = &mut table[slot % TABLE];
                if *there == 0 || there.wrapping_sub(self.least) >> self.lost == kept {
                    break there;
                }
                slot += 1;
            };
            if *there == 0 {
                *there = key;
                free -= 1;
            }
            if *there != key || free == 0 {
                return false;
            }
        }
        true
    }

    #[inline(always)]
    fn word(&self, key: u64, place: usize) -> u64 {
        (key.wrapping_sub(self.least) >> self.lost) << self.places | place as u64
    }

    #[inline(always)]
    fn place(&self, word: u64) -> usize {
        (word & !(u64::MAX << self.places)) as usize
    }

    /// Whether two words have the same bits of a key.
    #[inline(always)]
    fn same(&self, a: u64, b: u64) -> bool {
        a >> self.places == b >> self.places
    }

    /// Turns sorted words into places, and returns how many different numbers there
    /// are. Places are half as long as words, so that they lie in words already read.
    #[inline(never)]
    fn settle(&self, words: &mut [u64], key: &dyn Fn(usize) -> u64) -> usize {
        let to = words.as_mut_ptr().cast::<u32>();
        let (mut distinct, mut i) = (0, 0);
        // Words that have the same bits of a key, and how they are told apart.
        let (mut run, mut end) = (*self, if self.exact { usize::MAX } else { 0 });
        let mut before = words.first().map_or(0, |word| !word);
        while let Some(mut word) = words.get(i).copied() {
            if i >= end {
                (run, end) = (*self, i + 1);
                while words.get(end).is_some_and(|next| self.same(*next, word)) {
                    end += 1;
                }
                if let Some(words @ [_, _, ..]) = words.get_mut(i..end) {
                    run = self.again(words, key);
                    word = words[0];
                }
                before = !word;
            }
            let begins = !run.same(word, before);
            // SAFETY: `i` is below the number of words.
            unsafe { to.add(i).write(run.place(word) as u32 | u32::from(begins) << 31) };
            distinct += usize::from(begins);
            before = word;
            i += 1;
        }
        distinct
    }

    /// Sorts words that lost what tells them apart by just that, unless they are equal.
    #[inline(never)]
    fn again(&self, words: &mut [u64], key: &dyn Fn(usize) -> u64) -> Cut {
        let (mut least, mut most) = (u64::MAX, 0);
        for word in &*words {
            let key = key(self.place(*word));
            (least, most) = (least.min(key), most.max(key));
        }
        if least == most {
            return *self;
        }
        // The keys differ in `lost` bits alone, of which there are at most as many as
        // of a place.
        let cut = Cut { least, lost: 0, exact: true, ..*self };
        for word in words.iter_mut() {
            let place = self.place(*word);
            *word = cut.word(key(place), place);
        }
        sort(words);
        cut
    }
}
