/* The verbs that work for every kind of state, and some thousands of damaged states and
 * searches, which the fuzz targets use or see refused. */
#include "families.h"
#include "fuzz/fuzz.h"

/* A state that has seen two rows, before a guard page; to be freed. */
static guarded filled(const family *f, size_t *size) {
    const double p[4] = {0.75, 0.25, 0.5, 0.5};
    const uint8_t labels[2] = {1, 0};
    CHECK_STATUS(f->size(size), LGT_OK);
    guarded state = guard_end(*size);
    CHECK_STATUS(f->init(state.data, *size), LGT_OK);
    CHECK_STATUS(f->update[F64](state.data, p, 2, labels, LGT_U8, NULL, 2, 2), LGT_OK);
    return state;
}

static void verbs(const family *f) {
    size_t size, found = 0;
    uint32_t kind = 0;
    guarded state = filled(f, &size), twice = filled(f, &size), again = filled(f, &size);
    lgt_state_head head;
    memcpy(&head, state.data, sizeof head);
    CHECK(head.kind == f->kind && head.size == size && head.param == f->param);
    CHECK_STATUS(lgt_state_check(state.data, size), LGT_OK);
    CHECK_STATUS(lgt_state_kind(state.data, size, &kind), LGT_OK);
    CHECK_STATUS(lgt_state_size(state.data, size, &found), LGT_OK);
    CHECK(kind == f->kind && found == size);

    /* The family's own merge does what the generic one does. */
    CHECK_STATUS(lgt_state_merge(twice.data, size, state.data, size), LGT_OK);
    CHECK_STATUS(f->merge(again.data, state.data), LGT_OK);
    CHECK(memcmp(twice.data, again.data, size) == 0);
    CHECK(memcmp(twice.data, state.data, size) != 0);

    /* Forgotten: as fresh, and merging the first brings it back. */
    CHECK_STATUS(f->init(again.data, size), LGT_OK);
    CHECK_STATUS(lgt_state_reset(twice.data, size), LGT_OK);
    CHECK(memcmp(twice.data, again.data, size) == 0);
    CHECK_STATUS(lgt_state_merge(twice.data, size, state.data, size), LGT_OK);
    CHECK(memcmp(twice.data, state.data, size) == 0);
    guard_free(state);
    guard_free(twice);
    guard_free(again);
}

/* More room than a state needs is fine; what is behind it is left alone. */
static void room(const family *f) {
    size_t size, found = 0;
    guarded state = filled(f, &size), large = guard_end(size + 64);
    memset(large.data, 0xa5, size + 64);
    CHECK_STATUS(f->init(large.data, size + 64), LGT_OK);
    CHECK_STATUS(lgt_state_check(large.data, size + 64), LGT_OK);
    CHECK_STATUS(lgt_state_size(large.data, size + 64, &found), LGT_OK);
    CHECK(found == size);
    CHECK_STATUS(lgt_state_merge(large.data, size + 64, state.data, size), LGT_OK);
    CHECK(memcmp(large.data, state.data, size) == 0);
    CHECK_STATUS(lgt_state_reset(large.data, size + 64), LGT_OK);
    for (size_t i = size; i < size + 64; i++) CHECK(((unsigned char *)large.data)[i] == 0xa5);
    guard_free(state);
    guard_free(large);
}

/* A number below n. */
static size_t below(uint64_t *seed, size_t n) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(*seed >> 33) % n;
}

/* Flips bits, mostly in the head; sets words to extremes; cuts the end off. */
static void damaged(int (*fuzz)(const uint8_t *, size_t), const void *bytes, size_t size,
                    uint64_t seed) {
    uint8_t *copy = (uint8_t *)malloc(size);
    const uint64_t extremes[] = {0, 1, UINT64_MAX, (uint64_t)1 << 63, 0x7ff0000000000000u};
    for (int round = 0; round < 5000; round += (int)size_step()) {
        memcpy(copy, bytes, size);
        for (int i = 0; i < round % 4; i++)
            copy[below(&seed, round % 3 ? 16 : size)] ^= (uint8_t)(1u << below(&seed, 8));
        for (int i = 0; i < round % 5; i++)
            memcpy(copy + 16 + 8 * below(&seed, size / 8 - 2), &extremes[below(&seed, 5)], 8);
        CHECK(fuzz(copy, round % 7 ? size : below(&seed, size)) == 0);
    }
    free(copy);
}

