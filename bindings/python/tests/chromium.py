"""A browser without a window, spoken to over two pipes in the DevTools protocol."""

import json
import os
import select
import subprocess

_PATIENCE = 60  # seconds

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--remote-debugging-pipe --hide-scrollbars"
).split()


class Chromium:
    """One page of a browser; `events` are all that it reported."""

    def __init__(self, binary, profile):
        to_browser, self._out = os.pipe()
        self._in, from_browser = os.pipe()
        # The browser reads descriptor 3 and writes descriptor 4.
        moved = f'exec "$@" 3<&{to_browser} 4>&{from_browser}'
        command = ["/bin/bash", "-c", moved, "browser", binary, *FLAGS]
        self._process = subprocess.Popen(
            [*command, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(to_browser, from_browser),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._number, self._rest, self._session, self.events = 0, b"", None, []
        targets = self.send("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        attached = self.send("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")

    def send(self, method, **params):
        """The result of a command."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            got = self._message()
            if got.get("id") == self._number:
                assert "error" not in got, got
                return got["result"]
            self.events.append(got)

    def open(self, url):
        """Loads a page and waits for it."""
        self.events.clear()
        self.send("Page.navigate", url=url)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._message())

    def evaluate(self, expression):
        """The value of an expression of JavaScript."""
        got = self.send("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in got, got
        return got["result"].get("value")

    def close(self):
        try:
            self._session = None
            self.send("Browser.close")
        except (OSError, EOFError):
            pass
        self._process.wait(20)
        os.close(self._out)
        os.close(self._in)

    def _message(self):
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._in], [], [], _PATIENCE)
            got = os.read(self._in, 1 << 16) if ready else b""
            if not got:
                raise EOFError("the browser has ended, or says nothing")
            self._rest += got
        message, self._rest = self._rest.split(b"\0", 1)
        return json.loads(message)
