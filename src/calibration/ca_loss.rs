//! The correctness-aware loss: how far the confidence of the predicted class is from
//! whether that is right, `(c - r)^2`, over rows.
//!
//! The prediction does not depend on the temperature, so the sums are kept apart for
//! rows that are wrong and that are right, and one pass gives both means: that of all
//! rows, and the balanced one, in which a row weighs as much as the share of the other
//! side. That is half the mean of those that are wrong and half that of the others.

use super::temperatures::Temperatures;
use crate::math::fixed::{Bounded, UNIT};
use crate::metrics::points::Points;
use crate::rows::labels::Labels;
use crate::rows::moments::{Row, Scales, Table, TableMut};
use crate::rows::numbers::Numbers;
use crate::rows::view::Column;
use crate::state::{Head, Kind, Params, State};
use crate::status::Status;

/// Sums over rows that are wrong, and over those that are right.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Sides {
    wrong: Bounded,
    right: Bounded,
}

impl Sides {
    /// Nothing yet.
    pub const ZERO: Sides = Sides { wrong: Bounded::ZERO, right: Bounded::ZERO };

    /// Adds what belongs to a row.
    #[inline(always)]
    pub fn add(&mut self, right: bool, x: f64) {
        if right { self.right.add(x) } else { self.wrong.add(x) }
    }

    /// Adds other sums.
    pub fn merge(&mut self, other: &Sides) {
        self.wrong.merge(&other.wrong);
        self.right.merge(&other.right);
    }

    /// Both, the wrong ones first.
    #[inline(never)]
    pub fn values(&self) -> [f64; 2] {
        [self.wrong.to_f64(), self.right.to_f64()]
    }
}

/// What a sum over the rows of each side is divided by, inverted.
#[derive(Clone, Copy, Debug)]
pub struct Shares([f64; 2]);

impl Shares {
    /// Balanced where there are rows on both sides; else all rows weigh alike.
    #[inline(never)]
    pub fn new(weights: &Sides, balanced: bool) -> Shares {
        let [wrong, right] = weights.values();
        Shares(if balanced && wrong > 0.0 && right > 0.0 {
            [0.5 / wrong, 0.5 / right]
        } else {
            [1.0 / (wrong + right); 2]
        })
    }

    /// The mean that these are the sums of.
    #[inline(never)]
    pub fn mean(&self, sums: &Sides) -> f64 {
        let ([a, b], [x, y]) = (self.0, sums.values());
        a * x + b * y
    }

    /// That of a side.
    #[inline(always)]
    fn of(&self, right: bool) -> f64 {
        let [wrong, of_right] = self.0;
        if right { of_right } else { wrong }
    }
}

/// Rows of logits with their labels and weights.
#[derive(Clone, Copy)]
pub struct Labelled {
    /// The logits.
    pub table: Table,
    /// The true class of each row.
    pub labels: Labels,
    /// The weight of each row, if not 1.
    pub weights: Option<Numbers>,
}

impl Labelled {
    /// `E_LABEL` or `E_VALUE`, before anything is changed.
    pub fn check(&self) -> Result<(), Status> {
        let Table { numbers, rows, cols, .. } = self.table;
        // SAFETY: whoever made the table vouched for its first column, and for the others.
        unsafe { Points::new(numbers, self.labels, self.weights, rows) }.check(cols)
    }

    /// Row `r`; nothing if its weight leaves it out.
    #[inline(always)]
    pub fn seen(&self, r: usize) -> Option<Seen> {
        // SAFETY: there is a weight a row, if there are any.
        let weight = self.weights.map_or(1.0, |weights| unsafe { weights.get(r) });
        (weight >= UNIT).then(|| {
            let row = self.table.row(r);
            Seen { row, right: row.is_first(self.labels.get(r) as usize), weight }
        })
    }

    /// All rows that count, with their places.
    pub fn iter(&self) -> impl Iterator<Item = (usize, Seen)> + '_ {
        (0..self.table.rows).filter_map(|r| self.seen(r).map(|seen| (r, seen)))
    }
}

/// What has been seen.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct CaLoss {
    head: Head,
    rows: u64,
    nan_rows: u64,
    weights: Sides,
    squares: Sides,
}

// SAFETY: repr(C) of u64s behind a head; the assertion below excludes padding.
unsafe impl State for CaLoss {
    const KIND: Kind = Kind::CaLoss;

    fn size(params: &Params) -> Option<usize> {
        (params.param == 0).then_some(size_of::<Self>())
    }

    fn at(data: *mut u8, _: &Params) -> *mut Self {
        data.cast()
    }

    fn merge(&mut self, other: &Self) {
        self.rows = self.rows.wrapping_add(other.rows);
        self.nan_rows = self.nan_rows.wrapping_add(other.nan_rows);
        self.weights.merge(&other.weights);
        self.squares.merge(&other.squares);
    }
}

const _: () = assert!(size_of::<CaLoss>() == 16 + 2 * 8 + 4 * 32);

