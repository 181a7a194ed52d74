//! Temperature scaling: one number `T` that divides all logits, fitted to the
//! negative log-likelihood of held-out labels.
//!
//! The fit is a [`TemperatureSearch`] that is given what a [`TemperatureLoss`] finds of
//! the data, until it is done: wherever the data lies, that is the same. Searches of
//! samples of the rows give it so good a start that one look at all rows is enough.

pub use super::temperature_search::{Opts, TemperatureSearch};

use super::temperature_loss::{TemperatureLoss, size};
use crate::metrics::labelled::Labelled;
use crate::simd::{Elem, Real};
use crate::state;
use crate::status::Status;

/// Fits the temperature to rows that passed [`Labelled::check`]. `E_VALUE` if a
/// row's loss is finite at no temperature.
pub fn fit<E: Elem>(data: Labelled<E>, opts: &Opts) -> Result<TemperatureSearch, Status> {
    let start = if opts.start == 0.0 { sample_start(data, opts) } else { opts.start };
    run(&Opts { start, ..*opts }, &mut |found| found.update(data))
}

/// Searches rows that `look` adds.
fn run(
    opts: &Opts,
    look: &mut dyn FnMut(&mut TemperatureLoss),
) -> Result<TemperatureSearch, Status> {
    let mut search = TemperatureSearch::new(opts);
    let mut room = [0u64; size(2) / 8];
    let bytes = room.as_mut_ptr().cast::<u8>();
    while let Some(wanted) = search.wanted() {
        // SAFETY: the room is there for two temperatures, and is of words.
        let found = unsafe {
            state::init::<TemperatureLoss>(bytes, size_of_val(&room), &wanted)?;
            state::view_mut::<TemperatureLoss>(bytes)?
        };
        look(found);
        search.step(found)?;
    }
    Ok(search)
}

/// Rows of a small sample, about, and at most.
const SAMPLE: (usize, usize) = (250, 512);

/// The least number of rows of which samples are taken.
const MANY: usize = 1500;

/// The larger sample is this part of the rows, where that is several times the smaller:
/// then all rows are looked at once, where they would be twice.
const PART: usize = 12;

/// The temperature of a sample, or 1. Which rows are in it is told by what they are, so
/// that their order does not matter.
fn sample_start<E: Elem>(data: Labelled<E>, opts: &Opts) -> f64 {
    let rows = data.rows.rows;
    if rows < MANY || data.rows.cols < 2 {
        return 1.0;
    }
    let mut sample = [0; SAMPLE.1];
    let mut picked = 0;
    for r in (0..rows).filter(|r| is_picked(&data, *r, SAMPLE.0)) {
        let Some(place) = sample.get_mut(picked) else { return 1.0 };
        *place = r;
        picked += 1;
    }
    let sample = sample.get(..picked).unwrap_or(&[]);
    let rough = Opts { max_iter: 12, tol: 1e-3, start: 1.0, ..*opts };
    let Some(start) = found(&rough, &mut |found| {
        found.update_rows(data, &mut sample.iter().copied());
    }) else {
        return 1.0;
    };
    let part = rows / PART;
    if part < 4 * SAMPLE.0 {
        return start;
    }
    let better = found(&Opts { max_iter: 2, start, ..rough }, &mut |found| {
        found.update_rows(data, &mut (0..rows).filter(|r| is_picked(&data, *r, part)));
    });
    better.unwrap_or(start)
}

/// The temperature of a search, if it found one.
fn found(opts: &Opts, look: &mut dyn FnMut(&mut TemperatureLoss)) -> Option<f64> {
    let search = run(opts, look).ok()?;
    (search.status == Status::LGT_OK as i32).then_some(search.temperature)
}

/// Whether a row is in a sample of about so many: by its label's logit and the one beside
/// it.
#[inline(never)]
fn is_picked<E: Elem>(data: &Labelled<E>, r: usize, many: usize) -> bool {
    let Some((label, _)) = data.counted(r) else { return false };
    let beside = if label > 0 { label - 1 } else { 1 };
    // SAFETY: the view vouches for its rows, of at least two columns; `check` for the
    // labels.
    let bits = |at: usize| unsafe { *data.rows.row(r).add(at) }.widen().to_f64().to_bits();
    let mixed = (bits(label) ^ bits(beside).rotate_left(21)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ mixed >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93) >> 40;
    u128::from(mixed) * (data.rows.rows as u128) < (many as u128) << 24
}
