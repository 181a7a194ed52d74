//! The exact sums, against whole numbers of any length.

use crate::support::level;
use crate::support::rng::Rng;
use logitude::math::fixed::{BOUND, Bounded, Unbounded};
use logitude::math::grid::{self, LaneSum, Waiting};
use logitude::simd::{Elem, Io, Kernel, Lanes};

/// A whole number of units of `2^-BELOW`, in digits of 32 bits, each of which may
/// be of either sign until the end.
struct Sum {
    digits: Vec<i64>,
}

const BELOW: i32 = 1088;

impl Sum {
    fn new() -> Sum {
        Sum { digits: vec![0; 72] }
    }

    /// Adds `mantissa * 2^exponent`.
    fn add(&mut self, mantissa: i64, exponent: i32) {
        let place = (exponent + BELOW) as usize;
        let wide = i128::from(mantissa.unsigned_abs()) << (place % 32);
        for i in 0..3 {
            let digit = (wide >> (32 * i) & 0xffff_ffff) as i64;
            self.digits[place / 32 + i] += digit * mantissa.signum();
        }
    }

    /// The sign, and the magnitude in digits from 0 to 2^32 - 1.
    fn magnitude(&self) -> (f64, Vec<u32>) {
        let normalise = |sign: i64| {
            let mut carry = 0;
            let digits: Vec<u32> = self
                .digits
                .iter()
                .map(|digit| {
                    let total = sign * digit + carry;
                    carry = total >> 32;
                    total as u32
                })
                .collect();
            (carry >= 0).then_some(digits)
        };
        let minus = || (-1.0, normalise(-1).unwrap());
        normalise(1).map_or_else(minus, |digits| (1.0, digits))
    }

    /// The nearest f64, ties to even: 53 bits are kept, then rounded up if the
    /// rest is more than half, or half and the last bit kept is 1.
    fn nearest(&self) -> f64 {
        let (sign, digits) = self.magnitude();
        let bit = |n: i32| n >= 0 && digits[n as usize / 32] >> (n % 32) & 1 == 1;
        let Some(top) = (0..72 * 32).rev().find(|n| bit(*n)) else { return 0.0 };
        let last = (top - 52).max(BELOW - 1074);
        let mut kept = (last..=top).rev().fold(0u64, |kept, n| kept << 1 | u64::from(bit(n)));
        let rest = (0..last - 1).any(bit);
        if bit(last - 1) && (rest || kept & 1 == 1) {
            kept += 1;
        }
        // Both steps are exact, but for the overflow that is to be infinite.
        let exponent = last - BELOW;
        sign * (kept as f64 * f64::from(exponent / 2).exp2())
            * f64::from(exponent - exponent / 2).exp2()
    }
}

/// Mantissa and exponent of a finite number.
fn parts(x: f64) -> (i64, i32) {
    let bits = x.to_bits();
    let (field, fraction) = ((bits >> 52 & 0x7ff) as i32, (bits & ((1 << 52) - 1)) as i64);
    let (mantissa, exponent) =
        if field == 0 { (fraction, -1074) } else { (fraction | 1 << 52, field - 1075) };
    (if x < 0.0 { -mantissa } else { mantissa }, exponent)
}

fn exactly(terms: &[f64]) -> f64 {
    let mut sum = Sum::new();
    for (mantissa, exponent) in terms.iter().map(|x| parts(*x)) {
        sum.add(mantissa, exponent);
    }
    sum.nearest()
}

fn unbounded(terms: &[f64]) -> Unbounded {
    let mut sum = Unbounded::ZERO;
    terms.iter().for_each(|x| sum.add(*x));
    sum
}

fn agrees(terms: &[f64]) {
    let (got, exact) = (unbounded(terms).to_f64(), exactly(terms));
    assert!(
        got == exact,
        "{got:e} for {exact:e}, {} terms, {:?}",
        terms.len(),
        &terms[..terms.len().min(6)]
    );
}

