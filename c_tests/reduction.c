/* The options that calibrators of many classes share: the method, and its own options. */
#include "check.h"

enum { ROWS = 8, COLS = 2 };

static double x[ROWS][COLS];
static uint8_t labels[ROWS];
static uint64_t model[1024], scratch[1 << 12];

static lgt_status fit(int top, const lgt_reduction_opts *opts) {
#define FIT(family)                                                                            \
    lgt_##family##_fit_f64(model, sizeof model, x[0], COLS, labels, LGT_U8, NULL, ROWS, COLS, \
                           opts, scratch, sizeof scratch)
    return top ? FIT(top_label_calibration) : FIT(one_vs_rest);
}

static lgt_status size(int top, const lgt_reduction_opts *opts, size_t *bytes) {
    return top ? lgt_top_label_calibration_size(ROWS, COLS, 0, opts, bytes)
               : lgt_one_vs_rest_size(ROWS, COLS, 0, opts, bytes);
}

static lgt_status scratch_of(int top, const lgt_reduction_opts *opts, size_t *bytes) {
    return top ? lgt_top_label_calibration_scratch(ROWS, COLS, 0, opts, bytes)
               : lgt_one_vs_rest_scratch(ROWS, COLS, 0, opts, bytes);
}

/* All three say so, and write nothing. */
static void refused(int top, const lgt_reduction_opts *opts, lgt_status status) {
    static unsigned char before[sizeof model];
    size_t bytes = 7;
    memset(model, 0xa5, sizeof model);
    memcpy(before, model, sizeof model);
    CHECK_STATUS(fit(top, opts), status);
    CHECK_STATUS(size(top, opts, &bytes), status);
    CHECK_STATUS(scratch_of(top, opts, &bytes), status);
    CHECK(bytes == 7 && memcmp(model, before, sizeof model) == 0);
}

/* Options of their own are read, and refused where the method refuses them. */
static void own_options(int top) {
    lgt_reduction_opts opts;
    lgt_platt_opts platt;
    lgt_histogram_binning_opts binning;
    lgt_spline_opts spline;
    size_t few, many;
    lgt_reduction_opts_default(&opts);
    lgt_histogram_binning_opts_default(&binning);
    opts.method = LGT_MODEL_HISTOGRAM_BINNING;
    opts.method_opts = &binning;
    binning.bins = 2;
    CHECK_STATUS(size(top, &opts, &few), LGT_OK);
    binning.bins = 9;
    CHECK_STATUS(size(top, &opts, &many), LGT_OK);
    CHECK(many > few);
    binning.bins = 0;
    refused(top, &opts, LGT_E_VALUE);
    lgt_platt_opts_default(&platt);
    opts.method = LGT_MODEL_PLATT;
    opts.method_opts = &platt;
    platt.tol = NAN;
    refused(top, &opts, LGT_E_VALUE);
    platt.struct_size -= 4;
    refused(top, &opts, LGT_E_OPTION);
    lgt_spline_opts_default(&spline);
    opts.method = LGT_MODEL_SPLINE;
    opts.method_opts = &spline;
    spline.target = 7;
    refused(top, &opts, LGT_E_OPTION);
    /* It has none. */
    opts.method = LGT_MODEL_VENN_ABERS;
    refused(top, &opts, LGT_E_OPTION);
    opts.method_opts = NULL;
    CHECK(fit(top, &opts) >= 0);
}

static void of_all(int top) {
    const uint32_t methods[] = {LGT_MODEL_PLATT,             LGT_MODEL_BETA,
                                LGT_MODEL_ISOTONIC,          LGT_MODEL_HISTOGRAM_BINNING,
                                LGT_MODEL_BBQ,               LGT_MODEL_SCALING_BINNING,
                                LGT_MODEL_SPLINE,            LGT_MODEL_VENN_ABERS};
    lgt_reduction_opts opts;
    lgt_reduction_opts_default(&opts);
    for (uint32_t method = 0; method <= LGT_MODEL_CONFORMAL + 1; method++) {
        int known = 0;
        for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) known |= methods[i] == method;
        opts.method = method;
        if (known)
            CHECK(fit(top, &opts) >= 0);
        else
            refused(top, &opts, LGT_E_OPTION);
    }
    lgt_reduction_opts_default(&opts);
    opts.struct_size = 8;
    refused(top, &opts, LGT_E_OPTION);
    lgt_reduction_opts_default(&opts);
    opts.reserved = 1;
    refused(top, &opts, LGT_E_OPTION);
    lgt_reduction_opts_default(&opts);
    opts.min_rows = 0;
    refused(top, &opts, LGT_E_VALUE);
}

void test(void) {
    lgt_reduction_opts opts;
    lgt_reduction_opts_default(NULL);
    lgt_reduction_opts_default(&opts);
    CHECK(opts.struct_size == sizeof opts && opts.method == LGT_MODEL_ISOTONIC);
    CHECK(opts.min_rows == 50 && opts.reserved == 0 && !opts.method_opts);
    for (size_t r = 0; r < ROWS; r++) {
        x[r][1] = (double)(1 + r * 3 % 7) / 8;
        x[r][0] = 1 - x[r][1];
        labels[r] = (r * 5) % 7 > 2;
    }
    for (int top = 0; top < 2; top++) {
        of_all(top);
        own_options(top);
    }
}
