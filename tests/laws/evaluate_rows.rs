//! Laws of rows whose columns are seen in parts: those of addition, but for last bits;
//! and what is refused.

use crate::hostile_bytes::{KIND, MAGIC, PARAM, SIZE, VERSION, refused_beside, with_field};
use crate::reference::metrics::Sample;
use crate::support::dtype::*;
use crate::support::family::{Evaluation, Family, State};
use crate::support::rng::Rng;
use crate::support::shards::{ShardFunctions, Shards, ends, fresh, merge};
use crate::support::{level, values};
use crate::{merge_any, samples};
use logitude::capi::evaluate::*;
use logitude::capi::evaluate_rows::*;
use logitude::capi::state::*;
use logitude::capi::types::*;
use logitude::status::Status;

/// A row of every family of values.
fn rows<D: Dtype>(rng: &mut Rng, cols: usize) -> Vec<Sample> {
    let one = |family: &&str| {
        let x = values::row::<D>(family, rng, cols);
        Sample { x, label: rng.below(cols), weight: 1.0 }
    };
    values::FAMILIES.iter().map(one).collect()
}

fn sum(a: &State, b: &State) -> State {
    let mut both = a.clone();
    merge(&mut both, b);
    both
}

fn addition<D: ShardFunctions>() {
    level::each(|level| {
        let mut rng = Rng::new(73);
        for cols in (1..40).chain([100, 1000]) {
            let shards = Shards::<D>::new(&rows::<D>(&mut rng, cols), 1, 2);
            let cut = rng.below(cols + 1);
            let part = |start, n| {
                let mut state = fresh(shards.rows);
                shards.add(&mut state, start, n);
                state
            };
            let (nothing, a, b) = (fresh(shards.rows), part(0, cut), part(cut, cols - cut));
            let place = format!("{} {level}, {cut} of {cols} columns", D::NAME);
            for one in [&nothing, &a, &b] {
                assert!(sum(one, &nothing) == *one && sum(&nothing, one) == *one, "{place}");
            }
            assert!(sum(&a, &b) == sum(&b, &a), "{place}");
            let mut any = a.clone();
            assert_eq!(merge_any(&mut any, &b), Status::LGT_OK);
            assert!(any == sum(&a, &b), "{place}");
            // Columns that go into one state, whose bytes are moved in between.
            let mut moved: State = a.iter().map(|w| u64::from_ne_bytes(w.to_ne_bytes())).collect();
            shards.add(&mut moved, cut, cols - cut);
            assert!(moved == any, "{place}");
        }
    });
}

#[test]
fn parts_add_up() {
    addition::<F32>();
    addition::<F64>();
    addition::<F16>();
    addition::<Bf16>();
}

fn seen(rows: usize, rng: &mut Rng) -> State {
    let data = samples::<F32>(rng, rows, 9);
    let shards = Shards::<F32>::new(&data, 0, 0);
    shards.merged(&ends(shards.cols, rng), rng)
}

#[test]
fn the_generic_verbs_know_it() {
    for rows in [0, 1, 7, 130] {
        let mut state = seen(rows, &mut Rng::new(74));
        let (at, size) = (state.as_mut_ptr().cast(), 16 + 64 * rows);
        assert_eq!(size_of_val(&state[..]), size);
        let (mut kind, mut bytes) = (0, 0);
        // SAFETY: the state is `size` bytes long.
        unsafe {
            assert_eq!(lgt_state_check(at, size), Status::LGT_OK);
            assert_eq!(lgt_state_kind(at, size, &raw mut kind), Status::LGT_OK);
            assert_eq!(lgt_state_size(at, size, &raw mut bytes), Status::LGT_OK);
            assert_eq!(lgt_state_reset(at, size), Status::LGT_OK);
        }
        assert_eq!((kind, bytes), (LGT_STATE_EVALUATE_ROWS, size));
        assert!(state == fresh(rows));
    }
    let mut bytes = 77;
    for rows in [67_108_864, 1 << 28, u32::MAX as usize, usize::MAX] {
        // SAFETY: `bytes` is one number.
        assert_eq!(unsafe { lgt_evaluate_rows_size(rows, &raw mut bytes) }, Status::LGT_E_VALUE);
    }
    assert_eq!(bytes, 77);
    // SAFETY: as above.
    let status = unsafe { lgt_evaluate_rows_size(67_108_863, &raw mut bytes) };
    assert_eq!((status, bytes), (Status::LGT_OK, 16 + 64 * 67_108_863));
}

