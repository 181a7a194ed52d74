//! Vectors of unsigned integers and what sorting asks of them.

use super::Elem;

/// `u32` or `u64`.
pub trait Key: Copy + Ord + 'static {
    /// The number of as many bits: its lanes lead to those of this integer.
    type Number: Elem<Acc = Self::Number> + super::Real<Key = Self>;
    /// Bits.
    const BITS: u32;
    /// The least.
    const MIN: Self;
    /// The largest.
    const MAX: Self;
    /// The next smaller; the largest before the least.
    fn below(self) -> Self;
    /// The eight bits from `shift` on.
    fn digit(self, shift: u32) -> usize;
}

impl Key for u32 {
    type Number = f32;
    const BITS: u32 = u32::BITS;
    const MIN: u32 = u32::MIN;
    const MAX: u32 = u32::MAX;
    #[inline(always)]
    fn below(self) -> u32 {
        self.wrapping_sub(1)
    }
    #[inline(always)]
    fn digit(self, shift: u32) -> usize {
        (self >> shift) as usize & 255
    }
}

impl Key for u64 {
    type Number = f64;
    const BITS: u32 = u64::BITS;
    const MIN: u64 = u64::MIN;
    const MAX: u64 = u64::MAX;
    #[inline(always)]
    fn below(self) -> u64 {
        self.wrapping_sub(1)
    }
    #[inline(always)]
    fn digit(self, shift: u32) -> usize {
        (self >> shift) as usize & 255
    }
}

/// Vectors of `N` integers of one instruction set. Where lanes are spoken of in groups,
/// those of a group are neighbours.
pub trait Keys<K: Key>: Copy {
    /// A vector.
    type V: Copy;
    /// `N` vectors.
    type Vs: Copy + AsMut<[Self::V]>;
    /// Integers in a vector.
    const N: usize;
    /// Whether there are registers for sixteen vectors and more.
    const MANY: bool;

    /// # Safety
    /// `p` is readable for `N` integers.
    unsafe fn load(self, p: *const K) -> Self::V;
    /// `n <= N` integers, then `fill`.
    ///
    /// # Safety
    /// `p` is readable for `n` integers.
    unsafe fn load_head(self, p: *const K, n: usize, fill: K) -> Self::V;
    /// # Safety
    /// `p` is writable for `N` integers.
    unsafe fn store(self, p: *mut K, v: Self::V);
    /// The first `n <= N` lanes.
    ///
    /// # Safety
    /// `p` is writable for `n` integers.
    unsafe fn store_head(self, p: *mut K, n: usize, v: Self::V);

    /// Every lane is `k`.
    fn splat(self, k: K) -> Self::V;
    /// The smaller of each lane.
    fn min(self, a: Self::V, b: Self::V) -> Self::V;
    /// The larger of each lane.
    fn max(self, a: Self::V, b: Self::V) -> Self::V;
    /// Bit `i` tells whether `a > b` in lane `i`.
    fn gt(self, a: Self::V, b: Self::V) -> u32;
    /// First the lanes whose bits are not set, then those whose bits are.
    fn split(self, v: Self::V, bits: u32) -> Self::V;
    /// First the lanes whose bits are set, then anything.
    #[inline(always)]
    fn pack(self, v: Self::V, bits: u32) -> Self::V {
        self.split(v, !bits & (u32::MAX >> (32 - Self::N)))
    }

    /// Orders each lane and the one `D` further on; lanes with the bit `D` in their
    /// number are the further ones.
    fn order<const D: usize>(self, v: Self::V) -> Self::V;
    /// Orders each lane of `a` in the lower half of a group of `G` and the lane of `b`
    /// that it meets if `b` is reversed in that group; and the other way round.
    fn cross<const G: usize>(self, a: Self::V, b: Self::V) -> (Self::V, Self::V);
    /// `N` vectors of no particular content.
    fn square(self, v: Self::V) -> Self::Vs;
    /// Vector `j` is lane `j` of every vector, in order.
    fn transpose(self, v: Self::Vs) -> Self::Vs;
}
