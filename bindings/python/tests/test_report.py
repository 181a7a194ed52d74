"""Reports: their numbers are scikit-learn's, whatever the rows come from."""

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser

import numpy as np
import pytest

from logitude.__main__ import main
from logitude.report import CALIBRATORS, InputError, report
from logitude.report import command as command_module
from logitude.report import evaluating
from logitude.report.making import make_report
from logitude.report.opening import open_data
from logitude.report.page import page
from logitude.report.progress import Progress
from logitude.report.split import fit_count, spread_rows

metrics = pytest.importorskip("sklearn.metrics")


class Page(HTMLParser):
    """What a page says: its numbers as JSON and as in the table."""

    def __init__(self, text):
        super().__init__()
        self.table, self.outside, self.text, self._row = {}, [], "", None
        self._script, self._tag = "", ""
        self.feed(text)
        self.numbers = json.loads(self._script)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self._tag = tag
        if tag == "tr":
            self._row = attributes.get("data-metric")
        if tag == "td" and self._row:
            self.table.setdefault(self._row, []).append(float(attributes["data-value"]))
        for name in ("src", "href"):
            if name in attributes and not attributes[name].startswith("data:"):
                self.outside.append(attributes[name])

    def handle_data(self, data):
        if self._tag == "script":
            self._script += data
        elif self._tag != "style":
            self.text += data

    def values(self, version="before"):
        return self.numbers["versions"][version]["values"]


def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def calibration_error(confidence, hit, bins=15, weights=None):
    """Over bins (low, high], as most papers have it; the error, and the largest gap."""
    weights = np.ones(len(hit)) if weights is None else weights
    which = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    gaps, shares = [], []
    for b in np.unique(which):
        w = weights[which == b]
        gap = np.average(confidence[which == b], weights=w) - np.average(hit[which == b], weights=w)
        gaps.append(abs(gap))
        shares.append(w.sum() / weights.sum())
    return np.dot(gaps, shares), max(gaps)


@pytest.fixture
def many(rng):
    x = rng.normal(size=(2000, 12)) * 3
    return x, np.argmax(x / 2 + rng.gumbel(size=x.shape), axis=1)


@pytest.fixture
def two(rng):
    x = rng.normal(size=1500) * 3
    return x, (rng.uniform(size=1500) < 1 / (1 + np.exp(-x / 2))).astype(int)


def expected(x, y):
    """Numbers of rows of many classes, from scikit-learn and formulas."""
    p, top = softmax(x), x.argmax(axis=1)
    confidence, hit = p.max(axis=1), top == y
    ece, mce = calibration_error(confidence, hit)
    ordered = np.sort(p, axis=1)
    risks = np.cumsum(~hit[np.argsort(-confidence)]) / np.arange(1, len(y) + 1)
    classes = range(x.shape[1])
    return {
        "accuracy": metrics.accuracy_score(y, top),
        "top5": metrics.top_k_accuracy_score(y, x, k=5),
        "macro_f1": metrics.f1_score(y, top, average="macro"),
        "balanced_accuracy": metrics.balanced_accuracy_score(y, top),
        "nll": metrics.log_loss(y, p),
        "brier": np.mean(((p - np.eye(x.shape[1])[y]) ** 2).sum(axis=1)),
        "ece": ece,
        "mce": mce,
        "signed_gap": confidence.mean() - hit.mean(),
        "confidence": confidence.mean(),
        "entropy": -(p * np.log(p)).sum(axis=1).mean(),
        "margin": (ordered[:, -1] - ordered[:, -2]).mean(),
        "classwise_ece": np.mean([calibration_error(p[:, c], y == c)[0] for c in classes]),
        "aurc": risks.mean(),
        "coverage_at_5": max((np.flatnonzero(risks <= 0.05) + 1) / len(y), default=0),
    }


def test_numbers_of_many_classes(many):
    x, y = many
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


def test_numbers_of_two_classes(two):
    x, y = two
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


