"""What is wrong with the input, in one line."""

from __future__ import annotations


class InputError(ValueError):
    """The input cannot be reported on."""
