//! How far two ways to divide rows into classes agree, from their confusion
//! matrix: weighted kappa, mutual information, pairs of rows.

use super::class_scores::Class;
use super::confusion::{Agreement, Confusion};
use super::counted::Counted;
use super::information::{self, Entropy, Information, Mean};
use crate::math::sum::Sum;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Opts {
    /// Normalises mutual information.
    pub mean: Mean,
    /// Of the V-measure: how much more completeness counts than homogeneity.
    pub beta: f64,
    /// Whether adjusted mutual information is wanted, which takes time for the
    /// square of the classes.
    pub adjusted: bool,
}

/// The three kappas: what is observed of a weight over what chance makes of it.
#[derive(Clone, Copy)]
struct Kappas {
    total: f64,
    /// The mean class, rounded: squares are taken around it.
    center: f64,
    mean: Sum,
    /// Sums over pairs of classes.
    off: Sum,
    distance: Sum,
    square: Sum,
    /// Sums over classes.
    product: Sum,
    cuts: Sum,
    labelled: Sum,
    predicted: Sum,
    moments: [Sum; 4],
}

impl Kappas {
    fn cell(&mut self, label: usize, predicted: usize, value: f64) {
        self.mean = self.mean.plus((label + predicted) as f64 * (value / self.total) / 2.0);
        let distance = label.abs_diff(predicted) as f64;
        if distance > 0.0 {
            self.off = self.off.plus(value);
            self.distance = self.distance.plus(distance * value);
            self.square = self.square.plus(distance * distance * value);
        }
    }

    fn class(&mut self, c: usize, class: Class) {
        let at = c as f64 - self.center;
        self.product = self.product.plus(class.labelled * (self.total - class.predicted));
        self.labelled = self.labelled.plus(class.labelled);
        self.predicted = self.predicted.plus(class.predicted);
        // Rows that one has below this cut and the other above it.
        let (f, g) = (self.labelled.value(), self.predicted.value());
        self.cuts = self.cuts.plus(f * (self.total - g) + g * (self.total - f));
        let terms = [class.labelled, class.predicted];
        let terms = terms.map(|w| [at * w, at * at * w]);
        for (moment, term) in self.moments.iter_mut().zip(terms.as_flattened()) {
            *moment = moment.plus(*term);
        }
    }

    fn values(&self) -> [f64; 3] {
        let [f1, f2, g1, g2] = self.moments.map(|moment| moment.value());
        let squares = self.total * (f2 + g2) - 2.0 * f1 * g1;
        let chance = [self.product.value(), self.cuts.value(), squares];
        let observed = [self.off, self.distance, self.square];
        let mut kappas = [f64::NAN; 3];
        for ((kappa, chance), observed) in kappas.iter_mut().zip(chance).zip(observed) {
            if chance > 0.0 {
                *kappa = 1.0 - observed.value() * self.total / chance;
            }
        }
        kappas
    }
}

/// Sums of squares of counts, for pairs of rows.
#[derive(Clone, Copy, Default)]
struct Squares {
    cells: u128,
    labelled: u128,
    predicted: u128,
}

fn square(count: u64) -> u128 {
    u128::from(count).wrapping_mul(u128::from(count))
}

impl Squares {
    /// Rand, adjusted Rand, Fowlkes and Mallows.
    fn values(&self, rows: u64) -> [f64; 3] {
        let Squares { cells, labelled, predicted } = *self;
        let n = u128::from(rows);
        let both = cells.saturating_sub(n) as f64;
        let only_labels = labelled.saturating_sub(cells) as f64;
        let only_predicted = predicted.saturating_sub(cells) as f64;
        let none = (n * n).saturating_add(cells).saturating_sub(labelled).saturating_sub(predicted);
        let (none, apart) = (none as f64, only_labels + only_predicted);
        if apart == 0.0 {
            let same = if both > 0.0 { 1.0 } else { 0.0 };
            return [1.0, 1.0, same];
        }
        let chance = (both + only_labels) * (only_labels + none)
            + (both + only_predicted) * (only_predicted + none);
        let adjusted = 2.0 * (both * none - only_labels * only_predicted) / chance;
        let fowlkes = if both > 0.0 {
            libm::sqrt(both / (both + only_predicted)) * libm::sqrt(both / (both + only_labels))
        } else {
            0.0
        };
        [(both + none) / (both + none + apart), adjusted, fowlkes]
    }
}

/// All of it; NaN where nothing was seen.
pub fn agreement(of: &Confusion, opts: &Opts) -> Agreement {
    let (seen, classes, weighted) = (of.all(), of.classes(), of.weighted());
    let total = seen.total;
    let mut entropies = [Entropy::ZERO; 3];
    let [joint, labels, predictions] = &mut entropies;
    let mut squares = Squares::default();
    let mut kappas = Kappas {
        total,
        center: 0.0,
        mean: Sum::ZERO,
        off: Sum::ZERO,
        distance: Sum::ZERO,
        square: Sum::ZERO,
        product: Sum::ZERO,
        cuts: Sum::ZERO,
        labelled: Sum::ZERO,
        predicted: Sum::ZERO,
        moments: [Sum::ZERO; 4],
    };
    for label in 0..classes {
        for predicted in 0..classes {
            let value = of.value(label, predicted);
            if value > 0.0 {
                joint.add(value / total);
                kappas.cell(label, predicted, value);
                squares.cells = squares.cells.wrapping_add(square(of.count(label, predicted)));
            }
        }
    }
    kappas.center = libm::rint(kappas.mean.value());
    for (c, class) in of.each().enumerate() {
        labels.add(class.labelled / total);
        predictions.add(class.predicted / total);
        kappas.class(c, class);
        squares.labelled = squares.labelled.wrapping_add(square(class.labelled as u64));
        squares.predicted = squares.predicted.wrapping_add(square(class.predicted as u64));
    }
    let [kappa, kappa_linear, kappa_quadratic] = kappas.values();
    let nothing = seen.rows == 0;
    // Pairs of rows are whole: there is no half of one.
    let pairs = if nothing || weighted { [f64::NAN; 3] } else { squares.values(seen.rows) };
    let shared = Information::of(&entropies, nothing, opts.mean);
    let expected = if opts.adjusted && !nothing && !weighted {
        information::expected(of, seen.rows)
    } else {
        f64::NAN
    };
    Agreement {
        kappa,
        kappa_linear,
        kappa_quadratic,
        entropy_labels: shared.labels,
        entropy_predicted: shared.predicted,
        mutual_info: shared.mutual,
        normalized_mutual_info: shared.normalized(),
        expected_mutual_info: expected,
        adjusted_mutual_info: shared.adjusted(expected),
        homogeneity: shared.homogeneity(),
        completeness: shared.completeness(),
        v_measure: shared.v_measure(opts.beta),
        rand: pairs[0],
        adjusted_rand: pairs[1],
        fowlkes_mallows: pairs[2],
    }
}
