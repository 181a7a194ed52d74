//! The area under the ROC curve: of all pairs of a positive and a negative row, the
//! share of those that the scores have in order, half of those of equal scores (Mann
//! and Whitney's U). Pairs are counted in whole numbers, so nothing is rounded before
//! the end.
//!
//! Up to a false positive rate the area is that of the trapezia between the points of
//! the curve, the last one cut.

use super::pairs::Pairs;
use super::ranked::{Census, Group, Ranked, Scored};
use super::weighted::area;
use crate::math::sum::Sum;
use crate::status::Status;

/// The result of `lgt_auroc`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct AurocReport {
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
    /// The area under the curve.
    pub auroc: f64,
    /// The share of pairs, by weight, that have equal scores.
    pub tied: f64,
    /// The area up to `max_fpr`, at most `max_fpr`.
    pub partial: f64,
    /// The same from 0.5 for chance to 1 (McClish).
    pub standardized: f64,
}

/// The area up to a false positive rate above 0 and at most 1.
pub fn apply(scored: &Scored, max_fpr: f64, scratch: &mut [u64]) -> Result<AurocReport, Status> {
    let (mut census, ranked) = scored.rank_unweighed(scratch)?;
    let weighted = if let Ranked::Weighted(halves) = &ranked { Some(area(halves)) } else { None };
    if let Some(area) = weighted.as_ref().filter(|_| max_fpr == 1.0) {
        (census.positive_weight, census.negative_weight) = (area.positives, area.negatives);
    } else {
        // The last point of a curve has these sums.
        census = census.weighed(&ranked);
    }
    let Census { rows, nan_rows, positives, negatives, positive_weight, negative_weight } = census;
    let mut report = AurocReport {
        rows,
        nan_rows,
        positives,
        negatives,
        positive_weight,
        negative_weight,
        auroc: f64::NAN,
        tied: f64::NAN,
        partial: f64::NAN,
        standardized: f64::NAN,
    };
    if census.is_whole() {
        (report.auroc, report.tied) = match (&ranked, weighted) {
            (Ranked::Narrow(halves), _) => Pairs::of(*halves).shares(&census),
            (Ranked::Wide(halves), _) => Pairs::of(*halves).shares(&census),
            (_, Some(made)) => (made.area, made.tied),
            _ => by_groups(&census, &ranked),
        };
        report.partial =
            if max_fpr < 1.0 { partial(&census, &ranked, max_fpr) } else { report.auroc };
        let chance = 0.5 * max_fpr * max_fpr;
        // The part of the room above chance that is filled, from 0.5 to 1.
        report.standardized = if max_fpr < 1.0 {
            0.5 * (1.0 + (report.partial - chance) / (max_fpr - chance))
        } else {
            report.auroc
        };
    }
    Ok(report)
}

/// The area under the whole curve and the share of tied pairs: what each group of equal
/// scores adds, in the order of groups.
fn by_groups(census: &Census, ranked: &Ranked) -> (f64, f64) {
    let (mut above, mut area, mut tied) = (Sum::ZERO, Sum::ZERO, Sum::ZERO);
    ranked.each(&mut |group: Group| {
        let equal = group.positives / census.positive_weight;
        let share = group.negatives / census.negative_weight;
        area = area.plus(share * (above.value() / census.positive_weight + 0.5 * equal));
        tied = tied.plus(share * equal);
        above = above.plus(group.positives);
    });
    (area.value().min(1.0), tied.value())
}

/// The area up to a false positive rate below 1.
fn partial(census: &Census, ranked: &Ranked, max_fpr: f64) -> f64 {
    let (mut area, mut fpr, mut tpr) = (Sum::ZERO, 0.0, 0.0);
    ranked.each_sum(&mut |sums| {
        let to = sums.negatives / census.negative_weight;
        let up = sums.positives / census.positive_weight;
        if fpr < max_fpr {
            // The last trapezium is cut where the rate is reached.
            let end = f64::min(to, max_fpr);
            let part = if to > max_fpr { (max_fpr - fpr) / (to - fpr) } else { 1.0 };
            area = area.plus((end - fpr) * (tpr + 0.5 * part * (up - tpr)));
        }
        (fpr, tpr) = (to, up);
    });
    area.value()
}
