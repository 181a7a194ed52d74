//! Exact sums: two's complement fixed point, wide enough that nothing is lost.
//!
//! Integer addition is associative, so a sum of the same numbers has the same
//! bits however they are split, merged or ordered. [`Fixed<34>`] takes every
//! finite f64; [`Fixed<4>`] takes what is bounded, in units of 2^-160.

/// A sum of f64 in `LIMBS` limbs of 64 bits, lowest first.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fixed<const LIMBS: usize> {
    limbs: [u64; LIMBS],
}

/// For terms of any size: 2^-1088 to 2^1087.
pub type Unbounded = Fixed<34>;
/// For terms up to [`BOUND`]: units of 2^-160, sums below 2^95.
pub type Bounded = Fixed<4>;
/// The largest term a [`Bounded`] sum takes; fewer than 2^32 of them fit.
pub const BOUND: f64 = 9223372036854775808.0;
/// The unit of a [`Bounded`] sum, 2^-160: what is smaller hardly counts.
pub const UNIT: f64 = f64::from_bits((1023 - 160) << 52);

impl Bounded {
    /// As [`add`](Fixed::add), for a number that is not negative, without a call
    /// where it is from 2^-108 to 2^19: for loops that do little else.
    #[inline(always)]
    pub fn add_share(&mut self, x: f64) {
        let bits = x.to_bits();
        let place = (bits >> 52) as i32 - 1075 + Self::UNIT;
        if !(0..128).contains(&place) {
            return self.add(x);
        }
        let wide = u128::from((bits & ((1 << 52) - 1)) | 1 << 52) << (place % 64);
        let [a, b, c, d] = &mut self.limbs;
        let (low, high, rest) = if place < 64 { (a, b, Some(c)) } else { (b, c, None) };
        let (sum, carry) = low.overflowing_add(wide as u64);
        *low = sum;
        let (once, first) = high.overflowing_add((wide >> 64) as u64);
        let (twice, second) = once.overflowing_add(u64::from(carry));
        *high = twice;
        if first | second {
            let over = rest.is_none_or(|rest| {
                *rest = rest.wrapping_add(1);
                *rest == 0
            });
            *d = d.wrapping_add(u64::from(over));
        }
    }
}

impl<const LIMBS: usize> Fixed<LIMBS> {
    /// The bit of weight 1.
    const UNIT: i32 = if LIMBS == 4 { 160 } else { LIMBS as i32 * 32 };
    /// Nothing yet.
    pub const ZERO: Self = Self { limbs: [0; LIMBS] };

    /// The sum of these limbs.
    pub fn of_limbs(limbs: [u64; LIMBS]) -> Self {
        Self { limbs }
    }

    /// The limbs, lowest first.
    pub fn limbs(&self) -> [u64; LIMBS] {
        self.limbs
    }

    /// Adds a finite number, rounded to the lowest bit.
    #[inline(never)]
    pub fn add(&mut self, x: f64) {
        let bits = x.to_bits();
        let exponent = (bits >> 52 & 0x7ff) as i32;
        let fraction = bits & ((1 << 52) - 1);
        let (mantissa, exponent) =
            if exponent == 0 { (fraction, 1) } else { (fraction | 1 << 52, exponent) };
        let place = exponent - 1075 + Self::UNIT;
        let (mantissa, place) = if place >= 0 {
            (mantissa, place as usize)
        } else if place > -54 {
            ((mantissa + (1 << (-place - 1))) >> -place, 0)
        } else {
            return;
        };
        let wide = u128::from(mantissa) << (place % 64);
        self.add_at(place / 64, wide, bits >> 63 != 0);
    }

    /// Adds or subtracts two limbs' worth, carrying as far as it goes; what is past
    /// the highest limb is lost.
    #[inline(always)]
    fn add_at(&mut self, limb: usize, wide: u128, negative: bool) {
        match self.limbs.get_mut(limb..) {
            Some([low, high, rest @ ..]) => {
                let both = u128::from(*low) | u128::from(*high) << 64;
                let (sum, carry) =
                    if negative { both.overflowing_sub(wide) } else { both.overflowing_add(wide) };
                (*low, *high) = (sum as u64, (sum >> 64) as u64);
                if carry {
                    carry_on(rest, negative);
                }
            }
            Some([last]) if negative => *last = last.wrapping_sub(wide as u64),
            Some([last]) => *last = last.wrapping_add(wide as u64),
            _ => {}
        }
    }

    /// Adds another sum.
    pub fn merge(&mut self, other: &Self) {
        let mut carry = false;
        for (slot, part) in self.limbs.iter_mut().zip(other.limbs) {
            let (once, first) = slot.overflowing_add(part);
            let (twice, second) = once.overflowing_add(u64::from(carry));
            *slot = twice;
            carry = first | second;
        }
    }

    /// Takes another sum away.
    pub fn take(&mut self, other: &Self) {
        let mut borrow = false;
        for (slot, part) in self.limbs.iter_mut().zip(other.limbs) {
            let (once, first) = slot.overflowing_sub(part);
            let (twice, second) = once.overflowing_sub(u64::from(borrow));
            *slot = twice;
            borrow = first | second;
        }
    }

    /// The sum, rounded once (to nearest, but for subnormal results).
    pub fn to_f64(&self) -> f64 {
        let (value, power) = self.to_parts();
        libm::scalbn(value, power)
    }

    /// The sum, rounded once, as a number of any size: a value and the power of two that
    /// it is to be taken times.
    pub fn to_parts(&self) -> (f64, i32) {
        let mut magnitude = self.limbs;
        let negative = make_positive(&mut magnitude);
        let (value, limbs) = rounded(&magnitude);
        (if negative { -value } else { value }, 64 * limbs - Self::UNIT)
    }

