//! Curves of rows without weights, whose points are whole numbers: as
//! `Curve::each` has them, but without a branch that depends on labels.

use super::curve::{Curve, Kind, NOTHING, Point};
use super::ranked::{Halves, Row};
use super::writer::Writer;

/// Rows after which counts are made into rates: few enough to be near still.
const BLOCK: usize = 1024;

/// The rows that a curve has points of.
pub struct Counted<'a, T> {
    rows: Halves<'a, T>,
    /// Its first point, above them.
    first: Point,
    corners: bool,
}

impl<'a, T: Row> Counted<'a, T> {
    /// Nothing for a curve whose points are not found here: corners of other curves than
    /// ROC are seldom asked for.
    pub fn of(rows: Halves<'a, T>, curve: &Curve) -> Option<Counted<'a, T>> {
        let all = Counted { rows, first: NOTHING, corners: curve.corners };
        match (curve.kind, curve.corners) {
            (Kind::Roc, _) | (Kind::PrecisionRecall, false) => Some(all),
            (Kind::Det, false) => Some(all.trimmed()),
            _ => None,
        }
    }

    /// Without the rows above the highest score of a negative one and below the lowest of
    /// a positive one.
    fn trimmed(self) -> Self {
        let Halves { below, others } = self.rows;
        let mut first = self.first;
        let others = without_top(others, false, &mut first);
        let below = if others.is_empty() { without_top(below, true, &mut first) } else { below };
        let below_trimmed = without_bottom(below);
        let others = if below_trimmed.is_empty() { without_bottom(others) } else { others };
        Counted { rows: Halves { below: below_trimmed, others }, first, corners: false }
    }

    /// How many points there are.
    pub fn points(&self) -> usize {
        if self.corners {
            let mut count = 0;
            self.each_corner(|_, _, more| count += more);
            return count;
        }
        1 + distinct(self.rows.below) + distinct(self.rows.others)
    }

    /// Writes them.
    ///
    /// # Safety
    /// The writer has room for as many as there are.
    pub unsafe fn write(&self, writer: &mut Writer) {
        // SAFETY: the caller vouches for the room.
        unsafe {
            if self.corners {
                let mut from = 0;
                self.each_corner(|counts, score, more| {
                    writer.put_counts(counts.map(|count| count as i64 as f64), score);
                    writer.go_on(more);
                    if writer.done() - from == BLOCK {
                        writer.counts_to_rates(from);
                        from = writer.done();
                    }
                });
                return writer.counts_to_rates(from);
            }
            writer.put(self.first);
            let mut sums = [self.first.negatives as u64, self.first.positives as u64];
            write_half(self.rows.others, false, &mut sums, writer);
            write_half(self.rows.below, true, &mut sums, writer);
        }
    }

    /// Calls with counts and score of each point of a ROC curve, and 1 if it is one of
    /// its corners, where the next step is not the one that led to it.
    #[inline(always)]
    fn each_corner(&self, mut each: impl FnMut([u64; 2], f64, usize)) {
        const NONE: [u64; 2] = [u64::MAX; 2];
        let (mut sums, mut last, mut score) = ([0u64; 2], [0u64; 2], f64::INFINITY);
        // What led to the last point: to infinity and to the highest score nothing that
        // goes on, so that both are kept.
        let (mut led, mut leads) = (NONE, false);
        for (rows, below) in [(self.rows.others, false), (self.rows.below, true)] {
            for i in (0..rows.len()).rev() {
                let Some(row) = rows.get(i) else { break };
                sums[0] += u64::from(1 - row.label());
                sums[1] += u64::from(row.label());
                if rows.get(i.wrapping_sub(1)).is_some_and(|lower| lower.ties(*row)) {
                    continue;
                }
                let step = [sums[0] - last[0], sums[1] - last[1]];
                let more = (step[0] ^ led[0]) | (step[1] ^ led[1]);
                each(last, score, usize::from(more != 0));
                led = if leads { step } else { NONE };
                (leads, last, score) = (true, sums, row.score(below));
            }
        }
        each(last, score, 1);
    }
}

/// # Safety
/// The writer has room for a point a score.
#[inline(never)]
unsafe fn write_half<T: Row>(rows: &[T], below: bool, sums: &mut [u64; 2], writer: &mut Writer) {
    let mut end = rows.len();
    while end > 0 {
        let start = end.saturating_sub(BLOCK);
        let from = writer.done();
        // Each row writes the point of its score, and leaves it if the next lower one
        // has another.
        for i in (start..end).rev() {
            let Some(row) = rows.get(i) else { break };
            let lower = rows.get(i.wrapping_sub(1));
            sums[0] += u64::from(1 - row.label());
            sums[1] += u64::from(row.label());
            // SAFETY: the caller vouches for the room.
            // With a sign, because most processors make floats of such integers only.
            unsafe { writer.put_counts(sums.map(|sum| sum as i64 as f64), row.score(below)) };
            writer.go_on(usize::from(!lower.is_some_and(|lower| lower.ties(*row))));
        }
        // SAFETY: these points were written.
        unsafe { writer.counts_to_rates(from) };
        end = start;
    }
}

/// How many different scores there are.
fn distinct<T: Row>(rows: &[T]) -> usize {
    let next = rows.get(1..).unwrap_or_default();
    let steps: usize = rows.iter().zip(next).map(|(row, next)| usize::from(!row.ties(*next))).sum();
    steps + usize::from(!rows.is_empty())
}

/// Without the highest scores that no negative row has; `first` is the last of them.
fn without_top<'a, T: Row>(rows: &'a [T], below: bool, first: &mut Point) -> &'a [T] {
    let mut end = rows.len();
    while let Some(highest) = end.checked_sub(1).and_then(|i| rows.get(i)) {
        let rest = rows.get(..end).unwrap_or_default();
        let tied = rest.iter().rev().take_while(|row| row.ties(*highest));
        let (count, positives) = tied.fold((0, 0), |(n, p), row| (n + 1, p + row.label()));
        if positives < count {
            break;
        }
        first.positives += f64::from(positives);
        first.score = highest.score(below);
        end -= count as usize;
    }
    rows.get(..end).unwrap_or_default()
}

/// Without the lowest scores that no positive row has.
fn without_bottom<T: Row>(rows: &[T]) -> &[T] {
    let Some(lowest) = rows.iter().position(|row| row.label() == 1) else { return &[] };
    let Some(score) = rows.get(lowest) else { return &[] };
    let (under, _) = rows.split_at_checked(lowest).unwrap_or_default();
    let tied = under.iter().rev().take_while(|row| row.ties(*score)).count();
    rows.get(lowest - tied..).unwrap_or_default()
}
