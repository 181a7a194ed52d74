//! Four vectors of f32, or two of f64, reduced at once.

use super::Simd128;
use crate::simd::{Each, Real};
use core::arch::wasm32::*;

/// The sums or the larger of two lanes.
#[inline(always)]
fn join32<const SUM: bool>(a: v128, b: v128) -> v128 {
    if SUM { f32x4_add(a, b) } else { f32x4_pmax(a, b) }
}

/// As [`join32`].
#[inline(always)]
fn join64<const SUM: bool>([a, b]: [v128; 2]) -> v128 {
    let (first, second) = (i64x2_shuffle::<0, 2>(a, b), i64x2_shuffle::<1, 3>(a, b));
    if SUM { f64x2_add(first, second) } else { f64x2_pmax(first, second) }
}

#[inline(always)]
fn each32<const SUM: bool>([a, b, c, d]: [v128; 4]) -> v128 {
    let pairs = |a, b| {
        let low = i32x4_shuffle::<0, 4, 1, 5>(a, b);
        join32::<SUM>(low, i32x4_shuffle::<2, 6, 3, 7>(a, b))
    };
    let (ab, cd) = (pairs(a, b), pairs(c, d));
    join32::<SUM>(i64x2_shuffle::<0, 2>(ab, cd), i64x2_shuffle::<1, 3>(ab, cd))
}

impl Each<f32> for Simd128 {
    type Vs = [v128; 4];
    /// Of every byte of each number.
    type Places = v128;

    #[inline(always)]
    fn repeat(self, v: v128) -> [v128; 4] {
        [v; 4]
    }
    #[inline(always)]
    fn max_each(self, v: [v128; 4]) -> v128 {
        each32::<false>(v)
    }
    #[inline(always)]
    fn sum_each(self, v: [v128; 4]) -> v128 {
        each32::<true>(v)
    }
    #[inline(always)]
    fn transpose(self, [a, b, c, d]: [v128; 4]) -> [v128; 4] {
        let low = (i32x4_shuffle::<0, 4, 1, 5>(a, b), i32x4_shuffle::<0, 4, 1, 5>(c, d));
        let high = (i32x4_shuffle::<2, 6, 3, 7>(a, b), i32x4_shuffle::<2, 6, 3, 7>(c, d));
        [
            i64x2_shuffle::<0, 2>(low.0, low.1),
            i64x2_shuffle::<1, 3>(low.0, low.1),
            i64x2_shuffle::<0, 2>(high.0, high.1),
            i64x2_shuffle::<1, 3>(high.0, high.1),
        ]
    }
    #[inline(always)]
    fn places(self, v: v128) -> v128 {
        let first = i32x4_mul(u32x4_trunc_sat_f32x4(v), i32x4_splat(0x0404_0404));
        i32x4_add(first, i32x4_splat(0x0302_0100))
    }
    #[inline(always)]
    fn permute(self, v: v128, p: v128) -> v128 {
        i8x16_swizzle(v, p)
    }
    #[inline(always)]
    fn split(self, x: v128) -> (v128, v128) {
        let e = u32x4_shr(i32x4_sub(x, i32x4_splat(f32::SQRT_HALF as i32)), 23);
        (f32x4_convert_i32x4(e), i32x4_sub(x, i32x4_shl(e, 23)))
    }
}

impl Each<f64> for Simd128 {
    type Vs = [v128; 2];
    /// Whether it is the second lane.
    type Places = v128;

    #[inline(always)]
    fn repeat(self, v: v128) -> [v128; 2] {
        [v; 2]
    }
    #[inline(always)]
    fn max_each(self, v: [v128; 2]) -> v128 {
        join64::<false>(v)
    }
    #[inline(always)]
    fn sum_each(self, v: [v128; 2]) -> v128 {
        join64::<true>(v)
    }
    #[inline(always)]
    fn transpose(self, [a, b]: [v128; 2]) -> [v128; 2] {
        [i64x2_shuffle::<0, 2>(a, b), i64x2_shuffle::<1, 3>(a, b)]
    }
    #[inline(always)]
    fn places(self, v: v128) -> v128 {
        f64x2_ge(v, f64x2_splat(1.0))
    }
    #[inline(always)]
    fn permute(self, v: v128, p: v128) -> v128 {
        v128_bitselect(i64x2_shuffle::<1, 1>(v, v), i64x2_shuffle::<0, 0>(v, v), p)
    }
    #[inline(always)]
    fn split(self, x: v128) -> (v128, v128) {
        let e = u64x2_shr(i64x2_sub(x, i64x2_splat(f64::SQRT_HALF as i64)), 52);
        let low = i32x4_shuffle::<0, 2, 0, 2>(e, e);
        (f64x2_convert_low_i32x4(low), i64x2_sub(x, i64x2_shl(e, 52)))
    }
}
