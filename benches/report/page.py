"""page.py BENCH.json [PAGE.md]: prints the tables; with a page, puts them between
its marks as well."""

import sys

import calibrators
import conformal
import orders
import scoring
from bench import SCORING, Bench
from goals import GOALS, goal_table
from tables import missing, sections


def softmax(bench):
    raw = bench.raw
    parts = [f"{raw['processor']}; {raw['build']}; level {raw['level']}; caches "
             + ", ".join(f"{size >> 10} KiB" for size in raw["caches"]) + ".\n"]
    if raw.get("peers"):
        parts.append(", ".join(f"{k} {v}" for k, v in raw["peers"].items()) + ".\n")
    others = bench.group(*SCORING, *conformal.GROUPS)
    if not bench.whole and len(others) == len(bench.cases):
        return parts[0]
    parts += [line + "\n" for line in missing(bench)]
    parts.append("## Goals\n\n" + goal_table(bench, GOALS))
    parts += [f"## {title}\n\n{body}" for title, body in sections(bench)]
    return "\n".join(parts)


# By the name of their marks.
PARTS = {"bench.json": softmax, "bench.json, scores": scoring.text,
         "bench.json, sets": conformal.text,
         "bench.json, orders": orders.text,
         "bench.json, calibrators": calibrators.text}


def rewrite(page, name, tables):
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->\n"
    with open(page) as f:
        before, rest = f.read().split(begin)
    after = rest.split(end)[1]
    with open(page, "w") as f:
        f.write(before + begin + "\n" + tables + "\n" + end + after)


def main():
    path, *page = sys.argv[1:]
    bench = Bench(path, whole=bool(page))
    for name, text in PARTS.items():
        tables = text(bench)
        print(tables)
        if page:
            rewrite(page[0], name, tables)


main()
