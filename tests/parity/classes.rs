//! Class counts and confusion matrices against their definitions.

use crate::level;
use crate::reference::classes::{self as exact, Average, Pair};
use crate::support::bounds;
use crate::support::family::State;
use crate::support::noted;
use crate::support::pairs::{Column, PairState, What};
use crate::support::rng::Rng;
use logitude::capi::{class_counts::*, confusion::*, types::*};
use logitude::metrics::class_counts::{ClassCountsClass, ClassCountsReport};
use logitude::metrics::confusion::Agreement;
use logitude::status::Status;
use std::mem::MaybeUninit;

fn close(got: f64, exact: f64, what: &str) {
    within(bounds::CLASS_SCORE, got, exact, what);
}

fn within(bound: f64, got: f64, exact: f64, what: &str) {
    let same = noted::close(got, exact, bound, exact.abs().max(1.0));
    assert!(same, "{what}: {got}, {exact}");
}

/// Rows of which some classes are missing, and some rows are right.
fn pairs(rng: &mut Rng, rows: usize, classes: usize, weighted: bool) -> Vec<Pair> {
    let (labels, predictions) = (1 + rng.below(classes), 1 + rng.below(classes));
    let right = rng.unit();
    let one = |rng: &mut Rng| {
        let label = rng.below(labels);
        let predicted = if rng.unit() < right { label } else { rng.below(predictions) };
        let weight = if weighted { rng.below(5) as f64 * 0.3 } else { 1.0 };
        Pair { label, predicted, weight }
    };
    (0..rows).map(|_| one(rng)).collect()
}

fn report(state: &State, what: What, opts: &lgt_class_counts_finish_opts) -> ClassCountsReport {
    let mut report = MaybeUninit::uninit();
    let finish = match what {
        What::Counts => lgt_class_counts_finish,
        What::Matrix => lgt_confusion_finish,
    };
    // SAFETY: the state is whole, and there is no error to leave the report unwritten.
    let (status, report) =
        unsafe { (finish(state.as_ptr().cast(), report.as_mut_ptr(), opts), report.assume_init()) };
    assert_eq!(status == Status::LGT_UNDEFINED, report.has_nan());
    assert!(status as i32 >= 0);
    report
}

fn averages(state: &State, what: What, rows: &[Pair], classes: usize) {
    for (how, average) in [
        (Average::Micro, LGT_AVERAGE_MICRO),
        (Average::Macro, LGT_AVERAGE_MACRO),
        (Average::Weighted, LGT_AVERAGE_WEIGHTED),
    ] {
        let zeros = [LGT_ZERO_DIVISION_ZERO, LGT_ZERO_DIVISION_ONE, LGT_ZERO_DIVISION_NAN];
        for (zero_division, value) in zeros.into_iter().zip([0.0, 1.0, f64::NAN]) {
            for (present, beta) in [(false, 1.0), (true, 0.5), (false, 0.0), (true, f64::INFINITY)]
            {
                let opts = lgt_class_counts_finish_opts {
                    struct_size: size_of::<lgt_class_counts_finish_opts>() as u32,
                    average,
                    beta,
                    zero_division,
                    classes: if present { LGT_CLASSES_PRESENT } else { LGT_CLASSES_ALL },
                };
                let got = report(state, what, &opts);
                let (want, missing) = exact::average(rows, classes, how, value, present, beta);
                let scores =
                    [got.precision, got.recall, got.f, got.jaccard, got.specificity, got.npv];
                for (i, (got, want)) in scores.into_iter().zip(want).enumerate() {
                    close(got, want, &format!("{how:?} {i}, {present} {beta} {value}, {rows:?}"));
                }
                let undefined = [
                    got.undefined_precision,
                    got.undefined_recall,
                    got.undefined_f,
                    got.undefined_jaccard,
                    got.undefined_specificity,
                    got.undefined_npv,
                ];
                assert_eq!(undefined, missing, "{rows:?}");
                each_class(state, what, rows, &opts, value);
            }
        }
    }
}

