//! The budget map: the numbers `p` from 0 to 1 nearest to `x` of all that add up to a
//! budget, which are `x - tau`, cut to that range, with the `tau` of which they do.
//!
//! With `k` the budget, rounded up, `tau` is from 1 below the `k`-th largest entry to that
//! entry: so differences from it are what is computed with, however large entries are.

use crate::math::select::select_from;
use crate::rows::moments::{Table, TableMut};
use crate::rows::numbers::Numbers;
use crate::rows::pieces::{PIECE, Room};
use crate::status::Status;

/// Writes the map of every row, for a budget above 0 and up to the columns.
#[inline(never)]
pub fn apply(x: Table, y: TableMut, budget: f64) -> Status {
    let mut status = Status::LGT_OK;
    for r in 0..x.rows {
        let mut row = Row { numbers: x.row_numbers(r), n: x.cols, room: Room::zeros(), from: 0.0 };
        let (map, advisory) = row.map(budget);
        // SAFETY: whoever made the tables vouched for their rows.
        unsafe { row.write(&map, y.row(r)) };
        status = status.or(advisory);
    }
    status
}

struct Row {
    numbers: Numbers,
    n: usize,
    room: Room<f64>,
    /// What entries are counted from.
    from: f64,
}

/// What becomes of an entry.
enum Shape {
    /// `d - tau`, cut.
    Cut(f64),
    /// One number for all above a bound; 0 for the others.
    Above(f64, f64),
    /// NaN.
    Nan,
}

impl Row {
    /// What its entries become, and an advisory.
    fn map(&mut self, budget: f64) -> (Shape, Status) {
        let at = |i: usize| -> f64 {
            // SAFETY: whoever made the tables vouched for their rows.
            unsafe { self.numbers.get(i) }
        };
        let count = |is: &dyn Fn(f64) -> bool| (0..self.n).filter(|i| is(at(*i))).count();
        if count(&f64::is_nan) > 0 {
            return (Shape::Nan, Status::LGT_OK);
        }
        let entries = count(&|x| x > f64::NEG_INFINITY) as f64;
        if entries <= budget {
            return match entries {
                0.0 => (Shape::Nan, Status::LGT_EMPTY_ROW),
                _ if entries < budget => (Shape::Nan, Status::LGT_UNDEFINED),
                _ => (Shape::Above(f64::NEG_INFINITY, 1.0), Status::LGT_OK),
            };
        }
        let infinite = count(&|x| x == f64::INFINITY) as f64;
        if infinite >= budget {
            return (Shape::Above(f64::MAX, budget / infinite), Status::LGT_OK);
        }
        let rank = self.n.saturating_sub(libm::ceil(budget) as usize);
        self.from = select_from(|| (0..self.n).map(at), rank);
        (Shape::Cut(self.threshold(budget)), Status::LGT_OK)
    }

    /// The `tau` of differences: from -1 to 0, by Newton's steps, and by halving where
    /// those lead out of what is known or take long.
    fn threshold(&mut self, budget: f64) -> f64 {
        let (mut low, mut high, mut tau) = (-1.0, 0.0, -0.5);
        let mut last = (-1.0, -1.0);
        for i in 0..200 {
            let [sum, some, all] = self.sums(tau);
            let over = sum - some * tau + all - budget;
            if over > 0.0 {
                low = tau;
            } else {
                high = tau;
            }
            let newton = if some > 0.0 { (sum + all - budget) / some } else { f64::NAN };
            if over == 0.0 {
                break;
            }
            if last == (some, all) {
                tau = newton;
                break;
            }
            let good = (low..=high).contains(&newton) && i % 4 != 3;
            tau = if good { newton } else { 0.5 * (low + high) };
            last = if good { (some, all) } else { (-1.0, -1.0) };
        }
        tau
    }

    /// Of the differences less `tau`: the sum of those from 0 to 1 as they are, how many
    /// they are, and how many are above.
    fn sums(&mut self, tau: f64) -> [f64; 3] {
        let mut all = [0.0; 3];
        for start in (0..self.n).step_by(PIECE) {
            let n = self.load(start);
            for d in self.room.values().iter().take(n) {
                let u = *d - tau;
                let (some, above) = (u > 0.0 && u < 1.0, u >= 1.0);
                let one = |is: bool| if is { 1.0 } else { 0.0 };
                let terms = [if some { *d } else { 0.0 }, one(some), one(above)];
                all.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
            }
        }
        all
    }

    /// Reads the differences from `start` on.
    fn load(&mut self, start: usize) -> usize {
        let n = PIECE.min(self.n - start);
        // SAFETY: whoever made the tables vouched for their rows.
        unsafe { self.room.load(self.numbers.from(start), n, f64::NEG_INFINITY) };
        self.room.values().iter_mut().for_each(|x| *x -= self.from);
        n
    }

    /// Writes what entries become.
    ///
    /// # Safety
    /// `to` must be writable for as many values of the row's type as it has; it may be the
    /// row.
    unsafe fn write(&mut self, map: &Shape, to: *mut u8) {
        for start in (0..self.n).step_by(PIECE) {
            let n = self.load(start);
            for d in self.room.values() {
                *d = match *map {
                    Shape::Cut(tau) => (*d - tau).clamp(0.0, 1.0),
                    Shape::Above(bound, p) => {
                        if *d > bound {
                            p
                        } else {
                            0.0
                        }
                    }
                    Shape::Nan => f64::NAN,
                };
            }
            let to = to.wrapping_add(start * self.numbers.size());
            // SAFETY: the caller vouches for the row.
            unsafe { self.room.store(to, self.numbers, n) };
        }
    }
}
