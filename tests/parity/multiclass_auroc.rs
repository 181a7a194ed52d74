//! AUROC and average precision of many classes and labels, at every level, against pairs
//! of rows of each class and each pair of classes.

use crate::calibration::{blank, close};
use crate::level;
use crate::reference::curves as exact;
use crate::reference::metrics::Sample;
use crate::support::batch::{Batch, LABEL_TYPES};
use crate::support::bounds::AVERAGE_PRECISION;
use crate::support::dtype::*;
use crate::support::points::Point;
use crate::support::rng::Rng;
use logitude::capi::{multiclass_auroc::*, multilabel_auroc::*};
use logitude::curves::multiclass_auroc::MulticlassAurocReport as Report;
use logitude::status::Status;
use std::ffi::c_void;

type Classes<S, A> = unsafe extern "C" fn(
    *const S,
    usize,
    *const c_void,
    u32,
    *const A,
    *mut Report,
    *mut f64,
    *mut f64,
    usize,
    usize,
    u32,
    *mut c_void,
    usize,
) -> Status;
type Labels<S, A> = unsafe extern "C" fn(
    *const S,
    usize,
    *const c_void,
    usize,
    u32,
    *const A,
    *mut Report,
    *mut f64,
    *mut f64,
    usize,
    usize,
    u32,
    *mut c_void,
    usize,
) -> Status;

/// The functions, by storage type.
pub trait ManyFunctions: Dtype {
    const CLASSES: Classes<Self::Store, Self::Acc>;
    const LABELS: Labels<Self::Store, Self::Acc>;
}

macro_rules! many_functions {
    ($($dtype:ident, $store:ty, $acc:ty: $classes:ident $labels:ident;)*) => {$(
        impl ManyFunctions for $dtype {
            const CLASSES: Classes<$store, $acc> = $classes;
            const LABELS: Labels<$store, $acc> = $labels;
        }
    )*};
}

many_functions! {
    F32, f32, f32: lgt_multiclass_auroc_f32 lgt_multilabel_auroc_f32;
    F64, f64, f64: lgt_multiclass_auroc_f64 lgt_multilabel_auroc_f64;
    F16, u16, f32: lgt_multiclass_auroc_f16 lgt_multilabel_auroc_f16;
    Bf16, u16, f32: lgt_multiclass_auroc_bf16 lgt_multilabel_auroc_bf16;
}

/// A row, and which labels it has: of many, or its class alone.
#[derive(Clone)]
struct Row {
    sample: Sample,
    flags: Vec<bool>,
}

/// Scores of which many are equal or few, with special ones; some classes have no rows,
/// some rows no weight.
fn rows<D: Dtype>(rng: &mut Rng, rows: usize, cols: usize) -> Vec<Row> {
    let (values, weights, few) = (rng.below(4), rng.below(3), 1 + rng.below(cols));
    let special = [-0.0, 0.0, f64::INFINITY, f64::NEG_INFINITY, 1e-40, -1e-40, 6e4, -6e4];
    let share = [0.5, 0.1, rng.unit()][rng.below(3)];
    let one = |rng: &mut Rng| {
        let score = |rng: &mut Rng| {
            D::value(D::store(match values {
                0 => rng.unit() * 4.0 - 2.0,
                1 => rng.below(9) as f64 / 8.0 - 0.5,
                2 => special[rng.below(special.len())],
                _ => 0.5,
            }))
        };
        let weight = match weights {
            0 => 1.0,
            1 => rng.below(4) as f64,
            _ => D::acc_value(D::acc(rng.unit() * 1e3)),
        };
        let x = (0..cols).map(|_| score(rng)).collect();
        let flags = (0..cols).map(|_| rng.unit() < share).collect();
        Row { sample: Sample { x, label: rng.below(few), weight }, flags }
    };
    (0..rows).map(|_| one(rng)).collect()
}

