"""The short way of softmax and the long one are one function, over ctypes and over cffi."""

import sys

import numpy as np
import pytest

import logitude as lg
from logitude import _address, _quick
from logitude.functional import _transform

WAYS = ["ctypes", "cffi", "asked"]
PLAIN = (None, None, None, 0.0, None, None, None)


@pytest.fixture(params=WAYS)
def softmax(request, monkeypatch):
    """softmax, made anew: over ctypes, over cffi, and where addresses cannot be read."""
    if request.param == "cffi":
        pytest.importorskip("cffi")
    else:
        monkeypatch.setitem(sys.modules, "cffi", None)
    if request.param == "asked":
        monkeypatch.setattr(_quick, "WORDS", None)

    def full(x, axis=-1, *, out=None, scale=1.0):
        full.calls += 1
        return _transform("softmax", x, axis, scale, PLAIN, out, False, False, "nan")

    full.calls = 0
    made = _quick.quickly("softmax")(full)
    made.calls = lambda: full.calls
    made.is_short = request.param != "asked"
    return made


@pytest.mark.parametrize("kind", ["f2", "f4", "f8", ">f4", "i4"])
@pytest.mark.parametrize("shape", [(), (7,), (3, 5), (2, 3, 4), (0, 3), (3, 0), (0,), (1000,)])
def test_both_ways_agree(softmax, kind, shape, rng):
    x = np.asarray(rng.normal(size=shape) * 4).astype(kind)
    if shape == ():
        with pytest.raises(ValueError):
            softmax(x)
        return
    truth = _transform("softmax", x, -1, 1.0, PLAIN, None, False, False, "nan")
    made = softmax(x)
    assert made.dtype == truth.dtype and made.shape == shape
    np.testing.assert_array_equal(made, truth)
    out = np.full(shape, 9, truth.dtype)
    assert softmax(x, out=out) is out
    np.testing.assert_array_equal(out, truth)
    assert softmax(out, out=out) is out
    native = kind in ("f2", "f4", "f8")
    assert softmax.calls() == (3 if not softmax.is_short else 0 if native else 2)


def test_what_is_not_plain_goes_the_long_way(softmax, rng):
    x = rng.normal(size=(6, 4))
    softmax(x, scale=2.0), softmax(x, 0), softmax(x.T), softmax(x[:, ::2]), softmax(x.tolist())
    softmax(x, out=np.zeros((12, 4))[::2])
    assert softmax.calls() == 6
    with pytest.raises(TypeError):
        softmax(x, out=np.zeros((6, 4), np.float32))
    with pytest.raises(ValueError):
        softmax(x, out=np.zeros((4, 6)))
    with pytest.raises(TypeError):
        softmax(x, no_such=1)


def test_advice_and_errors_come_by_either_way(softmax):
    with pytest.warns(lg.LogitudeWarning, match="LGT_EMPTY_ROW") as caught:
        softmax(np.full(4, -np.inf))
    assert caught[0].filename == __file__
    memory = np.arange(9.0)
    with pytest.raises(lg.LogitudeError, match="LGT_E_ALIAS"):
        softmax(memory[:-1], out=memory[1:])
    np.testing.assert_array_equal(memory, np.arange(9.0))


def test_addresses():
    for x in (np.zeros(3), np.zeros((5, 5))[1:, 2:], np.frombuffer(b"abc", np.uint8), np.zeros(0)):
        assert _address.address(x) == _address._asked(x) == x.ctypes.data
    matrix = np.zeros((2, 2)).view(np.ma.MaskedArray)
    assert _address.address(matrix) == matrix.ctypes.data
