/* The concordance index against a count of all comparable pairs. */
#include "columns.h"

static uint8_t ended[MOST_ROWS];
static const void *events;

/* Events are not of these arrays. */
static lgt_status of_f32(const void *x, const void *y, void *report, size_t n, void *scratch,
                         size_t size) {
    return lgt_concordance_index_f32((const float *)x, (const float *)y, events, LGT_U8,
                                     (lgt_concordance_index_report *)report, n, scratch, size);
}

static lgt_status of_f64(const void *x, const void *y, void *report, size_t n, void *scratch,
                         size_t size) {
    return lgt_concordance_index_f64((const double *)x, (const double *)y, events, LGT_U8,
                                     (lgt_concordance_index_report *)report, n, scratch, size);
}

static void as_defined(of_columns f, int type, size_t n, int levels) {
    lgt_concordance_index_report got;
    uint64_t right = 0, wrong = 0, tied = 0;
    columns_fill(n, levels);
    for (size_t i = 0; i < n; i++) ended[i] = i % 3 != 1;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            int event = events == NULL || ended[i], other = events == NULL || ended[j];
            int longer = column_y[j] > column_y[i] || (column_y[j] == column_y[i] && !other);
            if (i == j || !event || !longer) continue;
            right += column_x[j] > column_x[i];
            wrong += column_x[j] < column_x[i];
            tied += column_x[j] == column_x[i];
        }
    }
    uint64_t all = right + wrong + tied;
    CHECK_STATUS(columns_call(f, lgt_concordance_index_scratch, type, n, &got),
                 all > 0 ? LGT_OK : LGT_UNDEFINED);
    CHECK(got.concordant == right && got.discordant == wrong && got.ties_x == tied);
    CHECK(all > 0 ? got.value == (2 * right + tied) / (2.0 * all) : isnan(got.value));
}

void test(void) {
    const float x[3] = {1, 2, 3};
    const int8_t bad[3] = {0, 1, -1};
    uint64_t scratch[16];
    lgt_concordance_index_report report;
    const size_t sizes[] = {2, 3, 15, 16, 17, 100};
    for (int with = 0; with < 2; with++) {
        events = with ? ended : NULL;
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            for (int levels = 2; levels < 2000; levels *= 9) {
                as_defined(of_f32, F32, sizes[i], levels);
                as_defined(of_f64, F64, sizes[i], levels);
            }
        }
    }
    events = NULL;
    columns_refused(of_f32, lgt_concordance_index_scratch);
    CHECK_STATUS(lgt_concordance_index_f32(x, x, bad, LGT_I8, &report, 3, scratch, sizeof scratch),
                 LGT_E_LABEL);
    CHECK_STATUS(lgt_concordance_index_f32(x, x, bad, 77, &report, 3, scratch, sizeof scratch),
                 LGT_E_LABEL);
    CHECK_STATUS(lgt_concordance_index_f32(x, x, scratch, LGT_U8, &report, 3, scratch,
                                           sizeof scratch),
                 LGT_E_ALIAS);
}
