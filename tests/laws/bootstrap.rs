//! Replicates: each is the metric's own state of the same rows with weights that a
//! slow draw says, whoever adds which rows in which order.

use crate::reference::metrics::Sample;
use crate::support::batch::Batch;
use crate::support::dtype::*;
use crate::support::family::{Family, State};
use crate::support::level;
use crate::support::points::PointFunctions;
use crate::support::rng::Rng;
use crate::{merge_any, samples, see};
use logitude::capi::bootstrap::*;
use logitude::capi::state::*;
use logitude::metrics::bootstrap::BootstrapReport;
use logitude::status::Status;
use std::ffi::c_void;

const SEED: u64 = 0x0123_4567_89ab_cdef;
const REPLICATES: u32 = 7;

type UpdateOf<D> = unsafe extern "C" fn(
    *mut c_void,
    *const <D as Dtype>::Store,
    usize,
    *const c_void,
    u32,
    *const <D as Dtype>::Acc,
    u64,
    usize,
    usize,
) -> Status;

/// The update of each storage type.
trait Drawn: Dtype {
    const UPDATE: UpdateOf<Self>;
}

impl Drawn for F32 {
    const UPDATE: UpdateOf<Self> = lgt_bootstrap_update_f32;
}
impl Drawn for F64 {
    const UPDATE: UpdateOf<Self> = lgt_bootstrap_update_f64;
}
impl Drawn for F16 {
    const UPDATE: UpdateOf<Self> = lgt_bootstrap_update_f16;
}
impl Drawn for Bf16 {
    const UPDATE: UpdateOf<Self> = lgt_bootstrap_update_bf16;
}

const METRICS: [Family; 5] = [
    Family::Accuracy { k: 1 },
    Family::Accuracy { k: 3 },
    Family::Nll,
    Family::Brier,
    Family::Ece { bins: 15 },
];

fn kind(metric: Family) -> (u32, u32) {
    match metric {
        Family::Accuracy { k } => (LGT_STATE_ACCURACY, k),
        Family::Nll => (LGT_STATE_NLL, 0),
        Family::Brier => (LGT_STATE_BRIER, 0),
        Family::Ece { bins } => (LGT_STATE_ECE_TOP_LABEL, bins),
        // None of those that can be drawn.
        _ => (LGT_STATE_EXTSUM, 1),
    }
}

fn start_with(metric: Family, replicates: u32, seed: u64) -> State {
    let (kind, param) = kind(metric);
    let mut bytes = 0;
    // SAFETY: one number, then a state of as many bytes as it says.
    unsafe {
        let status = lgt_bootstrap_size(kind, param, replicates, &raw mut bytes);
        assert_eq!(status, Status::LGT_OK);
        assert_eq!(bytes, 32 + (replicates as usize + 1) * metric.size());
        let mut state = vec![u64::MAX; bytes / 8];
        let at = state.as_mut_ptr().cast();
        let status = lgt_bootstrap_init(at, bytes, kind, param, replicates, seed);
        assert_eq!(status, Status::LGT_OK);
        state
    }
}

fn start(metric: Family) -> State {
    start_with(metric, REPLICATES, SEED)
}

fn add<D: Drawn>(state: &mut State, data: &[Sample], first_row: u64) -> Status {
    let batch = Batch::<D>::new(data, 1, 2, true);
    let a = batch.args();
    let at = state.as_mut_ptr().cast();
    // SAFETY: the arguments come from a batch that is still there.
    unsafe {
        (D::UPDATE)(at, a.x, a.stride, a.labels, a.label_type, a.weights, first_row, a.rows, a.cols)
    }
}

