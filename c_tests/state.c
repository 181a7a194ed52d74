/* The generic verbs, and states damaged at random, which the fuzz target uses or
 * sees refused. */
#include "fuzz/state.c"

#include "check.h"

enum { LARGEST = 8 * (4 + 13 * 15) };

static size_t make(uint64_t *state, uint32_t kind) {
    size_t size = 0, again = 0;
    uint32_t found = 0;
    switch (kind) {
    case LGT_STATE_ACCURACY:
        CHECK_STATUS(lgt_accuracy_size(3, &size), LGT_OK);
        CHECK_STATUS(lgt_accuracy_init(state, LARGEST, 3), LGT_OK);
        break;
    case LGT_STATE_NLL:
        CHECK_STATUS(lgt_nll_size(&size), LGT_OK);
        CHECK_STATUS(lgt_nll_init(state, LARGEST), LGT_OK);
        break;
    case LGT_STATE_BRIER:
        CHECK_STATUS(lgt_brier_size(&size), LGT_OK);
        CHECK_STATUS(lgt_brier_init(state, LARGEST), LGT_OK);
        break;
    default:
        CHECK_STATUS(lgt_ece_top_label_size(15, &size), LGT_OK);
        CHECK_STATUS(lgt_ece_top_label_init(state, LARGEST, 15), LGT_OK);
    }
    CHECK_STATUS(lgt_state_check(state, size), LGT_OK);
    CHECK_STATUS(lgt_state_kind(state, size, &found), LGT_OK);
    CHECK_STATUS(lgt_state_size(state, size, &again), LGT_OK);
    CHECK(found == kind && again == size);
    return size;
}

void test(void) {
    uint64_t state[LARGEST / 8], other[LARGEST / 8];
    uint64_t seed = 4;
    for (uint32_t kind = LGT_STATE_ACCURACY; kind <= LGT_STATE_ECE_TOP_LABEL; kind++) {
        size_t size = make(state, kind);
        size_t more = make(other, kind % LGT_STATE_ECE_TOP_LABEL + 1);
        CHECK_STATUS(lgt_state_merge(state, size, other, more), LGT_E_MISMATCH);
        for (int round = 0; round < 5000; round++) {
            memcpy(other, state, size);
            /* A few damaged bytes, mostly in the head; now and then cut short. */
            for (int i = 0; i < round % 4; i++) {
                uint64_t r = (uint64_t)fabs(noise(&seed) * 1e9);
                ((uint8_t *)other)[r % (r % 3 ? 16 : size)] ^= (uint8_t)(1 << r % 8);
            }
            CHECK(LLVMFuzzerTestOneInput((uint8_t *)other, round % 7 ? size : size - (size_t)round % 64) == 0);
        }
    }
}
