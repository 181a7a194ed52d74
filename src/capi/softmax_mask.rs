//! Masks of rows of scores: what `lgt_softmax_opts` may point to.

use super::guard::{self, Options};
use super::temperatures::Raw;
use super::types::*;
use crate::rows::labels::Labels;
use crate::rows::numbers::Numbers;
use crate::rows::view::RowsMut;
use crate::simd::Elem;
use crate::softmax::mask::Mask;
use crate::softmax::masked;
use crate::softmax::narrow::Want;
use crate::softmax::row::{Opts, RowsPair};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Row r sees columns up to r + `causal_offset`.
pub const LGT_MASK_CAUSAL: u32 = 1;
/// `sink` stands beside the scores of every row. With the default of 0 that is the
/// softmax "off by one", which divides by 1 more than the sum.
pub const LGT_MASK_SINK: u32 = 2;
/// Scores are negated first: softmin.
pub const LGT_MASK_NEGATE: u32 = 4;

/// What is done to scores before `lgt_softmax`, `lgt_log_softmax` and
/// `lgt_logsumexp` take them: `mask` of `lgt_softmax_opts`. Fill with
/// `lgt_softmax_mask_default`, then change what is to be different; all together may be.
///
/// Entry c of row r has the score `z = cap(scale * scales[r] * x) + bias[r][c] +
/// slope * (c - r - causal_offset)`, with `cap(u) = soft_cap * tanh(u / soft_cap)`. An
/// entry that the mask or `LGT_MASK_CAUSAL` leaves out has none, whatever x is there: its
/// share is 0. So is that of an entry with a bias of -inf, but there NaN and +inf in x
/// make the row NaN. A row of which nothing is left is an empty row, unless it has a sink:
/// that then has all of the mass, and the logarithm of the sum is the sink.
///
/// Rows that stand side by side, such as the heads of a batch, may share masks: a stride
/// of 0 is one row for all, and with `period` rows r, r + period, r + 2 period .. of x
/// have the bias, the mask, the causal place and the slope of row r.
///
/// A scale, also one a row, and `LGT_MASK_CAUSAL` alone cost and lose nothing: rows are
/// then as accurate as without a mask, and what a row does not see is not read. Else scores
/// are first rounded to the type that is computed in. That adds at most 4.8e-7 (f64:
/// 9.6e-16) times the largest sum of what a score of the row, or its sink, is the sum of, in
/// magnitude and eightfold where it is capped, to the relative error of shares and to the
/// absolute one of logarithms. The algorithm of the options is `LGT_SOFTMAX_AUTO`, whatever
/// they say, and rows are shared out to an executor, but no parts of rows.
///
/// With a cap, -inf in x is a score of -`soft_cap`. Where the row is a number, so is
/// the share of its sink; of an empty row it is NaN, or 0 with `LGT_SOFTMAX_EMPTY_ZERO`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_softmax_mask {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// `LGT_MASK_` flags; default 0.
    pub flags: u32,
    /// What the bias is: `LGT_F32`, `LGT_F64`, `LGT_F16`, `LGT_BF16`, or 0, the default,
    /// for the type of x.
    pub bias_type: u32,
    /// What `columns` are: `LGT_I8` to `LGT_U64`. Default `LGT_I64`.
    pub columns_type: u32,
    /// With `LGT_MASK_CAUSAL`, row r sees columns up to r + this; columns - rows where
    /// rows are the last of a sequence. Default 0; may be negative.
    pub causal_offset: i64,
    /// Added for every column after r + `causal_offset`, and subtracted for every one
    /// before (ALiBi: linear biases of attention). Finite; default 0.
    pub slope: f64,
    /// Scaled scores are brought smoothly between this and its negative. From 1e-30 to
    /// 1e30, or 0 for no bounds, the default.
    pub soft_cap: f64,
    /// With `LGT_MASK_SINK`, the score beside those of every row. Not NaN; -inf is none,
    /// +inf has all of the mass. Default 0.
    pub sink: f64,
    /// One factor a row, from 1e-30 to 1e30, as is its product with the scale of
    /// the options; or NULL.
    pub scales: *const f64,
    /// Rows that are added, or NULL.
    pub bias: *const c_void,
    /// From row to row of them, in elements; 0 for one row for all. Default 0.
    pub bias_stride: usize,
    /// Rows of bytes: an entry is kept where they are not 0, as in PyTorch. Or NULL.
    pub kept: *const u8,
    /// From row to row of them; 0 for one row for all. Default 0.
    pub kept_stride: usize,
    /// One sink a row, or NULL; then without `LGT_MASK_SINK`.
    pub sinks: *const f64,
    /// Where each row's share of its sink goes, or NULL; nothing of x, y or lse.
    pub sink_share: *mut f64,
    /// Columns of x that stand in the row, in this order; NULL for all. Everything else
    /// then counts places among them: y, bias and mask have `count` columns, and y is
    /// apart from x.
    pub columns: *const c_void,
    /// How many they are.
    pub count: usize,
    /// Rows of bias and mask, and of the places of causal masks and slopes, after which
    /// they start again; 0, the default, for as many as x has.
    pub period: usize,
}

