/* The format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * "\x93NUMPY", version (2 bytes), header length (2 bytes in version 1, then 4),
 * the header, which is a Python dictionary as text, and the numbers:
 *
 *     {'descr': '<f4', 'fortran_order': False, 'shape': (1197, 10), }
 */
#include "npy.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEADER_MAX = 4095 }; /* numpy writes 118 bytes for arrays like these */

typedef struct {
    FILE *file;
    const char *path;
    char header[HEADER_MAX + 1];
} reader;

bool npy_complain(const char *path, const char *expected, const char *found)
{
    fprintf(stderr, "%s: expected %s, found %s\n", path, expected, found);
    return false;
}

static bool read_exactly(reader *in, void *to, size_t bytes, const char *what)
{
    if (fread(to, 1, bytes, in->file) == bytes)
        return true;
    return npy_complain(in->path, what, ferror(in->file) ? strerror(errno) : "the end of the file");
}

static bool read_header(reader *in)
{
    unsigned char start[8], length[4] = {0};
    if (!read_exactly(in, start, sizeof start, "the start of a .npy file"))
        return false;
    if (memcmp(start, "\x93NUMPY", 6) != 0)
        return npy_complain(in->path, "a .npy file", "something else");
    if (start[6] < 1 || start[6] > 3)
        return npy_complain(in->path, ".npy version 1, 2 or 3", "another version");
    if (!read_exactly(in, length, start[6] == 1 ? 2 : 4, "the length of the .npy header"))
        return false;

    size_t bytes = 0;
    for (int byte = 3; byte >= 0; byte--)
        bytes = bytes << 8 | length[byte];
    if (bytes > HEADER_MAX)
        return npy_complain(in->path, "a .npy header of at most 4095 bytes", "a longer one");
    in->header[bytes] = '\0';
    return read_exactly(in, in->header, bytes, "a whole .npy header");
}

/* What follows `'key':` in the header; NULL if the key is missing. */
static const char *value_of(const reader *in, const char *key)
{
    const char *at = strstr(in->header, key);
    if (at == NULL)
        return NULL;
    at += strlen(key);
    return at + strspn(at, " ");
}

/* The byte order of this machine, in numpy's notation. */
static char native_order(void)
{
    const uint16_t one = 1;
    unsigned char first;
    memcpy(&first, &one, 1);
    return first ? '<' : '>';
}

static bool parse_type(const reader *in, npy_array *array)
{
    static const char *const known[] = {
        "f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8",
    };
    const char *expected = native_order() == '<'
                               ? "little-endian numbers (f2 to f8, i1 to i8 or u1 to u8)"
                               : "big-endian numbers (f2 to f8, i1 to i8 or u1 to u8)";
    const char *value = value_of(in, "'descr':");
    if (value == NULL)
        return npy_complain(in->path, "a .npy header with 'descr'", "none");

    char order = 0, name[8] = "", quoted[16];
    int matched = sscanf(value, "'%c%7[^']'", &order, name);
    for (size_t i = 0; matched == 2 && i < sizeof known / sizeof *known; i++) {
        bool ordered = name[1] == '1' || order == native_order();
        if (ordered && strcmp(name, known[i]) == 0) {
            memcpy(array->type, known[i], sizeof array->type);
            array->width = (size_t)(name[1] - '0');
            return true;
        }
    }
    snprintf(quoted, sizeof quoted, "'%c%s'", order, name);
    return npy_complain(in->path, expected, matched == 2 ? quoted : "no single type");
}

static bool parse_order(const reader *in)
{
    const char *value = value_of(in, "'fortran_order':");
    if (value != NULL && strncmp(value, "False", 5) == 0)
        return true;
    bool fortran = value != NULL && strncmp(value, "True", 4) == 0;
    return npy_complain(in->path, "rows that lie one after another (C order)",
                        fortran ? "columns (Fortran order)" : "no 'fortran_order' in the header");
}

/* One number of the shape, with the comma that may follow it. */
static bool parse_length(const char **text, size_t *length)
{
    const char *at = *text;
    for (*length = 0; *at >= '0' && *at <= '9'; at++) {
        size_t digit = (size_t)(*at - '0');
        if (*length > (SIZE_MAX - digit) / 10)
            return false;
        *length = *length * 10 + digit;
    }
    if (at == *text)
        return false;
    at += *at == ',';
    *text = at + strspn(at, " ");
    return true;
}

static bool parse_shape(const reader *in, npy_array *array)
{
    const char *shape = value_of(in, "'shape':"), *at = shape;
    if (shape == NULL)
        return npy_complain(in->path, "a .npy header with 'shape'", "none");

    array->cols = 1;
    if (*at++ == '(' && parse_length(&at, &array->rows)) {
        array->dims = 1;
        if (*at != ')' && parse_length(&at, &array->cols))
            array->dims = 2;
        if (*at == ')')
            return true;
    }
    char found[64];
    snprintf(found, sizeof found, "%.*s", (int)(strcspn(shape, ")") % 60) + 1, shape);
    return npy_complain(in->path, "a shape of one or two lengths", found);
}

/* How many bytes of the file are still unread; -1 if it cannot be told. */
static long bytes_left(FILE *file)
{
    long here = ftell(file);
    if (here < 0 || fseek(file, 0, SEEK_END) != 0)
        return -1;
    long end = ftell(file);
    return fseek(file, here, SEEK_SET) == 0 && end >= here ? end - here : -1;
}

/* Memory is asked for only once the file has shown that it holds that much. */
static bool read_data(reader *in, npy_array *array)
{
    size_t row = array->cols * array->width;
    bool fits = array->cols <= SIZE_MAX / array->width
                && (row == 0 || array->rows <= SIZE_MAX / row);
    if (!fits)
        return npy_complain(in->path, "an array that fits into memory", "a larger shape");

    size_t bytes = array->rows * row;
    long left = bytes_left(in->file);
    if (left < 0 || (unsigned long)left != bytes) {
        char expected[64], found[64];
        snprintf(expected, sizeof expected, "%zu bytes of data", bytes);
        snprintf(found, sizeof found, "%ld", left);
        return npy_complain(in->path, expected, left < 0 ? "a file of unknown size" : found);
    }
    array->data = malloc(bytes > 0 ? bytes : 1);
    if (array->data == NULL)
        return npy_complain(in->path, "an array that fits into memory", "too little memory");
    return read_exactly(in, array->data, bytes, "as many bytes as the file has");
}

bool npy_read(const char *path, npy_array *array)
{
    memset(array, 0, sizeof *array);
    reader in = {fopen(path, "rb"), path, ""};
    if (in.file == NULL)
        return npy_complain(path, "a readable file", strerror(errno));

    bool good = read_header(&in) && parse_type(&in, array) && parse_order(&in)
                && parse_shape(&in, array) && read_data(&in, array);
    fclose(in.file);
    if (!good)
        npy_free(array);
    return good;
}

void npy_free(npy_array *array)
{
    free(array->data);
    memset(array, 0, sizeof *array);
}
