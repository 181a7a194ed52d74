"""The pages of the reference: one a family, one a theme, and the indexes."""

from __future__ import annotations

import markdown
from comment import summary
from table import Entry, Family, families, stem
from themes import Theme, by_theme

Pages = dict[str, str]


def pages(api: Entry, python: dict[str, list[str]]) -> Pages:
    """Every page of `reference/`, by its name."""
    all_families = families(api)
    grouped = by_theme(all_families)
    made = {
        family.name: _family(family, theme, python.get(family.name, []))
        for theme, members in grouped.items()
        for family in members
    }
    made |= {_theme_page(theme): _theme(theme, members) for theme, members in grouped.items()}
    return made | {
        "index": _index(list(grouped), api),
        "all-families": _families(all_families),
        "all-types": _types(all_families),
        "python-names": _python(python),
    }


def _family(family: Family, theme: Theme, python: list[str]) -> str:
    about = f"Theme: [{theme.title}]({_theme_page(theme)}.md)."
    if python:
        about += f" In Python: {', '.join(f'`{name}`' for name in python)}."
    parts = [f"# {family.name}", f"{markdown.text(summary(family.doc))}.", about]
    if len(family.functions) > 1:
        parts.append(_contents(family))
    for verb, forms in family.verbs.items():
        parts.append(f"## {stem(family.name, verb)}")
        parts += map(markdown.function, forms)
    kinds = [
        *map(markdown.alias, family.aliases),
        *map(markdown.pointer, family.callbacks),
        *map(markdown.enum, family.enums),
        *map(markdown.struct, family.structs),
    ]
    parts += ["## Types", *kinds] if kinds else []
    parts += ["## Constants", *map(markdown.constant, family.constants)] if family.constants else []
    return _joined(parts)


def _contents(family: Family) -> str:
    """What each verb does, and its functions."""
    rows = [
        (", ".join(f"`{form['name']}`" for form in forms), markdown.cell(summary(forms[0]["doc"])))
        for forms in family.verbs.values()
    ]
    return _table(("functions", ""), rows)


def _theme_page(theme: Theme) -> str:
    return f"theme-{theme.name or 'common'}"


def _theme(theme: Theme, members: list[Family]) -> str:
    return _joined(
        [
            f"# {theme.title}",
            markdown.text(theme.summary),
            _table(("family", ""), [_row(family) for family in members]),
            _contents_of_site([family.name for family in members]),
        ]
    )


def _row(family: Family) -> tuple[str, str]:
    return f"[{family.name}]({family.name}.md)", markdown.cell(summary(family.doc))


def _index(known: list[Theme], api: Entry) -> str:
    rows = [
        (f"[{theme.title}]({_theme_page(theme)}.md)", markdown.cell(theme.summary))
        for theme in known
    ]
    pages = [*map(_theme_page, known), "all-families", "all-types", "python-names"]
    return _joined(
        [
            "# Reference",
            f"The {len(api['functions'])} functions of version {api['version']}, from the doc "
            "comments of the header. Names are `lgt_family_verb_type`: a family has a page, on "
            "which its verbs are, each with the types of numbers it takes. What is said of "
            "`f32` holds for all types, if nothing else is said there.",
            _table(("theme", ""), rows),
            "Or by name: [families](all-families.md), [structs, enums and types](all-types.md), "
            "[names in Python](python-names.md), [all names](genindex). "
            "What calls return: `lgt_status`.",
            _contents_of_site(pages),
        ]
    )


def _families(known: list[Family]) -> str:
    rows = [_row(family) for family in known]
    return _joined(["# Families", _table(("family", ""), rows)])


def _types(known: list[Family]) -> str:
    rows = [
        (f"`{entry['name']}`", markdown.cell(summary(entry["doc"])))
        for family in known
        for entry in (*family.aliases, *family.callbacks, *family.enums, *family.structs)
    ]
    return _joined(["# Structs, enums and types", _table(("type", ""), sorted(rows))])


def _python(python: dict[str, list[str]]) -> str:
    rows = [
        (f"`{name}`", f"[{family}]({family}.md)")
        for family, names in python.items()
        for name in names
    ]
    said = "What the Python package makes of which family; `help()` says the rest."
    return _joined(["# Names in Python", said, _table(("Python", "family"), sorted(rows))])


def _contents_of_site(names: list[str]) -> str:
    lines = "\n".join(names)
    return f"```{{toctree}}\n:hidden:\n\n{lines}\n```"


def _table(heads: tuple[str, str], rows: list[tuple[str, str]]) -> str:
    lines = [heads, ("---", "---"), *rows]
    return "\n".join(f"| {left} | {right} |" for left, right in lines)


def _joined(parts: list[str]) -> str:
    return "\n\n".join(parts) + "\n"
