//! How scores are made of the entries of a row and its mask, some at a time, in the type
//! that is computed in.

use super::mask::RowMask;
use crate::math::logistic::Logistic;
use crate::rows::moments_pass::Computed;
use crate::rows::numbers::Numbers;
use crate::rows::pieces::{PIECE, Room};
use crate::simd::{Io, Kernel, Lanes};

/// How a score is made of an entry.
pub struct Score<T> {
    how: Scaled<T>,
    /// Entries, what is added to them, their places, and whether they are kept.
    rooms: [Room<T>; 4],
}

impl<T: Computed> Score<T> {
    /// Those of no row yet.
    pub fn none() -> Self {
        let (factor, cap, logistic) = (T::ONE, T::ZERO, Logistic::plain());
        let (start, slope) = (T::ZERO, T::ZERO);
        let how = Scaled { factor, cap, capped: false, logistic, start, slope };
        let mut rooms = [const { Room::ZEROS }; 4];
        for (i, place) in (0..).zip(rooms[2].values()) {
            *place = T::of_index(i);
        }
        *rooms[3].values() = [T::ONE; PIECE];
        Score { how, rooms }
    }

    /// The row that is next.
    pub fn begin(&mut self, mask: &RowMask) {
        let capped = mask.cap != 0.0;
        self.how.factor = T::of(if capped { mask.factor / mask.cap } else { mask.factor });
        (self.how.cap, self.how.capped) = (T::of(mask.cap), capped);
        self.how.slope = T::of(mask.slope);
    }

    /// Makes `n` scores from column `start` on.
    ///
    /// # Safety
    /// The row has these columns.
    #[inline(never)]
    pub unsafe fn piece(
        &mut self,
        from: Numbers,
        mask: &RowMask,
        (start, n): (usize, usize),
        room: &mut Room<T>,
    ) {
        let [x, bias, places, kept] = &mut self.rooms;
        // SAFETY: the caller vouches for the columns.
        unsafe {
            match mask.columns {
                None => x.load(from.from(start), n, 0.0),
                Some(columns) => {
                    for (i, x) in x.values().iter_mut().enumerate().take(n) {
                        *x = T::of(from.get(columns.get(start + i) as usize));
                    }
                }
            }
            match mask.bias {
                Some(given) => bias.load(given.from(start), n, 0.0),
                None => *bias.values() = [T::ZERO; PIECE],
            }
        }
        self.how.start = T::of(mask.start + mask.slope * start as f64);
        if !mask.kept.is_null() {
            // SAFETY: as above.
            let given = unsafe { core::slice::from_raw_parts(mask.kept.add(start), n) };
            for (kept, given) in kept.values().iter_mut().zip(given) {
                *kept = if *given == 0 { T::ZERO } else { T::ONE };
            }
        }
        let from = [x, bias, places, kept].map(|room| room.values().as_ptr());
        T::dispatch(Make { how: &self.how, from, to: room.values().as_mut_ptr(), n });
    }
}

/// Entries are multiplied, brought between bounds, and added to.
struct Scaled<T> {
    factor: T,
    cap: T,
    capped: bool,
    logistic: Logistic<T>,
    start: T,
    slope: T,
}

/// Makes `n` scores, and some behind them to the end of a vector, of entries, what is
/// added to them, their places, and whether they are kept: all in rooms.
struct Make<'a, T> {
    how: &'a Scaled<T>,
    from: [*const T; 4],
    to: *mut T,
    n: usize,
}

impl<T: Computed> Kernel<T> for Make<'_, T> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<T>>(self, s: S) {
        let Make { how, from: [x, bias, place, kept], to, n } = self;
        let (factor, cap, zero) = (s.splat(how.factor), s.splat(how.cap), s.splat(T::ZERO));
        let (start, slope) = (s.splat(how.start), s.splat(how.slope));
        let mut at = 0;
        while at < n {
            // SAFETY: a room is whole vectors.
            unsafe {
                let more = s.mul_add(s.get(place.add(at)), slope, start);
                let bias = s.add(s.get(bias.add(at)), more);
                let x = s.get(x.add(at));
                let z = if how.capped {
                    let u = how.logistic.tanh::<T, S>(s, s.mul(x, factor));
                    s.mul_add(u, cap, bias)
                } else {
                    s.mul_add(x, factor, bias)
                };
                // What is not kept is not looked at.
                let kept = s.gt(s.get(kept.add(at)), zero);
                s.put(to.add(at), s.select(kept, z, s.splat(T::NEG_INFINITY)));
            }
            at += <S as Lanes<T>>::N;
        }
    }
}
