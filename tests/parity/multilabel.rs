//! Multi-label states against their definitions, and their laws.

use crate::reference::classes::scores;
use crate::support::bounds;
use crate::support::family::State;
use crate::support::noted;
use crate::support::pairs::Column;
use crate::support::rng::Rng;
use logitude::capi::{class_counts::*, multilabel::*, state::*, types::*};
use logitude::metrics::multilabel::{MultilabelLabel, MultilabelReport};
use logitude::status::Status;
use std::mem::MaybeUninit;

/// A row: what is true, what was given, its weight.
#[derive(Clone, Debug)]
struct Row {
    truth: Vec<bool>,
    given: Vec<bool>,
    weight: f64,
}

fn start(labels: u32, weighted: bool, beta: f64) -> State {
    let opts = lgt_multilabel_opts {
        struct_size: size_of::<lgt_multilabel_opts>() as u32,
        flags: if weighted { LGT_MULTILABEL_WEIGHTED } else { 0 },
        beta,
    };
    let (mut bytes, opts) = (0, &raw const opts);
    // SAFETY: the state is as long as is asked for.
    unsafe {
        assert_eq!(lgt_multilabel_size(labels, opts, &raw mut bytes), Status::LGT_OK);
        let mut state = vec![u64::MAX; bytes / 8];
        let at = state.as_mut_ptr().cast();
        assert_eq!(lgt_multilabel_init(at, bytes, labels, opts), Status::LGT_OK);
        state
    }
}

fn rows(rng: &mut Rng, n: usize, labels: usize, weighted: bool) -> Vec<Row> {
    let share = rng.unit();
    let one = |rng: &mut Rng| {
        let mut flags = || (0..labels).map(|_| rng.unit() < share).collect::<Vec<_>>();
        let (truth, other) = (flags(), flags());
        let given = if rng.below(3) == 0 { truth.clone() } else { other };
        let weight = if weighted { rng.below(4) as f64 * 0.7 } else { 1.0 };
        Row { truth, given, weight }
    };
    (0..n).map(|_| one(rng)).collect()
}

/// Integers of some type, `pad` sevens between rows.
fn column(rows: &[Row], of: fn(&Row) -> &Vec<bool>, pad: usize, kind: u32) -> Column {
    let row = |r: &Row| {
        let flags = of(r).iter().map(|flag| i64::from(*flag));
        flags.chain(std::iter::repeat_n(7, pad)).collect::<Vec<_>>()
    };
    Column::new(&rows.iter().flat_map(row).collect::<Vec<_>>(), kind)
}

/// By integers, or by scores around a threshold.
fn see(state: &mut State, rows: &[Row], labels: usize, weighted: bool, rng: &mut Rng) {
    let (pad, kind) = (rng.below(3), 1 + rng.below(8) as u32);
    let truth = column(rows, |r| &r.truth, pad, kind);
    let at = state.as_mut_ptr().cast();
    let (y, stride) = (truth.bytes.as_ptr().cast(), labels + pad);
    let weights: Vec<f64> = rows.iter().map(|r| r.weight).collect();
    let weights = if weighted { weights.as_ptr() } else { core::ptr::null() };
    let n = rows.len();
    let status = if rng.below(2) == 0 {
        let given = column(rows, |r| &r.given, 1, LGT_U8);
        let x = given.bytes.as_ptr().cast();
        // SAFETY: the arrays hold all rows.
        unsafe {
            lgt_multilabel_update(at, x, labels + 1, LGT_U8, y, stride, kind, weights, n, labels)
        }
    } else {
        // A score at the threshold is not above it.
        let score = |flag: &bool| if *flag { 0.3 + rng.unit() } else { 0.3 - rng.below(2) as f64 };
        let x: Vec<f64> = rows.iter().flat_map(|r| &r.given).map(score).collect();
        let x = x.as_ptr();
        // SAFETY: the arrays hold all rows.
        unsafe {
            lgt_multilabel_update_f64(at, x, labels, y, stride, kind, weights, n, labels, 0.3)
        }
    };
    assert_eq!(status, Status::LGT_OK);
}

