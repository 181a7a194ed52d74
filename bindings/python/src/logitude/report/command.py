"""`python -m logitude report`: from files to a page."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import tempfile
import zlib
from pathlib import Path
from zipfile import BadZipFile

from .calibrators import NAMES
from .errors import InputError
from .making import make_report
from .opening import open_data
from .page import page
from .progress import Progress

_DESCRIPTION = """\
Writes one HTML page about a classifier's scores: metrics, reliability diagrams and
risk-coverage curves, before and after calibration; for two classes ROC and
precision-recall curves too. Files may be larger than memory.
"""

_EPILOG = """\
examples:
  python -m logitude report logits.npy labels.npy -o report.html
  python -m logitude report scores.npz -o report.html
  python -m logitude report scores.csv --label y --calibrators temperature,vector
  python -m logitude report test.npy test_labels.npy --fit val.npy val_labels.npy

exit status: 0 if the page was written, 2 if something is wrong with the input, which is
then said in one line, 130 if interrupted. Without success no file is left.
"""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The subcommand and its options."""
    parser = commands.add_parser(
        "report", help="write an HTML page about a classifier's scores",
        description=_DESCRIPTION, epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    add = parser.add_argument
    add("scores", metavar="SCORES",
        help="rows x classes: .npy; or .npz, .csv, .tsv, .parquet with labels in it. One "
             "column is the score of class 1 of two")
    add("labels", metavar="LABELS", nargs="?", help="one integer a row, .npy")
    add("-o", "--output", metavar="FILE", default="report.html",
        help="where the page goes (default: report.html)")
    add("--input", choices=("logits", "probabilities"), default="logits",
        help="what the scores are (default: logits)")
    add("--weights", metavar="FILE", help="one weight a row, .npy")
    add("--label", metavar="NAME",
        help="column of the labels (default: label), or array of them in .npz (default: labels)")
    add("--weight", metavar="NAME", help="column or array of weights (default: none)")
    add("--scores-key", metavar="NAME", default="logits",
        help="array of the scores in .npz (default: logits)")
    add("--calibrators", metavar="NAMES", default="temperature",
        help=f"up to five, with commas, or none (default: temperature): {', '.join(NAMES)}")
    add("--fit-rows", metavar="N", type=_fit_rows,
        help="rows to fit to, which are not scored; below 1, their share (default: a fifth, but "
             "at most 32 MiB of scores and 524,288 rows)")
    add("--fit", metavar="FILE", nargs="+",
        help="scores and labels (.npy, or one file with both) to fit to instead")
    add("--seed", metavar="N", type=int, default=0, help="of the rows to fit to (default: 0)")
    add("--bins", metavar="N", type=int, default=15,
        help="of the calibration errors (default: 15)")
    add("--all-rows", action="store_true",
        help="also where a part of very many rows would do, which takes longer and more memory")
    add("--title", metavar="TEXT", help="of the page (default: name of the file)")
    add("--class-names", metavar="FILE", help="a name a line, in the order of the classes")
    add("--threads", metavar="N", type=_threads, help="that score (default: processors, up to 4)")
    add("-q", "--quiet", action="store_true", help="no progress")
    parser.set_defaults(run=run)


def _fit_rows(text: str) -> float:
    value = float(text)
    if not value > 0 or (value >= 1 and value != int(value)):
        raise argparse.ArgumentTypeError(f"{text} is neither a number of rows nor a share")
    return value


def _threads(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 64:
        raise argparse.ArgumentTypeError(f"{text} is outside 1 .. 64")
    return value


# What readers raise of files that are damaged.
_OF_INPUT = (ValueError, TypeError, OSError, EOFError, NotImplementedError, BadZipFile, zlib.error)


def run(arguments: argparse.Namespace) -> int:
    """Makes the page; the exit status."""
    progress = None if arguments.quiet else Progress(sys.stderr)
    try:
        _run(arguments, progress)
    except KeyboardInterrupt:
        return _ended(progress, "interrupted", 130)
    except (*_OF_INPUT, MemoryError, ImportError) as problem:
        return _ended(progress, f"error: {_one_line(problem)}", 2)
    return 0


def _run(arguments: argparse.Namespace, progress: Progress | None) -> None:
    output = Path(arguments.output)
    if output.is_dir() or not output.absolute().parent.is_dir():
        raise InputError(f"{output} is no place for a file")
    names = {key: getattr(arguments, key) for key in ("scores_key", "label", "weight")}
    data = open_data(arguments.scores, arguments.labels, arguments.weights, **names)
    fit_data = None
    if arguments.fit:
        if len(arguments.fit) > 3:
            raise InputError("--fit takes scores, labels and maybe weights")
        fit_data = open_data(*arguments.fit, **names)
    chosen = [name.strip() for name in arguments.calibrators.split(",") if name.strip()]
    made = make_report(
        data, fit_data=fit_data, calibrators=[] if chosen == ["none"] else chosen,
        input=arguments.input, fit_rows=arguments.fit_rows, seed=arguments.seed,
        bins=arguments.bins, all_rows=arguments.all_rows, title=arguments.title,
        class_names=_lines(arguments.class_names), threads=arguments.threads,
        command="python -m logitude " + shlex.join(sys.argv[1:]),
        progress=progress or (lambda stage, done, total: None),
    )  # fmt: skip
    if progress is not None:
        progress.close()
    for note in made.notes:
        print(f"logitude report: note: {note}", file=sys.stderr)
    _write(output, page(made))


def _lines(path: str | None) -> list[str] | None:
    return None if path is None else Path(path).read_text(encoding="utf-8").splitlines()


def _write(output: Path, text: str) -> None:
    """Puts the file there whole or not at all."""
    number, made = tempfile.mkstemp(suffix=".tmp", prefix=output.name, dir=output.absolute().parent)
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(made, 0o666 & ~mask)  # as of any new file; mkstemp is stricter
        os.replace(made, output)
    except BaseException:
        os.unlink(made)
        raise


def _ended(progress: Progress | None, text: str, status: int) -> int:
    if progress is not None:
        progress.close()
    print(f"logitude report: {text}", file=sys.stderr)
    return status


def _one_line(problem: BaseException) -> str:
    if isinstance(problem, OSError) and problem.strerror:
        return f"{problem.filename}: {problem.strerror}" if problem.filename else problem.strerror
    return " ".join(str(problem).split()) or type(problem).__name__
