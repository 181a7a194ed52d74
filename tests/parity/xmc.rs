//! Extreme classification against its definitions.

use crate::reference::rankings::{Row, ideal, ranked};
use crate::support::bounds;
use crate::support::family::State;
use crate::support::level;
use crate::support::noted;
use crate::support::pairs::Column;
use crate::support::ranking::*;
use crate::support::rng::Rng;
use logitude::capi::csr::{lgt_csr, lgt_csr_count};
use logitude::capi::inverse_propensity::lgt_inverse_propensity;
use logitude::capi::types::*;
use logitude::capi::xmc::*;
use logitude::ranking::xmc::XmcReport;
use logitude::status::Status;
use std::mem::MaybeUninit;
use std::ptr::null;

pub fn start(k: u32, flags: u32) -> State {
    let mut bytes = 0;
    // SAFETY: the state is as long as is asked for.
    unsafe {
        assert_eq!(lgt_xmc_size(k, flags, &raw mut bytes), Status::LGT_OK);
        let mut state = vec![u64::MAX; bytes / 8];
        assert_eq!(lgt_xmc_init(state.as_mut_ptr().cast(), bytes, k, flags), Status::LGT_OK);
        state
    }
}

fn finish(state: &State, k: u32, flags: u32) -> (Status, XmcReport) {
    let mut report = MaybeUninit::uninit();
    // SAFETY: the state is whole.
    unsafe {
        let status = lgt_xmc_finish(state.as_ptr().cast(), report.as_mut_ptr(), k, flags);
        assert!(status as i32 >= 0);
        (status, report.assume_init())
    }
}

fn close(got: f64, want: f64, what: &str) {
    let same = noted::close(got, want, 4.0 * bounds::XMC, want.abs().max(1e-300));
    assert!(same, "{what}: {got}, not {want}");
}

/// Rows: the labels that have a score, the scores, the labels that are there.
struct Case {
    given: Vec<Vec<usize>>,
    scores: Vec<Vec<f64>>,
    labels: Vec<Vec<usize>>,
    inverse: Vec<f64>,
    cols: usize,
}

impl Case {
    fn new<D: RankingFunctions>(rng: &mut Rng, rows: usize, cols: usize) -> Case {
        let mut sets = |share: [f64; 3]| {
            let set = |rng: &mut Rng| {
                let share = share[rng.below(3)];
                some(rng, cols, share)
            };
            (0..rows).map(|_| set(rng)).collect::<Vec<_>>()
        };
        let (given, labels) = (sets([0.1, 0.5, 1.0]), sets([0.0, 0.1, 0.6]));
        let scores = given.iter().map(|row| scores::<D>(rng, row.len())).collect();
        let inverse = (0..cols).map(|_| 1.0 + rng.unit() * [1.0, 1e6][rng.below(2)]).collect();
        Case { given, scores, labels, inverse, cols }
    }

    fn order(&self) -> Vec<Vec<usize>> {
        let pairs = self.given.iter().zip(&self.scores);
        let row = |(labels, scores): (&Vec<usize>, &Vec<f64>)| {
            let both: Vec<_> = labels.iter().copied().zip(scores.iter().copied()).collect();
            ranked(&both)
        };
        pairs.map(row).collect()
    }

    /// What was seen by lists of `width`, missing labels and repeated ones among them.
    fn see_top(&self, state: &mut State, rng: &mut Rng, width: usize, flags: u32) {
        let mut list = vec![];
        for row in self.order() {
            let fill = |r: usize| row.get(r).map_or(-1, |label| *label as i64);
            list.extend((0..width).map(fill));
            list.push(77);
        }
        let kind = if self.cols < 100 { LGT_I8 } else { LGT_I16 };
        let list = Column::new(&list, kind);
        let labels = Sparsely::new(rng, &self.labels);
        let inverse = if flags == 0 { null() } else { self.inverse.as_ptr() };
        let (at, rows) = (state.as_mut_ptr().cast(), self.labels.len());
        let x = list.bytes.as_ptr().cast();
        // SAFETY: the arrays are there.
        let status = unsafe {
            let y = &raw const labels.csr;
            lgt_xmc_update_top(at, x, width + 1, kind, width, y, inverse, rows, self.cols)
        };
        assert_eq!(status, Status::LGT_OK);
    }

