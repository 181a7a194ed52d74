//! The 16-bit storage types: widened when read, narrowed when written.

use super::memory::{read_head, write_head};
use super::{F32, Neon};
use crate::simd::{Bf16, F16, Io, Lanes};
use core::arch::aarch64::*;
use core::arch::asm;

// SAFETY of every block below: as in the file above this one.

/// `n <= 8` numbers of 16 bits, then zeros.
#[inline(always)]
unsafe fn load_head16(p: *const u16, n: usize) -> uint16x8_t {
    // SAFETY: the caller vouches for n values.
    unsafe { vld1q_u16(read_head::<u16, 8>(p, n, 0).as_ptr()) }
}

/// The first `n <= 8` numbers of 16 bits.
#[inline(always)]
unsafe fn store_head16(p: *mut u16, n: usize, v: uint16x8_t) {
    let mut all = [0u16; 8];
    // SAFETY: the caller vouches for n values; the array has room for 8.
    unsafe {
        vst1q_u16(all.as_mut_ptr(), v);
        write_head(p, n, all);
    }
}

/// binary16 to f32. An instruction by hand: the intrinsic is younger than the
/// oldest compiler supported.
#[inline(always)]
fn widen_f16(bits: uint16x4_t) -> float32x4_t {
    let v: float32x4_t;
    // SAFETY: called from methods of the token only; touches registers only.
    unsafe {
        asm!("fcvtl {v:v}.4s, {bits:v}.4h", v = lateout(vreg) v, bits = in(vreg) bits,
            options(pure, nomem, nostack));
    }
    v
}

/// f32 to binary16, ties to even, NaN kept; by hand as above.
#[inline(always)]
fn narrow_f16(v: float32x4_t) -> uint16x4_t {
    let bits: uint16x4_t;
    // SAFETY: called from methods of the token only; touches registers only.
    unsafe {
        asm!("fcvtn {bits:v}.4h, {v:v}.4s", bits = lateout(vreg) bits, v = in(vreg) v,
            options(pure, nomem, nostack));
    }
    bits
}

/// bfloat16 to f32: its bits are the upper half.
#[inline(always)]
fn widen_bf16(bits: uint16x4_t) -> float32x4_t {
    // SAFETY: called from methods of the token only.
    unsafe { vreinterpretq_f32_u32(vshll_n_u16::<16>(bits)) }
}

/// f32 to bfloat16, ties to even, NaN kept.
#[inline(always)]
fn narrow_bf16(v: float32x4_t) -> uint16x4_t {
    // SAFETY: called from methods of the token only.
    unsafe {
        let bits = vreinterpretq_u32_f32(v);
        let odd = vandq_u32(vshrq_n_u32::<16>(bits), vdupq_n_u32(1));
        let rounded = vaddq_u32(bits, vaddq_u32(odd, vdupq_n_u32(0x7fff)));
        let quiet = vorrq_u32(bits, vdupq_n_u32(0x0040_0000));
        vshrn_n_u32::<16>(vbslq_u32(vceqq_f32(v, v), rounded, quiet))
    }
}

/// Both halves widened.
#[inline(always)]
fn widen(bits: uint16x8_t, four: impl Fn(uint16x4_t) -> float32x4_t) -> F32 {
    // SAFETY: called from methods of the token only.
    unsafe { [four(vget_low_u16(bits)), four(vget_high_u16(bits))] }
}

/// Both halves narrowed.
#[inline(always)]
fn narrow(v: F32, four: impl Fn(float32x4_t) -> uint16x4_t) -> uint16x8_t {
    // SAFETY: called from methods of the token only.
    unsafe { vcombine_u16(four(v[0]), four(v[1])) }
}

impl Io<F16> for Neon {
    #[inline(always)]
    unsafe fn load(self, p: *const F16) -> F32 {
        // SAFETY: see above.
        unsafe { widen(vld1q_u16(p.cast()), widen_f16) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const F16, n: usize, fill: f32) -> F32 {
        // SAFETY: see above.
        unsafe {
            let v = widen(load_head16(p.cast(), n), widen_f16);
            Lanes::<f32>::select(self, Lanes::<f32>::head(self, n), v, [vdupq_n_f32(fill); 2])
        }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut F16, v: F32) {
        // SAFETY: see above.
        unsafe { vst1q_u16(p.cast(), narrow(v, narrow_f16)) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut F16, n: usize, v: F32) {
        // SAFETY: see above.
        unsafe { store_head16(p.cast(), n, narrow(v, narrow_f16)) }
    }
}

impl Io<Bf16> for Neon {
    #[inline(always)]
    unsafe fn load(self, p: *const Bf16) -> F32 {
        // SAFETY: see above.
        unsafe { widen(vld1q_u16(p.cast()), widen_bf16) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const Bf16, n: usize, fill: f32) -> F32 {
        // SAFETY: see above.
        unsafe {
            let v = widen(load_head16(p.cast(), n), widen_bf16);
            Lanes::<f32>::select(self, Lanes::<f32>::head(self, n), v, [vdupq_n_f32(fill); 2])
        }
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut Bf16, v: F32) {
        // SAFETY: see above.
        unsafe { vst1q_u16(p.cast(), narrow(v, narrow_bf16)) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut Bf16, n: usize, v: F32) {
        // SAFETY: see above.
        unsafe { store_head16(p.cast(), n, narrow(v, narrow_bf16)) }
    }
}
