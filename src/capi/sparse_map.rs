//! The arguments that sparse maps and their gradients share.

use super::guard;
use super::temperatures::Raw;
use crate::rows::moments::{Table, TableMut};
use crate::rows::numbers::Numbers;
use crate::softmax::entmax;
use crate::softmax::sparse::Beside;
use crate::softmax::sparse_grad::{self, Map};
use crate::status::Status::{self, *};

/// A map's arguments, as C gives them.
#[derive(Clone, Copy)]
pub(super) struct RawMap {
    /// Scores.
    pub x: Raw,
    /// Where shares go, and from row to row.
    pub y: (*mut u8, usize),
}

/// Where rows lie.
type Span = (*const u8, usize);

impl RawMap {
    /// The same, checked.
    ///
    /// # Safety
    /// Pointers must be good for what they stand for.
    #[inline(never)]
    pub unsafe fn check(&self) -> Result<(Table, TableMut, [Span; 2]), Status> {
        guard::not_null(self.y.0, self.x.rows.min(self.x.cols))?;
        // SAFETY: the caller vouches for the arrays.
        unsafe {
            let x = self.x.check()?;
            let (y, span) = self.x.beside(self.y.0, self.y.1)?;
            // Rows without columns stand nowhere.
            let y = y.unwrap_or(TableMut { data: self.y.0, stride: 0 });
            Ok((x, y, [self.x.span(), span]))
        }
    }
}

/// alpha-entmax, for an alpha that was checked.
///
/// # Safety
/// Pointers must be good for what they stand for; null for what is not wanted beside.
#[inline(never)]
pub(super) unsafe fn entmax(
    raw: RawMap,
    (tau, support): (*mut f64, *mut usize),
    alpha: f64,
) -> Result<Status, Status> {
    // SAFETY: the caller vouches for the arrays.
    unsafe {
        let (x, y, [from, to]) = raw.check()?;
        let apart = [from, to, guard::span_of(tau, x.rows)];
        let support = guard::column(support, x.rows, &apart)?;
        let tau = guard::column(tau, x.rows, &[from, to])?;
        Ok(entmax::apply(x, y, Beside { tau, support }, alpha))
    }
}

/// A gradient's arguments, as C gives them.
#[derive(Clone, Copy)]
pub(super) struct RawGrad {
    /// Shares.
    pub y: Raw,
    /// The gradient in them, and from row to row.
    pub dy: (Numbers, usize),
    /// Where that in the scores goes, and from row to row.
    pub dx: (*mut u8, usize),
}

/// The gradient of a map whose parameter was checked.
///
/// # Safety
/// Pointers must be good for what they stand for.
#[inline(never)]
pub(super) unsafe fn grad(raw: RawGrad, map: Map) -> Result<Status, Status> {
    let RawGrad { y, dy: (dy, stride), dx } = raw;
    guard::not_null(dx.0, y.rows.min(y.cols))?;
    let dy = Raw { x: dy, stride, ..y };
    // SAFETY: the caller vouches for the arrays.
    unsafe {
        let (shares, gradients) = (y.check()?, dy.check()?);
        let (dx, span) = dy.beside(dx.0, dx.1)?;
        guard::apart(span, y.span())?;
        if let Some(dx) = dx {
            sparse_grad::apply(shares, gradients, dx, map);
        }
    }
    Ok(LGT_OK)
}
