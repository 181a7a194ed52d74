//! The arguments that gradients of the row transforms share.

use super::guard;
use super::softmax::lgt_softmax_opts;
use super::temperatures::Raw;
use crate::rows::moments::TableMut;
use crate::rows::numbers::Numbers;
use crate::softmax::grad::{self, Outputs};
use crate::softmax::grad_cols;
use crate::status::Status;

/// Start and bytes of an array.
type Span = (*const u8, usize);

/// Where gradients go, as C gives it.
#[derive(Clone, Copy)]
pub(super) struct RawOutputs {
    /// Those of the scores, and from row to row.
    pub dx: (*mut u8, usize),
    /// Those of the sinks, or null.
    pub dsink: *mut f64,
}

impl RawOutputs {
    /// A place for the gradients of rows like `x`, which may be any of `inputs` that has
    /// their shape.
    unsafe fn check(&self, x: &Raw, inputs: &[Raw]) -> Result<(TableMut, [Span; 2]), Status> {
        guard::not_null(self.dx.0, x.rows.min(x.cols))?;
        let size = x.x.size();
        let span = (self.dx.0.cast_const(), guard::extent_of(size, self.dx.1, x.rows, x.cols)?);
        for input in inputs {
            let same = core::ptr::eq(span.0, input.x.address())
                && self.dx.1 == input.stride
                && x.cols == input.cols;
            if !same {
                guard::apart(span, input.span())?;
            }
            let dsink = guard::span_of(self.dsink, x.rows);
            guard::apart(dsink, input.span())?;
        }
        let dsink = guard::span_of(self.dsink, x.rows);
        guard::apart(dsink, span)?;
        let stride = self.dx.1.wrapping_mul(size);
        Ok((TableMut { data: self.dx.0, stride }, [span, dsink]))
    }
}

/// Gradients of softmax or log-softmax, as C gives them.
#[derive(Clone, Copy)]
pub(super) struct RawGrads {
    /// The results, with as many columns as the scores.
    pub y: Raw,
    /// Their gradients, and from row to row.
    pub dy: (Numbers, usize),
    /// The entries, or null, and from row to row.
    pub x: (Numbers, usize),
    /// Where gradients go.
    pub to: RawOutputs,
    /// Whether results are logarithms.
    pub logs: bool,
}

impl RawGrads {
    /// Checks and does it.
    ///
    /// # Safety
    /// Pointers must be good for what they stand for.
    #[inline(never)]
    pub unsafe fn rows(self, opts: *const lgt_softmax_opts) -> Result<Status, Status> {
        // SAFETY: the caller vouches for the arrays.
        unsafe {
            let (opts, given) = lgt_softmax_opts::with_mask(opts)?;
            let mask = guard::options(given)?;
            let x = Raw { x: self.x.0, stride: self.x.1, ..self.y };
            let count = if mask.columns.is_null() { x.cols } else { mask.count };
            let y = Raw { cols: count, ..self.y };
            let dy = Raw { x: self.dy.0, stride: self.dy.1, ..y };
            let (y_rows, dy_rows) = (y.check()?, dy.check()?);
            let bounds = mask.soft_cap != 0.0;
            let inputs = [y, dy, x];
            let inputs = inputs.get(..if bounds { 3 } else { 2 }).unwrap_or(&[]);
            let x_rows = if bounds { Some(x.check()?) } else { None };
            let (dx, spans) = self.to.check(&x, inputs)?;
            let like = Raw { stride: x.cols.max(x.stride), ..x };
            let mask = mask.understood(&like, opts.scale, &spans)?;
            let dsink = guard::column(self.to.dsink, x.rows, &[])?;
            let to = Outputs { dx, cols: x.cols, dsink };
            let logs = self.logs;
            let grads = grad::Grads { y: y_rows, dy: dy_rows, x: x_rows, to, mask: &mask, logs };
            if given.is_null() {
                grad::plain(&grads, opts.scale, &opts.exec)
            } else {
                grad::apply(&grads, &opts.exec)
            }
        }
    }

