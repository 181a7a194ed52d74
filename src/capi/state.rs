//! Verbs that work for every state, and what the families' own verbs share.

use super::guard;
use super::inputs::RawLabelled;
use crate::agreement::agreement::Raters;
use crate::calibration::ca_loss::CaLoss;
use crate::calibration::logistic_loss::LogisticLoss;
use crate::calibration::matrix_loss::MatrixLoss;
use crate::calibration::temperature_loss::TemperatureLoss;
use crate::conformal::coverage::Coverage;
use crate::correlation::pearson::Pearson;
use crate::correlation::regression::Regression;
use crate::curves::binned_auroc::BinnedAuroc;
use crate::curves::streaming_auroc::StreamingAuroc;
use crate::metrics::accuracy::Accuracy;
use crate::metrics::binary::Binary;
use crate::metrics::bootstrap::Bootstrap;
use crate::metrics::brier::Brier;
use crate::metrics::class_counts::ClassCounts;
use crate::metrics::confusion::Confusion;
use crate::metrics::ece_binary::EceBinary;
use crate::metrics::ece_classwise::EceClasswise;
use crate::metrics::ece_top_label::EceTopLabel;
use crate::metrics::evaluate::Evaluate;
use crate::metrics::evaluate_rows::EvaluateRows;
use crate::metrics::labelled::Labelled;
use crate::metrics::log_loss::LogLoss;
use crate::metrics::multilabel::Multilabel;
use crate::metrics::nll::Nll;
use crate::metrics::rps::Rps;
use crate::metrics::spherical::Spherical;
use crate::ranking::ranking::Ranking;
use crate::ranking::{label_ranking::LabelRanking, matching::Matching, xmc::Xmc};
use crate::simd::Elem;
use crate::softmax::extsum::ExtSum;
use crate::state::{self, Head, Kind, Params, State};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// The state is an `lgt_accuracy`.
pub const LGT_STATE_ACCURACY: u32 = 1;
/// The state is an `lgt_nll`.
pub const LGT_STATE_NLL: u32 = 2;
/// The state is an `lgt_brier`.
pub const LGT_STATE_BRIER: u32 = 3;
/// The state is an `lgt_ece_top_label`.
pub const LGT_STATE_ECE_TOP_LABEL: u32 = 4;
/// The state is an `lgt_extsum`.
pub const LGT_STATE_EXTSUM: u32 = 6;
/// The state is an `lgt_evaluate`.
pub const LGT_STATE_EVALUATE: u32 = 7;
/// The state is an `lgt_evaluate_rows`.
pub const LGT_STATE_EVALUATE_ROWS: u32 = 18;
/// The state is an `lgt_confusion`.
pub const LGT_STATE_CONFUSION: u32 = 13;
/// The state is an `lgt_class_counts`.
pub const LGT_STATE_CLASS_COUNTS: u32 = 14;
/// The state is an `lgt_log_loss`.
pub const LGT_STATE_LOG_LOSS: u32 = 10;
/// The state is an `lgt_spherical`.
pub const LGT_STATE_SPHERICAL: u32 = 11;
/// The state is an `lgt_rps`.
pub const LGT_STATE_RPS: u32 = 12;
/// The state is an `lgt_binary`.
pub const LGT_STATE_BINARY: u32 = 17;
/// The state is an `lgt_ece_binary`.
pub const LGT_STATE_ECE_BINARY: u32 = 8;
/// The state is an `lgt_ece_classwise`.
pub const LGT_STATE_ECE_CLASSWISE: u32 = 9;
/// The state is an `lgt_bootstrap`.
pub const LGT_STATE_BOOTSTRAP: u32 = 16;
/// The state is an `lgt_multilabel`.
pub const LGT_STATE_MULTILABEL: u32 = 15;
/// The state is an `lgt_agreement`.
pub const LGT_STATE_AGREEMENT: u32 = 27;
/// The state is an `lgt_ranking`.
pub const LGT_STATE_RANKING: u32 = 23;
/// The state is an `lgt_xmc`.
pub const LGT_STATE_XMC: u32 = 24;
/// The state is an `lgt_matching`.
pub const LGT_STATE_MATCHING: u32 = 25;
/// The state is an `lgt_label_ranking`.
pub const LGT_STATE_LABEL_RANKING: u32 = 26;
/// The state is an `lgt_binned_auroc`.
pub const LGT_STATE_BINNED_AUROC: u32 = 21;
/// The state is an `lgt_streaming_auroc`.
pub const LGT_STATE_STREAMING_AUROC: u32 = 22;
/// The state is an `lgt_pearson`.
pub const LGT_STATE_PEARSON: u32 = 19;
/// The state is an `lgt_regression`.
pub const LGT_STATE_REGRESSION: u32 = 20;
/// The state is an `lgt_ca_loss`.
pub const LGT_STATE_CA_LOSS: u32 = 51;
/// The state is an `lgt_matrix_loss`.
pub const LGT_STATE_MATRIX_LOSS: u32 = 29;
/// The state is an `lgt_logistic_loss`.
pub const LGT_STATE_LOGISTIC_LOSS: u32 = 30;
/// The state is an `lgt_temperature_loss`.
pub const LGT_STATE_TEMPERATURE_LOSS: u32 = 28;
/// The state is an `lgt_coverage`.
pub const LGT_STATE_COVERAGE: u32 = 49;