/// As docs/state-format.md says: a row of four columns, of which the last is the label's.
#[test]
fn the_bytes_of_a_row() {
    let data = [Sample { x: vec![2.0, -1.0, 2.0, 2.0], label: 3, weight: 1.0 }];
    let mut state = fresh(1);
    Shards::<F64>::new(&data, 0, 0).add(&mut state, 0, 4);
    let numbers: Vec<f64> = state[2..7].iter().map(|word| f64::from_bits(*word)).collect();
    let e = (-3f64).exp();
    let expected = [2.0, 2.0, 1.0 + e, 2.0 + e * e, -3.0 * e];
    let near = |(got, exact): (&f64, &f64)| (got - exact).abs() < 1e-14;
    assert!(numbers.iter().zip(&expected).all(near), "{numbers:?}");
    assert_eq!(state[7..], [0, 2, 4]);
}

#[test]
fn spoilt_heads() {
    let good = seen(5, &mut Rng::new(75));
    let full = 16 + 64 * 5;
    for size in [0, 1, 15, 16, full - 8, full - 1] {
        refused_beside(good.clone(), &good, size, "too short");
    }
    for (field, values) in [
        (MAGIC, vec![0, 1, u32::MAX]),
        (KIND, vec![0, 5, 99, 0xffff]),
        (VERSION, vec![0, 2, 0xffff]),
        (SIZE, vec![0, 16, full as u32 - 8, full as u32 + 8, u32::MAX]),
        // The last come to a size of 16 where sums wrap around.
        (PARAM, vec![0, 4, 6, 67_108_863, u32::MAX, 1 << 26, 5 + (1 << 26)]),
    ] {
        for value in values {
            let what = format!("{field:?} {value}");
            refused_beside(good.clone(), &with_field(&good, field, value), full, &what);
        }
    }
    // Of another kind, and so large as this one would be.
    let other = with_field(&good, KIND, LGT_STATE_EXTSUM);
    refused_beside(good.clone(), &other, full, "sums");
}

/// Whatever stands after a right head may be used, if to no purpose, and nothing breaks.
#[test]
fn any_body_is_a_state() {
    let mut rng = Rng::new(76);
    let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 1e308, -1e308, 0.0];
    for round in 0..300 {
        let mut state = fresh(3);
        let mut word = || match round {
            0 => u64::MAX,
            1..150 => rng.bits(),
            _ => odd[rng.below(odd.len())].to_bits(),
        };
        state[2..].iter_mut().for_each(|to| *to = word());
        let mut other = state.clone();
        other[2..].rotate_left(8);
        let data = samples::<F32>(&mut rng, 3, 5);
        let shards = Shards::<F32>::new(&data, 0, 0);
        shards.add(&mut state, 0, 5);
        merge(&mut state, &other);
        for evaluation in [Evaluation { classes: 5, ..Evaluation::LOGITS }, Evaluation::LOGITS] {
            let mut whole = Family::Evaluate(evaluation).start();
            assert_eq!(shards.add_to(&state, &mut whole, round % 2 == 0), Status::LGT_OK);
            let mut report = core::mem::MaybeUninit::uninit();
            // SAFETY: the state is whole.
            let status = unsafe { lgt_evaluate_finish(whole.as_ptr().cast(), report.as_mut_ptr()) };
            assert!(status as i32 >= 0);
        }
    }
}

/// Three rows of three columns, and the arguments of both calls, to spoil.
#[derive(Clone, Copy)]
struct Call {
    x: *const f32,
    stride: usize,
    first: u64,
    scores: *const f64,
    labels: [i64; 3],
    label_type: u32,
    weights: [f64; 3],
    rows: usize,
    cols: usize,
}

static X: [f32; 9] = [0.25; 9];
static SCORES: [f64; 3] = [0.25; 3];

const GOOD: Call = Call {
    x: X.as_ptr(),
    stride: 3,
    first: 7,
    scores: SCORES.as_ptr(),
    labels: [7, 8, 9],
    label_type: LGT_I64,
    weights: [1.0, 0.5, 0.0],
    rows: 3,
    cols: 3,
};

impl Call {
    fn update(&self, state: &mut State) -> Status {
        let (at, labels) = (state.as_mut_ptr().cast(), self.labels.as_ptr().cast());
        let Call { x, stride, first, scores, label_type, rows, cols, .. } = *self;
        // SAFETY: what is no array is refused before it is looked at.
        unsafe {
            lgt_evaluate_rows_update_f32(
                at, x, stride, first, scores, labels, label_type, rows, cols,
            )
        }
    }

    fn add_to(&self, state: &State, whole: &mut State) -> Status {
        let (from, to) = (state.as_ptr().cast(), whole.as_mut_ptr().cast());
        let (labels, weights) = (self.labels.as_ptr().cast(), self.weights.as_ptr());
        // SAFETY: as above.
        unsafe { lgt_evaluate_rows_add_to(from, to, self.scores, labels, self.label_type, weights) }
    }
}

