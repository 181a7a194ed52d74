//! Vector-Jacobian products of the transforms of columns, by pieces of rows.

use super::grad_maps::{Given, Spread, Update};
use super::parallel::over_rows;
use crate::rows::moments::{Table, TableMut};
use crate::rows::moments_pass::Computed;
use crate::rows::numbers::Numbers;
use crate::rows::pieces::{PIECE, Room, map};
use crate::rt::exec::Exec;
use crate::status::{Outcome, Status};

/// Columns of softmax or log-softmax.
#[derive(Clone, Copy)]
pub struct Grads {
    /// The results.
    pub y: Table,
    /// Their gradients.
    pub dy: Table,
    /// Where those of the scores go.
    pub dx: TableMut,
    /// What scores were multiplied by.
    pub scale: f64,
    /// Whether results are logarithms.
    pub logs: bool,
}

/// Columns of logsumexp.
#[derive(Clone, Copy)]
pub struct SumGrads {
    /// The entries.
    pub x: Table,
    /// The results, and their gradients, in the type computed in.
    pub lse: Numbers,
    /// As above.
    pub dlse: Numbers,
    /// Where those of the scores go.
    pub dx: TableMut,
    /// What scores were multiplied by.
    pub scale: f64,
    /// Whether a column with nothing above -inf has a gradient of zeros.
    pub empty_zero: bool,
}

// SAFETY: they are addresses; what they promise was promised for all who hold them.
unsafe impl Sync for Grads {}
// SAFETY: as above.
unsafe impl Sync for SumGrads {}

/// Calls `f` with the first column and the number of columns of every strip.
fn strips(exec: &Exec, table: &Table, f: &(dyn Fn(usize, usize) -> Status + Sync)) -> Outcome {
    let Table { rows, cols, .. } = *table;
    over_rows(exec, cols.div_ceil(PIECE), rows.saturating_mul(PIECE), |start, count| {
        (start..start + count)
            .map(|i| i * PIECE)
            .fold(Status::LGT_OK, |status, at| status.or(f(at, PIECE.min(cols - at))))
    })
}

/// Softmax and log-softmax.
pub fn apply(grads: &Grads, exec: &Exec) -> Outcome {
    strips(exec, &grads.y, &|at, n| {
        match grads.y.numbers {
            Numbers::F64(_) => grads.strip::<f64>(at, n),
            _ => grads.strip::<f32>(at, n),
        }
        Status::LGT_OK
    })
}

impl Grads {
    #[inline(never)]
    fn strip<T: Computed>(&self, at: usize, n: usize) {
        let given = Given::new(self.logs);
        let update = Update { given, factor: T::of(self.scale) };
        let mut rooms = [const { Room::<T>::ZEROS }; 4];
        for r in 0..self.y.rows {
            self.load(&mut rooms, r, at, n);
            let [] = map(&given, &mut rooms, n);
        }
        let [y, dy, mut t, mut lost] = rooms;
        for (t, lost) in t.values().iter_mut().zip(lost.values()) {
            *t = T::of(t.to_f64() + lost.to_f64());
        }
        let mut rooms = [y, dy, t];
        for r in 0..self.y.rows {
            self.load(&mut rooms, r, at, n);
            let [] = map(&update, &mut rooms, n);
            let size = self.y.numbers.size();
            // SAFETY: the row has these columns.
            unsafe { rooms[0].store(self.dx.row(r).wrapping_add(at * size), self.y.numbers, n) };
        }
    }

    fn load<T: Computed>(&self, rooms: &mut [Room<T>], r: usize, at: usize, n: usize) {
        let [y, dy, ..] = rooms else { return };
        // SAFETY: the tables vouch for their rows.
        unsafe {
            y.load(self.y.row_numbers(r).from(at), n, 0.0);
            dy.load(self.dy.row_numbers(r).from(at), n, 0.0);
        }
    }
}

/// Logsumexp.
pub fn apply_sums(grads: &SumGrads, exec: &Exec) -> Outcome {
    strips(exec, &grads.x, &|at, n| match grads.x.numbers {
        Numbers::F64(_) => grads.strip::<f64>(at, n),
        _ => grads.strip::<f32>(at, n),
    })
}

impl SumGrads {
    #[inline(never)]
    fn strip<T: Computed>(&self, at: usize, n: usize) -> Status {
        let mut spread = Spread::<T>::plain();
        (spread.scale, spread.factor) = (T::of(self.scale), T::of(self.scale));
        let mut rooms = [const { Room::<T>::ZEROS }; 4];
        let mut status = Status::LGT_OK;
        let [_, lse, dlse, spare] = &mut rooms;
        // SAFETY: there is one number a column.
        unsafe {
            lse.load(self.lse.from(at), n, 0.0);
            dlse.load(self.dlse.from(at), n, 0.0);
        }
        let each = lse.values().iter_mut().zip(dlse.values()).zip(spare.values());
        for (c, ((lse, dlse), spare)) in each.enumerate().take(n) {
            if *lse == T::NEG_INFINITY {
                (*lse, *dlse) = (T::ZERO, if self.empty_zero { T::ZERO } else { T::NAN });
                status = Status::LGT_EMPTY_ROW;
            }
            let infinite = *lse == T::INFINITY;
            *spare = if infinite { T::of(1.0 / self.count(at + c)) } else { T::NAN };
        }
        for r in 0..self.x.rows {
            let numbers = self.x.row_numbers(r).from(at);
            // SAFETY: the table vouches for its rows.
            unsafe { rooms[0].load(numbers, n, 0.0) };
            let [] = map(&spread, &mut rooms, n);
            // SAFETY: the row has these columns.
            unsafe { rooms[0].store(self.dx.row(r).wrapping_add(at * numbers.size()), numbers, n) };
        }
        status
    }

    /// How many entries of a column are +inf.
    #[cold]
    fn count(&self, c: usize) -> f64 {
        // SAFETY: the table vouches for its rows.
        let infinite = |r: &usize| unsafe { self.x.row_numbers(*r).get(c) } == f64::INFINITY;
        (0..self.x.rows).filter(infinite).count() as f64
    }
}
