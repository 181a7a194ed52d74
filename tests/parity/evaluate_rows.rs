//! Rows whose columns are seen in shards, against the definition and against the
//! evaluation of the whole rows.

use crate::evaluate::{COLUMNS, label_type, samples, state};
use crate::evaluate_case::{Case, report};
use crate::level;
use crate::reference::metrics::Sample;
use crate::support::family::{Evaluation, Family, State};
use crate::support::points::PointFunctions;
use crate::support::rng::Rng;
use crate::support::shards::{self, ShardFunctions, Shards};
use crate::support::values;
use crate::support::worst::Worst;
use logitude::capi::evaluate::*;
use logitude::metrics::evaluate::EvaluateClass;
use logitude::status::Status;

/// What is counted, of which nothing is rounded: rows, accuracies, classes.
fn counts(state: &State, e: Evaluation) -> (Vec<u64>, Vec<u64>) {
    let r = report(state).1;
    let mut counts = vec![r.rows, r.nan_rows, r.infinite_rows];
    let mut classes =
        vec![EvaluateClass { labelled: 0, predicted: 0, hits: 0 }; e.classes as usize];
    let at = state.as_ptr().cast();
    // SAFETY: the state is whole, and there is room for every class.
    let status = unsafe { lgt_evaluate_get_classes(at, classes.as_mut_ptr(), classes.len()) };
    assert_eq!(status, Status::LGT_OK);
    counts.extend(classes.iter().flat_map(|c| [c.labelled, c.predicted, c.hits]));
    let accuracy = |k| {
        let mut share = 7.0;
        // SAFETY: one number.
        assert!(unsafe { lgt_evaluate_get_accuracy(at, k, &raw mut share) } as i32 >= 0);
        if share.is_nan() { u64::MAX } else { share.to_bits() }
    };
    (counts, (1..=e.ranks).map(accuracy).collect())
}

/// Rows in random shards, compared at every level.
fn run<D: PointFunctions + ShardFunctions>(
    worst: &mut Worst,
    family: &str,
    data: &[Sample],
    rng: &mut Rng,
) {
    let cols = data.first().map_or(0, |s| s.x.len());
    let ends = shards::ends(cols, rng);
    let mut case = Case::<D>::new(worst, family, data, true, rng);
    let shards = Shards::<D>::new(data, rng.below(4), label_type(cols.max(1), rng));
    let weighted = data.iter().any(|s| s.weight != 1.0);
    level::each(|level| {
        let rows = shards.merged(&ends, rng);
        let mut got = Family::Evaluate(case.evaluation).start();
        assert_eq!(shards.add_to(&rows, &mut got, weighted), Status::LGT_OK);
        if !weighted {
            let mut ones = Family::Evaluate(case.evaluation).start();
            assert_eq!(shards.add_to(&rows, &mut ones, true), Status::LGT_OK);
            assert!(ones == got, "{family}, {level}: weights of 1 are not none");
        }
        case.check(&got, level);
        let whole = state::<D>(case.evaluation, data, weighted, rng);
        let (got, whole) = (counts(&got, case.evaluation), counts(&whole, case.evaluation));
        assert_eq!(got, whole, "{family}, {level}, {cols} columns, shards to {ends:?}");
    });
}

/// Every family of values and every number of columns, of one row and of some.
pub fn shards<D: PointFunctions + ShardFunctions>() {
    let (mut rng, mut worst) = (Rng::new(67), Worst::default());
    for family in values::FAMILIES {
        for cols in COLUMNS {
            // The slow truth of long rows takes long.
            if cols > 1000 && !["normal", "constant", "lost tail"].contains(&family) {
                continue;
            }
            let some = if cols > 200 { 1 } else { 2 + rng.below(20) };
            for rows in [1, some] {
                let data = samples::<D>(family, &mut rng, rows, cols);
                run::<D>(&mut worst, family, &data, &mut rng);
            }
        }
    }
    worst.settle();
}

/// Labels far below and far above the others, wherever all of them are.
pub fn far<D: PointFunctions + ShardFunctions>() {
    let (mut rng, mut worst) = (Rng::new(68), Worst::default());
    let inf = f64::INFINITY;
    for cols in [2, 10, 33, 130, 257] {
        for offset in [0.0, 1e4, -1e4, 1e6, -1e6, 1e30, -1e30] {
            for by in [15.0, 30.0, 40.0, 43.0, 50.0, 90.0, 350.0, 700.0, 1e3, 1e4, 1e6, 1e30, inf] {
                for sign in [1.0, -1.0] {
                    let mut data = samples::<D>("normal", &mut rng, 3, cols);
                    let Sample { x, label, weight } = &mut data[1];
                    *weight = 1.0;
                    x[*label] += sign * by;
                    x.iter_mut().for_each(|v| *v = D::value(D::store(*v + offset)));
                    let family = format!("{by} off, near {offset}");
                    run::<D>(&mut worst, &family, &data, &mut rng);
                    // By itself, nothing hides.
                    run::<D>(&mut worst, &family, &data[1..2], &mut rng);
                }
            }
        }
    }
    worst.settle();
}

/// One kind of number at the label, and some of others elsewhere.
pub fn corners<D: PointFunctions + ShardFunctions>() {
    let (mut rng, mut worst) = (Rng::new(69), Worst::default());
    let (inf, nan) = (f64::INFINITY, f64::NAN);
    let odd = [-inf, inf, nan, 1.0, 0.0, -0.0, 1e4, -1e4, 1e30, -1e30, 1e300, -1e300];
    let odd = odd.map(|v| if v.is_finite() { v.clamp(-D::STORE.max(), D::STORE.max()) } else { v });
    for cols in [1, 2, 3, 17, 66, 150] {
        for own in odd {
            for other in odd {
                let share = [0.1, 0.5, 1.0][rng.below(3)];
                let mut data = samples::<D>("normal", &mut rng, 2, cols);
                let Sample { x, label, weight } = &mut data[0];
                *weight = 1.0;
                x.iter_mut().for_each(|v| *v = if rng.unit() < share { other } else { *v });
                x[*label] = own;
                x.iter_mut().for_each(|v| *v = D::value(D::store(*v)));
                let family = format!("{own:e} among {other:e}");
                run::<D>(&mut worst, &family, &data[..1], &mut rng);
                run::<D>(&mut worst, &family, &data, &mut rng);
            }
        }
    }
    worst.settle();
}

/// Blocks of rows, whole and not.
pub fn blocks<D: PointFunctions + ShardFunctions>() {
    let (mut rng, mut worst) = (Rng::new(70), Worst::default());
    for rows in [0, 1, 63, 64, 65, 130] {
        for cols in [1, 2, 10, 64, 130] {
            for family in ["normal", "ties", "masked", "some infinite"] {
                let data = samples::<D>(family, &mut rng, rows, cols);
                run::<D>(&mut worst, family, &data, &mut rng);
            }
        }
    }
    worst.settle();
}