/// A finite number of any sign and size.
fn any_finite(rng: &mut Rng) -> f64 {
    loop {
        let x = f64::from_bits(rng.bits());
        if x.is_finite() {
            return x;
        }
    }
}

#[test]
fn one_term_comes_back() {
    let mut rng = Rng::new(71);
    let corners = [0.0, 5e-324, 1e-310, f64::MIN_POSITIVE, 1.0, 1.5, f64::MAX, BOUND];
    let random = (0..20_000).map(|_| any_finite(&mut rng));
    for x in corners.into_iter().chain(random) {
        assert_eq!(unbounded(&[x]).to_f64(), x);
        assert_eq!(unbounded(&[-x]).to_f64(), -x);
        assert_eq!(unbounded(&[x, -x]), Unbounded::ZERO);
    }
}

#[test]
fn sums_are_rounded_once() {
    let mut rng = Rng::new(72);
    for round in 0..3000 {
        let n = 1 + rng.below(30);
        let mut terms: Vec<f64> = (0..n)
            .map(|_| match round % 4 {
                0 => any_finite(&mut rng),
                1 => rng.normal() * 10f64.powi(rng.below(40) as i32 - 20),
                2 => f64::from_bits(rng.bits() & 0x800f_ffff_ffff_ffff),
                _ => (1 + rng.below(1 << 20)) as f64 * 2f64.powi(rng.below(2) as i32 * -53),
            })
            .collect();
        agrees(&terms);
        // All but a little cancels.
        let opposite: Vec<f64> = terms.iter().map(|x| -x).collect();
        terms.extend(&opposite[1..]);
        agrees(&terms);
    }
}

/// Halfway between two numbers, and the least bit to either side of it.
#[test]
fn ties_go_to_even() {
    for (terms, nearest) in [
        (vec![1.0, 2f64.powi(-53)], 1.0),
        (vec![1.0 + f64::EPSILON, 2f64.powi(-53)], 1.0 + 2.0 * f64::EPSILON),
        (vec![1.0, 2f64.powi(-53), 5e-324], 1.0 + f64::EPSILON),
        (vec![1.0 + f64::EPSILON, 2f64.powi(-53), -5e-324], 1.0 + f64::EPSILON),
        (vec![f64::MAX, 2f64.powi(969)], f64::MAX),
        (vec![f64::MAX, 2f64.powi(970)], f64::INFINITY),
        (vec![f64::MAX, f64::MAX, -f64::MAX], f64::MAX),
        (vec![f64::MIN_POSITIVE, -5e-324], f64::MIN_POSITIVE - 5e-324),
    ] {
        assert_eq!(unbounded(&terms).to_f64(), nearest, "{terms:?}");
        agrees(&terms);
        let negative: Vec<f64> = terms.iter().map(|x| -x).collect();
        assert_eq!(unbounded(&negative).to_f64(), -nearest);
    }
}

#[test]
fn merging_is_adding() {
    let mut rng = Rng::new(73);
    for _ in 0..500 {
        let terms: Vec<f64> = (0..rng.below(20)).map(|_| any_finite(&mut rng)).collect();
        let (left, right) = terms.split_at(rng.below(terms.len() + 1));
        let mut merged = unbounded(left);
        merged.merge(&unbounded(right));
        assert_eq!(merged, unbounded(&terms));
    }
}

