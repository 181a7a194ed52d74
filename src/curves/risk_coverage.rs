//! Selective prediction: the risk of what is left when the least confident are given
//! to someone else.
//!
//! Rows of equal confidence come and go together; where a measure goes over single
//! rows, it is the mean over all orders they may have, and that is as if each had the
//! mean loss of them all.

use crate::math::fixed::{BOUND, Bounded};
use crate::math::order::sort;
use crate::math::sort::{key, value};
use crate::math::sum::Sum;
use crate::rows::numbers::Numbers;
use crate::rows::order::{self, Order};

/// The result of `lgt_risk_coverage`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct RiskCoverageReport {
    /// All rows.
    pub rows: u64,
    /// Those without a confidence or a loss; all below is then NaN or 0.
    pub nan_rows: u64,
    /// Different confidences: points of the curve.
    pub points: u64,
    /// The risk at full coverage: the mean loss.
    pub risk: f64,
    /// The area under the risk-coverage curve: the mean over the 1, 2, .. n most
    /// confident rows of their mean loss.
    pub aurc: f64,
    /// The least area there is for these losses.
    pub optimal_aurc: f64,
    /// The excess area, the one less the other.
    pub e_aurc: f64,
    /// The area under the generalised curve, of the sum of losses over all n rows.
    pub augrc: f64,
    /// The risk at the least coverage that is at least the one asked for.
    pub risk_at_coverage: f64,
    /// That coverage.
    pub reached_coverage: f64,
    /// The least confidence in it.
    pub threshold_at_coverage: f64,
    /// The largest coverage whose risk is at most the one asked for; 0 if none.
    pub coverage_at_risk: f64,
    /// The least confidence in it; NaN if there is none.
    pub threshold_at_risk: f64,
}

/// Confidences and losses.
#[derive(Clone, Copy)]
pub struct Selective {
    confidences: Numbers,
    losses: Numbers,
    n: usize,
}

/// A point of the curve.
#[derive(Clone, Copy)]
pub struct Point {
    /// The share of rows of at least this confidence.
    pub coverage: f64,
    /// Their mean loss.
    pub risk: f64,
    /// The confidence.
    pub threshold: f64,
}

/// Rows that are fetched at a time.
const BLOCK: usize = 128;

/// Words of scratch for `n` rows.
pub fn words(n: usize) -> Option<usize> {
    order::words(n)
}

impl Selective {
    /// # Safety
    /// There must be `n` numbers of each, aligned, as long as this is used.
    pub unsafe fn new(confidences: Numbers, losses: Numbers, n: usize) -> Selective {
        Selective { confidences, losses, n }
    }

    fn confidence(&self, i: usize) -> f64 {
        // SAFETY: `new` was told of `n` numbers.
        unsafe { self.confidences.get(i) }
    }

    fn loss(&self, i: usize) -> f64 {
        // SAFETY: as above.
        unsafe { self.losses.get(i) }
    }

    fn nan_rows(&self) -> u64 {
        let bad = |i: &usize| {
            let loss = self.loss(*i).abs();
            self.confidence(*i).is_nan() || loss.is_nan() || loss > BOUND
        };
        (0..self.n).filter(bad).count() as u64
    }

    /// The area for rows in the order of their losses, each of a confidence of its own.
    fn optimal(&self, scratch: &mut [u64]) -> f64 {
        let keys = scratch.get_mut(..self.n).unwrap_or_default();
        keys.iter_mut().enumerate().for_each(|(i, slot)| *slot = key(self.loss(i)));
        sort(keys);
        let (mut area, mut losses) = (Sum::ZERO, Sum::ZERO);
        for (i, loss) in keys.iter().enumerate() {
            losses = losses.plus(value(*loss));
            area = area.plus(losses.value() / (i + 1) as f64);
        }
        area.value() / self.n as f64
    }

    /// The report for a coverage and a risk; `write` gets the points, the highest
    /// confidence first.
    pub fn report(
        &self,
        at: (f64, f64),
        scratch: &mut [u64],
        mut write: impl FnMut(usize, Point),
    ) -> RiskCoverageReport {
        let nan = f64::NAN;
        let mut report = RiskCoverageReport {
            rows: self.n as u64,
            nan_rows: self.nan_rows(),
            points: 0,
            risk: nan,
            aurc: nan,
            optimal_aurc: nan,
            e_aurc: nan,
            augrc: nan,
            risk_at_coverage: nan,
            reached_coverage: nan,
            threshold_at_coverage: nan,
            coverage_at_risk: nan,
            threshold_at_risk: nan,
        };
        if report.nan_rows > 0 || self.n == 0 {
            return report;
        }
        report.optimal_aurc = self.optimal(scratch);
        report.coverage_at_risk = 0.0;
        let n = self.n as f64;
        // SAFETY: `new` was told of `n` numbers.
        let (order, _) = unsafe { Order::of(&self.confidences, self.n, scratch) };
        // Of the confidences gone through: losses, and how many rows.
        let (mut sum, mut losses, mut before) = (Bounded::ZERO, 0.0, 0.0);
        let (mut area, mut generalised) = (Sum::ZERO, Sum::ZERO);
        // Rows from the highest confidence down, fetched from their places a block at a
        // time, so that many are waited for at once.
        let mut block = [(0.0, 0.0); BLOCK];
        let (mut end, mut rows) = (self.n, 0.0);
        while end > 0 {
            let size = BLOCK.min(end);
            for (i, row) in block.iter_mut().take(size).enumerate() {
                let place = order.place(end - 1 - i);
                *row = (self.confidence(place), self.loss(place));
            }
            for (i, (confidence, loss)) in block.iter().take(size).enumerate() {
                sum.add(*loss);
                rows += 1.0;
                if !order.starts(end - 1 - i) {
                    continue;
                }
                let after = sum.to_f64();
                let mean = (after - losses) / rows;
                // All but the last as if each had the mean loss, the last with the sum
                // itself.
                let mut j = 1.0;
                while j < rows {
                    area = area.plus((losses + j * mean) / (before + j));
                    j += 1.0;
                }
                let (taken, threshold) = (before + rows, *confidence + 0.0);
                let point = Point { coverage: taken / n, risk: after / taken, threshold };
                area = area.plus(point.risk);
                generalised = generalised.plus(rows * (0.5 * losses + 0.5 * after));
                write(report.points as usize, point);
                report.points += 1;
                if report.risk_at_coverage.is_nan() && point.coverage >= at.0 {
                    report.risk_at_coverage = point.risk;
                    report.reached_coverage = point.coverage;
                    report.threshold_at_coverage = threshold;
                }
                if point.risk <= at.1 {
                    report.coverage_at_risk = point.coverage;
                    report.threshold_at_risk = threshold;
                }
                (losses, before, rows) = (after, taken, 0.0);
            }
            end -= size;
        }
        report.risk = losses / n;
        report.aurc = area.value() / n;
        report.e_aurc = report.aurc - report.optimal_aurc;
        report.augrc = generalised.value() / n / n;
        report
    }
}
