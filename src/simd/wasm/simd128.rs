//! WebAssembly's 128-bit vectors: 4 lanes of f32, 2 of f64. A mask is a vector
//! of all or no bits a lane.

mod each;
mod half;

use crate::simd::portable::{Portable, exp2_poly, wide_sum_f64};
use crate::simd::{Io, Lanes, Real};
use core::arch::wasm32::*;

/// The module has 128-bit vectors.
#[derive(Clone, Copy)]
pub struct Simd128(());

impl Simd128 {
    /// # Safety
    /// Only in a function whose target features include simd128.
    #[inline(always)]
    pub unsafe fn assume() -> Simd128 {
        Simd128(())
    }
}

// An engine that lacks an instruction does not load the module, so arithmetic is
// safe here, and only memory is not. SAFETY of every block below: the memory
// operations pass on what their caller vouches for. There are no masked loads
// and stores, so tails go by way of an array on the stack.

/// The upper two lanes of f32 in both halves.
#[inline(always)]
fn upper(v: v128) -> v128 {
    i32x4_shuffle::<2, 3, 2, 3>(v, v)
}

impl Lanes<f32> for Simd128 {
    type V = v128;
    type M = v128;
    type W = (v128, v128);
    type Keys = Portable;
    const N: usize = 4;

    #[inline(always)]
    fn splat(self, x: f32) -> v128 {
        f32x4_splat(x)
    }
    #[inline(always)]
    fn add(self, a: v128, b: v128) -> v128 {
        f32x4_add(a, b)
    }
    #[inline(always)]
    fn sub(self, a: v128, b: v128) -> v128 {
        f32x4_sub(a, b)
    }
    #[inline(always)]
    fn mul(self, a: v128, b: v128) -> v128 {
        f32x4_mul(a, b)
    }
    #[inline(always)]
    fn div(self, a: v128, b: v128) -> v128 {
        f32x4_div(a, b)
    }
    /// The product in two parts (Dekker), from halves of 12 bits: faster than by
    /// way of f64, and as exact while nothing leaves the range of f32.
    #[inline(always)]
    fn fma(self, a: v128, b: v128, c: v128) -> v128 {
        let upper_bits = |x| v128_and(x, i32x4_splat(-1 << 12));
        let p = f32x4_mul(a, b);
        let (ah, bh) = (upper_bits(a), upper_bits(b));
        let (al, bl) = (f32x4_sub(a, ah), f32x4_sub(b, bh));
        let rest = f32x4_sub(f32x4_mul(ah, bh), p);
        let rest = f32x4_add(f32x4_add(rest, f32x4_mul(ah, bl)), f32x4_mul(al, bh));
        let rest = f32x4_add(rest, f32x4_mul(al, bl));
        f32x4_add(f32x4_add(p, c), rest)
    }
    #[inline(always)]
    fn mul_add(self, a: v128, b: v128, c: v128) -> v128 {
        f32x4_add(f32x4_mul(a, b), c)
    }
    /// Not `max`, which is NaN where either is: `pmax` is `a < b ? b : a`.
    #[inline(always)]
    fn max(self, a: v128, b: v128) -> v128 {
        f32x4_pmax(b, a)
    }
    /// As for `max`.
    #[inline(always)]
    fn min(self, a: v128, b: v128) -> v128 {
        f32x4_pmin(b, a)
    }
    #[inline(always)]
    unsafe fn get(self, p: *const f32) -> v128 {
        // SAFETY: see above.
        unsafe { v128_load(p.cast()) }
    }
    #[inline(always)]
    unsafe fn put(self, p: *mut f32, v: v128) {
        // SAFETY: see above.
        unsafe { v128_store(p.cast(), v) }
    }
    #[inline(always)]
    fn gt(self, a: v128, b: v128) -> v128 {
        f32x4_gt(a, b)
    }
    #[inline(always)]
    fn ge(self, a: v128, b: v128) -> v128 {
        f32x4_ge(a, b)
    }
    #[inline(always)]
    fn eq(self, a: v128, b: v128) -> v128 {
        f32x4_eq(a, b)
    }
    #[inline(always)]
    fn nan(self, a: v128) -> v128 {
        f32x4_ne(a, a)
    }
    #[inline(always)]
    fn head(self, n: usize) -> v128 {
        i32x4_lt(i32x4(0, 1, 2, 3), i32x4_splat(n as i32))
    }
    #[inline(always)]
    fn and(self, a: v128, b: v128) -> v128 {
        v128_and(a, b)
    }
    #[inline(always)]
    fn or(self, a: v128, b: v128) -> v128 {
        v128_or(a, b)
    }
    #[inline(always)]
    fn bits(self, m: v128) -> u32 {
        u32::from(i32x4_bitmask(m))
    }
    #[inline(always)]
    fn select(self, m: v128, a: v128, b: v128) -> v128 {
        v128_bitselect(a, b, m)
    }
    const MAGIC: f64 = <f32 as Real>::MAGIC_EXPONENT;
    #[inline(always)]
    fn exp2(self, z: v128, t: v128) -> v128 {
        let p = exp2_poly::<f32, _>(self, t);
        // The low bits, moved into the exponent field.
        f32x4_mul(p, i32x4_shl(z, 23))
    }
    #[inline(always)]
    fn keys(self) -> Portable {
        Portable
    }
    #[inline(always)]
    fn reduce_max(self, v: v128) -> f32 {
        let two = f32x4_pmax(v, upper(v));
        f32x4_extract_lane::<0>(f32x4_pmax(two, i32x4_shuffle::<1, 1, 1, 1>(two, two)))
    }
    #[inline(always)]
    fn wide_zero(self) -> (v128, v128) {
        (f64x2_splat(0.0), f64x2_splat(0.0))
    }
    #[inline(always)]
    fn wide_add(self, w: (v128, v128), v: v128) -> (v128, v128) {
        let (low, high) = (f64x2_promote_low_f32x4(v), f64x2_promote_low_f32x4(upper(v)));
        (f64x2_add(w.0, low), f64x2_add(w.1, high))
    }
    #[inline(always)]
    fn wide_sum(self, w: (v128, v128)) -> f64 {
        let two = f64x2_add(w.0, w.1);
        f64x2_extract_lane::<0>(two) + f64x2_extract_lane::<1>(two)
    }
}

