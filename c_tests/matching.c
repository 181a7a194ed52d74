/* Ranks of true candidates against their definition, between guard pages. */
#include "check.h"
#include "guarded.h"

static lgt_status update(int type, void *state, const void *x, size_t cols, const int32_t *y,
                         double *ranks, size_t rows) {
    switch (type) {
    case F32:
        return lgt_matching_update_f32(state, (const float *)x, cols, y, LGT_I32, 0, ranks, rows,
                                       cols);
    case F64:
        return lgt_matching_update_f64(state, (const double *)x, cols, y, LGT_I32, 0, ranks, rows,
                                       cols);
    case F16:
        return lgt_matching_update_f16(state, (const lgt_f16 *)x, cols, y, LGT_I32, 0, ranks, rows,
                                       cols);
    default:
        return lgt_matching_update_bf16(state, (const lgt_bf16 *)x, cols, y, LGT_I32, 0, ranks,
                                        rows, cols);
    }
}

static lgt_status count(int type, const void *x, size_t cols, const void *own, uint64_t *greater,
                        uint64_t *equal, size_t rows) {
    switch (type) {
    case F32:
        return lgt_matching_count_f32((const float *)x, cols, (const float *)own, greater, equal,
                                      rows, cols);
    case F64:
        return lgt_matching_count_f64((const double *)x, cols, (const double *)own, greater, equal,
                                      rows, cols);
    case F16:
        return lgt_matching_count_f16((const lgt_f16 *)x, cols, (const lgt_f16 *)own, greater,
                                      equal, rows, cols);
    default:
        return lgt_matching_count_bf16((const lgt_bf16 *)x, cols, (const lgt_bf16 *)own, greater,
                                       equal, rows, cols);
    }
}

static void as_defined(int type, size_t rows, size_t cols, uint32_t ties) {
    guarded x = guard_end(rows * cols * dtype_size(type)), own = guard_end(rows * dtype_size(type));
    guarded y = guard_end(4 * rows), ranks = guard_start(8 * rows), counts = guard_end(16 * rows);
    guarded state, other;
    static const uint32_t cutoffs[3] = {1, 5, 10};
    size_t bytes, hits[3] = {0, 0, 0};
    uint64_t seed = rows + cols;
    for (size_t i = 0; i < rows * cols; i++) put(x.data, type, i, floor(4 * noise(&seed)) / 8);
    CHECK_STATUS(lgt_matching_size(&bytes), LGT_OK);
    CHECK(bytes == 1312);
    state = guard_end(bytes);
    other = guard_start(bytes);
    CHECK_STATUS(lgt_matching_init(state.data, bytes, cutoffs, 3, ties), LGT_OK);
    CHECK_STATUS(lgt_matching_init(other.data, bytes, cutoffs, 3, ties), LGT_OK);
    for (size_t r = 0; r < rows; r++) {
        ((int32_t *)y.data)[r] = (int32_t)((7 * r) % cols);
        put(own.data, type, r, get(x.data, type, r * cols + (7 * r) % cols));
    }
    double *rank = (double *)ranks.data;
    int32_t *truth = (int32_t *)y.data;
    CHECK_STATUS(update(type, state.data, x.data, cols, truth, (double *)y.data, rows),
                 rows ? LGT_E_ALIAS : LGT_OK);
    CHECK_STATUS(update(type, state.data, x.data, cols, truth, rank, rows), LGT_OK);
    for (size_t r = 0; r < rows; r++) {
        double above = 0, same = 0;
        for (size_t c = 0; c < cols; c++) {
            above += get(x.data, type, r * cols + c) > get(own.data, type, r);
            same += get(x.data, type, r * cols + c) == get(own.data, type, r);
        }
        CHECK(rank[r] == (ties == LGT_MATCHING_TIES_FIRST  ? above + 1
                          : ties == LGT_MATCHING_TIES_LAST ? above + same
                                                           : above + (same + 1) / 2));
        for (int k = 0; k < 3; k++) hits[k] += rank[r] <= cutoffs[k];
    }
    memset(counts.data, 0, 16 * rows);
    uint64_t *greater = (uint64_t *)counts.data, *equal = greater + rows;
    CHECK_STATUS(count(type, x.data, cols, own.data, greater, equal, rows), LGT_OK);
    CHECK_STATUS(lgt_matching_add(other.data, greater, equal, NULL, rows), LGT_OK);
    CHECK(memcmp(state.data, other.data, bytes) == 0);
    double recall[3] = {7, 7, 7};
    CHECK_STATUS(lgt_matching_get_recall(state.data, recall, 3), rows ? LGT_OK : LGT_UNDEFINED);
    for (int k = 0; k < 3; k++)
        CHECK(rows ? recall[k] == (double)hits[k] / (double)rows : isnan(recall[k]));
    CHECK_STATUS(lgt_matching_get_recall(state.data, recall, 2), LGT_E_SIZE);
    guarded all[] = {x, own, y, ranks, counts, state, other};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) guard_free(all[i]);
}

void test(void) {
    static const size_t lengths[] = {1, 2, 15, 16, 17, 33, 64, 200};
    for (int type = 0; type < DTYPES; type++)
        for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
            for (uint32_t ties = 0; ties < 3; ties++) as_defined(type, i * 3, lengths[i], ties);
    double ranks[4] = {4, 1, 3, 1}, median = 7;
    CHECK_STATUS(lgt_matching_median_rank(ranks, &median, 4), LGT_OK);
    CHECK(median == 2);
    CHECK_STATUS(lgt_matching_median_rank(ranks, &median, 3), LGT_OK);
    CHECK(median == 3);
    CHECK_STATUS(lgt_matching_median_rank(NULL, &median, 1), LGT_E_NULL);
    CHECK_STATUS(lgt_matching_median_rank(NULL, &median, 0), LGT_UNDEFINED);
    CHECK(isnan(median));
}
