//! The laws of every state, for scores of two classes, whose rows are of another form.

use crate::merge_any;
use crate::reference::binary::Scored;
use crate::support::binary::Binary;
use crate::support::dtype::*;
use crate::support::level;
use crate::support::rng::Rng;
use logitude::capi::binary::*;
use logitude::capi::state::*;
use logitude::capi::types::*;
use logitude::status::Status;

const KINDS: [Binary; 4] = [
    Binary { bins: 1, eps: 0.0, input: LGT_BINARY_PROBABILITIES },
    Binary { bins: 15, eps: 1e-15, input: LGT_BINARY_PROBABILITIES },
    Binary { bins: 200, eps: 0.0, input: LGT_BINARY_LOGITS },
    Binary { bins: 1000, eps: 1e-3, input: LGT_BINARY_PROBABILITIES },
];

/// Rows of every sort, most of them ordinary.
fn rows<D: Dtype>(rng: &mut Rng, n: usize, weighted: bool) -> Vec<Scored> {
    let one = |rng: &mut Rng| {
        let odd = [f64::NAN, 0.0, 1.0, -0.5, 1e-320, 900.0, f64::INFINITY, 0.5, 1.0 / 15.0];
        let score = match rng.below(12) {
            0 => odd[rng.below(9)],
            1 => 1e-8 * rng.unit(),
            2 => rng.below(16) as f64 / 15.0,
            _ => rng.unit(),
        };
        let weights = [1.0, 0.0, D::acc_value(D::acc(rng.unit() * 1e6)), 2f64.powi(-40), 1.0];
        let weight = if weighted { weights[rng.below(5)] } else { 1.0 };
        Scored { score: D::value(D::store(score)), hit: rng.below(3) == 0, weight }
    };
    (0..n).map(|_| one(rng)).collect()
}

fn seen<D: Dtype>(kind: Binary, rows: &[Scored], weighted: bool) -> Vec<u64> {
    let mut state = kind.start();
    assert_eq!(kind.add::<D>(&mut state, rows, 1, 4, weighted), Status::LGT_OK);
    state
}

