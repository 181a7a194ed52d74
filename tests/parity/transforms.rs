//! Softmax, log-softmax and log-sum-exp: every length, layout and corner.

use crate::level;
use crate::reference::softmax::{self, Row};
use crate::support::bounds::{LOG_SHARE, LSE, LSE_LEAST, SHARE};
use crate::support::dtype::*;
use crate::support::rng::Rng;
use crate::support::values::{self, FAMILIES};
use crate::support::worst::Worst;
use logitude::capi::softmax::*;
use logitude::status::Status;

const AUTO: u32 = LGT_SOFTMAX_AUTO;

/// Rows of one shape, and how they are transformed.
pub struct Case {
    family: &'static str,
    rows: Vec<Vec<f64>>,
    cols: usize,
    pub opts: lgt_softmax_opts,
    truth: Vec<Row>,
}

impl Case {
    fn new<D: Dtype>(family: &'static str, rng: &mut Rng, rows: usize, cols: usize) -> Case {
        let rows = (0..rows).map(|_| values::row::<D>(family, rng, cols)).collect();
        let scale = [1.0, 1.0, 0.1, 3.0, 1.0 / 7.0][rng.below(5)];
        Case::of(family, rows, cols, scale, rng.below(2) == 1)
    }

    pub fn of(
        family: &'static str,
        rows: Vec<Vec<f64>>,
        cols: usize,
        scale: f64,
        empty_zero: bool,
    ) -> Case {
        let truth = rows.iter().map(|x| softmax::row(x, scale, empty_zero)).collect();
        let flags = if empty_zero { LGT_SOFTMAX_EMPTY_ZERO } else { 0 };
        let struct_size = size_of::<lgt_softmax_opts>() as u32;
        // Every algorithm and every way to store has the same bound; the shape
        // chooses, so that over all cases each meets each.
        let algorithm = [AUTO, AUTO, AUTO, 1, 2, 3, 4][(cols + rows.len()) % 7];
        let store = (cols / 7 % 3) as u32;
        let ctx = core::ptr::null();
        let mask = std::ptr::null();
        let opts = lgt_softmax_opts { struct_size, flags, scale, algorithm, store, ctx, mask };
        Case { family, rows, cols, opts, truth }
    }

    /// Row `r` alone, its truth left out.
    pub fn alone(&self, r: usize) -> Case {
        Case { rows: vec![self.rows[r].clone()], truth: vec![], ..*self }
    }

    fn place(&self, r: usize) -> String {
        let row = &self.rows[r];
        let shown = &row[..row.len().min(8)];
        format!("{} columns, scale {:e}, {shown:?}", self.cols, self.opts.scale)
    }
}

/// Where input and output lie in one array of `size` elements.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    x: usize,
    x_stride: usize,
    y: usize,
    y_stride: usize,
    size: usize,
}

impl Layout {
    /// At random offsets from any alignment: apart, in place, or side by side as
    /// columns of one matrix.
    pub fn random(rng: &mut Rng, rows: usize, cols: usize) -> Layout {
        let (x, x_stride) = (rng.below(32), cols + rng.below(5));
        let (y, y_stride) = match rng.below(3) {
            0 => (x + rows * x_stride + rng.below(32), cols + rng.below(5)),
            1 => (x, x_stride),
            _ => {
                let gap = rng.below(3);
                let stride = 2 * cols + gap + rng.below(3);
                let (left, right) = (x, x + cols + gap);
                let (x, y) = [(left, right), (right, left)][rng.below(2)];
                let size = right + rows * stride;
                return Layout { x, x_stride: stride, y, y_stride: stride, size };
            }
        };
        Layout { x, x_stride, y, y_stride, size: y + rows * y_stride + 8 }
    }
}

/// What stands wherever nothing may be written.
const SENTINEL: f64 = -777.0;

pub struct Output {
    pub y: Vec<Vec<f64>>,
    pub lse: Vec<f64>,
}

/// Calls a transform; everything but its output must stay as it was.
pub fn call<D: Dtype>(
    f: Transform<D::Store, D::Acc>,
    case: &Case,
    at: Layout,
    want_lse: bool,
) -> Output {
    let rows = case.rows.len();
    let mut data = vec![D::store(SENTINEL); at.size];
    for (r, row) in case.rows.iter().enumerate() {
        for (c, v) in row.iter().enumerate() {
            data[at.x + r * at.x_stride + c] = D::store(*v);
        }
    }
    let before = data.clone();
    let mut lse = vec![D::acc(SENTINEL); rows + 2];
    let lse_at = if want_lse { lse[1..].as_mut_ptr() } else { core::ptr::null_mut() };
    let base = data.as_mut_ptr();
    // SAFETY: the layout keeps every row inside `data`, and `lse` holds one
    // number a row.
    let status = unsafe {
        let (x, y) = (base.add(at.x), base.add(at.y));
        f(x, at.x_stride, y, at.y_stride, lse_at, rows, case.cols, &case.opts)
    };
    assert_eq!(status, expected_status(case), "{}", case.family);
    let written = |i: usize| {
        let from_y = i.wrapping_sub(at.y);
        i >= at.y && from_y / at.y_stride.max(1) < rows && from_y % at.y_stride.max(1) < case.cols
    };
    for i in (0..at.size).filter(|i| !written(*i)) {
        let same = D::value(data[i]).to_bits() == D::value(before[i]).to_bits();
        assert!(same, "{} wrote outside its output: {at:?}", case.family);
    }
    assert!(lse[0] == D::acc(SENTINEL) && lse[rows + 1] == D::acc(SENTINEL));
    Output {
        y: (0..rows)
            .map(|r| {
                data[at.y + r * at.y_stride..][..case.cols].iter().map(|v| D::value(*v)).collect()
            })
            .collect(),
        lse: lse[1..=rows].iter().map(|v| D::acc_value(*v)).collect(),
    }
}