/// What the library says: status, report and both columns.
fn ask<D: ManyFunctions>(
    data: &[Row],
    cols: usize,
    kind: usize,
    labels: bool,
) -> (Status, Report, [Vec<f64>; 2]) {
    let samples: Vec<Sample> = data.iter().map(|row| row.sample.clone()).collect();
    let weighted = samples.iter().any(|s| s.weight != 1.0);
    let batch = Batch::<D>::new(&samples, 1, kind, weighted);
    let args = batch.args();
    let (mut report, mut bytes, n) = (blank::<Report>(), 0, data.len());
    let mut each = [vec![7.0; cols], vec![7.0; cols]];
    // SAFETY: arrays are as long as is said.
    let status = unsafe {
        let scratch =
            if labels { lgt_multilabel_auroc_scratch } else { lgt_multiclass_auroc_scratch };
        assert_eq!(scratch(n, cols, 1, &raw mut bytes), Status::LGT_OK);
        assert_eq!(bytes, 8 * (2 * n * cols + 1 + 5 * cols.max(2)));
        let mut room = vec![0xa5a5_a5a5_a5a5_a5a5u64; bytes / 8];
        let at = room.as_mut_ptr().cast();
        let [auroc, precision] = &mut each;
        let (auroc, precision) = (auroc.as_mut_ptr(), precision.as_mut_ptr());
        let to = &raw mut report;
        if labels {
            let (label_type, size) = LABEL_TYPES[kind];
            let mut flags = vec![9u64; n * (cols + 1)];
            let least = if cfg!(target_endian = "little") { 0 } else { size - 1 };
            for (r, row) in data.iter().enumerate() {
                for (c, flag) in row.flags.iter().enumerate() {
                    let to = flags.as_mut_ptr().cast::<u8>().add((r * (cols + 1) + c) * size);
                    to.write_bytes(0, size);
                    *to.add(least) = u8::from(*flag);
                }
            }
            D::LABELS(
                args.x,
                cols + 1,
                flags.as_ptr().cast(),
                cols + 1,
                label_type,
                args.weights,
                to,
                auroc,
                precision,
                n,
                cols,
                1,
                at,
                bytes,
            )
        } else {
            D::CLASSES(
                args.x,
                cols + 1,
                args.labels,
                args.label_type,
                args.weights,
                to,
                auroc,
                precision,
                n,
                cols,
                1,
                at,
                bytes,
            )
        }
    };
    (status, report, each)
}

fn bits(said: &(Status, Report, [Vec<f64>; 2])) -> Vec<u64> {
    // SAFETY: reports are u64 and f64 only.
    let report = unsafe {
        core::slice::from_raw_parts((&raw const said.1).cast::<u64>(), size_of::<Report>() / 8)
    };
    let each = said.2.iter().flatten().map(|x| x.to_bits());
    report.iter().copied().chain(each).collect()
}

fn mean(values: &[(f64, f64)]) -> (f64, f64) {
    let kept = || values.iter().filter(|(value, _)| !value.is_nan());
    let (count, weight) = (kept().count() as f64, kept().map(|(_, w)| w).sum::<f64>());
    let sum = |f: fn(&(f64, f64)) -> f64| kept().map(f).sum::<f64>();
    (sum(|x| x.0) / count, sum(|x| x.0 * x.1) / weight)
}

