//! A block of rows to visit: short ones as many at once as there are lanes, where that
//! pays, others one by one.

use super::labels::Labels;
use super::view::Rows;
use super::visit::{BLOCK, Label, Visits, visit};
use super::visit_each::{SHORT, visit_each};
use crate::math::exp::Scale;
use crate::simd::{Elem, Io, Kernel, Lanes, Real};

impl Visits {
    /// Takes the labels of a block of rows, of which the first is row `start` of `labels`.
    ///
    /// # Safety
    /// Labels are below the number of columns.
    pub unsafe fn label_rows<E: Elem>(&mut self, x: &Rows<E>, labels: &Labels, start: usize) {
        for (r, label) in self.labels.iter_mut().enumerate().take(x.rows) {
            let at = labels.get(start + r) as usize;
            // SAFETY: the view vouches for its rows, the caller for the label.
            let score = unsafe { *x.row(r).add(at) }.widen().to_f64();
            *label = Label { score, at, passed: false };
        }
    }
}

/// Visits at most [`BLOCK`] rows, whose labels `visits` has: short ones must have theirs
/// among their columns.
pub fn visit_block<E: Elem>(x: &Rows<E>, scale: &Scale<E::Acc>, logits: bool, visits: &mut Visits) {
    if logits {
        E::dispatch(Logits(Block { x, scale, visits }));
    } else {
        E::dispatch(Probabilities(Block { x, scale, visits }));
    }
}

struct Block<'a, E: Elem> {
    x: &'a Rows<E>,
    scale: &'a Scale<E::Acc>,
    visits: &'a mut Visits,
}

struct Logits<'a, E: Elem>(Block<'a, E>);

struct Probabilities<'a, E: Elem>(Block<'a, E>);

impl<E: Elem> Kernel<E> for Logits<'_, E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        self.0.run::<S, true>(s);
    }
}

impl<E: Elem> Kernel<E> for Probabilities<'_, E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        self.0.run::<S, false>(s);
    }
}

impl<E: Elem> Block<'_, E> {
    #[inline(always)]
    fn run<S: Io<E>, const LOGITS: bool>(self, s: S) {
        let Block { x, scale, visits } = self;
        let lanes = <S as Lanes<E::Acc>>::N;
        let count = x.rows.min(BLOCK);
        let short = <S as Lanes<E::Acc>>::UNROLL && x.cols <= SHORT && !visits.parts;
        (visits.left_out, visits.settled) = (0, short && LOGITS);
        let mut i = 0;
        while i < count {
            if short {
                // SAFETY: the view vouches for its rows, the caller for the labels; lanes
                // divide a block.
                let bits = unsafe { visit_each::<E, S, LOGITS>(s, x, i, scale, visits) };
                visits.left_out |= u64::from(bits & ((1 << lanes) - 1)) << i;
                i += lanes;
            } else {
                // SAFETY: as above.
                let known = unsafe { visit::<E, S, LOGITS>(s, x.row(i), x.cols, scale, visits, i) };
                visits.left_out |= u64::from(!known) << i;
                i += 1;
            }
        }
    }
}
