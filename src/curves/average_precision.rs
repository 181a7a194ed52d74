//! Average precision: the mean over positive rows of the precision at their scores,
//! which is the area under the precision-recall curve drawn in steps.

use super::ranked::{Census, Halves, Ranked, Row, Scored};
use crate::math::sum::Sum;
use crate::status::Status;

/// The result of `lgt_average_precision`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct AveragePrecisionReport {
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
    /// The average precision.
    pub average_precision: f64,
    /// The same of scores without skill: the share of label 1.
    pub prevalence: f64,
}

/// The average precision, NaN without a positive row.
pub fn apply(scored: &Scored, scratch: &mut [u64]) -> Result<AveragePrecisionReport, Status> {
    let (census, ranked) = scored.rank(scratch)?;
    let Census { rows, nan_rows, positives, negatives, positive_weight, negative_weight } = census;
    let good = nan_rows == 0 && positives > 0;
    let share = positive_weight / (positive_weight + negative_weight);
    Ok(AveragePrecisionReport {
        rows,
        nan_rows,
        positives,
        negatives,
        positive_weight,
        negative_weight,
        average_precision: if good { average(&census, &ranked) } else { f64::NAN },
        prevalence: if good { share } else { f64::NAN },
    })
}

fn average(census: &Census, ranked: &Ranked) -> f64 {
    let sum = match ranked {
        Ranked::Narrow(halves) => unweighted(halves),
        Ranked::Wide(halves) => unweighted(halves),
        _ => {
            let (mut sum, mut before) = (Sum::ZERO, 0.0);
            ranked.each_sum(&mut |sums| {
                let precision = sums.positives / (sums.positives + sums.negatives);
                sum = sum.plus((sums.positives - before) * precision);
                before = sums.positives;
            });
            sum.value()
        }
    };
    sum / census.positive_weight
}

/// Rows whose quotients are made at a time.
const BLOCK: usize = 256;
/// Quotients added side by side.
const SIDE: usize = 8;

/// From the lowest score up: what is above a row, positive and in all. With a sign,
/// because most processors make floats of such integers only.
struct Above {
    /// Rows, and positive ones, from this row on.
    rows: i64,
    positives: i64,
    /// The same from the first row of this row's score on.
    rows_tied: i64,
    positives_tied: i64,
    sum: Sum,
}

/// The sum of precisions.
fn unweighted<T: Row>(halves: &Halves<T>) -> f64 {
    let rows = [halves.below, halves.others];
    let positive = |rows: &[T]| rows.iter().map(|row| i64::from(row.label())).sum::<i64>();
    let (all, positives) =
        (rows.iter().map(|rows| rows.len() as i64).sum(), rows.iter().map(|r| positive(r)).sum());
    let start =
        Above { rows: all, positives, rows_tied: all, positives_tied: positives, sum: Sum::ZERO };
    start.down(halves.below).down(halves.others).sum.value()
}

impl Above {
    #[inline(never)]
    fn down<T: Row>(mut self, rows: &[T]) -> Above {
        let Some(mut last) = rows.first().copied() else { return self };
        (self.rows_tied, self.positives_tied) = (self.rows, self.positives);
        // Only positive rows have a precision to add: theirs are moved up, then divided.
        let mut parts = [[0i64; 2]; BLOCK + SIDE];
        for block in rows.chunks(BLOCK) {
            let mut count = 0;
            for row in block {
                let same = row.ties(last);
                self.rows_tied = if same { self.rows_tied } else { self.rows };
                self.positives_tied = if same { self.positives_tied } else { self.positives };
                if let Some(part) = parts.get_mut(count) {
                    *part = [self.positives_tied, self.rows_tied];
                }
                let positive = i64::from(row.label());
                count += positive as usize;
                self.positives -= positive;
                self.rows -= 1;
                last = *row;
            }
            // Up to whole eights there is nothing, of something.
            for part in parts.iter_mut().skip(count).take(SIDE) {
                *part = [0, 1];
            }
            let mut sums = [0.0; SIDE];
            let (eights, _) = parts.as_chunks::<SIDE>();
            for eight in eights.iter().take(count.div_ceil(SIDE)) {
                for (sum, [positives, rows]) in sums.iter_mut().zip(eight) {
                    *sum += *positives as f64 / *rows as f64;
                }
            }
            self.sum = sums.into_iter().fold(self.sum, Sum::plus);
        }
        self
    }
}
