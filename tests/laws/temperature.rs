//! A fit depends on the set of rows, not on their order.

use crate::reference::metrics::Sample;
use crate::support::batch::Batch;
use crate::support::dtype::*;
use crate::support::level;
use crate::support::rng::Rng;
use logitude::capi::temperature::lgt_temperature_model;

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
        for cols in [2, 5, 40] {
            let one = |rng: &mut Rng| {
                let x: Vec<f64> = (0..cols).map(|_| D::value(D::store(rng.normal()))).collect();
                let weight = D::acc_value(D::acc(rng.unit() * 3.0));
                Sample { x, label: rng.below(cols), weight }
            };
            let mut data: Vec<Sample> = (0..80).map(|_| one(&mut rng)).collect();
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
