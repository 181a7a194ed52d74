//! What stands before each of a few classes: every one is compared with every other.

use crate::simd::{Io, Kernel, Lanes};

/// The most classes that are compared so: of more, sorting is faster.
pub const MOST: usize = 64;

/// A number a class, and room for the last vector.
pub type Few = [f64; MOST];

/// Classes in the order of their indices.
pub struct Pairs<'a> {
    /// What they are ordered by, from high to low; equal ones by index.
    pub scores: &'a Few,
    /// What is summed.
    pub masses: &'a Few,
    /// How many, at most [`MOST`].
    pub count: usize,
    /// The sum of the masses before each ..
    pub before: &'a mut Few,
    /// .. and how many they are.
    pub ranks: &'a mut Few,
}

impl Kernel<f64> for Pairs<'_> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) {
        let lanes = <S as Lanes<f64>>::N;
        let (zero, one) = (s.splat(0.0), s.splat(1.0));
        let count = self.count.min(MOST);
        for at in (0..count).step_by(lanes) {
            // SAFETY: lanes divide the room.
            let here = unsafe { s.get(self.scores.as_ptr().add(at)) };
            let (mut before, mut ranks) = (zero, zero);
            let last = (at + lanes).min(count);
            for j in 0..count {
                // SAFETY: `j` is one of them.
                let (other, mass) = unsafe {
                    (s.splat(*self.scores.get_unchecked(j)), s.splat(*self.masses.get_unchecked(j)))
                };
                // Equal ones with a lower index stand before: all lanes past `j`.
                let stands = if j < at {
                    s.ge(other, here)
                } else if j >= last {
                    s.gt(other, here)
                } else {
                    let equal = s.select(s.head(j - at + 1), zero, one);
                    let equal = s.and(s.eq(other, here), s.gt(equal, zero));
                    s.or(s.gt(other, here), equal)
                };
                before = s.add(before, s.select(stands, mass, zero));
                ranks = s.add(ranks, s.select(stands, one, zero));
            }
            // SAFETY: as above.
            unsafe {
                s.put(self.before.as_mut_ptr().add(at), before);
                s.put(self.ranks.as_mut_ptr().add(at), ranks);
            }
        }
    }
}

const _: () = assert!(MOST.is_multiple_of(16));