// SAFETY: repr(C), four times 4 bytes, four times 8 and ten of the size of a pointer;
// null is valid for pointers.
unsafe impl Options for lgt_softmax_mask {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        flags: 0,
        bias_type: 0,
        columns_type: LGT_I64,
        causal_offset: 0,
        slope: 0.0,
        soft_cap: 0.0,
        sink: 0.0,
        scales: core::ptr::null(),
        bias: core::ptr::null(),
        bias_stride: 0,
        kept: core::ptr::null(),
        kept_stride: 0,
        sinks: core::ptr::null(),
        sink_share: core::ptr::null_mut(),
        columns: core::ptr::null(),
        count: 0,
        period: 0,
    };
}

/// Writes the default mask, which changes nothing. Does nothing for NULL. Thread safety:
/// any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softmax_mask_default(mask: *mut lgt_softmax_mask) {
    if !mask.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *mask = lgt_softmax_mask::DEFAULT };
    }
}

/// What a scale may be.
const SCALES: core::ops::RangeInclusive<f64> = 1e-30..=1e30;

impl lgt_softmax_mask {
    /// This mask for rows `x` that are multiplied by `scale`, understood and checked; apart
    /// from the `outputs` (start, bytes).
    ///
    /// # Safety
    /// Its pointers must be good for what they stand for.
    #[inline(never)]
    pub(super) unsafe fn understood(
        &self,
        x: &Raw,
        scale: f64,
        outputs: &[(*const u8, usize); 2],
    ) -> Result<Mask, Status> {
        self.check()?;
        // SAFETY: the caller vouches for the arrays.
        unsafe {
            let (columns, count) = self.gathered(x.cols)?;
            let period = if self.period == 0 { x.rows } else { self.period.min(x.rows) };
            let sink = self.flags & LGT_MASK_SINK != 0;
            let causal = (self.flags & LGT_MASK_CAUSAL != 0).then_some(self.causal_offset);
            let good = |s| SCALES.contains(&s) && SCALES.contains(&(s * scale));
            let [y, lse] = *outputs;
            Ok(Mask {
                scale: if self.flags & LGT_MASK_NEGATE != 0 { -scale } else { scale },
                scales: numbers(self.scales, x.rows, outputs, good)?,
                bias: self.added(x.x, (period, count), outputs)?,
                kept: self.left((period, count), outputs)?,
                causal,
                offset: self.causal_offset,
                slope: self.slope,
                cap: self.soft_cap,
                sink: if sink { self.sink } else { f64::NEG_INFINITY },
                sinks: numbers(self.sinks, x.rows, outputs, |s| !s.is_nan())?,
                sink_share: guard::column(self.sink_share, x.rows, &[x.span(), y, lse])?,
                columns,
                count,
                period: self.period,
            })
        }
    }

    /// What needs no array.
    fn check(&self) -> Result<(), Status> {
        let known = LGT_MASK_CAUSAL | LGT_MASK_SINK | LGT_MASK_NEGATE;
        let twice = self.flags & LGT_MASK_SINK != 0 && !self.sinks.is_null();
        if self.flags & !known != 0 || twice {
            return Err(LGT_E_OPTION);
        }
        let capped = self.soft_cap == 0.0 || SCALES.contains(&self.soft_cap);
        if !self.slope.is_finite() || !capped || self.sink.is_nan() {
            return Err(LGT_E_VALUE);
        }
        Ok(())
    }

    /// Which columns, and how many.
    unsafe fn gathered(&self, cols: usize) -> Result<(Option<Labels>, usize), Status> {
        if self.columns.is_null() {
            return if self.count == 0 { Ok((None, cols)) } else { Err(LGT_E_NULL) };
        }
        // SAFETY: the caller vouches for the columns.
        let columns = unsafe {
            guard::label_rows(self.columns, self.columns_type, self.count, 1, self.count)?
        };
        match columns.first_bad(self.count, cols) {
            None => Ok((Some(columns), self.count)),
            Some(_) => Err(LGT_E_LABEL),
        }
    }

