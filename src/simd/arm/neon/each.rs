//! Eight vectors of f32, or four of f64, reduced at once, in the order of AVX2.

use super::{F32, F64, Neon, max32, max64};
use crate::simd::{Each, Real};
use core::arch::aarch64::*;

// SAFETY of every block below: as in the file above this one.

/// Four registers, as rows, become their columns.
#[inline(always)]
pub fn columns32([a, b, c, d]: [float32x4_t; 4]) -> [float32x4_t; 4] {
    // SAFETY: called from methods of the token only.
    unsafe {
        let low = [vzip1q_f32(a, b), vzip1q_f32(c, d)].map(|v| vreinterpretq_f64_f32(v));
        let high = [vzip2q_f32(a, b), vzip2q_f32(c, d)].map(|v| vreinterpretq_f64_f32(v));
        let (first, second) = (vzip1q_f64(low[0], low[1]), vzip2q_f64(low[0], low[1]));
        let (third, fourth) = (vzip1q_f64(high[0], high[1]), vzip2q_f64(high[0], high[1]));
        [first, second, third, fourth].map(|v| vreinterpretq_f32_f64(v))
    }
}

/// As [`columns32`].
#[inline(always)]
fn columns64([a, b]: [float64x2_t; 2]) -> [float64x2_t; 2] {
    // SAFETY: called from methods of the token only.
    unsafe { [vzip1q_f64(a, b), vzip2q_f64(a, b)] }
}

/// The sums or the larger of two lanes.
#[inline(always)]
fn join32<const SUM: bool>(a: float32x4_t, b: float32x4_t) -> float32x4_t {
    // SAFETY: called from methods of the token only.
    if SUM { unsafe { vaddq_f32(a, b) } } else { max32(a, b) }
}

/// As [`join32`].
#[inline(always)]
fn join64<const SUM: bool>(a: float64x2_t, b: float64x2_t) -> float64x2_t {
    // SAFETY: called from methods of the token only.
    if SUM { unsafe { vaddq_f64(a, b) } } else { max64(a, b) }
}

/// Four registers become one, a lane a register.
#[inline(always)]
fn four32<const SUM: bool>(v: [float32x4_t; 4]) -> float32x4_t {
    let [a, b, c, d] = columns32(v);
    join32::<SUM>(join32::<SUM>(a, c), join32::<SUM>(b, d))
}

/// Two registers become one, a lane a register.
#[inline(always)]
fn two64<const SUM: bool>(v: [float64x2_t; 2]) -> float64x2_t {
    let [a, b] = columns64(v);
    join64::<SUM>(a, b)
}

#[inline(always)]
fn each32<const SUM: bool>(v: [F32; 8]) -> F32 {
    let rows = |i: usize| {
        let rows = [v[i], v[i + 1], v[i + 2], v[i + 3]];
        join32::<SUM>(four32::<SUM>(rows.map(|v| v[0])), four32::<SUM>(rows.map(|v| v[1])))
    };
    [rows(0), rows(4)]
}

#[inline(always)]
fn each64<const SUM: bool>(v: [F64; 4]) -> F64 {
    let rows = |i: usize| {
        let rows = [v[i], v[i + 1]];
        join64::<SUM>(two64::<SUM>(rows.map(|v| v[0])), two64::<SUM>(rows.map(|v| v[1])))
    };
    [rows(0), rows(2)]
}

impl Each<f32> for Neon {
    type Vs = [F32; 8];
    /// Of every byte of each number.
    type Places = [uint8x16_t; 2];

