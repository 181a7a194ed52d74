/* Soft labels adapted to how sure they are: worked figures. */
#include "guarded.h"
#include "refused.h"

static void row(const double *p, double low, int region, double weight, const double *want) {
    lgt_soft_label_regions_opts opts;
    lgt_soft_label_regions_opts_default(&opts);
    opts.low = low;
    const int8_t y[1] = {0};
    double out[3], w;
    uint8_t got;
    CHECK_STATUS(lgt_soft_label_regions_f64(p, 3, y, LGT_I8, out, 3, &w, &got, 1, 3, &opts),
                 LGT_OK);
    CHECK(got == region && w == weight);
    for (int i = 0; i < 3; i++) CHECK(fabs(out[i] - want[i]) <= 2e-16);
    memcpy(out, p, sizeof out);
    CHECK_STATUS(lgt_soft_label_regions_f64(out, 3, y, LGT_I8, out, 3, NULL, NULL, 1, 3, &opts),
                 LGT_OK);
    for (int i = 0; i < 3; i++) CHECK(fabs(out[i] - want[i]) <= 2e-16);
}

void test(void) {
    const double none[3] = {0, 0, 0}, easy[3] = {.97, .02, .01}, kept[3] = {.6, .3, .1};
    const double context[3] = {.4, .35, .25}, hard[3] = {.2, .4, .4};
    const double smooth[3] = {.9333333333333333, .03333333333333333, .03333333333333333};
    row(easy, .15, 3, 0, none);
    row(kept, .15, 2, 1, kept);
    row(context, .15, 1, 1, smooth);
    row(hard, .41, 0, 0, none);

    /* How sure the label is; thresholds belong to what is above; weights of f16 are float. */
    const lgt_f16 p[4][2] = {{0x3800, 0x3800}, {0x3400, 0x3a00}, {0, 0x3c00}, {0x3c00, 0}};
    const uint8_t y[4] = {0, 0, 0, 0}, want[4] = {2, 1, 0, 3};
    float weights[4];
    uint8_t region[4];
    lgt_soft_label_regions_opts opts;
    lgt_soft_label_regions_opts_default(&opts);
    opts.confidence = LGT_CONFIDENCE_LABEL;
    CHECK_STATUS(lgt_soft_label_regions_f16(&p[0][0], 2, y, LGT_U8, NULL, 0, weights, region, 4, 2,
                                            &opts), LGT_OK);
    for (int i = 0; i < 4; i++)
        CHECK(region[i] == want[i] && weights[i] == (want[i] % 3 == 0 ? 0 : 1));

    double out[3] = {7, 7, 7}, w[2] = {7, 7};
    uint8_t r[2] = {7, 7};
    watch(0, out, sizeof out);
    watch(1, w, sizeof w);
    watch(2, r, sizeof r);
    const double bad[3] = {1.5, 0, 0};
#define REGIONS(p_) lgt_soft_label_regions_f64(p_, 3, y, LGT_U8, out, 3, w, r, 1, 3, &opts)
    REFUSED(REGIONS(bad), LGT_E_VALUE);
    opts.low = .6;
    REFUSED(REGIONS(kept), LGT_E_VALUE);
    opts.low = NAN;
    REFUSED(REGIONS(kept), LGT_E_VALUE);
    opts.low = 0, opts.smoothing = 2;
    REFUSED(REGIONS(kept), LGT_E_VALUE);
    opts.smoothing = 0, opts.confidence = 2;
    REFUSED(REGIONS(kept), LGT_E_OPTION);
    opts.confidence = 0;
    const uint8_t label[1] = {3};
    REFUSED(lgt_soft_label_regions_f64(kept, 3, label, LGT_U8, out, 3, w, r, 1, 3, &opts),
            LGT_E_LABEL);
    REFUSED(lgt_soft_label_regions_f64(kept, 3, y, LGT_U8, out, 3, out, r, 1, 3, &opts),
            LGT_E_ALIAS);
    watch_nothing();
    opts.top = HUGE_VAL;
    CHECK_STATUS(REGIONS(easy), LGT_OK);
    CHECK(r[0] == 2 && w[0] == 1 && out[0] == .97);
}
