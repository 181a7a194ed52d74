//! The sort by digits, against the standard library's.

use crate::support::rng::Rng;
use logitude::math::sort::{Keyed, key, sort, value};

/// Numbers with their places, sorted by what is tested.
fn sorted(numbers: &[f64]) -> Vec<(f64, u32)> {
    let n = numbers.len();
    let mut keys: Vec<u64> = numbers.iter().map(|x| key(*x)).collect();
    let mut places: Vec<u32> = (0..n as u32).collect();
    let (mut spare_keys, mut spare_places) = (vec![7; n], vec![7; n]);
    sort(
        Keyed { keys: &mut keys, loads: &mut places },
        Keyed { keys: &mut spare_keys, loads: &mut spare_places },
    );
    keys.iter().map(|key| value(*key)).zip(places).collect()
}

fn expected(numbers: &[f64]) -> Vec<(f64, u32)> {
    let mut pairs: Vec<(f64, u32)> = numbers.iter().copied().zip(0..).collect();
    pairs.sort_by(|a, b| a.0.partial_cmp(&b.0).unwrap());
    pairs
}

#[test]
fn numbers_are_sorted_and_equal_ones_stay_in_order() {
    let mut rng = Rng::new(61);
    let kinds: [fn(&mut Rng) -> f64; 7] = [
        |rng| rng.unit(),
        |rng| f64::from(rng.unit() as f32),
        |rng| (rng.unit() * 4.0).floor() / 4.0,
        |rng| rng.unit() - 0.5,
        |rng| [0.0, -0.0][rng.below(2)],
        |rng| [f64::INFINITY, f64::NEG_INFINITY, 5e-324, -5e-324, f64::MAX, 0.0][rng.below(6)],
        |rng| Some(f64::from_bits(rng.bits())).filter(|x| !x.is_nan()).unwrap_or(1.0),
    ];
    for kind in kinds {
        for n in [0, 1, 2, 15, 16, 17, 100, 3000] {
            let numbers: Vec<f64> = (0..n).map(|_| kind(&mut rng)).collect();
            assert_eq!(sorted(&numbers), expected(&numbers));
        }
    }
}

#[test]
fn keys_are_ordered_as_numbers() {
    let (inf, most, least) = (f64::INFINITY, f64::MAX, f64::from_bits(1));
    let rising = [-inf, -most, -1.0, -least, 0.0, least, 1e-310, 0.5, 1.0, most, inf];
    assert!(rising.windows(2).all(|pair| key(pair[0]) < key(pair[1])));
    assert!(rising.iter().all(|x| value(key(*x)) == *x));
    assert_eq!(key(-0.0), key(0.0));
    assert_eq!(value(key(-0.0)).to_bits(), 0);
}
