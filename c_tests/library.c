/* What belongs to no family: version, statuses, levels, conversions, labels. */
#include "check.h"

static void version(void) {
    CHECK(lgt_version_number() == LGT_VERSION_NUMBER);
    CHECK(strcmp(lgt_version(), LGT_VERSION) == 0);
    CHECK(strstr(lgt_build_info(), LGT_VERSION) != NULL);
}

static void statuses(void) {
    CHECK(strcmp(lgt_status_name(LGT_OK), "LGT_OK") == 0);
    CHECK(strcmp(lgt_status_name(LGT_E_CALLBACK), "LGT_E_CALLBACK") == 0);
    CHECK(strcmp(lgt_status_name(-99), "LGT_?") == 0);
    for (int s = LGT_E_CALLBACK; s <= LGT_NOT_CONVERGED; s++) {
        CHECK(strncmp(lgt_status_name(s), s < 0 ? "LGT_E_" : "LGT_", s < 0 ? 6 : 4) == 0);
        CHECK(strlen(lgt_status_string(s)) > 5);
    }
}

/* Down to portable and back up; levels of other processors are refused. */
static void levels(void) {
    uint32_t first = lgt_cpu_level();
    CHECK_STATUS(lgt_cpu_set_level(LGT_LEVEL_PORTABLE), LGT_OK);
    CHECK(lgt_cpu_level() == LGT_LEVEL_PORTABLE);
    CHECK_STATUS(lgt_cpu_set_level(first), LGT_OK);
    CHECK(lgt_cpu_level() == first);
    CHECK_STATUS(lgt_cpu_set_level(99), LGT_E_OPTION);
#if defined(__x86_64__)
    CHECK_STATUS(lgt_cpu_set_level(LGT_LEVEL_NEON), LGT_E_UNSUPPORTED);
#else
    CHECK_STATUS(lgt_cpu_set_level(LGT_LEVEL_AVX2), LGT_E_UNSUPPORTED);
#endif
    CHECK(lgt_cpu_level() == first);
    CHECK(strcmp(lgt_cpu_level_name(99), "?") == 0);
}

static void conversions(void) {
    CHECK(lgt_f16_to_f32(0x3c00) == 1 && lgt_f16_to_f32(0x0001) == ldexpf(1, -24));
    CHECK(lgt_f16_to_f32(0xfc00) == -INFINITY && isnan(lgt_f16_to_f32(0x7e00)));
    CHECK(lgt_f16_from_f32(65504) == 0x7bff && lgt_f16_from_f32(65520) == 0x7c00);
    CHECK(lgt_f16_from_f32(1 + ldexpf(1, -11)) == 0x3c00); /* a tie, to even */
    CHECK(lgt_f16_from_f32(1 + 3 * ldexpf(1, -11)) == 0x3c02);
    CHECK(lgt_bf16_to_f32(0x3f80) == 1 && lgt_bf16_from_f32(-2) == 0xc000);
    CHECK(lgt_bf16_from_f32(1 + ldexpf(1, -8)) == 0x3f80);
    CHECK(isnan(lgt_bf16_to_f32(lgt_bf16_from_f32(NAN))));
}

static void labels(void) {
    int8_t small[4] = {0, 2, -1, 9};
    uint64_t large[3] = {0, 1, UINT64_MAX};
    size_t bad = 77;
    CHECK_STATUS(lgt_labels_check(small, LGT_I8, 2, 3, &bad), LGT_OK);
    CHECK(bad == 77);
    CHECK_STATUS(lgt_labels_check(small, LGT_I8, 4, 3, &bad), LGT_E_LABEL);
    CHECK(bad == 2);
    CHECK_STATUS(lgt_labels_check(small, LGT_I8, 2, 2, NULL), LGT_E_LABEL);
    CHECK_STATUS(lgt_labels_check(large, LGT_U64, 3, 3, &bad), LGT_E_LABEL);
    CHECK_STATUS(lgt_labels_check(large, 0, 3, 3, &bad), LGT_E_LABEL);
    CHECK_STATUS(lgt_labels_check(NULL, LGT_I8, 3, 3, &bad), LGT_E_NULL);
    CHECK_STATUS(lgt_labels_check(NULL, LGT_I8, 0, 3, &bad), LGT_OK);
}

void test(void) {
    version();
    statuses();
    levels();
    conversions();
    labels();
}
