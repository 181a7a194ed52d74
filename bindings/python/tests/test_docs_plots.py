"""docs/plots.md and its script do what they show."""

import re
import runpy
from pathlib import Path

import pytest

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

ROOT = Path(__file__).parents[3]


def test_the_page_runs(monkeypatch):
    page = (ROOT / "docs" / "plots.md").read_text(encoding="utf-8")
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(Figure, "savefig", lambda *_, **__: None)
    known = {}
    for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(block, known)
    pyplot.close("all")
    for picture in re.findall(r"\]\((plots/.*?)\)", page):
        assert (ROOT / "docs" / picture).is_file()


def test_the_script_runs(tmp_path, capsys):
    runpy.run_path(str(ROOT / "examples" / "python" / "plots.py"))["main"](tmp_path)
    for name in capsys.readouterr().out.split():
        assert "<svg" in Path(name).read_text(encoding="utf-8")
    assert len(list(tmp_path.iterdir())) == 2
