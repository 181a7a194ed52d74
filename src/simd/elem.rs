//! Numbers as they lie in memory.

use super::{Kernel, Real};

/// IEEE binary16, as its bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct F16(pub u16);

/// bfloat16: the upper half of an f32, as its bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Bf16(pub u16);

/// The storage types, as values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// [`F16`]
    F16,
    /// [`Bf16`]
    Bf16,
}

/// A storage type and the type it is computed in.
pub trait Elem: Copy + PartialEq + 'static {
    /// Which one it is.
    const STORED: Stored;
    /// What it is computed in.
    type Acc: Real;
    /// Whether storage keeps everything that was computed, so that an
    /// intermediate result may wait in the output array.
    const LOSSLESS: bool;
    /// The value.
    fn widen(self) -> Self::Acc;
    /// The nearest stored value, ties to even; NaN stays NaN.
    fn narrow(x: Self::Acc) -> Self;
    /// Runs `kernel` with the instructions of the level in use.
    fn dispatch<K: Kernel<Self>>(kernel: K) -> K::Out;
}

impl F16 {
    /// The value as f32, exactly.
    #[inline(always)]
    pub fn to_f32(self) -> f32 {
        let sign = u32::from(self.0 & 0x8000) << 16;
        let magnitude = u32::from(self.0 & 0x7fff);
        // Shifted into place the exponent is 112 too small; one multiplication
        // mends that and normalises subnormals on the way.
        let value = if magnitude >= 0x7c00 {
            f32::from_bits(magnitude << 13 | 0x7f80_0000)
        } else {
            f32::from_bits(magnitude << 13) * f32::from_bits((127 + 112) << 23)
        };
        f32::from_bits(value.to_bits() | sign)
    }

    /// The nearest binary16, ties to even.
    #[inline(never)]
    pub fn from_f32(x: f32) -> F16 {
        let bits = x.to_bits();
        let sign = (bits >> 16 & 0x8000) as u16;
        let magnitude = bits & 0x7fff_ffff;
        let half = if magnitude > 0x7f80_0000 {
            0x7e00 | (magnitude >> 13 & 0x03ff) as u16
        } else if magnitude >= 0x477f_f000 {
            0x7c00
        } else if magnitude < 0x3880_0000 {
            // Subnormal: adding 2^-1 aligns the last kept bit with the last bit
            // of the sum, and the addition itself rounds.
            let aligned = f32::from_bits(magnitude) + 0.5;
            (aligned.to_bits() - 0.5f32.to_bits()) as u16
        } else {
            let odd = magnitude >> 13 & 1;
            ((magnitude - (112 << 23) + 0x0fff + odd) >> 13) as u16
        };
        F16(sign | half)
    }
}

impl Bf16 {
    /// The value as f32, exactly.
    #[inline(always)]
    pub fn to_f32(self) -> f32 {
        f32::from_bits(u32::from(self.0) << 16)
    }

    /// The nearest bfloat16, ties to even.
    #[inline(never)]
    pub fn from_f32(x: f32) -> Bf16 {
        let bits = x.to_bits();
        if x.is_nan() {
            // Keep it a NaN even where its payload stood in the lower half.
            return Bf16((bits >> 16) as u16 | 0x0040);
        }
        let odd = bits >> 16 & 1;
        Bf16((bits.wrapping_add(0x7fff + odd) >> 16) as u16)
    }
}

/// Implements [`Elem`] for each line of a table. A macro, because the door can
/// only be chosen where the type is concrete: Rust cannot say "these lanes read
/// *every* storage type".
macro_rules! elems {
    ($($elem:ident: $acc:ty, $stored:ident, $lossless:literal, $widen:expr, $narrow:expr;)*) => {$(
        impl Elem for $elem {
            const STORED: Stored = Stored::$stored;
            type Acc = $acc;
            const LOSSLESS: bool = $lossless;
            #[inline(always)]
            fn widen(self) -> $acc {
                $widen(self)
            }
            #[inline(always)]
            fn narrow(x: $acc) -> Self {
                $narrow(x)
            }
            #[inline]
            fn dispatch<K: Kernel<Self>>(kernel: K) -> K::Out {
                super::dispatch::enter(kernel)
            }
        }
    )*};
}

elems! {
    f32: f32, F32, true, |x| x, |x| x;
    f64: f64, F64, true, |x| x, |x| x;
    F16: f32, F16, false, F16::to_f32, F16::from_f32;
    Bf16: f32, Bf16, false, Bf16::to_f32, Bf16::from_f32;
}
