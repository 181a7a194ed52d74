//! Scores and labels packed into one integer each, from both ends of the caller's
//! scratch: negative scores from the front, the others from the back.
//!
//! An integer ordered as the score is, with the label below its lowest bit, has one
//! bit too many. That of the sign says on which side of 0 a score lies, as does the
//! end that it is packed at, so it is the one to go. Where both ends meet, sorting
//! each puts all in order, and of equal scores those of label 0 first.

use crate::rows::labels::Labels;
use crate::rows::numbers::Numbers;
use crate::simd::keys::{Key, Keys};
use crate::simd::{Elem, Io, Kernel, Lanes};

/// Rows that are packed at a time.
pub const BLOCK: usize = 1024;

/// The bits of a number that is computed in, and what is made of them.
pub trait Bits: Key {
    /// The bits of the score next below 0; those below have more.
    const BELOW: Self;
    /// A score and its label, without the sign; -0 is 0.
    fn pack(self, label: u32) -> Self;
    /// Whether a score is below 0.
    fn is_below(self) -> bool;
    /// Whether a score is NaN.
    fn is_nan(self) -> bool;
    /// The score, if it is below 0 or not.
    fn score(self, below: bool) -> f64;
    /// The label.
    fn label(self) -> u32;
    /// Whether two differ in nothing but their labels.
    fn ties(self, other: Self) -> bool;
    /// Whether they do differ in those. Of rows in order the next one's is then 1.
    fn differs_in_label(self, other: Self) -> bool;
    /// `n` scores from `start` on, where they lie or in the block.
    ///
    /// # Safety
    /// There must be those numbers, and they must be computed in this type.
    unsafe fn read<'a>(
        numbers: &Numbers,
        start: usize,
        n: usize,
        block: &'a mut [Self; BLOCK],
    ) -> &'a [Self];
}

impl Bits for u32 {
    const BELOW: u32 = (1 << 31) + 1;
    #[inline(always)]
    fn pack(self, label: u32) -> u32 {
        // Of what is below 0, the larger the magnitude the less.
        let flip = if self.is_below() { u32::MAX } else { 0 };
        (self ^ flip) << 1 | label
    }
    #[inline(always)]
    fn is_below(self) -> bool {
        self >= Self::BELOW
    }
    #[inline(always)]
    fn is_nan(self) -> bool {
        self << 1 > f32::INFINITY.to_bits() << 1
    }
    #[inline(always)]
    fn score(self, below: bool) -> f64 {
        let bits = self >> 1;
        f64::from(f32::from_bits(if below { bits ^ u32::MAX } else { bits }))
    }
    #[inline(always)]
    fn label(self) -> u32 {
        self & 1
    }
    #[inline(always)]
    fn ties(self, other: u32) -> bool {
        self ^ other < 2
    }
    #[inline(always)]
    fn differs_in_label(self, other: u32) -> bool {
        self ^ other == 1
    }
    unsafe fn read<'a>(
        numbers: &Numbers,
        start: usize,
        n: usize,
        block: &'a mut [u32; BLOCK],
    ) -> &'a [u32] {
        let Some(to) = block.get_mut(..n) else { return &[] };
        // SAFETY: the caller vouches for the numbers; a float is 32 bits.
        unsafe {
            match *numbers {
                Numbers::F32(data) => {
                    return core::slice::from_raw_parts(data.add(start).cast(), n);
                }
                Numbers::F16(data) => Elem::dispatch(Widen { from: data.add(start), to }),
                Numbers::Bf16(data) => Elem::dispatch(Widen { from: data.add(start), to }),
                Numbers::F64(_) => return &[],
            }
        }
        to
    }
}

impl Bits for u64 {
    const BELOW: u64 = (1 << 63) + 1;
    #[inline(always)]
    fn pack(self, label: u32) -> u64 {
        let flip = if self.is_below() { u64::MAX } else { 0 };
        (self ^ flip) << 1 | u64::from(label)
    }
    #[inline(always)]
    fn is_below(self) -> bool {
        self >= Self::BELOW
    }
    #[inline(always)]
    fn is_nan(self) -> bool {
        self << 1 > f64::INFINITY.to_bits() << 1
    }
    #[inline(always)]
    fn score(self, below: bool) -> f64 {
        let bits = self >> 1;
        f64::from_bits(if below { bits ^ u64::MAX } else { bits })
    }
    #[inline(always)]
    fn label(self) -> u32 {
        self as u32 & 1
    }
    #[inline(always)]
    fn ties(self, other: u64) -> bool {
        self ^ other < 2
    }
    #[inline(always)]
    fn differs_in_label(self, other: u64) -> bool {
        self ^ other == 1
    }
    unsafe fn read<'a>(
        numbers: &Numbers,
        start: usize,
        n: usize,
        _: &'a mut [u64; BLOCK],
    ) -> &'a [u64] {
        let Numbers::F64(data) = *numbers else { return &[] };
        // SAFETY: the caller vouches for the numbers; a double is 64 bits.
        unsafe { core::slice::from_raw_parts(data.add(start).cast(), n) }
    }
}

