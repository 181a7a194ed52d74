"""Builds the library with cargo and puts it, with its table, into the package; brings the
licences along."""

import json
import platform
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

LIBRARY_SUFFIXES = {".so", ".dylib", ".dll"}


class CargoBuildHook(BuildHookInterface):
    def initialize(self, version, build_data):
        crate = find_crate(Path(self.root))
        library = build_library(crate)
        package = Path(self.root, "src", "logitude")
        for old in package.iterdir():
            if old.suffix in LIBRARY_SUFFIXES:
                old.unlink()
        shutil.copy(library, package)
        shutil.copy(crate / "include" / "logitude" / "api.json", package)
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform_tag()}"


class LicenceHook(MetadataHookInterface):
    """A package's licences have to be in its own directory: here they are copies."""

    def update(self, metadata):
        for licence in find_crate(Path(self.root)).glob("LICENSE-*"):
            shutil.copy(licence, self.root)
        metadata["license-files"] = ["LICENSE-*"]


def find_crate(root):
    """What cargo builds: the clone around this directory, or what an sdist brings along."""
    for crate in (root / "crate", root.parents[1]):
        if (crate / "Cargo.toml").is_file():
            return crate
    raise SystemExit(
        f"logitude: {root} has no Rust sources beside it. "
        "Build from a clone of the whole project, or from an sdist."
    )


def build_library(crate):
    """Path of the shared library, without its symbol table, as cargo reports it."""
    if shutil.which("cargo") is None:
        raise SystemExit(
            "logitude: building from source needs cargo, of Rust 1.89 or later, and there is none "
            "on PATH. Install Rust, or install a wheel, which needs neither: `make wheel` where "
            "cargo is builds one."
        )
    command = "cargo rustc --locked --profile dist --features capi --lib --crate-type cdylib"
    command += " --message-format json-render-diagnostics -- --cfg lgt_product -C strip=symbols"
    built = subprocess.run(command.split(), cwd=crate, stdout=subprocess.PIPE)
    if built.returncode != 0:
        raise SystemExit("logitude: cargo could not build the library; what it said is above.")
    messages = [json.loads(line) for line in built.stdout.splitlines()]
    return next(
        file
        for message in messages
        if message["reason"] == "compiler-artifact" and message["target"]["name"] == "logitude"
        for file in message["filenames"]
        if Path(file).suffix in LIBRARY_SUFFIXES
    )


def platform_tag():
    """The platform of this machine; cargo builds for one processor, not for two."""
    name = sysconfig.get_platform().replace("universal2", platform.machine())
    return re.sub("[-.]", "_", name)
