/* What documentation allows of many threads at once: a first call, a state each, one model for
 * all, another level under way. The results are those of one thread. */
#include "families.h"

#include <pthread.h>

enum { THREADS = 4, ROWS = 240, COLS = 13, LEVELS = LGT_LEVEL_SIMD128 + 1 };

/* Calls `work` on THREADS threads, with entry t of `each`, of `size` bytes, on thread t. */
static void together(void *(*work)(void *), void *each, size_t size) {
    pthread_t threads[THREADS];
    for (size_t t = 0; t < THREADS; t++)
        if (pthread_create(&threads[t], NULL, work, (char *)each + t * size) != 0) exit(1);
    for (size_t t = 0; t < THREADS; t++) pthread_join(threads[t], NULL);
}

/* Before main, so that nobody has asked for the level yet. */
static uint32_t found[THREADS];

static void *first_call(void *level) {
    *(uint32_t *)level = lgt_cpu_level();
    return NULL;
}

__attribute__((constructor)) static void at_once(void) {
    together(first_call, found, sizeof *found);
}

/* A state and the rows that it is to see. */
typedef struct {
    const family *of;
    const labelled *data;
    size_t from, to;
    lgt_status status;
    uint64_t state[LARGEST_STATE / 8];
} part;

static void *add(void *of) {
    part *p = (part *)of;
    p->status = labelled_add(p->of->update[p->data->type], p->state, p->data, p->from, p->to);
    return NULL;
}

static void part_of(part *p, const family *of, const labelled *data, size_t from, size_t to) {
    p->of = of;
    p->data = data;
    p->from = from;
    p->to = to;
    p->status = LGT_OK;
    CHECK_STATUS(of->init(p->state, sizeof p->state), LGT_OK);
}

static void states(const labelled *data) {
    static part parts[THREADS], whole;
    for (int i = 0; i < FAMILIES; i++) {
        size_t size;
        CHECK_STATUS(families[i].size(&size), LGT_OK);
        part_of(&whole, &families[i], data, 0, ROWS);
        add(&whole);
        for (size_t t = 0; t < THREADS; t++)
            part_of(&parts[t], &families[i], data, t * ROWS / THREADS, (t + 1) * ROWS / THREADS);
        together(add, parts, sizeof *parts);
        for (size_t t = THREADS - 1; t > 0; t--) {
            CHECK_STATUS(parts[t].status, whole.status);
            CHECK_STATUS(families[i].merge(parts[t - 1].state, parts[t].state), LGT_OK);
        }
        CHECK(memcmp(parts[0].state, whole.state, size) == 0);
    }
}

/* Calibrators: what a thread fits of the same rows, and what one model makes of them. */
typedef struct {
    const float *x;
    const uint8_t *labels;
    const lgt_temperature_model *temperature;
    const lgt_platt_model *platt;
    const void *isotonic;
    size_t isotonic_size, scratch_size;
} shared;

typedef struct {
    const shared *all;
    lgt_status status[7];
    lgt_temperature_model temperature;
    lgt_platt_model platt;
    uint64_t isotonic[ROWS * 8];
    float rows[ROWS * COLS], binary[ROWS], steps[ROWS];
} fitted;

static void *fit_and_apply(void *of) {
    fitted *f = (fitted *)of;
    const shared *all = f->all;
    uint64_t scratch[ROWS * 16];
    f->status[0] = lgt_temperature_fit_f32(&f->temperature, all->x, COLS, all->labels, LGT_U8,
                                           NULL, ROWS, COLS, NULL);
    f->status[1] = lgt_platt_fit_f32(&f->platt, all->x, COLS, all->labels + ROWS, LGT_U8, NULL,
                                     ROWS, NULL);
    f->status[2] = lgt_isotonic_fit_f32(f->isotonic, all->isotonic_size, all->x, COLS,
                                        all->labels + ROWS, LGT_U8, NULL, ROWS, NULL, scratch,
                                        all->scratch_size);
    if (!all->temperature) return NULL;
    f->status[3] = lgt_temperature_apply_f32(all->temperature, all->x, COLS, f->rows, COLS, ROWS,
                                             COLS);
    f->status[4] = lgt_platt_apply_f32(all->platt, all->x, COLS, f->binary, 1, ROWS);
    f->status[5] = lgt_isotonic_apply_f32(all->isotonic, all->x, COLS, f->steps, 1, ROWS);
    f->status[6] = lgt_model_check(all->temperature, sizeof *all->temperature);
    return NULL;
}