    /// Adds `x * 2^power`, of which nothing may be below the unit.
    #[inline(always)]
    pub fn add_whole(&mut self, x: i64, power: i32) {
        let place = (power + Self::UNIT) as usize;
        add_shifted(&mut self.limbs, place, [x.unsigned_abs(), 0, 0], x < 0);
    }

    /// Adds the product of three finite numbers, of which nothing may be below the unit.
    #[inline(always)]
    pub fn add_product(&mut self, factors: [f64; 3]) {
        add_product(&mut self.limbs, Self::UNIT, factors);
    }

    /// Adds, or subtracts, the product of two sums whose limbs are together as many.
    pub fn add_product_of<const A: usize, const B: usize>(
        &mut self,
        a: &Fixed<A>,
        b: &Fixed<B>,
        negative: bool,
    ) {
        const { assert!(A + B == LIMBS && A != 4 && B != 4) };
        let (mut a, mut b) = (a.limbs, b.limbs);
        let negative = negative ^ make_positive(&mut a) ^ make_positive(&mut b);
        add_product_of(&mut self.limbs, &a, &b, negative);
    }
}

/// The magnitude of a number, and whether it was negative.
#[inline(never)]
fn make_positive(limbs: &mut [u64]) -> bool {
    let negative = limbs.last().is_some_and(|limb| limb >> 63 != 0);
    if negative {
        let mut carry = true;
        for limb in limbs {
            let (value, over) = (!*limb).overflowing_add(u64::from(carry));
            *limb = value;
            carry = over;
        }
    }
    negative
}

/// A magnitude in units of the lowest limb, rounded, as a number times a power of 2^64.
#[inline(never)]
fn rounded(magnitude: &[u64]) -> (f64, i32) {
    let Some(top) = magnitude.iter().rposition(|limb| *limb != 0) else {
        return (0.0, 0);
    };
    let limb = |i: usize| *magnitude.get(i).unwrap_or(&0);
    // The highest 128 bits hold at least 65 that count; whether anything
    // stands below them decides a tie and nothing else.
    let below = top.saturating_sub(1);
    let mut head = u128::from(limb(top)) << 64;
    if top > 0 {
        head |= u128::from(limb(below));
    }
    if magnitude.iter().take(below).any(|limb| *limb != 0) {
        head |= 1;
    }
    (head as f64, top as i32 - 1)
}

/// Adds or subtracts three limbs' worth from bit `place` on.
#[inline(never)]
fn add_shifted(limbs: &mut [u64], place: usize, [a, b, c]: [u64; 3], negative: bool) {
    let shift = place % 64;
    let joint =
        |low: u64, high: u64| ((u128::from(high) << 64 | u128::from(low)) << shift >> 64) as u64;
    let parts = [a << shift, joint(a, b), joint(b, c), joint(c, 0)];
    let mut carry = false;
    let mut limbs = limbs.iter_mut().skip(place / 64);
    for (part, slot) in parts.into_iter().zip(&mut limbs) {
        let (once, first) =
            if negative { slot.overflowing_sub(part) } else { slot.overflowing_add(part) };
        let more = u64::from(carry);
        let (twice, second) =
            if negative { once.overflowing_sub(more) } else { once.overflowing_add(more) };
        *slot = twice;
        carry = first | second;
    }
    if carry {
        carry_on(limbs, negative);
    }
}

/// Adds a product to limbs whose bit of weight 1 is `unit`.
#[inline(never)]
fn add_product(limbs: &mut [u64], unit: i32, factors: [f64; 3]) {
    let (mut wide, mut place, mut negative) = ([1, 0, 0], unit, false);
    for x in factors {
        let bits = x.to_bits();
        let exponent = (bits >> 52 & 0x7ff) as i32;
        let fraction = bits & ((1 << 52) - 1);
        let mantissa = if exponent == 0 { fraction } else { fraction | 1 << 52 };
        if mantissa == 0 {
            return;
        }
        // Odd, so that nothing stands below the lowest place that counts.
        let zeros = mantissa.trailing_zeros();
        place += exponent.max(1) - 1075 + zeros as i32;
        negative ^= bits >> 63 != 0;
        let mut carry = 0;
        for limb in &mut wide {
            let product = u128::from(*limb) * u128::from(mantissa >> zeros) + carry;
            *limb = product as u64;
            carry = product >> 64;
        }
    }
    if place >= 0 {
        add_shifted(limbs, place as usize, wide, negative);
    }
}

/// Adds or subtracts the product of two magnitudes, limb by limb.
#[inline(never)]
fn add_product_of(to: &mut [u64], a: &[u64], b: &[u64], negative: bool) {
    for (i, a) in a.iter().enumerate().filter(|(_, a)| **a != 0) {
        for (j, b) in b.iter().enumerate().filter(|(_, b)| **b != 0) {
            let product = u128::from(*a) * u128::from(*b);
            let wide = [product as u64, (product >> 64) as u64, 0];
            add_shifted(to, 64 * (i + j), wide, negative);
        }
    }
}

/// Adds 1 to the number that the limbs hold, or subtracts it.
fn carry_on<'a>(limbs: impl IntoIterator<Item = &'a mut u64>, negative: bool) {
    for slot in limbs {
        let (value, carry) =
            if negative { slot.overflowing_sub(1) } else { slot.overflowing_add(1) };
        *slot = value;
        if !carry {
            break;
        }
    }
}
