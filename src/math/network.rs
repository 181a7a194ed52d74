//! A few vectors of integers sorted in registers.
//!
//! The vectors stand below each other. Their lanes, which are columns then, are sorted
//! each by itself; neighbouring columns are merged to columns twice as long, and so on,
//! by bitonic merges: the upper half is met in reverse, and what comes of it is ordered
//! at half the distance, a quarter, and so on. Distances within a column are from
//! vector to vector; only those between columns move lanes. In the end columns are
//! turned into rows.

use crate::simd::keys::{Key, Keys};

/// How many integers these lanes sort at once.
pub const fn most<K: Key, S: Keys<K>>() -> usize {
    if S::MANY { 16 * S::N } else { 8 * S::N }
}

/// Sorts `n` integers, at most [`most`].
///
/// # Safety
/// There must be `n` integers.
#[inline(always)]
pub unsafe fn sort<K: Key, S: Keys<K>>(s: S, p: *mut K, n: usize) {
    // SAFETY: the caller vouches for the integers.
    unsafe { if S::MANY { rows::<K, S, 16>(s, p, n) } else { rows::<K, S, 8>(s, p, n) } }
}

#[inline(always)]
unsafe fn rows<K: Key, S: Keys<K>, const R: usize>(s: S, p: *mut K, n: usize) {
    let mut v = [s.splat(K::MAX); R];
    for (i, v) in v.iter_mut().enumerate() {
        let (at, count) = part::<K, S>(n, i * S::N);
        // SAFETY: the caller vouches for `n` integers.
        *v = unsafe { s.load_head(p.add(at), count, K::MAX) };
    }
    columns(s, &mut v);
    if S::N >= 2 {
        merge::<K, S, 2, R>(s, &mut v);
    }
    if S::N >= 4 {
        merge::<K, S, 4, R>(s, &mut v);
    }
    if S::N >= 8 {
        merge::<K, S, 8, R>(s, &mut v);
    }
    if S::N >= 16 {
        merge::<K, S, 16, R>(s, &mut v);
    }
    // SAFETY: as above. At most eight squares stand below each other.
    unsafe {
        turn::<K, S, 0, R>(s, &v, p, n);
        turn::<K, S, 1, R>(s, &v, p, n);
        turn::<K, S, 2, R>(s, &v, p, n);
        turn::<K, S, 3, R>(s, &v, p, n);
        turn::<K, S, 4, R>(s, &v, p, n);
        turn::<K, S, 5, R>(s, &v, p, n);
        turn::<K, S, 6, R>(s, &v, p, n);
        turn::<K, S, 7, R>(s, &v, p, n);
    }
}

/// How many of `n` integers stand from `at` on in a vector, and where.
#[inline(always)]
fn part<K: Key, S: Keys<K>>(n: usize, at: usize) -> (usize, usize) {
    (n.min(at), n.saturating_sub(at).min(S::N))
}

/// Stores square `B` of as many rows as there are columns, each column as part of a row.
///
/// # Safety
/// There must be `n` integers.
#[inline(always)]
unsafe fn turn<K: Key, S: Keys<K>, const B: usize, const R: usize>(
    s: S,
    v: &[S::V; R],
    p: *mut K,
    n: usize,
) {
    if B * S::N >= R {
        return;
    }
    let mut square = s.square(v[0]);
    for (i, to) in square.as_mut().iter_mut().enumerate() {
        *to = v[(B * S::N + i) % R];
    }
    let mut turned = s.transpose(square);
    for (column, v) in turned.as_mut().iter().enumerate() {
        let (at, count) = part::<K, S>(n, column * R + B * S::N);
        // SAFETY: the caller vouches for the integers.
        unsafe { s.store_head(p.add(at), count, *v) };
    }
}

/// Sorts each column.
#[inline(always)]
fn columns<K: Key, S: Keys<K>, const R: usize>(s: S, v: &mut [S::V; R]) {
    meet::<K, S, 1, R>(s, v);
    meet::<K, S, 3, R>(s, v);
    meet::<K, S, 1, R>(s, v);
    meet::<K, S, 7, R>(s, v);
    meet::<K, S, 2, R>(s, v);
    meet::<K, S, 1, R>(s, v);
    if R > 8 {
        meet::<K, S, 15, R>(s, v);
        meet::<K, S, 4, R>(s, v);
        meet::<K, S, 2, R>(s, v);
        meet::<K, S, 1, R>(s, v);
    }
}

/// Orders each row and the one whose number differs in the bits of `X`.
#[inline(always)]
fn meet<K: Key, S: Keys<K>, const X: usize, const R: usize>(s: S, v: &mut [S::V; R]) {
    for i in 0..R {
        let j = i ^ X;
        if i < j {
            let (a, b) = (v[i], v[j % R]);
            (v[i], v[j % R]) = (s.min(a, b), s.max(a, b));
        }
    }
}

/// Merges the sorted halves of groups of `G` columns.
#[inline(always)]
fn merge<K: Key, S: Keys<K>, const G: usize, const R: usize>(s: S, v: &mut [S::V; R]) {
    for i in 0..R / 2 {
        (v[i], v[R - 1 - i]) = s.cross::<G>(v[i], v[R - 1 - i]);
    }
    for v in v.iter_mut() {
        if G >= 16 {
            *v = s.order::<4>(*v);
        }
        if G >= 8 {
            *v = s.order::<2>(*v);
        }
        if G >= 4 {
            *v = s.order::<1>(*v);
        }
    }
    if R > 8 {
        meet::<K, S, 8, R>(s, v);
    }
    meet::<K, S, 4, R>(s, v);
    meet::<K, S, 2, R>(s, v);
    meet::<K, S, 1, R>(s, v);
}
