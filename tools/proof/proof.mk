# What makes the library one to be trusted: `make proof` is all of it, and each part has a
# target of its own. A check says what it saw by lines `proof {"table": ..}` on its standard
# output; tools/proof/run.py gathers them for docs/proof.md.

# Other processors, under emulation.

# The same bits everywhere.

# Every function at every level: alignment, strides, guard pages, units in the last place.
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

# Fuzzing.

# Sanitizers and valgrind.

# Faults.

# The contract.

# Coverage.

# The whole.
