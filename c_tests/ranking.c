/* Measures of ranking between guard pages: an example, any order of documents, refusals. */
#include "classes.h"
#include "refused.h"

static const lgt_ranking_measure WANTED[3] = {
    {LGT_RANKING_NDCG, 10}, {LGT_RANKING_AVERAGE_PRECISION, 0}, {LGT_RANKING_ERR, 5}};

static guarded fresh(size_t *bytes) {
    CHECK_STATUS(lgt_ranking_size(WANTED, 3, NULL, bytes), LGT_OK);
    CHECK(*bytes == 48 + 3 * 608);
    guarded state = guard_end(*bytes);
    CHECK_STATUS(lgt_ranking_init(state.data, *bytes, WANTED, 3, NULL), LGT_OK);
    return state;
}

/* Documents that are turned round are the same documents, whatever is tied; rows are the
 * same queries as pieces of one row. Every array ends, or starts, at a guard page. */
static void turned(size_t rows, size_t cols, uint32_t kinds, int at_end) {
    size_t bytes, room, n = rows * cols;
    guarded one = fresh(&bytes), two = fresh(&bytes);
    CHECK_STATUS(lgt_ranking_scratch(cols, &room), LGT_OK);
    CHECK(room == 24 * cols + (cols ? 8 : 0));
    guarded (*make)(size_t) = at_end ? guard_end : guard_start;
    guarded x = make(4 * n), back = make(4 * n), y = make(8 * n), turned_y = make(4 * n);
    guarded offsets = make(8 * (rows + 1)), values = make(24 * rows), scratch = guard_end(room);
    uint64_t seed = n + kinds;
    for (size_t r = 0; r < rows; r++) {
        ((uint64_t *)offsets.data)[r] = r * cols;
        for (size_t c = 0; c < cols; c++) {
            size_t here = r * cols + c, there = r * cols + cols - 1 - c;
            int64_t grade = class_noise(&seed, 4);
            ((float *)x.data)[here] = ((float *)back.data)[there] =
                (float)class_noise(&seed, kinds);
            ((int64_t *)y.data)[here] = grade;
            ((float *)turned_y.data)[there] = (float)grade;
        }
    }
    ((uint64_t *)offsets.data)[rows] = n;
    CHECK_STATUS(lgt_ranking_update_f32(one.data, (float *)x.data, cols, y.data, cols, LGT_I64,
                                        NULL, NULL, (double *)values.data, rows, cols,
                                        scratch.data, room),
                 LGT_OK);
    CHECK_STATUS(lgt_ranking_update_f32(two.data, (float *)back.data, 0, turned_y.data, 0, LGT_F32,
                                        (uint64_t *)offsets.data, NULL, NULL, rows, n,
                                        scratch.data, room),
                 LGT_OK);
    lgt_ranking_report a[3], b[3];
    lgt_status status = lgt_ranking_finish(one.data, a, 3);
    CHECK_STATUS(lgt_ranking_finish(two.data, b, 3), status);
    for (int m = 0; m < 3; m++) {
        CHECK(a[m].queries == rows && b[m].queries == rows);
        CHECK(a[m].empty_queries == b[m].empty_queries && a[m].nan_queries == 0);
        CHECK(a[m].weight > 0 ? fabs(a[m].mean - b[m].mean) < 1e-13 : isnan(a[m].mean));
        CHECK(!(a[m].mean < 0) && !(a[m].mean > 1));
        for (size_t r = 0; r < rows; r++) {
            double value = ((double *)values.data)[3 * r + m];
            CHECK(isnan(value) || (value >= 0 && value <= 1));
        }
    }
    guarded all[] = {one, two, x, back, y, turned_y, offsets, values, scratch};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        guard_free(all[i]);
    }
}

