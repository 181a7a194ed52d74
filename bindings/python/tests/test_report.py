"""Reports: their numbers are scikit-learn's, whatever the rows come from."""

import re

import numpy as np
import pytest

from logitude.report import CALIBRATORS, InputError, report
from logitude.report import evaluating
from logitude.report.making import make_report
from logitude.report.opening import open_data
from logitude.report.page import page
from logitude.report.split import fit_count, spread_rows
from report_page import Page, calibration_error, expected, metrics, softmax


def test_numbers_of_many_classes(many_classes):
    x, y = many_classes
    made = Page(report(x, y, calibrators=()))
    # Confidences are kept as float32, which may order two rows otherwise.
    assert made.values() == pytest.approx(
        {**made.values(), **expected(x, y)}, rel=1e-6, abs=1e-7
    )
    assert made.numbers["rows"] == 2000 and made.numbers["classes"] == 12
    assert {key: [value] for key, value in made.values().items()} == made.table
    assert sum(row["rows"] for row in made.numbers["versions"]["before"]["bins"]) == 2000
    low, high = made.numbers["versions"]["before"]["intervals"]["accuracy"]
    share, z, n = made.values()["accuracy"], 1.959963984540054, 2000
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    assert [low, high] == pytest.approx([middle - half, middle + half])
    losses = -np.log(softmax(x)[np.arange(n), y])
    half = z * losses.std(ddof=1) / np.sqrt(n)
    got = made.numbers["versions"]["before"]["intervals"]["nll"]
    assert got == pytest.approx([losses.mean() - half, losses.mean() + half], rel=1e-5)


def test_numbers_of_two_classes(two_classes):
    x, y = two_classes
    p = 1 / (1 + np.exp(-x))
    right = {
        "auroc": metrics.roc_auc_score(y, p),
        "average_precision": metrics.average_precision_score(y, p),
        "brier_1": metrics.brier_score_loss(y, p),
        "nll": metrics.log_loss(y, p),
        "accuracy": metrics.accuracy_score(y, x > 0),
        "ece_1": calibration_error(p, y)[0],
        "brier": 2 * metrics.brier_score_loss(y, p),
    }
    linear = pytest.importorskip("sklearn.linear_model")
    fit = linear.LogisticRegression(C=1e12, tol=1e-10).fit(x[:, np.newaxis], y)
    right.update(slope=fit.coef_.item(), intercept=fit.intercept_.item())
    for scores in (x, x[:, np.newaxis], np.stack([np.zeros_like(x), x], axis=1)):
        got = Page(report(scores, y, calibrators=())).values()
        assert got == pytest.approx({**got, **right}, rel=1e-5, abs=1e-6)
        got = Page(report(softmax(scores) if scores.ndim == 2 and scores.shape[1] == 2
                          else 1 / (1 + np.exp(-scores)), y, calibrators=(),
                          input="probabilities")).values()  # fmt: skip
        assert got == pytest.approx({**got, **right}, rel=1e-5, abs=1e-6)


def test_weights_are_repetitions(many_classes, rng):
    x, y = many_classes
    times = rng.integers(0, 3, size=len(y))
    weighted = Page(report(x, y, times.astype(float), calibrators=())).values()
    repeated = Page(report(np.repeat(x, times, axis=0), np.repeat(y, times), calibrators=()))
    same = ["accuracy", "top5", "nll", "brier", "ece", "mce", "entropy", "classwise_ece"]
    assert [weighted[k] for k in same] == pytest.approx([repeated.values()[k] for k in same])
    assert "aurc" not in weighted  # which has no weights


def test_rows_that_are_fitted_to_are_not_scored(many_classes):
    optimize = pytest.importorskip("scipy.optimize")
    x, y = many_classes
    made = Page(report(x, y, fit_rows=300, seed=5))
    fitted = spread_rows(2000, 300, 5)
    rest = np.setdiff1d(np.arange(2000), fitted)
    assert made.numbers["rows"] == 1700
    assert made.values() == pytest.approx(
        {**made.values(), **expected(x[rest], y[rest])}, rel=1e-6, abs=1e-7
    )
    assert "fitted to 300 of 2,000 rows" in made.text and "1,700 rows were scored" in made.text

    def loss(t):
        return metrics.log_loss(y[fitted], softmax(x[fitted] / t))

    t = optimize.minimize_scalar(loss, bounds=(0.1, 10), method="bounded",
                                 options={"xatol": 1e-10}).x  # fmt: skip
    after = made.values("temperature")
    assert after == pytest.approx(
        {**after, **expected(x[rest] / t, y[rest])}, rel=1e-4, abs=1e-5
    )


