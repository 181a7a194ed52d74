//! The caller's executor: the same bits for any number of workers, in any order
//! of tasks; a failure is reported.
#![cfg(feature = "capi")]

use core::ffi::c_void;
use logitude::capi::ctx::{lgt_ctx, lgt_run, lgt_task};
use logitude::capi::extsum::*;
use logitude::capi::log_softmax::lgt_log_softmax_f64;
use logitude::capi::logsumexp::{lgt_logsumexp_f32, lgt_logsumexp_f64};
use logitude::capi::softmax::{lgt_softmax_bf16, lgt_softmax_f32, lgt_softmax_opts};
use logitude::capi::softmax::{lgt_softmax_f64, lgt_softmax_opts_default};
use logitude::status::Status;

/// One task after the other, the last first.
unsafe extern "C" fn backwards(_: *mut c_void, n: usize, task: lgt_task, arg: *mut c_void) -> i32 {
    // SAFETY: every index once, all before returning.
    (0..n).rev().for_each(|i| unsafe { task.unwrap()(arg, i) });
    0
}

/// A thread for each task.
unsafe extern "C" fn threads(_: *mut c_void, n: usize, task: lgt_task, arg: *mut c_void) -> i32 {
    let (task, arg) = (task.unwrap(), arg as usize);
    std::thread::scope(|scope| {
        for i in 0..n {
            // SAFETY: every index once, all before returning.
            scope.spawn(move || unsafe { task(arg as *mut c_void, i) });
        }
    });
    0
}

/// Gives up.
unsafe extern "C" fn failing(_: *mut c_void, _: usize, _: lgt_task, _: *mut c_void) -> i32 {
    7
}

const EXECUTORS: [lgt_run; 2] = [Some(backwards), Some(threads)];

fn ctx(workers: u32, run: lgt_run) -> lgt_ctx {
    let struct_size = size_of::<lgt_ctx>() as u32;
    lgt_ctx { struct_size, workers, user: core::ptr::null_mut(), run }
}

fn opts(ctx: *const lgt_ctx) -> lgt_softmax_opts {
    let mut opts = core::mem::MaybeUninit::uninit();
    // SAFETY: the function writes all of it.
    unsafe {
        lgt_softmax_opts_default(opts.as_mut_ptr());
        lgt_softmax_opts { ctx, ..opts.assume_init() }
    }
}

