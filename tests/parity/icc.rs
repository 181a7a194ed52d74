//! Intraclass correlations against their definition, and published values.

use crate::reference::agreement::mean_squares;
use crate::support::bounds;
use crate::support::dtype::*;
use crate::support::noted;
use crate::support::rng::Rng;
use logitude::agreement::icc::{IccForm, IccReport};
use logitude::capi::icc::*;
use logitude::status::Status;
use std::ffi::c_void;
use std::mem::MaybeUninit;

type Icc<S> = unsafe extern "C" fn(
    *const S,
    usize,
    *mut IccReport,
    usize,
    usize,
    f64,
    *mut c_void,
    usize,
) -> Status;

/// The C function of each storage type.
pub trait Function: Dtype {
    const ICC: Icc<Self::Store>;
}

impl Function for F32 {
    const ICC: Icc<Self::Store> = lgt_icc_f32;
}
impl Function for F64 {
    const ICC: Icc<Self::Store> = lgt_icc_f64;
}
impl Function for F16 {
    const ICC: Icc<Self::Store> = lgt_icc_f16;
}
impl Function for Bf16 {
    const ICC: Icc<Self::Store> = lgt_icc_bf16;
}

/// With a gap between rows.
fn call<D: Function>(x: &[Vec<f64>], confidence: f64) -> IccReport {
    let (n, k) = (x.len(), x.first().map_or(3, Vec::len));
    let stored: Vec<D::Store> =
        x.iter().flat_map(|row| row.iter().copied().chain([f64::NAN]).map(D::store)).collect();
    let mut bytes = 0;
    let mut report = MaybeUninit::uninit();
    // SAFETY: arrays and scratch are as long as is said.
    let (status, report) = unsafe {
        assert_eq!(lgt_icc_scratch(n, k, &raw mut bytes), Status::LGT_OK);
        assert_eq!(bytes, 8 * (n + k));
        let mut scratch = vec![u64::MAX; n + k];
        let to = scratch.as_mut_ptr().cast();
        let status =
            D::ICC(stored.as_ptr(), k + 1, report.as_mut_ptr(), n, k, confidence, to, bytes);
        (status, report.assume_init())
    };
    let expected = if report.icc1.icc.is_nan() { Status::LGT_UNDEFINED } else { Status::LGT_OK };
    assert_eq!(status, expected);
    report
}

fn near(got: f64, exact: f64, bound: f64, what: &str) {
    let same = noted::close(got, exact, bound, exact.abs().max(1.0));
    assert!(same, "{what}: {got}, {exact}");
}

/// Shrout and Fleiss' six, in the order of the report.
fn six(report: &IccReport) -> [IccForm; 6] {
    [report.icc1, report.icc2, report.icc3, report.icc1k, report.icc2k, report.icc3k]
}

fn as_defined<D: Function>(x: &[Vec<f64>]) {
    let got = call::<D>(x, 0.9);
    let (n, k) = (x.len() as f64, x[0].len() as f64);
    let [items, within, raters, rest] = mean_squares(x);
    for (got, exact) in [
        (got.ms_items, items),
        (got.ms_within, within),
        (got.ms_raters, raters),
        (got.ms_error, rest),
    ] {
        assert!((got - exact).abs() <= 1e-9 * (items + within), "{got}, {exact}");
    }
    let [items, within, raters, rest] = [got.ms_items, got.ms_within, got.ms_raters, got.ms_error];
    let gap = (raters - rest) / n;
    let exact = [
        (items - within) / (items + (k - 1.0) * within),
        (items - rest) / (items + (k - 1.0) * rest + k * gap),
        (items - rest) / (items + (k - 1.0) * rest),
        (items - within) / items,
        if items + gap > 0.0 { (items - rest) / (items + gap) } else { f64::NEG_INFINITY },
        (items - rest) / items,
    ];
    for ((form, exact), place) in six(&got).iter().zip(exact).zip(0..) {
        near(form.icc, exact, bounds::INTRACLASS, "correlation");
        let below = [within, rest][usize::from(place % 3 > 0)];
        near(form.f, items / below, 1e-13, "F");
        let df2 = if place % 3 > 0 { (n - 1.0) * (k - 1.0) } else { n * (k - 1.0) };
        assert_eq!((form.df1, form.df2), (n - 1.0, df2));
        assert!(form.low <= form.icc && form.icc <= form.high, "{form:?}");
        assert!((0.0..=1.0).contains(&form.p_value));
    }
}

/// With three items F has two degrees above, and a tail in closed form.
fn tails<D: Function>(x: &[Vec<f64>]) {
    let (got, k) = (call::<D>(x, 0.9), x[0].len() as f64);
    for form in [got.icc1, got.icc3] {
        let tail = |f: f64| (1.0 + 2.0 * f / form.df2).powf(-form.df2 / 2.0);
        let p = tail(form.f);
        assert!((form.p_value - p).abs() <= bounds::INTRACLASS_P * p, "{form:?}, {p}");
        // Bounds are where the ratio of squares would be as likely as 0.05 or 0.95.
        for (end, share) in [(form.low, 0.05), (form.high, 0.95)] {
            let ratio = (1.0 + (k - 1.0) * end) / (1.0 - end);
            near(tail(form.f / ratio), share, 1e-11, "what an interval cuts off");
        }
    }
}

