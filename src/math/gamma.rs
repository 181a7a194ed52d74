//! The incomplete gamma function: `P(a, x)` and `Q(a, x) = 1 - P`.
//!
//! All of it hangs on the density `D = x^a e^-x / Gamma(a)`, whose factors are
//! huge where it is not. With `u = x / a - 1` it is
//! `sqrt(a / 2 pi) exp(a (ln(1 + u) - u) - stirling(a))`, whose exponent has no
//! large terms to cancel. Below the mean `P` is a power series over `D`, above
//! it `Q` is a continued fraction; both take about `sqrt(a)` steps near the
//! mean, so that large `a` is left to quadrature (`tail`).
//!
//! DLMF 8.7.1 and 8.9.2; the form of `D` after C. Loader, "Fast and Accurate
//! Computation of Binomial Probabilities" (2000).

use super::tail::{self, Tail};

/// From here on quadrature is quicker.
const LARGE: f64 = 1e4;
/// More steps than series and fraction take for `a` below [`LARGE`].
const STEPS: usize = 5000;
/// Where a sum has settled.
const SETTLED: f64 = 1e-16;

/// `1 / sqrt(2 pi)`.
pub const ONE_BY_SQRT_TWO_PI: f64 = 0.3989422804014327;

/// `ln Gamma(a) - (a - 1/2) ln a + a - ln(2 pi) / 2` for `a > 0`: what Stirling's
/// formula leaves out. Absolute error about 1e-15.
pub fn stirling(a: f64) -> f64 {
    // B_2k / (2k (2k - 1)), DLMF 5.11.1.
    const TERMS: [f64; 8] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360360.0,
        1.0 / 156.0,
        -3617.0 / 122400.0,
    ];
    let (mut a, mut passed) = (a, 0.0);
    // Gamma(a + 1) = a Gamma(a), until the series is good: at most ten times.
    while a < 10.0 {
        passed += (a + 0.5) * (libm::log1p(a) - libm::log(a)) - 1.0;
        a += 1.0;
    }
    let (by, square) = (1.0 / a, 1.0 / (a * a));
    passed + by * TERMS.iter().rev().fold(0.0, |sum, term| sum * square + term)
}

/// `ln(1 + u) - u`, where `ratio` is `1 + u`, known better than by adding.
pub fn log_less_linear(u: f64, ratio: f64) -> f64 {
    if !(-0.4..=0.6).contains(&u) {
        return libm::log(ratio) - u;
    }
    // ln(1 + u) = 2 atanh(r) for r = u / (2 + u), and 2 r = u - u r.
    let r = u / (2.0 + u);
    let square = r * r;
    let series = (1..=16).rev().fold(0.0, |sum, k| sum * square + 1.0 / f64::from(2 * k + 1));
    2.0 * r * square * series - r * u
}

/// `P(a, x)`, the share of a gamma distribution of shape `a` below `x`. NaN
/// unless `a` is positive and finite and `x >= 0`.
pub fn lower(a: f64, x: f64) -> f64 {
    both(a, x).0
}

/// `Q(a, x) = 1 - P(a, x)`; with `a = k / 2`, half of chi-square, the upper tail
/// of chi-square with `k` degrees of freedom.
pub fn upper(a: f64, x: f64) -> f64 {
    both(a, x).1
}

/// `P` and `Q`. For `a` from 1/2 on the smaller has a relative error of at most
/// 1e-13 down to 1e-300; for smaller `a` a small `Q` has fewer digits.
pub fn both(a: f64, x: f64) -> (f64, f64) {
    if !(a > 0.0 && a < f64::INFINITY && x >= 0.0) {
        return (f64::NAN, f64::NAN);
    }
    if x == 0.0 {
        return (0.0, 1.0);
    }
    if x == f64::INFINITY {
        return (1.0, 0.0);
    }
    let small = |ratio: f64| (density(a, x) * ratio).min(1.0);
    let below = if a >= LARGE { x < a } else { x < a + 1.0 };
    let p = match (a >= LARGE, below) {
        (true, _) => small(tail::ratio(&Gamma { a }, x - a)),
        (false, true) => small(series(a, x) / a),
        (false, false) => small(1.0 / fraction(a, x)),
    };
    if below { (p, 1.0 - p) } else { (1.0 - p, p) }
}

/// `x^a e^-x / Gamma(a)`.
fn density(a: f64, x: f64) -> f64 {
    let exponent = a * log_less_linear((x - a) / a, x / a) - stirling(a);
    libm::sqrt(a) * ONE_BY_SQRT_TWO_PI * libm::exp(exponent)
}

/// `1 + x / (a + 1) + x^2 / (a + 1)(a + 2) + ..`.
fn series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for n in 1..=STEPS {
        term *= x / (a + n as f64);
        sum += term;
        if term <= SETTLED * sum {
            break;
        }
    }
    sum
}

/// `x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / ..)`.
fn fraction(a: f64, x: f64) -> f64 {
    let mut lentz = Lentz::new(x + 1.0 - a);
    for n in 1..=STEPS {
        let n = n as f64;
        if lentz.step(n * (a - n), x + 2.0 * n + 1.0 - a) {
            break;
        }
    }
    lentz.value
}

/// A continued fraction from the front: `b0 + a1 / (b1 + a2 / (b2 + ..))`, by the
/// quotients of successive numerators and denominators (Lentz).
pub struct Lentz {
    /// The fraction so far.
    pub value: f64,
    numerator: f64,
    denominator: f64,
}

impl Lentz {
    /// Stands in for a quotient of 0.
    const TINY: f64 = 1e-300;

    fn not_zero(x: f64) -> f64 {
        if x == 0.0 { Self::TINY } else { x }
    }

    /// The fraction that is `b0`.
    pub fn new(b0: f64) -> Lentz {
        let b0 = Self::not_zero(b0);
        Lentz { value: b0, numerator: b0, denominator: 0.0 }
    }

    /// One more `a / (b + ..)`; whether the value has settled.
    pub fn step(&mut self, a: f64, b: f64) -> bool {
        self.denominator = 1.0 / Self::not_zero(b + a * self.denominator);
        self.numerator = Self::not_zero(b + a / self.numerator);
        let factor = self.numerator * self.denominator;
        self.value *= factor;
        // A NaN has settled too.
        (factor - 1.0).abs() <= f64::EPSILON || factor.is_nan()
    }
}

/// The density of a large `a` around its mean.
struct Gamma {
    a: f64,
}

impl Tail for Gamma {
    fn exponent(&self, d: f64) -> f64 {
        self.a * log_less_linear(d / self.a, (self.a + d) / self.a)
    }

    fn factor(&self, d: f64) -> f64 {
        1.0 / (self.a + d)
    }

    fn slope(&self, d: f64) -> f64 {
        d / (self.a + d)
    }

    fn curvature(&self, d: f64) -> f64 {
        self.a / ((self.a + d) * (self.a + d))
    }

    fn room(&self, d: f64) -> f64 {
        if d < 0.0 { self.a + d } else { f64::INFINITY }
    }
}