static void refused(void) {
    size_t bytes;
    guarded state = fresh(&bytes);
    void *s = state.data;
    float x[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    double values[6] = {0};
    const int32_t y[8] = {0, 1, 2, 3, 4, 0, 1, 2}, high[8] = {0, 1, 5, 3, 4, 0, 1, 2};
    const float weights[2] = {1, -1};
    const uint64_t good[3] = {0, 3, 8}, down[3] = {0, 5, 3}, past[3] = {0, 3, 9};
    uint64_t room[64];
    size_t size = 24 * 4 + 8;
    lgt_ranking_report report[3];
    watch(0, s, bytes);
    watch(1, values, sizeof values);
#define ADD(x, xs, y, ys, type, offsets, weights, values, rows, cols, room, size)                  \
    lgt_ranking_update_f32(s, x, xs, y, ys, type, offsets, weights, values, rows, cols, room, size)
    CHECK_STATUS(lgt_ranking_update_f32(NULL, x, 4, y, 4, LGT_I32, NULL, NULL, NULL, 2, 4, room, size),
                 LGT_E_NULL);
    REFUSED(ADD(NULL, 4, y, 4, LGT_I32, NULL, NULL, values, 2, 4, room, size), LGT_E_NULL);
    REFUSED(ADD(x, 4, NULL, 4, LGT_I32, NULL, NULL, values, 2, 4, room, size), LGT_E_NULL);
    REFUSED(ADD(x, 4, NULL, 4, LGT_F64, NULL, NULL, values, 2, 4, room, size), LGT_E_NULL);
    REFUSED(ADD(x, 4, y, 4, LGT_I32, NULL, NULL, values, 2, 4, NULL, size), LGT_E_NULL);
    REFUSED(ADD(x, 3, y, 4, LGT_I32, NULL, NULL, values, 2, 4, room, size), LGT_E_STRIDE);
    REFUSED(ADD(x, 4, y, 3, LGT_I32, NULL, NULL, values, 2, 4, room, size), LGT_E_STRIDE);
    REFUSED(ADD(x, 4, y, 4, 0, NULL, NULL, values, 2, 4, room, size), LGT_E_LABEL);
    REFUSED(ADD(x, 4, y, 4, 11, NULL, NULL, values, 2, 4, room, size), LGT_E_LABEL);
    REFUSED(ADD(x, 4, high, 4, LGT_I32, NULL, NULL, values, 2, 4, room, size), LGT_E_VALUE);
    REFUSED(ADD(x, 4, y, 4, LGT_I32, NULL, weights, values, 2, 4, room, size), LGT_E_VALUE);
    REFUSED(ADD(x, 8, y, 8, LGT_I32, down, NULL, values, 2, 8, room, size), LGT_E_SHAPE);
    REFUSED(ADD(x, 8, y, 8, LGT_I32, past, NULL, values, 2, 8, room, size), LGT_E_SHAPE);
    REFUSED(ADD(x, 8, y, 8, LGT_I32, good, NULL, values, 2, 8, room, size), LGT_E_SCRATCH);
    REFUSED(ADD(x, 4, y, 4, LGT_I32, NULL, NULL, values, 2, 4, room, size - 1), LGT_E_SCRATCH);
    REFUSED(ADD(x, 4, y, 4, LGT_I32, NULL, NULL, values, 2, 4, (char *)room + 4, size + 8),
            LGT_E_SCRATCH);
    REFUSED(ADD(x, 4, y, 4, LGT_I32, NULL, NULL, (double *)room, 2, 4, room, size), LGT_E_ALIAS);
    REFUSED(ADD(x, 4, y, 4, LGT_I32, NULL, NULL, (double *)x, 1, 4, room, size), LGT_E_ALIAS);
    REFUSED(ADD(x, (size_t)1 << 61, y, 4, LGT_I32, NULL, NULL, values, 9, 4, room, size),
            LGT_E_SIZE);
    REFUSED(lgt_ranking_finish(s, report, 2), LGT_E_SIZE);
    REFUSED(lgt_ranking_finish(s, NULL, 3), LGT_E_NULL);
    REFUSED(lgt_ranking_merge(s, s), LGT_E_ALIAS);
    CHECK_STATUS(lgt_ranking_finish(s, report, 3), LGT_UNDEFINED);
    CHECK_STATUS(ADD(x, 8, y, 8, LGT_I32, good, NULL, values, 2, 8, room, 24 * 5 + 8), LGT_OK);
    /* Nothing at all. */
    CHECK_STATUS(ADD(NULL, 0, NULL, 0, LGT_I32, NULL, NULL, NULL, 0, 0, NULL, 0), LGT_OK);
    guard_free(state);
}

void test(void) {
    const size_t shapes[][2] = {{0, 5},  {2, 0},  {3, 1},   {2, 2},   {3, 15}, {3, 16},
                                {3, 17}, {2, 64}, {2, 100}, {2, 129}, {1, 300}, {1, 1025}};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        for (uint32_t kinds = 1; kinds < 2000; kinds *= 7) {
            turned(shapes[i][0], shapes[i][1], kinds, (int)(kinds & 2));
        }
    }
    refused();
}