    /// The same of columns; there is neither mask nor sink.
    ///
    /// # Safety
    /// As [`rows`](Self::rows).
    #[inline(never)]
    pub unsafe fn cols(self, opts: *const lgt_softmax_opts) -> Result<Status, Status> {
        // SAFETY: the caller vouches for the arrays.
        unsafe {
            let opts = lgt_softmax_opts::read(opts)?;
            let dy = Raw { x: self.dy.0, stride: self.dy.1, ..self.y };
            let (y, dy_rows) = (self.y.check()?, dy.check()?);
            let (dx, _) = self.to.check(&self.y, &[self.y, dy])?;
            let (scale, logs) = (opts.scale, self.logs);
            grad_cols::apply(&grad_cols::Grads { y, dy: dy_rows, dx, scale, logs }, &opts.exec)
        }
    }
}

/// Gradients of logsumexp, as C gives them.
#[derive(Clone, Copy)]
pub(super) struct RawSumGrads {
    /// The entries.
    pub x: Raw,
    /// The results.
    pub lse: Numbers,
    /// Their gradients.
    pub dlse: Numbers,
    /// Where gradients go.
    pub to: RawOutputs,
}

impl RawSumGrads {
    /// Checks and does it.
    ///
    /// # Safety
    /// Pointers must be good for what they stand for.
    #[inline(never)]
    pub unsafe fn rows(self, opts: *const lgt_softmax_opts) -> Result<Status, Status> {
        // SAFETY: the caller vouches for the arrays.
        unsafe {
            let (opts, given) = lgt_softmax_opts::with_mask(opts)?;
            let mask = guard::options(given)?;
            let x = self.x.check()?;
            let (dx, spans) = self.to.check(&self.x, &self.inputs(self.x.rows))?;
            if !mask.columns.is_null() {
                guard::apart(spans[0], self.x.span())?;
            }
            self.columns(self.x.rows)?;
            let mask = mask.understood(&self.x, opts.scale, &spans)?;
            let dsink = guard::column(self.to.dsink, x.rows, &[])?;
            let to = Outputs { dx, cols: x.cols, dsink };
            let (lse, dlse, empty_zero) = (self.lse, self.dlse, opts.empty_zero);
            let plain = given.is_null();
            let grads = grad::SumGrads { x, lse, dlse, to, mask: &mask, empty_zero, plain };
            grad::apply_sums(&grads, &opts.exec)
        }
    }

    /// The same of columns; there is neither mask nor sink.
    ///
    /// # Safety
    /// As [`rows`](Self::rows).
    #[inline(never)]
    pub unsafe fn cols(self, opts: *const lgt_softmax_opts) -> Result<Status, Status> {
        // SAFETY: the caller vouches for the arrays.
        unsafe {
            let opts = lgt_softmax_opts::read(opts)?;
            let x = self.x.check()?;
            let (dx, _) = self.to.check(&self.x, &self.inputs(self.x.cols))?;
            self.columns(self.x.cols)?;
            let (scale, empty_zero) = (opts.scale, opts.empty_zero);
            let (lse, dlse) = (self.lse, self.dlse);
            let grads = grad_cols::SumGrads { x, lse, dlse, dx, scale, empty_zero };
            grad_cols::apply_sums(&grads, &opts.exec)
        }
    }

    /// What is read: the entries, and `n` results with their gradients.
    fn inputs(&self, n: usize) -> [Raw; 3] {
        let column = |x| Raw { x, stride: 1, rows: n, cols: 1 };
        [self.x, column(self.lse), column(self.dlse)]
    }

    /// Whether there are `n` results and gradients.
    fn columns(&self, n: usize) -> Result<(), Status> {
        guard::not_null(self.lse.address(), n)?;
        guard::not_null(self.dlse.address(), n)
    }
}
