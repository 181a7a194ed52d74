//! Laws of the sums of exponentials: those of addition, but for last bits.

use crate::merge_any;
use crate::support::dtype::*;
use crate::support::family::{Family, State};
use crate::support::level;
use crate::support::rng::Rng;
use crate::support::values::{self, FAMILIES};
use logitude::capi::extsum::*;
use logitude::status::Status;

const ROWS: usize = FAMILIES.len();
const SUMS: Family = Family::ExtSum { rows: ROWS };

/// A sum of each family of rows, of `cols` columns.
fn seen<D: Dtype>(rng: &mut Rng, cols: usize) -> State {
    let row = |family: &&str| values::row::<D>(family, rng, cols);
    let x: Vec<D::Store> = FAMILIES.iter().flat_map(row).map(D::store).collect();
    let mut state = SUMS.start();
    // SAFETY: `x` holds all rows.
    let status = unsafe {
        D::ADD(state.as_mut_ptr().cast(), x.as_ptr(), cols, ROWS, cols, core::ptr::null())
    };
    assert_eq!(status, Status::LGT_OK);
    state
}

fn sum(a: &State, b: &State) -> State {
    let mut both = a.clone();
    assert_eq!(SUMS.merge(&mut both, b), Status::LGT_OK);
    both
}

/// Mantissa and exponent of each row.
fn pairs(state: &State) -> impl Iterator<Item = (f64, f64)> {
    state[2..].chunks_exact(2).map(|pair| (f64::from_bits(pair[0]), f64::from_bits(pair[1])))
}

/// Whether two states differ in nothing but how their mantissas were rounded.
fn alike(a: &State, b: &State, roundings: f64) -> bool {
    a[..2] == b[..2]
        && pairs(a).zip(pairs(b)).all(|((m, e), (n, f))| {
            // Neighbouring forms of one number: 2 - tiny, and 1 of the next power.
            let n = if e == f { n } else { n * (f - e).exp2() };
            m.is_nan() && n.is_nan() || (m - n).abs() <= roundings * f64::EPSILON * m
        })
}

/// Each number has one form.
fn canonical(state: &State) -> bool {
    pairs(state).all(|(m, e)| {
        let nan = m.to_bits() == f64::NAN.to_bits() && e == 0.0;
        let count = m >= 1.0 && m.fract() == 0.0 && e == f64::INFINITY;
        let far = m >= 1.0 && e.abs() >= 2f64.powi(52) && e.is_finite();
        let nothing = m.to_bits() == 0 && e.to_bits() == 0;
        nan || count || far || nothing || (1.0..2.0).contains(&m) && e.fract() == 0.0
    })
}

fn laws<D: Dtype>() {
    level::each(|level| {
        let mut rng = Rng::new(71);
        for cols in (1..40).chain([100, 1000]) {
            let [a, b, c] = [(); 3].map(|()| seen::<D>(&mut rng, cols));
            let place = format!("{} {level}, {cols} columns", D::NAME);
            let nothing = SUMS.start();
            assert!(sum(&a, &nothing) == a && sum(&nothing, &a) == a, "{place}");
            assert!(sum(&a, &b) == sum(&b, &a), "{place}");
            let (left, right) = (sum(&sum(&a, &b), &c), sum(&a, &sum(&b, &c)));
            assert!(alike(&left, &right, 2.0), "{place}");
            for state in [&a, &b, &c, &left, &right] {
                assert!(canonical(state), "{place}: {:?}", pairs(state).collect::<Vec<_>>());
            }
            let mut any = a.clone();
            assert_eq!(merge_any(&mut any, &b), Status::LGT_OK);
            assert!(any == sum(&a, &b), "{place}");
        }
    });
}

#[test]
fn sums_add_up() {
    laws::<F32>();
    laws::<F64>();
    laws::<F16>();
    laws::<Bf16>();
}

/// NaN swallows infinity, infinities are counted, and they swallow the rest.
#[test]
fn what_swallows_what() {
    let (inf, nan) = (f64::INFINITY, f64::NAN);
    let rows = [
        ([inf, inf, 3.0], [1.0, inf, 2.0], (3.0, inf)),
        ([inf, 0.0, 0.0], [-inf, 5.0, -1e30], (1.0, inf)),
        ([nan, 1.0, 2.0], [inf, inf, inf], (nan, 0.0)),
        ([0.0, nan, inf], [-inf, -inf, -inf], (nan, 0.0)),
        ([-inf, -inf, -inf], [-inf, -inf, -inf], (0.0, 0.0)),
        ([-inf, 0.0, -inf], [-1e30, -inf, -1e18], (1.0, 0.0)),
    ];
    let n = rows.len();
    let state = |x: Vec<f64>| {
        let mut state = Family::ExtSum { rows: n }.start();
        // SAFETY: `x` holds n rows of 3.
        let status = unsafe {
            let at = state.as_mut_ptr().cast();
            lgt_extsum_update_f64(at, x.as_ptr(), 3, n, 3, core::ptr::null())
        };
        assert_eq!(status, Status::LGT_OK);
        state
    };
    let a = state(rows.iter().flat_map(|row| row.0).collect());
    let b = state(rows.iter().flat_map(|row| row.1).collect());
    for both in [sum(&a, &b), sum(&b, &a)] {
        let found: Vec<_> = pairs(&both).map(|(m, e)| (m.to_bits(), e)).collect();
        let expected = rows.map(|row| (row.2.0.to_bits(), row.2.1));
        assert_eq!(found, expected);
    }
}

/// Another number of rows than the state's.
#[test]
fn other_shapes_are_refused() {
    let mut state = seen::<F32>(&mut Rng::new(72), 3);
    let before = state.clone();
    let mut x = vec![1f32; 3 * (ROWS + 1)];
    let at = x.as_mut_ptr();
    for rows in [0, 1, ROWS - 1, ROWS + 1, usize::MAX] {
        // SAFETY: refused before the array is looked at.
        unsafe {
            let (state, opts) = (state.as_mut_ptr().cast(), core::ptr::null());
            assert_eq!(lgt_extsum_update_f32(state, at, 3, rows, 3, opts), Status::LGT_E_SHAPE);
            let status = lgt_extsum_scale_f32(state, at, 3, at, 3, rows, 3, opts);
            assert_eq!(status, Status::LGT_E_SHAPE);
        }
    }
    assert!(state == before && x.iter().all(|v| *v == 1.0));
    let mut bytes = 77;
    for rows in [268_435_455, 1 << 28, u32::MAX as usize, usize::MAX] {
        // SAFETY: `bytes` is one number.
        assert_eq!(unsafe { lgt_extsum_size(rows, &raw mut bytes) }, Status::LGT_E_VALUE);
    }
    assert_eq!(bytes, 77);
}
