#include "labelled.h"

static size_t label_size(uint32_t type) {
    switch (type) {
    case LGT_I8: case LGT_U8: return 1;
    case LGT_I16: case LGT_U16: return 2;
    case LGT_I32: case LGT_U32: return 4;
    default: return 8;
    }
}

labelled labelled_new(int type, uint32_t label_type, size_t rows, size_t cols, size_t stride,
                      int at_end) {
    guarded (*guard)(size_t) = at_end ? guard_end : guard_start;
    size_t values = rows ? (rows - 1) * stride + cols : 0;
    labelled data;
    data.x = guard(values * dtype_size(type));
    data.labels = guard(rows * label_size(label_type));
    data.weights = guard(rows * dtype_size(computed_type(type)));
    data.type = type;
    data.label_type = label_type;
    data.rows = rows;
    data.cols = cols;
    data.stride = stride;
    for (size_t r = 0; r < rows; r++) labelled_put_weight(&data, r, 1);
    return data;
}

void labelled_free(labelled data) {
    guard_free(data.x);
    guard_free(data.labels);
    guard_free(data.weights);
}

double labelled_x(const labelled *data, size_t row, size_t col) {
    return get(data->x.data, data->type, row * data->stride + col);
}

size_t labelled_label(const labelled *data, size_t row) {
    const void *labels = data->labels.data;
    switch (label_size(data->label_type)) {
    case 1: return ((const uint8_t *)labels)[row];
    case 2: return ((const uint16_t *)labels)[row];
    case 4: return ((const uint32_t *)labels)[row];
    default: return (size_t)((const uint64_t *)labels)[row];
    }
}

double labelled_weight(const labelled *data, size_t row) {
    return get(data->weights.data, computed_type(data->type), row);
}

void labelled_put_x(const labelled *data, size_t row, size_t col, double x) {
    put(data->x.data, data->type, row * data->stride + col, x);
}

void labelled_put_label(const labelled *data, size_t row, int64_t label) {
    void *labels = data->labels.data;
    switch (label_size(data->label_type)) {
    case 1: ((uint8_t *)labels)[row] = (uint8_t)label; break;
    case 2: ((uint16_t *)labels)[row] = (uint16_t)label; break;
    case 4: ((uint32_t *)labels)[row] = (uint32_t)label; break;
    default: ((uint64_t *)labels)[row] = (uint64_t)label;
    }
}

void labelled_put_weight(const labelled *data, size_t row, double weight) {
    put(data->weights.data, computed_type(data->type), row, weight);
}

/* A class, the likelier the higher it scores at half the logits: then the best
 * temperature is somewhere near 2. */
static size_t draw(const labelled *data, size_t row, double share) {
    double total = 0;
    size_t c = 0;
    for (size_t i = 0; i < data->cols; i++) total += exp(0.5 * labelled_x(data, row, i));
    for (share *= total; c + 1 < data->cols; c++) {
        share -= exp(0.5 * labelled_x(data, row, c));
        if (share < 0) break;
    }
    return c;
}

void labelled_fill(const labelled *data, uint64_t seed) {
    for (size_t r = 0; r < data->rows; r++) {
        for (size_t c = 0; c < data->cols; c++) labelled_put_x(data, r, c, 2 * noise(&seed));
        labelled_put_label(data, r, (int64_t)draw(data, r, fmod(fabs(noise(&seed)), 1)));
        labelled_put_weight(data, r, 0.25 * (double)((r * 5 + data->cols) % 7));
    }
}

void labelled_to_probabilities(const labelled *data) {
    for (size_t r = 0; r < data->rows; r++) {
        double total = 0;
        for (size_t c = 0; c < data->cols; c++) total += exp(labelled_x(data, r, c));
        for (size_t c = 0; c < data->cols; c++)
            labelled_put_x(data, r, c, exp(labelled_x(data, r, c)) / total);
    }
}

void labelled_each(int probabilities, void (*check)(const labelled *data)) {
    for (int type = 0; type < DTYPES; type++) {
        for (size_t cols = 1; cols <= 70; cols += size_step()) {
            for (int at_end = 0; at_end < 2; at_end++) {
                uint32_t label_type = LGT_I8 + (uint32_t)(cols % 8);
                labelled data = labelled_new(type, label_type, 1 + cols % 5, cols,
                                             cols + cols % 3, at_end);
                labelled_fill(&data, cols);
                if (probabilities) labelled_to_probabilities(&data);
                check(&data);
                labelled_free(data);
            }
        }
    }
}

lgt_status labelled_add(update_function update, void *state, const labelled *data, size_t from,
                        size_t to) {
    size_t x = from * data->stride * dtype_size(data->type);
    size_t label = from * label_size(data->label_type);
    size_t weight = from * dtype_size(computed_type(data->type));
    return update(state, (const char *)data->x.data + x, data->stride,
                  (const char *)data->labels.data + label, data->label_type,
                  (const char *)data->weights.data + weight, to - from, data->cols);
}

void labelled_laws(update_function update, const labelled *data, void *state, size_t size) {
    guarded fresh = guard_end(size), left = guard_end(size), right = guard_end(size);
    memcpy(fresh.data, state, size);
    CHECK_STATUS(labelled_update(update, state, data), LGT_OK);
    for (size_t cut = 0; cut <= data->rows; cut++) {
        memcpy(left.data, fresh.data, size);
        memcpy(right.data, fresh.data, size);
        CHECK_STATUS(labelled_add(update, left.data, data, 0, cut), LGT_OK);
        CHECK_STATUS(labelled_add(update, right.data, data, cut, data->rows), LGT_OK);
        CHECK_STATUS(lgt_state_merge(right.data, size, left.data, size), LGT_OK);
        CHECK(memcmp(right.data, state, size) == 0);
    }
    memcpy(left.data, fresh.data, size);
    for (size_t r = data->rows; r-- > 0;)
        CHECK_STATUS(labelled_add(update, left.data, data, r, r + 1), LGT_OK);
    CHECK(memcmp(left.data, state, size) == 0);
    CHECK_STATUS(lgt_state_merge(left.data, size, fresh.data, size), LGT_OK);
    CHECK(memcmp(left.data, state, size) == 0);
    CHECK_STATUS(lgt_state_reset(left.data, size), LGT_OK);
    CHECK(memcmp(left.data, fresh.data, size) == 0);
    guard_free(fresh);
    guard_free(left);
    guard_free(right);
}