/// Of both averages: each class, and all entries, by the definitions of two classes.
fn check(
    data: &[Row],
    cols: usize,
    labels: bool,
    said: &(Status, Report, [Vec<f64>; 2]),
    at: &str,
) {
    let (status, report, [aurocs, precisions]) = said;
    let counted: Vec<&Row> = data.iter().filter(|row| row.sample.weight > 0.0).collect();
    let hit = |row: &Row, c: usize| if labels { row.flags[c] } else { row.sample.label == c };
    let point = |row: &Row, c: usize| Point {
        p: row.sample.x[c],
        hit: hit(row, c),
        weight: row.sample.weight,
    };
    let of = |c: usize| counted.iter().map(|row| point(row, c)).collect::<Vec<_>>();
    let weight = |points: &[Point]| points.iter().filter(|x| x.hit).map(|x| x.weight).sum::<f64>();
    let (mut auroc, mut precision) = (vec![], vec![]);
    let good = |got, truth, what: &str| {
        assert!(close(got, truth, AVERAGE_PRECISION), "{at}, {what}: {got}, not {truth}")
    };
    for c in 0..cols {
        let points = of(c);
        auroc.push((exact::auroc(&points).0, weight(&points)));
        precision.push((exact::average_precision(&points), weight(&points)));
        good(aurocs[c], auroc[c].0, &format!("AUROC of {c}"));
        good(precisions[c], precision[c].0, &format!("precision of {c}"));
    }
    let (of_auroc, of_precision) = (mean(&auroc), mean(&precision));
    good(report.auroc_macro, of_auroc.0, "macro");
    good(report.auroc_weighted, of_auroc.1, "weighted");
    good(report.precision_macro, of_precision.0, "macro precision");
    good(report.precision_weighted, of_precision.1, "weighted precision");
    let all: Vec<Point> = (0..cols).flat_map(of).collect();
    good(report.auroc_micro, exact::auroc(&all).0, "micro");
    good(report.precision_micro, exact::average_precision(&all), "micro precision");
    let left_out = |x: &[(f64, f64)]| x.iter().filter(|x| x.0.is_nan()).count() as u64;
    assert_eq!(report.left_out, left_out(&auroc), "{at}");
    assert_eq!(report.precision_left_out, left_out(&precision), "{at}");
    assert_eq!(report.rows, counted.len() as u64);
    assert_eq!(*status == Status::LGT_UNDEFINED, report.auroc_macro.is_nan(), "{at}");
    // Hand and Till's A(i|j) of the rows of i and j alone.
    let mut pairs = vec![];
    for i in 0..cols {
        for j in 0..i {
            let one = |a: usize, b: usize| {
                let rows = counted.iter().filter(|row| [a, b].contains(&row.sample.label));
                let points: Vec<Point> = rows.map(|row| point(row, a)).collect();
                (exact::auroc(&points).0, points.iter().map(|x| x.weight).sum::<f64>())
            };
            let ((a, weight), (b, _)) = (one(i, j), one(j, i));
            pairs.push((0.5 * (a + b), weight));
        }
    }
    let none = (f64::NAN, f64::NAN);
    let (ovo, ovo_weighted) = if labels { none } else { mean(&pairs) };
    good(report.ovo_macro, ovo, "pairs");
    good(report.ovo_weighted, ovo_weighted, "weighted pairs");
    assert_eq!(report.pairs_left_out, if labels { 0 } else { left_out(&pairs) }, "{at}");
}

/// Either function, in any order of rows, at any level.
pub fn against_definitions<D: ManyFunctions>() {
    let mut rng = Rng::new(911);
    let sizes = [(0, 3), (1, 1), (1, 4), (2, 2), (5, 1), (15, 2), (17, 3), (40, 5), (90, 12)];
    for (n, cols) in sizes {
        for round in 0..12 {
            let (labels, kind) = (round % 2 == 1, rng.below(8));
            let data = rows::<D>(&mut rng, n, cols);
            let mut other = data.clone();
            (1..n).for_each(|i| other.swap(i, rng.below(i + 1)));
            let mut first: Option<Vec<u64>> = None;
            level::each(|level| {
                let said = ask::<D>(&data, cols, kind, labels);
                let at = format!("{} {level} {n} x {cols}, {round}", D::NAME);
                check(&data, cols, labels, &said, &at);
                let again = bits(&ask::<D>(&other, cols, kind, labels));
                assert!(bits(&said) == again, "{at}: another order");
                assert!(first.get_or_insert_with(|| bits(&said)) == &again, "{at}: not alike");
            });
        }
    }
}

/// A NaN makes the result NaN, unless its row has no weight; it is counted once a row.
pub fn of_nan<D: ManyFunctions>() {
    let mut rng = Rng::new(912);
    for labels in [false, true] {
        let mut data = rows::<D>(&mut rng, 30, 3);
        for (r, row) in data.iter_mut().enumerate() {
            (row.sample.label, row.sample.weight) = (r % 3, 1.0 + (r % 2) as f64);
            row.flags = vec![r % 2 == 0, r % 3 == 0, true];
        }
        (data[4].sample.x[0], data[4].sample.weight) = (f64::NAN, 0.0);
        let (status, report, [aurocs, precisions]) = ask::<D>(&data, 3, 2, labels);
        assert!(status == Status::LGT_OK && report.nan_rows == 0 && !report.auroc_micro.is_nan());
        assert!(!aurocs[0].is_nan() && aurocs[2].is_nan() == labels && !precisions[2].is_nan());
        data[7].sample.x = vec![f64::NAN; 3];
        let (status, report, [aurocs, precisions]) = ask::<D>(&data, 3, 2, labels);
        assert!(status == Status::LGT_UNDEFINED && report.nan_rows == 1 && report.rows == 29);
        let means = [report.auroc_macro, report.auroc_micro, report.precision_weighted];
        assert!(means.iter().chain(&aurocs).chain(&precisions).all(|x| x.is_nan()));
    }
}
