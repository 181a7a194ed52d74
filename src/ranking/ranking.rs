//! Means over queries of measures of their order: the state.

use super::gains::discounts;
use super::grades::Grades;
use super::measure::{Empty, MOST, Measure, Setup};
use super::query::Query;
use super::quick::{self, Outcome, Room};
use super::sorted;
use crate::math::fixed::UNIT;
use crate::metrics::row_mean::RowMean;
use crate::rows::numbers::Numbers;
use crate::state::{Head, Kind, MOST_WORDS, Params, State};

/// What has been seen.
#[repr(C)]
pub struct Ranking {
    head: Head,
    words: [u64; MOST_WORDS],
    means: [Mean],
}

/// A measure's mean over queries.
#[repr(C)]
#[derive(Clone, Copy)]
struct Mean {
    empty: u64,
    mean: RowMean,
}

impl Mean {
    #[inline(never)]
    fn add(&mut self, empty: bool, value: Option<f64>, weight: f64) {
        self.empty = self.empty.wrapping_add(u64::from(empty));
        if let Some(value) = value {
            self.mean.add(value, weight);
        }
    }
}

/// Words before the means.
const FIXED: usize = 2 + MOST_WORDS;

// SAFETY: repr(C) of u64s behind a head; the assertion below excludes padding.
unsafe impl State for Ranking {
    const KIND: Kind = Kind::Ranking;
    const WORDS: usize = MOST_WORDS;

    fn size(params: &Params) -> Option<usize> {
        let measures = Setup::of(params)?.measures().count();
        Some(FIXED * 8 + measures * size_of::<Mean>())
    }

    fn at(data: *mut u8, params: &Params) -> *mut Self {
        let measures = Setup::of(params).map_or(0, |setup| setup.measures().count());
        core::ptr::slice_from_raw_parts_mut(data, measures) as *mut Self
    }

    fn merge(&mut self, other: &Self) {
        for (mean, more) in self.means.iter_mut().zip(&other.means) {
            mean.empty = mean.empty.wrapping_add(more.empty);
            mean.mean.merge(&more.mean);
        }
    }
}

const _: () = assert!(size_of::<Mean>() == 8 + 600);

/// One measure, of `lgt_ranking_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct RankingReport {
    /// Queries of weight above 0.
    pub queries: u64,
    /// Those with nothing to be found: left out, or counted as was asked.
    pub empty_queries: u64,
    /// Those with a NaN among scores or grades; the mean is then NaN.
    pub nan_queries: u64,
    /// The sum of weights of the queries that are averaged.
    pub weight: f64,
    /// The weighted mean over queries.
    pub mean: f64,
    /// Its standard error, weights taken as repetitions; below 1e-8 of the mean it is
    /// rounding.
    pub std_error: f64,
}

/// Queries: rows of one array, or pieces of one long row.
pub struct Queries<'a> {
    /// Scores.
    pub scores: Numbers,
    /// Grades.
    pub grades: Grades,
    /// From query to query, of both.
    pub strides: [usize; 2],
    /// Where queries start, and where the last ends; `None` for rows.
    pub offsets: Option<&'a [u64]>,
    /// Weights, if there are any.
    pub weights: Option<Numbers>,
    /// How many queries.
    pub rows: usize,
    /// Documents of a query.
    pub cols: usize,
}

