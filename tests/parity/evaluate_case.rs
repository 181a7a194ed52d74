//! What an evaluation says of some rows, compared with what it means.

use crate::reference::dd::Dd;
use crate::reference::evaluate::{Evaluation as Exact, Row};
use crate::reference::metrics::Sample;
use crate::support::bounds;
use crate::support::dtype::*;
use crate::support::family::{Evaluation, State};
use crate::support::points::PointFunctions;
use crate::support::rng::Rng;
use crate::support::worst::Worst;
use logitude::capi::evaluate::*;
use logitude::metrics::evaluate::{EvaluateClass, EvaluateReport};
use logitude::metrics::reliability::ReliabilityBin;
use logitude::status::Status;

const NO_BIN: ReliabilityBin =
    ReliabilityBin { rows: 0, weight: 0.0, low: 0.0, high: 0.0, confidence: 0.0, frequency: 0.0 };
const NO_CLASS: EvaluateClass = EvaluateClass { labelled: 7, predicted: 7, hits: 7 };

pub fn report(state: &State) -> (Status, EvaluateReport) {
    let mut report = core::mem::MaybeUninit::uninit();
    // SAFETY: the state is whole; the report is written if the status is no error.
    unsafe {
        let status = lgt_evaluate_finish(state.as_ptr().cast(), report.as_mut_ptr());
        assert!(status as i32 >= 0, "{status:?}");
        (status, report.assume_init())
    }
}

/// One set of rows, to be compared with the definition.
pub struct Case<'a, D: PointFunctions> {
    pub worst: &'a mut Worst,
    pub family: &'a str,
    pub data: &'a [Sample],
    pub evaluation: Evaluation,
    exact: Exact,
    dtype: core::marker::PhantomData<D>,
}

impl<'a, D: PointFunctions> Case<'a, D> {
    pub fn new(
        worst: &'a mut Worst,
        family: &'a str,
        data: &'a [Sample],
        logits: bool,
        rng: &mut Rng,
    ) -> Self {
        let cols = data.first().map_or(1, |s| s.x.len());
        let input = if logits { LGT_EVALUATE_LOGITS } else { LGT_EVALUATE_PROBABILITIES };
        let classes = [0, cols as u32][rng.below(2)];
        let (bins, ranks) = ([1, 2, 5, 15, 20, 1000][rng.below(6)], [1, 3, 10, 200][rng.below(4)]);
        let evaluation = Evaluation { bins, ranks, classes, input };
        let exact = Exact::of(data, logits);
        Case { worst, family, data, evaluation, exact, dtype: core::marker::PhantomData }
    }

    /// Compares a state that has seen the rows.
    pub fn check(&mut self, got: &State, level: &str) {
        let (status, r) = report(got);
        self.counts(status, &r);
        self.ranks(got, &r, level);
        self.classes(got);
        self.terms(&r, level);
        if !self.is_near_an_edge() {
            self.calibration(&r, level);
            self.bins(got, level);
        }
    }

    /// Takes note of an error.
    fn see(&mut self, (field, level): (&str, &str), error: f64, bound: f64) {
        let kind = if self.logits() { "logits" } else { "probs" };
        let name = format!("{field} {kind} {} {level}", D::NAME);
        let (data, e) = (self.data, self.evaluation);
        let first = data.iter().map(|s| (s.label, &s.x[..s.x.len().min(8)])).next();
        let cols = data.first().map_or(0, |s| s.x.len());
        let place = || format!("{} x {cols}, {e:?}, {first:?}", data.len());
        self.worst.see((&name, self.family), error, bound, place);
    }

    fn logits(&self) -> bool {
        self.evaluation.input == LGT_EVALUATE_LOGITS
    }

    /// Bound of the confidence of a row, which is given where the scores are probabilities.
    fn confidence_bound(&self) -> f64 {
        if self.logits() { bounds::SCORED.of(D::ACC == F64::ACC) } else { 1e-15 }
    }