pub fn against_definitions<D: Function>() {
    let mut rng = Rng::new(191);
    for (n, k) in [(2, 2), (3, 2), (2, 5), (15, 3), (16, 4), (40, 7)] {
        for spread in [0.0, 0.5, 4.0] {
            let one = |rng: &mut Rng| -> Vec<f64> {
                let own = spread * rng.normal();
                (0..k).map(|_| D::value(D::store(3.0 + own + rng.normal()))).collect()
            };
            let x: Vec<Vec<f64>> = (0..n).map(|_| one(&mut rng)).collect();
            as_defined::<D>(&x);
            orders::<D>(&mut rng, &x);
            if n == 3 {
                tails::<D>(&x);
            }
        }
    }
    corners::<D>();
    shrout_and_fleiss::<D>();
}

/// Neither the order of items nor that of raters changes a bit.
fn orders<D: Function>(rng: &mut Rng, x: &[Vec<f64>]) {
    let before = call::<D>(x, 0.95);
    let mut turned = x.to_vec();
    rng.shuffle(&mut turned);
    let mut columns: Vec<usize> = (0..x[0].len()).collect();
    rng.shuffle(&mut columns);
    for row in &mut turned {
        *row = columns.iter().map(|j| row[*j]).collect();
    }
    let after = call::<D>(&turned, 0.95);
    for (a, b) in six(&before).iter().zip(six(&after)) {
        let bits = |f: &IccForm| [f.icc, f.f, f.p_value, f.low, f.high].map(f64::to_bits);
        assert_eq!(bits(a), bits(&b));
    }
}

/// P. E. Shrout and J. L. Fleiss (1979), tables 2 and 4; intervals as pingouin and R's
/// psych print them.
fn shrout_and_fleiss<D: Function>() {
    let rows =
        [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]];
    let x: Vec<Vec<f64>> = rows.iter().map(|row| row.map(f64::from).to_vec()).collect();
    let got = call::<D>(&x, 0.95);
    near(got.ms_items, 11.24, 5.1e-3, "items");
    near(got.ms_within, 6.26, 5.1e-3, "within");
    near(got.ms_raters, 32.49, 5.1e-3, "raters");
    near(got.ms_error, 1.02, 5.1e-3, "rest");
    let known = [
        (0.17, -0.13, 0.72, 0.164769),
        (0.29, 0.02, 0.76, 0.000135),
        (0.71, 0.34, 0.95, 0.000135),
        (0.44, -0.88, 0.91, 0.164769),
        (0.62, 0.07, 0.93, 0.000135),
        (0.91, 0.68, 0.99, 0.000135),
    ];
    for (form, (icc, low, high, p)) in six(&got).iter().zip(known) {
        near(form.icc, icc, 5.1e-3, "correlation");
        near(form.low, low, 5.1e-3, "low");
        near(form.high, high, 5.1e-3, "high");
        near(form.p_value, p, 5.1e-7, "p");
    }
}

fn corners<D: Function>() {
    // Without error: a point, and no chance.
    let got = call::<D>(&[vec![1.0, 1.0], vec![2.0, 2.0], vec![5.0, 5.0]], 0.95);
    for form in six(&got) {
        assert_eq!((form.icc, form.low, form.high), (1.0, 1.0, 1.0));
        assert_eq!((form.f, form.p_value), (f64::INFINITY, 0.0));
    }
    // Raters apart by a constant: only the third form overlooks that.
    let got = call::<D>(&[vec![1.0, 2.0], vec![2.0, 3.0], vec![5.0, 6.0]], 0.95);
    near(got.icc3.icc, 1.0, 1e-15, "of a constant");
    assert!(got.ms_error < 1e-30 && got.icc3.p_value < 1e-28);
    assert!(got.icc2.icc < 1.0 && got.icc1.icc < 1.0);
    assert!(got.icc2.low <= got.icc2.icc && got.icc2.icc <= got.icc2.high, "{got:?}");
    // Items alike: all spread is within them.
    let got = call::<D>(&[vec![1.0, 2.0, 3.0], vec![3.0, 1.0, 2.0]], 0.95);
    assert_eq!((got.icc1.icc, got.ms_items), (-0.5, 0.0));
    assert_eq!(got.icc1k.icc, f64::NEG_INFINITY);
    // Nothing to tell.
    for x in [
        vec![],
        vec![vec![1.0, 2.0]],
        vec![vec![1.0], vec![2.0]],
        vec![vec![4.0, 4.0], vec![4.0, 4.0]],
        vec![vec![0.1; 3]; 7],
        vec![vec![0.0, -0.0], vec![-0.0, 0.0]],
    ] {
        let got = call::<D>(&x, 0.95);
        assert!(six(&got).iter().all(|form| form.icc.is_nan() && form.low.is_nan()), "{x:?}");
    }
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let got = call::<D>(&[vec![1.0, bad], vec![2.0, 3.0], vec![bad, bad]], 0.95);
        assert_eq!((got.items, got.raters, got.nan_items), (3, 2, 2));
        assert!(got.icc3k.icc.is_nan() && got.mean.is_nan());
    }
}

/// The size of numbers does not matter, nor a mean far from their differences.
pub fn scales() {
    let mut rng = Rng::new(192);
    let x: Vec<Vec<f64>> =
        (0..20).map(|i| (0..4).map(|_| f64::from(i % 7) + rng.below(5) as f64).collect()).collect();
    let plain = call::<F64>(&x, 0.95);
    for (by, more) in
        [(1e300, 0.0), (1e-300, 0.0), (5e-324, 0.0), (-1.0, 0.0), (1.0, 2f64.powi(40))]
    {
        let scaled: Vec<Vec<f64>> =
            x.iter().map(|row| row.iter().map(|x| x * by + more).collect()).collect();
        let got = call::<F64>(&scaled, 0.95);
        for (a, b) in six(&plain).iter().zip(six(&got)) {
            near(b.icc, a.icc, 1e-10, &format!("{by} {more}"));
            near(b.low, a.low, 1e-10, "low");
        }
    }
}
