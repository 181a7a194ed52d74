//! NEON: 4 lanes of f32, 2 of f64. A mask is a vector of all or no bits a lane.

mod each;
mod half;
mod keys;

use crate::simd::portable::{exp2_poly, wide_sum_f64};
use crate::simd::{Io, Lanes, Real};
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

// SAFETY of every block below: a token exists only where the instructions do,
// and the memory operations pass on what their caller vouches for. There are no
// masked loads and stores, so tails go by way of an array on the stack.

impl Lanes<f32> for Neon {
    type V = float32x4_t;
    type M = uint32x4_t;
    type W = (float64x2_t, float64x2_t);
    type Keys = Neon;
    const N: usize = 4;

    #[inline(always)]
    fn splat(self, x: f32) -> float32x4_t {
        // SAFETY: see above.
        unsafe { vdupq_n_f32(x) }
    }
    #[inline(always)]
    fn add(self, a: float32x4_t, b: float32x4_t) -> float32x4_t {
        // SAFETY: see above.
        unsafe { vaddq_f32(a, b) }
    }
    #[inline(always)]
    fn sub(self, a: float32x4_t, b: float32x4_t) -> float32x4_t {
        // SAFETY: see above.
        unsafe { vsubq_f32(a, b) }
    }
    #[inline(always)]
    fn mul(self, a: float32x4_t, b: float32x4_t) -> float32x4_t {
        // SAFETY: see above.
        unsafe { vmulq_f32(a, b) }
    }
    #[inline(always)]
    fn div(self, a: float32x4_t, b: float32x4_t) -> float32x4_t {
        // SAFETY: see above.
        unsafe { vdivq_f32(a, b) }
    }
    #[inline(always)]
    fn fma(self, a: float32x4_t, b: float32x4_t, c: float32x4_t) -> float32x4_t {
        // SAFETY: see above.
        unsafe { vfmaq_f32(c, a, b) }
    }
    #[inline(always)]
    fn mul_add(self, a: float32x4_t, b: float32x4_t, c: float32x4_t) -> float32x4_t {
        // SAFETY: see above.
        unsafe { vfmaq_f32(c, a, b) }
    }
    /// Not `vmaxq`, which is NaN where either is.
    #[inline(always)]
    fn max(self, a: float32x4_t, b: float32x4_t) -> float32x4_t {
        // SAFETY: see above.
        unsafe { vbslq_f32(vcgtq_f32(a, b), a, b) }
    }
    /// As for `max`.
    #[inline(always)]
    fn min(self, a: float32x4_t, b: float32x4_t) -> float32x4_t {
        // SAFETY: see above.
        unsafe { vbslq_f32(vcltq_f32(a, b), a, b) }
    }
    #[inline(always)]
    unsafe fn get(self, p: *const f32) -> float32x4_t {
        // SAFETY: see above.
        unsafe { vld1q_f32(p) }
    }
    #[inline(always)]
    unsafe fn put(self, p: *mut f32, v: float32x4_t) {
        // SAFETY: see above.
        unsafe { vst1q_f32(p, v) }
    }
    #[inline(always)]
    fn gt(self, a: float32x4_t, b: float32x4_t) -> uint32x4_t {
        // SAFETY: see above.
        unsafe { vcgtq_f32(a, b) }
    }
    #[inline(always)]
    fn ge(self, a: float32x4_t, b: float32x4_t) -> uint32x4_t {
        // SAFETY: see above.
        unsafe { vcgeq_f32(a, b) }
    }
    #[inline(always)]
    fn eq(self, a: float32x4_t, b: float32x4_t) -> uint32x4_t {
        // SAFETY: see above.
        unsafe { vceqq_f32(a, b) }
    }
    #[inline(always)]
    fn nan(self, a: float32x4_t) -> uint32x4_t {
        // SAFETY: see above.
        unsafe { vmvnq_u32(vceqq_f32(a, a)) }
    }
    #[inline(always)]
    fn head(self, n: usize) -> uint32x4_t {
        // SAFETY: the array holds 4 values.
        unsafe { vcltq_u32(vld1q_u32([0, 1, 2, 3].as_ptr()), vdupq_n_u32(n as u32)) }
    }
    #[inline(always)]
    fn and(self, a: uint32x4_t, b: uint32x4_t) -> uint32x4_t {
        // SAFETY: see above.
        unsafe { vandq_u32(a, b) }
    }
    #[inline(always)]
    fn or(self, a: uint32x4_t, b: uint32x4_t) -> uint32x4_t {
        // SAFETY: see above.
        unsafe { vorrq_u32(a, b) }
    }
    #[inline(always)]
    fn bits(self, m: uint32x4_t) -> u32 {
        // SAFETY: the array holds 4 values.
        unsafe { vaddvq_u32(vandq_u32(m, vld1q_u32([1, 2, 4, 8].as_ptr()))) }
    }
    #[inline(always)]
    fn select(self, m: uint32x4_t, a: float32x4_t, b: float32x4_t) -> float32x4_t {
        // SAFETY: see above.
        unsafe { vbslq_f32(m, a, b) }
    }
    const MAGIC: f64 = <f32 as Real>::MAGIC_EXPONENT;
    #[inline(always)]
    fn exp2(self, z: float32x4_t, t: float32x4_t) -> float32x4_t {
        let p = exp2_poly::<f32, _>(self, t);
        // The low bits, moved into the exponent field.
        // SAFETY: see above.
        let power = unsafe { vreinterpretq_f32_u32(vshlq_n_u32::<23>(vreinterpretq_u32_f32(z))) };
        Lanes::<f32>::mul(self, p, power)
    }
    #[inline(always)]
    fn keys(self) -> Neon {
        self
    }
    #[inline(always)]
    fn reduce_max(self, v: float32x4_t) -> f32 {
        // SAFETY: see above.
        unsafe { vmaxnmvq_f32(v) }
    }
    #[inline(always)]
    fn wide_zero(self) -> (float64x2_t, float64x2_t) {
        // SAFETY: see above.
        unsafe { (vdupq_n_f64(0.0), vdupq_n_f64(0.0)) }
    }
    #[inline(always)]
    fn wide_add(self, w: (float64x2_t, float64x2_t), v: float32x4_t) -> (float64x2_t, float64x2_t) {
        // SAFETY: see above.
        unsafe {
            let low = vcvt_f64_f32(vget_low_f32(v));
            let high = vcvt_high_f64_f32(v);
            (vaddq_f64(w.0, low), vaddq_f64(w.1, high))
        }
    }
    #[inline(always)]
    fn wide_sum(self, w: (float64x2_t, float64x2_t)) -> f64 {
        // SAFETY: see above.
        unsafe { vaddvq_f64(vaddq_f64(w.0, w.1)) }
    }
}

