//! Powers of two: a table and a short polynomial, the whole exponent by `scalef`.

use super::Avx512;
use crate::simd::Lanes;
use core::arch::x86_64::*;

const MAGIC_PS: f32 = <Avx512 as Lanes<f32>>::MAGIC as f32;
const MAGIC_PD: f64 = <Avx512 as Lanes<f64>>::MAGIC;

/// A table for a permutation.
#[repr(C, align(64))]
struct Table<T>(T);
/// The bits of `2^(i/32)`.
static STEPS32: Table<[u32; 32]> = Table([
    0x3f800000, 0x3f82cd87, 0x3f85aac3, 0x3f88980f, 0x3f8b95c2, 0x3f8ea43a, 0x3f91c3d3, 0x3f94f4f0,
    0x3f9837f0, 0x3f9b8d3a, 0x3f9ef532, 0x3fa27043, 0x3fa5fed7, 0x3fa9a15b, 0x3fad583f, 0x3fb123f6,
    0x3fb504f3, 0x3fb8fbaf, 0x3fbd08a4, 0x3fc12c4d, 0x3fc5672a, 0x3fc9b9be, 0x3fce248c, 0x3fd2a81e,
    0x3fd744fd, 0x3fdbfbb8, 0x3fe0ccdf, 0x3fe5b907, 0x3feac0c7, 0x3fefe4ba, 0x3ff5257d, 0x3ffa83b3,
]);
/// The bits of `2^(i/16)`.
static STEPS64: Table<[u64; 16]> = Table([
    0x3ff0000000000000,
    0x3ff0b5586cf9890f,
    0x3ff172b83c7d517b,
    0x3ff2387a6e756238,
    0x3ff306fe0a31b715,
    0x3ff3dea64c123422,
    0x3ff4bfdad5362a27,
    0x3ff5ab07dd485429,
    0x3ff6a09e667f3bcd,
    0x3ff7a11473eb0187,
    0x3ff8ace5422aa0db,
    0x3ff9c49182a3f090,
    0x3ffae89f995ad3ad,
    0x3ffc199bdd85529c,
    0x3ffd5818dcfba487,
    0x3ffea4afa2a490da,
]);

/// `2^t` times the power in `z` times `factor`: the table gives the sixteenths or
/// 32nds that stand in the low bits, times the factor at no cost, for that is the
/// same in every turn of a loop; two terms (f64: six) make the rest, and
/// `scalef` puts the whole exponent on, which rounds once where the result is
/// subnormal, and gives infinity or 0 where it is out of range.
#[inline(always)]
pub fn exp2_ps(z: __m512, t: __m512, factor: Option<__m512>) -> __m512 {
    // SAFETY: called from methods of the token only; the table holds 2 vectors.
    unsafe {
        let table: *const f32 = STEPS32.0.as_ptr().cast();
        let (mut low, mut high) = (_mm512_load_ps(table), _mm512_load_ps(table.add(16)));
        if let Some(factor) = factor {
            (low, high) = (_mm512_mul_ps(low, factor), _mm512_mul_ps(high, factor));
        }
        let step = _mm512_permutex2var_ps(low, _mm512_castps_si512(z), high);
        let q = _mm512_fmadd_ps(t, _mm512_set1_ps(0.240_191_61), _mm512_set1_ps(0.693_157));
        let exponent = _mm512_sub_ps(z, _mm512_set1_ps(MAGIC_PS));
        _mm512_scalef_ps(_mm512_fmadd_ps(_mm512_mul_ps(q, t), step, step), exponent)
    }
}

/// As [`exp2_ps`].
#[inline(always)]
pub fn exp2_pd(z: __m512d, t: __m512d, factor: Option<__m512d>) -> __m512d {
    // SAFETY: called from methods of the token only; the table holds 2 vectors.
    unsafe {
        let table: *const f64 = STEPS64.0.as_ptr().cast();
        let (mut low, mut high) = (_mm512_load_pd(table), _mm512_load_pd(table.add(8)));
        if let Some(factor) = factor {
            (low, high) = (_mm512_mul_pd(low, factor), _mm512_mul_pd(high, factor));
        }
        let step = _mm512_permutex2var_pd(low, _mm512_castpd_si512(z), high);
        let mut q = _mm512_set1_pd(0.00015403723980749256);
        for c in [
            0.0013333781576784268,
            0.009618129106919537,
            0.0555041086566393,
            0.24022650695910075,
            0.6931471805599457,
        ] {
            q = _mm512_fmadd_pd(q, t, _mm512_set1_pd(c));
        }
        let exponent = _mm512_sub_pd(z, _mm512_set1_pd(MAGIC_PD));
        _mm512_scalef_pd(_mm512_fmadd_pd(_mm512_mul_pd(q, t), step, step), exponent)
    }
}
