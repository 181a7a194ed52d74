//! Prediction sets against the score of every class, found by sorting.

use crate::level;
use crate::reference::conformal::{self as reference, Rule};
use crate::support::bounds::{CONFORMAL, CONFORMAL_MASS};
use crate::support::dtype::*;
use crate::support::rng::Rng;
use logitude::capi::conformal::*;
use logitude::capi::conformal_scores::*;
use logitude::capi::conformal_sets::*;
use logitude::capi::types::LGT_U16;
use logitude::status::Status;
use std::ffi::c_void;

type Scores<S> = unsafe extern "C" fn(
    *const S,
    usize,
    *const c_void,
    u32,
    *const f64,
    *mut f64,
    usize,
    usize,
    *const lgt_conformal_opts,
) -> Status;
type Sets<S> = unsafe extern "C" fn(
    *const c_void,
    *const S,
    usize,
    *const f64,
    *const f64,
    *mut u64,
    usize,
    *mut u32,
    usize,
    usize,
    *mut c_void,
    usize,
) -> Status;

pub trait Conformal: Dtype {
    const SCORES: Scores<Self::Store>;
    const SETS: Sets<Self::Store>;
}

macro_rules! conformal {
    ($($dtype:ident: $scores:ident, $sets:ident;)*) => {$(
        impl Conformal for $dtype {
            const SCORES: Scores<Self::Store> = $scores;
            const SETS: Sets<Self::Store> = $sets;
        }
    )*};
}

conformal! {
    F32: lgt_conformal_scores_f32, lgt_conformal_sets_f32;
    F64: lgt_conformal_scores_f64, lgt_conformal_sets_f64;
    F16: lgt_conformal_scores_f16, lgt_conformal_sets_f16;
    Bf16: lgt_conformal_scores_bf16, lgt_conformal_sets_bf16;
}

const METHODS: [u32; 6] = [
    LGT_CONFORMAL_LAC,
    LGT_CONFORMAL_APS,
    LGT_CONFORMAL_RAPS,
    LGT_CONFORMAL_SAPS,
    LGT_CONFORMAL_TOP_K,
    LGT_CONFORMAL_MARGIN,
];

struct Batch<D: Conformal> {
    x: Vec<D::Store>,
    labels: Vec<u16>,
    u: Vec<f64>,
    cols: usize,
}

impl<D: Conformal> Batch<D> {
    /// Rows that are wide or narrow, every second one with many ties.
    fn new(rng: &mut Rng, rows: usize, cols: usize) -> Self {
        let value = |rng: &mut Rng, r: usize| {
            let x = [6.0, 2.0, 1.0, 0.1][r / 2 % 4] * rng.normal();
            D::store(if r % 2 == 1 { x.round() } else { x })
        };
        let x = (0..rows * cols).map(|i| value(rng, i / cols)).collect();
        let labels = (0..rows).map(|_| rng.below(cols) as u16).collect();
        let u = (0..rows).map(|_| rng.unit()).collect();
        Batch { x, labels, u, cols }
    }

    fn rows(&self) -> usize {
        self.u.len()
    }

    /// The scores of all classes of a row.
    fn all(&self, r: usize, rule: &Rule) -> Option<Vec<f64>> {
        let row = &self.x[r * self.cols..][..self.cols];
        let x: Vec<f64> = row.iter().map(|x| D::value(*x)).collect();
        reference::scores(&x, self.u[r], rule)
    }

    fn scores(&self, opts: &lgt_conformal_opts) -> (Status, Vec<f64>) {
        let mut scores = vec![0.0; self.rows()];
        let (labels, to) = (self.labels.as_ptr().cast(), scores.as_mut_ptr());
        let (x, n, u, f) = (self.x.as_ptr(), self.cols, self.u.as_ptr(), D::SCORES);
        // SAFETY: arrays of as many rows.
        let status = unsafe { f(x, n, labels, LGT_U16, u, to, self.rows(), n, opts) };
        (status, scores)
    }