impl Lanes<f64> for Simd128 {
    type V = v128;
    type M = v128;
    /// Sums and what their rounding lost.
    type W = (v128, v128);
    type Keys = Portable;
    const N: usize = 2;

    #[inline(always)]
    fn splat(self, x: f64) -> v128 {
        f64x2_splat(x)
    }
    #[inline(always)]
    fn add(self, a: v128, b: v128) -> v128 {
        f64x2_add(a, b)
    }
    #[inline(always)]
    fn sub(self, a: v128, b: v128) -> v128 {
        f64x2_sub(a, b)
    }
    #[inline(always)]
    fn mul(self, a: v128, b: v128) -> v128 {
        f64x2_mul(a, b)
    }
    #[inline(always)]
    fn div(self, a: v128, b: v128) -> v128 {
        f64x2_div(a, b)
    }
    /// The product in two parts (Dekker, Veltkamp), as in `portable.rs`.
    #[inline(always)]
    fn fma(self, a: v128, b: v128, c: v128) -> v128 {
        let upper_bits = |x| {
            let wide = f64x2_mul(f64x2_splat(134217729.0), x);
            f64x2_sub(wide, f64x2_sub(wide, x))
        };
        let p = f64x2_mul(a, b);
        let (ah, bh) = (upper_bits(a), upper_bits(b));
        let (al, bl) = (f64x2_sub(a, ah), f64x2_sub(b, bh));
        let rest = f64x2_sub(f64x2_mul(ah, bh), p);
        let rest = f64x2_add(f64x2_add(rest, f64x2_mul(ah, bl)), f64x2_mul(al, bh));
        let rest = f64x2_add(rest, f64x2_mul(al, bl));
        f64x2_add(f64x2_add(p, c), rest)
    }
    #[inline(always)]
    fn mul_add(self, a: v128, b: v128, c: v128) -> v128 {
        f64x2_add(f64x2_mul(a, b), c)
    }
    /// Not `max`, which is NaN where either is: `pmax` is `a < b ? b : a`.
    #[inline(always)]
    fn max(self, a: v128, b: v128) -> v128 {
        f64x2_pmax(b, a)
    }
    /// As for `max`.
    #[inline(always)]
    fn min(self, a: v128, b: v128) -> v128 {
        f64x2_pmin(b, a)
    }
    #[inline(always)]
    unsafe fn get(self, p: *const f64) -> v128 {
        // SAFETY: see above.
        unsafe { v128_load(p.cast()) }
    }
    #[inline(always)]
    unsafe fn put(self, p: *mut f64, v: v128) {
        // SAFETY: see above.
        unsafe { v128_store(p.cast(), v) }
    }
    #[inline(always)]
    fn gt(self, a: v128, b: v128) -> v128 {
        f64x2_gt(a, b)
    }
    #[inline(always)]
    fn ge(self, a: v128, b: v128) -> v128 {
        f64x2_ge(a, b)
    }
    #[inline(always)]
    fn eq(self, a: v128, b: v128) -> v128 {
        f64x2_eq(a, b)
    }
    #[inline(always)]
    fn nan(self, a: v128) -> v128 {
        f64x2_ne(a, a)
    }
    #[inline(always)]
    fn head(self, n: usize) -> v128 {
        i64x2_lt(i64x2(0, 1), i64x2_splat(n as i64))
    }
    #[inline(always)]
    fn and(self, a: v128, b: v128) -> v128 {
        v128_and(a, b)
    }
    #[inline(always)]
    fn or(self, a: v128, b: v128) -> v128 {
        v128_or(a, b)
    }
    #[inline(always)]
    fn bits(self, m: v128) -> u32 {
        u32::from(i64x2_bitmask(m))
    }
    #[inline(always)]
    fn select(self, m: v128, a: v128, b: v128) -> v128 {
        v128_bitselect(a, b, m)
    }
    const MAGIC: f64 = <f64 as Real>::MAGIC_EXPONENT;
    #[inline(always)]
    fn exp2(self, z: v128, t: v128) -> v128 {
        let p = exp2_poly::<f64, _>(self, t);
        // The low bits, moved into the exponent field.
        f64x2_mul(p, i64x2_shl(z, 52))
    }
    #[inline(always)]
    fn keys(self) -> Portable {
        Portable
    }
    #[inline(always)]
    fn reduce_max(self, v: v128) -> f64 {
        f64x2_extract_lane::<0>(f64x2_pmax(v, i64x2_shuffle::<1, 1>(v, v)))
    }
    #[inline(always)]
    fn wide_zero(self) -> (v128, v128) {
        (f64x2_splat(0.0), f64x2_splat(0.0))
    }
    #[inline(always)]
    fn wide_add(self, w: (v128, v128), v: v128) -> (v128, v128) {
        let total = f64x2_add(w.0, v);
        let part = f64x2_sub(total, w.0);
        let lost = f64x2_add(f64x2_sub(w.0, f64x2_sub(total, part)), f64x2_sub(v, part));
        (total, f64x2_add(w.1, lost))
    }
    #[inline(always)]
    fn wide_sum(self, w: (v128, v128)) -> f64 {
        let both = |v| [f64x2_extract_lane::<0>(v), f64x2_extract_lane::<1>(v)];
        wide_sum_f64(&both(w.0), &both(w.1))
    }
}

