//! Measures of ranking against every order of tied documents, on both ways: few
//! documents, and so many more that they are sorted.

use crate::reference::ranking::{Asked, query};
use crate::support::bounds;
use crate::support::level;
use crate::support::noted;
use crate::support::queries::{Documents, QueryFunctions, RankingState, opts};
use crate::support::rng::Rng;
use logitude::capi::{ranking::*, types::*};
use logitude::status::Status;

fn has_k(measure: u32) -> bool {
    ![LGT_RANKING_R_PRECISION, LGT_RANKING_BPREF].contains(&measure)
}

/// Few documents with few scores and grades.
fn documents(rng: &mut Rng, n: usize) -> Documents {
    let kinds = 1 + rng.below(4);
    let score = |rng: &mut Rng| {
        let scores = [-0.0, 0.0, 1.5, f64::INFINITY, -2.0, f64::NEG_INFINITY];
        if kinds == 4 { scores[rng.below(6)] } else { rng.below(kinds) as f64 }
    };
    Documents {
        scores: (0..n).map(|_| score(rng)).collect(),
        grades: (0..n).map(|_| rng.below(6) as f64 - 1.0).collect(),
        weight: 1.0,
    }
}

/// The same with documents at the end that matter only by being many.
fn longer(from: &Documents, by: usize) -> Documents {
    let mut made = from.clone();
    made.scores.extend(vec![f64::NEG_INFINITY; by]);
    made.grades.extend(vec![-1.0; by]);
    made
}

fn close(measure: u32, value: f64, expected: f64) -> bool {
    let bound = match measure {
        LGT_RANKING_ERR | LGT_RANKING_RBP => bounds::RANKING_CASCADE,
        _ => bounds::RANKING,
    };
    noted::close(value, expected, bound, expected)
}

pub fn every_order<D: QueryFunctions>() {
    level::each(|level| {
        let mut rng = Rng::new(81);
        for round in 0..150 {
            let mut set = opts();
            set.ties = rng.below(4) as u32;
            set.flags = rng.below(4) as u32;
            set.above = rng.below(3) as f32;
            set.persistence = [0.0, 0.5, 0.8, 0.95][rng.below(4)];
            let measures = (0..8).map(|_| {
                let measure = 1 + rng.below(13) as u32;
                (measure, if has_k(measure) { [0, 1, 2, 3, 5, 20][rng.below(6)] } else { 0 })
            });
            let state = RankingState { measures: measures.collect(), opts: set };
            let unretrieved = set.flags & LGT_RANKING_UNRETRIEVED != 0;
            let small: Vec<Documents> = (0..3).map(|_| documents(&mut rng, round % 7)).collect();
            // Past what is counted, past what is looked at in lanes.
            let by = if unretrieved { [0, 130, 1100][rng.below(3)] } else { 0 };
            let queries: Vec<Documents> = small.iter().map(|q| longer(q, by)).collect();
            let grade_type = [LGT_I8, LGT_I64, LGT_F32, LGT_F64][rng.below(4)];
            let mut seen = state.start();
            let values = state.see::<D>(&mut seen, &queries, rng.below(2) == 0, grade_type);
            for (i, value) in values.iter().enumerate() {
                let ((measure, k), q) = (state.measures[i % 8], &queries[i / 8]);
                let asked = Asked {
                    measure,
                    k: k as usize,
                    ties: set.ties,
                    exponential: set.flags & LGT_RANKING_EXPONENTIAL != 0,
                    unretrieved,
                    above: set.above.into(),
                    most: 4,
                    persistence: set.persistence,
                };
                match query(&asked, &q.scores, &q.grades) {
                    None => assert!(value.is_nan(), "{level} {asked:?} {q:?}: {value}"),
                    Some(x) => assert!(
                        close(measure, *value, x),
                        "{level} {asked:?} {:?} +{by}: {value}, not {x}",
                        small[i / 8]
                    ),
                }
            }
        }
    });
}

/// nDCG and others of any number of documents with distinct scores, against the definition;
/// the best order is exactly 1.
pub fn long_queries<D: QueryFunctions>() {
    level::each(|level| {
        let mut rng = Rng::new(82);
        for n in [15, 16, 17, 63, 64, 65, 127, 128, 129, 300, 1023, 1024, 1025] {
            for k in [1, 10, 16, 17, 48, 49, 0] {
                let mut scores: Vec<f64> = (0..n).map(f64::from).collect();
                rng.shuffle(&mut scores);
                let whole = k % 2 == 0;
                let grade = |rng: &mut Rng| {
                    if whole { rng.below(4) as f64 } else { D::acc_value(D::acc(rng.unit())) }
                };
                let grades: Vec<f64> = (0..n).map(|_| grade(&mut rng)).collect();
                // 16 bits do not hold so many numbers.
                let scores: Vec<f64> = scores.iter().map(|x| D::value(D::store(*x))).collect();
                let ties = LGT_RANKING_TIES_STABLE;
                let set = lgt_ranking_opts { ties, ..opts() };
                let numbers = [1, 2, 3, 4, 6, 11, 12];
                let measures = numbers.map(|m| (m, if has_k(m) { k } else { 0 })).to_vec();
                let state = RankingState { measures, opts: set };
                let q = Documents { scores, grades: grades.clone(), weight: 1.0 };
                let mut seen = state.start();
                let values = state.see::<D>(&mut seen, core::slice::from_ref(&q), false, LGT_F64);
                for (value, (measure, k)) in values.iter().zip(&state.measures) {
                    let asked = Asked {
                        measure: *measure,
                        k: *k as usize,
                        ties,
                        exponential: false,
                        unretrieved: false,
                        above: 0.0,
                        most: 4,
                        persistence: 0.8,
                    };
                    let x = query(&asked, &q.scores, &q.grades).unwrap();
                    assert!(close(*measure, *value, x), "{level} {n} {asked:?}: {value}, not {x}");
                }
                let best = Documents {
                    scores: grades.iter().map(|g| D::value(D::store(*g))).collect(),
                    grades,
                    weight: 1.0,
                };
                if whole {
                    let values = state.see::<D>(&mut seen, &[best], true, LGT_I8);
                    assert_eq!(values[0], 1.0, "{level} {n} {k}");
                }
            }
        }
    });
}

