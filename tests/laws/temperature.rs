//! A fit depends on the set of rows, not on their order.

use crate::reference::metrics::Sample;
use crate::support::batch::Batch;
use crate::support::dtype::*;
use crate::support::level;
use crate::support::points::PointFunctions;
use crate::support::rng::Rng;
use core::mem::MaybeUninit;
use logitude::calibration::temperature_search::TemperatureSearch;
use logitude::capi::temperature::{
    lgt_temperature_model, lgt_temperature_opts, lgt_temperature_opts_default,
};
use logitude::capi::temperature_loss::lgt_temperature_loss_merge;
use logitude::capi::temperature_search::*;
use logitude::status::Status;

fn fit<D: Dtype>(data: &[Sample]) -> [u64; 3] {
    let batch = Batch::<D>::new(data, 0, 0, true);
    let (a, f) = (batch.args(), D::FIT);
    let mut model = core::mem::MaybeUninit::<lgt_temperature_model>::uninit();
    let (at, opts) = (model.as_mut_ptr(), core::ptr::null());
    // SAFETY: the batch is alive; the model is written unless there is an error.
    let model = unsafe {
        let status = f(at, a.x, a.stride, a.labels, a.label_type, a.weights, a.rows, a.cols, opts);
        assert!(status as i32 >= 0, "{status:?}");
        model.assume_init()
    };
    [model.temperature, model.nll_before, model.nll_after].map(f64::to_bits)
}

fn any_order<D: Dtype>() {
    level::each(|level| {
        let mut rng = Rng::new(61);
        for (cols, rows) in [(2, 80), (5, 80), (40, 80), (3, 4000)] {
            let one = |rng: &mut Rng| {
                let x: Vec<f64> = (0..cols).map(|_| D::value(D::store(rng.normal()))).collect();
                let weight = D::acc_value(D::acc(rng.unit() * 3.0));
                Sample { x, label: rng.below(cols), weight }
            };
            let mut data: Vec<Sample> = (0..rows).map(|_| one(&mut rng)).collect();
            let first = fit::<D>(&data);
            for _ in 0..5 {
                rng.shuffle(&mut data);
                assert_eq!(fit::<D>(&data), first, "{level}");
            }
        }
    });
}

#[test]
fn any_order_of_rows_gives_the_same_bits() {
    any_order::<F32>();
    any_order::<F64>();
    any_order::<F16>();
    any_order::<Bf16>();
}

type Bytes = [u64; 6];

fn bytes(model: &MaybeUninit<lgt_temperature_model>) -> Bytes {
    // SAFETY: a model is 48 bytes without padding, which were written.
    unsafe { core::mem::transmute_copy(model) }
}

/// The whole at once, from that start.
fn whole<D: Dtype>(data: &[Sample], opts: &lgt_temperature_opts) -> Bytes {
    let batch = Batch::<D>::new(data, 0, 0, true);
    let (a, f) = (batch.args(), D::FIT);
    let mut model = MaybeUninit::uninit();
    let at = model.as_mut_ptr();
    // SAFETY: the batch is alive.
    let status =
        unsafe { f(at, a.x, a.stride, a.labels, a.label_type, a.weights, a.rows, a.cols, opts) };
    assert!(status as i32 >= 0, "{status:?}");
    bytes(&model)
}

/// Shard by shard, the states merged in any order.
fn sharded<D: PointFunctions>(
    rng: &mut Rng,
    data: &[Sample],
    opts: &lgt_temperature_opts,
) -> Bytes {
    let mut search = MaybeUninit::<TemperatureSearch>::uninit();
    let mut model = MaybeUninit::uninit();
    // SAFETY: one search, one model; the states are as long as two temperatures need.
    unsafe {
        let at = search.as_mut_ptr();
        assert_eq!(lgt_temperature_search_init(at, opts), Status::LGT_OK);
        let goes_on = |search: *const TemperatureSearch| (*search).count > 0;
        while goes_on(at) {
            let mut states = Vec::new();
            let mut rest = data;
            while !rest.is_empty() || states.is_empty() {
                let (shard, others) = rest.split_at(rest.len().min(rng.below(90)));
                rest = others;
                let mut state = vec![0u64; 353];
                let to = state.as_mut_ptr().cast();
                let status = lgt_temperature_search_state(at, to, 8 * 353);
                assert_eq!(status, Status::LGT_OK);
                if !shard.is_empty() {
                    let batch = Batch::<D>::new(shard, 0, 0, true);
                    let a = batch.args();
                    let (x, labels) = (a.x, a.labels);
                    let add = D::TEMPERATURE_LOSS;
                    let status =
                        add(to, x, a.stride, labels, a.label_type, a.weights, a.rows, a.cols);
                    assert_eq!(status, Status::LGT_OK);
                }
                states.push(state);
            }
            while states.len() > 1 {
                let part = states.swap_remove(rng.below(states.len()));
                let to = rng.below(states.len());
                let (to, part) = (states[to].as_mut_ptr().cast(), part.as_ptr().cast());
                assert_eq!(lgt_temperature_loss_merge(to, part), Status::LGT_OK);
            }
            let all = states[0].as_ptr().cast();
            assert_eq!(lgt_temperature_search_step(at, all), Status::LGT_OK);
            let again = lgt_temperature_search_step(at, all);
            assert_eq!(again, Status::LGT_E_MISMATCH);
        }
        assert!(lgt_temperature_search_model(at, model.as_mut_ptr()) as i32 >= 0);
    }
    bytes(&model)
}

fn any_shards<D: PointFunctions>() {
    level::each(|level| {
        let mut rng = Rng::new(62);
        for (rows, cols) in [(1, 2), (700, 4), (300, 130), (1600, 5)] {
            let one = |rng: &mut Rng| {
                let x: Vec<f64> = (0..cols).map(|_| D::value(D::store(rng.normal()))).collect();
                let weight = [0.0, 1.0, 1.0, 2.5][rng.below(4)];
                Sample { x, label: rng.below(cols.min(120)), weight }
            };
            let data: Vec<Sample> = (0..rows).map(|_| one(&mut rng)).collect();
            let mut opts = MaybeUninit::<lgt_temperature_opts>::uninit();
            // SAFETY: one struct, which is written.
            let mut opts = unsafe {
                lgt_temperature_opts_default(opts.as_mut_ptr());
                opts.assume_init()
            };
            for start in [1.0, 0.3, 7.0] {
                opts.start = start;
                let whole = whole::<D>(&data, &opts);
                for _ in 0..2 {
                    assert_eq!(sharded::<D>(&mut rng, &data, &opts), whole, "{level}, {rows} rows");
                }
            }
        }
    });
}

#[test]
fn a_fit_on_shards_is_the_fit_on_the_whole() {
    any_shards::<F32>();
    any_shards::<F64>();
    any_shards::<Bf16>();
}
