//! Sums of exponentials as states: a row in parts, `sum exp(s x)` of each part
//! as `mantissa * 2^exponent`, added up in any order, then the shares.
//!
//! This is the accumulator of the two-pass softmax (M. Dukhan and A. Ablavatski,
//! "The Two-Pass Softmax Algorithm", 2020): no maximum has to be known to add
//! two such numbers, so the parts need not meet before they are summed. Here the
//! exponent is the reference of a whole part, not of each entry.
//!
//! Three ranges, by the power `s x log2(e)` of a part's maximum: up to `DIRECT`
//! the exponent is subtracted from the power; beyond, the maximum is subtracted
//! from `x` and its power split into exponent and factor (`math/exp.rs`); from
//! 2^52 on (masks such as -1e30 that fill a row) no fraction is left to be split
//! off, and an entry is two to its rounded power.

use super::parallel::over_rows_or_within;
use super::recompute::Recompute;
use super::row::{Algorithm, Corner, Opts, RowsPair, settled, write_corner};
use crate::math::exp::Scale;
use crate::math::ext::{Ext, scaled};
use crate::rows::kind::Kind as What;
use crate::rows::view::{Column, Rows, RowsMut};
use crate::simd::{Elem, Real};
use crate::state::{Head, Kind, Params, State};
use crate::status::{Outcome, Status};

/// The sums of a batch of rows; the header's parameter is their number.
#[repr(C)]
pub struct ExtSum {
    head: Head,
    sums: [Ext],
}

// SAFETY: repr(C) of f64s behind a head of 16 bytes.
unsafe impl State for ExtSum {
    const KIND: Kind = Kind::ExtSum;

    fn size(rows: &Params) -> Option<usize> {
        let bytes = size_of::<Head>() as u64 + u64::from(rows.param) * size_of::<Ext>() as u64;
        // The header has 32 bits for it.
        u32::try_from(bytes).ok().and_then(|bytes| usize::try_from(bytes).ok())
    }

    fn at(data: *mut u8, rows: &Params) -> *mut Self {
        core::ptr::slice_from_raw_parts_mut(data, rows.param as usize) as *mut Self
    }

    fn merge(&mut self, other: &Self) {
        self.sums.iter_mut().zip(&other.sums).for_each(|(sum, more)| sum.add(*more));
    }
}

const _: () = assert!(size_of::<Ext>() == 16 && size_of::<Head>() == 16);

/// Where the sums of some rows are.
#[derive(Clone, Copy)]
struct Sums(*mut Ext);

// SAFETY: an address; tasks that share it keep to rows of their own.
unsafe impl Sync for Sums {}

impl Sums {
    /// Those from row `start` on.
    fn part(&self, start: usize) -> Sums {
        Sums(self.0.wrapping_add(start))
    }
}

impl ExtSum {
    /// How many rows it sums.
    pub fn rows(&self) -> usize {
        self.sums.len()
    }

    /// Adds as many rows as it has.
    pub fn update<E: Elem>(&mut self, x: Rows<E>, opts: &Opts) -> Outcome {
        let (scale, sums) = (Scale::new(opts.scale), Sums(self.sums.as_mut_ptr()));
        over_rows_or_within(&opts.exec, x.rows, x.cols, |start, rows, exec| {
            let opts = Opts { exec: *exec, ..*opts };
            add_rows(x.part(start, rows), sums.part(start), &scale, &opts)
        })
    }

    /// Writes the logarithm of each sum.
    pub fn lse(&self, lse: Column<f64>) -> Status {
        let mut status = Status::LGT_OK;
        for (r, sum) in self.sums.iter().enumerate() {
            if sum.mantissa == 0.0 {
                status = Status::LGT_EMPTY_ROW;
            }
            lse.set(r, sum.log());
        }
        status
    }

    /// Writes the shares that entries have of the sums: as many rows as it has.
    pub fn scale<E: Elem>(&self, io: RowsPair<E>, opts: Opts) -> Outcome {
        let (scale, sums) = (Scale::new(opts.scale), Sums(self.sums.as_ptr().cast_mut()));
        let opts = Opts { store: settled::<E>(&io, &opts), ..opts };
        over_rows_or_within(&opts.exec, io.x.rows, io.x.cols, |start, rows, exec| {
            let opts = Opts { exec: *exec, ..opts };
            share_rows(io.part(start, rows), sums.part(start), &scale, &opts)
        })
    }
}

