//! What is reported of classes, whichever state counted them.

use super::class_counts::{ClassCountsClass, ClassCountsReport};
use super::class_scores::{self, Class, Opts, Rows, Scores};

impl ClassCountsReport {
    /// Whether a number has no value.
    pub fn has_nan(&self) -> bool {
        let averages = [self.precision, self.recall, self.f, self.jaccard];
        let more = [self.specificity, self.npv, self.accuracy, self.balanced_accuracy];
        let agreement = [self.balanced_accuracy_adjusted, self.mcc, self.kappa];
        averages.iter().chain(&more).chain(&agreement).any(|x| x.is_nan())
    }
}

/// The report of classes, which are walked over twice.
pub fn report(
    seen: Rows,
    (first, second): (&mut dyn Iterator<Item = Class>, &mut dyn Iterator<Item = Class>),
    opts: &Opts,
) -> ClassCountsReport {
    let Rows { rows, ignored, total } = seen;
    let averages = class_scores::averages(first, total, opts);
    let overall = class_scores::overall(second, total);
    let scores = averages.scores;
    let [precision, recall, f, jaccard, specificity, npv] = averages.undefined;
    ClassCountsReport {
        rows,
        ignored,
        weight: total,
        classes: averages.classes,
        precision: scores.precision,
        recall: scores.recall,
        f: scores.f,
        jaccard: scores.jaccard,
        specificity: scores.specificity,
        npv: scores.npv,
        undefined_precision: precision,
        undefined_recall: recall,
        undefined_f: f,
        undefined_jaccard: jaccard,
        undefined_specificity: specificity,
        undefined_npv: npv,
        accuracy: overall.accuracy,
        hamming_loss: overall.wrong,
        balanced_accuracy: overall.balanced,
        balanced_accuracy_adjusted: overall.balanced_adjusted,
        mcc: overall.mcc,
        kappa: overall.kappa,
    }
}

impl ClassCountsClass {
    /// One class among `total`.
    pub fn of(class: Class, total: f64, opts: &Opts) -> ClassCountsClass {
        let scores = Scores::of(class, total, opts.beta).or(opts.undefined);
        ClassCountsClass {
            labelled: class.labelled,
            predicted: class.predicted,
            tp: class.tp,
            precision: scores.precision,
            recall: scores.recall,
            f: scores.f,
            jaccard: scores.jaccard,
            specificity: scores.specificity,
            npv: scores.npv,
        }
    }
}
