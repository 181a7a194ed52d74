//! The laws of means over queries, which have an update of their own.

use crate::merge_any;
use crate::support::dtype::{F16, F32, F64};
use crate::support::level;
use crate::support::queries::{Documents, QueryFunctions, RankingState, opts};
use crate::support::rng::Rng;
use logitude::capi::{ranking::*, state::*, types::*};
use logitude::status::Status;
use std::ptr;

fn queries(rng: &mut Rng, count: usize) -> Vec<Documents> {
    let one = |rng: &mut Rng| {
        let n = [0, 1, 5, 40, 200][rng.below(5)];
        let kinds = 1 + rng.below(40);
        let nan = rng.below(20) == 0;
        let score = |rng: &mut Rng| if nan { f64::NAN } else { rng.below(kinds) as f64 };
        Documents {
            scores: (0..n).map(|_| score(rng)).collect(),
            grades: (0..n).map(|_| rng.below(5) as f64 - 1.0).collect(),
            weight: [0.0, 1.0, 0.375, 2f64.powi(-40)][rng.below(4)],
        }
    };
    (0..count).map(|_| one(rng)).collect()
}

fn setups() -> Vec<RankingState> {
    let all = |range: std::ops::Range<u32>, k: u32| {
        range.map(|m| (m, if m == 10 || m == 11 { 0 } else { k })).collect::<Vec<_>>()
    };
    let of = |measures, ties, empty| RankingState {
        measures,
        opts: lgt_ranking_opts { ties, empty, ..opts() },
    };
    vec![of(vec![(1, 10)], 0, 0), of(all(1..9, 3), 1, 1), of(all(6..14, 0), 3, 2)]
}

fn split_and_merge<D: QueryFunctions>(state: &RankingState, rng: &mut Rng) {
    let mut all = queries(rng, 60);
    let mut whole = state.start();
    state.see::<D>(&mut whole, &all, true, LGT_I8);
    rng.shuffle(&mut all);
    let mut parts = vec![state.start()];
    let mut rest = &all[..];
    while !rest.is_empty() {
        let (part, others) = rest.split_at(1 + rng.below(rest.len()));
        let mut seen = state.start();
        state.see::<D>(&mut seen, part, true, LGT_F32);
        parts.push(seen);
        rest = others;
    }
    while parts.len() > 1 {
        let other = parts.swap_remove(rng.below(parts.len()));
        let place = rng.below(parts.len());
        let status = match rng.below(2) {
            // SAFETY: both are whole states.
            0 => unsafe {
                lgt_ranking_merge(parts[place].as_mut_ptr().cast(), other.as_ptr().cast())
            },
            _ => merge_any(&mut parts[place], &other),
        };
        assert_eq!(status, Status::LGT_OK);
    }
    assert!(parts[0] == whole, "{state:?}");
}

#[test]
fn any_split_and_any_tree_give_the_same_bytes() {
    level::each(|_| {
        let mut rng = Rng::new(91);
        for state in setups() {
            split_and_merge::<F32>(&state, &mut rng);
            split_and_merge::<F64>(&state, &mut rng);
            split_and_merge::<F16>(&state, &mut rng);
        }
    });
}

#[test]
fn the_generic_verbs_know_them() {
    for state in setups() {
        let mut seen = state.start();
        state.see::<F32>(&mut seen, &queries(&mut Rng::new(92), 9), true, LGT_I8);
        let (at, size) = (seen.as_mut_ptr().cast(), size_of_val(&seen[..]));
        let (mut kind, mut length) = (0, 0);
        // SAFETY: the state is `size` bytes long.
        unsafe {
            assert_eq!(lgt_state_check(at, size), Status::LGT_OK);
            assert_eq!(lgt_state_kind(at, size, &raw mut kind), Status::LGT_OK);
            assert_eq!(lgt_state_size(at, size, &raw mut length), Status::LGT_OK);
            assert_eq!(lgt_state_reset(at, size), Status::LGT_OK);
        }
        assert_eq!((kind, length), (LGT_STATE_RANKING, 48 + 608 * state.measures.len()));
        assert!(seen == state.start());
    }
}

