//! How far the entries of a row are below its maximum, and what is written in their
//! place: of the candidates where those are listed, else of the whole row, by pieces.

use super::candidates::List;
use crate::rows::numbers::Numbers;
use crate::rows::pieces::{PIECE, Room};

/// Differences of a row whose maximum is finite.
pub struct Differences<'a> {
    /// The candidates among them.
    pub list: &'a mut List,
    /// The row.
    pub row: Numbers,
    /// Its entries.
    pub n: usize,
    /// Its maximum.
    pub max: f64,
}

/// A piece, and how many differences are in it; -inf stands behind them.
pub type Piece<'a> = (&'a mut [Room<f64>; 1], usize);

impl Differences<'_> {
    /// Calls `f` with every piece.
    #[inline(never)]
    pub fn each(&mut self, f: &mut dyn FnMut(Piece)) {
        if self.list.is_whole() {
            return f((&mut self.list.room, self.list.len));
        }
        for start in (0..self.n).step_by(PIECE) {
            let n = self.load(start);
            f((&mut self.list.room, n));
        }
    }

    /// Calls `f` with every piece, whose differences it turns into what is written to the
    /// row at `to`, if anywhere. Entries that are not listed become 0, and a list is of no
    /// use any more.
    ///
    /// # Safety
    /// `to` must be writable for as many values as the row has; it may be the row.
    #[inline(never)]
    pub unsafe fn replace(&mut self, to: Option<*mut u8>, f: &mut dyn FnMut(Piece)) {
        if self.list.is_whole() {
            f((&mut self.list.room, self.list.len));
            if let Some(to) = to {
                // SAFETY: the caller vouches for the row; of every type 0 is no bit at all.
                unsafe {
                    to.write_bytes(0, self.n * self.row.size());
                    self.scatter(to);
                }
            }
            return;
        }
        for start in (0..self.n).step_by(PIECE) {
            let n = self.load(start);
            f((&mut self.list.room, n));
            if let Some(to) = to {
                let to = to.wrapping_add(start * self.row.size());
                let [room] = &self.list.room;
                // SAFETY: the caller vouches for the row.
                unsafe { room.store(to, self.row, n) };
            }
        }
    }

    /// Reads the piece from `start` on.
    fn load(&mut self, start: usize) -> usize {
        let n = PIECE.min(self.n - start);
        let [room] = &mut self.list.room;
        // SAFETY: whoever made these vouched for the row.
        unsafe { room.load(self.row.from(start), n, f64::NEG_INFINITY) };
        room.values().iter_mut().for_each(|x| *x -= self.max);
        n
    }

    /// Writes what is listed to its places.
    ///
    /// # Safety
    /// As [`replace`](Self::replace).
    unsafe fn scatter(&mut self, to: *mut u8) {
        let List { places, room: [room], len } = &mut *self.list;
        let listed = places.iter().zip(room.values().iter()).take(*len);
        // SAFETY: the caller vouches for the row, in which the places are.
        listed.for_each(|(i, x)| unsafe { self.row.put(to, *i, *x) });
    }
}
