/* Bytes as they might come from anywhere: whatever passes lgt_state_check can be
 * used, whatever does not is refused, and nothing outside is touched.
 *
 * A libFuzzer target; also built without it, to be fed mutated states. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "logitude/logitude.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Uses a checked state in every way there is. */
static void use(void *state, uint32_t kind) {
    const float x[2][3] = {{.25f, .5f, .25f}, {.75f, .25f, 0}};
    const uint8_t y[2] = {1, 2};
    lgt_accuracy_report accuracy;
    lgt_nll_report nll;
    lgt_brier_report brier;
    lgt_ece_top_label_report ece;
    lgt_ece_top_label_bin bins[16];
    switch (kind) {
    case LGT_STATE_ACCURACY:
        (void)lgt_accuracy_update_f32(state, x[0], 3, y, LGT_U8, NULL, 2, 3);
        (void)lgt_accuracy_finish(state, &accuracy);
        break;
    case LGT_STATE_NLL:
        (void)lgt_nll_update_f32(state, x[0], 3, y, LGT_U8, NULL, 2, 3);
        (void)lgt_nll_finish(state, &nll);
        break;
    case LGT_STATE_BRIER:
        (void)lgt_brier_update_f32(state, x[0], 3, y, LGT_U8, NULL, 2, 3);
        (void)lgt_brier_finish(state, &brier);
        break;
    case LGT_STATE_ECE_TOP_LABEL:
        (void)lgt_ece_top_label_update_f32(state, x[0], 3, y, LGT_U8, NULL, 2, 3);
        (void)lgt_ece_top_label_finish(state, &ece);
        (void)lgt_ece_top_label_get_bins(state, bins, 16);
        break;
    default: abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    /* An allocation of just this size, so that a sanitizer sees its ends. */
    uint8_t *state = (uint8_t *)malloc(size ? size : 1), *other = (uint8_t *)malloc(size ? size : 1);
    uint32_t kind = 0;
    size_t bytes = 0;
    memcpy(state, data, size);
    memcpy(other, data, size);
    if (lgt_state_check(state, size) == LGT_OK) {
        if (lgt_state_kind(state, size, &kind) != LGT_OK) abort();
        if (lgt_state_size(state, size, &bytes) != LGT_OK || bytes > size) abort();
        use(state, kind);
        if (lgt_state_merge(state, size, other, size) != LGT_OK) abort();
        if (lgt_state_reset(state, size) != LGT_OK) abort();
    } else {
        if (lgt_state_merge(state, size, other, size) >= 0) abort();
        if (lgt_state_reset(state, size) >= 0) abort();
        if (memcmp(state, data, size) != 0) abort();
    }
    if (size >= sizeof(lgt_temperature_model)) {
        float x[2] = {1, 2}, y[2] = {7, 7};
        lgt_status status =
            lgt_temperature_apply_f32((const lgt_temperature_model *)(void *)other, x, 2, y, 2, 1, 2);
        if (status < 0 && (y[0] != 7 || y[1] != 7)) abort();
    }
    free(state);
    free(other);
    return 0;
}