/// Philox4x32-10 as its paper writes it, and inversion by a sum of f64.
fn slow_draw(seed: u64, row: u64, replicate: u32) -> u32 {
    let mut x = [row as u32, (row >> 32) as u32, replicate / 4, 0];
    let (mut k0, mut k1) = (seed as u32, (seed >> 32) as u32);
    for _ in 0..10 {
        let p0 = 0xD2511F53u64 * u64::from(x[0]);
        let p1 = 0xCD9E8D57u64 * u64::from(x[2]);
        x = [(p1 >> 32) as u32 ^ x[1] ^ k0, p1 as u32, (p0 >> 32) as u32 ^ x[3] ^ k1, p0 as u32];
        k0 = k0.wrapping_add(0x9E3779B9);
        k1 = k1.wrapping_add(0xBB67AE85);
    }
    let share = (f64::from(x[replicate as usize % 4]) + 0.5) / 2f64.powi(32);
    let (mut term, mut sum, mut n) = ((-1f64).exp(), 0.0, 0);
    loop {
        sum += term;
        if share < sum || n == 12 {
            return n;
        }
        n += 1;
        term /= f64::from(n);
    }
}

/// Rows whose weights times 12 are exact in every type.
fn rows<D: Drawn>(rng: &mut Rng, count: usize, cols: usize) -> Vec<Sample> {
    let mut data = samples::<D>(rng, count, cols);
    let weights = [0.0, 1.0, 2.5, 2f64.powi(-40)];
    data.iter_mut().for_each(|s| s.weight = weights[rng.below(4)]);
    data
}

fn get(state: &State, replicate: Option<u32>, size: usize) -> State {
    let mut out = vec![u64::MAX; size / 8 + 1];
    let (from, to) = (state.as_ptr().cast(), out.as_mut_ptr().cast());
    // SAFETY: both are as long as is said.
    let status = unsafe {
        match replicate {
            Some(b) => lgt_bootstrap_get_replicate(from, b, to, size),
            None => lgt_bootstrap_get_original(from, to, size),
        }
    };
    assert_eq!(status, Status::LGT_OK);
    assert_eq!(out.pop(), Some(u64::MAX));
    out
}

fn as_drawn<D: Drawn + PointFunctions>() {
    level::each(|level| {
        let mut rng = Rng::new(91);
        for metric in METRICS {
            for (count, cols) in [(0, 3), (1, 1), (7, 2), (63, 5), (64, 5), (65, 3), (200, 33)] {
                let data = rows::<D>(&mut rng, count, cols);
                let first = [0, 1000, u64::from(u32::MAX) - 5, u64::MAX - 20][rng.below(4)];
                let mut state = start(metric);
                assert_eq!(add::<D>(&mut state, &data, first), Status::LGT_OK);
                let mut whole = metric.start();
                see::<D>(metric, &mut whole, &data);
                assert!(get(&state, None, metric.size()) == whole, "{metric:?} {level}");
                for b in 0..REPLICATES {
                    let mut drawn = data.clone();
                    for (i, s) in drawn.iter_mut().enumerate() {
                        let row = first.wrapping_add(i as u64);
                        s.weight *= f64::from(slow_draw(SEED, row, b));
                    }
                    let mut expected = metric.start();
                    see::<D>(metric, &mut expected, &drawn);
                    let got = get(&state, Some(b), metric.size());
                    assert!(got == expected, "{metric:?} {count} x {cols}, {b}, {level}");
                }
            }
        }
    });
}

#[test]
fn each_replicate_is_the_state_of_the_drawn_rows() {
    as_drawn::<F32>();
    as_drawn::<F64>();
    as_drawn::<F16>();
    as_drawn::<Bf16>();
}

