//! Sums of exponentials: rows in random shards, summed apart, merged in random
//! trees, and shared out shard by shard, against the softmax of the whole rows.

use crate::level;
use crate::reference::dd::Dd;
use crate::reference::softmax::{self, Row};
use crate::support::bounds::SHARE;
use crate::support::dtype::*;
use crate::support::rng::Rng;
use crate::support::values::{self, FAMILIES};
use crate::support::worst::Worst;
use crate::transforms::bound;
use logitude::capi::extsum::*;
use logitude::capi::softmax::*;
use logitude::status::Status;

/// Rows of one shape, and how they are cut.
struct Case {
    family: String,
    rows: Vec<Vec<f64>>,
    /// Where shards end; the last is the number of columns.
    ends: Vec<usize>,
    opts: lgt_softmax_opts,
    truth: Vec<Row>,
}

impl Case {
    fn new<D: Dtype>(family: &str, rng: &mut Rng, rows: Vec<Vec<f64>>) -> Case {
        let cols = rows.first().map_or(0, Vec::len);
        let mut ends: Vec<usize> = (0..rng.below(5)).map(|_| rng.below(cols + 1)).collect();
        ends.push(cols);
        ends.sort_unstable();
        let (scale, zero) = ([1.0, 1.0, 0.1, 3.0, 1.0 / 7.0][rng.below(5)], rng.below(2) == 1);
        let mut opts = core::mem::MaybeUninit::uninit();
        // SAFETY: the function writes all of it.
        let defaults = unsafe {
            lgt_softmax_opts_default(opts.as_mut_ptr());
            opts.assume_init()
        };
        let opts = lgt_softmax_opts {
            flags: if zero { LGT_SOFTMAX_EMPTY_ZERO } else { 0 },
            scale,
            store: rng.below(3) as u32,
            algorithm: rng.below(4) as u32,
            ..defaults
        };
        let truth = rows.iter().map(|x| softmax::row(x, scale, zero)).collect();
        Case { family: family.to_owned(), rows, ends, opts, truth }
    }

    fn expected(&self) -> Status {
        if self.truth.iter().any(|t| t.empty) { Status::LGT_EMPTY_ROW } else { Status::LGT_OK }
    }

    fn place(&self, r: usize) -> String {
        let row = &self.rows[r];
        let shown = &row[..row.len().min(6)];
        format!("shards to {:?}, scale {:e}, {shown:?}", self.ends, self.opts.scale)
    }

    /// First column and number of columns of each shard.
    fn shards(&self) -> Vec<(usize, usize)> {
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| (start, end - start)).collect()
    }
}

type State = Vec<u64>;

fn fresh(rows: usize) -> State {
    let mut bytes = 0;
    // SAFETY: `bytes` is one number, and the state has as many bytes.
    unsafe {
        assert_eq!(lgt_extsum_size(rows, &raw mut bytes), Status::LGT_OK);
        let mut state = vec![u64::MAX; bytes / 8];
        assert_eq!(lgt_extsum_init(state.as_mut_ptr().cast(), bytes, rows), Status::LGT_OK);
        state
    }
}

/// The sums of all shards, each added to a state of its own or to the one before.
fn summed<D: Dtype>(case: &Case, x: &[D::Store], rng: &mut Rng) -> State {
    let (rows, cols) = (case.rows.len(), case.rows.first().map_or(0, Vec::len));
    let mut states = vec![fresh(rows)];
    let mut shards = case.shards();
    rng.shuffle(&mut shards);
    for (start, n) in shards {
        if rng.below(2) == 0 {
            states.push(fresh(rows));
        }
        let at = states.last_mut().unwrap().as_mut_ptr().cast();
        // SAFETY: the shard is a range of columns of `x`.
        let status = unsafe { D::ADD(at, x.as_ptr().add(start), cols, rows, n, &case.opts) };
        assert_eq!(status, Status::LGT_OK);
    }
    while states.len() > 1 {
        let other = states.swap_remove(rng.below(states.len()));
        let place = rng.below(states.len());
        let at = states[place].as_mut_ptr().cast();
        // SAFETY: both are whole states.
        let status = unsafe { lgt_extsum_merge(at, other.as_ptr().cast()) };
        assert_eq!(status, Status::LGT_OK);
    }
    states.pop().unwrap()
}

