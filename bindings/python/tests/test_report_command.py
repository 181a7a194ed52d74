"""`python -m logitude`: options, what is left behind, progress, memory."""

import io
import os
import re
import subprocess
import sys

import numpy as np
import pytest

from logitude.__main__ import main
from logitude.report import InputError, report
from logitude.report.progress import Progress
from report_page import Page

X, Y = np.zeros((50, 3), np.float32), np.arange(50) % 3


def run(*arguments):
    return main(["report", *map(str, arguments)])


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


def test_the_command_writes_what_the_function_makes(many_classes, tmp_path, capsys):
    x, y = many_classes
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


def test_names_of_classes(two_classes, tmp_path, capsys):
    x, y = two_classes
    np.savez(tmp_path / "all.npz", logits=x, labels=y)
    (tmp_path / "names.txt").write_text("no\nyes & so\n")
    options = ["--class-names", tmp_path / "names.txt", "-o", tmp_path / "out.html"]
    assert run(tmp_path / "all.npz", *options) == 0
    text = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "<th scope=\"row\">yes &amp; so</th>" in text
    with pytest.raises(InputError, match="3 names for 2 classes"):
        report(x, y, class_names="abc")


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
