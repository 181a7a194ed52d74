"""What needs an order, and correlation: by Python's libraries and ours."""

import ctypes
import warnings
from importlib.metadata import version

import numpy as np
import order_libraries as libraries
from logitude import CONSTANTS, Logitude, address, size, struct
from race import array, race_of_unequals
from scoring import opened, timed

SECONDS = 3.0
AUROC = {"scikit-learn": libraries.sklearn("roc_auc_score")}
PRECISION = {"scikit-learn": libraries.sklearn("average_precision_score")}


def scores(n):
    """Normal scores of two classes, one standard deviation apart."""
    random = np.random.default_rng(4)
    labels = random.integers(0, 2, n, dtype=np.uint8)
    x = array(n)
    random.standard_normal(out=x, dtype=np.float32)
    x += labels
    return x, labels


def doubles(n):
    x, labels = scores(n)
    return x + np.random.default_rng(5).random(n) * 1e-9, labels


def weighted(n):
    return *scores(n), np.random.default_rng(6).random(n, dtype=np.float32)


def columns(n):
    random = np.random.default_rng(7)
    x = random.standard_normal(n)
    return x, x + random.standard_normal(n)


def tied_columns(n):
    return tuple(np.round(v, 1) for v in columns(n))


def queries(_, rows=100_000, cols=100):
    """Scores of documents, to one decimal so that there are ties, and grades 0 to 4."""
    random = np.random.default_rng(8)
    gains = random.integers(0, 5, (rows, cols)).astype(np.float32)
    x = array(rows * cols).reshape(rows, cols)
    x[:] = np.round(random.standard_normal((rows, cols)) + gains / 2, 1)
    return x, gains


