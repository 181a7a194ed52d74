"""What others make of the same inputs. Each function imports its library and gives
back a function of inputs, which gives back a call; a call returns what it
computed, by name. Where a library has only some of the scores, those are computed."""


def sklearn_evaluate():
    import numpy as np
    from scipy.special import softmax
    from sklearn.metrics import (accuracy_score, brier_score_loss, log_loss,
                                 top_k_accuracy_score)

    def prepare(logits, labels):
        classes = np.arange(logits.shape[1])

        def run():
            p = softmax(logits, axis=1)
            return {"nll": log_loss(labels, p, labels=classes),
                    "brier": brier_score_loss(labels, p, labels=classes),
                    "top 5": top_k_accuracy_score(labels, p, k=5, labels=classes),
                    "accuracy": accuracy_score(labels, p.argmax(axis=1))}

        return run

    return prepare


def numpy_evaluate():
    import numpy as np

    def prepare(logits, labels):
        every = np.arange(len(labels))

        def run():
            own = logits[every, labels][:, None]
            d = logits - logits.max(axis=1, keepdims=True)
            label = d[every, labels]
            e = np.exp(d, out=d)
            total = e.sum(axis=1)
            p = np.exp(label) / total
            squares = np.einsum("ij,ij->i", e, e) / total**2
            return {"nll": (np.log(total) - label).mean(),
                    "brier": (squares - 2 * p + 1).mean(),
                    "top 5": ((logits > own).sum(axis=1) < 5).mean(),
                    "accuracy": (logits.argmax(axis=1) == labels).mean()}

        return run

    return prepare


def torch_evaluate():
    import torch as t

    def prepare(logits, labels):
        z, y = t.from_numpy(logits), t.from_numpy(labels)

        def run():
            log_p = t.log_softmax(z, -1)
            own = log_p.gather(1, y[:, None])[:, 0]
            p = log_p.exp()
            brier = p.square().sum(-1) - 2 * own.exp() + 1
            top = z.topk(5).indices == y[:, None]
            return {"nll": -own.mean().item(), "brier": brier.mean().item(),
                    "top 5": top.any(-1).double().mean().item(),
                    "accuracy": top[:, 0].double().mean().item()}

        return run

    return prepare


def torchmetrics_evaluate():
    import torch as t
    from torchmetrics.functional.classification import (multiclass_accuracy,
                                                        multiclass_calibration_error)

    def prepare(logits, labels):
        z, y, n = t.from_numpy(logits), t.from_numpy(labels), logits.shape[1]
        return lambda: {
            "accuracy": multiclass_accuracy(z, y, n, average="micro").item(),
            "top 5": multiclass_accuracy(z, y, n, average="micro", top_k=5).item(),
            "ece": multiclass_calibration_error(z, y, n, n_bins=15).item()}

    return prepare


def torcheval_evaluate():
    import torch as t
    from torcheval.metrics.functional import multiclass_accuracy

    def prepare(logits, labels):
        z, y = t.from_numpy(logits), t.from_numpy(labels)
        return lambda: {"accuracy": multiclass_accuracy(z, y).item(),
                        "top 5": multiclass_accuracy(z, y, num_classes=logits.shape[1], k=5).item()}

    return prepare


def scipy_evaluate():
    import numpy as np
    from scipy.special import log_softmax

    def prepare(logits, labels):
        every = np.arange(len(labels))
        return lambda: {"nll": -log_softmax(logits, axis=1)[every, labels].mean()}

    return prepare


def numpy_ece():
    import numpy as np

    def prepare(probs, labels):
        def run():
            p = probs.max(axis=1)
            right = probs.argmax(axis=1) == labels
            bins = np.clip(np.ceil(p * 15).astype(np.int64) - 1, 0, 14)
            gaps = (np.bincount(bins, right, 15) - np.bincount(bins, p, 15)) / len(labels)
            return {"ece": np.abs(gaps).sum()}

        return run

    return prepare


def torch_ece():
    import torch as t

    def prepare(probs, labels):
        p, y = t.from_numpy(probs), t.from_numpy(labels)
        edges = t.linspace(0, 1, 16)

        def run():
            confidence, predicted = p.max(1)
            right = predicted.eq(y)
            ece = 0.0
            for low, high in zip(edges[:-1], edges[1:]):
                inside = confidence.gt(low) & confidence.le(high)
                share = inside.double().mean()
                if share > 0:
                    ece += (confidence[inside].mean() - right[inside].double().mean()).abs() * share
            return {"ece": float(ece)}

        return run

    return prepare


def torchmetrics_ece():
    import torch as t
    from torchmetrics.functional.classification import multiclass_calibration_error

    def prepare(probs, labels):
        p, y = t.from_numpy(probs), t.from_numpy(labels)
        return lambda: {"ece": multiclass_calibration_error(p, y, p.shape[1], n_bins=15).item()}

    return prepare