/// Who gives everything the same score gets what chance gets.
#[test]
fn a_constant_scorer() {
    use crate::support::dtype::F32;
    let measures = vec![(1, 0), (3, 0), (4, 0), (5, 2), (6, 2), (8, 2), (10, 0), (9, 2)];
    let state = RankingState { measures, opts: opts() };
    let query = Documents { scores: vec![0.5; 4], grades: vec![1.0, 0.0, 0.0, 0.0], weight: 1.0 };
    let mut seen = state.start();
    let values = state.see::<F32>(&mut seen, &[query], false, LGT_I8);
    let logs = 1.0 + 1.0 / 3f64.log2() + 0.5 + 1.0 / 5f64.log2();
    let mean = (1.0 + 0.5 + 1.0 / 3.0 + 0.25) / 4.0;
    let expected = [logs / 4.0, mean, mean, 0.25, 0.5, 0.5, 0.25, 0.5];
    for (value, expected) in values.iter().zip(expected) {
        assert!((value - expected).abs() < 1e-15, "{values:?}");
    }
}

/// Queries without a value, with a NaN, of weight 0; means of the others.
#[test]
fn queries_that_are_none() {
    use crate::support::dtype::F64;
    let query = |scores: &[f64], grades: &[f64], weight| Documents {
        scores: scores.to_vec(),
        grades: grades.to_vec(),
        weight,
    };
    let good = query(&[3.0, 2.0], &[0.0, 1.0], 2.0);
    let empty = query(&[3.0, 2.0], &[0.0, -1.0], 6.0);
    for (policy, mean, weight) in [(0, 0.5, 2.0), (1, 0.125, 8.0), (2, 0.875, 8.0)] {
        let set = lgt_ranking_opts { empty: policy, ..opts() };
        let state = RankingState { measures: vec![(LGT_RANKING_RECIPROCAL_RANK, 0)], opts: set };
        let mut seen = state.start();
        assert_eq!(state.finish(&seen).0, Status::LGT_UNDEFINED);
        let none = query(&[f64::NAN, 2.0], &[0.0, 1.0], 0.0);
        state.see::<F64>(&mut seen, &[good.clone(), empty.clone(), none.clone()], false, LGT_F64);
        let (status, reports) = state.finish(&seen);
        let report = reports[0];
        assert_eq!(status, Status::LGT_OK);
        assert_eq!((report.queries, report.empty_queries, report.nan_queries), (2, 1, 0));
        assert_eq!((report.mean, report.weight), (mean, weight));
        for bad in [query(&[f64::NAN, 2.0], &[0.0, 1.0], 1.0), query(&[1.0], &[f64::NAN], 1.0)] {
            let mut after = seen.clone();
            let values = state.see::<F64>(&mut after, &[bad], true, LGT_F64);
            let (status, reports) = state.finish(&after);
            assert!(values[0].is_nan() && reports[0].mean.is_nan());
            assert_eq!((status, reports[0].nan_queries), (Status::LGT_UNDEFINED, 1));
        }
    }
}

/// Gains of a worked example: 3, 2, 3, 0, 1, 2 (Järvelin and Kekäläinen).
#[test]
fn known_values() {
    use crate::support::dtype::F64;
    let state = RankingState { measures: vec![(2, 0), (1, 6), (13, 3)], opts: opts() };
    let scores = (0..6).map(|i| f64::from(6 - i)).collect();
    let query = Documents { scores, grades: vec![3.0, 2.0, 3.0, 0.0, 1.0, 2.0], weight: 1.0 };
    let values = state.see::<F64>(&mut state.start(), &[query], false, LGT_I64);
    assert!((values[0] - 6.861126688593502).abs() < 1e-14);
    assert!((values[1] - 0.9608081943360616).abs() < 1e-15);
    let err = 7.0 / 16.0 + 9.0 / 16.0 * 3.0 / 16.0 / 2.0 + 9.0 / 16.0 * 13.0 / 16.0 * 7.0 / 48.0;
    assert!((values[2] - err).abs() < 1e-15);
}