/// Other parameters are another state; words that `init` does not write are none.
#[test]
fn parameters_are_compared_and_checked() {
    let state = &setups()[1];
    let other = RankingState { measures: vec![(1, 4); 8], ..state.clone() };
    let mut seen = state.start();
    assert_eq!(merge_any(&mut seen, &other.start()), Status::LGT_E_MISMATCH);
    type Change = dyn Fn(&mut lgt_ranking_opts);
    let others: [&Change; 6] = [
        &|o| o.ties = 0,
        &|o| o.empty = 0,
        &|o| o.flags = 3,
        &|o| o.max_grade = 5,
        &|o| o.above = 1.0,
        &|o| o.persistence = 0.5,
    ];
    for change in others {
        let mut other = state.clone();
        change(&mut other.opts);
        assert_eq!(merge_any(&mut seen, &other.start()), Status::LGT_E_MISMATCH);
    }
    type Spoil = dyn Fn(&mut [u64]);
    let bad: [&Spoil; 8] = [
        &|s| s[1] |= 0x7fc0_0000 << 32,
        &|s| s[2] |= 3 << 3,
        &|s| s[2] &= !(63 << 6),
        &|s| s[2] |= 1 << 12,
        &|s| s[3] = f64::NAN.to_bits(),
        &|s| s[3] = 1f64.to_bits(),
        &|s| s[4] |= 1 << 63,
        &|s| s[2] &= (1 << 22) - 1,
    ];
    for (i, spoil) in bad.into_iter().enumerate() {
        let mut spoilt = state.start();
        spoil(&mut spoilt);
        // SAFETY: the state is as long as is said.
        let status = unsafe { lgt_state_check(spoilt.as_ptr().cast(), size_of_val(&spoilt[..])) };
        assert_eq!(status, Status::LGT_E_STATE, "{i}");
    }
}

fn refused(measures: &[(u32, u32)], change: &dyn Fn(&mut lgt_ranking_opts)) -> Status {
    let mut state = RankingState { measures: measures.to_vec(), opts: opts() };
    change(&mut state.opts);
    let (list, mut bytes) = (state.list(), 7);
    let count = list.len() as u32;
    let mut room = [9u64; 700];
    let at = room.as_mut_ptr().cast();
    // SAFETY: all are there.
    unsafe {
        let status = lgt_ranking_size(list.as_ptr(), count, &state.opts, &raw mut bytes);
        let size = size_of_val(&room);
        assert_eq!(lgt_ranking_init(at, size, list.as_ptr(), count, &state.opts), status);
        assert!(status == Status::LGT_OK || bytes == 7 && room == [9; 700]);
        status
    }
}

#[test]
fn what_cannot_be_asked() {
    use Status::*;
    let one = [(1, 10)];
    assert_eq!(refused(&one, &|_| ()), LGT_OK);
    assert_eq!(refused(&[(1, 131071)], &|_| ()), LGT_OK);
    assert_eq!(refused(&[(1, 131072)], &|_| ()), LGT_E_VALUE);
    assert_eq!(refused(&[(10, 1)], &|_| ()), LGT_E_VALUE);
    assert_eq!(refused(&[], &|_| ()), LGT_E_VALUE);
    assert_eq!(refused(&[(1, 1); 9], &|_| ()), LGT_E_VALUE);
    assert_eq!(refused(&[(0, 1)], &|_| ()), LGT_E_OPTION);
    assert_eq!(refused(&[(14, 1)], &|_| ()), LGT_E_OPTION);
    assert_eq!(refused(&one, &|o| o.ties = 4), LGT_E_OPTION);
    assert_eq!(refused(&one, &|o| o.empty = 3), LGT_E_OPTION);
    assert_eq!(refused(&one, &|o| o.flags = 4), LGT_E_OPTION);
    assert_eq!(refused(&one, &|o| o.struct_size = 31), LGT_E_OPTION);
    for bad in [0, 64, u32::MAX] {
        assert_eq!(refused(&one, &|o| o.max_grade = bad), LGT_E_VALUE);
    }
    for bad in [f32::NAN, f32::INFINITY, -1.0] {
        assert_eq!(refused(&one, &|o| o.above = bad), LGT_E_VALUE);
        assert_eq!(refused(&one, &|o| o.persistence = bad.into()), LGT_E_VALUE);
    }
    assert_eq!(refused(&one, &|o| o.persistence = 1.0), LGT_E_VALUE);
    let mut bytes = 7;
    // SAFETY: nothing is read.
    unsafe {
        assert_eq!(lgt_ranking_size(ptr::null(), 1, ptr::null(), &raw mut bytes), LGT_E_NULL);
        assert_eq!(lgt_ranking_scratch(1 << 31, &raw mut bytes), LGT_E_SIZE);
        assert_eq!(lgt_ranking_scratch(10, ptr::null_mut()), LGT_E_NULL);
    }
    assert_eq!(bytes, 7);
}
