//! Sixteen lanes of u32, eight of u64.

use super::{Avx512, low};
use crate::simd::Each;
use crate::simd::keys::Keys;
use core::arch::x86_64::*;

// SAFETY of every block below: as in the file above this one.

/// The lanes in the upper halves of groups of `group`.
const fn upper(group: usize) -> u16 {
    let (mut bits, mut lane) = (0, 0);
    while lane < 16 {
        if lane & (group / 2) != 0 {
            bits |= 1 << lane;
        }
        lane += 1;
    }
    bits
}

/// Lanes in reverse within groups of `G`.
#[inline(always)]
fn reverse32<const G: usize>(v: __m512i) -> __m512i {
    // SAFETY: called from methods of the token only.
    unsafe {
        match G {
            2 => _mm512_shuffle_epi32::<0b10_11_00_01>(v),
            4 => _mm512_shuffle_epi32::<0b00_01_10_11>(v),
            8 => {
                let v = _mm512_shuffle_epi32::<0b00_01_10_11>(v);
                _mm512_shuffle_i32x4::<0b10_11_00_01>(v, v)
            }
            _ => {
                let places =
                    _mm512_setr_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
                _mm512_permutexvar_epi32(places, v)
            }
        }
    }
}

/// As [`reverse32`].
#[inline(always)]
fn reverse64<const G: usize>(v: __m512i) -> __m512i {
    // SAFETY: called from methods of the token only.
    unsafe {
        match G {
            2 => _mm512_shuffle_epi32::<0b01_00_11_10>(v),
            4 => _mm512_permutex_epi64::<0b00_01_10_11>(v),
            _ => _mm512_permutexvar_epi64(_mm512_setr_epi64(7, 6, 5, 4, 3, 2, 1, 0), v),
        }
    }
}

/// Each lane and the one `D` further on change places.
#[inline(always)]
fn swap32<const D: usize>(v: __m512i) -> __m512i {
    // SAFETY: called from methods of the token only.
    unsafe {
        match D {
            1 => _mm512_shuffle_epi32::<0b10_11_00_01>(v),
            2 => _mm512_shuffle_epi32::<0b01_00_11_10>(v),
            4 => _mm512_shuffle_i32x4::<0b10_11_00_01>(v, v),
            _ => _mm512_shuffle_i32x4::<0b01_00_11_10>(v, v),
        }
    }
}

impl Keys<u32> for Avx512 {
    type V = __m512i;
    type Vs = [__m512i; 16];
    const N: usize = 16;
    const MANY: bool = true;

