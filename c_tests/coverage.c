/* Coverage of prediction sets against its definition: loops over rows and classes. */
#include "classes.h"
#include "refused.h"

/* Of some rows; sums of weights that are multiples of 1/4 are exact in a double. */
typedef struct {
    double weight, covered;
} sums;

typedef struct {
    guarded masks, labels, weights;
    uint32_t type;
    size_t rows, stride, classes;
    int weighted;
} sample;

static size_t words_of(size_t n) {
    return (n + 63) / 64;
}

static sample sample_new(uint32_t type, size_t rows, size_t n, int weighted, int at_end) {
    guarded (*guard)(size_t) = at_end ? guard_end : guard_start;
    size_t stride = words_of(n) + rows % 3;
    size_t words = rows ? (rows - 1) * stride + words_of(n) : 0;
    sample s = {guard(8 * words), guard(rows * class_widths[type]), guard(8 * rows), type, rows,
                stride, n, weighted};
    uint64_t seed = rows + n;
    /* Bits past the last class and words between rows too. */
    for (size_t i = 0; i < words; i++) {
        uint64_t bits = 0;
        for (size_t b = 0; b < 64; b += 16) bits |= (uint64_t)class_noise(&seed, 1 << 16) << b;
        uint64_t kept = i % 5 == 1 ? bits << n % 64 : i % 5 == 2 ? bits & -bits : bits;
        ((uint64_t *)s.masks.data)[i] = kept;
    }
    for (size_t r = 0; r < rows; r++) {
        class_put(s.labels.data, type, r, class_noise(&seed, n > 127 ? 127 : n));
        ((double *)s.weights.data)[r] = (double)class_noise(&seed, 9) / 4;
    }
    return s;
}

static void sample_free(sample s) {
    guard_free(s.masks);
    guard_free(s.labels);
    guard_free(s.weights);
}

static int holds(const sample *s, size_t r, size_t c) {
    return ((const uint64_t *)s->masks.data)[r * s->stride + c / 64] >> c % 64 & 1;
}

static size_t label_of(const sample *s, size_t r) {
    uint64_t label = 0;
    for (size_t c = 0; c < 128 && c < s->classes; c++) {
        uint64_t as = 0;
        class_put(&as, s->type, 0, (int64_t)c);
        if (memcmp(&as, (const char *)s->labels.data + r * class_widths[s->type],
                   class_widths[s->type]) == 0)
            label = c;
    }
    return label;
}

static lgt_status update(void *state, const sample *s, size_t from, size_t to) {
    const char *labels = (const char *)s->labels.data + from * class_widths[s->type];
    const uint64_t *masks = (const uint64_t *)s->masks.data + from * s->stride;
    const double *weights = s->weighted ? (const double *)s->weights.data + from : NULL;
    return lgt_coverage_update(state, masks, s->stride, labels, s->type, weights, to - from,
                               s->classes);
}

static guarded fresh(size_t n, size_t *bytes) {
    CHECK_STATUS(lgt_coverage_size((uint32_t)n, bytes), LGT_OK);
    CHECK(*bytes == 88 + 128 * n);
    guarded state = guard_end(*bytes);
    CHECK_STATUS(lgt_coverage_init(state.data, *bytes, (uint32_t)n), LGT_OK);
    return state;
}

/* In parts, merged in either order, and row by row backwards: the same bytes. */
static void split(const void *whole, const sample *s) {
    size_t bytes, cut = s->rows / 3;
    guarded a = fresh(s->classes, &bytes), b = fresh(s->classes, &bytes);
    guarded c = fresh(s->classes, &bytes);
    CHECK_STATUS(update(a.data, s, 0, cut), LGT_OK);
    CHECK_STATUS(update(b.data, s, cut, s->rows), LGT_OK);
    for (size_t r = s->rows; r > 0; r--) CHECK_STATUS(update(c.data, s, r - 1, r), LGT_OK);
    CHECK_STATUS(lgt_coverage_merge(b.data, a.data), LGT_OK);
    CHECK(memcmp(b.data, whole, bytes) == 0 && memcmp(c.data, whole, bytes) == 0);
    CHECK_STATUS(update(b.data, s, 0, 0), LGT_OK);
    CHECK_STATUS(lgt_state_reset(b.data, bytes), LGT_OK);
    CHECK_STATUS(lgt_state_merge(b.data, bytes, whole, bytes), LGT_OK);
    CHECK(memcmp(b.data, whole, bytes) == 0);
    CHECK_STATUS(lgt_coverage_merge(a.data, a.data), LGT_E_ALIAS);
    guard_free(a);
    guard_free(b);
    guard_free(c);
}

