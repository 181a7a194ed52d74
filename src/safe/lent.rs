//! Options that point at arrays, as structs that borrow them, and what C is given.

use super::number::{NumberRows, Numbers};
use super::views::Rows;
use crate::capi::agreement::{self, lgt_agreement_finish_opts};
use crate::capi::cross_entropy::{self, lgt_cross_entropy_opts};
use crate::capi::csr::lgt_csr;
use crate::capi::reduction::{self, lgt_reduction_opts};
use crate::capi::softmax::{self, lgt_softmax_opts};
use crate::capi::softmax_mask::{self, lgt_softmax_mask};
use crate::capi::types::LGT_I64;
use core::cell::Cell;
use core::mem::MaybeUninit;
use core::ptr::{null, null_mut};

/// Options of the softmax, its logarithm and its gradients.
#[derive(Clone, Copy)]
pub struct SoftmaxOpts<'a> {
    /// `SOFTMAX_` flags; default 0.
    pub flags: u32,
    /// Scores are multiplied by this: an inverse temperature. Default 1; from 1e-30 to
    /// 1e30.
    pub scale: f64,
    /// A `SOFTMAX_` algorithm; default [`SOFTMAX_AUTO`](crate::SOFTMAX_AUTO).
    pub algorithm: u32,
    /// A `STORE_` policy; default [`STORE_AUTO`](crate::STORE_AUTO).
    pub store: u32,
    /// What is done to scores first.
    pub mask: Option<&'a SoftmaxMask<'a>>,
}

/// What is done to scores before the softmax takes them; all together may be.
#[derive(Clone, Copy)]
pub struct SoftmaxMask<'a> {
    /// `MASK_` flags; default 0.
    pub flags: u32,
    /// With [`MASK_CAUSAL`](crate::MASK_CAUSAL), row r sees columns up to r + this.
    pub causal_offset: i64,
    /// Added for every column after r + `causal_offset`, and subtracted for every one
    /// before. Finite; default 0.
    pub slope: f64,
    /// Scaled scores are brought smoothly between this and its negative; 0, the default,
    /// for no bounds.
    pub soft_cap: f64,
    /// With [`MASK_SINK`](crate::MASK_SINK), the score beside those of every row.
    pub sink: f64,
    /// One factor a row.
    pub scales: Option<&'a [f64]>,
    /// Rows that are added: as many as x or `period` has, or one for all.
    pub bias: Option<NumberRows<'a>>,
    /// Rows of bytes: an entry is kept where they are not 0. As many as of the bias.
    pub kept: Option<Rows<'a, u8>>,
    /// One sink a row.
    pub sinks: Option<&'a [f64]>,
    /// Where each row's share of its sink goes.
    pub sink_share: Option<&'a [Cell<f64>]>,
    /// Columns of x that stand in the row, in this order; bias, mask and y have as many.
    pub columns: Option<Numbers<'a>>,
    /// Rows of bias and mask after which they start again; 0, the default, for as many
    /// as x has.
    pub period: usize,
}

/// Options of the cross-entropies.
#[derive(Clone, Copy)]
pub struct CrossEntropyOpts<'a> {
    /// A `REDUCTION_`; default the sum.
    pub reduction: u32,
    /// Gradients are multiplied by this. Default 1; finite.
    pub grad_scale: f64,
    /// How much of each label is shared out among all classes. Default 0; from 0 to 1.
    pub label_smoothing: f64,
    /// What the square of the logarithm of a row's sum of exponentials is multiplied by
    /// before it is added to its loss. Default 0; at least 0, finite.
    pub lse_penalty: f64,
    /// Logits are multiplied by this. Default 1; from 1e-30 to 1e30.
    pub scale: f64,
    /// A row with this label is left out. Default -100.
    pub ignore_index: i64,
    /// A weight for each class, at least 0, finite; `None` for 1 each.
    pub class_weights: Option<&'a [f64]>,
}

/// Options of the calibrators that are made of one for two classes. That one is fitted
/// with its defaults.
#[derive(Clone, Copy, Debug)]
pub struct ReductionOpts {
    /// The calibrator of two classes, a `MODEL_` kind; default isotonic.
    pub method: u32,
    /// How many rows with some predicted class make a calibrator of its own.
    pub min_rows: u32,
}

