//! The terms of a block of rows, their exact sums, and the bins they belong to, for as
//! many rows at once as there are lanes of f64.

use crate::math::exp::ExpPlan;
use crate::math::grid::{LaneSum, Waiting};
use crate::rows::visit::{BLOCK, Visits};
use crate::rows::visit_terms::{self, Known, TERMS, with_own};
use crate::simd::{Io, Kernel, Lanes};

/// What a row adds to the means.
#[derive(Clone, Copy)]
pub struct Terms {
    /// Minus the logarithm of the label's probability.
    pub nll: f64,
    /// The sum over classes of the squared distance from what is true.
    pub brier: f64,
    /// The largest probability.
    pub confidence: f64,
    /// In nats.
    pub entropy: f64,
    /// What the largest probability has over the next.
    pub margin: f64,
}

/// The terms of row `i < BLOCK`.
pub fn row(visits: &Visits, i: usize) -> Terms {
    let [nll, brier, confidence, entropy, margin] =
        visits.terms.each_ref().map(|column| *column.get(i).unwrap_or(&0.0));
    Terms { nll, brier, confidence, entropy, margin }
}

/// Where the confidences of a block of rows belong.
pub struct Places {
    /// Confidences, rounded as [`whole`] does, and the bins they are in.
    whole: [f64; BLOCK],
    bins: [f64; BLOCK],
}

/// What a confidence is rounded by: as an addend it leaves the nearest multiple of
/// `2^-50` in the low bits.
const WHOLE: f64 = 6.0;

/// The unit of a rounded confidence.
pub const UNIT: f64 = f64::EPSILON * 4.0;

/// As an addend leaves a whole number in the low bits.
const LOW: f64 = 4503599627370496.0;

/// A confidence in units of [`UNIT`].
pub fn whole(confidence: f64) -> u64 {
    (confidence + WHOLE).to_bits() - WHOLE.to_bits()
}

impl Places {
    /// Room for them.
    pub const NONE: Places = Places { whole: [0.0; BLOCK], bins: [0.0; BLOCK] };

    /// The confidence of row `i < BLOCK` in units of [`UNIT`], and its bin, unless it is
    /// near an edge.
    #[inline(always)]
    pub fn place(&self, i: usize) -> (u64, Option<usize>) {
        let bits = |column: &[f64; BLOCK]| column.get(i).unwrap_or(&0.0).to_bits();
        let bin = bits(&self.bins).wrapping_sub(LOW.to_bits()) as usize;
        let whole = bits(&self.whole).wrapping_sub(WHOLE.to_bits());
        (whole, (bin != EDGE as usize).then_some(bin))
    }
}

/// No bin.
const EDGE: f64 = 1048576.0;

/// What is summed over rows: the terms but the confidence, which bins sum.
pub const SUMS: usize = 4;

/// Computes the terms of all rows visited, and sums those that are marked.
pub struct Settle<'a> {
    /// What is known of them.
    pub visits: &'a mut Visits,
    /// How many they are.
    pub count: usize,
    /// Bit `i` is whether row `i` is summed here.
    pub marked: u64,
    /// Whether the scores are logits.
    pub logits: bool,
    /// How many bins there are.
    pub bins: f64,
    /// Four times what rounding changes of a confidence.
    pub rough: f64,
    /// Exponentials relative to 1.
    pub wide: ExpPlan<f64>,
    /// Where the places go.
    pub places: &'a mut Places,
    /// Where the sums go.
    pub sums: &'a mut [Waiting; SUMS],
}