#[test]
fn weights_are_those_that_states_draw() {
    for replicate in [0, 1, 2, 3, 4, 11, u32::MAX] {
        for (first, count) in [(0, 0), (0, 1), (5, 63), (u64::MAX - 70, 200)] {
            let (mut wide, mut narrow) = (vec![7.0; count + 1], vec![7.0f32; count + 1]);
            let mut half = vec![7u16; count + 1];
            let mut brain = vec![7u16; count + 1];
            // SAFETY: there is room for `count` numbers and one more.
            let statuses = unsafe {
                [
                    lgt_bootstrap_weights_f64(SEED, replicate, first, wide.as_mut_ptr(), count),
                    lgt_bootstrap_weights_f32(SEED, replicate, first, narrow.as_mut_ptr(), count),
                    lgt_bootstrap_weights_f16(SEED, replicate, first, half.as_mut_ptr(), count),
                    lgt_bootstrap_weights_bf16(SEED, replicate, first, brain.as_mut_ptr(), count),
                ]
            };
            assert_eq!(statuses, [Status::LGT_OK; 4]);
            for i in 0..count {
                let draw = slow_draw(SEED, first.wrapping_add(i as u64), replicate);
                assert_eq!(wide[i], f64::from(draw));
                assert_eq!(narrow[i], draw as f32);
                assert_eq!(F16::value(half[i]), f64::from(draw));
                assert_eq!(Bf16::value(brain[i]), f64::from(draw));
            }
            assert_eq!((wide[count], narrow[count], half[count], brain[count]), (7.0, 7.0, 7, 7));
        }
    }
    // SAFETY: nothing is written.
    unsafe {
        let null = core::ptr::null_mut();
        assert_eq!(lgt_bootstrap_weights_f64(1, 0, 0, null, 1), Status::LGT_E_NULL);
        assert_eq!(lgt_bootstrap_weights_f64(1, 0, 0, null, 0), Status::LGT_OK);
    }
}

/// Shards in any order, by any tree of either merge. At one level: another may round
/// otherwise.
fn split_and_merge<D: Drawn>() {
    level::each(|_| split_and_merge_here::<D>());
}

fn split_and_merge_here<D: Drawn>() {
    let mut rng = Rng::new(92);
    for metric in METRICS {
        for (count, cols) in [(1, 1), (7, 2), (150, 5), (70, 33)] {
            let data = rows::<D>(&mut rng, count, cols);
            let mut whole = start(metric);
            assert_eq!(add::<D>(&mut whole, &data, 100), Status::LGT_OK);
            let (mut parts, mut at) = (vec![start(metric)], 0);
            while at < count {
                let take = 1 + rng.below(count - at);
                let mut part = if rng.below(2) == 0 { start(metric) } else { parts.pop().unwrap() };
                let status = add::<D>(&mut part, &data[at..at + take], 100 + at as u64);
                assert_eq!(status, Status::LGT_OK);
                parts.push(part);
                at += take;
            }
            while parts.len() > 1 {
                let other = parts.swap_remove(rng.below(parts.len()));
                let place = rng.below(parts.len());
                let into = &mut parts[place];
                let status = if rng.below(2) == 0 {
                    merge_any(into, &other)
                } else {
                    // SAFETY: both are whole states.
                    unsafe { lgt_bootstrap_merge(into.as_mut_ptr().cast(), other.as_ptr().cast()) }
                };
                assert_eq!(status, Status::LGT_OK);
            }
            assert!(parts[0] == whole, "{metric:?} {count}");
        }
    }
}

#[test]
fn any_split_and_any_tree_give_the_same_bytes() {
    split_and_merge::<F32>();
    split_and_merge::<F64>();
}

fn finish(state: &State, confidence: f64, room: usize) -> (Status, BootstrapReport, Vec<f64>) {
    let mut values = vec![7.0; room];
    let nine = 9.0;
    let mut report = BootstrapReport {
        replicates: 9,
        undefined: 9,
        value: nine,
        mean: nine,
        std_error: nine,
        low: nine,
        high: nine,
    };
    let at = state.as_ptr().cast();
    // SAFETY: as much room as is said.
    let status =
        unsafe { lgt_bootstrap_finish(at, confidence, values.as_mut_ptr(), room, &raw mut report) };
    (status, report, values)
}

