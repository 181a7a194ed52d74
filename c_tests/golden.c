/* Bytes that older builds wrote: they load, they are read as they were then, and what this
 * build writes of the same data are the same bytes. Torn heads are refused. */
#include "check.h"
#include "guarded.h"

enum { MOST = 1 << 15 };

/* What a kind is to the functions that take every kind. */
enum { STATE, MODEL, OTHER };

/* Numbers in hexadecimal digits, as many bytes as there are pairs of them, which are stored
 * in this machine's order; `*n` is n words of 8 bytes of zeros. */
static size_t golden_words(void *to, const char *const *lines) {
    unsigned char *at = (unsigned char *)to;
    for (; *lines; lines++) {
        for (const char *text = *lines; *text; text += *text == ' ') {
            char *end;
            if (*text == '*') {
                size_t zeros = 8 * (size_t)strtoul(text + 1, &end, 10);
                memset(at, 0, zeros);
                at += zeros;
            } else {
                uint64_t number = strtoull(text, &end, 16);
                size_t bytes = (size_t)(end - text) / 2;
                uint8_t one = (uint8_t)number;
                uint16_t two = (uint16_t)number;
                uint32_t four = (uint32_t)number;
                memcpy(at, bytes == 1   ? (const void *)&one
                           : bytes == 2 ? (const void *)&two
                           : bytes == 4 ? (const void *)&four
                                        : (const void *)&number, bytes);
                at += bytes;
            }
            text = end;
        }
    }
    return (size_t)(at - (unsigned char *)to);
}

/* Only at the portable level are sums of rounded terms the same bits everywhere. */
static int is_portable(void) {
    return lgt_cpu_level() == LGT_LEVEL_PORTABLE;
}

static void golden_same(const void *bytes, const char *const *lines, size_t size) {
    static uint64_t then[MOST / 8];
    CHECK(golden_words(then, lines) == size);
    if (is_portable()) CHECK(memcmp(bytes, then, size) == 0);
}

/* As tests/calls.md has it for other levels and processors. */
static int as_then(double x, double then) {
    if (isnan(then)) return isnan(x);
    if (isinf(then)) return x == then;
    return fabs(x - then) <= 1e-12 * fmax(1, fabs(then));
}
#define NEAR(x, then) CHECK(as_then(x, then))
#define SAME(x, then) CHECK((x) == (then))

#include "../tests/golden/0.1.h"

typedef struct {
    uint16_t kind;
    int what;
    size_t size;
    const char *const *words;
    lgt_status (*again)(void *state, int compare);
    lgt_status (*read)(void *state, int compare);
} golden;

static const golden of_0_1[] = {GOLDEN_0_1};

/* The files, by the number of their version, of which this header's is the last. */
static const struct {
    int version;
    const golden *kinds;
    size_t count;
} files[] = {{1, of_0_1, sizeof of_0_1 / sizeof *of_0_1}};
enum { FILES = sizeof files / sizeof *files, THIS = LGT_VERSION_MAJOR * 100 + LGT_VERSION_MINOR };

static uint64_t then[MOST / 8], bytes[MOST / 8];

/* What the functions for every kind say; of the others there are none. */
static lgt_status checked(const golden *g, const void *at) {
    if (g->what == STATE) return lgt_state_check(at, g->size);
    return g->what == MODEL ? lgt_model_check(at, g->size) : LGT_E_STATE;
}

static void loads(const golden *g) {
    lgt_state_head head;
    CHECK(golden_words(then, g->words) == g->size);
    memcpy(&head, then, sizeof head);
    CHECK(head.kind == g->kind && head.size == g->size);
    if (g->what != OTHER) CHECK_STATUS(checked(g, then), LGT_OK);
    memcpy(bytes, then, g->size);
    g->read(bytes, 1);
    if (g->what != STATE) return;
    /* One that has forgotten all takes over what the other has seen. */
    memcpy(bytes, then, g->size);
    CHECK_STATUS(lgt_state_reset(bytes, g->size), LGT_OK);
    lgt_status merged = lgt_state_merge(bytes, g->size, then, g->size);
    if (g->kind == LGT_STATE_MATRIX_LOSS) {
        CHECK_STATUS(merged, LGT_E_MISMATCH); /* The point at which it sums is forgotten too. */
        return;
    }
    CHECK_STATUS(merged, LGT_OK);
    CHECK(memcmp(bytes, then, g->size) == 0);
}