    /// Words of each row's set, by the model's thresholds or these.
    fn sets(&self, model: &[u64], of_rows: Option<&[f64]>) -> (Status, Vec<u64>) {
        let (rows, n, each) = (self.rows(), self.cols, self.cols.div_ceil(64));
        let (mut masks, mut sizes, mut bytes) = (vec![!0; rows * each], vec![0; rows], 0);
        let of_rows = of_rows.map_or(core::ptr::null(), <[f64]>::as_ptr);
        let f = D::SETS;
        // SAFETY: arrays of as many rows, and scratch of the size that was asked for.
        let status = unsafe {
            assert_eq!(lgt_conformal_sets_scratch(n, &raw mut bytes), Status::LGT_OK);
            let mut scratch = vec![0u64; bytes / 8];
            let (model, scratch) = (model.as_ptr().cast(), scratch.as_mut_ptr().cast());
            let (x, u, to) = (self.x.as_ptr(), self.u.as_ptr(), masks.as_mut_ptr());
            f(model, x, n, u, of_rows, to, each, sizes.as_mut_ptr(), rows, n, scratch, bytes)
        };
        for (set, size) in masks.chunks(each).zip(sizes) {
            assert_eq!(set.iter().map(|word| word.count_ones()).sum::<u32>(), size);
        }
        (status, masks)
    }
}

fn options(method: u32) -> (lgt_conformal_opts, Rule) {
    let mut opts = core::mem::MaybeUninit::uninit();
    // SAFETY: the function writes the whole struct.
    let defaults = unsafe {
        lgt_conformal_opts_default(opts.as_mut_ptr());
        opts.assume_init()
    };
    let (lambda, k_reg) = (0.03125, 2);
    let opts = lgt_conformal_opts { method, lambda, k_reg, ..defaults };
    (opts, Rule { method, lambda, k_reg })
}

/// A model of scores, of so many classes or of all together.
fn fit(
    scores: &[f64],
    labels: &[u16],
    classes: usize,
    alpha: f64,
    opts: &lgt_conformal_opts,
) -> Vec<u64> {
    let (n, mut size, mut bytes) = (scores.len(), 0, 0);
    // SAFETY: arrays of `n`, and room of the sizes that were asked for.
    unsafe {
        assert_eq!(lgt_conformal_size(classes, &raw mut size), Status::LGT_OK);
        assert_eq!(lgt_conformal_scratch(n, classes, &raw mut bytes), Status::LGT_OK);
        let (mut model, mut scratch) = (vec![0u64; size / 8], vec![0u64; bytes / 8]);
        let (to, labels) = (model.as_mut_ptr().cast(), labels.as_ptr().cast());
        let (scores, scratch) = (scores.as_ptr(), scratch.as_mut_ptr().cast());
        let status = lgt_conformal_fit(
            to, size, scores, labels, LGT_U16, n, classes, alpha, opts, scratch, bytes,
        );
        assert!(status as i32 >= 0);
        model
    }
}

/// Whether the set is the classes that score no more than `q`, but for those within
/// `rough` of it.
fn is_the_set(set: &[u64], all: &[f64], q: impl Fn(usize) -> f64, rough: f64) -> bool {
    let holds = |c: usize| set[c / 64] >> (c % 64) & 1 != 0;
    let right = |(c, s): (usize, &f64)| (s - q(c)).abs() <= rough || holds(c) == (*s <= q(c));
    all.iter().enumerate().all(right) && (all.len()..64 * set.len()).all(|c| !holds(c))
}