#[test]
fn what_replicates_amount_to() {
    let mut rng = Rng::new(93);
    let hits: Vec<bool> = (0..50).map(|_| rng.below(3) > 0).collect();
    let row = |hit: &bool| Sample { x: vec![1.0, 0.0], label: usize::from(!hit), weight: 1.0 };
    let data: Vec<Sample> = hits.iter().map(row).collect();
    let count = 301;
    let mut state = start_with(Family::Accuracy { k: 1 }, count, 5);
    assert_eq!(add::<F32>(&mut state, &data, 0), Status::LGT_OK);
    let expected: Vec<f64> = (0..count)
        .map(|b| {
            let draws: Vec<u32> = (0..50).map(|row| slow_draw(5, row, b)).collect();
            let of_hits: u32 = draws.iter().zip(&hits).map(|(k, hit)| k * u32::from(*hit)).sum();
            f64::from(of_hits) / f64::from(draws.iter().sum::<u32>())
        })
        .collect();
    let (status, report, values) = finish(&state, 0.9, count as usize);
    assert_eq!(status, Status::LGT_OK);
    assert_eq!(values, expected);
    assert_eq!((report.replicates, report.undefined), (u64::from(count), 0));
    assert_eq!(report.value, hits.iter().filter(|hit| **hit).count() as f64 / 50.0);
    let mean = expected.iter().sum::<f64>() / f64::from(count);
    let squares: f64 = expected.iter().map(|x| (x - mean).powi(2)).sum();
    assert!((report.mean - mean).abs() < 1e-14);
    assert!((report.std_error - (squares / 300.0).sqrt()).abs() < 1e-14);
    // 5 % and 95 % of 301 are ranks 15 and 285.
    let mut sorted = expected;
    sorted.sort_by(f64::total_cmp);
    assert!((report.low - sorted[15]).abs() < 1e-14 && (report.high - sorted[285]).abs() < 1e-14);
}

/// A row that was not drawn leaves a replicate of nothing.
#[test]
fn undefined_replicates_are_left_out() {
    for metric in METRICS {
        let mut state = start_with(metric, 40, SEED);
        let (status, report, _) = finish(&state, 0.9, 40);
        assert_eq!(status, Status::LGT_UNDEFINED);
        assert_eq!((report.replicates, report.undefined), (40, 40));
        assert!(report.value.is_nan() && report.mean.is_nan() && report.low.is_nan());
        let row = Sample { x: vec![0.25, 0.75], label: 1, weight: 1.0 };
        assert_eq!(add::<F64>(&mut state, &[row], 3), Status::LGT_OK);
        let (status, report, values) = finish(&state, 0.9, 41);
        let none = (0..40).filter(|b| slow_draw(SEED, 3, *b) == 0).count();
        assert_eq!(status, Status::LGT_OK);
        assert!(none > 0 && report.undefined == none as u64);
        assert_eq!(values.iter().filter(|x| x.is_nan()).count(), none);
        assert_eq!(values[40], 7.0);
        assert!((report.mean - report.value).abs() < 1e-15 && report.std_error < 1e-15);
        assert!(
            (report.low - report.value).abs() < 1e-15 && (report.high - report.low).abs() < 1e-15
        );
    }
}

#[test]
fn generic_verbs_and_mismatches() {
    let mut rng = Rng::new(94);
    for metric in METRICS {
        let data = rows::<F32>(&mut rng, 20, 4);
        let mut state = start(metric);
        assert_eq!(add::<F32>(&mut state, &data, 0), Status::LGT_OK);
        let (full, size) = (state.clone(), size_of_val(&state[..]));
        let (mut kind, mut bytes) = (0, 0);
        let at: *mut c_void = state.as_mut_ptr().cast();
        // SAFETY: the state is `size` bytes long.
        unsafe {
            assert_eq!(lgt_state_check(at, size), Status::LGT_OK);
            assert_eq!(lgt_state_kind(at, size, &raw mut kind), Status::LGT_OK);
            assert_eq!(lgt_state_size(at, size, &raw mut bytes), Status::LGT_OK);
            assert_eq!((kind, bytes), (LGT_STATE_BOOTSTRAP, size));
            assert_eq!(lgt_bootstrap_merge(at, at.cast_const()), Status::LGT_E_ALIAS);
        }
        let others = [
            start_with(metric, REPLICATES + 1, SEED),
            start_with(metric, REPLICATES, SEED + 1),
            start_with(Family::Ece { bins: 14 }, REPLICATES, SEED),
            start_with(Family::Accuracy { k: 4 }, REPLICATES, SEED),
        ];
        for other in others {
            assert_eq!(merge_any(&mut state, &other), Status::LGT_E_MISMATCH);
        }
        assert!(state == full);
        // SAFETY: as above.
        assert_eq!(unsafe { lgt_state_reset(at, size) }, Status::LGT_OK);
        assert!(state == start(metric));
        assert_eq!(merge_any(&mut state, &full), Status::LGT_OK);
        assert!(state == full);
    }
}

