//! The negative log-likelihood of scaled logits, with its first and second
//! derivative in the scale, from one pass over the data.
//!
//! With `d = x - max` and `e = exp(beta d)`, a row's loss is
//! `beta (max - x_label) + ln sum e`; the derivatives are
//! `(max - x_label) + E[d]` and `Var[d]` under the probabilities `e / sum e`.
//! The sums over rows are exact, so the rows may be split among workers.

use crate::math::exp::{ExpPlan, Scale};
use crate::math::fixed::{Bounded, Unbounded};
use crate::metrics::labelled::Labelled;
use crate::rows::kind::{Kind, kind};
use crate::rows::pass::{Pass, sum4, walk};
use crate::simd::{Elem, Io, Kernel, Real, V, W};

/// Sums at one scale.
#[derive(Clone, Copy)]
pub struct NllGrad {
    weight: Bounded,
    loss: Unbounded,
    slope: Unbounded,
    curvature: Unbounded,
    /// Rows whose loss is not finite at any scale.
    hopeless: u64,
}

/// Means at one scale.
#[derive(Clone, Copy, Debug)]
pub struct Means {
    /// Mean loss.
    pub loss: f64,
    /// Its derivative in the scale.
    pub slope: f64,
    /// Its second derivative.
    pub curvature: f64,
}

impl NllGrad {
    /// Nothing seen yet.
    pub const ZERO: NllGrad = NllGrad {
        weight: Bounded::ZERO,
        loss: Unbounded::ZERO,
        slope: Unbounded::ZERO,
        curvature: Unbounded::ZERO,
        hopeless: 0,
    };

    /// Adds rows that passed [`Labelled::check`], at scale `beta`.
    pub fn update<E: Elem>(&mut self, data: Labelled<E>, beta: f64) {
        E::dispatch(Update { state: self, data, scale: Scale::new(beta) });
    }

    /// Means over what was seen; `None` if that is nothing.
    pub fn means(&self) -> Option<Means> {
        let weight = self.weight.to_f64();
        (weight > 0.0).then(|| Means {
            loss: self.loss.to_f64() / weight,
            slope: self.slope.to_f64() / weight,
            curvature: self.curvature.to_f64() / weight,
        })
    }

    /// Whether every row's loss is finite.
    pub fn is_finite(&self) -> bool {
        self.hopeless == 0
    }

    /// Adds one row.
    #[inline(never)]
    fn add(&mut self, row: Means, weight: f64) {
        let terms = [weight * row.loss, weight * row.slope, weight * row.curvature];
        if terms.iter().all(|term| term.is_finite()) {
            self.weight.add(weight);
            self.loss.add(terms[0]);
            self.slope.add(terms[1]);
            self.curvature.add(terms[2]);
        } else {
            self.hopeless += 1;
        }
    }
}

struct Update<'a, E: Elem> {
    state: &'a mut NllGrad,
    data: Labelled<E>,
    scale: Scale<E::Acc>,
}

impl<E: Elem> Kernel<E> for Update<'_, E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        for r in 0..self.data.rows.rows {
            let Some((label, weight)) = self.data.counted(r) else { continue };
            let (row, n) = (self.data.rows.row(r), self.data.rows.cols);
            // SAFETY: the view vouches for its rows, `check` for the labels.
            let means = unsafe { row_means(s, row, n, label, &self.scale) };
            self.state.add(means, weight);
        }
    }
}

/// Loss and derivatives of one row of `n` logits; not finite where no scale
/// makes the loss finite.
///
/// # Safety
/// `row` must be readable for `n` values, `label < n`.
#[inline(always)]
unsafe fn row_means<E: Elem, S: Io<E>>(
    s: S,
    row: *const E,
    n: usize,
    label: usize,
    scale: &Scale<E::Acc>,
) -> Means {
    // SAFETY: the caller vouches for the row and the label.
    unsafe {
        let Kind::Finite(max) = kind(row, n) else {
            return Means { loss: f64::NAN, slope: f64::NAN, curvature: f64::NAN };
        };
        let behind = max.to_f64() - (*row.add(label)).widen().to_f64();
        let plan = scale.shifted(max);
        let (zero, none) = (s.splat(E::Acc::ZERO), s.wide_zero());
        let mut pass = MomentPass::<E, S> { plan, sums: [zero; 3], totals: [none; 3] };
        walk(s, row, n, E::Acc::NEG_INFINITY, &mut pass);
        let sum = s.wide_sum(pass.totals[0]);
        let mean = s.wide_sum(pass.totals[1]) / sum;
        let square = s.wide_sum(pass.totals[2]) / sum;
        Means {
            loss: scale.value() * behind + libm::log(plan.lower(sum)),
            slope: behind + mean,
            curvature: f64::max(square - mean * mean, 0.0),
        }
    }
}

/// Sums of `e`, `d e` and `d^2 e`.
struct MomentPass<E: Elem, S: Io<E>> {
    plan: ExpPlan<E::Acc>,
    sums: [V<E, S>; 3],
    totals: [W<E, S>; 3],
}

impl<E: Elem, S: Io<E>> MomentPass<E, S> {
    #[inline(always)]
    fn terms(&self, s: S, v: V<E, S>) -> [V<E, S>; 3] {
        let d = self.plan.difference::<E, S>(s, v);
        let e = self.plan.eval_or_zero::<E, S>(s, d);
        let de = s.mul(d, e);
        [e, de, s.mul(d, de)]
    }
}

impl<E: Elem, S: Io<E>> Pass<E, S> for MomentPass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, _: usize) {
        let terms = self.terms(s, v);
        for (sum, term) in self.sums.iter_mut().zip(terms) {
            *sum = s.add(*sum, term);
        }
    }

    #[inline(always)]
    fn quad(&mut self, s: S, v: [V<E, S>; 4], _: usize) {
        let [a, b, c, d] = v;
        let (a, b, c, d) = (self.terms(s, a), self.terms(s, b), self.terms(s, c), self.terms(s, d));
        for (i, sum) in self.sums.iter_mut().enumerate() {
            *sum = s.add(*sum, sum4::<E, S>(s, [a[i], b[i], c[i], d[i]]));
        }
    }

    #[inline(always)]
    fn fold(&mut self, s: S) {
        for (sum, total) in self.sums.iter_mut().zip(&mut self.totals) {
            *total = s.wide_add(*total, *sum);
            *sum = s.splat(E::Acc::ZERO);
        }
    }
}