def test_weights_are_repetitions(many, rng):
    x, y = many
    times = rng.integers(0, 3, size=len(y))
    weighted = Page(report(x, y, times.astype(float), calibrators=())).values()
    repeated = Page(report(np.repeat(x, times, axis=0), np.repeat(y, times), calibrators=()))
    same = ["accuracy", "top5", "nll", "brier", "ece", "mce", "entropy", "classwise_ece"]
    assert [weighted[k] for k in same] == pytest.approx([repeated.values()[k] for k in same])
    assert "aurc" not in weighted  # which has no weights


def test_rows_that_are_fitted_to_are_not_scored(many):
    optimize = pytest.importorskip("scipy.optimize")
    x, y = many
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
def test_calibrators_make_it_better(kind, name, two, many):
    x, y = {"two": two, "many": many}[kind]
    made = Page(report(x, y, calibrators=[name], fit_rows=0.5))
    assert made.values(name)["ece"] < made.values()["ece"]
    assert made.values(name)["brier"] < made.values()["brier"]


def test_a_file_to_fit_to(many, tmp_path):
    x, y = many
    np.save(tmp_path / "x.npy", x[:500])
    np.save(tmp_path / "y.npy", y[:500])
    apart = report(x[500:], y[500:], fit=(tmp_path / "x.npy", tmp_path / "y.npy"))
    assert "fitted to 500 of 500 rows of x.npy" in Page(apart).text
    assert Page(apart).values() == pytest.approx(
        {**Page(apart).values(), **expected(x[500:], y[500:])}, rel=1e-6, abs=1e-7
    )


def save_npz(save):
    def write(folder, x, y):
        save(folder / "all.npz", logits=x, labels=y)
        return [folder / "all.npz"]

    return write


def save_npy(type, labels=np.int64):
    def write(folder, x, y):
        np.save(folder / "x.npy", x.astype(type))
        np.save(folder / "y.npy", y.astype(labels))
        return [folder / "x.npy", folder / "y.npy"]

    return write


def save_bfloat16(folder, x, y):
    ml_dtypes = pytest.importorskip("ml_dtypes")
    return save_npy(ml_dtypes.bfloat16)(folder, x, y)


def save_text(delimiter, ending):
    def write(folder, x, y):
        path = folder / f"all{ending}"
        names = [f"c{k}" for k in range(x.shape[1])]
        names.insert(2, "label")
        rows = np.insert(x.astype(object), 2, y, axis=1)
        lines = [delimiter.join(map(str, row)) for row in rows]
        path.write_text("\n".join([delimiter.join(names), *lines]) + "\n\n")
        return [path]

    return write


def save_parquet(lists):
    def write(folder, x, y):
        pa = pytest.importorskip("pyarrow")
        import pyarrow.parquet as pq

        if lists:
            columns = {"logits": pa.array(x.tolist(), lists(pa)), "label": y}
        else:
            columns = {"label": y, **{f"c{k}": x[:, k] for k in range(x.shape[1])}}
        pq.write_table(pa.table(columns), folder / "all.parquet", row_group_size=700)
        return [folder / "all.parquet"]

    return write


