//! Precision, recall and their kin, from how often each class was right,
//! predicted and true.

use crate::math::sum::Sum;

/// One class: rows, or their weights.
#[derive(Clone, Copy, Debug, Default)]
pub struct Class {
    /// Of this class, and predicted as it.
    pub tp: f64,
    /// Of this class.
    pub labelled: f64,
    /// Predicted as this class.
    pub predicted: f64,
}

/// All rows, or their weights.
#[derive(Clone, Copy, Debug)]
pub struct Rows {
    /// Rows that were counted.
    pub rows: u64,
    /// Rows that were left out.
    pub ignored: u64,
    /// Weight of those that were counted.
    pub total: f64,
}

/// How classes become one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Average {
    /// Of sums over classes.
    Micro,
    /// Every class alike.
    Macro,
    /// Each class by its true rows.
    Weighted,
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Opts {
    /// How much more recall counts than precision.
    pub beta: f64,
    /// How classes become one number.
    pub average: Average,
    /// What a quotient by 0 is: 0, 1, or NaN, which averages leave out.
    pub undefined: f64,
    /// Whether classes that are neither true nor predicted are left out.
    pub present: bool,
}

/// The six quotients of one class.
#[derive(Clone, Copy, Debug)]
pub struct Scores {
    /// True of those predicted.
    pub precision: f64,
    /// Predicted of those true.
    pub recall: f64,
    /// F-beta.
    pub f: f64,
    /// Jaccard: both of either.
    pub jaccard: f64,
    /// Not predicted of those not true.
    pub specificity: f64,
    /// Not true of those not predicted.
    pub npv: f64,
}

impl Scores {
    /// Of one class among `total`; NaN for quotients by 0.
    pub fn of(class: Class, total: f64, beta: f64) -> Scores {
        let Class { tp, labelled, predicted } = class;
        let (fp, fn_) = ((predicted - tp).max(0.0), (labelled - tp).max(0.0));
        let (no, not_predicted) = ((total - labelled).max(0.0), (total - predicted).max(0.0));
        let tn = (no - fp).max(0.0);
        let (precision, recall) = (tp / predicted, tp / labelled);
        let square = beta * beta;
        let f = if beta == 0.0 {
            precision
        } else if square.is_infinite() {
            recall
        } else {
            (1.0 + square) * tp / (square * labelled + predicted)
        };
        Scores {
            precision,
            recall,
            f,
            jaccard: tp / (tp + fp + fn_),
            specificity: tn / no,
            npv: tn / not_predicted,
        }
    }

    /// The six in order.
    pub fn all(&self) -> [f64; 6] {
        [self.precision, self.recall, self.f, self.jaccard, self.specificity, self.npv]
    }

    /// These six.
    pub fn from_all(all: [f64; 6]) -> Scores {
        let [precision, recall, f, jaccard, specificity, npv] = all;
        Scores { precision, recall, f, jaccard, specificity, npv }
    }

    /// With `value` for each quotient by 0.
    pub fn or(&self, value: f64) -> Scores {
        Scores::from_all(self.all().map(|score| if score.is_nan() { value } else { score }))
    }
}

/// A mean that leaves out NaN, weighted where the weights have a sum.
#[derive(Clone, Copy)]
struct Mean {
    plain: Sum,
    weighted: Sum,
    weight: Sum,
    n: f64,
    undefined: u64,
}

impl Mean {
    const ZERO: Mean =
        Mean { plain: Sum::ZERO, weighted: Sum::ZERO, weight: Sum::ZERO, n: 0.0, undefined: 0 };

    #[inline(never)]
    fn add(&mut self, score: f64, weight: f64, undefined: f64) {
        let value = if score.is_nan() {
            self.undefined += 1;
            undefined
        } else {
            score
        };
        if !value.is_nan() {
            self.plain = self.plain.plus(value);
            self.weighted = self.weighted.plus(value * weight);
            self.weight = self.weight.plus(weight);
            self.n += 1.0;
        }
    }

    fn value(&self) -> f64 {
        let weight = self.weight.value();
        if weight > 0.0 { self.weighted.value() / weight } else { self.plain.value() / self.n }
    }
}

