//! Rows made to be as wrong as they can: a search that starts from rows that are
//! bad for a sum (one large term and many that it swallows, terms that are all
//! alike) and keeps every change that does not make them better.

use crate::rows::{self, Case, Way};
use crate::support::dtype::F32;
use crate::support::rng::Rng;
use crate::threads::spread;

/// What is to be made wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    Softmax,
    LogSoftmax,
    LogSumExp,
}

pub struct Worst {
    /// In ulp; of a logarithm of a sum as documented.
    pub error: f64,
    pub x: Vec<f32>,
    /// The output.
    pub at: usize,
}

fn error(target: Target, way: &Way, x: &[f32], y: &mut Vec<f32>) -> (f64, usize) {
    let case = Case::<F32>::of(x.to_vec());
    let errors = match target {
        Target::Softmax => rows::softmax_of(way, &case, y, 1),
        Target::LogSoftmax => rows::log_softmax_of(way, &case, y, 1),
        Target::LogSumExp => return (rows::logsumexp_of(&case).lse, 0),
    };
    (errors.ulps.max, errors.ulps.at as usize)
}

/// A score that does harm.
fn value(rng: &mut Rng) -> f32 {
    let ln_2 = core::f64::consts::LN_2;
    (match rng.below(8) {
        // Swallowed by a term of 1, just or just not.
        0..3 => -24.0 * ln_2 + 3.0 * (rng.unit() - 0.5),
        3 => -3.0 * rng.unit(),
        4 => -80.0 * rng.unit(),
        5 => 1e-3 * rng.normal(),
        // Half-way between two steps of a reduction.
        6 => -((rng.below(4000) as f64 + 0.5) / [1.0, 8.0, 32.0][rng.below(3)]) * ln_2 % 90.0,
        _ => 3.0 * rng.normal(),
    }) as f32
}

fn start(rng: &mut Rng) -> Vec<f32> {
    let most = [8, 40, 130, 300][rng.below(4)];
    let n = 1 + rng.below(most);
    let (one, small) = (value(rng), value(rng));
    let mut x: Vec<f32> = match rng.below(4) {
        0 => vec![one; n],
        1 => vec![-16.8; n],
        2 => (0..n).map(|_| small.min(-1.0) + 0.01 * rng.unit() as f32).collect(),
        _ => (0..n).map(|_| value(rng)).collect(),
    };
    x[rng.below(n)] = one.max(-1.0);
    x
}

/// A few ulp up or down.
fn nudge(x: f32, rng: &mut Rng) -> f32 {
    let bits = x.to_bits().wrapping_add((rng.below(65) as u32).wrapping_sub(32));
    let y = f32::from_bits(bits);
    if y.is_nan() || y == f32::INFINITY { x } else { y }
}

fn change(x: &mut Vec<f32>, rng: &mut Rng) {
    let (i, j) = (rng.below(x.len()), rng.below(x.len()));
    let top = (0..x.len()).max_by(|a, b| x[*a].total_cmp(&x[*b])).unwrap();
    match rng.below(10) {
        0 => x[i] = value(rng),
        1 => x[i] = nudge(x[i], rng),
        2 => x[top] = nudge(x[top], rng),
        3 => x[i] = x[j],
        4 => x[i] += (0.2 * rng.normal()) as f32,
        5 => x[top] = x[top].min(10.0) + (0.05 * rng.normal()) as f32,
        6 => x[i] = f32::NEG_INFINITY,
        7 => {
            let by = (0.1 * rng.normal()) as f32;
            x.iter_mut().for_each(|v| *v += by);
        }
        // All that stand in one lane of one way to walk a row.
        8 => {
            let (step, v) = ([4, 8, 16][rng.below(3)], value(rng));
            x.iter_mut().skip(i % step).step_by(step).for_each(|x| *x = v.min(*x));
        }
        _ if rng.below(2) == 0 && x.len() > 1 => drop(x.remove(i)),
        _ => x.insert(i, value(rng)),
    }
    // Nothing finite left, or too long to look at.
    if x.iter().all(|v| *v == f32::NEG_INFINITY) {
        x[0] = 0.0;
    }
    x.truncate(520);
}

/// The worst row of so many searches of so many steps, at the level in use.
pub fn hunt(target: Target, way: &Way, searches: usize, steps: usize) -> Worst {
    let found = spread(searches, |seed| {
        let mut rng = Rng::new(7000 + seed as u64);
        let (mut x, mut y) = (start(&mut rng), vec![]);
        let (mut most, mut at) = error(target, way, &x, &mut y);
        for _ in 0..steps {
            let mut other = x.clone();
            (0..=rng.below(3)).for_each(|_| change(&mut other, &mut rng));
            let (error, place) = error(target, way, &other, &mut y);
            if error >= most || error.is_nan() {
                (x, most, at) = (other, error, place);
            }
        }
        Worst { error: most, x, at }
    });
    found.into_iter().max_by(|a, b| a.error.total_cmp(&b.error)).expect("a search")
}
