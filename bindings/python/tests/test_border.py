"""Arrays of every kind come in where they lie, and go out as what came in; what cannot
come in is refused by the name of its argument."""

import array
import ctypes
import inspect

import numpy as np
import pytest

import logitude as lg
from logitude import _arrays, _dlpack

X = np.arange(12, dtype=np.float32).reshape(4, 3) / 5
Y = np.array([0, 1, 2, 1])


class Tensor:
    """What a library with arrays of its own offers: DLPack, and a namespace."""

    def __init__(self, values, device=(1, 0)):
        self.values, self.device = np.asarray(values), device

    def __dlpack_device__(self):
        return self.device

    def __dlpack__(self, **options):
        return self.values.__dlpack__()

    def __array_namespace__(self):
        return Namespace

    def __array__(self, *args, **options):
        raise AssertionError("it was copied")


class Namespace:
    asarray = Tensor


class Managed(ctypes.Structure):
    """DLManagedTensor, as dlpack.h has it."""

    _fields_ = [
        ("tensor", _dlpack._DLTensor),
        ("manager_ctx", ctypes.c_void_p),
        ("deleter", ctypes.c_void_p),
    ]


class Raw:
    """Memory described by hand: types that numpy's own DLPack does not have."""

    def __init__(self, values, code, bits, strides=None):
        self.values = values
        shape = (ctypes.c_int64 * values.ndim)(*values.shape)
        steps = strides and (ctypes.c_int64 * values.ndim)(*strides)
        self.tensor = Managed()
        self.tensor.tensor = _dlpack._DLTensor(
            values.ctypes.data, 1, 0, values.ndim, code, bits, 1, shape, steps, 0
        )

    def __dlpack_device__(self):
        return (1, 0)

    def __dlpack__(self):
        new = ctypes.pythonapi.PyCapsule_New
        new.restype, new.argtypes = ctypes.py_object, [ctypes.c_void_p] * 3
        self.name = ctypes.create_string_buffer(b"dltensor")
        return new(ctypes.addressof(self.tensor), ctypes.addressof(self.name), None)


def test_dlpack_in_and_out():
    made = lg.softmax(Tensor(X))
    assert type(made) is Tensor
    np.testing.assert_array_equal(made.values, lg.softmax(X))
    value, lse = lg.softmax(Tensor(X), return_lse=True)
    assert type(value) is type(lse) is Tensor and lse.values.shape == (4,)


def test_dlpack_is_not_copied():
    x, out = Tensor(X.copy()), Tensor(np.zeros_like(X))
    assert lg.softmax(x, out=out) is out
    np.testing.assert_array_equal(out.values, lg.softmax(X))
    assert lg.softmax(x, out=x) is x
    np.testing.assert_array_equal(x.values, lg.softmax(X))


def test_dlpack_of_any_layout():
    np.testing.assert_array_equal(lg.softmax(Tensor(X.T)).values, lg.softmax(X.T))
    np.testing.assert_array_equal(lg.softmax(Tensor(X[::2, 1:])).values, lg.softmax(X[::2, 1:]))
    np.testing.assert_array_equal(lg.softmax(Tensor(X), axis=0).values, lg.softmax(X, axis=0))
    assert lg.softmax(Tensor(np.zeros((0, 3)))).values.shape == (0, 3)
    assert isinstance(lg.logsumexp(Tensor(X[0])), Tensor)


@pytest.mark.parametrize("kind", ["f2", "f4", "f8"])
@pytest.mark.parametrize("label", ["i1", "u2", "i4", "u8", "?"])
def test_dlpack_in_metrics(kind, label):
    x, y = X.astype(kind), Y.astype(label)
    assert lg.nll(Tensor(x), Tensor(y)) == lg.nll(x, y)
    metric = lg.ECE(bins=5)
    assert metric.update(Tensor(lg.softmax(x)), y) is metric
    assert metric.compute() == lg.ece(lg.softmax(x), y, bins=5)
    fitted = lg.PlattScaling().fit(Tensor(x[:, 0]), Tensor(y == y[0]))
    assert type(fitted.predict_proba(Tensor(x))) is Tensor
    assert fitted.to_bytes() == lg.PlattScaling().fit(x[:, 0], y == y[0]).to_bytes()


