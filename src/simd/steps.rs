//! `exp2` of f32 by a table of eighths: numbers, no instructions. AVX2 and NEON both
//! work by it, and so give the same bits.
//!
//! The integer part of `z` and its eighths are one number of steps: a table of 8 powers,
//! from each of which the step's own bits were taken away, turns the shifted number into
//! the power itself, and what is left needs three terms instead of six.

/// 1.5 * 2^20: leaves the nearest eighth in the low bits.
pub const MAGIC: f64 = 1572864.0;
/// How far the number of steps is shifted.
pub const SHIFT: i32 = 20;
/// The bits of `2^(i/8)` less `i << SHIFT`.
pub static STEPS: Steps = Steps([
    0x3f800000, 0x3f7b95c2, 0x3f7837f0, 0x3f75fed7, 0x3f7504f3, 0x3f75672a, 0x3f7744fd, 0x3f7ac0c7,
]);
/// `2^t - 1` on `[-1/16, 1/16]`: coefficients of `t^1` upwards.
pub const POLY: [f32; 3] = [f32::from_bits(0x3f31_7217), 0.240_256_85, 0.055_526_78];

/// What is loaded a vector at a time.
#[repr(C, align(32))]
pub struct Steps(pub [u32; 8]);
