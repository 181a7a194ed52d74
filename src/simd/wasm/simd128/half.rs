//! The 16-bit storage types: widened when read, narrowed when written. Four
//! numbers of 16 bits lie in the low halves of four lanes of 32.

use super::{Simd128, read_head, write_head};
use crate::simd::{Bf16, F16, Io, Lanes};
use core::arch::wasm32::*;

// SAFETY of every block below: as in the file above this one.

/// Four numbers of 16 bits.
#[inline(always)]
unsafe fn load16(p: *const u16) -> v128 {
    // SAFETY: the caller vouches for 4 values.
    unsafe { u32x4_load_extend_u16x4(p) }
}

/// `n <= 4` numbers of 16 bits, then zeros.
#[inline(always)]
unsafe fn load_head16(p: *const u16, n: usize) -> v128 {
    // SAFETY: the caller vouches for n values.
    unsafe { load16(read_head::<u16, 4>(p, n, 0).as_ptr()) }
}

/// Four numbers of 16 bits.
#[inline(always)]
unsafe fn store16(p: *mut u16, v: v128) {
    // SAFETY: the caller vouches for 4 values.
    unsafe { v128_store64_lane::<0>(u16x8_narrow_i32x4(v, v), p.cast()) }
}

/// The first `n <= 4` numbers of 16 bits.
#[inline(always)]
unsafe fn store_head16(p: *mut u16, n: usize, v: v128) {
    let mut all = [0u16; 4];
    // SAFETY: the caller vouches for n values; the array has room for 4.
    unsafe {
        store16(all.as_mut_ptr(), v);
        write_head(p, n, all);
    }
}

/// binary16 to f32, the way of [`F16::to_f32`].
#[inline(always)]
fn widen_f16(bits: v128) -> v128 {
    let magnitude = v128_and(bits, i32x4_splat(0x7fff));
    let sign = i32x4_shl(v128_xor(bits, magnitude), 16);
    let value = f32x4_mul(i32x4_shl(magnitude, 13), u32x4_splat((127 + 112) << 23));
    // Infinity and NaN have the highest exponent in either type.
    let special = i32x4_gt(magnitude, i32x4_splat(0x7bff));
    let value = v128_or(value, v128_and(special, i32x4_splat(0x7f80_0000)));
    v128_or(value, sign)
}

/// f32 to binary16, ties to even, NaN kept, the way of [`F16::from_f32`].
#[inline(always)]
fn narrow_f16(v: v128) -> v128 {
    let magnitude = v128_and(v, i32x4_splat(0x7fff_ffff));
    let sign = u32x4_shr(v128_xor(v, magnitude), 16);
    let payload = u32x4_shr(magnitude, 13);
    let odd = v128_and(payload, i32x4_splat(1));
    let rounded = i32x4_add(i32x4_add(magnitude, odd), i32x4_splat(0x0fff - (112 << 23)));
    // What is too large, or no number, is infinite at first.
    let normal = i32x4_min(i32x4_shr(rounded, 13), i32x4_splat(0x7c00));
    let subnormal = i32x4_sub(f32x4_add(magnitude, f32x4_splat(0.5)), f32x4_splat(0.5));
    let small = i32x4_lt(magnitude, i32x4_splat(0x3880_0000));
    let half = v128_bitselect(subnormal, normal, small);
    let quiet = v128_or(v128_and(payload, i32x4_splat(0x03ff)), i32x4_splat(0x0200));
    let half = v128_or(half, v128_and(f32x4_ne(v, v), quiet));
    v128_or(half, sign)
}

/// bfloat16 to f32: its bits are the upper half.
#[inline(always)]
fn widen_bf16(bits: v128) -> v128 {
    i32x4_shl(bits, 16)
}

/// f32 to bfloat16, ties to even, NaN kept.
#[inline(always)]
fn narrow_bf16(v: v128) -> v128 {
    let odd = v128_and(u32x4_shr(v, 16), i32x4_splat(1));
    let rounded = i32x4_add(v, i32x4_add(odd, i32x4_splat(0x7fff)));
    let quiet = v128_or(v, i32x4_splat(0x0040_0000));
    u32x4_shr(v128_bitselect(rounded, quiet, f32x4_eq(v, v)), 16)
}

impl Io<F16> for Simd128 {
    #[inline(always)]
    unsafe fn load(self, p: *const F16) -> v128 {
        // SAFETY: see above.
        unsafe { widen_f16(load16(p.cast())) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const F16, n: usize, fill: f32) -> v128 {
        // SAFETY: see above.
        let v = unsafe { widen_f16(load_head16(p.cast(), n)) };
        v128_bitselect(v, f32x4_splat(fill), Lanes::<f32>::head(self, n))
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut F16, v: v128) {
        // SAFETY: see above.
        unsafe { store16(p.cast(), narrow_f16(v)) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut F16, n: usize, v: v128) {
        // SAFETY: see above.
        unsafe { store_head16(p.cast(), n, narrow_f16(v)) }
    }
}

impl Io<Bf16> for Simd128 {
    #[inline(always)]
    unsafe fn load(self, p: *const Bf16) -> v128 {
        // SAFETY: see above.
        unsafe { widen_bf16(load16(p.cast())) }
    }
    #[inline(always)]
    unsafe fn load_head(self, p: *const Bf16, n: usize, fill: f32) -> v128 {
        // SAFETY: see above.
        let v = unsafe { widen_bf16(load_head16(p.cast(), n)) };
        v128_bitselect(v, f32x4_splat(fill), Lanes::<f32>::head(self, n))
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut Bf16, v: v128) {
        // SAFETY: see above.
        unsafe { store16(p.cast(), narrow_bf16(v)) }
    }
    #[inline(always)]
    unsafe fn store_head(self, p: *mut Bf16, n: usize, v: v128) {
        // SAFETY: see above.
        unsafe { store_head16(p.cast(), n, narrow_bf16(v)) }
    }
}