/// Averages over classes, of how many, and how many of these each quotient had no
/// value for.
#[derive(Clone, Copy, Debug)]
pub struct Averages {
    /// The averages.
    pub scores: Scores,
    /// Classes that were averaged.
    pub classes: u64,
    /// Classes without a value of their own, in the order of [`Scores`].
    pub undefined: [u64; 6],
}

/// The averages that `opts` ask for.
pub fn averages(of: &mut dyn Iterator<Item = Class>, total: f64, opts: &Opts) -> Averages {
    let mut means = [Mean::ZERO; 6];
    let mut sums = [Sum::ZERO; 3];
    let mut classes = 0u64;
    for class in of {
        if opts.present && class.labelled == 0.0 && class.predicted == 0.0 {
            continue;
        }
        classes += 1;
        let weight = if opts.average == Average::Weighted { class.labelled } else { 1.0 };
        for (mean, score) in means.iter_mut().zip(Scores::of(class, total, opts.beta).all()) {
            mean.add(score, weight, opts.undefined);
        }
        for (sum, x) in sums.iter_mut().zip([class.tp, class.labelled, class.predicted]) {
            *sum = sum.plus(x);
        }
    }
    let scores = if opts.average == Average::Micro {
        let [tp, labelled, predicted] = sums.map(|sum| sum.value());
        let all = Class { tp, labelled, predicted };
        Scores::of(all, total * classes as f64, opts.beta).or(opts.undefined)
    } else {
        Scores::from_all(means.map(|mean| mean.value()))
    };
    Averages { scores, classes, undefined: means.map(|mean| mean.undefined) }
}

/// What classes say of all rows together.
#[derive(Clone, Copy, Debug)]
pub struct Overall {
    /// Rows that were right.
    pub accuracy: f64,
    /// Rows that were wrong.
    pub wrong: f64,
    /// Mean recall of the classes that are true somewhere.
    pub balanced: f64,
    /// The same, from 0 for chance to 1.
    pub balanced_adjusted: f64,
    /// Matthews' correlation; 0 where truth or prediction is one class only.
    pub mcc: f64,
    /// Cohen's kappa.
    pub kappa: f64,
}

/// `sum + a * b`, with what rounding loses (T. J. Dekker, 1971).
#[inline(never)]
fn plus_product(sum: Sum, a: f64, b: f64) -> Sum {
    let halves = |x: f64| {
        let scaled = x * 134217729.0;
        let high = scaled - (scaled - x);
        (high, x - high)
    };
    let ((a1, a2), (b1, b2), product) = (halves(a), halves(b), a * b);
    let lost = ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2;
    sum.plus(product).plus(lost)
}

/// Accuracy and agreement.
pub fn overall(of: &mut dyn Iterator<Item = Class>, total: f64) -> Overall {
    let (mut right, mut recalls, mut true_classes) = (Sum::ZERO, Sum::ZERO, 0.0);
    // Sums of squares, and of products of the true and the predicted.
    let (mut tt, mut pp, mut tp) = (Sum::ZERO, Sum::ZERO, Sum::ZERO);
    for class in of {
        right = right.plus(class.tp);
        if class.labelled > 0.0 {
            recalls = recalls.plus(class.tp / class.labelled);
            true_classes += 1.0;
        }
        tt = plus_product(tt, class.labelled, -class.labelled);
        pp = plus_product(pp, class.predicted, -class.predicted);
        tp = plus_product(tp, class.labelled, -class.predicted);
    }
    let right = right.value();
    let covariance = plus_product(tp, right, total).value();
    let [true_variance, predicted_variance, chance] =
        [tt, pp, tp].map(|sum| plus_product(sum, total, total).value());
    let spread = libm::sqrt(true_variance) * libm::sqrt(predicted_variance);
    let balanced = recalls.value() / true_classes;
    let by_chance = 1.0 / true_classes;
    Overall {
        accuracy: right / total,
        wrong: (total - right).max(0.0) / total,
        balanced,
        balanced_adjusted: (balanced - by_chance) / (1.0 - by_chance),
        mcc: match (total > 0.0, spread > 0.0) {
            (false, _) => f64::NAN,
            (_, false) => 0.0,
            (_, true) => covariance / spread,
        },
        kappa: if chance > 0.0 { 1.0 - (total - right) * total / chance } else { f64::NAN },
    }
}
