//! AVX2 with FMA and F16C: 8 lanes of f32, 4 of f64. A mask is a vector of all
//! or no bits a lane.

mod each;
mod half;
mod keys;

use crate::simd::portable::{exp2_poly, wide_sum_f64};
use crate::simd::{Io, Lanes, Real, steps};
use core::arch::x86_64::*;

/// The processor has AVX2, FMA, F16C, BMI1, BMI2, POPCNT and LZCNT.
#[derive(Clone, Copy)]
pub struct Avx2(());

impl Avx2 {
    /// # Safety
    /// Only in a function whose target features include the above.
    #[inline(always)]
    pub unsafe fn assume() -> Avx2 {
        Avx2(())
    }
}

/// What is loaded from, a vector at a time.
#[repr(C, align(64))]
struct Table<T>(T);
/// `N` ones, then `N` zeros: a window over it is a mask of any number of lanes.
static HEAD32: Table<[i32; 16]> = Table([-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0]);
static HEAD64: Table<[i64; 8]> = Table([-1, -1, -1, -1, 0, 0, 0, 0]);

// SAFETY of every block below: a token exists only where the instructions do,
// and the memory operations pass on what their caller vouches for. A masked
// lane is neither read nor written; 16-bit tails, which have no masked form,
// go by way of an array on the stack.

impl Lanes<f32> for Avx2 {
    type V = __m256;
    type M = __m256;
    type W = (__m256d, __m256d);
    type Keys = Avx2;
    const N: usize = 8;

    #[inline(always)]
    fn splat(self, x: f32) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_set1_ps(x) }
    }
    #[inline(always)]
    fn add(self, a: __m256, b: __m256) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_add_ps(a, b) }
    }
    #[inline(always)]
    fn sub(self, a: __m256, b: __m256) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_sub_ps(a, b) }
    }
    #[inline(always)]
    fn mul(self, a: __m256, b: __m256) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_mul_ps(a, b) }
    }
    #[inline(always)]
    fn div(self, a: __m256, b: __m256) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_div_ps(a, b) }
    }
    #[inline(always)]
    fn fma(self, a: __m256, b: __m256, c: __m256) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_fmadd_ps(a, b, c) }
    }
    #[inline(always)]
    fn mul_add(self, a: __m256, b: __m256, c: __m256) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_fmadd_ps(a, b, c) }
    }
    #[inline(always)]
    fn max(self, a: __m256, b: __m256) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_max_ps(a, b) }
    }
    #[inline(always)]
    fn min(self, a: __m256, b: __m256) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_min_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn get(self, p: *const f32) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_loadu_ps(p) }
    }
    #[inline(always)]
    unsafe fn put(self, p: *mut f32, v: __m256) {
        // SAFETY: see above.
        unsafe { _mm256_storeu_ps(p, v) }
    }
    #[inline(always)]
    fn gt(self, a: __m256, b: __m256) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_cmp_ps::<_CMP_GT_OQ>(a, b) }
    }
    #[inline(always)]
    fn ge(self, a: __m256, b: __m256) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_cmp_ps::<_CMP_GE_OQ>(a, b) }
    }
    #[inline(always)]
    fn eq(self, a: __m256, b: __m256) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_cmp_ps::<_CMP_EQ_OQ>(a, b) }
    }
    #[inline(always)]
    fn nan(self, a: __m256) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_cmp_ps::<_CMP_UNORD_Q>(a, a) }
    }
    #[inline(always)]
    fn head(self, n: usize) -> __m256 {
        // SAFETY: the window of 8 starts at most 8 into the table of 16.
        unsafe { _mm256_loadu_ps(HEAD32.0.as_ptr().add(8 - n).cast()) }
    }
    #[inline(always)]
    fn and(self, a: __m256, b: __m256) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_and_ps(a, b) }
    }
    #[inline(always)]
    fn or(self, a: __m256, b: __m256) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_or_ps(a, b) }
    }
    #[inline(always)]
    fn bits(self, m: __m256) -> u32 {
        // SAFETY: see above.
        unsafe { _mm256_movemask_ps(m) as u32 }
    }
    #[inline(always)]
    fn select(self, m: __m256, a: __m256, b: __m256) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_blendv_ps(b, a, m) }
    }
    const MAGIC: f64 = steps::MAGIC;
    #[inline(always)]
    fn exp2(self, z: __m256, t: __m256) -> __m256 {
        let [first, second, third] = steps::POLY;
        // SAFETY: see above; the table holds a vector.
        unsafe {
            let steps = _mm256_castps_si256(z);
            let table = _mm256_load_si256(steps::STEPS.0.as_ptr().cast());
            let entry = _mm256_permutevar8x32_epi32(table, steps);
            let moved = _mm256_slli_epi32::<{ steps::SHIFT }>(steps);
            let power = _mm256_castsi256_ps(_mm256_add_epi32(entry, moved));
            let q = _mm256_fmadd_ps(t, _mm256_set1_ps(third), _mm256_set1_ps(second));
            let q = _mm256_fmadd_ps(t, q, _mm256_set1_ps(first));
            _mm256_fmadd_ps(_mm256_mul_ps(q, t), power, power)
        }
    }
    #[inline(always)]
    fn fence(self) {
        // SAFETY: see above.
        unsafe { _mm_sfence() }
    }
    #[inline(always)]
    fn keys(self) -> Avx2 {
        self
    }
    #[inline(always)]
    fn reduce_max(self, v: __m256) -> f32 {
        // SAFETY: see above.
        unsafe {
            let four = _mm_max_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps::<1>(v));
            let two = _mm_max_ps(four, _mm_movehl_ps(four, four));
            _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)))
        }
    }
    #[inline(always)]
    fn wide_zero(self) -> (__m256d, __m256d) {
        // SAFETY: see above.
        unsafe { (_mm256_setzero_pd(), _mm256_setzero_pd()) }
    }
    #[inline(always)]
    fn wide_add(self, w: (__m256d, __m256d), v: __m256) -> (__m256d, __m256d) {
        // SAFETY: see above.
        unsafe {
            let low = _mm256_cvtps_pd(_mm256_castps256_ps128(v));
            let high = _mm256_cvtps_pd(_mm256_extractf128_ps::<1>(v));
            (_mm256_add_pd(w.0, low), _mm256_add_pd(w.1, high))
        }
    }
    #[inline(always)]
    fn wide_sum(self, w: (__m256d, __m256d)) -> f64 {
        // SAFETY: see above.
        unsafe {
            let four = _mm256_add_pd(w.0, w.1);
            let two = _mm_add_pd(_mm256_castpd256_pd128(four), _mm256_extractf128_pd::<1>(four));
            _mm_cvtsd_f64(_mm_add_sd(two, _mm_unpackhi_pd(two, two)))
        }
    }
}

