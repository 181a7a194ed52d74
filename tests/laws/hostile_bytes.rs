//! Bytes that are no state are refused, and nothing is changed.

use crate::support::batch::Batch;
use crate::support::dtype::*;
use crate::support::family::{Evaluation, Family, State};
use crate::support::rng::Rng;
use crate::{merge_any, samples, seen};
use logitude::capi::state::*;
use logitude::status::Status;

/// The first `size` of these bytes are no state, whoever is asked.
fn refused(family: Family, bytes: &[u64], size: usize, what: &str) {
    let good = seen::<F32>(family, &samples::<F32>(&mut Rng::new(51), family.rows(), 3));
    refused_beside(good, bytes, size, &format!("{family:?}, {what}"));
}

/// Nor is anything merged with a state that is one.
pub fn refused_beside(mut good: State, bytes: &[u64], size: usize, what: &str) {
    assert!(size <= size_of_val(bytes));
    let (mut bytes, before) = (bytes.to_vec(), bytes.to_vec());
    let good_before = good.clone();
    let (at, fine) = (bytes.as_mut_ptr().cast(), good.as_mut_ptr().cast());
    let full = size_of_val(&good[..]);
    let (mut kind, mut length) = (77, 77);
    // SAFETY: both arrays are at least as long as is said.
    let answers = unsafe {
        [
            lgt_state_check(at, size),
            lgt_state_kind(at, size, &raw mut kind),
            lgt_state_size(at, size, &raw mut length),
            lgt_state_reset(at, size),
            lgt_state_merge(at, size, fine, full),
            lgt_state_merge(fine, full, at, size),
        ]
    };
    assert!(answers.iter().all(|s| *s == Status::LGT_E_STATE), "{what}: {answers:?}");
    assert!(bytes == before && good == good_before, "{what}");
    assert_eq!((kind, length), (77, 77));
}

/// The four 32-bit words of a head: magic, kind and version, size, parameter.
fn with_head(state: &State, change: impl FnOnce(&mut [u8])) -> State {
    let mut state = state.clone();
    let mut head: Vec<u8> = state[..2].iter().flat_map(|word| word.to_ne_bytes()).collect();
    change(&mut head);
    for (word, bytes) in state.iter_mut().zip(head.chunks_exact(8)) {
        *word = u64::from_ne_bytes(bytes.try_into().unwrap());
    }
    state
}

/// Where the fields of a head stand: offset and length.
pub const MAGIC: (usize, usize) = (0, 4);
pub const KIND: (usize, usize) = (4, 2);
pub const VERSION: (usize, usize) = (6, 2);
pub const SIZE: (usize, usize) = (8, 4);
pub const PARAM: (usize, usize) = (12, 4);

pub fn with_field(state: &State, (at, length): (usize, usize), value: u32) -> State {
    with_head(state, |head| {
        let bytes = value.to_ne_bytes();
        let low = if cfg!(target_endian = "little") { 0 } else { 4 - length };
        head[at..at + length].copy_from_slice(&bytes[low..low + length]);
    })
}

