//! Log loss of probabilities: the mean of `-ln p_label`.
//!
//! What is to be done where `p_label` is 0 is the caller's choice: `eps` bounds it
//! away from 0 and 1, and how often that was needed is counted. The bounds are
//! those of f64, whatever the data are: in f32, `1 - eps` is 1 for any usual `eps`.

use super::labelled::Labelled;
use super::reliability::LARGEST;
use super::row_mean::RowMean;
use crate::rows::row_sum::row_sum;
use crate::simd::{Elem, Io, Kernel, Real};
use crate::state::{Head, Kind, MOST_WORDS, Params, State};

/// The flag: rows are divided by their sums.
pub const RENORMALIZE: u32 = 1;

/// What has been seen; the header's parameter is the flags.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct LogLoss {
    head: Head,
    /// The bits of `eps`.
    eps: u64,
    clipped_rows: u64,
    losses: RowMean,
}

/// The parameters of a state.
pub fn params(eps: f64, flags: u32) -> Params {
    let mut words = [0; MOST_WORDS];
    // Of the two zeros, one.
    words[0] = (eps + 0.0).to_bits();
    Params { param: flags, words }
}

/// Whether these are the bits of an `eps`.
pub fn is_eps(bits: u64) -> bool {
    let eps = f64::from_bits(bits);
    (0.0..0.5).contains(&eps) && eps.is_sign_positive()
}

// SAFETY: repr(C) of u64s behind a head; the assertion below excludes padding.
unsafe impl State for LogLoss {
    const KIND: Kind = Kind::LogLoss;
    const WORDS: usize = 1;

    fn size(params: &Params) -> Option<usize> {
        (params.param <= RENORMALIZE && is_eps(params.words[0])).then_some(size_of::<Self>())
    }

    fn at(data: *mut u8, _: &Params) -> *mut Self {
        data.cast()
    }

    fn merge(&mut self, other: &Self) {
        self.clipped_rows = self.clipped_rows.wrapping_add(other.clipped_rows);
        self.losses.merge(&other.losses);
    }
}

const _: () = assert!(size_of::<LogLoss>() == 16 + 2 * 8 + size_of::<RowMean>());

/// The result of `lgt_log_loss_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct LogLossReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those that hold a NaN, or whose label has no probability.
    pub nan_rows: u64,
    /// Those whose loss is +inf: the label has probability 0, and `eps` is 0.
    pub infinite_rows: u64,
    /// Those whose label had a probability that was clipped.
    pub clipped_rows: u64,
    /// The sum of weights.
    pub weight: f64,
    /// The weighted mean loss.
    pub log_loss: f64,
    /// Its standard error, weights taken as repetitions; below 1e-8 of the mean it
    /// is rounding.
    pub std_error: f64,
}

impl LogLoss {
    /// Adds rows that passed [`Labelled::check`].
    pub fn update<E: Elem>(&mut self, data: Labelled<E>) {
        E::dispatch(Update { state: self, data });
    }

    /// The result so far.
    pub fn finish(&self) -> LogLossReport {
        let result = self.losses.finish();
        LogLossReport {
            rows: self.losses.rows,
            nan_rows: self.losses.nan_rows,
            infinite_rows: self.losses.infinite_rows,
            clipped_rows: self.clipped_rows,
            weight: result.weight,
            log_loss: result.mean,
            std_error: result.std_error,
        }
    }

    /// Adds a row of which the label has probability `p`, the whole `sum`.
    #[inline(never)]
    fn add(&mut self, p: f64, sum: f64, weight: f64) {
        let p = if sum.is_nan() {
            f64::NAN
        } else if self.head.param == RENORMALIZE {
            p / sum
        } else {
            p
        };
        let eps = f64::from_bits(self.eps);
        if !(0.0..=LARGEST).contains(&p) {
            return self.losses.add(f64::NAN, weight);
        }
        let clipped = p.max(eps).min(1.0 - eps);
        self.clipped_rows = self.clipped_rows.wrapping_add(u64::from(clipped != p));
        // 0 less a logarithm of 1 is 0, not -0.
        self.losses.add(0.0 - libm::log(clipped), weight);
    }
}

struct Update<'a, E: Elem> {
    state: &'a mut LogLoss,
    data: Labelled<E>,
}

impl<E: Elem> Kernel<E> for Update<'_, E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        let n = self.data.rows.cols;
        for r in 0..self.data.rows.rows {
            let Some((label, weight)) = self.data.counted(r) else { continue };
            let row = self.data.rows.row(r);
            // SAFETY: the view vouches for its rows, `check` for the labels.
            let (p, sum) = unsafe { ((*row.add(label)).widen().to_f64(), row_sum(s, row, n)) };
            self.state.add(p, sum, weight);
        }
    }
}
