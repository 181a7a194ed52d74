"""The border of the package: outside, arrays are of whatever kind a user has; inside,
they are numpy's.

Every public function and method is passed through here. torch's tensors and whatever
else speaks DLPack, and pyarrow's arrays, are looked at where they lie, without a copy;
what comes back is of the kind that came in. What numpy takes by itself (the buffer
protocol, `__array_interface__`, lists) is left to it. An exception about an argument gets
the name by which the caller knows it.
"""

from __future__ import annotations

import functools
import inspect
import sys
from types import FunctionType
from typing import Any, Callable, Iterator, TypeVar

import numpy as np

from . import _arrow, _dlpack
from ._status import wrong

F = TypeVar("F", bound=Callable[..., Any])

# What needs no look: nearly all that is ever given.
_OWN: set[type] = {
    *(np.ndarray, int, float, bool, str, bytes, list, tuple, dict, type(None)),
    *(np.float64, np.float32, np.int64, np.bool_),
}


def bordered(function: F) -> F:
    """The function as it is called from outside."""

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            for value in args:
                if type(value) not in _OWN:
                    return _through(function, args, kwargs)
            for value in kwargs.values():
                if type(value) not in _OWN:
                    return _through(function, args, kwargs)
            return function(*args, **kwargs)
        except (TypeError, ValueError, BufferError) as problem:
            _name(problem, function, args, kwargs)
            raise

    call.is_bordered = True  # type: ignore[attr-defined]
    return call  # type: ignore[return-value]


def takes_masked(function: F) -> F:
    """Marks a function to which the mask of a numpy.ma.MaskedArray says something."""
    function.takes_masked = True  # type: ignore[attr-defined]
    return function


def open_border(namespace: dict[str, Any]) -> None:
    """Passes all that `__all__` names through the border, in the modules it is from too."""
    for name in namespace["__all__"]:
        thing = namespace[name]
        if isinstance(thing, FunctionType) and not hasattr(thing, "is_bordered"):
            namespace[name] = bordered(thing)
            home = sys.modules[thing.__module__]
            if getattr(home, name, None) is thing:
                setattr(home, name, namespace[name])
        elif isinstance(thing, type) and not issubclass(thing, (tuple, Exception)):
            _open_class(thing)


def _open_class(opened: type) -> None:
    _OWN.add(opened)
    for owner in opened.__mro__:
        if not owner.__module__.startswith(__package__) or "_is_open" in vars(owner):
            continue
        for name, method in list(vars(owner).items()):
            public = name == "__init__" or not name.startswith("_")
            if public and isinstance(method, FunctionType):
                setattr(owner, name, bordered(method))
        owner._is_open = True  # type: ignore[attr-defined]


def _through(function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Calls it with numpy's arrays, and gives back what the caller has."""
    crossing = _Crossing(hasattr(function, "takes_masked"))
    names = _parameters(function)
    given = [crossing.take(value, name) for value, name in zip(args, names)]
    given += args[len(given) :]
    named = {name: crossing.take(value, name) for name, value in kwargs.items()}
    try:
        return crossing.back(function(*given, **named))
    except (TypeError, ValueError) as problem:
        _name(problem, function, given, named)
        raise


class _Crossing:
    """The arrays of one call."""

    def __init__(self, masked: bool) -> None:
        self._masked = masked
        self._kind: Callable[[np.ndarray], Any] | None = None  # of what comes back
        self._seen: list[tuple[np.ndarray, Any]] = []

    def take(self, value: Any, name: str) -> Any:
        """The argument as it is inside."""
        kind = type(value)
        if kind in _OWN:
            return value
        if isinstance(value, np.ndarray):
            return self._without_mask(value, name)
        if _arrow.is_arrow(value):
            return _arrow.array(value, name)
        if not hasattr(kind, "__dlpack_device__"):
            return value
        seen = _dlpack.array(value, name)
        self._seen.append((seen, value))
        self._kind = self._kind or _dlpack.maker(value)
        return seen

    def _without_mask(self, value: np.ndarray, name: str) -> np.ndarray:
        if self._masked or not isinstance(value, np.ma.MaskedArray):
            return value
        if np.ma.is_masked(value):
            hidden = int(np.ma.getmaskarray(value).sum())
            raise wrong(value, f"has {hidden} masked entries, an array of numbers was wanted", name)
        return np.ma.getdata(value)

    def back(self, result: Any) -> Any:
        """The result as it is outside."""
        if self._kind is None:
            return result
        if isinstance(result, tuple):
            parts = [self.back(part) for part in result]
            return result._make(parts) if hasattr(result, "_make") else tuple(parts)
        if isinstance(result, np.ndarray):
            own = [outside for inside, outside in self._seen if inside is result]
            return own[0] if own else self._kind(result)
        if isinstance(result, np.generic) and not isinstance(result, float):
            return self._kind(np.asarray(result))
        return result


@functools.lru_cache(maxsize=None)
def _parameters(function: Any) -> tuple[str, ...]:
    """Names of the arguments that are given by place."""
    varying = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    parameters = inspect.signature(function).parameters.values()
    return tuple(p.name for p in parameters if p.kind not in varying)


def _name(problem: Exception, function: Any, args: Any, kwargs: Any) -> None:
    """Says which argument an exception is about."""
    given: list[tuple[str, Any]] = [*zip(_parameters(function), args), *kwargs.items()]
    if hasattr(problem, "subject"):
        names = [name for name, value in given if value is problem.subject]
        if names:
            problem.args = (f"{names[0]} {problem.text}",)
    elif type(problem) in (TypeError, ValueError) and not hasattr(problem, "is_named"):
        for name, kind in _no_numbers(given):
            problem.args = (f"{name} is an array of {kind}, numbers were wanted: {problem}",)
            problem.is_named = True  # type: ignore[attr-defined]
            break


def _no_numbers(given: list[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    for name, value in given:
        dtype = getattr(value, "dtype", None)
        if isinstance(dtype, np.dtype) and dtype.kind in "OSUMmc":
            yield name, "objects" if dtype.kind == "O" else str(dtype)
