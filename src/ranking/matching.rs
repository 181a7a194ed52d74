//! Queries and candidates: at what rank each query finds the candidate that is its own.
//!
//! A rank follows from how many candidates score above the true one and how many as
//! high. Both are counts, so that candidates may be looked at in any number of blocks.

use crate::metrics::row_mean::RowMean;
use crate::state::{Head, Kind, Params, State};

/// The most cutoffs.
pub const CUTOFFS: usize = 8;
/// What stands for a NaN among the scores of a query.
pub const NAN: u64 = u64::MAX;

/// What has been seen; the header's parameter is the number of cutoffs and 256 times
/// the rule for ties.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Matching {
    head: Head,
    /// Two cutoffs a word, the first in its lower half.
    cutoffs: [u64; CUTOFFS / 2],
    hits: [u64; CUTOFFS],
    rank: RowMean,
    reciprocal: RowMean,
}

const _: () = assert!(size_of::<Matching>() == 16 + 32 + 64 + 2 * size_of::<RowMean>());

// SAFETY: repr(C) of u64s behind a head; the assertion above excludes padding.
unsafe impl State for Matching {
    const KIND: Kind = Kind::Matching;
    const WORDS: usize = CUTOFFS / 2;

    fn size(params: &Params) -> Option<usize> {
        let n = params.param as usize & 255;
        let good = |i: usize| (cutoff(&params.words, i) != 0) == (i < n);
        let known = n <= CUTOFFS && Ties::of(params.param >> 8).is_some();
        (known && (0..CUTOFFS).all(good)).then_some(size_of::<Self>())
    }

    fn at(data: *mut u8, _: &Params) -> *mut Self {
        data.cast()
    }

    fn merge(&mut self, other: &Self) {
        for (hits, more) in self.hits.iter_mut().zip(other.hits) {
            *hits = hits.wrapping_add(more);
        }
        self.rank.merge(&other.rank);
        self.reciprocal.merge(&other.reciprocal);
    }
}

/// Cutoff `i`, or 0.
fn cutoff(words: &[u64; CUTOFFS / 2], i: usize) -> u32 {
    words.get(i / 2).map_or(0, |word| (word >> (32 * (i % 2))) as u32)
}

/// The parameters of a state with these cutoffs.
pub fn params(cutoffs: &[u32], ties: u32) -> Params {
    let mut params = Params::from(cutoffs.len().min(255) as u32 | ties.min(255) << 8);
    for (i, k) in cutoffs.iter().enumerate() {
        if let Some(word) = params.words.get_mut(i / 2) {
            *word |= u64::from(*k) << (32 * (i % 2));
        }
    }
    params
}

/// The rank of the true candidate among those that score as high.
#[derive(Clone, Copy)]
pub enum Ties {
    /// The mean of first and last.
    Average,
    /// The first.
    First,
    /// The last.
    Last,
}

impl Ties {
    fn of(number: u32) -> Option<Ties> {
        [Ties::Average, Ties::First, Ties::Last].get(number as usize).copied()
    }

    /// The rank, from 1 on; NaN if a score is, or the true one was not met.
    fn rank(self, greater: u64, equal: u64) -> f64 {
        if greater == NAN || equal == 0 {
            return f64::NAN;
        }
        let (greater, equal) = (greater as f64, equal as f64);
        match self {
            Ties::Average => greater + 0.5 * (equal + 1.0),
            Ties::First => greater + 1.0,
            Ties::Last => greater + equal,
        }
    }
}

/// The result of `lgt_matching_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct MatchingReport {
    /// Queries that were seen.
    pub rows: u64,
    /// Those with a NaN; all below is then NaN.
    pub nan_rows: u64,
    /// The mean rank, from 1 on.
    pub mean_rank: f64,
    /// Its standard error.
    pub mean_rank_std_error: f64,
    /// MRR, the mean of 1 / rank.
    pub mrr: f64,
    /// Its standard error.
    pub mrr_std_error: f64,
}

impl Matching {
    /// Adds a query; returns its rank.
    #[inline(never)]
    pub fn add(&mut self, greater: u64, equal: u64) -> f64 {
        let ties = Ties::of(self.head.param >> 8).unwrap_or(Ties::Average);
        let rank = ties.rank(greater, equal);
        for (i, hits) in self.hits.iter_mut().enumerate() {
            *hits = hits.wrapping_add(u64::from(rank <= cutoff(&self.cutoffs, i).into()));
        }
        self.rank.add(rank, 1.0);
        self.reciprocal.add(1.0 / rank, 1.0);
        rank
    }

    /// Recall at each cutoff.
    pub fn recalls(&self) -> impl ExactSizeIterator<Item = f64> + '_ {
        let per = if self.rank.nan_rows > 0 { f64::NAN } else { self.rank.rows as f64 };
        let n = (self.head.param as usize & 255).min(CUTOFFS);
        self.hits.iter().take(n).map(move |hits| *hits as f64 / per)
    }

    /// The result so far.
    pub fn finish(&self) -> MatchingReport {
        let (rank, reciprocal) = (self.rank.finish(), self.reciprocal.finish());
        MatchingReport {
            rows: self.rank.rows,
            nan_rows: self.rank.nan_rows,
            mean_rank: rank.mean,
            mean_rank_std_error: rank.std_error,
            mrr: reciprocal.mean,
            mrr_std_error: reciprocal.std_error,
        }
    }
}
