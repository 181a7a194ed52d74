"""Which function of another library is which of ours: `make migration` asks both sides of
every row, prints what came of it, and writes docs/migration.md.

The rows are those of the entries: of each function of theirs the shortest call that has an
equal of ours, and what is said of calls that have none.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from typing import Iterator, NamedTuple

from . import data, families, left_out, page, public
from .entry import Entry

PAGE = Path(__file__).parents[2] / "docs" / "migration.md"

HEAD = """\
# Which function of yours is which of ours

By library, one row a function. Both sides are written as they are run: `make migration` runs
every row, theirs live and ours, on the inputs that [peers.md](peers.md) lists, prints whether
each holds, and writes this page; the ordinary tests hold ours against kept answers. Where a
note says that other calls differ, that is run as well. [peers.md](peers.md) has all calls that
were compared, and how far apart they are.

`x` are logits, `p` probabilities, `y` labels, `yp` predicted labels, `w` weights of rows, `C`
the number of classes, `s` scores of class 1, `P`, `Y`, `YP` scores, labels and predictions of
several labels a row, `a`, `b` samples; `curve` takes of bins what holds rows. `lg` is
`logitude`, `lgsk` is `logitude.sklearn.metrics`. *equal to* is the largest relative difference
allowed.

Two things hold throughout. Scores come first here, then labels, as in torchmetrics; functions of
two columns of classes, as `lg.f1`, and those that have scikit-learn's own name, as
`lg.ndcg_score`, take the truth first, as there. And where another library has a metric object,
ours is a *state*: `update` it with parts, `merge` those of several workers (or add them,
`a + b`), ask for `compute()` or all of `report()`; it is plain bytes.
"""


class Library(NamedTuple):
    """Modules, by their names in expressions, and those of their functions that matter: all
    of public.json if none are named."""

    title: str
    intro: str
    modules: dict[str, str]


LIBRARIES = [
    Library(
        "scikit-learn",
        "All of `sk` here can also be had by its own name and arguments, "
        "`from logitude.sklearn.metrics import ...`: see [sklearn-metrics.md](sklearn-metrics.md).",
        {"sk": "", "curves": "calibration_curve CalibratedClassifierCV CalibrationDisplay",
         "isotonic": "IsotonicRegression"},
    ),
    Library(
        "torchmetrics, functions",
        "Arrays are numpy's, and results Python's numbers or numpy's. torchmetrics adds up in f32.",
        {"tm": "", "nominal": "", "tr": "", "reg": "", "text": "perplexity"},
    ),
    Library(
        "torchmetrics, objects",
        "`given.halves(metric, ..)` updates a metric of torchmetrics with two halves of all rows "
        "and computes; `halves(made, ..)` makes two states of ours, updates each with one, and "
        "merges them.",
        {"tmc": "", "trc": "", "regc": "", "textc": "Perplexity"},
    ),
    Library(
        "netcal",
        "Calibrators here have `fit` and `predict_proba`, as scikit-learn's.",
        {"netcal": "", "netcal_scaling": "", "binning": ""},
    ),
    Library(
        "scipy",
        "Of `scipy.special` and `scipy.stats` what is about logits, probabilities, and how two "
        "columns go together.",
        {
            "special": "softmax log_softmax logsumexp expit log_expit logit entr rel_entr kl_div "
            "xlogy",
            "stats": "pearsonr spearmanr kendalltau weightedtau somersd chatterjeexi rankdata "
            "entropy ks_2samp mannwhitneyu bootstrap wilcoxon ranksums brunnermunzel "
            "pointbiserialr theilslopes siegelslopes wasserstein_distance energy_distance "
            "cramervonmises_2samp anderson_ksamp permutation_test",
        },
    ),
    Library(
        "torch",
        "Losses here return each row's loss, the gradient in the logits and the total; `grad` is "
        "compared with what torch's `backward` leaves.",
        {
            "F": "softmax log_softmax softmin logsigmoid softplus cross_entropy "
            "nll_loss binary_cross_entropy binary_cross_entropy_with_logits kl_div "
            "multi_margin_loss",
            "torch": "softmax logsumexp sigmoid logit",
        },
    ),
]  # fmt: skip


class Row(NamedTuple):
    """One function of theirs: the entry that says what it is here, and those that differ."""

    name: str
    entry: Entry
    differ: list[Entry]

    @property
    def entries(self) -> list[Entry]:
        return [self.entry, *(e for e in self.differ if e != self.entry)]


ENTRIES = [entry for family in families.FAMILIES for entry in family.entries]


def _names(key: str, wanted: str, known: dict[str, list[str]]) -> list[str]:
    return wanted.split() or known[key]


# What calls of others may hold, to be asked at all.
_BESIDE = {"special", "frozen", "given", "torch", "F"}
_PARTS = r"^(binary|multiclass|multilabel|retrieval)_|_(score|support|error|loss)$"


@cache
def _modules(peer: str) -> frozenset[str]:
    return frozenset(families.also(peer))


def _about(key: str, name: str, peer: str) -> bool:
    """Whether an expression is about a function, and no other library's."""
    if f"{key}.{name}(" not in peer or _modules(peer) - _BESIDE - {key}:
        return False
    return bool(re.search(rf"(?<![\w.]){key}\.{name}\(", peer))