impl Queries<'_> {
    /// Where query `r` starts among scores and grades, and its documents.
    fn place(&self, r: usize) -> (usize, usize, usize) {
        match self.offsets {
            None => (r * self.strides[0], r * self.strides[1], self.cols),
            Some(offsets) => {
                let [start, end] = [r, r + 1].map(|i| offsets.get(i).map_or(0, |x| *x as usize));
                (start, start, end - start)
            }
        }
    }

    /// The most documents of a query; `None` if queries do not follow each other, inside
    /// the array.
    pub fn longest(&self) -> Option<usize> {
        let Some(offsets) = self.offsets else {
            return Some(if self.rows > 0 { self.cols } else { 0 });
        };
        let mut longest = 0;
        for (start, end) in offsets.iter().zip(offsets.iter().skip(1)) {
            longest = longest.max(end.checked_sub(*start)?);
        }
        (offsets.last().is_none_or(|end| *end <= self.cols as u64)).then_some(longest as usize)
    }

    /// Whether no grade is above the highest that ERR has.
    ///
    /// # Safety
    /// There must be the scores and grades.
    pub unsafe fn graded_up_to(&self, most: f64) -> bool {
        (0..self.rows).all(|r| {
            let (_, start, n) = self.place(r);
            // SAFETY: the caller vouches for them.
            let grade = |i: usize| unsafe { self.grades.get(i) };
            // NaN is a matter of its query's.
            (start..start + n).map(grade).all(|grade| grade <= most || grade.is_nan())
        })
    }
}

/// Words of scratch for queries of at most `n` documents.
pub fn words(n: usize) -> Option<usize> {
    sorted::words(n)?.checked_add(n)
}

impl Ranking {
    /// What is asked of every query.
    pub fn setup(&self) -> Option<Setup> {
        Setup::of(&Params { param: self.head.param, words: self.words })
    }

    /// Adds queries. `values`, unless null, takes each measure of each query. The scratch
    /// has [`words`] of the longest.
    ///
    /// # Safety
    /// There must be the scores, grades and weights, and room for the values.
    pub unsafe fn update(
        &mut self,
        setup: &Setup,
        queries: &Queries,
        values: *mut f64,
        longest: usize,
        scratch: &mut [u64],
    ) {
        let gains = |measure| matches!(measure, Measure::Ndcg | Measure::Dcg);
        let depths = setup.measures().filter(|wanted| gains(wanted.measure));
        let depth = depths.map(|wanted| (wanted.k as usize).wrapping_sub(1)).max();
        let depth = depth.map_or(0, |depth| longest.min(depth.saturating_add(1)));
        let (table, scratch) = scratch.split_at_mut(depth.min(scratch.len()));
        discounts(table);
        let (mut query, mut values, mut room) = (Query::new(setup, table), values, Room::default());
        for r in 0..queries.rows {
            let (at, graded_at, n) = queries.place(r);
            // SAFETY: the caller vouches for all of them.
            let (shown, weight) = unsafe {
                let scores = queries.scores.from(at);
                let grades = queries.grades.from(graded_at);
                let shown = match quick::show(&mut query, &scores, &grades, n, &mut room, scratch) {
                    Outcome::Large => sorted::show(&mut query, &scores, &grades, n, scratch),
                    outcome => outcome == Outcome::Shown,
                };
                (shown, queries.weights.map_or(1.0, |weights| weights.get(r)))
            };
            let mut results = [Some(f64::NAN); MOST];
            if shown {
                query.values(&mut results);
            }
            for (mean, value) in self.means.iter_mut().zip(results) {
                let counted = value.or(match setup.empty {
                    Empty::Skip => None,
                    Empty::Zero => Some(0.0),
                    Empty::One => Some(1.0),
                });
                if !values.is_null() {
                    // SAFETY: as above.
                    unsafe {
                        *values = counted.unwrap_or(f64::NAN);
                        values = values.add(1);
                    }
                }
                if weight >= UNIT {
                    mean.add(value.is_none(), counted, weight);
                }
            }
        }
    }

    /// Each measure so far.
    pub fn finish(&self) -> impl ExactSizeIterator<Item = RankingReport> {
        let skips = self.setup().is_some_and(|setup| setup.empty == Empty::Skip);
        self.means.iter().map(move |Mean { empty, mean }| {
            let result = mean.finish();
            RankingReport {
                queries: mean.rows.wrapping_add(if skips { *empty } else { 0 }),
                empty_queries: *empty,
                nan_queries: mean.nan_rows,
                weight: result.weight,
                mean: result.mean,
                std_error: result.std_error,
            }
        })
    }
}
