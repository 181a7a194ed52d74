/* Extreme classification against its definition, between guard pages. */
#include "check.h"
#include "guarded.h"

enum { ROWS = 13, COLS = 21, MOST = 7 };

static lgt_status sparse_of(int type, void *state, const lgt_csr *given, const void *x,
                            const lgt_csr *labels, const double *inverse) {
    switch (type) {
    case F32: return lgt_xmc_update_f32(state, given, (const float *)x, labels, inverse, ROWS, COLS);
    case F64: return lgt_xmc_update_f64(state, given, (const double *)x, labels, inverse, ROWS, COLS);
    case F16:
        return lgt_xmc_update_f16(state, given, (const lgt_f16 *)x, labels, inverse, ROWS, COLS);
    default:
        return lgt_xmc_update_bf16(state, given, (const lgt_bf16 *)x, labels, inverse, ROWS, COLS);
    }
}

static lgt_status dense_of(int type, void *state, const void *x, const lgt_csr *labels,
                           const double *inverse) {
    switch (type) {
    case F32:
        return lgt_xmc_update_dense_f32(state, (const float *)x, COLS, labels, inverse, ROWS, COLS);
    case F64:
        return lgt_xmc_update_dense_f64(state, (const double *)x, COLS, labels, inverse, ROWS, COLS);
    case F16:
        return lgt_xmc_update_dense_f16(state, (const lgt_f16 *)x, COLS, labels, inverse, ROWS,
                                        COLS);
    default:
        return lgt_xmc_update_dense_bf16(state, (const lgt_bf16 *)x, COLS, labels, inverse, ROWS,
                                         COLS);
    }
}

/* Every (r + c) % step == 0 is there; row 0 has nothing. */
static lgt_csr some(guarded *starts, guarded *columns, size_t step) {
    size_t nnz = 0;
    int64_t *start;
    uint16_t *column;
    for (size_t i = COLS; i < ROWS * COLS; i++) nnz += (i / COLS + i % COLS) % step == 0;
    *starts = guard_end((ROWS + 1) * sizeof *start);
    *columns = guard_end(nnz * sizeof *column);
    start = (int64_t *)starts->data;
    column = (uint16_t *)columns->data;
    start[0] = start[1] = 0;
    for (size_t r = 1, at = 0; r < ROWS; r++) {
        for (size_t c = 0; c < COLS; c++)
            if ((r + c) % step == 0) column[at++] = (uint16_t)c;
        start[r + 1] = (int64_t)at;
    }
    lgt_csr made = {starts->data, columns->data, nnz, LGT_I64, LGT_U16};
    return made;
}

