//! Evaluations: every field of the report, every rank, bin and class.

use crate::evaluate_case::Case;
use crate::level;
use crate::reference::metrics::Sample;
use crate::reference::softmax;
use crate::support::batch::{Batch, LABEL_TYPES};
use crate::support::family::{Evaluation, Family, State};
use crate::support::points::PointFunctions;
use crate::support::rng::Rng;
use crate::support::values;
use crate::support::worst::Worst;
use logitude::status::Status;

/// A label type that holds the classes.
pub fn label_type(cols: usize, rng: &mut Rng) -> usize {
    let least = if cols <= 128 { 1 } else { 4 };
    let kinds: Vec<usize> = (0..8).filter(|k| LABEL_TYPES[*k].1 >= least).collect();
    kinds[rng.below(kinds.len())]
}

pub fn state<D: PointFunctions>(
    e: Evaluation,
    samples: &[Sample],
    weighted: bool,
    rng: &mut Rng,
) -> State {
    let mut state = Family::Evaluate(e).start();
    let kind = label_type(samples.first().map_or(1, |s| s.x.len()), rng);
    let batch = Batch::<D>::new(samples, rng.below(4), kind, weighted);
    assert_eq!(Family::Evaluate(e).update(&mut state, &batch.args()), Status::LGT_OK);
    state
}

/// Compares rows with the definition at every level.
fn run<D: PointFunctions>(
    worst: &mut Worst,
    family: &str,
    data: &[Sample],
    logits: bool,
    rng: &mut Rng,
) {
    let mut case = Case::<D>::new(worst, family, data, logits, rng);
    level::each(|level| {
        let (weighted, evaluation) = (data.iter().any(|s| s.weight != 1.0), case.evaluation);
        let got = state::<D>(evaluation, data, weighted, rng);
        if !weighted {
            let ones = state::<D>(evaluation, data, true, rng);
            assert!(ones == got, "{family}, {level}: weights of 1 are not none");
        }
        case.check(&got, level);
    });
}

pub const COLUMNS: [usize; 22] =
    [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 100, 127, 128, 129, 130, 257, 1000, 5000];

/// Weights: none, whole, any; some are 0.
fn weight<D: PointFunctions>(kind: usize, rng: &mut Rng) -> f64 {
    match kind {
        0 => 1.0,
        1 => rng.below(4) as f64,
        _ => D::acc_value(D::acc(rng.unit() * 10.0)),
    }
}

pub fn samples<D: PointFunctions>(
    family: &str,
    rng: &mut Rng,
    rows: usize,
    cols: usize,
) -> Vec<Sample> {
    let kind = rng.below(3);
    let one = |rng: &mut Rng| Sample {
        x: values::row::<D>(family, rng, cols),
        label: rng.below(cols),
        weight: weight::<D>(kind, rng),
    };
    (0..rows).map(|_| one(rng)).collect()
}

/// Turns logits into probabilities as `D` stores them; those that are none stay.
pub fn to_probabilities<D: PointFunctions>(samples: &mut [Sample]) {
    for s in samples {
        let row = softmax::row(&s.x, 1.0, true);
        s.x = row.shares.iter().map(|p| D::value(D::store(p.value()))).collect();
    }
}

/// Every family of values and every number of columns, of one row and of some.
pub fn families<D: PointFunctions>(logits: bool) {
    let (mut rng, mut worst) = (Rng::new(61), Worst::default());
    for family in values::FAMILIES {
        for cols in COLUMNS {
            // The slow truth of long rows takes long.
            if cols > 1000 && !["normal", "constant", "lost tail"].contains(&family) {
                continue;
            }
            let some = if cols > 200 { 1 } else { 2 + rng.below(20) };
            for rows in [1, some] {
                let mut data = samples::<D>(family, &mut rng, rows, cols);
                if !logits {
                    to_probabilities::<D>(&mut data);
                }
                run::<D>(&mut worst, family, &data, logits, &mut rng);
            }
        }
    }
    worst.settle();
}

pub fn logits<D: PointFunctions>() {
    families::<D>(true);
}

pub fn probabilities<D: PointFunctions>() {
    families::<D>(false);
}

