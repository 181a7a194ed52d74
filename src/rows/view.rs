//! Row-major arrays of the caller: where they are, and nothing more. `capi/guard.rs`
//! makes them and vouches for what they promise.

use crate::simd::Elem;

/// `rows x cols` values to read; row `r` starts at `data + r * stride`.
#[derive(Clone, Copy)]
pub struct Rows<E> {
    data: *const E,
    stride: usize,
    /// Number of rows.
    pub rows: usize,
    /// Values in a row.
    pub cols: usize,
}

/// As [`Rows`], to write.
#[derive(Clone, Copy)]
pub struct RowsMut<E> {
    data: *mut E,
    stride: usize,
}

/// One number a row to write, or nothing.
#[derive(Clone, Copy)]
pub struct Column<T>(*mut T);

// SAFETY: a view is an address; what it promises, `new` was promised for all who
// hold it. Tasks that share one to write keep to rows of their own.
unsafe impl<E> Sync for Rows<E> {}
// SAFETY: as above.
unsafe impl<E> Sync for RowsMut<E> {}
// SAFETY: as above.
unsafe impl<T> Sync for Column<T> {}

impl<E: Elem> Rows<E> {
    /// # Safety
    /// Every row must stay readable, aligned for `E`, as long as the view is used.
    pub unsafe fn new(data: *const E, stride: usize, rows: usize, cols: usize) -> Self {
        Rows { data, stride, rows, cols }
    }

    /// Whether each row starts where the one before it ends.
    #[inline(always)]
    pub fn packed(&self) -> bool {
        self.stride == self.cols
    }

    /// The start of row `r < rows`.
    #[inline(always)]
    pub fn row(&self, r: usize) -> *const E {
        // Wrapping, for rows without columns: they may stand anywhere.
        self.data.wrapping_add(r.wrapping_mul(self.stride))
    }

    /// From row to row, in elements.
    pub fn stride(&self) -> usize {
        self.stride
    }

    /// Up to `n` columns of the first row from column `at` on, as a row.
    pub fn piece(&self, at: usize, n: usize) -> Self {
        Rows { data: self.data.wrapping_add(at), rows: 1, cols: n.min(self.cols - at), ..*self }
    }

    /// `rows` rows from row `start` on, all of them among these.
    pub fn part(&self, start: usize, rows: usize) -> Self {
        Rows { data: self.row(start), rows, ..*self }
    }
}

impl<E> RowsMut<E> {
    /// From row to row, in elements.
    pub fn stride(&self) -> usize {
        self.stride
    }

    /// The rows without the columns before `at`.
    pub fn piece(&self, at: usize) -> Self {
        RowsMut { data: self.data.wrapping_add(at), ..*self }
    }

    /// Whether each row of `cols` values starts where the one before it ends.
    #[inline(always)]
    pub fn packed(&self, cols: usize) -> bool {
        self.stride == cols
    }

    /// The rows from row `start` on.
    pub fn part(&self, start: usize) -> Self {
        RowsMut { data: self.row(start), ..*self }
    }

    /// # Safety
    /// Every row of the [`Rows`] it goes with must stay writable, aligned for `E`.
    pub unsafe fn new(data: *mut E, stride: usize) -> Self {
        RowsMut { data, stride }
    }

    /// The start of row `r`.
    #[inline(always)]
    pub fn row(&self, r: usize) -> *mut E {
        // Wrapping, for rows without columns: they may stand anywhere.
        self.data.wrapping_add(r.wrapping_mul(self.stride))
    }
}

impl<T: Copy> Column<T> {
    /// # Safety
    /// Null, or writable for one value a row, aligned for `T`.
    pub unsafe fn new(data: *mut T) -> Self {
        Column(data)
    }

    /// The numbers of the rows from row `start` on.
    pub fn part(&self, start: usize) -> Self {
        if self.0.is_null() { *self } else { Column(self.0.wrapping_add(start)) }
    }

    /// Whether anyone wants the numbers.
    #[inline(always)]
    pub fn is_wanted(&self) -> bool {
        !self.0.is_null()
    }

    /// Where the numbers from row `r` on go; null if nobody wants them.
    #[inline(always)]
    pub fn at(&self, r: usize) -> *mut T {
        if self.0.is_null() { self.0 } else { self.0.wrapping_add(r) }
    }

    /// Writes row `r`'s number, if anyone wants it.
    #[inline(always)]
    pub fn set(&self, r: usize, value: T) {
        if !self.0.is_null() {
            // SAFETY: the place is inside the array that `new` was told of.
            unsafe { *self.0.add(r) = value }
        }
    }
}
