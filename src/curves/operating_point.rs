//! A threshold chosen by a rule, and all that comes of it.

use super::curve::{NOTHING, Point};
use super::ranked::{Census, Scored};
use crate::status::Status;

/// The result of `lgt_operating_point`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct OperatingPointReport {
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those of them whose score is NaN; they are in no other number.
    pub nan_rows: u64,
    /// Rows of label 1.
    pub positives: u64,
    /// Rows of label 0.
    pub negatives: u64,
    /// The sum of weights of label 1.
    pub positive_weight: f64,
    /// The sum of weights of label 0.
    pub negative_weight: f64,
    /// The least score that is taken for label 1; infinite if none is.
    pub threshold: f64,
    /// The weight of label 1 from there on.
    pub true_positives: f64,
    /// The weight of label 0 from there on.
    pub false_positives: f64,
    /// The share of label 1 from there on: true positive rate, recall, sensitivity.
    pub tpr: f64,
    /// The share of label 0 from there on: false positive rate.
    pub fpr: f64,
    /// The share of label 0 below: true negative rate, specificity.
    pub tnr: f64,
    /// The share of label 1 among what lies from there on; 1 if nothing does.
    pub precision: f64,
    /// F1, the harmonic mean of precision and recall.
    pub f1: f64,
    /// The mean of both true rates: balanced accuracy, detection accuracy.
    pub balanced_accuracy: f64,
    /// The equal error rate, whatever the rule: where the ROC curve, drawn straight
    /// from point to point, has as many errors of one kind as of the other.
    pub eer: f64,
}

/// How a threshold is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The highest whose true positive rate is at least the target.
    TprAtLeast,
    /// That whose true positive rate is nearest to the target.
    TprNearest,
    /// The highest true positive rate with a false one of at most the target.
    FprAtMost,
    /// The highest recall with a precision of at least the target.
    PrecisionAtLeast,
    /// The highest precision with a recall of at least the target.
    RecallAtLeast,
    /// That whose two rates of error are nearest to each other.
    EqualErrors,
    /// The highest F1.
    MaxF1,
    /// The highest sum of true rates.
    MaxYouden,
}

/// Targets that are missed by so much alike are missed alike.
const ALIKE: f64 = 1e-9;

/// The rates of a point.
#[derive(Clone, Copy)]
struct Rates {
    point: Point,
    tpr: f64,
    fpr: f64,
    fnr: f64,
    precision: f64,
    f1: f64,
}

/// The point that a rule chooses; NaN if none does as it asks.
pub fn apply(
    scored: &Scored,
    rule: Rule,
    target: f64,
    scratch: &mut [u64],
) -> Result<OperatingPointReport, Status> {
    let (census, ranked) = scored.rank(scratch)?;
    let (mut chosen, mut eer) = (None::<Rates>, f64::NAN);
    if census.is_whole() {
        let first = rates(NOTHING, &census);
        let mut before = first;
        if rule.takes(&first, target) {
            chosen = Some(first);
        }
        ranked.each_sum(&mut |point| {
            let rates = rates(point, &census);
            if rule.takes(&rates, target)
                && chosen.is_none_or(|best| rule.prefers(&rates, &best, target))
            {
                chosen = Some(rates);
            }
            if eer.is_nan() && rates.fpr >= rates.fnr {
                let (over, under) = (rates.fpr - rates.fnr, before.fnr - before.fpr);
                eer = before.fpr + (rates.fpr - before.fpr) * (under / (under + over));
            }
            before = rates;
        });
    }
    let Census { rows, nan_rows, positives, negatives, positive_weight, negative_weight } = census;
    let of = |f: fn(&Rates) -> f64| chosen.as_ref().map_or(f64::NAN, f);
    Ok(OperatingPointReport {
        rows,
        nan_rows,
        positives,
        negatives,
        positive_weight,
        negative_weight,
        threshold: of(|rates| rates.point.score),
        true_positives: of(|rates| rates.point.positives),
        false_positives: of(|rates| rates.point.negatives),
        tpr: of(|rates| rates.tpr),
        fpr: of(|rates| rates.fpr),
        tnr: of(|rates| 1.0 - rates.fpr),
        precision: of(|rates| rates.precision),
        f1: of(|rates| rates.f1),
        balanced_accuracy: of(|rates| 0.5 * (rates.tpr + (1.0 - rates.fpr))),
        eer,
    })
}

fn rates(point: Point, census: &Census) -> Rates {
    let Point { positives, negatives, .. } = point;
    let all = positives + negatives;
    Rates {
        point,
        tpr: positives / census.positive_weight,
        fpr: negatives / census.negative_weight,
        fnr: (census.positive_weight - positives) / census.positive_weight,
        precision: if all > 0.0 { positives / all } else { 1.0 },
        f1: 2.0 * positives / (all + census.positive_weight),
    }
}

impl Rates {
    fn is_something(&self) -> bool {
        self.point.positives + self.point.negatives > 0.0
    }
}

impl Rule {
    /// Whether a point may be chosen at all.
    fn takes(self, rates: &Rates, target: f64) -> bool {
        match self {
            Rule::TprAtLeast => rates.tpr >= target,
            Rule::FprAtMost => rates.fpr <= target,
            // Nothing has no precision.
            Rule::RecallAtLeast => rates.tpr >= target && rates.is_something(),
            Rule::PrecisionAtLeast => rates.precision >= target && rates.is_something(),
            _ => true,
        }
    }

    /// Whether a point is better than one of a higher threshold.
    fn prefers(self, rates: &Rates, best: &Rates, target: f64) -> bool {
        match self {
            Rule::TprAtLeast => false,
            Rule::TprNearest => {
                let (miss, least) = ((rates.tpr - target).abs(), (best.tpr - target).abs());
                miss < least - ALIKE || miss <= least + ALIKE && rates.tpr > best.tpr
            }
            Rule::FprAtMost | Rule::PrecisionAtLeast => rates.tpr > best.tpr,
            Rule::RecallAtLeast => {
                rates.precision > best.precision
                    || rates.precision == best.precision && rates.tpr > best.tpr
            }
            Rule::EqualErrors => (rates.fpr - rates.fnr).abs() < (best.fpr - best.fnr).abs(),
            Rule::MaxF1 => rates.f1 > best.f1,
            Rule::MaxYouden => rates.tpr - rates.fpr > best.tpr - best.fpr,
        }
    }
}