def test_memory_outlives_its_tensor():
    x = Tensor(np.array(X))
    (seen,) = (_dlpack.array(x, "x"),)
    del x
    np.testing.assert_array_equal(seen, X)


@pytest.mark.parametrize("bare", [False, True])
def test_bfloat16(bare, monkeypatch):
    ml_dtypes = pytest.importorskip("ml_dtypes")
    truth = lg.softmax(X.astype(ml_dtypes.bfloat16))
    if bare:
        monkeypatch.setattr(_dlpack, "bfloat16", lambda: _arrays._BARE_BFLOAT16)
    bits = X.astype(ml_dtypes.bfloat16).view(np.uint16)
    made = lg.softmax(Raw(bits, 4, 16))
    assert made.dtype == (_arrays._BARE_BFLOAT16 if bare else ml_dtypes.bfloat16)
    np.testing.assert_array_equal(made.view(np.uint16), truth.view(np.uint16))
    assert lg.nll(Raw(bits, 4, 16), Y) == lg.nll(bits.view(ml_dtypes.bfloat16), Y)
    columns = lg.logsumexp(Raw(np.ascontiguousarray(bits.T), 4, 16, strides=(4, 1)))
    np.testing.assert_array_equal(columns, lg.logsumexp(bits.T.view(ml_dtypes.bfloat16)))


@pytest.mark.parametrize("code, bits", [(5, 64), (2, 8), (0, 4), (3, 64), (2, 128)])
def test_dlpack_of_other_types(code, bits):
    with pytest.raises(TypeError, match=rf"^logits is of a type .*code {code}, {bits} bits"):
        lg.nll(Raw(np.zeros((4, 3)), code, bits), Y)


@pytest.mark.parametrize("device, name", [(2, "CUDA"), (8, "Metal"), (99, "DLPack's device 99")])
def test_dlpack_of_other_devices(device, name):
    with pytest.raises(TypeError, match=rf"^weights lies on another device \({name}\), memory of"):
        lg.brier(lg.softmax(X), Y, weights=Tensor(np.ones(4), (device, 0)))
    with pytest.raises(TypeError, match="^out lies on another device"):
        lg.softmax(X, out=Tensor(X, (device, 0)))


def test_dlpack_that_refuses():
    class Refuses(Tensor):
        def __dlpack__(self):
            raise BufferError("it needs its gradient")

    with pytest.raises(TypeError, match="^x does not give its memory by DLPack: it needs its"):
        lg.log_softmax(Refuses(X))


def test_pyarrow():
    pa = pytest.importorskip("pyarrow")
    flat, labels = pa.array(X.ravel()), pa.array(Y)
    rows = pa.FixedSizeListArray.from_arrays(flat, 3)
    assert lg.nll(rows, labels) == lg.nll(X, Y)
    assert lg.nll(rows[1:], labels[1:]) == lg.nll(X[1:], Y[1:])
    assert lg.nll(pa.chunked_array([rows]), pa.chunked_array([labels])) == lg.nll(X, Y)
    assert lg.nll(pa.chunked_array([rows[:1], rows[1:]]), labels) == lg.nll(X, Y)
    assert lg.nll(pa.Tensor.from_numpy(X), labels) == lg.nll(X, Y)
    table = pa.table({str(c): X[:, c] for c in range(3)})
    assert lg.nll(table, labels) == lg.nll(table.to_batches()[0], labels) == lg.nll(X, Y)
    hits = pa.array([True, False, True, False])
    assert lg.roc_auc(flat[:4], hits) == lg.roc_auc(X.ravel()[:4], [True, False, True, False])
    made = lg.softmax(flat)
    assert type(made) is np.ndarray
    np.testing.assert_array_equal(made, lg.softmax(X.ravel()))
    with pytest.raises(TypeError, match="^labels has 1 nulls, an array of numbers was wanted"):
        lg.nll(rows, pa.array([0, 1, None, 2]))
    with pytest.raises(TypeError, match="^logits is an array of"):
        lg.nll(pa.array(["a", "b"]), Y)


