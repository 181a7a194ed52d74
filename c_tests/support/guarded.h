/* Memory between two pages that nobody may touch. */
#ifndef GUARDED_H
#define GUARDED_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    void *data; /* `bytes` of it, up against a guard page on one side */
    void *map;
    size_t mapped;
} guarded;

/* The last byte stands right before a guard page .. */
guarded guard_end(size_t bytes);
/* .. or the first byte right after one. */
guarded guard_start(size_t bytes);
void guard_free(guarded g);
/* From now on guard pages may be read, and so may page 0; nobody may write there. For QEMU,
 * whose masked loads of x86 touch the entries that they leave out. */
void guard_readable(void);

#ifdef __cplusplus
}
#endif

#endif