    /// What is added, and from row to row.
    unsafe fn added(
        &self,
        x: Numbers,
        (rows, cols): (usize, usize),
        outputs: &[(*const u8, usize)],
    ) -> Result<Option<(Numbers, usize)>, Status> {
        let data = self.bias;
        let bias = match (self.bias_type, x) {
            (LGT_F32, _) | (0, Numbers::F32(_)) => Numbers::F32(data.cast()),
            (LGT_F64, _) | (0, Numbers::F64(_)) => Numbers::F64(data.cast()),
            (LGT_F16, _) | (0, Numbers::F16(_)) => Numbers::F16(data.cast()),
            (LGT_BF16, _) | (0, Numbers::Bf16(_)) => Numbers::Bf16(data.cast()),
            _ => return Err(LGT_E_OPTION),
        };
        if data.is_null() {
            return Ok(None);
        }
        let (stride, rows) = spread(self.bias_stride, rows, cols);
        // SAFETY: the caller vouches for the rows.
        let span = unsafe { guard::numbers(bias, stride, rows, cols)? };
        outputs.iter().try_for_each(|output| guard::apart(span, *output))?;
        Ok(Some((bias, self.bias_stride)))
    }

    /// What is kept, and from row to row.
    fn left(
        &self,
        (rows, cols): (usize, usize),
        outputs: &[(*const u8, usize)],
    ) -> Result<Option<(*const u8, usize)>, Status> {
        if self.kept.is_null() {
            return Ok(None);
        }
        let (stride, rows) = spread(self.kept_stride, rows, cols);
        let span = (self.kept, guard::extent_of(1, stride, rows, cols)?);
        outputs.iter().try_for_each(|output| guard::apart(span, *output))?;
        Ok(Some((self.kept, self.kept_stride)))
    }
}

/// A row transform by a mask.
///
/// # Safety
/// As the C functions: pointers must be good for what they stand for.
pub(super) unsafe fn apply<E: Elem>(
    want: Want,
    (x, x_stride): (*const E, usize),
    (y, y_stride): (*mut E, usize),
    lse: *mut E::Acc,
    (rows, cols): (usize, usize),
    (opts, mask): (Opts, *const lgt_softmax_mask),
) -> Result<Status, Status> {
    // SAFETY: the caller vouches for the arrays.
    unsafe {
        let mask = guard::options(mask)?;
        let (gathers, sums) = (!mask.columns.is_null(), want == Want::Sums);
        let count = if gathers { mask.count } else { cols };
        let x_span = guard::span(x, x_stride, rows, cols);
        let y_span = if sums { (x_span.0, 0) } else { guard::span(y, y_stride, rows, count) };
        let (from, to) = if gathers || sums {
            let from = guard::rows(x, x_stride, rows, cols)?;
            if !sums {
                guard::rows(y.cast_const(), y_stride, rows, count)?;
                guard::apart(x_span, y_span)?;
            }
            (from, RowsMut::new(y, y_stride))
        } else {
            guard::rows_pair(x, x_stride, y, y_stride, rows, cols)?
        };
        let column = guard::column(lse, rows, &[x_span, y_span])?;
        let raw = Raw { x: Numbers::of(x), stride: x_stride, rows, cols };
        let outputs = [y_span, guard::span_of(lse, rows)];
        let mask = mask.understood(&raw, opts.scale, &outputs)?;
        masked::apply(want, RowsPair { x: from, y: to, lse: column }, &mask, &opts)
    }
}

/// Stride and rows of an array of which one row may stand for all.
fn spread(stride: usize, rows: usize, cols: usize) -> (usize, usize) {
    if stride == 0 { (cols, rows.min(1)) } else { (stride, rows) }
}

/// One number a row, all of them good and apart from the outputs; none for null.
///
/// # Safety
/// Null, or readable for `rows` values.
unsafe fn numbers(
    data: *const f64,
    rows: usize,
    outputs: &[(*const u8, usize)],
    good: impl Fn(f64) -> bool,
) -> Result<Option<Numbers>, Status> {
    if data.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller vouches for the values.
    let values = unsafe { guard::slice(data, rows)? };
    outputs.iter().try_for_each(|output| guard::apart(guard::span_of(data, rows), *output))?;
    if values.iter().all(|value| good(*value)) {
        Ok(Some(Numbers::F64(data)))
    } else {
        Err(LGT_E_VALUE)
    }
}
