//! Vector-Jacobian products of the row transforms, masks included. Plain softmax has a
//! kernel of its own; all else is done by pieces.

use super::grad_maps::{Given, Slope, Spread, Update};
use super::grad_rows::Plain;
use super::mask::{Mask, RowMask};
use super::masked_scores::Score;
use super::parallel::over_rows;
use crate::math::exp::Scale;
use crate::rows::moments::{Table, TableMut};
use crate::rows::moments_pass::Computed;
use crate::rows::numbers::Numbers;
use crate::rows::pieces::{PIECE, Room, map};
use crate::rows::view::{Column, Rows, RowsMut};
use crate::rt::exec::Exec;
use crate::simd::Elem;
use crate::status::{Outcome, Status};

/// Where gradients go.
#[derive(Clone, Copy)]
pub struct Outputs {
    /// Those of the scores: rows of so many columns.
    pub dx: TableMut,
    /// As above.
    pub cols: usize,
    /// Those of the scores beside the rows.
    pub dsink: Column<f64>,
}

/// Rows of softmax or log-softmax.
#[derive(Clone, Copy)]
pub struct Grads<'a> {
    /// The results.
    pub y: Table,
    /// Their gradients.
    pub dy: Table,
    /// The entries, where scores have bounds.
    pub x: Option<Table>,
    /// Where gradients go.
    pub to: Outputs,
    /// What was done to the scores.
    pub mask: &'a Mask,
    /// Whether results are logarithms.
    pub logs: bool,
}

/// Rows of logsumexp.
#[derive(Clone, Copy)]
pub struct SumGrads<'a> {
    /// The entries.
    pub x: Table,
    /// The results, and their gradients, in the type computed in.
    pub lse: Numbers,
    /// As above.
    pub dlse: Numbers,
    /// Where gradients go.
    pub to: Outputs,
    /// What was done to the scores.
    pub mask: &'a Mask,
    /// Whether a row with nothing above -inf has a gradient of zeros.
    pub empty_zero: bool,
    /// Whether scores are no more than multiplied.
    pub plain: bool,
}

// SAFETY: they are addresses; what they promise was promised for all who hold them.
unsafe impl Sync for Grads<'_> {}
// SAFETY: as above.
unsafe impl Sync for SumGrads<'_> {}

/// Softmax and log-softmax whose scores are no more than multiplied by `scale`.
#[inline(never)]
pub fn plain(grads: &Grads, scale: f64, exec: &Exec) -> Outcome {
    match grads.y.numbers {
        Numbers::F32(y) => plain_of(y, grads, scale, exec),
        Numbers::F64(y) => plain_of(y, grads, scale, exec),
        Numbers::F16(y) => plain_of(y, grads, scale, exec),
        Numbers::Bf16(y) => plain_of(y, grads, scale, exec),
    }
}

fn plain_of<E: Elem>(y: *const E, grads: &Grads, scale: f64, exec: &Exec) -> Outcome {
    let Grads { dy, to, logs, y: Table { stride, rows, cols, .. }, .. } = *grads;
    // SAFETY: the tables vouch for their rows, all of one type.
    let (y, dy, dx) = unsafe {
        let dy = Rows::new(dy.numbers.address().cast::<E>(), dy.stride, rows, cols);
        let dx = RowsMut::new(to.dx.data.cast::<E>(), to.dx.stride / size_of::<E>());
        (Rows::new(y, stride, rows, cols), dy, dx)
    };
    let plan = logs.then(|| Scale::new(1.0).differences());
    (0..rows).for_each(|r| to.dsink.set(r, 0.0));
    over_rows(exec, rows, cols, |start, n| {
        let (y, dy, dx) = (y.part(start, n), dy.part(start, n), dx.part(start));
        E::dispatch(Plain { y, dy, dx, scale, plan });
        Status::LGT_OK
    })
}

/// Softmax and log-softmax, whatever was done to the scores.
pub fn apply(grads: &Grads, exec: &Exec) -> Outcome {
    over_rows(exec, grads.y.rows, grads.y.cols, |start, rows| {
        match grads.y.numbers {
            Numbers::F64(_) => grads.each::<f64>(start, rows),
            _ => grads.each::<f32>(start, rows),
        }
        Status::LGT_OK
    })
}

