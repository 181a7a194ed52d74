//! The laws of states of scores in order: whatever the split and the tree of merging, the
//! same bytes; bounds hold; a state that is full says so; hostile bytes do no harm.

use crate::hostile_bytes::{KIND, MAGIC, PARAM, SIZE, VERSION, refused_beside, with_field};
use crate::merge_any;
use crate::reference::two_samples as exact;
use crate::support::bounds;
use crate::support::curves::*;
use crate::support::dtype::*;
use crate::support::rng::Rng;
use logitude::capi::binned_auroc::*;
use logitude::capi::state::*;
use logitude::capi::streaming_auroc::*;
use logitude::capi::types::LGT_U8;
use logitude::curves::binned_auroc::BinnedAurocReport;
use logitude::curves::streaming_auroc::StreamingAurocReport;
use logitude::status::Status;

type State = Vec<u64>;

/// A kind of state with its parameters.
#[derive(Clone, Copy, Debug)]
enum What {
    Binned { k: u32, map: u32, edges: &'static [f64] },
    Streaming { capacity: u32 },
}

const EDGES: &[f64] = &[f64::NEG_INFINITY, -1.5, 0.0, 1e-311, 0.25, 0.5, 1.0, 1e12, f64::INFINITY];
const BINNED: [What; 4] = [
    What::Binned { k: 8, map: LGT_BINNED_AUROC_SCORES, edges: &[] },
    What::Binned { k: 11, map: LGT_BINNED_AUROC_SCORES, edges: &[] },
    What::Binned { k: 9, map: LGT_BINNED_AUROC_PROBABILITIES, edges: &[] },
    What::Binned { k: 8, map: LGT_BINNED_AUROC_EDGES, edges: EDGES },
];
const ALL: [What; 6] = [
    BINNED[0],
    BINNED[1],
    BINNED[2],
    BINNED[3],
    What::Streaming { capacity: 700 },
    What::Streaming { capacity: 5000 },
];

impl What {
    fn start(self) -> State {
        let mut bytes = 0;
        // SAFETY: the state is as long as is said.
        unsafe {
            let status = match self {
                What::Binned { k, .. } => lgt_binned_auroc_size(k, &raw mut bytes),
                What::Streaming { capacity } => lgt_streaming_auroc_size(capacity, &raw mut bytes),
            };
            assert_eq!(status, Status::LGT_OK);
            let mut state = vec![u64::MAX; bytes / 8];
            let at = state.as_mut_ptr().cast();
            let status = match self {
                What::Binned { k, map, edges } => {
                    lgt_binned_auroc_init(at, bytes, k, map, edges.as_ptr(), edges.len())
                }
                What::Streaming { capacity } => lgt_streaming_auroc_init(at, bytes, capacity),
            };
            assert_eq!(status, Status::LGT_OK);
            state
        }
    }

    fn add<D: CurveFunctions>(self, state: &mut State, rows: &[Row], kind: usize) -> Status {
        let x: Vec<D::Store> = rows.iter().map(|row| D::store(row.score)).collect();
        let (labels, label_type) = labels(rows.iter().map(|row| row.hit), kind);
        let (at, n) = (state.as_mut_ptr().cast(), rows.len());
        let (x, labels) = (x.as_ptr(), labels.as_ptr().cast());
        // SAFETY: arrays are as long as is said.
        unsafe {
            match self {
                What::Binned { edges, .. } => {
                    D::BINNED(at, x, labels, label_type, edges.as_ptr(), n, edges.len())
                }
                What::Streaming { .. } => D::STREAMING(at, x, labels, label_type, n),
            }
        }
    }

    fn seen<D: CurveFunctions>(self, rows: &[Row], kind: usize) -> State {
        let mut state = self.start();
        assert_eq!(self.add::<D>(&mut state, rows, kind), Status::LGT_OK);
        state
    }

    fn merge(self, state: &mut State, other: &State) -> Status {
        let (at, other) = (state.as_mut_ptr().cast(), other.as_ptr().cast());
        // SAFETY: both are whole states.
        unsafe {
            match self {
                What::Binned { .. } => lgt_binned_auroc_merge(at, other),
                What::Streaming { .. } => lgt_streaming_auroc_merge(at, other),
            }
        }
    }

