"""What a call returned: an exception for an error, a warning for an advisory."""

from __future__ import annotations

import sys
import warnings
from typing import Any

from ._abi import STATUSES, function


class LogitudeError(ValueError):
    """The library refused its arguments. `status` is its number, `name` its C name."""

    status: int
    name: str


class LogitudeWarning(UserWarning):
    """The outputs are written, and something about them deserves a look: a row
    without any entry above -inf, a statistic that is undefined for the data, a
    fit that ended at a bound. `status` and `name` as in `LogitudeError`."""

    status: int
    name: str


_OTHER_ERRORS = {"LGT_E_NOMEM": MemoryError, "LGT_E_UNSUPPORTED": NotImplementedError}


def _described(kind: Any, status: int, detail: str) -> Any:
    name = status_name(status)
    sentence = function("status", "string")(status).decode()
    described = kind(f"{detail or sentence} ({name})")
    described.status, described.name = status, name
    return described


def status_name(status: int) -> str:
    """The C name of a status."""
    return function("status", "name")(status).decode()


def error(name: str, detail: str = "", about: Any = None) -> Exception:
    """The exception for a status; `detail` says more than the library's sentence. It starts
    with the name of the argument that it is `about`, if it is given."""
    made = _described(_OTHER_ERRORS.get(name, LogitudeError), STATUSES[name], detail)
    return made if about is None else _about(made, about)


def wrong(subject: Any, text: str, name: str) -> Exception:
    """The exception for an argument of a wrong kind. `name` is what it is called here: the
    border puts in its place what the caller knows it by."""
    return _about(TypeError(f"{name} {text}"), subject)


def _about(problem: Any, subject: Any) -> Exception:
    problem.subject, problem.text = subject, problem.args[0].partition(" ")[2]
    return problem


def check(status: int, *expected: str) -> None:
    """Raises an error; warns of an advisory, unless it is expected."""
    if status < 0:
        raise error(status_name(status))
    if status > 0 and status_name(status) not in expected:
        warnings.warn(_described(LogitudeWarning, status, ""), stacklevel=_callers_level())


def _callers_level() -> int:
    """How far up the stack the code stands that called this package."""
    level, frame = 1, sys._getframe(1)
    while frame.f_back and _is_ours(frame.f_globals.get("__package__")):
        level, frame = level + 1, frame.f_back
    return level


def _is_ours(package: str | None) -> bool:
    return package is not None and package.partition(".")[0] == __package__
