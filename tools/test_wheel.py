"""What a wheel holds, and whether it works where neither cargo nor anything but numpy is.

    python tools/test_wheel.py build/wheels/logitude-..whl build/wheel-env [PYTHON]

Needs auditwheel beside this Python. The environment is made anew, of PYTHON if given, an
older one say.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
PACKAGE = PROJECT / "bindings" / "python"
LICENCES = ["LICENSE-APACHE", "LICENSE-MIT"]
LIBRARIES = {"darwin": "liblogitude.dylib", "win32": "logitude.dll"}
# Pages that ask for numpy alone.
PAGES = [
    "README.md",
    "bindings/python/README.md",
    "docs/arrays.md",
    "docs/calibrate.md",
    "docs/index.md",
    "docs/large-data.md",
    "docs/merge.md",
]
OLDEST_LINUX = "manylinux_2_17"


def check_tag(wheel: Path) -> None:
    """One wheel for every Python 3, and on Linux for every distribution since 2014."""
    assert "-py3-none-" in wheel.name, wheel.name
    if sys.platform == "linux":
        assert OLDEST_LINUX in wheel.name, wheel.name
        auditwheel = [sys.executable, "-m", "auditwheel", "show", str(wheel)]
        shown = " ".join(subprocess.check_output(auditwheel, text=True).split())
        assert f'the following platform tag: "{OLDEST_LINUX}_' in shown, shown


def check_contents(wheel: Path) -> None:
    """What git has of the package, library and table, the licences, and nothing else."""
    source = PACKAGE / "src"
    tracked = subprocess.check_output(["git", "ls-files"], cwd=source, text=True).split()
    library = f"logitude/{LIBRARIES.get(sys.platform, 'liblogitude.so')}"
    package = {*tracked, "logitude/api.json", library}
    info = wheel.name.split("-py3-")[0] + ".dist-info"
    about = {f"{info}/{name}" for name in ("METADATA", "RECORD", "WHEEL")}
    about |= {f"{info}/licenses/{name}" for name in LICENCES}
    optional = {f"{info}/entry_points.txt"}
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if not name.endswith("/")} - optional
        assert "logitude/py.typed" in held
        assert held == package | about, held ^ (package | about)
        for name in LICENCES:
            assert archive.read(f"{info}/licenses/{name}") == (PROJECT / name).read_bytes()
        table = (PROJECT / "include" / "logitude" / "api.json").read_bytes()
        assert archive.read("logitude/api.json") == table
        assert b".symtab" not in archive.read(library), "the library has its symbol table"
        size = archive.getinfo(library).file_size
    print(f"{wheel.name}: {wheel.stat().st_size >> 10} KiB; {library}: {size >> 10} KiB")


def environment(home: Path) -> dict[str, str]:
    """This environment, where nothing but what is in `home` is found."""
    left_out = {"LOGITUDE_LIBRARY", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**kept, "PATH": str(home / ("Scripts" if sys.platform == "win32" else "bin"))}


def check_use(wheel: Path, home: Path, maker: str) -> None:
    """Installs it into a new environment and runs the documentation there."""
    subprocess.check_call([maker, "-m", "venv", "--clear", str(home)])
    env = environment(home)
    python = str(Path(env["PATH"], "python"))

    def run(*arguments: str) -> str:
        return subprocess.check_output([python, *arguments], env=env, cwd=home, text=True)

    run("-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel))
    print(run("-m", "pip", "check"), end="")
    installed = run("-m", "pip", "list", "--format", "freeze", "--disable-pip-version-check")
    names = {line.split("==")[0] for line in installed.splitlines()}
    assert names - {"pip", "setuptools"} == {"logitude", "numpy"}, names
    pages = [str(PROJECT / page) for page in PAGES]
    print(run(str(PACKAGE / "tests" / "pages.py"), *pages), end="")


def check_message(home: Path) -> None:
    """Without cargo a build from source says what is missing."""
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", str(home)]
    built = subprocess.run(
        [*pip, str(PACKAGE)], env=environment(home), capture_output=True, text=True
    )
    assert built.returncode != 0 and "building from source needs cargo" in built.stderr, built
    assert "Traceback" not in built.stderr, built.stderr


if __name__ == "__main__":
    given, made = (Path(argument).resolve() for argument in sys.argv[1:3])
    check_tag(given)
    check_contents(given)
    check_use(given, made, *sys.argv[3:] or [sys.executable])
    check_message(made)