fn finish(state: &State, average: u32, zero_division: u32) -> (Status, MultilabelReport) {
    let opts = lgt_multilabel_finish_opts {
        struct_size: size_of::<lgt_multilabel_finish_opts>() as u32,
        average,
        zero_division,
    };
    let mut report = MaybeUninit::uninit();
    // SAFETY: the state is whole and the options are good.
    unsafe {
        let to = report.as_mut_ptr();
        let status = lgt_multilabel_finish(state.as_ptr().cast(), to, &raw const opts);
        assert!(status as i32 >= 0);
        (status, report.assume_init())
    }
}

/// True and false positives, false and true negatives.
fn table<'a>(pairs: impl Iterator<Item = (bool, bool, f64)> + 'a) -> [f64; 4] {
    pairs.fold([0.0; 4], |mut sums, (truth, given, weight)| {
        let place = match (truth, given) {
            (true, true) => 0,
            (false, true) => 1,
            (true, false) => 2,
            (false, false) => 3,
        };
        sums[place] += weight;
        sums
    })
}

fn averages(tables: &[[f64; 4]], weights: &[f64], undefined: f64, beta: f64) -> [(f64, u64); 6] {
    let mut result = [(0.0, 0); 6];
    for (i, (value, missing)) in result.iter_mut().enumerate() {
        let mut sums = [0.0; 4];
        for (t, weight) in tables.iter().zip(weights) {
            let mut score = scores(t[0], t[1], t[2], t[3], beta)[i];
            if score.is_nan() {
                *missing += 1;
                score = undefined;
            }
            if !score.is_nan() {
                let terms = [score * weight, *weight, score, 1.0];
                sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
            }
        }
        *value = if sums[1] > 0.0 { sums[0] / sums[1] } else { sums[2] / sums[3] };
    }
    result
}

fn close(got: f64, want: f64, what: &str) {
    assert!(noted::close(got, want, bounds::CLASS_SCORE, 1.0), "{what}: {got}, {want}");
}

fn check(state: &State, rows: &[Row], labels: usize, beta: f64) {
    let counted: Vec<&Row> = rows.iter().filter(|r| r.weight > 0.0).collect();
    let total: f64 = counted.iter().map(|r| r.weight).sum();
    let label = |l: usize| table(counted.iter().map(move |r| (r.truth[l], r.given[l], r.weight)));
    let by_label: Vec<[f64; 4]> = (0..labels).map(label).collect();
    let row =
        |r: &&Row| table(r.truth.iter().zip(&r.given).map(|(truth, given)| (*truth, *given, 1.0)));
    let by_row: Vec<[f64; 4]> = counted.iter().map(row).collect();
    let mut sums = [0.0; 4];
    by_label.iter().for_each(|t| sums.iter_mut().zip(t).for_each(|(sum, x)| *sum += x));
    let exact = counted.iter().filter(|r| r.truth == r.given).map(|r| r.weight).sum::<f64>();
    let zeros = [LGT_ZERO_DIVISION_ZERO, LGT_ZERO_DIVISION_ONE, LGT_ZERO_DIVISION_NAN];
    for (zero_division, undefined) in zeros.into_iter().zip([0.0, 1.0, f64::NAN]) {
        let supports: Vec<f64> = by_label.iter().map(|t| t[0] + t[2]).collect();
        let weights: Vec<f64> = counted.iter().map(|r| r.weight).collect();
        let ones = vec![1.0; labels];
        let of_labels = |weights| averages(&by_label, weights, undefined, beta);
        let micro = scores(sums[0], sums[1], sums[2], sums[3], beta)
            .map(|score| (if score.is_nan() { undefined } else { score }, 0));
        for (average, want) in [
            (LGT_AVERAGE_MICRO, micro),
            (LGT_AVERAGE_MACRO, of_labels(&ones)),
            (LGT_AVERAGE_WEIGHTED, of_labels(&supports)),
            (LGT_AVERAGE_SAMPLES, averages(&by_row, &weights, undefined, beta)),
        ] {
            let (_, got) = finish(state, average, zero_division);
            let scores = [got.precision, got.recall, got.f, got.jaccard, got.specificity, got.npv];
            let samples = average == LGT_AVERAGE_SAMPLES;
            for (i, (got, want)) in scores.into_iter().zip(want).enumerate() {
                let want = if samples && i > 3 { f64::NAN } else { want.0 };
                close(got, want, &format!("{average} {i} {undefined} {rows:?}"));
            }
            if average != LGT_AVERAGE_MICRO {
                assert_eq!(got.undefined_precision, want[0].1);
                assert_eq!(got.undefined_recall, want[1].1);
                assert_eq!(got.undefined_f, want[2].1);
                assert_eq!(got.undefined_jaccard, want[3].1);
            }
            assert_eq!((got.rows, got.nan_rows), (counted.len() as u64, 0));
            close(got.exact_match, exact / total, "exact match");
            close(got.hamming_loss, (sums[1] + sums[2]) / total / labels as f64, "hamming");
        }
    }
    each_label(state, &by_label, beta);
}