impl Lanes<f64> for Neon {
    type V = float64x2_t;
    type M = uint64x2_t;
    /// Sums and what their rounding lost.
    type W = (float64x2_t, float64x2_t);
    type Keys = Neon;
    const N: usize = 2;

    #[inline(always)]
    fn splat(self, x: f64) -> float64x2_t {
        // SAFETY: see above.
        unsafe { vdupq_n_f64(x) }
    }
    #[inline(always)]
    fn add(self, a: float64x2_t, b: float64x2_t) -> float64x2_t {
        // SAFETY: see above.
        unsafe { vaddq_f64(a, b) }
    }
    #[inline(always)]
    fn sub(self, a: float64x2_t, b: float64x2_t) -> float64x2_t {
        // SAFETY: see above.
        unsafe { vsubq_f64(a, b) }
    }
    #[inline(always)]
    fn mul(self, a: float64x2_t, b: float64x2_t) -> float64x2_t {
        // SAFETY: see above.
        unsafe { vmulq_f64(a, b) }
    }
    #[inline(always)]
    fn div(self, a: float64x2_t, b: float64x2_t) -> float64x2_t {
        // SAFETY: see above.
        unsafe { vdivq_f64(a, b) }
    }
    #[inline(always)]
    fn fma(self, a: float64x2_t, b: float64x2_t, c: float64x2_t) -> float64x2_t {
        // SAFETY: see above.
        unsafe { vfmaq_f64(c, a, b) }
    }
    #[inline(always)]
    fn mul_add(self, a: float64x2_t, b: float64x2_t, c: float64x2_t) -> float64x2_t {
        // SAFETY: see above.
        unsafe { vfmaq_f64(c, a, b) }
    }
    /// Not `vmaxq`, which is NaN where either is.
    #[inline(always)]
    fn max(self, a: float64x2_t, b: float64x2_t) -> float64x2_t {
        // SAFETY: see above.
        unsafe { vbslq_f64(vcgtq_f64(a, b), a, b) }
    }
    /// As for `max`.
    #[inline(always)]
    fn min(self, a: float64x2_t, b: float64x2_t) -> float64x2_t {
        // SAFETY: see above.
        unsafe { vbslq_f64(vcltq_f64(a, b), a, b) }
    }
    #[inline(always)]
    unsafe fn get(self, p: *const f64) -> float64x2_t {
        // SAFETY: see above.
        unsafe { vld1q_f64(p) }
    }
    #[inline(always)]
    unsafe fn put(self, p: *mut f64, v: float64x2_t) {
        // SAFETY: see above.
        unsafe { vst1q_f64(p, v) }
    }
    #[inline(always)]
    fn gt(self, a: float64x2_t, b: float64x2_t) -> uint64x2_t {
        // SAFETY: see above.
        unsafe { vcgtq_f64(a, b) }
    }
    #[inline(always)]
    fn ge(self, a: float64x2_t, b: float64x2_t) -> uint64x2_t {
        // SAFETY: see above.
        unsafe { vcgeq_f64(a, b) }
    }
    #[inline(always)]
    fn eq(self, a: float64x2_t, b: float64x2_t) -> uint64x2_t {
        // SAFETY: see above.
        unsafe { vceqq_f64(a, b) }
    }
    #[inline(always)]
    fn nan(self, a: float64x2_t) -> uint64x2_t {
        // SAFETY: see above.
        unsafe { vceqzq_u64(vceqq_f64(a, a)) }
    }
    #[inline(always)]
    fn head(self, n: usize) -> uint64x2_t {
        // SAFETY: the array holds 2 values.
        unsafe { vcltq_u64(vld1q_u64([0, 1].as_ptr()), vdupq_n_u64(n as u64)) }
    }
    #[inline(always)]
    fn and(self, a: uint64x2_t, b: uint64x2_t) -> uint64x2_t {
        // SAFETY: see above.
        unsafe { vandq_u64(a, b) }
    }
    #[inline(always)]
    fn or(self, a: uint64x2_t, b: uint64x2_t) -> uint64x2_t {
        // SAFETY: see above.
        unsafe { vorrq_u64(a, b) }
    }
    #[inline(always)]
    fn bits(self, m: uint64x2_t) -> u32 {
        // SAFETY: the array holds 2 values.
        unsafe { vaddvq_u64(vandq_u64(m, vld1q_u64([1, 2].as_ptr()))) as u32 }
    }
    #[inline(always)]
    fn select(self, m: uint64x2_t, a: float64x2_t, b: float64x2_t) -> float64x2_t {
        // SAFETY: see above.
        unsafe { vbslq_f64(m, a, b) }
    }
    const MAGIC: f64 = <f64 as Real>::MAGIC_EXPONENT;
    #[inline(always)]
    fn exp2(self, z: float64x2_t, t: float64x2_t) -> float64x2_t {
        let p = exp2_poly::<f64, _>(self, t);
        // The low bits, moved into the exponent field.
        // SAFETY: see above.
        let power = unsafe { vreinterpretq_f64_u64(vshlq_n_u64::<52>(vreinterpretq_u64_f64(z))) };
        Lanes::<f64>::mul(self, p, power)
    }
    #[inline(always)]
    fn keys(self) -> Neon {
        self
    }
    #[inline(always)]
    fn reduce_max(self, v: float64x2_t) -> f64 {
        // SAFETY: see above.
        unsafe { vmaxnmvq_f64(v) }
    }
    #[inline(always)]
    fn wide_zero(self) -> (float64x2_t, float64x2_t) {
        // SAFETY: see above.
        unsafe { (vdupq_n_f64(0.0), vdupq_n_f64(0.0)) }
    }
    #[inline(always)]
    fn wide_add(self, w: (float64x2_t, float64x2_t), v: float64x2_t) -> (float64x2_t, float64x2_t) {
        // SAFETY: see above.
        unsafe {
            let total = vaddq_f64(w.0, v);
            let part = vsubq_f64(total, w.0);
            let lost = vaddq_f64(vsubq_f64(w.0, vsubq_f64(total, part)), vsubq_f64(v, part));
            (total, vaddq_f64(w.1, lost))
        }
    }
    #[inline(always)]
    fn wide_sum(self, w: (float64x2_t, float64x2_t)) -> f64 {
        let (mut sums, mut lost) = ([0.0; 2], [0.0; 2]);
        // SAFETY: see above; the arrays hold 2 values each.
        unsafe {
            vst1q_f64(sums.as_mut_ptr(), w.0);
            vst1q_f64(lost.as_mut_ptr(), w.1);
        }
        wide_sum_f64(&sums, &lost)
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

impl Io<f32> for Neon {
    #[inline(always)]
    unsafe fn load(self, p: *const f32) -> float32x4_t {
        // SAFETY: see above.
        unsafe { vld1q_f32(p) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const f32, n: usize, fill: f32) -> float32x4_t {
        // SAFETY: see above.
        unsafe { vld1q_f32(read_head::<f32, 4>(p, n, fill).as_ptr()) }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut f32, v: float32x4_t) {
        // SAFETY: see above.
        unsafe { vst1q_f32(p, v) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut f32, n: usize, v: float32x4_t) {
        let mut all = [0f32; 4];
        // SAFETY: see above.
        unsafe {
            vst1q_f32(all.as_mut_ptr(), v);
            write_head(p, n, all);
        }
    }
}

impl Io<f64> for Neon {
    #[inline(always)]
    unsafe fn load(self, p: *const f64) -> float64x2_t {
        // SAFETY: see above.
        unsafe { vld1q_f64(p) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const f64, n: usize, fill: f64) -> float64x2_t {
        // SAFETY: see above.
        unsafe { vld1q_f64(read_head::<f64, 2>(p, n, fill).as_ptr()) }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut f64, v: float64x2_t) {
        // SAFETY: see above.
        unsafe { vst1q_f64(p, v) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut f64, n: usize, v: float64x2_t) {
        let mut all = [0f64; 2];
        // SAFETY: see above.
        unsafe {
            vst1q_f64(all.as_mut_ptr(), v);
            write_head(p, n, all);
        }
    }
}
