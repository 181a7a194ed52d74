//! Labels of any integer width, and weights.

use crate::status::Status;

/// The integer type that labels are stored in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelType {
    /// `int8_t`
    I8,
    /// `int16_t`
    I16,
    /// `int32_t`
    I32,
    /// `int64_t`
    I64,
    /// `uint8_t`
    U8,
    /// `uint16_t`
    U16,
    /// `uint32_t`
    U32,
    /// `uint64_t`
    U64,
}

impl LabelType {
    /// Bytes of one label.
    pub fn size(self) -> usize {
        match self {
            LabelType::I8 | LabelType::U8 => 1,
            LabelType::I16 | LabelType::U16 => 2,
            LabelType::I32 | LabelType::U32 => 4,
            LabelType::I64 | LabelType::U64 => 8,
        }
    }
}

/// One label a row.
#[derive(Clone, Copy)]
pub struct Labels {
    data: *const u8,
    kind: LabelType,
}

impl Labels {
    /// # Safety
    /// `data` must be readable for one label a row, aligned for its type.
    pub unsafe fn new(data: *const u8, kind: LabelType) -> Labels {
        Labels { data, kind }
    }

    /// The label of row `r`; a negative one is larger than any class.
    #[inline(always)]
    pub fn get(&self, r: usize) -> u64 {
        // SAFETY: `new` was told of one label a row.
        unsafe {
            match self.kind {
                LabelType::I8 => signed((*self.data.cast::<i8>().add(r)).into()),
                LabelType::I16 => signed((*self.data.cast::<i16>().add(r)).into()),
                LabelType::I32 => signed((*self.data.cast::<i32>().add(r)).into()),
                LabelType::I64 => signed(*self.data.cast::<i64>().add(r)),
                LabelType::U8 => u64::from(*self.data.add(r)),
                LabelType::U16 => u64::from(*self.data.cast::<u16>().add(r)),
                LabelType::U32 => u64::from(*self.data.cast::<u32>().add(r)),
                LabelType::U64 => *self.data.cast::<u64>().add(r),
            }
        }
    }

    /// The first row whose label is not below `cols`.
    pub fn first_bad(&self, rows: usize, cols: usize) -> Option<usize> {
        (0..rows).find(|r| self.get(*r) >= cols as u64)
    }
}

/// A label that may be negative, which no class is.
#[inline(always)]
fn signed(label: i64) -> u64 {
    u64::try_from(label).unwrap_or(u64::MAX)
}

/// One weight a row, or 1 for all.
#[derive(Clone, Copy)]
pub struct Weights<T>(*const T);

impl<T: crate::simd::Real> Weights<T> {
    /// # Safety
    /// Null, or readable for one weight a row, aligned for `T`.
    pub unsafe fn new(data: *const T) -> Self {
        Weights(data)
    }

    /// Whether no weights were given.
    #[inline(always)]
    pub fn are_all_one(&self) -> bool {
        self.0.is_null()
    }

    /// The weight of row `r`.
    #[inline(always)]
    pub fn get(&self, r: usize) -> f64 {
        if self.0.is_null() {
            1.0
        } else {
            // SAFETY: `new` was told of one weight a row.
            unsafe { *self.0.add(r) }.to_f64()
        }
    }

    /// `E_VALUE` unless every weight is at least 0 and at most 2^63.
    pub fn check(&self, rows: usize) -> Result<(), Status> {
        let good = |w: f64| (0.0..=crate::math::fixed::BOUND).contains(&w);
        if self.0.is_null() || (0..rows).all(|r| good(self.get(r))) {
            Ok(())
        } else {
            Err(Status::LGT_E_VALUE)
        }
    }
}
