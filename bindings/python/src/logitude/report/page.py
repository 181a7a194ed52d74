"""A report as one page of HTML, which asks for nothing outside of itself."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

import numpy as np

from .calibrators import Fitted
from .evaluating import Plan, Scored
from .figures import precision_recall, ranks, reliability, risk_coverage, roc
from .metrics import Metric, Numbers, class_scores, rows_of_table
from .style import CSS

# So many classes have a row each; of more, as many of the worst and of the best.
_CLASSES = 30
_ENDS = 10


class Report(NamedTuple):
    """All that is shown."""

    title: str
    plan: Plan
    versions: list[Scored]
    numbers: list[Numbers]
    fitted: list[Fitted]
    notes: list[str]
    made: list[tuple[str, str]]
    names: Sequence[str] | None = None

    def name(self, label: int) -> str:
        """Of a class."""
        return str(label) if self.names is None else self.names[label]


def page(report: Report) -> str:
    """The whole page."""
    parts = [
        f"<header><h1>{escape(report.title)}</h1>{_subtitle(report)}</header><main>",
        _brief(report),
        "".join(f'<p class="note">{escape(note)}</p>' for note in report.notes),
        _metrics(report),
        _reliability(report),
        _curves(report),
        _classes(report),
        _calibrators(report),
        _made(report),
        f'</main><script type="application/json" id="numbers">{_json(report)}</script>',
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="data:,">'
        f"<title>{escape(report.title)}</title><style>{CSS}</style></head>\n<body>"
        + "\n".join(part for part in parts if part)
        + "</body></html>\n"
    )


def _subtitle(report: Report) -> str:
    rows, plan = report.versions[0].states.report().rows, report.plan
    text = f"{rows:,} rows were scored, {plan.classes:,} classes, {plan.input} as input"
    return f'<p class="soft">{text}{", weighted" if plan.weighted else ""}</p>'


def _brief(report: Report) -> str:
    """What a reader in a hurry is to know."""
    before = report.numbers[0].values
    claimed, right, gap = before["confidence"], before["accuracy"], before["signed_gap"]
    said = "overconfident" if gap > 0 else "underconfident"
    said = f"is {said}" if abs(gap) >= 0.01 else "states its confidence about rightly on average"
    text = (
        f"The classifier is right on {right:.1%} of the rows and states a confidence of "
        f"{claimed:.1%} on average: it {said}."
    )
    for version, numbers in zip(report.versions[1:], report.numbers[1:]):
        after = numbers.values
        text += (
            f" {version.title} takes the calibration error from {before['ece']:.4f} to "
            f"{after['ece']:.4f} and the log loss from {_number(before['nll'])} to "
            f"{_number(after['nll'])}."
        )
    return f'<p class="brief">{escape(text)}</p>'


def _metrics(report: Report) -> str:
    heads = "".join(f'<th scope="col">{escape(v.title)}</th>' for v in report.versions)
    rows = []
    for metric in rows_of_table(report.numbers[0]):
        cells = "".join(
            _cell(metric, version.title, numbers, report.numbers[0])
            for version, numbers in zip(report.versions, report.numbers)
        )
        rows.append(
            f'<tr data-metric="{metric.key}"><th scope="row">{escape(metric.title)}'
            f'<span class="meaning">{escape(metric.meaning)}</span></th>{cells}</tr>'
        )
    return (
        f'<section id="metrics"><h2>Before and after</h2><div class="wide">'
        f'<table class="metrics"><thead><tr><th></th>{heads}</tr></thead>'
        f'<tbody>{"".join(rows)}</tbody></table></div>'
        f'<p class="soft">{escape(" ".join(_remarks(report)))}</p></section>'
    )


def _remarks(report: Report) -> list[str]:
    """What is to be known to read the table."""
    plan = report.plan
    notes = [f"Calibration errors are over {plan.bins} bins of equal width."]
    if not plan.weighted:
        notes.append("Small figures are 95 % confidence intervals.")
    else:
        notes.append("Rows count by their weights, except in macro F1 and balanced accuracy.")
    if plan.kept_step > 1:
        notes.append(
            "What needs all rows in order (risk-coverage, AUROC, average precision, slope) is "
            f"computed of every {_ordinal(plan.kept_step)} row."
        )
    if plan.classwise_step > 1:
        notes.append(
            f"The class-wise calibration error is computed of every "
            f"{_ordinal(plan.classwise_step)} row; with fewer rows of a class it comes out "
            "larger."
        )
    for version in report.versions:
        infinite = version.states.report().infinite_rows
        if infinite:
            notes.append(
                f"{version.title}: the log loss is infinite, since the label of {infinite:,} "
                "of the rows has the probability 0."
            )
    return notes


def _cell(metric: Metric, title: str, numbers: Numbers, before: Numbers) -> str:
    value, kind = numbers.values[metric.key], ""
    if numbers is not before:
        kind = _verdict(metric.best, value, before.values[metric.key])
    within = numbers.intervals.get(metric.key)
    small = ""
    if within is not None and all(math.isfinite(end) for end in within):
        small = f'<span class="within">{_number(within[0])} – {_number(within[1])}</span>'
    shown = f'<span class="{kind}">{_number(value)}</span>{small}'
    return f'<td data-head="{escape(title)}" data-value="{value!r}">{shown}</td>'


def _verdict(best: str, value: float, before: float) -> str:
    if not best or math.isnan(value) or math.isnan(before) or _number(value) == _number(before):
        return ""
    if best in ("high", "low"):
        return "better" if (value > before) == (best == "high") else "worse"
    return "better" if abs(value - float(best)) < abs(before - float(best)) else "worse"


def _reliability(report: Report) -> str:
    figures, of_class_1 = [], []
    for number, version in enumerate(report.versions):
        drawn = reliability(version.states.evaluation.bins(), version.title, f"v{number}")
        figures.append(_figure(version.title, drawn))
        if version.states.binary is not None:
            bins = version.states.binary.bins()
            drawn = reliability(bins, version.title, f"v{number}", "probability of class 1")
            of_class_1.append(_figure(version.title, drawn))
    more = ""
    if of_class_1:
        more = f'<h3>Of class 1</h3><div class="figures">{"".join(of_class_1)}</div>'
    return (
        '<section id="reliability"><h2>Reliability</h2><p>A bar is as high as what was '
        "foretold with that confidence came true; calibrated bars end at the dashed line. "
        "Red is the gap between what was said and what came true, thin lines are 95 % "
        "confidence intervals (of rows, whatever their weights), and below is how many rows a "
        f'bar is of.</p><div class="figures">{"".join(figures)}</div>{more}</section>'
    )


def _curves(report: Report) -> str:
    versions, drawn = report.versions, []
    if not report.plan.weighted:
        drawn.append(_figure(
            "Risk against coverage: the error rate if only the most confident rows are "
            "answered. Lower is better.", risk_coverage(versions)))  # fmt: skip
    if not report.plan.binary:
        drawn.append(_figure(
            "Top-k accuracy: how often the label is among the k highest scores.",
            ranks(versions, report.plan.ranks)))  # fmt: skip
    kept = versions[0].kept
    if report.plan.binary and kept.label.any() and not kept.label.all():
        drawn.append(_figure(
            "ROC: how many rows of class 1 are found, against how many of class 0 are taken "
            "for it. The dashed line is chance.", roc(versions)))  # fmt: skip
        drawn.append(_figure(
            "Precision and recall: how many that are taken for class 1 are of it, against "
            "how many of it are found.", precision_recall(versions)))  # fmt: skip
    if not drawn:
        return ""
    keys = "".join(
        f'<span><i class="key v{number}"></i>{escape(version.title)}</span>'
        for number, version in enumerate(versions)
    )
    return (
        f'<section id="curves"><h2>Curves</h2><p class="keys">{keys}</p>'
        f'<div class="figures">{"".join(drawn)}</div></section>'
    )


def _figure(caption: str, drawn: str) -> str:
    return f"<figure><figcaption>{escape(caption)}</figcaption>{drawn}</figure>"


def _classes(report: Report) -> str:
    counts = report.versions[0].states.evaluation.classes()
    present = np.flatnonzero((counts["labelled"] > 0) | (counts["predicted"] > 0))
    order = present[np.lexsort((present, class_scores(counts)["f1"][present]))]
    intro = "What is predicted before calibration. Recall is the share of a class's rows that "
    intro += "are recognised, precision the share of its predictions that are right, and F1 "
    intro += "their harmonic mean."
    if len(order) <= _CLASSES:
        tables = _class_table(report, np.sort(order))
    else:
        intro += f" Of {len(order):,} classes, the {_ENDS} of least and of highest F1 are shown."
        tables = f"<h3>Least F1</h3>{_class_table(report, order[:_ENDS])}"
        tables += f"<h3>Highest F1</h3>{_class_table(report, order[::-1][:_ENDS])}"
    return f'<section id="classes"><h2>Classes</h2><p>{intro}</p>{tables}</section>'


def _class_table(report: Report, classes: Any) -> str:
    states = [version.states for version in report.versions]
    counts = states[0].evaluation.classes()
    of = class_scores(counts)
    heads = ["Class", "Rows", "Predicted", "Recall", "Precision", "F1"]
    with_errors = states[0].classwise is not None
    if with_errors:
        heads += [f"Its calibration error: {v.title.lower()}" for v in report.versions]
    rows = []
    for label in classes:
        cells = [f"{int(counts[name][label]):,}" for name in ("labelled", "predicted")]
        cells += [f"{of[name][label]:.3f}" for name in ("recall", "precision", "f1")]
        if with_errors:
            errors = [state.class_error(int(label)) for state in states]
            cells += [_number(error) for error in errors]
        shown = "".join(f"<td>{cell}</td>" for cell in cells)
        rows.append(f'<tr><th scope="row">{escape(report.name(label))}</th>{shown}</tr>')
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    return (
        f'<div class="wide"><table><thead><tr>{head}</tr></thead>'
        f'<tbody>{"".join(rows)}</tbody></table></div>'
    )


def _calibrators(report: Report) -> str:
    if not report.fitted:
        return ""
    tables = "".join(f"<h3>{escape(fit.title)}</h3>{_facts(fit.found())}" for fit in report.fitted)
    return f'<section id="calibrators"><h2>Calibrators</h2>{tables}</section>'


def _made(report: Report) -> str:
    return (
        f'<section id="made"><h2>How this was made</h2>{_facts(report.made)}'
        '<p class="soft">All numbers are in the source of this page as JSON, unrounded, in the '
        "element with the id <code>numbers</code>.</p></section>"
    )


def _facts(facts: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(value)}</td></tr>'
        for name, value in facts
    )
    return f'<table class="facts"><tbody>{rows}</tbody></table>'


def _json(report: Report) -> str:
    """Numbers for programs; what JSON has no number for is a string."""

    def plain(value: float) -> float | str:
        return value if math.isfinite(value) else str(value)

    versions = {
        version.name: {
            "values": {key: plain(value) for key, value in numbers.values.items()},
            "intervals": {
                key: [plain(end) for end in ends] for key, ends in numbers.intervals.items()
            },
            "bins": [
                {name: plain(row[name].item()) for name in row.dtype.names}
                for row in version.states.evaluation.bins()
            ],
        }
        for version, numbers in zip(report.versions, report.numbers)
    }
    rows = int(report.versions[0].states.report().rows)
    whole = {"rows": rows, "classes": report.plan.classes, "versions": versions}
    return json.dumps(whole).replace("<", "\\u003c")


def _number(value: float) -> str:
    """Four figures after the point; more of what is small, none of what is large."""
    if math.isnan(value):
        return "undefined"
    if math.isinf(value):
        return "infinite"
    if value and abs(value) < 0.001:
        return f"{value:.2e}"
    return f"{value:.4f}" if abs(value) < 1000 else f"{value:.6g}"


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 * (number % 100 not in (11, 12, 13)), "th")
    return f"{number}{ending}"
