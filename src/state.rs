//! What all states have in common: a header, and four verbs.
//!
//! A state is plain bytes: `repr(C)`, no pointers, no padding, every bit pattern
//! valid past the header. So `memcpy`, a pickle, an mmap or a Spark column *is*
//! its serialisation. The header says what it is, and doubles as a byte-order
//! mark: read on a machine of the other order, the magic is not the magic.

use crate::status::Status;

/// The first 16 bytes of every state and model.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// "LGT1" in the byte order of the machine that made it.
    pub magic: u32,
    /// An `LGT_STATE_` or `LGT_MODEL_` number.
    pub kind: u16,
    /// Layout version of that kind.
    pub version: u16,
    /// Bytes of the whole state.
    pub size: u32,
    /// The parameter given to `init` (k, bins, ..), or 0.
    pub param: u32,
}

/// The most words of parameters that a kind has beside the one in the head.
pub const MOST_WORDS: usize = 4;

/// The parameters of a state: one in the head, and what does not fit there in the
/// [`State::WORDS`] words behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Params {
    /// The one in the head.
    pub param: u32,
    /// The others; past `WORDS` they are 0.
    pub words: [u64; MOST_WORDS],
}

impl From<u32> for Params {
    fn from(param: u32) -> Params {
        Params { param, words: [0; MOST_WORDS] }
    }
}

/// "LGT1", read in little-endian order.
pub const MAGIC: u32 = u32::from_le_bytes(*b"LGT1");
/// Layout version of a kind.
pub const fn version(kind: u16) -> u16 {
    if kind == Kind::Temperature as u16 { 2 } else { 1 }
}

/// What a state is a state of. The numbers are part of the format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum Kind {
    /// `accuracy`
    Accuracy = 1,
    /// `nll`
    Nll = 2,
    /// `brier`
    Brier = 3,
    /// `ece_top_label`
    EceTopLabel = 4,
    /// A fitted temperature.
    Temperature = 5,
    /// `extsum`
    ExtSum = 6,
    /// `evaluate`
    Evaluate = 7,
    /// `evaluate_rows`
    EvaluateRows = 18,
    /// `confusion`
    Confusion = 13,
    /// `class_counts`
    ClassCounts = 14,
    /// `log_loss`
    LogLoss = 10,
    /// `spherical`
    Spherical = 11,
    /// `rps`
    Rps = 12,
    /// `binary`
    Binary = 17,
    /// `ece_binary`
    EceBinary = 8,
    /// `ece_classwise`
    EceClasswise = 9,
    /// `bootstrap`
    Bootstrap = 16,
    /// `multilabel`
    Multilabel = 15,
    /// `agreement`
    Agreement = 27,
    /// `ranking`
    Ranking = 23,
    /// `xmc`
    Xmc = 24,
    /// `matching`
    Matching = 25,
    /// `label_ranking`
    LabelRanking = 26,
    /// `binned_auroc`
    BinnedAuroc = 21,
    /// `streaming_auroc`
    StreamingAuroc = 22,
    /// `pearson`
    Pearson = 19,
    /// `regression`
    Regression = 20,
    /// `temperature_loss`: losses at some temperatures.
    TemperatureLoss = 28,
    /// `matrix_loss`: loss and derivatives of a linear map of logits.
    MatrixLoss = 29,
    /// `logistic_loss`: loss and derivatives of a logistic regression.
    LogisticLoss = 30,
    /// Where a fit of temperature stands.
    TemperatureSearch = 31,
    /// Where a fit of a linear map stands.
    MatrixSearch = 32,
    /// Where a logistic regression stands.
    LogisticSearch = 33,
    /// A fitted ensemble of temperatures.
    EnsembleTemperature = 34,
    /// A fitted shift of logits, class by class.
    PriorShift = 35,
    /// A fitted scale and shift of logits, class by class.
    VectorScaling = 36,
    /// A fitted linear map of logits.
    MatrixScaling = 37,
    /// A fitted linear map of logarithms of probabilities.
    Dirichlet = 38,
    /// A fitted `platt`.
    Platt = 39,
    /// A fitted `beta`.
    Beta = 40,
    /// A fitted `isotonic`.
    Isotonic = 41,
    /// A fitted `histogram_binning`.
    HistogramBinning = 42,
    /// A fitted `bbq`.
    Bbq = 43,
    /// A fitted `scaling_binning`.
    ScalingBinning = 44,
    /// A fitted `spline`.
    Spline = 45,
    /// A fitted `venn_abers`.
    VennAbers = 46,
    /// A calibrator of two classes for each class.
    OneVsRest = 47,
    /// A calibrator of two classes for the predicted class.
    TopLabel = 48,
    /// `coverage` of prediction sets.
    Coverage = 49,
    /// Thresholds of prediction sets.
    Conformal = 50,
    /// `ca_loss`
    CaLoss = 51,
    /// A layer of many outputs under a loss of the spherical family.
    SphericalLayer = 52,
}

impl Head {
    /// The header of a state of `size` bytes.
    pub const fn new(kind: Kind, param: u32, size: usize) -> Head {
        Head::numbered(kind as u16, param, size)
    }

    /// That of a kind given by its number.
    pub const fn numbered(kind: u16, param: u32, size: usize) -> Head {
        Head { magic: MAGIC, kind, version: version(kind), size: size as u32, param }
    }
}

