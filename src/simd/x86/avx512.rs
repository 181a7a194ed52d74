//! AVX-512 F, BW, DQ and VL: 16 lanes of f32, 8 of f64, a mask register for
//! every tail.

mod each;
mod exp2;
mod half;
mod keys;

use crate::simd::portable::wide_sum_f64;
use crate::simd::{Io, Lanes};
use core::arch::x86_64::*;
use exp2::{exp2_pd, exp2_ps};

/// The processor has AVX-512 F, BW, DQ, VL and everything of AVX2.
#[derive(Clone, Copy)]
pub struct Avx512(());

impl Avx512 {
    /// # Safety
    /// Only in a function whose target features include the above.
    #[inline(always)]
    pub unsafe fn assume() -> Avx512 {
        Avx512(())
    }
}

/// The lowest `n` bits.
#[inline(always)]
fn low(n: usize) -> u32 {
    (1 << n) - 1
}

// SAFETY of every block below: a token exists only where the instructions do,
// and the memory operations pass on what their caller vouches for. A masked
// lane is neither read nor written, so a tail never touches what is past it.

impl Lanes<f32> for Avx512 {
    type V = __m512;
    type M = __mmask16;
    type W = (__m512d, __m512d);
    type Keys = Avx512;
    const N: usize = 16;

