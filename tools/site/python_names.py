"""Which names of the Python package are which family, as its decorators say:

@documented("softmax", "", "f32")
def softmax(..):
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from table import PROJECT

PACKAGE = PROJECT / "bindings" / "python" / "src" / "logitude"


def python_names(package: Path = PACKAGE) -> dict[str, list[str]]:
    """Full names, by family."""
    names: dict[str, set[str]] = defaultdict(set)
    exported = _exported(package / "__init__.py")
    for page in sorted(package.rglob("*.py")):
        module = ".".join(page.relative_to(package).with_suffix("").parts)
        for outer, inner, family in _wrapped(ast.parse(page.read_text(encoding="utf-8"))):
            home = "logitude" if outer in exported else f"logitude.{module}"
            names[family].add(f"{home}.{inner}")
    return {family: sorted(found, key=str.lower) for family, found in names.items()}


def _exported(page: Path) -> set[str]:
    imports = ast.parse(page.read_text(encoding="utf-8")).body
    return {
        alias.asname or alias.name
        for node in imports
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def _wrapped(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """Name at the top of the module, name within it, and family."""
    for node in tree.body:
        for inner, outer in ((node, ""), *((method, node) for method in getattr(node, "body", []))):
            for decorator in getattr(inner, "decorator_list", []):
                call = decorator if isinstance(decorator, ast.Call) else None
                if call and getattr(call.func, "id", "") == "documented":
                    top = outer.name if outer else inner.name
                    name = f"{top}.{inner.name}" if outer else top
                    yield top, name, ast.literal_eval(call.args[0])
