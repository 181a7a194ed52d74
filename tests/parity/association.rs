//! Association of two columns against its definitions.

use crate::reference::classes::Pair;
use crate::support::bounds;
use crate::support::noted;
use crate::support::pairs::{PairState, What};
use crate::support::rng::Rng;
use logitude::capi::association::lgt_association_finish;
use logitude::metrics::association::Association;
use logitude::status::Status;
use std::mem::MaybeUninit;

fn finish(state: PairState, pairs: &[Pair]) -> Association {
    let mut seen = state.start();
    state.see(&mut seen, pairs);
    let mut report = MaybeUninit::<Association>::uninit();
    // SAFETY: the state is whole, and no error leaves the report unwritten.
    let (status, report) = unsafe {
        (lgt_association_finish(seen.as_ptr().cast(), report.as_mut_ptr()), report.assume_init())
    };
    let expected = if report.cramers_v.is_nan() { Status::LGT_UNDEFINED } else { Status::LGT_OK };
    assert_eq!(status, expected);
    report
}

fn near(got: f64, exact: f64, what: &str) {
    let same = noted::close(got, exact, bounds::ASSOCIATION, exact.abs().max(1.0));
    assert!(same, "{what}: {got}, {exact}");
}

/// The shares of the classes of a column: `which` is 0 for labels.
fn shares(pairs: &[Pair], classes: usize, which: usize) -> Vec<f64> {
    let total: f64 = pairs.iter().map(|p| p.weight).sum();
    let class = |p: &Pair| [p.label, p.predicted][which];
    let one = |c| pairs.iter().filter(|p| class(p) == c).map(|p| p.weight).sum::<f64>() / total;
    (0..classes).map(one).collect()
}

/// How wrong guesses are of a column with these shares: of the likeliest class, in
/// proportion, in nats.
fn uncertainty(shares: &[f64]) -> [f64; 3] {
    let most = shares.iter().copied().fold(0.0, f64::max);
    let squares: f64 = shares.iter().map(|p| p * p).sum();
    let entropy = shares.iter().filter(|p| **p > 0.0).map(|p| -p * p.ln()).sum();
    [1.0 - most, 1.0 - squares, entropy]
}

/// The same where the other column is known, on average.
fn when_known(pairs: &[Pair], classes: usize, which: usize) -> [f64; 3] {
    let total: f64 = pairs.iter().map(|p| p.weight).sum();
    let mut sums = [0.0; 3];
    for known in 0..classes {
        let of: Vec<Pair> =
            pairs.iter().copied().filter(|p| [p.predicted, p.label][which] == known).collect();
        let weight: f64 = of.iter().map(|p| p.weight).sum();
        if weight > 0.0 {
            let part = uncertainty(&shares(&of, classes, which));
            sums.iter_mut().zip(part).for_each(|(sum, x)| *sum += weight / total * x);
        }
    }
    sums
}

