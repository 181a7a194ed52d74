//! Rows whose columns are seen in parts: shards of a vocabulary.
//!
//! Every part knows the label's logit, so all that is summed can be relative to it, and
//! the parts of a row add up. An entry may be far above the label's: sums are `Ext`, and
//! never overflow.

use super::evaluate_row::of_infinite;
use super::evaluate_terms::Terms;
use crate::math::exp::Scale;
use crate::math::ext::{Ext, scaled};
use crate::rows::labels::Labels;
use crate::rows::view::Rows;
use crate::rows::visit::{BLOCK, Label, Visits};
use crate::rows::visit_block::visit_block;
use crate::simd::{Elem, Real};
use crate::state::{Head, Kind, Params, State};

/// Some rows; the header's parameter is their number.
#[repr(C)]
pub struct EvaluateRows {
    head: Head,
    rows: [Part],
}

/// What is known of the columns seen so far, but the label's. Exponentials are relative
/// to the label's, or, where that is not finite, to 1.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Part {
    rest: Ext,
    squares: Ext,
    slope: Ext,
    /// The two largest, where any column was seen.
    top: f64,
    second: f64,
    /// The lowest index of the largest, where one stands before the label.
    predicted: u64,
    /// How many stand before the label.
    rank: u64,
    /// Columns seen.
    seen: u64,
}

const _: () = assert!(size_of::<Part>() == 3 * 16 + 5 * 8);

// SAFETY: repr(C) of f64s and u64s behind a head of 16 bytes.
unsafe impl State for EvaluateRows {
    const KIND: Kind = Kind::EvaluateRows;

    fn size(rows: &Params) -> Option<usize> {
        let bytes = size_of::<Head>() as u64 + u64::from(rows.param) * size_of::<Part>() as u64;
        // The header has 32 bits for it.
        u32::try_from(bytes).ok().and_then(|bytes| usize::try_from(bytes).ok())
    }

    fn at(data: *mut u8, rows: &Params) -> *mut Self {
        core::ptr::slice_from_raw_parts_mut(data, rows.param as usize) as *mut Self
    }

    fn merge(&mut self, other: &Self) {
        self.rows.iter_mut().zip(&other.rows).for_each(|(part, more)| part.merge(more));
    }
}

/// Powers of two that are so large that their fractions are not told apart.
const FAR: f64 = 1099511627776.0;

/// `x` as a power of two, relative to `reference`.
fn power(x: f64, reference: f64) -> f64 {
    let power = (x - reference) * core::f64::consts::LOG2_E;
    if power.abs() < FAR { power } else { libm::rint(power.clamp(f64::MIN, f64::MAX)) }
}

/// What exponentials are relative to.
fn reference(own: f64) -> f64 {
    if own.is_finite() { own } else { 0.0 }
}

impl Part {
    /// Adds what is known of other columns of the row.
    fn merge(&mut self, other: &Part) {
        if self.seen == 0 || other.seen == 0 {
            if self.seen == 0 {
                *self = *other;
            }
            return;
        }
        self.rest.add(other.rest);
        self.squares.add(other.squares);
        self.slope.add(other.slope);
        self.predicted = match (self.rank > 0, other.rank > 0) {
            (true, true) if self.top == other.top => self.predicted.min(other.predicted),
            (true, true) if self.top > other.top => self.predicted,
            (true, false) => self.predicted,
            _ => other.predicted,
        };
        self.second = self.second.max(other.second).max(self.top.min(other.top));
        self.top = self.top.max(other.top);
        self.rank = self.rank.wrapping_add(other.rank);
        self.seen = self.seen.wrapping_add(other.seen);
    }

    /// What a visit to some columns, of which the first is `first`, found out.
    fn of_visit(visits: &Visits, i: usize, first: u64, seen: u64) -> Part {
        let get = |column: &[f64; BLOCK]| *column.get(i).unwrap_or(&0.0);
        let (rank, predicted) = visits.places(i);
        let factor = libm::exp2(-get(&visits.power));
        Part {
            rest: Ext::new(get(&visits.rest) * factor, 0.0),
            squares: Ext::new(get(&visits.squares) * factor * factor, 0.0),
            slope: Ext::new(get(&visits.slope) * factor, 0.0),
            top: get(&visits.top),
            second: get(&visits.second),
            predicted: first + predicted as u64,
            rank: rank as u64,
            seen,
        }
    }

    /// That by definition, for columns that a visit leaves out; the label, if it is here,
    /// at `at`.
    fn by_definition(row: &dyn Fn(usize) -> f64, n: usize, first: u64, label: &Label<f64>) -> Part {
        let (mut top, mut second, mut place) = (f64::NEG_INFINITY, f64::NEG_INFINITY, 0);
        let (mut rank, mut nan) = (0, false);
        for i in (0..n).filter(|i| *i != label.at) {
            let v = row(i);
            nan |= v.is_nan();
            let before = label.passed || i > label.at;
            rank += u64::from(v > label.score || (v == label.score && !before));
            if v > top {
                (top, second, place) = (v, top, i);
            } else {
                second = second.max(v);
            }
        }
        let others = |f: &dyn Fn(f64) -> f64| -> f64 {
            (0..n).filter(|i| *i != label.at).map(|i| f(row(i))).sum()
        };
        let base = reference(label.score);
        let [rest, squares, slope] = if nan || label.score.is_nan() {
            [Ext::NAN; 3]
        } else if top == f64::INFINITY {
            let count = others(&|v| f64::from(u8::from(v == top)));
            [Ext { mantissa: count, exponent: top }, Ext::ZERO, Ext::ZERO]
        } else if top == f64::NEG_INFINITY {
            [Ext::ZERO; 3]
        } else {
            let e = |v: f64| libm::exp(v - top);
            let power = power(top, base);
            let k = libm::rint(power);
            let one = libm::exp2(power - k);
            let slope = |v: f64| if e(v) > 0.0 { e(v) * (v - base) } else { 0.0 };
            [
                Ext::new(others(&e) * one, k),
                Ext::new(others(&|v| e(v) * e(v)) * one * one, 2.0 * k),
                Ext::new(others(&slope) * one, k),
            ]
        };
        let predicted = first + place as u64;
        Part { rest, squares, slope, top, second, predicted, rank, seen: n as u64 }
    }

