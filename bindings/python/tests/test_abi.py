"""The table and the library belong together."""

import ctypes
import os
import shutil
import subprocess
import sys

import pytest

from logitude import _abi


def test_every_function_of_the_table_has_a_signature():
    assert len(_abi.TABLE["functions"]) > 50
    for entry in _abi.TABLE["functions"]:
        made = _abi.function(entry["family"], entry["verb"], entry["dtype"])
        assert made.__name__ == entry["name"]
        assert ctypes.cast(made, ctypes.c_void_p).value
        assert made.argtypes is not None and len(made.argtypes) == len(entry["args"])
        assert made.restype is None or entry["returns"] != "void"


def test_functions_are_found_by_family_verb_and_type():
    assert _abi.function("softmax", "", "f32").__name__ == "lgt_softmax_f32"
    assert _abi.function("ece_top_label", "get_bins").__name__ == "lgt_ece_top_label_get_bins"
    assert len(_abi.FUNCTIONS) == len(_abi.TABLE["functions"])


@pytest.mark.parametrize(
    "struct, size",
    [
        ("lgt_state_head", 16),
        ("lgt_softmax_opts", 40),
        ("lgt_softmax_mask", 128),
        ("lgt_temperature_opts", 40),
        ("lgt_temperature_model", 48),
        ("lgt_accuracy_report", 32),
        ("lgt_nll_report", 48),
        ("lgt_reliability_bin", 48),
    ],
)
def test_struct_sizes(struct, size):
    assert ctypes.sizeof(_abi.STRUCTS[struct]) == size


@pytest.mark.parametrize("family", ["softmax", "temperature"])
def test_options_know_their_size(family):
    options = _abi.STRUCTS[f"lgt_{family}_opts"]()
    _abi.function(family, "opts_default")(ctypes.byref(options))
    assert options.struct_size == ctypes.sizeof(options)


def test_constants():
    assert _abi.CONSTANTS["LGT_I8"] == 1 and _abi.CONSTANTS["LGT_U64"] == 8
    assert _abi.STATUSES["LGT_OK"] == 0 and _abi.STATUSES["LGT_E_CALLBACK"] == -14


def test_another_version_is_refused(monkeypatch):
    monkeypatch.setitem(_abi.TABLE, "version", "999.0.0")
    with pytest.raises(ImportError, match=r"999\.0\.0"):
        _abi._check_version()


def test_another_library_can_be_named(tmp_path):
    copy = shutil.copy(_abi.LIBRARY._name, tmp_path)
    code = "import logitude; print(logitude._abi.LIBRARY._name)"
    seen = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "LOGITUDE_LIBRARY": str(copy)},
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    assert seen.stdout.strip() == str(copy)