    #[inline(always)]
    fn splat(self, x: f32) -> __m512 {
        // SAFETY: see above.
        unsafe { _mm512_set1_ps(x) }
    }
    #[inline(always)]
    fn add(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: see above.
        unsafe { _mm512_add_ps(a, b) }
    }
    #[inline(always)]
    fn sub(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: see above.
        unsafe { _mm512_sub_ps(a, b) }
    }
    #[inline(always)]
    fn mul(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: see above.
        unsafe { _mm512_mul_ps(a, b) }
    }
    #[inline(always)]
    fn div(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: see above.
        unsafe { _mm512_div_ps(a, b) }
    }
    #[inline(always)]
    fn fma(self, a: __m512, b: __m512, c: __m512) -> __m512 {
        // SAFETY: see above.
        unsafe { _mm512_fmadd_ps(a, b, c) }
    }
    #[inline(always)]
    fn mul_add(self, a: __m512, b: __m512, c: __m512) -> __m512 {
        // SAFETY: see above.
        unsafe { _mm512_fmadd_ps(a, b, c) }
    }
    #[inline(always)]
    fn max(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: see above.
        unsafe { _mm512_max_ps(a, b) }
    }
    #[inline(always)]
    fn min(self, a: __m512, b: __m512) -> __m512 {
        // SAFETY: see above.
        unsafe { _mm512_min_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn get(self, p: *const f32) -> __m512 {
        // SAFETY: see above.
        unsafe { _mm512_loadu_ps(p) }
    }
    #[inline(always)]
    unsafe fn put(self, p: *mut f32, v: __m512) {
        // SAFETY: see above.
        unsafe { _mm512_storeu_ps(p, v) }
    }
    #[inline(always)]
    fn gt(self, a: __m512, b: __m512) -> __mmask16 {
        // SAFETY: see above.
        unsafe { _mm512_cmp_ps_mask::<_CMP_GT_OQ>(a, b) }
    }
    #[inline(always)]
    fn ge(self, a: __m512, b: __m512) -> __mmask16 {
        // SAFETY: see above.
        unsafe { _mm512_cmp_ps_mask::<_CMP_GE_OQ>(a, b) }
    }
    #[inline(always)]
    fn not_ge(self, a: __m512, b: __m512) -> __mmask16 {
        // SAFETY: see above.
        unsafe { _mm512_cmp_ps_mask::<_CMP_NGE_UQ>(a, b) }
    }
    #[inline(always)]
    fn eq(self, a: __m512, b: __m512) -> __mmask16 {
        // SAFETY: see above.
        unsafe { _mm512_cmp_ps_mask::<_CMP_EQ_OQ>(a, b) }
    }
    #[inline(always)]
    fn nan(self, a: __m512) -> __mmask16 {
        // SAFETY: see above.
        unsafe { _mm512_cmp_ps_mask::<_CMP_UNORD_Q>(a, a) }
    }
    #[inline(always)]
    fn head(self, n: usize) -> __mmask16 {
        low(n) as __mmask16
    }
    #[inline(always)]
    fn and(self, a: __mmask16, b: __mmask16) -> __mmask16 {
        a & b
    }
    #[inline(always)]
    fn or(self, a: __mmask16, b: __mmask16) -> __mmask16 {
        a | b
    }
    #[inline(always)]
    fn bits(self, m: __mmask16) -> u32 {
        u32::from(m)
    }
    #[inline(always)]
    fn select(self, m: __mmask16, a: __m512, b: __m512) -> __m512 {
        // SAFETY: see above.
        unsafe { _mm512_mask_blend_ps(m, b, a) }
    }
    /// 1.5 * 2^18: leaves the nearest 32nd in the low bits.
    const MAGIC: f64 = 393216.0;
    const SATURATES: bool = true;
    #[inline(always)]
    fn exp2(self, z: __m512, t: __m512) -> __m512 {
        exp2_ps(z, t, None)
    }
    #[inline(always)]
    fn exp2_times(self, z: __m512, t: __m512, factor: __m512) -> __m512 {
        exp2_ps(z, t, Some(factor))
    }
    #[inline(always)]
    fn fence(self) {
        // SAFETY: see above.
        unsafe { _mm_sfence() }
    }
    #[inline(always)]
    fn keys(self) -> Avx512 {
        self
    }
    #[inline(always)]
    fn reduce_max(self, v: __m512) -> f32 {
        // SAFETY: see above.
        unsafe { _mm512_reduce_max_ps(v) }
    }
    #[inline(always)]
    fn wide_zero(self) -> (__m512d, __m512d) {
        // SAFETY: see above.
        unsafe { (_mm512_setzero_pd(), _mm512_setzero_pd()) }
    }
    #[inline(always)]
    fn wide_add(self, w: (__m512d, __m512d), v: __m512) -> (__m512d, __m512d) {
        // SAFETY: see above.
        unsafe {
            let low = _mm512_cvtps_pd(_mm512_castps512_ps256(v));
            let high = _mm512_cvtps_pd(_mm512_extractf32x8_ps::<1>(v));
            (_mm512_add_pd(w.0, low), _mm512_add_pd(w.1, high))
        }
    }
    #[inline(always)]
    fn wide_sum(self, w: (__m512d, __m512d)) -> f64 {
        // SAFETY: see above.
        unsafe { _mm512_reduce_add_pd(_mm512_add_pd(w.0, w.1)) }
    }
}

impl Lanes<f64> for Avx512 {
    type V = __m512d;
    type M = __mmask8;
    /// Sums and what their rounding lost.
    type W = (__m512d, __m512d);
    type Keys = Avx512;
    const N: usize = 8;

    #[inline(always)]
    fn splat(self, x: f64) -> __m512d {
        // SAFETY: see above.
        unsafe { _mm512_set1_pd(x) }
    }
    #[inline(always)]
    fn add(self, a: __m512d, b: __m512d) -> __m512d {
        // SAFETY: see above.
        unsafe { _mm512_add_pd(a, b) }
    }
    #[inline(always)]
    fn sub(self, a: __m512d, b: __m512d) -> __m512d {
        // SAFETY: see above.
        unsafe { _mm512_sub_pd(a, b) }
    }
    #[inline(always)]
    fn mul(self, a: __m512d, b: __m512d) -> __m512d {
        // SAFETY: see above.
        unsafe { _mm512_mul_pd(a, b) }
    }
    #[inline(always)]
    fn div(self, a: __m512d, b: __m512d) -> __m512d {
        // SAFETY: see above.
        unsafe { _mm512_div_pd(a, b) }
    }
    #[inline(always)]
    fn fma(self, a: __m512d, b: __m512d, c: __m512d) -> __m512d {
        // SAFETY: see above.
        unsafe { _mm512_fmadd_pd(a, b, c) }
    }
    #[inline(always)]
    fn mul_add(self, a: __m512d, b: __m512d, c: __m512d) -> __m512d {
        // SAFETY: see above.
        unsafe { _mm512_fmadd_pd(a, b, c) }
    }
    #[inline(always)]
    fn max(self, a: __m512d, b: __m512d) -> __m512d {
        // SAFETY: see above.
        unsafe { _mm512_max_pd(a, b) }
    }
    #[inline(always)]
    fn min(self, a: __m512d, b: __m512d) -> __m512d {
        // SAFETY: see above.
        unsafe { _mm512_min_pd(a, b) }
    }
    #[inline(always)]
    unsafe fn get(self, p: *const f64) -> __m512d {
        // SAFETY: see above.
        unsafe { _mm512_loadu_pd(p) }
    }
    #[inline(always)]
    unsafe fn put(self, p: *mut f64, v: __m512d) {
        // SAFETY: see above.
        unsafe { _mm512_storeu_pd(p, v) }
    }
    #[inline(always)]
    fn gt(self, a: __m512d, b: __m512d) -> __mmask8 {
        // SAFETY: see above.
        unsafe { _mm512_cmp_pd_mask::<_CMP_GT_OQ>(a, b) }
    }
    #[inline(always)]
    fn ge(self, a: __m512d, b: __m512d) -> __mmask8 {
        // SAFETY: see above.
        unsafe { _mm512_cmp_pd_mask::<_CMP_GE_OQ>(a, b) }
    }
    #[inline(always)]
    fn not_ge(self, a: __m512d, b: __m512d) -> __mmask8 {
        // SAFETY: see above.
        unsafe { _mm512_cmp_pd_mask::<_CMP_NGE_UQ>(a, b) }
    }
    #[inline(always)]
    fn eq(self, a: __m512d, b: __m512d) -> __mmask8 {
        // SAFETY: see above.
        unsafe { _mm512_cmp_pd_mask::<_CMP_EQ_OQ>(a, b) }
    }
    #[inline(always)]
    fn nan(self, a: __m512d) -> __mmask8 {
        // SAFETY: see above.
        unsafe { _mm512_cmp_pd_mask::<_CMP_UNORD_Q>(a, a) }
    }
    #[inline(always)]
    fn head(self, n: usize) -> __mmask8 {
        low(n) as __mmask8
    }
    #[inline(always)]
    fn and(self, a: __mmask8, b: __mmask8) -> __mmask8 {
        a & b
    }
    #[inline(always)]
    fn or(self, a: __mmask8, b: __mmask8) -> __mmask8 {
        a | b
    }
    #[inline(always)]
    fn bits(self, m: __mmask8) -> u32 {
        u32::from(m)
    }
    #[inline(always)]
    fn select(self, m: __mmask8, a: __m512d, b: __m512d) -> __m512d {
        // SAFETY: see above.
        unsafe { _mm512_mask_blend_pd(m, b, a) }
    }
    /// 1.5 * 2^48: leaves the nearest sixteenth in the low bits.
    const MAGIC: f64 = 422212465065984.0;
    const SATURATES: bool = true;
    #[inline(always)]
    fn exp2(self, z: __m512d, t: __m512d) -> __m512d {
        exp2_pd(z, t, None)
    }
    #[inline(always)]
    fn exp2_times(self, z: __m512d, t: __m512d, factor: __m512d) -> __m512d {
        exp2_pd(z, t, Some(factor))
    }
    #[inline(always)]
    fn fence(self) {
        // SAFETY: see above.
        unsafe { _mm_sfence() }
    }
    #[inline(always)]
    fn keys(self) -> Avx512 {
        self
    }
    #[inline(always)]
    fn reduce_max(self, v: __m512d) -> f64 {
        // SAFETY: see above.
        unsafe { _mm512_reduce_max_pd(v) }
    }
    #[inline(always)]
    fn wide_zero(self) -> (__m512d, __m512d) {
        // SAFETY: see above.
        unsafe { (_mm512_setzero_pd(), _mm512_setzero_pd()) }
    }
    #[inline(always)]
    fn wide_add(self, w: (__m512d, __m512d), v: __m512d) -> (__m512d, __m512d) {
        // SAFETY: see above.
        unsafe {
            let total = _mm512_add_pd(w.0, v);
            let part = _mm512_sub_pd(total, w.0);
            let lost = _mm512_add_pd(
                _mm512_sub_pd(w.0, _mm512_sub_pd(total, part)),
                _mm512_sub_pd(v, part),
            );
            (total, _mm512_add_pd(w.1, lost))
        }
    }
    #[inline(always)]
    fn wide_sum(self, w: (__m512d, __m512d)) -> f64 {
        let (mut sums, mut lost) = ([0.0; 8], [0.0; 8]);
        // SAFETY: see above; the arrays hold 8 values each.
        unsafe {
            _mm512_storeu_pd(sums.as_mut_ptr(), w.0);
            _mm512_storeu_pd(lost.as_mut_ptr(), w.1);
        }
        wide_sum_f64(&sums, &lost)
    }
}

impl Io<f32> for Avx512 {
    #[inline(always)]
    unsafe fn load(self, p: *const f32) -> __m512 {
        // SAFETY: see above.
        unsafe { _mm512_loadu_ps(p) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const f32, n: usize, fill: f32) -> __m512 {
        // SAFETY: see above.
        unsafe { _mm512_mask_loadu_ps(_mm512_set1_ps(fill), low(n) as __mmask16, p) }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut f32, v: __m512) {
        // SAFETY: see above.
        unsafe { _mm512_storeu_ps(p, v) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut f32, n: usize, v: __m512) {
        // SAFETY: see above.
        unsafe { _mm512_mask_storeu_ps(p, low(n) as __mmask16, v) }
    }
    #[inline(always)]
    unsafe fn store_past(self, p: *mut f32, v: __m512) {
        // SAFETY: see above; the caller vouches for the alignment.
        unsafe { _mm512_stream_ps(p, v) }
    }
    #[inline(always)]
    fn prefetch(self, p: *const f32) {
        // SAFETY: see above; a prefetch never faults.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(p.cast()) }
    }
}

impl Io<f64> for Avx512 {
    #[inline(always)]
    unsafe fn load(self, p: *const f64) -> __m512d {
        // SAFETY: see above.
        unsafe { _mm512_loadu_pd(p) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const f64, n: usize, fill: f64) -> __m512d {
        // SAFETY: see above.
        unsafe { _mm512_mask_loadu_pd(_mm512_set1_pd(fill), low(n) as __mmask8, p) }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut f64, v: __m512d) {
        // SAFETY: see above.
        unsafe { _mm512_storeu_pd(p, v) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut f64, n: usize, v: __m512d) {
        // SAFETY: see above.
        unsafe { _mm512_mask_storeu_pd(p, low(n) as __mmask8, v) }
    }
    #[inline(always)]
    unsafe fn store_past(self, p: *mut f64, v: __m512d) {
        // SAFETY: see above; the caller vouches for the alignment.
        unsafe { _mm512_stream_pd(p, v) }
    }
    #[inline(always)]
    fn prefetch(self, p: *const f64) {
        // SAFETY: see above; a prefetch never faults.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(p.cast()) }
    }
}