fn as_defined(pairs: &[Pair], state: PairState) {
    let (got, n) = (finish(state, pairs), state.classes as usize);
    let total: f64 = pairs.iter().map(|p| p.weight).sum();
    near(got.weight, total, "weight");
    let (rows, columns) = (shares(pairs, n, 0), shares(pairs, n, 1));
    let filled = |shares: &[f64]| shares.iter().filter(|p| **p > 0.0).count() as f64;
    let (r, c) = (filled(&rows), filled(&columns));
    assert_eq!((got.labels as f64, got.predicted as f64), (r, c));
    let mut square = 0.0;
    for (i, row) in rows.iter().enumerate().filter(|(_, p)| **p > 0.0) {
        for (j, column) in columns.iter().enumerate().filter(|(_, p)| **p > 0.0) {
            let both = pairs.iter().filter(|p| (p.label, p.predicted) == (i, j));
            let share = both.map(|p| p.weight).sum::<f64>() / total;
            square += (share - row * column).powi(2) / (row * column);
        }
    }
    let alone = r < 2.0 || c < 2.0;
    let square = if alone { f64::NAN } else { square };
    let degrees = (r - 1.0) * (c - 1.0);
    if !alone && degrees == 2.0 {
        let exact = (-got.chi2 / 2.0).exp();
        assert!((got.p_value - exact).abs() <= bounds::ASSOCIATION_P * exact, "{got:?}");
    }
    near(got.phi, square.sqrt(), "phi");
    near(got.chi2 / total, square, "chi2");
    near(got.cramers_v, (square / (r.min(c) - 1.0)).sqrt(), "V");
    near(got.tschuprows_t, (square / degrees.sqrt()).sqrt(), "T");
    near(got.contingency, (square / (1.0 + square)).sqrt(), "C");
    let unbiased = square - degrees / (total - 1.0);
    let unbiased = if unbiased < 0.0 { 0.0 } else { unbiased };
    let less = |k: f64| k - (k - 1.0).powi(2) / (total - 1.0) - 1.0;
    let (r, c) = (less(r), less(c));
    if r.min(c) > 1e-12 {
        near(got.cramers_v_corrected, (unbiased / r.min(c)).sqrt(), "V corrected");
        near(got.tschuprows_t_corrected, (unbiased / (r * c).sqrt()).sqrt(), "T corrected");
    } else {
        assert!(got.cramers_v_corrected.is_nan() || r.min(c) > -1e-12, "{got:?}");
    }
    let [lambda, tau, u] = [0, 1]
        .map(|which| {
            let (before, after) = (
                uncertainty(if which == 0 { &rows } else { &columns }),
                when_known(pairs, n, which),
            );
            [0, 1, 2].map(|i| (before[i], before[i] - after[i]))
        })
        .into_iter()
        .fold([vec![], vec![], vec![]], |mut all, side: [(f64, f64); 3]| {
            all.iter_mut().zip(side).for_each(|(all, one)| all.push(one));
            all
        });
    let share =
        |(before, saved): (f64, f64)| if before > 1e-15 { saved / before } else { f64::NAN };
    near(got.lambda_labels, share(lambda[0]), "lambda");
    near(got.lambda_predicted, share(lambda[1]), "lambda the other way");
    let both = (lambda[0].0 + lambda[1].0, lambda[0].1 + lambda[1].1);
    near(got.lambda_both, share(both), "lambda of both");
    near(got.tau_labels, share(tau[0]), "tau");
    near(got.tau_predicted, share(tau[1]), "tau the other way");
    near(got.theils_u_labels, share(u[0]), "U");
    near(got.theils_u_predicted, share(u[1]), "U the other way");
    if !alone {
        near(got.g / total, 2.0 * u[0].1, "G");
    }
}

pub fn against_definitions() {
    let mut rng = Rng::new(201);
    for classes in [1u32, 2, 3, 8, 70] {
        for rows in [1, 2, 15, 16, 17, 300] {
            for weighted in [false, true] {
                let (a, b) = (1 + rng.below(classes as usize), 1 + rng.below(classes as usize));
                let same = rng.unit();
                let one = |rng: &mut Rng| {
                    let label = rng.below(a);
                    let predicted = if rng.unit() < same { label % b } else { rng.below(b) };
                    let weight = if weighted { 0.5 + rng.below(8) as f64 / 4.0 } else { 1.0 };
                    Pair { label, predicted, weight }
                };
                let pairs: Vec<Pair> = (0..rows).map(|_| one(&mut rng)).collect();
                as_defined(
                    &pairs,
                    PairState { what: What::Matrix, classes, weighted, ignore: None },
                );
            }
        }
    }
}

/// Tables whose chi-square and p-value are in books and in R's documentation.
pub fn published() {
    let table = |cells: &[&[usize]]| -> Vec<Pair> {
        let mut pairs = vec![];
        for (label, row) in cells.iter().enumerate() {
            for (predicted, count) in row.iter().enumerate() {
                pairs.extend((0..*count).map(|_| Pair { label, predicted, weight: 1.0 }));
            }
        }
        pairs
    };
    let of = |classes| PairState { what: What::Matrix, classes, weighted: false, ignore: None };
    // A. Agresti (2007), table 2.5: party by gender.
    let got = finish(of(3), &table(&[&[762, 327, 468], &[484, 239, 477]]));
    assert!((got.chi2 - 30.07).abs() < 5.1e-3 && got.degrees == 2.0, "{got:?}");
    assert!((got.g - 30.02).abs() < 5.1e-3 && (got.p_value - 2.954e-7).abs() < 5.1e-11);
    // What is independent to the last row.
    let got = finish(of(3), &table(&[&[10, 20, 30], &[20, 40, 60]]));
    assert_eq!((got.cramers_v, got.lambda_labels, got.p_value), (0.0, 0.0, 1.0));
    // The one known from the other, but not the other way round.
    let got = finish(of(4), &table(&[&[5, 5, 0, 0], &[0, 0, 5, 5]]));
    assert_eq!((got.cramers_v, got.lambda_labels, got.tau_labels), (1.0, 1.0, 1.0));
    assert!(
        (got.theils_u_labels - 1.0).abs() < 1e-15 && (got.theils_u_predicted - 0.5).abs() < 1e-15
    );
    let none = finish(of(2), &[]);
    assert!(none.cramers_v.is_nan() && none.theils_u_labels.is_nan() && none.labels == 0);
}
