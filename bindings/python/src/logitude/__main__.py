"""`python -m logitude`: what can be done from a shell."""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Sequence

import numpy as np

from ._abi import LIBRARY, TABLE
from ._runtime import build_info, cpu_level
from .report import command as report


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a subcommand; the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m logitude", description="Scores and calibration of classifiers."
    )
    parser.add_argument("--version", action="version", version=f"logitude {TABLE['version']}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    report.add_parser(commands)
    info = commands.add_parser("info", help="say which library runs, and with which instructions")
    info.set_defaults(run=_info)
    parsed = parser.parse_args(arguments)
    status: int = parsed.run(parsed)
    return status


def _info(arguments: argparse.Namespace) -> int:
    print(build_info())
    print(f"cpu level: {cpu_level()}")
    print(f"library: {LIBRARY._name}")
    print(f"Python {platform.python_version()}, numpy {np.__version__}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