fn each_class(
    state: &State,
    what: What,
    rows: &[Pair],
    opts: &lgt_class_counts_finish_opts,
    undefined: f64,
) {
    let get = match what {
        What::Counts => lgt_class_counts_get_classes,
        What::Matrix => lgt_confusion_get_classes,
    };
    let want = exact::one_against_all(rows, 7);
    let mut got: Vec<MaybeUninit<ClassCountsClass>> =
        (0..7).map(|_| MaybeUninit::uninit()).collect();
    // SAFETY: the state is whole, of seven classes at most.
    let status = unsafe { get(state.as_ptr().cast(), got.as_mut_ptr().cast(), 7, opts) };
    assert_eq!(status, Status::LGT_OK);
    // Word 1 of a head holds the number of classes above the size.
    let classes = (state[1] >> 32) as usize;
    for (got, [tp, fp, fn_, tn]) in got.iter().zip(want).take(classes) {
        // SAFETY: it was written.
        let got = unsafe { got.assume_init() };
        close(got.labelled, tp + fn_, "labelled");
        close(got.predicted, tp + fp, "predicted");
        close(got.tp, tp, "tp");
        let want = exact::scores(tp, fp, fn_, tn, opts.beta);
        let got = [got.precision, got.recall, got.f, got.jaccard, got.specificity, got.npv];
        for (got, want) in got.into_iter().zip(want) {
            close(got, if want.is_nan() { undefined } else { want }, "a class");
        }
    }
}

fn overall(state: &State, what: What, rows: &[Pair], classes: usize, weighted: bool) {
    // SAFETY: nothing is read of a null pointer.
    let opts = unsafe {
        let mut opts = MaybeUninit::uninit();
        lgt_class_counts_finish_opts_default(opts.as_mut_ptr());
        opts.assume_init()
    };
    let got = report(state, what, &opts);
    let counted = rows.iter().filter(|p| p.weight > 0.0);
    assert_eq!(got.rows, counted.count() as u64);
    close(got.weight, rows.iter().map(|p| p.weight).sum(), "weight");
    let [accuracy, balanced, adjusted, mcc] = exact::overall(rows, classes);
    close(got.accuracy, accuracy, "accuracy");
    close(got.hamming_loss, 1.0 - accuracy, "hamming loss");
    close(got.balanced_accuracy, balanced, "balanced accuracy");
    close(got.balanced_accuracy_adjusted, adjusted, "adjusted balanced accuracy");
    close(got.mcc, mcc, "Matthews' correlation");
    close(got.kappa, exact::kappa(rows, classes, |d| f64::from(d > 0.0)), "kappa");
    if what == What::Matrix {
        agreement(state, rows, classes, weighted);
    }
}

fn agreement(state: &State, rows: &[Pair], classes: usize, weighted: bool) {
    for mean in [LGT_MEAN_ARITHMETIC, LGT_MEAN_GEOMETRIC, LGT_MEAN_MIN, LGT_MEAN_MAX] {
        let opts = lgt_confusion_agreement_opts {
            struct_size: size_of::<lgt_confusion_agreement_opts>() as u32,
            flags: LGT_AGREEMENT_ADJUSTED,
            beta: 0.7,
            mean,
            reserved: 0,
        };
        let mut got = MaybeUninit::<Agreement>::uninit();
        // SAFETY: the state is whole, and there is no error.
        let got = unsafe {
            let at = state.as_ptr().cast();
            assert!(lgt_confusion_get_agreement(at, got.as_mut_ptr(), &raw const opts) as i32 >= 0);
            got.assume_init()
        };
        within(
            bounds::AGREEMENT,
            got.kappa,
            exact::kappa(rows, classes, |d| f64::from(d > 0.0)),
            "kappa",
        );
        within(
            bounds::AGREEMENT,
            got.kappa_linear,
            exact::kappa(rows, classes, |d| d),
            "linear kappa",
        );
        within(
            bounds::AGREEMENT,
            got.kappa_quadratic,
            exact::kappa(rows, classes, |d| d * d),
            "quadratic kappa",
        );
        let [h, k, shared] = exact::information(rows, classes);
        within(bounds::AGREEMENT, got.entropy_labels, h, "entropy");
        within(bounds::AGREEMENT, got.entropy_predicted, k, "entropy");
        within(bounds::AGREEMENT, got.mutual_info, shared, "mutual information");
        let scale = match mean {
            LGT_MEAN_ARITHMETIC => (h + k) / 2.0,
            LGT_MEAN_GEOMETRIC => (h * k).sqrt(),
            LGT_MEAN_MIN => h.min(k),
            _ => h.max(k),
        };
        if h.min(k) > 1e-9 {
            within(bounds::AGREEMENT, got.normalized_mutual_info, shared / scale, "normalised");
            let (homogeneity, completeness) = (shared / h, shared / k);
            within(bounds::AGREEMENT, got.homogeneity, homogeneity, "homogeneity");
            within(bounds::AGREEMENT, got.completeness, completeness, "completeness");
            let both = 0.7 * homogeneity + completeness;
            let v = 1.7 * homogeneity * completeness / both;
            within(
                bounds::AGREEMENT,
                got.v_measure,
                if both > 1e-9 { v } else { got.v_measure },
                "V-measure",
            );
        }
        if weighted || rows.len() < 2 {
            continue;
        }
        let [rand, adjusted, fowlkes] = exact::of_pairs(rows);
        within(bounds::AGREEMENT, got.rand, rand, "Rand");
        within(bounds::AGREEMENT, got.adjusted_rand, adjusted, "adjusted Rand");
        within(bounds::AGREEMENT, got.fowlkes_mallows, fowlkes, "Fowlkes and Mallows");
        if rows.len() <= 60 && h.min(k) > 1e-9 {
            let expected = exact::expected_information(rows, classes);
            within(bounds::AGREEMENT, got.expected_mutual_info, expected, "expected information");
            if scale - expected > 1e-3 {
                let want = (shared - expected) / (scale - expected);
                assert!((got.adjusted_mutual_info - want).abs() < 1e-10, "adjusted information");
            }
        }
    }
}

