/* The kept inputs of the fuzz targets, without a fuzzer: arrays stand before guard pages, and
 * each call is checked. The arguments are files of c_tests/fuzz/corpus, which are named after
 * their group and hold inputs one behind the other: two bytes of length, the lower first, and
 * as many of input. */
#include "calls.h"
#include "fuzz.h"

#include <stdio.h>

enum { LONGEST = 1 << 16 };

static void one(const char *name, const uint8_t *data, size_t size) {
    const group *calls = group_named(name);
    if (calls)
        fuzz_calls(calls, data, size);
    else if (strcmp(name, "state_bytes") == 0)
        fuzz_state(data, size);
    else if (strcmp(name, "search_bytes") == 0)
        fuzz_search(data, size);
    else
        fuzz_model(data, size);
}

/* How many inputs the file has. */
static int replay(const char *path) {
    static uint8_t data[LONGEST];
    const char *slash = strrchr(path, '/');
    FILE *file = fopen(path, "rb");
    int count = 0, low, high;
    MUST(file != NULL);
    while ((low = getc(file)) != EOF && (high = getc(file)) != EOF) {
        size_t size = (size_t)low | (size_t)high << 8;
        MUST(fread(data, 1, size, file) == size);
        one(slash ? slash + 1 : path, data, size);
        count++;
    }
    fclose(file);
    return count;
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) printf("%s: %d inputs\n", argv[i], replay(argv[i]));
    return argc < 2;
}
