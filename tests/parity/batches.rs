//! Short rows go many at once, and each must come out as if it were alone: beside
//! any others, at any place among them, in any layout.

use crate::level;
use crate::support::dtype::*;
use crate::support::rng::Rng;
use crate::support::values::{self, FAMILIES};
use crate::support::worst::Worst;
use crate::transforms::{Case, Layout, call, check, logsumexp};
use logitude::capi::softmax::{LGT_STORE_CACHED, LGT_STORE_STREAMING};

/// Below, at and above the lanes of every instruction set, and what is still short.
const COLS: [usize; 15] = [1, 2, 3, 4, 7, 9, 10, 16, 17, 31, 33, 64, 100, 128, 129];
const ROWS: [usize; 14] = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 23, 43, 83];

fn mixed<D: Dtype>(rng: &mut Rng, rows: usize, cols: usize) -> Case {
    let rare = rng.below(3);
    let row = |rng: &mut Rng| {
        // Batches without, with some, and with nothing but rows of any family.
        let family = if rng.below(2) < rare { FAMILIES[rng.below(FAMILIES.len())] } else { "wide" };
        values::row::<D>(family, rng, cols)
    };
    let rows = (0..rows).map(|_| row(rng)).collect();
    let scale = [1.0, 0.1, 3.0, 1.0 / 7.0][rng.below(4)];
    let mut case = Case::of("mixed", rows, cols, scale, rng.below(2) == 1);
    case.opts.algorithm = 0;
    case.opts.store = rng.below(3) as u32;
    case
}

/// Mixed batches against the truth.
pub fn correct<D: Dtype>() {
    let mut rng = Rng::new(6);
    let mut worst = Worst::default();
    for cols in COLS {
        for rows in [1, 9, 16, 43] {
            let case = mixed::<D>(&mut rng, rows, cols);
            let at = Layout::random(&mut rng, rows, cols);
            check::<D>(&case, at, true, &mut worst);
        }
    }
    worst.settle();
}

/// Each row of a batch has the bits that it has alone.
pub fn alike<D: Dtype>() {
    let bits = |v: &[f64]| v.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
    let mut rng = Rng::new(7);
    for cols in COLS {
        for rows in ROWS {
            let case = mixed::<D>(&mut rng, rows, cols);
            let layouts = [(); 3].map(|()| Layout::random(&mut rng, rows, cols));
            level::each(|level| {
                for f in [D::SOFTMAX, D::LOG_SOFTMAX] {
                    let outs = layouts.map(|at| call::<D>(f, &case, at, true));
                    for r in 0..rows {
                        let at = Layout::random(&mut rng, 1, cols);
                        let one = call::<D>(f, &case.alone(r), at, true);
                        for out in &outs {
                            assert_eq!(bits(&out.y[r]), bits(&one.y[0]), "{level} {rows} {cols}");
                            assert_eq!(out.lse[r].to_bits(), one.lse[0].to_bits(), "{level}");
                        }
                    }
                }
                let all = logsumexp::<D>(&case);
                let one = |r| logsumexp::<D>(&case.alone(r))[0];
                assert_eq!(bits(&all), bits(&(0..rows).map(one).collect::<Vec<_>>()), "{level}");
            });
        }
    }
}

/// The same of longer rows, whose shares are written while the next row is read,
/// into the cache or past it by whole lines.
pub fn alike_longer<D: Dtype>() {
    let bits = |v: &[f64]| v.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
    let mut rng = Rng::new(8);
    for cols in [257, 512, 1000, 1003, 2049, 4096, 4097, 5003] {
        for rows in [1, 2, 5] {
            let mut case = mixed::<D>(&mut rng, rows, cols);
            let layouts = [(); 4].map(|()| Layout::random(&mut rng, rows, cols));
            level::each(|level| {
                for f in [D::SOFTMAX, D::LOG_SOFTMAX] {
                    for at in layouts {
                        for store in [LGT_STORE_CACHED, LGT_STORE_STREAMING] {
                            case.opts.store = store;
                            let out = call::<D>(f, &case, at, true);
                            for r in 0..rows {
                                let at = Layout::random(&mut rng, 1, cols);
                                let one = call::<D>(f, &case.alone(r), at, true);
                                let same = bits(&out.y[r]) == bits(&one.y[0]);
                                assert!(same, "{level}, {rows} x {cols}, {at:?}, row {r}");
                                assert_eq!(out.lse[r].to_bits(), one.lse[0].to_bits(), "{level}");
                            }
                        }
                    }
                }
            });
        }
    }
}
