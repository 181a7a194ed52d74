//! How relevant documents are: grades, as integers or numbers of any type.

use crate::rows::labels::Labels;
use crate::rows::numbers::Numbers;
use crate::simd::Real;

/// Where grades lie, and as what.
#[derive(Clone, Copy)]
pub enum Grades {
    /// Numbers.
    Numbers(Numbers),
    /// Integers.
    Integers(Labels),
}

/// Integers that are turned into numbers at once.
const BLOCK: usize = 64;

impl Grades {
    /// The grades from grade `i` on.
    pub fn from(&self, i: usize) -> Grades {
        match self {
            Grades::Numbers(numbers) => Grades::Numbers(numbers.from(i)),
            Grades::Integers(labels) => Grades::Integers(labels.from(i)),
        }
    }

    /// Grade `i`; below 0 if there is none.
    ///
    /// # Safety
    /// There must be that grade.
    pub unsafe fn get(&self, i: usize) -> f64 {
        match self {
            // SAFETY: the caller vouches for it.
            Grades::Numbers(numbers) => unsafe { numbers.get(i) },
            Grades::Integers(labels) => match labels.get(i) {
                label if label > i64::MAX as u64 => -1.0,
                label => label as f64,
            },
        }
    }

    /// As many grades as there is room for; `false`, and no matter what, if not all of them
    /// are numbers of this type.
    ///
    /// # Safety
    /// There must be so many.
    pub unsafe fn fill<T: Real>(&self, out: &mut [T]) -> bool {
        let mut exact = true;
        match self {
            Grades::Numbers(numbers) => {
                for (i, to) in out.iter_mut().enumerate() {
                    // SAFETY: the caller vouches for it.
                    let grade = unsafe { numbers.get(i) };
                    *to = T::of(grade);
                    exact &= to.to_f64() == grade || grade.is_nan();
                }
            }
            Grades::Integers(labels) => {
                let mut whole = [0; BLOCK];
                for (block, out) in out.chunks_mut(BLOCK).enumerate() {
                    let Some(whole) = whole.get_mut(..out.len()) else { return false };
                    narrow(labels, block * BLOCK, whole);
                    for (to, from) in out.iter_mut().zip(&*whole) {
                        *to = T::of(f64::from(*from));
                        exact &= from.unsigned_abs() <= 1 << 24;
                    }
                }
            }
        }
        exact
    }
}

#[inline(never)]
fn narrow(labels: &Labels, start: usize, out: &mut [i32]) {
    labels.narrow(start, out);
}