    fn see<D: RankingFunctions>(
        &self,
        state: &mut State,
        rng: &mut Rng,
        rows: core::ops::Range<usize>,
        flags: u32,
    ) {
        let (n, given) = (rows.len(), Sparsely::new(rng, &self.given[rows.clone()]));
        let labels = Sparsely::new(rng, &self.labels[rows.clone()]);
        // Numbers before the first row are no scores of it.
        let mut x = stored::<D>(&self.scores[rows], 0);
        let before = given.csr.nnz - x.len();
        x.splice(0..0, vec![D::store(f64::NAN); before]);
        let inverse = if flags == 0 { null() } else { self.inverse.as_ptr() };
        let at = state.as_mut_ptr().cast();
        // SAFETY: the arrays are there.
        let status = unsafe {
            let (p, y) = (&raw const given.csr, &raw const labels.csr);
            (D::SPARSE)(at, p, x.as_ptr(), y, inverse, n, self.cols)
        };
        assert_eq!(status, Status::LGT_OK);
    }

    fn check(&self, state: &State, most: usize, flags: u32) {
        let order = self.order();
        let rows: Vec<Row> = (order.iter().zip(&self.labels))
            .map(|(given, labels)| Row { given, labels })
            .filter(|row| !row.labels.is_empty())
            .collect();
        let (n, all) = (rows.len() as f64, self.labels.len() as f64);
        for k in 1..=most {
            let mean = |f: &dyn Fn(&Row) -> f64| rows.iter().map(f).sum::<f64>() / n;
            let (status, got) = finish(state, k as u32, 0);
            assert_eq!(status == Status::LGT_UNDEFINED, rows.is_empty());
            assert_eq!((got.rows as f64, got.empty_rows as f64, got.nan_rows), (all, all - n, 0));
            let plain = [0, 1, 2].map(|i| mean(&|row| row.plain(k)[i]));
            close(got.precision, plain[0], "precision");
            close(got.recall, plain[1], "recall");
            close(got.ndcg, plain[2], "ndcg");
            let (_, with) = finish(state, k as u32, LGT_XMC_COUNT_EMPTY);
            close(with.precision, plain[0] * n / all, "precision of all rows");
            close(with.ndcg, plain[2] * n / all, "ndcg of all rows");
            if flags == 0 {
                assert!(got.psp.is_nan() && got.psndcg_mean.is_nan() && got.gain.is_nan());
                continue;
            }
            let gains = |i: usize| mean(&|row| row.gains(k, &self.inverse)[i]);
            close(got.gain, gains(0) * n, "gain");
            close(got.psp, gains(0) / gains(1), "psp");
            close(got.psndcg, gains(2) / gains(3), "psndcg");
            let share =
                |i: usize| mean(&|row| row.gains(k, &self.inverse)[i] / row.labels.len() as f64);
            close(got.psrecall, share(0) / share(1), "psrecall");
            let over = |i: usize| {
                mean(&|row| row.gains(k, &self.inverse)[i] / ideal(k.min(row.labels.len())))
            };
            close(got.psndcg_normalized, over(2) / over(3), "normalized psndcg");
            let quotient = |i: usize| {
                mean(&|row| {
                    let gains = row.gains(k, &self.inverse);
                    gains[i] / gains[i + 1]
                })
            };
            close(got.psp_mean, quotient(0), "mean psp");
            close(got.psndcg_mean, quotient(2), "mean psndcg");
        }
    }
}

