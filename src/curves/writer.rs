//! Where the points of a curve go, and what they become there.

use super::curve::{Kind, Point};
use super::ranked::Census;
use crate::simd::{Bf16, Elem, F16};

/// Where thresholds are written.
#[derive(Clone, Copy)]
pub enum Thresholds {
    /// `float`
    F32(*mut f32),
    /// `double`
    F64(*mut f64),
    /// `lgt_f16`
    F16(*mut F16),
    /// `lgt_bf16`
    Bf16(*mut Bf16),
}

impl Thresholds {
    /// Where they start.
    pub fn address(&self) -> *const u8 {
        match *self {
            Thresholds::F32(to) => to.cast(),
            Thresholds::F64(to) => to.cast(),
            Thresholds::F16(to) => to.cast(),
            Thresholds::Bf16(to) => to.cast(),
        }
    }

    /// # Safety
    /// There must be a place `i`.
    #[inline(always)]
    unsafe fn put(&self, i: usize, x: f64) {
        // SAFETY: the caller vouches for the place. Scores of a type are again of it.
        unsafe {
            match *self {
                Thresholds::F32(to) => *to.add(i) = x as f32,
                Thresholds::F64(to) => *to.add(i) = x,
                Thresholds::F16(to) => *to.add(i) = F16::narrow(x as f32),
                Thresholds::Bf16(to) => *to.add(i) = Bf16::narrow(x as f32),
            }
        }
    }
}

/// The columns that a curve is written to.
#[derive(Clone, Copy)]
pub struct Columns {
    /// The first of the two numbers of a point.
    pub first: *mut f64,
    /// The second.
    pub second: *mut f64,
    /// Its threshold.
    pub thresholds: Thresholds,
    /// Room for so many points.
    pub capacity: usize,
}

/// Writes points, from the highest threshold down.
pub struct Writer<'a> {
    kind: Kind,
    census: &'a Census,
    columns: &'a Columns,
    points: usize,
    done: usize,
}

impl<'a> Writer<'a> {
    /// # Safety
    /// There must be room for so many points.
    pub unsafe fn new(kind: Kind, census: &'a Census, columns: &'a Columns, points: usize) -> Self {
        Writer { kind, census, columns, points, done: 0 }
    }

    /// Where point `i` from the highest threshold on goes.
    #[inline(always)]
    fn place(&self, i: usize) -> usize {
        if self.kind == Kind::Roc { i } else { self.points - 1 - i }
    }

    /// # Safety
    /// Called at most as often as there are points.
    pub unsafe fn put(&mut self, point: Point) {
        let done = self.done;
        // SAFETY: the caller keeps to the number of points, for which there is room.
        unsafe {
            self.put_counts([point.negatives, point.positives], point.score);
            self.go_on(1);
            self.counts_to_rates(done);
        }
        if done == 0 && self.kind == Kind::PrecisionRecall {
            // SAFETY: it was just written. By convention nothing is never wrong.
            unsafe { *self.columns.first.add(self.place(0)) = 1.0 };
        }
    }

    /// How many are written.
    #[inline(always)]
    pub fn done(&self) -> usize {
        self.done
    }

    /// Writes what will be the next point, if [`go_on`](Writer::go_on) is called: as
    /// sums of weights of label 0 and 1.
    ///
    /// # Safety
    /// There must be a next point.
    #[inline(always)]
    pub unsafe fn put_counts(&mut self, [negatives, positives]: [f64; 2], score: f64) {
        let place = self.place(self.done);
        // SAFETY: the caller vouches for the point.
        unsafe {
            *self.columns.first.add(place) = negatives;
            *self.columns.second.add(place) = positives;
            self.columns.thresholds.put(place, score);
        }
    }

    /// So many points more are done, 0 or 1.
    #[inline(always)]
    pub fn go_on(&mut self, more: usize) {
        self.done += more;
    }

    /// Makes of the counts of all points from `from` on what the curve has.
    ///
    /// # Safety
    /// They hold counts.
    #[inline(never)]
    pub unsafe fn counts_to_rates(&mut self, from: usize) {
        let least = if self.kind == Kind::Roc { from } else { self.points - self.done };
        let count = self.done - from;
        // SAFETY: the points lie side by side.
        let (first, second) = unsafe {
            (
                core::slice::from_raw_parts_mut(self.columns.first.add(least), count),
                core::slice::from_raw_parts_mut(self.columns.second.add(least), count),
            )
        };
        let Census { positive_weight, negative_weight, .. } = *self.census;
        let points = first.iter_mut().zip(second);
        match self.kind {
            Kind::Roc => points.for_each(|(first, second)| {
                *first /= negative_weight;
                *second /= positive_weight;
            }),
            Kind::Det => points.for_each(|(first, second)| {
                *first /= negative_weight;
                *second = (positive_weight - *second) / positive_weight;
            }),
            Kind::PrecisionRecall => points.for_each(|(first, second)| {
                *first = *second / (*first + *second);
                *second /= positive_weight;
            }),
        }
    }
}
