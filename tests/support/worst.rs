//! The largest error seen, a line for each thing measured.

use std::collections::BTreeMap;

/// For each name: error over bound, error, and where it was.
#[derive(Default)]
pub struct Worst(BTreeMap<String, (f64, f64, String)>);

impl Worst {
    /// Takes note of an error that may be at most `bound`.
    pub fn see(&mut self, name: &str, error: f64, bound: f64, place: impl FnOnce() -> String) {
        let share = if error == 0.0 { 0.0 } else { error / bound };
        match self.0.get_mut(name) {
            // NaN is never at most anything.
            Some(seen) if share <= seen.0 => {}
            Some(seen) => *seen = (share, error, place()),
            None => drop(self.0.insert(name.to_owned(), (share, error, place()))),
        }
    }

    /// Prints all, then fails if a bound was broken.
    pub fn settle(self) {
        for (name, (share, error, _)) in &self.0 {
            println!("{name:<40} {error:10.3e}   {:6.1} % of the bound", 100.0 * share);
        }
        let broken = self.0.iter().filter(|(_, seen)| seen.0 > 1.0 || seen.0.is_nan());
        let lines: Vec<String> = broken
            .map(|(name, (share, error, place))| {
                format!("{name}: {error:e}, {share:.2} times the bound, at {place}")
            })
            .collect();
        assert!(lines.is_empty(), "bounds broken:\n{}", lines.join("\n"));
    }
}
