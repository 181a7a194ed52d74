/* Every status has its name and a sentence; other numbers have neither. */
#include "check.h"

#define STATUS(name) {name, #name}

static const struct {
    int32_t status;
    const char *name;
} all[] = {
    STATUS(LGT_OK),          STATUS(LGT_EMPTY_ROW),  STATUS(LGT_UNDEFINED),
    STATUS(LGT_AT_BOUND),    STATUS(LGT_DEGENERATE), STATUS(LGT_NOT_CONVERGED),
    STATUS(LGT_E_NULL),      STATUS(LGT_E_SHAPE),    STATUS(LGT_E_STRIDE),
    STATUS(LGT_E_ALIAS),     STATUS(LGT_E_VALUE),    STATUS(LGT_E_LABEL),
    STATUS(LGT_E_OPTION),    STATUS(LGT_E_STATE),    STATUS(LGT_E_MISMATCH),
    STATUS(LGT_E_SIZE),      STATUS(LGT_E_SCRATCH),  STATUS(LGT_E_NOMEM),
    STATUS(LGT_E_UNSUPPORTED), STATUS(LGT_E_CALLBACK),
};
enum { COUNT = sizeof all / sizeof *all };

static void each(void) {
    for (size_t i = 0; i < COUNT; i++) {
        CHECK(strcmp(lgt_status_name(all[i].status), all[i].name) == 0);
        CHECK(strlen(lgt_status_string(all[i].status)) > 5);
        for (size_t j = 0; j < i; j++) {
            CHECK(all[i].status != all[j].status);
            CHECK(strcmp(lgt_status_string(all[i].status), lgt_status_string(all[j].status)) != 0);
        }
    }
}

static int known(int32_t status) {
    for (size_t i = 0; i < COUNT; i++)
        if (all[i].status == status) return 1;
    return 0;
}

static void others(void) {
    const int32_t far[] = {INT32_MIN, INT32_MAX, -1000, 1000};
    for (int32_t s = -50; s <= 50; s++) CHECK(known(s) == (strcmp(lgt_status_name(s), "LGT_?") != 0));
    for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
        CHECK(strcmp(lgt_status_name(far[i]), "LGT_?") == 0);
        CHECK(strlen(lgt_status_string(far[i])) > 5);
    }
}

void test(void) {
    each();
    others();
}