impl Lanes<f64> for Avx2 {
    type V = __m256d;
    type M = __m256d;
    /// Sums and what their rounding lost.
    type W = (__m256d, __m256d);
    type Keys = Avx2;
    const N: usize = 4;

    #[inline(always)]
    fn splat(self, x: f64) -> __m256d {
        // SAFETY: see above.
        unsafe { _mm256_set1_pd(x) }
    }
    #[inline(always)]
    fn add(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: see above.
        unsafe { _mm256_add_pd(a, b) }
    }
    #[inline(always)]
    fn sub(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: see above.
        unsafe { _mm256_sub_pd(a, b) }
    }
    #[inline(always)]
    fn mul(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: see above.
        unsafe { _mm256_mul_pd(a, b) }
    }
    #[inline(always)]
    fn div(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: see above.
        unsafe { _mm256_div_pd(a, b) }
    }
    #[inline(always)]
    fn fma(self, a: __m256d, b: __m256d, c: __m256d) -> __m256d {
        // SAFETY: see above.
        unsafe { _mm256_fmadd_pd(a, b, c) }
    }
    #[inline(always)]
    fn mul_add(self, a: __m256d, b: __m256d, c: __m256d) -> __m256d {
        // SAFETY: see above.
        unsafe { _mm256_fmadd_pd(a, b, c) }
    }
    #[inline(always)]
    fn max(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: see above.
        unsafe { _mm256_max_pd(a, b) }
    }
    #[inline(always)]
    fn min(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: see above.
        unsafe { _mm256_min_pd(a, b) }
    }
    #[inline(always)]
    unsafe fn get(self, p: *const f64) -> __m256d {
        // SAFETY: see above.
        unsafe { _mm256_loadu_pd(p) }
    }
    #[inline(always)]
    unsafe fn put(self, p: *mut f64, v: __m256d) {
        // SAFETY: see above.
        unsafe { _mm256_storeu_pd(p, v) }
    }
    #[inline(always)]
    fn gt(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: see above.
        unsafe { _mm256_cmp_pd::<_CMP_GT_OQ>(a, b) }
    }
    #[inline(always)]
    fn ge(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: see above.
        unsafe { _mm256_cmp_pd::<_CMP_GE_OQ>(a, b) }
    }
    #[inline(always)]
    fn eq(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: see above.
        unsafe { _mm256_cmp_pd::<_CMP_EQ_OQ>(a, b) }
    }
    #[inline(always)]
    fn nan(self, a: __m256d) -> __m256d {
        // SAFETY: see above.
        unsafe { _mm256_cmp_pd::<_CMP_UNORD_Q>(a, a) }
    }
    #[inline(always)]
    fn head(self, n: usize) -> __m256d {
        // SAFETY: the window of 4 starts at most 4 into the table of 8.
        unsafe { _mm256_loadu_pd(HEAD64.0.as_ptr().add(4 - n).cast()) }
    }
    #[inline(always)]
    fn and(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: see above.
        unsafe { _mm256_and_pd(a, b) }
    }
    #[inline(always)]
    fn or(self, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: see above.
        unsafe { _mm256_or_pd(a, b) }
    }
    #[inline(always)]
    fn bits(self, m: __m256d) -> u32 {
        // SAFETY: see above.
        unsafe { _mm256_movemask_pd(m) as u32 }
    }
    #[inline(always)]
    fn select(self, m: __m256d, a: __m256d, b: __m256d) -> __m256d {
        // SAFETY: see above.
        unsafe { _mm256_blendv_pd(b, a, m) }
    }
    const MAGIC: f64 = <f64 as Real>::MAGIC_EXPONENT;
    #[inline(always)]
    fn exp2(self, z: __m256d, t: __m256d) -> __m256d {
        let p = exp2_poly::<f64, _>(self, t);
        // The low bits, moved into the exponent field.
        // SAFETY: see above.
        let power = unsafe { _mm256_castsi256_pd(_mm256_slli_epi64::<52>(_mm256_castpd_si256(z))) };
        Lanes::<f64>::mul(self, p, power)
    }
    #[inline(always)]
    fn fence(self) {
        // SAFETY: see above.
        unsafe { _mm_sfence() }
    }
    #[inline(always)]
    fn keys(self) -> Avx2 {
        self
    }
    #[inline(always)]
    fn reduce_max(self, v: __m256d) -> f64 {
        // SAFETY: see above.
        unsafe {
            let two = _mm_max_pd(_mm256_castpd256_pd128(v), _mm256_extractf128_pd::<1>(v));
            _mm_cvtsd_f64(_mm_max_sd(two, _mm_unpackhi_pd(two, two)))
        }
    }
    #[inline(always)]
    fn wide_zero(self) -> (__m256d, __m256d) {
        // SAFETY: see above.
        unsafe { (_mm256_setzero_pd(), _mm256_setzero_pd()) }
    }
    #[inline(always)]
    fn wide_add(self, w: (__m256d, __m256d), v: __m256d) -> (__m256d, __m256d) {
        // SAFETY: see above.
        unsafe {
            let total = _mm256_add_pd(w.0, v);
            let part = _mm256_sub_pd(total, w.0);
            let lost = _mm256_add_pd(
                _mm256_sub_pd(w.0, _mm256_sub_pd(total, part)),
                _mm256_sub_pd(v, part),
            );
            (total, _mm256_add_pd(w.1, lost))
        }
    }
    #[inline(always)]
    fn wide_sum(self, w: (__m256d, __m256d)) -> f64 {
        let (mut sums, mut lost) = ([0.0; 4], [0.0; 4]);
        // SAFETY: see above; the arrays hold 4 values each.
        unsafe {
            _mm256_storeu_pd(sums.as_mut_ptr(), w.0);
            _mm256_storeu_pd(lost.as_mut_ptr(), w.1);
        }
        wide_sum_f64(&sums, &lost)
    }
}

