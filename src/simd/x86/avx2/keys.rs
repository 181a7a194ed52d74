//! Eight lanes of u32, four of u64. Of 64 bits only signed integers are compared: with
//! the sign bit flipped they are in the order of unsigned ones.

use super::Avx2;
use crate::simd::Each;
use crate::simd::keys::Keys;
use core::arch::x86_64::*;

// SAFETY of every block below: as in the file above this one.

/// For every set of eight lanes, where the lanes of a vector come from if those of the
/// set are to stand last.
static PLACES: [[u8; 8]; 256] = places();

const fn places() -> [[u8; 8]; 256] {
    let mut table = [[0; 8]; 256];
    let mut set = 0;
    while set < 256 {
        let (mut next, mut pass) = (0, 0);
        while pass < 2 {
            let mut lane = 0;
            while lane < 8 {
                if set >> lane & 1 == pass {
                    table[set][next] = lane as u8;
                    next += 1;
                }
                lane += 1;
            }
            pass += 1;
        }
        set += 1;
    }
    table
}

/// The first lanes, all bits, of as many as `8 - n` numbers from its start.
static HEADS: [i32; 16] = [-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0];

/// All bits of the first `n <= 8` words.
#[inline(always)]
fn head(n: usize) -> __m256i {
    // SAFETY: called from methods of the token only; 8 numbers follow `8 - n <= 8`.
    unsafe { _mm256_loadu_si256(HEADS.as_ptr().add(8 - n.min(8)).cast()) }
}

/// Words moved to where the set wants them.
#[inline(always)]
fn split(v: __m256i, set: u32) -> __m256i {
    // SAFETY: called from methods of the token only.
    unsafe {
        let places = _mm_loadl_epi64(PLACES[set as usize & 255].as_ptr().cast());
        _mm256_permutevar8x32_epi32(v, _mm256_cvtepu8_epi32(places))
    }
}

/// Lanes in reverse within groups of `G`.
#[inline(always)]
fn reverse32<const G: usize>(v: __m256i) -> __m256i {
    // SAFETY: called from methods of the token only.
    unsafe {
        match G {
            2 => _mm256_shuffle_epi32::<0b10_11_00_01>(v),
            4 => _mm256_shuffle_epi32::<0b00_01_10_11>(v),
            _ => _mm256_permutevar8x32_epi32(v, _mm256_setr_epi32(7, 6, 5, 4, 3, 2, 1, 0)),
        }
    }
}

/// As [`reverse32`].
#[inline(always)]
fn reverse64<const G: usize>(v: __m256i) -> __m256i {
    // SAFETY: called from methods of the token only.
    unsafe {
        match G {
            2 => _mm256_shuffle_epi32::<0b01_00_11_10>(v),
            _ => _mm256_permute4x64_epi64::<0b00_01_10_11>(v),
        }
    }
}

/// The upper halves of groups of `G` words from `high`, the rest from `low`.
#[inline(always)]
fn upper<const G: usize>(low: __m256i, high: __m256i) -> __m256i {
    // SAFETY: called from methods of the token only.
    unsafe {
        match G {
            2 => _mm256_blend_epi32::<0b1010_1010>(low, high),
            4 => _mm256_blend_epi32::<0b1100_1100>(low, high),
            _ => _mm256_blend_epi32::<0b1111_0000>(low, high),
        }
    }
}

/// The sign bit flipped.
#[inline(always)]
pub fn flip(v: __m256i) -> __m256i {
    // SAFETY: called from methods of the token only.
    unsafe { _mm256_xor_si256(v, _mm256_set1_epi64x(i64::MIN)) }
}

/// The smaller and the larger.
#[inline(always)]
fn both64(a: __m256i, b: __m256i) -> (__m256i, __m256i) {
    // SAFETY: called from methods of the token only.
    unsafe {
        let gt = _mm256_castsi256_pd(_mm256_cmpgt_epi64(a, b));
        let (a, b) = (_mm256_castsi256_pd(a), _mm256_castsi256_pd(b));
        let (low, high) = (_mm256_blendv_pd(a, b, gt), _mm256_blendv_pd(b, a, gt));
        (_mm256_castpd_si256(low), _mm256_castpd_si256(high))
    }
}

impl Keys<u32> for Avx2 {
    type V = __m256i;
    type Vs = [__m256i; 8];
    const N: usize = 8;
    const MANY: bool = false;

