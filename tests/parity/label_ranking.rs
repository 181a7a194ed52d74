//! Label ranking and matching against their definitions.

use crate::reference::rankings;
use crate::support::family::{Family, State};
use crate::support::level;
use crate::support::noted;
use crate::support::pairs::Column;
use crate::support::ranking::*;
use crate::support::rng::Rng;
use logitude::capi::types::*;
use logitude::capi::{label_ranking::*, matching::*};
use logitude::ranking::label_ranking::LabelRankingReport;
use logitude::ranking::matching::MatchingReport;
use logitude::status::Status;
use std::mem::MaybeUninit;
use std::ptr::{null, null_mut};

fn finish(state: &State) -> (Status, LabelRankingReport) {
    let mut report = MaybeUninit::uninit();
    // SAFETY: the state is whole.
    unsafe {
        let status = lgt_label_ranking_finish(state.as_ptr().cast(), report.as_mut_ptr());
        (status, report.assume_init())
    }
}

fn close(got: f64, want: f64, what: &str) {
    assert!(noted::close(got, want, 1e-14, want.abs()), "{what}: {got}, not {want}");
}

/// What a row comes to, `None` where it is left out.
fn row(x: &[f64], there: &[bool], skip: bool) -> [Option<f64>; 4] {
    let n = there.iter().filter(|is| **is).count();
    if n == 0 {
        return if skip { [None; 4] } else { [1.0, 0.0, 0.0, 0.0].map(Some) };
    }
    let mut four = rankings::label_ranking(x, there).map(Some);
    if n == x.len() && skip {
        four[2] = None;
    }
    four
}

pub fn as_defined<D: RankingFunctions>() {
    level::each(|_| {
        let mut rng = Rng::new(211);
        for round in 0..60 {
            let rows = [0, 1, 2, 17, 30][round % 5];
            let cols = [1, 2, 5, 15, 16, 17, 90, 300][rng.below(8)];
            case::<D>(&mut rng, rows, cols, round as u32 % 2);
        }
    });
    // More labels than are looked at at a time.
    let mut rng = Rng::new(212);
    for flags in [0, 1, 0, 1] {
        case::<D>(&mut rng, 4, 3000, flags);
    }
}

fn case<D: RankingFunctions>(rng: &mut Rng, rows: usize, cols: usize, flags: u32) {
    let share = |rng: &mut Rng| [0.0, 0.1, 0.5, 0.9, 1.0][rng.below(5)];
    let labels: Vec<Vec<usize>> = (0..rows)
        .map(|_| {
            let share = share(rng);
            some(rng, cols, share)
        })
        .collect();
    let there: Vec<Vec<bool>> =
        labels.iter().map(|row| (0..cols).map(|label| row.contains(&label)).collect()).collect();
    let x: Vec<Vec<f64>> = (0..rows).map(|_| scores::<D>(rng, cols)).collect();
    let weight = |rng: &mut Rng| [0.0, 1.0, 2.5, 1.0][rng.below(4)];
    let weights: Vec<f64> = (0..rows).map(|_| weight(rng)).collect();
    let stored_weights: Vec<D::Acc> = weights.iter().map(|w| D::acc(*w)).collect();
    let family = Family::LabelRanking { flags };
    let (mut state, mut sparse, mut halves) = (family.start(), family.start(), family.start());
    let mut values = vec![[7.0; 4]; rows];
    let numbers: Vec<i64> =
        there.iter().flat_map(|row| row.iter().map(|is| i64::from(*is)).chain([5])).collect();
    let flags_column = Column::new(&numbers, 1 + rng.below(8) as u32);
    let (data, csr) = (stored::<D>(&x, 3), Sparsely::new(rng, &labels));
    let (y, w) = (flags_column.bytes.as_ptr().cast(), stored_weights.as_ptr());
    let kind = flags_column.kind;
    // SAFETY: the arrays are there.
    unsafe {
        let (at, out) = (state.as_mut_ptr().cast(), values.as_mut_ptr().cast());
        let status = (D::FLAGS)(at, data.as_ptr(), cols + 3, y, cols + 1, kind, w, out, rows, cols);
        assert_eq!(status, Status::LGT_OK);
        let at = sparse.as_mut_ptr().cast();
        let (y, out) = (&raw const csr.csr, null_mut());
        let status = (D::OF_CSR)(at, data.as_ptr(), cols + 3, y, w, out, rows, cols);
        assert_eq!(status, Status::LGT_OK);
        // The rows in two parts, the second first.
        let middle = rng.below(rows + 1);
        for part in [middle..rows, 0..middle] {
            let csr = Sparsely::new(rng, &labels[part.clone()]);
            let mut other = family.start();
            let (at, n) = (other.as_mut_ptr().cast(), part.len());
            let (x, y) = (data.as_ptr().add(part.start * (cols + 3)), &raw const csr.csr);
            let status = (D::OF_CSR)(at, x, cols + 3, y, w.add(part.start), null_mut(), n, cols);
            assert_eq!(status, Status::LGT_OK);
            assert_eq!(family.merge(&mut halves, &other), Status::LGT_OK);
        }
    }
    assert!(state == sparse && state == halves);
    let want: Vec<_> = x
        .iter()
        .zip(&there)
        .map(|(x, there)| row(x, there, flags == LGT_LABEL_RANKING_SKIP))
        .collect();
    for (got, want) in values.iter().flatten().zip(want.iter().flatten()) {
        let want = want.unwrap_or(f64::NAN);
        // The definition is summed up as it comes.
        let near = (got - want).abs() <= 1e-13 * want;
        assert!(got.is_nan() && want.is_nan() || near, "{got} {want}");
    }
    let (_, got) = finish(&state);
    let results = [got.average_precision, got.coverage_error, got.ranking_loss, got.one_error];
    for (i, got) in results.into_iter().enumerate() {
        let (mut sum, mut all) = (0.0, 0.0);
        for (four, weight) in want.iter().zip(&weights) {
            if let Some(value) = four[i].filter(|_| *weight > 0.0) {
                (sum, all) = (sum + weight * value, all + weight);
            }
        }
        close(got, sum / all, "a mean");
    }
    let counted = |n: usize| {
        let seen = labels.iter().zip(&weights).filter(|(row, w)| row.len() == n && **w > 0.0);
        seen.count() as u64
    };
    assert_eq!((got.none_rows, got.all_rows, got.nan_rows), (counted(0), counted(cols), 0));
}

