//! Sixteen vectors of f32, or eight of f64, reduced at once.
//!
//! Two vectors are interleaved and their halves joined, so that each keeps half
//! of its lanes; after four such steps (three for f64) every vector has one lane
//! of one result, in order.

use super::Avx512;
use crate::simd::{Each, Real};
use core::arch::x86_64::*;

// SAFETY of every block below: as in the file above this one.

/// The sums or the larger of two lanes.
#[inline(always)]
fn join32<const SUM: bool>(a: __m512, b: __m512) -> __m512 {
    // SAFETY: called from methods of the token only.
    unsafe { if SUM { _mm512_add_ps(a, b) } else { _mm512_max_ps(a, b) } }
}

/// As [`join32`].
#[inline(always)]
fn join64<const SUM: bool>(a: __m512d, b: __m512d) -> __m512d {
    // SAFETY: called from methods of the token only.
    unsafe { if SUM { _mm512_add_pd(a, b) } else { _mm512_max_pd(a, b) } }
}

/// Four vectors become one: in each quarter, a lane a vector.
#[inline(always)]
fn four32<const SUM: bool>(a: __m512, b: __m512, c: __m512, d: __m512) -> __m512 {
    // SAFETY: called from methods of the token only.
    unsafe {
        let ab = join32::<SUM>(_mm512_unpacklo_ps(a, b), _mm512_unpackhi_ps(a, b));
        let cd = join32::<SUM>(_mm512_unpacklo_ps(c, d), _mm512_unpackhi_ps(c, d));
        join32::<SUM>(_mm512_shuffle_ps::<0x44>(ab, cd), _mm512_shuffle_ps::<0xee>(ab, cd))
    }
}

#[inline(always)]
fn each32<const SUM: bool>(v: [__m512; 16]) -> __m512 {
    let a = four32::<SUM>(v[0], v[1], v[2], v[3]);
    let b = four32::<SUM>(v[4], v[5], v[6], v[7]);
    let c = four32::<SUM>(v[8], v[9], v[10], v[11]);
    let d = four32::<SUM>(v[12], v[13], v[14], v[15]);
    // SAFETY: called from methods of the token only.
    unsafe {
        let even = _mm512_shuffle_f32x4::<0x88>(a, b);
        let ab = join32::<SUM>(even, _mm512_shuffle_f32x4::<0xdd>(a, b));
        let even = _mm512_shuffle_f32x4::<0x88>(c, d);
        let cd = join32::<SUM>(even, _mm512_shuffle_f32x4::<0xdd>(c, d));
        let even = _mm512_shuffle_f32x4::<0x88>(ab, cd);
        join32::<SUM>(even, _mm512_shuffle_f32x4::<0xdd>(ab, cd))
    }
}

/// Two vectors become one: in each quarter, a lane a vector.
#[inline(always)]
fn two64<const SUM: bool>(a: __m512d, b: __m512d) -> __m512d {
    // SAFETY: called from methods of the token only.
    unsafe { join64::<SUM>(_mm512_unpacklo_pd(a, b), _mm512_unpackhi_pd(a, b)) }
}

#[inline(always)]
fn each64<const SUM: bool>(v: [__m512d; 8]) -> __m512d {
    let (a, b) = (two64::<SUM>(v[0], v[1]), two64::<SUM>(v[2], v[3]));
    let (c, d) = (two64::<SUM>(v[4], v[5]), two64::<SUM>(v[6], v[7]));
    // SAFETY: called from methods of the token only.
    unsafe {
        let even = _mm512_shuffle_f64x2::<0x88>(a, b);
        let ab = join64::<SUM>(even, _mm512_shuffle_f64x2::<0xdd>(a, b));
        let even = _mm512_shuffle_f64x2::<0x88>(c, d);
        let cd = join64::<SUM>(even, _mm512_shuffle_f64x2::<0xdd>(c, d));
        let even = _mm512_shuffle_f64x2::<0x88>(ab, cd);
        join64::<SUM>(even, _mm512_shuffle_f64x2::<0xdd>(ab, cd))
    }
}

impl Each<f32> for Avx512 {
    type Vs = [__m512; 16];
    type Places = __m512i;

