"""Against the peers' answers that `make answers` kept; see docs/peers.md."""

import sys
from pathlib import Path

import pytest

import logitude as lg

TOOLS = Path(__file__).parents[3] / "tools"
sys.path.insert(0, str(TOOLS))

from peers import data, families, page, truths  # noqa: E402
from peers.entry import difference  # noqa: E402

KEPT = page.load()
INPUTS = data.load()
ENTRIES = [entry for family in families.FAMILIES for entry in family.entries]
LEVELS = ["portable", "avx2", "avx512", "neon"]
STALE = "run `make answers`"


@pytest.fixture(params=LEVELS)
def level(request):
    before = lg.cpu_level()
    try:
        lg.set_cpu_level(request.param)
    except NotImplementedError:
        pytest.skip("not of this machine")
    yield request.param
    lg.set_cpu_level(before)


def test_inputs_are_those_that_the_peers_saw():
    assert {name: data.digest(inputs) for name, inputs in INPUTS.items()} == KEPT["inputs"]


def test_the_peers_were_asked_what_is_listed():
    asked = {(peer, name) for peer, answers in KEPT["answers"].items() for name in answers}
    assert asked == {(entry.peer, name) for entry in ENTRIES for name in entry.inputs}, STALE


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.ours} - {entry.peer}")
def test_equal_where_the_table_says_so(entry):
    result = page.compare(entry, INPUTS, KEPT["answers"])
    if entry.equal:
        assert result.most <= entry.rtol, result.apart
    else:
        assert all(apart > entry.rtol for apart in result.apart.values()), result.apart
    for name in entry.inputs if entry.wrong else ():
        exact = page.value(entry.truth, INPUTS[name], truths=truths)
        assert difference(page.value(entry.ours, INPUTS[name]), exact) <= entry.rtol


def test_entries_say_why_they_are_no_better():
    assert all(bool(entry.wrong) == bool(entry.truth) for entry in ENTRIES)
    assert all(entry.rtol <= 1e-12 or entry.coarse for entry in ENTRIES if entry.equal)


def test_the_page_is_current(level):
    assert page.text(KEPT, INPUTS) == page.PAGE.read_text(encoding="utf-8"), STALE
