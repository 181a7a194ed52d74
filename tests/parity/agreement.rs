//! Coefficients of agreement against their definitions, and published values.

use crate::reference::agreement::{self as exact, Chance, Item};
use crate::support::bounds;
use crate::support::family::State;
use crate::support::noted;
use crate::support::raters::{Form, RaterState, items};
use crate::support::rng::Rng;
use logitude::agreement::agreement::{AgreementReport, FleissCategory, FleissReport};
use logitude::capi::{agreement::*, types::*};
use logitude::status::Status;
use std::mem::MaybeUninit;

/// A coefficient and its number.
const COEFFICIENTS: [(Chance, u32); 4] = [
    (Chance::Krippendorff, LGT_COEFFICIENT_KRIPPENDORFF),
    (Chance::Fleiss, LGT_COEFFICIENT_FLEISS),
    (Chance::Gwet, LGT_COEFFICIENT_GWET),
    (Chance::BrennanPrediger, LGT_COEFFICIENT_BRENNAN_PREDIGER),
];

fn defaults() -> lgt_agreement_finish_opts {
    let mut opts = MaybeUninit::uninit();
    // SAFETY: the function writes all of it.
    unsafe {
        lgt_agreement_finish_opts_default(opts.as_mut_ptr());
        opts.assume_init()
    }
}

fn finish(state: &State, opts: &lgt_agreement_finish_opts) -> AgreementReport {
    let mut report = MaybeUninit::uninit();
    // SAFETY: the state is whole, and no error leaves the report unwritten.
    let (status, report) = unsafe {
        (
            lgt_agreement_finish(state.as_ptr().cast(), report.as_mut_ptr(), opts),
            report.assume_init(),
        )
    };
    let expected = if report.value.is_nan() { Status::LGT_UNDEFINED } else { Status::LGT_OK };
    assert_eq!(status, expected);
    report
}

fn fleiss(state: &State) -> FleissReport {
    let mut report = MaybeUninit::uninit();
    // SAFETY: as above.
    let (status, report) = unsafe {
        (
            lgt_agreement_finish_fleiss(state.as_ptr().cast(), report.as_mut_ptr()),
            report.assume_init(),
        )
    };
    let report: FleissReport = report;
    let expected = if report.kappa.is_nan() { Status::LGT_UNDEFINED } else { Status::LGT_OK };
    assert_eq!(status, expected);
    report
}

fn categories<const N: usize>(state: &State) -> [FleissCategory; N] {
    let mut made = MaybeUninit::<[FleissCategory; N]>::uninit();
    // SAFETY: there is room for `N`.
    unsafe {
        let to = made.as_mut_ptr().cast();
        assert_eq!(lgt_agreement_get_categories(state.as_ptr().cast(), to, N), Status::LGT_OK);
        made.assume_init()
    }
}

fn near(got: f64, exact: f64, bound: f64, what: &str) {
    let same = noted::close(got, exact, bound, exact.abs().max(1.0));
    assert!(same, "{what}: {got}, {exact}");
}

/// Weights of agreement by the formulas in the literature, over values.
fn weight(scheme: u32, x: &[f64], k: usize, l: usize) -> f64 {
    let least = x.iter().copied().fold(f64::INFINITY, f64::min);
    let most = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (gap, range) = ((x[k] - x[l]).abs(), most - least);
    let choose_two = |n: usize| (n * (n - 1) / 2) as f64;
    let ratio = |a: f64, b: f64| ((a - b) / (a + b)).powi(2);
    if k == l {
        return 1.0;
    }
    match scheme {
        LGT_WEIGHTS_IDENTITY => 0.0,
        LGT_WEIGHTS_LINEAR => 1.0 - gap / range,
        LGT_WEIGHTS_QUADRATIC => 1.0 - (gap / range).powi(2),
        LGT_WEIGHTS_RADICAL => 1.0 - (gap / range).sqrt(),
        LGT_WEIGHTS_ORDINAL => 1.0 - choose_two(k.abs_diff(l) + 1) / choose_two(x.len()),
        _ => 1.0 - ratio(x[k], x[l]) / ratio(least, most),
    }
}

