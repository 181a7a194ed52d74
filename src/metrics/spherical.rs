//! Spherical score of probabilities: the mean of `p_label / |p|`, with the Euclidean
//! length of the row below. Between 0 and 1, and the higher the better.
//!
//! A row times any number has the same score, so that rows need not sum to 1.

use super::labelled::Labelled;
use super::row_mean::RowMean;
use crate::rows::sum_squares::sum_squares;
use crate::simd::{Elem, Io, Kernel, Real};
use crate::state::{Head, Kind, Params, State};

/// What has been seen.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Spherical {
    head: Head,
    scores: RowMean,
}

// SAFETY: repr(C) of u64s behind a head; the assertion below excludes padding.
unsafe impl State for Spherical {
    const KIND: Kind = Kind::Spherical;

    fn size(params: &Params) -> Option<usize> {
        (params.param == 0).then_some(size_of::<Self>())
    }

    fn at(data: *mut u8, _: &Params) -> *mut Self {
        data.cast()
    }

    fn merge(&mut self, other: &Self) {
        self.scores.merge(&other.scores);
    }
}

const _: () = assert!(size_of::<Spherical>() == 16 + size_of::<RowMean>());

/// The result of `lgt_spherical_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SphericalReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those whose score is no number.
    pub nan_rows: u64,
    /// The sum of weights.
    pub weight: f64,
    /// The weighted mean score; NaN if nothing, or a NaN, was seen.
    pub spherical: f64,
    /// Its standard error, weights taken as repetitions; below 1e-8 of the mean it
    /// is rounding.
    pub std_error: f64,
}

impl Spherical {
    /// Adds rows that passed [`Labelled::check`].
    pub fn update<E: Elem>(&mut self, data: Labelled<E>) {
        E::dispatch(Update { state: self, data });
    }

    /// The result so far.
    pub fn finish(&self) -> SphericalReport {
        let result = self.scores.finish();
        SphericalReport {
            rows: self.scores.rows,
            nan_rows: self.scores.nan_rows,
            weight: result.weight,
            spherical: result.mean,
            std_error: result.std_error,
        }
    }

    /// Adds a row of which the label has probability `p`.
    #[inline(never)]
    fn add(&mut self, p: f64, squares: f64, weight: f64) {
        let score = p / libm::sqrt(squares);
        self.scores.add(if score.is_finite() { score } else { f64::NAN }, weight);
    }

    /// Adds a row whose squares are no numbers to compute with: it is taken over its
    /// largest entry.
    ///
    /// # Safety
    /// `row` must be readable for `n` values.
    #[inline(never)]
    unsafe fn add_far<E: Elem>(&mut self, row: *const E, n: usize, p: f64, weight: f64) {
        // SAFETY: the caller vouches for the row.
        let at = |i| unsafe { *row.add(i) }.widen().to_f64();
        let largest = (0..n).fold(0.0, |most, i| f64::max(most, libm::fabs(at(i))));
        let squares = (0..n).fold(0.0, |sum, i| {
            let x = at(i) / largest;
            sum + x * x
        });
        self.add(p / largest, squares, weight);
    }
}

/// Sums of squares from which on what was lost below the smallest normal number does not
/// matter: of f32, and of f64.
const LEAST: (f64, f64) = (1e-25, 1e-290);

struct Update<'a, E: Elem> {
    state: &'a mut Spherical,
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
            let (p, squares) =
                unsafe { ((*row.add(label)).widen().to_f64(), sum_squares(s, row, n)) };
            let least = if size_of::<E::Acc>() == 4 { LEAST.0 } else { LEAST.1 };
            if (least..f64::INFINITY).contains(&squares) {
                self.state.add(p, squares, weight);
            } else {
                // SAFETY: as above.
                unsafe { self.state.add_far(row, n, p, weight) };
            }
        }
    }
}
