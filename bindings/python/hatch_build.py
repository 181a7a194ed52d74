"""Builds the library with cargo and puts it, with its table, into the package."""

import json
import platform
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LIBRARY_SUFFIXES = {".so", ".dylib", ".dll"}


class CargoBuildHook(BuildHookInterface):
    def initialize(self, version, build_data):
        project = Path(self.root).parents[1]
        package = Path(self.root, "src", "logitude")
        for old in package.iterdir():
            if old.suffix in LIBRARY_SUFFIXES:
                old.unlink()
        shutil.copy(build_library(project), package)
        shutil.copy(project / "include" / "logitude" / "api.json", package)
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform_tag()}"


def build_library(project):
    """Path of the shared library, as cargo reports it."""
    if not (project / "Cargo.toml").is_file():
        raise RuntimeError(f"no Cargo.toml in {project}: build from a clone of the whole project")
    if shutil.which("cargo") is None:
        raise RuntimeError("cargo is needed to build the library")
    command = "cargo rustc --locked --profile dist --features capi --lib --crate-type cdylib"
    command += " --message-format json-render-diagnostics -- --cfg lgt_product"
    output = subprocess.run(command.split(), cwd=project, check=True, stdout=subprocess.PIPE).stdout
    messages = [json.loads(line) for line in output.splitlines()]
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
