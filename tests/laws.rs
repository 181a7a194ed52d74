//! Laws that hold for every mergeable state, written once for all of them: a
//! state is a function of the set of rows it has seen, and of nothing else, down
//! to its bytes.
#![cfg(feature = "capi")]

#[path = "laws/agreement.rs"]
mod agreement;
#[path = "laws/auroc.rs"]
mod auroc;
#[path = "laws/binary.rs"]
mod binary;
#[path = "laws/bootstrap.rs"]
mod bootstrap;
#[path = "laws/classes.rs"]
mod classes;
#[path = "laws/columns.rs"]
mod columns;
#[path = "laws/errors.rs"]
mod errors;
#[path = "laws/evaluate_rows.rs"]
mod evaluate_rows;
#[path = "laws/exact_sums.rs"]
mod exact_sums;
#[path = "laws/extsum.rs"]
mod extsum;
#[path = "laws/hostile_bytes.rs"]
mod hostile_bytes;
#[path = "laws/ranking.rs"]
mod ranking;
mod reference;
#[path = "laws/sorting.rs"]
mod sorting;
mod support;
#[path = "laws/temperature.rs"]
mod temperature;

use logitude::capi::state::*;
use logitude::status::Status;
use reference::metrics::Sample;
use support::batch::Batch;
use support::dtype::*;
use support::family::Family::{LabelRanking, Matching, Xmc};
use support::family::{Family, State};
use support::level;
use support::points::PointFunctions;
use support::rng::Rng;
use support::values;

/// Rows of every sort: probabilities, logits, and what no metric likes.
fn samples<D: Dtype>(rng: &mut Rng, rows: usize, cols: usize) -> Vec<Sample> {
    let one = |rng: &mut Rng| {
        let family = ["normal", "wide", "spike", "masked", "some infinite", "nan"][rng.below(6)];
        let mut x = values::row::<D>(family, rng, cols);
        if rng.below(2) == 0 {
            x.iter_mut().for_each(|p| *p = D::value(D::store(rng.unit())));
        }
        let weight = [0.0, 1.0, D::acc_value(D::acc(rng.unit() * 1e6)), 2f64.powi(-40)];
        Sample { x, label: rng.below(cols), weight: weight[rng.below(4)] }
    };
    (0..rows).map(|_| one(rng)).collect()
}

/// A state that has seen `samples`.
fn seen<D: PointFunctions>(family: Family, samples: &[Sample]) -> State {
    let mut state = family.start();
    see::<D>(family, &mut state, samples);
    state
}

fn see<D: PointFunctions>(family: Family, state: &mut State, samples: &[Sample]) {
    let batch = Batch::<D>::new(samples, 1, 2, true);
    assert_eq!(family.update(state, &batch.args()), Status::LGT_OK);
}

/// `lgt_state_merge`.
fn merge_any(state: &mut [u64], other: &[u64]) -> Status {
    let (at, size) = (state.as_mut_ptr().cast(), size_of_val(state));
    // SAFETY: both are as long as is said.
    unsafe { lgt_state_merge(at, size, other.as_ptr().cast(), size_of_val(other)) }
}

/// Runs a law for every state at every level, on rows of its own.
fn for_all<D: Dtype>(law: impl Fn(Family, &[Sample], &mut Rng)) {
    level::each(|_| {
        let mut rng = Rng::new(31);
        for family in Family::all() {
            let shapes = [(0, 3), (1, 1), (7, 2), (90, 3), (60, 5), (40, 33), (5, 150)];
            for (rows, cols) in shapes.into_iter().filter(|(_, cols)| family.takes(*cols)) {
                law(family, &samples::<D>(&mut rng, rows, cols), &mut rng);
            }
        }
    });
}

/// A law is stated for f32 and f64; the 16-bit types share the code behind them.
fn for_both(f32: impl Fn(Family, &[Sample], &mut Rng), f64: impl Fn(Family, &[Sample], &mut Rng)) {
    for_all::<F32>(f32);
    for_all::<F64>(f64);
}

/// Merging with a state that has seen nothing, from either side.
fn identity<D: PointFunctions>(family: Family, data: &[Sample], _: &mut Rng) {
    let state = seen::<D>(family, data);
    let (mut left, mut right) = (state.clone(), family.start());
    assert_eq!(family.merge(&mut left, &family.start()), Status::LGT_OK);
    assert_eq!(family.merge(&mut right, &state), Status::LGT_OK);
    assert!(left == state && right == state, "{family:?}");
}

