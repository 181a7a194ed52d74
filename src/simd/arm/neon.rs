//! NEON: 8 lanes of f32, 4 of f64. A mask is a vector of all or no bits a lane.
//!
//! A vector is a pair of registers, so that there are as many lanes as AVX2 has, and
//! every operation gives the bits that AVX2 gives: the same `exp2`, the same order of
//! every sum. This is the arithmetic of the reproducible level (`rt/cpu.rs`). Only the
//! sign and the payload of a NaN are left to the processor.

mod each;
mod half;
mod keys;
mod memory;

use crate::simd::portable::{exp2_poly, wide_sum_f64};
use crate::simd::{Lanes, Real, steps};
use core::arch::aarch64::*;

/// The processor has NEON.
#[derive(Clone, Copy)]
pub struct Neon(());

impl Neon {
    /// # Safety
    /// Only in a function whose target features include NEON.
    #[inline(always)]
    pub unsafe fn assume() -> Neon {
        Neon(())
    }
}

/// A vector of f32.
type F32 = [float32x4_t; 2];
/// Its lanes as integers, and a mask of them.
type M32 = [uint32x4_t; 2];
/// A vector of f64.
type F64 = [float64x2_t; 2];
/// Its lanes as integers, and a mask of them.
type M64 = [uint64x2_t; 2];

#[inline(always)]
fn zip<T: Copy, U>(a: [T; 2], b: [T; 2], f: impl Fn(T, T) -> U) -> [U; 2] {
    [f(a[0], b[0]), f(a[1], b[1])]
}

/// The larger; `b` where either is NaN, and of two zeros. Not `vmaxq`, which is NaN
/// where either is.
#[inline(always)]
fn max32(a: float32x4_t, b: float32x4_t) -> float32x4_t {
    // SAFETY: called from methods of the token only.
    unsafe { vbslq_f32(vcgtq_f32(a, b), a, b) }
}

/// As [`max32`].
#[inline(always)]
fn max64(a: float64x2_t, b: float64x2_t) -> float64x2_t {
    // SAFETY: called from methods of the token only.
    unsafe { vbslq_f64(vcgtq_f64(a, b), a, b) }
}

// SAFETY of every block below: a token exists only where the instructions do,
// and the memory operations pass on what their caller vouches for.

/// The power of two, in eighths, that stands in the low bits of `z`.
#[inline(always)]
fn power(z: float32x4_t) -> float32x4_t {
    // SAFETY: called from methods of the token only; the table holds two registers.
    unsafe {
        let steps = vreinterpretq_u32_f32(z);
        let table: *const u8 = steps::STEPS.0.as_ptr().cast();
        let table = uint8x16x2_t(vld1q_u8(table), vld1q_u8(table.add(16)));
        // Of every byte of the entry.
        let first = vdupq_n_u32(0x0302_0100);
        let places = vmlaq_n_u32(first, vandq_u32(steps, vdupq_n_u32(7)), 0x0404_0404);
        let entry = vqtbl2q_u8(table, vreinterpretq_u8_u32(places));
        let moved = vshlq_n_u32::<{ steps::SHIFT }>(steps);
        vreinterpretq_f32_u32(vaddq_u32(vreinterpretq_u32_u8(entry), moved))
    }
}

impl Lanes<f32> for Neon {
    type V = F32;
    type M = M32;
    /// Of the first lanes, then of the others.
    type W = [F64; 2];
    type Keys = Neon;
    const N: usize = 8;

