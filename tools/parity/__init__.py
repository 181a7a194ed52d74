"""Calls every function of the library at every level, and compares: `make parity`.

`case.py` is a call of tests/calls.json as arrays; `sizes.py`, `values.py` and `options.py`
make others of it. `memory.py` makes the call between guard pages and canaries. `checks.py`
says what is asked, `compare.py` how far results are apart, by `bounds.py` out of the docs;
what these leave open is in `open_points.py`. `planted.py` has faults to be found."""
