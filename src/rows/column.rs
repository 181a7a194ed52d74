//! One number a row, of any storage type, read as f64 a block at a time: for what is
//! then computed in f64 by one piece of code.

use super::labels::Labels;
use super::numbers::Numbers;
use super::view::Rows;
use crate::math::fixed::BOUND;
use crate::simd::{Bf16, Elem, F16, Real, Stored};
use crate::status::Status;

/// Values of the caller.
#[derive(Clone, Copy)]
pub struct Values {
    data: *const u8,
    /// In elements.
    stride: usize,
    stored: Stored,
}

impl Values {
    /// The first column of these rows.
    pub fn new<E: Elem>(rows: &Rows<E>, stride: usize) -> Values {
        Values { data: rows.row(0).cast(), stride, stored: E::STORED }
    }

    /// Whether they are computed in f64 elsewhere, rather than f32.
    pub fn wide(&self) -> bool {
        self.stored == Stored::F64
    }

    /// Whether there are any.
    pub fn is_null(&self) -> bool {
        self.data.is_null()
    }

    /// Whether they lie next to one another.
    pub fn is_dense(&self) -> bool {
        self.stride == 1
    }

    /// The numbers of `n` rows from `start` on, of values next to one another: where they
    /// lie if that is as f64, else in `room`.
    ///
    /// # Safety
    /// As [`get`](Values::get).
    #[inline(never)]
    pub unsafe fn block(&self, start: usize, n: usize, room: *mut f64) -> *const f64 {
        debug_assert!(self.stride == 1);
        // SAFETY: the caller vouches for rows and room.
        unsafe { self.numbers(self.data).from(start).block(n, room) }
    }

    /// The numbers of `n` rows next to one another: where they lie if they are, else in
    /// `room`, which has as many bytes.
    ///
    /// # Safety
    /// There must be so many rows, and room for them, aligned.
    #[inline(never)]
    pub unsafe fn packed(&self, n: usize, room: *mut u8) -> Numbers {
        if self.stride == 1 {
            return self.numbers(self.data);
        }
        // SAFETY: the caller vouches for rows and room.
        unsafe {
            match self.size() {
                8 => pack::<u64>(self.data, self.stride, n, room),
                4 => pack::<u32>(self.data, self.stride, n, room),
                _ => pack::<u16>(self.data, self.stride, n, room),
            }
        }
        self.numbers(room)
    }

    /// Bytes of one.
    pub fn size(&self) -> usize {
        self.numbers(self.data).size()
    }

    fn numbers(&self, data: *const u8) -> Numbers {
        match self.stored {
            Stored::F32 => Numbers::F32(data.cast()),
            Stored::F64 => Numbers::F64(data.cast()),
            Stored::F16 => Numbers::F16(data.cast()),
            Stored::Bf16 => Numbers::Bf16(data.cast()),
        }
    }

    /// Reads the numbers of `n` rows from `start` on.
    ///
    /// # Safety
    /// There must be so many rows, and `to` must be writable for `n` values.
    #[inline(always)]
    pub unsafe fn get(&self, start: usize, n: usize, to: *mut f64) {
        // SAFETY: the caller vouches for rows and room.
        unsafe {
            match self.stored {
                Stored::F32 => read::<f32>(self.data, self.stride, start, n, to),
                Stored::F64 => read::<f64>(self.data, self.stride, start, n, to),
                Stored::F16 => read::<F16>(self.data, self.stride, start, n, to),
                Stored::Bf16 => read::<Bf16>(self.data, self.stride, start, n, to),
            }
        }
    }
}

/// # Safety
/// As [`Values::packed`].
unsafe fn pack<T: Copy>(data: *const u8, stride: usize, n: usize, to: *mut u8) {
    let (from, to) = (data.cast::<T>(), to.cast::<T>());
    // SAFETY: the caller vouches for rows and room.
    (0..n).for_each(|i| unsafe { *to.add(i) = *from.add(i * stride) });
}

/// # Safety
/// As [`Values::get`].
#[inline(always)]
unsafe fn read<E: Elem>(data: *const u8, stride: usize, start: usize, n: usize, to: *mut f64) {
    // SAFETY: the caller vouches for rows and room.
    unsafe {
        let from = data.cast::<E>().wrapping_add(start.wrapping_mul(stride));
        if stride == 1 {
            // Apart, so that it is done in vectors.
            (0..n).for_each(|i| *to.add(i) = (*from.add(i)).widen().to_f64());
        } else {
            (0..n).for_each(|i| *to.add(i) = (*from.add(i * stride)).widen().to_f64());
        }
    }
}

/// Scores of two classes: a number, a label of 0 or 1 and a weight a row.
#[derive(Clone, Copy)]
pub struct TwoClasses {
    /// The scores.
    pub scores: Values,
    /// What came true.
    pub labels: Labels,
    /// Weights, or null for 1 each.
    pub weights: Values,
    /// How many rows.
    pub rows: usize,
}

/// Two numbers and a weight a row.
#[derive(Clone, Copy)]
pub struct TwoColumns {
    /// The one ..
    pub x: Values,
    /// .. and the other.
    pub y: Values,
    /// Weights, or null for 1 each.
    pub weights: Values,
    /// How many rows.
    pub rows: usize,
}

impl TwoColumns {
    /// `E_VALUE`, before anything is changed.
    pub fn check(&self) -> Result<(), Status> {
        check_weights(&self.weights, self.rows)
    }
}

/// `E_VALUE` unless every weight, if there are any, is one.
#[inline(never)]
fn check_weights(weights: &Values, rows: usize) -> Result<(), Status> {
    let mut block = [0.0; BLOCK];
    for start in (0..rows).step_by(BLOCK).take_while(|_| !weights.is_null()) {
        let n = BLOCK.min(rows - start);
        // SAFETY: these rows are there, and the block has room for them.
        let weights =
            unsafe { core::slice::from_raw_parts(weights.block(start, n, block.as_mut_ptr()), n) };
        if !weights.iter().all(|w| (0.0..=BOUND).contains(w)) {
            return Err(Status::LGT_E_VALUE);
        }
    }
    Ok(())
}

/// Rows that are read at a time.
pub const BLOCK: usize = 128;

impl TwoClasses {
    /// `E_LABEL` or `E_VALUE`, before anything is changed.
    pub fn check(&self) -> Result<(), Status> {
        if !self.labels.are_binary(self.rows) {
            return Err(Status::LGT_E_LABEL);
        }
        check_weights(&self.weights, self.rows)
    }
}
