//! Numbers of any storage type, read one at a time as f64: for work that sorts
//! or sums exactly, where the type is not worth a copy of the code.

use crate::simd::{Bf16, Elem, F16, Io, Kernel, Real, Stored};

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
    /// Those at `data`.
    #[inline(always)]
    pub fn of<E: Elem>(data: *const E) -> Numbers {
        match E::STORED {
            Stored::F32 => Numbers::F32(data.cast()),
            Stored::F64 => Numbers::F64(data.cast()),
            Stored::F16 => Numbers::F16(data.cast()),
            Stored::Bf16 => Numbers::Bf16(data.cast()),
        }
    }

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

    /// Writes `x` to place `i` of numbers of the same type.
    ///
    /// # Safety
    /// There must be that place, writable and aligned for the type.
    #[inline(never)]
    pub unsafe fn put(&self, to: *mut u8, i: usize, x: f64) {
        // SAFETY: the caller vouches for the place.
        unsafe {
            match self {
                Numbers::F32(_) => *to.cast::<f32>().add(i) = x as f32,
                Numbers::F64(_) => *to.cast::<f64>().add(i) = x,
                Numbers::F16(_) => *to.cast::<F16>().add(i) = F16::narrow(x as f32),
                Numbers::Bf16(_) => *to.cast::<Bf16>().add(i) = Bf16::narrow(x as f32),
            }
        }
    }

    /// The first `n` numbers: where they lie if that is as f64, else in `room`.
    ///
    /// # Safety
    /// There must be `n` numbers, aligned for their type, and room for as many.
    #[inline(never)]
    pub unsafe fn block(&self, n: usize, room: *mut f64) -> *const f64 {
        if let Numbers::F64(data) = *self {
            return data;
        }
        f64::dispatch(Read { numbers: *self, n, room });
        room
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

    /// Numbers of the same type elsewhere.
    pub fn at(&self, data: *const u8) -> Numbers {
        match *self {
            Numbers::F32(_) => Numbers::F32(data.cast()),
            Numbers::F64(_) => Numbers::F64(data.cast()),
            Numbers::F16(_) => Numbers::F16(data.cast()),
            Numbers::Bf16(_) => Numbers::Bf16(data.cast()),
        }
    }

    /// Where they start.
    #[inline(always)]
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

/// Reads numbers that are not f64.
struct Read {
    numbers: Numbers,
    n: usize,
    room: *mut f64,
}

impl Kernel<f64> for Read {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<f64>>(self, _: S) {
        let Read { numbers, n, room } = self;
        // SAFETY: who made this vouched for numbers and room.
        unsafe {
            match numbers {
                Numbers::F32(data) => read(data, n, room),
                Numbers::F16(data) => read(data, n, room),
                Numbers::Bf16(data) => read(data, n, room),
                Numbers::F64(_) => {}
            }
        }
    }
}

/// # Safety
/// As [`Numbers::block`].
#[inline(always)]
unsafe fn read<E: Elem>(from: *const E, n: usize, to: *mut f64) {
    // SAFETY: the caller vouches for numbers and room.
    (0..n).for_each(|i| unsafe { *to.add(i) = (*from.add(i)).widen().to_f64() });
}
