//! Rows of column numbers, one behind the other (compressed sparse rows).

use super::labels::Labels;
use crate::status::Status;

/// `rows` rows of columns below `cols`; row `r` is entries `start(r) .. start(r + 1)`,
/// in ascending order, none of them twice.
#[derive(Clone, Copy)]
pub struct Csr {
    indptr: Labels,
    indices: Labels,
    /// Number of rows.
    pub rows: usize,
}

impl Csr {
    /// `E_SHAPE` unless rows follow one another within `nnz` entries, `E_LABEL` unless
    /// a row's columns ascend and are below `cols`.
    ///
    /// # Safety
    /// There must be `rows + 1` starts, if there is a row, and `nnz` columns.
    #[inline(never)]
    pub unsafe fn new(
        indptr: Labels,
        indices: Labels,
        nnz: usize,
        rows: usize,
        cols: usize,
    ) -> Result<Csr, Status> {
        let made = Csr { indptr, indices, rows };
        let mut end = if rows == 0 { 0 } else { indptr.get(0) };
        for r in 0..rows {
            let start = core::mem::replace(&mut end, indptr.get(r + 1));
            // A negative number is above any other.
            if start > end || end > nnz as u64 {
                return Err(Status::LGT_E_SHAPE);
            }
        }
        for r in 0..rows {
            let mut least = 0;
            for i in made.row(r) {
                let column = made.column(i) as u64;
                if column < least || column >= cols as u64 {
                    return Err(Status::LGT_E_LABEL);
                }
                least = column + 1;
            }
        }
        Ok(made)
    }

    /// The entries of row `r`.
    #[inline(never)]
    pub fn row(&self, r: usize) -> core::ops::Range<usize> {
        self.indptr.get(r) as usize..self.indptr.get(r + 1) as usize
    }

    /// The column of entry `i`.
    #[inline(never)]
    pub fn column(&self, i: usize) -> usize {
        self.indices.get(i) as usize
    }

    /// Whether row `r` has that column: by halves.
    #[inline(never)]
    pub fn has(&self, r: usize, column: u64) -> bool {
        let mut row = self.row(r);
        while row.start < row.end {
            let middle = row.start + (row.end - row.start) / 2;
            let there = self.column(middle) as u64;
            if there == column {
                return true;
            }
            if there < column {
                row.start = middle + 1;
            } else {
                row.end = middle;
            }
        }
        false
    }
}
