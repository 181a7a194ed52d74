"""The parts of the proof: what is run, and what each shows.

The tables of a part are those whose rows its checks print; `pivot` names the column that is
spread over columns of its own, to keep a table as long as its functions are many.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Part:
    """A target of proof.mk."""

    name: str
    command: str
    heading: str
    shows: str
    #: Table -> the column that is spread, and those that are then left out.
    pivot: dict[str, tuple[str, str]] = field(default_factory=dict)


# Those that take longest are first, so that none goes on alone at the end.
PARTS = [
    Part("targets", "make --keep-going test-targets", "Processors",
         "The tests of the C ABI, and where a compiler's standard library is at hand the Rust "
         "tests, on every processor family; each run says which level it got, and fails on "
         "another."),
    Part("fuzz", "make fuzz", "Fuzzing",
         "Coverage-guided by libFuzzer, with AddressSanitizer in library and target: every "
         "function of the C ABI, and the bytes of states, searches and models."),
    Part("sanitize", "make sanitize", "Sanitizers",
         "The C tests again with the library compiled for each tool; each tool is first shown a "
         "planted fault of its kind."),
    Part("coverage", "make coverage", "Coverage",
         "Lines of `src` that the C and the Rust tests reach."),
    Part("parity", "make parity-reference", "Against slow references",
         "Every kernel against a reference written from the definition, in double or in "
         "double-double. The bound is the documented one, and fails the test.",
         pivot={"parity": ("level", "max")}),
    Part("faults", "make faults", "Faults",
         "What fails around the library: scratch, executors, signals, sizes that overflow; and "
         "rows longer than 32 bits count."),
    Part("reproducible", "make proof-reproducible", "The same bits",
         "States under splits, merge trees and workers; one arithmetic on AVX2 and NEON."),
    Part("sweep", "make parity", "Every function, every level",
         "Every function of the C ABI between guard pages, at every alignment, with strides, at "
         "sizes around those of a vector, with values of every sort: levels against each other, "
         "storage types against `double`. By level, the largest difference in units of the last "
         "place: of the portable one to `double`, of the others to the portable one. Where the "
         "documented bound is not of the result alone (but of the terms of a loss, or of what a "
         "fit minimises), these may be many.", pivot={"sweep": ("level", "max_ulp")}),
    Part("contract", "make contract", "The contract",
         "Symbols, signatures, layouts, values and bytes against the record of the version; "
         "`unsafe` and its reasons."),
]
