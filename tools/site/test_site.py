"""A function that is in the table is in the site and in the man pages, without a hand's turn."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess

import build
import check
import comment
import guides
import man
import markdown
import pytest
import reference
import roff
import table

DOC = """What is new: `y = x < 1`, of *any* x_i.

# Shape
`x`: one number; see `lgt_novel_opts`. .5 is
1. a half.

Thread safety: any thread.

# Example
```c
float y = 0 - 1;

lgt_novel_f32(&y);
```"""


def function(name: str, family: str, verb: str, doc: str) -> table.Entry:
    args = [{"name": "x", "c": "const float *", "role": "in"}]
    named = {"name": name, "family": family, "verb": verb, "dtype": "f32"}
    return {**named, "returns": "lgt_status", "args": args, "doc": doc}


@pytest.fixture
def small() -> table.Entry:
    """A table with statuses and types, softmax, and what is not in the library."""
    api = table.read()
    kept = {"softmax", "softmax_mask", "status", "types", "ctx"}
    for kind in table.KINDS:
        api[kind] = [entry for entry in api[kind] if entry["family"] in kept]
    api["functions"] += [
        function("lgt_softmax_novel_f32", "softmax", "novel", "`lgt_novel_f32` for softmax."),
        function("lgt_novel_f32", "novel", "", DOC),
    ]
    fields = [{"name": "class", "c": "uint32_t", "doc": "Any of 1 | 2."}]
    opts = {"name": "lgt_novel_opts", "family": "novel", "fields": fields, "doc": "Options."}
    api["structs"].append(opts)
    return api


def test_a_new_function_is_everywhere(small, tmp_path):
    (tmp_path / "api.json").write_text(json.dumps(small), encoding="utf-8")
    sources = tmp_path / "sources"
    for name, text in reference.pages(small, {"novel": ["logitude.novel"]}).items():
        made = sources / "reference" / f"{name}.md"
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_text(text, encoding="utf-8")
    start = "# Start\n\n```{toctree}\nreference/index\n```\n"
    (sources / "index.md").write_text(start, encoding="utf-8")

    assert build.make(sources, tmp_path / "site", tmp_path / "api.json") == 0
    man.write(tmp_path / "man", small)
    assert list(check.problems(tmp_path / "site", tmp_path / "man", small)) == []

    page = (tmp_path / "site" / "reference" / "novel.html").read_text(encoding="utf-8")
    read = html.unescape(re.sub(r"<[^>]*>", "", page))
    assert "logitude.novel" in read and "y = x < 1, of *any* x_i" in read
    assert '<span class="n"><a href="#c.lgt_novel_f32">' in page  # in the example
    assert 'href="#c.lgt_novel_opts"' in page and 'href="status.html#c.lgt_status"' in page
    for index in ("all-families", "all-types", "theme-common", "python-names"):
        assert "novel" in (sources / "reference" / f"{index}.md").read_text(encoding="utf-8")
    assert "lgt_novel_f32" in (tmp_path / "site" / "searchindex.js").read_text(encoding="utf-8")
    manual = tmp_path / "man" / "man3" / "logitude_novel.3"
    assert (manual.parent / "lgt_novel_f32.3").read_text() == ".so man3/logitude_novel.3\n"
    if shutil.which("mandoc"):
        subprocess.check_call(["mandoc", "-Tlint", "-W", "warning", str(manual)])


def test_what_is_missing_is_seen(small, tmp_path):
    man.write(tmp_path / "man", small)
    site = tmp_path / "site"
    (site / "reference").mkdir(parents=True)
    (site / "index.html").write_text(
        '<a href="none.html"></a><a href="#none"></a><script src="https://example.org/x.js">'
        '</script><a href="https://example.org/">elsewhere</a>',
        encoding="utf-8",
    )
    found = set(check.problems(site, tmp_path / "man", small))
    assert {
        "index.html: no file none.html",
        "index.html: no anchor #none",
        "index.html: asks https://example.org/x.js",
        "no page of novel",
    } <= found
    assert not any("elsewhere" in problem or problem.endswith("org/") for problem in found)


def test_sections():
    found = comment.sections(DOC)
    assert list(found) == ["", "Shape", "Thread safety", "Example"]
    assert found["Thread safety"] == [comment.Paragraph("Any thread.")]
    assert found["Example"] == [comment.Code("float y = 0 - 1;\n\nlgt_novel_f32(&y);\n")]
    assert list(comment.sections("A name. Static\ntext. Thread safety: any.")) == [
        "",
        "Thread safety",
    ]
    assert comment.sections("* a\n  b\n* c")[""] == [comment.Items(["a b", "c"])]


def test_summary_is_the_first_sentence():
    assert comment.summary("Of A. Name: `a. b` and so on. More.") == "Of A. Name"
    assert comment.summary("Of 0 .. 1 and `a. b`; more.") == "Of 0 .. 1 and `a. b`"


def test_signs_of_markdown_and_roff():
    assert markdown.doc("1. is <b>, a_b* `a_b*`.") == "1\\. is \\<b\\>, a\\_b\\* `a_b*`."
    assert roff.prose(".5 is `-a\\`.") == [r"\&.5 is \fB\-a\e\fR."]


def test_a_link_that_leaves_the_site_is_taken_away(tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    page, other = docs / "index.md", docs / "other.md"
    page.write_text("[a](other.md#b) [c](../src/lib.rs) [d](https://example.org)", encoding="utf-8")
    known = {page.resolve(): "index.md", other.resolve(): "moved/other.md"}
    said = guides.linked(page.resolve(), known)
    assert said == "[a](moved/other.md#b) c [d](https://example.org)"


def test_every_function_has_a_page():
    api = table.read()
    pages = reference.pages(api, {})
    for entry in api["functions"]:
        assert f"{{c:function}} {table.signature(entry)}\n" in pages[entry["family"]]
