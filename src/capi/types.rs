//! Types and constants that every family uses.

use crate::simd::{Bf16, F16};

/// IEEE binary16, as its bits.
pub type lgt_f16 = u16;

/// bfloat16, as its bits.
pub type lgt_bf16 = u16;

/// Labels are `int8_t`.
pub const LGT_I8: u32 = 1;
/// Labels are `int16_t`.
pub const LGT_I16: u32 = 2;
/// Labels are `int32_t`.
pub const LGT_I32: u32 = 3;
/// Labels are `int64_t`.
pub const LGT_I64: u32 = 4;
/// Labels are `uint8_t`.
pub const LGT_U8: u32 = 5;
/// Labels are `uint16_t`.
pub const LGT_U16: u32 = 6;
/// Labels are `uint32_t`.
pub const LGT_U32: u32 = 7;
/// Labels are `uint64_t`.
pub const LGT_U64: u32 = 8;
/// Numbers are `float`.
pub const LGT_F32: u32 = 9;
/// Numbers are `double`.
pub const LGT_F64: u32 = 10;
/// Numbers are `lgt_f16`.
pub const LGT_F16: u32 = 11;
/// Numbers are `lgt_bf16`.
pub const LGT_BF16: u32 = 12;

/// The value of a binary16, exactly. Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub extern "C" fn lgt_f16_to_f32(x: lgt_f16) -> f32 {
    F16(x).to_f32()
}

/// The nearest binary16, ties to even; NaN stays NaN, what is too large becomes
/// infinite. Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub extern "C" fn lgt_f16_from_f32(x: f32) -> lgt_f16 {
    F16::from_f32(x).0
}

/// The value of a bfloat16, exactly. Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub extern "C" fn lgt_bf16_to_f32(x: lgt_bf16) -> f32 {
    Bf16(x).to_f32()
}

/// The nearest bfloat16, ties to even; NaN stays NaN. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub extern "C" fn lgt_bf16_from_f32(x: f32) -> lgt_bf16 {
    Bf16::from_f32(x).0
}
