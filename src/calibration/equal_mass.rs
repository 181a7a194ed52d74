//! Bins that hold as many rows each as can be, of which no two part equal scores.
//!
//! Rows of one score are one step. Of `n` rows, `count` bins end where the parts of
//! `numpy.array_split` do, at row `b floor(n / count) + min(b, n mod count)` of those in
//! order; equal scores that this would part all go below it.

use super::bin_map::between;
use crate::curves::ranked::Scored;
use crate::status::Status;

/// The rows of one score.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Step {
    /// The score.
    pub score: f64,
    /// How many rows there are up to and with these.
    pub rows: u64,
    /// The sum of weights of label 1.
    pub hits: f64,
    /// The sum of weights.
    pub weight: f64,
}

/// Words of scratch for `n` scores of so many bytes.
pub fn words(n: usize, score_size: usize, weighted: bool) -> Option<usize> {
    let steps = n.checked_mul(size_of::<Step>() / size_of::<u64>())?;
    crate::curves::ranked::words(n, score_size, weighted)?.checked_add(steps)
}

/// Steps of the rows that count, the lowest score first. `E_VALUE` if one is NaN,
/// otherwise as [`Scored::rank`]. The scratch has [`words`].
pub fn steps<'a>(scored: &Scored, scratch: &'a mut [u64]) -> Result<&'a mut [Step], Status> {
    let (order, room) =
        scratch.split_at_mut_checked(scored.words().unwrap_or(0)).unwrap_or_default();
    let (census, ranked) = scored.rank_unweighed(order)?;
    if census.nan_rows > 0 {
        return Err(Status::LGT_E_VALUE);
    }
    // SAFETY: a step is four words, whatever their bits.
    let (_, steps, _) = unsafe { room.align_to_mut::<Step>() };
    let mut count = 0;
    ranked.each(&mut |group| {
        if let Some(to) = steps.get_mut(count) {
            let (rows, hits) = (group.rows as u64, group.positives);
            *to = Step { score: group.score, rows, hits, weight: hits + group.negatives };
            count += 1;
        }
    });
    let steps = steps.get_mut(..count).unwrap_or_default();
    steps.reverse();
    let mut rows = 0;
    for step in &mut *steps {
        rows += step.rows;
        step.rows = rows;
    }
    Ok(steps)
}

/// How many rows they are.
pub fn rows(steps: &[Step]) -> usize {
    steps.last().map_or(0, |last| last.rows as usize)
}

/// Calls with the first step of each bin that has any, and the one behind its last.
pub fn each_bin(steps: &[Step], count: usize, each: &mut dyn FnMut(usize, usize)) {
    let share = rows(steps).checked_div(count).unwrap_or(0);
    let (more, mut from) = (rows(steps) - share * count, 0);
    for b in 1..=count {
        let to = end(steps, from, b * share + b.min(more));
        if to > from {
            each(from, to);
            from = to;
        }
    }
}

/// How many steps it takes, at least `from`, to have so many rows.
fn end(steps: &[Step], from: usize, rows: usize) -> usize {
    let have = |count: usize| {
        let last = count.checked_sub(1).and_then(|last| steps.get(last));
        last.map_or(0, |step| step.rows as usize)
    };
    let Some(need) = rows.checked_sub(have(from)).filter(|need| *need > 0) else {
        return from;
    };
    // No step is less than a row; so many it takes if no two of these rows are equal.
    let most = (from + need).min(steps.len());
    if have(most) == rows {
        return most;
    }
    let rest = steps.get(from..most).unwrap_or_default();
    from + 1 + rest.partition_point(|step| (step.rows as usize) < rows)
}

/// The edge below this step.
pub fn edge(steps: &[Step], at: usize) -> Option<f64> {
    Some(between(steps.get(at.checked_sub(1)?)?.score, steps.get(at)?.score))
}