def row(key: str, name: str) -> Row | None:
    """What the entries say of a function, if any is about it."""
    about = [entry for entry in ENTRIES if _about(key, name, entry.peer)]
    if not about:
        return None
    first = [entry for entry in about if entry.peer.startswith(f"{key}.{name}(")]
    stem = re.sub(_PARTS, "", name).lower()

    def order(entry: Entry) -> tuple[bool, bool, bool, int]:
        other_name = stem not in entry.ours.lower()
        length = len(entry.ours) + len(entry.peer)
        return not entry.equal, entry not in first, other_name, length

    differ = [entry for entry in first or about if not entry.equal]
    return Row(f"{key}.{name}", min(about, key=order), differ)


def _note(made: Row) -> str:
    notes = [made.entry.coarse] if made.entry.coarse else []
    for entry in made.differ:
        text = f"**Wrong**: {entry.wrong}" if entry.wrong else entry.why
        if text not in notes:
            notes.append(text)
    return "; ".join(notes)


def _line(made: Row) -> str:
    entry = made.entry
    equal = page._ceiling(entry.rtol) if entry.equal else "differs"
    cells = [f"`{entry.peer}`", f"`{entry.ours}`", equal, _note(made)]
    return "| " + " | ".join(page._cell(cell) for cell in cells) + " |"


def _missing(key: str, names: list[str]) -> Iterator[str]:
    """Those of one reason together."""
    reasons: dict[str, list[str]] = {}
    for name in names:
        reasons.setdefault(left_out.why(key, name), []).append(f"`{name}`")
    for reason, of in reasons.items():
        yield f"* `{families.PEERS[key]}`: {', '.join(of)}: {reason}."


def _section(library: Library, known: dict[str, list[str]]) -> str:
    short = ", ".join(f"`{key}` is `{families.PEERS[key]}`" for key in library.modules)
    rows, missing = [], []
    for key, wanted in library.modules.items():
        names = _names(key, wanted, known)
        found = {name: row(key, name) for name in names}
        rows += [_line(made) for made in found.values() if made]
        missing += _missing(key, [name for name, made in found.items() if not made])
    table = ["| theirs | ours | equal to | |", "|---|---|---|---|", *rows]
    parts = [f"## {library.title}", f"{library.intro} {short}.", "\n".join(table)]
    if missing:
        parts += ["Not here:", "\n".join(missing)]
    return "\n\n".join(parts)


def text() -> str:
    """The page."""
    known = public.load()
    return HEAD + "\n" + "\n\n".join(_section(library, known) for library in LIBRARIES) + "\n"


def rows() -> Iterator[Row]:
    known = public.load()
    for library in LIBRARIES:
        for key, wanted in library.modules.items():
            for name in _names(key, wanted, known):
                made = row(key, name)
                if made:
                    yield made


def _holds(entry: Entry, inputs: dict[str, object]) -> bool:
    """Whether both sides, asked now, are as the entry says."""
    from . import answers

    theirs = {entry.peer: {name: answers.ask(entry, inputs[name]) for name in entry.inputs}}
    apart = page.compare(entry, inputs, theirs).apart.values()
    return all((value <= entry.rtol) == entry.equal for value in apart)


def main() -> None:
    public.write()
    inputs, failed = data.load(), 0
    for made in rows():
        held = all(_holds(entry, inputs) for entry in made.entries)
        failed += not held
        print("pass" if held else "FAIL", made.name, "=", made.entry.ours, flush=True)
    PAGE.write_text(text(), encoding="utf-8")
    if failed:
        sys.exit(f"{failed} rows do not hold")


if __name__ == "__main__":
    main()
