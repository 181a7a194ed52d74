"""Calls every function of the library at every level, and compares: `make parity`."""
