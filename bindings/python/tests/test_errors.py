"""Every error is an exception with a name."""

import platform

import numpy as np
import pytest

import logitude as lg
from logitude import _abi, _status

X = np.zeros((4, 3))
Y = np.zeros(4, int)


@pytest.mark.parametrize("name, status", _abi.STATUSES.items())
def test_every_status(name, status, recwarn):
    if status < 0:
        others = {"LGT_E_NOMEM": MemoryError, "LGT_E_UNSUPPORTED": NotImplementedError}
        with pytest.raises(others.get(name, lg.LogitudeError)) as caught:
            _status.check(status)
        described = caught.value
    elif status > 0:
        _status.check(status)
        described = recwarn.pop(lg.LogitudeWarning).message
        _status.check(status, name)
    if status != 0:
        assert (described.name, described.status) == (name, status) and name in str(described)
    assert not recwarn.list


@pytest.mark.parametrize(
    "name, call",
    [
        ("LGT_E_VALUE", lambda: lg.softmax(X, scale=0)),
        ("LGT_E_VALUE", lambda: lg.softmax(X, scale=np.nan)),
        ("LGT_E_VALUE", lambda: lg.logsumexp(X, scale=-1)),
        ("LGT_E_OPTION", lambda: lg.softmax(X, empty="none")),
        ("LGT_E_SHAPE", lambda: lg.softmax(X, out=np.zeros((3, 4)))),
        ("LGT_E_VALUE", lambda: lg.softmax(X, out=np.broadcast_to(0.0, X.shape))),
        ("LGT_E_LABEL", lambda: lg.nll(X, Y + 3)),
        ("LGT_E_LABEL", lambda: lg.nll(X, Y - 1)),
        ("LGT_E_LABEL", lambda: lg.TemperatureScaling().fit(X, Y + 3)),
        ("LGT_E_SHAPE", lambda: lg.nll(X, Y[:-1])),
        ("LGT_E_SHAPE", lambda: lg.nll(X, Y[:, None])),
        ("LGT_E_SHAPE", lambda: lg.nll(X, 0)),
        ("LGT_E_SHAPE", lambda: lg.nll(1.0, 0)),
        ("LGT_E_SHAPE", lambda: lg.nll(X, Y, [1, 1])),
        ("LGT_E_VALUE", lambda: lg.nll(X, Y, [1, 1, 1, -1])),
        ("LGT_E_VALUE", lambda: lg.nll(X, Y, [1, 1, 1, np.nan])),
        ("LGT_E_VALUE", lambda: lg.Accuracy(0)),
        ("LGT_E_VALUE", lambda: lg.Accuracy(-1)),
        ("LGT_E_VALUE", lambda: lg.Accuracy(2**32 + 1)),
        ("LGT_E_VALUE", lambda: lg.ECE(0)),
        ("LGT_E_VALUE", lambda: lg.ECE(65537)),
        ("LGT_E_MISMATCH", lambda: lg.ECE(10) + lg.ECE(15)),
        ("LGT_E_MISMATCH", lambda: lg.NLL().merge(lg.Brier())),
        ("LGT_E_MISMATCH", lambda: lg.NLL.from_bytes(lg.Brier().to_bytes())),
        ("LGT_E_STATE", lambda: lg.NLL.from_bytes(b"")),
        ("LGT_E_STATE", lambda: lg.NLL.from_bytes(b"x" * 616)),
        ("LGT_E_STATE", lambda: lg.NLL.from_bytes(lg.NLL().to_bytes()[:-1])),
        ("LGT_E_SIZE", lambda: lg.NLL.from_bytes(lg.NLL().to_bytes() + b"\0")),
        ("LGT_E_OPTION", lambda: lg.set_cpu_level("sse9")),
    ],
)
def test_bad_arguments(name, call):
    with pytest.raises(lg.LogitudeError) as caught:
        call()
    assert caught.value.name == name and caught.value.status == _abi.STATUSES[name]


def test_arrays_that_overlap():
    memory = np.arange(12.0)
    with pytest.raises(lg.LogitudeError) as caught:
        lg.softmax(memory[:-1], out=memory[1:])
    assert caught.value.name == "LGT_E_ALIAS"
    np.testing.assert_array_equal(memory, np.arange(12.0))


def test_a_metric_is_not_merged_with_itself():
    metric = lg.NLL().update(X, Y)
    with pytest.raises(lg.LogitudeError) as caught:
        metric += metric
    assert caught.value.name == "LGT_E_ALIAS" and metric.report().rows == 4


def test_an_error_leaves_the_metric():
    metric = lg.NLL().update(X, Y)
    before = metric.to_bytes()
    for labels, weights in (([0, 0, 0, 3], None), (Y, [1, 1, 1, -1])):
        with pytest.raises(lg.LogitudeError):
            metric.update(X, labels, weights)
    assert metric.to_bytes() == before


def test_a_bad_label_is_named():
    with pytest.raises(lg.LogitudeError, match=r"label 7 of row 2 is outside 0 .. 2"):
        lg.nll(X, np.array([0, 1, 7, 9], np.uint8))
    with pytest.raises(lg.LogitudeError, match=r"label -1 of row 3 "):
        lg.nll(X.reshape(2, 2, 3), [[0, 1], [2, -1]])


@pytest.mark.parametrize(
    "call",
    [
        lambda: lg.softmax(X, out=X.astype(np.float32)),
        lambda: lg.softmax(X, out=[[0.0] * 3] * 4),
        lambda: lg.nll(X, [0.0, 1.0, 2.0, 0.0]),
        lambda: lg.nll(X, ["a"] * 4),
        lambda: lg.Accuracy(1.5),
        lambda: lg.softmax(X, scale="2"),
    ],
)
def test_wrong_types(call):
    with pytest.raises(TypeError):
        call()


def test_a_level_that_no_machine_of_this_kind_has():
    foreign = "neon" if platform.machine() in ("x86_64", "AMD64") else "avx2"
    before = lg.cpu_level()
    with pytest.raises(NotImplementedError) as caught:
        lg.set_cpu_level(foreign)
    assert caught.value.name == "LGT_E_UNSUPPORTED" and lg.cpu_level() == before