    #[inline(always)]
    fn repeat(self, v: F32) -> [F32; 8] {
        [v; 8]
    }
    #[inline(always)]
    fn max_each(self, v: [F32; 8]) -> F32 {
        each32::<false>(v)
    }
    #[inline(always)]
    fn sum_each(self, v: [F32; 8]) -> F32 {
        each32::<true>(v)
    }
    #[inline(always)]
    fn transpose(self, v: [F32; 8]) -> [F32; 8] {
        let mut to = v;
        for half in 0..2 {
            let low = columns32([v[0][half], v[1][half], v[2][half], v[3][half]]);
            let high = columns32([v[4][half], v[5][half], v[6][half], v[7][half]]);
            for j in 0..4 {
                to[4 * half + j] = [low[j], high[j]];
            }
        }
        to
    }
    #[inline(always)]
    fn places(self, v: F32) -> [uint8x16_t; 2] {
        // SAFETY: see above.
        v.map(|v| unsafe {
            let first = vdupq_n_u32(0x0302_0100);
            vreinterpretq_u8_u32(vmlaq_n_u32(first, vcvtq_u32_f32(v), 0x0404_0404))
        })
    }
    #[inline(always)]
    fn permute(self, v: F32, p: [uint8x16_t; 2]) -> F32 {
        // SAFETY: see above.
        unsafe {
            let table = uint8x16x2_t(vreinterpretq_u8_f32(v[0]), vreinterpretq_u8_f32(v[1]));
            p.map(|p| vreinterpretq_f32_u8(vqtbl2q_u8(table, p)))
        }
    }
    #[inline(always)]
    fn split(self, x: F32) -> (F32, F32) {
        let [(e0, m0), (e1, m1)] = x.map(split32);
        ([e0, e1], [m0, m1])
    }
}

#[inline(always)]
fn split32(x: float32x4_t) -> (float32x4_t, float32x4_t) {
    // SAFETY: called from methods of the token only.
    unsafe {
        let bits = vreinterpretq_s32_f32(x);
        let e = vshrq_n_s32::<23>(vsubq_s32(bits, vdupq_n_s32(f32::SQRT_HALF as i32)));
        let m = vsubq_s32(bits, vshlq_n_s32::<23>(e));
        (vcvtq_f32_s32(e), vreinterpretq_f32_s32(m))
    }
}

impl Each<f64> for Neon {
    type Vs = [F64; 4];
    /// Of every byte of each number.
    type Places = [uint8x16_t; 2];

    #[inline(always)]
    fn repeat(self, v: F64) -> [F64; 4] {
        [v; 4]
    }
    #[inline(always)]
    fn max_each(self, v: [F64; 4]) -> F64 {
        each64::<false>(v)
    }
    #[inline(always)]
    fn sum_each(self, v: [F64; 4]) -> F64 {
        each64::<true>(v)
    }
    #[inline(always)]
    fn transpose(self, v: [F64; 4]) -> [F64; 4] {
        let mut to = v;
        for half in 0..2 {
            let low = columns64([v[0][half], v[1][half]]);
            let high = columns64([v[2][half], v[3][half]]);
            for j in 0..2 {
                to[2 * half + j] = [low[j], high[j]];
            }
        }
        to
    }
    #[inline(always)]
    fn places(self, v: F64) -> [uint8x16_t; 2] {
        // SAFETY: see above; the array holds 4 values.
        v.map(|v| unsafe {
            let lane = vreinterpretq_u32_u64(vcvtq_u64_f64(v));
            let first = vld1q_u32([0x0302_0100, 0x0706_0504, 0x0302_0100, 0x0706_0504].as_ptr());
            vreinterpretq_u8_u32(vmlaq_n_u32(first, vtrn1q_u32(lane, lane), 0x0808_0808))
        })
    }
    #[inline(always)]
    fn permute(self, v: F64, p: [uint8x16_t; 2]) -> F64 {
        // SAFETY: see above.
        unsafe {
            let table = uint8x16x2_t(vreinterpretq_u8_f64(v[0]), vreinterpretq_u8_f64(v[1]));
            p.map(|p| vreinterpretq_f64_u8(vqtbl2q_u8(table, p)))
        }
    }
    #[inline(always)]
    fn split(self, x: F64) -> (F64, F64) {
        let [(e0, m0), (e1, m1)] = x.map(split64);
        ([e0, e1], [m0, m1])
    }
}

#[inline(always)]
fn split64(x: float64x2_t) -> (float64x2_t, float64x2_t) {
    // SAFETY: called from methods of the token only.
    unsafe {
        let bits = vreinterpretq_s64_f64(x);
        let e = vshrq_n_s64::<52>(vsubq_s64(bits, vdupq_n_s64(f64::SQRT_HALF as i64)));
        let m = vsubq_s64(bits, vshlq_n_s64::<52>(e));
        (vcvtq_f64_s64(e), vreinterpretq_f64_s64(m))
    }
}