    #[inline(always)]
    fn splat(self, x: f32) -> F32 {
        // SAFETY: see above.
        [unsafe { vdupq_n_f32(x) }; 2]
    }
    #[inline(always)]
    fn add(self, a: F32, b: F32) -> F32 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vaddq_f32(a, b) })
    }
    #[inline(always)]
    fn sub(self, a: F32, b: F32) -> F32 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vsubq_f32(a, b) })
    }
    #[inline(always)]
    fn mul(self, a: F32, b: F32) -> F32 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vmulq_f32(a, b) })
    }
    #[inline(always)]
    fn div(self, a: F32, b: F32) -> F32 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vdivq_f32(a, b) })
    }
    #[inline(always)]
    fn fma(self, a: F32, b: F32, c: F32) -> F32 {
        // SAFETY: see above.
        unsafe { [vfmaq_f32(c[0], a[0], b[0]), vfmaq_f32(c[1], a[1], b[1])] }
    }
    #[inline(always)]
    fn mul_add(self, a: F32, b: F32, c: F32) -> F32 {
        // SAFETY: see above.
        unsafe { [vfmaq_f32(c[0], a[0], b[0]), vfmaq_f32(c[1], a[1], b[1])] }
    }
    #[inline(always)]
    fn max(self, a: F32, b: F32) -> F32 {
        zip(a, b, max32)
    }
    #[inline(always)]
    fn min(self, a: F32, b: F32) -> F32 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vbslq_f32(vcltq_f32(a, b), a, b) })
    }
    #[inline(always)]
    unsafe fn get(self, p: *const f32) -> F32 {
        // SAFETY: see above.
        unsafe { [vld1q_f32(p), vld1q_f32(p.add(4))] }
    }
    #[inline(always)]
    unsafe fn put(self, p: *mut f32, v: F32) {
        // SAFETY: see above.
        unsafe {
            vst1q_f32(p, v[0]);
            vst1q_f32(p.add(4), v[1]);
        }
    }
    #[inline(always)]
    fn gt(self, a: F32, b: F32) -> M32 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vcgtq_f32(a, b) })
    }
    #[inline(always)]
    fn ge(self, a: F32, b: F32) -> M32 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vcgeq_f32(a, b) })
    }
    #[inline(always)]
    fn eq(self, a: F32, b: F32) -> M32 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vceqq_f32(a, b) })
    }
    #[inline(always)]
    fn nan(self, a: F32) -> M32 {
        // SAFETY: see above.
        a.map(|a| unsafe { vmvnq_u32(vceqq_f32(a, a)) })
    }
    #[inline(always)]
    fn head(self, n: usize) -> M32 {
        // SAFETY: each array holds 4 values.
        unsafe {
            let n = vdupq_n_u32(n as u32);
            let low = vcltq_u32(vld1q_u32([0, 1, 2, 3].as_ptr()), n);
            [low, vcltq_u32(vld1q_u32([4, 5, 6, 7].as_ptr()), n)]
        }
    }
    #[inline(always)]
    fn and(self, a: M32, b: M32) -> M32 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vandq_u32(a, b) })
    }
    #[inline(always)]
    fn or(self, a: M32, b: M32) -> M32 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vorrq_u32(a, b) })
    }
    #[inline(always)]
    fn bits(self, m: M32) -> u32 {
        // SAFETY: each array holds 4 values.
        unsafe {
            let low = vandq_u32(m[0], vld1q_u32([1, 2, 4, 8].as_ptr()));
            let high = vandq_u32(m[1], vld1q_u32([16, 32, 64, 128].as_ptr()));
            vaddvq_u32(vorrq_u32(low, high))
        }
    }
    #[inline(always)]
    fn select(self, m: M32, a: F32, b: F32) -> F32 {
        // SAFETY: see above.
        unsafe { [vbslq_f32(m[0], a[0], b[0]), vbslq_f32(m[1], a[1], b[1])] }
    }
    const MAGIC: f64 = steps::MAGIC;
    #[inline(always)]
    fn exp2(self, z: F32, t: F32) -> F32 {
        let [first, second, third] = steps::POLY.map(|c| Lanes::<f32>::splat(self, c));
        let power = z.map(power);
        let q = Lanes::<f32>::fma(self, t, third, second);
        let q = Lanes::<f32>::fma(self, t, q, first);
        Lanes::<f32>::fma(self, Lanes::<f32>::mul(self, q, t), power, power)
    }
    #[inline(always)]
    fn keys(self) -> Neon {
        self
    }
    #[inline(always)]
    fn reduce_max(self, v: F32) -> f32 {
        let four = max32(v[0], v[1]);
        // SAFETY: see above.
        unsafe {
            let two = max32(four, vextq_f32::<2>(four, four));
            vgetq_lane_f32::<0>(max32(two, vrev64q_f32(two)))
        }
    }
    #[inline(always)]
    fn wide_zero(self) -> [F64; 2] {
        [Lanes::<f64>::splat(self, 0.0); 2]
    }
    #[inline(always)]
    fn wide_add(self, w: [F64; 2], v: F32) -> [F64; 2] {
        // SAFETY: see above.
        let wide = v.map(|v| unsafe { [vcvt_f64_f32(vget_low_f32(v)), vcvt_high_f64_f32(v)] });
        zip(w, wide, |w, v| Lanes::<f64>::add(self, w, v))
    }
    #[inline(always)]
    fn wide_sum(self, w: [F64; 2]) -> f64 {
        let four = Lanes::<f64>::add(self, w[0], w[1]);
        // SAFETY: see above.
        unsafe { vaddvq_f64(vaddq_f64(four[0], four[1])) }
    }
}

impl Lanes<f64> for Neon {
    type V = F64;
    type M = M64;
    /// Sums and what their rounding lost.
    type W = [F64; 2];
    type Keys = Neon;
    const N: usize = 4;

