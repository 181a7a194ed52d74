//! States of two columns: the same bytes at every level, however rows are split, weighted
//! or ordered, whatever the size of numbers; and what whole numbers come to.

use crate::support::level;
use crate::support::rng::Rng;
use logitude::capi::pearson::*;
use logitude::capi::regression::*;
use logitude::status::Status;
use std::ffi::c_void;

type Init = unsafe extern "C" fn(*mut c_void, usize) -> Status;
type Update =
    unsafe extern "C" fn(*mut c_void, *const f64, *const f64, *const f64, usize) -> Status;
type Merge = unsafe extern "C" fn(*mut c_void, *const c_void) -> Status;

/// The verbs and words of both families.
const FAMILIES: [(Init, Update, Merge, usize); 2] = [
    (lgt_pearson_init, lgt_pearson_update_f64, lgt_pearson_merge, 312),
    (lgt_regression_init, lgt_regression_update_f64, lgt_regression_merge, 394),
];

/// x, y and weight.
type Row = (f64, f64, f64);

fn seen(family: usize, rows: &[Row], weighted: bool) -> Vec<u64> {
    let (init, update, _, words) = FAMILIES[family];
    let mut state = vec![u64::MAX; words];
    let column = |f: fn(&Row) -> f64| rows.iter().map(f).collect::<Vec<_>>();
    let (x, y, w) = (column(|r| r.0), column(|r| r.1), column(|r| r.2));
    let weights = if weighted { w.as_ptr() } else { core::ptr::null() };
    let at = state.as_mut_ptr().cast();
    // SAFETY: the state and the columns are as long as is said.
    unsafe {
        assert_eq!(init(at, 8 * words), Status::LGT_OK);
        assert_eq!(update(at, x.as_ptr(), y.as_ptr(), weights, rows.len()), Status::LGT_OK);
    }
    state
}

/// Numbers of all sizes, many of them far from each other.
fn number(rng: &mut Rng, kind: usize) -> f64 {
    match kind {
        0 => rng.normal(),
        1 => 1e8 + rng.normal(),
        2 => rng.normal() * 2f64.powi(rng.below(60) as i32 - 30),
        3 => f64::from_bits(rng.bits()),
        4 => [0.0, -0.0, 5e-324, f64::MAX, f64::MIN, 1.0, f64::MIN_POSITIVE][rng.below(7)],
        5 => f64::from(rng.normal() as f32),
        6 => rng.normal() * 1e200,
        _ => [f64::NAN, f64::INFINITY, 1.5, 2.5, -3.0, 0.25][rng.below(6)],
    }
}

fn rows(rng: &mut Rng, n: usize, kind: usize, other: usize) -> Vec<Row> {
    let weight = |rng: &mut Rng| [1.0, 1.0, 0.0, 0.3, 1e18, 2f64.powi(-150)][rng.below(6)];
    (0..n).map(|_| (number(rng, kind), number(rng, other), weight(rng))).collect()
}

#[test]
fn bytes_do_not_depend_on_level_split_or_order() {
    let mut rng = Rng::new(901);
    for (kind, other) in (0..8).flat_map(|a| (0..8).map(move |b| (a, b))) {
        let n = [3, 17, 700, 1500][rng.below(4)];
        let mut data = rows(&mut rng, n, kind, other);
        for (family, weighted) in [(0, false), (0, true), (1, false), (1, true)] {
            // One row at a time there is nothing for lanes to add up.
            let (_, _, merge, _) = FAMILIES[family];
            let mut apart = seen(family, &[], weighted);
            rng.shuffle(&mut data);
            for row in &data {
                let one = seen(family, core::slice::from_ref(row), weighted);
                // SAFETY: both are states.
                let status = unsafe { merge(apart.as_mut_ptr().cast(), one.as_ptr().cast()) };
                assert_eq!(status, Status::LGT_OK);
            }
            level::each(|name| {
                rng.shuffle(&mut data);
                assert!(
                    seen(family, &data, weighted) == apart,
                    "{name}: {kind}, {other}, {n} rows"
                );
            });
        }
    }
}

#[test]
fn a_weight_is_a_repetition() {
    let mut rng = Rng::new(902);
    for (kind, times) in (0..6).zip([2, 3, 5, 1, 4, 2]) {
        let single = rows(&mut rng, 300, kind, 0);
        let weighted: Vec<Row> = single.iter().map(|r| (r.0, r.1, f64::from(times))).collect();
        let repeated: Vec<Row> = single.iter().flat_map(|r| vec![*r; times as usize]).collect();
        for family in 0..2 {
            let (one, many) = (seen(family, &weighted, true), seen(family, &repeated, false));
            // All but the number of rows, and of those that are infinite relative to y.
            assert!(one[4..310] == many[4..310] && one[2] * times as u64 == many[2], "{kind}");
        }
    }
}

#[test]
fn whole_numbers_come_to_what_whole_arithmetic_says() {
    let mut rng = Rng::new(903);
    for n in [2, 3, 15, 16, 17, 1000, 3000] {
        for offset in [0i64, 1 << 20, -(1 << 45), 1 << 50] {
            let mut pairs: Vec<(i64, i64)> = vec![(offset, 1), (offset + 1, 3)];
            while pairs.len() < n {
                let x = rng.below(2000) as i64;
                pairs.push((offset + x, x - rng.below(3000) as i64));
            }
            let data: Vec<Row> = pairs.iter().map(|(x, y)| (*x as f64, *y as f64, 1.0)).collect();
            let state = seen(0, &data, false);
            // SAFETY: a report is numbers.
            let mut report = unsafe { core::mem::zeroed() };
            // SAFETY: the state is one.
            let status = unsafe { lgt_pearson_finish(state.as_ptr().cast(), 0.9, &raw mut report) };
            assert_eq!(status, Status::LGT_OK);
            let sum = |f: &dyn Fn(&(i64, i64)) -> i128| pairs.iter().map(f).sum::<i128>();
            let (x, y) = (sum(&|p| p.0.into()), sum(&|p| p.1.into()));
            let spread = |products: i128, a: i128, b: i128| n as i128 * products - a * b;
            let xx = spread(sum(&|p| i128::from(p.0).pow(2)), x, x) as f64;
            let xy = spread(sum(&|p| i128::from(p.0) * i128::from(p.1)), x, y) as f64;
            let yy = spread(sum(&|p| i128::from(p.1).pow(2)), y, y) as f64;
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-15 * b.abs();
            let all = n as f64 * (n as f64 - 1.0);
            assert!(close(report.r, xy / (xx.sqrt() * yy.sqrt())), "{n}, {offset}: {report:?}");
            assert!(close(report.slope, xy / xx) && close(report.variance_x, xx / all));
            assert!(close(report.variance_y, yy / all) && close(report.covariance, xy / all));
            assert!(close(report.mean_x, x as f64 / n as f64));
        }
    }
}