/// Every label of a row, so in every place of every vector, and every number of rows.
pub fn places<D: PointFunctions>() {
    let (mut rng, mut worst) = (Rng::new(62), Worst::default());
    for cols in COLUMNS.into_iter().filter(|cols| *cols <= 257) {
        // Of long rows the ends and some between.
        let tried = |c: &usize| cols <= 33 || *c < 18 || cols - *c < 18 || *c % 8 == 7;
        let labels: Vec<usize> = (0..cols).filter(tried).collect();
        for family in ["normal", "ties", "masked"] {
            let mut data = samples::<D>(family, &mut rng, labels.len(), cols);
            data.iter_mut().zip(&labels).for_each(|(s, label)| s.label = *label);
            run::<D>(&mut worst, family, &data, true, &mut rng);
            to_probabilities::<D>(&mut data);
            run::<D>(&mut worst, family, &data, false, &mut rng);
        }
    }
    for rows in [0, 1, 15, 16, 17, 63, 64, 65, 130] {
        for cols in [2, 10, 64, 129, 130] {
            let mut data = samples::<D>("normal", &mut rng, rows, cols);
            run::<D>(&mut worst, "normal", &data, true, &mut rng);
            to_probabilities::<D>(&mut data);
            run::<D>(&mut worst, "normal", &data, false, &mut rng);
        }
    }
    worst.settle();
}

/// Labels far below and far above the others, wherever all of them are, each in a batch of
/// ordinary rows.
pub fn far<D: PointFunctions>() {
    let (mut rng, mut worst) = (Rng::new(63), Worst::default());
    let inf = f64::INFINITY;
    for cols in [2, 10, 33, 130, 257] {
        for offset in [0.0, 1e4, 1e6, 1e30] {
            for by in [15.0, 20.0, 30.0, 40.0, 43.0, 50.0, 90.0, 350.0, 700.0, 1e3, 1e30, inf] {
                for sign in [1.0, -1.0] {
                    let mut data = samples::<D>("normal", &mut rng, 3, cols);
                    let Sample { x, label, .. } = &mut data[1];
                    x[*label] += sign * by;
                    x.iter_mut().for_each(|v| *v = D::value(D::store(*v + offset)));
                    let family = format!("{by} off, near {offset}");
                    run::<D>(&mut worst, &family, &data, true, &mut rng);
                    // By itself, nothing hides.
                    data[1].weight = 1.0;
                    run::<D>(&mut worst, &family, &data[1..2], true, &mut rng);
                }
            }
        }
    }
    worst.settle();
}

/// A vocabulary's worth of columns: sums that do not drift, in rows of all sorts.
pub fn long<D: PointFunctions>() {
    let (mut rng, mut worst) = (Rng::new(65), Worst::default());
    let cols = 50_003;
    for family in ["constant", "spike"] {
        for lowest in [false, true] {
            let mut data = samples::<D>(family, &mut rng, 1, cols);
            let Sample { x, label, weight } = &mut data[0];
            *weight = 1.0;
            if lowest {
                x[*label] = f64::NEG_INFINITY;
            }
            run::<D>(&mut worst, family, &data, true, &mut rng);
            to_probabilities::<D>(&mut data);
            run::<D>(&mut worst, family, &data, false, &mut rng);
        }
    }
    worst.settle();
}

/// What is said to be a probability: zeros, some near what is taken, some beyond.
pub fn unlikely<D: PointFunctions>() {
    let (mut rng, mut worst) = (Rng::new(64), Worst::default());
    let odd = [
        0.0,
        -0.0,
        1.0,
        1.0078125,
        1.01,
        1.02,
        2.0,
        -1e-3,
        1e-36,
        1e-37,
        9e-38,
        1e-45,
        1e-300,
        5e-324,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
    ];
    for cols in [1, 2, 17, 128, 129] {
        for (i, p) in odd.into_iter().enumerate() {
            for at_label in [true, false] {
                let mut data = samples::<D>("normal", &mut rng, 3, cols);
                to_probabilities::<D>(&mut data);
                data[1].weight = 1.0;
                let place = if at_label { data[1].label } else { rng.below(cols) };
                data[1].x[place] = D::value(D::store(p));
                let family = format!("odd {i}: {p:e}");
                run::<D>(&mut worst, &family, &data, false, &mut rng);
                run::<D>(&mut worst, &family, &data[1..2], false, &mut rng);
            }
        }
        let zeros = [Sample { x: vec![0.0; cols], label: cols - 1, weight: 1.0 }];
        run::<D>(&mut worst, "zeros", &zeros, false, &mut rng);
    }
    worst.settle();
}
