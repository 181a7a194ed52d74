"""What others make of scores in order. Each function imports its library and gives back
a function of inputs, which gives back a call; a call returns one number."""


def sklearn(metric, **arguments):
    """A function of sklearn.metrics on labels and scores."""

    def open_library():
        import sklearn.metrics

        function = getattr(sklearn.metrics, metric)

        def prepare(scores, labels, weights=None):
            given = {"sample_weight": weights} if weights is not None else {}
            return lambda: function(labels, scores, **arguments, **given)

        return prepare

    return open_library


def sklearn_roc_curve():
    from sklearn.metrics import roc_curve

    # The number of points stands for them.
    return lambda scores, labels: lambda: len(
        roc_curve(labels, scores, drop_intermediate=False)[0])


def sklearn_ndcg():
    from sklearn.metrics import ndcg_score

    return lambda scores, gains: lambda: ndcg_score(gains, scores, k=10)


def numpy_auroc():
    import numpy as np

    def prepare(scores, labels):
        def run():
            hits, others = scores[labels == 1], np.sort(scores[labels == 0])
            hits.sort()
            below = np.searchsorted(others, hits, "left").sum(dtype=np.int64)
            upto = np.searchsorted(others, hits, "right").sum(dtype=np.int64)
            return (below + upto) / 2 / len(hits) / len(others)

        return run

    return prepare


def torcheval_auroc():
    import torch as t
    from torcheval.metrics.functional import binary_auroc

    def prepare(scores, labels):
        x, y = t.from_numpy(scores), t.from_numpy(labels)
        return lambda: binary_auroc(x, y).item()

    return prepare


def torchmetrics_auroc():
    import torch as t
    from torchmetrics.functional.classification import binary_auroc

    def prepare(scores, labels):
        x, y = t.from_numpy(scores), t.from_numpy(labels).long()
        return lambda: binary_auroc(x, y).item()

    return prepare


def torch_ndcg():
    """The first ten as topk finds them, whichever of equal ones; by hand."""
    import torch as t

    def prepare(scores, gains):
        x, y = t.from_numpy(scores), t.from_numpy(gains)
        discount = 1 / t.log2(t.arange(10) + 2.0)

        def run():
            got = (y.gather(1, x.topk(10).indices) * discount).sum(1)
            best = (y.topk(10).values * discount).sum(1)
            return (got / best).nan_to_num(0).double().mean().item()

        return run

    return prepare


def scipy(function):
    """The statistic of a function of scipy.stats on two columns."""

    def open_library():
        import scipy.stats

        call = getattr(scipy.stats, function)
        return lambda x, y: lambda: call(x, y).statistic

    return open_library


def pandas(method):
    def open_library():
        import pandas

        def prepare(x, y):
            x, y = pandas.Series(x), pandas.Series(y)
            return lambda: x.corr(y, method=method)

        return prepare

    return open_library


def numpy_corrcoef():
    import numpy as np

    return lambda x, y: lambda: np.corrcoef(x, y)[0, 1]
