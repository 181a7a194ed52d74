//! The arguments that all losses share.

use super::guard::{self, Options};
use super::temperatures::Raw;
use crate::loss::rows::{Losses, Opts};
use crate::math::fixed::BOUND;
use crate::rows::moments::Table;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};

/// Reduction of losses: their weighted sum; gradients are each row's own times its
/// weight.
pub const LGT_REDUCTION_SUM: u32 = 0;
/// Reduction of losses: their weighted mean, of which the gradients are too.
pub const LGT_REDUCTION_MEAN: u32 = 1;

/// Options of losses. Fill with `lgt_loss_opts_default`, then change what is to be
/// different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_loss_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// An `LGT_REDUCTION_`; default `LGT_REDUCTION_SUM`.
    pub reduction: u32,
    /// Gradients are multiplied by this, so that small ones are not lost in types of 16
    /// bits. Default 1; finite.
    pub grad_scale: f64,
}

// SAFETY: repr(C), 4 + 4 + 8 bytes.
unsafe impl Options for lgt_loss_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        reduction: LGT_REDUCTION_SUM,
        grad_scale: 1.0,
    };
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_loss_opts_default(opts: *mut lgt_loss_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_loss_opts::DEFAULT };
    }
}

impl lgt_loss_opts {
    /// The options at `opts`, understood.
    ///
    /// # Safety
    /// As [`guard::options`].
    #[inline(never)]
    pub(super) unsafe fn read(opts: *const Self) -> Result<Opts, Status> {
        // SAFETY: the caller vouches for the struct.
        let opts = unsafe { guard::options(opts)? };
        understood(opts.reduction, opts.grad_scale)
    }
}

/// Options that other structs hold too.
pub(super) fn understood(reduction: u32, grad_scale: f64) -> Result<Opts, Status> {
    if reduction > LGT_REDUCTION_MEAN {
        return Err(LGT_E_OPTION);
    }
    if !grad_scale.is_finite() {
        return Err(LGT_E_VALUE);
    }
    Ok(Opts { mean: reduction == LGT_REDUCTION_MEAN, grad_scale })
}

/// The arguments of a loss, as C gives them.
#[derive(Clone, Copy)]
pub(super) struct RawLosses {
    /// Rows.
    pub x: Raw,
    /// Weights, or null.
    pub weights: Numbers,
    /// Where losses go, or null.
    pub loss: *mut f64,
    /// Where gradients go, or null, and from row to row.
    pub grad: (*mut u8, usize),
    /// Where the sum or mean goes, or null.
    pub total: *mut f64,
}

impl RawLosses {
    /// The same, checked: every weight is a weight.
    ///
    /// # Safety
    /// Pointers that are not null must be good for what they stand for.
    #[inline(never)]
    pub unsafe fn check(&self, opts: Opts) -> Result<Losses, Status> {
        // SAFETY: the caller vouches for the arrays.
        unsafe {
            let x = self.x.check()?;
            let (grad, span) = self.x.beside(self.grad.0, self.grad.1)?;
            let arrays = [self.x.span(), span];
            let loss = guard::column(self.loss, x.rows, &arrays)?;
            let total = guard::column(self.total, 1, &arrays)?;
            let weights = weights(self.weights, x.rows)?;
            Ok(Losses { x, weights, grad, loss, total, opts })
        }
    }

    /// Rows that go with these, one for each, of the same shape unless the gradient would
    /// be written over them.
    ///
    /// # Safety
    /// As [`check`](Self::check).
    #[inline(never)]
    pub unsafe fn table(&self, other: Numbers, stride: usize) -> Result<Table, Status> {
        let raw = Raw { x: other, stride, ..self.x };
        let grad = Raw { x: self.x.x.at(self.grad.0), stride: self.grad.1, ..self.x };
        // SAFETY: the caller vouches for the arrays.
        let table = unsafe { raw.check()? };
        if !self.grad.0.is_null() {
            guard::apart(raw.span(), grad.span())?;
        }
        Ok(table)
    }
}

/// Weights of rows: none for null.
///
/// # Safety
/// Null, or readable for `rows` values.
unsafe fn weights(given: Numbers, rows: usize) -> Result<Option<Numbers>, Status> {
    if given.address().is_null() {
        return Ok(None);
    }
    // SAFETY: the caller vouches for the weights.
    let good = |r| (0.0..=BOUND).contains(&unsafe { given.get(r) });
    if (0..rows).all(good) { Ok(Some(given)) } else { Err(LGT_E_VALUE) }
}
