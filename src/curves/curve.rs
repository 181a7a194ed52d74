//! The curves of two classes: what comes of every threshold.
//!
//! A point of any of them is a threshold and what lies at or above it, of positive and
//! negative rows; the first is infinite, with nothing above it. The curves differ in
//! what they make of these two sums, in which points lie between others, and in the end
//! that they begin at.

use super::counted::Counted;
use super::ranked::{Census, Group, Ranked, Scored};
use super::roc_curve::RocCurveReport;
use super::writer::{Columns, Writer};
use crate::status::Status;

/// Which curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// False and true positive rate, from high thresholds to low ones.
    Roc,
    /// Precision and recall, from low thresholds to high ones.
    PrecisionRecall,
    /// False positive and false negative rate, from low thresholds to high ones, as
    /// far as both change.
    Det,
}

/// A threshold, and what lies at or above it.
pub type Point = Group;

/// Nothing is above infinity.
pub const NOTHING: Point = Point { score: f64::INFINITY, positives: 0.0, negatives: 0.0, rows: 0 };

/// Writes a curve; only its `corners`, if asked. `E_SIZE` if there is no room, with a
/// report that says how much there must be.
///
/// # Safety
/// The columns must be writable for as many points as they say.
pub unsafe fn apply(
    scored: &Scored,
    kind: Kind,
    corners: bool,
    columns: &Columns,
    scratch: &mut [u64],
) -> Result<(RocCurveReport, Status), Status> {
    let (census, ranked) = scored.rank(scratch)?;
    let Census { rows, nan_rows, positives, negatives, positive_weight, negative_weight } = census;
    let curve = Curve { kind, corners, census };
    let some = nan_rows == 0 && positives + negatives > 0;
    let narrow =
        if let Ranked::Narrow(halves) = ranked { Counted::of(halves, &curve) } else { None };
    let wide = if let Ranked::Wide(halves) = ranked { Counted::of(halves, &curve) } else { None };
    let points = match (&narrow, &wide) {
        _ if !some => 0,
        (Some(counted), _) => counted.points(),
        (_, Some(counted)) => counted.points(),
        _ => {
            let mut count = 0;
            curve.each(&ranked, &mut |_| count += 1);
            count
        }
    };
    let status = if points > columns.capacity {
        Status::LGT_E_SIZE
    } else if !some || positives == 0 || negatives == 0 && kind != Kind::PrecisionRecall {
        Status::LGT_UNDEFINED
    } else {
        Status::LGT_OK
    };
    if some && points <= columns.capacity {
        // SAFETY: there is room for all points.
        unsafe {
            let mut writer = Writer::new(kind, &census, columns, points);
            match (narrow, wide) {
                (Some(counted), _) => counted.write(&mut writer),
                (_, Some(counted)) => counted.write(&mut writer),
                _ => curve.each(&ranked, &mut |point| writer.put(point)),
            }
        }
    }
    let report = RocCurveReport {
        rows,
        nan_rows,
        positives,
        negatives,
        positive_weight,
        negative_weight,
        points: points as u64,
    };
    Ok((report, status))
}

/// A curve of these rows.
#[derive(Clone, Copy)]
pub struct Curve {
    /// Which.
    pub kind: Kind,
    /// Whether only its corners are asked for.
    pub corners: bool,
    /// The rows.
    pub census: Census,
}

impl Curve {
    /// Calls with each point that is to be written, from the highest threshold down.
    #[inline(never)]
    fn each(&self, ranked: &Ranked, each: &mut dyn FnMut(Point)) {
        if self.kind != Kind::Det {
            each(NOTHING);
            return self.kept(None, ranked, each);
        }
        // From the last point without a false positive to the first that misses nothing.
        let (mut waiting, mut complete) = (Some(NOTHING), false);
        let mut once = |point: Point| {
            if !complete {
                each(point);
                complete = point.positives == self.census.positive_weight;
            }
        };
        self.kept(Some(NOTHING), ranked, &mut |point| {
            if point.negatives == 0.0 {
                waiting = Some(point);
            } else {
                waiting.take().into_iter().for_each(&mut once);
                once(point);
            }
        });
        waiting.into_iter().for_each(once);
    }

    /// Calls with the points that are no intermediate ones, or with all.
    fn kept(&self, first: Option<Point>, ranked: &Ranked, each: &mut dyn FnMut(Point)) {
        // Whether a point is kept is known when the next one is.
        let (mut before, mut last) = (None::<Point>, first);
        ranked.each_sum(&mut |next| {
            if let Some(point) = last
                && before.is_none_or(|before| self.is_corner(before, point, next))
            {
                each(point);
            }
            (before, last) = (last, Some(next));
        });
        last.into_iter().for_each(each);
    }

    fn is_corner(&self, before: Point, point: Point, next: Point) -> bool {
        let up = [point.positives - before.positives, next.positives - point.positives];
        let along = [point.negatives - before.negatives, next.negatives - point.negatives];
        match self.kind {
            _ if !self.corners => true,
            // The same step again goes straight on.
            Kind::Roc => up[0] != up[1] || along[0] != along[1],
            // Between two of the same recall.
            _ => up != [0.0; 2],
        }
    }
}
