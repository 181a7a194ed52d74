"""The page about scikit-learn runs as it stands."""

import re
from pathlib import Path

import pytest

pytest.importorskip("sklearn", "1.6")

from logitude.sklearn._methods import METHODS

PAGE = Path(__file__).parents[3] / "docs" / "sklearn.md"


@pytest.mark.filterwarnings("ignore::logitude.LogitudeWarning")
def test_the_page_runs(capsys):
    known = {}
    for code in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        exec(code, known)
    before, after = (float(line) for line in capsys.readouterr().out.splitlines()[1:3])
    assert after < before
    assert known["isotonic"].thresholds_.size > 1


def test_the_page_names_every_method():
    text = PAGE.read_text(encoding="utf-8")
    assert all(f'`"{name}"`' in text for name in METHODS)
