//! What is written past the cache is whole lines: half a line makes the processor
//! read the other half first. Rows seldom end where a line does, so the end of
//! one row and the start of the next meet here and go out together.

use crate::simd::{Elem, Io, Lanes, Real, V};
use core::mem::MaybeUninit;

/// Bytes of a line.
pub const BYTES: usize = 64;

/// A line of the output, not all of it there yet.
#[repr(C, align(64))]
pub struct Line<E> {
    values: [MaybeUninit<u8>; BYTES],
    /// Where the line is.
    at: *mut E,
    /// The first value that is the caller's to write.
    start: usize,
    /// The end of those that are there.
    end: usize,
}

impl<E: Elem> Line<E> {
    /// Values of a line.
    pub const FULL: usize = BYTES / size_of::<E>();

    /// Nothing.
    #[inline(always)]
    pub fn empty() -> Self {
        let values = [MaybeUninit::uninit(); BYTES];
        Line { values, at: core::ptr::null_mut(), start: 0, end: 0 }
    }

    /// Whether these lanes write past the cache: half a line at a time at least, or
    /// it does not pay.
    #[inline(always)]
    pub fn can_pass<S: Io<E>>() -> bool {
        <S as Lanes<E::Acc>>::UNROLL && 2 * <S as Lanes<E::Acc>>::N * size_of::<E>() >= BYTES
    }

    /// How many of the `n` values from `to` on end a line that began before them.
    /// What is pushed next is the value at `to`.
    ///
    /// # Safety
    /// `to` is writable for `n` values.
    #[inline(always)]
    pub unsafe fn head<S: Io<E>>(&mut self, s: S, to: *mut E, n: usize) -> usize {
        if !core::ptr::eq(self.at.wrapping_add(self.end), to) {
            // SAFETY: what is there is the caller's to write.
            unsafe { self.flush(s) };
            self.start = to as usize % BYTES / size_of::<E>();
            self.end = self.start;
            self.at = to.wrapping_sub(self.start);
        }
        ((Self::FULL - self.end) % Self::FULL).min(n)
    }

    /// Adds the first `n` lanes, which the line has room for.
    ///
    /// # Safety
    /// They belong where the line ends so far.
    #[inline(always)]
    pub unsafe fn push<S: Io<E>>(&mut self, s: S, v: V<E, S>, n: usize) {
        // SAFETY: the line has room; whole, it is the caller's from `start` on.
        unsafe {
            s.store_head(self.values.as_mut_ptr().cast::<E>().add(self.end), n, v);
            self.end += n;
            if self.end == Self::FULL {
                if self.start == 0 {
                    let mut i = 0;
                    while i < Self::FULL {
                        let v = s.load(self.values.as_ptr().cast::<E>().add(i));
                        s.store_past(self.at.add(i), v);
                        i += <S as Lanes<E::Acc>>::N;
                    }
                    self.start = self.end;
                }
                self.flush(s);
                self.at = self.at.wrapping_add(Self::FULL);
                self.start = 0;
                self.end = 0;
            }
        }
    }

    /// Writes what is there, into the cache.
    ///
    /// # Safety
    /// It is the caller's to write.
    #[inline(always)]
    pub unsafe fn flush<S: Io<E>>(&mut self, s: S) {
        while self.start < self.end {
            let n = (self.end - self.start).min(<S as Lanes<E::Acc>>::N);
            // SAFETY: the values from `start` to `end` are there, and the caller's.
            unsafe {
                let from = self.values.as_ptr().cast::<E>().add(self.start);
                let v = s.load_head(from, n, E::Acc::ZERO);
                s.store_head(self.at.add(self.start), n, v);
            }
            self.start += n;
        }
    }
}