    #[inline(always)]
    unsafe fn load(self, p: *const u32) -> __m512i {
        // SAFETY: see above.
        unsafe { _mm512_loadu_si512(p.cast()) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const u32, n: usize, fill: u32) -> __m512i {
        // SAFETY: see above.
        unsafe { _mm512_mask_loadu_epi32(_mm512_set1_epi32(fill as i32), low(n) as u16, p.cast()) }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut u32, v: __m512i) {
        // SAFETY: see above.
        unsafe { _mm512_storeu_si512(p.cast(), v) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut u32, n: usize, v: __m512i) {
        // SAFETY: see above.
        unsafe { _mm512_mask_storeu_epi32(p.cast(), low(n) as u16, v) }
    }
    #[inline(always)]
    fn splat(self, k: u32) -> __m512i {
        // SAFETY: see above.
        unsafe { _mm512_set1_epi32(k as i32) }
    }
    #[inline(always)]
    fn min(self, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: see above.
        unsafe { _mm512_min_epu32(a, b) }
    }
    #[inline(always)]
    fn max(self, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: see above.
        unsafe { _mm512_max_epu32(a, b) }
    }
    #[inline(always)]
    fn gt(self, a: __m512i, b: __m512i) -> u32 {
        // SAFETY: see above.
        u32::from(unsafe { _mm512_cmpgt_epu32_mask(a, b) })
    }
    #[inline(always)]
    fn pack(self, v: __m512i, bits: u32) -> __m512i {
        // SAFETY: see above.
        unsafe { _mm512_maskz_compress_epi32(bits as u16, v) }
    }
    #[inline(always)]
    fn split(self, v: __m512i, bits: u32) -> __m512i {
        // SAFETY: see above.
        unsafe {
            let first = _mm512_maskz_compress_epi32(!bits as u16, v);
            let then = _mm512_maskz_compress_epi32(bits as u16, v);
            let from = 0xffff_u32 << (16 - bits.count_ones());
            _mm512_mask_expand_epi32(first, from as u16, then)
        }
    }
    #[inline(always)]
    fn order<const D: usize>(self, v: __m512i) -> __m512i {
        let other = swap32::<D>(v);
        // SAFETY: see above.
        unsafe { _mm512_mask_max_epu32(_mm512_min_epu32(v, other), upper(2 * D), v, other) }
    }
    #[inline(always)]
    fn cross<const G: usize>(self, a: __m512i, b: __m512i) -> (__m512i, __m512i) {
        let b = reverse32::<G>(b);
        // SAFETY: see above.
        unsafe {
            let (low, high) = (_mm512_min_epu32(a, b), _mm512_max_epu32(a, b));
            let first = _mm512_mask_mov_epi32(low, upper(G), high);
            (first, reverse32::<G>(_mm512_mask_mov_epi32(high, upper(G), low)))
        }
    }
    #[inline(always)]
    fn square(self, v: __m512i) -> [__m512i; 16] {
        [v; 16]
    }
    #[inline(always)]
    fn transpose(self, v: [__m512i; 16]) -> [__m512i; 16] {
        // SAFETY: see above.
        let v = v.map(|v| unsafe { _mm512_castsi512_ps(v) });
        // SAFETY: see above.
        Each::<f32>::transpose(self, v).map(|v| unsafe { _mm512_castps_si512(v) })
    }
}

impl Keys<u64> for Avx512 {
    type V = __m512i;
    type Vs = [__m512i; 8];
    const N: usize = 8;
    const MANY: bool = true;

    #[inline(always)]
    unsafe fn load(self, p: *const u64) -> __m512i {
        // SAFETY: see above.
        unsafe { _mm512_loadu_si512(p.cast()) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const u64, n: usize, fill: u64) -> __m512i {
        // SAFETY: see above.
        unsafe { _mm512_mask_loadu_epi64(_mm512_set1_epi64(fill as i64), low(n) as u8, p.cast()) }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut u64, v: __m512i) {
        // SAFETY: see above.
        unsafe { _mm512_storeu_si512(p.cast(), v) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut u64, n: usize, v: __m512i) {
        // SAFETY: see above.
        unsafe { _mm512_mask_storeu_epi64(p.cast(), low(n) as u8, v) }
    }
    #[inline(always)]
    fn splat(self, k: u64) -> __m512i {
        // SAFETY: see above.
        unsafe { _mm512_set1_epi64(k as i64) }
    }
    #[inline(always)]
    fn min(self, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: see above.
        unsafe { _mm512_min_epu64(a, b) }
    }
    #[inline(always)]
    fn max(self, a: __m512i, b: __m512i) -> __m512i {
        // SAFETY: see above.
        unsafe { _mm512_max_epu64(a, b) }
    }
    #[inline(always)]
    fn gt(self, a: __m512i, b: __m512i) -> u32 {
        // SAFETY: see above.
        u32::from(unsafe { _mm512_cmpgt_epu64_mask(a, b) })
    }
    #[inline(always)]
    fn pack(self, v: __m512i, bits: u32) -> __m512i {
        // SAFETY: see above.
        unsafe { _mm512_maskz_compress_epi64(bits as u8, v) }
    }
    #[inline(always)]
    fn split(self, v: __m512i, bits: u32) -> __m512i {
        // SAFETY: see above.
        unsafe {
            let first = _mm512_maskz_compress_epi64(!bits as u8, v);
            let then = _mm512_maskz_compress_epi64(bits as u8, v);
            let from = 0xff_u32 << (8 - bits.count_ones());
            _mm512_mask_expand_epi64(first, from as u8, then)
        }
    }
    #[inline(always)]
    fn order<const D: usize>(self, v: __m512i) -> __m512i {
        let other = match D {
            1 => swap32::<2>(v),
            2 => swap32::<4>(v),
            _ => swap32::<8>(v),
        };
        // SAFETY: see above.
        unsafe { _mm512_mask_max_epu64(_mm512_min_epu64(v, other), upper(2 * D) as u8, v, other) }
    }
    #[inline(always)]
    fn cross<const G: usize>(self, a: __m512i, b: __m512i) -> (__m512i, __m512i) {
        let b = reverse64::<G>(b);
        // SAFETY: see above.
        unsafe {
            let (low, high) = (_mm512_min_epu64(a, b), _mm512_max_epu64(a, b));
            let first = _mm512_mask_mov_epi64(low, upper(G) as u8, high);
            (first, reverse64::<G>(_mm512_mask_mov_epi64(high, upper(G) as u8, low)))
        }
    }
    #[inline(always)]
    fn square(self, v: __m512i) -> [__m512i; 8] {
        [v; 8]
    }
    #[inline(always)]
    fn transpose(self, v: [__m512i; 8]) -> [__m512i; 8] {
        // SAFETY: see above.
        let v = v.map(|v| unsafe { _mm512_castsi512_pd(v) });
        // SAFETY: see above.
        Each::<f64>::transpose(self, v).map(|v| unsafe { _mm512_castpd_si512(v) })
    }
}
