//! Quicksort over vectors of integers.
//!
//! A part is divided in place: vectors are read from its ends, each is split into the
//! lanes up to the pivot and those above it, and the whole vector is stored at both
//! ends of the room that reading has made; what is of the other side there is written
//! over later. Which end is read next is a choice without a branch. Parts of a few
//! vectors are sorted in registers (`network.rs`).
//!
//! A pivot that is the largest of its part leaves nothing above it; then what equals it
//! is split off instead, and is done with. So many equal integers cost two passes.

use super::network;
use crate::simd::keys::{Key, Keys};
use crate::simd::{Elem, Io, Kernel, Lanes};
use core::ops::Range;

/// A part of the array, and how often it may still be divided.
#[derive(Clone, Copy)]
struct Part {
    start: usize,
    len: usize,
    left: u32,
}

/// The larger part of a division waits while the smaller is sorted, so that each that
/// waits is at most half as long as the one before.
const MOST: usize = usize::BITS as usize;

/// Parts that wait.
pub struct Parts {
    waiting: [Part; MOST],
    count: usize,
}

impl Parts {
    /// The whole of `len` integers, to be divided so often.
    pub fn all(len: usize, left: u32) -> Parts {
        let all = Part { start: 0, len, left };
        Parts { waiting: [all; MOST], count: 1 }
    }

    #[inline(always)]
    fn push(&mut self, part: Part) {
        if let Some(slot) = self.waiting.get_mut(self.count) {
            *slot = part;
            self.count += 1;
        }
    }

    #[inline(always)]
    fn pop(&mut self) -> Option<Part> {
        self.count = self.count.checked_sub(1)?;
        self.waiting.get(self.count).copied()
    }
}

/// Sorts the parts of `keys`.
pub struct Quicksort<'a, K> {
    /// The integers.
    pub keys: &'a mut [K],
    /// What is left to be sorted.
    pub parts: &'a mut Parts,
}

impl<K: Key> Kernel<K::Number> for Quicksort<'_, K> {
    /// A part that pivots divide badly.
    type Out = Option<Range<usize>>;

    #[inline(always)]
    fn run<S: Io<K::Number>>(self, s: S) -> Option<Range<usize>> {
        let keys = self.keys.as_mut_ptr();
        while let Some(part) = self.parts.pop() {
            // SAFETY: parts lie in `keys`.
            unsafe {
                if !sort_part(Lanes::<<K::Number as Elem>::Acc>::keys(s), keys, part, self.parts) {
                    return Some(part.start..part.start + part.len);
                }
            }
        }
        None
    }
}

/// Sorts a part, and leaves more of them to be sorted; `false` if it was divided too
/// often.
#[inline(always)]
unsafe fn sort_part<K: Key, S: Keys<K>>(
    s: S,
    keys: *mut K,
    mut part: Part,
    parts: &mut Parts,
) -> bool {
    loop {
        // SAFETY: the caller vouches for the part.
        let p = unsafe { keys.add(part.start) };
        if part.len <= network::most::<K, S>() {
            // SAFETY: as above.
            unsafe { network::sort(s, p, part.len) };
            return true;
        }
        if part.left == 0 {
            return false;
        }
        // SAFETY: as above; there are enough for a sample and a division.
        let (low, high) = unsafe {
            let pivot = pivot(s, p, part.len);
            match divide(s, p, part.len, pivot) {
                low if low < part.len => (low, part.len - low),
                // Nothing is above the pivot. Those below it are left to be sorted.
                _ if pivot == K::MIN => return true,
                _ => (divide(s, p, part.len, pivot.below()), 0),
            }
        };
        let (start, left) = (part.start, part.left - 1);
        let low = Part { start, len: low, left };
        let high = Part { start: start + low.len, len: high, left };
        part = if low.len < high.len { low } else { high };
        parts.push(if low.len < high.len { high } else { low });
    }
}

/// Something like the median.
///
/// # Safety
/// There must be `len` keys, at least three vectors of them.
#[inline(always)]
unsafe fn pivot<K: Key, S: Keys<K>>(s: S, p: *const K, len: usize) -> K {
    let last = len - S::N;
    // SAFETY: a vector from `last` on is the last there is.
    let lanes = unsafe {
        if len < LONG {
            sample(s, p, last / 2)
        } else {
            let step = last / 9;
            let a = sample(s, p, step);
            let b = sample(s, p.add(last / 3), step);
            median(s, a, b, sample(s, p.add(last / 3 * 2), step))
        }
    };
    // As many as any vector has.
    let mut all = [K::MIN; 16];
    // SAFETY: a vector has at most sixteen lanes.
    unsafe { s.store(all.as_mut_ptr(), lanes) };
    let [a, b, c, d, e] = core::array::from_fn(|i| all[i * S::N / 5 % 16]);
    let low = a.min(b).max(c.min(d));
    let high = a.max(b).min(c.max(d));
    low.min(high).max(low.max(high).min(e))
}