/// Any bytes behind a head: refused, or some state, but never read past their end.
#[test]
fn hostile_bytes() {
    let mut rng = Rng::new(95);
    let good = start(Family::Ece { bins: 3 });
    let size = size_of_val(&good[..]);
    let check = |state: &State| {
        // SAFETY: the state is `size` bytes long.
        unsafe { lgt_state_check(state.as_ptr().cast(), size) }
    };
    assert_eq!(check(&good), Status::LGT_OK);
    for (word, value) in [
        (2, 0),
        (2, u64::from(LGT_STATE_EXTSUM)),
        (2, u64::from(LGT_STATE_BOOTSTRAP)),
        (2, u64::from(LGT_STATE_ECE_TOP_LABEL)),
        (2, u64::from(LGT_STATE_ECE_TOP_LABEL) | 4 << 32),
        (2, u64::from(LGT_STATE_ECE_TOP_LABEL) | u64::from(u32::MAX) << 32),
        (2, u64::MAX),
        (1, good[1] & 0xffff_ffff),
        (1, good[1] | 0xffff_ffff << 32),
    ] {
        let mut bad = good.clone();
        bad[word] = value;
        assert_eq!(check(&bad), Status::LGT_E_STATE, "{word} {value:x}");
        let mut fine = good.clone();
        assert_eq!(merge_any(&mut fine, &bad), Status::LGT_E_STATE);
        assert_eq!(add::<F32>(&mut bad.clone(), &[], 0), Status::LGT_E_STATE);
        assert!(fine == good);
    }
    for _ in 0..200 {
        let mut wild = good.clone();
        wild[4..].fill_with(|| (rng.unit() * 1.8e19) as u64);
        assert_eq!(check(&wild), Status::LGT_OK);
        assert!(finish(&wild, 0.5, REPLICATES as usize).0 as i32 >= 0);
        assert_eq!(add::<F32>(&mut wild, &rows::<F32>(&mut rng, 9, 3), 0), Status::LGT_OK);
        let other = wild.clone();
        assert_eq!(merge_any(&mut wild, &other), Status::LGT_OK);
        let size = Family::Ece { bins: 3 }.size();
        let one = get(&wild, Some(0), size);
        // SAFETY: the state is `size` bytes long.
        assert_eq!(unsafe { lgt_state_check(one.as_ptr().cast(), size) }, Status::LGT_OK);
    }
}

