//! What is made of tables of two rows and two columns.

use crate::support::batch::LABEL_TYPES;
use crate::support::bounds;
use crate::support::pairs::Column;
use crate::support::rng::Rng;
use logitude::capi::{likelihood_ratios::*, mcnemar::*, types::*};
use logitude::metrics::likelihood_ratios::LikelihoodRatios;
use logitude::metrics::mcnemar::McNemar;
use logitude::status::Status;

const NO_RATIOS: LikelihoodRatios = LikelihoodRatios { positive: -7.0, negative: -7.0 };
const NO_TEST: McNemar = McNemar {
    b: 7,
    c: 7,
    exact_p: -7.0,
    chi2: -7.0,
    chi2_p: -7.0,
    corrected_chi2: -7.0,
    corrected_p: -7.0,
};

fn ratios(tn: f64, fp: f64, fn_: f64, tp: f64) -> (Status, LikelihoodRatios) {
    let mut report = NO_RATIOS;
    // SAFETY: there is one report.
    (unsafe { lgt_likelihood_ratios(tn, fp, fn_, tp, &raw mut report) }, report)
}

fn test(b: u64, c: u64) -> (Status, McNemar) {
    let mut report = NO_TEST;
    // SAFETY: there is one report.
    (unsafe { lgt_mcnemar(b, c, &raw mut report) }, report)
}

/// Undefined as in scikit-learn's `class_likelihood_ratios`.
pub fn likelihood() {
    let nan = f64::NAN;
    for (table, positive, negative) in [
        ([90.0, 10.0, 20.0, 80.0], 8.0, 2.0 / 9.0),
        ([5.0, 0.0, 1.0, 3.0], nan, 0.25),
        ([0.0, 4.0, 1.0, 3.0], 0.75, nan),
        ([3.0, 2.0, 0.0, 0.0], nan, nan),
        ([0.0, 0.0, 1.0, 2.0], nan, nan),
        ([0.0, 0.0, 0.0, 0.0], nan, nan),
        ([0.5, 0.25, 0.0, 1e-3], 3.0, 0.0),
    ] {
        let [tn, fp, fn_, tp] = table;
        let (status, got) = ratios(tn, fp, fn_, tp);
        let close = |x: f64, y: f64| x.is_nan() && y.is_nan() || (x - y).abs() <= 1e-15 * y.abs();
        assert!(
            close(got.positive, positive) && close(got.negative, negative),
            "{table:?} {got:?}"
        );
        let undefined = positive.is_nan() || negative.is_nan();
        assert_eq!(status == Status::LGT_UNDEFINED, undefined);
    }
    for bad in [-1.0, nan, f64::INFINITY, -1e-300] {
        for place in 0..4 {
            let mut table = [1.0; 4];
            table[place] = bad;
            let (status, got) = ratios(table[0], table[1], table[2], table[3]);
            assert_eq!((status, got.positive, got.negative), (Status::LGT_E_VALUE, -7.0, -7.0));
        }
    }
    // SAFETY: a null pointer is refused.
    let status = unsafe { lgt_likelihood_ratios(1.0, 1.0, 1.0, 1.0, core::ptr::null_mut()) };
    assert_eq!(status, Status::LGT_E_NULL);
}

/// Twice the tail of coin tosses, term by term.
fn exact_p(b: u64, c: u64) -> f64 {
    let n = b + c;
    let ln_choose = |k: u64| (1..=k).map(|i| ((n - k + i) as f64 / i as f64).ln()).sum::<f64>();
    let tail: f64 = (0..=b.min(c)).map(|k| (ln_choose(k) - n as f64 * 2f64.ln()).exp()).sum();
    (2.0 * tail).min(1.0)
}

