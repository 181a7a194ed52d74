//! The mergeable states, each with its C functions, so that a law is written
//! once for all of them. A new state is added here.
#![allow(dead_code)] // Each test binary uses its part.

use super::batch::Args;
use super::points::PointFunctions;
use logitude::capi::{accuracy::*, brier::*, ece_top_label::*, evaluate::*, extsum::*, nll::*};
use logitude::capi::{
    ca_loss::*, csr::lgt_csr, ece_binary::*, ece_classwise::*, label_ranking::*, log_loss::*,
    matching::*, pearson::*, regression::*, rps::*, spherical::*, temperature_loss::*, types::*,
    xmc::*,
};
use logitude::status::Status;

#[derive(Clone, Copy, Debug)]
pub enum Family {
    Accuracy {
        k: u32,
    },
    Nll,
    Brier,
    Ece {
        bins: u32,
    },
    /// Of columns, not of labelled rows: some laws are its own.
    ExtSum {
        rows: usize,
    },
    Evaluate(Evaluation),
    /// Of probabilities of one thing: of labelled rows it takes the first numbers,
    /// as many as there are rows, and labels of its own.
    EceBinary {
        bins: u32,
        closed: u32,
    },
    /// Of labelled rows with so many classes.
    EceClasswise {
        bins: u32,
        classes: u32,
        threshold: f64,
    },
    LogLoss {
        eps: f64,
        flags: u32,
    },
    Spherical,
    Rps {
        flags: u32,
    },
    /// These three take labelled rows as rows of one label each, without weights.
    Xmc {
        k: u32,
        flags: u32,
    },
    Matching {
        cutoff: u32,
        ties: u32,
    },
    LabelRanking {
        flags: u32,
    },
    /// Of two columns: of labelled rows it takes the first numbers for both.
    Pearson,
    Regression,
    /// Of labelled rows, with a temperature for all.
    CaLoss,
    /// At this temperature and 1, with derivatives at so many.
    TemperatureLoss {
        temperature: f64,
        derivatives: u32,
    },
}
use Family::*;

/// What an evaluation counts, and of what.
#[derive(Clone, Copy, Debug)]
pub struct Evaluation {
    pub bins: u32,
    pub ranks: u32,
    pub classes: u32,
    pub input: u32,
}

impl Evaluation {
    /// One bin, one rank, the classes of rows of three.
    pub const LEAST: Evaluation =
        Evaluation { bins: 1, ranks: 1, classes: 3, input: LGT_EVALUATE_LOGITS };
    pub const LOGITS: Evaluation =
        Evaluation { bins: 15, ranks: 10, classes: 0, input: LGT_EVALUATE_LOGITS };
    pub const PROBABILITIES: Evaluation =
        Evaluation { input: LGT_EVALUATE_PROBABILITIES, ..Evaluation::LOGITS };

    pub fn opts(self) -> lgt_evaluate_opts {
        let Evaluation { bins, ranks, classes, input } = self;
        let struct_size = size_of::<lgt_evaluate_opts>() as u32;
        lgt_evaluate_opts { struct_size, input, bins, ranks, classes, reserved: 0 }
    }
}

/// A state's bytes, aligned.
pub type State = Vec<u64>;

impl Family {
    /// Those of labelled rows.
    pub const ALL: &[Family] = &[
        Accuracy { k: 1 },
        Accuracy { k: 3 },
        Nll,
        Brier,
        Ece { bins: 1 },
        Ece { bins: 15 },
        Evaluate(Evaluation::LEAST),
        Evaluate(Evaluation::LOGITS),
        Evaluate(Evaluation::PROBABILITIES),
        LogLoss { eps: 0.0, flags: 0 },
        LogLoss { eps: 1e-9, flags: LGT_LOG_LOSS_RENORMALIZE },
        Spherical,
        Rps { flags: 0 },
        Rps { flags: LGT_RPS_NORMALIZE },
        TemperatureLoss { temperature: 1.5, derivatives: 1 },
        TemperatureLoss { temperature: 0.25, derivatives: 2 },
    ];

