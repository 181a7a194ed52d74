# The words a newcomer types. Each does all its own set-up: what the machine
# lacks of CMake, Ninja and the Python packages goes into .venv.

BUILD := build
VENV := .venv
PYTHON ?= python3

# The system's tools where it has them, else those of .venv.
CMAKE := $(or $(shell command -v cmake),$(VENV)/bin/cmake)
NINJA := $(or $(shell command -v ninja),$(VENV)/bin/ninja)
CTEST := $(dir $(CMAKE))ctest
LIBRARY := $(abspath $(BUILD))/liblogitude.so

.PHONY: demo test test-rust test-c test-python bench lint header wheel install clean

demo: $(BUILD)/build.ninja
	$(CMAKE) --build $(BUILD) --target report
	$(BUILD)/examples/report -o $(BUILD)/reliability.svg \
		examples/data/digits_logits.npy examples/data/digits_labels.npy
	@echo "Reliability diagram: $(BUILD)/reliability.svg"

test: test-rust test-c test-python

test-rust: library
	LOGITUDE_LIBRARY=$(LIBRARY) cargo test --locked --features capi

test-c: library
	$(CTEST) --test-dir $(BUILD) --output-on-failure

test-python: $(VENV)/python-ready
	$(VENV)/bin/python -m pip install --quiet --force-reinstall --no-deps ./bindings/python
	$(VENV)/bin/python -m pytest -q -rs bindings/python/tests

bench: $(BUILD)/build.ninja
	$(CMAKE) -S . -B $(BUILD) -DLOGITUDE_BUILD_BENCHES=ON
	$(CMAKE) --build $(BUILD)
	$(BUILD)/benches/cpp/bench -o $(BUILD)/bench.json $(CASES)
	cargo bench --locked --features capi

lint:
	cargo fmt --check
	cargo clippy --locked --all-targets --features capi -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --features capi

# The header, api.json and the export lists, from the doc comments in src/capi.
header:
	cargo api

wheel: $(VENV)/python-ready
	$(VENV)/bin/python -m pip wheel --no-deps --wheel-dir $(BUILD)/wheels ./bindings/python

install: library
	$(CMAKE) --install $(BUILD) --strip $(if $(PREFIX),--prefix $(PREFIX))

clean:
	rm -rf $(BUILD) target $(VENV)

.PHONY: library
library: $(BUILD)/build.ninja
	$(CMAKE) --build $(BUILD)

$(BUILD)/build.ninja: $(CMAKE) $(NINJA) CMakeLists.txt
	$(CMAKE) -S . -B $(BUILD) -G Ninja -DCMAKE_MAKE_PROGRAM=$(abspath $(NINJA))

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/bin/cmake $(VENV)/bin/ninja: | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet cmake ninja

$(VENV)/python-ready: bindings/python/pyproject.toml | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet "./bindings/python[test]"
	touch $@