pub fn as_defined<D: RankingFunctions>() {
    let mut rng = Rng::new(201);
    for round in 0..60 {
        let (rows, cols) = ([0, 1, 2, 15, 40][round % 5], [1, 2, 16, 17, 300][rng.below(5)]);
        let (most, flags) = ([1, 2, 5, 20, 400][rng.below(5)], round as u32 % 2);
        let case = Case::new::<D>(&mut rng, rows, cols);
        let mut state = start(most as u32, flags);
        case.see::<D>(&mut state, &mut rng, 0..rows, flags);
        case.check(&state, most.min(25), flags);
        let mut by_lists = start(most as u32, flags);
        case.see_top(&mut by_lists, &mut rng, most, flags);
        assert!(by_lists == state, "round {round}");
        // Any split, either way around.
        let middle = rng.below(rows + 1);
        let mut parts = [0..middle, middle..rows].map(|part| {
            let mut state = start(most as u32, flags);
            case.see::<D>(&mut state, &mut rng, part, flags);
            state
        });
        let (first, second) = parts.split_at_mut(1);
        // SAFETY: both are whole states.
        let status =
            unsafe { lgt_xmc_merge(second[0].as_mut_ptr().cast(), first[0].as_ptr().cast()) };
        assert!(status == Status::LGT_OK && second[0] == state);
    }
}

/// Rows of all scores, at every level; the longest heap.
pub fn dense<D: RankingFunctions>() {
    level::each(|_| {
        let mut rng = Rng::new(202);
        for (rows, cols, most) in [(7, 40, 5), (3, 3000, 1024), (4, 1, 3)] {
            let mut case = Case::new::<D>(&mut rng, rows, cols);
            case.given = vec![(0..cols).collect(); rows];
            case.scores = (0..rows).map(|_| scores::<D>(&mut rng, cols)).collect();
            let (mut sparse, mut state) = (start(most, 1), start(most, 1));
            case.see::<D>(&mut sparse, &mut rng, 0..rows, 1);
            let (x, y) = (stored::<D>(&case.scores, 2), Sparsely::new(&mut rng, &case.labels));
            let (at, inverse) = (state.as_mut_ptr().cast(), case.inverse.as_ptr());
            // SAFETY: the arrays are there.
            let status = unsafe {
                (D::DENSE)(at, x.as_ptr(), cols + 2, &raw const y.csr, inverse, rows, cols)
            };
            assert_eq!(status, Status::LGT_OK);
            assert!(sparse == state);
            case.check(&state, 30.min(most as usize), 1);
        }
    });
}

/// The worked example, and its three forms of PSnDCG.
pub fn example() {
    let inverse = [12.594069399804779, 6.46757902820725, 2.553563394225076, 1.3956769723972813];
    let (x, mut state) = ([0.9, 0.8, 0.1, 0.3, 0.2, 0.9, 0.4, 0.1], start(2, 1));
    let labels = Sparsely::new(&mut Rng::new(1), &[vec![0, 3], vec![2]]);
    let (at, y) = (state.as_mut_ptr().cast(), &raw const labels.csr);
    // SAFETY: the arrays are there.
    let status = unsafe { lgt_xmc_update_dense_f64(at, x.as_ptr(), 4, y, inverse.as_ptr(), 2, 4) };
    assert_eq!(status, Status::LGT_OK);
    let (_, got) = finish(&state, 2, 0);
    assert_eq!((got.precision, got.recall), (0.5, 0.75));
    close(got.ndcg, 0.622038473168458, "ndcg");
    close(got.psp, 0.9156349610747387, "psp");
    close(got.psndcg, 0.8862618627101497, "psndcg");
    assert!((got.psndcg_normalized - 0.8629).abs() < 5e-5, "{got:?}");
    assert!((got.psndcg_mean - 0.7828).abs() < 5e-5, "{got:?}");
    let (counts, mut weights) = ([1u64, 10, 100, 1000], [0.0; 4]);
    let of = |to: *mut f64, rows, a, b| {
        // SAFETY: there are four of each.
        unsafe { lgt_inverse_propensity(counts.as_ptr(), to, 4, rows, a, b) }
    };
    assert_eq!(of(weights.as_mut_ptr(), 294805, 0.6, 2.6), Status::LGT_OK);
    for (got, want) in weights.iter().zip(inverse) {
        assert!((got - want).abs() <= bounds::INVERSE_PROPENSITY * want, "{got} {want}");
    }
    for (rows, a, b) in [
        (2, 0.5, 0.4),
        (9, f64::NAN, 0.4),
        (9, -0.1, 0.4),
        (9, 17.0, 0.4),
        (9, 0.5, 0.0),
        (9, 0.5, f64::NAN),
        (9, 0.5, f64::INFINITY),
    ] {
        assert_eq!(of(weights.as_mut_ptr(), rows, a, b), Status::LGT_E_VALUE);
    }
    assert_eq!(of(counts.as_ptr().cast_mut().cast(), 9, 0.5, 0.4), Status::LGT_E_ALIAS);
    assert_eq!(of(core::ptr::null_mut(), 9, 0.5, 0.4), Status::LGT_E_NULL);
}