/// What is free of the scratch, and what was met on the way.
#[derive(Clone, Copy)]
pub struct Ends {
    /// Where the next score below 0 goes.
    pub front: usize,
    /// One past where the next of the others goes.
    pub back: usize,
    /// Labels of 1.
    pub positives: u64,
    /// Scores that are NaN; where they were put means nothing.
    pub nan: u64,
}

/// Packs as many rows as there are labels.
pub struct Pack<'a, B: Bits> {
    /// Their scores.
    pub scores: &'a [B],
    /// Their labels, 0 or 1.
    pub labels: &'a [u32],
    /// Room for as many.
    pub packed: &'a mut [B],
    /// The scratch ..
    pub to: *mut B,
    /// .. and what is free of it: at least as many places as there are rows.
    pub ends: Ends,
}

impl<B: Bits> Kernel<B::Number> for Pack<'_, B> {
    type Out = Ends;

    #[inline(always)]
    fn run<S: Io<B::Number>>(self, s: S) -> Ends {
        let Pack { scores, labels, packed, to, mut ends } = self;
        let (mut some, mut none) = (0u32, 0u32);
        for ((score, label), packed) in scores.iter().zip(labels).zip(&mut *packed) {
            *packed = score.pack(*label);
            some += *label;
            none += u32::from(score.is_nan());
        }
        ends.positives += u64::from(some);
        ends.nan += u64::from(none);
        let count = scores.len().min(packed.len());
        // SAFETY: there are so many scores, packed ones, and free places.
        unsafe {
            let keys = Lanes::<<B::Number as Elem>::Acc>::keys(s);
            place(keys, scores.as_ptr(), packed.as_ptr(), count, to, &mut ends);
        }
        ends
    }
}

/// Puts `n` packed scores where their signs say.
///
/// # Safety
/// There must be `n` of both, and as many places between the ends at least.
#[inline(always)]
unsafe fn place<B: Bits, S: Keys<B>>(
    s: S,
    scores: *const B,
    packed: *const B,
    n: usize,
    to: *mut B,
    ends: &mut Ends,
) {
    let Ends { mut front, mut back, .. } = *ends;
    let below = s.splat(B::BELOW);
    let mut i = 0;
    // SAFETY: the caller vouches for the arrays. Of a vector that is written whole at
    // both ends, each end keeps its part; the rest, as long as there are two vectors
    // of free places, falls on those.
    unsafe {
        while i + S::N <= n && back - front >= 2 * S::N {
            let others = s.gt(below, s.load(scores.add(i)));
            let v = s.split(s.load(packed.add(i)), others);
            s.store(to.add(front), v);
            s.store(to.add(back - S::N), v);
            let count = others.count_ones() as usize;
            front += S::N - count;
            back -= count;
            i += S::N;
        }
        while i < n {
            let below = usize::from((*scores.add(i)).is_below());
            // Both ends get it and one of them goes on: a branch would be guessed
            // wrongly half of the time.
            *to.add(back - 1) = *packed.add(i);
            *to.add(front) = *packed.add(i);
            front += below;
            back -= 1 - below;
            i += 1;
        }
    }
    (ends.front, ends.back) = (front, back);
}

/// Reads labels of 0 and 1 into a block; whether they are.
pub struct ReadLabels<'a> {
    /// All labels.
    pub labels: Labels,
    /// The first row.
    pub start: usize,
    /// Room for those of so many rows.
    pub to: &'a mut [u32],
}

impl Kernel<f32> for ReadLabels<'_> {
    type Out = bool;

    #[inline(always)]
    fn run<S: Io<f32>>(self, _: S) -> bool {
        // SAFETY: who made this vouches for the rows.
        unsafe { self.labels.bits(self.start, self.to) }
    }
}

/// Reads scores of half the width as f32.
pub struct Widen<'a, E: Elem<Acc = f32>> {
    /// The first of as many as there is room for.
    pub from: *const E,
    /// The room, as bits.
    pub to: &'a mut [u32],
}

impl<E: Elem<Acc = f32>> Kernel<E> for Widen<'_, E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        let (n, to) = (self.to.len(), self.to.as_mut_ptr().cast::<f32>());
        let mut i = 0;
        // SAFETY: there are `n` scores and room for them.
        unsafe {
            while i + S::N <= n {
                s.put(to.add(i), s.load(self.from.add(i)));
                i += S::N;
            }
            while i < n {
                *to.add(i) = (*self.from.add(i)).widen();
                i += 1;
            }
        }
    }
}