impl Kernel<f64> for Settle<'_> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) {
        let lanes = <S as Lanes<f64>>::N;
        let mut sums = [LaneSum::new(s); SUMS];
        let mut i = 0;
        while i < self.count {
            let terms = if self.visits.settled {
                let [nll, brier, confidence, entropy, margin] = &self.visits.terms;
                let (nll, brier) = (get(s, nll, i), get(s, brier, i));
                [nll, brier, get(s, confidence, i), get(s, entropy, i), get(s, margin, i)]
            } else {
                let terms = terms(s, self.visits, i, self.logits, &self.wide);
                for (column, term) in self.visits.terms.iter_mut().zip(terms) {
                    // SAFETY: lanes divide a block.
                    unsafe { s.put(column.as_mut_ptr().add(i), term) };
                }
                terms
            };
            let marked = mask(s, self.marked >> i);
            let [nll, brier, confidence, entropy, margin] = terms;
            let bin = bin(s, confidence, self.bins, self.rough);
            // SAFETY: as above.
            unsafe {
                s.put(self.places.whole.as_mut_ptr().add(i), s.add(confidence, s.splat(WHOLE)));
                s.put(self.places.bins.as_mut_ptr().add(i), s.add(bin, s.splat(LOW)));
            }
            for (sum, term) in sums.iter_mut().zip([nll, brier, entropy, margin]) {
                sum.add(s, s.select(marked, term, s.splat(0.0)));
            }
            i += lanes;
        }
        sums.iter().zip(self.sums).for_each(|(sum, to)| sum.store(s, to));
    }
}

/// The bin below `confidence`, or [`EDGE`] where it may be on one.
#[inline(always)]
fn bin<S: Lanes<f64>>(s: S, confidence: S::V, bins: f64, rough: f64) -> S::V {
    let at = s.mul(confidence, s.splat(bins));
    let nearest = s.sub(s.add(at, s.splat(LOW)), s.splat(LOW));
    let off = s.sub(at, nearest);
    let below = s.gt(s.splat(0.0), off);
    let size = s.select(below, s.sub(s.splat(0.0), off), off);
    let bin = s.select(below, s.sub(nearest, s.splat(1.0)), nearest);
    s.select(s.gt(size, s.mul(at, s.splat(rough))), bin, s.splat(EDGE))
}

/// The lanes whose bits are set.
#[inline(always)]
fn mask<S: Lanes<f64>>(s: S, bits: u64) -> S::M {
    let mut one = [0.0; 8];
    for (i, one) in one.iter_mut().enumerate() {
        *one = (bits >> i & 1) as f64;
    }
    // SAFETY: no lanes of f64 are more.
    s.gt(unsafe { s.get(one.as_ptr()) }, s.splat(0.0))
}

#[inline(always)]
fn get<S: Lanes<f64>>(s: S, column: &[f64; BLOCK], i: usize) -> S::V {
    // SAFETY: lanes divide a block.
    unsafe { s.get(column.as_ptr().add(i)) }
}

/// The labels' entries.
#[inline(always)]
fn labels<S: Lanes<f64>>(s: S, visits: &Visits, i: usize) -> S::V {
    let mut scores = [0.0; 8];
    for (score, label) in scores.iter_mut().zip(visits.labels.iter().skip(i)) {
        *score = label.score;
    }
    // SAFETY: no lanes of f64 are more.
    unsafe { s.get(scores.as_ptr()) }
}

/// The terms of the rows from place `i` on.
#[inline(always)]
fn terms<S: Io<f64>>(
    s: S,
    visits: &Visits,
    i: usize,
    logits: bool,
    plan: &ExpPlan<f64>,
) -> [S::V; TERMS] {
    let (squares, slope) = (get(s, &visits.squares, i), get(s, &visits.slope, i));
    let (label, top) = (labels(s, visits, i), get(s, &visits.top, i));
    let second = get(s, &visits.second, i);
    if !logits {
        let (top, second) = with_own(s, label, (top, second));
        return visit_terms::of_probabilities::<f64, S>(s, [label, squares, slope, top, second]);
    }
    let power = s.mul(get(s, &visits.power, i), s.splat(core::f64::consts::LN_2));
    let own = plan.eval_direct::<f64, S>(s, power);
    let top = s.mul(own, plan.eval_direct::<f64, S>(s, s.sub(top, label)));
    let second = s.mul(own, plan.eval_direct::<f64, S>(s, s.sub(second, label)));
    let (top, second) = with_own(s, own, (top, second));
    let rest = get(s, &visits.rest, i);
    visit_terms::of_logits::<f64, S>(s, &Known { rest, squares, slope, own, top, second })
}