    #[inline(always)]
    unsafe fn load(self, p: *const u32) -> __m256i {
        // SAFETY: see above.
        unsafe { _mm256_loadu_si256(p.cast()) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const u32, n: usize, fill: u32) -> __m256i {
        // SAFETY: see above.
        unsafe {
            let (head, fill) = (head(n), _mm256_set1_epi32(fill as i32));
            _mm256_blendv_epi8(fill, _mm256_maskload_epi32(p.cast(), head), head)
        }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut u32, v: __m256i) {
        // SAFETY: see above.
        unsafe { _mm256_storeu_si256(p.cast(), v) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut u32, n: usize, v: __m256i) {
        // SAFETY: see above.
        unsafe { _mm256_maskstore_epi32(p.cast(), head(n), v) }
    }
    #[inline(always)]
    fn splat(self, k: u32) -> __m256i {
        // SAFETY: see above.
        unsafe { _mm256_set1_epi32(k as i32) }
    }
    #[inline(always)]
    fn min(self, a: __m256i, b: __m256i) -> __m256i {
        // SAFETY: see above.
        unsafe { _mm256_min_epu32(a, b) }
    }
    #[inline(always)]
    fn max(self, a: __m256i, b: __m256i) -> __m256i {
        // SAFETY: see above.
        unsafe { _mm256_max_epu32(a, b) }
    }
    #[inline(always)]
    fn gt(self, a: __m256i, b: __m256i) -> u32 {
        // SAFETY: see above.
        unsafe {
            let least = _mm256_cmpeq_epi32(_mm256_min_epu32(a, b), a);
            !_mm256_movemask_ps(_mm256_castsi256_ps(least)) as u32 & 255
        }
    }
    #[inline(always)]
    fn split(self, v: __m256i, bits: u32) -> __m256i {
        split(v, bits)
    }
    #[inline(always)]
    fn order<const D: usize>(self, v: __m256i) -> __m256i {
        // SAFETY: see above.
        let other = unsafe {
            match D {
                1 => _mm256_shuffle_epi32::<0b10_11_00_01>(v),
                2 => _mm256_shuffle_epi32::<0b01_00_11_10>(v),
                _ => _mm256_permute4x64_epi64::<0b01_00_11_10>(v),
            }
        };
        // SAFETY: see above.
        let (low, high) = unsafe { (_mm256_min_epu32(v, other), _mm256_max_epu32(v, other)) };
        match D {
            1 => upper::<2>(low, high),
            2 => upper::<4>(low, high),
            _ => upper::<8>(low, high),
        }
    }
    #[inline(always)]
    fn cross<const G: usize>(self, a: __m256i, b: __m256i) -> (__m256i, __m256i) {
        let b = reverse32::<G>(b);
        // SAFETY: see above.
        let (low, high) = unsafe { (_mm256_min_epu32(a, b), _mm256_max_epu32(a, b)) };
        (upper::<G>(low, high), reverse32::<G>(upper::<G>(high, low)))
    }
    #[inline(always)]
    fn square(self, v: __m256i) -> [__m256i; 8] {
        [v; 8]
    }
    #[inline(always)]
    fn transpose(self, v: [__m256i; 8]) -> [__m256i; 8] {
        // SAFETY: see above.
        let v = v.map(|v| unsafe { _mm256_castsi256_ps(v) });
        // SAFETY: see above.
        Each::<f32>::transpose(self, v).map(|v| unsafe { _mm256_castps_si256(v) })
    }
}

impl Keys<u64> for Avx2 {
    /// With the sign bits flipped.
    type V = __m256i;
    type Vs = [__m256i; 4];
    const N: usize = 4;
    const MANY: bool = false;

    #[inline(always)]
    unsafe fn load(self, p: *const u64) -> __m256i {
        // SAFETY: see above.
        flip(unsafe { _mm256_loadu_si256(p.cast()) })
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const u64, n: usize, fill: u64) -> __m256i {
        // SAFETY: see above.
        flip(unsafe {
            let (head, fill) = (head(2 * n), _mm256_set1_epi64x(fill as i64));
            _mm256_blendv_epi8(fill, _mm256_maskload_epi64(p.cast(), head), head)
        })
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut u64, v: __m256i) {
        // SAFETY: see above.
        unsafe { _mm256_storeu_si256(p.cast(), flip(v)) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut u64, n: usize, v: __m256i) {
        // SAFETY: see above.
        unsafe { _mm256_maskstore_epi64(p.cast(), head(2 * n), flip(v)) }
    }
    #[inline(always)]
    fn splat(self, k: u64) -> __m256i {
        // SAFETY: see above.
        flip(unsafe { _mm256_set1_epi64x(k as i64) })
    }
    #[inline(always)]
    fn min(self, a: __m256i, b: __m256i) -> __m256i {
        both64(a, b).0
    }
    #[inline(always)]
    fn max(self, a: __m256i, b: __m256i) -> __m256i {
        both64(a, b).1
    }
    #[inline(always)]
    fn gt(self, a: __m256i, b: __m256i) -> u32 {
        // SAFETY: see above.
        unsafe { _mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpgt_epi64(a, b))) as u32 }
    }
    #[inline(always)]
    fn split(self, v: __m256i, bits: u32) -> __m256i {
        // Two words a lane.
        split(v, (bits & 1 | (bits & 2) << 1 | (bits & 4) << 2 | (bits & 8) << 3) * 3)
    }
    #[inline(always)]
    fn order<const D: usize>(self, v: __m256i) -> __m256i {
        // SAFETY: see above.
        let other = unsafe {
            match D {
                1 => _mm256_shuffle_epi32::<0b01_00_11_10>(v),
                _ => _mm256_permute4x64_epi64::<0b01_00_11_10>(v),
            }
        };
        let (low, high) = both64(v, other);
        if D == 1 { upper::<4>(low, high) } else { upper::<8>(low, high) }
    }
    #[inline(always)]
    fn cross<const G: usize>(self, a: __m256i, b: __m256i) -> (__m256i, __m256i) {
        let (low, high) = both64(a, reverse64::<G>(b));
        match G {
            2 => (upper::<4>(low, high), reverse64::<2>(upper::<4>(high, low))),
            _ => (upper::<8>(low, high), reverse64::<4>(upper::<8>(high, low))),
        }
    }
    #[inline(always)]
    fn square(self, v: __m256i) -> [__m256i; 4] {
        [v; 4]
    }
    #[inline(always)]
    fn transpose(self, v: [__m256i; 4]) -> [__m256i; 4] {
        // SAFETY: see above.
        let v = v.map(|v| unsafe { _mm256_castsi256_pd(v) });
        // SAFETY: see above.
        Each::<f64>::transpose(self, v).map(|v| unsafe { _mm256_castpd_si256(v) })
    }
}
