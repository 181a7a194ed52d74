//! Evaluations: every field of the report, every rank, bin and class.

use crate::level;
use crate::reference::dd::Dd;
use crate::reference::evaluate::{Evaluation as Exact, Row};
use crate::reference::metrics::Sample;
use crate::reference::softmax;
use crate::support::batch::{Batch, LABEL_TYPES};
use crate::support::bounds;
use crate::support::dtype::*;
use crate::support::family::{Evaluation, Family, State};
use crate::support::points::PointFunctions;
use crate::support::rng::Rng;
use crate::support::values;
use crate::support::worst::Worst;
use logitude::capi::evaluate::*;
use logitude::metrics::evaluate::{EvaluateClass, EvaluateReport};
use logitude::metrics::reliability::ReliabilityBin;
use logitude::status::Status;

const NO_BIN: ReliabilityBin =
    ReliabilityBin { rows: 0, weight: 0.0, low: 0.0, high: 0.0, confidence: 0.0, frequency: 0.0 };
const NO_CLASS: EvaluateClass = EvaluateClass { labelled: 7, predicted: 7, hits: 7 };

/// A label type that holds the classes.
fn label_type(cols: usize, rng: &mut Rng) -> usize {
    let least = if cols <= 128 { 1 } else { 4 };
    let kinds: Vec<usize> = (0..8).filter(|k| LABEL_TYPES[*k].1 >= least).collect();
    kinds[rng.below(kinds.len())]
}

fn state<D: PointFunctions>(
    e: Evaluation,
    samples: &[Sample],
    weighted: bool,
    rng: &mut Rng,
) -> State {
    let mut state = Family::Evaluate(e).start();
    let kind = label_type(samples.first().map_or(1, |s| s.x.len()), rng);
    let batch = Batch::<D>::new(samples, rng.below(4), kind, weighted);
    assert_eq!(Family::Evaluate(e).update(&mut state, &batch.args()), Status::LGT_OK);
    state
}

pub fn report(state: &State) -> (Status, EvaluateReport) {
    let mut report = core::mem::MaybeUninit::uninit();
    // SAFETY: the state is whole; the report is written if the status is no error.
    unsafe {
        let status = lgt_evaluate_finish(state.as_ptr().cast(), report.as_mut_ptr());
        assert!(status as i32 >= 0, "{status:?}");
        (status, report.assume_init())
    }
}

/// One set of rows, compared with the definition at every level.
struct Case<'a, D: PointFunctions> {
    worst: &'a mut Worst,
    family: &'a str,
    data: &'a [Sample],
    evaluation: Evaluation,
    exact: Exact,
    dtype: core::marker::PhantomData<D>,
}

impl<'a, D: PointFunctions> Case<'a, D> {
    fn run(worst: &'a mut Worst, family: &'a str, data: &'a [Sample], logits: bool, rng: &mut Rng) {
        let cols = data.first().map_or(1, |s| s.x.len());
        let input = if logits { LGT_EVALUATE_LOGITS } else { LGT_EVALUATE_PROBABILITIES };
        let classes = [0, cols as u32][rng.below(2)];
        let (bins, ranks) = ([1, 2, 5, 15, 20, 1000][rng.below(6)], [1, 3, 10, 200][rng.below(4)]);
        let evaluation = Evaluation { bins, ranks, classes, input };
        let exact = Exact::of(data, logits);
        let dtype = core::marker::PhantomData::<D>;
        let mut case = Case { worst, family, data, evaluation, exact, dtype };
        level::each(|level| case.at(level, rng));
    }