impl Grads<'_> {
    #[inline(never)]
    fn each<T: Computed>(&self, start: usize, rows: usize) {
        let given = Given::new(self.logs);
        let mut update = Update { given, factor: T::ONE };
        let mut pair = [const { Room::<T>::ZEROS }; 2];
        let mut rooms = [const { Room::<T>::ZEROS }; 3];
        for r in start..start + rows {
            let own = self.mask.row(r);
            let t = self.sums(r, &own, &given, &mut pair);
            update.factor = T::of(own.factor);
            *rooms[2].values() = [T::of(t); PIECE];
            self.to.clear(r, &own, self.y.numbers);
            for at in (0..self.y.cols).step_by(PIECE) {
                let n = PIECE.min(self.y.cols - at);
                let [y, dy, _] = &mut rooms;
                // SAFETY: the tables vouch for their rows.
                unsafe {
                    y.load(self.y.row_numbers(r).from(at), n, 0.0);
                    dy.load(self.dy.row_numbers(r).from(at), n, 0.0);
                }
                let [] = map(&update, &mut rooms, n);
                *pair[0].values() = *rooms[0].values();
                let x = self.x.map(|x| x.row_numbers(r));
                self.to.write(r, &own, (self.y.numbers, x), (at, n), &mut pair);
            }
        }
    }

    /// What is subtracted from every entry's gradient, or from that of its logarithm; the
    /// gradient of the score beside the row is written.
    #[inline(never)]
    fn sums<T: Computed>(
        &self,
        r: usize,
        own: &RowMask,
        given: &Given<T>,
        rooms: &mut [Room<T>; 2],
    ) -> f64 {
        let (mut t, mut total) = (0.0, 0.0);
        for at in (0..self.y.cols).step_by(PIECE) {
            let n = PIECE.min(self.y.cols - at);
            // SAFETY: the tables vouch for their rows.
            unsafe {
                rooms[0].load(self.y.row_numbers(r).from(at), n, 0.0);
                rooms[1].load(self.dy.row_numbers(r).from(at), n, 0.0);
            }
            let [term, share] = map(given, rooms, n);
            t += term;
            total += share;
        }
        let share = self.mask.sink_share.at(r);
        let share = if own.sink == f64::NEG_INFINITY {
            0.0
        } else if share.is_null() {
            if total > 1.0 { 0.0 } else { 1.0 - total }
        } else {
            // SAFETY: there is one for each row.
            unsafe { *share }
        };
        self.to.dsink.set(r, if share == 0.0 { 0.0 } else { -share * t });
        t
    }
}

/// Logsumexp.
pub fn apply_sums(grads: &SumGrads, exec: &Exec) -> Outcome {
    over_rows(exec, grads.x.rows, grads.mask.count, |start, rows| match grads.x.numbers {
        Numbers::F64(_) => grads.each::<f64>(start, rows),
        _ => grads.each::<f32>(start, rows),
    })
}

