/* Scaling-binning: bins by their definition, values against the means of the regression. */
#include "in_order.h"

IN_ORDER(scaling_binning)

static lgt_scaling_binning_opts opts;

/* The weight of scores up to one, with it or without. */
static double up_to(const labelled *data, int weighted, double score, int with) {
    double weight = 0;
    for (size_t r = 0; r < data->rows; r++) {
        double x = labelled_x(data, r, 0);
        if (x < score || (with && x == score)) weight += in_order_weight(data, weighted, r);
    }
    return weight;
}

/* The number of the bin whose first score is above: how many have ended. */
static double ended(const labelled *data, int weighted, double weight) {
    return floor(weight * opts.bins / up_to(data, weighted, INFINITY, 0));
}

static double regression(const double *parameters, double x) {
    if (opts.scaling == LGT_SCALING_BINNING_LOGIT) {
        x = fmax(parameters[2], fmin(x, 1 - parameters[2]));
        x = log(x) - log1p(-x);
    }
    return 1 / (1 + exp(-fma(parameters[0], x, parameters[1])));
}

static void values(const labelled *data, int weighted, const lgt_model_head *model,
                   const void *y) {
    const double *parameters = (const double *)(model + 1);
    for (size_t r = 0; r < data->rows; r++) {
        double sum = 0, weight = 0, score = labelled_x(data, r, 0);
        if (in_order_weight(data, weighted, r) == 0) continue;
        double bin = ended(data, weighted, up_to(data, weighted, score, 0));
        for (size_t other = 0; other < data->rows; other++) {
            double x = labelled_x(data, other, 0), w = in_order_weight(data, weighted, other);
            if (w == 0 || ended(data, weighted, up_to(data, weighted, x, 0)) != bin) continue;
            sum += w * regression(parameters, x);
            weight += w;
        }
        /* Steep slopes make much of the last bits of a logit. */
        double off = fabs(get(y, data->type, r) - sum / weight);
        CHECK(off <= (1e-11 + dtype_epsilon(data->type)) * sum / weight + dtype_tiny(data->type));
    }
}

static void each(const labelled *data) {
    for (int weighted = 0; weighted < 2 && data->rows % 7 < 2; weighted++) {
        for (opts.scaling = 0; opts.scaling < 3; opts.scaling++) {
            opts.bins = data->rows % 3 ? 3 : 10;
            in_order_check(&functions, data, weighted, &opts, values);
        }
    }
}

static void options(void) {
    size_t bytes;
    lgt_scaling_binning_opts_default(NULL);
    lgt_scaling_binning_opts_default(&opts);
    CHECK(opts.struct_size == sizeof opts && opts.bins == 10 && opts.max_iter == 100);
    CHECK_STATUS(lgt_scaling_binning_size(1000, NULL, &bytes), LGT_OK);
    CHECK(bytes == 64 + 160);
    CHECK_STATUS(lgt_scaling_binning_size(0, NULL, &bytes), LGT_OK);
    CHECK(bytes == 64 + 16);
    for (int bad = 0; bad < 8; bad++) {
        lgt_scaling_binning_opts_default(&opts);
        if (bad == 0) opts.bins = 0;
        if (bad == 1) opts.bins = 65537;
        if (bad == 2) opts.max_iter = 2;
        if (bad == 3) opts.tol = NAN;
        if (bad == 4 || bad == 5) opts.scaling = LGT_SCALING_BINNING_LOGIT;
        if (bad == 4) opts.eps = NAN;
        if (bad == 5) opts.eps = 0.5;
        if (bad == 6) opts.scaling = 3;
        if (bad == 7) opts.struct_size = 0;
        CHECK_STATUS(lgt_scaling_binning_size(3, &opts, &bytes),
                     bad < 6 ? LGT_E_VALUE : LGT_E_OPTION);
    }
    lgt_scaling_binning_opts_default(&opts);
}

void test(void) {
    options();
    points_each(each);
    in_order_refused(&functions);
    in_order_any_bytes(&functions, 0, 5);
    in_order_any_bytes(&functions, 3, 5);
}
