/* Stands before the C library and counts who asks for memory: those whose code lies in a
 * range, which allocation.py sets to the library's. What is asked for is given. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/types.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *data);

static uintptr_t first, last;
static volatile long asked;

/* Counts calls from these addresses on, and says how many there were before. */
long count_calls_from(uintptr_t start, uintptr_t end) {
    long before = asked;
    first = start;
    last = end;
    asked = 0;
    return before;
}

#define COUNT                                                      \
    do {                                                           \
        uintptr_t from = (uintptr_t)__builtin_return_address(0);   \
        if (from >= first && from < last) asked++;                 \
    } while (0)

/* What else the C library has under that name. */
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

void *malloc(size_t size) {
    COUNT;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    COUNT;
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
    COUNT;
    return __libc_realloc(old, size);
}

void free(void *data) {
    COUNT;
    __libc_free(data);
}

void *memalign(size_t alignment, size_t size) {
    COUNT;
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    COUNT;
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **data, size_t alignment, size_t size) {
    COUNT;
    *data = __libc_memalign(alignment, size);
    return *data ? 0 : 12;
}

void *mmap(void *at, size_t size, int protection, int flags, int file, off_t offset) {
    static __typeof__(&mmap) next;
    COUNT;
    if (!next) next = NEXT(mmap);
    return next(at, size, protection, flags, file, offset);
}

int munmap(void *at, size_t size) {
    static __typeof__(&munmap) next;
    COUNT;
    if (!next) next = NEXT(munmap);
    return next(at, size);
}

void *sbrk(intptr_t more) {
    COUNT;
    return NEXT(sbrk)(more);
}

int brk(void *end) {
    COUNT;
    return NEXT(brk)(end);
}

/* That it counts is shown by a function that does ask. */
__attribute__((noinline)) void ask(void) {
    void *volatile data = malloc(1);
    data = realloc(data, 100);
    free(data);
}