def test_rows_to_fit_are_spread():
    for rows, many in ((10, 10), (10, 3), (1000, 999), (10**7, 1234), (2**45, 1000)):
        chosen = spread_rows(rows, many, 1)
        edges = np.array([k * rows // many for k in range(many + 1)])
        assert (edges[:-1] <= chosen).all() and (chosen < edges[1:]).all()
    assert (spread_rows(10**6, 100, 1) != spread_rows(10**6, 100, 2)).any()
    assert fit_count(1000, 8, None) == 200 and fit_count(1000, 8, 0.5) == 500
    assert fit_count(10**9, 4000, None) * 4000 <= 32 << 20
    for wanted in (1000, 1e-9):
        with pytest.raises(InputError):
            fit_count(1000, 8, wanted)


@pytest.mark.parametrize("name", CALIBRATORS)
@pytest.mark.parametrize("kind", ["two", "many"])
def test_calibrators_make_it_better(kind, name, two_classes, many_classes):
    x, y = {"two": two_classes, "many": many_classes}[kind]
    made = Page(report(x, y, calibrators=[name], fit_rows=0.5))
    assert made.values(name)["ece"] < made.values()["ece"]
    assert made.values(name)["brier"] < made.values()["brier"]


def test_a_file_to_fit_to(many_classes, tmp_path):
    x, y = many_classes
    np.save(tmp_path / "x.npy", x[:500])
    np.save(tmp_path / "y.npy", y[:500])
    apart = report(x[500:], y[500:], fit=(tmp_path / "x.npy", tmp_path / "y.npy"))
    assert "fitted to 500 of 500 rows of x.npy" in Page(apart).text
    assert Page(apart).values() == pytest.approx(
        {**Page(apart).values(), **expected(x[500:], y[500:])}, rel=1e-6, abs=1e-7
    )


def test_nothing_depends_on_chunks_or_threads(many_classes, tmp_path, monkeypatch):
    x, y = many_classes
    paths = tmp_path / "x.npy", tmp_path / "y.npy"
    for path, array in zip(paths, (x.astype(np.float32), y)):
        np.save(path, array)
    monkeypatch.setattr(evaluating, "KEPT_ROWS", 900)
    monkeypatch.setattr(evaluating, "CLASSWISE_SCORES", 9000)

    def numbers(chunk_bytes, threads):
        made = make_report(
            open_data(*paths), fit_data=None, calibrators=["temperature", "isotonic"],
            input="logits", fit_rows=None, seed=0, bins=15, chunk_bytes=chunk_bytes,
            threads=threads,
        )  # fmt: skip
        text = page(made)
        assert "every 3rd row" in text
        return Page(text).numbers

    right = numbers(1 << 20, 1)
    for chunk_bytes, threads in ((1, 2), (1000, 1), (5000, 3), (1 << 20, 2)):
        assert numbers(chunk_bytes, threads) == right


def test_sparse_rows_are_picked_as_they_lie(tmp_path, rng):
    x = rng.normal(size=(600, 700)).astype(np.float32)
    np.save(tmp_path / "x.npy", x)
    np.save(tmp_path / "y.npy", np.arange(600))
    wanted = spread_rows(600, 60, 0)
    chunk = open_data(tmp_path / "x.npy", tmp_path / "y.npy").take(wanted, lambda done: None)
    assert (chunk.scores == x[wanted]).all() and (chunk.labels == wanted).all()


def test_the_page_is_one_file(many_classes):
    made = Page(report(*many_classes, title="<b>&"))
    assert made.outside == []
    text = report(*many_classes, title="<b>&")
    assert "<b>" not in text and "&lt;b&gt;&amp;" in text
    assert not re.search(r"url\(|@import|https?:", text)


def test_logits_that_look_like_probabilities_are_told_of(many_classes):
    x, y = many_classes
    assert "look like probabilities" in Page(report(softmax(x), y)).text
    assert "look like probabilities" not in Page(report(x, y)).text


def test_arrays_stay_as_they_are(many_classes):
    x, y = (part.copy() for part in many_classes)
    w = np.ones(len(y))
    kept = x.copy(), y.copy()
    for columns in (x, x[:, :2], x[:, 0], x.astype(np.float32)):
        report(columns, y % 2, w, fit_rows=0.5)
    assert (x == kept[0]).all() and (y == kept[1]).all() and (w == 1).all()
    bad = x.copy()
    bad[[3, 1999, 500], 0] = np.nan
    with pytest.raises(InputError, match="row 3 has scores that are NaN"):
        report(bad, y, calibrators=())


def test_unknown_words_are_refused(many_classes):
    for options in ({"input": "odds"}, {"calibrators": ["a"]}, {"bins": 0}):
        with pytest.raises(InputError):
            report(*many_classes, **options)


def test_corners(rng):
    """What is undefined is shown as such, and nothing warns."""
    one = Page(report(rng.normal(size=100), np.zeros(100, int)))
    assert {one.values()[key] for key in ("auroc", "slope", "intercept")} == {"nan"}
    two_rows = Page(report(rng.normal(size=(2, 3)), [0, 1]))
    assert two_rows.numbers["rows"] == 1
    with pytest.raises(InputError, match="too few rows"):
        report([[0.0, 1.0]], [0])
    with pytest.raises(InputError, match="no row that is scored has a weight above 0"):
        report(np.eye(3), [0, 1, 2], np.zeros(3), calibrators=())
    with pytest.raises(InputError, match="weight of row 1 is -1"):
        report(np.eye(3), [0, 1, 2], [1, -1, 1], calibrators=())
    masked = np.eye(3) * 4
    masked[:, 2] = -np.inf
    labels_there = Page(report(masked, [0, 1, 0], calibrators=())).values()
    assert labels_there["nll"] == pytest.approx(
        np.mean([np.log1p(np.exp(-4)), np.log1p(np.exp(-4)), np.log(2)])
    )
    made = Page(report(masked, [0, 1, 2], calibrators=()))
    assert made.values()["nll"] == "inf" and "label of 1 of the rows" in made.text
    many = Page(report(rng.normal(size=(50, 6000)), np.arange(50), calibrators=()))
    assert "classwise_ece" not in many.values() and "Least F1" in many.text
