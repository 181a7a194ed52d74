"""What a user sees first: names, docstrings, the README."""

import re
from pathlib import Path

import numpy as np
import pytest

import logitude as lg

README = Path(__file__).parents[1] / "README.md"


def test_version():
    assert re.fullmatch(r"\d+\.\d+\.\d+", lg.__version__)
    assert lg.build_info().startswith(f"logitude {lg.__version__} ")
    assert lg.cpu_level() in lg.build_info()


def test_every_name_has_a_docstring():
    for name in lg.__all__:
        doc = getattr(lg, name).__doc__
        assert doc and len(doc) > 20, name


@pytest.mark.parametrize(
    "target",
    [
        lg.softmax,
        lg.log_softmax,
        lg.logsumexp,
        lg.TemperatureScaling,
        lg.Accuracy,
        lg.NLL,
        lg.Brier,
        lg.ECE,
        lg.ExtSum,
        lg.Evaluation,
        lg.EvaluationRows,
    ],
    ids=lambda t: t.__name__,
)
def test_docstrings_carry_the_contract(target):
    assert target.__doc__.startswith(target.__name__ + "(")
    assert "\n\nAccuracy: " in target.__doc__ and "\n\nSource: " in target.__doc__
    assert "Thread safety" not in target.__doc__ and "\n# " not in target.__doc__


def test_the_readme_runs(scored, capsys):
    logits, labels, _ = scored
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    batches = [(logits[:250], labels[:250]), (logits[250:], labels[250:])]
    known = {
        "logits": logits,
        "labels": labels,
        "new_logits": logits,
        "new_labels": labels,
        "batches": batches,
        "shards": np.split(logits[:4], [3], axis=1),
    }
    exec(code, known)
    assert np.allclose(known["probs"].sum(1), 1)
    assert "AccuracyReport(rows=500" in capsys.readouterr().out