fn as_defined(rng: &mut Rng, data: &[Item], state: RaterState) {
    let n = state.categories as usize;
    let seen = state.seen(data);
    let x: Vec<f64> = (0..n).map(|k| 0.5 + k as f64 * (1.0 + rng.unit())).collect();
    let custom: Vec<f64> =
        (0..n * n).map(|i| if i % (n + 1) == 0 { 1.0 } else { rng.unit() }).collect();
    for (chance, coefficient) in COEFFICIENTS {
        for weights in 0..=LGT_WEIGHTS_CUSTOM {
            let ranks = weights == LGT_WEIGHTS_RANKS;
            if ranks && chance != Chance::Krippendorff {
                continue;
            }
            let opts = lgt_agreement_finish_opts {
                coefficient,
                weights,
                values: x.as_ptr(),
                custom: custom.as_ptr(),
                ..defaults()
            };
            let got = finish(&seen, &opts);
            let w = |k: usize, l: usize| match weights {
                LGT_WEIGHTS_CUSTOM => (custom[k * n + l] + custom[l * n + k]) / 2.0,
                _ => weight(weights, &x, k, l),
            };
            let what = format!("{chance:?}, weights {weights}, {state:?}, {} items", data.len());
            if chance == Chance::Krippendorff {
                let alpha = if ranks {
                    exact::alpha(data, exact::ranks(data, n))
                } else {
                    exact::alpha(data, |k, l| 1.0 - w(k, l))
                };
                near(got.value, alpha, bounds::COEFFICIENT, &what);
            }
            if ranks {
                assert!(got.std_error.is_nan());
                continue;
            }
            let (value, error) = exact::coefficient(data, n, chance, &w);
            // Nothing by chance, where the definition has quotients of what is left.
            if got.value.is_nan() {
                let room = 1.0 - got.expected;
                assert!(room.is_nan() || room <= 0.0 || got.paired_items == 0, "{what}: {got:?}");
                assert!(got.std_error.is_nan() && got.low.is_nan() && got.high.is_nan());
                continue;
            }
            near(got.value, value, bounds::COEFFICIENT, &what);
            near((got.observed - got.expected) / (1.0 - got.expected), value, 1e-11, &what);
            let many = if chance == Chance::Krippendorff { got.paired_items } else { got.items };
            if state.errors && many > 1 {
                let bound = bounds::COEFFICIENT_ERROR / (many as f64).sqrt();
                near(got.std_error, error, bound, &what);
            } else {
                assert!(got.std_error.is_nan());
            }
        }
    }
}

pub fn against_definitions() {
    let mut rng = Rng::new(181);
    for categories in [1u32, 2, 3, 6] {
        for raters in [1u32, 2, 3, 6] {
            for there in [1.0, 0.6] {
                for n in [0, 1, 2, 15, 60] {
                    let data = items(&mut rng, n, raters as usize, categories as usize, there);
                    let errors = n != 15;
                    let state = RaterState { categories, raters, errors, missing: -1 };
                    as_defined(&mut rng, &data, state);
                    tests_of_fleiss(&data, state);
                }
            }
        }
    }
}

/// The test, and each category as a case of two categories.
fn tests_of_fleiss(data: &[Item], state: RaterState) {
    let seen = state.seen(data);
    let (got, n) = (fleiss(&seen), state.categories as usize);
    let (value, _) = exact::coefficient(data, n, Chance::Fleiss, &|k, l| f64::from(k == l));
    if !got.kappa.is_nan() {
        near(got.kappa, value, bounds::COEFFICIENT, "kappa");
    }
    let counts: Vec<usize> =
        data.iter().map(|item| item.iter().flatten().count()).filter(|m| *m > 0).collect();
    let equal = counts.windows(2).all(|two| two[0] == two[1]) && !counts.is_empty();
    assert_eq!(got.raters, if equal { counts[0] as u64 } else { 0 });
    let mut each = vec![categories::<1>(&RaterState { categories: 1, ..state }.start())[0]; n];
    // SAFETY: there is room for `n`.
    let status =
        unsafe { lgt_agreement_get_categories(seen.as_ptr().cast(), each.as_mut_ptr(), n) };
    assert_eq!(status, Status::LGT_OK);
    for (k, category) in each.iter().enumerate() {
        let one = |item: &Item| item.iter().map(|r| r.map(|c| usize::from(c == k))).collect();
        let two: Vec<Item> = data.iter().map(one).collect();
        let (value, _) = exact::coefficient(&two, 2, Chance::Fleiss, &|a, b| f64::from(a == b));
        if category.kappa.is_nan() {
            assert!(
                category.ratings == 0 || category.share == 1.0 || counts.iter().all(|m| *m < 2)
            );
            assert!(category.z.is_nan() && category.p_value.is_nan());
            continue;
        }
        near(category.kappa, value, bounds::COEFFICIENT, "category");
        if equal {
            near(category.std_error, exact::fleiss_errors(data, n).1, 1e-14, "its error");
        } else {
            assert!(category.std_error.is_nan());
        }
    }
    if equal && !got.kappa.is_nan() {
        near(got.std_error, exact::fleiss_errors(data, n).0, 1e-11, "error");
        near(got.z, got.kappa / got.std_error, 1e-14, "z");
    } else {
        assert!(got.z.is_nan() && got.p_value.is_nan());
    }
}

