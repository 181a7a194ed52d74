/* Ranks against counting. */
#include "columns.h"

static lgt_status call(int type, const void *x, double *ranks, lgt_rank_report *report, size_t n,
                       uint32_t method, void *scratch, size_t size) {
    switch (type) {
    case F32: return lgt_rank_f32((const float *)x, ranks, report, n, method, scratch, size);
    case F64: return lgt_rank_f64((const double *)x, ranks, report, n, method, scratch, size);
    case F16: return lgt_rank_f16((const lgt_f16 *)x, ranks, report, n, method, scratch, size);
    default: return lgt_rank_bf16((const lgt_bf16 *)x, ranks, report, n, method, scratch, size);
    }
}

static double expected(size_t n, size_t row, uint32_t method) {
    double less = 0, same = 0, before = 0, different = 0;
    for (size_t i = 0; i < n; i++) {
        int first = 1;
        for (size_t j = 0; j < i; j++) first = first && column_x[j] != column_x[i];
        less += column_x[i] < column_x[row];
        same += column_x[i] == column_x[row];
        before += column_x[i] == column_x[row] && i < row;
        different += first && column_x[i] < column_x[row];
    }
    switch (method) {
    case LGT_RANK_AVERAGE: return less + (same + 1) / 2;
    case LGT_RANK_MIN: return less + 1;
    case LGT_RANK_MAX: return less + same;
    case LGT_RANK_DENSE: return different + 1;
    default: return less + before + 1;
    }
}

static void as_defined(int type, size_t n, int levels) {
    guarded x = guard_end(n * dtype_size(type)), scratch = guard_end(8 * n);
    guarded ranks = guard_end(8 * n);
    lgt_rank_report report;
    columns_fill(n, levels);
    for (size_t i = 0; i < n; i++) put(x.data, type, i, column_x[i]);
    for (uint32_t method = 0; method <= LGT_RANK_ORDINAL; method++) {
        CHECK_STATUS(call(type, x.data, (double *)ranks.data, &report, n, method, scratch.data,
                          8 * n),
                     LGT_OK);
        CHECK(report.rows == n && report.nan_rows == 0);
        for (size_t i = 0; i < n; i++)
            CHECK(((double *)ranks.data)[i] == expected(n, i, method));
    }
    guard_free(x);
    guard_free(scratch);
    guard_free(ranks);
}

void test(void) {
    enum { N = 4 };
    const float x[N] = {1, -0.0f, 0, INFINITY}, none[N] = {1, NAN, 3, 4};
    double ranks[N] = {7, 7, 7, 7};
    uint64_t scratch[N];
    lgt_rank_report report;
    size_t bytes = 0;
    const size_t sizes[] = {0, 1, 2, 15, 16, 17, 60};
    for (int type = 0; type < DTYPES; type++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            for (int levels = 2; levels < 200; levels *= 9) as_defined(type, sizes[i], levels);
    CHECK_STATUS(lgt_rank_scratch(N, &bytes), LGT_OK);
    CHECK(bytes == sizeof scratch);
    CHECK_STATUS(lgt_rank_f32(NULL, ranks, &report, N, 0, scratch, bytes), LGT_E_NULL);
    CHECK_STATUS(lgt_rank_f32(x, NULL, &report, N, 0, scratch, bytes), LGT_E_NULL);
    CHECK_STATUS(lgt_rank_f32(x, ranks, NULL, N, 0, scratch, bytes), LGT_E_NULL);
    CHECK_STATUS(lgt_rank_f32(x, ranks, &report, N, 5, scratch, bytes), LGT_E_OPTION);
    CHECK_STATUS(lgt_rank_f32(x, ranks, &report, N, 0, scratch, bytes - 1), LGT_E_SCRATCH);
    CHECK_STATUS(lgt_rank_f32(x, (double *)scratch, &report, N, 0, scratch, bytes), LGT_E_ALIAS);
    CHECK_STATUS(lgt_rank_f64(ranks, ranks, &report, N, 0, scratch, bytes), LGT_E_ALIAS);
    CHECK(ranks[0] == 7 && ranks[3] == 7);
    CHECK_STATUS(lgt_rank_f32(none, ranks, &report, N, 0, scratch, bytes), LGT_UNDEFINED);
    CHECK(report.nan_rows == 1 && isnan(ranks[0]) && isnan(ranks[3]));
    CHECK_STATUS(lgt_rank_f32(x, ranks, &report, N, LGT_RANK_AVERAGE, scratch, bytes), LGT_OK);
    CHECK(ranks[0] == 3 && ranks[1] == 1.5 && ranks[2] == 1.5 && ranks[3] == 4);
}