/// A kind of state. All zero after the head and the parameters means that nothing
/// was seen, so `init` and `reset` are the same for all.
///
/// # Safety
/// Implementors are `repr(C)`, start with a [`Head`] and `WORDS` words, are 8-byte
/// aligned, have no padding and no invalid bit patterns, and span `size(params)`
/// bytes at `at`.
pub unsafe trait State {
    /// What it is.
    const KIND: Kind;
    /// How many words of parameters follow the head.
    const WORDS: usize = 0;
    /// Bytes for these parameters; `None` where `init` refuses them.
    fn size(params: &Params) -> Option<usize>;
    /// A pointer to the state that starts at `data`.
    fn at(data: *mut u8, params: &Params) -> *mut Self;
    /// Adds what another state has seen, of parameters that [`mergeable`] allows and
    /// for which there is [`room`].
    ///
    /// [`mergeable`]: State::mergeable
    /// [`room`]: State::room
    fn merge(&mut self, other: &Self);

    /// Whether a state of the second parameters may be added to one of the first.
    fn mergeable(first: &Params, second: &Params) -> bool {
        first == second
    }

    /// Whether both have looked at their data in the same way, beyond their parameters.
    fn alike(&self, _other: &Self) -> bool {
        true
    }

    /// Whether what another state has seen can be added at all.
    fn room(&self, _other: &Self) -> bool {
        true
    }
}

/// Bytes that are the same in a state that has seen nothing.
pub const fn kept<S: State + ?Sized>() -> usize {
    size_of::<Head>() + S::WORDS * size_of::<u64>()
}

/// The parameters of the state at `data`, if it is one that its own size agrees
/// with.
///
/// # Safety
/// `data` must be readable for the 16 bytes of a head and, if that is one of `S`,
/// for its size.
pub unsafe fn params<S: State + ?Sized>(data: *const u8) -> Result<Params, Status> {
    if !(data as usize).is_multiple_of(8) {
        return Err(Status::LGT_E_STATE);
    }
    // SAFETY: the caller vouches for 16 bytes, aligned as was just seen.
    let head = unsafe { *data.cast::<Head>() };
    let size = head.size as usize;
    if head != Head::new(S::KIND, head.param, size) || size < kept::<S>() {
        return Err(Status::LGT_E_STATE);
    }
    let mut params = Params::from(head.param);
    for (i, word) in params.words.iter_mut().take(S::WORDS).enumerate() {
        // SAFETY: the head is one of `S`, long enough for its words.
        *word = unsafe { *data.add(size_of::<Head>()).cast::<u64>().add(i) };
    }
    if S::size(&params) == Some(size) { Ok(params) } else { Err(Status::LGT_E_STATE) }
}

/// The state at `data`, or `E_STATE`.
///
/// # Safety
/// As [`params`].
pub unsafe fn view<'a, S: State + ?Sized>(data: *const u8) -> Result<&'a S, Status> {
    // SAFETY: the caller vouches for a head and for the size it states.
    unsafe {
        let params = params::<S>(data)?;
        Ok(&*S::at(data.cast_mut(), &params))
    }
}

/// As [`view`], to change.
///
/// # Safety
/// As [`view`], and writable, with no other reference to it.
pub unsafe fn view_mut<'a, S: State + ?Sized>(data: *mut u8) -> Result<&'a mut S, Status> {
    // SAFETY: as above.
    unsafe {
        let params = params::<S>(data)?;
        Ok(&mut *S::at(data, &params))
    }
}

/// Makes the `size` bytes at `data` a state that has seen nothing.
///
/// # Safety
/// `data` must be writable for `size` bytes.
pub unsafe fn init<S: State + ?Sized>(
    data: *mut u8,
    size: usize,
    params: &Params,
) -> Result<(), Status> {
    let needed = S::size(params).ok_or(Status::LGT_E_VALUE)?;
    if size < needed {
        return Err(Status::LGT_E_SIZE);
    }
    if !(data as usize).is_multiple_of(8) {
        return Err(Status::LGT_E_STATE);
    }
    // SAFETY: the caller vouches for `size` bytes, which are enough.
    unsafe {
        core::ptr::write_bytes(data, 0, needed);
        *data.cast::<Head>() = Head::new(S::KIND, params.param, needed);
        for (i, word) in params.words.iter().take(S::WORDS).enumerate() {
            *data.add(size_of::<Head>()).cast::<u64>().add(i) = *word;
        }
    }
    Ok(())
}

/// Adds state `other` to state `data`.
///
/// # Safety
/// Both as for [`view_mut`] and [`view`].
pub unsafe fn merge<S: State + ?Sized>(data: *mut u8, other: *const u8) -> Result<(), Status> {
    // SAFETY: the caller vouches for both.
    unsafe {
        let (first, second) = (params::<S>(data)?, params::<S>(other)?);
        if !S::mergeable(&first, &second) {
            return Err(Status::LGT_E_MISMATCH);
        }
        if core::ptr::eq(data, other) {
            return Err(Status::LGT_E_ALIAS);
        }
        let (to, from) = (&mut *S::at(data, &first), &*S::at(other.cast_mut(), &second));
        if !to.alike(from) {
            return Err(Status::LGT_E_MISMATCH);
        }
        if !to.room(from) {
            return Err(Status::LGT_E_SIZE);
        }
        to.merge(from);
    }
    Ok(())
}