/// Options of the coefficients of agreement. Values and weights of categories are those
/// of the rule.
#[derive(Clone, Copy, Debug)]
pub struct AgreementFinishOpts {
    /// A `COEFFICIENT_`; default Krippendorff's.
    pub coefficient: u32,
    /// A `WEIGHTS_` rule; default the identity.
    pub weights: u32,
    /// Of the interval, above 0 and below 1; default 0.95.
    pub confidence: f64,
}

/// Rows of which only some entries are there: for each row, the columns of its entries.
#[derive(Clone, Copy)]
pub struct Csr<'a> {
    starts: Numbers<'a>,
    columns: Numbers<'a>,
}

impl<'a> Csr<'a> {
    /// Where each row starts among the entries and where the last one ends: one number
    /// more than rows; and the column of each entry, in ascending order within a row.
    pub fn new(starts: impl Into<Numbers<'a>>, columns: impl Into<Numbers<'a>>) -> Self {
        Csr { starts: starts.into(), columns: columns.into() }
    }

    /// How many entries there are.
    pub fn nnz(&self) -> usize {
        self.columns.len()
    }

    pub(super) fn fits(&self, rows: usize, _: usize) -> bool {
        self.starts.len() == rows.saturating_add(1) || rows == 0
    }

    pub(super) fn lend(&self) -> lgt_csr {
        lgt_csr {
            indptr: self.starts.ptr(),
            indices: self.columns.ptr(),
            nnz: self.nnz(),
            indptr_type: self.starts.kind(),
            indices_type: self.columns.kind(),
        }
    }
}

/// Options of C with the mask that they point at.
pub(super) struct Masked {
    opts: lgt_softmax_opts,
    mask: Option<lgt_softmax_mask>,
}

impl Masked {
    pub(super) fn ptr(&mut self) -> *const lgt_softmax_opts {
        self.opts.mask = self.mask.as_ref().map_or(null(), core::ptr::from_ref);
        &raw const self.opts
    }
}

/// Where options are, or that there are none.
pub(super) fn at<T>(opts: &Option<T>) -> *const T {
    opts.as_ref().map_or(null(), core::ptr::from_ref)
}

/// What a function that writes all of a struct writes.
///
/// # Safety
/// The function is one of those that do.
pub(super) unsafe fn default_of<T>(write: impl FnOnce(*mut T)) -> T {
    let mut made = MaybeUninit::uninit();
    write(made.as_mut_ptr());
    // SAFETY: the caller vouches for the function.
    unsafe { made.assume_init() }
}

fn softmax_default() -> lgt_softmax_opts {
    // SAFETY: it writes all of them.
    unsafe { default_of(|to| softmax::lgt_softmax_opts_default(to)) }
}

fn mask_default() -> lgt_softmax_mask {
    // SAFETY: it writes all of it.
    unsafe { default_of(|to| softmax_mask::lgt_softmax_mask_default(to)) }
}

fn cross_entropy_default() -> lgt_cross_entropy_opts {
    // SAFETY: it writes all of them.
    unsafe { default_of(|to| cross_entropy::lgt_cross_entropy_opts_default(to)) }
}

fn reduction_default() -> lgt_reduction_opts {
    // SAFETY: it writes all of them.
    unsafe { default_of(|to| reduction::lgt_reduction_opts_default(to)) }
}

fn agreement_default() -> lgt_agreement_finish_opts {
    // SAFETY: it writes all of them.
    unsafe { default_of(|to| agreement::lgt_agreement_finish_opts_default(to)) }
}

impl Default for SoftmaxOpts<'_> {
    fn default() -> Self {
        let lgt_softmax_opts { flags, scale, algorithm, store, .. } = softmax_default();
        SoftmaxOpts { flags, scale, algorithm, store, mask: None }
    }
}

impl SoftmaxOpts<'_> {
    /// Columns of what is made of rows of `cols`.
    pub(super) fn picked(&self, cols: usize) -> usize {
        self.mask.and_then(|mask| mask.columns).map_or(cols, |columns| columns.len())
    }

    /// Whether what the mask borrows has the lengths that C takes it for.
    pub(super) fn fits(&self, rows: usize, cols: usize) -> bool {
        let Some(mask) = self.mask else { return true };
        let cols = self.picked(cols);
        let period = if mask.period == 0 { rows } else { mask.period };
        let repeats = |own: usize, width: usize| (own == period || own == 1) && width == cols;
        mask.scales.is_none_or(|scales| scales.len() == rows)
            && mask.bias.is_none_or(|bias| repeats(bias.rows(), bias.cols()))
            && mask.kept.is_none_or(|kept| repeats(kept.rows(), kept.cols()))
            && mask.sinks.is_none_or(|sinks| sinks.len() == rows)
            && mask.sink_share.is_none_or(|share| share.len() == rows)
    }

    pub(super) fn lend(&self) -> Masked {
        let SoftmaxOpts { flags, scale, algorithm, store, mask } = *self;
        let opts = lgt_softmax_opts { flags, scale, algorithm, store, ..softmax_default() };
        Masked { opts, mask: mask.map(SoftmaxMask::lend) }
    }
}