/// Bounded sums keep units of 2^-160: terms of at least 2^-108 are exact.
#[test]
fn bounded_sums() {
    let mut rng = Rng::new(74);
    for _ in 0..2000 {
        let n = 1 + rng.below(30);
        let scale = rng.below(170) as i32 - 107;
        let terms: Vec<f64> =
            (0..n).map(|_| (1.0 + rng.unit()) * 2f64.powi(scale.min(62))).collect();
        let mut sum = Bounded::ZERO;
        terms.iter().for_each(|x| sum.add(*x));
        assert_eq!(sum.to_f64(), exactly(&terms));
    }
    // What is smaller is rounded to that unit, half of it upwards.
    for (term, kept) in [(-160, -160.0), (-161, -160.0)] {
        let mut sum = Bounded::ZERO;
        sum.add(2f64.powi(term));
        assert_eq!(sum.to_f64(), f64::exp2(kept));
    }
    for term in [2f64.powi(-162), 1e-300, 5e-324, 0.0] {
        let mut sum = Bounded::ZERO;
        sum.add(term);
        assert_eq!(sum, Bounded::ZERO);
    }
}

/// 2^31 terms of the largest size, by doubling.
#[test]
fn bounded_sums_have_room() {
    let mut sum = Bounded::ZERO;
    sum.add(BOUND);
    for _ in 0..31 {
        let other = sum;
        sum.merge(&other);
    }
    assert_eq!(sum.to_f64(), 2f64.powi(94));
}

/// Adds terms in lanes.
struct InLanes<'a>(&'a [f64], &'a mut Bounded);

impl Kernel<f64> for InLanes<'_> {
    type Out = ();
    fn run<S: Io<f64>>(self, s: S) {
        let (mut sum, mut waiting) = (LaneSum::new(s), Waiting::ZERO);
        for v in self.0.chunks(<S as Lanes<f64>>::N) {
            // SAFETY: as many values are there.
            sum.add(s, unsafe { s.load_head(v.as_ptr(), v.len(), 0.0) });
        }
        sum.store(s, &mut waiting);
        waiting.flush(self.1);
    }
}

/// Lanes of any width, in any order, against one term at a time.
#[test]
fn sums_in_lanes_are_sums_of_terms() {
    let mut rng = Rng::new(35);
    let mut terms: Vec<f64> =
        (0..5000).map(|_| (rng.unit() - 0.3) * 2f64.powi(10 - rng.below(120) as i32)).collect();
    level::each(|_| {
        rng.shuffle(&mut terms);
        let (mut lanes, mut plain) = (Bounded::ZERO, Bounded::ZERO);
        f64::dispatch(InLanes(&terms, &mut lanes));
        terms.iter().for_each(|x| grid::add(&mut plain, *x));
        assert_eq!(lanes, plain);
    });
}

/// What is rounded of a term is half the last grid at the most.
#[test]
fn a_term_is_the_sum_of_its_parts() {
    for x in [0.0, 1.0, -1023.5, 0.1, 2f64.powi(-40) / 3.0, 2f64.powi(-98), 1e-300] {
        let [a, b, c] = grid::parts(x);
        assert!(((a - x) + b + c).abs() <= 2f64.powi(-99), "{x}");
    }
}

/// Adding without a call, and taking away.
#[test]
fn the_short_ways_give_the_same_bits() {
    let mut rng = Rng::new(62);
    for round in 0..2000 {
        let (mut sum, mut short) = (Bounded::ZERO, Bounded::ZERO);
        // Beginnings that are about to carry far.
        let start = [0.0, -1.0, -2f64.powi(-100), 2f64.powi(32), BOUND][round % 5];
        sum.add(start);
        short.add(start);
        for _ in 0..rng.below(50) {
            let power = match rng.below(3) {
                0 => -(rng.below(40) as i32),
                1 => -108 - 2 + rng.below(6) as i32,
                _ => 60 - rng.below(230) as i32,
            };
            let x = [rng.unit() * 2f64.powi(power), 2f64.powi(power), 0.0][rng.below(3)];
            sum.add(x);
            short.add_share(x);
        }
        assert_eq!(sum, short);
        let (mut all, mut other) = (sum, Bounded::ZERO);
        other.add(any_finite(&mut rng) % 1e6);
        all.merge(&other);
        all.take(&other);
        assert_eq!(all, sum);
    }
}
