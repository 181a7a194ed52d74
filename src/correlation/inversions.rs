//! How many pairs of a sequence are in the wrong order, by halves of its values: those
//! of the upper half go to the back, and each of the lower half counts how many went
//! before it. Then both halves, which are half as long in bits, until few are left.

use super::columns::START;
use crate::simd::{Elem, Io, Kernel};

/// Up to here all pairs are looked at.
const FEW: usize = 24;

/// Pairs of which the first is larger, among numbers up to `most`, of which bit 31 is
/// not part. The sequence is sorted; the room is as long.
pub fn inversions(sequence: &mut [u32], room: &mut [u32], most: u32) -> u64 {
    sequence.iter_mut().for_each(|x| *x &= !START);
    let bits = u32::BITS - most.leading_zeros();
    f32::dispatch(Inversions { sequence, room, bits })
}

struct Inversions<'a> {
    sequence: &'a mut [u32],
    room: &'a mut [u32],
    bits: u32,
}

impl Kernel<f32> for Inversions<'_> {
    type Out = u64;

    #[inline(always)]
    fn run<S: Io<f32>>(self, _: S) -> u64 {
        let Inversions { sequence, room, bits } = self;
        // One half waits while the other is looked at, so one a bit.
        let mut waiting = [(0, 0, 0); 32];
        let mut depth = 1;
        waiting[0] = (0, sequence.len(), bits);
        let mut count = 0;
        while depth > 0 {
            depth -= 1;
            let Some((start, end, bits)) = waiting.get(depth).copied() else { break };
            let Some(part) = sequence.get_mut(start..end) else { break };
            if bits == 0 {
                continue;
            }
            if part.len() <= FEW {
                count += all_pairs(part);
                continue;
            }
            let (lower, inside) = halve(part, room, bits - 1);
            count += inside;
            for half in [(start, start + lower, bits - 1), (start + lower, end, bits - 1)] {
                if let Some(place) = waiting.get_mut(depth) {
                    *place = half;
                    depth += 1;
                }
            }
        }
        count
    }
}

/// Numbers with a bit go behind those without; how many these are, and pairs of one with
/// it before one without.
#[inline(always)]
fn halve(part: &mut [u32], room: &mut [u32], bit: u32) -> (usize, u64) {
    let (mut lower, mut upper, mut count) = (0, 0, 0u64);
    for i in 0..part.len().min(room.len()) {
        // SAFETY: neither is more than `i`.
        unsafe {
            let x = *part.get_unchecked(i);
            let up = (x >> bit & 1) as usize;
            *part.get_unchecked_mut(lower) = x;
            *room.get_unchecked_mut(upper) = x;
            count += (upper & up.wrapping_sub(1)) as u64;
            upper += up;
            lower += 1 - up;
        }
    }
    let from = room.iter().take(upper);
    part.iter_mut().skip(lower).zip(from).for_each(|(to, from)| *to = *from);
    (lower, count)
}

/// Looks at all pairs.
#[inline(always)]
fn all_pairs(part: &[u32]) -> u64 {
    let mut padded = [u32::MAX; FEW];
    padded.iter_mut().zip(part).for_each(|(to, x)| *to = *x);
    let mut count = 0u32;
    for (i, x) in part.iter().enumerate() {
        // Of what comes later; what is not there is larger.
        let mut less = 0u32;
        for (j, y) in padded.iter().enumerate() {
            less += u32::from(j > i) & u32::from(y < x);
        }
        count += less;
    }
    u64::from(count)
}