fn expected_status(case: &Case) -> Status {
    let empty = |x: &Vec<f64>| x.iter().all(|v| *v == f64::NEG_INFINITY);
    if case.rows.iter().any(empty) { Status::LGT_EMPTY_ROW } else { Status::LGT_OK }
}

/// The documented bound in ulp of the stored type, and half a unit if storing
/// rounds.
pub fn bound<D: Dtype>(ulps: f64, exact: f64) -> f64 {
    if D::STORE == D::ACC { ulps } else { 0.5 + ulps * D::ACC.ulp(exact) / D::STORE.ulp(exact) }
}

/// Compares one output with the truth.
fn compare<D: Dtype>(name: &str, case: &Case, out: &Output, logs: bool, worst: &mut Worst) {
    for (r, (got, truth)) in out.y.iter().zip(&case.truth).enumerate() {
        let (exact, ulps) = if logs { (&truth.logs, LOG_SHARE) } else { (&truth.shares, SHARE) };
        let mut seen = (0.0, 1.0);
        for ((got, exact), x) in got.iter().zip(exact).zip(&case.rows[r]) {
            let error = D::STORE.error(*got, *exact);
            let limit = if exact.hi.is_finite() { bound::<D>(ulps, exact.hi) } else { 1.0 };
            if error / limit > seen.0 / seen.1 {
                seen = (error, limit);
            }
            if *x == f64::NEG_INFINITY && !logs && exact.hi == 0.0 {
                assert_eq!(*got, 0.0, "a share of -inf, {}", case.place(r));
            }
        }
        worst.see((name, case.family), seen.0, seen.1, || case.place(r));
    }
}

/// The logarithms of sums.
fn compare_lse<D: Dtype>(name: &str, case: &Case, lse: &[f64], worst: &mut Worst) {
    let bound = LSE.of(D::ACC == F64::ACC);
    for (r, (got, truth)) in lse.iter().zip(&case.truth).enumerate() {
        let exact = truth.lse;
        let top = case.opts.scale * case.rows[r].iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // An infinite or NaN logarithm is right or wrong.
        let ulps = D::ACC.error(*got, exact);
        let error = match ulps == 0.0 || ulps.is_infinite() {
            true => ulps,
            false => ulps * D::ACC.ulp(exact.hi) / exact.hi.abs().max(top.abs()).max(LSE_LEAST),
        };
        worst.see((name, case.family), error, bound, || case.place(r));
    }
}

/// Every transform, at every level, against the truth.
pub fn check<D: Dtype>(case: &Case, at: Layout, want_lse: bool, worst: &mut Worst) {
    level::each(|level| {
        let name = |what: &str| format!("{what} {} {level}", D::NAME);
        for (what, f, logs) in
            [("softmax", D::SOFTMAX, false), ("log_softmax", D::LOG_SOFTMAX, true)]
        {
            let out = call::<D>(f, case, at, want_lse);
            compare::<D>(&name(what), case, &out, logs, worst);
            if want_lse {
                compare_lse::<D>(&name(&format!("{what} lse")), case, &out.lse, worst);
            }
        }
        compare_lse::<D>(&name("logsumexp"), case, &logsumexp::<D>(case), worst);
    });
}

pub fn logsumexp<D: Dtype>(case: &Case) -> Vec<f64> {
    let x: Vec<D::Store> = case.rows.concat().into_iter().map(D::store).collect();
    let mut lse = vec![D::acc(SENTINEL); case.rows.len()];
    // SAFETY: `x` holds the rows one after another, `lse` one number a row.
    let status = unsafe {
        let (rows, cols) = (case.rows.len(), case.cols);
        D::LOGSUMEXP(x.as_ptr(), cols, lse.as_mut_ptr(), rows, cols, &case.opts)
    };
    assert_eq!(status, expected_status(case));
    lse.into_iter().map(D::acc_value).collect()
}

/// Lengths 0 to 200 of every family, 0 to 5 rows, in random layouts.
pub fn every_length<D: Dtype>() {
    let mut rng = Rng::new(1);
    let mut worst = Worst::default();
    for cols in 0..=200 {
        for family in FAMILIES {
            let rows = rng.below(6);
            let case = Case::new::<D>(family, &mut rng, rows, cols);
            let at = Layout::random(&mut rng, rows, cols);
            check::<D>(&case, at, rng.below(2) == 1, &mut worst);
        }
    }
    worst.settle();
}