KINDS = {
    "float32": save_npy("<f4"),
    "float64": save_npy("<f8", np.uint8),
    "float16": save_npy("<f2", np.int32),
    "big-endian": save_npy(">f4", ">i2"),
    "bfloat16": save_bfloat16,
    "npz": save_npz(np.savez),
    "compressed npz": save_npz(np.savez_compressed),
    "csv": save_text(",", ".csv"),
    "semicolons": save_text(";", ".csv"),
    "tsv": save_text("\t", ".tsv"),
    "parquet": save_parquet(None),
    "parquet of lists": save_parquet(lambda pa: pa.list_(pa.float32())),
    "parquet of fixed lists": save_parquet(lambda pa: pa.list_(pa.float64(), 12)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_gives_the_same_numbers(kind, many, tmp_path):
    x, y = many
    x = np.rint(x * 4) / 4  # what all types hold exactly
    x[x == 0] = 0  # no -0
    memory = Page(report(x, y)).numbers
    made = Page(report(*KINDS[kind](tmp_path, x, y))).numbers
    for version in ("before", "temperature"):
        got, right = (n["versions"][version]["values"] for n in (made, memory))
        assert got == pytest.approx(right, rel=2e-4 if version == "temperature" else 1e-5,
                                    abs=1e-6)  # fmt: skip


def test_nothing_depends_on_chunks_or_threads(many, tmp_path, monkeypatch):
    x, y = many
    paths = save_npy("<f4")(tmp_path, x, y)
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


def test_the_page_is_one_file(many):
    made = Page(report(*many, title="<b>&"))
    assert made.outside == []
    text = report(*many, title="<b>&")
    assert "<b>" not in text and "&lt;b&gt;&amp;" in text
    assert not re.search(r"url\(|@import|https?:", text)


def test_logits_that_look_like_probabilities_are_told_of(many):
    x, y = many
    assert "look like probabilities" in Page(report(softmax(x), y)).text
    assert "look like probabilities" not in Page(report(x, y)).text


# ---- the command ----


def run(*arguments):
    return main(["report", *map(str, arguments)])


def changed(array, at, value):
    array = np.array(array)
    array[at] = value
    return array


def npy(array, fortran=False):
    file = io.BytesIO()
    np.save(file, np.asfortranarray(array) if fortran else array)
    return file.getvalue()


X, Y = np.zeros((50, 3), np.float32), np.arange(50) % 3
WRONG = {
    "no labels": ({"x.npy": npy(X)}, "no labels with it"),
    "no file": ({}, "No such file"),
    "not npy": ({"x.npy": b"hello", "y.npy": npy(Y)}, "x.npy is not a .npy file"),
    "empty": ({"x.npy": b"", "y.npy": npy(Y)}, "x.npy is not a .npy file"),
    "bad header": (
        {"x.npy": npy(X).replace(b"descr", b"dxscr"), "y.npy": npy(Y)}, "makes no sense"
    ),
    "truncated": ({"x.npy": npy(X)[:-1], "y.npy": npy(Y)}, "truncated"),
    "labels truncated": ({"x.npy": npy(X), "y.npy": npy(Y)[:-1]}, "y.npy ends before"),
    "fortran": ({"x.npy": npy(X, True), "y.npy": npy(Y)}, "Fortran order"),
    "objects": ({"x.npy": npy(X), "y.npy": npy(Y.astype(object))}, "Python objects"),
    "complex": ({"x.npy": npy(X + 1j), "y.npy": npy(Y)}, "complex"),
    "3-D": ({"x.npy": npy(X[None]), "y.npy": npy(Y)}, "(1, 50, 3)"),
    "no rows": ({"x.npy": npy(X[:0]), "y.npy": npy(Y[:0])}, "no rows"),
    "no classes": ({"x.npy": npy(X[:, :0]), "y.npy": npy(Y)}, "(50, 0)"),
    "swapped": ({"x.npy": npy(Y), "y.npy": npy(X)}, "each other's place"),
    "label too large": (
        {"x.npy": npy(X), "y.npy": npy(changed(Y, 7, 3))}, "label of row 7 is 3, outside 0 .. 2"
    ),
    "label negative": ({"x.npy": npy(X), "y.npy": npy(changed(Y, 49, -1))}, "row 49 is -1"),
    "float labels": ({"x.npy": npy(X), "y.npy": npy(Y * 1.0)}, "labels are integers"),
    "one-hot": ({"x.npy": npy(X), "y.npy": npy(np.eye(3, dtype=int)[Y])}, "one a row"),
    "fewer labels": ({"x.npy": npy(X), "y.npy": npy(Y[1:])}, "49 rows"),
    "NaN": ({"x.npy": npy(changed(X, (9, 1), np.nan)), "y.npy": npy(Y)}, "row 9"),
    "infinite": ({"x.npy": npy(changed(X, (9, 1), np.inf)), "y.npy": npy(Y)}, "row 9"),
    "all -inf": ({"x.npy": npy(changed(X, 9, -np.inf)), "y.npy": npy(Y)}, "row 9"),
    "npz without": ({"x.npz": b"PK"}, "not a .npz file"),
    "no kind": ({"x.dat": b""}, "no known kind"),
    "csv without label": ({"x.csv": b"a,b\n1,0\n"}, "no column 'label', only a, b"),
    "csv of words": ({"x.csv": b"a,label\nx,0\n"}, "could not convert"),
    "csv with gaps": ({"x.csv": b"a,b,label\n1,2,0\n1,0\n"}, "x.csv"),
    "csv with halves": ({"x.csv": b"a,b,label\n1,2,0.5\n"}, "label 0.5 of row 0"),
    "csv of a header": ({"x.csv": b"a,b,label\n"}, "no rows"),
    "csv of labels": ({"x.csv": b"label\n1\n"}, "no columns of scores"),
    "csv not text": ({"x.csv": b"a,label\n\xff\xfe,0\n"}, ""),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_in_a_line(case, tmp_path, capsys):
    files, told = WRONG[case]
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    output = tmp_path / "out.html"
    given = [tmp_path / name for name in files] or [tmp_path / "x.npy", tmp_path / "y.npy"]
    assert run(*given, "-o", output, "-q", "--calibrators", "none") == 2
    said = capsys.readouterr().err
    assert said.startswith("logitude report: error: ") and said.count("\n") == 1, said
    assert told in said
    assert {path.name for path in tmp_path.iterdir()} == set(files)


@pytest.mark.parametrize(
    "options, told",
    [
        (["--calibrators", "magic"], "no calibrator 'magic'"),
        (["--calibrators", "temperature,temperature"], "twice"),
        (["--fit-rows", "50"], "50 of 50 rows"),
        (["--bins", "0"], "bins = 0"),
        (["--input", "probabilities"], "row 0 holds no probabilities"),
        (["-o", "nowhere/out.html"], "no place"),
        (["-o", "."], "no place"),
    ],
)
def test_what_is_wrong_with_options(options, told, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    np.save("x.npy", X)
    np.save("y.npy", Y)
    assert run("x.npy", "y.npy", *options, "-q") == 2
    assert told in capsys.readouterr().err
    assert sorted(os.listdir()) == ["x.npy", "y.npy"]


def test_nothing_is_left_if_interrupted(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    np.save("x.npy", X)
    np.save("y.npy", Y)

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    assert run("x.npy", "y.npy", "-q") == 130
    assert "interrupted" in capsys.readouterr().err
    assert sorted(os.listdir()) == ["x.npy", "y.npy"]


def test_a_failure_leaves_the_page_that_was_there(tmp_path):
    (tmp_path / "out.html").write_text("old")
    assert run(tmp_path / "none.npy", tmp_path / "none.npy", "-o", tmp_path / "out.html") == 2
    assert (tmp_path / "out.html").read_text() == "old"


def test_the_command_writes_what_the_function_makes(many, tmp_path, capsys):
    x, y = many
    np.savez(tmp_path / "all.npz", scores=x, truth=y, w=np.ones(len(y)))
    options = "--scores-key scores --label truth --calibrators vector,isotonic --seed 3".split()
    assert run(tmp_path / "all.npz", "-o", tmp_path / "out.html", *options) == 0
    assert capsys.readouterr().out == ""
    text = (tmp_path / "out.html").read_text(encoding="utf-8")
    made = report(x, y, calibrators=["vector", "isotonic"], seed=3)
    assert Page(text).numbers == Page(made).numbers
    assert "all.npz" in Page(text).text and "python -m logitude" in Page(text).text
    assert run(tmp_path / "all.npz", *options[:4], "--weight", "w", "-o", tmp_path / "w.html") == 0
    assert "weighted" in (tmp_path / "w.html").read_text(encoding="utf-8")


def test_version_info_and_help(capsys):
    for arguments, told in (
        (["--version"], "logitude "), (["--help"], "report"), (["report", "--help"], "--fit-rows")
    ):  # fmt: skip
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 0 and told in capsys.readouterr().out
    assert main(["info"]) == 0
    assert "cpu level: " in capsys.readouterr().out


# ---- progress and memory ----


class Stream(io.StringIO):
    def __init__(self, terminal):
        super().__init__()
        self.isatty = lambda: terminal


def test_progress_is_a_line_now_and_then_without_a_terminal(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    stream = Stream(False)
    progress = Progress(stream)
    for second in range(21):
        now[0] = float(second)
        progress("Scoring", second * 100, 4000)
    progress.close()
    assert stream.getvalue().splitlines() == [
        f"Scoring {share}%  100 rows/s  {left} left"
        for share, left in ((" 12", "0:35"), (" 25", "0:30"), (" 38", "0:25"), (" 50", "0:20"))
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_progress_is_a_bar_on_a_terminal(tmp_path):
    import pty

    np.save(tmp_path / "x.npy", np.zeros((2000, 100), np.float32))
    np.save(tmp_path / "y.npy", np.zeros(2000, int))
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "logitude", "report", "x.npy", "y.npy"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=theirs, env=environment())
    os.close(theirs)
    said = b""
    try:
        while got := os.read(ours, 4096):
            said += got
    except OSError:
        pass  # how Linux says that the other end is closed
    os.close(ours)
    assert process.wait() == 0
    assert re.search(rb"\r\x1b\[KScoring \[[#.]{28}\] +\d+%", said)
    assert said.endswith(b"\r\x1b[K")


def environment():
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))}


_PEAK = """
import sys, threading, time
from logitude.__main__ import main
def anonymous():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("RssAnon"))
peak, over = [0], threading.Event()
def watch():
    while not over.wait(0.002):
        peak[0] = max(peak[0], anonymous())
thread = threading.Thread(target=watch)
thread.start()
status = main(sys.argv[1:])
over.set()
thread.join()
print(status, max(peak[0], anonymous()) >> 10)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is of Linux")
def test_memory_is_bounded(tmp_path):
    rows, classes = 500_000, 100
    with open(tmp_path / "x.npy", "wb") as file:  # 200 MB, of which none is on the disk
        header = {"descr": "<f4", "fortran_order": False, "shape": (rows, classes)}
        np.lib.format.write_array_header_1_0(file, header)
        file.truncate(file.tell() + rows * classes * 4)
    np.save(tmp_path / "y.npy", np.zeros(rows, np.uint8))
    made = subprocess.run(
        [sys.executable, "-c", _PEAK, "report", "x.npy", "y.npy", "-q"],
        cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    status, peak = map(int, made.stdout.split())
    assert status == 0 and peak < 200
    assert Page((tmp_path / "report.html").read_text(encoding="utf-8")).values()[
        "confidence"
    ] == pytest.approx(0.01)


def test_a_member_of_an_archive_is_read_at_its_place(tmp_path):
    """Local headers may have extra fields of other lengths than the directory tells."""
    with zipfile.ZipFile(tmp_path / "x.npz", "w") as archive:
        for name, array in (("logits", X), ("labels", Y)):
            info = zipfile.ZipInfo(f"{name}.npy")
            info.extra = b"\x99\x99\x04\x00abcd"
            archive.writestr(info, npy(array))
    assert Page(report(tmp_path / "x.npz", calibrators=())).numbers["rows"] == 50


def test_unknown_words_are_refused(many):
    for options in ({"input": "odds"}, {"calibrators": ["a"]}, {"bins": 0}):
        with pytest.raises(InputError):
            report(*many, **options)
    assert command_module.NAMES == CALIBRATORS


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
