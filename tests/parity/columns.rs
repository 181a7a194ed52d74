//! Correlations of ranks against a look at all pairs of rows, at every level.

use crate::reference::columns as exact;
use crate::support::bounds::*;
use crate::support::level;
use crate::support::noted;
use crate::support::rng::Rng;
use logitude::correlation::columns::{self, Columns};
use logitude::correlation::weighted_tau::{self, Ranking};
use logitude::correlation::{concordance_index, kendall, somers, spearman, xi};
use logitude::rows::numbers::Numbers;

type Rows = Vec<(f64, f64)>;

/// Numbers of few or many values, ends of the range and both zeros among them.
fn rows(rng: &mut Rng, n: usize, kind: usize) -> Rows {
    let one = |rng: &mut Rng| match kind {
        0 => rng.normal(),
        1 => (rng.normal() * 2.0).round(),
        2 => [0.0, -0.0, 1.0, f64::INFINITY, f64::NEG_INFINITY, 5e-324][rng.below(6)],
        // Apart only in their last bits.
        _ => 1.0 + rng.below(300) as f64 * f64::EPSILON,
    };
    (0..n)
        .map(|_| {
            let x = one(rng);
            (x, if rng.below(3) == 0 { -x } else { one(rng) })
        })
        .collect()
}

fn for_all(check: impl Fn(&Rows, &Columns, &mut [u64])) {
    level::each(|_| {
        let mut rng = Rng::new(911);
        for n in [2, 3, 7, 15, 16, 17, 31, 33, 48, 64, 65, 130, 400] {
            for kind in 0..4 {
                let mut rows = rows(&mut rng, n, kind);
                if rng.below(5) == 0 {
                    rows.sort_by(|a, b| a.partial_cmp(b).unwrap());
                }
                let (x, y): (Vec<f64>, Vec<f64>) = rows.iter().copied().unzip();
                let columns =
                    Columns { x: Numbers::F64(x.as_ptr()), y: Numbers::F64(y.as_ptr()), n };
                let mut scratch = vec![0xa5a5_a5a5_a5a5_a5a5; 3 * n + 3];
                check(&rows, &columns, &mut scratch);
            }
        }
    });
}

fn close(got: f64, exact: f64, bound: f64) -> bool {
    noted::close(got, exact, bound, 1.0)
}

#[test]
fn pairs_of_rows() {
    for_all(|rows, columns, scratch| {
        let words = columns::words(columns.n).unwrap();
        let (got, of_all) = (kendall::apply(columns, &mut scratch[..words]), exact::pairs(rows));
        let found = exact::Pairs {
            concordant: got.concordant,
            discordant: got.discordant,
            ties_x: got.ties_x,
            ties_y: got.ties_y,
            ties_both: got.ties_both,
        };
        assert_eq!(found, of_all, "{rows:?}");
        let more = got.concordant as f64 - got.discordant as f64;
        let all = kendall::pairs(columns.n as u64);
        let (of_x, of_y) = ((all - got.ties_x) as f64, (all - got.ties_y) as f64);
        assert!(close(got.tau_b, more / (of_x * of_y).sqrt(), 2.0 * RANK_CORRELATION));
        let d = somers::apply(columns, &mut scratch[..words]);
        assert_eq!((d.concordant, d.discordant), (got.concordant, got.discordant));
        if of_x * of_y > 0.0 {
            assert!(d.d_yx == more / of_x && d.d_xy == more / of_y);
            let spread = exact::squares(rows) - (2.0 * more).powi(2) / columns.n as f64;
            assert!(
                (d.z * d.z * spread - more * more).abs() <= 1e-9 * more * more || spread < 1e-6
            );
        } else {
            assert!(d.d_yx.is_nan() && got.tau_b.is_nan());
        }
        let c = concordance_index::apply(columns, None, &mut scratch[..words]);
        assert_eq!((c.concordant, c.discordant), (got.concordant, got.discordant));
        assert_eq!(c.ties_x, got.ties_x - got.ties_both);
    });
}

#[test]
fn ranks() {
    for_all(|rows, columns, scratch| {
        let words = columns::words(columns.n).unwrap();
        let r = spearman::apply(columns, 0.9, &mut scratch[..words]).r;
        assert!(close(r, exact::spearman(rows), 2.0 * RANK_CORRELATION), "{rows:?}");
        let found = xi::apply(columns, false, false, &mut scratch[..words]).xi;
        let xi = exact::xi(rows);
        assert!(close(found, xi, XI[0]) || !xi.is_finite(), "{found} {xi} {rows:?}");
    });
}

#[test]
fn weighted_pairs() {
    for_all(|rows, columns, scratch| {
        let words = weighted_tau::words(columns.n).unwrap();
        let turned: Rows = rows.iter().map(|r| (r.1, r.0)).collect();
        let given: Vec<usize> = (0..rows.len()).collect();
        let scratch = &mut scratch.to_vec();
        scratch.resize(words, 7);
        for product in [false, true] {
            let got = weighted_tau::apply(columns, Ranking::Given, product, scratch);
            // The reference is rounded at every pair.
            let bound = 10.0 * WEIGHTED_TAU[0];
            assert!(close(got.tau, exact::weighted_tau(rows, &given, product), bound), "{rows:?}");
            let got = weighted_tau::apply(columns, Ranking::Both, product, scratch);
            let x = exact::weighted_tau(rows, &exact::falling(rows), product);
            let y = exact::weighted_tau(&turned, &exact::falling(&turned), product);
            assert!(close(got.tau_x, x, bound) && close(got.tau_y, y, bound), "{rows:?}");
        }
    });
}