static int same(double got, double want) {
    return isnan(want) ? isnan(got) : fabs(got - want) <= 1e-15;
}

static void same_groups(const lgt_coverage_group *got, const sums *want, size_t n) {
    for (size_t i = 0; i < n; i++) {
        CHECK(got[i].weight == want[i].weight && got[i].covered == want[i].covered);
        CHECK(want[i].weight > 0 ? got[i].coverage == want[i].covered / want[i].weight
                                 : isnan(got[i].coverage));
    }
}

static double violation(const sums *sizes, size_t n, double alpha, const uint32_t *edges,
                        size_t count) {
    double worst = NAN;
    for (size_t g = 0; g <= count; g++) {
        sums of = {0, 0};
        for (size_t s = 0; s <= n; s++) {
            if ((g > 0 && s <= edges[g - 1]) || (g < count && s > edges[g])) continue;
            of.weight += sizes[s].weight;
            of.covered += sizes[s].covered;
        }
        if (of.weight > 0) worst = fmax(worst, fabs(of.covered / of.weight - (1 - alpha)));
    }
    return worst;
}

static void reported(const void *state, const sums *by_class, const sums *by_size, size_t n,
                     uint64_t rows) {
    const uint32_t usual[] = {1, 3, 10, 100}, own[] = {0, 2, 64, 65, 1u << 31};
    const double alpha = 0.1;
    lgt_coverage_report report;
    sums all = {0, 0};
    double total = 0, least = NAN, gaps = 0, seen = 0;
    for (size_t s = 0; s <= n; s++) {
        all.weight += by_size[s].weight;
        all.covered += by_size[s].covered;
        total += (double)s * by_size[s].weight;
    }
    for (size_t c = 0; c < n; c++) {
        if (by_class[c].weight == 0) continue;
        double coverage = by_class[c].covered / by_class[c].weight;
        least = fmin(least, coverage);
        gaps += fabs(coverage - (1 - alpha));
        seen++;
    }
    lgt_status status = all.weight > 0 ? LGT_OK : LGT_UNDEFINED;
    CHECK_STATUS(lgt_coverage_finish(state, &report, alpha, own, 5), status);
    CHECK(same(report.size_violation, violation(by_size, n, alpha, own, 5)));
    CHECK_STATUS(lgt_coverage_finish(state, &report, alpha, own, 0), status);
    CHECK(same(report.size_violation, fabs(all.covered / all.weight - (1 - alpha))));
    CHECK_STATUS(lgt_coverage_finish(state, &report, alpha, NULL, 0), status);
    CHECK(same(report.size_violation, violation(by_size, n, alpha, usual, 4)));
    CHECK(report.rows == rows && report.weight == all.weight);
    CHECK(same(report.coverage, all.covered / all.weight));
    CHECK(all.weight > 0 ? report.mean_size == total / all.weight : isnan(report.mean_size));
    CHECK(same(report.empty, by_size[0].weight / all.weight));
    CHECK(same(report.single, by_size[1].weight / all.weight));
    CHECK(same(report.least_class_coverage, least));
    CHECK(seen > 0 ? fabs(report.class_gap - gaps / seen) <= 1e-14 : isnan(report.class_gap));
}