/// A table of digits, one a category and raters; what is no digit is no rating.
fn table(rows: &[&str]) -> Vec<Item> {
    let rating = |c: char| c.to_digit(10).map(|k| k as usize - 1);
    rows.iter().map(|row| row.chars().map(rating).collect()).collect()
}

pub fn published() {
    // K. Krippendorff (2011), section on missing data; K. L. Gwet's handbook has the same
    // ratings. Standard errors are those that irrCAC prints.
    let data = table(&[
        "11.1", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", ".555", "..11",
        "..3.",
    ]);
    let state = RaterState { categories: 5, raters: 4, errors: true, missing: -1 };
    let seen = state.seen(&data);
    let values = [1.0, 2.0, 3.0, 4.0, 5.0];
    for (weights, alpha) in [
        (LGT_WEIGHTS_IDENTITY, 0.743),
        (LGT_WEIGHTS_RANKS, 0.815),
        (LGT_WEIGHTS_QUADRATIC, 0.849),
        (LGT_WEIGHTS_RATIO, 0.797),
    ] {
        let opts = lgt_agreement_finish_opts { weights, values: values.as_ptr(), ..defaults() };
        let got = finish(&seen, &opts);
        near(got.value, alpha, 5.1e-4, "alpha");
        assert_eq!((got.items, got.paired_items, got.ratings), (12, 11, 41));
    }
    for (coefficient, value, error, low, p) in [
        (LGT_COEFFICIENT_KRIPPENDORFF, 0.743421052632, 0.145573886985, 0.419062219209, 4.594257e-4),
        (LGT_COEFFICIENT_GWET, 0.775444068127, 0.142949950641, 0.460813348132, 2.087210e-4),
        (LGT_COEFFICIENT_FLEISS, 0.761169275422, 0.153019203469, 0.424376279378, 4.191730e-4),
        (
            LGT_COEFFICIENT_BRENNAN_PREDIGER,
            0.772727272727,
            0.144716619899,
            0.454208139911,
            2.375609e-4,
        ),
    ] {
        let got = finish(&seen, &lgt_agreement_finish_opts { coefficient, ..defaults() });
        near(got.value, value, 5.1e-13, "value");
        near(got.std_error, error, 5.1e-13, "error");
        near(got.low, low, 5.1e-12, "low");
        near(got.p_value, p, 5.1e-11, "p");
        assert_eq!(got.high, 1.0);
    }
    psychiatrists();
}

/// J. L. Fleiss (1971), table 1: thirty patients, six psychiatrists, five diagnoses.
fn psychiatrists() {
    let rows = [
        "00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040", "00006",
        "10050", "11040", "03300", "10050", "02031", "00501", "30012", "51000", "02040", "10203",
        "00006", "01050", "02013", "20040", "10041", "05010", "40002", "02040", "10500", "00006",
    ];
    let counts: Vec<Vec<i64>> =
        rows.iter().map(|row| row.bytes().map(|b| i64::from(b - b'0')).collect()).collect();
    let state = RaterState { categories: 5, raters: 6, errors: false, missing: -1 };
    for kind in [LGT_I8, LGT_U64] {
        let mut seen = state.start();
        assert_eq!(state.update(&mut seen, Form::Counts, &counts, kind), Status::LGT_OK);
        let got = fleiss(&seen);
        assert_eq!((got.items, got.raters), (30, 6));
        near(got.observed, 0.556, 5.1e-4, "observed");
        near(got.expected, 0.220, 5.1e-4, "expected");
        near(got.kappa, 0.430, 5.1e-4, "kappa");
        near(got.z, 17.652, 5.1e-4, "z");
        // As R's kappam.fleiss prints them.
        let each = categories::<5>(&seen);
        let known =
            [(0.245, 5.192), (0.245, 5.192), (0.520, 11.031), (0.471, 9.994), (0.566, 12.009)];
        for (got, (kappa, z)) in each.iter().zip(known) {
            near(got.kappa, kappa, 5.1e-4, "category");
            near(got.z, z, 5.1e-4, "its z");
        }
    }
}