// Written as numbers because the header generator evaluates nothing.
const _: () = assert!(
    LGT_STATE_ACCURACY == Kind::Accuracy as u32
        && LGT_STATE_NLL == Kind::Nll as u32
        && LGT_STATE_BRIER == Kind::Brier as u32
        && LGT_STATE_ECE_TOP_LABEL == Kind::EceTopLabel as u32
        && LGT_STATE_EXTSUM == Kind::ExtSum as u32
        && LGT_STATE_EVALUATE == Kind::Evaluate as u32
        && LGT_STATE_EVALUATE_ROWS == Kind::EvaluateRows as u32
        && LGT_STATE_CONFUSION == Kind::Confusion as u32
        && LGT_STATE_CLASS_COUNTS == Kind::ClassCounts as u32
        && LGT_STATE_LOG_LOSS == Kind::LogLoss as u32
        && LGT_STATE_SPHERICAL == Kind::Spherical as u32
        && LGT_STATE_RPS == Kind::Rps as u32
        && LGT_STATE_BINARY == Kind::Binary as u32
        && LGT_STATE_ECE_BINARY == Kind::EceBinary as u32
        && LGT_STATE_ECE_CLASSWISE == Kind::EceClasswise as u32
        && LGT_STATE_BOOTSTRAP == Kind::Bootstrap as u32
        && LGT_STATE_MULTILABEL == Kind::Multilabel as u32
        && LGT_STATE_AGREEMENT == Kind::Agreement as u32
        && LGT_STATE_RANKING == Kind::Ranking as u32
        && LGT_STATE_XMC == Kind::Xmc as u32
        && LGT_STATE_MATCHING == Kind::Matching as u32
        && LGT_STATE_LABEL_RANKING == Kind::LabelRanking as u32
        && LGT_STATE_BINNED_AUROC == Kind::BinnedAuroc as u32
        && LGT_STATE_STREAMING_AUROC == Kind::StreamingAuroc as u32
        && LGT_STATE_PEARSON == Kind::Pearson as u32
        && LGT_STATE_REGRESSION == Kind::Regression as u32
        && LGT_STATE_CA_LOSS == Kind::CaLoss as u32
        && LGT_STATE_MATRIX_LOSS == Kind::MatrixLoss as u32
        && LGT_STATE_LOGISTIC_LOSS == Kind::LogisticLoss as u32
        && LGT_STATE_TEMPERATURE_LOSS == Kind::TemperatureLoss as u32
        && LGT_STATE_COVERAGE == Kind::Coverage as u32
);

pub(super) unsafe fn size_of_state<S: State + ?Sized>(
    params: impl Into<Params>,
    bytes: *mut usize,
) -> Status {
    if bytes.is_null() {
        return LGT_E_NULL;
    }
    match S::size(&params.into()) {
        None => LGT_E_VALUE,
        Some(size) => {
            // SAFETY: the contract of the C functions.
            unsafe { *bytes = size };
            LGT_OK
        }
    }
}

pub(super) unsafe fn init<S: State + ?Sized>(
    data: *mut c_void,
    size: usize,
    params: impl Into<Params>,
) -> Status {
    if data.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions.
    guard::code(unsafe { state::init::<S>(data.cast(), size, &params.into()) }.map(|()| LGT_OK))
}

