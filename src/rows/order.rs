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
        // SAFETY: the caller vouches for `n` numbers.
        let key = |i: usize| key(unsafe { numbers.get(i) });
        let Some(words) = scratch.get_mut(..n) else { return (Order { places: &[] }, scratch) };
        let cut = Cut::of((0..n).map(key), n);
        for (i, word) in words.iter_mut().enumerate() {
            *word = cut.word(key(i), i);
        }
        sort(words);
        let mut start = 0;
        while start < n {
            start = cut.settle(words, start, key);
        }
        let (places, rest) = scratch.split_at_mut_checked(n.div_ceil(2)).unwrap_or_default();
        // SAFETY: a u64 is two u32, whatever its bits, and `settle` has written `n`.
        let places = unsafe { core::slice::from_raw_parts(places.as_ptr().cast::<u32>(), n) };
        (Order { places }, rest)
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
    fn of(keys: impl Iterator<Item = u64> + Clone, n: usize) -> Cut {
        let least = keys.clone().min().unwrap_or(0);
        let any = keys.fold(0, |any, key| any | (key - least));
        let places = usize::BITS - n.saturating_sub(1).leading_zeros();
        let (used, zeros) = (u64::BITS - any.leading_zeros(), any.trailing_zeros());
        let lost = zeros.min(u64::BITS - 1).max((used + places).saturating_sub(u64::BITS));
        Cut { least, lost, exact: lost <= zeros, places }
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

    /// Turns the words from `start` on that have the same bits of a key into places,
    /// and returns where they end. Places are half as long as words, so that they lie
    /// in words already read.
    #[inline(always)]
    fn settle(&self, words: &mut [u64], start: usize, key: impl Fn(usize) -> u64) -> usize {
        let Some(first) = words.get(start).copied() else { return usize::MAX };
        let mut end = start + 1;
        while words.get(end).is_some_and(|word| self.same(*word, first)) {
            end += 1;
        }
        let mut run = *self;
        if !self.exact && end - start > 1 {
            run = self.again(words, start..end, key);
        }
        let mut before = None;
        for i in start..end {
            let word = words.get(i).copied().unwrap_or(0);
            let begins = before.is_none_or(|before| !run.same(word, before));
            let place = run.place(word) as u32 | if begins { START } else { 0 };
            // SAFETY: `i` is below the number of words.
            unsafe { words.as_mut_ptr().cast::<u32>().add(i).write(place) };
            before = Some(word);
        }
        end
    }

    /// Sorts words that lost what tells them apart by just that.
    #[inline(never)]
    fn again(
        &self,
        words: &mut [u64],
        run: core::ops::Range<usize>,
        key: impl Fn(usize) -> u64,
    ) -> Cut {
        let Some(words) = words.get_mut(run) else { return *self };
        let keys = words.iter().map(|word| key(self.place(*word)));
        // The keys differ in `lost` bits alone, of which there are at most as many as
        // of a place.
        let cut = Cut { least: keys.min().unwrap_or(0), lost: 0, exact: true, ..*self };
        for word in words.iter_mut() {
            let place = self.place(*word);
            *word = cut.word(key(place), place);
        }
        sort(words);
        cut
    }
}
