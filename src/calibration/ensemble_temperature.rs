//! Ensemble temperature scaling: a mixture of the softmax at a fitted temperature, the
//! softmax as it is and the uniform distribution, `w1 softmax(x / T) + w2 softmax(x) + w3 / K`.
//!
//! With `T` given, the mean loss is convex in the weights, and of a row it needs the two
//! probabilities of its label alone. They are kept, and the weights are found from them:
//! each step goes to the minimum of the quadratic model on the whole simplex, which in a
//! triangle is inside it or on one of three edges, and is halved as long as that is better.

use super::ca_loss::Labelled;
use super::temperature_search::TemperatureSearch;
use crate::math::fixed::UNIT;
use crate::math::sum::Sum;
use crate::rows::kind::Kind;
use crate::rows::moments::{Row, Table, TableMut};
use crate::rows::moments_pass::Scales;
use crate::status::Status;

/// A mixture: of the softmax at the temperature, the one at 1, and `1 / K`.
type Mixture = [f64; 3];

/// The mixture that is the softmax as it is.
const RAW: Mixture = [0.0, 1.0, 0.0];

/// Steps at most.
const MOST: u32 = 50;

/// Done when the quadratic model promises no more than this.
const TOLERANCE: f64 = 1e-15;

/// What was found.
#[derive(Clone, Copy)]
pub struct Ensemble {
    /// How the fit of the weights ended: `OK` or `NOT_CONVERGED`.
    pub status: Status,
    /// Steps made.
    pub steps: u32,
    /// Mean loss of the softmax as it is.
    pub before: f64,
    /// Mean loss of the mixture.
    pub after: f64,
    /// The weights.
    pub weights: Mixture,
}

/// Probabilities of a row's label, at the temperature and at 1.
type Pair = [f64; 2];

/// Finds the weights, for rows whose temperature was found. `room` is for one pair a row.
#[inline(never)]
pub fn fit(data: &Labelled, search: &TemperatureSearch, room: &mut [Pair]) -> Ensemble {
    keep(data, search.temperature, room);
    let rows = Kept { data, pairs: room };
    let raw = rows.look(RAW);
    // A loss that is there though its probability is too small for a number.
    let before = if raw.loss.is_finite() { raw.loss } else { search.nll_before };
    let none = Ensemble { status: Status::LGT_OK, steps: 0, before, after: before, weights: RAW };
    if before.is_nan() {
        return none;
    }
    let (status, steps, found) = rows.descend();
    let best = [rows.look([1.0, 0.0, 0.0]), raw]
        .into_iter()
        .fold(found, |best, other| if is_lower(best.loss, other.loss) { best } else { other });
    if !is_lower(best.loss, before) {
        return Ensemble { status, steps, ..none };
    }
    let [scaled, raw, uniform] = best.at;
    // At temperature 1 both are one.
    let same = search.temperature == 1.0;
    let weights = if same { [0.0, scaled + raw, uniform] } else { best.at };
    Ensemble { status, steps, after: best.loss, weights, ..none }
}

/// Whether a loss is lower by more than rounding.
fn is_lower(loss: f64, than: f64) -> bool {
    loss < than - 4.0 * f64::EPSILON * than || (loss.is_finite() && than == f64::INFINITY)
}

/// Computes the probabilities of labels.
#[inline(never)]
fn keep(data: &Labelled, temperature: f64, room: &mut [Pair]) {
    let scales = [temperature, 1.0].map(|t| (t, Scales::new(t)));
    for (r, pair) in room.iter_mut().enumerate().take(data.table.rows) {
        let row = data.table.row(r);
        let behind = row.behind(row.at(data.labels.get(r) as usize));
        *pair = scales.each_ref().map(|(t, scales)| share(&row, behind, *t, scales));
    }
}

fn share(row: &Row, behind: f64, temperature: f64, scales: &Scales) -> f64 {
    row.share(behind, temperature, row.moments(scales).sum)
}

/// Rows, by what is kept of them.
struct Kept<'a> {
    data: &'a Labelled,
    pairs: &'a [Pair],
}

