//! Which exponentials in scratch are large enough: a bit each.

use crate::simd::{Elem, Io, Kernel, Lanes, Real};

/// Bits of a word of a set.
pub const WORD: usize = 64;

/// Words that are summed before the sum goes into something wider.
const FOLD: usize = 8;

/// Exponentials, to the end of a word, and where their bits go.
pub struct Select<'a, T> {
    /// The exponentials.
    pub from: *const T,
    /// A bit is set from here on.
    pub low: T,
    /// A word for each 64.
    pub words: &'a mut [u64],
}

/// The same, and how many there are from a bound on, and their sum.
pub struct Weigh<'a, T> {
    /// What is selected.
    pub select: Select<'a, T>,
    /// The bound, not below that of the selection.
    pub high: T,
}

impl<T: Elem<Acc = T> + Real> Kernel<T> for Select<'_, T> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<T>>(self, s: S) {
        let (low, lanes) = (s.splat(self.low), <S as Lanes<T>>::N);
        for (i, word) in self.words.iter_mut().enumerate() {
            let mut bits = 0;
            for at in (0..WORD).step_by(lanes) {
                // SAFETY: who made this vouched for all of the words' exponentials.
                let e = unsafe { s.get(self.from.add(i * WORD + at)) };
                bits |= u64::from(s.bits(s.ge(e, low))) << at;
            }
            *word = bits;
        }
    }
}

impl<T: Elem<Acc = T> + Real> Kernel<T> for Weigh<'_, T> {
    type Out = (usize, f64);

    #[inline(always)]
    fn run<S: Io<T>>(self, s: S) -> (usize, f64) {
        let (low, high) = (s.splat(self.select.low), s.splat(self.high));
        let (lanes, zero) = (<S as Lanes<T>>::N, s.splat(T::ZERO));
        let (mut count, mut near, mut mass) = (0, zero, s.wide_zero());
        for (i, word) in self.select.words.iter_mut().enumerate() {
            let (mut bits, mut part) = (0, zero);
            for at in (0..WORD).step_by(lanes) {
                // SAFETY: as above.
                let e = unsafe { s.get(self.select.from.add(i * WORD + at)) };
                let large = s.ge(e, high);
                bits |= u64::from(s.bits(s.ge(e, low))) << at;
                count += s.bits(large).count_ones() as usize;
                part = s.add(part, s.select(large, e, zero));
            }
            *word = bits;
            near = s.add(near, part);
            if i % FOLD == FOLD - 1 {
                mass = s.wide_add(mass, near);
                near = zero;
            }
        }
        (count, s.wide_sum(s.wide_add(mass, near)))
    }
}