#[test]
fn bad_arguments_change_nothing() {
    let null = core::ptr::null_mut();
    let mut bytes = 7;
    // SAFETY: one number.
    let mut size_of = |kind, param, replicates| unsafe {
        let status = lgt_bootstrap_size(kind, param, replicates, &raw mut bytes);
        (status, bytes)
    };
    let refused = (Status::LGT_E_VALUE, 7);
    assert_eq!(size_of(LGT_STATE_ACCURACY, 1, 0), refused);
    assert_eq!(size_of(LGT_STATE_ACCURACY, 0, 5), refused);
    assert_eq!(size_of(LGT_STATE_NLL, 1, 5), refused);
    assert_eq!(size_of(LGT_STATE_ECE_TOP_LABEL, 0, 5), refused);
    assert_eq!(size_of(LGT_STATE_EXTSUM, 1, 5), refused);
    assert_eq!(size_of(LGT_STATE_BOOTSTRAP, 1, 5), refused);
    assert_eq!(size_of(0, 0, 5), refused);
    assert_eq!(size_of(LGT_STATE_ECE_TOP_LABEL, 65536, u32::MAX), refused);
    let metric = Family::Brier;
    let (mut state, data) = (start(metric), rows::<F32>(&mut Rng::new(96), 9, 3));
    assert_eq!(add::<F32>(&mut state, &data, 0), Status::LGT_OK);
    let before = state.clone();
    let label = [data.clone(), vec![Sample { label: 3, ..data[0].clone() }]].concat();
    assert_eq!(add::<F32>(&mut state, &label, 0), Status::LGT_E_LABEL);
    for weight in [-1.0, f64::NAN, f64::INFINITY] {
        let bad = [data.clone(), vec![Sample { weight, ..data[0].clone() }]].concat();
        assert_eq!(add::<F32>(&mut state, &bad, 0), Status::LGT_E_VALUE);
    }
    assert!(state == before);
    for confidence in [0.0, 1.0, -0.5, f64::NAN] {
        let (status, report, values) = finish(&state, confidence, REPLICATES as usize);
        assert_eq!((status, report.mean), (Status::LGT_E_VALUE, 9.0));
        assert!(values.iter().all(|x| *x == 7.0));
    }
    let (status, report, values) = finish(&state, 0.5, REPLICATES as usize - 1);
    assert_eq!((status, report.mean), (Status::LGT_E_SIZE, 9.0));
    assert!(values.iter().all(|x| *x == 7.0));
    let (size, at) = (metric.size(), state.as_mut_ptr().cast::<c_void>());
    let mut out = vec![7u64; size / 8 + 1];
    let to: *mut c_void = out.as_mut_ptr().cast();
    let mut value = 7.0;
    // SAFETY: the memory is as long as is said.
    unsafe {
        use Status::*;
        let get = lgt_bootstrap_get_replicate;
        assert_eq!(get(at, REPLICATES, to, size), LGT_E_VALUE);
        assert_eq!(get(at, 0, to, size - 1), LGT_E_SIZE);
        assert_eq!(get(at, 0, to.cast::<u8>().add(4).cast(), size), LGT_E_STATE);
        assert_eq!(get(at, 0, at.cast::<u8>().add(64).cast(), size), LGT_E_ALIAS);
        assert_eq!(get(null, 0, to, size), LGT_E_NULL);
        assert_eq!(get(at, 0, null, size), LGT_E_NULL);
        assert_eq!(lgt_bootstrap_get_original(at, to, size - 1), LGT_E_SIZE);
        assert_eq!(lgt_bootstrap_get_original(null, to, size), LGT_E_NULL);
        assert_eq!(lgt_bootstrap_get_values(at, &raw mut value, 1), LGT_E_SIZE);
        assert_eq!(lgt_bootstrap_get_values(at, core::ptr::null_mut(), 99), LGT_E_NULL);
        assert_eq!(lgt_bootstrap_init(null, 1 << 20, 1, 1, 5, 0), LGT_E_NULL);
        assert_eq!(lgt_bootstrap_init(to, size, 3, 0, 5, 0), LGT_E_SIZE);
        assert_eq!(lgt_bootstrap_init(to, size, 3, 1, 5, 0), LGT_E_VALUE);
        assert_eq!(lgt_bootstrap_merge(null, at), LGT_E_NULL);
        let (x, y) = (core::ptr::null(), core::ptr::null());
        let w = core::ptr::null();
        assert_eq!(lgt_bootstrap_update_f32(null, x, 3, y, 3, w, 0, 0, 3), LGT_E_NULL);
        assert_eq!(lgt_bootstrap_update_f32(at, x, 3, y, 3, w, 0, 1, 3), LGT_E_NULL);
        assert_eq!(lgt_bootstrap_update_f32(at, x, 2, y, 3, w, 0, 0, 3), LGT_E_STRIDE);
        assert_eq!(lgt_bootstrap_update_f32(at, x, 3, y, 9, w, 0, 0, 3), LGT_E_LABEL);
    }
    assert!(state == before && value == 7.0 && out.iter().all(|word| *word == 7));
}
