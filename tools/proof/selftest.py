"""Plants faults in a copy of the tree, one after the other, and shows that each is seen.

    python tools/proof/selftest.py build/selftest [WORD ...]   (faults whose kind holds a word)

Every check first passes without a fault. A fault that no check sees, or that is seen for
another reason than its own, fails the run. Nothing is changed outside the copy.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from planted import FAULTS, Fault

ROOT = Path(__file__).resolve().parents[2]
#: Compiled again for each fault, so quickly rather than well.
QUICK = {"CARGO_PROFILE_DIST_LTO": "off", "CARGO_PROFILE_DIST_CODEGEN_UNITS": "16",
         "CARGO_PROFILE_DIST_INCREMENTAL": "true", "CARGO_PROFILE_TEST_INCREMENTAL": "true"}


def copy(folder: Path) -> Path:
    """The files of the project as they are, without what is built. Files that are the same
    keep their time, so that what was compiled is not compiled again."""
    tree = folder / "tree"
    names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT,
                           capture_output=True, text=True, check=True).stdout.split("\n")
    for name in filter(None, names):
        source, target = ROOT / name, tree / name
        if source.exists() and not (target.exists() and target.read_bytes() == source.read_bytes()):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    return tree


class Copy:
    """A tree that is built and checked."""

    def __init__(self, folder: Path) -> None:
        self.tree = copy(folder)

    def environment(self, build: str, shipped: bool) -> dict[str, str]:
        return os.environ | ({} if shipped else QUICK) | {
            "LOGITUDE_LIBRARY": str(self.tree / build / "liblogitude.so"),
            "CARGO_TARGET_DIR": str(self.tree / "target"),
        }

    def check(self, fault: Fault) -> tuple[int, str]:
        """Builds what the check looks at, and runs it."""
        command = fault.check
        test = re.search(r"\^(c\.\w+)\.", command)
        target = test.group(1) if test else "logitude_shared"
        build = "build/shipped" if fault.shipped else "build/quick"
        make = (f"cmake -S . -B {build} -G Ninja -DLOGITUDE_INSTALL=OFF > /dev/null && "
                f"cmake --build {build} --target {target} > /dev/null")
        if test:
            command = command.replace("ctest", f"ctest --test-dir {build} --output-on-failure")
        done = subprocess.run(" && ".join(filter(None, [fault.prepare, make, command])), shell=True,
                              cwd=self.tree, env=self.environment(build, fault.shipped), text=True,
                              errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.returncode, done.stdout


def planted(fault: Fault, at: Copy) -> bool:
    """Whether the check fails for it, by its own words; the file is as before then."""
    file = at.tree / fault.file
    text = file.read_text()
    if text.count(fault.old) != 1:
        sys.exit(f"{fault.file} does not hold this once:\n{fault.old}")
    file.write_text(text.replace(fault.old, fault.new))
    try:
        code, output = at.check(fault)
    finally:
        for name in [fault.file, *(generated(at) if fault.prepare else ())]:
            shutil.copyfile(ROOT / name, at.tree / name)
    seen = code != 0 and re.search(fault.says, output) is not None
    if not seen:
        print(output[-3000:])
    return seen


def generated(at: Copy) -> list[str]:
    """Files of the copy that differ from those of the tree."""
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True,
                           check=True).stdout.split()
    return [n for n in names if (at.tree / n).exists()
            and (at.tree / n).read_bytes() != (ROOT / n).read_bytes()]


def main(folder: Path, *words: str) -> int:
    at = Copy(folder)
    faults = [f for f in FAULTS if not words or any(word in f.kind for word in words)]
    for check in dict.fromkeys(f.check for f in faults):
        code, output = at.check(next(f for f in faults if f.check == check))
        if code:
            sys.exit(f"fails without a fault: {check}\n{output[-3000:]}")
    missed = 0
    for fault in faults:
        started = time.time()
        seen = planted(fault, at)
        missed += not seen
        print(f"{fault.kind}: {'seen' if seen else 'NOT SEEN'} by {fault.check} "
              f"({time.time() - started:.0f} s)", flush=True)
    print(f"{len(faults) - missed} of {len(faults)} faults are seen.")
    return missed


if __name__ == "__main__":
    sys.exit(min(1, main(Path(sys.argv[1]).resolve(), *sys.argv[2:])))