/// What is documented of a sum, once for the first of its parts.
fn sum_bound<D: Dtype>(case: &Case) -> f64 {
    (if D::ACC == F64::ACC { 6e-16 } else { 3e-7 }) + 1.2e-16 * case.ends.len() as f64
}

fn check_sums<D: Dtype>(name: &str, case: &Case, state: &State, worst: &mut Worst) {
    let mut lse = vec![7.0; case.rows.len()];
    // SAFETY: one number a row.
    let status = unsafe { lgt_extsum_lse(state.as_ptr().cast(), lse.as_mut_ptr()) };
    assert_eq!(status, case.expected(), "{}", case.family);
    for (r, truth) in case.truth.iter().enumerate() {
        let ulps = F64::STORE.error(lse[r], truth.lse);
        let error = match ulps == 0.0 || ulps.is_infinite() {
            true => ulps,
            false => (Dd::of(lse[r]) - truth.lse).value().abs(),
        };
        let own = 6e-16 * truth.lse.hi.abs().max(1.0);
        let kind = (&*format!("lse {name}"), &*case.family);
        worst.see(kind, error, sum_bound::<D>(case) + own, || case.place(r));
        // The number itself, relative to e^lse, where it is one.
        let word = |i: usize| f64::from_bits(state[2 + 2 * r + i]);
        let (mantissa, exponent) = (word(0), word(1));
        if truth.lse.hi.is_finite() && exponent.abs() < 4e15 {
            const LN_2: Dd = Dd { hi: core::f64::consts::LN_2, lo: 2.3190468138462996e-17 };
            let ratio = Dd::of(mantissa) * (LN_2 * Dd::of(exponent) - truth.lse).exp();
            let error = (ratio - Dd::ONE).value().abs();
            let kind = (&*format!("sum {name}"), &*case.family);
            worst.see(kind, error, sum_bound::<D>(case), || case.place(r));
        }
    }
}

fn check_shares<D: Dtype>(
    name: &str,
    case: &Case,
    (state, x): (&State, &[D::Store]),
    in_place: bool,
    worst: &mut Worst,
) {
    let (rows, cols) = (case.rows.len(), case.rows.first().map_or(0, Vec::len));
    let mut y = if in_place { x.to_vec() } else { vec![D::store(7.0); x.len()] };
    for (start, n) in case.shards() {
        let to = y.as_mut_ptr();
        let from = if in_place { to.cast_const() } else { x.as_ptr() };
        // SAFETY: the shard is a range of columns of both.
        let status = unsafe {
            let (from, to) = (from.add(start), to.add(start));
            D::SHARE(state.as_ptr().cast(), from, cols, to, cols, rows, n, &case.opts)
        };
        assert_eq!(status, case.expected(), "{}", case.family);
    }
    // Sums in double are as exact as the shares, so their roundings show.
    let more = if D::ACC == F64::ACC { 0.5 * case.ends.len() as f64 } else { 0.0 };
    for (r, truth) in case.truth.iter().enumerate() {
        for (c, exact) in truth.shares.iter().enumerate() {
            let error = D::STORE.error(D::value(y[r * cols + c]), *exact);
            let limit = if exact.hi.is_finite() { bound::<D>(SHARE, exact.hi) + more } else { 1.0 };
            worst.see((&format!("shares {name}"), &case.family), error, limit, || case.place(r));
        }
    }
}

