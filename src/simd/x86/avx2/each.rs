//! Eight vectors of f32, or four of f64, reduced at once: as for AVX-512, one step
//! less.

use super::Avx2;
use crate::simd::{Each, Real};
use core::arch::x86_64::*;

// SAFETY of every block below: as in the file above this one.

/// The sums or the larger of two lanes.
#[inline(always)]
fn join32<const SUM: bool>(a: __m256, b: __m256) -> __m256 {
    // SAFETY: called from methods of the token only.
    unsafe { if SUM { _mm256_add_ps(a, b) } else { _mm256_max_ps(a, b) } }
}

/// As [`join32`].
#[inline(always)]
fn join64<const SUM: bool>(a: __m256d, b: __m256d) -> __m256d {
    // SAFETY: called from methods of the token only.
    unsafe { if SUM { _mm256_add_pd(a, b) } else { _mm256_max_pd(a, b) } }
}

/// Four vectors become one: in each half, a lane a vector.
#[inline(always)]
fn four32<const SUM: bool>(a: __m256, b: __m256, c: __m256, d: __m256) -> __m256 {
    // SAFETY: called from methods of the token only.
    unsafe {
        let ab = join32::<SUM>(_mm256_unpacklo_ps(a, b), _mm256_unpackhi_ps(a, b));
        let cd = join32::<SUM>(_mm256_unpacklo_ps(c, d), _mm256_unpackhi_ps(c, d));
        join32::<SUM>(_mm256_shuffle_ps::<0x44>(ab, cd), _mm256_shuffle_ps::<0xee>(ab, cd))
    }
}

#[inline(always)]
fn each32<const SUM: bool>(v: [__m256; 8]) -> __m256 {
    let a = four32::<SUM>(v[0], v[1], v[2], v[3]);
    let b = four32::<SUM>(v[4], v[5], v[6], v[7]);
    // SAFETY: called from methods of the token only.
    unsafe {
        let low = _mm256_permute2f128_ps::<0x20>(a, b);
        join32::<SUM>(low, _mm256_permute2f128_ps::<0x31>(a, b))
    }
}

#[inline(always)]
fn each64<const SUM: bool>(v: [__m256d; 4]) -> __m256d {
    // SAFETY: called from methods of the token only.
    unsafe {
        let a = join64::<SUM>(_mm256_unpacklo_pd(v[0], v[1]), _mm256_unpackhi_pd(v[0], v[1]));
        let b = join64::<SUM>(_mm256_unpacklo_pd(v[2], v[3]), _mm256_unpackhi_pd(v[2], v[3]));
        let low = _mm256_permute2f128_pd::<0x20>(a, b);
        join64::<SUM>(low, _mm256_permute2f128_pd::<0x31>(a, b))
    }
}

impl Each<f32> for Avx2 {
    type Vs = [__m256; 8];
    type Places = __m256i;

