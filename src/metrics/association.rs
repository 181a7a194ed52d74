//! How far the classes of two columns depend on each other, from their confusion
//! matrix: what is made of chi-square, and by how much the one helps to guess the
//! other.

use super::class_scores::Class;
use super::confusion::Confusion;
use super::counted::Counted;
use super::information::{Entropy, Information, Mean};
use crate::math::gamma;
use crate::math::sum::Sum;

/// The result of `lgt_association_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Association {
    /// True classes that are there.
    pub labels: u64,
    /// Predicted classes that are there.
    pub predicted: u64,
    /// All rows, or their weight.
    pub weight: f64,
    /// Pearson's chi-square, without a correction for continuity.
    pub chi2: f64,
    /// Its degrees of freedom.
    pub degrees: f64,
    /// Its p-value.
    pub p_value: f64,
    /// The likelihood ratio statistic, twice the rows times mutual information.
    pub g: f64,
    /// Its p-value.
    pub g_p_value: f64,
    /// The root of chi-square over rows.
    pub phi: f64,
    /// Cramer's V.
    pub cramers_v: f64,
    /// Cramer's V less its bias.
    pub cramers_v_corrected: f64,
    /// Tschuprow's T.
    pub tschuprows_t: f64,
    /// Tschuprow's T less its bias.
    pub tschuprows_t_corrected: f64,
    /// Pearson's contingency coefficient.
    pub contingency: f64,
    /// Theil's U: the share of the entropy of labels that predictions explain.
    pub theils_u_labels: f64,
    /// Theil's U: the share of the entropy of predictions that labels explain.
    pub theils_u_predicted: f64,
    /// Goodman and Kruskal's lambda: the share of wrong guesses of the label that the
    /// prediction saves.
    pub lambda_labels: f64,
    /// Goodman and Kruskal's lambda, of guesses of the prediction.
    pub lambda_predicted: f64,
    /// Goodman and Kruskal's lambda, of both guesses.
    pub lambda_both: f64,
    /// Goodman and Kruskal's tau: as lambda, of guesses in proportion.
    pub tau_labels: f64,
    /// Goodman and Kruskal's tau, of guesses of the prediction.
    pub tau_predicted: f64,
}

/// Classes whose rows are held at a time: walking over all of them sums up the matrix.
const HELD: usize = 64;

/// Sums over pairs of classes.
#[derive(Clone, Copy)]
struct Sums {
    total: f64,
    squares: Sum,
    /// Cells squared, by the rows of their label, and of their prediction.
    of_labels: Sum,
    of_predicted: Sum,
    joint: Entropy,
}

impl Sums {
    #[inline(never)]
    fn cell(&mut self, cell: f64, labelled: f64, predicted: f64) {
        let chance = labelled * (predicted / self.total);
        self.squares = self.squares.plus((cell - chance) / chance * (cell - chance));
        self.of_labels = self.of_labels.plus(cell / labelled * cell);
        self.of_predicted = self.of_predicted.plus(cell / predicted * cell);
        self.joint.add(cell / self.total);
    }
}

/// One of the columns: its classes, and how well the largest of them is guessed.
#[derive(Clone, Copy)]
struct Side {
    classes: u64,
    entropy: Entropy,
    squares: Sum,
    largest: f64,
    /// Over classes of the other: the rows of the largest of this.
    guessed: Sum,
}

impl Side {
    const EMPTY: Side = Side {
        classes: 0,
        entropy: Entropy::ZERO,
        squares: Sum::ZERO,
        largest: 0.0,
        guessed: Sum::ZERO,
    };

    #[inline(never)]
    fn class(&mut self, rows: f64, most: f64, total: f64) {
        self.classes += u64::from(rows > 0.0);
        self.entropy.add(rows / total);
        self.squares = self.squares.plus(rows / total * rows);
        self.largest = f64::max(self.largest, rows);
        self.guessed = self.guessed.plus(most);
    }
}

/// The share of chi-square with these degrees above `x`.
#[inline(never)]
fn tail(degrees: f64, x: f64) -> f64 {
    gamma::upper(degrees / 2.0, x / 2.0)
}

/// A share; NaN of nothing.
fn share(part: f64, all: f64) -> f64 {
    if all > 0.0 { part.max(0.0) / all } else { f64::NAN }
}

