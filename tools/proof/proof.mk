# What makes the library one to be trusted: `make proof` is all of it, and each part has a
# target of its own. A check says what it saw by lines `proof {"table": ..}` on its standard
# output; tools/proof/run.py gathers them for docs/proof.md.

# Other processors, under emulation.

# The same bits everywhere.

# Every function at every level: alignment, strides, guard pages, units in the last place.

# Fuzzing. RUNS is how many inputs each group of functions is given at least; GROUP=name runs
# one of tools/fuzz/groups.py, KEEP=1 writes what is worth keeping to c_tests/fuzz/corpus.
RUNS := 100000

.PHONY: fuzz
fuzz:
	$(PYTHON) tools/fuzz/run.py --runs $(RUNS) $(if $(GROUP),--group $(GROUP)) $(if $(KEEP),--keep)

# Sanitizers and valgrind.

# Faults.

# The contract.

# Coverage.

# The whole.
