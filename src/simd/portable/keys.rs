//! Four lanes of u32, two of u64.

use super::{Portable, zip};
use crate::simd::keys::{Key, Keys};

/// `v` with the lanes that `bits` names last.
#[inline(always)]
fn split<K: Key, const N: usize>(v: [K; N], bits: u32) -> [K; N] {
    let (mut to, mut first, mut last) = (v, 0, N - bits.count_ones() as usize);
    for (lane, k) in v.into_iter().enumerate() {
        let set = (bits >> lane & 1) as usize;
        let place = if set == 1 { last } else { first };
        to[place % N] = k;
        (first, last) = (first + 1 - set, last + set);
    }
    to
}

/// Lanes in reverse within groups of `G`.
#[inline(always)]
fn reverse<K: Key, const G: usize, const N: usize>(v: [K; N]) -> [K; N] {
    core::array::from_fn(|i| v[(i ^ (G - 1)) % N])
}

/// Lanes with the bit `d` in their number from `high`, the others from `low`.
#[inline(always)]
fn upper<K: Key, const N: usize>(d: usize, low: [K; N], high: [K; N]) -> [K; N] {
    core::array::from_fn(|i| if i & d != 0 { high[i] } else { low[i] })
}

/// Implements [`Keys`] for each line of a table: the same for both, but an array's length
/// may not be an associated constant.
macro_rules! keys {
    ($($key:ident: $n:literal;)*) => {$(
        impl Keys<$key> for Portable {
            type V = [$key; $n];
            type Vs = [[$key; $n]; $n];
            const N: usize = $n;
            const MANY: bool = false;

            #[inline(always)]
            unsafe fn load(self, p: *const $key) -> [$key; $n] {
                // SAFETY: the caller vouches for N integers.
                unsafe { *p.cast() }
            }
            #[inline(always)]
            unsafe fn load_head(self, p: *const $key, n: usize, fill: $key) -> [$key; $n] {
                // SAFETY: the caller vouches for `n` integers.
                core::array::from_fn(|i| if i < n { unsafe { *p.add(i) } } else { fill })
            }
            #[inline(always)]
            unsafe fn store(self, p: *mut $key, v: [$key; $n]) {
                // SAFETY: the caller vouches for N integers.
                unsafe { *p.cast() = v }
            }
            #[inline(always)]
            unsafe fn store_head(self, p: *mut $key, n: usize, v: [$key; $n]) {
                for (i, k) in v.into_iter().enumerate().take(n) {
                    // SAFETY: the caller vouches for `n` integers.
                    unsafe { *p.add(i) = k }
                }
            }
            #[inline(always)]
            fn splat(self, k: $key) -> [$key; $n] {
                [k; $n]
            }
            #[inline(always)]
            fn min(self, a: [$key; $n], b: [$key; $n]) -> [$key; $n] {
                zip(a, b, |a, b| if a < b { a } else { b })
            }
            #[inline(always)]
            fn max(self, a: [$key; $n], b: [$key; $n]) -> [$key; $n] {
                zip(a, b, |a, b| if a < b { b } else { a })
            }
            #[inline(always)]
            fn gt(self, a: [$key; $n], b: [$key; $n]) -> u32 {
                (0..$n).fold(0, |bits, i| bits | u32::from(a[i] > b[i]) << i)
            }
            #[inline(always)]
            fn split(self, v: [$key; $n], bits: u32) -> [$key; $n] {
                split(v, bits)
            }
            #[inline(always)]
            fn order<const D: usize>(self, v: [$key; $n]) -> [$key; $n] {
                let other = core::array::from_fn(|i| v[(i ^ D) % $n]);
                let (low, high) =
                    (Keys::<$key>::min(self, v, other), Keys::<$key>::max(self, v, other));
                upper(D, low, high)
            }
            #[inline(always)]
            fn cross<const G: usize>(
                self,
                a: [$key; $n],
                b: [$key; $n],
            ) -> ([$key; $n], [$key; $n]) {
                let b = reverse::<_, G, $n>(b);
                let (low, high) = (Keys::<$key>::min(self, a, b), Keys::<$key>::max(self, a, b));
                (upper(G / 2, low, high), reverse::<_, G, $n>(upper(G / 2, high, low)))
            }
            #[inline(always)]
            fn square(self, v: [$key; $n]) -> [[$key; $n]; $n] {
                [v; $n]
            }
            #[inline(always)]
            fn transpose(self, v: [[$key; $n]; $n]) -> [[$key; $n]; $n] {
                core::array::from_fn(|j| v.map(|v| v[j]))
            }
        }
    )*};
}

keys! {
    u32: 4;
    u64: 2;
}
