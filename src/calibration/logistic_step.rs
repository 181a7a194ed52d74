//! The step of Newton's method with bounds: the least of a convex quadratic in three
//! parameters over a box. There are few ways in which parameters may stand at their
//! bounds, so all are tried.

use super::logistic_form::dot;

/// How far a parameter may go, down and up.
pub type Ways = [[f64; 2]; 3];

/// Pivots below this share of what stood there are nothing.
const PIVOT: f64 = 1e-14;

/// How a parameter moves.
#[derive(Clone, Copy, PartialEq)]
enum Move {
    Free,
    /// So far.
    By(f64),
}

/// The step for slopes `g` and curvatures `h`, and what it changes of the loss by the
/// quadratic: 0 or less. A parameter that the curvature says nothing of stays.
#[inline(never)]
pub fn step(g: [f64; 3], h: [[f64; 3]; 3], ways: Ways) -> ([f64; 3], f64) {
    let (mut best, mut least) = ([0.0; 3], 0.0);
    let choices = ways.map(|[down, up]| {
        let still = down == 0.0 && up == 0.0;
        [
            if still { Move::By(0.0) } else { Move::Free },
            Move::By(0.0),
            Move::By(down),
            Move::By(up),
        ]
    });
    for first in choices[0] {
        for second in choices[1] {
            for third in choices[2] {
                let Some(step) = solve(g, h, [first, second, third]) else { continue };
                let change = dot(g, step) + 0.5 * dot(step, h.map(|row| dot(row, step)));
                let inside = step.iter().zip(ways).all(|(d, [down, up])| (down..=up).contains(d));
                if inside && change < least {
                    (best, least) = (step, change);
                }
            }
        }
    }
    (best, least)
}

/// Where the slopes by free parameters vanish.
fn solve(g: [f64; 3], h: [[f64; 3]; 3], moves: [Move; 3]) -> Option<[f64; 3]> {
    // A parameter that is not free has an equation of its own.
    let (mut rows, mut right) = (h, g.map(|g| -g));
    let diagonal = [h[0][0], h[1][1], h[2][2]];
    for (i, (row, right)) in rows.iter_mut().zip(&mut right).enumerate() {
        if let Move::By(way) = moves[i] {
            if !way.is_finite() {
                return None;
            }
            *row = [
                f64::from(u8::from(i == 0)),
                f64::from(u8::from(i == 1)),
                f64::from(u8::from(i == 2)),
            ];
            *right = way;
        }
    }
    // The equations of those that are held stand first in the elimination.
    for held in [true, false] {
        for i in 0..3 {
            if (moves[i] != Move::Free) != held {
                continue;
            }
            let (pivot, row, value) = (rows[i][i], rows[i], right[i]);
            if !(held || pivot > PIVOT * diagonal[i]) {
                return None;
            }
            for j in 0..3 {
                let factor = rows[j][i] / pivot;
                if j != i && factor != 0.0 {
                    for (to, from) in rows[j].iter_mut().zip(row) {
                        *to -= factor * from;
                    }
                    rows[j][i] = 0.0;
                    right[j] -= factor * value;
                }
            }
        }
    }
    Some([right[0] / rows[0][0], right[1] / rows[1][1], right[2] / rows[2][2]])
}