/// Any order of the rows, any split into parts, any order of merging them, by
/// either merge function.
fn split_and_merge<D: PointFunctions>(family: Family, data: &[Sample], rng: &mut Rng) {
    let whole = seen::<D>(family, data);
    let mut rows = data.to_vec();
    rng.shuffle(&mut rows);
    let mut parts = vec![];
    let mut rest = &rows[..];
    while !rest.is_empty() {
        let (part, others) = rest.split_at(1 + rng.below(rest.len()));
        parts.push(seen::<D>(family, part));
        rest = others;
    }
    parts.push(family.start());
    while parts.len() > 1 {
        let other = parts.swap_remove(rng.below(parts.len()));
        let place = rng.below(parts.len());
        let status = match rng.below(2) {
            0 => family.merge(&mut parts[place], &other),
            _ => merge_any(&mut parts[place], &other),
        };
        assert_eq!(status, Status::LGT_OK);
    }
    assert!(parts[0] == whole, "{family:?}, {} rows", data.len());
}

/// Rows one call at a time, the state moved to other memory in between.
fn bytes_are_the_state<D: PointFunctions>(family: Family, data: &[Sample], _: &mut Rng) {
    let mut state = family.start();
    for sample in data {
        let bytes: Vec<u8> = state.iter().flat_map(|word| word.to_ne_bytes()).collect();
        let words = bytes.chunks_exact(8).map(|b| u64::from_ne_bytes(b.try_into().unwrap()));
        state = words.collect();
        see::<D>(family, &mut state, core::slice::from_ref(sample));
    }
    assert!(state == seen::<D>(family, data), "{family:?}");
}

/// `lgt_state_reset` makes what `init` made, and the others tell the truth.
fn generic_verbs<D: PointFunctions>(family: Family, data: &[Sample], _: &mut Rng) {
    let mut state = seen::<D>(family, data);
    let (at, size) = (state.as_mut_ptr().cast(), family.size());
    let (mut kind, mut bytes) = (0, 0);
    // SAFETY: the state is `size` bytes long.
    unsafe {
        assert_eq!(lgt_state_check(at, size), Status::LGT_OK);
        assert_eq!(lgt_state_kind(at, size, &raw mut kind), Status::LGT_OK);
        assert_eq!(lgt_state_size(at, size, &raw mut bytes), Status::LGT_OK);
        assert_eq!(lgt_state_reset(at, size), Status::LGT_OK);
    }
    let expected = match family {
        Family::Accuracy { .. } => LGT_STATE_ACCURACY,
        Family::Nll => LGT_STATE_NLL,
        Family::Brier => LGT_STATE_BRIER,
        Family::Ece { .. } => LGT_STATE_ECE_TOP_LABEL,
        Family::ExtSum { .. } => LGT_STATE_EXTSUM,
        Family::Evaluate(_) => LGT_STATE_EVALUATE,
        Family::LogLoss { .. } => LGT_STATE_LOG_LOSS,
        Family::Spherical => LGT_STATE_SPHERICAL,
        Family::Rps { .. } => LGT_STATE_RPS,
        Family::EceBinary { .. } => LGT_STATE_ECE_BINARY,
        Family::EceClasswise { .. } => LGT_STATE_ECE_CLASSWISE,
        Family::Xmc { .. } => LGT_STATE_XMC,
        Family::Matching { .. } => LGT_STATE_MATCHING,
        Family::LabelRanking { .. } => LGT_STATE_LABEL_RANKING,
        Family::Pearson => LGT_STATE_PEARSON,
        Family::Regression => LGT_STATE_REGRESSION,
        Family::TemperatureLoss { .. } => LGT_STATE_TEMPERATURE_LOSS,
        Family::CaLoss => LGT_STATE_CA_LOSS,
    };
    assert_eq!((kind, bytes), (expected, size));
    assert!(state == family.start(), "{family:?}");
}

#[test]
fn merging_with_nothing_changes_nothing() {
    for_both(identity::<F32>, identity::<F64>);
}

#[test]
fn any_split_and_any_tree_give_the_same_bytes() {
    for_both(split_and_merge::<F32>, split_and_merge::<F64>);
}

#[test]
fn a_state_is_its_bytes() {
    for_both(bytes_are_the_state::<F32>, bytes_are_the_state::<F64>);
}

#[test]
fn the_generic_verbs_know_every_state() {
    for_both(generic_verbs::<F32>, generic_verbs::<F64>);
    let mut rng = Rng::new(32);
    for family in Family::every().skip(Family::ALL.len()) {
        let data = samples::<F32>(&mut rng, family.rows(), 3);
        generic_verbs::<F32>(family, &data, &mut rng);
        identity::<F32>(family, &data, &mut rng);
        if matches!(family, Xmc { .. } | Matching { .. } | LabelRanking { .. }) {
            let data = samples::<F32>(&mut rng, 40, 6);
            generic_verbs::<F32>(family, &data, &mut rng);
            split_and_merge::<F32>(family, &data, &mut rng);
            bytes_are_the_state::<F32>(family, &data, &mut rng);
        }
    }
}