    #[inline(always)]
    fn repeat(self, v: __m256) -> [__m256; 8] {
        [v; 8]
    }
    #[inline(always)]
    fn max_each(self, v: [__m256; 8]) -> __m256 {
        each32::<false>(v)
    }
    #[inline(always)]
    fn sum_each(self, v: [__m256; 8]) -> __m256 {
        each32::<true>(v)
    }
    #[inline(always)]
    fn transpose(self, v: [__m256; 8]) -> [__m256; 8] {
        // SAFETY: see above.
        unsafe {
            let mut to = v;
            for (to, v) in to.chunks_exact_mut(4).zip(v.chunks_exact(4)) {
                let (ab, cd) = (_mm256_unpacklo_ps(v[0], v[1]), _mm256_unpacklo_ps(v[2], v[3]));
                (to[0], to[1]) =
                    (_mm256_shuffle_ps::<0x44>(ab, cd), _mm256_shuffle_ps::<0xee>(ab, cd));
                let (ab, cd) = (_mm256_unpackhi_ps(v[0], v[1]), _mm256_unpackhi_ps(v[2], v[3]));
                (to[2], to[3]) =
                    (_mm256_shuffle_ps::<0x44>(ab, cd), _mm256_shuffle_ps::<0xee>(ab, cd));
            }
            // Half h of vector 4 g + j is column 4 h + j of rows 4 g to 4 g + 3.
            let from = to;
            for j in 0..4 {
                to[j] = _mm256_permute2f128_ps::<0x20>(from[j], from[4 + j]);
                to[4 + j] = _mm256_permute2f128_ps::<0x31>(from[j], from[4 + j]);
            }
            to
        }
    }
    #[inline(always)]
    fn places(self, v: __m256) -> __m256i {
        // SAFETY: see above.
        unsafe { _mm256_cvttps_epi32(v) }
    }
    #[inline(always)]
    fn permute(self, v: __m256, p: __m256i) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_permutevar8x32_ps(v, p) }
    }
    #[inline(always)]
    fn split(self, x: __m256) -> (__m256, __m256) {
        // SAFETY: see above.
        unsafe {
            let bits = _mm256_castps_si256(x);
            let above = _mm256_sub_epi32(bits, _mm256_set1_epi32(f32::SQRT_HALF as i32));
            let e = _mm256_srai_epi32::<23>(above);
            let m = _mm256_sub_epi32(bits, _mm256_slli_epi32::<23>(e));
            (_mm256_cvtepi32_ps(e), _mm256_castsi256_ps(m))
        }
    }
}

impl Each<f64> for Avx2 {
    type Vs = [__m256d; 4];
    /// Of both halves of each number.
    type Places = __m256i;

    #[inline(always)]
    fn repeat(self, v: __m256d) -> [__m256d; 4] {
        [v; 4]
    }
    #[inline(always)]
    fn max_each(self, v: [__m256d; 4]) -> __m256d {
        each64::<false>(v)
    }
    #[inline(always)]
    fn sum_each(self, v: [__m256d; 4]) -> __m256d {
        each64::<true>(v)
    }
    #[inline(always)]
    fn transpose(self, [a, b, c, d]: [__m256d; 4]) -> [__m256d; 4] {
        // SAFETY: see above.
        unsafe {
            let (ab, cd) = (_mm256_unpacklo_pd(a, b), _mm256_unpacklo_pd(c, d));
            let (first, third) =
                (_mm256_permute2f128_pd::<0x20>(ab, cd), _mm256_permute2f128_pd::<0x31>(ab, cd));
            let (ab, cd) = (_mm256_unpackhi_pd(a, b), _mm256_unpackhi_pd(c, d));
            let (second, fourth) =
                (_mm256_permute2f128_pd::<0x20>(ab, cd), _mm256_permute2f128_pd::<0x31>(ab, cd));
            [first, second, third, fourth]
        }
    }
    #[inline(always)]
    fn places(self, v: __m256d) -> __m256i {
        // SAFETY: see above.
        unsafe {
            let even = _mm256_cvtepu32_epi64(_mm_slli_epi32::<1>(_mm256_cvttpd_epi32(v)));
            let odd = _mm256_add_epi64(even, _mm256_set1_epi64x(1));
            _mm256_or_si256(even, _mm256_slli_epi64::<32>(odd))
        }
    }
    #[inline(always)]
    fn permute(self, v: __m256d, p: __m256i) -> __m256d {
        // SAFETY: see above.
        unsafe { _mm256_castps_pd(_mm256_permutevar8x32_ps(_mm256_castpd_ps(v), p)) }
    }
    #[inline(always)]
    fn split(self, x: __m256d) -> (__m256d, __m256d) {
        // SAFETY: see above.
        unsafe {
            let bits = _mm256_castpd_si256(x);
            let above = _mm256_sub_epi64(bits, _mm256_set1_epi64x(f64::SQRT_HALF as i64));
            let e = _mm256_srli_epi64::<52>(above);
            let m = _mm256_sub_epi64(bits, _mm256_slli_epi64::<52>(e));
            // As the low bits of 2^52 they are a number.
            let base = _mm256_set1_pd(4503599627370496.0);
            let e = _mm256_or_pd(_mm256_castsi256_pd(e), base);
            (_mm256_sub_pd(e, base), _mm256_castsi256_pd(m))
        }
    }
}