/// All of it; NaN where a column is one class, or nothing was seen.
pub fn association(of: &Confusion) -> Association {
    let (total, n) = (of.all().total, of.classes());
    let (mut labels, mut predictions) = (Side::EMPTY, Side::EMPTY);
    let mut sums = Sums {
        total,
        squares: Sum::ZERO,
        of_labels: Sum::ZERO,
        of_predicted: Sum::ZERO,
        joint: Entropy::ZERO,
    };
    for (c, class) in of.each().enumerate() {
        let most = |f: &dyn Fn(usize) -> f64| (0..n).fold(0.0, |most, i| f64::max(most, f(i)));
        // The best guess of the prediction for this label, and the other way round.
        predictions.guessed = predictions.guessed.plus(most(&|i| of.value(c, i)));
        labels.class(class.labelled, most(&|i| of.value(i, c)), total);
        predictions.class(class.predicted, 0.0, total);
    }
    let (mut from, mut walk) = (0, of.each());
    while from < n {
        let mut held = [0.0; HELD];
        held.iter_mut().zip(walk.by_ref()).for_each(|(to, class)| *to = class.labelled);
        for (c, Class { predicted, .. }) in of.each().enumerate() {
            for (i, labelled) in held.iter().enumerate().filter(|(_, labelled)| **labelled > 0.0) {
                if predicted > 0.0 {
                    sums.cell(of.value(from + i, c), *labelled, predicted);
                }
            }
        }
        from += HELD;
    }
    made(&sums, &labels, &predictions)
}

#[inline(never)]
fn made(sums: &Sums, labels: &Side, predictions: &Side) -> Association {
    let total = sums.total;
    let (r, c) = (labels.classes as f64, predictions.classes as f64);
    let alone = labels.classes < 2 || predictions.classes < 2;
    let chi2 = if alone { f64::NAN } else { sums.squares.value() };
    let degrees = (r - 1.0).max(0.0) * (c - 1.0).max(0.0);
    let square = chi2 / total;
    let entropies = [sums.joint, labels.entropy, predictions.entropy];
    let shared = Information::of(&entropies, total == 0.0, Mean::Arithmetic);
    let g = if alone { f64::NAN } else { 2.0 * total * shared.mutual };
    // W. Bergsma's: what is expected by chance is taken off, and as much of the classes.
    let less = |k: f64| k - 1.0 - (k - 1.0) * (k - 1.0) / (total - 1.0);
    let unbiased = square - degrees / (total - 1.0);
    let corrected = |most: f64| {
        if most > 0.0 && total > 1.0 && !alone {
            libm::sqrt(unbiased.max(0.0) / most)
        } else {
            f64::NAN
        }
    };
    let wrong = [total - labels.largest, total - predictions.largest];
    let right = [labels, predictions].map(|side| side.guessed.value() - side.largest);
    let by_chance = [labels, predictions].map(|side| side.squares.value());
    let (known, of_labels) = (sums.of_predicted.value(), by_chance[0]);
    Association {
        labels: labels.classes,
        predicted: predictions.classes,
        weight: total,
        chi2,
        degrees,
        p_value: tail(degrees, chi2),
        g,
        g_p_value: tail(degrees, g),
        phi: libm::sqrt(square),
        cramers_v: libm::sqrt(square / (r.min(c) - 1.0)),
        cramers_v_corrected: corrected(less(r).min(less(c))),
        tschuprows_t: libm::sqrt(square / libm::sqrt(degrees)),
        tschuprows_t_corrected: corrected(libm::sqrt(less(r).max(0.0) * less(c).max(0.0))),
        contingency: libm::sqrt(square / (1.0 + square)),
        theils_u_labels: share(shared.mutual, shared.labels),
        theils_u_predicted: share(shared.mutual, shared.predicted),
        lambda_labels: share(right[0], wrong[0]),
        lambda_predicted: share(right[1], wrong[1]),
        lambda_both: share(right[0] + right[1], wrong[0] + wrong[1]),
        tau_labels: share(known - of_labels, total - of_labels),
        tau_predicted: share(sums.of_labels.value() - by_chance[1], total - by_chance[1]),
    }
}