fn each_label(state: &State, tables: &[[f64; 4]], beta: f64) {
    let mut got: Vec<MaybeUninit<MultilabelLabel>> =
        tables.iter().map(|_| MaybeUninit::uninit()).collect();
    let (at, to, n) = (state.as_ptr().cast(), got.as_mut_ptr().cast(), got.len());
    // SAFETY: there is a struct a label.
    unsafe {
        assert_eq!(lgt_multilabel_get_labels(at, to, n - 1, core::ptr::null()), Status::LGT_E_SIZE);
        assert_eq!(lgt_multilabel_get_labels(at, to, n, core::ptr::null()), Status::LGT_OK);
    }
    for (got, table) in got.iter().zip(tables) {
        // SAFETY: it was written.
        let got = unsafe { got.assume_init() };
        for (got, want) in [got.tp, got.fp, got.fn_, got.tn].into_iter().zip(*table) {
            assert!((got - want).abs() <= 1e-12 * want.max(1.0), "{got} {want}");
        }
        let want = scores(table[0], table[1], table[2], table[3], beta);
        let got = [got.precision, got.recall, got.f, got.jaccard, got.specificity, got.npv];
        for (got, want) in got.into_iter().zip(want) {
            close(got, if want.is_nan() { 0.0 } else { want }, "a label");
        }
    }
}

pub fn against_definitions() {
    let mut rng = Rng::new(95);
    for round in 0..60 {
        let labels = [1, 2, 5, 16, 255, 256, 300][round % 7];
        let n = [1, 2, 17, 40][round % 4];
        let (weighted, beta) = (round % 3 == 0, [1.0, 0.5, 0.0, f64::INFINITY][round / 15]);
        let data = rows(&mut rng, n, labels, weighted);
        if data.iter().all(|r| r.weight == 0.0) {
            continue;
        }
        let mut state = start(labels as u32, weighted, beta);
        see(&mut state, &data, labels, weighted, &mut rng);
        check(&state, &data, labels, beta);
        // Any order, any split.
        let mut shuffled = data.clone();
        rng.shuffle(&mut shuffled);
        let (first, second) = shuffled.split_at(rng.below(n + 1));
        let mut parts = [first, second].map(|part| {
            let mut state = start(labels as u32, weighted, beta);
            see(&mut state, part, labels, weighted, &mut rng);
            state
        });
        let (into, other) = parts.split_at_mut(1);
        // SAFETY: both are whole states.
        let status =
            unsafe { lgt_multilabel_merge(into[0].as_mut_ptr().cast(), other[0].as_ptr().cast()) };
        assert_eq!(status, Status::LGT_OK);
        assert!(into[0] == state);
    }
}

