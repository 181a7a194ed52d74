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

# The same bits everywhere.

# Every function at every level: alignment, strides, guard pages, units in the last place.

# Fuzzing.

# Sanitizers and valgrind.

# Faults.

# The contract.

# Coverage.

# The whole.
