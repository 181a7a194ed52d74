"""Calibrators by Python's libraries. Each function imports its
library and gives back a function of inputs, which gives back a call; a call returns one
number that tells whether the same was found."""


def sklearn_temperature():
    from sklearn.calibration import _TemperatureScaling

    # It multiplies logits by beta.
    return lambda logits, labels: lambda: 1 / _TemperatureScaling().fit(logits, labels).beta_


def torch_temperature():
    """LBFGS on T from 1, as it is usually written."""
    import torch as t

    def prepare(logits, labels):
        x, y = t.from_numpy(logits), t.from_numpy(labels).long()

        def run():
            with t.enable_grad():
                temperature = t.ones(1, requires_grad=True)
                search = t.optim.LBFGS([temperature], lr=1, max_iter=50)

                def closure():
                    search.zero_grad()
                    loss = t.nn.functional.cross_entropy(x / temperature, y)
                    loss.backward()
                    return loss

                search.step(closure)
                return temperature.item()

        return run

    return prepare


def torch_vector():
    """LBFGS on scales and shifts from 1 and 0."""
    import torch as t

    def prepare(logits, labels):
        x, y = t.from_numpy(logits), t.from_numpy(labels).long()
        cols = logits.shape[1]

        def run():
            with t.enable_grad():
                scale = t.ones(cols, requires_grad=True)
                shift = t.zeros(cols, requires_grad=True)
                search = t.optim.LBFGS([scale, shift], lr=1, max_iter=50)

                def closure():
                    search.zero_grad()
                    loss = t.nn.functional.cross_entropy(x * scale + shift, y)
                    loss.backward()
                    return loss

                search.step(closure)
                return closure().item()

        return run

    return prepare


def sklearn_platt():
    from sklearn.calibration import _SigmoidCalibration

    return lambda scores, labels: lambda: -_SigmoidCalibration().fit(scores, labels).a_


def betacal_beta():
    from betacal import BetaCalibration

    return lambda scores, labels: lambda: BetaCalibration("abm").fit(
        scores.reshape(-1, 1), labels).calibrator_.map_[0]


def sklearn_isotonic():
    import numpy as np
    from sklearn.isotonic import IsotonicRegression

    def prepare(scores, labels, weights=None):
        y = labels.astype(np.float64)

        def run():
            fitted = IsotonicRegression(out_of_bounds="clip").fit(scores, y, weights)
            return float(fitted.predict([0.5])[0])

        return run

    return prepare


def scipy_isotonic():
    """Sorted by numpy, pooled by scipy."""
    import numpy as np
    from scipy.optimize import isotonic_regression

    def prepare(scores, labels):
        y = labels.astype(np.float64)

        def run():
            order = np.argsort(scores)
            x, fitted = scores[order], isotonic_regression(y[order]).x
            return float(np.interp(0.5, x, fitted))

        return run

    return prepare


BINS = 15


def numpy_equal_width():
    """A place in a table of bins and labels for each row, and one count of places."""
    import numpy as np

    def prepare(scores, labels):
        def run():
            places = np.minimum((scores * BINS).astype(np.int64), BINS - 1) * 2 + labels
            counts = np.bincount(places, minlength=2 * BINS).reshape(-1, 2)
            return (counts[:, 1] / counts.sum(axis=1))[BINS // 2]

        return run

    return prepare


def numpy_equal_mass():
    """Edges halfway between neighbours where the sorted scores are parted, and two counts."""
    import numpy as np

    def prepare(scores, labels):
        ends = np.cumsum([len(part) for part in np.array_split(scores, BINS)])[:-1]

        def run():
            parted = np.partition(scores, np.concatenate([ends - 1, ends]))
            edges = (parted[ends - 1] + parted[ends]) / 2
            places = np.searchsorted(edges, scores)
            counts = np.bincount(places, minlength=BINS)
            hits = np.bincount(places, weights=labels, minlength=BINS)
            return (hits / counts)[np.searchsorted(edges, 0.5)]

        return run

    return prepare
