"""Linear maps of logits: fitted as a whole, or to rows that are split among workers."""

from __future__ import annotations

import ctypes
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._abi import CONSTANTS, STRUCTS, function
from ._address import address
from ._arrays import accumulator, check_out, count, floating, rows, suffix
from ._calibrator import Calibrator
from ._docs import documented
from ._labelled import Labelled
from ._state import State
from ._status import check, error
from .functional import write_rows

__all__ = [
    "DirichletCalibration",
    "MatrixLoss",
    "MatrixScaling",
    "MatrixSearch",
    "PriorShift",
    "SaerensPriors",
    "VectorScaling",
]

_FORMS = {
    "bias": CONSTANTS["LGT_MATRIX_FORM_BIAS"],
    "vector": CONSTANTS["LGT_MATRIX_FORM_VECTOR"],
    "matrix": CONSTANTS["LGT_MATRIX_FORM_MATRIX"],
}
_DEFAULT = STRUCTS["lgt_matrix_search_opts"]()
function("matrix_search", "opts_default")(ctypes.byref(_DEFAULT))
_SAERENS = STRUCTS["lgt_saerens_opts"]()
function("saerens", "opts_default")(ctypes.byref(_SAERENS))

Self = TypeVar("Self", bound="MatrixLoss")


def _bytes(family: str, verb: str, *arguments: Any) -> NDArray[np.uint64]:
    """As many bytes as a function of the library asks for."""
    size = ctypes.c_size_t()
    check(function(family, verb)(*arguments, ctypes.byref(size)))
    return np.zeros(size.value // 8, np.uint64)


def _options(
    max_iter: int, tol: float, bound: float, diagonal: float, off_diagonal: float, bias: float
) -> Any:
    options = STRUCTS["lgt_matrix_search_opts"]()
    options.struct_size = ctypes.sizeof(options)
    options.max_iter = count(max_iter, "max_iter")
    options.tol, options.bound = tol, bound
    options.diagonal, options.off_diagonal, options.bias = diagonal, off_diagonal, bias
    return options


class _LinearMap(Calibrator):
    """What the maps share; each says which penalties it has."""

    max_iter: int
    tol: float
    bound: float
    _matrix = False

    def _costs(self) -> tuple[float, float, float]:
        return tuple(getattr(self, name, 0.0) for name in ("diagonal", "off_diagonal", "bias"))

    def _extra(self) -> tuple[float, ...]:
        return ()

    def _fit(self, scores: Any, labels: Any, weights: Any) -> None:
        options = _options(self.max_iter, self.tol, self.bound, *self._costs())
        data = Labelled(scores, labels, weights)
        cols = data.scores.cols
        if cols == 0:
            raise error("LGT_E_VALUE", "there are no classes")
        model = _bytes(self._family, "size", cols)
        scratch = _bytes(self._family, "scratch", cols)
        room = address(scratch), scratch.nbytes
        call = function(self._family, "fit", data.suffix)
        x = data.scores
        weight = None if data.weights is None else address(data.weights)
        found = data.labels
        kind = CONSTANTS[f"LGT_{found.dtype.kind.upper()}{8 * found.itemsize}"]
        check(
            call(
                *(address(model), model.nbytes, x.address, x.stride, address(found), kind),
                *(weight, x.rows, x.cols, *self._extra(), ctypes.byref(options), *room),
            )
        )
        self._keep(model)

    def _apply(self, scores: ArrayLike, out: NDArray[Any] | None) -> NDArray[Any]:
        model = self._address
        x = floating(scores)
        result = np.empty(x.shape, x.dtype) if out is None else out
        check_out(result, x)
        apply = function(self._family, "apply", suffix(x.dtype))
        room: tuple[int, ...] = ()
        if self._matrix:
            scratch = _bytes(self._family, "apply_scratch", rows(x).cols)
            room = address(scratch), scratch.nbytes

        def call(x: Any, y: Any) -> int:
            return apply(model, x.address, x.stride, y.address, y.stride, x.rows, x.cols, *room)

        check(write_rows(x, result, call))
        return result

    @property
    def _classes(self) -> int:
        return int(self._head().head.param)

    @property
    def bias_(self) -> NDArray[np.float64]:
        """A bias for each class."""
        k = self._classes
        scales = k * k if self._matrix else 0 if self._family == "prior_shift" else k
        return self._parameters()[scales : scales + k].copy()


@documented("vector_scaling", "fit", "f32")
class VectorScaling(_LinearMap):
    """VectorScaling(diagonal=0.0, bias=0.0, max_iter=1000, tol=1e-20, bound=1000.0)

    `fit(logits, labels)`, then `predict_proba(logits)`. After fitting: `scale_`, `bias_`,
    `nll_before_`, `nll_after_`, `n_iter_`, and `status_`, the name of how the fit ended; any
    end but LGT_OK is warned of (LogitudeWarning).
    """

    _family = "vector_scaling"

    def __init__(
        self,
        diagonal: float = _DEFAULT.diagonal,
        bias: float = _DEFAULT.bias,
        max_iter: int = _DEFAULT.max_iter,
        tol: float = _DEFAULT.tol,
        bound: float = _DEFAULT.bound,
    ) -> None:
        self.diagonal, self.bias = diagonal, bias
        self.max_iter, self.tol, self.bound = max_iter, tol, bound

    def fit(
        self, logits: ArrayLike, labels: ArrayLike, weights: ArrayLike | None = None
    ) -> VectorScaling:
        """Finds scales and biases. Returns itself."""
        self._fit(logits, labels, weights)
        return self

    def predict_proba(self, logits: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
        """Calibrated probabilities of `logits`, classes along the last axis, written to
        `out` if given, which may be `logits`."""
        return self._apply(logits, out)

    @property
    def scale_(self) -> NDArray[np.float64]:
        """A scale for each class."""
        return self._parameters()[: self._classes].copy()


@documented("matrix_scaling", "fit", "f32")
class MatrixScaling(_LinearMap):
    """MatrixScaling(diagonal=0.0, off_diagonal=0.0, bias=0.0, max_iter=1000, tol=1e-20,
    bound=1000.0)

    `fit(logits, labels)`, then `predict_proba(logits)`. After fitting: `matrix_`, `bias_`,
    `nll_before_`, `nll_after_`, `n_iter_`, and `status_`, the name of how the fit ended; any
    end but LGT_OK is warned of (LogitudeWarning).
    """

    _family = "matrix_scaling"
    _matrix = True

    def __init__(
        self,
        diagonal: float = _DEFAULT.diagonal,
        off_diagonal: float = _DEFAULT.off_diagonal,
        bias: float = _DEFAULT.bias,
        max_iter: int = _DEFAULT.max_iter,
        tol: float = _DEFAULT.tol,
        bound: float = _DEFAULT.bound,
    ) -> None:
        self.diagonal, self.off_diagonal, self.bias = diagonal, off_diagonal, bias
        self.max_iter, self.tol, self.bound = max_iter, tol, bound

    def fit(
        self, logits: ArrayLike, labels: ArrayLike, weights: ArrayLike | None = None
    ) -> MatrixScaling:
        """Finds the matrix and biases. Returns itself."""
        self._fit(logits, labels, weights)
        return self

    def predict_proba(self, logits: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
        """Calibrated probabilities of `logits`, classes along the last axis, written to
        `out` if given, which may be `logits`."""
        return self._apply(logits, out)

    @property
    def matrix_(self) -> NDArray[np.float64]:
        """The matrix; logits are columns."""
        k = self._classes
        return self._parameters()[: k * k].reshape(k, k).copy()


@documented("dirichlet", "fit", "f32")
class DirichletCalibration(_LinearMap):
    """DirichletCalibration(eps=1e-15, diagonal=0.0, off_diagonal=0.0, bias=0.0,
    max_iter=1000, tol=1e-20, bound=1000.0)

    `fit(probs, labels)`, then `predict_proba(probs)`. After fitting: `matrix_`, `bias_`,
    `nll_before_`, `nll_after_`, `n_iter_`, and `status_`, the name of how the fit ended; any
    end but LGT_OK is warned of (LogitudeWarning).
    """

    _family = "dirichlet"
    _matrix = True

    def __init__(
        self,
        eps: float = 1e-15,
        diagonal: float = _DEFAULT.diagonal,
        off_diagonal: float = _DEFAULT.off_diagonal,
        bias: float = _DEFAULT.bias,
        max_iter: int = _DEFAULT.max_iter,
        tol: float = _DEFAULT.tol,
        bound: float = _DEFAULT.bound,
    ) -> None:
        self.eps = eps
        self.diagonal, self.off_diagonal, self.bias = diagonal, off_diagonal, bias
        self.max_iter, self.tol, self.bound = max_iter, tol, bound

    def _extra(self) -> tuple[float, ...]:
        if not self.eps > 0:
            raise error("LGT_E_VALUE", "eps is above 0")
        return (self.eps,)

    def fit(
        self, probs: ArrayLike, labels: ArrayLike, weights: ArrayLike | None = None
    ) -> DirichletCalibration:
        """Finds the matrix and biases. Returns itself."""
        self._fit(probs, labels, weights)
        return self

    def predict_proba(self, probs: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
        """Calibrated probabilities of `probs`, classes along the last axis, written to `out`
        if given, which may be `probs`."""
        return self._apply(probs, out)

    @property
    def matrix_(self) -> NDArray[np.float64]:
        """The matrix; logarithms of probabilities are columns."""
        k = self._classes
        return self._parameters()[: k * k].reshape(k, k).copy()


@documented("prior_shift", "fit", "f32")
class PriorShift(_LinearMap):
    """PriorShift(bias=0.0, max_iter=1000, tol=1e-20, bound=1000.0)

    `fit(logits, labels)`, then `predict_proba(logits)`. After fitting: `bias_`,
    `nll_before_`, `nll_after_`, `n_iter_`, and `status_`, the name of how the fit ended; any
    end but LGT_OK is warned of (LogitudeWarning).
    """

    _family = "prior_shift"

    def __init__(
        self,
        bias: float = _DEFAULT.bias,
        max_iter: int = _DEFAULT.max_iter,
        tol: float = _DEFAULT.tol,
        bound: float = _DEFAULT.bound,
    ) -> None:
        self.bias = bias
        self.max_iter, self.tol, self.bound = max_iter, tol, bound

    def fit(
        self, logits: ArrayLike, labels: ArrayLike, weights: ArrayLike | None = None
    ) -> PriorShift:
        """Finds biases. Returns itself."""
        self._fit(logits, labels, weights)
        return self

    def predict_proba(self, logits: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
        """Probabilities of `logits` with shifted priors, classes along the last axis,
        written to `out` if given, which may be `logits`."""
        return self._apply(logits, out)


@documented("saerens", "fit", "f32")
class SaerensPriors(_LinearMap):
    """SaerensPriors(train_priors=None, max_iter=10000, tol=1e-10)

    `fit(probs)`, then `predict_proba(probs)`. `train_priors`: None for equal ones. After
    fitting: `priors_`, `bias_`, `nll_before_`, `nll_after_`, `n_iter_`, and `status_`, the
    name of how the fit ended; any end but LGT_OK is warned of (LogitudeWarning).
    """

    _family = "prior_shift"

    def __init__(
        self,
        train_priors: ArrayLike | None = None,
        max_iter: int = _SAERENS.max_iter,
        tol: float = _SAERENS.tol,
    ) -> None:
        self.train_priors, self.max_iter, self.tol = train_priors, max_iter, tol

    def _old(self, cols: int) -> NDArray[np.float64]:
        if self.train_priors is None:
            return np.full(cols, 1 / cols)
        old = np.ascontiguousarray(self.train_priors, np.float64)
        if old.shape != (cols,):
            raise error("LGT_E_SHAPE", f"{old.shape} priors for {cols} classes")
        return old

    def fit(self, probs: ArrayLike, weights: ArrayLike | None = None) -> SaerensPriors:
        """Finds new priors. Returns itself."""
        options = STRUCTS["lgt_saerens_opts"]()
        options.struct_size = ctypes.sizeof(options)
        options.max_iter, options.tol = count(self.max_iter, "max_iter"), self.tol
        scores = floating(probs)
        x = rows(scores)
        if x.cols == 0:
            raise error("LGT_E_VALUE", "there are no classes")
        old = self._old(x.cols)
        weight = None
        if weights is not None:
            weight = np.ascontiguousarray(weights, accumulator(scores.dtype))
            if weight.size != x.rows:
                raise error("LGT_E_SHAPE", "one weight is needed for each row")
        model = _bytes(self._family, "size", x.cols)
        scratch = _bytes("saerens", "scratch", x.cols)
        check(
            function("saerens", "fit", suffix(scores.dtype))(
                *(address(model), model.nbytes, x.address, x.stride),
                *(None if weight is None else address(weight), x.rows, x.cols),
                *(address(old), None, ctypes.byref(options)),
                *(address(scratch), scratch.nbytes),
            )
        )
        self._keep(model)
        return self

    def predict_proba(self, probs: ArrayLike, out: NDArray[Any] | None = None) -> NDArray[Any]:
        """Probabilities under the new priors of probabilities under the old ones, classes
        along the last axis, written to `out` if given, which may be `probs`."""
        x = floating(probs)
        with np.errstate(divide="ignore"):
            return self._apply(np.log(x).astype(x.dtype), np.empty_like(x) if out is None else out)

    @property
    def priors_(self) -> NDArray[np.float64]:
        """The new priors."""
        priors = np.exp(self.bias_) * self._old(self._classes)
        return priors / priors.sum()


@documented("matrix_loss", "update", "f32")
class MatrixLoss(State):
    """MatrixLoss(form, classes, eps=0.0): the loss of a linear map of logits.

    `form` is "bias", "vector" or "matrix". With a matrix and `eps` above 0, rows are
    probabilities.
    """

    _family = "matrix_loss"

    def __init__(self, form: str, classes: int, eps: float = 0.0) -> None:
        if form not in _FORMS:
            raise error("LGT_E_VALUE", f"form is one of {list(_FORMS)}, not {form!r}")
        super().__init__(_FORMS[form], count(classes, "classes"), eps)

    def set(self: Self, point: ArrayLike) -> Self:
        """Looks at the loss at `point`: scales, then biases. Forgets all rows. Returns
        itself."""
        at = np.ascontiguousarray(point, np.float64)
        check(function(self._family, "set")(self._address, address(at), at.size))
        return self

    def update(
        self: Self, scores: ArrayLike, labels: ArrayLike, weights: ArrayLike | None = None
    ) -> Self:
        """Adds rows. Returns itself."""
        data = Labelled(scores, labels, weights)
        form, classes = self._words()[:2]
        scratch = _bytes(self._family, "scratch", form, classes)
        data.pass_to(self._family, "update", self._address, address(scratch), scratch.nbytes)
        return self

    def _words(self) -> tuple[int, int, int]:
        form, classes = int(self._state[2]), int(self._state.view(np.uint32)[3])
        scales = (0, classes, classes * classes)[form]
        return form, classes, scales + classes

    def compute(self) -> float:
        """The mean loss; NaN, with a LogitudeWarning, if there are no rows."""
        report = STRUCTS["lgt_matrix_loss_report"]()
        check(function(self._family, "finish")(self._address, ctypes.byref(report)))
        return float(report.loss)

    def derivatives(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The mean gradient, and the curvature of each parameter by itself."""
        n = self._words()[2]
        gradient, curvature = np.empty(n), np.empty(n)
        get = function(self._family, "get")
        check(get(self._address, address(gradient), address(curvature), n))
        return gradient, curvature


class MatrixSearch:
    """MatrixSearch(form, classes, eps=0.0, diagonal=0.0, off_diagonal=0.0, bias=0.0,
    max_iter=1000, tol=1e-20, bound=1000.0): a fit whose rows are split among workers.

    Until `done`: every worker updates a `MatrixLoss` that was set to `point()`; the states
    are merged; `step` takes the sum. Then `model()` is the calibrator.
    """

    def __init__(
        self,
        form: str,
        classes: int,
        eps: float = 0.0,
        diagonal: float = 0.0,
        off_diagonal: float = 0.0,
        bias: float = 0.0,
        max_iter: int = _DEFAULT.max_iter,
        tol: float = _DEFAULT.tol,
        bound: float = _DEFAULT.bound,
    ) -> None:
        options = _options(max_iter, tol, bound, diagonal, off_diagonal, bias)
        self.done = False
        self._form, self._classes, self._eps = form, classes, eps
        self._n = MatrixLoss(form, classes, eps)._words()[2]
        parameters = _FORMS[form], classes, eps
        self._search = _bytes("matrix_search", "size", *parameters)
        start = function("matrix_search", "init")
        check(start(self._address, self._search.nbytes, *parameters, ctypes.byref(options)))

    @property
    def _address(self) -> int:
        return address(self._search)

    def point(self) -> NDArray[np.float64]:
        """Where the loss is to be looked at next."""
        point = np.empty(self._n)
        check(function("matrix_search", "point")(self._address, address(point), self._n))
        return point

    def step(self, loss: MatrixLoss) -> bool:
        """Takes the loss of all rows at that point. Whether the search is done."""
        done = ctypes.c_uint32()
        step = function("matrix_search", "step")
        check(step(self._address, loss._address, ctypes.byref(done)))
        self.done = bool(done.value)
        return self.done

    def model(self) -> _LinearMap:
        """The calibrator."""
        made = {"bias": PriorShift, "vector": VectorScaling, "matrix": MatrixScaling}[self._form]()
        if self._eps > 0:
            made = DirichletCalibration(self._eps)
        model = _bytes(made._family, "size", self._classes)
        call = function("matrix_search", "model")
        check(call(self._address, address(model), model.nbytes))
        made._keep(model)
        return made
