//! Rows spread over the caller's executor. A row's result depends on that row
//! alone, so how they are spread changes no bit.

use crate::rt::exec::Exec;
use crate::status::{Outcome, Status};
use core::sync::atomic::{AtomicI32, Ordering::Relaxed};

/// Values below which a task is not worth handing over.
const LEAST: usize = 16384;

/// Tasks a worker, so that one which is late does not hold up all.
const SPREAD: usize = 8;

/// Workers for which rows are still divided.
const MOST: usize = 1024;

/// Calls `f` with the first row and the number of rows of each part, and returns
/// the advisory of any.
pub fn over_rows(
    exec: &Exec,
    rows: usize,
    cols: usize,
    f: impl Fn(usize, usize) -> Status + Sync,
) -> Outcome {
    spread(exec, rows, cols, &f)
}

/// As [`over_rows`]; where there are fewer rows than workers, `f` has the executor
/// for what it cuts a row into.
pub fn over_rows_or_within(
    exec: &Exec,
    rows: usize,
    cols: usize,
    f: impl Fn(usize, usize, &Exec) -> Outcome + Sync,
) -> Outcome {
    if rows < exec.workers() {
        return f(0, rows, exec);
    }
    over_rows(exec, rows, cols, |start, rows| {
        f(start, rows, &Exec::SERIAL).unwrap_or_else(|error| error)
    })
}

/// The same, its code there once for all transforms and storage types.
#[inline(never)]
fn spread(
    exec: &Exec,
    rows: usize,
    cols: usize,
    f: &(dyn Fn(usize, usize) -> Status + Sync),
) -> Outcome {
    let worth = LEAST.div_ceil(cols.max(1));
    let each = rows.div_ceil(exec.workers().clamp(1, MOST) * SPREAD).max(worth).max(1);
    if exec.workers() <= 1 || each >= rows {
        return Ok(f(0, rows));
    }
    let advisory = AtomicI32::new(Status::LGT_OK as i32);
    exec.run(rows.div_ceil(each), |i| {
        let start = i * each;
        advisory.fetch_max(f(start, each.min(rows - start)) as i32, Relaxed);
    })?;
    Ok(Status::from_code(advisory.into_inner()).unwrap_or(Status::LGT_OK))
}
