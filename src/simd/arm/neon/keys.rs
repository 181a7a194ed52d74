//! Four lanes of u32, two of u64.

use super::Neon;
use super::each::columns32;
use crate::simd::keys::Keys;
use core::arch::aarch64::*;

// SAFETY of every block below: as in the file above this one.

/// For every set of four lanes, where the bytes of a vector come from if the lanes of the
/// set are to stand last.
static PLACES: [[u8; 16]; 16] = places();

const fn places() -> [[u8; 16]; 16] {
    let mut table = [[0; 16]; 16];
    let mut set = 0;
    while set < 16 {
        let (mut next, mut pass) = (0, 0);
        while pass < 2 {
            let mut byte = 0;
            while byte < 16 {
                if set >> (byte / 4) & 1 == pass {
                    table[set][next] = byte as u8;
                    next += 1;
                }
                byte += 1;
            }
            pass += 1;
        }
        set += 1;
    }
    table
}

/// Lanes in reverse within groups of `G`.
#[inline(always)]
fn reverse<const G: usize>(v: uint32x4_t) -> uint32x4_t {
    // SAFETY: called from methods of the token only.
    unsafe {
        let v = vrev64q_u32(v);
        if G == 2 { v } else { vextq_u32::<2>(v, v) }
    }
}

/// The upper halves of groups of `G` lanes from `high`, the rest from `low`.
#[inline(always)]
fn upper<const G: usize>(low: uint32x4_t, high: uint32x4_t) -> uint32x4_t {
    // SAFETY: called from methods of the token only.
    unsafe {
        if G == 2 {
            vtrn1q_u32(low, vrev64q_u32(high))
        } else {
            vcombine_u32(vget_low_u32(low), vget_high_u32(high))
        }
    }
}

impl Keys<u32> for Neon {
    type V = uint32x4_t;
    type Vs = [uint32x4_t; 4];
    const N: usize = 4;
    const MANY: bool = true;

