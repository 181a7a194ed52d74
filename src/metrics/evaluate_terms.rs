//! From what a visit knows of rows to what is averaged over them, for as many rows at
//! once as there are lanes of f64.
//!
//! With `u = rest / own`: the loss is `ln(1 + u)`, the Brier score
//! `(rest^2 + squares) / total^2`, the entropy the loss less `slope / total`. Nothing
//! is subtracted from 1.

use crate::math::exp::{ExpPlan, Scale};
use crate::math::grid::{LaneSum, Waiting};
use crate::math::ln::{ln_plus, ln_small};
use crate::rows::visit::{BLOCK, Visits};
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

/// The terms of a block of rows.
pub struct Block {
    columns: [[f64; BLOCK]; 5],
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

impl Block {
    /// Room for terms.
    pub const NONE: Block =
        { Block { columns: [[0.0; BLOCK]; 5], whole: [0.0; BLOCK], bins: [0.0; BLOCK] } };

    /// Those of row `i < BLOCK`.
    #[inline(always)]
    pub fn row(&self, i: usize) -> Terms {
        let [nll, brier, confidence, entropy, margin] =
            self.columns.each_ref().map(|column| *column.get(i).unwrap_or(&0.0));
        Terms { nll, brier, confidence, entropy, margin }
    }

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
    pub visits: &'a Visits,
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
    /// Where the terms go.
    pub terms: &'a mut Block,
    /// Where the sums go.
    pub sums: &'a mut [Waiting; SUMS],
}

impl Kernel<f64> for Settle<'_> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) {
        let lanes = <S as Lanes<f64>>::N;
        let scale = Scale::<f64>::new(1.0);
        let mut sums = [LaneSum::new(s); SUMS];
        let Some((plan, _)) = scale.near(0.0) else { return };
        let mut i = 0;
        while i < self.count {
            let terms = if self.logits {
                of_logits(s, self.visits, i, &plan)
            } else {
                of_probabilities(s, self.visits, i)
            };
            for (column, term) in self.terms.columns.iter_mut().zip(terms) {
                // SAFETY: lanes divide a block.
                unsafe { s.put(column.as_mut_ptr().add(i), term) };
            }
            let marked = mask(s, self.marked >> i);
            let [nll, brier, confidence, entropy, margin] = terms;
            let bin = bin(s, confidence, self.bins, self.rough);
            // SAFETY: as above.
            unsafe {
                s.put(self.terms.whole.as_mut_ptr().add(i), s.add(confidence, s.splat(WHOLE)));
                s.put(self.terms.bins.as_mut_ptr().add(i), s.add(bin, s.splat(LOW)));
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

/// In the order of the fields of [`Terms`].
#[inline(always)]
fn of_logits<S: Io<f64>>(s: S, visits: &Visits, i: usize, plan: &ExpPlan<f64>) -> [S::V; 5] {
    let get = |column: &[f64; BLOCK]| {
        // SAFETY: lanes divide a block.
        unsafe { s.get(column.as_ptr().add(i)) }
    };
    let (zero, one) = (s.splat(0.0), s.splat(1.0));
    let exp = |x| plan.eval_direct::<f64, S>(s, x);
    let own = exp(s.mul(get(&visits.power), s.splat(core::f64::consts::LN_2)));
    let (rest, label) = (get(&visits.rest), get(&visits.label));
    let share = s.div(one, s.add(rest, own));
    let u = s.div(rest, own);
    let base = s.add(u, one);
    let of = s.mul(own, share);
    // To first order; `of` is 1 / base.
    let lost = s.mul(s.sub(u, s.sub(base, one)), of);
    let nll = ln_plus::<f64, S>(s, base, zero, lost);
    let (miss, squares) = (s.mul(rest, share), s.mul(get(&visits.squares), share));
    let brier = s.mul_add(squares, share, s.mul(miss, miss));
    let confidence = s.mul(exp(s.sub(get(&visits.top), label)), of);
    let next = s.mul(exp(s.sub(get(&visits.second), label)), of);
    let entropy = s.max(s.sub(nll, s.mul(get(&visits.slope), share)), zero);
    [nll, brier, confidence, entropy, s.max(s.sub(confidence, next), zero)]
}

/// Likewise.
#[inline(always)]
fn of_probabilities<S: Io<f64>>(s: S, visits: &Visits, i: usize) -> [S::V; 5] {
    let get = |column: &[f64; BLOCK]| {
        // SAFETY: lanes divide a block.
        unsafe { s.get(column.as_ptr().add(i)) }
    };
    let (zero, own, top) = (s.splat(0.0), get(&visits.label), get(&visits.top));
    let log = ln_small::<f64, S>(s, own);
    let miss = s.sub(s.splat(1.0), own);
    let brier = s.mul_add(miss, miss, get(&visits.squares));
    let entropy = s.sub(zero, s.mul_add(own, log, get(&visits.slope)));
    [s.sub(zero, log), brier, top, entropy, s.sub(top, get(&visits.second))]
}
