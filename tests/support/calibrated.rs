//! Rows of two classes for calibrators of one score, and the bytes that these are fitted to.
#![allow(dead_code)] // Each test binary uses its part.

use super::rng::Rng;
use logitude::model::ModelHead;
use logitude::status::Status;
use std::ffi::c_void;

#[derive(Clone)]
pub struct Rows {
    pub x: Vec<f64>,
    pub y: Vec<u8>,
    /// In eighths, so that sums of them are exact.
    pub w: Vec<f64>,
}

impl Rows {
    /// Probabilities, many of them equal, and labels that follow them.
    pub fn new(rng: &mut Rng, n: usize) -> Rows {
        let x: Vec<f64> = (0..n).map(|_| (1 + rng.below(60)) as f64 / 64.0).collect();
        let y = x.iter().map(|x| u8::from((rng.below(1000) as f64) < 1000.0 * x)).collect();
        Rows { x, y, w: (0..n).map(|_| (1 + rng.below(9)) as f64 / 8.0).collect() }
    }

    pub fn len(&self) -> usize {
        self.x.len()
    }

    /// With weights as they are, or 1 each.
    pub fn weighted(&self, weighted: bool) -> Rows {
        let w = if weighted { self.w.clone() } else { vec![1.0; self.len()] };
        Rows { w, ..self.clone() }
    }

    /// Weights as C functions take them: none if all are 1.
    pub fn weights(&self) -> *const f64 {
        if self.is_plain() { core::ptr::null() } else { self.w.as_ptr() }
    }

    pub fn is_plain(&self) -> bool {
        self.w.iter().all(|w| *w == 1.0)
    }

    /// The mean loss of probabilities of these rows.
    pub fn loss(&self, p: &[f64]) -> f64 {
        let given = |(p, y): (&f64, &u8)| if *y == 1 { *p } else { 1.0 - *p };
        let losses = p.iter().zip(&self.y).map(given).zip(&self.w).map(|(p, w)| -w * p.ln());
        losses.sum::<f64>() / self.w.iter().sum::<f64>()
    }

    /// Different scores, the lowest first.
    pub fn scores(&self) -> Vec<f64> {
        let mut scores = self.x.clone();
        scores.sort_by(f64::total_cmp);
        scores.dedup();
        scores
    }
}

/// What a fit writes to: a model and its bytes, scratch and its bytes.
pub type Room = (*mut c_void, usize, *mut c_void, usize);

/// A fitted model.
pub struct Fitted {
    words: Vec<u64>,
    pub status: Status,
}

impl Fitted {
    /// Of a fit that says how many bytes it takes of a model and of scratch.
    pub fn new(
        size: impl FnOnce(*mut usize) -> Status,
        scratch: impl FnOnce(*mut usize) -> Status,
        fit: impl FnOnce(Room) -> Status,
    ) -> Fitted {
        let (mut bytes, mut scratch_bytes) = (0, 0);
        assert_eq!(size(&raw mut bytes), Status::LGT_OK);
        assert_eq!(scratch(&raw mut scratch_bytes), Status::LGT_OK);
        let (mut words, mut room) =
            (vec![u64::MAX; bytes / 8], vec![u64::MAX; scratch_bytes.div_ceil(8)]);
        let (model, scratch) = (words.as_mut_ptr().cast(), room.as_mut_ptr().cast());
        let status = fit((model, bytes, scratch, scratch_bytes));
        assert!(status as i32 >= 0, "{status:?}");
        Fitted { words, status }
    }

    pub fn model(&self) -> *const c_void {
        self.words.as_ptr().cast()
    }

    pub fn head(&self) -> ModelHead {
        assert!(self.words.len() >= size_of::<ModelHead>() / 8);
        // SAFETY: a fit has written it.
        unsafe { *self.model().cast::<ModelHead>() }
    }

    pub fn parameters(&self) -> Vec<f64> {
        let (from, to) = (size_of::<ModelHead>() / 8, self.head().head.size as usize / 8);
        self.words[from..to].iter().map(|word| f64::from_bits(*word)).collect()
    }

    /// What a function of a model makes of scores.
    pub fn apply(
        &self,
        apply: unsafe extern "C" fn(
            *const c_void,
            *const f64,
            usize,
            *mut f64,
            usize,
            usize,
        ) -> Status,
        x: &[f64],
    ) -> Vec<f64> {
        let mut y = vec![f64::NAN; x.len()];
        // SAFETY: as many numbers as are said, and a model.
        let status = unsafe { apply(self.model(), x.as_ptr(), 1, y.as_mut_ptr(), 1, x.len()) };
        assert_eq!(status, Status::LGT_OK);
        y
    }
}

/// Every number within a bound of another.
pub fn near(got: &[f64], exact: &[f64], bound: f64, place: &str) {
    assert_eq!(got.len(), exact.len(), "{place}");
    for (got, exact) in got.iter().zip(exact) {
        assert!((got - exact).abs() <= bound, "{place}: {got:e} for {exact:e}");
    }
}

/// A loss within a bound, relative; one that is infinite or not a number is not compared.
pub fn near_loss(got: f64, exact: f64, bound: f64, place: &str) {
    let off = (got - exact).abs();
    assert!(off <= bound * exact || !exact.is_finite(), "{place}: {got:e} for {exact:e}");
}
