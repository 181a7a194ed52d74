//! The laws of states of pairs of classes, which have an update of their own.

use crate::merge_any;
use crate::reference::classes::Pair;
use crate::support::family::State;
use crate::support::level;
use crate::support::pairs::{Column, PairState, What};
use crate::support::rng::Rng;
use logitude::capi::{class_counts::*, confusion::*, state::*, types::*};
use logitude::metrics::class_counts::ClassCountsClass;
use logitude::status::Status;
use std::mem::MaybeUninit;

fn all() -> impl Iterator<Item = PairState> {
    let of = |what| {
        [1u32, 2, 9, 40].into_iter().flat_map(move |classes| {
            [(false, None), (true, None), (false, Some(-100)), (true, Some(3)), (false, Some(0))]
                .map(|(weighted, ignore)| PairState { what, classes, weighted, ignore })
        })
    };
    of(What::Counts).chain(of(What::Matrix))
}

/// Rows, some of them with the label that leaves them out.
fn pairs(rng: &mut Rng, state: PairState, rows: usize) -> Vec<Pair> {
    let n = state.classes as usize;
    let one = |rng: &mut Rng| {
        let weight = [0.0, 1.0, rng.unit() * 1e6, 2f64.powi(-40)][rng.below(4)];
        let label = rng.below(n + usize::from(state.ignore.is_some()));
        Pair { label, predicted: rng.below(n), weight }
    };
    (0..rows).map(|_| one(rng)).collect()
}

fn seen(state: PairState, pairs: &[Pair]) -> State {
    let mut made = state.start();
    state.see(&mut made, pairs);
    made
}