/// Lengths about which blocks of any size end.
pub fn long_rows<D: Dtype>() {
    let mut rng = Rng::new(2);
    let mut worst = Worst::default();
    for cols in [1023, 4095, 4096, 4097, 100_003] {
        let families = ["normal", "wide", "nearly equal", "constant", "spike", "near 1e6"];
        for (i, family) in families.into_iter().enumerate() {
            let mut case = Case::new::<D>(family, &mut rng, 1, cols);
            for algorithm in [LGT_SOFTMAX_AUTO, 1 + (i % 4) as u32] {
                case.opts.algorithm = algorithm;
                let at = Layout::random(&mut rng, 1, cols);
                check::<D>(&case, at, true, &mut worst);
            }
        }
    }
    worst.settle();
}

/// The ends of the range of scales, with values to match.
pub fn extreme_scales<D: Dtype>() {
    let mut rng = Rng::new(3);
    let mut worst = Worst::default();
    for scale in [1e-30, 1e-12, 1e-3, 1e3, 1e12, 1e30] {
        for cols in [1, 7, 33, 150] {
            let near = |rng: &mut Rng| D::value(D::store(rng.normal() / scale));
            let ordinary = (0..3).map(|_| (0..cols).map(|_| near(&mut rng)).collect()).collect();
            let largest = vec![values::row::<D>("largest", &mut rng, cols)];
            for (family, rows) in [("to scale", ordinary), ("largest", largest)] {
                let case = Case::of(family, rows, cols, scale, false);
                let at = Layout::random(&mut rng, case.rows.len(), cols);
                check::<D>(&case, at, true, &mut worst);
            }
        }
    }
    worst.settle();
}

/// 16 million columns: the error must not grow. The row repeats a short one, so
/// its truth is that of the short one, divided by the number of repetitions.
pub fn sixteen_million() {
    const REPEATS: usize = 4099;
    let mut rng = Rng::new(4);
    let short: Vec<f64> = values::row::<F32>("normal", &mut rng, 4093);
    let truth = softmax::row(&short, 1.0, false);
    let mut x: Vec<f32> = short.iter().map(|v| *v as f32).collect::<Vec<_>>().repeat(REPEATS);
    let n = x.len();
    let mut lse = 0.0f32;
    let at = x.as_mut_ptr();
    // SAFETY: one row, in place.
    let status = level::best(|| unsafe {
        lgt_softmax_f32(at, n, at, n, &raw mut lse, 1, n, core::ptr::null())
    });
    assert_eq!(status, Status::LGT_OK);
    let share = |i: usize| {
        use crate::reference::dd::Dd;
        truth.shares[i % short.len()] / Dd::of(REPEATS as f64)
    };
    let mut worst = Worst::default();
    let exact: Vec<_> = (0..short.len()).map(share).collect();
    let errors = x
        .iter()
        .enumerate()
        .map(|(i, got)| F32::STORE.error(f64::from(*got), exact[i % short.len()]));
    worst.see(
        ("softmax f32", "16 million columns"),
        errors.fold(0.0, f64::max),
        SHARE,
        String::new,
    );
    let sum = truth.lse.value() + (REPEATS as f64).ln();
    worst.see(
        ("lse f32", "16 million columns"),
        (f64::from(lse) / sum - 1.0).abs(),
        LSE.f32,
        String::new,
    );
    worst.settle();
}

/// Arrays that overlap other than in place or side by side are refused, and
/// nothing is written.
pub fn overlaps() {
    let before: Vec<f32> = (0..100).map(|i| i as f32).collect();
    let null = core::ptr::null_mut();
    // Of x and y: start and stride. Three rows of five columns.
    let places = [(0, 8, 1, 8), (0, 8, 4, 8), (0, 8, 0, 9), (0, 5, 14, 5), (0, 8, 10, 8)];
    for (x, x_stride, y, y_stride) in places {
        let mut data = before.clone();
        let base = data.as_mut_ptr();
        // SAFETY: every row is inside the array.
        let status = unsafe {
            let (x, y) = (base.add(x), base.add(y));
            lgt_softmax_f32(x, x_stride, y, y_stride, null, 3, 5, core::ptr::null())
        };
        assert_eq!(status, Status::LGT_E_ALIAS, "{x} {x_stride} {y} {y_stride}");
        assert_eq!(data, before);
    }
    // The logarithms inside x, inside y.
    for lse in [7, 43] {
        let mut data = before.clone();
        let base = data.as_mut_ptr();
        // SAFETY: as above.
        let status = unsafe {
            let (y, lse) = (base.add(40), base.add(lse));
            lgt_softmax_f32(base, 8, y, 8, lse, 3, 5, core::ptr::null())
        };
        assert_eq!(status, Status::LGT_E_ALIAS);
        assert_eq!(data, before);
    }
}
