"""Logitude's scores through ctypes. Each function makes of inputs a call that
returns what it computed, by name."""

import ctypes
import json
import sys
from pathlib import Path

import numpy as np

TABLE = json.loads((Path(__file__).parents[2] / "include/logitude/api.json").read_text())
CONSTANTS = {entry["name"]: entry["value"] for entry in TABLE["constants"]}
TYPES = {"uint64_t": ctypes.c_uint64, "uint32_t": ctypes.c_uint32, "int32_t": ctypes.c_int32,
         "uint16_t": ctypes.c_uint16, "int64_t": ctypes.c_int64, "double": ctypes.c_double}


def type_of(c):
    if c in TYPES:
        return TYPES[c]
    if c.endswith("*"):
        return ctypes.c_void_p
    entry = next(s for s in TABLE["structs"] if s["name"] == c)
    fields = [(f["name"], type_of(f["c"])) for f in entry["fields"]]
    return type(c, (ctypes.Structure,), {"_fields_": fields})


def struct(name):
    return type_of(name)()


def address(array):
    return ctypes.c_void_p(array.ctypes.data)


def size(value):
    return ctypes.c_size_t(value)


class Logitude:
    def __init__(self, path):
        self.library = ctypes.CDLL(path)

    def call(self, name, *arguments):
        status = getattr(self.library, name)(*arguments)
        if status < 0:
            sys.exit(f"{name}: status {status}")

    def state(self, family, *parameters, more=()):
        """Room for a state, and a function that starts it, which may take `more`."""
        needed = ctypes.c_size_t()
        self.call(f"lgt_{family}_size", *parameters, ctypes.byref(needed))
        words = np.zeros(needed.value // 8, np.uint64)
        return address(words), lambda: self.call(f"lgt_{family}_init", address(words),
                                                 needed, *parameters, *more)

    def scored(self, family, parameters, x, labels, names):
        """From an empty state to its report: of scores, one row or one number each."""
        state, start = self.state(family, *parameters)
        shape = [size(n) for n in x.shape]
        stride = size(x.strides[0] // x.itemsize)
        arguments = (address(x), stride, address(labels), CONSTANTS["LGT_I64"], None, *shape)
        report = struct(f"lgt_{family}_report")

        def run():
            start()
            self.call(f"lgt_{family}_update_f32", state, *arguments)
            self.call(f"lgt_{family}_finish", state, ctypes.byref(report))
            return {name: getattr(report, name) for name in names}

        return state, run

    def evaluate(self, logits, labels):
        names = ["accuracy", "nll", "brier", "ece"]
        state, run = self.scored("evaluate", [None], logits, labels, names)
        top_5 = ctypes.c_double()

        def all_of_them():
            scores = run()
            self.call("lgt_evaluate_get_accuracy", state, 5, ctypes.byref(top_5))
            return {**scores, "top 5": top_5.value}

        return all_of_them

    def ece(self, probs, labels):
        return self.scored("ece_top_label", [15], probs, labels, ["ece"])[1]

    def binary(self, probs, labels):
        parameters = [15, ctypes.c_double(0), CONSTANTS["LGT_BINARY_PROBABILITIES"]]
        return self.scored("binary", parameters, probs, labels, ["log_loss", "brier", "ece"])[1]

    def pairs(self, family, predicted, labels, classes):
        state, start = self.state(family, classes, None)
        i64 = CONSTANTS["LGT_I64"]

        def count():
            start()
            self.call(f"lgt_{family}_update", state, address(predicted), i64, address(labels), i64,
                      None, size(len(labels)))

        return state, count

    def confusion(self, predicted, labels, classes):
        state, count = self.pairs("confusion", predicted, labels, classes)

        def run():
            count()
            matrix = np.empty((classes, classes), np.uint64)
            self.call("lgt_confusion_get_counts", state, address(matrix), size(classes))
            return {"matrix": matrix}

        return run

    def counts(self, predicted, labels, classes):
        state, count = self.pairs("class_counts", predicted, labels, classes)
        report = struct("lgt_class_counts_report")

        def run():
            count()
            self.call("lgt_class_counts_finish", state, ctypes.byref(report), None)
            return {"f1": report.f, "kappa": report.kappa, "mcc": report.mcc}

        return run