pub(super) unsafe fn update<E: Elem, S: State + ?Sized>(
    data: *mut c_void,
    part: RawLabelled<E>,
    add: fn(&mut S, Labelled<E>),
) -> Status {
    // SAFETY: as below.
    unsafe {
        try_update(data, part, |state: &mut S, part| {
            add(state, part);
            Ok(())
        })
    }
}

/// As [`update`], where more than the labels and weights may be wrong.
pub(super) unsafe fn try_update<E: Elem, S: State + ?Sized>(
    data: *mut c_void,
    part: RawLabelled<E>,
    add: impl Fn(&mut S, Labelled<E>) -> Result<(), Status>,
) -> Status {
    if data.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions.
    guard::code(unsafe {
        state::view_mut::<S>(data.cast()).and_then(|state| {
            add(state, part.check()?)?;
            Ok(LGT_OK)
        })
    })
}

pub(super) unsafe fn merge<S: State + ?Sized>(data: *mut c_void, other: *const c_void) -> Status {
    if data.is_null() || other.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions.
    guard::code(unsafe { state::merge::<S>(data.cast(), other.cast()) }.map(|()| LGT_OK))
}

/// Does something with a state and a place to write one thing to.
pub(super) unsafe fn read<S: State + ?Sized, R>(
    data: *const c_void,
    out: *mut R,
    f: impl FnOnce(&S) -> Result<Status, Status>,
) -> Status {
    // SAFETY: the contract of the C functions.
    unsafe { read_all(data, (out, 1), f) }
}

/// The same with a place for so many, which must be apart from the state: written over while
/// it is read, it would say of itself what is not so.
pub(super) unsafe fn read_all<S: State + ?Sized, R>(
    data: *const c_void,
    (out, count): (*mut R, usize),
    f: impl FnOnce(&S) -> Result<Status, Status>,
) -> Status {
    if data.is_null() || out.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions.
    guard::code(unsafe { state::view::<S>(data.cast()) }.and_then(|state| {
        let written = count.saturating_mul(size_of::<R>());
        guard::apart(span(state), (out.cast_const().cast(), written))?;
        f(state)
    }))
}

/// Where a state lies: start and bytes.
pub(super) fn span<S: State + ?Sized>(state: &S) -> (*const u8, usize) {
    (core::ptr::from_ref(state).cast(), size_of_val(state))
}

pub(super) unsafe fn finish<S: State + ?Sized, R>(
    data: *const c_void,
    report: *mut R,
    finish: fn(&S) -> R,
    undefined: fn(&R) -> bool,
) -> Status {
    // SAFETY: the contract of the C functions.
    unsafe {
        read(data, report, |state| {
            let result = finish(state);
            let status = if undefined(&result) { LGT_UNDEFINED } else { LGT_OK };
            *report = result;
            Ok(status)
        })
    }
}

/// What the generic verbs need of a kind.
struct Verbs {
    kind: Kind,
    /// Bytes that `reset` keeps.
    kept: usize,
    params: unsafe fn(*const u8) -> Result<Params, Status>,
    merge: unsafe fn(*mut u8, *const u8) -> Result<(), Status>,
}

impl Verbs {
    const fn of<S: State + ?Sized>() -> Verbs {
        Verbs {
            kind: S::KIND,
            kept: state::kept::<S>(),
            params: state::params::<S>,
            merge: state::merge::<S>,
        }
    }
}

/// Every kind of state: a new one is added here and is known to all verbs below.
static KINDS: &[Verbs] = &[
    Verbs::of::<Accuracy>(),
    Verbs::of::<Nll>(),
    Verbs::of::<Brier>(),
    Verbs::of::<EceTopLabel>(),
    Verbs::of::<ExtSum>(),
    Verbs::of::<Evaluate>(),
    Verbs::of::<EvaluateRows>(),
    Verbs::of::<ClassCounts>(),
    Verbs::of::<Confusion>(),
    Verbs::of::<LogLoss>(),
    Verbs::of::<Spherical>(),
    Verbs::of::<Rps>(),
    Verbs::of::<Binary>(),
    Verbs::of::<EceBinary>(),
    Verbs::of::<EceClasswise>(),
    Verbs::of::<Bootstrap>(),
    Verbs::of::<Multilabel>(),
    Verbs::of::<Raters>(),
    Verbs::of::<Ranking>(),
    Verbs::of::<Xmc>(),
    Verbs::of::<Matching>(),
    Verbs::of::<LabelRanking>(),
    Verbs::of::<BinnedAuroc>(),
    Verbs::of::<StreamingAuroc>(),
    Verbs::of::<Pearson>(),
    Verbs::of::<Regression>(),
    Verbs::of::<CaLoss>(),
    Verbs::of::<MatrixLoss>(),
    Verbs::of::<LogisticLoss>(),
    Verbs::of::<TemperatureLoss>(),
    Verbs::of::<Coverage>(),
];

