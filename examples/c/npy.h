/* Reading numpy's .npy files: arrays of numbers with one or two dimensions. */
#ifndef NPY_H
#define NPY_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    char type[3];      /* "f4", "i8", ...: f, i or u, and the width in bytes */
    size_t width;      /* bytes of one number */
    int dims;          /* 1 or 2 */
    size_t rows, cols; /* cols is 1 if there is one dimension */
    void *data;        /* row after row, to be freed by npy_free */
} npy_array;

/* Reads `path`; on failure says on stderr which file, what was expected and
 * what was found, and leaves nothing to free. */
bool npy_read(const char *path, npy_array *array);

void npy_free(npy_array *array);

/* Says on stderr that the file does not hold what it should. Returns false. */
bool npy_complain(const char *path, const char *expected, const char *found);

#endif