    /// Those of labelled rows.
    pub fn all() -> impl Iterator<Item = Family> {
        Family::ALL.iter().copied()
    }

    /// Every kind.
    pub fn every() -> impl Iterator<Item = Family> {
        Family::all().chain([
            ExtSum { rows: 5 },
            EceBinary { bins: 10, closed: 1 },
            EceClasswise { bins: 4, classes: 3, threshold: 0.0 },
            EceClasswise { bins: 1, classes: 3, threshold: 0.125 },
            Xmc { k: 2, flags: 0 },
            Xmc { k: 5, flags: LGT_XMC_PROPENSITIES },
            Matching { cutoff: 2, ties: LGT_MATCHING_TIES_LAST },
            LabelRanking { flags: 0 },
            LabelRanking { flags: LGT_LABEL_RANKING_SKIP },
            Pearson,
            Regression,
            CaLoss,
        ])
    }

    /// How many rows an update has, where any number will do five.
    pub fn rows(self) -> usize {
        if let ExtSum { rows } = self { rows } else { 5 }
    }

    /// Whether it takes rows of so many columns.
    pub fn takes(self, cols: usize) -> bool {
        match self {
            Evaluate(e) => e.classes == 0 || e.classes as usize == cols,
            _ => true,
        }
    }

    /// Words behind the head that are parameters.
    pub fn words(self) -> usize {
        match self {
            Evaluate(_) => 3,
            EceClasswise { .. } => 2,
            LogLoss { .. } | EceBinary { .. } | Xmc { .. } => 1,
            Matching { .. } | TemperatureLoss { .. } => 4,
            _ => 0,
        }
    }

    /// The same kind with other parameters, where there are any.
    pub fn other_parameter(self) -> Option<Family> {
        match self {
            Accuracy { k } => Some(Accuracy { k: k + 1 }),
            Ece { bins } => Some(Ece { bins: bins + 1 }),
            ExtSum { rows } => Some(ExtSum { rows: rows + 1 }),
            Evaluate(e) => Some(Evaluate(Evaluation { input: 1 - e.input, ..e })),
            EceBinary { bins, closed } => Some(EceBinary { bins, closed: 1 - closed }),
            EceClasswise { bins, classes, threshold } => {
                Some(EceClasswise { bins, classes, threshold: threshold + 0.25 })
            }
            LogLoss { eps, flags } => Some(LogLoss { eps: eps + 1e-3, flags }),
            Rps { flags } => Some(Rps { flags: 1 - flags }),
            Xmc { k, flags } => Some(Xmc { k, flags: 1 - flags }),
            Matching { cutoff, ties } => Some(Matching { cutoff: cutoff + 1, ties }),
            LabelRanking { flags } => Some(LabelRanking { flags: 1 - flags }),
            Nll | Brier | Spherical | Pearson | Regression | CaLoss => None,
            TemperatureLoss { temperature, derivatives } => {
                Some(TemperatureLoss { temperature: 2.0 * temperature, derivatives })
            }
        }
    }

    /// Bytes of a state.
    pub fn size(self) -> usize {
        let mut bytes = 0;
        // SAFETY: `bytes` is one number.
        let status = unsafe {
            match self {
                Accuracy { k } => lgt_accuracy_size(k, &raw mut bytes),
                Nll => lgt_nll_size(&raw mut bytes),
                Brier => lgt_brier_size(&raw mut bytes),
                Ece { bins } => lgt_ece_top_label_size(bins, &raw mut bytes),
                ExtSum { rows } => lgt_extsum_size(rows, &raw mut bytes),
                Evaluate(e) => lgt_evaluate_size(&e.opts(), &raw mut bytes),
                EceBinary { bins, closed } => lgt_ece_binary_size(bins, closed, &raw mut bytes),
                EceClasswise { bins, classes, threshold } => {
                    lgt_ece_classwise_size(bins, classes, threshold, &raw mut bytes)
                }
                LogLoss { eps, flags } => lgt_log_loss_size(eps, flags, &raw mut bytes),
                Spherical => lgt_spherical_size(&raw mut bytes),
                Rps { flags } => lgt_rps_size(flags, &raw mut bytes),
                Xmc { k, flags } => lgt_xmc_size(k, flags, &raw mut bytes),
                Matching { .. } => lgt_matching_size(&raw mut bytes),
                LabelRanking { flags } => lgt_label_ranking_size(flags, &raw mut bytes),
                Pearson => lgt_pearson_size(&raw mut bytes),
                Regression => lgt_regression_size(&raw mut bytes),
                CaLoss => lgt_ca_loss_size(&raw mut bytes),
                TemperatureLoss { temperature, derivatives } => {
                    let both = [temperature, 1.0];
                    lgt_temperature_loss_size(both.as_ptr(), 2, derivatives, &raw mut bytes)
                }
            }
        };
        assert_eq!(status, Status::LGT_OK);
        bytes
    }

