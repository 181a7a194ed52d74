//! What is done to scores before they are softmaxed: what a mask says, row by row.
//!
//! With `f = scale * scale_r`, negative for softmin, entry `c` of row `r` has the score
//! `z = cap(f x) + bias + slope (c - r - offset)` where it is kept, else none. It is
//! made in the type that is computed in, [`masked.rs`](super::masked).

use crate::rows::labels::Labels;
use crate::rows::numbers::Numbers;
use crate::rows::view::Column;

/// A mask of rows of scores, understood and checked.
#[derive(Clone, Copy)]
pub struct Mask {
    /// What all scores are multiplied by; negative for softmin.
    pub scale: f64,
    /// What each row's are multiplied by besides.
    pub scales: Option<Numbers>,
    /// What is added, and from row to row.
    pub bias: Option<(Numbers, usize)>,
    /// Which are kept (not 0), and from row to row.
    pub kept: Option<(*const u8, usize)>,
    /// Row `r` sees columns up to `r` and this.
    pub causal: Option<i64>,
    /// Where the slope is 0 in row 0.
    pub offset: i64,
    /// What is added for every column further on.
    pub slope: f64,
    /// Scaled scores are brought between this and its negative; 0 for no bounds.
    pub cap: f64,
    /// A score beside the others, in all rows.
    pub sink: f64,
    /// The same, in each row.
    pub sinks: Option<Numbers>,
    /// Where the shares of those go.
    pub sink_share: Column<f64>,
    /// Which columns of the scores stand in the row, or all of them.
    pub columns: Option<Labels>,
    /// How many those are.
    pub count: usize,
    /// Rows of bias and mask, after which they start again.
    pub period: usize,
}

// SAFETY: it is addresses; what they promise was promised for all who hold it.
unsafe impl Sync for Mask {}

/// What is done to one row.
#[derive(Clone, Copy)]
pub struct RowMask {
    /// What scores are multiplied by.
    pub factor: f64,
    /// What is added.
    pub bias: Option<Numbers>,
    /// Which are kept; null for all.
    pub kept: *const u8,
    /// Columns from here on are not kept.
    pub end: usize,
    /// What is added at column 0 ..
    pub start: f64,
    /// .. and for every column further on.
    pub slope: f64,
    /// Bounds, or 0.
    pub cap: f64,
    /// Which columns, or all.
    pub columns: Option<Labels>,
    /// A score beside the others; -inf for none.
    pub sink: f64,
}

impl Mask {
    /// That of row `r`.
    #[inline(never)]
    pub fn row(&self, r: usize) -> RowMask {
        let at = if self.period == 0 { r } else { r % self.period };
        // SAFETY: the mask vouches for one number a row.
        let number = |of: Option<Numbers>, other| of.map_or(other, |of| unsafe { of.get(r) });
        let from = |stride: usize| at.wrapping_mul(stride);
        RowMask {
            factor: self.scale * number(self.scales, 1.0),
            bias: self.bias.map(|(bias, stride)| bias.from(from(stride))),
            kept: self.kept.map_or(core::ptr::null(), |(kept, s)| kept.wrapping_add(from(s))),
            end: self.seen(r),
            start: if self.slope == 0.0 {
                0.0
            } else {
                -self.slope * (at as f64 + self.offset as f64)
            },
            slope: self.slope,
            cap: self.cap,
            columns: self.columns,
            sink: number(self.sinks, self.sink),
        }
    }

    /// How many columns row `r` sees.
    #[inline(always)]
    pub fn seen(&self, r: usize) -> usize {
        let at = if self.period == 0 { r } else { r % self.period };
        match self.causal {
            None => self.count,
            Some(offset) => {
                let end = (at as i64).saturating_add(offset).saturating_add(1);
                usize::try_from(end).map_or(0, |end| end.min(self.count))
            }
        }
    }

    /// Whether scores are no more than multiplied: no plan of exponentials of the scores
    /// themselves needs more than a scale, and columns that are seen come first.
    pub fn is_prefix(&self) -> bool {
        self.only_adds() && self.bias.is_none()
    }

    /// Whether nothing but a bias is added to scaled scores.
    pub fn only_adds(&self) -> bool {
        self.scale > 0.0
            && self.kept.is_none()
            && self.columns.is_none()
            && self.slope == 0.0
            && self.cap == 0.0
            && !self.has_sink()
    }

    /// Whether there is a score beside those of the row.
    pub fn has_sink(&self) -> bool {
        self.sinks.is_some() || self.sink != f64::NEG_INFINITY || self.sink_share.is_wanted()
    }
}