impl SumGrads<'_> {
    #[inline(never)]
    fn each<T: Computed>(&self, start: usize, rows: usize) -> Status {
        let mut spread = Spread::plain();
        let mut score = Score::<T>::none();
        let mut rooms = [const { Room::<T>::ZEROS }; 4];
        let mut pair = [const { Room::<T>::ZEROS }; 2];
        let mut status = Status::LGT_OK;
        for r in start..start + rows {
            let own = self.mask.row(r);
            score.begin(&own);
            spread.factor = T::of(own.factor);
            if self.plain {
                spread.scale = spread.factor;
            }
            // SAFETY: there is one number a row.
            let (mut lse, mut dlse) = unsafe { (self.lse.get(r), self.dlse.get(r)) };
            let mut spare = f64::NAN;
            if lse == f64::INFINITY {
                spare = 1.0 / self.count(r, &own, &mut score, &mut rooms[0]);
            }
            let apart = if own.sink == f64::INFINITY { spare } else { libm::exp(own.sink - lse) };
            if lse == f64::NEG_INFINITY {
                (lse, dlse) = (0.0, if self.empty_zero { 0.0 } else { f64::NAN });
                status = Status::LGT_EMPTY_ROW;
            }
            let none = own.sink == f64::NEG_INFINITY;
            self.to.dsink.set(r, if none { 0.0 } else { dlse * apart });
            for (room, value) in rooms.iter_mut().skip(1).zip([lse, dlse, spare]) {
                *room.values() = [T::of(value); PIECE];
            }
            self.to.clear(r, &own, self.x.numbers);
            for at in (0..self.mask.count).step_by(PIECE) {
                let n = PIECE.min(self.mask.count - at);
                self.scores(r, &own, (at, n), &mut score, &mut rooms[0]);
                let [] = map(&spread, &mut rooms, n);
                *pair[0].values() = *rooms[0].values();
                let (like, x) = (self.x.numbers, Some(self.x.row_numbers(r)));
                self.to.write(r, &own, (like, x), (at, n), &mut pair);
            }
        }
        status
    }

    /// The `n` scores from place `at` on, or, where they are plain, the entries.
    #[inline(never)]
    fn scores<T: Computed>(
        &self,
        r: usize,
        own: &RowMask,
        (at, n): (usize, usize),
        score: &mut Score<T>,
        room: &mut Room<T>,
    ) {
        if self.plain {
            // SAFETY: the table vouches for its rows.
            return unsafe { room.load(self.x.row_numbers(r).from(at), n, 0.0) };
        }
        let seen = own.end.saturating_sub(at).min(n);
        if seen > 0 {
            // SAFETY: the table and the mask vouch for the row.
            unsafe { score.piece(self.x.row_numbers(r), own, (at, seen), room) };
        }
        room.values().iter_mut().take(n).skip(seen).for_each(|z| *z = T::NEG_INFINITY);
    }

    /// How many scores are +inf, that beside the row included.
    #[inline(never)]
    fn count<T: Computed>(
        &self,
        r: usize,
        own: &RowMask,
        score: &mut Score<T>,
        room: &mut Room<T>,
    ) -> f64 {
        let mut count = usize::from(own.sink == f64::INFINITY);
        for at in (0..self.mask.count).step_by(PIECE) {
            let n = PIECE.min(self.mask.count - at);
            self.scores(r, own, (at, n), score, room);
            count += room.values().iter().take(n).filter(|z| **z == T::INFINITY).count();
        }
        count as f64
    }
}

impl Outputs {
    /// Zeros where columns are picked: those that are not have no gradient.
    #[inline(never)]
    fn clear(&self, r: usize, own: &RowMask, like: Numbers) {
        if own.columns.is_some() {
            // SAFETY: the row has these columns.
            (0..self.cols).for_each(|c| unsafe { like.put(self.dx.row(r), c, 0.0) });
        }
    }

    /// Writes the `n` gradients in the first room, from place `at` on, after what bounds of
    /// scores make of them; columns that are picked more than once have the sum.
    #[inline(never)]
    fn write<T: Computed>(
        &self,
        r: usize,
        own: &RowMask,
        (like, x): (Numbers, Option<Numbers>),
        (at, n): (usize, usize),
        rooms: &mut [Room<T>; 2],
    ) {
        let to = self.dx.row(r);
        if let Some(x) = x.filter(|_| own.cap != 0.0) {
            // SAFETY: the row has these columns.
            unsafe { gather(&mut rooms[1], x, own, at, n) };
            let [] = map(&Slope::new(own.factor, own.cap), rooms, n);
        }
        let Some(columns) = own.columns else {
            // SAFETY: the row has these columns.
            unsafe { rooms[0].store(to.wrapping_add(at * like.size()), like, n) };
            return;
        };
        for (i, d) in rooms[0].values().iter().enumerate().take(n) {
            let c = columns.get(at + i) as usize;
            // SAFETY: as above; the columns were checked.
            unsafe { like.put(to, c, like.at(to).get(c) + d.to_f64()) };
        }
    }
}

/// The `n` entries from place `at` on, as the mask picks them.
///
/// # Safety
/// The row has those columns.
unsafe fn gather<T: Computed>(
    room: &mut Room<T>,
    from: Numbers,
    own: &RowMask,
    at: usize,
    n: usize,
) {
    // SAFETY: the caller vouches for the columns.
    unsafe {
        let Some(columns) = own.columns else { return room.load(from.from(at), n, 0.0) };
        for (i, x) in room.values().iter_mut().enumerate().take(n) {
            *x = T::of(from.get(columns.get(at + i) as usize));
        }
    }
}