impl Default for SoftmaxMask<'_> {
    fn default() -> Self {
        let lgt_softmax_mask { flags, causal_offset, slope, soft_cap, sink, period, .. } =
            mask_default();
        SoftmaxMask {
            flags,
            causal_offset,
            slope,
            soft_cap,
            sink,
            scales: None,
            bias: None,
            kept: None,
            sinks: None,
            sink_share: None,
            columns: None,
            period,
        }
    }
}

impl SoftmaxMask<'_> {
    fn lend(&self) -> lgt_softmax_mask {
        // One row for all is a stride of 0.
        let bias_stride = self.bias.map_or(0, |rows| rows.stride() * usize::from(rows.rows() != 1));
        let kept_stride = self.kept.map_or(0, |rows| rows.stride() * usize::from(rows.rows() != 1));
        lgt_softmax_mask {
            flags: self.flags,
            bias_type: self.bias.map_or(0, |bias| bias.kind()),
            columns_type: self.columns.map_or(LGT_I64, |columns| columns.kind()),
            causal_offset: self.causal_offset,
            slope: self.slope,
            soft_cap: self.soft_cap,
            sink: self.sink,
            scales: self.scales.map_or(null(), <[f64]>::as_ptr),
            bias: self.bias.map_or(null(), |bias| bias.ptr()),
            bias_stride,
            kept: self.kept.map_or(null(), |kept| kept.ptr()),
            kept_stride,
            sinks: self.sinks.map_or(null(), <[f64]>::as_ptr),
            sink_share: self
                .sink_share
                .map_or(null_mut(), |share| share.as_ptr().cast_mut().cast()),
            columns: self.columns.map_or(null(), |columns| columns.ptr()),
            count: self.columns.map_or(0, |columns| columns.len()),
            period: self.period,
            ..mask_default()
        }
    }
}

impl Default for CrossEntropyOpts<'_> {
    fn default() -> Self {
        let default = cross_entropy_default();
        CrossEntropyOpts {
            reduction: default.reduction,
            grad_scale: default.grad_scale,
            label_smoothing: default.label_smoothing,
            lse_penalty: default.lse_penalty,
            scale: default.scale,
            ignore_index: default.ignore_index,
            class_weights: None,
        }
    }
}

impl CrossEntropyOpts<'_> {
    pub(super) fn fits(&self, _: usize, cols: usize) -> bool {
        self.class_weights.is_none_or(|weights| weights.len() == cols)
    }

    pub(super) fn lend(&self) -> lgt_cross_entropy_opts {
        lgt_cross_entropy_opts {
            reduction: self.reduction,
            grad_scale: self.grad_scale,
            label_smoothing: self.label_smoothing,
            lse_penalty: self.lse_penalty,
            scale: self.scale,
            ignore_index: self.ignore_index,
            class_weights: self.class_weights.map_or(null(), <[f64]>::as_ptr),
            ..cross_entropy_default()
        }
    }
}

impl Default for ReductionOpts {
    fn default() -> Self {
        let lgt_reduction_opts { method, min_rows, .. } = reduction_default();
        ReductionOpts { method, min_rows }
    }
}

impl ReductionOpts {
    pub(super) fn lend(&self) -> lgt_reduction_opts {
        let ReductionOpts { method, min_rows } = *self;
        lgt_reduction_opts { method, min_rows, ..reduction_default() }
    }
}

impl Default for AgreementFinishOpts {
    fn default() -> Self {
        let lgt_agreement_finish_opts { coefficient, weights, confidence, .. } =
            agreement_default();
        AgreementFinishOpts { coefficient, weights, confidence }
    }
}

impl AgreementFinishOpts {
    pub(super) fn lend(&self) -> lgt_agreement_finish_opts {
        let AgreementFinishOpts { coefficient, weights, confidence } = *self;
        lgt_agreement_finish_opts { coefficient, weights, confidence, ..agreement_default() }
    }
}