fn check<D: Dtype>(case: &Case, rng: &mut Rng, worst: &mut Worst) {
    let x: Vec<D::Store> = case.rows.concat().into_iter().map(D::store).collect();
    let in_place = rng.below(2) == 0;
    level::each(|level| {
        let name = format!("{} {level}", D::NAME);
        let state = summed::<D>(case, &x, rng);
        check_sums::<D>(&name, case, &state, worst);
        check_shares::<D>(&name, case, (&state, &x), in_place, worst);
    });
}

/// Powers past this are documented to count as this.
fn within_range(rows: &[Vec<f64>]) -> bool {
    rows.iter().flatten().all(|x| !x.is_finite() || x.abs() < 1.2e308 / 3.0)
}

/// Every family of rows, lengths 0 to 150 and 1000, and two long ones.
pub fn shards<D: Dtype>() {
    let mut rng = Rng::new(81);
    let mut worst = Worst::default();
    for cols in (0..20).chain((20..=150).step_by(13)).chain([1000]) {
        for family in FAMILIES {
            let count = 1 + rng.below(4);
            let rows: Vec<_> =
                (0..count).map(|_| values::row::<D>(family, &mut rng, cols)).collect();
            if within_range(&rows) {
                check::<D>(&Case::new::<D>(family, &mut rng, rows), &mut rng, &mut worst);
            }
        }
    }
    for family in ["wide", "lost tail"] {
        let rows = vec![values::row::<D>(family, &mut rng, 100_003)];
        check::<D>(&Case::new::<D>(family, &mut rng, rows), &mut rng, &mut worst);
    }
    worst.settle();
}

/// Scores so large that no exponent can be taken out of them directly; the shards
/// may be of different ranges.
pub fn large_scores<D: Dtype>() {
    let mut rng = Rng::new(82);
    let mut worst = Worst::default();
    for base in [2e4, 4.5e4, 4.6e4, 1e5, 1e8, 7.4e8, 7.5e8, 1e10, 1e12, 5e14] {
        for sign in [1.0, -1.0] {
            let far = |v: &f64| D::value(D::store(*v)).is_infinite();
            for cols in [1, 2, 9, 70, 200] {
                let one = |rng: &mut Rng| {
                    let steps = D::ACC.ulp(base) * rng.below(5) as f64;
                    [sign * base + 3.0 * rng.normal(), sign * base + steps, rng.normal()]
                };
                let pick = |rng: &mut Rng| {
                    let kinds = if rng.below(20) == 0 { 3 } else { 2 };
                    let choice = rng.below(kinds);
                    D::value(D::store(one(rng)[choice]))
                };
                let rows: Vec<Vec<f64>> =
                    (0..3).map(|_| (0..cols).map(|_| pick(&mut rng)).collect()).collect();
                if !rows.iter().flatten().any(far) {
                    let family = format!("near {:e}", sign * base);
                    let case = Case::new::<D>(&family, &mut rng, rows);
                    check::<D>(&case, &mut rng, &mut worst);
                }
            }
        }
    }
    worst.settle();
}

fn f64_state(x: &[f64]) -> State {
    let mut state = fresh(1);
    let n = x.len();
    // SAFETY: one row of n values.
    let status = unsafe {
        lgt_extsum_update_f64(state.as_mut_ptr().cast(), x.as_ptr(), n, 1, n, core::ptr::null())
    };
    assert_eq!(status, Status::LGT_OK);
    state
}