/// `n <= N` numbers, then `fill`.
#[inline(always)]
unsafe fn read_head<T: Copy, const N: usize>(p: *const T, n: usize, fill: T) -> [T; N] {
    // SAFETY: the caller vouches for n values.
    core::array::from_fn(|i| if i < n { unsafe { *p.add(i) } } else { fill })
}

/// The first `n <= N` numbers.
#[inline(always)]
unsafe fn write_head<T: Copy, const N: usize>(p: *mut T, n: usize, all: [T; N]) {
    for (i, x) in all.into_iter().enumerate() {
        if i < n {
            // SAFETY: the caller vouches for n values.
            unsafe { *p.add(i) = x };
        }
    }
}

impl Io<f32> for Simd128 {
    #[inline(always)]
    unsafe fn load(self, p: *const f32) -> v128 {
        // SAFETY: see above.
        unsafe { v128_load(p.cast()) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const f32, n: usize, fill: f32) -> v128 {
        // SAFETY: see above.
        unsafe { v128_load(read_head::<f32, 4>(p, n, fill).as_ptr().cast()) }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut f32, v: v128) {
        // SAFETY: see above.
        unsafe { v128_store(p.cast(), v) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut f32, n: usize, v: v128) {
        let mut all = [0f32; 4];
        // SAFETY: see above.
        unsafe {
            v128_store(all.as_mut_ptr().cast(), v);
            write_head(p, n, all);
        }
    }
}

impl Io<f64> for Simd128 {
    #[inline(always)]
    unsafe fn load(self, p: *const f64) -> v128 {
        // SAFETY: see above.
        unsafe { v128_load(p.cast()) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const f64, n: usize, fill: f64) -> v128 {
        // SAFETY: see above.
        unsafe { v128_load(read_head::<f64, 2>(p, n, fill).as_ptr().cast()) }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut f64, v: v128) {
        // SAFETY: see above.
        unsafe { v128_store(p.cast(), v) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut f64, n: usize, v: v128) {
        let mut all = [0f64; 2];
        // SAFETY: see above.
        unsafe {
            v128_store(all.as_mut_ptr().cast(), v);
            write_head(p, n, all);
        }
    }
}