/// From here on a better pivot is worth more samples.
const LONG: usize = 2048;

/// The medians of three vectors.
///
/// # Safety
/// They must be readable, `step` keys apart.
#[inline(always)]
unsafe fn sample<K: Key, S: Keys<K>>(s: S, p: *const K, step: usize) -> S::V {
    // SAFETY: the caller vouches for them.
    unsafe { median(s, s.load(p), s.load(p.add(step)), s.load(p.add(2 * step))) }
}

#[inline(always)]
fn median<K: Key, S: Keys<K>>(s: S, a: S::V, b: S::V, c: S::V) -> S::V {
    s.max(s.min(a, b), s.min(s.max(a, b), c))
}

/// Vectors that are read at a time.
const UNROLL: usize = 4;

/// Moves keys above the pivot behind the others, and says how many others there are.
///
/// # Safety
/// There must be `len` keys, at least `2 UNROLL` vectors of them.
#[inline(always)]
unsafe fn divide<K: Key, S: Keys<K>>(s: S, p: *mut K, len: usize, pivot: K) -> usize {
    // What is no whole vector stands behind the others and comes in one by one: it
    // changes places with the first that is above, or with itself.
    let whole = if S::N > 1 { len - len % S::N } else { 0 };
    // SAFETY: the caller vouches for the keys.
    unsafe {
        let mut low = if S::N > 1 { divide_whole(s, p, whole, pivot) } else { 0 };
        for i in whole..len {
            let key = *p.add(i);
            *p.add(i) = *p.add(low);
            *p.add(low) = key;
            low += usize::from(key <= pivot);
        }
        low
    }
}

/// The same of whole vectors.
///
/// # Safety
/// As above.
#[inline(always)]
unsafe fn divide_whole<K: Key, S: Keys<K>>(s: S, p: *mut K, len: usize, pivot: K) -> usize {
    let block = UNROLL * S::N;
    let mut sides = Sides { s, p, pivot: s.splat(pivot), low: 0, high: len };
    // SAFETY: all that is read and written is below `len`; whenever a vector is stored
    // there is room for it at both ends, as what was read and not stored yet is two
    // blocks, and the end that has less room is read from.
    unsafe {
        let first = read(s, p);
        let last = read(s, p.add(len - block));
        let (mut from, mut to) = (block, len - block);
        while to - from >= block {
            let left = from - sides.low <= sides.high - to;
            let at = if left { from } else { to - block };
            from += if left { block } else { 0 };
            to -= if left { 0 } else { block };
            let next = read(s, p.add(at));
            sides.put_all(&next);
        }
        // Fewer vectors than a block are left between; then all room is in one piece.
        // They are held before any of them is stored.
        let count = (to - from) / S::N;
        let rest = |i: usize| p.add(if i < count { from + i * S::N } else { from - S::N });
        let (a, b, c) = (s.load(rest(0)), s.load(rest(1)), s.load(rest(2)));
        if count > 0 {
            sides.put(a);
        }
        if count > 1 {
            sides.put(b);
        }
        if count > 2 {
            sides.put(c);
        }
        sides.put_all(&first);
        sides.put_all(&last);
    }
    sides.low
}

#[inline(always)]
unsafe fn read<K: Key, S: Keys<K>>(s: S, p: *const K) -> [S::V; UNROLL] {
    // SAFETY: the caller vouches for a block.
    unsafe { [s.load(p), s.load(p.add(S::N)), s.load(p.add(2 * S::N)), s.load(p.add(3 * S::N))] }
}

/// The two sides that a division fills.
struct Sides<K: Key, S: Keys<K>> {
    s: S,
    p: *mut K,
    pivot: S::V,
    low: usize,
    high: usize,
}

impl<K: Key, S: Keys<K>> Sides<K, S> {
    #[inline(always)]
    unsafe fn put_all(&mut self, v: &[S::V; UNROLL]) {
        // SAFETY: the caller vouches for the room.
        unsafe {
            self.put(v[0]);
            self.put(v[1]);
            self.put(v[2]);
            self.put(v[3]);
        }
    }

    #[inline(always)]
    unsafe fn put(&mut self, v: S::V) {
        let bits = self.s.gt(v, self.pivot);
        let v = self.s.split(v, bits);
        let above = bits.count_ones() as usize;
        // SAFETY: the caller vouches for a vector of room at each end, or in all.
        unsafe {
            self.s.store(self.p.add(self.low), v);
            self.s.store(self.p.add(self.high - S::N), v);
        }
        self.low += S::N - above;
        self.high -= above;
    }
}