static void models(const labelled *data) {
    static fitted alone, each[THREADS];
    static uint8_t labels[2 * ROWS];
    shared all = {(const float *)data->x.data, labels, NULL, NULL, NULL, 0, 0};
    for (size_t r = 0; r < ROWS; r++) {
        labels[r] = (uint8_t)labelled_label(data, r);
        labels[ROWS + r] = labelled_x(data, r, 0) + labelled_x(data, r, 1) > 0;
    }
    CHECK_STATUS(lgt_isotonic_size(ROWS, 0, &all.isotonic_size), LGT_OK);
    CHECK_STATUS(lgt_isotonic_scratch(ROWS, sizeof(float), 0, &all.scratch_size), LGT_OK);
    if (all.isotonic_size > sizeof alone.isotonic || all.scratch_size > 128 * ROWS) exit(1);
    alone.all = &all;
    fit_and_apply(&alone);
    all.temperature = &alone.temperature;
    all.platt = &alone.platt;
    all.isotonic = alone.isotonic;
    fit_and_apply(&alone);
    for (size_t t = 0; t < THREADS; t++) {
        each[t] = alone;
        memset(each[t].rows, 0xa5, sizeof alone.rows);
    }
    together(fit_and_apply, each, sizeof *each);
    for (int i = 0; i < 7; i++) CHECK_STATUS(alone.status[i], LGT_OK);
    for (size_t t = 0; t < THREADS; t++) CHECK(memcmp(&each[t], &alone, sizeof alone) == 0);
}

/* The first thread changes the level; the others do rows, whose bits are those of a level
 * of this machine. */
enum { ROUNDS = 200 };

typedef struct {
    const float *x;
    int changes;
    long strange;
    uint32_t levels;
    float (*of_level)[COLS];
} worker;

static void *under_way(void *of) {
    worker *w = (worker *)of;
    for (uint32_t i = 0; i < ROUNDS; i++) {
        float y[COLS];
        int known = 0;
        if (w->changes) {
            w->strange += lgt_cpu_set_level(i % w->levels) != LGT_OK;
            continue;
        }
        if (lgt_softmax_f32(w->x, COLS, y, COLS, NULL, 1, COLS, NULL) != LGT_OK) w->strange++;
        for (uint32_t l = 0; l < w->levels; l++) known |= !memcmp(y, w->of_level[l], sizeof y);
        w->strange += !known;
    }
    return NULL;
}

static void levels(const labelled *data) {
    static float of_level[LEVELS][COLS];
    const float *x = (const float *)data->x.data;
    const uint32_t before = lgt_cpu_level();
    worker workers[THREADS];
    uint32_t levels = 0;
    /* Those from 0 on without a gap: on Arm that is one, which is then set again and again. */
    for (; levels < LEVELS && lgt_cpu_set_level(levels) == LGT_OK; levels++)
        CHECK_STATUS(lgt_softmax_f32(x, COLS, of_level[levels], COLS, NULL, 1, COLS, NULL), LGT_OK);
    for (size_t t = 0; t < THREADS; t++) {
        worker w = {x, t == 0, 0, levels, of_level};
        workers[t] = w;
    }
    CHECK_STATUS(lgt_cpu_set_level(0), LGT_OK);
    together(under_way, workers, sizeof *workers);
    for (size_t t = 0; t < THREADS; t++) CHECK(workers[t].strange == 0);
    CHECK_STATUS(lgt_cpu_set_level(before), LGT_OK);
}

void test(void) {
    for (size_t t = 0; t < THREADS; t++) CHECK(found[t] == lgt_cpu_level());
    for (int type = 0; type < DTYPES; type++) {
        labelled data = labelled_new(type, LGT_I32, ROWS, COLS, COLS, 1);
        labelled_fill(&data, 1);
        if (type == F32) models(&data);
        if (type == F32) levels(&data);
        labelled_to_probabilities(&data);
        states(&data);
        labelled_free(data);
    }
}
