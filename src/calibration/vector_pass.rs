//! One pass over rows for maps that treat each class by itself.
//!
//! Four rows at a time: each is mapped into scratch and becomes exponentials there; then
//! a walk over the columns adds to four sums a column what the four rows together come
//! to. These sums are of the type computed in, and emptied into f64 before they drift.

use super::row_shares::{Terms, exponentials};
use crate::math::exp::Scale;
use crate::simd::{Elem, Io, Kernel, Lanes, Real};

/// Rows that are added up together.
pub const GROUP: usize = 4;
/// Groups between which sums are emptied.
pub const GROUPS: usize = 16;
/// Sums of a column: of probabilities, of these times the logit, and of the curvatures
/// of the bias and of the scale.
pub const SUMS: usize = 4;
/// Numbers that scratch rows are filled up to a multiple of: the most lanes.
pub const PAD: usize = 16;

/// A few rows, at most [`GROUP`].
pub struct VectorPass<'a, T> {
    /// The rows, and how many.
    pub rows: [*const T; GROUP],
    pub count: usize,
    /// Their labels and weights.
    pub labels: [usize; GROUP],
    pub weights: [f64; GROUP],
    /// Columns, and how many numbers a row of scratch has.
    pub cols: usize,
    pub width: usize,
    /// Scales, 0 past the last column, and biases, -inf there.
    pub scales: *const T,
    pub biases: *const T,
    /// The scale of exponentials: 1.
    pub scale: Scale<T>,
    /// Scratch for the rows.
    pub exponentials: *mut T,
    /// Sums by column, those of one kind after those of another.
    pub sums: *mut T,
    /// What the rows come to; none of one that is not of finite numbers.
    pub terms: &'a mut [Option<Terms>; GROUP],
}

impl<T: Elem<Acc = T> + Real> Kernel<T> for VectorPass<'_, T> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<T>>(self, s: S) {
        // Rows that are not there, or not used, are the scales times nothing.
        let (mut rows, mut e) = ([self.scales; GROUP], [self.scales; GROUP]);
        let (mut shares, mut weights) = ([T::ZERO; GROUP], [T::ZERO; GROUP]);
        for r in 0..self.count.min(GROUP) {
            // SAFETY: whoever made this vouched for rows and scratch; `r` is below GROUP.
            unsafe {
                let room = self.exponentials.add(r * self.width);
                let terms = self.row(s, r, room);
                if let Some(terms) = &terms
                    && terms.share > 0.0
                {
                    *rows.get_unchecked_mut(r) = *self.rows.get_unchecked(r);
                    *e.get_unchecked_mut(r) = room;
                    *shares.get_unchecked_mut(r) = T::of(terms.share);
                    *weights.get_unchecked_mut(r) = T::of(*self.weights.get_unchecked(r));
                }
                *self.terms.get_unchecked_mut(r) = terms;
            }
        }
        let lanes = <S as Lanes<T>>::N;
        let mut at = 0;
        while at < self.width {
            // SAFETY: as above.
            unsafe { self.columns(s, at, (&rows, &e), (&shares, &weights)) };
            at += lanes;
        }
    }
}

impl<T: Elem<Acc = T> + Real> VectorPass<'_, T> {
    /// `N` numbers of a row from column `at` on, 0 past the last.
    #[inline(always)]
    unsafe fn load<S: Io<T>>(&self, s: S, row: *const T, at: usize) -> <S as Lanes<T>>::V {
        let lanes = <S as Lanes<T>>::N;
        // SAFETY: the caller vouches for the row.
        unsafe {
            if at + lanes <= self.cols {
                s.load(row.add(at))
            } else if at < self.cols {
                s.load_head(row.add(at), self.cols - at, T::ZERO)
            } else {
                s.splat(T::ZERO)
            }
        }
    }

    /// Maps a row, and makes exponentials of it.
    #[inline(always)]
    unsafe fn row<S: Io<T>>(&self, s: S, r: usize, room: *mut T) -> Option<Terms> {
        let lanes = <S as Lanes<T>>::N;
        let zero = s.splat(T::ZERO);
        let (mut top, mut check) = (s.splat(T::NEG_INFINITY), zero);
        let mut at = 0;
        // SAFETY: the caller vouches for the row and the scratch.
        unsafe {
            let row = *self.rows.get_unchecked(r);
            while at < self.width {
                let z = self.load(s, row, at);
                let (a, b) = (s.get(self.scales.add(at)), s.get(self.biases.add(at)));
                let u = s.mul_add(z, a, b);
                s.put(room.add(at), u);
                top = s.max(u, top);
                // 0 as long as all are finite.
                check = s.mul_add(z, zero, check);
                at += lanes;
            }
            if s.bits(s.nan(check)) != 0 {
                return None;
            }
            let (label, top) = (*self.labels.get_unchecked(r), s.reduce_max(top));
            Some(exponentials(s, (room, self.width), label, top, &self.scale))
        }
    }

    /// Adds what the rows come to in the columns from `at` on.
    #[inline(always)]
    unsafe fn columns<S: Io<T>>(
        &self,
        s: S,
        at: usize,
        (rows, e): (&[*const T; GROUP], &[*const T; GROUP]),
        (shares, weights): (&[T; GROUP], &[T; GROUP]),
    ) {
        // SAFETY: the caller vouches for rows, scratch and sums.
        unsafe {
            let to = |sum: usize| self.sums.add(sum * self.width + at);
            let (mut p, mut pz) = (s.get(to(0)), s.get(to(1)));
            let (mut c, mut cz) = (s.get(to(2)), s.get(to(3)));
            for r in 0..GROUP {
                let z = self.load(s, *rows.get_unchecked(r), at);
                let e = s.get((*e.get_unchecked(r)).add(at));
                let share = s.mul(e, s.splat(*shares.get_unchecked(r)));
                let weighed = s.mul(share, s.splat(*weights.get_unchecked(r)));
                let curve = s.sub(weighed, s.mul(weighed, share));
                p = s.add(p, weighed);
                pz = s.mul_add(weighed, z, pz);
                c = s.add(c, curve);
                cz = s.mul_add(s.mul(curve, z), z, cz);
            }
            s.put(to(0), p);
            s.put(to(1), pz);
            s.put(to(2), c);
            s.put(to(3), cz);
        }
    }
}
