//! The laws of states of agreement, which have updates of their own.

use crate::hostile_bytes::{PARAM, SIZE, refused_beside, with_field};
use crate::merge_any;
use crate::reference::agreement::{Chance, Item, coefficient};
use crate::support::family::State;
use crate::support::raters::{Form, RaterState, items};
use crate::support::rng::Rng;
use logitude::capi::{agreement::*, state::*, types::*};
use logitude::status::Status;

fn all() -> impl Iterator<Item = RaterState> {
    let of = |categories| {
        [1u32, 2, 7].into_iter().flat_map(move |raters| {
            [false, true].map(|errors| RaterState { categories, raters, errors, missing: -1 })
        })
    };
    [1u32, 2, 3, 9, 32].into_iter().flat_map(of)
}

fn some(rng: &mut Rng, state: RaterState, n: usize) -> Vec<Item> {
    items(rng, n, state.raters as usize, state.categories as usize, 0.7)
}

#[test]
fn any_split_and_any_tree_give_the_same_bytes() {
    let mut rng = Rng::new(171);
    for state in all() {
        let n = [0, 1, 40, 300][rng.below(4)];
        let mut data = some(&mut rng, state, n);
        let whole = state.seen(&data);
        rng.shuffle(&mut data);
        data.iter_mut().for_each(|item| rng.shuffle(item));
        let mut parts = vec![state.start()];
        let mut rest = &data[..];
        while !rest.is_empty() {
            let (part, others) = rest.split_at(1 + rng.below(rest.len()));
            let mut made = state.start();
            let form = [Form::Ratings, Form::Counts][rng.below(2)];
            state.see(&mut made, form, part, [LGT_I8, LGT_I64][rng.below(2)]);
            parts.push(made);
            rest = others;
        }
        while parts.len() > 1 {
            let other = parts.swap_remove(rng.below(parts.len()));
            let place = rng.below(parts.len());
            let status = match rng.below(2) {
                0 => state.merge(&mut parts[place], &other),
                _ => merge_any(&mut parts[place], &other),
            };
            assert_eq!(status, Status::LGT_OK);
        }
        assert!(parts[0] == whole, "{state:?}");
    }
}

#[test]
fn the_generic_verbs_know_them() {
    let mut rng = Rng::new(172);
    for state in all() {
        let mut bytes = state.seen(&some(&mut rng, state, 100));
        let (at, size) = (bytes.as_mut_ptr().cast(), state.size());
        let (mut kind, mut length) = (0, 0);
        // SAFETY: the state is `size` bytes long.
        unsafe {
            assert_eq!(lgt_state_check(at, size), Status::LGT_OK);
            assert_eq!(lgt_state_kind(at, size, &raw mut kind), Status::LGT_OK);
            assert_eq!(lgt_state_size(at, size, &raw mut length), Status::LGT_OK);
            assert_eq!(lgt_state_reset(at, size), Status::LGT_OK);
        }
        assert_eq!((kind, length), (LGT_STATE_AGREEMENT, size));
        assert!(bytes == state.start(), "{state:?}");
    }
}

/// What an update with this table says; the state stays what it was.
fn refuses(state: RaterState, form: Form, table: &[Vec<i64>], kind: u32, status: Status) {
    let before = state.seen(&some(&mut Rng::new(173), state, 20));
    let mut after = before.clone();
    assert_eq!(state.update(&mut after, form, table, kind), status, "{state:?} {table:?}");
    assert!(before == after, "{state:?} changed its state and returned {status:?}");
}

#[test]
fn a_bad_item_changes_nothing() {
    for state in all() {
        let n = i64::from(state.categories);
        let width = state.raters as usize;
        let good = vec![vec![0; width]; 3];
        for kind in [LGT_I64, LGT_I32, LGT_U64, LGT_U32] {
            for label in [n, -2, i64::MIN, n + (1 << 32), i64::from(i32::MIN)] {
                // What 32 bits do not hold is another number.
                if label as i32 as i64 != label && [LGT_I32, LGT_U32].contains(&kind) {
                    continue;
                }
                let mut bad = good.clone();
                bad[2][width - 1] = label;
                refuses(state, Form::Ratings, &bad, kind, Status::LGT_E_LABEL);
            }
        }
        refuses(state, Form::Ratings, &good, 9, Status::LGT_E_LABEL);
        let mut wide = vec![vec![-1; width + 2]; 3];
        wide[1] = vec![0; width + 2];
        refuses(state, Form::Ratings, &wide, LGT_I8, Status::LGT_E_VALUE);
        let counts = vec![vec![0; n as usize]; 3];
        for count in [-1, i64::MAX, i64::from(state.raters) + 1] {
            let mut bad = counts.clone();
            bad[2][n as usize - 1] = count;
            refuses(state, Form::Counts, &bad, LGT_I64, Status::LGT_E_VALUE);
        }
        // More columns than ratings are no fault.
        wide[1][..2].fill(-1);
        assert_eq!(state.update(&mut state.start(), Form::Ratings, &wide, LGT_I8), Status::LGT_OK);
    }
}

