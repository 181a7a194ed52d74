"""page.py BENCH.json [PAGE.md]: prints the tables; with a page, puts them between
its two marks as well."""

import sys

from bench import Bench
from goals import goal_table
from tables import missing, sections

BEGIN, END = "<!-- bench.json -->\n", "<!-- /bench.json -->\n"


def text(bench):
    raw = bench.raw
    parts = [f"{raw['processor']}; {raw['build']}; level {raw['level']}; caches "
             + ", ".join(f"{size >> 10} KiB" for size in raw["caches"]) + ".\n"]
    if raw.get("peers"):
        parts.append(", ".join(f"{k} {v}" for k, v in raw["peers"].items()) + ".\n")
    parts += [line + "\n" for line in missing(bench)]
    parts.append("## Goals\n\n" + goal_table(bench))
    parts += [f"## {title}\n\n{body}" for title, body in sections(bench)]
    return "\n".join(parts)


def rewrite(page, tables):
    with open(page) as f:
        before, rest = f.read().split(BEGIN)
    after = rest.split(END)[1]
    with open(page, "w") as f:
        f.write(before + BEGIN + "\n" + tables + "\n" + END + after)


def main():
    path, *page = sys.argv[1:]
    tables = text(Bench(path, whole=bool(page)))
    print(tables)
    if page:
        rewrite(page[0], tables)


main()