#[inline(never)]
fn add_rows<E: Elem>(x: Rows<E>, sums: Sums, scale: &Scale<E::Acc>, opts: &Opts) -> Outcome {
    for r in 0..x.rows {
        let sum = row_sum(x.part(r, 1), scale, opts)?;
        // SAFETY: each row has a sum, which is this task's alone.
        unsafe { (*sums.0.add(r)).add(sum) };
    }
    Ok(Status::LGT_OK)
}

#[inline(never)]
fn share_rows<E: Elem>(io: RowsPair<E>, sums: Sums, scale: &Scale<E::Acc>, opts: &Opts) -> Outcome {
    let mut status = Status::LGT_OK;
    for r in 0..io.x.rows {
        // SAFETY: each row has a sum.
        let (io, sum) = (io.part(r, 1), unsafe { *sums.0.add(r) });
        match scale.relative_to(sum.exponent) {
            Some((plan, one)) if sum.mantissa > 0.0 => {
                Recompute { io, opts, scale }.share(plan, sum.mantissa * one)?;
            }
            _ => status = status.or(far_shares(&sum, &io, scale, opts)),
        }
    }
    Ok(status)
}

/// The sum of one row.
fn row_sum<E: Elem>(x: Rows<E>, scale: &Scale<E::Acc>, opts: &Opts) -> Result<Ext, Status> {
    let nowhere = core::ptr::null_mut();
    // SAFETY: a sum writes nothing.
    let (y, lse) = unsafe { (RowsMut::new(nowhere, 0), Column::new(core::ptr::null_mut())) };
    let opts = &Opts { algorithm: Algorithm::Auto, ..*opts };
    Ok(match (Recompute { io: RowsPair { x, y, lse }, opts, scale }).sum()? {
        Ok((plan, sum)) => plan.total(sum, scale).unwrap_or_else(|| {
            // SAFETY: the view vouches for its row.
            far_sum(x.cols, &|i| scale.power(unsafe { *x.row(0).add(i) }.widen()))
        }),
        Err(What::Infinite(count)) => Ext { mantissa: count, exponent: f64::INFINITY },
        Err(What::Empty) => Ext::ZERO,
        Err(_) => Ext::NAN,
    })
}

/// The sum of `n` entries, given their powers, of which the highest is far out.
#[cold]
#[inline(never)]
fn far_sum(n: usize, power: &dyn Fn(usize) -> f64) -> Ext {
    let highest = (0..n).map(power).fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for i in 0..n {
        sum += far_share(1.0, power(i), highest);
    }
    Ext::new(sum, highest)
}

/// `2^power`, relative to `2^exponent` and times `one`.
fn far_share(one: f64, power: f64, exponent: f64) -> f64 {
    if power.is_nan() { power } else { scaled(one, power, exponent) }
}

/// The shares of a sum that is nothing, NaN, infinite or far out. Returns an
/// advisory.
#[cold]
#[inline(never)]
fn far_shares<E: Elem>(sum: &Ext, io: &RowsPair<E>, scale: &Scale<E::Acc>, opts: &Opts) -> Status {
    let (x, y, n) = (io.x.row(0), io.y.row(0), io.x.cols);
    let kind = if sum.mantissa == 0.0 {
        What::Empty
    } else if sum.mantissa.is_nan() || sum.exponent.is_nan() {
        What::Nan
    } else if sum.exponent == f64::INFINITY {
        What::Infinite(sum.mantissa)
    } else {
        for i in 0..n {
            // SAFETY: the views vouch for their rows.
            unsafe {
                let power = scale.power((*x.add(i)).widen());
                let share = far_share(1.0 / sum.mantissa, power, sum.exponent);
                *y.add(i) = E::narrow(E::Acc::of(share));
            }
        }
        return Status::LGT_OK;
    };
    // SAFETY: as above.
    unsafe { write_corner(&kind, &Corner::shares(), opts, (x, y, n)).1 }
}