static void as_defined(uint32_t type, size_t rows, size_t n, int weighted) {
    size_t bytes, counted = 0;
    sample s = sample_new(type, rows, n, weighted, rows & 1);
    guarded state = fresh(n, &bytes);
    guarded groups = guard_end((n + 1) * sizeof(lgt_coverage_group));
    lgt_coverage_group *got = (lgt_coverage_group *)groups.data;
    sums *by_class = (sums *)calloc(n + 1, sizeof(sums));
    sums *by_size = (sums *)calloc(n + 1, sizeof(sums));
    for (size_t r = 0; r < rows; r++) {
        double weight = weighted ? ((const double *)s.weights.data)[r] : 1;
        size_t size = 0, label = label_of(&s, r);
        for (size_t c = 0; c < n; c++) size += (size_t)holds(&s, r, c);
        counted += weight > 0;
        by_class[label].weight += weight;
        by_size[size].weight += weight;
        if (!holds(&s, r, label)) continue;
        by_class[label].covered += weight;
        by_size[size].covered += weight;
    }
    CHECK_STATUS(update(state.data, &s, 0, rows), LGT_OK);
    split(state.data, &s);
    CHECK_STATUS(lgt_coverage_get_classes(state.data, got, n), LGT_OK);
    same_groups(got, by_class, n);
    CHECK_STATUS(lgt_coverage_get_sizes(state.data, got, n + 1), LGT_OK);
    same_groups(got, by_size, n + 1);
    reported(state.data, by_class, by_size, n, counted);
    free(by_class);
    free(by_size);
    guard_free(groups);
    guard_free(state);
    sample_free(s);
}

static void refused(void) {
    uint64_t state[11 + 16 * 3], other[11 + 16 * 4], sets[2] = {3, 1};
    int8_t labels[2] = {0, 2}, bad[2] = {0, 3}, negative[2] = {-1, 0};
    double weights[2] = {1, NAN}, minus[2] = {-1, 1}, large[2] = {1, 1e30}, none[2] = {0, 0x1p-161};
    const uint32_t falling[2] = {3, 1}, equal[2] = {3, 3};
    lgt_coverage_report report;
    lgt_coverage_group groups[4];
    size_t bytes = 77;
    watch(0, &bytes, sizeof bytes);
    REFUSED(lgt_coverage_size(0, &bytes), LGT_E_VALUE);
    REFUSED(lgt_coverage_size(UINT32_MAX, &bytes), LGT_E_VALUE);
    REFUSED(lgt_coverage_size(33554432, &bytes), LGT_E_VALUE);
    REFUSED(lgt_coverage_size(3, NULL), LGT_E_NULL);
    memset(state, 0x5a, sizeof state);
    memset(&report, 0x5a, sizeof report);
    memset(groups, 0x5a, sizeof groups);
    watch(0, state, sizeof state);
    watch(1, &report, sizeof report);
    watch(2, groups, sizeof groups);
    REFUSED(lgt_coverage_init(state, sizeof state - 8, 3), LGT_E_SIZE);
    REFUSED(lgt_coverage_init(state, sizeof state, 0), LGT_E_VALUE);
    REFUSED(lgt_coverage_init((char *)state + 4, sizeof state - 4, 1), LGT_E_STATE);
    REFUSED(lgt_coverage_init(NULL, sizeof state, 3), LGT_E_NULL);
    REFUSED(lgt_coverage_finish(state, &report, 0.1, NULL, 0), LGT_E_STATE);
    CHECK_STATUS(lgt_coverage_init(state, sizeof state, 3), LGT_OK);
    CHECK_STATUS(lgt_coverage_init(other, sizeof other, 4), LGT_OK);
    CHECK_STATUS(lgt_coverage_update(state, sets, 1, labels, LGT_I8, none, 2, 3), LGT_OK);
    CHECK_STATUS(lgt_coverage_finish(state, &report, 0.1, NULL, 0), LGT_UNDEFINED);
    CHECK(report.rows == 0 && report.weight == 0 && isnan(report.coverage));
    CHECK_STATUS(lgt_coverage_update(state, sets, 1, labels, LGT_I8, NULL, 2, 3), LGT_OK);
    watch(0, state, sizeof state);
    watch(1, &report, sizeof report);
#define UPDATE(masks, stride, labels, type, weights, cols) \
    lgt_coverage_update(state, masks, stride, labels, type, weights, 2, cols)
    REFUSED(lgt_coverage_update(NULL, sets, 1, labels, LGT_I8, NULL, 2, 3), LGT_E_NULL);
    REFUSED(UPDATE(NULL, 1, labels, LGT_I8, NULL, 3), LGT_E_NULL);
    REFUSED(UPDATE(sets, 1, NULL, LGT_I8, NULL, 3), LGT_E_NULL);
    REFUSED(UPDATE(sets, 0, labels, LGT_I8, NULL, 3), LGT_E_STRIDE);
    REFUSED(UPDATE(sets, 1, labels, LGT_I8, NULL, 2), LGT_E_SHAPE);
    REFUSED(UPDATE(sets, 1, labels, LGT_I8, NULL, 67), LGT_E_SHAPE);
    REFUSED(UPDATE(sets, SIZE_MAX / 8, labels, LGT_I8, NULL, 3), LGT_E_SIZE);
    REFUSED(UPDATE(sets, 1, labels, 9, NULL, 3), LGT_E_LABEL);
    REFUSED(UPDATE(sets, 1, bad, LGT_I8, NULL, 3), LGT_E_LABEL);
    REFUSED(UPDATE(sets, 1, negative, LGT_I8, NULL, 3), LGT_E_LABEL);
    REFUSED(UPDATE(sets, 1, labels, LGT_I8, weights, 3), LGT_E_VALUE);
    REFUSED(UPDATE(sets, 1, labels, LGT_I8, minus, 3), LGT_E_VALUE);
    REFUSED(UPDATE(sets, 1, labels, LGT_I8, large, 3), LGT_E_VALUE);
#undef UPDATE
    REFUSED(lgt_coverage_merge(state, other), LGT_E_MISMATCH);
    REFUSED(lgt_coverage_merge(state, NULL), LGT_E_NULL);
    REFUSED(lgt_coverage_finish(state, NULL, 0.1, NULL, 0), LGT_E_NULL);
    REFUSED(lgt_coverage_finish(NULL, &report, 0.1, NULL, 0), LGT_E_NULL);
    REFUSED(lgt_coverage_finish(state, &report, 0, NULL, 0), LGT_E_VALUE);
    REFUSED(lgt_coverage_finish(state, &report, 1, NULL, 0), LGT_E_VALUE);
    REFUSED(lgt_coverage_finish(state, &report, NAN, NULL, 0), LGT_E_VALUE);
    REFUSED(lgt_coverage_finish(state, &report, 0.1, NULL, 2), LGT_E_NULL);
    REFUSED(lgt_coverage_finish(state, &report, 0.1, falling, 2), LGT_E_VALUE);
    REFUSED(lgt_coverage_finish(state, &report, 0.1, equal, 2), LGT_E_VALUE);
    REFUSED(lgt_coverage_finish(state, &report, 0.1, equal, 65537), LGT_E_SIZE);
    REFUSED(lgt_coverage_get_classes(state, groups, 2), LGT_E_SIZE);
    REFUSED(lgt_coverage_get_sizes(state, groups, 3), LGT_E_SIZE);
    REFUSED(lgt_coverage_get_sizes(state, NULL, 4), LGT_E_NULL);
    for (size_t bit = 0; bit < 128; bit++) {
        state[bit / 64] ^= (uint64_t)1 << bit % 64;
        watch(0, state, sizeof state);
        REFUSED(lgt_coverage_finish(state, &report, 0.1, NULL, 0), LGT_E_STATE);
        REFUSED(lgt_coverage_update(state, sets, 1, labels, LGT_I8, NULL, 2, 3), LGT_E_STATE);
        state[bit / 64] ^= (uint64_t)1 << bit % 64;
    }
}