/// The head and the verbs of the `size` bytes at `data`, if they are a state.
unsafe fn open(data: *const c_void, size: usize) -> Result<(Head, &'static Verbs), Status> {
    if data.is_null() {
        return Err(LGT_E_NULL);
    }
    if size < size_of::<Head>() || !(data as usize).is_multiple_of(8) {
        return Err(LGT_E_STATE);
    }
    // SAFETY: the caller vouches for `size` bytes; size and alignment were seen.
    let head = unsafe { *data.cast::<Head>() };
    let verbs = KINDS.iter().find(|v| v.kind as u16 == head.kind).ok_or(LGT_E_STATE)?;
    if head.size as usize > size {
        return Err(LGT_E_STATE);
    }
    // SAFETY: there are as many bytes as the head says.
    unsafe { (verbs.params)(data.cast()) }.map(|_| (head, verbs))
}

/// Says whether `size` bytes are a state that this library can use: right
/// magic, byte order, kind, version and length. Any bytes may be asked about.
///
/// # Shape
/// `state`: `size` bytes, 8-byte aligned.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_state_check(state: *const c_void, size: usize) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe { open(state, size) }.map(|_| LGT_OK))
}

/// Writes what a state is a state of: an `LGT_STATE_` number.
///
/// # Shape
/// `state`: `size` bytes, 8-byte aligned. `kind`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_state_kind(
    state: *const c_void,
    size: usize,
    kind: *mut u32,
) -> Status {
    if kind.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe { open(state, size) }.map(|(head, _)| {
        // SAFETY: as above.
        unsafe { *kind = u32::from(head.kind) };
        LGT_OK
    }))
}

/// Writes how many bytes a state takes up: what is to be stored or sent.
///
/// # Shape
/// `state`: `size` bytes, 8-byte aligned. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_state_size(
    state: *const c_void,
    size: usize,
    bytes: *mut usize,
) -> Status {
    if bytes.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    guard::code(unsafe { open(state, size) }.map(|(head, _)| {
        // SAFETY: as above.
        unsafe { *bytes = head.size as usize };
        LGT_OK
    }))
}

/// Adds what another state has seen: the one function that a reduction over
/// stored states needs, whatever kind they are. Any bytes may be given.
///
/// # Shape
/// `state`: `size` bytes. `other`: `other_size` bytes. Both 8-byte aligned.
///
/// # Errors
/// `LGT_E_NULL`; `LGT_E_STATE` if either is no state; `LGT_E_MISMATCH` if their
/// kinds or parameters differ; `LGT_E_ALIAS` if they are one state; `LGT_E_SIZE` if it
/// has no room left, which only `lgt_streaming_auroc` can say. The state is then as it
/// was.
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_state_merge(
    state: *mut c_void,
    size: usize,
    other: *const c_void,
    other_size: usize,
) -> Status {
    // SAFETY: the contract of this function; sizes and kinds are checked first.
    guard::code(unsafe {
        open(state, size).and_then(|(head, verbs)| {
            let (second, _) = open(other, other_size)?;
            if second.kind != head.kind {
                return Err(LGT_E_MISMATCH);
            }
            (verbs.merge)(state.cast(), other.cast()).map(|()| LGT_OK)
        })
    })
}

/// Makes a state forget what it has seen; its parameters stay.
///
/// # Shape
/// `state`: `size` bytes, 8-byte aligned.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`. The bytes are then as they were.
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_state_reset(state: *mut c_void, size: usize) -> Status {
    // SAFETY: the contract of this function; the size was checked.
    guard::code(unsafe { open(state, size) }.map(|(head, verbs)| {
        let rest = head.size as usize - verbs.kept;
        // SAFETY: as above.
        unsafe { state.cast::<u8>().add(verbs.kept).write_bytes(0, rest) };
        LGT_OK
    }))
}