#[test]
fn spoilt_heads() {
    for family in Family::every() {
        let good = seen::<F32>(family, &samples::<F32>(&mut Rng::new(52), family.rows(), 3));
        let full = family.size();
        for size in [0, 1, 15, 16, full - 8, full - 1] {
            refused(family, &good, size, "too short");
        }
        let other_order = with_head(&good, |head| {
            for (at, n) in [MAGIC, KIND, VERSION, SIZE, PARAM] {
                head[at..at + n].reverse();
            }
        });
        refused(family, &other_order, full, "of the other byte order");
        let fields = [
            (MAGIC, vec![0, 1, u32::MAX, 0x3247_544c]),
            // A temperature model has a kind, but is no state.
            (KIND, vec![0, 5, 99, 0xffff]),
            (VERSION, vec![0, 2, 0xffff]),
            (SIZE, vec![0, 16, full as u32 - 8, full as u32 + 8, u32::MAX]),
        ];
        for (field, values) in fields {
            for value in values {
                refused(
                    family,
                    &with_field(&good, field, value),
                    full,
                    &format!("{field:?} {value}"),
                );
            }
        }
        let parameters = match family {
            Family::Accuracy { .. } => vec![0],
            Family::LogLoss { .. } | Family::Rps { .. } | Family::LabelRanking { .. } => {
                vec![2, 3, u32::MAX]
            }
            Family::Xmc { k, .. } => vec![0, k + 1, 1025, u32::MAX],
            // The number of cutoffs and the rule for ties.
            Family::Matching { .. } => vec![0, 2, 9, 3 << 8 | 1, u32::MAX],
            Family::Nll
            | Family::Brier
            | Family::Spherical
            | Family::Pearson
            | Family::Regression
            | Family::CaLoss => vec![1, 15, u32::MAX],
            // How many temperatures there are, and how many have derivatives.
            Family::TemperatureLoss { .. } => vec![0, 1, 3, 5, 3 << 8 | 2, u32::MAX],
            // Right numbers of bins, but not for this size.
            Family::EceClasswise { bins, .. } => vec![0, bins + 1, 65536, 65537, u32::MAX],
            Family::EceBinary { bins, .. } => vec![0, bins + 1, 65536, 65537, u32::MAX],
            Family::Ece { bins } => vec![0, bins + 1, 65536, 65537, u32::MAX],
            Family::Evaluate(e) => vec![0, e.bins + 1, 65536, 65537, u32::MAX],
            Family::ExtSum { rows } => vec![0, rows as u32 + 1, 0x0fff_ffff, 1 << 28, u32::MAX],
        };
        for value in parameters {
            refused(family, &with_field(&good, PARAM, value), full, &format!("parameter {value}"));
        }
    }
}

/// Parameters in the words behind the head: of no state, or of one of another size.
#[test]
fn spoilt_words() {
    for evaluation in [Evaluation::LEAST, Evaluation::LOGITS, Evaluation::PROBABILITIES] {
        let family = Family::Evaluate(evaluation);
        let good = seen::<F32>(family, &samples::<F32>(&mut Rng::new(55), 5, 3));
        // Some that come to the right size where sums wrap around.
        let wrap = |n: u64| [(u64::MAX / n).wrapping_add(2), u64::MAX / n, 1 << 61, 1 << 63];
        let classes = [&[1, 4, 1 << 32, u64::MAX], &wrap(3)[..], &wrap(24)].concat();
        let ranks = [&[0, 2, 65537, 1 << 32, u64::MAX], &wrap(5)[..], &wrap(40)].concat();
        for (word, values) in [classes, ranks, vec![2, 1 << 32, u64::MAX]].iter().enumerate() {
            for value in values {
                let mut bad = good.clone();
                bad[2 + word] = *value;
                refused(family, &bad, family.size(), &format!("word {word} = {value}"));
            }
        }
    }
}

/// As docs/state-format.md and the header say.
#[test]
fn the_size_of_an_evaluation() {
    for (bins, ranks, classes) in [(1, 1, 0), (15, 10, 0), (65536, 65536, 1000)] {
        let family = Family::Evaluate(Evaluation { bins, ranks, classes, input: 0 });
        let size = 472 + 136 * bins + 40 * ranks + 24 * classes;
        assert_eq!(family.size(), size as usize);
        let start = family.start();
        assert_eq!(start[2..5], [u64::from(classes), u64::from(ranks), 0]);
    }
}

/// Three ranks more and five classes fewer are as large, and are not the same.
#[test]
fn words_alone_make_a_mismatch() {
    let evaluation = Evaluation { classes: 7, ..Evaluation::LOGITS };
    let other = Evaluation { classes: 2, ranks: evaluation.ranks + 3, ..evaluation };
    let (family, other) = (Family::Evaluate(evaluation), Family::Evaluate(other));
    assert_eq!(family.size(), other.size());
    let (mut state, other) = (family.start(), other.start());
    assert_eq!(merge_any(&mut state, &other), Status::LGT_E_MISMATCH);
    assert_eq!(family.merge(&mut state, &other), Status::LGT_E_MISMATCH);
    assert!(state == family.start());
}

