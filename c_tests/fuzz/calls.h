/* Calls of functions that bytes choose. What the functions are, the generated table says
 * (tools/fuzz/table.py); how a call is put together is calls.c, what its arrays hold
 * contents.c, what its options point to lent.c, what must be so after it checks.c. */
#ifndef CALLS_H
#define CALLS_H

#include <stddef.h>
#include <stdint.h>

#include "logitude/logitude.h"

enum { MOST_ARGS = 20, MOST_BLOCKS = 48, MOST_BYTES = 1 << 16 };

/* What an argument is. */
enum { SIZE, U32, U64, I32, REAL, FLOAT, HALF, STRIDE, TYPE, ROOM, POINTER };
/* From which of a few numbers a size is mostly taken, so that arrays fit together. */
enum { BANK_ROWS, BANK_COLS, BANK_OTHER, BANKS };
/* What a pointer is. */
enum {
    IN = 1,
    NULLABLE = 2,
    SCRATCH = 4,
    BLOB = 8,      /* a state or model that is there already */
    MADE = 16,     /* one that the call makes */
    OPTIONS = 32,
    CSR = 64,
    ANSWERS_ERRORS = 128 /* written with an error */
};
/* What an array mostly holds. */
enum { LOGITS, UNIT, SHARES, WEIGHTS, LABELS, BITS, WHOLE, RISING, RAW };

typedef struct {
    const char *name;
    uint8_t what, flags;
    uint8_t bank;    /* of a size */
    uint8_t element; /* an LGT_ number, or 0 for structs and bytes */
    uint8_t hint;
    uint16_t unit;   /* bytes of one element */
    int8_t other;    /* of a stride or room: the array; of a pointer: its type or room, or -1 */
    int16_t options; /* which struct, or -1 */
    const int16_t *makers; /* of a blob: functions that make one, and -1 */
} argument;

typedef struct {
    const char *name, *c;
    uint16_t offset, size;
} field;

typedef struct {
    const char *name;
    uint16_t size, fields;
    const field *field;
    void (*defaults)(void *); /* or NULL */
} structure;

/* Rows of columns, so many elements from one to the next; -1 columns: not said. */
typedef struct {
    double rows, cols, stride;
} extent;

typedef struct {
    void *p;
    uint64_t n;
    double d;
} value;

/* Memory of a call: `bytes` from `data` on, the last right before what must not be touched. */
typedef struct {
    uint8_t *data, *before, *after;
    size_t bytes;
    const extent *rows; /* of an array that is written, or NULL */
    size_t unit;
    int writable, scratch, shared, answers_errors;
} block;

typedef struct call call;

typedef struct {
    const char *name, *family;
    int is_status;
    uint8_t args, score_size;
    const argument *arg;
    int64_t (*function)(const value *);
    void (*lengths)(call *);
    lgt_status (*asked)(const call *, int, size_t *); /* bytes of room for an argument */
} function;

struct call {
    const function *f;
    value a[MOST_ARGS];
    extent e[MOST_ARGS];
    block blocks[MOST_BLOCKS];
    int count;
    int of[MOST_ARGS]; /* the block that a pointer points to, or -1 */
    int made[MOST_ARGS]; /* what a blob was taken from: a place in the pool, or -1 */
    int huge;          /* a size is far beyond any memory */
    int failing;       /* the executor fails */
    double picked;     /* columns that a mask picks, or -1 */
};

/* Functions that are fuzzed together: so many, from the first on. */
typedef struct {
    const char *name;
    int first, count;
} group;

extern const function functions[];
extern const group groups[]; /* and one without a name */
extern const structure structures[];

/* contents.c */
void input_start(const uint8_t *data, size_t size);
int input_more(void);
uint8_t byte(void);
uint64_t word(void);
int rare(int of_256);
uint64_t number(int bank, int what);
double real(void);
double bank_of(int bank);
void fill(void *data, const argument *arg, extent e, int type, double classes);
size_t size_of_type(int type);

/* lent.c */
void lend_options(call *c, int i);
void lend_csr(call *c, int i);
double picked(const call *c);

/* calls.c */
const group *group_named(const char *name); /* NULL: there is none */
void fuzz_calls(const group *of, const uint8_t *data, size_t size);
void fuzz_report(const group *of);
block *room(call *c, size_t bytes, int writable);
double param(const call *c, const char *name);
double nnz(const call *c, int i);
double floor_of(double x);
double spread(double rows, double stride, double cols);

/* checks.c */
int64_t checked(call *c);
void show(const call *c, const char *what, int64_t status);
void release(void);
void *hold(size_t bytes, int at_end);

#endif
