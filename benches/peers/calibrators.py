"""Fits of calibrators: by Python's libraries and ours."""

import ctypes
import warnings
from importlib.metadata import version

import calibrator_libraries as libraries
import numpy as np
from logitude import CONSTANTS, Logitude, address, size, struct
from race import race_of_unequals
from scoring import logits, opened, timed

SECONDS = 3.0


def scores(n):
    """Probabilities of two classes from someone too sure of it, in f64."""
    random = np.random.default_rng(9)
    labels = random.integers(0, 2, n).astype(np.int32)
    x = 1 / (1 + np.exp(-1.5 * random.normal(2.0 * labels - 1, 2)))
    return x, labels


def weighted_scores(n):
    return *scores(n), np.random.default_rng(10).uniform(0.5, 2, n)


def rows(_, shape=(50_000, 1000)):
    x, labels = logits(*shape)
    return x, labels.astype(np.int32)


class Calibrators(Logitude):
    """Each function makes of inputs a call that returns one number."""

    def room(self, function, *arguments):
        needed = ctypes.c_size_t()
        self.call(function, *arguments, ctypes.byref(needed))
        return np.zeros(needed.value // 8 + 1, np.uint64), needed

    def temperature(self, x, labels):
        model = struct("lgt_temperature_model")
        n, cols = (size(v) for v in x.shape)

        def run():
            self.call("lgt_temperature_fit_f32", ctypes.byref(model), address(x), cols,
                      address(labels), CONSTANTS["LGT_I32"], None, n, cols, None)
            return model.temperature

        return run

    def vector(self, x, labels):
        opts = struct("lgt_matrix_search_opts")
        self.library.lgt_matrix_search_opts_default(ctypes.byref(opts))
        # As near to the minimum as a rival stops, and nearer.
        opts.tol = 1e-5
        n, cols = (size(v) for v in x.shape)
        model, bytes_ = self.room("lgt_vector_scaling_size", cols)
        scratch, needed = self.room("lgt_vector_scaling_scratch", cols)

        def run():
            self.call("lgt_vector_scaling_fit_f32", address(model), bytes_, address(x), cols,
                      address(labels), CONSTANTS["LGT_I32"], None, n, cols,
                      ctypes.byref(opts), address(scratch), needed)
            return model[4:5].view(np.float64)[0]

        return run

    def of_scores(self, family, value, x, labels):
        """A model whose parameters are the fields of a struct."""
        model = struct(f"lgt_{family}_model")

        def run():
            self.call(f"lgt_{family}_fit_f64", ctypes.byref(model), address(x), size(1),
                      address(labels), CONSTANTS["LGT_I32"], None, size(len(x)), None)
            return getattr(model, value)

        return run

    def platt(self, x, labels):
        return self.of_scores("platt", "a", x, labels)

    def beta(self, x, labels):
        return self.of_scores("beta", "a", x, labels)

    def in_bytes(self, family, sizes, scratch, x, labels, weights=None, more=()):
        """A model of as many bytes as it takes; the number is its value at 0.5."""
        model, bytes_ = self.room(f"lgt_{family}_size", *sizes)
        work, needed = self.room(f"lgt_{family}_scratch", *scratch)
        at, value = np.array([0.5]), np.empty(1)
        weights = None if weights is None else address(weights)

        def run():
            self.call(f"lgt_{family}_fit_f64", address(model), bytes_, address(x), size(1),
                      address(labels), CONSTANTS["LGT_I32"], weights, size(len(x)), *more,
                      address(work), needed)
            self.call(f"lgt_{family}_apply_f64", address(model), address(at), size(1),
                      address(value), size(1), size(1))
            return value[0]

        return run

    def isotonic(self, x, labels, weights=None):
        n, weighted = size(len(x)), int(weights is not None)
        return self.in_bytes("isotonic", (n, weighted), (n, size(8), weighted), x, labels,
                             weights, [None])

    def binning(self, strategy, x, labels):
        opts = struct("lgt_histogram_binning_opts")
        self.library.lgt_histogram_binning_opts_default(ctypes.byref(opts))
        opts.strategy = CONSTANTS[f"LGT_HISTOGRAM_BINNING_{strategy}"]
        opts.bins = libraries.BINS
        opts = ctypes.byref(opts)
        return self.in_bytes("histogram_binning", (opts,), (size(len(x)), size(8), 0, opts),
                             x, labels, more=[opts])

    def equal_width(self, x, labels):
        return self.binning("WIDTH", x, labels)

    def equal_mass(self, x, labels):
        return self.binning("MASS", x, labels)


# Name: what of ours, inputs, how many, who else, and how far others may be off.
CASES = {
    "temperature_fit-50000x1000": ("temperature", rows, 50_000_000, {
        "scikit-learn": libraries.sklearn_temperature, "torch": libraries.torch_temperature},
        1e-3),
    # It stops further above the minimum.
    "vector_scaling_fit-50000x1000": ("vector", rows, 50_000_000, {
        "torch": libraries.torch_vector}, 1e-3),
    "platt_fit-1000000": ("platt", scores, 1_000_000, {
        "scikit-learn": libraries.sklearn_platt}, 1e-2),
    "beta_fit-1000000": ("beta", scores, 1_000_000, {
        "betacal": libraries.betacal_beta}, 1e-2),
    "isotonic_fit-1000000": ("isotonic", scores, 1_000_000, {
        "scikit-learn": libraries.sklearn_isotonic, "scipy": libraries.scipy_isotonic}, 1e-9),
    "isotonic_fit-weighted-1000000": ("isotonic", weighted_scores, 1_000_000, {
        "scikit-learn": libraries.sklearn_isotonic}, 1e-9),
    "histogram_binning_fit-width-1000000": ("equal_width", scores, 1_000_000, {
        "numpy": libraries.numpy_equal_width}, 1e-9),
    "histogram_binning_fit-mass-1000000": ("equal_mass", scores, 1_000_000, {
        "numpy": libraries.numpy_equal_mass}, 1e-9),
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
        if not np.isclose(got, expected, rtol=tolerance, atol=tolerance):
            raise SystemExit(f"{name}: {peer} has {got}, not {expected}")
        calls[peer] = call
    return race_of_unequals(calls, first, elements, SECONDS)


def run(bench, library, chosen):
    names = [name for name in CASES if not chosen or any(part in name for part in chosen)]
    if not names:
        return
    warnings.simplefilter("ignore")
    ours, missing = Calibrators(library), {}
    bench["calibrators"] = {}
    for name in names:
        times = bench["calibrators"][name] = measure(name, ours, missing)
        print(f"{name}: ours {times['ours']:.2f} ns/element;",
              ", ".join(f"{k} {t / times['ours']:.1f}" for k, t in times.items() if k != "ours"),
              flush=True)
    timed_peers = {k for t in bench["calibrators"].values() for k in t if k != "ours"}
    bench["calibrating"] = {name: version(name) for name in sorted(timed_peers)}
    for name, reason in missing.items():
        print(f"{name}: not measured: {reason}", flush=True)