pub fn against_definitions() {
    let mut rng = Rng::new(81);
    for round in 0..120 {
        let classes = 1 + rng.below(7);
        let rows = [0, 1, 2, 15, 16, 17, 60, 600][round % 8];
        let weighted = round % 3 == 0;
        let data = pairs(&mut rng, rows, classes, weighted);
        for what in [What::Counts, What::Matrix] {
            let state = PairState { what, classes: classes as u32, weighted, ignore: None };
            let mut seen = state.start();
            state.see(&mut seen, &data);
            if rows > 0 {
                averages(&seen, what, &data, classes);
            }
            if data.iter().any(|p| p.weight > 0.0) {
                overall(&seen, what, &data, classes, weighted);
            }
        }
    }
}

/// Every two types of labels, at every level, around the ends of blocks.
pub fn label_types() {
    let mut rng = Rng::new(82);
    for rows in [0, 1, 15, 16, 17, 255, 256, 257, 1000] {
        let data = pairs(&mut rng, rows, 100, false);
        let matrix = exact::matrix(&data, 100);
        let column = |of: fn(&Pair) -> usize, kind| {
            Column::new(&data.iter().map(|p| of(p) as i64).collect::<Vec<_>>(), kind)
        };
        let state = PairState { what: What::Matrix, classes: 100, weighted: false, ignore: None };
        level::each(|level| {
            for first in LGT_I8..=LGT_U64 {
                for second in [LGT_I8, LGT_U16, LGT_I64, first] {
                    let (p, y) = (column(|p| p.predicted, first), column(|p| p.label, second));
                    let mut seen = state.start();
                    assert_eq!(state.update(&mut seen, &p, &y, None, rows), Status::LGT_OK);
                    let mut got = vec![[7u64; 101]; 100];
                    let at = got.as_mut_ptr().cast();
                    // SAFETY: there is room for rows 101 apart.
                    let status = unsafe { lgt_confusion_get_counts(seen.as_ptr().cast(), at, 101) };
                    assert_eq!(status, Status::LGT_OK);
                    for (got, want) in got.iter().zip(&matrix) {
                        assert_eq!(got[100], 7, "between rows");
                        let same = got.iter().zip(want).all(|(got, want)| *got as f64 == *want);
                        assert!(same, "{level} {first} {second}");
                    }
                }
            }
        });
    }
}

/// Shares of rows, columns and all.
pub fn normalized() {
    let mut rng = Rng::new(83);
    for (classes, weighted) in [(1, false), (5, true), (33, false), (70, true)] {
        let data = pairs(&mut rng, 300, classes, weighted);
        let counts = exact::matrix(&data, classes);
        let state =
            PairState { what: What::Matrix, classes: classes as u32, weighted, ignore: None };
        let mut seen = state.start();
        state.see(&mut seen, &data);
        let column = |j: usize| counts.iter().map(|row| row[j]).sum::<f64>();
        let total: f64 = (0..classes).map(column).sum();
        for how in [LGT_NORMALIZE_NONE, LGT_NORMALIZE_TRUE, LGT_NORMALIZE_PRED, LGT_NORMALIZE_ALL] {
            let mut got = vec![0.5; classes * classes];
            let to = got.as_mut_ptr();
            // SAFETY: there is room for the matrix.
            let status =
                unsafe { lgt_confusion_get_matrix(seen.as_ptr().cast(), to, classes, how) };
            assert_eq!(status, Status::LGT_OK);
            for (i, row) in counts.iter().enumerate() {
                for (j, cell) in row.iter().enumerate() {
                    let by = match how {
                        LGT_NORMALIZE_NONE => 1.0,
                        LGT_NORMALIZE_TRUE => row.iter().sum(),
                        LGT_NORMALIZE_PRED => column(j),
                        _ => total,
                    };
                    let want = if by > 0.0 { cell / by } else { 0.0 };
                    close(got[i * classes + j], want, "a share");
                }
            }
        }
    }
}
