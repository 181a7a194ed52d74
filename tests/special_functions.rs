//! The special functions against values with 60 digits (`values.txt`, made by
//! `values.py` beside it), published tables, and what they are to each other.
//! `--nocapture` prints the largest errors seen.

#[path = "support/worst.rs"]
mod worst;

use logitude::math::{beta, gamma, normal};
use worst::Worst;

const VALUES: &str = include_str!("special_functions/values.txt");

/// The numbers of each line of that name.
fn values(name: &'static str) -> impl Iterator<Item = Vec<f64>> {
    VALUES.lines().filter_map(move |line| {
        let (first, rest) = line.split_once(' ')?;
        (first == name).then(|| rest.split(' ').map(|x| x.parse().unwrap()).collect())
    })
}

fn relative(got: f64, exact: f64) -> f64 {
    if got == exact { 0.0 } else { ((got - exact) / exact).abs() }
}

/// The smaller share by its relative error, the larger likewise.
fn shares(worst: &mut Worst, name: &str, got: (f64, f64), values: &[f64], bound: f64) {
    let place = || format!("{values:?}, got {got:?}");
    let [.., low, high] = values else { panic!("{values:?}") };
    for (got, exact) in [(got.0, *low), (got.1, *high)] {
        // Below that no double is exact.
        if exact > 1e-300 {
            worst.see((name, "all"), relative(got, exact), bound, place);
        } else {
            assert!(got < 2e-300);
        }
    }
}

#[test]
fn incomplete_gamma() {
    let mut worst = Worst::default();
    for v in values("gamma") {
        let got = gamma::both(v[0], v[1]);
        assert_eq!(got, (gamma::lower(v[0], v[1]), gamma::upper(v[0], v[1])));
        // From the larger share the smaller is had by subtraction alone there.
        let bound = if v[0] < 0.5 { 1e-12 } else { 2e-13 };
        shares(&mut worst, if v[0] < 1e4 { "gamma" } else { "gamma large" }, got, &v, bound);
    }
    worst.settle();
}

#[test]
fn incomplete_beta() {
    let mut worst = Worst::default();
    for v in values("beta") {
        let name = if v[0].min(v[1]) < 1e4 { "beta" } else { "beta large" };
        shares(&mut worst, name, beta::both(v[0], v[1], v[2]), &v, 2e-13);
    }
    worst.settle();
}

#[test]
fn normal_distribution() {
    let mut worst = Worst::default();
    for v in values("cdf") {
        let place = || format!("{v:?}");
        worst.see(("cdf", "all"), relative(normal::cdf(v[0]), v[1]), 1e-15, place);
        worst.see(("sf", "all"), relative(normal::sf(-v[0]), v[1]), 1e-15, place);
    }
    for v in values("ln_cdf") {
        let error = (normal::ln_cdf(v[0]) - v[1]).abs() / v[1].abs().max(1.0);
        worst.see(("ln_cdf", "all"), error, 2e-15, || format!("{v:?}"));
    }
    for v in values("quantile") {
        let place = || format!("{v:?}, got {}", normal::quantile(v[0]));
        worst.see(("quantile", "all"), relative(normal::quantile(v[0]), v[1]), 1e-14, place);
        worst.see(("quantile", "all"), relative(normal::upper_quantile(v[0]), -v[1]), 1e-14, place);
    }
    worst.settle();
}

/// The inverse, where the function itself is the judge: at the quantile the share
/// is `p` as nearly as a step of one ulp of the quantile allows.
#[test]
fn inverse_beta() {
    let mut worst = Worst::default();
    let sizes = [0.01, 0.5, 1.0, 2.5, 17.0, 300.5, 9999.0, 1e5, 1e9, 1e12];
    for a in sizes {
        for b in sizes {
            for p in [1e-300, 1e-12, 0.0001, 0.025, 0.3, 0.5, 0.7, 0.975, 0.999999] {
                let (x, y) = beta::quantile(a, b, p);
                let place = || format!("{a:e} {b:e} {p:e}: {x:e} {y:e}");
                assert!((x + y - 1.0).abs() < 1e-15, "{}", place());
                if x < 1e-290 || y < 1e-290 {
                    continue;
                }
                // As I_x(a, b) or from the other side, whichever knows its x.
                let (low, high) = if x < 0.5 {
                    beta::both(a, b, x)
                } else {
                    let (high, low) = beta::both(b, a, y);
                    (low, high)
                };
                let (got, exact) = if p <= 0.5 { (low, p) } else { (high, 1.0 - p) };
                // d ln p / d ln x, of the smaller of x and y, by a difference.
                let h = 1e-6;
                let (near, far) = if x < 0.5 {
                    (beta::both(a, b, x), beta::both(a, b, x * (1.0 + h)))
                } else {
                    (beta::both(b, a, y), beta::both(b, a, y * (1.0 + h)))
                };
                let of = |s: (f64, f64)| if (p <= 0.5) == (x < 0.5) { s.0 } else { s.1 };
                let steep = ((of(far) - of(near)) / (h * exact)).abs();
                let error = relative(got, exact) / steep.max(1.0);
                let bound = if a.min(b) < 0.5 { 1e-12 } else { 1e-13 };
                worst.see(("inverse beta", "all"), error, bound, place);
                assert_eq!((y, x), beta::upper_quantile(b, a, p), "{}", place());
            }
        }
    }
    worst.settle();
}

