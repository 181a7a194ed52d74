"""Conan 2 recipe: cargo compiles, CMake links and installs, from the clone around it."""

import os
import re

from conan import ConanFile
from conan.tools.cmake import CMake, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load, rmdir

ROOT = os.path.join("..", "..")
SOURCES = [
    "Cargo.*", "CMakeLists.txt", "CHANGELOG.md", "LICENSE-*",
    "cmake/*", "include/*", "packaging/debian/*", "src/*", "tools/apigen/*", "benches/softmax.rs",
]


class Logitude(ConanFile):
    name = "logitude"
    description = "Softmax variants, calibration and scoring metrics"
    license = "MIT OR Apache-2.0"
    topics = ("softmax", "calibration", "metrics")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False]}
    default_options = {"shared": False}
    languages = ["C"]

    def set_version(self):
        manifest = load(self, os.path.join(self.recipe_folder, ROOT, "Cargo.toml"))
        self.version = re.search('(?m)^version = "(.+)"', manifest)[1]

    def export_sources(self):
        for pattern in SOURCES:
            copy(self, pattern, os.path.join(self.recipe_folder, ROOT), self.export_sources_folder)

    def layout(self):
        cmake_layout(self)

    def package_id(self):
        # Cargo builds the same for every build type.
        del self.info.settings.build_type

    def generate(self):
        toolchain = CMakeToolchain(self)
        for part in ("TESTS", "EXAMPLES"):
            toolchain.cache_variables[f"LOGITUDE_BUILD_{part}"] = False
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install(cli_args=["--strip"])
        # Conan writes its own.
        rmdir(self, os.path.join(self.package_folder, "lib", "cmake"))
        rmdir(self, os.path.join(self.package_folder, "lib", "pkgconfig"))
        if self.options.shared:
            os.remove(os.path.join(self.package_folder, "lib", "liblogitude.a"))

    def package_info(self):
        self.cpp_info.libs = ["logitude"]
        self.cpp_info.set_property("cmake_target_aliases", [
            "logitude::shared" if self.options.shared else "logitude::static"])