/// The result of `lgt_ca_loss_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct CaLossReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those with a NaN, or with nothing above -inf; all but counts is then NaN.
    pub nan_rows: u64,
    /// The sum of weights of the others.
    pub weight: f64,
    /// The share of rows whose largest logit is the label's.
    pub accuracy: f64,
    /// The loss in which rows that are right and rows that are wrong weigh as much; if
    /// there are only such, or only such, that of all rows.
    pub balanced: f64,
    /// The loss in which rows weigh as given.
    pub uniform: f64,
    /// The mean of rows that are right, NaN if there are none.
    pub right: f64,
    /// The mean of rows that are wrong, NaN if there are none.
    pub wrong: f64,
}

impl CaLoss {
    /// Adds rows that passed [`Labelled::check`].
    #[inline(never)]
    pub fn update(&mut self, data: &Labelled, temperatures: &Temperatures) {
        for (r, seen) in data.iter() {
            self.rows = self.rows.wrapping_add(1);
            let confidence = seen.at(&Scales::new(temperatures.get(r))).confidence;
            if confidence.is_nan() {
                self.nan_rows = self.nan_rows.wrapping_add(1);
            } else {
                let miss = seen.miss(confidence);
                self.weights.add(seen.right, seen.weight);
                self.squares.add(seen.right, seen.weight * miss * miss);
            }
        }
    }

    /// The result so far.
    pub fn finish(&self) -> CaLossReport {
        let ([wrong, right], [wrong_sum, right_sum]) =
            (self.weights.values(), self.squares.values());
        let none = if self.nan_rows > 0 { f64::NAN } else { 1.0 };
        let mean = |balanced| none * Shares::new(&self.weights, balanced).mean(&self.squares);
        CaLossReport {
            rows: self.rows,
            nan_rows: self.nan_rows,
            weight: wrong + right,
            accuracy: none * (right / (wrong + right)),
            balanced: mean(true),
            uniform: mean(false),
            right: none * (right_sum / right),
            wrong: none * (wrong_sum / wrong),
        }
    }
}

/// A row that counts.
pub struct Seen {
    row: Row,
    /// Whether its first largest logit is the label's.
    pub right: bool,
    /// Its weight.
    pub weight: f64,
}

/// What is known of a row at a temperature.
#[derive(Clone, Copy)]
pub struct Confidence {
    /// The largest share; NaN if there is none.
    pub confidence: f64,
    /// Its derivative in `ln T`.
    pub slope: f64,
}

impl Seen {
    /// How sure the row is.
    #[inline(always)]
    pub fn at(&self, scales: &Scales) -> Confidence {
        let moments = self.row.moments(scales);
        let confidence = 1.0 / moments.sum;
        Confidence { confidence, slope: confidence * moments.mean }
    }

    /// How far a confidence is from what it should have been.
    #[inline(always)]
    pub fn miss(&self, confidence: f64) -> f64 {
        if self.right { confidence - 1.0 } else { confidence }
    }
}

/// Where gradients go.
pub struct Gradients {
    /// In each row's temperature.
    pub dt: Column<f64>,
    /// In each row's logits over its temperature, if anyone wants that.
    pub du: Option<TableMut>,
}

/// The loss of rows that passed [`Labelled::check`], and its gradients; NaN where no row
/// counts or one is NaN.
#[inline(never)]
pub fn grad(data: &Labelled, temperatures: &Temperatures, balanced: bool, to: &Gradients) -> f64 {
    let (mut weights, mut squares, mut nan) = (Sides::ZERO, Sides::ZERO, false);
    for (r, seen) in data.iter() {
        let confidence = seen.at(&Scales::new(temperatures.get(r))).confidence;
        if confidence.is_nan() {
            nan = true;
        } else {
            let miss = seen.miss(confidence);
            weights.add(seen.right, seen.weight);
            squares.add(seen.right, seen.weight * miss * miss);
        }
    }
    let shares = Shares::new(&weights, balanced);
    let wanted = to.dt.is_wanted() || to.du.is_some();
    for r in (0..data.table.rows).filter(|_| wanted) {
        let temperature = temperatures.get(r);
        let scales = Scales::new(temperature);
        let Some(seen) = data.seen(r) else {
            to.dt.set(r, 0.0);
            to.write(r, &data.table.row(r), &scales, (1.0, 0.0));
            continue;
        };
        let at = seen.at(&scales);
        let factor = 2.0 * seen.weight * shares.of(seen.right) * seen.miss(at.confidence);
        to.dt.set(r, factor * at.slope / temperature);
        to.write(r, &seen.row, &scales, (at.confidence, factor));
    }
    if nan { f64::NAN } else { shares.mean(&squares) }
}

impl Gradients {
    /// Writes `factor c (1 - p)` to the largest of row `r`, `-factor c p` to all others.
    fn write(&self, r: usize, row: &Row, scales: &Scales, (c, factor): (f64, f64)) {
        let Some(du) = self.du else { return };
        let (to, along) = (du.row(r), factor * c);
        // Entries at +inf share the mass whatever the others do.
        if row.top() == f64::INFINITY || factor == 0.0 {
            // SAFETY: whoever made the tables vouched for their rows.
            return (0..row.cols()).for_each(|i| unsafe { row.put(to, i, 0.0) });
        }
        let first = row.first();
        // SAFETY: as above; there is a largest entry, unless there is a NaN, which then
        // makes all of the row NaN.
        unsafe {
            row.write(scales, 1.0 / c, -along, to);
            if first < row.cols() {
                row.put(to, first, along * (1.0 - c));
            }
        }
    }
}