/// What is refused leaves the state; a NaN makes the result one.
pub fn corners() {
    let labels = 3;
    let mut state = start(3, false, 1.0);
    let (status, nothing) = finish(&state, LGT_AVERAGE_MACRO, LGT_ZERO_DIVISION_ZERO);
    assert!(status == Status::LGT_UNDEFINED && nothing.exact_match.is_nan());
    assert!(nothing.precision.is_nan() && nothing.hamming_loss.is_nan());
    let truth = Column::new(&[1, 0, 1, 0, 0, 1], LGT_I32);
    let bad = Column::new(&[1, 0, 1, 0, 2, 1], LGT_I32);
    let negative = Column::new(&[1, 0, -1, 0, 0, 1], LGT_I32);
    let wide = Column::new(&[1, 0, 1 << 32, 0, 0, 1], LGT_I64);
    let before = state.clone();
    let at = state.as_mut_ptr().cast();
    let weights = [1.0, 1.0];
    let add = |x: &Column, y: &Column, weights: *const f64, stride: usize, cols: usize| {
        let (p, q) = (x.bytes.as_ptr().cast(), y.bytes.as_ptr().cast());
        // SAFETY: what is read is there.
        unsafe { lgt_multilabel_update(at, p, stride, x.kind, q, stride, y.kind, weights, 2, cols) }
    };
    let none = core::ptr::null();
    for (status, want) in [
        (add(&truth, &bad, none, 3, labels), Status::LGT_E_LABEL),
        (add(&bad, &truth, none, 3, labels), Status::LGT_E_LABEL),
        (add(&negative, &truth, none, 3, labels), Status::LGT_E_LABEL),
        (add(&truth, &wide, none, 3, labels), Status::LGT_E_LABEL),
        (add(&truth, &truth, weights.as_ptr(), 3, labels), Status::LGT_E_OPTION),
        (add(&truth, &truth, none, 2, labels), Status::LGT_E_STRIDE),
        (add(&truth, &truth, none, usize::MAX / 4, labels), Status::LGT_E_SIZE),
        (add(&truth, &truth, none, 3, 2), Status::LGT_E_SHAPE),
    ] {
        assert_eq!(status, want);
    }
    let scores = [0.9f32, 0.1, f32::NAN, 0.6, 0.1, 0.2];
    let (x, y) = (scores.as_ptr(), truth.bytes.as_ptr().cast());
    // SAFETY: what is read is there.
    let add = |threshold: f64, x| unsafe {
        lgt_multilabel_update_f32(at, x, 3, y, 3, LGT_I32, core::ptr::null(), 2, 3, threshold)
    };
    assert_eq!(add(f64::NAN, x), Status::LGT_E_VALUE);
    assert_eq!(add(0.5, core::ptr::null()), Status::LGT_E_NULL);
    assert!(state == before);
    assert_eq!(add(0.5, x), Status::LGT_OK);
    let (status, got) = finish(&state, LGT_AVERAGE_SAMPLES, LGT_ZERO_DIVISION_ZERO);
    assert_eq!((status, got.rows, got.nan_rows), (Status::LGT_UNDEFINED, 2, 1));
    assert!(got.precision.is_nan() && got.exact_match.is_nan() && got.weight == 1.0);
    generic_and_hostile(state);
}

fn generic_and_hostile(state: State) {
    let size = state.len() * 8;
    let (mut kind, mut bad) = (0, state.clone());
    // SAFETY: the states are `size` bytes long.
    unsafe {
        assert_eq!(lgt_state_kind(state.as_ptr().cast(), size, &raw mut kind), Status::LGT_OK);
        assert_eq!(kind, LGT_STATE_MULTILABEL);
        let minus = [f64::NAN, -1.0, -0.0].map(f64::to_bits);
        for (word, values) in
            [(2, vec![2, u64::MAX, 1]), (3, minus.to_vec()), (1, vec![0, 1 << 32])]
        {
            for value in values {
                bad[word] = value;
                assert_eq!(lgt_state_check(bad.as_ptr().cast(), size), Status::LGT_E_STATE);
            }
            bad[word] = state[word];
        }
        bad[4..].fill(u64::MAX);
        let (_, _) = finish(&bad, LGT_AVERAGE_SAMPLES, LGT_ZERO_DIVISION_ONE);
        let at = bad.as_mut_ptr().cast();
        assert_eq!(lgt_state_merge(at, size, state.as_ptr().cast(), size), Status::LGT_OK);
        assert_eq!(lgt_state_reset(at, size), Status::LGT_OK);
    }
    assert!(bad == start(3, false, 1.0));
}
