//! Queries and what is asked of them, as C gives them, checked.

use super::guard;
use super::ranking::*;
use super::types::*;
use crate::math::fixed::BOUND;
use crate::ranking::grades::Grades;
use crate::ranking::measure::{Empty, MOST, Measure, Setup, Ties, Wanted};
use crate::ranking::ranking::{Queries, Ranking, words};
use crate::rows::numbers::Numbers;
use crate::state::{Params, view_mut};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// The parameters of a state.
///
/// # Safety
/// Null, or readable: `count` measures, and the options.
pub unsafe fn params(
    measures: *const lgt_ranking_measure,
    count: u32,
    opts: *const lgt_ranking_opts,
) -> Result<Params, Status> {
    // SAFETY: the contract of the C functions.
    let (asked, opts) = unsafe { (guard::slice(measures, count as usize)?, guard::options(opts)?) };
    let mut wanted = [None; MOST];
    if asked.len() > MOST || opts.max_grade > 63 {
        return Err(LGT_E_VALUE);
    }
    for (to, asked) in wanted.iter_mut().zip(asked) {
        let measure = Measure::numbered(asked.measure).ok_or(LGT_E_OPTION)?;
        *to = Some(Wanted { measure, k: asked.k });
    }
    let known = LGT_RANKING_EXPONENTIAL | LGT_RANKING_UNRETRIEVED;
    if opts.flags & !known != 0 {
        return Err(LGT_E_OPTION);
    }
    let setup = Setup {
        ties: match opts.ties {
            LGT_RANKING_TIES_AVERAGE => Ties::Average,
            LGT_RANKING_TIES_STABLE => Ties::Stable,
            LGT_RANKING_TIES_PESSIMISTIC => Ties::Pessimistic,
            LGT_RANKING_TIES_TREC => Ties::Trec,
            _ => return Err(LGT_E_OPTION),
        },
        exponential: opts.flags & LGT_RANKING_EXPONENTIAL != 0,
        empty: match opts.empty {
            LGT_RANKING_EMPTY_SKIP => Empty::Skip,
            LGT_RANKING_EMPTY_ZERO => Empty::Zero,
            LGT_RANKING_EMPTY_ONE => Empty::One,
            _ => return Err(LGT_E_OPTION),
        },
        unretrieved: opts.flags & LGT_RANKING_UNRETRIEVED != 0,
        most: opts.max_grade,
        // Adding 0 makes -0 one, so that equal parameters are equal bytes.
        above: opts.above + 0.0,
        persistence: opts.persistence + 0.0,
        wanted,
    };
    if setup.is_good() { Ok(setup.params()) } else { Err(LGT_E_VALUE) }
}

/// The arguments of an update, as C gives them.
pub struct RawQueries {
    /// Scores ..
    pub scores: Numbers,
    /// .. and from row to row.
    pub x_stride: usize,
    /// Grades ..
    pub relevance: *const c_void,
    /// .. from row to row ..
    pub relevance_stride: usize,
    /// .. and their type.
    pub relevance_type: u32,
    /// Where queries start, or null.
    pub offsets: *const u64,
    /// Weights, or null.
    pub weights: Numbers,
    /// Room for each measure of each query, or null.
    pub values: *mut f64,
    /// How many queries.
    pub rows: usize,
    /// Documents.
    pub cols: usize,
    /// Scratch ..
    pub scratch: *mut c_void,
    /// .. and its bytes.
    pub scratch_size: usize,
}

/// Adds them to a state.
///
/// # Safety
/// As of the C functions.
pub unsafe fn update(state: *mut c_void, raw: RawQueries) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe { try_update(state, raw) })
}

unsafe fn try_update(state: *mut c_void, raw: RawQueries) -> Result<Status, Status> {
    guard::not_null(state, 1)?;
    let RawQueries { rows, cols, .. } = raw;
    let pieces = !raw.offsets.is_null();
    // Pieces lie in one row.
    let (lines, x_stride, relevance_stride) =
        if pieces { (1, cols, cols) } else { (rows, raw.x_stride, raw.relevance_stride) };
    // SAFETY: the contract of the C functions below.
    unsafe {
        let state = view_mut::<Ranking>(state.cast())?;
        let setup = state.setup().ok_or(LGT_E_STATE)?;
        let count = setup.measures().count();
        guard::not_null(raw.scores.address(), lines.min(cols))?;
        let x_bytes = guard::extent_of(raw.scores.size(), x_stride, lines, cols)?;
        let some = lines.min(cols);
        let (grades, size) = match raw.relevance_type {
            LGT_F32 => (Grades::Numbers(Numbers::F32(raw.relevance.cast())), 4),
            LGT_F64 => (Grades::Numbers(Numbers::F64(raw.relevance.cast())), 8),
            kind => {
                let labels = guard::labels(raw.relevance, kind, some)?;
                (Grades::Integers(labels), guard::label_type(kind)?.size())
            }
        };
        guard::not_null(raw.relevance, some)?;
        let relevance_bytes = guard::extent_of(size, relevance_stride, lines, cols)?;
        let value_bytes = guard::extent_of(8 * count, 1, rows, 1)?;
        let offsets = if pieces {
            Some(guard::slice(raw.offsets, rows.checked_add(1).ok_or(LGT_E_SIZE)?)?)
        } else {
            None
        };
        let weights = Some(raw.weights).filter(|weights| !weights.address().is_null());
        let good = |w: f64| (0.0..=BOUND).contains(&w);
        if !weights.is_none_or(|weights| (0..rows).all(|r| good(weights.get(r)))) {
            return Err(LGT_E_VALUE);
        }
        let strides = [x_stride, relevance_stride];
        let queries = Queries { scores: raw.scores, grades, strides, offsets, weights, rows, cols };
        let longest = queries.longest().ok_or(LGT_E_SHAPE)?;
        if setup.wants(Measure::Err) && !queries.graded_up_to(f64::from(setup.most)) {
            return Err(LGT_E_VALUE);
        }
        let values = if raw.values.is_null() { 0 } else { value_bytes };
        let weight_bytes = weights.map_or(0, |weights| rows * weights.size());
        let offset_bytes = offsets.map_or(0, size_of_val);
        let read = [
            (raw.scores.address(), x_bytes),
            (raw.relevance.cast(), relevance_bytes),
            (raw.weights.address(), weight_bytes),
            (raw.offsets.cast(), offset_bytes),
        ];
        let written = (raw.values.cast_const().cast(), values);
        read.into_iter().try_for_each(|array| guard::apart(written, array))?;
        let [x, y, w, o] = read;
        let others = [x, y, w, o, written];
        let scratch = guard::scratch(raw.scratch, raw.scratch_size, words(longest), others)?;
        state.update(&setup, &queries, raw.values, longest, scratch);
        Ok(LGT_OK)
    }
}
