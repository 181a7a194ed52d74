//! The 16-bit storage types: widened when read, narrowed when written.

use super::{Avx512, low};
use crate::simd::{Bf16, F16, Io};
use core::arch::x86_64::*;

// SAFETY of every block below: as in the file above this one.

/// bfloat16 to f32: its bits are the upper half.
#[inline(always)]
fn widen_bf16(bits: __m256i) -> __m512 {
    // SAFETY: called from methods of the token only.
    unsafe { _mm512_castsi512_ps(_mm512_slli_epi32::<16>(_mm512_cvtepu16_epi32(bits))) }
}

/// f32 to bfloat16, ties to even, NaN kept. (The processor's own instruction
/// flushes subnormals, where there is one.)
#[inline(always)]
fn narrow_bf16(v: __m512) -> __m256i {
    // SAFETY: called from methods of the token only.
    unsafe {
        let bits = _mm512_castps_si512(v);
        let odd = _mm512_and_si512(_mm512_srli_epi32::<16>(bits), _mm512_set1_epi32(1));
        let up = _mm512_add_epi32(odd, _mm512_set1_epi32(0x7fff));
        let rounded = _mm512_add_epi32(bits, up);
        let quiet = _mm512_or_si512(bits, _mm512_set1_epi32(0x0040_0000));
        let nan = _mm512_cmp_ps_mask::<_CMP_UNORD_Q>(v, v);
        let kept = _mm512_mask_blend_epi32(nan, rounded, quiet);
        _mm512_cvtepi32_epi16(_mm512_srli_epi32::<16>(kept))
    }
}

const NEAREST: i32 = _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC;

impl Io<F16> for Avx512 {
    #[inline(always)]
    unsafe fn load(self, p: *const F16) -> __m512 {
        // SAFETY: see above.
        unsafe { _mm512_cvtph_ps(_mm256_loadu_si256(p.cast())) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const F16, n: usize, fill: f32) -> __m512 {
        let mask = low(n) as __mmask16;
        // SAFETY: see above.
        unsafe {
            let v = _mm512_cvtph_ps(_mm256_maskz_loadu_epi16(mask, p.cast()));
            _mm512_mask_blend_ps(mask, _mm512_set1_ps(fill), v)
        }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut F16, v: __m512) {
        // SAFETY: see above.
        unsafe { _mm256_storeu_si256(p.cast(), _mm512_cvtps_ph::<NEAREST>(v)) }
    }
    #[inline(always)]
    unsafe fn store_past(self, p: *mut F16, v: __m512) {
        // SAFETY: see above; the caller vouches for the alignment.
        unsafe { _mm256_stream_si256(p.cast(), _mm512_cvtps_ph::<NEAREST>(v)) }
    }
    #[inline(always)]
    fn prefetch(self, p: *const F16) {
        // SAFETY: see above; a prefetch never faults.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(p.cast()) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut F16, n: usize, v: __m512) {
        // SAFETY: see above.
        unsafe {
            _mm256_mask_storeu_epi16(p.cast(), low(n) as __mmask16, _mm512_cvtps_ph::<NEAREST>(v));
        }
    }
}

impl Io<Bf16> for Avx512 {
    #[inline(always)]
    unsafe fn load(self, p: *const Bf16) -> __m512 {
        // SAFETY: see above.
        unsafe { widen_bf16(_mm256_loadu_si256(p.cast())) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const Bf16, n: usize, fill: f32) -> __m512 {
        let mask = low(n) as __mmask16;
        // SAFETY: see above.
        unsafe {
            let v = widen_bf16(_mm256_maskz_loadu_epi16(mask, p.cast()));
            _mm512_mask_blend_ps(mask, _mm512_set1_ps(fill), v)
        }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut Bf16, v: __m512) {
        // SAFETY: see above.
        unsafe { _mm256_storeu_si256(p.cast(), narrow_bf16(v)) }
    }
    #[inline(always)]
    unsafe fn store_past(self, p: *mut Bf16, v: __m512) {
        // SAFETY: see above; the caller vouches for the alignment.
        unsafe { _mm256_stream_si256(p.cast(), narrow_bf16(v)) }
    }
    #[inline(always)]
    fn prefetch(self, p: *const Bf16) {
        // SAFETY: see above; a prefetch never faults.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(p.cast()) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut Bf16, n: usize, v: __m512) {
        // SAFETY: see above.
        unsafe { _mm256_mask_storeu_epi16(p.cast(), low(n) as __mmask16, narrow_bf16(v)) }
    }
}
