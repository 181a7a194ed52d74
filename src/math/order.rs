//! Sorting of integers in place, where equal ones need no telling apart: orders are
//! made of numbers by packing what belongs to them below their [`sort::key`].
//!
//! A quicksort over vectors (`quicksort.rs`). What its pivots divide badly, it leaves
//! to a sort by digits, which is slower but takes any integers alike.
//!
//! [`sort::key`]: super::sort::key

use super::quicksort::{Parts, Quicksort};
use crate::simd::Elem;
use crate::simd::keys::Key;

/// Sorts, the least first.
pub fn sort<K: Key>(keys: &mut [K]) {
    // Pivots divide about in the middle; three times the depth of halves is rare.
    sort_within(keys, 3 * (usize::BITS - keys.len().leading_zeros()));
}

/// The same: by divisions as long as no part was divided more often than so many times,
/// what is left by digits.
pub fn sort_within<K: Key>(keys: &mut [K], divisions: u32) {
    let mut parts = Parts::all(keys.len(), divisions);
    // Parts that are left to be sorted by digits end a run of the quicksort.
    while let Some(part) = K::Number::dispatch(Quicksort { keys, parts: &mut parts }) {
        if let Some(keys) = keys.get_mut(part) {
            by_digits(keys);
        }
    }
}

/// Sorts by digits of eight bits, the highest first.
pub fn by_digits<K: Key>(keys: &mut [K]) {
    by_digits_from(keys, K::BITS - 8);
}

/// Up to here insertion is faster than counting.
const FEW: usize = 32;

/// Every key is carried to the next free place of its digit, and the key found there is
/// carried on.
#[inline(never)]
fn by_digits_from<K: Key>(keys: &mut [K], shift: u32) {
    if keys.len() <= FEW {
        return insert(keys);
    }
    let mut ends = [0usize; 256];
    for key in &*keys {
        ends[key.digit(shift)] += 1;
    }
    let mut next = [0; 256];
    let mut end = 0;
    for (next, slot) in next.iter_mut().zip(&mut ends) {
        *next = end;
        end += *slot;
        *slot = end;
    }
    for digit in 0..256 {
        while next[digit] < ends[digit] {
            let Some(mut key) = keys.get(next[digit]).copied() else { return };
            while key.digit(shift) != digit {
                let place = &mut next[key.digit(shift)];
                let Some(there) = keys.get_mut(*place) else { return };
                core::mem::swap(there, &mut key);
                *place += 1;
            }
            if let Some(there) = keys.get_mut(next[digit]) {
                *there = key;
            }
            next[digit] += 1;
        }
    }
    if shift == 0 {
        return;
    }
    let mut start = 0;
    for end in ends {
        if let Some(part) = keys.get_mut(start..end) {
            by_digits_from(part, shift - 8);
        }
        start = end;
    }
}

fn insert<K: Key>(keys: &mut [K]) {
    for i in 1..keys.len() {
        let mut j = i;
        while j > 0
            && let Some([below, above]) = keys.get_mut(j - 1..=j)
            && *below > *above
        {
            core::mem::swap(below, above);
            j -= 1;
        }
    }
}