#[test]
fn refused_columns_change_nothing() {
    let mut state = seen(3, &mut Rng::new(77));
    let before = state.clone();
    let mut refuses = |call: Call, status| {
        assert_eq!(call.update(&mut state), status);
        assert!(state == before, "{status:?}");
    };
    for rows in [0, 1, 2, 4, usize::MAX] {
        refuses(Call { rows, ..GOOD }, Status::LGT_E_SHAPE);
    }
    for label in [-1, i64::MIN, u32::MAX.into(), 1 << 32, i64::MAX] {
        for row in 0..3 {
            let mut bad = GOOD;
            bad.labels[row] = label;
            refuses(bad, Status::LGT_E_LABEL);
        }
    }
    for label_type in [0, 9, u32::MAX] {
        refuses(Call { label_type, ..GOOD }, Status::LGT_E_LABEL);
    }
    for first in [u64::from(u32::MAX) - 2, u32::MAX.into(), 1 << 32, 1 << 63, u64::MAX] {
        refuses(Call { first, ..GOOD }, Status::LGT_E_VALUE);
    }
    refuses(Call { stride: 2, ..GOOD }, Status::LGT_E_STRIDE);
    refuses(Call { stride: usize::MAX / 4, ..GOOD }, Status::LGT_E_SIZE);
    refuses(Call { x: core::ptr::null(), ..GOOD }, Status::LGT_E_NULL);
    refuses(Call { scores: core::ptr::null(), ..GOOD }, Status::LGT_E_NULL);
    // No columns are not wrong, and nothing.
    refuses(Call { x: core::ptr::null(), cols: 0, ..GOOD }, Status::LGT_OK);
    // The last columns that there can be.
    assert_eq!(Call { first: u64::from(u32::MAX) - 3, ..GOOD }.update(&mut state), Status::LGT_OK);
}

#[test]
fn refused_rows_change_nothing() {
    let mut rng = Rng::new(78);
    let state = {
        let mut state = fresh(3);
        assert_eq!(GOOD.update(&mut state), Status::LGT_OK);
        state
    };
    let family = Family::Evaluate(Evaluation { classes: 10, ..Evaluation::LOGITS });
    let mut whole = crate::seen::<F32>(family, &samples::<F32>(&mut rng, 4, 10));
    let before = whole.clone();
    let mut refuses = |call: Call, status| {
        assert_eq!(call.add_to(&state, &mut whole), status);
        assert!(whole == before, "{status:?}");
    };
    for label in [-1, i64::MIN, 10, u32::MAX.into(), i64::MAX] {
        let mut bad = GOOD;
        bad.labels[2] = label;
        refuses(bad, Status::LGT_E_LABEL);
    }
    for weight in [f64::NAN, -1.0, f64::INFINITY, 1e19, -5e-324] {
        let mut bad = GOOD;
        bad.weights[1] = weight;
        refuses(bad, Status::LGT_E_VALUE);
    }
    refuses(Call { label_type: 9, ..GOOD }, Status::LGT_E_LABEL);
    refuses(Call { scores: core::ptr::null(), ..GOOD }, Status::LGT_E_NULL);
    refuses(Call { weights: [0.0; 3], ..GOOD }, Status::LGT_OK);
    assert_eq!(GOOD.add_to(&state, &mut whole), Status::LGT_OK);
    // Of probabilities; no evaluation; no rows.
    let mut others = [
        (Family::Evaluate(Evaluation::PROBABILITIES).start(), Status::LGT_E_MISMATCH),
        (Family::Nll.start(), Status::LGT_E_STATE),
        (state.clone(), Status::LGT_E_STATE),
    ];
    for (other, status) in &mut others {
        let before = other.clone();
        assert_eq!(GOOD.add_to(&state, other), *status);
        assert!(*other == before);
    }
    let before = whole.clone();
    assert_eq!(GOOD.add_to(&others[1].0, &mut whole), Status::LGT_E_STATE);
    // Other numbers of rows, and itself.
    let (mut three, at) = (state.clone(), state.as_ptr());
    for rows in [0, 2, 4] {
        assert_eq!(merge_any(&mut three, &fresh(rows)), Status::LGT_E_MISMATCH);
    }
    // SAFETY: refused, for the first is the second.
    let status =
        unsafe { lgt_evaluate_rows_merge(three.as_mut_ptr().cast(), three.as_ptr().cast()) };
    assert_eq!(status, Status::LGT_E_ALIAS);
    // SAFETY: null is refused.
    unsafe {
        let (null, to) = (core::ptr::null_mut(), whole.as_mut_ptr().cast());
        let (scores, labels) = (GOOD.scores, GOOD.labels.as_ptr().cast());
        let f = lgt_evaluate_rows_add_to;
        let weights = core::ptr::null();
        assert_eq!(f(null, to, scores, labels, LGT_I64, weights), Status::LGT_E_NULL);
        assert_eq!(f(at.cast(), null, scores, labels, LGT_I64, weights), Status::LGT_E_NULL);
        assert_eq!(f(at.cast(), to, scores, null, LGT_I64, weights), Status::LGT_E_NULL);
    }
    assert!(three == state && whole == before);
}