class Orders(Logitude):
    """Each function makes of inputs a call that returns one number."""

    def scratch(self, family, *arguments):
        needed = ctypes.c_size_t()
        self.call(f"lgt_{family}_scratch", *arguments, ctypes.byref(needed))
        # Kept here, since an address keeps nothing.
        self.room = array(needed.value // 4 + 2)
        return address(self.room), needed

    def curve(self, family, value, x, labels, weights=None, arguments=(), outputs=()):
        report = struct(f"lgt_{family}_report")
        n, dtype = size(len(x)), "f64" if x.dtype == np.float64 else "f32"
        room, needed = self.scratch(family, n, size(x.itemsize), int(weights is not None))
        weights = None if weights is None else address(weights)

        def run():
            self.call(f"lgt_{family}_{dtype}", address(x), address(labels), CONSTANTS["LGT_U8"],
                      weights, *outputs, ctypes.byref(report), n, *arguments, room, needed)
            return getattr(report, value)

        return run

    def auroc(self, *inputs):
        return self.curve("auroc", "auroc", *inputs, arguments=[ctypes.c_double(1)])

    def average_precision(self, *inputs):
        return self.curve("average_precision", "average_precision", *inputs)

    def roc_curve(self, x, labels):
        n = len(x) + 1
        self.curves = np.zeros(n), np.zeros(n), np.zeros(n, x.dtype)
        return self.curve("roc_curve", "points", x, labels, arguments=[size(n), 0],
                          outputs=[address(out) for out in self.curves])

    def binned_auroc(self, x, labels):
        state, start = self.state("binned_auroc", 16, more=[
            CONSTANTS["LGT_BINNED_AUROC_SCORES"], None, size(0)])
        report = struct("lgt_binned_auroc_report")

        def run():
            start()
            self.call("lgt_binned_auroc_update_f32", state, address(x), address(labels),
                      CONSTANTS["LGT_U8"], None, size(len(x)), size(0))
            self.call("lgt_binned_auroc_finish", state, ctypes.byref(report))
            return report.auroc

        return run

    def correlation(self, family, value, arguments, x, y):
        report = struct(f"lgt_{family}_report")
        room, needed = self.scratch(family, size(len(x)))

        def run():
            self.call(f"lgt_{family}_f64", address(x), address(y), ctypes.byref(report),
                      size(len(x)), *arguments, room, needed)
            return getattr(report, value)

        return run

    def spearman(self, x, y):
        return self.correlation("spearman", "r", [ctypes.c_double(0.95)], x, y)

    def kendall(self, x, y):
        return self.correlation("kendall", "tau_b", [], x, y)

    def pearson(self, x, y):
        state, start = self.state("pearson")
        report = struct("lgt_pearson_report")

        def run():
            start()
            self.call("lgt_pearson_update_f64", state, address(x), address(y), None, size(len(x)))
            self.call("lgt_pearson_finish", state, ctypes.c_double(0.95), ctypes.byref(report))
            return report.r

        return run

    def ndcg(self, x, gains):
        measure = struct("lgt_ranking_measure")
        measure.measure, measure.k = CONSTANTS["LGT_RANKING_NDCG"], 10
        state, start = self.state("ranking", ctypes.byref(measure), 1, None)
        report = struct("lgt_ranking_report")
        rows, cols = (size(n) for n in x.shape)
        room, needed = self.scratch("ranking", cols)

        def run():
            start()
            self.call("lgt_ranking_update_f32", state, address(x), cols, address(gains), cols,
                      CONSTANTS["LGT_F32"], None, None, None, rows, cols, room, needed)
            self.call("lgt_ranking_finish", state, ctypes.byref(report), size(1))
            return report.mean

        return run


# Name: what of ours, inputs, how many, who else, and how far others may be off: those
# who compute in f32, or break ties as they come.
CASES = {
    "auroc-100000": ("auroc", scores, 100_000, AUROC, 1e-4),
    "auroc-1000000": ("auroc", scores, 1_000_000, {
        **AUROC, "torcheval": libraries.torcheval_auroc,
        "torchmetrics": libraries.torchmetrics_auroc, "numpy": libraries.numpy_auroc}, 1e-4),
    "auroc-10000000": ("auroc", scores, 10_000_000, {
        **AUROC, "torcheval": libraries.torcheval_auroc, "numpy": libraries.numpy_auroc}, 1e-3),
    "auroc-1000000-f64": ("auroc", doubles, 1_000_000, AUROC, 1e-9),
    "auroc-1000000-weighted": ("auroc", weighted, 1_000_000, AUROC, 1e-4),
    "auroc-1000000-binned": ("binned_auroc", scores, 1_000_000, {}, 0),
    "average_precision-1000000": ("average_precision", scores, 1_000_000, PRECISION, 1e-9),
    "average_precision-10000000": ("average_precision", scores, 10_000_000, PRECISION, 1e-9),
    "roc_curve-1000000": ("roc_curve", scores, 1_000_000,
                          {"scikit-learn": libraries.sklearn_roc_curve}, 0),
    "pearson-1000000": ("pearson", columns, 1_000_000, {
        "numpy": libraries.numpy_corrcoef, "scipy": libraries.scipy("pearsonr"),
        "pandas": libraries.pandas("pearson")}, 1e-9),
    "spearman-1000000": ("spearman", columns, 1_000_000, {
        "scipy": libraries.scipy("spearmanr"), "pandas": libraries.pandas("spearman")}, 1e-9),
    "spearman-1000000-ties": ("spearman", tied_columns, 1_000_000, {
        "scipy": libraries.scipy("spearmanr"), "pandas": libraries.pandas("spearman")}, 1e-9),
    "kendall-1000000": ("kendall", columns, 1_000_000,
                        {"scipy": libraries.scipy("kendalltau")}, 1e-9),
    "kendall-1000000-ties": ("kendall", tied_columns, 1_000_000,
                             {"scipy": libraries.scipy("kendalltau")}, 1e-9),
    "ndcg-100000x100": ("ndcg", queries, 10_000_000, {
        "scikit-learn": libraries.sklearn_ndcg, "torch, by hand": libraries.torch_ndcg}, 2e-2),
}


def measure(name, ours, missing):
    family, make, elements, peers, tolerance = CASES[name]
    inputs = make(elements)
    calls = {"ours": getattr(ours, family)(*inputs)}
    expected, first = calls["ours"](), {}
    for peer, prepare in opened(peers, missing):
        call = prepare(*inputs)
        got, first[peer] = timed(call)
        # A rival that computes something else is none.
        if not np.isclose(got, expected, rtol=0, atol=tolerance):
            raise SystemExit(f"{name}: {peer} has {got}, not {expected}")
        calls[peer] = call
    return race_of_unequals(calls, first, elements, SECONDS)


def run(bench, library, chosen):
    names = [name for name in CASES if not chosen or any(part in name for part in chosen)]
    if not names:
        return
    warnings.simplefilter("ignore")
    ours, missing = Orders(library), {}
    bench["orders"] = {}
    for name in names:
        times = bench["orders"][name] = measure(name, ours, missing)
        print(f"{name}: ours {times['ours']:.2f} ns/element;",
              ", ".join(f"{k} {t / times['ours']:.1f}" for k, t in times.items() if k != "ours"),
              flush=True)
    timed_peers = {k.split(",")[0] for t in bench["orders"].values() for k in t if k != "ours"}
    bench["orderers"] = {name: version(name) for name in sorted(timed_peers)}
    for name, reason in missing.items():
        print(f"{name}: not measured: {reason}", flush=True)
