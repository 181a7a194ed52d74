//! Four vectors of f32, or two of f64, reduced at once.

use super::Neon;
use crate::simd::{Each, Lanes, Real};
use core::arch::aarch64::*;

// SAFETY of every block below: as in the file above this one.

/// The sums or the larger of two lanes.
#[inline(always)]
fn join32<const SUM: bool>(s: Neon, a: float32x4_t, b: float32x4_t) -> float32x4_t {
    if SUM { Lanes::<f32>::add(s, a, b) } else { Lanes::<f32>::max(s, a, b) }
}

/// As [`join32`].
#[inline(always)]
fn join64<const SUM: bool>(s: Neon, v: [float64x2_t; 2]) -> float64x2_t {
    // SAFETY: called from methods of the token only.
    let (a, b) = unsafe { (vzip1q_f64(v[0], v[1]), vzip2q_f64(v[0], v[1])) };
    if SUM { Lanes::<f64>::add(s, a, b) } else { Lanes::<f64>::max(s, a, b) }
}

#[inline(always)]
fn each32<const SUM: bool>(s: Neon, [a, b, c, d]: [float32x4_t; 4]) -> float32x4_t {
    // SAFETY: called from methods of the token only.
    unsafe {
        let ab = join32::<SUM>(s, vzip1q_f32(a, b), vzip2q_f32(a, b));
        let cd = join32::<SUM>(s, vzip1q_f32(c, d), vzip2q_f32(c, d));
        let (ab, cd) = (vreinterpretq_f64_f32(ab), vreinterpretq_f64_f32(cd));
        let low = vreinterpretq_f32_f64(vzip1q_f64(ab, cd));
        join32::<SUM>(s, low, vreinterpretq_f32_f64(vzip2q_f64(ab, cd)))
    }
}

impl Each<f32> for Neon {
    type Vs = [float32x4_t; 4];
    /// Of every byte of each number.
    type Places = uint8x16_t;

    #[inline(always)]
    fn repeat(self, v: float32x4_t) -> [float32x4_t; 4] {
        [v; 4]
    }
    #[inline(always)]
    fn max_each(self, v: [float32x4_t; 4]) -> float32x4_t {
        each32::<false>(self, v)
    }
    #[inline(always)]
    fn sum_each(self, v: [float32x4_t; 4]) -> float32x4_t {
        each32::<true>(self, v)
    }
    #[inline(always)]
    fn transpose(self, [a, b, c, d]: [float32x4_t; 4]) -> [float32x4_t; 4] {
        // SAFETY: see above.
        unsafe {
            let low = [vzip1q_f32(a, b), vzip1q_f32(c, d)].map(|v| vreinterpretq_f64_f32(v));
            let high = [vzip2q_f32(a, b), vzip2q_f32(c, d)].map(|v| vreinterpretq_f64_f32(v));
            let (first, second) = (vzip1q_f64(low[0], low[1]), vzip2q_f64(low[0], low[1]));
            let (third, fourth) = (vzip1q_f64(high[0], high[1]), vzip2q_f64(high[0], high[1]));
            [first, second, third, fourth].map(|v| vreinterpretq_f32_f64(v))
        }
    }
    #[inline(always)]
    fn places(self, v: float32x4_t) -> uint8x16_t {
        // SAFETY: see above.
        unsafe {
            let first = vmulq_n_u32(vcvtq_u32_f32(v), 0x0404_0404);
            vreinterpretq_u8_u32(vaddq_u32(first, vdupq_n_u32(0x0302_0100)))
        }
    }
    #[inline(always)]
    fn permute(self, v: float32x4_t, p: uint8x16_t) -> float32x4_t {
        // SAFETY: see above.
        unsafe { vreinterpretq_f32_u8(vqtbl1q_u8(vreinterpretq_u8_f32(v), p)) }
    }
    #[inline(always)]
    fn split(self, x: float32x4_t) -> (float32x4_t, float32x4_t) {
        // SAFETY: see above.
        unsafe {
            let bits = vreinterpretq_s32_f32(x);
            let e = vshrq_n_s32::<23>(vsubq_s32(bits, vdupq_n_s32(f32::SQRT_HALF as i32)));
            let m = vsubq_s32(bits, vshlq_n_s32::<23>(e));
            (vcvtq_f32_s32(e), vreinterpretq_f32_s32(m))
        }
    }
}

impl Each<f64> for Neon {
    type Vs = [float64x2_t; 2];
    /// Whether it is the second lane.
    type Places = uint64x2_t;

    #[inline(always)]
    fn repeat(self, v: float64x2_t) -> [float64x2_t; 2] {
        [v; 2]
    }
    #[inline(always)]
    fn max_each(self, v: [float64x2_t; 2]) -> float64x2_t {
        join64::<false>(self, v)
    }
    #[inline(always)]
    fn sum_each(self, v: [float64x2_t; 2]) -> float64x2_t {
        join64::<true>(self, v)
    }
    #[inline(always)]
    fn transpose(self, [a, b]: [float64x2_t; 2]) -> [float64x2_t; 2] {
        // SAFETY: see above.
        unsafe { [vzip1q_f64(a, b), vzip2q_f64(a, b)] }
    }
    #[inline(always)]
    fn places(self, v: float64x2_t) -> uint64x2_t {
        // SAFETY: see above.
        unsafe { vcgeq_f64(v, vdupq_n_f64(1.0)) }
    }
    #[inline(always)]
    fn permute(self, v: float64x2_t, p: uint64x2_t) -> float64x2_t {
        // SAFETY: see above.
        unsafe { vbslq_f64(p, vdupq_laneq_f64::<1>(v), vdupq_laneq_f64::<0>(v)) }
    }
    #[inline(always)]
    fn split(self, x: float64x2_t) -> (float64x2_t, float64x2_t) {
        // SAFETY: see above.
        unsafe {
            let bits = vreinterpretq_s64_f64(x);
            let e = vshrq_n_s64::<52>(vsubq_s64(bits, vdupq_n_s64(f64::SQRT_HALF as i64)));
            let m = vsubq_s64(bits, vshlq_n_s64::<52>(e));
            (vcvtq_f64_s64(e), vreinterpretq_f64_s64(m))
        }
    }
}
