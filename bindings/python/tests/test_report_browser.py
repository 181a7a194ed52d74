"""The page in a browser: it fits on a phone and on a desk, and asks for nothing."""

import base64
import shutil
import sys

import numpy as np
import pytest

from chromium import Chromium
from logitude.report import report

BINARY = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)

pytestmark = [
    pytest.mark.skipif(BINARY is None, reason="there is no chromium on this machine"),
    pytest.mark.skipif(sys.platform != "linux", reason="pipes are passed as on Linux"),
]

# Pairs of texts of one figure that cover each other by more than a pixel or two.
OVERLAPS = """
[...document.querySelectorAll("svg")].flatMap(svg => {
  const boxes = [...svg.querySelectorAll("text")].filter(t => t.textContent)
    .map(t => [t.textContent, t.getBoundingClientRect()]);
  return boxes.flatMap(([a, p], i) => boxes.slice(i + 1).filter(([b, q]) =>
    Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1.5 &&
    Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 2.5).map(([b]) => a + " / " + b));
})
"""
OUTSIDE = """
[...document.querySelectorAll("svg")].flatMap(svg => {
  const s = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].filter(t => t.textContent).filter(t => {
    const b = t.getBoundingClientRect();
    return b.left < s.left - 1 || b.right > s.right + 1 || b.bottom > s.bottom + 1;
  }).map(t => t.textContent);
})
"""
SIZES = """
[...document.querySelectorAll("svg")].map(s => s.getBoundingClientRect())
  .map(b => [b.width, b.height])
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    try:
        made = Chromium(BINARY, tmp_path_factory.mktemp("profile"))
    except (EOFError, OSError) as problem:
        pytest.skip(f"{BINARY} does not start here: {problem}")
    yield made
    made.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    rng, folder = np.random.default_rng(3), tmp_path_factory.mktemp("pages")
    many = rng.normal(size=(6000, 40)) * 4
    labels = np.argmax(many / 2 + rng.gumbel(size=many.shape), axis=1)
    two = rng.normal(size=5000) * 3
    truth = (rng.uniform(size=5000) < 1 / (1 + np.exp(-two / 2))).astype(int)
    made = {
        "many": report(many, labels, calibrators=["temperature", "vector", "isotonic"]),
        "two": report(two, truth, calibrators=["temperature", "isotonic"], title="x" * 120),
    }
    for name, text in made.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("width, dark", [(360, False), (390, True), (1280, False)])
@pytest.mark.parametrize("name", ["many", "two"])
def test_the_page(browser, pages, tmp_path, name, width, dark):
    browser.send(
        "Emulation.setDeviceMetricsOverride",
        width=width, height=900, deviceScaleFactor=1, mobile=width < 600,
    )  # fmt: skip
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    browser.send("Emulation.setEmulatedMedia", features=[scheme])
    url = (pages / f"{name}.html").as_uri()
    browser.open(url)

    assert browser.evaluate("window.innerWidth") == width
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    sizes = browser.evaluate(SIZES)
    assert len(sizes) == {"many": 6, "two": 9}[name]
    assert all(150 < w <= width and 100 < h for w, h in sizes), sizes
    assert browser.evaluate(OVERLAPS) == []
    assert browser.evaluate(OUTSIDE) == []
    paper = browser.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, paper[4:-1].split(","))) < 200) == dark

    asked = [
        event["params"]["request"]["url"]
        for event in browser.events
        if event.get("method") == "Network.requestWillBeSent"
    ]
    assert [address for address in asked if not address.startswith("data:")] == [url]
    told = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
    assert [event for event in browser.events if event.get("method") in told] == []

    height = browser.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    shot = browser.send("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
    (tmp_path / "page.png").write_bytes(base64.b64decode(shot["data"]))


def test_the_page_prints(browser, pages, tmp_path):
    browser.open((pages / "two.html").as_uri())
    printed = base64.b64decode(browser.send("Page.printToPDF")["data"])
    assert printed.startswith(b"%PDF")
    (tmp_path / "page.pdf").write_bytes(printed)