/// A missing rating of any type; a category may be the one that is missing.
#[test]
fn missing_ratings_are_left_out() {
    for (missing, kind) in
        [(255, LGT_U8), (-7, LGT_I8), (9999, LGT_U16), (1, LGT_U64), (0, LGT_I16)]
    {
        let state = RaterState { categories: 3, raters: 3, errors: true, missing };
        let data: [Item; 3] =
            [vec![Some(2), None, Some(2)], vec![None; 3], vec![None, Some(2), None]];
        let mut given = state.start();
        state.see(&mut given, Form::Ratings, &data, kind);
        let mut counted = state.start();
        state.see(&mut counted, Form::Counts, &data, LGT_U8);
        assert!(given == counted);
        // Head 2 words, parameters 3, items without a rating.
        assert_eq!(given[5], 1);
    }
}

/// As many ratings as there may be, of categories that come in any order.
#[test]
fn as_many_ratings_as_there_may_be() {
    let state = RaterState { categories: 128, raters: 1024, errors: false, missing: -1 };
    let item: Item = (0..1024).map(|k| Some(k * 77 % 128)).collect();
    let mut data = [item.clone(), item.clone()];
    data[1][1000] = None;
    let seen = state.seen(&data);
    let mut report = core::mem::MaybeUninit::uninit();
    let opts =
        lgt_agreement_finish_opts { coefficient: LGT_COEFFICIENT_BRENNAN_PREDIGER, ..defaults() };
    // SAFETY: a whole state, a place for a report.
    let (status, report) = unsafe {
        let status =
            lgt_agreement_finish(seen.as_ptr().cast(), report.as_mut_ptr(), &raw const opts);
        (status, report.assume_init())
    };
    assert_eq!(status, Status::LGT_OK);
    assert_eq!((report.ratings, report.categories), (2047, 128));
    let chance = Chance::BrennanPrediger;
    let (value, _) = coefficient(&data, 128, chance, &|k, l| f64::from(k == l));
    assert!((report.value - value).abs() < 1e-12, "{report:?}");
    refuses(state, Form::Ratings, &[vec![0; 1025]], LGT_I32, Status::LGT_E_VALUE);
}

fn defaults() -> lgt_agreement_finish_opts {
    let mut opts = core::mem::MaybeUninit::uninit();
    // SAFETY: the function writes all of it.
    unsafe {
        lgt_agreement_finish_opts_default(opts.as_mut_ptr());
        opts.assume_init()
    }
}

fn with_word(state: &State, place: usize, word: u64) -> State {
    let mut state = state.clone();
    state[place] = word;
    state
}

#[test]
fn damaged_parameters_are_no_state() {
    for state in all() {
        let good = state.seen(&some(&mut Rng::new(174), state, 10));
        let size = size_of_val(&good[..]);
        let (n, raters) = (state.categories, u64::from(state.raters));
        for (what, bytes) in [
            ("categories", with_field(&good, PARAM, n + 1)),
            ("no categories", with_field(&good, PARAM, 0)),
            ("all categories", with_field(&good, PARAM, u32::MAX)),
            ("size", with_field(&good, SIZE, size as u32 - 8)),
            ("flags", with_word(&good, 2, good[2] | 2)),
            ("raters", with_word(&good, 3, raters + 1)),
            ("no raters", with_word(&good, 3, 0)),
            ("many raters", with_word(&good, 3, u64::MAX)),
            ("missing", with_word(&good, 4, 1 << 31)),
            ("wide missing", with_word(&good, 4, 1 << 32)),
        ] {
            refused_beside(good.clone(), &bytes, size, &format!("{state:?}, {what}"));
        }
        let mut other = RaterState { missing: 5, ..state }.start();
        assert_eq!(state.merge(&mut other, &good), Status::LGT_E_MISMATCH);
    }
}
