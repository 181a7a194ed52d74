//! Rows and columns of the caller's slices. What can be made of these types lies within
//! the slice that it was made of: that is all that the functions rely on.

use super::size::Size;
use crate::status::Status;
use core::marker::PhantomData;

/// Rows to read: `rows x cols` numbers, row after row, each `stride` numbers after the
/// one before it.
///
/// ```
/// use logitude::Rows;
///
/// let x = [1.0f32, 2.0, 3.0, 4.0, 5.0, 6.0];
/// let rows = Rows::new(&x, 2, 3).unwrap();
/// assert_eq!((rows.rows(), rows.cols(), rows.stride()), (2, 3, 3));
/// // The first two columns of three.
/// assert!(Rows::with_stride(&x, 2, 2, 3).is_some());
/// assert!(Rows::new(&x, 3, 3).is_none());
/// ```
pub struct Rows<'a, T> {
    data: *const T,
    shape: Shape,
    borrowed: PhantomData<&'a [T]>,
}

/// Rows to write, as [`Rows`] are to read.
pub struct RowsMut<'a, T> {
    data: *mut T,
    shape: Shape,
    borrowed: PhantomData<&'a mut [T]>,
}

/// A column to read: numbers, each `stride` after the one before it. A slice is one.
pub struct Column<'a, T>(Rows<'a, T>);

/// A column to write. A slice is one.
pub struct ColumnMut<'a, T>(RowsMut<'a, T>);

#[derive(Clone, Copy, Debug)]
struct Shape {
    rows: usize,
    cols: usize,
    stride: usize,
}

impl Shape {
    /// A shape that `length` numbers are enough for.
    fn within(length: usize, rows: usize, cols: usize, stride: usize) -> Option<Shape> {
        let before = Size(rows.saturating_sub(1)) * Size(stride);
        let needed = if rows == 0 || cols == 0 { 0 } else { (before + Size(cols)).0 };
        (stride >= cols && needed <= length).then_some(Shape { rows, cols, stride })
    }

    /// The same, or what is wrong with rows to be split into.
    fn dense(length: usize, cols: usize) -> Option<Shape> {
        let rows = length.checked_div(cols)?;
        (rows * cols == length).then_some(Shape { rows, cols, stride: cols })
    }
}

macro_rules! shape {
    () => {
        /// How many rows there are.
        pub fn rows(&self) -> usize {
            self.shape.rows
        }

        /// How many numbers a row has.
        pub fn cols(&self) -> usize {
            self.shape.cols
        }

        /// From the start of a row to that of the next, in numbers.
        pub fn stride(&self) -> usize {
            self.shape.stride
        }
    };
}

impl<'a, T> Rows<'a, T> {
    /// Rows without gaps; `None` if the slice is too short.
    pub fn new(data: &'a [T], rows: usize, cols: usize) -> Option<Self> {
        Self::with_stride(data, rows, cols, cols)
    }

    /// Rows of so many columns that make up the whole slice, which `None` says they
    /// cannot.
    pub fn of(data: &'a [T], cols: usize) -> Option<Self> {
        let shape = Shape::dense(data.len(), cols)?;
        Some(Self { data: data.as_ptr(), shape, borrowed: PhantomData })
    }

    /// Rows with gaps, of a slice that may end with the last number of the last row;
    /// `None` if it is shorter or if rows overlap.
    pub fn with_stride(data: &'a [T], rows: usize, cols: usize, stride: usize) -> Option<Self> {
        let shape = Shape::within(data.len(), rows, cols, stride)?;
        Some(Self { data: data.as_ptr(), shape, borrowed: PhantomData })
    }

    shape!();

    pub(super) fn ptr(&self) -> *const T {
        self.data
    }
}

impl<'a, T> RowsMut<'a, T> {
    /// As [`Rows::new`].
    pub fn new(data: &'a mut [T], rows: usize, cols: usize) -> Option<Self> {
        Self::with_stride(data, rows, cols, cols)
    }

    /// As [`Rows::of`].
    pub fn of(data: &'a mut [T], cols: usize) -> Option<Self> {
        let shape = Shape::dense(data.len(), cols)?;
        Some(Self { data: data.as_mut_ptr(), shape, borrowed: PhantomData })
    }

    /// As [`Rows::with_stride`].
    pub fn with_stride(data: &'a mut [T], rows: usize, cols: usize, stride: usize) -> Option<Self> {
        let shape = Shape::within(data.len(), rows, cols, stride)?;
        Some(Self { data: data.as_mut_ptr(), shape, borrowed: PhantomData })
    }

    shape!();

    pub(super) fn ptr(&self) -> *mut T {
        self.data
    }
}

impl<'a, T> Column<'a, T> {
    /// Every `stride`-th number, `count` of them; `None` if the slice is too short or
    /// the stride is 0.
    pub fn with_stride(data: &'a [T], count: usize, stride: usize) -> Option<Self> {
        Rows::with_stride(data, count, 1, stride).map(Self)
    }

    /// How many numbers there are.
    pub fn rows(&self) -> usize {
        self.0.rows()
    }

    /// From one number to the next.
    pub fn stride(&self) -> usize {
        self.0.stride()
    }

    pub(super) fn ptr(&self) -> *const T {
        self.0.ptr()
    }
}

impl<'a, T> ColumnMut<'a, T> {
    /// As [`Column::with_stride`].
    pub fn with_stride(data: &'a mut [T], count: usize, stride: usize) -> Option<Self> {
        RowsMut::with_stride(data, count, 1, stride).map(Self)
    }

    /// How many numbers there are.
    pub fn rows(&self) -> usize {
        self.0.rows()
    }

    /// From one number to the next.
    pub fn stride(&self) -> usize {
        self.0.stride()
    }

    pub(super) fn ptr(&self) -> *mut T {
        self.0.ptr()
    }
}

impl<T> Clone for Rows<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Rows<'_, T> {}

impl<T> Clone for Column<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Column<'_, T> {}

impl<'a, T> From<&'a [T]> for Column<'a, T> {
    fn from(data: &'a [T]) -> Self {
        let shape = Shape { rows: data.len(), cols: 1, stride: 1 };
        Self(Rows { data: data.as_ptr(), shape, borrowed: PhantomData })
    }
}

impl<'a, T, const N: usize> From<&'a [T; N]> for Column<'a, T> {
    fn from(data: &'a [T; N]) -> Self {
        data.as_slice().into()
    }
}

impl<'a, T> From<&'a mut [T]> for ColumnMut<'a, T> {
    fn from(data: &'a mut [T]) -> Self {
        let shape = Shape { rows: data.len(), cols: 1, stride: 1 };
        Self(RowsMut { data: data.as_mut_ptr(), shape, borrowed: PhantomData })
    }
}

impl<'a, T, const N: usize> From<&'a mut [T; N]> for ColumnMut<'a, T> {
    fn from(data: &'a mut [T; N]) -> Self {
        data.as_mut_slice().into()
    }
}

/// An empty place of no rows and no columns, and the words for a view that is none.
pub(super) fn at<T, V>(view: &Option<V>, of: impl Fn(&V) -> *const T) -> *const T {
    view.as_ref().map_or(core::ptr::null(), of)
}

/// As [`at`], to write.
pub(super) fn at_mut<T, V>(view: &mut Option<V>, of: impl Fn(&mut V) -> *mut T) -> *mut T {
    view.as_mut().map_or(core::ptr::null_mut(), of)
}

/// A length as C takes some of them, or `E_SIZE`.
pub(super) fn narrow(length: usize) -> Result<u32, Status> {
    u32::try_from(length).map_err(|_| Status::LGT_E_SIZE)
}
