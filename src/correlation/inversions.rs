//! How many pairs of a sequence are in the wrong order, by halves of its values: those
//! of the upper half go to the back, and each of the lower half counts how many went
//! before it. Then both halves, which are half as long in bits, until few are left.

use super::columns::START;
use crate::simd::keys::Keys;
use crate::simd::{Elem, Io, Kernel, Lanes};

/// Up to here all pairs are looked at.
const FEW: usize = 16;

/// Pairs of which the first is larger, among numbers up to `most`, of which bit 31 is
/// not part. The sequence is sorted; the room is as long.
pub fn inversions(sequence: &mut [u32], room: &mut [u32], most: u32) -> u64 {
    sequence.iter_mut().for_each(|x| *x &= !START);
    let bits = u32::BITS - most.leading_zeros();
    let n = sequence.len().min(room.len());
    f32::dispatch(Inversions { sequence, room, n, bits })
}

struct Inversions<'a> {
    sequence: &'a mut [u32],
    room: &'a mut [u32],
    n: usize,
    bits: u32,
}

/// A part of the sequence, whose numbers have `bits` bits more than `least`.
#[derive(Clone, Copy)]
struct Part {
    start: usize,
    len: usize,
    least: u32,
    bits: u32,
}

impl Kernel<f32> for Inversions<'_> {
    type Out = u64;

    #[inline(always)]
    fn run<S: Io<f32>>(self, s: S) -> u64 {
        let s = Lanes::<f32>::keys(s);
        let (sequence, room) = (self.sequence.as_mut_ptr(), self.room.as_mut_ptr());
        // One half waits while the other is looked at, so one a bit.
        let mut part = Part { start: 0, len: self.n, least: 0, bits: self.bits };
        let mut waiting = [part; 32];
        let (mut depth, mut count) = (0, 0);
        loop {
            // SAFETY: parts lie in the sequence, and the room is as long as that.
            let from = unsafe { sequence.add(part.start) };
            if part.len > FEW && part.bits > 0 {
                let bits = part.bits - 1;
                let middle = part.least | 1 << bits;
                // SAFETY: as above.
                let (lower, pairs) = unsafe { halve(s, from, part.len, room, middle - 1) };
                count += pairs;
                let (start, len) = (part.start + lower, part.len - lower);
                if let Some(slot) = waiting.get_mut(depth) {
                    *slot = Part { start, len, least: middle, bits };
                    depth += 1;
                }
                part = Part { len: lower, bits, ..part };
            } else {
                if part.bits > 0 {
                    // SAFETY: as above.
                    count += unsafe { all_pairs(s, from, part.len) };
                }
                let Some(above) = depth.checked_sub(1) else { break };
                depth = above;
                part = waiting.get(depth).copied().unwrap_or(part);
            }
        }
        count
    }
}

/// Numbers above `most` go behind the others; how many these are, and pairs of one above
/// it before one that is not.
///
/// # Safety
/// There must be `n` numbers, and room for as many.
#[inline(always)]
unsafe fn halve<S: Keys<u32>>(
    s: S,
    part: *mut u32,
    n: usize,
    room: *mut u32,
    most: u32,
) -> (usize, u64) {
    let (all, pivot) = (u32::MAX >> (32 - S::N), s.splat(most));
    let (mut lower, mut upper, mut pairs) = (0, 0, 0u64);
    let whole = n - n % S::N;
    // SAFETY: vectors end up to where they were read, the last one's parts at `n`.
    unsafe {
        for i in (0..whole).step_by(S::N) {
            let v = s.load(part.add(i));
            let up = s.gt(v, pivot);
            let down = all & !up;
            let few = down.count_ones() as usize;
            pairs += (few * upper) as u64 + inside(down);
            s.store(part.add(lower), s.split(v, up));
            s.store(room.add(upper), s.split(v, down));
            lower += few;
            upper += S::N - few;
        }
        let rest = n - whole;
        let v = s.load_head(part.add(whole), rest, u32::MAX);
        let up = s.gt(v, pivot);
        let down = all & !up;
        let few = down.count_ones() as usize;
        pairs += (few * upper) as u64 + inside(down);
        s.store_head(part.add(lower), few, s.split(v, up));
        s.store_head(room.add(upper), rest - few, s.split(v, down));
        lower += few;
        copy(room, part.add(lower), n - lower);
    }
    (lower, pairs)
}

/// A call, because what a compiler makes of a copy is one in any case.
///
/// # Safety
/// There must be `n` numbers, and room for them elsewhere.
#[inline(never)]
unsafe fn copy(from: *const u32, to: *mut u32, n: usize) {
    // SAFETY: the caller vouches for both.
    unsafe { core::ptr::copy_nonoverlapping(from, to, n) };
}

/// Lanes that are not set before those that are, as pairs.
#[inline(always)]
fn inside(set: u32) -> u64 {
    let digit = |mask: u32| (set & mask).count_ones();
    let places = digit(0xaaaa) + 2 * digit(0xcccc) + 4 * digit(0xf0f0) + 8 * digit(0xff00);
    let count = set.count_ones();
    u64::from(places - count * count.wrapping_sub(1) / 2)
}

/// Looks at all pairs.
///
/// # Safety
/// There must be `n` numbers, at most [`FEW`].
#[inline(always)]
unsafe fn all_pairs<S: Keys<u32>>(s: S, part: *const u32, n: usize) -> u64 {
    // What is not there is as large as can be.
    let mut padded = [u32::MAX; 2 * FEW];
    let mut count = 0;
    // SAFETY: there is room, and so many vectors.
    unsafe {
        for at in (0..FEW).step_by(S::N) {
            let there = n.saturating_sub(at).min(S::N);
            let v = s.load_head(part.add(at.min(n)), there, u32::MAX);
            s.store(padded.as_mut_ptr().add(at), v);
        }
        for at in (0..n).step_by(S::N) {
            let first = s.load(padded.as_ptr().add(at));
            for apart in 1..n {
                count += s.gt(first, s.load(padded.as_ptr().add(at + apart))).count_ones();
            }
        }
    }
    u64::from(count)
}