    #[inline(always)]
    fn repeat(self, v: __m512) -> [__m512; 16] {
        [v; 16]
    }
    #[inline(always)]
    fn max_each(self, v: [__m512; 16]) -> __m512 {
        each32::<false>(v)
    }
    #[inline(always)]
    fn sum_each(self, v: [__m512; 16]) -> __m512 {
        each32::<true>(v)
    }
    #[inline(always)]
    fn transpose(self, v: [__m512; 16]) -> [__m512; 16] {
        // SAFETY: see above.
        unsafe {
            let mut to = v;
            for (to, v) in to.chunks_exact_mut(4).zip(v.chunks_exact(4)) {
                let (ab, cd) = (_mm512_unpacklo_ps(v[0], v[1]), _mm512_unpacklo_ps(v[2], v[3]));
                (to[0], to[1]) =
                    (_mm512_shuffle_ps::<0x44>(ab, cd), _mm512_shuffle_ps::<0xee>(ab, cd));
                let (ab, cd) = (_mm512_unpackhi_ps(v[0], v[1]), _mm512_unpackhi_ps(v[2], v[3]));
                (to[2], to[3]) =
                    (_mm512_shuffle_ps::<0x44>(ab, cd), _mm512_shuffle_ps::<0xee>(ab, cd));
            }
            // Quarter q of vector 4 g + j is column 4 q + j of rows 4 g to 4 g + 3.
            let from = to;
            for j in 0..4 {
                let [a, b, c, d] = [from[j], from[4 + j], from[8 + j], from[12 + j]];
                let ab = _mm512_shuffle_f32x4::<0x88>(a, b);
                let cd = _mm512_shuffle_f32x4::<0x88>(c, d);
                to[j] = _mm512_shuffle_f32x4::<0x88>(ab, cd);
                to[8 + j] = _mm512_shuffle_f32x4::<0xdd>(ab, cd);
                let ab = _mm512_shuffle_f32x4::<0xdd>(a, b);
                let cd = _mm512_shuffle_f32x4::<0xdd>(c, d);
                to[4 + j] = _mm512_shuffle_f32x4::<0x88>(ab, cd);
                to[12 + j] = _mm512_shuffle_f32x4::<0xdd>(ab, cd);
            }
            to
        }
    }
    #[inline(always)]
    fn places(self, v: __m512) -> __m512i {
        // SAFETY: see above.
        unsafe { _mm512_cvttps_epi32(v) }
    }
    #[inline(always)]
    fn permute(self, v: __m512, p: __m512i) -> __m512 {
        // SAFETY: see above.
        unsafe { _mm512_permutexvar_ps(p, v) }
    }
    #[inline(always)]
    fn split(self, x: __m512) -> (__m512, __m512) {
        // SAFETY: see above.
        unsafe {
            let bits = _mm512_castps_si512(x);
            let above = _mm512_sub_epi32(bits, _mm512_set1_epi32(f32::SQRT_HALF as i32));
            let e = _mm512_srai_epi32::<23>(above);
            let m = _mm512_sub_epi32(bits, _mm512_slli_epi32::<23>(e));
            (_mm512_cvtepi32_ps(e), _mm512_castsi512_ps(m))
        }
    }
}

impl Each<f64> for Avx512 {
    type Vs = [__m512d; 8];
    type Places = __m512i;

    #[inline(always)]
    fn repeat(self, v: __m512d) -> [__m512d; 8] {
        [v; 8]
    }
    #[inline(always)]
    fn max_each(self, v: [__m512d; 8]) -> __m512d {
        each64::<false>(v)
    }
    #[inline(always)]
    fn sum_each(self, v: [__m512d; 8]) -> __m512d {
        each64::<true>(v)
    }
    #[inline(always)]
    fn transpose(self, v: [__m512d; 8]) -> [__m512d; 8] {
        // SAFETY: see above.
        unsafe {
            let mut to = v;
            for (j, half) in [false, true].into_iter().enumerate() {
                let pair = |i: usize| {
                    if half {
                        _mm512_unpackhi_pd(v[i], v[i + 1])
                    } else {
                        _mm512_unpacklo_pd(v[i], v[i + 1])
                    }
                };
                // Quarter q of each is column 2 q + j of two rows.
                let (a, b, c, d) = (pair(0), pair(2), pair(4), pair(6));
                let ab = _mm512_shuffle_f64x2::<0x88>(a, b);
                let cd = _mm512_shuffle_f64x2::<0x88>(c, d);
                to[j] = _mm512_shuffle_f64x2::<0x88>(ab, cd);
                to[4 + j] = _mm512_shuffle_f64x2::<0xdd>(ab, cd);
                let ab = _mm512_shuffle_f64x2::<0xdd>(a, b);
                let cd = _mm512_shuffle_f64x2::<0xdd>(c, d);
                to[2 + j] = _mm512_shuffle_f64x2::<0x88>(ab, cd);
                to[6 + j] = _mm512_shuffle_f64x2::<0xdd>(ab, cd);
            }
            to
        }
    }
    #[inline(always)]
    fn places(self, v: __m512d) -> __m512i {
        // SAFETY: see above.
        unsafe { _mm512_cvttpd_epi64(v) }
    }
    #[inline(always)]
    fn permute(self, v: __m512d, p: __m512i) -> __m512d {
        // SAFETY: see above.
        unsafe { _mm512_permutexvar_pd(p, v) }
    }
    #[inline(always)]
    fn split(self, x: __m512d) -> (__m512d, __m512d) {
        // SAFETY: see above.
        unsafe {
            let bits = _mm512_castpd_si512(x);
            let above = _mm512_sub_epi64(bits, _mm512_set1_epi64(f64::SQRT_HALF as i64));
            let e = _mm512_srai_epi64::<52>(above);
            let m = _mm512_sub_epi64(bits, _mm512_slli_epi64::<52>(e));
            (_mm512_cvtepi64_pd(e), _mm512_castsi512_pd(m))
        }
    }
}