    /// A state that has seen nothing.
    pub fn start(self) -> State {
        let size = self.size();
        assert_eq!(size % 8, 0);
        let mut state = vec![u64::MAX; size / 8];
        let at = state.as_mut_ptr().cast();
        // SAFETY: `state` is `size` bytes long.
        let status = unsafe {
            match self {
                Accuracy { k } => lgt_accuracy_init(at, size, k),
                Nll => lgt_nll_init(at, size),
                Brier => lgt_brier_init(at, size),
                Ece { bins } => lgt_ece_top_label_init(at, size, bins),
                ExtSum { rows } => lgt_extsum_init(at, size, rows),
                Evaluate(e) => lgt_evaluate_init(at, size, &e.opts()),
                EceBinary { bins, closed } => lgt_ece_binary_init(at, size, bins, closed),
                EceClasswise { bins, classes, threshold } => {
                    lgt_ece_classwise_init(at, size, bins, classes, threshold)
                }
                LogLoss { eps, flags } => lgt_log_loss_init(at, size, eps, flags),
                Spherical => lgt_spherical_init(at, size),
                Rps { flags } => lgt_rps_init(at, size, flags),
                Xmc { k, flags } => lgt_xmc_init(at, size, k, flags),
                Matching { cutoff, ties } => {
                    lgt_matching_init(at, size, &raw const cutoff, 1, ties)
                }
                LabelRanking { flags } => lgt_label_ranking_init(at, size, flags),
                Pearson => lgt_pearson_init(at, size),
                Regression => lgt_regression_init(at, size),
                CaLoss => lgt_ca_loss_init(at, size),
                TemperatureLoss { temperature, derivatives } => {
                    let both = [temperature, 1.0];
                    lgt_temperature_loss_init(at, size, both.as_ptr(), 2, derivatives)
                }
            }
        };
        assert_eq!(status, Status::LGT_OK);
        state
    }

    /// Adds rows.
    pub fn update<D: PointFunctions>(self, state: &mut State, a: &Args<D>) -> Status {
        let at = state.as_mut_ptr().cast();
        let f = match self {
            Accuracy { .. } => D::ACCURACY,
            Nll => D::NLL,
            Brier => D::BRIER,
            Ece { .. } => D::ECE,
            Evaluate(_) => D::EVALUATE,
            EceClasswise { .. } => D::ECE_CLASSWISE,
            LogLoss { .. } => D::LOG_LOSS,
            Spherical => D::SPHERICAL,
            Rps { .. } => D::RPS,
            TemperatureLoss { .. } => D::TEMPERATURE_LOSS,
            Xmc { .. } | Matching { .. } | LabelRanking { .. } => return self.rank(state, a),
            ExtSum { .. } => {
                let opts = core::ptr::null();
                // SAFETY: as below.
                return unsafe { D::ADD(at, a.x, a.stride, a.rows, a.cols, opts) };
            }
            CaLoss => {
                let (of, shape) = ((a.labels, a.label_type), (a.rows, a.cols));
                // SAFETY: as below.
                return unsafe {
                    D::CA_LOSS(at, a.x, a.stride, of.0, of.1, a.weights, &2.0, 1, shape.0, shape.1)
                };
            }
            Pearson | Regression => {
                let add = if matches!(self, Pearson) { D::PEARSON } else { D::REGRESSION };
                // SAFETY: as below; a row has at least one number.
                return unsafe { add(at, a.x, a.x, a.weights, a.rows) };
            }
            EceBinary { .. } => {
                let labels: Vec<u8> = (0..a.rows).map(|r| (r % 2) as u8).collect();
                let labels = labels.as_ptr().cast();
                // SAFETY: as below; a row has at least one number.
                return unsafe { D::ECE_BINARY(at, a.x, labels, LGT_U8, a.weights, a.rows) };
            }
        };
        // SAFETY: the arguments come from a batch that is still there.
        unsafe { f(at, a.x, a.stride, a.labels, a.label_type, a.weights, a.rows, a.cols) }
    }

