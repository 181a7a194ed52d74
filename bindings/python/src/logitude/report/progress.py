"""How far it is, for whoever waits."""

from __future__ import annotations

import math
import time
from typing import TextIO

_BAR = 28


class Progress:
    """On a terminal a bar that is drawn over and over; elsewhere a line every few
    seconds."""

    def __init__(self, stream: TextIO, every: float = 5.0) -> None:
        self._stream, self._is_terminal = stream, stream.isatty()
        self._every = 0.1 if self._is_terminal else every
        self._stage, self._began, self._shown = "", 0.0, 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """`done` rows of `total` have been seen in this stage."""
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._began = stage, now
            # A bar is there at once; a line is for those who wait.
            self._shown = -math.inf if self._is_terminal else now
        if now - self._shown < self._every:
            return
        self._shown = now
        text = self._text(done, total, now - self._began)
        self._stream.write(f"\r\x1b[K{text}" if self._is_terminal else text + "\n")
        self._stream.flush()

    def close(self) -> None:
        """Takes the bar away."""
        if self._is_terminal and self._stage:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
        self._stage = ""

    def _text(self, done: int, total: int, seconds: float) -> str:
        share = min(done / total, 1.0) if total else 1.0
        said = f"{self._stage} {share:4.0%}"
        if self._is_terminal:
            full = int(share * _BAR)
            said = f"{self._stage} [{'#' * full}{'.' * (_BAR - full)}] {share:4.0%}"
        if done and seconds > 0:
            rate = done / seconds
            said += f"  {rate:,.0f} rows/s  {_clock((total - done) / rate)} left"
        return said


def _clock(seconds: float) -> str:
    minutes, seconds = divmod(max(round(seconds), 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