def test_pyarrow_is_not_copied():
    pa = pytest.importorskip("pyarrow")
    from logitude import _arrow

    values = np.arange(6.0)
    seen = _arrow.array(pa.FixedSizeListArray.from_arrays(pa.array(values), 2), "x")
    assert np.shares_memory(seen, values)


def test_buffers_and_interfaces():
    class Interface:
        def __init__(self, values):
            self.values, self.__array_interface__ = values, values.__array_interface__

    values = array.array("f", X.ravel())
    for x in (values, memoryview(values), Interface(X.ravel()), X.ravel().tolist()):
        np.testing.assert_array_equal(lg.softmax(np.float32(x)), lg.softmax(X.ravel()))
    assert lg.softmax(values).dtype == np.float32
    assert lg.nll(memoryview(X), memoryview(Y)) == lg.nll(X, Y)
    assert lg.nll(Interface(X), Interface(Y)) == lg.nll(X, Y)


def test_pandas():
    pd = pytest.importorskip("pandas")
    assert lg.nll(pd.DataFrame(X), pd.Series(Y)) == lg.nll(X, Y)
    with pytest.raises(TypeError, match="^logits is an array of objects, one of"):
        lg.nll(pd.DataFrame(X).astype(object), Y)


def _public():
    """Every function and every method that takes something by place."""
    for name in lg.__all__:
        thing = getattr(lg, name)
        if inspect.isfunction(thing):
            yield pytest.param(thing, (), id=name)
        elif inspect.isclass(thing) and not issubclass(thing, (tuple, Exception)):
            for method, function in inspect.getmembers(thing, inspect.isfunction):
                if not method.startswith("_"):
                    yield pytest.param(function, (object.__new__(thing),), id=f"{name}.{method}")


@pytest.mark.parametrize("function, before", list(_public()))
def test_every_function_names_what_it_refuses(function, before):
    names = [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD
    ][len(before) :]
    assert hasattr(function, "is_bordered")
    if not names:
        return
    others = [None] * (len(names) - 1)
    masked = np.ma.masked_array(np.arange(4), mask=[0, 1, 1, 0])
    if not hasattr(inspect.unwrap(function), "takes_masked"):
        with pytest.raises(TypeError, match=f"^{names[0]} has 2 masked entries"):
            function(*before, masked, *others)
    with pytest.raises(TypeError, match=f"^{names[-1]} lies on another device"):
        function(*before, *others, Tensor(X, (2, 0)))


def test_masks_that_hide_nothing():
    assert lg.nll(np.ma.masked_array(X), np.ma.masked_array(Y)) == lg.nll(X, Y)


OBJECTS = X.astype(object)
RAGGED = [[0.1, 0.2], [0.3]]


@pytest.mark.parametrize(
    "message, call",
    [
        ("x is an array of objects", lambda: lg.softmax(OBJECTS)),
        ("x is an array of complex128", lambda: lg.logsumexp(X.astype(complex))),
        ("x is an array of datetime64", lambda: lg.softmax(np.zeros(3, "M8[s]"))),
        ("x is no array of numbers", lambda: lg.softmax(RAGGED)),
        ("logits is an array of <U", lambda: lg.nll(X.astype(str), Y)),
        ("logits is an array of objects", lambda: lg.nll(OBJECTS, Y)),
        ("probs is an array of objects", lambda: lg.ece(OBJECTS, Y)),
        ("scores is an array of objects", lambda: lg.ECE().update(OBJECTS, Y)),
        ("logits is an array of objects", lambda: lg.TemperatureScaling().fit(OBJECTS, Y)),
        ("scores is an array of objects", lambda: lg.roc_auc(OBJECTS[0], [0, 1, 0])),
        ("labels must be integers, not float64", lambda: lg.nll(X, Y / 2)),
        ("labels must be integers, not <U", lambda: lg.brier(X, list("abcd"))),
        ("labels must be integers, not object", lambda: lg.nll(X, Y.astype(object))),
        ("weights is an array of objects", lambda: lg.nll(X, Y, np.array([1, 1, 1, 'a'], object))),
        ("weights is an array of <U", lambda: lg.nll(X, Y, np.array(list("abcd")))),
        ("logits must have an axis", lambda: lg.nll(np.float32(1), Y)),
        ("labels must be one for each row", lambda: lg.nll(X, Y[:2])),
        (r"labels must be one for each row: shape \(4,\)", lambda: lg.ece(X, Y[None])),
        ("weights must be one for each row", lambda: lg.nll(X, Y, np.ones(5))),
        ("out must be a numpy array of type float32, not float64", lambda: lg.softmax(X, out=np.zeros(X.shape))),
        ("out must be a numpy array of type float32, not a list", lambda: lg.softmax(X, out=[])),
        (r"out has the shape \(3, 4\), the result \(4, 3\)", lambda: lg.softmax(X, out=X.T.copy())),
        ("out is read-only", lambda: lg.softmax(X, out=np.broadcast_to(np.float32(0), X.shape))),
    ],
)  # fmt: skip
def test_what_came_and_what_was_wanted(message, call):
    with pytest.raises((TypeError, ValueError), match=f"^{message}"):
        call()


