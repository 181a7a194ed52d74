//! The first of some numbers in order, in lanes: those that reach a bound, ranked by
//! counting for each how many are larger; of few whole numbers, by counting each.

use super::query::{BLOCK as MOST, List};
use crate::simd::keys::{Key, Keys};
use crate::simd::{Elem, Io, Lanes, Real};

/// Counts what is equal to `top`, then what is a whole number below it, above 0.
#[inline(always)]
pub fn levels<T: Elem<Acc = T> + Real, S: Io<T>>(
    s: S,
    numbers: *const T,
    n: usize,
    depth: usize,
    top: T,
    list: &mut List,
) {
    let mut level = top.to_f64();
    while list.len < depth && level > 0.0 {
        let (level_here, mut count) = (s.splat(T::of(level)), 0);
        for at in (0..n).step_by(S::N) {
            // SAFETY: there are `n` numbers, and then NaN to the end of a vector.
            let equal = s.eq(unsafe { s.get(numbers.add(at)) }, level_here);
            count += s.bits(equal).count_ones() as usize;
        }
        let end = depth.min(list.len + count).min(MOST);
        for to in list.grades.iter_mut().take(end).skip(list.len) {
            *to = level;
        }
        list.len = end;
        level -= 1.0;
    }
}

/// Takes the numbers from `bound` on, and the grades of them unless they are grades; how
/// many they are, if not too many.
#[inline(always)]
pub fn gather<T: Elem<Acc = T> + Real, S: Io<T>>(
    s: S,
    [numbers, grades]: [*const T; 2],
    n: usize,
    bound: T,
    to: [*mut T; 2],
) -> Option<usize> {
    let (k, bound, mut len) = (s.keys(), s.splat(bound), 0);
    // A vector may hold fewer integers than numbers.
    let keys = <<S as Lanes<T>>::Keys as Keys<T::Key>>::N;
    for at in (0..n).step_by(S::N) {
        // SAFETY: there are `n` numbers, and then NaN to the end of a vector.
        let mut bits = s.bits(s.ge(unsafe { s.get(numbers.add(at)) }, bound));
        for at in (at..at + S::N).step_by(keys) {
            // SAFETY: as above; there is room for a vector past the most.
            unsafe {
                let numbers = numbers.add(at);
                let here = bits & (u32::MAX >> (32 - keys));
                k.store(to[0].add(len).cast(), k.pack(k.load(numbers.cast()), here));
                if numbers != grades.add(at) {
                    let grades = k.load(grades.add(at).cast());
                    k.store(to[1].add(len).cast(), k.pack(grades, here));
                }
                len += here.count_ones() as usize;
                bits >>= keys;
            }
        }
        if len > MOST {
            return None;
        }
    }
    // SAFETY: as above.
    unsafe { s.put(to[0].add(len), s.splat(T::NAN)) };
    Some(len)
}

/// Counts for each how many are larger, and puts its grade where it belongs.
#[inline(always)]
pub fn compare<T: Elem<Acc = T> + Real, S: Io<T>>(
    s: S,
    keys: *const T,
    grades: *const T,
    len: usize,
    ranks: *mut T,
    list: &mut List,
) {
    // With this added, a count stands in the lowest bits.
    let (magic, one) = (s.splat(T::of(T::MAGIC)), s.splat(T::ONE));
    for at in (0..len).step_by(S::N) {
        // SAFETY: there are `len`, and then NaN for a vector; and there is as much room.
        unsafe {
            let here = s.get(keys.add(at));
            let mut larger = [magic; 2];
            for j in (0..len).step_by(2) {
                for half in 0..2 {
                    let larger = &mut larger[half];
                    let other = s.splat(*keys.add(j + half));
                    *larger = s.select(s.gt(other, here), s.add(*larger, one), *larger);
                }
            }
            s.put(ranks.add(at), s.add(larger[0], s.sub(larger[1], magic)));
        }
    }
    list.len = len;
    list.lengths = [0; MOST];
    for j in 0..len {
        // SAFETY: no more than there is room for are larger, or equal and before.
        unsafe {
            let first = (*ranks.add(j).cast::<T::Key>()).digit(0);
            let length = *list.lengths.get_unchecked(first);
            *list.lengths.get_unchecked_mut(first) = length + 1;
            // Equal ones come one after the other.
            let place = first + usize::from(length);
            *list.grades.get_unchecked_mut(place) = (*grades.add(j)).to_f64();
        }
    }
}