/// Words of parameters that `init` would not have written.
#[test]
fn spoilt_eps() {
    let log_loss = Family::LogLoss { eps: 1e-9, flags: 0 };
    let good = seen::<F32>(log_loss, &samples::<F32>(&mut Rng::new(56), 5, 3));
    for eps in [-0.0, -1e-9, 0.5, 1.0, f64::INFINITY, f64::NAN] {
        let mut bad = good.clone();
        bad[2] = eps.to_bits();
        refused(log_loss, &bad, log_loss.size(), &format!("eps {eps}"));
    }
}

/// Words of parameters that `init` would refuse, or that ask for another size.
#[test]
fn spoilt_words_of_bins() {
    let closed = Family::EceBinary { bins: 10, closed: 1 };
    let classwise = Family::EceClasswise { bins: 4, classes: 3, threshold: 0.0 };
    let bits = |x: f64| x.to_bits();
    let xmc = Family::Xmc { k: 2, flags: 0 };
    let matching = Family::Matching { cutoff: 1, ties: 0 };
    for (family, word, values) in [
        (xmc, 2, vec![1, 2, 1 << 32, u64::MAX]),
        (matching, 2, vec![0, 1 << 32, 1 << 32 | 1, u64::MAX]),
        (matching, 5, vec![1, 1 << 32]),
        (closed, 2, vec![2, 1 << 32, u64::MAX]),
        (classwise, 2, vec![0, 2, 4, 1 << 32, (1 << 62) + 3, u64::MAX]),
        (classwise, 3, vec![bits(1.0), bits(-0.5), bits(f64::NAN), bits(f64::INFINITY), u64::MAX]),
    ] {
        let good = seen::<F32>(family, &samples::<F32>(&mut Rng::new(55), family.rows(), 3));
        for value in values {
            let mut bad = good.clone();
            bad[word] = value;
            refused(family, &bad, family.size(), &format!("word {word}: {value}"));
        }
    }
}

#[test]
fn random_bytes() {
    let mut rng = Rng::new(53);
    for _ in 0..2000 {
        let mut bytes: State = (0..40).map(|_| rng.bits()).collect();
        if rng.below(2) == 0 {
            // A right beginning of a wrong head.
            bytes = with_field(&bytes, MAGIC, u32::from_le_bytes(*b"LGT1"));
        }
        refused(Family::Nll, &bytes, rng.below(321), "random bytes");
    }
}

/// Whatever stands after a right head is a state: it may be used, if to no
/// purpose, and nothing breaks.
#[test]
fn any_body_is_a_state() {
    let mut rng = Rng::new(54);
    for family in Family::every() {
        for round in 0..50 {
            let mut state = family.start();
            let mut word = || if round == 0 { u64::MAX } else { rng.bits() };
            state[2 + family.words()..].iter_mut().for_each(|to| *to = word());
            let data = samples::<F32>(&mut rng, family.rows(), 3);
            let batch = Batch::<F32>::new(&data, 0, 0, true);
            assert_eq!(family.update(&mut state, &batch.args()), Status::LGT_OK);
            let other = state.clone();
            assert_eq!(family.merge(&mut state, &other), Status::LGT_OK);
        }
    }
}

#[test]
fn misaligned_and_null() {
    for family in Family::every() {
        let size = family.size();
        let mut room = vec![0u64; size / 8 + 1];
        room[..size / 8].copy_from_slice(&family.start());
        let mut good = family.start();
        let fine = good.as_mut_ptr().cast();
        // SAFETY: the array holds 8 bytes more than a state.
        unsafe {
            let off = room.as_mut_ptr().cast::<u8>().add(4);
            core::ptr::copy(room.as_ptr().cast::<u8>(), off, size);
            let off = off.cast();
            assert_eq!(lgt_state_check(off, size), Status::LGT_E_STATE);
            assert_eq!(lgt_state_merge(fine, size, off, size), Status::LGT_E_STATE);
            assert_eq!(lgt_state_merge(off, size, fine, size), Status::LGT_E_STATE);
            let null = core::ptr::null_mut();
            assert_eq!(lgt_state_check(null, size), Status::LGT_E_NULL);
            assert_eq!(lgt_state_merge(fine, size, null, size), Status::LGT_E_NULL);
            assert_eq!(lgt_state_merge(null, size, fine, size), Status::LGT_E_NULL);
        }
        assert!(good == family.start());
    }
}
