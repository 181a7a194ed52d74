//! One integer at a time: no faster way is sure to be there. What a vector does in one
//! step without a branch, one integer does as well.

use super::Portable;
use crate::simd::keys::{Key, Keys};

impl<K: Key> Keys<K> for Portable {
    type V = K;
    type Vs = [K; 1];
    const N: usize = 1;
    const MANY: bool = false;

    #[inline(always)]
    unsafe fn load(self, p: *const K) -> K {
        // SAFETY: the caller vouches for an integer.
        unsafe { *p }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const K, n: usize, fill: K) -> K {
        // SAFETY: the caller vouches for `n` integers.
        if n == 0 { fill } else { unsafe { *p } }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut K, v: K) {
        // SAFETY: the caller vouches for an integer.
        unsafe { *p = v }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut K, n: usize, v: K) {
        if n > 0 {
            // SAFETY: the caller vouches for `n` integers.
            unsafe { *p = v }
        }
    }
    #[inline(always)]
    fn splat(self, k: K) -> K {
        k
    }
    #[inline(always)]
    fn min(self, a: K, b: K) -> K {
        if b < a { b } else { a }
    }
    #[inline(always)]
    fn max(self, a: K, b: K) -> K {
        if b < a { a } else { b }
    }
    #[inline(always)]
    fn gt(self, a: K, b: K) -> u32 {
        u32::from(a > b)
    }
    #[inline(always)]
    fn split(self, v: K, _: u32) -> K {
        v
    }
    #[inline(always)]
    fn order<const D: usize>(self, v: K) -> K {
        v
    }
    #[inline(always)]
    fn cross<const G: usize>(self, a: K, b: K) -> (K, K) {
        (a, b)
    }
    #[inline(always)]
    fn square(self, v: K) -> [K; 1] {
        [v]
    }
    #[inline(always)]
    fn transpose(self, v: [K; 1]) -> [K; 1] {
        v
    }
}