    #[inline(always)]
    unsafe fn load(self, p: *const u32) -> uint32x4_t {
        // SAFETY: see above.
        unsafe { vld1q_u32(p) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const u32, n: usize, fill: u32) -> uint32x4_t {
        let mut all = [fill; 4];
        for (i, to) in all.iter_mut().enumerate() {
            if i < n {
                // SAFETY: see above.
                *to = unsafe { *p.add(i) };
            }
        }
        // SAFETY: see above.
        unsafe { vld1q_u32(all.as_ptr()) }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut u32, v: uint32x4_t) {
        // SAFETY: see above.
        unsafe { vst1q_u32(p, v) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut u32, n: usize, v: uint32x4_t) {
        let mut all = [0; 4];
        // SAFETY: see above.
        unsafe { vst1q_u32(all.as_mut_ptr(), v) };
        for (i, from) in all.into_iter().enumerate() {
            if i < n {
                // SAFETY: see above.
                unsafe { *p.add(i) = from };
            }
        }
    }
    #[inline(always)]
    fn splat(self, k: u32) -> uint32x4_t {
        // SAFETY: see above.
        unsafe { vdupq_n_u32(k) }
    }
    #[inline(always)]
    fn min(self, a: uint32x4_t, b: uint32x4_t) -> uint32x4_t {
        // SAFETY: see above.
        unsafe { vminq_u32(a, b) }
    }
    #[inline(always)]
    fn max(self, a: uint32x4_t, b: uint32x4_t) -> uint32x4_t {
        // SAFETY: see above.
        unsafe { vmaxq_u32(a, b) }
    }
    #[inline(always)]
    fn gt(self, a: uint32x4_t, b: uint32x4_t) -> u32 {
        const BITS: [u32; 4] = [1, 2, 4, 8];
        // SAFETY: see above.
        unsafe { vaddvq_u32(vandq_u32(vcgtq_u32(a, b), vld1q_u32(BITS.as_ptr()))) }
    }
    #[inline(always)]
    fn split(self, v: uint32x4_t, bits: u32) -> uint32x4_t {
        // SAFETY: see above.
        unsafe {
            let places = vld1q_u8(PLACES[bits as usize & 15].as_ptr());
            vreinterpretq_u32_u8(vqtbl1q_u8(vreinterpretq_u8_u32(v), places))
        }
    }
    #[inline(always)]
    fn order<const D: usize>(self, v: uint32x4_t) -> uint32x4_t {
        // SAFETY: see above.
        unsafe {
            let other = if D == 1 { vrev64q_u32(v) } else { vextq_u32::<2>(v, v) };
            let (low, high) = (vminq_u32(v, other), vmaxq_u32(v, other));
            if D == 1 { upper::<2>(low, high) } else { upper::<4>(low, high) }
        }
    }
    #[inline(always)]
    fn cross<const G: usize>(self, a: uint32x4_t, b: uint32x4_t) -> (uint32x4_t, uint32x4_t) {
        let b = reverse::<G>(b);
        // SAFETY: see above.
        let (low, high) = unsafe { (vminq_u32(a, b), vmaxq_u32(a, b)) };
        (upper::<G>(low, high), reverse::<G>(upper::<G>(high, low)))
    }
    #[inline(always)]
    fn square(self, v: uint32x4_t) -> [uint32x4_t; 4] {
        [v; 4]
    }
    #[inline(always)]
    fn transpose(self, v: [uint32x4_t; 4]) -> [uint32x4_t; 4] {
        // SAFETY: see above.
        let v = v.map(|v| unsafe { vreinterpretq_f32_u32(v) });
        // SAFETY: see above.
        columns32(v).map(|v| unsafe { vreinterpretq_u32_f32(v) })
    }
}

/// The smaller and the larger.
#[inline(always)]
fn both(a: uint64x2_t, b: uint64x2_t) -> (uint64x2_t, uint64x2_t) {
    // SAFETY: called from methods of the token only.
    unsafe {
        let gt = vcgtq_u64(a, b);
        (vbslq_u64(gt, b, a), vbslq_u64(gt, a, b))
    }
}

impl Keys<u64> for Neon {
    type V = uint64x2_t;
    type Vs = [uint64x2_t; 2];
    const N: usize = 2;
    const MANY: bool = true;

    #[inline(always)]
    unsafe fn load(self, p: *const u64) -> uint64x2_t {
        // SAFETY: see above.
        unsafe { vld1q_u64(p) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const u64, n: usize, fill: u64) -> uint64x2_t {
        // SAFETY: see above.
        unsafe {
            match n {
                0 => vdupq_n_u64(fill),
                1 => vsetq_lane_u64::<0>(*p, vdupq_n_u64(fill)),
                _ => vld1q_u64(p),
            }
        }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut u64, v: uint64x2_t) {
        // SAFETY: see above.
        unsafe { vst1q_u64(p, v) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut u64, n: usize, v: uint64x2_t) {
        // SAFETY: see above.
        unsafe {
            match n {
                0 => {}
                1 => vst1q_lane_u64::<0>(p, v),
                _ => vst1q_u64(p, v),
            }
        }
    }
    #[inline(always)]
    fn splat(self, k: u64) -> uint64x2_t {
        // SAFETY: see above.
        unsafe { vdupq_n_u64(k) }
    }
    #[inline(always)]
    fn min(self, a: uint64x2_t, b: uint64x2_t) -> uint64x2_t {
        both(a, b).0
    }
    #[inline(always)]
    fn max(self, a: uint64x2_t, b: uint64x2_t) -> uint64x2_t {
        both(a, b).1
    }
    #[inline(always)]
    fn gt(self, a: uint64x2_t, b: uint64x2_t) -> u32 {
        // SAFETY: see above.
        unsafe {
            let gt = vcgtq_u64(a, b);
            (vgetq_lane_u64::<0>(gt) & 1 | vgetq_lane_u64::<1>(gt) & 2) as u32
        }
    }
    #[inline(always)]
    fn split(self, v: uint64x2_t, bits: u32) -> uint64x2_t {
        // SAFETY: see above.
        unsafe { if bits == 1 { vextq_u64::<1>(v, v) } else { v } }
    }
    #[inline(always)]
    fn order<const D: usize>(self, v: uint64x2_t) -> uint64x2_t {
        // SAFETY: see above.
        unsafe {
            let (low, high) = both(v, vextq_u64::<1>(v, v));
            vtrn1q_u64(low, high)
        }
    }
    #[inline(always)]
    fn cross<const G: usize>(self, a: uint64x2_t, b: uint64x2_t) -> (uint64x2_t, uint64x2_t) {
        // SAFETY: see above.
        unsafe {
            let (low, high) = both(a, vextq_u64::<1>(b, b));
            (
                vcombine_u64(vget_low_u64(low), vget_high_u64(high)),
                vcombine_u64(vget_high_u64(low), vget_low_u64(high)),
            )
        }
    }
    #[inline(always)]
    fn square(self, v: uint64x2_t) -> [uint64x2_t; 2] {
        [v; 2]
    }
    #[inline(always)]
    fn transpose(self, [a, b]: [uint64x2_t; 2]) -> [uint64x2_t; 2] {
        // SAFETY: see above.
        unsafe { [vtrn1q_u64(a, b), vtrn2q_u64(a, b)] }
    }
}
