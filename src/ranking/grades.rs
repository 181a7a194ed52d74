//! How relevant documents are: grades, as integers or numbers of any type.

use crate::rows::labels::Labels;
use crate::rows::numbers::Numbers;

/// Where grades lie, and as what.
#[derive(Clone, Copy)]
pub enum Grades {
    /// Numbers.
    Numbers(Numbers),
    /// Integers.
    Integers(Labels),
}

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
}
