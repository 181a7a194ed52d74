//! Many replicates of one metric, each with random weights: how much the metric
//! would vary from sample to sample.
//!
//! A row's weight in a replicate is a function of the seed, the row's number and the
//! replicate's (`resample`), so the bytes are the same whoever adds which rows. What
//! costs time in a row is its term (`scored`); it is made once and added to all.
//! Replicate by replicate for a block of rows, so that each comes into the cache
//! once a block.

use super::accuracy::Accuracy;
use super::brier::Brier;
use super::ece_top_label::EceTopLabel;
use super::labelled::Labelled;
use super::nll::Nll;
use super::resample::{ROWS, draws, moments, percentile};
use super::scored::{BLOCK, Scored};
use crate::simd::Elem;
use crate::state::{Head, Kind, Params, State};
use crate::status::Status;

/// What has been seen; the header's parameter is the number of replicates.
#[repr(C)]
pub struct Bootstrap {
    head: Head,
    /// Kind of the metric, and 2^32 times its parameter.
    inner: u64,
    seed: u64,
    /// States of the metric with zeros for their heads: of the rows as they are,
    /// then of each replicate.
    states: [u64],
}

const _: () = assert!(BLOCK <= ROWS);

/// Words before the states.
const START: usize = 4;

/// What the metric is.
#[derive(Clone, Copy)]
pub struct Inner {
    /// Its kind ..
    pub kind: u32,
    /// .. and its parameter.
    pub param: u32,
}

/// Something to be done with the type that a kind stands for.
trait Task {
    type Out;
    fn run<S: Scored + ?Sized>(self) -> Self::Out;
}

impl Inner {
    fn of(word: u64) -> Inner {
        Inner { kind: word as u32, param: (word >> 32) as u32 }
    }

    /// The parameters of a state of so many replicates.
    pub fn params(self, replicates: u32, seed: u64) -> Params {
        let inner = u64::from(self.kind) | u64::from(self.param) << 32;
        Params { param: replicates, words: [inner, seed, 0, 0] }
    }

    /// Nothing if the kind is not one of these.
    fn run<T: Task>(self, task: T) -> Option<T::Out> {
        const ACCURACY: u32 = Kind::Accuracy as u32;
        const NLL: u32 = Kind::Nll as u32;
        const BRIER: u32 = Kind::Brier as u32;
        const ECE_TOP_LABEL: u32 = Kind::EceTopLabel as u32;
        match self.kind {
            ACCURACY => Some(task.run::<Accuracy>()),
            NLL => Some(task.run::<Nll>()),
            BRIER => Some(task.run::<Brier>()),
            ECE_TOP_LABEL => Some(task.run::<EceTopLabel>()),
            _ => None,
        }
    }

    /// Bytes of one state, if the metric takes its parameter.
    fn size(self) -> Option<usize> {
        struct Size(u32);
        impl Task for Size {
            type Out = Option<usize>;
            fn run<S: Scored + ?Sized>(self) -> Option<usize> {
                S::size(&self.0.into())
            }
        }
        self.run(Size(self.param)).flatten()
    }
}

// SAFETY: repr(C) of u64s behind a head, without padding.
unsafe impl State for Bootstrap {
    const KIND: Kind = Kind::Bootstrap;
    const WORDS: usize = 2;

    fn size(params: &Params) -> Option<usize> {
        let each = Inner::of(params.words[0]).size()? as u64;
        let all = (u64::from(params.param) + 1).checked_mul(each)?.checked_add(START as u64 * 8)?;
        // The header has 32 bits for it.
        let bytes = u32::try_from(all).ok().and_then(|bytes| usize::try_from(bytes).ok());
        bytes.filter(|_| params.param >= 1)
    }

    fn at(data: *mut u8, params: &Params) -> *mut Self {
        let words = Self::size(params).unwrap_or(0) / 8;
        core::ptr::slice_from_raw_parts_mut(data, words.saturating_sub(START)) as *mut Self
    }

    fn merge(&mut self, other: &Self) {
        self.inner().run(Merge { into: self, other });
    }
}

struct Merge<'a> {
    into: &'a mut Bootstrap,
    other: &'a Bootstrap,
}

impl Task for Merge<'_> {
    type Out = ();
    fn run<S: Scored + ?Sized>(self) {
        for slot in 0..=self.into.replicates() as usize {
            if let (Some(into), Some(other)) =
                (self.into.state_mut::<S>(slot), self.other.state(slot))
            {
                into.merge(other);
            }
        }
    }
}

/// The result of `lgt_bootstrap_finish`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct BootstrapReport {
    /// How many replicates there are.
    pub replicates: u64,
    /// Those whose metric is NaN: left out of all below.
    pub undefined: u64,
    /// The metric of the rows as they are.
    pub value: f64,
    /// The mean over replicates.
    pub mean: f64,
    /// Their standard deviation, which estimates the standard error of `value`; NaN
    /// if fewer than two are left.
    pub std_error: f64,
    /// The low end of the percentile interval.
    pub low: f64,
    /// Its high end.
    pub high: f64,
}

/// The states in the body: the rows as they are come first.
const ORIGINAL: usize = 0;

impl Bootstrap {
    /// What the metric is.
    pub fn inner(&self) -> Inner {
        Inner::of(self.inner)
    }

    /// How many replicates there are.
    pub fn replicates(&self) -> u32 {
        self.head.param
    }

    /// The words of one state.
    fn words(&self, slot: usize) -> Option<&[u64]> {
        let each = self.inner().size()? / 8;
        self.states.get(slot * each..(slot + 1) * each)
    }