/// Scores of the rows' own classes, and sets by thresholds of the rows' own.
pub fn as_defined<D: Conformal>() {
    let mut rng = Rng::new(81);
    let is_f64 = D::ACC == F64::ACC;
    let rough = if is_f64 { 2e-11 } else { 8e-6 };
    for cols in [1, 2, 15, 16, 17, 63, 64, 65, 129, 400] {
        let mut data = Batch::<D>::new(&mut rng, 16, cols);
        data.x[5 * cols + cols / 2] = D::store(f64::NAN);
        for method in METHODS {
            let (opts, rule) = options(method);
            let bound = match method {
                LGT_CONFORMAL_TOP_K => 0.0,
                LGT_CONFORMAL_LAC => CONFORMAL.of(is_f64),
                _ => CONFORMAL_MASS.of(is_f64),
            };
            let all: Vec<_> = (0..data.rows()).map(|r| data.all(r, &rule)).collect();
            level::each(|level| {
                let place = format!("{} {level}, {cols} columns, method {method}", D::NAME);
                let (status, scores) = data.scores(&opts);
                assert_eq!(status, Status::LGT_UNDEFINED, "{place}");
                for ((got, label), all) in scores.iter().zip(&data.labels).zip(&all) {
                    let exact = all.as_ref().map(|all| all[usize::from(*label)]);
                    let good = exact.map_or(got.is_nan(), |s| (got - s).abs() <= bound);
                    assert!(good, "{place}: {got} for {exact:?}");
                }
                let model = fit(&[0.5, 0.5], &[], 0, 0.5, &opts);
                let usual = |q: f64| vec![q; scores.len()];
                let own: Vec<f64> =
                    scores.iter().map(|s| if s.is_nan() { 0.0 } else { *s }).collect();
                for thresholds in [own.clone(), usual(0.9), usual(0.5), usual(3.0), usual(-1.0)] {
                    let (status, sets) = data.sets(&model, Some(&thresholds));
                    assert_eq!(status, Status::LGT_UNDEFINED, "{place}");
                    for (r, set) in sets.chunks(cols.div_ceil(64)).enumerate() {
                        let (q, label) = (thresholds[r], usize::from(data.labels[r]));
                        let everything = vec![f64::NEG_INFINITY; cols];
                        let all = all[r].as_ref().unwrap_or(&everything);
                        assert!(is_the_set(set, all, |_| q, rough), "{place}: row {r}, {q}");
                        let holds = set[label / 64] >> (label % 64) & 1 != 0;
                        assert!(holds || scores[r].is_nan() || scores[r] > q, "{place}: row {r}");
                    }
                }
            });
        }
    }
}

/// Thresholds of classes, and the sets they make.
pub fn by_class<D: Conformal>() {
    let mut rng = Rng::new(82);
    let (cols, alpha) = (5, 0.25);
    let rough = if D::ACC == F64::ACC { 2e-11 } else { 8e-6 };
    let data = Batch::<D>::new(&mut rng, 100, cols);
    for method in METHODS {
        let (opts, rule) = options(method);
        level::each(|level| {
            let (_, scores) = data.scores(&opts);
            let model = fit(&scores, &data.labels, cols, alpha, &opts);
            let exact: Vec<f64> = (0..cols)
                .map(|c| {
                    let of = data.labels.iter().zip(&scores);
                    let of: Vec<f64> =
                        of.filter(|(l, _)| usize::from(**l) == c).map(|(_, s)| *s).collect();
                    reference::threshold(&of, &vec![1.0; of.len()], 1.0, alpha)
                })
                .collect();
            let got: Vec<f64> = model[10..][..cols].iter().map(|q| f64::from_bits(*q)).collect();
            assert_eq!(got, exact, "{level}, method {method}");
            let (_, sets) = data.sets(&model, None);
            for (r, set) in sets.iter().enumerate() {
                let all = data.all(r, &rule).unwrap();
                let good = is_the_set(&[*set], &all, |c| exact[c], rough);
                assert!(good, "{} {level}, method {method}: row {r}", D::NAME);
            }
        });
    }
}

/// Thresholds of weighted scores, of which some are equal and some weigh nothing.
pub fn weighted() {
    let mut rng = Rng::new(83);
    for n in [1, 2, 15, 16, 17, 100] {
        let scores: Vec<f64> = (0..n).map(|_| rng.below(40) as f64 / 64.0).collect();
        let weights: Vec<f64> = (0..n).map(|_| rng.below(4) as f64 / 2.0).collect();
        let own = [0.0, 0.5, 1.0, 7.0, 1000.0];
        for alpha in [0.01, 0.1, 0.3, 0.9] {
            let exact = own.map(|w| reference::threshold(&scores, &weights, w, alpha));
            level::each(|level| {
                let (mut got, mut scratch) = ([0.0; 5], vec![0u64; 4 * n]);
                // SAFETY: arrays of `n` and of 5, and scratch of 4 words a score.
                let status = unsafe {
                    let (new, to) = (own.as_ptr(), got.as_mut_ptr());
                    let room = scratch.as_mut_ptr().cast();
                    let (scores, weights) = (scores.as_ptr(), weights.as_ptr());
                    lgt_conformal_weighted(scores, weights, n, new, alpha, to, 5, room, 32 * n)
                };
                assert!(status as i32 >= 0);
                assert_eq!(got, exact, "{level}: {n} scores, alpha {alpha}");
            });
        }
    }
}
