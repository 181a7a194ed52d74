//! The sorts, against the standard library's.

use crate::support::level;
use crate::support::rng::Rng;
use logitude::math::order;
use logitude::math::sort::{Keyed, key, sort, value};
use logitude::rows::numbers::Numbers;
use logitude::rows::order::{Order, words};
use logitude::simd::keys::Key;

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

/// Sets of numbers of all sorts and lengths.
fn each_set(mut check: impl FnMut(&[f64])) {
    let mut rng = Rng::new(61);
    let kinds: [fn(&mut Rng) -> f64; 9] = [
        |rng| rng.unit(),
        |rng| f64::from(rng.unit() as f32),
        |rng| f64::from(rng.unit() as f32 - 0.5),
        |rng| (rng.unit() * 4.0).floor() / 4.0,
        |rng| rng.unit() - 0.5,
        |rng| [0.0, -0.0][rng.below(2)],
        |rng| [f64::INFINITY, f64::NEG_INFINITY, 5e-324, -5e-324, f64::MAX, 0.0][rng.below(6)],
        // Neighbours, and something far away.
        |rng| [1e300, f64::from_bits(1f64.to_bits() + rng.below(9) as u64)][rng.below(9).min(1)],
        |rng| Some(f64::from_bits(rng.bits())).filter(|x| !x.is_nan()).unwrap_or(1.0),
    ];
    for kind in kinds {
        for n in [0, 1, 2, 15, 16, 17, 33, 100, 257, 3000] {
            let numbers: Vec<f64> = (0..n).map(|_| kind(&mut rng)).collect();
            check(&numbers);
        }
    }
}

#[test]
fn numbers_are_sorted_and_equal_ones_stay_in_order() {
    each_set(|numbers| assert_eq!(sorted(numbers), expected(numbers)));
}

#[test]
fn an_order_lists_places_and_where_values_begin() {
    each_set(|numbers| {
        let n = numbers.len();
        let mut scratch = vec![9; words(n).unwrap()];
        // SAFETY: the numbers are there.
        let (order, rest) = unsafe { Order::of(&Numbers::F64(numbers.as_ptr()), n, &mut scratch) };
        assert_eq!((order.len(), rest.len()), (n, n / 2));
        let expected = expected(numbers);
        let mut last = f64::NAN;
        for (rank, (x, place)) in expected.iter().enumerate() {
            assert_eq!(order.place(rank), *place as usize);
            assert_eq!(order.starts(rank), last != *x, "{last} {x}");
            last = *x;
        }
        let runs: Vec<f64> = order.runs().map(|run| numbers[order.place(run.start)]).collect();
        assert!(runs.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(order.runs().map(|run| run.len()).sum::<usize>(), n);
    });
}

/// The sorts of integers against the standard library's; one that may divide twice leaves
/// most parts to digits.
fn check_sorts<K: Key + std::fmt::Debug>(keys: &[K]) {
    let (mut sorted, mut by_digits, mut expected) = (keys.to_vec(), keys.to_vec(), keys.to_vec());
    let mut by_both = keys.to_vec();
    order::sort(&mut sorted);
    order::by_digits(&mut by_digits);
    order::sort_within(&mut by_both, 2);
    expected.sort_unstable();
    assert_eq!(sorted, expected);
    assert_eq!(by_digits, expected);
    assert_eq!(by_both, expected);
}

#[test]
fn integers_are_sorted_at_every_level() {
    level::each(|_| {
        each_set(|numbers| {
            check_sorts(&numbers.iter().map(|x| key(*x)).collect::<Vec<_>>());
            check_sorts(&numbers.iter().map(|x| (*x as f32).to_bits()).collect::<Vec<_>>());
        });
        // Every length up to a few divisions, and both extremes.
        let mut rng = Rng::new(62);
        for n in 0..1200 {
            let long: Vec<u64> = (0..n).map(|_| rng.bits() | rng.bits()).collect();
            check_sorts(&long);
            check_sorts(&long.iter().map(|k| (*k >> (n % 40)) as u32).collect::<Vec<_>>());
            check_sorts(
                &long.iter().map(|k| [0, u64::MAX, 7][*k as usize % 3]).collect::<Vec<_>>(),
            );
        }
        // In order, in reverse, in waves: what pivots at fixed places may meet.
        for n in [5000, 40_000u32] {
            check_sorts(&(0..n).collect::<Vec<_>>());
            check_sorts(&(0..n).rev().collect::<Vec<_>>());
            check_sorts(&(0..n).map(|i| i.min(n - i)).collect::<Vec<_>>());
            check_sorts(&(0..n).map(|i| u64::from(i % 9 == 0) * u64::from(i)).collect::<Vec<_>>());
        }
    });
}

#[test]
fn orders_of_few_different_numbers_are_exact() {
    let mut rng = Rng::new(77);
    let steps = |x: f64, steps: usize| f64::from_bits(x.to_bits() + steps as u64);
    for n in [1000, 40_000] {
        for kind in 0..6 {
            let one = |rng: &mut Rng| match kind {
                0 => (10.0 * rng.normal()).round() / 10.0,
                // Neighbours, whose last bits are lost in part or all.
                1 => steps(1.0 + rng.below(9) as f64, rng.below(3)) * [1.0, -1e9][rng.below(2)],
                2 => steps(0.1, rng.below(2)),
                // Just that two differ, at the end.
                3 => (rng.normal() * 3.0).round() / 3.0,
                // About as many as a table holds, and more.
                4 => rng.below(1020) as f64 / 7.0 - 60.0,
                _ => rng.below(5000) as f64 / 7.0,
            };
            let mut numbers: Vec<f64> = (0..n).map(|_| one(&mut rng)).collect();
            if kind == 3 {
                numbers[n - 1] = steps(1.0 / 3.0, 1);
            }
            let mut scratch = vec![u64::MAX; words(n).unwrap()];
            // SAFETY: there are as many numbers.
            let (order, _) = unsafe { Order::of(&Numbers::F64(numbers.as_ptr()), n, &mut scratch) };
            let mut last = f64::NAN;
            let mut distinct = 0;
            for (rank, (x, place)) in expected(&numbers).into_iter().enumerate() {
                assert_eq!(order.place(rank), place as usize, "{kind}, {n}");
                assert_eq!(order.starts(rank), last != x, "{kind}, {n}: {last} {x}");
                distinct += usize::from(last != x);
                last = x;
            }
            assert_eq!(order.distinct(), distinct);
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
