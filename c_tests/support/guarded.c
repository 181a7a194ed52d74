#include "guarded.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* AddressSanitizer is told what of the pages was not asked for. To MemorySanitizer all of
 * them are zeros, which some tests want. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#define UNASKED(from, bytes) ASAN_POISON_MEMORY_REGION(from, bytes)
#define ASKED(from, bytes) ASAN_UNPOISON_MEMORY_REGION(from, bytes)
#endif
#endif
#ifndef UNASKED
#define UNASKED(from, bytes) (void)0
#define ASKED(from, bytes) (void)0
#endif

static int outside = PROT_NONE;

void guard_readable(void) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    outside = PROT_READ;
    if (mmap(NULL, page, PROT_READ, MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != NULL) {
        perror("page 0");
        exit(1);
    }
}

static guarded make(size_t bytes, int at_end) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t inside = (bytes + page - 1) / page * page;
    if (inside == 0) inside = page;
    guarded g;
    g.mapped = inside + 2 * page;
    g.map = mmap(NULL, g.mapped, outside, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *start = (char *)g.map + page;
    if (g.map == MAP_FAILED || mprotect(start, inside, PROT_READ | PROT_WRITE) != 0) {
        perror("guard pages");
        exit(1);
    }
    g.data = at_end ? start + inside - bytes : start;
    UNASKED(at_end ? start : start + bytes, inside - bytes);
    return g;
}

guarded guard_end(size_t bytes) {
    return make(bytes, 1);
}

guarded guard_start(size_t bytes) {
    return make(bytes, 0);
}

void guard_free(guarded g) {
    ASKED(g.map, g.mapped);
    munmap(g.map, g.mapped);
}
