# What makes the library one to be trusted: `make proof` is all of it, and each part has a
# target of its own. A check says what it saw by lines `proof {"table": ..}` on its standard
# output; tools/proof/run.py gathers them for docs/proof.md.

# Other processors, under emulation.

# The same bits everywhere.

# Every function at every level: alignment, strides, guard pages, units in the last place.

# Fuzzing.

# Sanitizers and valgrind.

# Faults.

# A call of every function with something wrong about it: each of these is seconds.
.PHONY: test-faults faults
test: $(if $(LINUX),test-faults)
test-faults: library
	@for part in allocation scratch bytes_needed sizes counts; do \
		$(PYTHON) tools/faults/$$part.py $(LIBRARY) || failed=1; \
	done; exit $${failed:-0}

# The same, and what takes minutes: sizes that 32 bits do not hold.
faults: test-faults
	@$(PYTHON) tools/faults/c_tests.py $(BUILD) executors signals || failed=1; \
	for level in portable avx2 avx512; do \
		LOGITUDE_LEVEL=$$level $(PYTHON) tools/faults/strides.py $(LIBRARY) || failed=1; \
	done; \
	$(PYTHON) tools/faults/huge_rows.py $(LIBRARY) || failed=1; exit $${failed:-0}

# The contract.

# Coverage.

# The whole.
