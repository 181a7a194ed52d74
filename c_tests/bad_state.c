/* Bytes that are not a whole state of ours: truncated, misaligned, of the other
 * byte order, of another kind, version or parameter. */
#include "families.h"
#include "refused.h"

static uint64_t state[LARGEST_STATE / 8], other[LARGEST_STATE / 8 + 1];

/* Every generic verb says the same about the `size` bytes at `bad`. */
static void refused_by_all(void *bad, size_t size, size_t whole, int status) {
    uint32_t kind = 77;
    size_t bytes = 77;
    watch(1, &kind, sizeof kind);
    watch(2, &bytes, sizeof bytes);
    REFUSED(lgt_state_check(bad, size), status);
    REFUSED(lgt_state_kind(bad, size, &kind), status);
    REFUSED(lgt_state_size(bad, size, &bytes), status);
    REFUSED(lgt_state_reset(bad, size), status);
    REFUSED(lgt_state_merge(bad, size, state, whole), status);
    REFUSED(lgt_state_merge(state, whole, bad, size), status);
    watch(1, state, 0);
    watch(2, state, 0);
}

static void swap(unsigned char *bytes, size_t n) {
    for (size_t i = 0; i < n / 2; i++) {
        unsigned char kept = bytes[i];
        bytes[i] = bytes[n - 1 - i];
        bytes[n - 1 - i] = kept;
    }
}

/* What a machine of the other byte order would have sent. */
static void other_order(size_t size) {
    unsigned char *bytes = (unsigned char *)other;
    memcpy(other, state, size);
    swap(bytes, 4);
    swap(bytes + 4, 2);
    swap(bytes + 6, 2);
    swap(bytes + 8, 4);
    swap(bytes + 12, 4);
    for (size_t i = 16; i < size; i += 8) swap(bytes + i, 8);
    watch(3, other, size);
    refused_by_all(other, size, size, LGT_E_STATE);
}

/* Cut short by any number of bytes, before a guard page. */
static void truncated(size_t size) {
    for (size_t cut = 8; cut <= size; cut += 8) {
        guarded room = guard_end(size - cut);
        memcpy(room.data, state, size - cut);
        watch(3, room.data, size - cut);
        refused_by_all(room.data, size - cut, size, LGT_E_STATE);
        watch(3, state, 0);
        guard_free(room);
    }
    for (size_t less = 1; less < 8; less++)
        REFUSED(lgt_state_check(state, size - less), LGT_E_STATE);
}

static void misaligned(size_t size) {
    for (size_t shift = 1; shift < 8; shift++) {
        char *place = (char *)other + shift;
        memcpy(place, state, size);
        watch(3, other, size + shift);
        refused_by_all(place, size, size, LGT_E_STATE);
    }
}

/* Any bit of the head but the parameter's makes it no state of ours; another
 * parameter makes it another state, if a state at all. */
static void flipped(const family *f, size_t size) {
    for (size_t bit = 0; bit < 128; bit++) {
        uint64_t report[LARGEST_REPORT / 8];
        memcpy(other, state, size);
        ((unsigned char *)other)[bit / 8] ^= (unsigned char)(1u << bit % 8);
        watch(3, other, size);
        lgt_state_head head;
        memcpy(&head, other, sizeof head);
        int flag = f->kind == LGT_STATE_LOG_LOSS || f->kind == LGT_STATE_RPS;
        int still = (f->kind == LGT_STATE_ACCURACY && bit >= 96 && head.param > 0) ||
                    (flag && bit >= 96 && head.param <= 1);
        if (still) {
            CHECK_STATUS(lgt_state_check(other, size), LGT_OK);
            REFUSED(lgt_state_merge(state, size, other, size), LGT_E_MISMATCH);
            REFUSED(f->merge(state, other), LGT_E_MISMATCH);
        } else {
            refused_by_all(other, size, size, LGT_E_STATE);
            REFUSED(f->merge(state, other), LGT_E_STATE);
            REFUSED(f->merge(other, state), LGT_E_STATE);
            REFUSED(f->finish(other, report), LGT_E_STATE);
        }
    }
}

static void other_kinds(const family *f, size_t size) {
    for (int i = 0; i < STATES; i++) {
        if (families[i].kind == f->kind) continue;
        size_t more;
        CHECK_STATUS(families[i].size(&more), LGT_OK);
        CHECK_STATUS(families[i].init(other, more), LGT_OK);
        watch(3, other, more);
        REFUSED(lgt_state_merge(state, size, other, more), LGT_E_MISMATCH);
        REFUSED(lgt_state_merge(other, more, state, size), LGT_E_MISMATCH);
    }
}

static void nulls(size_t size) {
    REFUSED(lgt_state_check(NULL, size), LGT_E_NULL);
    REFUSED(lgt_state_check(NULL, 0), LGT_E_NULL);
    REFUSED(lgt_state_kind(state, size, NULL), LGT_E_NULL);
    REFUSED(lgt_state_size(state, size, NULL), LGT_E_NULL);
    REFUSED(lgt_state_reset(NULL, size), LGT_E_NULL);
    REFUSED(lgt_state_merge(NULL, size, state, size), LGT_E_NULL);
    REFUSED(lgt_state_merge(state, size, NULL, size), LGT_E_NULL);
    REFUSED(lgt_state_merge(state, size, state, size), LGT_E_ALIAS);
}

/* A model is no state. */
static void model(size_t size) {
    const float x[4][2] = {{4, 0}, {4, 0}, {4, 0}, {4, 0}};
    const uint8_t labels[4] = {0, 0, 0, 1};
    lgt_temperature_model fitted;
    CHECK_STATUS(lgt_temperature_fit_f32(&fitted, x[0], 2, labels, LGT_U8, NULL, 4, 2, NULL),
                 LGT_OK);
    watch(3, &fitted, sizeof fitted);
    refused_by_all(&fitted, sizeof fitted, size, LGT_E_STATE);
}

void test(void) {
    const double p[4] = {0.75, 0.25, 0.5, 0.5};
    const uint8_t labels[2] = {1, 0};
    for (int i = 0; i < STATES; i++) {
        const family *f = &families[i];
        size_t size;
        watch_nothing();
        CHECK_STATUS(f->size(&size), LGT_OK);
        CHECK_STATUS(f->init(state, size), LGT_OK);
        CHECK_STATUS(f->update[F64](state, p, 2, labels, LGT_U8, NULL, 2, 2), LGT_OK);
        watch(0, state, size);
        other_order(size);
        truncated(size);
        misaligned(size);
        flipped(f, size);
        other_kinds(f, size);
        nulls(size);
        model(size);
    }
}
