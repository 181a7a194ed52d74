//! Metrics whose update is two steps: what is to be known of a row, its term, and
//! the addition of that term with a weight. The first costs what a row costs, the
//! second next to nothing; who adds a row to many states (`bootstrap`) has its term
//! made once.

use super::labelled::Labelled;
use crate::rows::view::Rows;
use crate::simd::{Elem, Io, Kernel};
use crate::state::State;

/// The most rows whose terms are made before they are added.
pub const BLOCK: usize = 64;

/// A state to which rows are added by their terms.
pub trait Scored: State {
    /// What is known of a row.
    type Term: Copy;

    /// Calls `add` with the terms of each block of rows and the first of those rows.
    /// What stands for a row that does not count is no one's term. `param` is the
    /// state's.
    fn terms<E: Elem>(param: u32, data: &Labelled<E>, add: &mut dyn FnMut(usize, &[Self::Term]));

    /// Adds a row by its term.
    fn add(&mut self, term: Self::Term, weight: f64);

    /// The metric that the state is named for.
    fn value(&self) -> f64;

    /// Adds rows that passed [`Labelled::check`].
    fn add_rows<E: Elem>(&mut self, param: u32, data: &Labelled<E>) {
        Self::terms(param, data, &mut |first, terms| {
            for (i, term) in terms.iter().enumerate() {
                if let Some((_, weight)) = data.counted(first + i) {
                    self.add(*term, weight);
                }
            }
        });
    }
}

/// What makes a term of a row.
pub trait RowTerm<E: Elem>: Copy {
    /// The term.
    type Term: Copy;
    /// What stands where there is none.
    const NONE: Self::Term;

    /// The term of `n` scores.
    ///
    /// # Safety
    /// `row` must be readable for `n` values, and `label` below `n`.
    unsafe fn term<S: Io<E>>(self, s: S, row: *const E, n: usize, label: usize) -> Self::Term;
}

/// Calls `add` with the terms of each block of rows, made row by row.
pub fn by_blocks<E: Elem, R: RowTerm<E>>(
    row: R,
    data: &Labelled<E>,
    add: &mut dyn FnMut(usize, &[R::Term]),
) {
    let mut terms = [R::NONE; BLOCK];
    let mut first = 0;
    while first < data.rows.rows {
        let count = BLOCK.min(data.rows.rows - first);
        if let Some(terms) = terms.get_mut(..count) {
            E::dispatch(Block { row, data, first, terms });
            add(first, terms);
        }
        first += count;
    }
}

/// The rows from `first` on, as many as there are places.
struct Block<'a, E: Elem, R: RowTerm<E>> {
    row: R,
    data: &'a Labelled<E>,
    first: usize,
    terms: &'a mut [R::Term],
}

impl<E: Elem, R: RowTerm<E>> Kernel<E> for Block<'_, E, R> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        let Rows { cols, .. } = self.data.rows;
        for (r, term) in (self.first..).zip(self.terms) {
            let Some((label, _)) = self.data.counted(r) else { continue };
            // SAFETY: the view vouches for its rows, `check` for the labels.
            *term = unsafe { self.row.term(s, self.data.rows.row(r), cols, label) };
        }
    }
}