/// Without exception agreed; one category; what chance gives no room for.
pub fn corners() {
    let nan = f64::NAN;
    for (data, classes, expected) in [
        // Krippendorff, Fleiss, Gwet, Brennan and Prediger.
        (table(&["11", "22", "11"]), 2, [1.0; 4]),
        (table(&["111", "333", "11."]), 3, [1.0; 4]),
        (table(&["11", "11", "11"]), 2, [nan, nan, 1.0, 1.0]),
        (table(&["11", "11"]), 1, [nan; 4]),
        (table(&["1.", ".2"]), 2, [nan; 4]),
        (table(&["..", ".."]), 2, [nan; 4]),
        (table(&[]), 2, [nan; 4]),
        (table(&["1", "2", "1"]), 2, [nan; 4]),
        (table(&["12"]), 2, [0.0, -1.0, -1.0, -1.0]),
        (table(&["12", "21"]), 2, [-0.5, -1.0, -1.0, -1.0]),
    ] {
        let state = RaterState { categories: classes, raters: 3, errors: true, missing: -1 };
        let seen = state.seen(&data);
        for ((_, coefficient), value) in COEFFICIENTS.into_iter().zip(expected) {
            let got = finish(&seen, &lgt_agreement_finish_opts { coefficient, ..defaults() });
            near(got.value, value, 1e-15, &format!("{data:?}, {coefficient}"));
            if value == 1.0 {
                assert_eq!((got.value, got.low, got.high, got.p_value), (1.0, 1.0, 1.0, 0.0));
            }
        }
    }
}

/// Nothing is written, and a status says why.
pub fn refused() {
    let state = RaterState { categories: 3, raters: 3, errors: true, missing: -1 };
    let seen = state.seen(&table(&["113", "232"]));
    let mut good = [1.0; 9];
    let check = |opts: &lgt_agreement_finish_opts, expected| {
        let mut report = MaybeUninit::<AgreementReport>::zeroed();
        // SAFETY: the state is whole; the report is plain numbers.
        let (status, report) = unsafe {
            let status = lgt_agreement_finish(seen.as_ptr().cast(), report.as_mut_ptr(), opts);
            (status, report.assume_init())
        };
        assert_eq!(status, expected);
        assert_eq!(report.items == 0, expected != Status::LGT_OK);
    };
    let with = |f: &dyn Fn(&mut lgt_agreement_finish_opts)| {
        let mut opts = defaults();
        f(&mut opts);
        opts
    };
    check(&with(&|opts| opts.coefficient = 4), Status::LGT_E_OPTION);
    check(&with(&|opts| opts.weights = 8), Status::LGT_E_OPTION);
    check(&with(&|opts| opts.reserved = 1), Status::LGT_E_OPTION);
    check(&with(&|opts| opts.struct_size = 8), Status::LGT_E_OPTION);
    check(&with(&|opts| opts.weights = LGT_WEIGHTS_CUSTOM), Status::LGT_E_NULL);
    for level in [0.0, 1.0, f64::NAN, -1.0, 2.0] {
        check(&with(&|opts| opts.confidence = level), Status::LGT_E_VALUE);
    }
    for bad in [f64::NAN, f64::INFINITY, -1.0, 1e151] {
        let values = [0.0, bad, 2.0];
        let opts = with(&|opts| {
            opts.weights = LGT_WEIGHTS_RATIO;
            opts.values = values.as_ptr();
        });
        check(&opts, Status::LGT_E_VALUE);
    }
    for (place, bad) in [(0, 0.5), (1, -0.1), (1, 1.1), (5, f64::NAN)] {
        let before = good[place];
        good[place] = bad;
        let opts = with(&|opts| {
            opts.weights = LGT_WEIGHTS_CUSTOM;
            opts.custom = good.as_ptr();
        });
        check(&opts, Status::LGT_E_VALUE);
        good[place] = before;
    }
    check(&defaults(), Status::LGT_OK);
}