def netcal_ece():
    from netcal.metrics import ECE

    return lambda probs, labels: lambda: {"ece": ECE(15).measure(probs, labels)}


def uncertainty_calibration_ece():
    from calibration import get_ece

    # Its bins hold the same number of rows each, so its error is another one.
    return lambda probs, labels: lambda: {"ece of equal mass": get_ece(probs, labels, num_bins=15)}


def sklearn_binary():
    import numpy as np
    from sklearn.calibration import calibration_curve
    from sklearn.metrics import brier_score_loss, log_loss

    def prepare(probs, labels):
        def run():
            frequency, mean = calibration_curve(labels, probs, n_bins=15)
            assert np.isfinite(frequency).all() and np.isfinite(mean).all()
            return {"log_loss": log_loss(labels, probs), "brier": brier_score_loss(labels, probs)}

        return run

    return prepare


def numpy_binary():
    import numpy as np

    def prepare(probs, labels):
        def run():
            p = probs.astype(np.float64)
            bins = np.clip(np.ceil(p * 15).astype(np.int64) - 1, 0, 14)
            gaps = (np.bincount(bins, labels, 15) - np.bincount(bins, p, 15)) / len(labels)
            return {"log_loss": -np.log(np.where(labels == 1, p, 1 - p)).mean(),
                    "brier": np.square(p - labels).mean(), "ece": np.abs(gaps).sum()}

        return run

    return prepare


def sklearn_confusion():
    from sklearn.metrics import confusion_matrix

    return lambda predicted, labels, _: lambda: {"matrix": confusion_matrix(labels, predicted)}


def numpy_confusion():
    import numpy as np

    def prepare(predicted, labels, n):
        return lambda: {"matrix": np.bincount(labels * n + predicted,
                                              minlength=n * n).reshape(n, n)}

    return prepare


def torch_confusion(module, name):
    def open_library():
        from importlib import import_module

        import torch as t

        matrix = getattr(import_module(module), name)

        def prepare(predicted, labels, n):
            p, y = t.from_numpy(predicted), t.from_numpy(labels)
            return lambda: {"matrix": matrix(p, y, num_classes=n).numpy()}

        return prepare

    return open_library


def sklearn_counts():
    from sklearn.metrics import cohen_kappa_score, f1_score, matthews_corrcoef

    def prepare(predicted, labels, _):
        return lambda: {"f1": f1_score(labels, predicted, average="macro"),
                        "kappa": cohen_kappa_score(labels, predicted),
                        "mcc": matthews_corrcoef(labels, predicted)}

    return prepare


def torchmetrics_counts():
    import torch as t
    from torchmetrics.functional.classification import (multiclass_cohen_kappa,
                                                        multiclass_f1_score,
                                                        multiclass_matthews_corrcoef)

    def prepare(predicted, labels, n):
        p, y = t.from_numpy(predicted), t.from_numpy(labels)
        return lambda: {"f1": multiclass_f1_score(p, y, n).item(),
                        "kappa": multiclass_cohen_kappa(p, y, n).item(),
                        "mcc": multiclass_matthews_corrcoef(p, y, n).item()}

    return prepare


def torcheval_counts():
    import torch as t
    from torcheval.metrics.functional import multiclass_f1_score

    def prepare(predicted, labels, n):
        p, y = t.from_numpy(predicted), t.from_numpy(labels)
        return lambda: {"f1": multiclass_f1_score(p, y, num_classes=n, average="macro").item()}

    return prepare


# By the group of a case.
PEERS = {
    "evaluate": {"scikit-learn": sklearn_evaluate, "numpy": numpy_evaluate,
                 "torch": torch_evaluate, "torchmetrics": torchmetrics_evaluate,
                 "torcheval": torcheval_evaluate, "scipy": scipy_evaluate},
    "ece": {"numpy": numpy_ece, "torch": torch_ece, "torchmetrics": torchmetrics_ece,
            "netcal": netcal_ece, "uncertainty-calibration": uncertainty_calibration_ece},
    "binary": {"scikit-learn": sklearn_binary, "numpy": numpy_binary},
    "confusion": {"scikit-learn": sklearn_confusion, "numpy": numpy_confusion,
                  "torchmetrics": torch_confusion("torchmetrics.functional.classification",
                                                  "multiclass_confusion_matrix"),
                  "torcheval": torch_confusion("torcheval.metrics.functional",
                                               "multiclass_confusion_matrix")},
    "counts": {"scikit-learn": sklearn_counts, "torchmetrics": torchmetrics_counts,
               "torcheval": torcheval_counts},
}
