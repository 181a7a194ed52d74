# What makes the library one to be trusted: `make proof` is all of it, and each part has a
# target of its own. A check says what it saw by lines `proof {"table": ..}` on its standard
# output; tools/proof/run.py gathers them for docs/proof.md.

# Other processors, under emulation: tools/cross.py says what each of them is. Nehalem and
# Haswell run the C tests of this machine; the others have theirs built, in build/PROCESSOR.
CROSS := nehalem haswell aarch64 riscv64 s390x
RUN_CROSS = CMAKE="$(abspath $(CMAKE))" CMAKE_GENERATOR=Ninja \
	PATH="$(abspath $(dir $(NINJA))):$$PATH" $(PYTHON) tools/cross.py

.PHONY: test-targets test-levels test-aarch64-rust $(CROSS:%=test-%)
test-targets: $(CROSS:%=test-%) test-aarch64-rust test-wasm

test-nehalem test-haswell: library
$(CROSS:%=test-%): | $(CMAKE) $(NINJA)
	$(RUN_CROSS) $(@:test-%=%)

test-aarch64-rust:
	$(RUN_CROSS) aarch64 --rust

# Among the tests of `make test` where these programs run: a few, on processors without AVX2
# and without AVX-512.
ifeq ($(LINUX)-$(shell uname -m),Linux-x86_64)
test: test-levels
endif
test-levels: library
	$(RUN_CROSS) nehalem --quick
	$(RUN_CROSS) haswell --quick

# The same bits everywhere: at every level of this machine and of the processors whose
# tests were built above.
.PHONY: proof-reproducible
proof-reproducible: library
	tools/proof/reproducible.sh $(BUILD)

# Every function at every level: alignment, strides, guard pages, units in the last place.
.PHONY: parity-reference
parity-reference:
	cargo test --locked --features capi --test parity -- --nocapture | $(PYTHON) tools/proof/parity.py

# FUNCTIONS is a part of names, or several with commas. The quick one is among the tests.
.PHONY: parity parity-quick parity-selftest
PARITY = PYTHONPATH=tools $(VENV)/bin/python -m parity $(LIBRARY) $(addprefix --functions=,$(FUNCTIONS))

parity: parity-numpy library
	$(PARITY)

test: parity-quick
parity-quick: parity-numpy library
	$(PARITY) --quick

# Planted faults, each of which must be found.
parity-selftest: parity-numpy library
	$(PARITY) --planted

.PHONY: parity-numpy
parity-numpy: | $(VENV)/bin/python
	@$(VENV)/bin/python -c "import numpy" 2> /dev/null || $(VENV)/bin/python -m pip install --quiet numpy

# Fuzzing. RUNS is how many inputs each group of functions is given at least; GROUP=name runs
# one of tools/fuzz/groups.py, KEEP=1 writes what is worth keeping to c_tests/fuzz/corpus.
RUNS := 100000

.PHONY: fuzz
fuzz:
	$(PYTHON) tools/fuzz/run.py --runs $(RUNS) $(if $(GROUP),--group $(GROUP)) $(if $(KEEP),--keep)

# Sanitizers and valgrind: TOOL=address, memory, thread or valgrind is one of them.
.PHONY: sanitize
sanitize: $(if $(filter-out valgrind,$(TOOL)),$(CMAKE) $(NINJA),library)
	CMAKE=$(CMAKE) NINJA=$(abspath $(NINJA)) BUILD=$(BUILD) tools/sanitize.sh $(TOOL)

# Faults.

# A call of every function with something wrong about it: each of these is seconds.
.PHONY: test-faults faults
test: $(if $(LINUX),test-faults)
test-faults: library
	@for part in allocation scratch nulls aliases bytes_needed sizes counts; do \
		$(PYTHON) tools/faults/$$part.py $(LIBRARY) || failed=1; \
	done; exit $${failed:-0}

# The same, and what takes minutes: sizes that 32 bits do not hold.
faults: test-faults
	@$(PYTHON) tools/faults/c_tests.py $(BUILD) executor signals || failed=1; \
	for level in portable avx2 avx512; do \
		LOGITUDE_LEVEL=$$level $(PYTHON) tools/faults/strides.py $(LIBRARY) || failed=1; \
	done; \
	$(PYTHON) tools/faults/huge_rows.py $(LIBRARY) || failed=1; exit $${failed:-0}

# The contract: what differs from the record, `make contract`; what is new is added to it, or
# a new minor version gets one, by `make contract-record` and `make golden`.
CONTRACT := LOGITUDE_LIBRARY=$(LIBRARY) cargo test --locked --features capi

.PHONY: contract contract-record golden
contract: library
	$(CONTRACT) --test contract --test unsafe_code --test dependencies -- --nocapture
	$(CONTRACT) --test header -- --nocapture generated_files structs_are statuses_have
	for level in portable avx2 avx512 neon; do \
		LOGITUDE_LEVEL=$$level $(BUILD)/c_tests/c.golden $$level || test $$? = 77 || exit 1; \
	done

contract-record: library
	LOGITUDE_CONTRACT=record $(CONTRACT) --test contract promises_are_kept

golden: library
	$(PYTHON) tools/golden/make.py $(LIBRARY)

# Coverage.

# Lines and branches of src that the C and the Rust tests reach; writes docs/coverage.md.
.PHONY: coverage
coverage: | $(CMAKE) $(NINJA)
	PATH="$(abspath $(dir $(CMAKE))):$$PATH" tools/coverage/measure.sh $(BUILD)/coverage
	$(PYTHON) tools/coverage/report.py $(BUILD)/coverage/coverage.lcov docs/coverage.md

# The whole.

# Writes docs/proof.md; PARTS="fuzz faults" runs these again. Nothing that it runs is C++.
PARTS :=
.PHONY: proof proof-selftest
proof: export LOGITUDE_PROGRAMS := as_c
proof: library
	$(PYTHON) tools/proof/run.py $(BUILD)/proof docs/proof.md $(PARTS)

# Faults planted in a copy, one a class: each must be seen by the check that is for it.
proof-selftest: | $(CMAKE) $(NINJA)
	PATH="$(abspath $(dir $(CMAKE))):$$PATH" $(PYTHON) tools/proof/selftest.py $(BUILD)/selftest $(FAULTS)