#[test]
fn any_split_and_any_tree_give_the_same_bytes() {
    level::each(|_| {
        let mut rng = Rng::new(71);
        for state in all() {
            let n = [0, 1, 40, 700][rng.below(4)];
            let mut rows = pairs(&mut rng, state, n);
            let whole = seen(state, &rows);
            rng.shuffle(&mut rows);
            let mut parts = vec![state.start()];
            let mut rest = &rows[..];
            while !rest.is_empty() {
                let (part, others) = rest.split_at(1 + rng.below(rest.len()));
                parts.push(seen(state, part));
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
    });
}

#[test]
fn the_generic_verbs_know_them() {
    let mut rng = Rng::new(72);
    for state in all() {
        let mut bytes = seen(state, &pairs(&mut rng, state, 300));
        let (at, size) = (bytes.as_mut_ptr().cast(), state.size());
        let (mut kind, mut length) = (0, 0);
        // SAFETY: the state is `size` bytes long.
        unsafe {
            assert_eq!(lgt_state_check(at, size), Status::LGT_OK);
            assert_eq!(lgt_state_kind(at, size, &raw mut kind), Status::LGT_OK);
            assert_eq!(lgt_state_size(at, size, &raw mut length), Status::LGT_OK);
            assert_eq!(lgt_state_reset(at, size), Status::LGT_OK);
        }
        let matrix = state.what == What::Matrix;
        let expected = if matrix { LGT_STATE_CONFUSION } else { LGT_STATE_CLASS_COUNTS };
        assert_eq!((kind, length), (expected, size));
        assert!(bytes == state.start(), "{state:?}");
    }
}

/// A weight is a repetition; a row of the ignored label is as if it were not there.
#[test]
fn ignored_rows_are_left_out_and_counted() {
    let mut rng = Rng::new(73);
    for state in all().filter(|state| state.ignore == Some(-100)) {
        let rows = pairs(&mut rng, state, 600);
        let kept: Vec<Pair> =
            rows.iter().copied().filter(|p| p.label < state.classes as usize).collect();
        let (with, without) = (seen(state, &rows), seen(state, &kept));
        // Head 2 words, parameters 2, rows, ignored.
        assert_eq!(with[5], (rows.len() - kept.len()) as u64);
        assert_eq!(with[4], kept.len() as u64);
        assert!(with[6..] == without[6..]);
    }
}

/// What an update with these columns says; the state stays what it was.
fn refuses(
    state: PairState,
    predicted: &Column,
    labels: &Column,
    weights: Option<&[f64]>,
    rows: usize,
    status: Status,
) {
    let before = seen(state, &pairs(&mut Rng::new(74), state, 100));
    let mut after = before.clone();
    assert_eq!(state.update(&mut after, predicted, labels, weights, rows), status, "{state:?}");
    assert!(before == after, "{state:?} changed its state and returned {status:?}");
}

#[test]
fn a_bad_row_changes_nothing() {
    level::each(|_| {
        let rows = 1000;
        for state in all() {
            let n = i64::from(state.classes);
            let good = vec![0i64; rows];
            for kind in [LGT_I64, LGT_I32, LGT_U64, LGT_U32, LGT_I16] {
                for (place, label) in [(0, n), (255, -1), (256, i64::MIN), (999, n + (1 << 32))] {
                    // What the type does not hold is another number.
                    if kind == LGT_I16 && label != -1 || label > n && kind != LGT_I64 {
                        continue;
                    }
                    if kind != LGT_I64 && label == i64::MIN || state.ignore == Some(0) {
                        continue;
                    }
                    let mut bad = good.clone();
                    bad[place] = label;
                    let (good, bad) = (Column::new(&good, kind), Column::new(&bad, kind));
                    let refuses = |p, y| refuses(state, p, y, None, rows, Status::LGT_E_LABEL);
                    refuses(&good, &bad);
                    refuses(&bad, &good);
                }
            }
            let ones = Column::new(&good, LGT_I64);
            for (place, weight) in
                [(0, f64::NAN), (999, -1.0), (5, f64::INFINITY), (6, 1e19), (7, -1e-300)]
            {
                let mut weights = vec![1.0; rows];
                weights[place] = weight;
                let status =
                    if state.weighted { Status::LGT_E_VALUE } else { Status::LGT_E_OPTION };
                refuses(state, &ones, &ones, Some(&weights), rows, status);
            }
            let no_type = Column { bytes: vec![0; rows], kind: 9 };
            refuses(state, &no_type, &ones, None, rows, Status::LGT_E_LABEL);
            refuses(state, &ones, &no_type, None, rows, Status::LGT_E_LABEL);
        }
    });
}

/// A prediction beside an ignored label may be anything; an unsigned label is
/// never the negative one.
#[test]
fn what_ignoring_looks_at() {
    let state = PairState { what: What::Counts, classes: 3, weighted: false, ignore: Some(-100) };
    let (labels, predicted) = ([0, -100, 2], [0, i64::MAX, 2]);
    let (p, y) = (Column::new(&predicted, LGT_I64), Column::new(&labels, LGT_I64));
    let mut seen = state.start();
    assert_eq!(state.update(&mut seen, &p, &y, None, 3), Status::LGT_OK);
    assert_eq!((seen[4], seen[5]), (2, 1));
    for kind in [LGT_U8, LGT_U16, LGT_U32, LGT_U64] {
        refuses(state, &p, &Column::new(&labels, kind), None, 3, Status::LGT_E_LABEL);
    }
    let state = PairState { ignore: Some(255), ..state };
    let y = Column::new(&[0, 255, 2], LGT_U8);
    let mut seen = state.start();
    assert_eq!(state.update(&mut seen, &p, &y, None, 3), Status::LGT_OK);
    assert_eq!((seen[4], seen[5]), (2, 1));
}

/// Counts pass every border of the two tables they are kept in.
#[test]
fn many_rows_of_one_class() {
    for what in [What::Counts, What::Matrix] {
        let state = PairState { what, classes: 2, weighted: false, ignore: None };
        let rows = 70_000;
        let (p, y) = (Column::new(&vec![1; rows], LGT_U8), Column::new(&vec![0; rows], LGT_I8));
        let mut seen = state.start();
        for _ in 0..3 {
            assert_eq!(state.update(&mut seen, &p, &y, None, rows), Status::LGT_OK);
        }
        let mut double = seen.clone();
        assert_eq!(state.merge(&mut double, &seen), Status::LGT_OK);
        let mut classes = MaybeUninit::<[ClassCountsClass; 2]>::uninit();
        let get = match what {
            What::Counts => lgt_class_counts_get_classes,
            What::Matrix => lgt_confusion_get_classes,
        };
        // SAFETY: there are two classes.
        let classes = unsafe {
            let to = classes.as_mut_ptr().cast();
            assert_eq!(get(double.as_ptr().cast(), to, 2, core::ptr::null()), Status::LGT_OK);
            classes.assume_init()
        };
        assert_eq!((classes[0].labelled, classes[1].predicted), (420_000.0, 420_000.0));
        assert_eq!((classes[0].tp, classes[1].labelled), (0.0, 0.0));
    }
}

/// Words that `init` never writes are no state; any body is one.
#[test]
fn hostile_bytes() {
    let mut rng = Rng::new(75);
    for state in all() {
        let size = state.size();
        let good = seen(state, &pairs(&mut rng, state, 50));
        let refused = |word: usize, value: u64| {
            let mut bad = good.clone();
            bad[word] = value;
            // SAFETY: the bytes are there.
            let status = unsafe { lgt_state_check(bad.as_ptr().cast(), size) };
            assert_eq!(status, Status::LGT_E_STATE, "{state:?} {word} {value}");
            let mut other = good.clone();
            assert_eq!(state.merge(&mut other, &bad), Status::LGT_E_STATE);
        };
        for flags in [4, 8, 1 << 40, u64::MAX, good[2] ^ 1] {
            refused(2, flags);
        }
        for ignore in [1 << 32, u64::MAX, 0x8000_0000] {
            refused(3, ignore);
        }
        if state.ignore.is_none() {
            refused(3, 5);
        }
        for (at, bytes) in [(1, 0), (1, size as u64 + 8), (1, u64::MAX), (0, 0)] {
            refused(at, bytes);
        }
        for round in 0..20 {
            let mut any = good.clone();
            let mut word = || if round == 0 { u64::MAX } else { rng.bits() };
            any[4..].iter_mut().for_each(|to| *to = word());
            use_it(state, &mut any);
        }
    }
}

/// Whatever a state says, every verb comes to an end and stays inside.
fn use_it(state: PairState, bytes: &mut State) {
    let n = state.classes as usize;
    let zero = Column::new(&[0; 3], LGT_I32);
    assert_eq!(state.update(bytes, &zero, &zero, None, 3), Status::LGT_OK);
    let other = bytes.clone();
    assert_eq!(state.merge(bytes, &other), Status::LGT_OK);
    let at = bytes.as_ptr().cast();
    let (mut report, mut agreement) = (MaybeUninit::uninit(), MaybeUninit::uninit());
    let mut counts = vec![0u64; n * n];
    let mut matrix = vec![0.0; n * n];
    let none = core::ptr::null();
    // SAFETY: there is room for all of it.
    unsafe {
        if state.what == What::Counts {
            assert!(lgt_class_counts_finish(at, report.as_mut_ptr(), none) as i32 >= 0);
            return;
        }
        assert!(lgt_confusion_finish(at, report.as_mut_ptr(), none) as i32 >= 0);
        let mut opts = MaybeUninit::uninit();
        lgt_confusion_agreement_opts_default(opts.as_mut_ptr());
        let mut opts = opts.assume_init();
        opts.flags = LGT_AGREEMENT_ADJUSTED;
        let status = lgt_confusion_get_agreement(at, agreement.as_mut_ptr(), &raw const opts);
        assert!(status as i32 >= 0);
        let counted = lgt_confusion_get_counts(at, counts.as_mut_ptr(), n);
        let expected = if state.weighted { Status::LGT_E_OPTION } else { Status::LGT_OK };
        assert_eq!(counted, expected);
        let to = matrix.as_mut_ptr();
        assert_eq!(lgt_confusion_get_matrix(at, to, n, LGT_NORMALIZE_PRED), Status::LGT_OK);
    }
}