static void damaged_rows(void) {
    const float x[2][3] = {{1, 2, 3}, {3, 2, 1}};
    const double scores[2] = {2, 3};
    const uint8_t labels[2] = {1, 0};
    uint64_t rows[2 + 8 * 2];
    CHECK_STATUS(lgt_evaluate_rows_init(rows, sizeof rows, 2), LGT_OK);
    CHECK_STATUS(lgt_evaluate_rows_update_f32(rows, x[0], 3, 0, scores, labels, LGT_U8, 2, 3),
                 LGT_OK);
    damaged(fuzz_state, rows, sizeof rows, 10);
}

/* What fits of parts are made of, and where such fits stand after a step. */
static void damaged_losses(void) {
    const float x[2][3] = {{1, 2, 3}, {3, 2, 1}};
    const uint8_t y[2] = {1, 0};
    const uint64_t sets[2] = {3, 6};
    static uint64_t state[512], at[1024], scratch[1 << 10];
    lgt_temperature_search temperature;
    lgt_logistic_search logistic;
    double point[12];
    size_t size, more;
    uint32_t done;
    CHECK_STATUS(lgt_temperature_search_init(&temperature, NULL), LGT_OK);
    CHECK_STATUS(lgt_temperature_search_state(&temperature, state, sizeof state), LGT_OK);
    CHECK_STATUS(lgt_temperature_loss_update_f32(state, x[0], 3, y, LGT_U8, NULL, 2, 3), LGT_OK);
    CHECK_STATUS(lgt_state_size(state, sizeof state, &size), LGT_OK);
    damaged(fuzz_state, state, size, 11);
    CHECK_STATUS(lgt_temperature_search_step(&temperature, state), LGT_OK);
    damaged(fuzz_search, &temperature, sizeof temperature, 12);

    CHECK_STATUS(lgt_logistic_search_init(&logistic, NULL), LGT_OK);
    CHECK_STATUS(lgt_logistic_loss_size(&size), LGT_OK);
    CHECK_STATUS(lgt_logistic_loss_init(state, size, &logistic), LGT_OK);
    CHECK_STATUS(lgt_logistic_loss_update_f32(state, x[0], 1, y, LGT_U8, NULL, 2), LGT_OK);
    damaged(fuzz_state, state, size, 13);
    CHECK_STATUS(lgt_logistic_search_step(&logistic, state), LGT_OK);
    damaged(fuzz_search, &logistic, sizeof logistic, 14);

    for (uint32_t form = 0; form <= LGT_MATRIX_FORM_MATRIX; form++) {
        size_t count = form == LGT_MATRIX_FORM_BIAS ? 3 : form == LGT_MATRIX_FORM_VECTOR ? 6 : 12;
        CHECK_STATUS(lgt_matrix_search_size(form, 3, 0, &more), LGT_OK);
        CHECK_STATUS(lgt_matrix_search_init(at, sizeof at, form, 3, 0, NULL), LGT_OK);
        CHECK_STATUS(lgt_matrix_search_point(at, point, count), LGT_OK);
        CHECK_STATUS(lgt_matrix_loss_size(form, 3, 0, &size), LGT_OK);
        CHECK_STATUS(lgt_matrix_loss_init(state, size, form, 3, 0), LGT_OK);
        CHECK_STATUS(lgt_matrix_loss_set(state, point, count), LGT_OK);
        CHECK_STATUS(lgt_matrix_loss_update_f32(state, x[0], 3, y, LGT_U8, NULL, 2, 3, scratch,
                                                sizeof scratch),
                     LGT_OK);
        damaged(fuzz_state, state, size, 15 + form);
        CHECK_STATUS(lgt_matrix_search_step(at, state, &done), LGT_OK);
        damaged(fuzz_search, at, more, 18 + form);
    }

    CHECK_STATUS(lgt_coverage_size(3, &size), LGT_OK);
    CHECK_STATUS(lgt_coverage_init(state, size, 3), LGT_OK);
    CHECK_STATUS(lgt_coverage_update(state, sets, 1, y, LGT_U8, NULL, 2, 3), LGT_OK);
    damaged(fuzz_state, state, size, 21);
    CHECK_STATUS(lgt_ca_loss_size(&size), LGT_OK);
    CHECK_STATUS(lgt_ca_loss_init(state, size), LGT_OK);
    CHECK_STATUS(lgt_ca_loss_update_f32(state, x[0], 3, y, LGT_U8, NULL, NULL, 0, 2, 3), LGT_OK);
    damaged(fuzz_state, state, size, 22);
}

void test(void) {
    for (int i = 0; i < STATES; i++) {
        size_t size;
        guarded state = filled(&families[i], &size);
        verbs(&families[i]);
        room(&families[i]);
        damaged(fuzz_state, state.data, size, (uint64_t)i);
        guard_free(state);
    }
    damaged_rows();
    damaged_losses();
}
