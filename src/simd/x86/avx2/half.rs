//! The 16-bit storage types: widened when read, narrowed when written.

use super::Avx2;
use crate::simd::{Bf16, F16, Io, Lanes};
use core::arch::x86_64::*;

// SAFETY of every block below: as in the file above this one.

/// `n < 8` numbers of 16 bits, then zeros.
#[inline(always)]
unsafe fn load_head16(p: *const u16, n: usize) -> __m128i {
    let mut all = [0u16; 8];
    // SAFETY: the caller vouches for n values; the array has room for 8.
    unsafe {
        for (i, slot) in all.iter_mut().enumerate() {
            if i < n {
                *slot = *p.add(i);
            }
        }
        _mm_loadu_si128(all.as_ptr().cast())
    }
}

/// The first `n < 8` numbers of 16 bits.
#[inline(always)]
unsafe fn store_head16(p: *mut u16, n: usize, v: __m128i) {
    let mut all = [0u16; 8];
    // SAFETY: the caller vouches for n values; the array has room for 8.
    unsafe {
        _mm_storeu_si128(all.as_mut_ptr().cast(), v);
        for (i, x) in all.into_iter().enumerate() {
            if i < n {
                *p.add(i) = x;
            }
        }
    }
}

/// bfloat16 to f32: its bits are the upper half.
#[inline(always)]
fn widen_bf16(bits: __m128i) -> __m256 {
    // SAFETY: called from methods of the token only.
    unsafe { _mm256_castsi256_ps(_mm256_slli_epi32::<16>(_mm256_cvtepu16_epi32(bits))) }
}

/// f32 to bfloat16, ties to even, NaN kept.
#[inline(always)]
fn narrow_bf16(v: __m256) -> __m128i {
    // SAFETY: called from methods of the token only.
    unsafe {
        let bits = _mm256_castps_si256(v);
        let odd = _mm256_and_si256(_mm256_srli_epi32::<16>(bits), _mm256_set1_epi32(1));
        let up = _mm256_add_epi32(odd, _mm256_set1_epi32(0x7fff));
        let rounded = _mm256_add_epi32(bits, up);
        let quiet = _mm256_or_si256(bits, _mm256_set1_epi32(0x0040_0000));
        let nan = _mm256_castps_si256(_mm256_cmp_ps::<_CMP_UNORD_Q>(v, v));
        let kept = _mm256_srli_epi32::<16>(_mm256_blendv_epi8(rounded, quiet, nan));
        let packed = _mm256_packus_epi32(kept, kept);
        _mm256_castsi256_si128(_mm256_permute4x64_epi64::<0b1000>(packed))
    }
}

impl Io<F16> for Avx2 {
    #[inline(always)]
    unsafe fn load(self, p: *const F16) -> __m256 {
        // SAFETY: see above.
        unsafe { _mm256_cvtph_ps(_mm_loadu_si128(p.cast())) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const F16, n: usize, fill: f32) -> __m256 {
        // SAFETY: see above.
        unsafe {
            let v = _mm256_cvtph_ps(load_head16(p.cast(), n));
            _mm256_blendv_ps(_mm256_set1_ps(fill), v, Lanes::<f32>::head(self, n))
        }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut F16, v: __m256) {
        // SAFETY: see above.
        unsafe { _mm_storeu_si128(p.cast(), _mm256_cvtps_ph::<_MM_FROUND_TO_NEAREST_INT>(v)) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut F16, n: usize, v: __m256) {
        // SAFETY: see above.
        unsafe { store_head16(p.cast(), n, _mm256_cvtps_ph::<_MM_FROUND_TO_NEAREST_INT>(v)) }
    }
}

impl Io<Bf16> for Avx2 {
    #[inline(always)]
    unsafe fn load(self, p: *const Bf16) -> __m256 {
        // SAFETY: see above.
        unsafe { widen_bf16(_mm_loadu_si128(p.cast())) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const Bf16, n: usize, fill: f32) -> __m256 {
        // SAFETY: see above.
        unsafe {
            let v = widen_bf16(load_head16(p.cast(), n));
            _mm256_blendv_ps(_mm256_set1_ps(fill), v, Lanes::<f32>::head(self, n))
        }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut Bf16, v: __m256) {
        // SAFETY: see above.
        unsafe { _mm_storeu_si128(p.cast(), narrow_bf16(v)) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut Bf16, n: usize, v: __m256) {
        // SAFETY: see above.
        unsafe { store_head16(p.cast(), n, narrow_bf16(v)) }
    }
}