impl Kept<'_> {
    /// Loss, slope and curvature of a mixture.
    #[inline(never)]
    fn look(&self, at: Mixture) -> Look {
        let [scaled, raw, uniform] = at;
        let even = 1.0 / self.data.table.cols as f64;
        let (mut total, mut sums) = (Sum::ZERO, [Sum::ZERO; 6]);
        for (r, [p, q]) in self.pairs.iter().enumerate().take(self.data.table.rows) {
            // SAFETY: there is a weight a row, if there are any.
            let weight = self.data.weights.map_or(1.0, |weights| unsafe { weights.get(r) });
            if weight < UNIT {
                continue;
            }
            let mixed = scaled * p + raw * q + uniform * even;
            let (a, b) = ((p - q) / mixed, (even - q) / mixed);
            let terms = [-libm::log(mixed), -a, -b, a * a, a * b, b * b];
            for (sum, term) in sums.iter_mut().zip(terms) {
                *sum = sum.plus(weight * term);
            }
            total = total.plus(weight);
        }
        let [loss, a, b, aa, ab, bb] = sums.map(|sum| sum.value() / total.value());
        Look { at, loss, slope: [a, b], bend: [aa, ab, bb] }
    }

    /// The minimum.
    fn descend(&self) -> (Status, u32, Look) {
        let mut here = self.look([1.0 / 3.0; 3]);
        for step in 1..=MOST {
            let target = here.target();
            let promised = -here.model(target);
            let next = self.halve(&here, target);
            if is_lower(here.loss, next.loss) {
                return (Status::LGT_OK, step, here);
            }
            here = next;
            if promised <= TOLERANCE {
                return (Status::LGT_OK, step, here);
            }
        }
        (Status::LGT_NOT_CONVERGED, MOST, here)
    }

    /// The target, or the best of what lies half as far, and half of that.
    fn halve(&self, here: &Look, target: Mixture) -> Look {
        let (mut best, mut part) = (self.look(target), 0.5);
        for _ in 0..60 {
            let nearer = self.look(along(here.at, target, part));
            if is_lower(nearer.loss, best.loss) {
                best = nearer;
            } else if best.loss.is_finite() {
                break;
            }
            part *= 0.5;
        }
        best
    }
}

/// What is part of the way from one mixture to another.
fn along(from: Mixture, to: Mixture, part: f64) -> Mixture {
    let [[a, b, c], [x, y, z]] = [from, to];
    [a + part * (x - a), b + part * (y - b), c + part * (z - c)]
}

/// Mean loss of a mixture with its derivatives in the first and the last weight, for
/// which the second makes room.
#[derive(Clone, Copy)]
struct Look {
    at: Mixture,
    loss: f64,
    slope: [f64; 2],
    bend: [f64; 3],
}

impl Look {
    /// What is added to the loss at a mixture, by the quadratic model.
    fn model(&self, at: Mixture) -> f64 {
        let ([s, t], [x, y]) = (self.slope, self.step(at));
        let [a, b] = self.bent([x, y]);
        (s + 0.5 * a) * x + (t + 0.5 * b) * y
    }

    fn step(&self, at: Mixture) -> [f64; 2] {
        let [[a, _, b], [x, _, y]] = [self.at, at];
        [x - a, y - b]
    }

    /// Curvature times a step.
    fn bent(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [aa, ab, bb] = self.bend;
        [aa * x + ab * y, ab * x + bb * y]
    }

    /// Where the model is least.
    #[inline(never)]
    fn target(&self) -> Mixture {
        let [a, b, c] = [[1.0, 0.0, 0.0], RAW, [0.0, 0.0, 1.0]];
        let edges = [self.on_edge(a, b), self.on_edge(b, c), self.on_edge(c, a)];
        edges.into_iter().fold(self.inside(), |best, edge| {
            if self.model(best) <= self.model(edge) { best } else { edge }
        })
    }

    /// The minimum of the model on the plane, if that is inside; else where it is.
    fn inside(&self) -> Mixture {
        let ([s, t], [aa, ab, bb], [a, _, c]) = (self.slope, self.bend, self.at);
        let det = aa * bb - ab * ab;
        let (x, z) = (a - (bb * s - ab * t) / det, c - (aa * t - ab * s) / det);
        let point = [x, 1.0 - x - z, z];
        if det > 0.0 && point.iter().all(|w| *w >= 0.0) { point } else { self.at }
    }

    /// The minimum of the model between two mixtures.
    fn on_edge(&self, from: Mixture, to: Mixture) -> Mixture {
        let ([s, t], [x, y]) = (self.slope, self.step(from));
        let ([a, b], [[p, _, q], [u, _, v]]) = (self.bent([x, y]), [from, to]);
        let (dx, dy) = (u - p, v - q);
        let [ddx, ddy] = self.bent([dx, dy]);
        let part = -((s + a) * dx + (t + b) * dy) / (ddx * dx + ddy * dy);
        // Where there is no curvature it is an end, or anywhere.
        along(from, to, if part > 0.0 { f64::min(part, 1.0) } else { 0.0 })
    }
}

/// Writes the mixture of every row; `to` may be the table. `EMPTY_ROW` if a row has nothing
/// above -inf.
///
/// # Safety
/// `to` must be writable for the rows of the table.
#[inline(never)]
pub unsafe fn apply(table: &Table, temperature: f64, weights: Mixture, to: &TableMut) -> Status {
    let scales = [Scales::new(temperature), Scales::new(1.0)];
    let [scaled, raw, uniform] = weights;
    let even = uniform / table.cols as f64;
    let mut status = Status::LGT_OK;
    for r in 0..table.rows {
        let row = table.row(r);
        if matches!(row.kind(), Kind::Empty) {
            status = Status::LGT_EMPTY_ROW;
        }
        let [p, q] = scales.each_ref().map(|scales| row.moments(scales).sum);
        for i in 0..table.cols {
            let behind = row.behind(row.at(i));
            let scaled = scaled * row.share(behind, temperature, p);
            let mixed = scaled + raw * row.share(behind, 1.0, q) + even;
            // SAFETY: the caller vouches for the rows; what is at `i` was read before.
            unsafe { row.put(to.row(r), i, mixed) };
        }
    }
    status
}
