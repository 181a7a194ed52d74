"""Cross-entropy with its gradient, by torch and ours."""

import ctypes

import numpy as np
from logitude import CONSTANTS, Logitude, address, size, struct
from race import array, race_of_unequals
from scoring import logits, timed

SECONDS = 3.0


def ours_of(library, x, labels, grad):
    rows, cols = x.shape
    opts = struct("lgt_cross_entropy_opts")
    library.call("lgt_cross_entropy_opts_default", ctypes.byref(opts))
    opts.reduction = CONSTANTS["LGT_REDUCTION_MEAN"]
    total = ctypes.c_double()
    arguments = (address(x), size(cols), address(labels), CONSTANTS["LGT_I64"], None, None, None,
                 address(grad), size(cols), ctypes.byref(total), size(rows), size(cols),
                 ctypes.byref(opts))

    def run():
        library.call("lgt_cross_entropy_f32", *arguments)
        return total.value, grad[:1]

    return run


def torch_of(x, labels):
    import torch as t

    t.set_num_threads(1)
    a, y = t.from_numpy(x).requires_grad_(), t.from_numpy(labels)

    def run():
        with t.enable_grad():
            a.grad = None
            loss = t.nn.functional.cross_entropy(a, y)
            loss.backward()
        return loss.item(), a.grad[:1].numpy()

    return run, t.__version__


def run(bench, library, _):
    chosen = [c for c in bench["cases"] if c["group"] == "cross_entropy"]
    ours = Logitude(library)
    for case in chosen:
        n = case["rows"] * case["cols"]
        x, labels = logits(case["rows"], case["cols"])
        calls = {"ours": ours_of(ours, x, labels, array(n).reshape(x.shape))}
        expected = calls["ours"]()
        first = {}
        try:
            calls["torch"], version = torch_of(x, labels)
        except ImportError as error:
            print(f"torch: not measured: {error}", flush=True)
        else:
            bench.setdefault("peers", {})["torch"] = version
            (loss, grad), first["torch"] = timed(calls["torch"])
            if not (np.isclose(loss, expected[0], rtol=1e-4)
                    and np.allclose(grad, expected[1], rtol=1e-3, atol=1e-9)):
                raise SystemExit("torch: wrong cross-entropy")
        times = case["peers"] = race_of_unequals(calls, first, n, SECONDS)
        print(f"{case['case']}: ours {times['ours']:.3f} ns/element;",
              ", ".join(f"{k} {t / times['ours']:.2f}" for k, t in times.items() if k != "ours"),
              flush=True)
