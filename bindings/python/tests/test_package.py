"""What a user sees first: names and docstrings."""

import ast
import re
from pathlib import Path

import pytest

import logitude as lg


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


def _evaluated(node):
    """A node and those below it, but for annotations, which are never evaluated."""
    yield node
    for name, value in ast.iter_fields(node):
        if name not in ("annotation", "returns"):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _evaluated(child)


def test_python_3_9_can_read_it():
    for module in Path(lg.__file__).parent.rglob("*.py"):
        tree = ast.parse(module.read_text(encoding="utf-8"), str(module), feature_version=(3, 9))
        for node in _evaluated(tree):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
                where = f"{module}:{node.lineno}: X | None is a type in annotations alone"
                sides = [getattr(side, "value", ...) for side in (node.left, node.right)]
                assert None not in sides, where