/// A label that is given twice is one hit; NaN; what is refused changes nothing.
pub fn corners() {
    let labels = Sparsely::new(&mut Rng::new(2), &[vec![1, 2]]);
    let y = &raw const labels.csr;
    let mut state = start(4, 0);
    let at = state.as_mut_ptr().cast();
    let list = [2i32, 2, -1, 1, 0];
    // SAFETY: the arrays are there, here and below.
    let status =
        unsafe { lgt_xmc_update_top(at, list.as_ptr().cast(), 5, LGT_I32, 5, y, null(), 1, 3) };
    assert_eq!(status, Status::LGT_OK);
    let shares = [1, 2, 3, 4].map(|k| finish(&state, k, 0).1);
    assert_eq!(shares.map(|got| got.hits), [1.0, 1.0, 1.0, 2.0]);
    assert_eq!(shares[3].recall, 1.0);
    let (before, x) = (state.clone(), [0.1, 0.2, 0.3, 0.4]);
    let ends = |list: &[i64]| Column::new(list, LGT_I64);
    let csr = |indptr: &Column, indices: &Column, nnz: usize| lgt_csr {
        indptr: indptr.bytes.as_ptr().cast(),
        indices: indices.bytes.as_ptr().cast(),
        nnz,
        indptr_type: indptr.kind,
        indices_type: indices.kind,
    };
    let mut counts = [7u64; 3];
    for (starts, columns, nnz, want) in [
        (ends(&[0, 2, 1]), ends(&[0, 1]), 2, Status::LGT_E_SHAPE),
        (ends(&[0, 1, 3]), ends(&[0, 1]), 2, Status::LGT_E_SHAPE),
        (ends(&[-1, 1, 2]), ends(&[0, 1]), 2, Status::LGT_E_SHAPE),
        (ends(&[0, 1, i64::MAX]), ends(&[0, 1]), 2, Status::LGT_E_SHAPE),
        (ends(&[0, 1, 2]), ends(&[0, 3]), 2, Status::LGT_E_LABEL),
        (ends(&[0, 1, 2]), ends(&[0, -1]), 2, Status::LGT_E_LABEL),
        (ends(&[0, 0, 2]), ends(&[1, 1]), 2, Status::LGT_E_LABEL),
        (ends(&[0, 0, 2]), ends(&[2, 0]), 2, Status::LGT_E_LABEL),
        (ends(&[0, 0, 2]), ends(&[0, 2]), usize::MAX, Status::LGT_E_SIZE),
    ] {
        let (bad, good) =
            (csr(&starts, &columns, nnz), Sparsely::new(&mut Rng::new(3), &[vec![0], vec![1]]));
        let (bad, good) = (&raw const bad, &raw const good.csr);
        let x = x.as_ptr();
        // SAFETY: as above.
        let got = unsafe {
            [
                lgt_xmc_update_f64(at, bad, x, good, null(), 2, 3),
                lgt_xmc_update_f64(at, good, x, bad, null(), 2, 3),
                lgt_csr_count(bad, counts.as_mut_ptr(), 2, 3),
            ]
        };
        assert_eq!(got, [want; 3]);
    }
    let good = Sparsely::new(&mut Rng::new(3), &[vec![0], vec![1]]);
    let (good, inverse) = (good.csr, [1.0, f64::NAN, 1.0]);
    let unknown = lgt_csr { indices_type: 9, ..good };
    let no_starts = lgt_csr { indptr: null(), ..good };
    let y = &raw const good;
    let long = [0i32, 3];
    // SAFETY: as above.
    unsafe {
        for (bad, want) in [
            (&raw const unknown, Status::LGT_E_LABEL),
            (&raw const no_starts, Status::LGT_E_NULL),
            (null(), Status::LGT_E_NULL),
        ] {
            assert_eq!(lgt_xmc_update_f64(at, bad, x.as_ptr(), y, null(), 2, 3), want);
            assert_eq!(lgt_xmc_update_f64(at, y, x.as_ptr(), bad, null(), 2, 3), want);
        }
        let of = inverse.as_ptr();
        assert_eq!(lgt_xmc_update_f64(at, y, x.as_ptr(), y, of, 2, 3), Status::LGT_E_OPTION);
        assert_eq!(lgt_xmc_update_f64(at, y, null(), y, null(), 2, 3), Status::LGT_E_NULL);
        let top = |width| {
            lgt_xmc_update_top(at, long.as_ptr().cast(), 1, LGT_I32, width, y, null(), 2, 3)
        };
        assert_eq!((top(1), top(2)), (Status::LGT_E_LABEL, Status::LGT_E_STRIDE));
        let dense = |stride| lgt_xmc_update_dense_f64(at, x.as_ptr(), stride, y, null(), 2, 3);
        assert_eq!(dense(2), Status::LGT_E_STRIDE);
        assert_eq!(dense(usize::MAX / 2), Status::LGT_E_SIZE);
        assert!(state == before && counts == [7; 3]);
        assert_eq!(lgt_csr_count(y, counts.as_mut_ptr(), 2, 3), Status::LGT_OK);
        assert_eq!(counts, [8, 8, 7]);
        // Only what is relevant has to weigh something.
        let mut state = start(1, 1);
        let (at, before) = (state.as_mut_ptr().cast(), state.clone());
        for bad in [f64::NAN, 0.0, -1.0, f64::INFINITY, 1e16] {
            let inverse = [1.0, bad, 1.0];
            let of = inverse.as_ptr();
            assert_eq!(lgt_xmc_update_f64(at, y, x.as_ptr(), y, of, 2, 3), Status::LGT_E_VALUE);
        }
        assert_eq!(lgt_xmc_update_f64(at, y, x.as_ptr(), y, null(), 2, 3), Status::LGT_E_NULL);
        assert!(state == before);
        let of = [1.0, 2.0, f64::NAN];
        assert_eq!(lgt_xmc_update_f64(at, y, x.as_ptr(), y, of.as_ptr(), 2, 3), Status::LGT_OK);
        assert_eq!(finish(&state, 1, 0).1.psp, 1.0);
        let nan = [f64::NAN; 8];
        assert_eq!(lgt_xmc_update_f64(at, y, nan.as_ptr(), y, of.as_ptr(), 2, 3), Status::LGT_OK);
        let (status, got) = finish(&state, 1, 0);
        assert_eq!((status, got.rows, got.nan_rows), (Status::LGT_UNDEFINED, 4, 2));
        assert!(got.precision.is_nan() && got.psp.is_nan() && got.hits.is_nan());
        let mut bytes = 0;
        for (k, flags) in [(0, 0), (1025, 0), (u32::MAX, 1), (1, 2)] {
            assert_eq!(lgt_xmc_size(k, flags, &raw mut bytes), Status::LGT_E_VALUE);
        }
        let mut report = MaybeUninit::uninit();
        let mut ask =
            |k, flags| lgt_xmc_finish(state.as_ptr().cast(), report.as_mut_ptr(), k, flags);
        assert_eq!((ask(0, 0), ask(2, 0)), (Status::LGT_E_VALUE, Status::LGT_E_VALUE));
        assert_eq!(ask(1, 2), Status::LGT_E_OPTION);
    }
}