/// Scores without a pattern.
fn score(i: usize) -> f64 {
    ((i.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as f64 / 16777216.0 - 0.5) * 20.0
}

/// Runs `f` alone, then with every executor and several numbers of workers, and
/// compares all that it wrote.
fn same_bits<T: PartialEq>(f: impl Fn(*const lgt_softmax_opts) -> Vec<T>) {
    let alone = f(&opts(core::ptr::null()));
    for run in EXECUTORS {
        for workers in [1, 2, 3, 7] {
            let ctx = ctx(workers, run);
            assert!(f(&opts(&ctx)) == alone, "{workers} workers");
        }
    }
}

#[test]
fn many_rows() {
    for (rows, cols) in [(10_007, 10), (1000, 77), (500, 200)] {
        rows_of(rows, cols);
    }
}

fn rows_of(rows: usize, cols: usize) {
    let x: Vec<f32> = (0..rows * cols).map(|i| score(i) as f32).collect();
    same_bits(|opts| {
        let (mut y, mut lse) = (vec![0f32; x.len()], vec![0f32; rows]);
        let (to, sums) = (y.as_mut_ptr(), lse.as_mut_ptr());
        // SAFETY: the arrays hold rows * cols values, and rows.
        let status = unsafe { lgt_softmax_f32(x.as_ptr(), cols, to, cols, sums, rows, cols, opts) };
        assert_eq!(status, Status::LGT_OK);
        y.extend(lse);
        y.iter().map(|v| v.to_bits()).collect()
    });
    same_bits(|opts| {
        let mut lse = vec![0f32; rows];
        // SAFETY: as above.
        let status =
            unsafe { lgt_logsumexp_f32(x.as_ptr(), cols, lse.as_mut_ptr(), rows, cols, opts) };
        assert_eq!(status, Status::LGT_OK);
        lse.iter().map(|v| v.to_bits()).collect()
    });
    let x: Vec<f64> = (0..rows * cols).map(score).collect();
    same_bits(|opts| {
        let mut y = x.clone();
        let (at, none) = (y.as_mut_ptr(), core::ptr::null_mut());
        // SAFETY: as above, in place.
        let status = unsafe { lgt_log_softmax_f64(at, cols, at, cols, none, rows, cols, opts) };
        assert_eq!(status, Status::LGT_OK);
        y.iter().map(|v| v.to_bits()).collect()
    });
    let x: Vec<u16> = (0..rows * cols).map(|i| (i % 0x4000) as u16).collect();
    same_bits(|opts| {
        let mut y = x.clone();
        let (to, none) = (y.as_mut_ptr(), core::ptr::null_mut());
        // SAFETY: as above.
        let status =
            unsafe { lgt_softmax_bf16(x.as_ptr(), cols, to, cols, none, rows, cols, opts) };
        assert_eq!(status, Status::LGT_OK);
        y
    });
}

#[test]
fn sums_of_exponentials() {
    let (rows, cols) = (1000, 77);
    let x: Vec<f32> = (0..rows * cols).map(|i| score(i) as f32).collect();
    same_bits(|opts| {
        let (mut y, mut state) = (vec![0f32; x.len()], vec![0u64; 2 + 2 * rows]);
        let (at, bytes, from) = (state.as_mut_ptr().cast(), size_of_val(&*state), x.as_ptr());
        // SAFETY: the arrays hold rows * cols values, the state as many rows. The
        // shards are its left and its right columns.
        unsafe {
            assert_eq!(lgt_extsum_init(at, bytes, rows), Status::LGT_OK);
            for (start, n) in [(0, 30), (30, 47)] {
                let from = from.add(start);
                let status = lgt_extsum_update_f32(at, from, cols, rows, n, opts);
                assert_eq!(status, Status::LGT_OK);
            }
            let to = y.as_mut_ptr();
            let status = lgt_extsum_scale_f32(at, from, cols, to, cols, rows, cols, opts);
            assert_eq!(status, Status::LGT_OK);
        }
        state.extend(y.iter().map(|v| u64::from(v.to_bits())));
        state
    });
}

#[test]
fn long_rows() {
    let n = 2_500_001;
    let mut x: Vec<f32> = (0..n).map(|i| score(i) as f32).collect();
    let shares = |x: &[f32], in_place: bool| {
        same_bits(|opts| {
            let (mut y, mut lse) = (x.to_vec(), 0f32);
            let to = y.as_mut_ptr();
            let from = if in_place { to.cast_const() } else { x.as_ptr() };
            // SAFETY: both arrays hold one row of n values.
            let status = unsafe { lgt_softmax_f32(from, n, to, n, &raw mut lse, 1, n, opts) };
            assert_eq!(status, Status::LGT_OK);
            y.push(lse);
            y.iter().map(|v| v.to_bits()).collect()
        });
    };
    shares(&x, false);
    shares(&x, true);
    // The guess is bad, then there is none.
    x[n - 1] = 500.0;
    shares(&x, true);
    x[n / 2] = f32::INFINITY;
    shares(&x, false);
    let x: Vec<f64> = (0..n).map(score).collect();
    same_bits(|opts| {
        let mut y = vec![0f64; n];
        let (to, none) = (y.as_mut_ptr(), core::ptr::null_mut());
        // SAFETY: as above.
        let status = unsafe { lgt_softmax_f64(x.as_ptr(), n, to, n, none, 1, n, opts) };
        assert_eq!(status, Status::LGT_OK);
        y.iter().map(|v| v.to_bits()).collect()
    });
}

/// Logarithms of a long row are put together from those of its segments: with the
/// same bits for any workers, and rightly where segments are of different kinds.
#[test]
fn logarithms_of_long_rows() {
    let n = 1_100_001;
    let ordinary: Vec<f64> = (0..n).map(score).collect();
    let max = ordinary.iter().copied().fold(f64::MIN, f64::max);
    let truth = max + ordinary.iter().map(|x| (x - max).exp()).sum::<f64>().ln();
    let (nan, high, low) = (f64::NAN, f64::INFINITY, f64::NEG_INFINITY);
    let changed = |at: &[(usize, f64)]| {
        let mut x = ordinary.clone();
        at.iter().for_each(|(i, value)| x[*i] = *value);
        x
    };
    let mut padded = changed(&[]);
    padded[..n - 10].fill(low);
    let tail = padded[n - 10..].iter().map(|x| x.exp()).sum::<f64>().ln();
    let cases = [
        (ordinary.clone(), truth),
        (changed(&[(5, 900.0)]), 900.0),
        (changed(&[(n - 1, 1e300)]), 1e300),
        (changed(&[(0, high), (n - 1, high)]), high),
        (changed(&[(0, nan)]), nan),
        (changed(&[(0, nan), (n - 1, high)]), nan),
        (padded, tail),
        (vec![low; n], low),
    ];
    for (x, exact) in cases {
        same_bits(|opts| {
            let (mut y, mut lse, mut alone) = (vec![0f64; n], 0f64, 0f64);
            // SAFETY: the arrays hold one row of n values.
            unsafe {
                let (from, to) = (x.as_ptr(), y.as_mut_ptr());
                let wrote = lgt_log_softmax_f64(from, n, to, n, &raw mut lse, 1, n, opts);
                let summed = lgt_logsumexp_f64(from, n, &raw mut alone, 1, n, opts);
                assert_eq!(wrote, summed);
                assert_eq!(wrote == Status::LGT_EMPTY_ROW, exact == low);
            }
            let close = lse == exact || (lse - exact).abs() < 1e-12 * exact.abs().max(1.0);
            assert!(close || (lse.is_nan() && exact.is_nan()), "{lse} is not {exact}");
            assert_eq!(lse.to_bits(), alone.to_bits());
            y.push(lse);
            y.iter().map(|v| v.to_bits()).collect()
        });
    }
}

#[test]
fn empty_rows_are_reported_by_any_worker() {
    let (rows, cols) = (300, 200);
    let mut x = vec![1f32; rows * cols];
    x[222 * cols..223 * cols].fill(f32::NEG_INFINITY);
    for run in EXECUTORS {
        let (ctx, at) = (ctx(4, run), x.as_ptr());
        let mut lse = vec![0f32; rows];
        // SAFETY: the arrays hold rows * cols values, and rows.
        let status =
            unsafe { lgt_logsumexp_f32(at, cols, lse.as_mut_ptr(), rows, cols, &opts(&ctx)) };
        assert_eq!(status, Status::LGT_EMPTY_ROW);
        assert_eq!(lse[222], f32::NEG_INFINITY);
    }
}

#[test]
fn failures_are_reported() {
    let (rows, cols) = (300, 200);
    let x = vec![1f32; rows * cols];
    let mut lse = vec![0f32; rows];
    let (from, to) = (x.as_ptr(), lse.as_mut_ptr());
    let short = lgt_ctx { struct_size: 8, ..ctx(4, None) };
    for (ctx, expected) in [
        (ctx(4, Some(failing)), Status::LGT_E_CALLBACK),
        (ctx(1, Some(failing)), Status::LGT_OK),
        (ctx(4, None), Status::LGT_OK),
        (short, Status::LGT_E_OPTION),
    ] {
        // SAFETY: as above.
        let status = unsafe { lgt_logsumexp_f32(from, cols, to, rows, cols, &opts(&ctx)) };
        assert_eq!(status, expected);
    }
}
