//! The order statistics of numbers that are not sorted, without any memory: the
//! number of a rank is found eight bits at a time, by counting.

use super::sort::{key, value};

/// The number of rank `rank`, the least being of rank 0; NaN is not counted and has
/// no rank. NaN if there are too few.
pub fn select(values: &[f64], rank: usize) -> f64 {
    select_from(|| numbers(values), rank)
}

/// The same of numbers none of which is NaN, wherever they come from.
pub fn select_from<I: Iterator<Item = f64>>(numbers: impl Fn() -> I, rank: usize) -> f64 {
    let (mut known, mut rank) = (0u64, rank);
    for shift in (0..u64::BITS).step_by(8).rev() {
        // Those whose higher digits are the ones found so far.
        let above = |key: u64| key.checked_shr(shift + 8).unwrap_or(0);
        let mut counts = [0usize; 256];
        for key in numbers().map(key).filter(|key| above(*key) == above(known)) {
            counts[(key >> shift) as usize & 255] += 1;
        }
        let mut digit = 0;
        for (d, count) in counts.iter().enumerate() {
            digit = d;
            if rank < *count {
                break;
            }
            rank -= count;
            if d == 255 {
                return f64::NAN;
            }
        }
        known |= (digit as u64) << shift;
    }
    value(known)
}

/// Those that are not NaN.
pub fn numbers(values: &[f64]) -> impl Iterator<Item = f64> + use<'_> {
    values.iter().copied().filter(|x| !x.is_nan())
}

/// The quantile of a share from 0 to 1 among `count` numbers, not counting NaN:
/// between the two ranks next to `share (count - 1)`, in proportion, as numpy's
/// `quantile` has it (but next to an infinity it is infinite). NaN if there are none.
pub fn quantile(values: &[f64], count: usize, share: f64) -> f64 {
    let place = share * count.saturating_sub(1) as f64;
    let rank = place as usize;
    let (low, part) = (select(values, rank), place - rank as f64);
    if part <= 0.0 {
        return low;
    }
    let high = select(values, rank + 1);
    if low == high {
        low
    } else if low.is_infinite() || high.is_infinite() {
        (1.0 - part) * low + part * high
    } else if part < 0.5 {
        low + (high - low) * part
    } else {
        high - (high - low) * (1.0 - part)
    }
}
