"""Writes a C program that makes the calls of tests/calls.json at the reproducible level, one
of every function, and hashes all that they write and answer:

    calls_c.py calls.c

Run with a file of hashes the program compares; without one it prints them. tests/calls.md
says what stands in calls.json; NaN counts as one number, pointers and scratch as none."""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = json.loads((ROOT / "include/logitude/api.json").read_text())
STRUCTS = {struct["name"]: struct["fields"] for struct in TABLE["structs"]}
CALLBACKS = {callback["name"] for callback in TABLE["callbacks"]}
DTYPES = {"float": "F32", "double": "F64", "lgt_f16": "F16", "lgt_bf16": "BF16"}
# What answers for the machine, or would change the level.
LEFT_OUT = {"lgt_cpu_level", "lgt_cpu_set_level", "lgt_build_info"}

HEAD = r"""#include "hashed.h"

typedef struct {
    const char *name;
    uint64_t (*make)(void);
} call;
long checks, failures;
static const uint64_t START = 0xcbf29ce484222325u;

static uint64_t hash_integers(uint64_t hash, const void *array, size_t size, size_t n) {
    for (size_t i = 0; i < n; i++) {
        uint64_t word = 0;
        memcpy(&word, (const char *)array + i * size, size);
        hash = hash_word(hash, word);
    }
    return hash;
}
"""

MAIN = r"""
static void compare(FILE *truth) {
    char name[128];
    unsigned long long wanted;
    uint64_t all = 0;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        uint64_t got = calls[i].make();
        all = hash_word(all, got);
        checks++;
        if (fscanf(truth, "%127s %llx", name, &wanted) != 2 || strcmp(name, calls[i].name) != 0) {
            fprintf(stderr, "the hashes are not of these calls: write them anew\n");
            exit(1);
        }
        if (got != wanted && failures++ < 20)
            fprintf(stderr, "%s: %016llx, not %016llx\n", name, (unsigned long long)got, wanted);
    }
    printf("proof {\"table\":\"reproducible\",\"group\":\"one call of each of %ld functions\","
           "\"hash\":\"%016llx\",\"level\":\"%s\"}\n",
           checks, (unsigned long long)all, lgt_cpu_level_name(lgt_cpu_level()));
}

int main(int argc, char **argv) {
    if (lgt_cpu_set_level(LGT_LEVEL_REPRODUCIBLE) != LGT_OK) {
        printf("NOT RUN: reproducible (this machine lacks it)\n");
        return 77;
    }
    if (argc > 1) {
        FILE *truth = fopen(argv[1], "r");
        if (!truth) return 1;
        compare(truth);
        return failures != 0;
    }
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        printf("%s %016llx\n", calls[i].name, (unsigned long long)calls[i].make());
    return 0;
}
"""


def fields(kind, path):
    """The numbers of a struct, those of structs within it in their place."""
    if kind not in STRUCTS:
        return [(kind, path)]
    return [leaf for f in STRUCTS[kind] for leaf in fields(f["c"], f"{path}.{f['name']}")]


def literal(value):
    """A number, an address, or NULL."""
    if value is None:
        return "NULL"
    if isinstance(value, list):
        return f"(void *)((char *)m{value[0]} + {value[1]} * sizeof *m{value[0]})"
    text = {"NaN": "NAN", "Infinity": "INFINITY", "-Infinity": "-INFINITY"}.get(value, str(value))
    return text + "u" if isinstance(value, (int, str)) and text.isdigit() and int(text) >= 2**31 else text


def declaration(i, block):
    """A block, with what it holds before the call if that is numbers."""
    kind, n = block["type"], block["n"]
    if kind == "bytes":
        return f"static uint8_t m{i}[{max(n, 1)}] __attribute__((aligned(8)));"
    start = ""
    if kind not in STRUCTS and block.get("before"):
        start = " = {" + ", ".join(map(literal, block["before"])) + "}"
    return f"static {kind} m{i}[{max(n, 1)}] __attribute__((aligned(8))){start};"


def contents(i, block):
    """What is written to structs and bytes before the call."""
    before, kind = block.get("before") or [], block["type"]
    if kind == "bytes":
        at = 0
        for part in before:
            if isinstance(part, int):
                at += part
                continue
            data = bytes.fromhex(part)
            text = "".join(f"\\x{byte:02x}" for byte in data)
            yield f'memcpy(m{i} + {at}, "{text}", {len(data)});'
            at += len(data)
    elif kind in STRUCTS:
        paths = [leaf for n in range(block["n"]) for leaf in fields(kind, f"m{i}[{n}]")]
        for (c, path), value in zip(paths, before):
            if c not in CALLBACKS and value is not None:
                yield f"{path} = {literal(value)};"


def hashing(i, block):
    """Adds a block to the hash."""
    kind, n = block["type"], block["n"]
    if block.get("after", 0) is None:
        return
    if kind == "bytes":
        yield f"hash = hash_words(hash, m{i}, {n});"
        if n % 8:
            yield f"hash = hash_integers(hash, m{i} + {n - n % 8}, 1, {n % 8});"
    elif kind in DTYPES:
        yield f"hash = hash_numbers(hash, {DTYPES[kind]}, m{i}, {n});"
    elif kind not in STRUCTS:
        yield f"hash = hash_integers(hash, m{i}, sizeof *m{i}, {n});"
    else:
        for c, path in (leaf for j in range(n) for leaf in fields(kind, f"m{i}[{j}]")):
            if c in DTYPES:
                yield f"hash = hash_numbers(hash, {DTYPES[c]}, &{path}, 1);"
            elif "*" not in c and c not in CALLBACKS:
                yield f"hash = hash_word(hash, (uint64_t){path});"


def steps(line):
    while line:
        yield line
        line = line.get("then")


def calls(line):
    for step in steps(line):
        text = f"{step['function']}({', '.join(map(literal, step['args']))})"
        returns = step.get("returns")
        if isinstance(returns, (int, float)) and not isinstance(returns, bool):
            yield f"answer = (double){text};"
            yield "hash = hash_numbers(hash, F64, &answer, 1);"
        else:
            yield f"(void){text};"


def program():
    lines = [line for line in json.loads((ROOT / "tests/calls.json").read_text())
             if line["function"] not in LEFT_OUT]
    yield HEAD
    for number, line in enumerate(lines):
        blocks = list(enumerate(line["memory"]))
        yield f"static uint64_t call_{number}(void) {{"
        yield "    uint64_t hash = START;\n    double answer;\n    (void)answer;"
        for text in [declaration(i, b) for i, b in blocks]:
            yield "    " + text
        for part in (contents, None, hashing):
            for text in calls(line) if part is None else (t for i, b in blocks for t in part(i, b)):
                yield "    " + text
        yield "    return hash;\n}"
    yield "static const call calls[] = {"
    for number, line in enumerate(lines):
        yield f'    {{"{line["function"]}", call_{number}}},'
    yield "};"
    yield MAIN


if __name__ == "__main__":
    pathlib.Path(sys.argv[1]).write_text("\n".join(program()))
