//! Agreement of raters from its definitions, pair of ratings by pair of ratings.
#![allow(dead_code)] // Each test binary uses its part.

/// The category that each rater named, if any.
pub type Item = Vec<Option<usize>>;

/// An item's ratings.
fn named(item: &Item) -> Vec<usize> {
    item.iter().flatten().copied().collect()
}

fn rated(items: &[Item], least: usize) -> Vec<Vec<usize>> {
    items.iter().map(named).filter(|item| item.len() >= least).collect()
}

/// How often an item was put into category `k`.
fn count(item: &[usize], k: usize) -> f64 {
    item.iter().filter(|c| **c == k).count() as f64
}

/// Krippendorff's ordinal metric, of items with two ratings.
pub fn ranks(items: &[Item], classes: usize) -> impl Fn(usize, usize) -> f64 + use<> {
    let all: Vec<usize> = rated(items, 2).concat();
    let sizes: Vec<f64> = (0..classes).map(|k| count(&all, k)).collect();
    move |a, b| {
        let (low, high) = (a.min(b), a.max(b));
        let between: f64 = sizes[low..=high].iter().sum();
        (between - (sizes[low] + sizes[high]) / 2.0).powi(2)
    }
}

/// Krippendorff's alpha, from all pairs of ratings of an item, and of any.
pub fn alpha(items: &[Item], metric: impl Fn(usize, usize) -> f64) -> f64 {
    let items = rated(items, 2);
    let all: Vec<usize> = items.concat();
    let n = all.len() as f64;
    let over = |ratings: &[usize]| -> f64 {
        let one = |i: usize| -> f64 {
            let others = (0..ratings.len()).filter(|j| *j != i);
            others.map(|j| metric(ratings[i], ratings[j])).sum()
        };
        (0..ratings.len()).map(one).sum()
    };
    let observed: f64 = items.iter().map(|item| over(item) / (item.len() - 1) as f64).sum();
    let chance = over(&all) / (n - 1.0);
    if chance > 0.0 { 1.0 - observed / chance } else { f64::NAN }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Chance {
    Krippendorff,
    Fleiss,
    Gwet,
    BrennanPrediger,
}

/// Coefficient and Gwet's standard error with weights of agreement, item by item, as
/// irrCAC goes about it.
pub fn coefficient(
    items: &[Item],
    classes: usize,
    chance: Chance,
    w: &dyn Fn(usize, usize) -> f64,
) -> (f64, f64) {
    let krippendorff = chance == Chance::Krippendorff;
    let items = rated(items, if krippendorff { 2 } else { 1 });
    let q = classes as f64;
    let n = items.len() as f64;
    let paired = items.iter().filter(|item| item.len() > 1).count() as f64;
    let mean = items.iter().map(|item| item.len() as f64).sum::<f64>() / n;
    // Shares of an item's ratings: of what there are, or of what there are on average.
    let per = |item: &[usize]| if krippendorff { mean } else { item.len() as f64 };
    let pi: Vec<f64> = (0..classes)
        .map(|k| items.iter().map(|item| count(item, k) / per(item)).sum::<f64>() / n)
        .collect();
    let agree = |item: &[usize]| -> f64 {
        let m = item.len();
        let mut sum = 0.0;
        for i in 0..m {
            for j in (0..m).filter(|j| *j != i) {
                sum += w(item[i], item[j]);
            }
        }
        if m > 1 { sum / (per(item) * (m as f64 - 1.0)) } else { 0.0 }
    };
    let all_weights: f64 =
        (0..classes).flat_map(|k| (0..classes).map(move |l| (k, l))).map(|(k, l)| w(k, l)).sum();
    let by_weights = |k: usize| (0..classes).map(|l| w(k, l) * pi[l]).sum::<f64>();
    let scale = all_weights / (q * (q - 1.0));
    let pe: f64 = match chance {
        Chance::Gwet => scale * pi.iter().map(|p| p * (1.0 - p)).sum::<f64>(),
        Chance::BrennanPrediger => all_weights / (q * q),
        _ => (0..classes).map(|k| pi[k] * by_weights(k)).sum(),
    };
    let pa = items.iter().map(|item| agree(item)).sum::<f64>() / paired;
    let total = n * mean;
    let pa_used = if krippendorff { (1.0 - 1.0 / total) * pa + 1.0 / total } else { pa };
    let value = (pa_used - pe) / (1.0 - pe);
    let plain = (pa - pe) / (1.0 - pe);
    let mut squares = 0.0;
    for item in &items {
        let over = if krippendorff { (item.len() as f64 - mean) / mean } else { 0.0 };
        let own = if item.len() > 1 {
            n / paired * (agree(item) - pa_used * over - pe) / (1.0 - pe)
        } else {
            0.0
        };
        let shares = |f: &dyn Fn(usize) -> f64| {
            (0..classes).map(|k| count(item, k) / per(item) * f(k)).sum::<f64>()
        };
        let pe_own = match chance {
            Chance::Gwet => scale * shares(&|k| 1.0 - pi[k]),
            Chance::BrennanPrediger => pe,
            _ => shares(&by_weights) - pe * over,
        };
        let off = own - 2.0 * (1.0 - plain) * (pe_own - pe) / (1.0 - pe) - plain;
        squares += off * off;
    }
    (value, (squares / (n * (n - 1.0))).sqrt())
}

/// Fleiss' test, of items with `m` ratings each: the error of kappa if there is no
/// agreement, and of the kappa of each category.
pub fn fleiss_errors(items: &[Item], classes: usize) -> (f64, f64) {
    let items = rated(items, 1);
    let (n, m) = (items.len() as f64, items[0].len() as f64);
    let p: Vec<f64> = (0..classes)
        .map(|k| items.iter().map(|item| count(item, k)).sum::<f64>() / (n * m))
        .collect();
    let s: f64 = p.iter().map(|p| p * (1.0 - p)).sum();
    let skew: f64 = p.iter().map(|p| p * (1.0 - p) * (1.0 - 2.0 * p)).sum();
    let one = 2.0 / (n * m * (m - 1.0));
    ((one * (s * s - skew)).sqrt() / s, one.sqrt())
}

/// Mean squares between items, within them, between raters, and of the rest.
pub fn mean_squares(x: &[Vec<f64>]) -> [f64; 4] {
    let (n, k) = (x.len() as f64, x[0].len() as f64);
    let all = x.iter().flatten().sum::<f64>() / (n * k);
    let row = |i: usize| x[i].iter().sum::<f64>() / k;
    let column = |j: usize| x.iter().map(|row| row[j]).sum::<f64>() / n;
    let (mut items, mut within, mut raters, mut rest) = (0.0, 0.0, 0.0, 0.0);
    for (i, ratings) in x.iter().enumerate() {
        for (j, x) in ratings.iter().enumerate() {
            items += (row(i) - all).powi(2);
            within += (x - row(i)).powi(2);
            raters += (column(j) - all).powi(2);
            rest += (x - row(i) - column(j) + all).powi(2);
        }
    }
    [
        items / (n - 1.0),
        within / (n * (k - 1.0)),
        raters / (k - 1.0),
        rest / ((n - 1.0) * (k - 1.0)),
    ]
}