    fn at(&mut self, level: &str, rng: &mut Rng) {
        let weighted = self.data.iter().any(|s| s.weight != 1.0);
        let got = state::<D>(self.evaluation, self.data, weighted, rng);
        if !weighted {
            let ones = state::<D>(self.evaluation, self.data, true, rng);
            assert!(ones == got, "{}, {level}: weights of 1 are not none", self.family);
        }
        let (status, r) = report(&got);
        self.counts(status, &r);
        self.ranks(&got, &r, level);
        self.classes(&got);
        self.terms(&r, level);
        if !self.is_near_an_edge() {
            self.calibration(&r, level);
            self.bins(&got, level);
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
            self.see(("accuracy", level), relative(got, exact) / f64::EPSILON, 1.5);
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

const COLUMNS: [usize; 22] =
    [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 100, 127, 128, 129, 130, 257, 1000, 5000];

/// Weights: none, whole, any; some are 0.
fn weight<D: PointFunctions>(kind: usize, rng: &mut Rng) -> f64 {
    match kind {
        0 => 1.0,
        1 => rng.below(4) as f64,
        _ => D::acc_value(D::acc(rng.unit() * 10.0)),
    }
}

pub fn samples<D: PointFunctions>(
    family: &str,
    rng: &mut Rng,
    rows: usize,
    cols: usize,
) -> Vec<Sample> {
    let kind = rng.below(3);
    let one = |rng: &mut Rng| Sample {
        x: values::row::<D>(family, rng, cols),
        label: rng.below(cols),
        weight: weight::<D>(kind, rng),
    };
    (0..rows).map(|_| one(rng)).collect()
}

/// Turns logits into probabilities as `D` stores them; those that are none stay.
pub fn to_probabilities<D: PointFunctions>(samples: &mut [Sample]) {
    for s in samples {
        let row = softmax::row(&s.x, 1.0, true);
        s.x = row.shares.iter().map(|p| D::value(D::store(p.value()))).collect();
    }
}

/// Every family of values and every number of columns, of one row and of some.
pub fn families<D: PointFunctions>(logits: bool) {
    let (mut rng, mut worst) = (Rng::new(61), Worst::default());
    for family in values::FAMILIES {
        for cols in COLUMNS {
            // The slow truth of long rows takes long.
            if cols > 1000 && !["normal", "constant", "lost tail"].contains(&family) {
                continue;
            }
            let some = if cols > 200 { 1 } else { 2 + rng.below(20) };
            for rows in [1, some] {
                let mut data = samples::<D>(family, &mut rng, rows, cols);
                if !logits {
                    to_probabilities::<D>(&mut data);
                }
                Case::<D>::run(&mut worst, family, &data, logits, &mut rng);
            }
        }
    }
    worst.settle();
}

pub fn logits<D: PointFunctions>() {
    families::<D>(true);
}

pub fn probabilities<D: PointFunctions>() {
    families::<D>(false);
}

/// Every label of a row, so in every place of every vector, and every number of rows.
pub fn places<D: PointFunctions>() {
    let (mut rng, mut worst) = (Rng::new(62), Worst::default());
    for cols in COLUMNS.into_iter().filter(|cols| *cols <= 257) {
        // Of long rows the ends and some between.
        let tried = |c: &usize| cols <= 33 || *c < 18 || cols - *c < 18 || *c % 8 == 7;
        let labels: Vec<usize> = (0..cols).filter(tried).collect();
        for family in ["normal", "ties", "masked"] {
            let mut data = samples::<D>(family, &mut rng, labels.len(), cols);
            data.iter_mut().zip(&labels).for_each(|(s, label)| s.label = *label);
            Case::<D>::run(&mut worst, family, &data, true, &mut rng);
            to_probabilities::<D>(&mut data);
            Case::<D>::run(&mut worst, family, &data, false, &mut rng);
        }
    }
    for rows in [0, 1, 15, 16, 17, 63, 64, 65, 130] {
        for cols in [2, 10, 64, 129, 130] {
            let mut data = samples::<D>("normal", &mut rng, rows, cols);
            Case::<D>::run(&mut worst, "normal", &data, true, &mut rng);
            to_probabilities::<D>(&mut data);
            Case::<D>::run(&mut worst, "normal", &data, false, &mut rng);
        }
    }
    worst.settle();
}

/// Labels far below and far above the others, wherever all of them are, each in a batch of
/// ordinary rows.
pub fn far<D: PointFunctions>() {
    let (mut rng, mut worst) = (Rng::new(63), Worst::default());
    let inf = f64::INFINITY;
    for cols in [2, 10, 33, 130, 257] {
        for offset in [0.0, 1e4, 1e6, 1e30] {
            for by in [15.0, 20.0, 30.0, 40.0, 43.0, 50.0, 90.0, 350.0, 700.0, 1e3, 1e30, inf] {
                for sign in [1.0, -1.0] {
                    let mut data = samples::<D>("normal", &mut rng, 3, cols);
                    let Sample { x, label, .. } = &mut data[1];
                    x[*label] += sign * by;
                    x.iter_mut().for_each(|v| *v = D::value(D::store(*v + offset)));
                    let family = format!("{by} off, near {offset}");
                    Case::<D>::run(&mut worst, &family, &data, true, &mut rng);
                    // By itself, nothing hides.
                    data[1].weight = 1.0;
                    Case::<D>::run(&mut worst, &family, &data[1..2], true, &mut rng);
                }
            }
        }
    }
    worst.settle();
}

/// A vocabulary's worth of columns: sums that do not drift, in rows of all sorts.
pub fn long<D: PointFunctions>() {
    let (mut rng, mut worst) = (Rng::new(65), Worst::default());
    let cols = 50_003;
    for family in ["constant", "spike"] {
        for lowest in [false, true] {
            let mut data = samples::<D>(family, &mut rng, 1, cols);
            let Sample { x, label, weight } = &mut data[0];
            *weight = 1.0;
            if lowest {
                x[*label] = f64::NEG_INFINITY;
            }
            Case::<D>::run(&mut worst, family, &data, true, &mut rng);
            to_probabilities::<D>(&mut data);
            Case::<D>::run(&mut worst, family, &data, false, &mut rng);
        }
    }
    worst.settle();
}

/// What is said to be a probability: zeros, some near what is taken, some beyond.
pub fn unlikely<D: PointFunctions>() {
    let (mut rng, mut worst) = (Rng::new(64), Worst::default());
    let odd = [
        0.0,
        -0.0,
        1.0,
        1.0078125,
        1.01,
        1.02,
        2.0,
        -1e-3,
        1e-36,
        1e-37,
        9e-38,
        1e-45,
        1e-300,
        5e-324,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
    ];
    for cols in [1, 2, 17, 128, 129] {
        for (i, p) in odd.into_iter().enumerate() {
            for at_label in [true, false] {
                let mut data = samples::<D>("normal", &mut rng, 3, cols);
                to_probabilities::<D>(&mut data);
                data[1].weight = 1.0;
                let place = if at_label { data[1].label } else { rng.below(cols) };
                data[1].x[place] = D::value(D::store(p));
                let family = format!("odd {i}: {p:e}");
                Case::<D>::run(&mut worst, &family, &data, false, &mut rng);
                Case::<D>::run(&mut worst, &family, &data[1..2], false, &mut rng);
            }
        }
        let zeros = [Sample { x: vec![0.0; cols], label: cols - 1, weight: 1.0 }];
        Case::<D>::run(&mut worst, "zeros", &zeros, false, &mut rng);
    }
    worst.settle();
}
