//! Row transforms by storage type and row length: `cargo bench --features capi`.

use criterion::measurement::WallTime;
use criterion::{
    BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main,
};
use logitude::capi::log_softmax::lgt_log_softmax_f32;
use logitude::capi::softmax::{
    lgt_softmax_bf16, lgt_softmax_f16, lgt_softmax_f32, lgt_softmax_f64, lgt_softmax_opts,
};
use logitude::capi::types::{lgt_bf16_from_f32, lgt_f16_from_f32};
use logitude::status::Status;
use std::hint::black_box;
use std::ptr::{null, null_mut};

/// Values in each array: x and y of f32 stay in a second-level cache.
const VALUES: usize = 64_000;

/// The C functions that make a row of a row.
type Transform<T, A> = unsafe extern "C" fn(
    *const T,
    usize,
    *mut T,
    usize,
    *mut A,
    usize,
    usize,
    *const lgt_softmax_opts,
) -> Status;

fn run<T: Clone, A>(
    group: &mut BenchmarkGroup<WallTime>,
    name: &str,
    f: Transform<T, A>,
    x: &[T],
    cols: usize,
) {
    let mut y = x.to_vec();
    let rows = x.len() / cols;
    group.bench_function(BenchmarkId::new(name, cols), |b| {
        b.iter(|| {
            let (from, to) = (black_box(x).as_ptr(), y.as_mut_ptr());
            // SAFETY: both arrays hold rows * cols values.
            unsafe { f(from, cols, to, cols, null_mut(), rows, cols, null()) }
        });
    });
}

fn bench(c: &mut Criterion) {
    let logit = |i: usize| ((i.wrapping_mul(2654435761) >> 8) % 4096) as f32 / 256.0 - 8.0;
    let f32s: Vec<f32> = (0..VALUES).map(logit).collect();
    let f64s: Vec<f64> = f32s.iter().map(|x| f64::from(*x)).collect();
    let f16s: Vec<u16> = f32s.iter().map(|x| lgt_f16_from_f32(*x)).collect();
    let bf16s: Vec<u16> = f32s.iter().map(|x| lgt_bf16_from_f32(*x)).collect();
    let mut group = c.benchmark_group("rows");
    group.throughput(Throughput::Elements(VALUES as u64));
    for cols in [10, 100, 1000, 32000] {
        run(&mut group, "softmax_f32", lgt_softmax_f32, &f32s, cols);
        run(&mut group, "softmax_f64", lgt_softmax_f64, &f64s, cols);
        run(&mut group, "softmax_f16", lgt_softmax_f16, &f16s, cols);
        run(&mut group, "softmax_bf16", lgt_softmax_bf16, &bf16s, cols);
        run(&mut group, "log_softmax_f32", lgt_log_softmax_f32, &f32s, cols);
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(std::time::Duration::from_millis(200))
        .measurement_time(std::time::Duration::from_millis(800));
    targets = bench
}
criterion_main!(benches);