    #[inline(always)]
    fn splat(self, x: f64) -> F64 {
        // SAFETY: see above.
        [unsafe { vdupq_n_f64(x) }; 2]
    }
    #[inline(always)]
    fn add(self, a: F64, b: F64) -> F64 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vaddq_f64(a, b) })
    }
    #[inline(always)]
    fn sub(self, a: F64, b: F64) -> F64 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vsubq_f64(a, b) })
    }
    #[inline(always)]
    fn mul(self, a: F64, b: F64) -> F64 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vmulq_f64(a, b) })
    }
    #[inline(always)]
    fn div(self, a: F64, b: F64) -> F64 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vdivq_f64(a, b) })
    }
    #[inline(always)]
    fn fma(self, a: F64, b: F64, c: F64) -> F64 {
        // SAFETY: see above.
        unsafe { [vfmaq_f64(c[0], a[0], b[0]), vfmaq_f64(c[1], a[1], b[1])] }
    }
    #[inline(always)]
    fn mul_add(self, a: F64, b: F64, c: F64) -> F64 {
        // SAFETY: see above.
        unsafe { [vfmaq_f64(c[0], a[0], b[0]), vfmaq_f64(c[1], a[1], b[1])] }
    }
    #[inline(always)]
    fn max(self, a: F64, b: F64) -> F64 {
        zip(a, b, max64)
    }
    #[inline(always)]
    fn min(self, a: F64, b: F64) -> F64 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vbslq_f64(vcltq_f64(a, b), a, b) })
    }
    #[inline(always)]
    unsafe fn get(self, p: *const f64) -> F64 {
        // SAFETY: see above.
        unsafe { [vld1q_f64(p), vld1q_f64(p.add(2))] }
    }
    #[inline(always)]
    unsafe fn put(self, p: *mut f64, v: F64) {
        // SAFETY: see above.
        unsafe {
            vst1q_f64(p, v[0]);
            vst1q_f64(p.add(2), v[1]);
        }
    }
    #[inline(always)]
    fn gt(self, a: F64, b: F64) -> M64 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vcgtq_f64(a, b) })
    }
    #[inline(always)]
    fn ge(self, a: F64, b: F64) -> M64 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vcgeq_f64(a, b) })
    }
    #[inline(always)]
    fn eq(self, a: F64, b: F64) -> M64 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vceqq_f64(a, b) })
    }
    #[inline(always)]
    fn nan(self, a: F64) -> M64 {
        // SAFETY: see above.
        a.map(|a| unsafe { vceqzq_u64(vceqq_f64(a, a)) })
    }
    #[inline(always)]
    fn head(self, n: usize) -> M64 {
        // SAFETY: each array holds 2 values.
        unsafe {
            let n = vdupq_n_u64(n as u64);
            let low = vcltq_u64(vld1q_u64([0, 1].as_ptr()), n);
            [low, vcltq_u64(vld1q_u64([2, 3].as_ptr()), n)]
        }
    }
    #[inline(always)]
    fn and(self, a: M64, b: M64) -> M64 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vandq_u64(a, b) })
    }
    #[inline(always)]
    fn or(self, a: M64, b: M64) -> M64 {
        // SAFETY: see above.
        zip(a, b, |a, b| unsafe { vorrq_u64(a, b) })
    }
    #[inline(always)]
    fn bits(self, m: M64) -> u32 {
        // SAFETY: each array holds 2 values.
        unsafe {
            let low = vandq_u64(m[0], vld1q_u64([1, 2].as_ptr()));
            let high = vandq_u64(m[1], vld1q_u64([4, 8].as_ptr()));
            vaddvq_u64(vorrq_u64(low, high)) as u32
        }
    }
    #[inline(always)]
    fn select(self, m: M64, a: F64, b: F64) -> F64 {
        // SAFETY: see above.
        unsafe { [vbslq_f64(m[0], a[0], b[0]), vbslq_f64(m[1], a[1], b[1])] }
    }
    const MAGIC: f64 = <f64 as Real>::MAGIC_EXPONENT;
    #[inline(always)]
    fn exp2(self, z: F64, t: F64) -> F64 {
        let p = exp2_poly::<f64, _>(self, t);
        // The low bits, moved into the exponent field.
        let power = z.map(|z| {
            // SAFETY: see above.
            unsafe { vreinterpretq_f64_u64(vshlq_n_u64::<52>(vreinterpretq_u64_f64(z))) }
        });
        Lanes::<f64>::mul(self, p, power)
    }
    #[inline(always)]
    fn keys(self) -> Neon {
        self
    }
    #[inline(always)]
    fn reduce_max(self, v: F64) -> f64 {
        let two = max64(v[0], v[1]);
        // SAFETY: see above.
        unsafe { vgetq_lane_f64::<0>(max64(two, vextq_f64::<1>(two, two))) }
    }
    #[inline(always)]
    fn wide_zero(self) -> [F64; 2] {
        [Lanes::<f64>::splat(self, 0.0); 2]
    }
    #[inline(always)]
    fn wide_add(self, w: [F64; 2], v: F64) -> [F64; 2] {
        let add = |a, b| Lanes::<f64>::add(self, a, b);
        let sub = |a, b| Lanes::<f64>::sub(self, a, b);
        let total = add(w[0], v);
        let part = sub(total, w[0]);
        let lost = add(sub(w[0], sub(total, part)), sub(v, part));
        [total, add(w[1], lost)]
    }
    #[inline(always)]
    fn wide_sum(self, w: [F64; 2]) -> f64 {
        let (mut sums, mut lost) = ([0.0; 4], [0.0; 4]);
        // SAFETY: see above; the arrays hold 4 values each.
        unsafe {
            Lanes::<f64>::put(self, sums.as_mut_ptr(), w[0]);
            Lanes::<f64>::put(self, lost.as_mut_ptr(), w[1]);
        }
        wide_sum_f64(&sums, &lost)
    }
}