/* Past a good head all bytes are some state. */
static void hostile(void) {
    uint64_t state[11 + 16 * 3], seed = 3;
    lgt_coverage_report report;
    lgt_coverage_group groups[4];
    CHECK_STATUS(lgt_coverage_init(state, sizeof state, 3), LGT_OK);
    for (int i = 0; i < 500; i++) {
        for (size_t w = 2; w < sizeof state / 8; w++)
            state[w] = (uint64_t)class_noise(&seed, 1u << 30) << class_noise(&seed, 35);
        CHECK(lgt_coverage_finish(state, &report, 0.5, NULL, 0) >= 0);
        CHECK_STATUS(lgt_coverage_get_classes(state, groups, 3), LGT_OK);
        CHECK_STATUS(lgt_coverage_get_sizes(state, groups, 4), LGT_OK);
    }
}

void test(void) {
    for (uint32_t type = LGT_I8; type <= LGT_U64; type++)
        for (size_t rows = 0; rows < 20; rows++) as_defined(type, rows, 3 + rows * 7, rows & 1);
    const size_t classes[] = {1, 2, 63, 64, 65, 127, 128, 129, 1000};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        as_defined(LGT_I64, 300, classes[i], 1);
        as_defined(LGT_U8, 97, classes[i], 0);
    }
    refused();
    hostile();
}