/// Worked examples: a row, and the mantissa and exponent of its sum.
pub fn examples() {
    let close = |state: &State, mantissa: f64, exponent: f64| {
        let (m, e) = (f64::from_bits(state[2]), f64::from_bits(state[3]));
        assert!((m - mantissa).abs() < 1e-10 && e == exponent, "({m}, {e})");
    };
    let lse = |state: &State| {
        let mut lse = 0.0;
        // SAFETY: one number.
        let status = unsafe { lgt_extsum_lse(state.as_ptr().cast(), &raw mut lse) };
        assert_eq!(status, Status::LGT_OK);
        lse
    };
    level::each(|_| {
        let (mut a, b) = (f64_state(&[1.0, 2.0]), f64_state(&[300.0, -5.0]));
        close(&a, 1.2634172409, 3.0);
        close(&b, 2.0 * 0.8757022155, 432.0);
        // SAFETY: two states.
        let status = unsafe { lgt_extsum_merge(a.as_mut_ptr().cast(), b.as_ptr().cast()) };
        assert_eq!(status, Status::LGT_OK);
        close(&a, 2.0 * 0.8757022155, 432.0);
        assert!((lse(&a) - 300.0).abs() < 1e-12);
        let state = f64_state(&[1000.0, 1001.0, 1002.0]);
        close(&state, 1.1238753815, 1446.0);
        assert!((lse(&state) - 1002.4076059644).abs() < 1e-10);
        let state = f64_state(&[-1000.0, f64::NEG_INFINITY, -1001.0]);
        assert!((lse(&state) + 999.6867383125).abs() < 1e-10);
    });
}

/// Masks that fill a row, and scores whose whole part is all there is.
pub fn masks() {
    let inf = f64::INFINITY;
    let rows: [(&[f64], &[f64]); 8] = [
        (&[1e8, 1e8 + 8.0], &[0.0003353501304664781, 0.9996646498695336]),
        (&[-1e30, -1e30, -1e30, -1e30], &[0.25; 4]),
        (&[f32::MIN as f64; 4], &[0.25; 4]),
        (&[f64::MIN; 4], &[0.25; 4]),
        (&[f64::MIN, -inf, -1e30, -1e30], &[0.0, 0.0, 0.5, 0.5]),
        (&[1e30, 1e30, -1e30, 5.0], &[0.5, 0.5, 0.0, 0.0]),
        (&[inf, 1e300, inf, -inf], &[0.5, 0.0, 0.5, 0.0]),
        (&[-1e18, -1e17, -inf, -1e17], &[0.0, 0.5, 0.0, 0.5]),
    ];
    level::each(|level| {
        for (x, shares) in rows {
            let (state, mut y, n) = (f64_state(x), x.to_vec(), x.len());
            // SAFETY: one row of n values, in place.
            let status = unsafe {
                let (sums, to) = (state.as_ptr().cast(), y.as_mut_ptr());
                lgt_extsum_scale_f64(sums, to, n, to, n, 1, n, core::ptr::null())
            };
            assert_eq!(status, Status::LGT_OK);
            let near = y.iter().zip(shares).all(|(a, b)| (a - b).abs() <= 4e-16 * b);
            assert!(near, "{level}: {x:?} became {y:?}");
        }
    });
}

/// Entries that were not added: far above the sum, far below, infinite, NaN.
pub fn not_seen<D: Dtype>() {
    let inf = f64::INFINITY;
    level::each(|level| {
        for base in [0.0, 100.0, 3e4] {
            let seen = D::store(base);
            let mut state = fresh(1);
            // SAFETY: one row of one value.
            let status = unsafe {
                D::ADD(state.as_mut_ptr().cast(), &raw const seen, 1, 1, 1, core::ptr::null())
            };
            assert_eq!(status, Status::LGT_OK);
            let base = D::value(seen);
            let x = [base, base + 1e3, -5e4, inf, -inf, f64::NAN].map(D::store);
            let mut y = x;
            // SAFETY: one row of 6 values.
            let status = unsafe {
                let (sums, opts) = (state.as_ptr().cast(), core::ptr::null());
                D::SHARE(sums, x.as_ptr(), 6, y.as_mut_ptr(), 6, 1, 6, opts)
            };
            assert_eq!(status, Status::LGT_OK);
            let y = y.map(D::value);
            let good = y[0] > 0.99
                && y[0] < 1.01
                && y[1] > 65000.0
                && y[2] == 0.0
                && y[3] > 65000.0
                && y[4] == 0.0
                && y[5].is_nan();
            assert!(good, "{} {level}: {y:?}", D::NAME);
        }
    });
}