    /// The label's rank, the predicted class, and the terms of the row; nothing if it has
    /// no probabilities.
    pub fn finish(&self, own: f64, label: usize) -> Option<(usize, usize, Terms)> {
        let predicted = if self.rank == 0 { label } else { self.predicted as usize };
        let (top, second) = if self.seen == 0 {
            (own, f64::NEG_INFINITY)
        } else {
            (self.top.max(own), self.second.max(self.top.min(own)))
        };
        if own.is_nan() || self.rest.mantissa.is_nan() || top == f64::NEG_INFINITY {
            return None;
        }
        let terms = if top == f64::INFINITY {
            let others = if self.rest.exponent == top { self.rest.mantissa } else { 0.0 };
            of_infinite(others + f64::from(u8::from(own == top)), own == top)
        } else {
            self.terms(own, top, second)
        };
        Some((self.rank as usize, predicted, terms))
    }

    /// The terms of finite logits, or -inf but for the largest: all sums are brought to
    /// one power of two, `2^k`, which none of them is far above.
    fn terms(&self, own: f64, top: f64, second: f64) -> Terms {
        let base = reference(own);
        let finite = own.is_finite();
        let k = match (finite, self.rest.mantissa > 0.0) {
            (true, true) => self.rest.exponent.max(0.0),
            (true, false) => 0.0,
            (false, _) => self.rest.exponent,
        };
        let relative = |x: f64| libm::exp2(power(x, base) - k);
        let rest = scaled(self.rest.mantissa, self.rest.exponent, k);
        let squares = scaled(self.squares.mantissa, self.squares.exponent, 2.0 * k);
        let slope = scaled(self.slope.mantissa, self.slope.exponent, k);
        let own = if finite { libm::exp2(-k) } else { 0.0 };
        let share = 1.0 / (rest + own);
        // The logarithm of all exponentials, relative to the reference.
        let log = if finite && k < 1000.0 {
            libm::log1p(libm::ldexp(self.rest.mantissa, self.rest.exponent as i32))
        } else {
            self.rest.log()
        };
        Terms {
            nll: if finite { log } else { f64::INFINITY },
            brier: (rest * rest + squares) * share * share,
            confidence: (relative(top) * share).min(1.0),
            entropy: (log - slope * share).max(0.0),
            margin: ((relative(top) - relative(second)) * share).clamp(0.0, 1.0),
        }
    }
}

/// The labels of rows: their logits, and their classes.
#[derive(Clone, Copy)]
pub struct RowLabels {
    /// One logit a row.
    pub scores: *const f64,
    /// One class a row, of the whole vocabulary.
    pub classes: Labels,
}

impl RowLabels {
    /// The logit and the class of row `r`.
    #[inline(always)]
    fn get(&self, r: usize) -> (f64, u64) {
        // SAFETY: who made this was told of a logit a row.
        (unsafe { *self.scores.add(r) }, self.classes.get(r))
    }

    /// The label of row `r` among columns of which the first is `first`.
    #[inline(always)]
    fn label(&self, r: usize, first: u64, cols: usize) -> Label<f64> {
        let (score, class) = self.get(r);
        let here = class >= first && class - first < cols as u64;
        let at = if here { (class - first) as usize } else { cols + BLOCK };
        Label { score, at, passed: class < first }
    }
}

impl EvaluateRows {
    /// How many rows.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// What the columns of each row, and its label, come to.
    pub fn each(&self, labels: RowLabels, mut f: impl FnMut(usize, Option<(usize, usize, Terms)>)) {
        for (r, part) in self.rows.iter().enumerate() {
            let (own, class) = labels.get(r);
            f(r, part.finish(own, class as usize));
        }
    }

    /// Adds columns of as many rows as there are, of which the first is `first`.
    pub fn update<E: Elem>(&mut self, x: Rows<E>, first: u64, labels: RowLabels) {
        let mut visits = Visits { parts: true, ..Visits::NONE };
        let scale = Scale::new(1.0);
        let mut start = 0;
        while start < x.rows {
            let count = BLOCK.min(x.rows - start);
            for (i, label) in visits.labels.iter_mut().enumerate().take(count) {
                *label = labels.label(start + i, first, x.cols);
            }
            visit_block(&x.part(start, count), &scale, true, &mut visits);
            for (i, part) in self.rows.iter_mut().skip(start).take(count).enumerate() {
                let more = if visits.left_out >> i & 1 != 0 {
                    let row = x.row(start + i);
                    // SAFETY: the view vouches for its rows.
                    let value = |i: usize| unsafe { *row.add(i) }.widen().to_f64();
                    let label = labels.label(start + i, first, x.cols);
                    Part::by_definition(&value, x.cols, first, &label)
                } else {
                    Part::of_visit(&visits, i, first, x.cols as u64)
                };
                part.merge(&more);
            }
            start += count;
        }
    }
}
