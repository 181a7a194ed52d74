//! A stable sort of numbers with what belongs to them: by digits of 11 bits, the
//! lowest first (LSD radix sort), from one pair of arrays to another and back.
//!
//! A number becomes an integer that is ordered as it is ([`key`]). Six digits
//! hold all 64 bits; one that is the same in all keys moves nothing and is left
//! out, so that numbers that were f32, or labels, take fewer passes. Comparing
//! sorts of the core library are not used: they bring its panics.

/// Bits of a digit: 2^11 counters of 4 bytes fit the first cache, and the stack.
const BITS: u32 = 11;
const DIGITS: usize = 1 << BITS;

/// Keys and what is carried along with each.
pub struct Keyed<'a, P> {
    /// One key each ..
    pub keys: &'a mut [u64],
    /// .. and as many of these.
    pub loads: &'a mut [P],
}

/// An integer that is ordered as numbers are: how far from 0 in steps of the last bit,
/// either way, so that -0 and 0 are one, and numbers that were f32 differ by multiples
/// of 2^29. NaNs go to the ends.
#[inline(always)]
pub fn key(x: f64) -> u64 {
    let sign = (x.to_bits() as i64 >> 63) as u64;
    let magnitude = x.to_bits() & !ZERO;
    ZERO.wrapping_add((magnitude ^ sign).wrapping_sub(sign))
}

/// The number that a key was made of.
#[inline(always)]
pub fn value(key: u64) -> f64 {
    if key >= ZERO { f64::from_bits(key - ZERO) } else { -f64::from_bits(ZERO - key) }
}

/// The key of 0.
const ZERO: u64 = 1 << 63;

/// Sorts by key; loads of equal keys stay in their order. All arrays have the
/// same length, below 2^32.
pub fn sort<P: Copy>(data: Keyed<P>, spare: Keyed<P>) {
    let (mut from, mut to) = (data, spare);
    let any = from.keys.iter().fold(0, |any, key| any | key);
    let all = from.keys.iter().fold(u64::MAX, |all, key| all & key);
    let mut away = false;
    for shift in (0..u64::BITS).step_by(BITS as usize) {
        if digit(any & !all, shift) != 0 {
            pass(&from, &mut to, shift);
            core::mem::swap(&mut from, &mut to);
            away = !away;
        }
    }
    if away {
        to.keys.iter_mut().zip(&*from.keys).for_each(|(to, from)| *to = *from);
        to.loads.iter_mut().zip(&*from.loads).for_each(|(to, from)| *to = *from);
    }
}

#[inline(always)]
fn digit(key: u64, shift: u32) -> usize {
    (key >> shift) as usize & (DIGITS - 1)
}

/// Moves everything to where its digit puts it.
fn pass<P: Copy>(from: &Keyed<P>, to: &mut Keyed<P>, shift: u32) {
    let mut next = [0u32; DIGITS];
    for key in &*from.keys {
        let count = &mut next[digit(*key, shift)];
        *count = count.wrapping_add(1);
    }
    let mut start = 0u32;
    for slot in &mut next {
        let count = *slot;
        *slot = start;
        start = start.wrapping_add(count);
    }
    for (key, load) in from.keys.iter().zip(&*from.loads) {
        let slot = &mut next[digit(*key, shift)];
        let place = *slot as usize;
        *slot = slot.wrapping_add(1);
        if let (Some(k), Some(l)) = (to.keys.get_mut(place), to.loads.get_mut(place)) {
            *k = *key;
            *l = *load;
        }
    }
}