impl Io<f32> for Avx2 {
    #[inline(always)]
    unsafe fn load(self, p: *const f32) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_loadu_ps(p) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const f32, n: usize, fill: f32) -> __m256 {
        let mask = Lanes::<f32>::head(self, n);
        // SAFETY: see above.
        unsafe {
            let v = _mm256_maskload_ps(p, _mm256_castps_si256(mask));
            _mm256_blendv_ps(_mm256_set1_ps(fill), v, mask)
        }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut f32, v: __m256) {
        // SAFETY: see above.
        unsafe { _mm256_storeu_ps(p, v) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut f32, n: usize, v: __m256) {
        let mask = Lanes::<f32>::head(self, n);
        // SAFETY: see above.
        unsafe { _mm256_maskstore_ps(p, _mm256_castps_si256(mask), v) }
    }
    #[inline(always)]
    unsafe fn store_past(self, p: *mut f32, v: __m256) {
        // SAFETY: see above; the caller vouches for the alignment.
        unsafe { _mm256_stream_ps(p, v) }
    }
    #[inline(always)]
    fn prefetch(self, p: *const f32) {
        // SAFETY: see above; a prefetch never faults.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(p.cast()) }
    }
}

impl Io<f64> for Avx2 {
    #[inline(always)]
    unsafe fn load(self, p: *const f64) -> __m256d {
        // SAFETY: see above.
        unsafe { _mm256_loadu_pd(p) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const f64, n: usize, fill: f64) -> __m256d {
        let mask = Lanes::<f64>::head(self, n);
        // SAFETY: see above.
        unsafe {
            let v = _mm256_maskload_pd(p, _mm256_castpd_si256(mask));
            _mm256_blendv_pd(_mm256_set1_pd(fill), v, mask)
        }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut f64, v: __m256d) {
        // SAFETY: see above.
        unsafe { _mm256_storeu_pd(p, v) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut f64, n: usize, v: __m256d) {
        let mask = Lanes::<f64>::head(self, n);
        // SAFETY: see above.
        unsafe { _mm256_maskstore_pd(p, _mm256_castpd_si256(mask), v) }
    }
    #[inline(always)]
    unsafe fn store_past(self, p: *mut f64, v: __m256d) {
        // SAFETY: see above; the caller vouches for the alignment.
        unsafe { _mm256_stream_pd(p, v) }
    }
    #[inline(always)]
    fn prefetch(self, p: *const f64) {
        // SAFETY: see above; a prefetch never faults.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(p.cast()) }
    }
}
