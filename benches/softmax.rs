//! Row transforms by storage type and row length: `cargo bench --features capi`.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use logitude::capi::log_softmax::lgt_log_softmax_f32;
use logitude::capi::logsumexp::lgt_logsumexp_f32;
use logitude::capi::softmax::{
    lgt_softmax_bf16, lgt_softmax_f16, lgt_softmax_f32, lgt_softmax_f64,
};
use logitude::capi::types::{lgt_bf16_from_f32, lgt_f16_from_f32};
use std::hint::black_box;
use std::ptr::null;

const VALUES: usize = 64_000;

fn logit(i: usize) -> f32 {
    ((i.wrapping_mul(2654435761) >> 8) % 4096) as f32 / 256.0 - 8.0
}

fn bench(c: &mut Criterion) {
    let x32: Vec<f32> = (0..VALUES).map(logit).collect();
    let x64: Vec<f64> = x32.iter().map(|x| f64::from(*x)).collect();
    let f16: Vec<u16> = x32.iter().map(|x| lgt_f16_from_f32(*x)).collect();
    let bf16: Vec<u16> = x32.iter().map(|x| lgt_bf16_from_f32(*x)).collect();
    let (mut y32, mut y64, mut y16) = (x32.clone(), x64.clone(), f16.clone());
    let lse = std::ptr::null_mut();
    let lse64 = std::ptr::null_mut();
    let mut group = c.benchmark_group("softmax");
    group.throughput(Throughput::Elements(VALUES as u64));
    for n in [10, 100, 1000, 32000] {
        let rows = VALUES / n;
        let (x, y) = (x32.as_ptr(), y32.as_mut_ptr());
        // SAFETY (all calls): the arrays hold rows * n values each.
        group.bench_function(BenchmarkId::new("softmax_f32", n), |b| {
            b.iter(|| unsafe { lgt_softmax_f32(black_box(x), n, y, n, lse, rows, n, null()) })
        });
        group.bench_function(BenchmarkId::new("log_softmax_f32", n), |b| {
            b.iter(|| unsafe { lgt_log_softmax_f32(black_box(x), n, y, n, lse, rows, n, null()) })
        });
        group.bench_function(BenchmarkId::new("logsumexp_f32", n), |b| {
            b.iter(|| unsafe { lgt_logsumexp_f32(black_box(x), n, y, rows, n, null()) })
        });
        let (x, y) = (x64.as_ptr(), y64.as_mut_ptr());
        group.bench_function(BenchmarkId::new("softmax_f64", n), |b| {
            b.iter(|| unsafe { lgt_softmax_f64(black_box(x), n, y, n, lse64, rows, n, null()) })
        });
        let (x, z, y) = (f16.as_ptr(), bf16.as_ptr(), y16.as_mut_ptr());
        group.bench_function(BenchmarkId::new("softmax_f16", n), |b| {
            b.iter(|| unsafe { lgt_softmax_f16(black_box(x), n, y, n, lse, rows, n, null()) })
        });
        group.bench_function(BenchmarkId::new("softmax_bf16", n), |b| {
            b.iter(|| unsafe { lgt_softmax_bf16(black_box(z), n, y, n, lse, rows, n, null()) })
        });
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