pub fn mcnemar() {
    for b in [0, 1, 2, 3, 7, 20, 59, 100, 121, 400] {
        for c in [1, 2, 5, 20, 59, 121, 300] {
            let (status, got) = test(b, c);
            assert_eq!((status, got.b, got.c), (Status::LGT_OK, b, c));
            let want = exact_p(b, c);
            assert!((got.exact_p / want - 1.0).abs() < bounds::MCNEMAR, "{b} {c} {got:?} {want}");
            let (n, apart) = ((b + c) as f64, b.abs_diff(c) as f64);
            assert!((got.chi2 - apart * apart / n).abs() <= 1e-14 * got.chi2);
            let less = (apart - 1.0).max(0.0);
            assert!((got.corrected_chi2 - less * less / n).abs() <= 1e-14 * got.corrected_chi2);
        }
    }
    // A. Agresti, "Categorical Data Analysis" (1990): 86 and 150; p by scipy.
    let (_, got) = test(86, 150);
    for (got, want) in [
        (got.chi2, 17.35593220338983),
        (got.chi2_p, 3.099293441045215e-05),
        (got.corrected_chi2, 16.81779661016949),
        (got.corrected_p, 4.114562281345944e-05),
    ] {
        assert!((got / want - 1.0).abs() < bounds::MCNEMAR, "{got} {want}");
    }
    let (status, got) = test(5, 5);
    assert_eq!((status, got.exact_p, got.chi2_p), (Status::LGT_OK, 1.0, 1.0));
    assert_eq!((got.corrected_chi2, got.corrected_p), (0.0, 1.0));
    let (status, got) = test(0, 0);
    assert!(status == Status::LGT_UNDEFINED && got.exact_p.is_nan() && got.corrected_p.is_nan());
    // Counts that no data has.
    let (status, got) = test(u64::MAX, 1);
    assert!(status == Status::LGT_OK && got.exact_p == 0.0 && got.chi2_p == 0.0);
}

pub fn mcnemar_of_labels() {
    let mut rng = Rng::new(91);
    for (rows, kinds) in [(1, [0, 1, 2]), (17, [3, 4, 5]), (1000, [6, 7, 0])] {
        let mut column = || (0..rows).map(|_| rng.below(3) as i64).collect::<Vec<_>>();
        let (first, second, labels) = (column(), column(), column());
        let right = |x: &[i64], r: usize| x[r] == labels[r];
        let count = |x: &[i64], y: &[i64]| {
            (0..rows).filter(|r| right(x, *r) && !right(y, *r)).count() as u64
        };
        let kinds = kinds.map(|kind: usize| LABEL_TYPES[kind].0);
        let call = |first: &[i64], second: &[i64], labels: &[i64], kinds: [u32; 3]| {
            let [a, b, y] = [(first, kinds[0]), (second, kinds[1]), (labels, kinds[2])]
                .map(|(values, kind)| Column::new(values, kind));
            let mut report = NO_TEST;
            let [a, b, y] = [&a, &b, &y].map(|column| column.bytes.as_ptr().cast());
            let to = &raw mut report;
            // SAFETY: each column has as many values as there are rows.
            let status =
                unsafe { lgt_mcnemar_labels(a, kinds[0], b, kinds[1], y, kinds[2], to, rows) };
            (status, report)
        };
        let (status, got) = call(&first, &second, &labels, kinds);
        assert_eq!((got.b, got.c), (count(&first, &second), count(&second, &first)));
        assert_eq!(status == Status::LGT_UNDEFINED, got.b + got.c == 0);
        let mut bad = labels.clone();
        bad[rows - 1] = -1;
        let signed = [LGT_I32; 3];
        for (a, b, y) in
            [(&bad, &second, &labels), (&first, &bad, &labels), (&first, &second, &bad)]
        {
            let (status, got) = call(a, b, y, signed);
            assert_eq!((status, got.b, got.exact_p), (Status::LGT_E_LABEL, 7, -7.0));
        }
        let (status, got) = call(&first, &second, &labels, [LGT_I32, 9, LGT_I32]);
        assert_eq!((status, got.b), (Status::LGT_E_LABEL, 7));
    }
}