/// Abramowitz and Stegun, tables 26.1, 26.5, 26.8 and 26.9, as printed.
#[test]
fn published_tables() {
    let close = |got: f64, printed: f64, digits: i32| {
        let half = 0.5 * 10f64.powi(-digits) * (1.0 + 1e-9);
        assert!((got - printed).abs() <= half, "{got}, printed {printed}");
    };
    close(normal::cdf(1.0), 0.841344746068543, 15);
    close(normal::cdf(2.0), 0.977249868051821, 15);
    close(normal::upper_quantile(0.025), 1.95996, 5);
    close(normal::upper_quantile(0.005), 2.57583, 5);
    close(normal::upper_quantile(0.001), 3.09023, 5);
    // The upper five percent of chi-square with 1, 10 and 100 degrees of freedom.
    for (k, x) in [(1.0, 3.84146), (10.0, 18.3070), (100.0, 124.342)] {
        assert!((gamma::upper(k / 2.0, x / 2.0) - 0.05).abs() < 1e-6);
    }
    // Of F with (2, 10) and (10, 10) degrees of freedom.
    for (k, m, f) in [(2.0, 10.0, 4.10), (10.0, 10.0, 2.98)] {
        let (x, _) = beta::upper_quantile(k / 2.0, m / 2.0, 0.05);
        close(x / (1.0 - x) * m / k, f, 2);
    }
}

#[test]
fn closed_forms() {
    for x in [1e-12, 0.003, 0.2, 0.5, 0.77, 0.999] {
        assert!(relative(beta::lower(1.0, 1.0, x), x) < 1e-14);
        assert!(relative(beta::lower(3.0, 1.0, x), x * x * x) < 1e-14);
        let arcsine = x.sqrt().asin() * core::f64::consts::FRAC_2_PI;
        assert!(relative(beta::lower(0.5, 0.5, x), arcsine) < 1e-14);
        assert!(relative(gamma::upper(1.0, x), (-x).exp()) < 1e-14);
        assert!(relative(gamma::lower(1.0, x), -(-x).exp_m1()) < 1e-14);
    }
}

#[test]
fn ends_and_what_is_no_number() {
    let nan = |x: f64| assert!(x.is_nan());
    let (inf, none) = (f64::INFINITY, f64::NAN);
    assert_eq!(gamma::both(3.0, 0.0), (0.0, 1.0));
    assert_eq!(gamma::both(3.0, inf), (1.0, 0.0));
    assert_eq!(gamma::both(1e12, inf), (1.0, 0.0));
    for (a, x) in [(0.0, 1.0), (-1.0, 1.0), (inf, 1.0), (1.0, -1e-9), (none, 1.0), (1.0, none)] {
        nan(gamma::lower(a, x));
        nan(gamma::upper(a, x));
    }
    assert_eq!(beta::both(2.0, 3.0, 0.0), (0.0, 1.0));
    assert_eq!(beta::both(2.0, 3.0, 1.0), (1.0, 0.0));
    assert_eq!(beta::quantile(2.0, 3.0, 0.0), (0.0, 1.0));
    assert_eq!(beta::quantile(2.0, 3.0, 1.0), (1.0, 0.0));
    let bad = [0.0, -1.0, inf, none];
    for v in bad {
        nan(beta::lower(v, 1.0, 0.5));
        nan(beta::lower(1.0, v, 0.5));
        nan(beta::quantile(v, 1.0, 0.5).0);
        nan(beta::quantile(1.0, v, 0.5).1);
    }
    for p in [-1e-9, 1.0 + 1e-9, none, inf] {
        nan(beta::lower(2.0, 2.0, p));
        nan(beta::quantile(2.0, 2.0, p).0);
        nan(normal::quantile(p));
    }
    nan(normal::cdf(none));
    nan(normal::ln_cdf(none));
    assert_eq!((normal::cdf(-inf), normal::cdf(inf)), (0.0, 1.0));
    assert_eq!((normal::quantile(0.0), normal::quantile(1.0)), (-inf, inf));
    assert_eq!((normal::ln_cdf(-inf), normal::ln_cdf(inf)), (-inf, 0.0));
}

/// Whatever is asked, an answer comes, and it is a share.
#[test]
fn any_arguments_are_answered() {
    let sizes =
        [f64::MIN_POSITIVE, 1e-200, 1e-5, 0.3, 1.0, 9999.9, 1e4, 1e7, 1e15, 1e100, f64::MAX];
    let points = [5e-324, 1e-200, 1e-17, 1e-3, 0.5, 0.999, 1.0 - f64::EPSILON / 2.0];
    let share = |p: f64, what: [f64; 3]| assert!((0.0..=1.0).contains(&p), "{what:?}: {p}");
    for a in sizes {
        for x in sizes.into_iter().chain(points) {
            share(gamma::lower(a, x), [a, x, 0.0]);
            share(gamma::upper(a, x), [a, x, 0.0]);
        }
        for b in sizes {
            for x in points {
                share(beta::lower(a, b, x), [a, b, x]);
                share(beta::quantile(a, b, x).0, [a, b, x]);
            }
        }
    }
}
