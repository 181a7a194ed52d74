/* What libFuzzer calls. The environment variable FUZZ_GROUP says what is fuzzed: the calls of
 * a group of functions (calls.h), or the bytes of states, searches or models (fuzz.h). */
#include "calls.h"
#include "fuzz.h"

#include <stdio.h>

/* In place of libFuzzer's (tools/fuzz/run.py says why). */
void __wrap___sanitizer_cov_trace_const_cmp1(uint8_t a, uint8_t b);

void __wrap___sanitizer_cov_trace_const_cmp1(uint8_t a, uint8_t b) {
    (void)a, (void)b;
}

static const group *calls;
static int (*bytes)(const uint8_t *, size_t);

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void report(void) {
    fuzz_report(calls);
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc, (void)argv;
    const char *name = getenv("FUZZ_GROUP");
    if (!name) name = "";
    calls = group_named(name);
    bytes = strcmp(name, "state_bytes") == 0    ? fuzz_state
            : strcmp(name, "search_bytes") == 0 ? fuzz_search
            : strcmp(name, "model_bytes") == 0  ? fuzz_model
                                                : NULL;
    if (!calls && !bytes) {
        fprintf(stderr, "FUZZ_GROUP: there is no group '%s'\n", name);
        exit(2);
    }
    if (calls) atexit(report);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (bytes) return bytes(data, size);
    fuzz_calls(calls, data, size);
    return 0;
}