    fn state<S: Scored + ?Sized>(&self, slot: usize) -> Option<&S> {
        let words = self.words(slot)?;
        let at = S::at(words.as_ptr().cast_mut().cast(), &self.inner().param.into());
        // SAFETY: the words are as many as a state of the metric has, and any bits
        // are one past the head, which only the verbs of `state` look at.
        Some(unsafe { &*at })
    }

    fn state_mut<S: Scored + ?Sized>(&mut self, slot: usize) -> Option<&mut S> {
        let (inner, each) = (self.inner(), self.inner().size()? / 8);
        let words = self.states.get_mut(slot * each..(slot + 1) * each)?;
        let at = S::at(words.as_mut_ptr().cast(), &inner.param.into());
        // SAFETY: as above; they are borrowed to be changed.
        Some(unsafe { &mut *at })
    }

    /// Adds rows that passed [`Labelled::check`], the first of which is row `first`
    /// of all there are.
    pub fn update<E: Elem>(&mut self, data: Labelled<E>, first: u64) {
        self.inner().run(Update { state: self, data: &data, first });
    }

    /// Adds a block of rows by their terms and weights; those of weight 0 do not
    /// count.
    fn add_block<S: Scored + ?Sized>(&mut self, row: u64, terms: &[S::Term], weights: &[f64]) {
        let mut drawn = [[1; ROWS]; 4];
        if let (Some(state), [once, ..]) = (self.state_mut::<S>(ORIGINAL), &drawn) {
            add_copies(state, terms, weights, once);
        }
        for group in 0..self.replicates().div_ceil(4) {
            draws(self.seed, row, terms.len(), group, &mut drawn);
            for (slot, copies) in (1 + 4 * group as usize..).zip(&drawn) {
                if let Some(state) = self.state_mut::<S>(slot) {
                    add_copies(state, terms, weights, copies);
                }
            }
        }
    }

    /// Writes one state, with its head, to `out`: that of replicate `replicate`, or
    /// of the rows as they are. `E_VALUE` if there is none, `E_SIZE` for too little
    /// room.
    ///
    /// # Safety
    /// `out` must be writable for `size` bytes, 8-byte aligned, and apart from this.
    pub unsafe fn copy(
        &self,
        replicate: Option<u32>,
        out: *mut u8,
        size: usize,
    ) -> Result<(), Status> {
        let slot = match replicate {
            None => ORIGINAL,
            Some(replicate) if replicate < self.replicates() => 1 + replicate as usize,
            Some(_) => return Err(Status::LGT_E_VALUE),
        };
        let words = self.words(slot).ok_or(Status::LGT_E_STATE)?;
        if size < size_of_val(words) {
            return Err(Status::LGT_E_SIZE);
        }
        let Inner { kind, param } = self.inner();
        let head = Head::numbered(kind as u16, param, size_of_val(words));
        // SAFETY: the caller vouches for the memory, which is enough.
        unsafe {
            out.cast::<u64>().copy_from_nonoverlapping(words.as_ptr(), words.len());
            *out.cast::<Head>() = head;
        }
        Ok(())
    }

    /// The metric of the rows as they are.
    pub fn value(&self) -> f64 {
        self.value_of(ORIGINAL)
    }

    /// The metric of each replicate.
    pub fn values(&self) -> impl ExactSizeIterator<Item = f64> + use<'_> {
        (0..self.replicates() as usize).map(|replicate| self.value_of(1 + replicate))
    }

    fn value_of(&self, slot: usize) -> f64 {
        self.inner().run(Value { state: self, slot }).unwrap_or(f64::NAN)
    }

    /// The result, from the metric of each replicate.
    pub fn finish(&self, values: &[f64], confidence: f64) -> BootstrapReport {
        let (mean, std_error, defined) = moments(values);
        let (low, high) = percentile(values, confidence);
        let replicates = u64::from(self.replicates());
        let undefined = replicates - defined as u64;
        BootstrapReport { replicates, undefined, value: self.value(), mean, std_error, low, high }
    }
}

/// Adds each row as often as it has copies.
fn add_copies<S: Scored + ?Sized>(
    state: &mut S,
    terms: &[S::Term],
    weights: &[f64],
    copies: &[u8; ROWS],
) {
    // First which rows there are, without a jump: draws cannot be foretold.
    let (mut drawn, mut count) = ([0u8; BLOCK], 0);
    for (i, (weight, copies)) in (0..).zip(weights.iter().zip(copies)) {
        if let Some(place) = drawn.get_mut(count) {
            *place = i;
        }
        count += usize::from(*copies > 0) & usize::from(*weight > 0.0);
    }
    for i in drawn.iter().take(count).map(|i| usize::from(*i)) {
        if let (Some(term), Some(weight), Some(copies)) =
            (terms.get(i), weights.get(i), copies.get(i))
        {
            state.add(*term, weight * f64::from(*copies));
        }
    }
}

struct Update<'a, E: Elem> {
    state: &'a mut Bootstrap,
    data: &'a Labelled<E>,
    first: u64,
}

impl<E: Elem> Task for Update<'_, E> {
    type Out = ();
    fn run<S: Scored + ?Sized>(self) {
        let Update { state, data, first } = self;
        S::terms(state.inner().param, data, &mut |start, terms| {
            let mut weights = [0.0; BLOCK];
            for (r, weight) in (start..).zip(weights.iter_mut().take(terms.len())) {
                *weight = data.counted(r).map_or(0.0, |(_, weight)| weight);
            }
            state.add_block::<S>(first.wrapping_add(start as u64), terms, &weights);
        });
    }
}

struct Value<'a> {
    state: &'a Bootstrap,
    slot: usize,
}

impl Task for Value<'_> {
    type Out = f64;
    fn run<S: Scored + ?Sized>(self) -> f64 {
        self.state.state::<S>(self.slot).map_or(f64::NAN, S::value)
    }
}