def test_arrays_of_any_layout():
    wide = np.zeros((8, 9), np.float32)
    view = wide[::2, ::3]
    view[...] = X
    np.testing.assert_array_equal(lg.softmax(view), lg.softmax(X))
    assert lg.softmax(X, out=view) is view
    np.testing.assert_array_equal(view, lg.softmax(X))
    assert not wide[1].any()
    swapped = X.astype(">f4")
    np.testing.assert_array_equal(lg.softmax(swapped), lg.softmax(X))
    frozen = X.copy()
    frozen.flags.writeable = False
    np.testing.assert_array_equal(lg.softmax(frozen), lg.softmax(X))
    odd = np.zeros(49, np.uint8)[1:].view(np.float32).reshape(4, 3)
    odd[...] = X
    np.testing.assert_array_equal(lg.softmax(odd), lg.softmax(X))
    assert lg.softmax(X, out=odd) is odd
    np.testing.assert_array_equal(odd, lg.softmax(X))


torch = None


class TestTorch:
    """Where torch is installed."""

    @pytest.fixture(autouse=True)
    def there(self):
        global torch
        torch = pytest.importorskip("torch")

    @pytest.mark.parametrize("kind", ["float32", "float64", "float16", "bfloat16"])
    def test_in_and_out(self, kind):
        x = torch.randn(5, 7, generator=torch.Generator().manual_seed(0)).to(getattr(torch, kind))
        made = lg.softmax(x)
        assert made.dtype == x.dtype and isinstance(made, torch.Tensor)
        tolerance = {"float32": 1e-6, "float64": 1e-14, "float16": 1e-3, "bfloat16": 8e-3}[kind]
        truth = torch.softmax(x.double(), -1)
        assert torch.allclose(made.double(), truth, rtol=tolerance, atol=0)
        out = torch.empty_like(x)
        assert lg.softmax(x, out=out) is out and torch.equal(out, made)
        assert torch.equal(lg.softmax(x, axis=0), lg.softmax(x.T.contiguous()).T)
        y = torch.arange(5)
        loss = torch.nn.functional.cross_entropy(x.double(), y)
        assert lg.nll(x, y) == pytest.approx(loss.item(), rel=1e-6)
        fitted = lg.TemperatureScaling().fit(x, y)
        assert fitted.predict_proba(x).dtype == x.dtype

    def test_losses_have_gradients(self):
        x, y = torch.randn(5, 7, dtype=torch.float64), torch.arange(5)
        leaf = x.clone().requires_grad_()
        torch.nn.functional.cross_entropy(leaf, y, reduction="sum").backward()
        found = lg.cross_entropy(x, y)
        assert isinstance(found.grad, torch.Tensor)
        assert torch.allclose(found.grad, leaf.grad, rtol=1e-12)

    def test_what_is_refused(self):
        with pytest.raises(TypeError, match="^x does not give its memory by DLPack: .*gradient"):
            lg.softmax(torch.zeros(3, requires_grad=True))
        with pytest.raises(TypeError, match="^x does not give its memory by DLPack: .*meta"):
            lg.softmax(torch.zeros(3, device="meta"))
        with pytest.raises(TypeError, match="^x is of a type that is not supported"):
            lg.softmax(torch.zeros(3, dtype=torch.complex64))