pub fn corners() {
    let family = Family::LabelRanking { flags: 0 };
    let mut state = family.start();
    let at = state.as_mut_ptr().cast();
    let (x, y, w) = ([0.1, 0.2, 0.3, 0.4], [1u8, 0, 0, 1], [1.0, 1.0]);
    let before = state.clone();
    let add = |x: *const f64, stride, y: &[u8; 4], kind, w: &[f64; 2], out: *mut f64| {
        let y = y.as_ptr().cast();
        // SAFETY: the arrays are there.
        unsafe { lgt_label_ranking_update_f64(at, x, stride, y, 2, kind, w.as_ptr(), out, 2, 2) }
    };
    let (p, no, inside) = (x.as_ptr(), null_mut(), x.as_ptr().cast_mut());
    for (status, want) in [
        (add(null(), 2, &y, LGT_U8, &w, no), Status::LGT_E_NULL),
        (add(p, 1, &y, LGT_U8, &w, no), Status::LGT_E_STRIDE),
        (add(p, usize::MAX / 4, &y, LGT_U8, &w, no), Status::LGT_E_SIZE),
        (add(p, 2, &[1, 0, 2, 0], LGT_U8, &w, no), Status::LGT_E_LABEL),
        (add(p, 2, &[1, 0, 255, 0], LGT_I8, &w, no), Status::LGT_E_LABEL),
        (add(p, 2, &y, 9, &w, no), Status::LGT_E_LABEL),
        (add(p, 2, &y, LGT_U8, &[1.0, f64::NAN], no), Status::LGT_E_VALUE),
        (add(p, 2, &y, LGT_U8, &[-1.0, 1.0], no), Status::LGT_E_VALUE),
        (add(p, 2, &y, LGT_U8, &w, inside), Status::LGT_E_ALIAS),
    ] {
        assert_eq!(status, want);
        assert!(state == before);
    }
    let (status, got) = finish(&state);
    assert!(status == Status::LGT_UNDEFINED && got.one_error.is_nan() && got.rows == 0);
    // A NaN where there are no labels is one too.
    let mut values = [0.0; 8];
    let nan = [f64::NAN, 1.0, 1.0, 2.0];
    assert_eq!(add(nan.as_ptr(), 2, &[0; 4], LGT_U8, &w, values.as_mut_ptr()), Status::LGT_OK);
    let (status, got) = finish(&state);
    assert_eq!((status, got.rows, got.nan_rows), (Status::LGT_UNDEFINED, 2, 1));
    assert_eq!((got.none_rows, got.all_rows), (1, 0));
    assert!(values[..4].iter().all(|v| v.is_nan()) && values[4..] == [1.0, 0.0, 0.0, 0.0]);
}

