//! A row whose exponentials wait to become shares, while the next row is read.

use super::line::Line;
use crate::simd::{Elem, Io, Lanes, Real, V};

/// Exponentials of a row, and where their shares are to go: the scratch and the
/// output, or the output twice.
pub struct Waiting<E: Elem, S: Io<E>> {
    from: *const E::Acc,
    to: *mut E,
    n: usize,
    /// Columns written.
    done: usize,
    share: V<E, S>,
    past: bool,
}

impl<E: Elem, S: Io<E>> Waiting<E, S> {
    const N: usize = <S as Lanes<E::Acc>>::N;

    /// No row.
    #[inline(always)]
    pub fn none(s: S) -> Self {
        let (from, to) = (core::ptr::null(), core::ptr::null_mut());
        Waiting { from, to, n: 0, done: 0, share: s.splat(E::Acc::ZERO), past: false }
    }

    /// A row of `n` exponentials at `from`, each to be multiplied by `share`. Past
    /// the cache go whole lines, the first of which may belong to the row before.
    ///
    /// # Safety
    /// `from` is readable for `n` values and up to the end of a vector, if the two
    /// are apart; `to` is writable for `n` values.
    #[inline(always)]
    pub unsafe fn new(
        s: S,
        (from, to, n): (*const E::Acc, *mut E, usize),
        share: E::Acc,
        past: Option<&mut Line<E>>,
    ) -> Self {
        let mut row = Waiting { from, to, n, done: 0, share: s.splat(share), past: past.is_some() };
        if let Some(line) = past {
            // SAFETY: the caller vouches for the row.
            unsafe {
                let head = line.head(s, to, n);
                row.part(s, head, line);
            }
        }
        row
    }

    /// How many times [`four`](Self::four) can be called.
    #[inline(always)]
    pub fn fours(&self) -> usize {
        if <S as Lanes<E::Acc>>::UNROLL { (self.n - self.done) / (4 * Self::N) } else { 0 }
    }

    /// Writes the next four vectors of shares.
    ///
    /// # Safety
    /// They are there.
    #[inline(always)]
    pub unsafe fn four(&mut self, s: S) {
        // SAFETY: the caller vouches for four vectors.
        unsafe {
            let (to, i) = (self.to.add(self.done), self.done);
            let (a, b) = (self.at(s, i), self.at(s, i + Self::N));
            let (c, d) = (self.at(s, i + 2 * Self::N), self.at(s, i + 3 * Self::N));
            if self.past {
                s.store_past(to, a);
                s.store_past(to.add(Self::N), b);
                s.store_past(to.add(2 * Self::N), c);
                s.store_past(to.add(3 * Self::N), d);
            } else {
                s.store(to, a);
                s.store(to.add(Self::N), b);
                s.store(to.add(2 * Self::N), c);
                s.store(to.add(3 * Self::N), d);
            }
        }
        self.done += 4 * Self::N;
    }

    /// Writes all that is left; what does not fill a line waits in it.
    ///
    /// # Safety
    /// As [`Waiting::new`].
    #[inline(always)]
    pub unsafe fn finish(&mut self, s: S, line: &mut Line<E>) {
        // SAFETY: the caller vouches for the row.
        unsafe {
            while self.fours() > 0 {
                self.four(s);
            }
            if self.past && self.done < self.n {
                while self.n - self.done >= Line::<E>::FULL {
                    self.whole_line(s);
                }
                line.head(s, self.to.add(self.done), 0);
            }
            self.part(s, self.n, line);
        }
    }

    /// Writes the next line, past the cache.
    #[inline(always)]
    unsafe fn whole_line(&mut self, s: S) {
        let end = self.done + Line::<E>::FULL;
        while self.done < end {
            // SAFETY: the caller vouches for a line of the row.
            unsafe { s.store_past(self.to.add(self.done), self.at(s, self.done)) };
            self.done += Self::N;
        }
    }

    /// Writes columns up to `end <= n`.
    #[inline(always)]
    unsafe fn part(&mut self, s: S, end: usize, line: &mut Line<E>) {
        // SAFETY: the caller vouches for the row.
        unsafe {
            while self.done < end {
                let (n, to) = ((end - self.done).min(Self::N), self.to.add(self.done));
                let y = if n < Self::N && core::ptr::eq(self.from.cast(), self.to) {
                    s.mul(s.load_head(to, n, E::Acc::ZERO), self.share)
                } else {
                    self.at(s, self.done)
                };
                if self.past {
                    line.push(s, y, n);
                } else {
                    s.store_head(to, n, y);
                }
                self.done += n;
            }
        }
    }

    /// The shares of a vector from column `at` on.
    #[inline(always)]
    unsafe fn at(&self, s: S, at: usize) -> V<E, S> {
        // SAFETY: the caller vouches for it.
        unsafe { s.mul(s.get(self.from.add(at)), self.share) }
    }
}
