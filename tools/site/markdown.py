"""Doc comments and declarations as Markdown for Sphinx, as MyST reads it."""

from __future__ import annotations

import re

from comment import Block, Code, Items, sections, spans
from table import Entry, callback, declared, signature

# What Markdown would take for its own. Code in backticks is left as it is.
_MARKUP = re.compile(r"([\\*_\[\]<>$|~#])")


def text(prose: str) -> str:
    return "".join(
        f"`{part}`" if code else _MARKUP.sub(r"\\\1", part) for code, part in spans(prose)
    )


def cell(prose: str) -> str:
    """In a table, where a bar would end the cell even within backticks."""
    return re.sub(r"(?<!\\)\|", r"\\|", text(prose))


def block(made: Block) -> str:
    if isinstance(made, Code):
        return f"```c\n{made.text}```"
    if isinstance(made, Items):
        return "\n".join(f"* {text(item)}" for item in made.texts)
    return _line(text(made.text))


def _line(prose: str) -> str:
    """A paragraph that does not begin like a list."""
    return re.sub(r"^(\d+)([.)])", r"\1\\\2", re.sub(r"^([-+=])", r"\\\1", prose))


def doc(comment: str) -> str:
    """The prose, then each section as a term and what is said under it."""
    made = []
    for title, blocks in sections(comment).items():
        bodies = [block(one) for one in blocks]
        if not title:
            made += bodies
        else:
            inner = "\n\n".join(bodies).replace("\n", "\n  ")
            made.append(re.sub(r"[ ]+$", "", f"{title}\n: {inner}", flags=re.M))
    return "\n\n".join(made)


def directive(kind: str, argument: str, body: str) -> str:
    """A declaration of the C domain. Its fence is longer than any within."""
    longest = max((len(fence) for fence in re.findall(r"^ *(`{3,})", body, re.M)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{{c:{kind}}} {argument}\n\n{body}\n{fence}"


def function(entry: Entry) -> str:
    return directive("function", signature(entry), doc(entry["doc"]))


def struct(entry: Entry) -> str:
    fields = [
        directive("member", declared(field["c"], field["name"]), doc(field["doc"]))
        for field in entry["fields"]
    ]
    return directive("struct", entry["name"], "\n\n".join([doc(entry["doc"]), *fields]))


def enum(entry: Entry) -> str:
    values = [
        directive("enumerator", f"{value['name']} = {value['value']}", doc(value["doc"]))
        for value in entry["values"]
    ]
    return directive("enum", entry["name"], "\n\n".join([doc(entry["doc"]), *values]))


def constant(entry: Entry) -> str:
    return directive("macro", entry["name"], f"= {entry['value']}. {doc(entry['doc'])}")


def alias(entry: Entry) -> str:
    return directive("type", declared(entry["c"], entry["name"]), doc(entry["doc"]))


def pointer(entry: Entry) -> str:
    return directive("type", callback(entry), doc(entry["doc"]))
