/* Levels: named, numbered, chosen exactly, refused where the machine lacks one. */
#include "check.h"

enum { LEVELS = LGT_LEVEL_SIMD128 + 1 };

static void names(void) {
    const char *const name[LEVELS] = {"portable", "avx2", "avx512", "neon", "simd128"};
    for (uint32_t level = 0; level < LEVELS; level++)
        CHECK(strcmp(lgt_cpu_level_name(level), name[level]) == 0);
    CHECK(strcmp(lgt_cpu_level_name(LEVELS), "?") == 0);
    CHECK(strcmp(lgt_cpu_level_name(UINT32_MAX), "?") == 0);
}

/* A level is taken exactly or not at all; one that is taken once is taken again. */
static void each(void) {
    const uint32_t first = lgt_cpu_level();
    for (uint32_t level = 0; level < LEVELS; level++) {
        lgt_status status = lgt_cpu_set_level(level);
#if defined(__aarch64__)
        if (level == LGT_LEVEL_NEON) CHECK_STATUS(status, LGT_OK); /* always there */
#endif
        CHECK(status == LGT_OK || status == LGT_E_UNSUPPORTED);
        CHECK(lgt_cpu_level() == (status == LGT_OK ? level : first));
        CHECK_STATUS(lgt_cpu_set_level(LGT_LEVEL_PORTABLE), LGT_OK);
        CHECK_STATUS(lgt_cpu_set_level(level), status);
        CHECK_STATUS(lgt_cpu_set_level(first), LGT_OK);
    }
}

/* The level of this family that all such levels agree with, never another. */
static void reproducible(void) {
    const uint32_t first = lgt_cpu_level();
#if defined(__x86_64__)
    const uint32_t meant = LGT_LEVEL_AVX2;
#elif defined(__aarch64__)
    const uint32_t meant = LGT_LEVEL_NEON;
#else
    const uint32_t meant = LGT_LEVEL_SIMD128; /* none: what no such machine has */
#endif
    lgt_status status = lgt_cpu_set_level(meant);
    CHECK_STATUS(lgt_cpu_set_level(first), LGT_OK);
    CHECK_STATUS(lgt_cpu_set_level(LGT_LEVEL_REPRODUCIBLE), status);
    CHECK(lgt_cpu_level() == (status == LGT_OK ? meant : first));
    CHECK(strcmp(lgt_cpu_level_name(LGT_LEVEL_REPRODUCIBLE), "reproducible") == 0);
    CHECK_STATUS(lgt_cpu_set_level(first), LGT_OK);
}

static void refused(void) {
    const uint32_t first = lgt_cpu_level();
    CHECK_STATUS(lgt_cpu_set_level(LEVELS), LGT_E_OPTION);
    CHECK_STATUS(lgt_cpu_set_level(UINT32_MAX), LGT_E_OPTION);
#if defined(__x86_64__)
    CHECK_STATUS(lgt_cpu_set_level(LGT_LEVEL_NEON), LGT_E_UNSUPPORTED);
#else
    CHECK_STATUS(lgt_cpu_set_level(LGT_LEVEL_AVX2), LGT_E_UNSUPPORTED);
    CHECK_STATUS(lgt_cpu_set_level(LGT_LEVEL_AVX512), LGT_E_UNSUPPORTED);
#endif
    CHECK_STATUS(lgt_cpu_set_level(LGT_LEVEL_SIMD128), LGT_E_UNSUPPORTED);
    CHECK(lgt_cpu_level() == first);
}

void test(void) {
    names();
    each();
    reproducible();
    refused();
}
