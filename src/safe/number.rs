//! The storage types, and arrays that say which one theirs is.

use super::views::{Column, Rows};
use crate::simd::{Bf16, Elem, F16, Stored};
use core::ffi::c_void;
use core::marker::PhantomData;

/// What rows are stored as: `f32`, `f64`, [`F16`] or [`Bf16`]. The 16-bit types are
/// computed in `f32`.
///
/// [`F16`]: crate::F16
/// [`Bf16`]: crate::Bf16
pub trait Number: sealed::Number {
    /// What it is computed in: sums, losses and weights are of this type.
    type Sum: Copy;
}

impl<T: sealed::Number> Number for T {
    type Sum = T::Acc;
}

mod sealed {
    use super::*;

    /// No other type can be one, so [`Elem::STORED`] says which type it is.
    pub trait Number: Elem {}
    impl Number for f32 {}
    impl Number for f64 {}
    impl Number for F16 {}
    impl Number for Bf16 {}

    /// What the number of a type says of the memory of its slices.
    pub trait Typed: Copy {
        const TYPE: u32;
    }
}

/// Which storage type a function is to be called for.
pub(super) const fn stored<T: Number>() -> Stored {
    T::STORED
}

use sealed::Typed;

macro_rules! typed {
    ($($t:ty: $number:ident,)*) => {
        $(impl Typed for $t {
            const TYPE: u32 = crate::capi::types::$number;
        })*
    };
}

typed! {
    i8: LGT_I8, i16: LGT_I16, i32: LGT_I32, i64: LGT_I64,
    u8: LGT_U8, u16: LGT_U16, u32: LGT_U32, u64: LGT_U64,
    f32: LGT_F32, f64: LGT_F64, F16: LGT_F16, Bf16: LGT_BF16,
}

/// Labels, counts or relevances: a slice of any integer or storage type. A function
/// refuses types that it does not take.
///
/// ```
/// use logitude::Numbers;
///
/// let labels: Numbers = (&[0u8, 2, 1]).into();
/// assert_eq!(labels.len(), 3);
/// ```
#[derive(Clone, Copy)]
pub struct Numbers<'a> {
    data: *const c_void,
    length: usize,
    kind: u32,
    borrowed: PhantomData<&'a [u8]>,
}

/// Rows of such numbers.
#[derive(Clone, Copy)]
pub struct NumberRows<'a> {
    data: *const c_void,
    rows: usize,
    cols: usize,
    stride: usize,
    kind: u32,
    borrowed: PhantomData<&'a [u8]>,
}

impl Numbers<'_> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    pub(super) fn ptr(&self) -> *const c_void {
        self.data
    }

    pub(super) fn kind(&self) -> u32 {
        self.kind
    }
}

impl NumberRows<'_> {
    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many numbers a row has.
    pub fn cols(&self) -> usize {
        self.cols
    }

    /// From the start of a row to that of the next, in numbers.
    pub fn stride(&self) -> usize {
        self.stride
    }

    pub(super) fn ptr(&self) -> *const c_void {
        self.data
    }

    pub(super) fn kind(&self) -> u32 {
        self.kind
    }
}

impl<'a, T: Typed> From<&'a [T]> for Numbers<'a> {
    fn from(data: &'a [T]) -> Self {
        let (start, length) = (data.as_ptr().cast(), data.len());
        Numbers { data: start, length, kind: T::TYPE, borrowed: PhantomData }
    }
}

impl<'a, T: Typed, const N: usize> From<&'a [T; N]> for Numbers<'a> {
    fn from(data: &'a [T; N]) -> Self {
        data.as_slice().into()
    }
}

impl<'a, T: Typed> From<Rows<'a, T>> for NumberRows<'a> {
    fn from(from: Rows<'a, T>) -> Self {
        let (rows, cols, stride) = (from.rows(), from.cols(), from.stride());
        let data = from.ptr().cast();
        NumberRows { data, rows, cols, stride, kind: T::TYPE, borrowed: PhantomData }
    }
}

impl<'a, T: Typed> From<Column<'a, T>> for NumberRows<'a> {
    fn from(from: Column<'a, T>) -> Self {
        let (rows, stride) = (from.rows(), from.stride());
        let data = from.ptr().cast();
        NumberRows { data, rows, cols: 1, stride, kind: T::TYPE, borrowed: PhantomData }
    }
}
