/* Losses of pairs of rewards against their definition. */
#include "guarded.h"
#include "refused.h"

static double number(size_t i, int which) {
    return 0.25 * (double)((i * (size_t)(5 + 4 * which) + (size_t)which * 3) % 37) - 4;
}

static void check(int type, size_t n, int with_margin) {
    size_t bytes = dtype_size(type);
    guarded in[3], loss = guard_end(n * 8);
    for (int k = 0; k < 3; k++) {
        in[k] = guard_end(n * bytes);
        for (size_t i = 0; i < n; i++) put(in[k].data, type, i, number(i, k));
    }
    double total;
    lgt_status status;
    /* The derivative takes the place of what was chosen. */
#define REWARD(dtype, element)                                                                  \
    lgt_pairwise_reward_##dtype((const element *)in[0].data, (const element *)in[1].data,       \
                                with_margin ? (const element *)in[2].data : NULL, NULL,         \
                                (double *)loss.data, (element *)in[0].data, &total, n, NULL)
    switch (type) {
    case F32: status = REWARD(f32, float); break;
    case F64: status = REWARD(f64, double); break;
    case F16: status = REWARD(f16, lgt_f16); break;
    default: status = REWARD(bf16, lgt_bf16);
    }
    CHECK_STATUS(status, LGT_OK);
    long double sum = 0;
    for (size_t i = 0; i < n; i++) {
        long double h = number(i, 0) - number(i, 1) - (with_margin ? number(i, 2) : 0);
        long double want = log1pl(expl(-h)), slope = -1 / (1 + expl(h));
        sum += want;
        CHECK(fabsl(((double *)loss.data)[i] - want) <= 4e-15 * want);
        CHECK(fabsl(get(in[0].data, type, i) - slope) <=
              (4e-15 + dtype_epsilon(type)) * -slope + (type == F16 ? 6e-8 : 0));
    }
    CHECK(fabsl(total - sum) <= 4e-15 * sum);
    for (int k = 0; k < 3; k++) guard_free(in[k]);
    guard_free(loss);
}

void test(void) {
    for (int type = 0; type < DTYPES; type++)
        for (size_t n = 0; n < 600; n = n < 20 ? n + 1 : n + 87)
            for (int with_margin = 0; with_margin < 2; with_margin++) check(type, n, with_margin);
    const float chosen[2] = {1, 2}, rejected[2] = {0, 0}, weights[2] = {1, NAN};
    float grad[2] = {7, 7};
    watch(0, grad, sizeof grad);
    REFUSED(lgt_pairwise_reward_f32(chosen, rejected, NULL, weights, NULL, grad, NULL, 2, NULL),
            LGT_E_VALUE);
    REFUSED(lgt_pairwise_reward_f32(chosen, NULL, NULL, NULL, NULL, grad, NULL, 2, NULL),
            LGT_E_NULL);
    REFUSED(lgt_pairwise_reward_f32(chosen, rejected, grad, NULL, NULL, grad, NULL, 2, NULL),
            LGT_E_ALIAS);
    watch_nothing();
}