    fn takes(self, sort: usize) -> bool {
        !matches!(self, What::Binned { map: LGT_BINNED_AUROC_PROBABILITIES, .. })
            || PROBABILITIES.contains(&sort)
    }
}

fn binned(state: &State) -> (Status, BinnedAurocReport) {
    // SAFETY: a whole state; a report of numbers.
    unsafe {
        let mut report = core::mem::zeroed();
        let status = lgt_binned_auroc_finish(state.as_ptr().cast(), &raw mut report);
        (status, report)
    }
}

fn streaming(state: &State) -> (Status, StreamingAurocReport) {
    // SAFETY: as above.
    unsafe {
        let mut report = core::mem::zeroed();
        let status = lgt_streaming_auroc_finish(state.as_ptr().cast(), 0.95, &raw mut report);
        (status, report)
    }
}

fn any_split<D: CurveFunctions>() {
    let mut rng = Rng::new(321);
    for what in ALL {
        for (n, sort) in
            [0, 1, 9, 60, 700].into_iter().flat_map(|n| (0..SORTS).map(move |s| (n, s)))
        {
            let mut data = rows::<D>(&mut rng, n, sort);
            if n == 60 {
                data[7].score = f64::NAN;
            }
            let whole = what.seen::<D>(&data, 0);
            rng.shuffle(&mut data);
            let (mut parts, mut rest) = (vec![what.start()], &data[..]);
            while !rest.is_empty() {
                let most = rest.len().min(1 + rng.below(90));
                let (part, others) = rest.split_at(1 + rng.below(most));
                if rng.below(2) == 0 {
                    parts.push(what.seen::<D>(part, rng.below(8)));
                } else {
                    let place = rng.below(parts.len());
                    let kind = rng.below(8);
                    assert_eq!(what.add::<D>(&mut parts[place], part, kind), Status::LGT_OK);
                }
                rest = others;
            }
            while parts.len() > 1 {
                let other = parts.swap_remove(rng.below(parts.len()));
                let place = rng.below(parts.len());
                let status = match rng.below(2) {
                    0 => what.merge(&mut parts[place], &other),
                    _ => merge_any(&mut parts[place], &other),
                };
                assert_eq!(status, Status::LGT_OK);
            }
            assert!(parts[0] == whole, "{what:?}, {n} rows of sort {sort}, {}", D::NAME);
        }
    }
}

#[test]
fn any_split_and_any_tree_give_the_same_bytes_f32() {
    any_split::<F32>();
}

#[test]
fn any_split_and_any_tree_give_the_same_bytes_f64() {
    any_split::<F64>();
}

#[test]
fn any_split_and_any_tree_give_the_same_bytes_f16() {
    any_split::<F16>();
}

/// Row by row, moved in memory in between; the generic verbs.
#[test]
fn a_state_is_its_bytes() {
    let mut rng = Rng::new(322);
    for what in ALL {
        let data = rows::<Bf16>(&mut rng, 200, 6);
        let mut state = what.start();
        for row in &data {
            state = state.to_vec();
            assert_eq!(what.add::<Bf16>(&mut state, &[*row], 5), Status::LGT_OK);
        }
        assert!(state == what.seen::<Bf16>(&data, 1), "{what:?}");
        let (at, size) = (state.as_mut_ptr().cast(), size_of_val(&state[..]));
        let (mut kind, mut bytes) = (0, 0);
        // SAFETY: the state is `size` bytes long.
        unsafe {
            assert_eq!(lgt_state_check(at, size), Status::LGT_OK);
            assert_eq!(lgt_state_kind(at, size, &raw mut kind), Status::LGT_OK);
            assert_eq!(lgt_state_size(at, size, &raw mut bytes), Status::LGT_OK);
            assert_eq!(lgt_state_merge(at, size, at, size), Status::LGT_E_ALIAS);
            assert_eq!(lgt_state_reset(at, size), Status::LGT_OK);
        }
        let expected = match what {
            What::Binned { .. } => LGT_STATE_BINNED_AUROC,
            What::Streaming { .. } => LGT_STATE_STREAMING_AUROC,
        };
        assert_eq!((kind, bytes), (expected, size));
        assert!(state == what.start(), "{what:?}");
    }
}

/// Every score is kept: the report is that of all rows at once, and of every pair.
#[test]
fn streams_are_exact() {
    let mut rng = Rng::new(323);
    let what = What::Streaming { capacity: 300 };
    for n in [0, 1, 2, 3, 16, 17, 120, 300] {
        for sort in 0..SORTS {
            let data = rows::<F64>(&mut rng, n, sort);
            let (status, got) = streaming(&what.seen::<F64>(&data, 2));
            let (_, batch) = delong::<F64>(&data, 0, 0.95);
            let (scores, hits): (Vec<f64>, Vec<bool>) =
                data.iter().map(|row| (row.score, row.hit)).unzip();
            let (auroc, precision) = exact::ranking(&scores, &hits);
            let place = format!("{n} rows of sort {sort}: {got:?}");
            assert_eq!((got.rows, got.capacity), (n as u64, 300), "{place}");
            assert_eq!(status == Status::LGT_UNDEFINED, got.variance.is_nan(), "{place}");
            let of = |x: f64| x.to_bits();
            assert_eq!(
                [got.auroc, got.variance, got.std_error, got.low, got.logit_high].map(of),
                [batch.auroc, batch.variance, batch.std_error, batch.low, batch.logit_high].map(of),
                "{place}"
            );
            let same = |got: f64, exact: f64| (got - exact).abs() <= 2.0 * bounds::DELONG * exact;
            assert!(got.auroc.is_nan() && auroc.is_nan() || same(got.auroc, auroc), "{place}");
            let nothing = got.average_precision.is_nan() && precision.is_nan();
            assert!(nothing || same(got.average_precision, precision), "{place}, {precision}");
        }
    }
}

/// Nothing is taken in part; states of any capacity merge where there is room.
#[test]
fn a_full_state_says_so() {
    let mut rng = Rng::new(324);
    let (small, large) = (What::Streaming { capacity: 10 }, What::Streaming { capacity: 25 });
    let data = rows::<F32>(&mut rng, 25, 0);
    let mut state = small.start();
    assert_eq!(small.add::<F32>(&mut state, &data[..11], 0), Status::LGT_E_SIZE);
    assert!(state == small.start());
    let mut with_nan = data[..11].to_vec();
    with_nan[3].score = f64::NAN;
    assert_eq!(small.add::<F32>(&mut state, &with_nan, 0), Status::LGT_OK);
    let full = state.clone();
    assert_eq!(small.add::<F32>(&mut state, &data[..1], 0), Status::LGT_E_SIZE);
    let one = large.seen::<F32>(&data[24..], 0);
    assert_eq!(small.merge(&mut state, &one), Status::LGT_E_SIZE);
    assert_eq!(merge_any(&mut state, &one), Status::LGT_E_SIZE);
    assert!(state == full);
    assert_eq!(small.merge(&mut state, &large.start()), Status::LGT_OK);
    assert!(state == full);

    let mut whole = large.start();
    for part in [&data[..10], &data[10..18], &data[18..]] {
        assert_eq!(merge_any(&mut whole, &small.seen::<F32>(part, 0)), Status::LGT_OK);
    }
    assert!(whole == large.seen::<F32>(&data, 0));
    assert_eq!(large.merge(&mut whole, &small.seen::<F32>(&data[..1], 0)), Status::LGT_E_SIZE);
    assert!(whole == large.seen::<F32>(&data, 0));
}

/// What the scores were is within the bounds; where few are in a bucket, or equal, the
/// bounds are one.
#[test]
fn bounds_hold() {
    let mut rng = Rng::new(325);
    for what in BINNED {
        for (n, sort) in
            [1, 2, 7, 40, 300].into_iter().flat_map(|n| (0..SORTS).map(move |s| (n, s)))
        {
            if !what.takes(sort) {
                continue;
            }
            for _ in 0..4 {
                let mut data = rows::<F64>(&mut rng, n, sort);
                // Crowded into few buckets.
                if rng.below(2) == 0 && sort == 6 {
                    data.iter_mut().for_each(|row| row.score = 0.5 + row.score * 1e-3);
                }
                let (scores, hits): (Vec<f64>, Vec<bool>) =
                    data.iter().map(|row| (row.score, row.hit)).unzip();
                let (auroc, precision) = exact::ranking(&scores, &hits);
                let state = what.seen::<F64>(&data, 0);
                let (status, got) = binned(&state);
                let place = format!(
                    "{what:?} {n} of sort {sort}: {got:?}, not {auroc}, {precision} {data:?}"
                );
                assert_eq!((got.rows, got.nan_rows), (n as u64, 0), "{place}");
                assert_eq!(status == Status::LGT_UNDEFINED, auroc.is_nan(), "{place}");
                let within = |low: f64, x: f64, high: f64, bound: f64| {
                    x.is_nan() && low.is_nan() && high.is_nan()
                        || low - bound <= x && x <= high + bound
                };
                assert!(within(got.auroc_low, auroc, got.auroc_high, 0.0), "{place}");
                let (low, high) = (got.average_precision_low, got.average_precision_high);
                assert!(within(low, precision, high, bounds::PRECISION_BOUND), "{place}");
                if !auroc.is_nan() {
                    let half = 0.5 * (got.auroc_high - got.auroc_low);
                    assert!((half - got.auroc_half_width).abs() < 1e-15, "{place}");
                    let middle = 0.5 * (got.auroc_high + got.auroc_low);
                    assert!((middle - got.auroc).abs() < 1e-15 && half >= 0.0, "{place}");
                    false_positives(&state, &scores, &hits);
                }
                let values = scores.iter().map(|x| (x + 0.0).to_bits());
                let distinct = values.collect::<std::collections::HashSet<u64>>().len();
                if n <= 2 || distinct == 1 {
                    let width = got.auroc_half_width + got.average_precision_half_width;
                    assert!(width.is_nan() || width == 0.0, "{place}");
                }
            }
        }
    }
}

/// The least false positive rate at a true positive rate, by every threshold.
fn false_positives(state: &State, scores: &[f64], hits: &[bool]) {
    for rate in [0.0, 0.1, 0.5, 0.8, 0.95, 1.0] {
        let rates = |at: f64| {
            let share = |of: bool| {
                let mine = scores.iter().zip(hits).filter(move |(_, hit)| **hit == of);
                mine.clone().filter(|(x, _)| **x >= at).count() as f64 / mine.count() as f64
            };
            (share(true), share(false))
        };
        let reached = scores.iter().map(|at| rates(*at)).filter(|(tpr, _)| *tpr >= rate);
        let least = reached.map(|(_, fpr)| fpr).fold(if rate == 0.0 { 0.0 } else { 1.0 }, f64::min);
        let (mut low, mut high) = (7.0, 7.0);
        let at = state.as_ptr().cast();
        // SAFETY: a whole state, two numbers.
        let status = unsafe { lgt_binned_auroc_fpr_at_tpr(at, rate, &raw mut low, &raw mut high) };
        assert_eq!(status, Status::LGT_OK);
        assert!(low <= least && least <= high, "{rate}: {low} {least} {high}");
    }
}

/// What the documentation says of ordinary scores, and scores made to be wrong.
#[test]
fn half_widths() {
    let mut rng = Rng::new(329);
    let n = 200_000;
    let hits: Vec<bool> = (0..n).map(|_| rng.below(2) == 0).collect();
    let z: Vec<f64> = hits.iter().map(|hit| rng.normal() + f64::from(u8::from(*hit))).collect();
    let scores = What::Binned { k: 16, map: LGT_BINNED_AUROC_SCORES, edges: &[] };
    let probabilities = What::Binned { k: 16, map: LGT_BINNED_AUROC_PROBABILITIES, edges: &[] };
    let stream = What::Streaming { capacity: n as u32 };
    let sure = |z: f64| 1.0 / (1.0 + (-8.0 * z).exp());
    type Made<'a> = &'a dyn Fn(f64) -> f64;
    let cases: [(What, Made, f64); 8] = [
        (scores, &|z| z, 5e-5),
        (probabilities, &|z| sure(z), 2e-5),
        (scores, &|_| 0.1, 0.0),
        (probabilities, &|z| f64::from(u8::from(z > 0.5)), 0.0),
        // Two values in a bucket, subnormal ones, infinite ones.
        (scores, &|z| if z > 0.5 { 0.1 } else { 0.1 + 1e-12 }, 0.5),
        (scores, &|z| z * 1e-310, 0.5),
        (scores, &|z| if z.abs() > 1.0 { z * f64::INFINITY } else { z }, 5e-5),
        (probabilities, &|z| sure(z) * 1e-20, 0.5),
    ];
    for (i, (what, made, bound)) in cases.into_iter().enumerate() {
        let rows = z.iter().zip(&hits).map(|(z, hit)| Row { score: made(*z), hit: *hit });
        let rows: Vec<Row> = rows.collect();
        let (_, got) = binned(&what.seen::<F64>(&rows, 0));
        let (_, exact) = streaming(&stream.seen::<F64>(&rows, 0));
        assert!(got.auroc_half_width <= bound, "{i}: {got:?}");
        assert!(got.auroc_low <= exact.auroc && exact.auroc <= got.auroc_high, "{i}: {got:?}");
        let (low, high) = (got.average_precision_low, got.average_precision_high);
        let (least, most) = (low - bounds::PRECISION_BOUND, high + bounds::PRECISION_BOUND);
        let precision = exact.average_precision;
        assert!(least <= precision && precision <= most, "{i}: {got:?}, not {precision}");
    }
}

/// A NaN, or what is no probability, is counted and makes all NaN.
#[test]
fn no_scores() {
    let row = |score, hit| Row { score, hit };
    for (what, bad) in
        [(BINNED[0], f64::NAN), (BINNED[2], -0.25), (BINNED[2], 1.5), (BINNED[3], f64::NAN)]
    {
        let data = [row(0.25, false), row(bad, true), row(0.5, true), row(-0.0, false)];
        let state = what.seen::<F32>(&data, 0);
        let (status, got) = binned(&state);
        assert_eq!((status, got.rows, got.nan_rows), (Status::LGT_UNDEFINED, 4, 1), "{what:?}");
        assert_eq!((got.positives, got.negatives), (1, 2));
        assert!(
            got.auroc.is_nan() && got.auroc_low.is_nan() && got.average_precision_high.is_nan()
        );
        let (mut low, mut high) = (7.0, 7.0);
        // SAFETY: a whole state, two numbers.
        unsafe {
            let at = state.as_ptr().cast();
            let status = lgt_binned_auroc_fpr_at_tpr(at, 0.5, &raw mut low, &raw mut high);
            assert!(status == Status::LGT_UNDEFINED && low.is_nan() && high.is_nan());
        }
    }
    // Both zeros are in one bucket, the ends hold 0 and 1.
    for what in BINNED {
        let data = [row(0.0, true), row(-0.0, false), row(1.0, true), row(1.0, false)];
        let (_, got) = binned(&what.seen::<F64>(&data, 0));
        assert_eq!((got.auroc, got.auroc_half_width), (0.5, 0.0), "{what:?}: {got:?}");
        assert_eq!(got.filled_buckets, 2);
    }
}

/// Buckets rise with the score: neighbours in every region, at every size.
#[test]
fn maps_do_not_fall() {
    let mut rng = Rng::new(326);
    for (map, k) in [0, 1].into_iter().flat_map(|map| [8, 13, 16].map(|k| (map, k))) {
        let what = What::Binned { k, map, edges: &[] };
        let sorts: &[usize] = if map == 0 { &PROBABILITIES } else { &[0, 1, 2, 3, 4, 6] };
        let mut scores: Vec<f64> = vec![];
        for sort in sorts {
            scores.extend(numbers::<F64>(&mut rng, 300, *sort));
        }
        scores.extend([0.25, 0.5, 0.75, 1.0, 0.0, 1.0 - 1e-16, 2f64.powi(-40), 1e-300]);
        for i in 0..scores.len() {
            let next = f64::from_bits(scores[i].to_bits().wrapping_add(1));
            if next.is_finite() && (map == 1 || next <= 1.0) {
                scores.push(next);
            }
        }
        scores.sort_by(f64::total_cmp);
        let mut before = 0;
        for score in scores {
            let state = what.seen::<F64>(&[Row { score, hit: true }], 0);
            // Six words a bucket behind six; positives are the last three.
            let at = state[6..].chunks(6).position(|bucket| bucket[3] == 1).unwrap();
            assert!(at >= before, "{what:?}: {score:e} is in {at}, after {before}");
            before = at;
        }
    }
}

#[test]
fn parameters() {
    let (mut bytes, mut room) = (7, vec![3u64; 50_000]);
    let size = size_of_val(&room[..]);
    let at = room.as_mut_ptr().cast();
    let init = |k, map, edges: &[f64]| {
        // SAFETY: a buffer as long as is said.
        unsafe { lgt_binned_auroc_init(at, size, k, map, edges.as_ptr(), edges.len()) }
    };
    let nan = f64::NAN;
    for (k, map, edges) in [
        (7, 1, &[][..]),
        (21, 1, &[]),
        (8, 3, &[]),
        (8, 0, &[0.5]),
        (8, 1, &[0.5]),
        (8, 2, &[0.5, 0.5]),
        (8, 2, &[0.5, 0.25]),
        (8, 2, &[-0.0, 0.0]),
        (8, 2, &[nan]),
        (8, 2, &[0.5, nan]),
        (8, 2, &(0..256).map(f64::from).collect::<Vec<f64>>()),
    ] {
        assert_eq!(init(k, map, edges), Status::LGT_E_VALUE, "{k} {map} {edges:?}");
    }
    // SAFETY: numbers and buffers as long as is said.
    unsafe {
        for k in [0, 7, 21, u32::MAX] {
            assert_eq!(lgt_binned_auroc_size(k, &raw mut bytes), Status::LGT_E_VALUE);
        }
        for capacity in [0, 536_870_907, u32::MAX] {
            assert_eq!(lgt_streaming_auroc_size(capacity, &raw mut bytes), Status::LGT_E_VALUE);
        }
        assert_eq!(bytes, 7);
        assert_eq!(lgt_streaming_auroc_size(536_870_906, &raw mut bytes), Status::LGT_OK);
        assert_eq!(bytes, 4_294_967_288);
        let status = lgt_binned_auroc_init(at, size, 16, 1, core::ptr::null(), 0);
        assert_eq!(status, Status::LGT_E_SIZE);
    }
    assert!(room.iter().all(|word| *word == 3));
    // Other edges: of another number, of the same.
    let what = BINNED[3];
    let mut state = what.start();
    for edges in [&EDGES[..8], &[0.0; 9], &[]] {
        let other = [Row { score: 1.0, hit: true }];
        let x = [1.0];
        let y = [1u8];
        let (at, edges) = (state.as_mut_ptr().cast(), edges);
        let (x, y) = (x.as_ptr(), y.as_ptr().cast());
        // SAFETY: one row.
        let status = unsafe {
            lgt_binned_auroc_update_f64(at, x, y, LGT_U8, edges.as_ptr(), 1, edges.len())
        };
        assert_eq!(status, Status::LGT_E_MISMATCH, "{other:?}");
    }
    assert!(state == what.start());
    let other = What::Binned { k: 8, map: LGT_BINNED_AUROC_EDGES, edges: &EDGES[1..] };
    for (a, b) in [(BINNED[0], BINNED[1]), (what, other), (BINNED[0], what)] {
        let (mut state, other) = (a.start(), b.start());
        assert_eq!(merge_any(&mut state, &other), Status::LGT_E_MISMATCH);
        assert_eq!(a.merge(&mut state, &other), Status::LGT_E_MISMATCH);
    }
    assert_eq!(merge_any(&mut BINNED[0].start(), &ALL[4].start()), Status::LGT_E_MISMATCH);
}

#[test]
fn spoilt_heads() {
    for what in ALL {
        let good = what.start();
        let full = size_of_val(&good[..]);
        let refuse = |bytes: &State, size: usize, why: &str| {
            refused_beside(good.clone(), bytes, size, &format!("{what:?} {why}"));
        };
        for size in [0, 15, 16, 40, full - 8] {
            refuse(&good, size, "too short");
        }
        let fields = [
            (MAGIC, vec![0, u32::MAX]),
            (KIND, vec![0, 5, 20, 23, 99]),
            (VERSION, vec![0, 2]),
            (SIZE, vec![0, 16, full as u32 - 8, full as u32 + 8, u32::MAX]),
            (PARAM, vec![0, 1, 12, 21, 64, 701, 536_870_907, u32::MAX]),
        ];
        for (field, values) in fields {
            for value in values {
                refuse(&with_field(&good, field, value), full, "field");
            }
        }
        if let What::Binned { map, .. } = what {
            // Words of parameters that `init` would not have written.
            let words = [(2, vec![3, 1 << 32, u64::MAX]), (3, vec![256 * 8, u64::MAX])];
            for (word, values) in words {
                for value in values {
                    let mut bad = good.clone();
                    bad[word] = value;
                    refuse(&bad, full, "word");
                }
            }
            if map != LGT_BINNED_AUROC_EDGES {
                let mut bad = good.clone();
                bad[4] = 1;
                refuse(&bad, full, "fingerprint");
            }
        }
    }
}

/// Whatever stands after a right head is a state: it may be used, if to no purpose.
#[test]
fn any_body_is_a_state() {
    let mut rng = Rng::new(327);
    for what in ALL {
        for round in 0..30 {
            let mut state = what.start();
            let from = if matches!(what, What::Binned { .. }) { 5 } else { 2 };
            let mut word = || match round {
                0 => u64::MAX,
                1..10 => rng.bits() >> rng.below(60),
                _ => rng.bits(),
            };
            state[from..].iter_mut().for_each(|to| *to = word());
            if round % 3 == 0 && from == 2 {
                // Counts that are possible, of runs that are in no order.
                (state[3], state[4]) = (rng.below(300) as u64, rng.below(300) as u64);
            }
            let data = rows::<F32>(&mut rng, 40, 6);
            let other = state.clone();
            let status = what.add::<F32>(&mut state, &data, 0);
            assert!(status == Status::LGT_OK || status == Status::LGT_E_SIZE);
            let status = what.merge(&mut state, &other);
            assert!(status == Status::LGT_OK || status == Status::LGT_E_SIZE);
            let size = size_of_val(&state[..]);
            // SAFETY: a whole state.
            assert_eq!(unsafe { lgt_state_check(state.as_ptr().cast(), size) }, Status::LGT_OK);
            match what {
                What::Binned { .. } => assert!(binned(&state).0 as i32 >= 0),
                What::Streaming { .. } => assert!(streaming(&state).0 as i32 >= 0),
            }
        }
    }
}

/// Every call that is refused leaves the state as it was.
#[test]
fn bad_arguments_change_nothing() {
    let (x, y) = ([0.25f32; 5], [0i32, 1, 0, 1, 1]);
    for what in [BINNED[0], ALL[4]] {
        let before = what.seen::<F32>(&rows::<F32>(&mut Rng::new(328), 50, 6), 0);
        let refused = |x: *const f32, y: *const i32, label_type, n, status| {
            let mut state = before.clone();
            let (at, y, none) = (state.as_mut_ptr().cast(), y.cast(), core::ptr::null());
            // SAFETY: arrays that are not null have five values, or the call is refused
            // before it looks at them.
            let got = unsafe {
                match what {
                    What::Binned { .. } => {
                        lgt_binned_auroc_update_f32(at, x, y, label_type, none, n, 0)
                    }
                    What::Streaming { .. } => {
                        lgt_streaming_auroc_update_f32(at, x, y, label_type, n)
                    }
                }
            };
            assert!(got == status && state == before, "{what:?} {got:?}, not {status:?}");
        };
        let (px, py, i32) = (x.as_ptr(), y.as_ptr(), logitude::capi::types::LGT_I32);
        refused(core::ptr::null(), py, i32, 5, Status::LGT_E_NULL);
        refused(px, core::ptr::null(), i32, 5, Status::LGT_E_NULL);
        refused(px, py, 0, 5, Status::LGT_E_LABEL);
        refused(px, py, i32, usize::MAX, Status::LGT_E_SIZE);
        refused(core::ptr::null(), core::ptr::null(), i32, 0, Status::LGT_OK);
        for (row, label) in [(0, 2), (4, -1), (2, i32::MIN)] {
            let mut bad = y;
            bad[row] = label;
            refused(px, bad.as_ptr(), i32, 5, Status::LGT_E_LABEL);
        }
    }
}