    fn counts(&self, status: Status, r: &EvaluateReport) {
        let exact = &self.exact;
        let infinite = exact.count(|seen, row| (seen.weight * row.nll.value()).is_infinite());
        let expected = (exact.rows.len() as u64, exact.nan_rows() as u64, infinite);
        let place = format!("{} {:?}", self.family, &self.data.first().map(|s| &s.x));
        assert_eq!((r.rows, r.nan_rows, r.infinite_rows), expected, "{place}");
        assert_eq!(status == Status::LGT_UNDEFINED, r.rows == 0 || r.nan_rows > 0, "{place}");
    }

    /// Accuracy at every k that is counted, and at none other.
    fn ranks(&mut self, state: &State, r: &EvaluateReport, level: &str) {
        let weight = self.exact.weight().value();
        // Those of the bins are rounded.
        self.see(("weight", level), relative(r.weight, weight) / f64::EPSILON, 2.0);
        let get = |k: u32, to: &mut f64| {
            // SAFETY: the state is whole.
            unsafe { lgt_evaluate_get_accuracy(state.as_ptr().cast(), k, to) }
        };
        for k in 1..=self.evaluation.ranks {
            let (mut got, exact) = (7.0, self.exact.accuracy(k as usize));
            let status = get(k, &mut got);
            assert_eq!(status == Status::LGT_UNDEFINED, exact.is_nan());
            // Both sums are rounded, and both quotients.
            self.see(("accuracy", level), relative(got, exact) / f64::EPSILON, 2.0);
            if k == 1 {
                assert!(got == r.accuracy || got.is_nan() && r.accuracy.is_nan());
            }
        }
        for k in [0, self.evaluation.ranks + 1, u32::MAX] {
            let mut got = 7.0;
            assert_eq!(get(k, &mut got), Status::LGT_E_VALUE);
            assert_eq!(got, 7.0);
        }
    }

    fn classes(&self, state: &State) {
        let count = self.evaluation.classes as usize;
        let mut got = vec![NO_CLASS; count + 1];
        // SAFETY: the state is whole, and there is room for every class.
        let status =
            unsafe { lgt_evaluate_get_classes(state.as_ptr().cast(), got.as_mut_ptr(), count + 1) };
        assert_eq!(status, Status::LGT_OK);
        // Counting each class by itself takes long where there are many.
        let step = 1 + count / 50;
        for (c, got) in got.iter().enumerate().take(count).step_by(step) {
            let got = (got.labelled, got.predicted, got.hits);
            assert_eq!(got, self.exact.class(c), "{}, class {c} of {count}", self.family);
        }
        let total = |of: fn(&EvaluateClass) -> u64| got[..count].iter().map(of).sum::<u64>();
        let known = if count > 0 { self.exact.count(|_, _| true) } else { 0 };
        assert_eq!((total(|c| c.labelled), total(|c| c.predicted)), (known, known));
        assert_eq!(got[count].hits, 7);
    }

    /// The means of what a row adds.
    fn terms(&mut self, r: &EvaluateReport, level: &str) {
        let bound = bounds::SCORED.of(D::ACC == F64::ACC);
        // What is lost of a row, and what a sum rounds.
        let cols = self.data.first().map_or(0, |s| s.x.len()) as f64;
        let lost = |of: bounds::ByType| cols * of.of(D::ACC == F64::ACC) + 2f64.powi(-98);
        let size = |x: Dd| Dd::of(x.value().abs());
        let entropy_size = |row: &Row| {
            let wrong = row.rank > 0 && row.nll.value().is_finite();
            if wrong && row.nll.value() > row.entropy.value() { row.nll } else { row.entropy }
        };
        let nll = self.exact.mean(|row| row.nll).value();
        for (field, got, exact, size) in [
            ("nll", r.nll, nll, self.exact.mean(|row| size(row.nll))),
            ("brier", r.brier, self.exact.mean(|r| r.brier).value(), self.exact.mean(|r| r.brier)),
            (
                "entropy",
                r.entropy,
                self.exact.mean(|row| row.entropy).value(),
                self.exact.mean(|row| size(entropy_size(row))),
            ),
        ] {
            let lost = match field {
                "entropy" => lost(bounds::SCORED_LOST_ENTROPY),
                _ => lost(bounds::SCORED_LOST),
            };
            let error = beyond(got, exact, lost);
            let error = if error == 0.0 { 0.0 } else { error / size.value() };
            self.see((field, level), error, bound);
        }
        for (field, got, exact) in [
            ("confidence", r.confidence, self.exact.mean(|row| row.confidence)),
            ("margin", r.margin, self.exact.mean(|row| row.margin)),
        ] {
            self.see((field, level), beyond(got, exact.value(), 0.0), self.confidence_bound());
        }
        let perplexity = r.nll.exp();
        let close = relative(r.perplexity, perplexity) < 4.0 * f64::EPSILON;
        assert!(close, "{} for {perplexity}", r.perplexity);
    }

