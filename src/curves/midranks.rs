//! What each row of two classes is worth: a positive, the share of negatives below it,
//! a negative, the share of positives below it, where equal ones count half. The mean
//! over positives is the AUROC, and the variance of both kinds of shares its variance
//! (E. DeLong et al., 1988).
//!
//! Where scores are in order, what is below is known: no midranks of the two classes
//! apart (X. Sun and W. Xu, 2014) are needed. Worths are kept doubled, as integers, and
//! their sums are exact, so that the order of rows cannot show.

/// Sums over the rows of one class.
#[derive(Clone, Copy)]
pub struct Worth {
    /// How many rows.
    pub rows: u64,
    sum: u128,
    squares: u128,
}

impl Worth {
    /// Nothing.
    pub const ZERO: Worth = Worth { rows: 0, sum: 0, squares: 0 };

    /// Adds so many rows of the same doubled worth.
    #[inline(always)]
    pub fn add(&mut self, rows: u64, worth: u64) {
        let sum = u128::from(rows).wrapping_mul(worth.into());
        self.rows = self.rows.wrapping_add(rows);
        self.sum = self.sum.wrapping_add(sum);
        self.squares = self.squares.wrapping_add(sum.wrapping_mul(worth.into()));
    }

    /// The mean worth, for so many rows of the other class; NaN if either has none.
    pub fn mean(&self, others: u64) -> f64 {
        self.sum as f64 / (2.0 * (self.rows as f64 * others as f64))
    }

    /// The variance of that mean; NaN for a single row.
    pub fn variance(&self, others: u64) -> f64 {
        let sum = self.sum.wrapping_mul(self.sum);
        let spread = u128::from(self.rows).wrapping_mul(self.squares).wrapping_sub(sum);
        per(spread as f64, self.rows, others)
    }
}

/// A class by two scores at once.
#[derive(Clone, Copy)]
pub struct Both {
    /// By the first score.
    pub first: Worth,
    /// By the second.
    pub second: Worth,
    products: u128,
}

impl Both {
    /// Nothing.
    pub const ZERO: Both = Both { first: Worth::ZERO, second: Worth::ZERO, products: 0 };

    /// Adds one row.
    #[inline(always)]
    pub fn add(&mut self, first: u64, second: u64) {
        self.first.add(1, first);
        self.second.add(1, second);
        self.products = self.products.wrapping_add(u128::from(first).wrapping_mul(second.into()));
    }

    /// The first mean less the second, rounded once.
    pub fn difference(&self, others: u64) -> f64 {
        let sum = self.first.sum.wrapping_sub(self.second.sum) as i128;
        sum as f64 / (2.0 * (self.first.rows as f64 * others as f64))
    }

    /// The covariance of both means.
    pub fn covariance(&self, others: u64) -> f64 {
        let sums = self.first.sum.wrapping_mul(self.second.sum);
        let spread = u128::from(self.first.rows).wrapping_mul(self.products).wrapping_sub(sums);
        per(spread as i128 as f64, self.first.rows, others)
    }

    /// The variance of the difference of both means, from the sum of squared
    /// differences: nothing is lost where the two scores are almost one.
    pub fn variance_of_difference(&self, others: u64) -> f64 {
        let squares = self.first.squares.wrapping_add(self.second.squares);
        let squares = squares.wrapping_sub(self.products).wrapping_sub(self.products);
        let sum = self.first.sum.wrapping_sub(self.second.sum);
        let spread = u128::from(self.first.rows).wrapping_mul(squares);
        per(spread.wrapping_sub(sum.wrapping_mul(sum)) as f64, self.first.rows, others)
    }
}

/// `rows` squared times a variance of doubled worths, as the variance of their mean.
fn per(spread: f64, rows: u64, others: u64) -> f64 {
    let unit = 2.0 * (rows as f64 * others as f64);
    spread / unit / unit / (rows as f64 - 1.0)
}

/// Both classes, from runs of equal scores.
#[derive(Clone, Copy)]
pub struct Midranks {
    /// The positives.
    pub positives: Worth,
    /// The negatives.
    pub negatives: Worth,
}

impl Midranks {
    /// Nothing.
    pub const ZERO: Midranks = Midranks { positives: Worth::ZERO, negatives: Worth::ZERO };

    /// Twice what a positive, and twice what a negative is worth in the next run, of so
    /// many of each.
    #[inline(always)]
    pub fn next(&self, positives: u64, negatives: u64) -> (u64, u64) {
        let worth = |below: u64, equal: u64| below.wrapping_mul(2).wrapping_add(equal);
        (worth(self.negatives.rows, negatives), worth(self.positives.rows, positives))
    }

    /// Adds the next run, above all before it.
    #[inline(always)]
    pub fn add(&mut self, positives: u64, negatives: u64) {
        let (above, below) = self.next(positives, negatives);
        self.positives.add(positives, above);
        self.negatives.add(negatives, below);
    }

    /// The AUROC; NaN unless there are both classes.
    pub fn auroc(&self) -> f64 {
        self.positives.mean(self.negatives.rows)
    }

    /// Its variance; NaN unless there are two of each class.
    pub fn variance(&self) -> f64 {
        self.positives.variance(self.negatives.rows) + self.negatives.variance(self.positives.rows)
    }
}
