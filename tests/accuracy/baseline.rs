//! What most code does: subtract the maximum, `expf`, a sum in f32, a division.

use crate::page::Table;
use crate::rows::{self, Case, Errors, Way};
use crate::support::dtype::F32;
use crate::support::level;
use crate::support::rng::Rng;

fn three_loops(x: &[f32], y: &mut [f32]) {
    let max = x.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for (x, y) in x.iter().zip(y.iter_mut()) {
        *y = (x - max).exp();
        sum += *y;
    }
    y.iter_mut().for_each(|y| *y /= sum);
}

/// Both ways on the same rows, normal(0, 3), of each length.
pub fn measure(lengths: &[usize], way: &Way) -> Table {
    let mut table =
        Table::new(&["columns", "three loops: max ulp", "median", "here: max ulp", "median"]);
    for n in lengths {
        // Short rows are many.
        let (mut by_loops, mut here, mut y) = (Errors::new(), Errors::new(), vec![]);
        for seed in 0..(100_000 / n).max(1) {
            let case = Case::<F32>::new("normal(0, 3)", &mut Rng::new((n + seed) as u64), *n);
            y.resize(*n, 0.0);
            three_loops(&case.x, &mut y);
            by_loops.merge(&rows::outputs(&case, &y, false, rows::stride(*n)));
            here.merge(&level::best(|| rows::softmax_of(way, &case, &mut y, rows::stride(*n))));
        }
        let cells =
            [&by_loops.ulps, &here.ulps].map(|t| [t.max, t.median()].map(crate::tally::short));
        table.row(&[&[n.to_string()][..], &cells.concat()].concat());
    }
    table
}
