"""docs/migration.md is what comes of the entries, each of which test_peers.py holds against
kept answers."""

import re
import sys
from pathlib import Path

TOOLS = Path(__file__).parents[3] / "tools"
sys.path.insert(0, str(TOOLS))

from peers import migration, public  # noqa: E402

DOCS = TOOLS.parent / "docs"


def test_the_page_is_current():
    assert migration.text() == migration.PAGE.read_text(encoding="utf-8"), "run `make migration`"


def test_every_public_function_has_a_row_or_a_reason():
    text = migration.PAGE.read_text(encoding="utf-8")
    for key, names in public.load().items():
        assert names
        for name in names:
            assert re.search(rf"`{name}`|\b{key}\.{name}\b", text), (key, name)


def test_what_scikit_learn_has_alone_is_what_its_page_says():
    section = (DOCS / "sklearn-metrics.md").read_text(encoding="utf-8").partition("## Left out")[2]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    left_out = {name for row in rows for name in re.findall(r"`(\w+)`", row)} - {"cluster"}
    names = public.load()["sk"]
    assert {name for name in names if migration.row("sk", name) is None} == left_out


def test_rows_show_a_call_that_is_equal():
    differing = [row.name for row in migration.rows() if not row.entry.equal]
    # The first is wrong, the second has no prior.
    assert differing == ["nominal.fleiss_kappa", "binning.BBQ"]