fn matched(state: &State, cutoffs: usize) -> (Status, MatchingReport, Vec<f64>) {
    let (mut report, mut recall) = (MaybeUninit::uninit(), vec![7.0; cutoffs]);
    let (at, n) = (state.as_ptr().cast(), recall.len());
    // SAFETY: the state is whole, and there is room.
    unsafe {
        let status = lgt_matching_finish(at, report.as_mut_ptr());
        assert_eq!(lgt_matching_get_recall(at, recall.as_mut_ptr(), n), status);
        (status, report.assume_init(), recall)
    }
}

pub fn matching<D: RankingFunctions>() {
    level::each(|_| {
        let mut rng = Rng::new(213);
        for round in 0..60 {
            let (n, cols) =
                ([0, 1, 2, 17, 30][round % 5], [1, 2, 15, 16, 17, 33, 200][rng.below(7)]);
            match_case::<D>(&mut rng, n, cols, round as u32 % 3);
        }
    });
}

fn match_case<D: RankingFunctions>(rng: &mut Rng, n: usize, cols: usize, ties: u32) {
    let x: Vec<Vec<f64>> = (0..n).map(|_| scores::<D>(rng, cols)).collect();
    let diagonal = n > 0 && n <= cols && rng.below(2) == 0;
    let offset = if diagonal { rng.below(cols - n + 1) } else { 0 };
    let one = |r: usize, rng: &mut Rng| if diagonal { offset + r } else { rng.below(cols) };
    let targets: Vec<usize> = (0..n).map(|r| one(r, rng)).collect();
    let cutoffs = [1u32, 10, 5, 2, 100, 3, 7, 1 << 31];
    let new = || {
        let mut state = vec![u64::MAX; 164];
        let at = state.as_mut_ptr().cast();
        // SAFETY: the state is as long as is said.
        let status = unsafe { lgt_matching_init(at, 1312, cutoffs.as_ptr(), 8, ties) };
        assert_eq!(status, Status::LGT_OK);
        state
    };
    let (mut state, mut ranks) = (new(), vec![7.0; n]);
    let data = stored::<D>(&x, 1);
    let wide: Vec<i64> = targets.iter().map(|t| *t as i64).collect();
    let labels = Column::new(&wide, [LGT_U8, LGT_I16, LGT_U64][rng.below(3)]);
    let y = if diagonal { null() } else { labels.bytes.as_ptr().cast() };
    let mut shards = new();
    // SAFETY: the arrays are there.
    unsafe {
        let (at, out) = (state.as_mut_ptr().cast(), ranks.as_mut_ptr());
        let status = (D::MATCH)(at, data.as_ptr(), cols + 1, y, labels.kind, offset, out, n, cols);
        assert_eq!(status, Status::LGT_OK);
        // The candidates in two shards.
        let own: Vec<D::Store> = (0..n).map(|r| D::store(x[r][targets[r]])).collect();
        let (mut greater, mut equal) = (vec![0; n], vec![0; n]);
        let middle = rng.below(cols + 1);
        for (from, width) in [(middle, cols - middle), (0, middle)] {
            let (more, same) = (greater.as_mut_ptr(), equal.as_mut_ptr());
            let x = data.as_ptr().add(from);
            let status = (D::COUNT)(x, cols + 1, own.as_ptr(), more, same, n, width);
            assert_eq!(status, Status::LGT_OK);
        }
        let (at, mut again) = (shards.as_mut_ptr().cast(), vec![7.0; n]);
        let (more, same) = (greater.as_ptr(), equal.as_ptr());
        assert_eq!(lgt_matching_add(at, more, same, again.as_mut_ptr(), n), Status::LGT_OK);
        assert_eq!(again, ranks);
    }
    assert!(state == shards);
    let place = [1, 0, 2][ties as usize];
    let want: Vec<f64> = (0..n).map(|r| rankings::ranks(&x[r], targets[r])[place]).collect();
    assert_eq!(ranks, want);
    let (status, got, recall) = matched(&state, 8);
    assert_eq!((status == Status::LGT_UNDEFINED, got.rows), (n == 0, n as u64));
    close(got.mean_rank, want.iter().sum::<f64>() / n as f64, "mean rank");
    close(got.mrr, want.iter().map(|rank| 1.0 / rank).sum::<f64>() / n as f64, "mrr");
    for (got, k) in recall.iter().zip(cutoffs) {
        let hits = want.iter().filter(|rank| **rank <= f64::from(k)).count();
        close(*got, hits as f64 / n as f64, "recall");
    }
    let (mut sorted, mut median) = (want.clone(), 7.0);
    sorted.sort_by(|a, b| a.partial_cmp(b).unwrap());
    // SAFETY: there are as many ranks.
    let status = unsafe { lgt_matching_median_rank(want.as_ptr(), &raw mut median, n) };
    if n > 0 {
        assert!(median == (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0 && status == Status::LGT_OK);
    } else {
        assert!(median.is_nan() && status == Status::LGT_UNDEFINED);
    }
}

pub fn matching_corners() {
    let mut state = Family::Matching { cutoff: 2, ties: 0 }.start();
    let at = state.as_mut_ptr().cast();
    let (before, x, y) = (state.clone(), [1.0, 2.0, 3.0, 4.0], [0i32, 2]);
    let add = |x: *const f64, y: *const i32, kind, offset, out: *mut f64| {
        // SAFETY: the arrays are there.
        unsafe { lgt_matching_update_f64(at, x, 2, y.cast(), kind, offset, out, 2, 2) }
    };
    let (p, no) = (x.as_ptr(), null_mut());
    for (status, want) in [
        (add(null(), null(), 0, 0, no), Status::LGT_E_NULL),
        (add(p, y.as_ptr(), LGT_I32, 0, no), Status::LGT_E_LABEL),
        (add(p, y.as_ptr(), 0, 0, no), Status::LGT_E_LABEL),
        (add(p, null(), 0, 1, no), Status::LGT_E_LABEL),
        (add(p, null(), 0, usize::MAX, no), Status::LGT_E_LABEL),
        (add(p, null(), 0, 0, p.cast_mut()), Status::LGT_E_ALIAS),
    ] {
        assert_eq!(status, want);
    }
    let (own, mut counts) = ([1.0, f64::NAN], [0u64; 4]);
    let (more, same) = (counts.as_mut_ptr(), counts.as_mut_ptr().wrapping_add(2));
    // SAFETY: the arrays are there.
    unsafe {
        let count = |own: &[f64; 2], more, same| {
            lgt_matching_count_f64(p, 2, own.as_ptr(), more, same, 2, 2)
        };
        assert_eq!(count(&own, more, more), Status::LGT_E_ALIAS);
        assert_eq!(count(&own, more, null_mut()), Status::LGT_E_NULL);
        assert!(state == before && counts == [0; 4]);
        assert_eq!(count(&own, more, same), Status::LGT_OK);
        assert_eq!(counts, [1, 0, 1, 0]);
        let mut ranks = [0.0; 2];
        assert_eq!(lgt_matching_add(at, more, same, ranks.as_mut_ptr(), 2), Status::LGT_OK);
        assert!(ranks[0] == 2.0 && ranks[1].is_nan());
        let mut median = 0.0;
        let status = lgt_matching_median_rank(ranks.as_ptr(), &raw mut median, 2);
        assert!(status == Status::LGT_UNDEFINED && median.is_nan());
        // A NaN stays.
        let nan = [f64::NAN, 0.0, 0.0, 0.0];
        let status = lgt_matching_count_f64(nan.as_ptr(), 2, p, more, same, 2, 2);
        assert_eq!((status, counts[0]), (Status::LGT_OK, u64::MAX));
        assert_eq!(count(&[1.0; 2], more, same), Status::LGT_OK);
        assert_eq!(counts[0], u64::MAX);
        let mut room = [0u64; 164];
        let to = room.as_mut_ptr().cast();
        let ks = [1u32; 9];
        let good = ks.as_ptr();
        assert_eq!(lgt_matching_init(to, 1312, good, 9, 0), Status::LGT_E_VALUE);
        assert_eq!(lgt_matching_init(to, 1312, good, 8, 3), Status::LGT_E_VALUE);
        assert_eq!(lgt_matching_init(to, 1312, [1u32, 0].as_ptr(), 2, 0), Status::LGT_E_VALUE);
        assert_eq!(lgt_matching_init(to, 1312, null(), 1, 0), Status::LGT_E_NULL);
        assert_eq!(lgt_matching_init(to, 1304, good, 1, 0), Status::LGT_E_SIZE);
        assert_eq!(lgt_matching_init(to, 1312, null(), 0, 2), Status::LGT_OK);
    }
    let (status, got, recall) = matched(&state, 1);
    assert_eq!((status, got.rows, got.nan_rows), (Status::LGT_UNDEFINED, 2, 1));
    assert!(got.mean_rank.is_nan() && recall[0].is_nan());
}
