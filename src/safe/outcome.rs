//! What a call returns.

use crate::status::Status;
use core::fmt;

/// What a call that succeeded has to say about its results. They are written in every
/// case; anything but [`Advice::None`] says that they deserve a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Nothing.
    None,
    /// At least one row has no entry above -inf.
    EmptyRow,
    /// The statistic is undefined for this data; it was written as NaN.
    Undefined,
    /// The fit ended at a bound of its parameter.
    AtBound,
    /// The data does not determine the fit; the neutral model was written.
    Degenerate,
    /// The iteration limit was reached; the best model met was written.
    NotConverged,
}

/// Why a call did nothing: outputs and states are as they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error {
    status: Status,
    function: &'static str,
    argument: Option<&'static str>,
}

impl Error {
    /// An argument that does not fit the others.
    #[cold]
    pub(super) fn of(status: Status, function: &'static str, argument: &'static str) -> Error {
        Error { status, function, argument: Some(argument) }
    }

    /// What is wrong, in the words that C has for it.
    pub fn status(&self) -> Status {
        self.status
    }

    /// The function that was called.
    pub fn function(&self) -> &'static str {
        self.function
    }

    /// The argument that is wrong, where it is one alone.
    pub fn argument(&self) -> Option<&'static str> {
        self.argument
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.function)?;
        if let Some(argument) = self.argument {
            write!(f, ": {argument}")?;
        }
        let explanation = self.status.explanation().to_str().unwrap_or_default();
        write!(f, ": {explanation}")
    }
}

impl core::error::Error for Error {}

/// What C said: advice, or an error.
pub(super) fn answer(status: Status, function: &'static str) -> Result<Advice, Error> {
    Ok(match status {
        Status::LGT_OK => Advice::None,
        Status::LGT_EMPTY_ROW => Advice::EmptyRow,
        Status::LGT_UNDEFINED => Advice::Undefined,
        Status::LGT_AT_BOUND => Advice::AtBound,
        Status::LGT_DEGENERATE => Advice::Degenerate,
        Status::LGT_NOT_CONVERGED => Advice::NotConverged,
        _ => return Err(Error { status, function, argument: None }),
    })
}

/// An error unless something is so of an argument.
#[inline]
pub(super) fn fits(so: bool, function: &'static str, argument: &'static str) -> Result<(), Error> {
    if so { Ok(()) } else { Err(Error::of(Status::LGT_E_SHAPE, function, argument)) }
}
