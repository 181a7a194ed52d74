# What makes the library one to be trusted: `make proof` is all of it, and each part has a
# target of its own. A check says what it saw by lines `proof {"table": ..}` on its standard
# output; tools/proof/run.py gathers them for docs/proof.md.

# Other processors, under emulation.

# The same bits everywhere: at every level of this machine and of the processors whose
# tests were built above.
.PHONY: proof-reproducible
proof-reproducible: library
	tools/proof/reproducible.sh $(BUILD)

# Every function at every level: alignment, strides, guard pages, units in the last place.

# Fuzzing.

# Sanitizers and valgrind.

# Faults.

# The contract.

# Coverage.

# The whole.
