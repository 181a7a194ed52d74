//! The largest error seen, for each thing measured and each kind of data, and how often
//! errors of each size were.
#![allow(dead_code)] // Each test binary uses its part.

use std::collections::BTreeMap;

struct Seen {
    /// Error over bound.
    share: f64,
    error: f64,
    bound: f64,
    place: String,
    histogram: Histogram,
}

#[derive(Default)]
pub struct Worst(BTreeMap<(String, String), Seen>);

impl Worst {
    /// Takes note of an error of `name` on data of `family`, which may be at most
    /// `bound`. A bound of at least 1/2 is in units of the last place, any other relative.
    pub fn see(
        &mut self,
        name: (&str, &str),
        error: f64,
        bound: f64,
        place: impl FnOnce() -> String,
    ) {
        self.see_each(name, [(error, bound)], place);
    }

    /// Takes note of several errors, each with its bound, at one place.
    pub fn see_each(
        &mut self,
        (name, family): (&str, &str),
        errors: impl IntoIterator<Item = (f64, f64)>,
        place: impl FnOnce() -> String,
    ) {
        let mut errors = errors.into_iter().peekable();
        if errors.peek().is_none() {
            return;
        }
        let ulp = if name.contains(" f64") { f64::EPSILON } else { f32::EPSILON.into() };
        let seen = self.0.entry((name.to_owned(), family.to_owned())).or_insert(Seen {
            share: -1.0,
            error: 0.0,
            bound: 1.0,
            place: String::new(),
            histogram: Histogram::default(),
        });
        let mut worse = false;
        for (error, bound) in errors {
            let share = if error == 0.0 { 0.0 } else { error / bound };
            seen.histogram.count(if bound < 0.5 { error / ulp } else { error });
            // NaN is never at most anything.
            if seen.share.is_nan() || share <= seen.share {
                continue;
            }
            (seen.share, seen.error, seen.bound, worse) = (share, error, bound, true);
        }
        if worse {
            seen.place = place();
        }
    }

    /// Prints the largest errors and how often errors of each size were.
    pub fn print(&self) {
        let mut largest = BTreeMap::new();
        let mut histograms = BTreeMap::<_, Histogram>::new();
        for ((name, family), seen) in &self.0 {
            let best = largest.entry(name).or_insert((family, seen));
            if seen.share > best.1.share {
                *best = (family, seen);
            }
            histograms.entry(name).or_default().add(&seen.histogram);
        }
        for (name, (family, seen)) in largest {
            let Seen { share, error, bound, .. } = seen;
            println!("{name:<32} {error:10.3e} {:6.1} % of the bound ({family})", 100.0 * share);
            // tools/proof/parity.py gathers these lines.
            let counts = &histograms[name].0;
            let unit = if *bound < 0.5 { "relative" } else { "ulp" };
            println!(
                "parity {{\"name\":\"{name}\",\"max\":{error:e},\"bound\":{bound:e},\
                 \"unit\":\"{unit}\",\"counts\":{counts:?}}}"
            );
        }
    }

    /// Prints all, then fails if a bound was broken.
    pub fn settle(self) {
        self.print();
        let broken = self.0.iter().filter(|(_, seen)| seen.share > 1.0 || seen.share.is_nan());
        let lines: Vec<String> = broken
            .map(|((name, family), Seen { share, error, place, .. })| {
                format!("{name}, {family}: {error:e}, {share:.2} times the bound, at {place}")
            })
            .collect();
        assert!(lines.is_empty(), "bounds broken:\n{}", lines.join("\n"));
    }
}

/// How many errors there were of up to 1/2 ulp, 1, 2, 4, 8 .. and more.
#[derive(Default)]
struct Histogram([u64; 12]);

impl Histogram {
    fn count(&mut self, ulps: f64) {
        let edges = self.0.len() - 1;
        let place = (0..edges).find(|i| ulps <= 0.5 * f64::from(1 << i)).unwrap_or(edges);
        self.0[place] += 1;
    }

    fn add(&mut self, other: &Histogram) {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a += b);
    }
}
