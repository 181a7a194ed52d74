//! Numbers of any storage type, read one at a time as f64: for work that sorts
//! or sums exactly, where the type is not worth a copy of the code.

use crate::simd::{Bf16, F16};

/// Where numbers lie, and as what.
#[derive(Clone, Copy)]
pub enum Numbers {
    /// `float`
    F32(*const f32),
    /// `double`
    F64(*const f64),
    /// `lgt_f16`
    F16(*const F16),
    /// `lgt_bf16`
    Bf16(*const Bf16),
}

impl Numbers {
    /// Number `i`, exactly.
    ///
    /// # Safety
    /// There must be that number, aligned for its type.
    #[inline(always)]
    pub unsafe fn get(&self, i: usize) -> f64 {
        // SAFETY: the caller vouches for number `i`.
        unsafe {
            match *self {
                Numbers::F32(data) => f64::from(*data.add(i)),
                Numbers::F64(data) => *data.add(i),
                Numbers::F16(data) => f64::from((*data.add(i)).to_f32()),
                Numbers::Bf16(data) => f64::from((*data.add(i)).to_f32()),
            }
        }
    }

    /// The numbers from number `i` on.
    pub fn from(&self, i: usize) -> Numbers {
        match *self {
            Numbers::F32(data) => Numbers::F32(data.wrapping_add(i)),
            Numbers::F64(data) => Numbers::F64(data.wrapping_add(i)),
            Numbers::F16(data) => Numbers::F16(data.wrapping_add(i)),
            Numbers::Bf16(data) => Numbers::Bf16(data.wrapping_add(i)),
        }
    }

    /// Where they start.
    pub fn address(&self) -> *const u8 {
        match *self {
            Numbers::F32(data) => data.cast(),
            Numbers::F64(data) => data.cast(),
            Numbers::F16(data) => data.cast(),
            Numbers::Bf16(data) => data.cast(),
        }
    }

    /// Bytes of one number.
    pub fn size(&self) -> usize {
        match self {
            Numbers::F64(_) => 8,
            Numbers::F32(_) => 4,
            Numbers::F16(_) | Numbers::Bf16(_) => 2,
        }
    }

    /// `x` as it is in the type that these numbers are computed in.
    #[inline(always)]
    pub fn round(&self, x: f64) -> f64 {
        if matches!(self, Numbers::F64(_)) { x } else { f64::from(x as f32) }
    }
}