    /// Whether an error of its confidence may put a row into another bin.
    fn is_near_an_edge(&self) -> bool {
        let (near, bins) = (2.0 * self.confidence_bound(), f64::from(self.evaluation.bins));
        let off = |p: f64| {
            let edge = (p * bins).round() / bins;
            edge < 1.0 && edge > 0.0 && (p - edge).abs() < near
        };
        self.logits() && self.exact.count(|_, row| off(row.confidence.value())) > 0
    }

    fn calibration(&mut self, r: &EvaluateReport, level: &str) {
        let edge = |x| D::acc_value(D::acc(x));
        let exact = self.exact.calibration(self.evaluation.bins as usize, edge);
        let known = |x: f64| if r.nan_rows > 0 || r.rows == 0 { f64::NAN } else { x };
        let bound = self.confidence_bound() + bounds::ECE_A_BIN * f64::from(self.evaluation.bins);
        for (field, got, exact) in [
            ("ece", r.ece, exact.ece),
            ("mce", r.mce, exact.mce),
            ("rms", r.rms, exact.rms),
            // Errors of the gaps, once from each side.
            ("debiased", r.rms_debiased.powi(2) / 2.0, exact.debiased_square / 2.0),
            ("signed gap", r.signed_gap, exact.confidence - exact.accuracy),
        ] {
            self.see((field, level), beyond(got, known(exact), 0.0), bound);
        }
    }

    fn bins(&mut self, state: &State, level: &str) {
        let count = self.evaluation.bins as usize;
        let exact = self.exact.calibration(count, |x| D::acc_value(D::acc(x)));
        let mut got = vec![NO_BIN; count];
        // SAFETY: the state is whole, and there is room for every bin.
        let status =
            unsafe { lgt_evaluate_get_bins(state.as_ptr().cast(), got.as_mut_ptr(), count) };
        assert_eq!(status, Status::LGT_OK);
        for (b, (got, exact)) in got.iter().zip(&exact.bins).enumerate() {
            assert_eq!((got.rows, got.weight), (exact.0, exact.1), "{} bin {b}", self.family);
            let edges = (b as f64 / count as f64, (b + 1) as f64 / count as f64);
            assert_eq!((got.low, got.high), edges);
            let bound = self.confidence_bound();
            self.see(("bin", level), beyond(got.confidence, exact.2, 0.0), bound);
            self.see(("bin", level), beyond(got.frequency, exact.3, 0.0), 1e-15);
        }
    }
}

/// An error, as far as it is above what may be lost.
fn beyond(got: f64, exact: f64, lost: f64) -> f64 {
    if got == exact || (got.is_nan() && exact.is_nan()) {
        return 0.0;
    }
    let error = (got - exact).abs() - lost;
    // NaN stays.
    if error < 0.0 { 0.0 } else { error }
}

fn relative(got: f64, exact: f64) -> f64 {
    let error = beyond(got, exact, 0.0);
    if error == 0.0 { 0.0 } else { error / exact.abs() }
}
