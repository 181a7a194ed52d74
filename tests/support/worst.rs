//! The largest error seen, for each thing measured and each kind of data.
#![allow(dead_code)] // Each test binary uses its part.

use std::collections::BTreeMap;

struct Seen {
    /// Error over bound.
    share: f64,
    error: f64,
    place: String,
}

#[derive(Default)]
pub struct Worst(BTreeMap<(String, String), Seen>);

impl Worst {
    /// Takes note of an error of `name` on data of `family`, which may be at most
    /// `bound`.
    pub fn see(
        &mut self,
        (name, family): (&str, &str),
        error: f64,
        bound: f64,
        place: impl FnOnce() -> String,
    ) {
        let share = if error == 0.0 { 0.0 } else { error / bound };
        let key = (name.to_owned(), family.to_owned());
        // NaN is never at most anything.
        if !self.0.get(&key).is_some_and(|seen| share <= seen.share) {
            self.0.insert(key, Seen { share, error, place: place() });
        }
    }

    /// Prints all, then fails if a bound was broken.
    pub fn settle(self) {
        let mut largest = BTreeMap::new();
        for ((name, family), seen) in &self.0 {
            let best = largest.entry(name).or_insert((family, seen));
            if seen.share > best.1.share {
                *best = (family, seen);
            }
        }
        for (name, (family, Seen { share, error, .. })) in largest {
            println!("{name:<32} {error:10.3e} {:6.1} % of the bound ({family})", 100.0 * share);
        }
        let broken = self.0.iter().filter(|(_, seen)| seen.share > 1.0 || seen.share.is_nan());
        let lines: Vec<String> = broken
            .map(|((name, family), Seen { share, error, place })| {
                format!("{name}, {family}: {error:e}, {share:.2} times the bound, at {place}")
            })
            .collect();
        assert!(lines.is_empty(), "bounds broken:\n{}", lines.join("\n"));
    }
}
