//! From what was found of rows to what is summed over them, for as many rows at once as
//! there are lanes of f64.

use super::temperature_moments::{BLOCK, SUMS};
use crate::math::grid::{LIMIT, LaneSum, Waiting};
use crate::math::ln::ln_plus;
use crate::simd::{Io, Kernel, Lanes};

/// What a row adds: its loss; its loss at the second scale; the first four derivatives of
/// the loss in the scale, each times that power of the scale.
pub const TERMS: usize = 6;

/// The third and fourth derivatives only make steps shorter or longer: what is larger is
/// cut to this.
const CUT: f64 = 1000.0;

/// Computes the terms of rows in place of their sums, and adds up those that can be.
pub struct Settle<'a> {
    /// What is known of the rows; after it, terms.
    pub sums: &'a mut [[f64; BLOCK]; SUMS],
    /// What the reference has over the label.
    pub behind: &'a [f64; BLOCK],
    /// How many there are.
    pub count: usize,
    /// The rows that may be added up, bit by bit.
    pub marked: u64,
    /// The scale.
    pub scale: f64,
    /// The second scale, or 0.
    pub second: f64,
    /// Where terms are added up.
    pub waiting: &'a mut [Waiting; TERMS],
}

impl Kernel<f64> for Settle<'_> {
    /// The rows that were added up.
    type Out = u64;

    #[inline(always)]
    fn run<S: Io<f64>>(self, s: S) -> u64 {
        let lanes = <S as Lanes<f64>>::N;
        let mut lane_sums = [LaneSum::new(s); TERMS];
        let (mut added, mut i) = (0, 0);
        while i < self.count {
            // SAFETY: lanes divide a block.
            let get = |column: &[f64; BLOCK]| unsafe { s.get(column.as_ptr().add(i)) };
            let terms = {
                let [ties, rest, other, m1, m2, m3, m4] = &*self.sums;
                let (ties, behind) = (get(ties), get(self.behind));
                let (rest, other) = (get(rest), get(other));
                let moments = [get(m1), get(m2), get(m3), get(m4)];
                let own = loss(s, ties, rest, s.mul(behind, s.splat(self.scale)));
                let other = loss(s, ties, other, s.mul(behind, s.splat(self.second)));
                let [k1, k2, k3, k4] = cumulants(s, s.add(ties, rest), moments, behind, self.scale);
                [own, other, k1, k2, k3, k4]
            };
            let limit = s.splat(LIMIT);
            let mut good = mask(s, self.marked >> i);
            for (column, term) in self.sums.iter_mut().zip(terms) {
                // SAFETY: as above.
                unsafe { s.put(column.as_mut_ptr().add(i), term) };
                let size = s.max(term, s.sub(s.splat(0.0), term));
                good = s.and(good, s.gt(limit, size));
            }
            added |= u64::from(s.bits(good)) << i;
            for (sum, term) in lane_sums.iter_mut().zip(terms) {
                sum.add(s, s.select(good, term, s.splat(0.0)));
            }
            i += lanes;
        }
        lane_sums.iter().zip(self.waiting).for_each(|(sum, to)| sum.store(s, to));
        added
    }
}

/// `behind + ln(ties + rest)`, with what the sum lost.
#[inline(always)]
fn loss<S: Io<f64>>(s: S, ties: S::V, rest: S::V, behind: S::V) -> S::V {
    let total = s.add(ties, rest);
    let lost = s.div(s.sub(rest, s.sub(total, ties)), total);
    s.add(behind, ln_plus::<f64, S>(s, total, s.splat(0.0), lost))
}

/// The cumulants of `d`, times powers of the scale.
#[inline(always)]
fn cumulants<S: Io<f64>>(
    s: S,
    total: S::V,
    [m1, m2, m3, m4]: [S::V; 4],
    behind: S::V,
    scale: f64,
) -> [S::V; 4] {
    let of = |x| s.splat(x);
    let share = s.div(of(1.0), total);
    let b = of(scale);
    // Moments about 0, made those of `scale d`.
    let by1 = s.mul(share, b);
    let by2 = s.mul(by1, b);
    let by3 = s.mul(by2, b);
    let (a1, a2) = (s.mul(m1, by1), s.mul(m2, by2));
    let (a3, a4) = (s.mul(m3, by3), s.mul(m4, s.mul(by3, b)));
    let square = s.mul(a1, a1);
    let k2 = s.max(s.sub(a2, square), of(0.0));
    let k3 = s.add(s.sub(a3, s.mul(of(3.0), s.mul(a1, a2))), s.mul(of(2.0), s.mul(a1, square)));
    let lower = s.add(s.mul(of(4.0), s.mul(a1, a3)), s.mul(of(3.0), s.mul(a2, a2)));
    let upper = s.mul(square, s.sub(s.mul(of(12.0), a2), s.mul(of(6.0), square)));
    let k4 = s.add(s.sub(a4, lower), upper);
    // What is not a number is cut as well.
    let cut = |v| s.max(s.min(v, of(CUT)), of(-CUT));
    [s.add(a1, s.mul(behind, b)), k2, cut(k3), cut(k4)]
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