/* Counts, sums of weights, and scores as they came: the same bytes at every level. */
static int is_unrounded(uint16_t kind) {
    switch (kind) {
    case LGT_STATE_ACCURACY:
    case LGT_STATE_CONFUSION:
    case LGT_STATE_CLASS_COUNTS:
    case LGT_STATE_MULTILABEL:
    case LGT_STATE_AGREEMENT:
    case LGT_STATE_ECE_BINARY:
    case LGT_STATE_BINNED_AUROC:
    case LGT_STATE_STREAMING_AUROC:
    case LGT_STATE_COVERAGE: return 1;
    default: return 0;
    }
}

static void is_written_anew(const golden *g) {
    memset(bytes, 0, sizeof bytes);
    g->again(bytes, 1);
    lgt_state_head head, old;
    memcpy(&head, bytes, sizeof head);
    memcpy(&old, then, sizeof old);
    CHECK(memcmp(&head, &old, sizeof head) == 0);
    if (is_portable() || is_unrounded(g->kind)) CHECK(memcmp(bytes, then, g->size) == 0);
}

/* Each bit of the head, before a guard page. Of another magic, version or size it is
 * nothing, of another kind nothing to the functions of this one, of another parameter not
 * the same state. */
static void torn(const golden *g) {
    guarded room = guard_end(g->size);
    for (size_t bit = 0; bit < 128; bit++) {
        memcpy(room.data, then, g->size);
        lgt_state_head head;
        memcpy(&head, then, sizeof head);
        if (bit < 32) head.magic ^= 1u << bit;
        else if (bit < 48) head.kind = (uint16_t)(head.kind ^ 1u << (bit - 32));
        else if (bit < 64) head.version = (uint16_t)(head.version ^ 1u << (bit - 48));
        else if (bit < 96) head.size ^= 1u << (bit - 64);
        else head.param ^= 1u << (bit - 96);
        memcpy(room.data, &head, sizeof head);
        lgt_status said = checked(g, room.data);
        int is_kind = bit >= 32 && bit < 48, is_size = bit >= 64 && bit < 96;
        /* The size of a model says how many numbers it has: with fewer it may be another. */
        int is_shorter = g->what == MODEL && is_size && head.size < g->size;
        if (bit < 96 && !is_kind && !is_shorter) CHECK_STATUS(said, LGT_E_STATE);
        if (g->what == STATE) CHECK(lgt_state_merge(room.data, g->size, then, g->size) < 0);
        /* Functions that are told no size trust the one in the head of a model, so that bytes
         * are to be checked; what passes is read, and nothing outside. */
        if (bit < 96 && !(is_size && g->what == MODEL))
            CHECK_STATUS(g->read(room.data, 0), LGT_E_STATE);
        else if (said == LGT_OK)
            g->read(room.data, 0);
    }
    guard_free(room);
}

/* As a machine of the other byte order would have written its head. */
static void foreign(const golden *g) {
    static const unsigned char order[16] = {3, 2, 1, 0, 5, 4, 7, 6, 11, 10, 9, 8, 15, 14, 13, 12};
    memcpy(bytes, then, g->size);
    for (int i = 0; i < 16; i++)
        ((unsigned char *)bytes)[i] = ((const unsigned char *)then)[order[i]];
    CHECK_STATUS(checked(g, bytes), LGT_E_STATE);
    CHECK_STATUS(g->read(bytes, 0), LGT_E_STATE);
}

/* Bytes of an older version need not load, but then they are refused. */
static int is_refused(const golden *g) {
    golden_words(then, g->words);
    memcpy(bytes, then, g->size);
    return checked(g, bytes) == LGT_E_STATE && g->read(bytes, 0) == LGT_E_STATE;
}

static void all_kinds(int version, const golden *kinds, size_t count) {
    long before = failures;
    for (const golden *g = kinds; g < kinds + count; g++) {
        CHECK(g->size <= sizeof then);
        if (version != THIS && is_refused(g)) continue;
        loads(g);
        is_written_anew(g);
        torn(g);
        foreign(g);
    }
    printf("proof {\"table\":\"contract\",\"what\":\"golden bytes of a kind, 0.%d, %s\","
           "\"count\":%d,\"differences\":%ld}\n",
           version, lgt_cpu_level_name(lgt_cpu_level()), (int)count, failures - before);
}

void test(void) {
    CHECK(files[FILES - 1].version == THIS && files[FILES - 1].count > 50);
    for (int i = 0; i < FILES; i++) all_kinds(files[i].version, files[i].kinds, files[i].count);
}
