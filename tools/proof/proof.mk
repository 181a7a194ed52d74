# What makes the library one to be trusted: `make proof` is all of it, and each part has a
# target of its own. A check says what it saw by lines `proof {"table": ..}` on its standard
# output; tools/proof/run.py gathers them for docs/proof.md.

# Other processors, under emulation.

# The same bits everywhere.

# Every function at every level: alignment, strides, guard pages, units in the last place.

# Fuzzing.

# Sanitizers and valgrind: TOOL=address, memory, thread or valgrind is one of them.
.PHONY: sanitize
sanitize: $(if $(filter-out valgrind,$(TOOL)),$(CMAKE) $(NINJA),library)
	CMAKE=$(CMAKE) NINJA=$(abspath $(NINJA)) BUILD=$(BUILD) tools/sanitize.sh $(TOOL)

# Faults.

# The contract.

# Coverage.

# The whole.