    /// Adds rows of one label each.
    fn rank<D: PointFunctions>(self, state: &mut State, a: &Args<D>) -> Status {
        let (at, rows, cols) = (state.as_mut_ptr().cast(), a.rows, a.cols);
        // SAFETY: the arguments come from a batch that is still there.
        let value = |i: usize| D::value(unsafe { *a.x.add(i / cols * a.stride + i % cols) });
        let x: Vec<f64> = (0..rows * cols).map(value).collect();
        let (x, starts): (_, Vec<u64>) = (x.as_ptr(), (0..=rows as u64).collect());
        let (indptr, indices) = (starts.as_ptr().cast(), a.labels);
        let (indptr_type, indices_type) = (LGT_U64, a.label_type);
        let y = lgt_csr { indptr, indices, nnz: rows, indptr_type, indices_type };
        let (y, null) = (&raw const y, core::ptr::null());
        let inverse: Vec<f64> = (0..cols).map(|c| 1.0 + c as f64 / 7.0).collect();
        let out = core::ptr::null_mut();
        // SAFETY: all arrays are there.
        unsafe {
            match self {
                Xmc { flags, .. } => {
                    let inverse = if flags == 0 { null } else { inverse.as_ptr() };
                    lgt_xmc_update_dense_f64(at, x, cols, y, inverse, rows, cols)
                }
                Matching { .. } => {
                    lgt_matching_update_f64(at, x, cols, a.labels, a.label_type, 0, out, rows, cols)
                }
                _ => lgt_label_ranking_update_csr_f64(at, x, cols, y, null, out, rows, cols),
            }
        }
    }

    /// Merges by the family's own function.
    pub fn merge(self, state: &mut State, other: &State) -> Status {
        let (at, other) = (state.as_mut_ptr().cast(), other.as_ptr().cast());
        // SAFETY: both are whole states.
        unsafe {
            match self {
                Accuracy { .. } => lgt_accuracy_merge(at, other),
                Nll => lgt_nll_merge(at, other),
                Brier => lgt_brier_merge(at, other),
                Ece { .. } => lgt_ece_top_label_merge(at, other),
                ExtSum { .. } => lgt_extsum_merge(at, other),
                Evaluate(_) => lgt_evaluate_merge(at, other),
                EceBinary { .. } => lgt_ece_binary_merge(at, other),
                EceClasswise { .. } => lgt_ece_classwise_merge(at, other),
                LogLoss { .. } => lgt_log_loss_merge(at, other),
                Spherical => lgt_spherical_merge(at, other),
                Rps { .. } => lgt_rps_merge(at, other),
                Xmc { .. } => lgt_xmc_merge(at, other),
                Matching { .. } => lgt_matching_merge(at, other),
                LabelRanking { .. } => lgt_label_ranking_merge(at, other),
                Pearson => lgt_pearson_merge(at, other),
                Regression => lgt_regression_merge(at, other),
                CaLoss => lgt_ca_loss_merge(at, other),
                TemperatureLoss { .. } => lgt_temperature_loss_merge(at, other),
            }
        }
    }
}
