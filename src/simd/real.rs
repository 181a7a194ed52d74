//! The two types that are computed in, and the numbers each needs.

use super::keys::Key;

/// `f32` or `f64`: numbers, no instructions.
pub trait Real: Copy + Sync + PartialEq + PartialOrd + core::fmt::Debug + 'static {
    /// The integer of as many bits.
    type Key: Key;
    /// 0.
    const ZERO: Self;
    /// 1.
    const ONE: Self;
    /// Positive infinity.
    const INFINITY: Self;
    /// Negative infinity.
    const NEG_INFINITY: Self;
    /// A quiet NaN.
    const NAN: Self;
    /// 1.5 times two to the number of mantissa bits: adding it leaves the
    /// nearest integer in the low bits.
    const MAGIC: f64;
    /// [`MAGIC`](Real::MAGIC) and the exponent field of 1: adding it leaves the
    /// exponent field of the power of two in the low bits.
    const MAGIC_EXPONENT: f64;
    /// Exponentials are held `2^LIFT` times too large, so that what becomes
    /// subnormal in the end was a normal number until the last multiplication.
    const LIFT: f64;
    /// Powers of two below `-FLUSH` are as good as zero, lifted or not.
    const FLUSH: f64;
    /// Powers of two from `-SQUARE` on have normal squares.
    const SQUARE: f64;
    /// Powers of two above `CEILING` are too large to be lifted.
    const CEILING: f64;
    /// The largest `|x log2 e|` whose integer part is found exactly enough
    /// without first subtracting a maximum.
    const DIRECT: f64;
    /// `2^t` on `[-1/2, 1/2]`: coefficients of `t^1` upwards, made by
    /// minimising the relative error with each coefficient rounded in turn.
    /// Relative error 3.0e-9 for f32, 4.2e-18 for f64.
    const EXP2_POLY: &'static [Self];
    /// `2 atanh(s) / s - 2` for `s^2` up to `((sqrt(2) - 1) / (sqrt(2) + 1))^2`:
    /// coefficients of `(s^2)^1` upwards, made by minimising the largest error
    /// with each coefficient rounded in turn. Relative error of the logarithm
    /// 8.2e-10 for f32, 1.3e-18 for f64.
    const LN_TERMS: &'static [Self];
    /// Four times what rounding changes of a number, or more.
    const ROUGH: f64;
    /// The largest number.
    const LARGE: f64;
    /// The least normal number, and its power of two.
    const LEAST_NORMAL: f64;
    /// As above.
    const LEAST_POWER: f64;
    /// The bits of `sqrt(1/2)`.
    const SQRT_HALF: u64;

    /// The nearest value.
    fn of(x: f64) -> Self;
    /// This index, at most 2^24.
    fn of_index(i: u32) -> Self;
    /// This value.
    fn to_f64(self) -> f64;
    /// The next larger number; that after infinity is infinity.
    fn above(self) -> Self;
    /// Whether this is NaN.
    #[inline(always)]
    fn is_nan(self) -> bool {
        self.to_f64().is_nan()
    }
}

impl Real for f32 {
    type Key = u32;
    const ZERO: f32 = 0.0;
    const ONE: f32 = 1.0;
    const INFINITY: f32 = f32::INFINITY;
    const NEG_INFINITY: f32 = f32::NEG_INFINITY;
    const NAN: f32 = f32::NAN;
    const MAGIC: f64 = 12582912.0;
    const MAGIC_EXPONENT: f64 = Self::MAGIC + 127.0;
    const LIFT: f64 = 64.0;
    const FLUSH: f64 = 188.0;
    const SQUARE: f64 = 62.0;
    const CEILING: f64 = 60.0;
    const DIRECT: f64 = 65536.0;
    const EXP2_POLY: &'static [f32] = &[
        core::f32::consts::LN_2,
        0.240_226_48,
        0.055_503_596,
        0.009_618_5,
        0.001_339_097_2,
        0.000_153_289_25,
    ];
    const LN_TERMS: &'static [f32] = &[0.666_667_76, 0.399_775_77, 0.298_710_73];
    const ROUGH: f64 = f32::EPSILON as f64 * 2.0;
    const LARGE: f64 = f32::MAX as f64;
    const LEAST_NORMAL: f64 = f32::MIN_POSITIVE as f64;
    const LEAST_POWER: f64 = -126.0;
    const SQRT_HALF: u64 = 0x3f35_04f3;

    #[inline(always)]
    fn of(x: f64) -> f32 {
        x as f32
    }
    #[inline(always)]
    fn of_index(i: u32) -> f32 {
        i as i32 as f32
    }
    #[inline(always)]
    fn to_f64(self) -> f64 {
        f64::from(self)
    }
    #[inline(always)]
    fn above(self) -> f32 {
        self.next_up()
    }
}

impl Real for f64 {
    type Key = u64;
    const ZERO: f64 = 0.0;
    const ONE: f64 = 1.0;
    const INFINITY: f64 = f64::INFINITY;
    const NEG_INFINITY: f64 = f64::NEG_INFINITY;
    const NAN: f64 = f64::NAN;
    const MAGIC: f64 = 6755399441055744.0;
    const MAGIC_EXPONENT: f64 = Self::MAGIC + 1023.0;
    const LIFT: f64 = 512.0;
    const FLUSH: f64 = 1528.0;
    const SQUARE: f64 = 510.0;
    const CEILING: f64 = 500.0;
    const DIRECT: f64 = 1073741824.0;
    const EXP2_POLY: &'static [f64] = &[
        core::f64::consts::LN_2,
        0.2402265069591011,
        0.055504108664821736,
        0.009618129107600674,
        0.0013333558146540528,
        0.0001540353045005716,
        1.525273364110121e-05,
        1.3215438381676892e-06,
        1.0178156646633132e-07,
        7.073303914027143e-09,
        4.4394182018394554e-10,
    ];
    const LN_TERMS: &'static [f64] = &[
        0.6666666666666735,
        0.3999999999940937,
        0.28571428743681093,
        0.22222198429670795,
        0.1818357231201653,
        0.15313833442711994,
        0.1479824411445724,
    ];
    const ROUGH: f64 = f64::EPSILON * 2.0;
    const LARGE: f64 = f64::MAX;
    const LEAST_NORMAL: f64 = f64::MIN_POSITIVE;
    const LEAST_POWER: f64 = -1022.0;
    const SQRT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;

    #[inline(always)]
    fn of(x: f64) -> f64 {
        x
    }
    #[inline(always)]
    fn of_index(i: u32) -> f64 {
        f64::from(i)
    }
    #[inline(always)]
    fn to_f64(self) -> f64 {
        self
    }
    #[inline(always)]
    fn above(self) -> f64 {
        self.next_up()
    }
}