static void as_defined(int type) {
    guarded starts, columns, all_starts, all_columns, inverse = guard_end(COLS * 8);
    lgt_csr labels = some(&starts, &columns, 4), given = some(&all_starts, &all_columns, 1);
    guarded x = guard_end(ROWS * COLS * dtype_size(type)), state, other;
    size_t bytes;
    uint64_t seed = 5;
    lgt_xmc_report got;
    for (size_t i = 0; i < ROWS * COLS; i++) put(x.data, type, i, floor(2 * noise(&seed)) / 4);
    for (size_t c = 0; c < COLS; c++) ((double *)inverse.data)[c] = 1 + (double)c / 4;
    CHECK_STATUS(lgt_xmc_size(MOST, LGT_XMC_PROPENSITIES, &bytes), LGT_OK);
    CHECK(bytes == 48 + 352 * MOST);
    state = guard_end(bytes);
    other = guard_start(bytes);
    CHECK_STATUS(lgt_xmc_init(state.data, bytes, MOST, LGT_XMC_PROPENSITIES), LGT_OK);
    CHECK_STATUS(lgt_xmc_init(other.data, bytes, MOST, LGT_XMC_PROPENSITIES), LGT_OK);
    const double *weights = (const double *)inverse.data;
    CHECK_STATUS(dense_of(type, state.data, x.data, &labels, weights), LGT_OK);
    /* Row 0 has no scores here: the entries are those of the rows after it. */
    const void *from = (const char *)x.data + COLS * dtype_size(type);
    CHECK_STATUS(sparse_of(type, other.data, &given, from, &labels, weights), LGT_OK);
    CHECK(memcmp(state.data, other.data, bytes) == 0);
    for (uint32_t k = 1; k <= MOST; k++) {
        double hits = 0, gain = 0;
        for (size_t r = 1; r < ROWS; r++)
            for (size_t c = 0; c < COLS; c++) {
                size_t before = 0;
                for (size_t d = 0; d < COLS; d++) {
                    double a = get(x.data, type, r * COLS + c), b = get(x.data, type, r * COLS + d);
                    before += b > a || (b == a && d < c);
                }
                if (before < k && (r + c) % 4 == 0) {
                    hits++;
                    gain += weights[c];
                }
            }
        CHECK_STATUS(lgt_xmc_finish(state.data, &got, k, 0), LGT_OK);
        CHECK(got.rows == ROWS && got.empty_rows == 1 && got.nan_rows == 0);
        CHECK(got.hits == hits && got.gain == gain && got.psp == gain / got.ideal_gain);
        CHECK(fabs(got.precision - hits / (ROWS - 1) / k) < 1e-15);
        CHECK_STATUS(lgt_xmc_finish(state.data, &got, k, LGT_XMC_COUNT_EMPTY), LGT_OK);
        CHECK(fabs(got.precision - hits / ROWS / k) < 1e-15);
    }
    CHECK_STATUS(lgt_xmc_merge(state.data, other.data), LGT_OK);
    CHECK_STATUS(lgt_xmc_merge(state.data, state.data), LGT_E_ALIAS);
    CHECK_STATUS(lgt_xmc_finish(state.data, &got, 1, 0), LGT_OK);
    CHECK(got.rows == 2 * ROWS);
    guarded counts = guard_end(COLS * 8);
    memset(counts.data, 0, COLS * 8);
    CHECK_STATUS(lgt_csr_count(&labels, (uint64_t *)counts.data, ROWS, COLS), LGT_OK);
    for (size_t c = 0; c < COLS; c++) {
        uint64_t want = 0;
        for (size_t r = 1; r < ROWS; r++) want += (r + c) % 4 == 0;
        CHECK(((uint64_t *)counts.data)[c] == want);
    }
    guarded weigh = guard_start(COLS * 8);
    CHECK_STATUS(lgt_inverse_propensity((uint64_t *)counts.data, (double *)weigh.data, COLS, 13,
                                        0.55, 1.5),
                 LGT_OK);
    for (size_t c = 0; c < COLS; c++) {
        double n = (double)((uint64_t *)counts.data)[c];
        double want = 1 + (log(13) - 1) * pow(2.5, 0.55) * pow(n + 1.5, -0.55);
        CHECK(fabs(((double *)weigh.data)[c] - want) < 1e-13 * want);
    }
    guarded all[] = {starts, columns, all_starts, all_columns, inverse, x, state, other, counts,
                     weigh};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) guard_free(all[i]);
}

/* No rows, no labels, no scores: null pointers will do. */
static void nothing(void) {
    uint64_t state[6 + 12];
    lgt_csr none = {NULL, NULL, 0, LGT_I32, LGT_I32};
    int32_t starts[3] = {0, 0, 0};
    lgt_csr empty = {starts, NULL, 0, LGT_I32, LGT_I32};
    lgt_xmc_report got;
    CHECK_STATUS(lgt_xmc_init(state, sizeof state, 1, 0), LGT_OK);
    CHECK_STATUS(lgt_xmc_init(state, sizeof state - 8, 1, 0), LGT_E_SIZE);
    CHECK_STATUS(lgt_xmc_update_f32(state, &none, NULL, &none, NULL, 0, 5), LGT_OK);
    CHECK_STATUS(lgt_xmc_update_top(state, NULL, 0, LGT_I32, 0, &none, NULL, 0, 0), LGT_OK);
    CHECK_STATUS(lgt_xmc_finish(state, &got, 1, 0), LGT_UNDEFINED);
    CHECK(got.rows == 0 && isnan(got.precision));
    CHECK_STATUS(lgt_xmc_update_f32(state, &empty, NULL, &empty, NULL, 2, 5), LGT_OK);
    CHECK_STATUS(lgt_xmc_update_dense_f32(state, NULL, 0, &empty, NULL, 2, 0), LGT_OK);
    CHECK_STATUS(lgt_xmc_finish(state, &got, 1, LGT_XMC_COUNT_EMPTY), LGT_UNDEFINED);
    CHECK(got.rows == 4 && got.empty_rows == 4 && isnan(got.precision));
    CHECK_STATUS(lgt_csr_count(&none, NULL, 0, 0), LGT_OK);
    CHECK_STATUS(lgt_inverse_propensity(NULL, NULL, 0, 3, 0, 1), LGT_OK);
}

void test(void) {
    for (int type = 0; type < DTYPES; type++) as_defined(type);
    nothing();
}
