/* Labels of every integer type, up against a guard page. */
#include "labelled.h"

/* The least and the largest number of each type, as the 64 bits it sign- or
 * zero-extends to. */
static const struct {
    uint32_t type;
    int64_t least;
    uint64_t largest;
} kinds[] = {
    {LGT_I8, INT8_MIN, INT8_MAX},    {LGT_I16, INT16_MIN, INT16_MAX},
    {LGT_I32, INT32_MIN, INT32_MAX}, {LGT_I64, INT64_MIN, INT64_MAX},
    {LGT_U8, 0, UINT8_MAX},          {LGT_U16, 0, UINT16_MAX},
    {LGT_U32, 0, UINT32_MAX},        {LGT_U64, 0, UINT64_MAX},
};

/* Writes `label` into row `at` of `rows` zeros and looks for it. */
static void look(uint32_t type, size_t rows, size_t at, int64_t label, size_t cols, int bad) {
    for (int at_end = 0; at_end < 2; at_end++) {
        labelled data = labelled_new(F32, type, rows, 1, 1, at_end);
        labelled_put_label(&data, at, label);
        size_t found = 77;
        CHECK_STATUS(lgt_labels_check(data.labels.data, type, rows, cols, &found),
                     bad ? LGT_E_LABEL : LGT_OK);
        CHECK(found == (bad ? at : 77));
        CHECK_STATUS(lgt_labels_check(data.labels.data, type, rows, cols, NULL),
                     bad ? LGT_E_LABEL : LGT_OK);
        labelled_free(data);
    }
}

static void each(void) {
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        uint32_t type = kinds[k].type;
        for (size_t rows = 1; rows <= 70; rows += size_step()) {
            size_t at = rows * 5 % 7 % rows, last = rows - 1;
            look(type, rows, at, 99, 100, 0);
            look(type, rows, last, 100, 100, 1);
            look(type, rows, last, (int64_t)kinds[k].largest, 100, 1);
            if (kinds[k].least < 0) {
                look(type, rows, last, -1, 100, 1);
                look(type, rows, last, -1, SIZE_MAX / 2, 1);
                look(type, rows, at, kinds[k].least, SIZE_MAX / 2, 1);
            }
        }
        /* The largest label there can be is a class if there are enough. */
        if (kinds[k].largest < SIZE_MAX)
            look(type, 3, 2, (int64_t)kinds[k].largest, (size_t)kinds[k].largest + 1, 0);
        look(type, 3, 0, 0, 0, 1);
    }
}

static void refused(void) {
    const int8_t labels[3] = {0, 1, 2};
    const uint32_t unknown[] = {0, 9, UINT32_MAX};
    size_t found = 77;
    for (size_t i = 0; i < 3; i++) {
        CHECK_STATUS(lgt_labels_check(labels, unknown[i], 3, 3, &found), LGT_E_LABEL);
        CHECK_STATUS(lgt_labels_check(NULL, unknown[i], 0, 3, &found), LGT_E_LABEL);
    }
    CHECK_STATUS(lgt_labels_check(NULL, LGT_I8, 3, 3, &found), LGT_E_NULL);
    CHECK_STATUS(lgt_labels_check(NULL, LGT_I8, 0, 3, &found), LGT_OK);
    CHECK_STATUS(lgt_labels_check(NULL, LGT_I8, 0, 0, &found), LGT_OK);
    /* More bytes than any array has. */
    CHECK_STATUS(lgt_labels_check(labels, LGT_I32, SIZE_MAX / 8 + 1, 3, &found), LGT_E_SIZE);
    CHECK_STATUS(lgt_labels_check(labels, LGT_I64, SIZE_MAX / 8 + 2, 3, &found), LGT_E_SIZE);
    CHECK(found == 77);
}

void test(void) {
    each();
    refused();
}