fn any_split<D: Dtype>() {
    level::each(|level| {
        let mut rng = Rng::new(106);
        for (kind, n, weighted) in KINDS
            .into_iter()
            .flat_map(|kind| [0, 1, 7, 60, 500, 9000].map(|n| (kind, n)))
            .flat_map(|(kind, n)| [false, true].map(|weighted| (kind, n, weighted)))
        {
            let data = rows::<D>(&mut rng, n, weighted);
            let whole = seen::<D>(kind, &data, weighted);
            let mut mixed = data.clone();
            rng.shuffle(&mut mixed);
            let (mut parts, mut rest) = (vec![kind.start()], &mixed[..]);
            while !rest.is_empty() {
                let (part, others) = rest.split_at(1 + rng.below(rest.len()));
                // Weights of 1 are as good as none.
                let ones = part.iter().all(|row| row.weight == 1.0);
                parts.push(seen::<D>(kind, part, !ones || rng.below(2) == 0));
                rest = others;
            }
            while parts.len() > 1 {
                let other = parts.swap_remove(rng.below(parts.len()));
                let place = rng.below(parts.len());
                let status = if rng.below(2) == 0 {
                    merge_any(&mut parts[place], &other)
                } else {
                    let at = parts[place].as_mut_ptr().cast();
                    // SAFETY: both are whole states.
                    unsafe { lgt_binary_merge(at, other.as_ptr().cast()) }
                };
                assert_eq!(status, Status::LGT_OK);
            }
            let off: Vec<usize> = (0..whole.len()).filter(|i| whole[*i] != parts[0][*i]).collect();
            assert!(
                off.is_empty(),
                "{kind:?}, {n} rows, {weighted}, {level}: words {off:?} {data:?}"
            );
        }
    });
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
fn row_by_row() {
    // At one level: another may round otherwise.
    level::best(row_by_row_here);
}

fn row_by_row_here() {
    let mut rng = Rng::new(107);
    for kind in KINDS {
        let data = rows::<F16>(&mut rng, 300, true);
        let mut state = kind.start();
        for row in &data {
            let one = core::slice::from_ref(row);
            let label = rng.below(8);
            assert_eq!(kind.add::<F16>(&mut state, one, 2, label, true), Status::LGT_OK);
        }
        assert!(state == seen::<F16>(kind, &data, true), "{kind:?}");
        let (at, size) = (state.as_mut_ptr().cast(), size_of_val(&state[..]));
        let mut number = 0;
        // SAFETY: the state is `size` bytes long.
        unsafe {
            assert_eq!(lgt_state_kind(at, size, &raw mut number), Status::LGT_OK);
            assert_eq!(number, LGT_STATE_BINARY);
            assert_eq!(lgt_state_merge(at, size, at, size), Status::LGT_E_ALIAS);
            assert_eq!(lgt_state_reset(at, size), Status::LGT_OK);
        }
        assert!(state == kind.start());
    }
}

/// Every call that is refused leaves the state as it was.
#[test]
fn bad_arguments_change_nothing() {
    let (x, y, w) = ([0.25f32; 9], [0i32, 1, 0, 1, 0, 1, 0, 1, 0], [1f32; 9]);
    let kind = KINDS[1];
    let before = seen::<F32>(kind, &rows::<F32>(&mut Rng::new(108), 50, true), true);
    let refused = |x: *const f32, stride, y: *const i32, label, w: *const f32, n, status| {
        let mut state = before.clone();
        let at = state.as_mut_ptr().cast();
        // SAFETY: arrays that are not null have nine values, or the call is refused
        // before it looks at them.
        let got = unsafe { lgt_binary_update_f32(at, x, stride, y.cast(), label, w, n) };
        assert_eq!(got, status);
        assert!(state == before, "{status:?}");
    };
    let (none, px, py, pw) = (core::ptr::null(), x.as_ptr(), y.as_ptr(), w.as_ptr());
    refused(none, 1, py, LGT_I32, pw, 9, Status::LGT_E_NULL);
    refused(px, 1, core::ptr::null(), LGT_I32, pw, 9, Status::LGT_E_NULL);
    refused(px, 0, py, LGT_I32, pw, 9, Status::LGT_E_STRIDE);
    refused(px, 1, py, LGT_I32, pw, usize::MAX, Status::LGT_E_SIZE);
    refused(px, usize::MAX / 4, py, LGT_I32, pw, 9, Status::LGT_E_SIZE);
    refused(px, 1, py, 0, pw, 9, Status::LGT_E_LABEL);
    refused(px, 1, py, 9, pw, 9, Status::LGT_E_LABEL);
    refused(none, 1, core::ptr::null(), LGT_I32, none, 0, Status::LGT_OK);
    for (row, label) in [(0, 2), (8, -1), (4, i32::MAX), (3, i32::MIN), (7, 256)] {
        let mut bad = y;
        bad[row] = label;
        refused(px, 1, bad.as_ptr(), LGT_I32, pw, 9, Status::LGT_E_LABEL);
    }
    for (row, weight) in [(0, f32::NAN), (8, -1.0), (2, f32::INFINITY), (1, 1e19), (5, -1e-45)] {
        let mut bad = w;
        bad[row] = weight;
        refused(px, 1, py, LGT_I32, bad.as_ptr(), 9, Status::LGT_E_VALUE);
    }
}

#[test]
fn parameters() {
    let (mut bytes, mut room) = (7, vec![3u64; 4000]);
    let size = size_of_val(&room[..]);
    let nan = f64::NAN;
    for (bins, eps, input) in
        [(0, 0.0, 0), (65537, 0.0, 0), (10, -1e-9, 0), (10, 0.5, 0), (10, nan, 1), (10, 0.0, 2)]
    {
        // SAFETY: one number, and a buffer as long as is said.
        unsafe {
            let status = lgt_binary_size(bins, eps, input, &raw mut bytes);
            assert_eq!(status, Status::LGT_E_VALUE);
            let at = room.as_mut_ptr().cast();
            assert_eq!(lgt_binary_init(at, size, bins, eps, input), Status::LGT_E_VALUE);
        }
    }
    assert!(bytes == 7 && room.iter().all(|word| *word == 3));
    for (a, b) in [(0, 1), (1, 2), (1, 3)] {
        let (mut state, other) = (KINDS[a].start(), KINDS[b].start());
        assert_eq!(merge_any(&mut state, &other), Status::LGT_E_MISMATCH);
    }
    // Words that `init` would not have written.
    for (word, value) in [(2, (-0.0f64).to_bits()), (2, nan.to_bits()), (3, 2), (3, u64::MAX)] {
        let mut state = KINDS[1].start();
        state[word] = value;
        let other = KINDS[1].start();
        assert_eq!(merge_any(&mut state, &other), Status::LGT_E_STATE);
    }
    // Any body is a state.
    let mut rng = Rng::new(109);
    for kind in KINDS {
        let mut state = kind.start();
        state[4..].iter_mut().for_each(|word| *word = rng.bits());
        let other = state.clone();
        assert_eq!(merge_any(&mut state, &other), Status::LGT_OK);
        let data = rows::<F32>(&mut rng, 50, true);
        assert_eq!(kind.add::<F32>(&mut state, &data, 1, 0, true), Status::LGT_OK);
        let _ = kind.finish(&state);
    }
}
