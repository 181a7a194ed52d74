/* Bytes of every kind as version 0.1 wrote them, and what it read in them: written by
 * tools/golden/make.py, and never changed. c_tests/golden.c says what the words mean. */

/* 1 accuracy */
static const char *const words_accuracy_0_1[] = {
    "3154474c 0001 0001 00000060 00000002 0000000000000004 *3 0000000500000000 *3",
    "0000000500000000 *1", NULL};
static lgt_status again_accuracy_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0001 0001 00000060 00000002 *10", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75};
    int32_t b2[4] = {2, 0, 1, 0};
    double b3[4] = {1.5, 0.5, 2.0, 1.0};
    lgt_status status = lgt_accuracy_update_f64((void *)state, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_accuracy_0_1(void *state, int compare) {
    lgt_accuracy_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_accuracy_finish((const void *)state, (lgt_accuracy_report *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 4);
    SAME(b1[0].nan_rows, 0);
    NEAR(b1[0].weight, 5.0);
    NEAR(b1[0].accuracy, 1.0);
    return status;
}
#define GOLDEN_accuracy_0_1 {1, STATE, 96, \
    words_accuracy_0_1, again_accuracy_0_1, read_accuracy_0_1},

/* 2 nll */
static const char *const words_nll_0_1[] = {
    "3154474c 0002 0001 00000268 00000000 0000000000000004 *4 0000000480000000 *17",
    "a0c1509927218f00 0000000000000002 *32 24b71cc5dbee7a80 0000000000000002 *16", NULL};
static lgt_status again_nll_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0002 0001 00000268 00000000 *75", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75};
    int32_t b2[4] = {2, 0, 1, 0};
    double b3[4] = {0.5, 2.0, 1.0, 1.0};
    lgt_status status = lgt_nll_update_f64((void *)state, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_nll_0_1(void *state, int compare) {
    lgt_nll_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_nll_finish((const void *)state, (lgt_nll_report *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 4);
    SAME(b1[0].nan_rows, 0);
    SAME(b1[0].infinite_rows, 0);
    NEAR(b1[0].weight, 4.5);
    NEAR(b1[0].nll, 0.5839888334042939);
    NEAR(b1[0].std_error, 0.19659413746722085);
    return status;
}
#define GOLDEN_nll_0_1 {2, STATE, 616, \
    words_nll_0_1, again_nll_0_1, read_nll_0_1},

/* 3 brier */
static const char *const words_brier_0_1[] = {
    "3154474c 0003 0001 00000150 00000000 0000000000000004 *3 0000000500000000 *17",
    "7800000000000000 0000000000000002 *16", NULL};
static lgt_status again_brier_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0003 0001 00000150 00000000 *40", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.125, 0.125, 0.75, 0.0, 0.625, 0.25, 0.125, 0.0, 0.25, 0.5, 0.25, 0.0, 0.25, 0.625, 0.125};
    int32_t b2[4] = {2, 0, 1, 0};
    double b3[4] = {0.5, 1.0, 2.0, 1.5};
    lgt_status status = lgt_brier_update_f64((void *)state, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_brier_0_1(void *state, int compare) {
    lgt_brier_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_brier_finish((const void *)state, (lgt_brier_report *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 4);
    SAME(b1[0].nan_rows, 0);
    NEAR(b1[0].weight, 5.0);
    NEAR(b1[0].brier, 0.49375);
    return status;
}
#define GOLDEN_brier_0_1 {3, STATE, 336, \
    words_brier_0_1, again_brier_0_1, read_brier_0_1},

/* 4 ece_top_label */
static const char *const words_ece_top_label_0_1[] = {
    "3154474c 0004 0001 000001c0 00000004 0000000000000004 *14 0000000000000001 *2",
    "0000000100000000 *3 0000000080000000 *3 0000000100000000 *1 0000000000000003 *2",
    "0000000380000000 *3 0000000270000000 *3 0000000300000000 *14", NULL};
static lgt_status again_ece_top_label_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0004 0001 000001c0 00000004 *54", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.125, 0.125, 0.75, 0.0, 0.625, 0.25, 0.125, 0.0, 0.25, 0.5, 0.25, 0.0, 0.25, 0.625, 0.125};
    int32_t b2[4] = {2, 0, 1, 0};
    double b3[4] = {2.0, 1.0, 1.0, 0.5};
    lgt_status status = lgt_ece_top_label_update_f64((void *)state, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_ece_top_label_0_1(void *state, int compare) {
    lgt_ece_top_label_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_ece_top_label_finish((const void *)state, (lgt_ece_top_label_report *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 4);
    SAME(b1[0].nan_rows, 0);
    NEAR(b1[0].weight, 4.5);
    NEAR(b1[0].ece, 0.2361111111111111);
    NEAR(b1[0].mce, 0.5);
    NEAR(b1[0].confidence, 0.6527777777777778);
    NEAR(b1[0].accuracy, 0.8888888888888888);
    NEAR(b1[0].rms, 0.2750360726701886);
    NEAR(b1[0].rms_debiased, 0.16740906083839557);
    NEAR(b1[0].average, 0.33035714285714285);
    return status;
}
#define GOLDEN_ece_top_label_0_1 {4, STATE, 448, \
    words_ece_top_label_0_1, again_ece_top_label_0_1, read_ece_top_label_0_1},

/* 5 temperature */
static const char *const words_temperature_0_1[] = {
    "3154474c 0005 0002 00000030 00000000 00000000 00000004 3fe39f8d0711dd40",
    "3fdeef8c10140893 3fda60bdd5facbd3", NULL};
static lgt_status again_temperature_0_1(void *state, int compare) {
    double b1[31] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75, 0.0, -0.5, 0.75, 0.25, 0.0, 0.0, -1.5, 1.0, 0.0, 0.5, 0.75, -0.25, 0.0, -2.0, 1.5, -1.0};
    int32_t b2[8] = {2, 0, 1, 0, 1, 2, 0, 1};
    double b3[8] = {1.0, 1.0, 2.0, 1.0, 2.0, 2.0, 2.0, 0.5};
    lgt_temperature_opts b4[1] = {{sizeof(lgt_temperature_opts), 50, 1e-08, 0.01, 100.0, 0.0}};
    lgt_status status = lgt_temperature_fit_f64((lgt_temperature_model *)state, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 8, 3, (const lgt_temperature_opts *)b4);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_temperature_0_1(void *state, int compare) {
    double b1[15] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75};
    double b2[12];
    memset(b2, 0, sizeof b2);
    lgt_status status = lgt_temperature_apply_f64((const lgt_temperature_model *)state, (const double *)b1, 4, (double *)b2, 3, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b2[0], 0.025578283717582178);
    NEAR(b2[1], 0.0006718857117065446);
    NEAR(b2[2], 0.9737498305707112);
    NEAR(b2[3], 0.9469813852674158);
    NEAR(b2[4], 0.04562414931025478);
    NEAR(b2[5], 0.007394465422329357);
    NEAR(b2[6], 0.00598316444104941);
    NEAR(b2[7], 0.7662413747392797);
    NEAR(b2[8], 0.22777546081967096);
    NEAR(b2[9], 0.13777130073333432);
    NEAR(b2[10], 0.8500544713272294);
    NEAR(b2[11], 0.012174227939436238);
    return status;
}
#define GOLDEN_temperature_0_1 {5, MODEL, 48, \
    words_temperature_0_1, again_temperature_0_1, read_temperature_0_1},

/* 6 extsum */
static const char *const words_extsum_0_1[] = {
    "3154474c 0006 0001 00000050 00000004 3ff2cfb23fdf9724 4008000000000000",
    "3ff97d2dd4ed5864 4000000000000000 3ff2f0850c747c4f 4000000000000000",
    "3ff1e610e358c8ee 4000000000000000", NULL};
static lgt_status again_extsum_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0006 0001 00000050 00000004 *8", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75};
    lgt_softmax_opts b2[1] = {{sizeof(lgt_softmax_opts), 0, 1.0, 0, 0, NULL, NULL}};
    lgt_status status = lgt_extsum_update_f64((void *)state, (const double *)b1, 4, 4, 3, (const lgt_softmax_opts *)b2);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_extsum_0_1(void *state, int compare) {
    double b1[4];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_extsum_lse((const void *)state, (double *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b1[0], 2.241311296657157);
    NEAR(b1[1], 1.8519518638028016);
    NEAR(b1[2], 1.5549569196419906);
    NEAR(b1[3], 1.4984334547431497);
    return status;
}
#define GOLDEN_extsum_0_1 {6, STATE, 80, \
    words_extsum_0_1, again_extsum_0_1, read_extsum_0_1},

/* 7 evaluate */
static const char *const words_evaluate_0_1[] = {
    "3154474c 0007 0001 00000490 00000004 0000000000000003 0000000000000002 *1",
    "0000000000000004 *18 ede3f558f3bf5a00 0000000000000001 *17 8a3b9a0000000000",
    "0000000115890789 *2 2b53d00000000000 00000002e1800d1a *2 d64bc60000000000",
    "000000014e5a1e8e *40 0000000000000002 0000000000000001 *2 0000000200000000 *1",
    "0000000000000001 *2 0000000180000000 *1 0002d03189f7553f *2 4834a00000000000",
    "000000012a35fc93 *1 0000000000000001 *3 0000000080000000 *4 0000000080000000 *4",
    "b2a0600000000000 00000000648e7191 *1 0000000000000001 *2 0000000200000000 *4",
    "0000000080000000 *1 0000000000000002 0000000000000001 0000000000000001",
    "0000000000000001 0000000000000002 0000000000000001 0000000000000001",
    "0000000000000001 0000000000000001", NULL};
static lgt_status again_evaluate_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0007 0001 00000490 00000004 0000000000000003 0000000000000002 *142", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75};
    int32_t b2[4] = {2, 0, 1, 0};
    double b3[4] = {0.5, 1.0, 1.5, 0.5};
    lgt_status status = lgt_evaluate_update_f64((void *)state, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_evaluate_0_1(void *state, int compare) {
    lgt_evaluate_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_evaluate_finish((const void *)state, (lgt_evaluate_report *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 4);
    SAME(b1[0].nan_rows, 0);
    SAME(b1[0].infinite_rows, 0);
    NEAR(b1[0].weight, 3.5);
    NEAR(b1[0].accuracy, 0.8571428571428571);
    NEAR(b1[0].nll, 0.5512170339902689);
    NEAR(b1[0].perplexity, 1.7353637298474605);
    NEAR(b1[0].brier, 0.3097491866735989);
    NEAR(b1[0].confidence, 0.6459996467997094);
    NEAR(b1[0].entropy, 0.823102901700967);
    NEAR(b1[0].margin, 0.3731607464033773);
    NEAR(b1[0].ece, 0.2111432103431477);
    NEAR(b1[0].mce, 0.21440296541072446);
    NEAR(b1[0].rms, 0.21114740413873784);
    NEAR(b1[0].rms_debiased, 0.0);
    NEAR(b1[0].signed_gap, -0.2111432103431477);
    return status;
}
#define GOLDEN_evaluate_0_1 {7, STATE, 1168, \
    words_evaluate_0_1, again_evaluate_0_1, read_evaluate_0_1},

/* 8 ece_binary */
static const char *const words_ece_binary_0_1[] = {
    "3154474c 0008 0001 000001c8 00000004 *1 0000000000000008 *1 0000000000000001 *2",
    "0000000100000000 *3 0000000040000000 *5 0000000000000002 *2 0000000400000000 *3",
    "00000001a0000000 *3 0000000200000000 *1 0000000000000003 *2 0000000280000000 *3",
    "0000000190000000 *3 0000000180000000 *1 0000000000000002 *2 0000000300000000 *3",
    "00000002b0000000 *3 0000000300000000 *1", NULL};
static lgt_status again_ece_binary_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0008 0001 000001c8 00000004 *55", NULL};
    golden_words(state, of_state);
    double b1[8] = {0.25, 0.75, 0.5625, 0.375, 0.875, 0.625, 0.4375, 0.9375};
    int32_t b2[8] = {0, 1, 1, 0, 1, 0, 1, 1};
    double b3[8] = {1.0, 0.5, 1.0, 2.0, 2.0, 1.0, 2.0, 1.0};
    lgt_status status = lgt_ece_binary_update_f64((void *)state, (const double *)b1, (const void *)b2, 3, (const double *)b3, 8);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_ece_binary_0_1(void *state, int compare) {
    lgt_reliability_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_ece_binary_finish((const void *)state, (lgt_reliability_report *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 8);
    SAME(b1[0].nan_rows, 0);
    SAME(b1[0].bins, 4);
    NEAR(b1[0].weight, 10.5);
    NEAR(b1[0].ece, 0.09523809523809523);
    NEAR(b1[0].mce, 0.25);
    NEAR(b1[0].rms, 0.11202501137961635);
    NEAR(b1[0].rms_debiased, 0.0);
    NEAR(b1[0].average, 0.11822916666666666);
    NEAR(b1[0].signed_gap, -0.0357142857142857);
    NEAR(b1[0].overconfidence, 0.029761904761904767);
    NEAR(b1[0].confidence, 0.5833333333333334);
    NEAR(b1[0].frequency, 0.6190476190476191);
    return status;
}
#define GOLDEN_ece_binary_0_1 {8, STATE, 456, \
    words_ece_binary_0_1, again_ece_binary_0_1, read_ece_binary_0_1},

/* 9 ece_classwise */
static const char *const words_ece_classwise_0_1[] = {
    "3154474c 0009 0001 00000530 00000004 0000000000000003 *1 0000000000000004 *3",
    "0000000380000000 *8 0000000090000000 *3 0000000100000000 *8 0000000050000000 *12",
    "0000000080000000 *18 0000000000000001 *2 0000000100000000 *3 0000000080000000 *3",
    "0000000100000000 *14 0000000000000001 *2 0000000100000000 *3 00000000a0000000 *3",
    "0000000100000000 *1 0000000000000001 *2 0000000100000000 *3 00000000a0000000 *5",
    "0000000000000001 *2 0000000080000000 *3 0000000060000000 *3 0000000080000000 *40", NULL};
static lgt_status again_ece_classwise_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0009 0001 00000530 00000004 0000000000000003 *163", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.125, 0.125, 0.75, 0.0, 0.625, 0.25, 0.125, 0.0, 0.25, 0.5, 0.25, 0.0, 0.25, 0.625, 0.125};
    int32_t b2[4] = {2, 0, 1, 0};
    double b3[4] = {0.5, 1.0, 1.0, 1.0};
    lgt_status status = lgt_ece_classwise_update_f64((void *)state, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_ece_classwise_0_1(void *state, int compare) {
    lgt_ece_classwise_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_ece_classwise_finish((const void *)state, (lgt_ece_classwise_report *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 4);
    SAME(b1[0].nan_rows, 0);
    NEAR(b1[0].weight, 3.5);
    SAME(b1[0].classes, 3);
    NEAR(b1[0].ece, 0.2738095238095238);
    NEAR(b1[0].max, 0.4107142857142857);
    SAME(b1[0].worst, 1);
    return status;
}
#define GOLDEN_ece_classwise_0_1 {9, STATE, 1328, \
    words_ece_classwise_0_1, again_ece_classwise_0_1, read_ece_classwise_0_1},

/* 10 log_loss */
static const char *const words_log_loss_0_1[] = {
    "3154474c 000a 0001 00000278 00000000 3f50000000000000 *1 0000000000000004 *4",
    "0000000580000000 *17 c5d17c59f12f2c00 0000000000000004 *32 111ab98c84003600",
    "0000000000000005 *16", NULL};
static lgt_status again_log_loss_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 000a 0001 00000278 00000000 3f50000000000000 *76", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.125, 0.125, 0.75, 0.0, 0.625, 0.25, 0.125, 0.0, 0.25, 0.5, 0.25, 0.0, 0.25, 0.625, 0.125};
    int32_t b2[4] = {2, 0, 1, 0};
    double b3[4] = {0.5, 1.0, 2.0, 2.0};
    lgt_status status = lgt_log_loss_update_f64((void *)state, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_log_loss_0_1(void *state, int compare) {
    lgt_log_loss_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_log_loss_finish((const void *)state, (lgt_log_loss_report *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 4);
    SAME(b1[0].nan_rows, 0);
    SAME(b1[0].infinite_rows, 0);
    SAME(b1[0].clipped_rows, 0);
    NEAR(b1[0].weight, 5.5);
    NEAR(b1[0].log_loss, 0.8677686816056905);
    NEAR(b1[0].std_error, 0.19334277634462416);
    return status;
}
#define GOLDEN_log_loss_0_1 {10, STATE, 632, \
    words_log_loss_0_1, again_log_loss_0_1, read_log_loss_0_1},

/* 11 spherical */
static const char *const words_spherical_0_1[] = {
    "3154474c 000b 0001 00000268 00000000 0000000000000004 *4 0000000580000000 *17",
    "b9290aced93ff000 0000000000000004 *32 361e8a546f620000 0000000000000004 *16", NULL};
static lgt_status again_spherical_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 000b 0001 00000268 00000000 *75", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.125, 0.125, 0.75, 0.0, 0.625, 0.25, 0.125, 0.0, 0.25, 0.5, 0.25, 0.0, 0.25, 0.625, 0.125};
    int32_t b2[4] = {2, 0, 1, 0};
    double b3[4] = {2.0, 1.5, 1.5, 0.5};
    lgt_status status = lgt_spherical_update_f64((void *)state, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_spherical_0_1(void *state, int compare) {
    lgt_spherical_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_spherical_finish((const void *)state, (lgt_spherical_report *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 4);
    SAME(b1[0].nan_rows, 0);
    NEAR(b1[0].weight, 5.5);
    NEAR(b1[0].spherical, 0.8587786371924928);
    NEAR(b1[0].std_error, 0.07917488542521062);
    return status;
}
#define GOLDEN_spherical_0_1 {11, STATE, 616, \
    words_spherical_0_1, again_spherical_0_1, read_spherical_0_1},

/* 12 rps */
static const char *const words_rps_0_1[] = {
    "3154474c 000c 0001 00000268 00000000 0000000000000004 *4 0000000500000000 *17",
    "1000000000000000 0000000000000001 *32 6560000000000000 *17", NULL};
static lgt_status again_rps_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 000c 0001 00000268 00000000 *75", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.125, 0.125, 0.75, 0.0, 0.625, 0.25, 0.125, 0.0, 0.25, 0.5, 0.25, 0.0, 0.25, 0.625, 0.125};
    int32_t b2[4] = {2, 0, 1, 0};
    double b3[4] = {1.0, 1.0, 2.0, 1.0};
    lgt_status status = lgt_rps_update_f64((void *)state, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_rps_0_1(void *state, int compare) {
    lgt_rps_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_rps_finish((const void *)state, (lgt_rps_report *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 4);
    SAME(b1[0].nan_rows, 0);
    NEAR(b1[0].weight, 5.0);
    NEAR(b1[0].rps, 0.2125);
    NEAR(b1[0].std_error, 0.09225368386953445);
    return status;
}
#define GOLDEN_rps_0_1 {12, STATE, 616, \
    words_rps_0_1, again_rps_0_1, read_rps_0_1},

/* 13 confusion */
static const char *const words_confusion_0_1[] = {
    "3154474c 000d 0001 00000088 00000003 *2 0000000000000008 *1 00 01 02 01 04 00 00",
    "00 00 00 00 00 00 00 00 00 *9", NULL};
static lgt_status again_confusion_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 000d 0001 00000088 00000003 *4 00 00 00 00 00 00 00 00 00 00 00 00 00",
    "00 00 00 *9", NULL};
    golden_words(state, of_state);
    int32_t b1[8] = {2, 0, 1, 1, 1, 2, 1, 1};
    int32_t b2[8] = {0, 1, 1, 0, 1, 0, 1, 1};
    lgt_status status = lgt_confusion_update((void *)state, (const void *)b1, 3, (const void *)b2, 3, NULL, 8);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_confusion_0_1(void *state, int compare) {
    lgt_class_counts_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_class_counts_finish_opts b2[1] = {{sizeof(lgt_class_counts_finish_opts), 1, 1.0, 0, 0}};
    lgt_status status = lgt_confusion_finish((const void *)state, (lgt_class_counts_report *)b1, (const lgt_class_counts_finish_opts *)b2);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 8);
    SAME(b1[0].ignored, 0);
    NEAR(b1[0].weight, 8.0);
    SAME(b1[0].classes, 3);
    NEAR(b1[0].precision, 0.26666666666666666);
    NEAR(b1[0].recall, 0.26666666666666666);
    NEAR(b1[0].f, 0.26666666666666666);
    NEAR(b1[0].jaccard, 0.2222222222222222);
    NEAR(b1[0].specificity, 0.7388888888888889);
    NEAR(b1[0].npv, 0.746031746031746);
    SAME(b1[0].undefined_precision, 0);
    SAME(b1[0].undefined_recall, 1);
    SAME(b1[0].undefined_f, 0);
    SAME(b1[0].undefined_jaccard, 0);
    SAME(b1[0].undefined_specificity, 0);
    SAME(b1[0].undefined_npv, 0);
    NEAR(b1[0].accuracy, 0.5);
    NEAR(b1[0].hamming_loss, 0.5);
    NEAR(b1[0].balanced_accuracy, 0.4);
    NEAR(b1[0].balanced_accuracy_adjusted, -0.19999999999999996);
    NEAR(b1[0].mcc, 0.12524485821702988);
    NEAR(b1[0].kappa, 0.11111111111111116);
    return status;
}
#define GOLDEN_confusion_0_1 {13, STATE, 136, \
    words_confusion_0_1, again_confusion_0_1, read_confusion_0_1},

/* 14 class_counts */
static const char *const words_class_counts_0_1[] = {
    "3154474c 000e 0001 00000150 00000003 0000000000000001 *1 0000000000000008 *7",
    "0000000500000000 *7 0000000500000000 *3 0000000680000000 *7 0000000180000000 *3",
    "0000000700000000 *3 0000000300000000 *1", NULL};
static lgt_status again_class_counts_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 000e 0001 00000150 00000003 0000000000000001 *39", NULL};
    golden_words(state, of_state);
    int32_t b1[8] = {2, 0, 1, 1, 1, 2, 1, 1};
    int32_t b2[8] = {0, 1, 1, 0, 1, 0, 1, 1};
    double b3[8] = {2.0, 1.5, 1.0, 2.0, 1.5, 1.0, 1.5, 1.0};
    lgt_status status = lgt_class_counts_update((void *)state, (const void *)b1, 3, (const void *)b2, 3, (const double *)b3, 8);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_class_counts_0_1(void *state, int compare) {
    lgt_class_counts_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_class_counts_finish_opts b2[1] = {{sizeof(lgt_class_counts_finish_opts), 1, 1.0, 0, 0}};
    lgt_status status = lgt_class_counts_finish((const void *)state, (lgt_class_counts_report *)b1, (const lgt_class_counts_finish_opts *)b2);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 8);
    SAME(b1[0].ignored, 0);
    NEAR(b1[0].weight, 11.5);
    SAME(b1[0].classes, 3);
    NEAR(b1[0].precision, 0.2380952380952381);
    NEAR(b1[0].recall, 0.25641025641025644);
    NEAR(b1[0].f, 0.24691358024691357);
    NEAR(b1[0].jaccard, 0.19607843137254902);
    NEAR(b1[0].specificity, 0.7027870680044593);
    NEAR(b1[0].npv, 0.7222222222222222);
    SAME(b1[0].undefined_precision, 0);
    SAME(b1[0].undefined_recall, 1);
    SAME(b1[0].undefined_f, 0);
    SAME(b1[0].undefined_jaccard, 0);
    SAME(b1[0].undefined_specificity, 0);
    SAME(b1[0].undefined_npv, 0);
    NEAR(b1[0].accuracy, 0.43478260869565216);
    NEAR(b1[0].hamming_loss, 0.5652173913043478);
    NEAR(b1[0].balanced_accuracy, 0.38461538461538464);
    NEAR(b1[0].balanced_accuracy_adjusted, -0.23076923076923073);
    NEAR(b1[0].mcc, 0.0657793514480272);
    NEAR(b1[0].kappa, 0.056782334384858024);
    return status;
}
#define GOLDEN_class_counts_0_1 {14, STATE, 336, \
    words_class_counts_0_1, again_class_counts_0_1, read_class_counts_0_1},

/* 15 multilabel */
static const char *const words_multilabel_0_1[] = {
    "3154474c 000f 0001 000002b0 00000003 0000000000000001 3ff0000000000000",
    "0000000000000004 *3 0000000680000000 *8 0000000680000000 *3 0000000480000000 *4",
    "0000000680000000 *3 0000000240000000 *4 0000000680000000 *2 fffff80000000000",
    "00000002ffffffff *4 0000000680000000 *3 0000000240000000 *7 0000000280000000 *3",
    "0000000200000000 *3 0000000280000000 *3 0000000680000000 *3 0000000200000000 *3",
    "0000000200000000 *3 0000000280000000 *3 0000000200000000 *1", NULL};
static lgt_status again_multilabel_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 000f 0001 000002b0 00000003 0000000000000001 3ff0000000000000 *82", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.125, 0.125, 0.75, 0.0, 0.625, 0.25, 0.125, 0.0, 0.25, 0.5, 0.25, 0.0, 0.25, 0.625, 0.125};
    int32_t b2[15] = {0, 1, 1, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0};
    double b3[4] = {2.0, 2.0, 1.5, 1.0};
    lgt_status status = lgt_multilabel_update_f64((void *)state, (const double *)b1, 4, (const void *)b2, 4, 3, (const double *)b3, 4, 3, 0.25);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_multilabel_0_1(void *state, int compare) {
    lgt_multilabel_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_multilabel_finish_opts b2[1] = {{sizeof(lgt_multilabel_finish_opts), 1, 0}};
    lgt_status status = lgt_multilabel_finish((const void *)state, (lgt_multilabel_report *)b1, (const lgt_multilabel_finish_opts *)b2);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 4);
    SAME(b1[0].nan_rows, 0);
    NEAR(b1[0].weight, 6.5);
    NEAR(b1[0].precision, 0.6666666666666666);
    NEAR(b1[0].recall, 0.4615384615384615);
    NEAR(b1[0].f, 0.5185185185185185);
    NEAR(b1[0].jaccard, 0.4615384615384615);
    NEAR(b1[0].specificity, 0.5);
    NEAR(b1[0].npv, 0.48148148148148145);
    SAME(b1[0].undefined_precision, 0);
    SAME(b1[0].undefined_recall, 0);
    SAME(b1[0].undefined_f, 0);
    SAME(b1[0].undefined_jaccard, 0);
    NEAR(b1[0].exact_match, 0.0);
    NEAR(b1[0].hamming_loss, 0.4358974358974359);
    return status;
}
#define GOLDEN_multilabel_0_1 {15, STATE, 688, \
    words_multilabel_0_1, again_multilabel_0_1, read_multilabel_0_1},

/* 16 bootstrap */
static const char *const words_bootstrap_0_1[] = {
    "3154474c 0010 0001 00000260 00000005 0000000100000001 0000000000000007 *2",
    "0000000000000004 *3 0000000480000000 *3 0000000280000000 *3 0000000000000003 *3",
    "0000000600000000 *3 0000000400000000 *3 0000000000000002 *3 0000000400000000 *3",
    "0000000400000000 *3 0000000000000001 *3 0000000100000000 *3 0000000100000000 *3",
    "0000000000000002 *3 0000000400000000 *3 0000000400000000 *3 0000000000000002 *3",
    "0000000300000000 *3 0000000300000000 *1", NULL};
static lgt_status again_bootstrap_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0010 0001 00000260 00000005 0000000100000001 0000000000000007 *72", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75};
    int32_t b2[4] = {2, 0, 1, 0};
    double b3[4] = {1.0, 1.0, 0.5, 2.0};
    lgt_status status = lgt_bootstrap_update_f64((void *)state, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 0, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_bootstrap_0_1(void *state, int compare) {
    uint64_t b1[12];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_bootstrap_get_original((const void *)state, (void *)b1, 96);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    static const char *const after_1[] = {
    "3154474c 0001 0001 00000060 00000001 0000000000000004 *3 0000000480000000 *3",
    "0000000280000000 *1", NULL};
    golden_same(b1, after_1, 96);
    return status;
}
#define GOLDEN_bootstrap_0_1 {16, STATE, 608, \
    words_bootstrap_0_1, again_bootstrap_0_1, read_bootstrap_0_1},

/* 17 binary */
static const char *const words_binary_0_1[] = {
    "3154474c 0011 0001 000004b0 00000004 3f50000000000000 *1 0000000000000008 *5",
    "0000000180000000 *3 0000000200000000 *3 0000000200000000 *3 0000000580000000 *2",
    "8db9da0000000000 fffffffa1a363d96 ffffffffffffffff *2 000000020d800000 *3",
    "ffffffffe3000000 ffffffffffffffff *2 00000000422a0000 *41 0000000000000001 *2",
    "0000000080000000 *3 0000000020000000 *5 0000000000000001 0003000000000000 *4",
    "0000000000000001 *2 0000000200000000 *3 00000000e0000000 *3 0000000200000000 *4",
    "0000000000000001 0006000000000000 *1 0000000000000002 *2 0000000400000000 *3",
    "0000000260000000 *3 0000000200000000 *4 0000000000000001 0007000000000000 *1",
    "0000000000000001 *2 0000000180000000 *3 0000000168000000 *3 0000000180000000 *1", NULL};
static lgt_status again_binary_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0011 0001 000004b0 00000004 3f50000000000000 *147", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.25, 0.0, 0.75, 0.0, 0.5625, 0.0, 0.375, 0.0, 0.875, 0.0, 0.625, 0.0, 0.4375, 0.0, 0.9375};
    int32_t b2[8] = {0, 1, 1, 0, 1, 0, 1, 1};
    double b3[8] = {0.5, 1.0, 2.0, 1.0, 1.0, 2.0, 2.0, 1.5};
    lgt_status status = lgt_binary_update_f64((void *)state, (const double *)b1, 2, (const void *)b2, 3, (const double *)b3, 8);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_binary_0_1(void *state, int compare) {
    lgt_binary_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_binary_finish((const void *)state, (lgt_binary_report *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 8);
    SAME(b1[0].nan_rows, 0);
    SAME(b1[0].infinite_rows, 0);
    SAME(b1[0].clipped_rows, 0);
    NEAR(b1[0].weight, 11.0);
    NEAR(b1[0].positives, 7.5);
    NEAR(b1[0].base_rate, 0.6818181818181818);
    NEAR(b1[0].mean_probability, 0.6164772727272727);
    NEAR(b1[0].log_loss, 0.5361463504048908);
    NEAR(b1[0].brier, 0.1866122159090909);
    NEAR(b1[0].ece, 0.11079545454545454);
    NEAR(b1[0].mce, 0.25);
    NEAR(b1[0].rms, 0.1480219962155502);
    NEAR(b1[0].true_positives, 5.5);
    NEAR(b1[0].false_positives, 2.0);
    NEAR(b1[0].false_negatives, 2.0);
    NEAR(b1[0].true_negatives, 1.5);
    NEAR(b1[0].spiegelhalter_z, -0.22282654868616084);
    NEAR(b1[0].spiegelhalter_p, 0.8236705045663316);
    NEAR(b1[0].brier_skill, 0.13980654761904776);
    NEAR(b1[0].d2_log_loss, 0.1428397178178148);
    return status;
}
#define GOLDEN_binary_0_1 {17, STATE, 1200, \
    words_binary_0_1, again_binary_0_1, read_binary_0_1},

/* 18 evaluate_rows */
static const char *const words_evaluate_rows_0_1[] = {
    "3154474c 0012 0001 00000110 00000004 3fe0000000000000 bff0000000000000",
    "3fcc8f87724b5c20 3ff0cbed86667586 bfd56ba595b88519 *1 0000000000000001",
    "0000000000000003 3fd0000000000000 bfe0000000000000 3fde3b40ebefcd7c",
    "3ff391f0ee496b83 bfd6ac70b0f3da20 0000000000000001 0000000000000003",
    "0000000000000003 3fe0000000000000 bff0000000000000 3fcc8f87724b5c20",
    "3ff0cbed86667586 bfd56ba595b88514 0000000000000002 0000000000000003",
    "0000000000000003 3ff0000000000000 bfe8000000000000 3fc63e397e022070",
    "3ff07bb0406393fc bfd376724e41dc63 *2 0000000000000003", NULL};
static lgt_status again_evaluate_rows_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0012 0001 00000110 00000004 *32", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75};
    double b2[4] = {1.5, -1.25, -2.625, 1.375};
    int32_t b3[4] = {2, 0, 1, 0};
    lgt_status status = lgt_evaluate_rows_update_f64((void *)state, (const double *)b1, 4, 0, (const double *)b2, (const void *)b3, 3, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_evaluate_rows_0_1(void *state, int compare) {
    uint64_t b1[146];
    static const char *const of_b1[] = {
    "3154474c 0007 0001 00000490 00000004 0000000000000003 0000000000000002 *142", NULL};
    golden_words(b1, of_b1);
    double b2[4] = {2.0, -1.875, 0.375, -3.0};
    int32_t b3[4] = {0, 1, 1, 0};
    double b4[4] = {1.5, 0.5, 1.5, 0.5};
    lgt_status status = lgt_evaluate_rows_add_to((const void *)state, (void *)b1, (const double *)b2, (const void *)b3, 3, (const double *)b4);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    static const char *const after_1[] = {
    "3154474c 0007 0001 00000490 00000004 0000000000000003 0000000000000002 *1",
    "0000000000000004 *18 0c969ff1f271bc00 0000000000000005 *17 8b4b3e0000000000",
    "000000027eb94cd4 *2 cd2e7c0000000000 00000003092f36ab *2 851da20000000000",
    "0000000182ee2aa3 *23 0000000000000001 *3 0000000180000000 *9 c0d4800000000000",
    "00000000b65e547d *1 0000000000000001 *3 0000000080000000 *9 3f18800000000000",
    "00000000506981c3 *1 0000000000000002 *3 0000000200000000 *4 0000000080000000 *4",
    "c636e00000000000 00000001990b32ae *4 0000000080000000 *4 0000000180000000 *1",
    "0000000000000002 0000000000000002 0000000000000001 0000000000000002",
    "0000000000000001 *2 0000000000000001 *1", NULL};
    golden_same(b1, after_1, 1168);
    return status;
}
#define GOLDEN_evaluate_rows_0_1 {18, STATE, 272, \
    words_evaluate_rows_0_1, again_evaluate_rows_0_1, read_evaluate_rows_0_1},

/* 19 pearson */
static const char *const words_pearson_0_1[] = {
    "3154474c 0013 0001 000009c0 00000000 0000000000000008 *3 8000000000000000",
    "0000000000000007 *21 c000000000000000 0000000000000001 *38 a000000000000000",
    "fffffffffffffff8 ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff *36",
    "2c00000000000000 0000000000000017 *72 c800000000000000 fffffffffffffffd",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff *36",
    "c400000000000000 0000000000000027 *36", NULL};
static lgt_status again_pearson_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0013 0001 000009c0 00000000 *310", NULL};
    golden_words(state, of_state);
    double b1[8] = {-2.25, -1.75, 1.25, 0.625, -0.25, 3.0, -1.75, -1.0};
    double b2[8] = {-2.5, -2.0, 2.625, 0.75, -2.875, -2.625, 2.125, -0.625};
    double b3[8] = {0.5, 1.0, 1.0, 1.0, 1.5, 1.5, 0.5, 0.5};
    lgt_status status = lgt_pearson_update_f64((void *)state, (const double *)b1, (const double *)b2, (const double *)b3, 8);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_pearson_0_1(void *state, int compare) {
    lgt_pearson_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_pearson_finish((const void *)state, 0.75, (lgt_pearson_report *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 8);
    SAME(b1[0].nan_rows, 0);
    NEAR(b1[0].weight, 7.5);
    NEAR(b1[0].r, -0.018302255236053146);
    NEAR(b1[0].p_value, 0.967273066739205);
    NEAR(b1[0].low, -0.5084107549031364);
    NEAR(b1[0].high, 0.4807625579836868);
    NEAR(b1[0].mean_x, 0.23333333333333334);
    NEAR(b1[0].mean_y, -0.9833333333333333);
    NEAR(b1[0].variance_x, 3.502083333333333);
    NEAR(b1[0].variance_y, 5.002083333333333);
    NEAR(b1[0].covariance, -0.07660256410256411);
    NEAR(b1[0].slope, -0.02187342698942937);
    NEAR(b1[0].intercept, -0.9782295337024665);
    NEAR(b1[0].slope_std_error, 0.509516353824161);
    NEAR(b1[0].concordance, -0.015002196974452325);
    return status;
}
#define GOLDEN_pearson_0_1 {19, STATE, 2496, \
    words_pearson_0_1, again_pearson_0_1, read_pearson_0_1},

/* 20 regression */
static const char *const words_regression_0_1[] = {
    "3154474c 0014 0001 00000c50 00000000 0000000000000008 *4 000000000000000a *21",
    "6000000000000000 0000000000000006 *38 e000000000000000 000000000000000a *55",
    "5400000000000000 000000000000000f *72 a000000000000000 000000000000001c *72",
    "5400000000000000 000000000000004c *37 4012000000000000 *19 e000000000000000",
    "0000000000000016 *38 02b7142b7142c000 0000000000000029 *19", NULL};
static lgt_status again_regression_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0014 0001 00000c50 00000000 *392", NULL};
    golden_words(state, of_state);
    double b1[8] = {1.25, -2.25, 1.125, 2.375, -1.5, -0.75, 1.5, -3.0};
    double b2[8] = {-2.75, 1.875, 0.625, -0.375, 0.125, 0.375, 1.0, 1.5};
    double b3[8] = {0.5, 2.0, 1.0, 1.0, 1.5, 1.5, 1.5, 1.0};
    lgt_status status = lgt_regression_update_f64((void *)state, (const double *)b1, (const double *)b2, (const double *)b3, 8);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_regression_0_1(void *state, int compare) {
    lgt_regression_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_regression_finish((const void *)state, 1, 0.5, (lgt_regression_report *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 8);
    SAME(b1[0].nan_rows, 0);
    SAME(b1[0].infinite_rows, 0);
    NEAR(b1[0].weight, 10.0);
    NEAR(b1[0].r2, -5.776251907338049);
    NEAR(b1[0].adjusted_r2, -6.623283395755306);
    NEAR(b1[0].explained_variance, -4.7263143293105845);
    NEAR(b1[0].mse, 7.6328125);
    NEAR(b1[0].rmse, 2.762754513162543);
    NEAR(b1[0].mae, 2.2875);
    NEAR(b1[0].mean_error, 1.0875);
    NEAR(b1[0].max_error, 4.5);
    NEAR(b1[0].mape, 4.101060606060606);
    NEAR(b1[0].pinball, 1.14375);
    return status;
}
#define GOLDEN_regression_0_1 {20, STATE, 3152, \
    words_regression_0_1, again_regression_0_1, read_regression_0_1},

/* 21 binned_auroc */
static const char *const words_binned_auroc_0_1[] = {
    "3154474c 0015 0001 00003030 00000008 *736 0000000000000001 402fffffffffffff",
    "bfd0000000000000 *15 0000000000000001 4027ffffffffffff bfd8000000000000 *6",
    "0000000000000001 4023ffffffffffff bfdc000000000000 *9 0000000000000001",
    "401dffffffffffff bfe2000000000000 *6 0000000000000001 401bffffffffffff",
    "bfe4000000000000 *12 0000000000000001 4017ffffffffffff bfe8000000000000 *21",
    "0000000000000001 4013ffffffffffff bfec000000000000 *21 0000000000000001",
    "4011ffffffffffff bfee000000000000 *690", NULL};
static lgt_status again_binned_auroc_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0015 0001 00003030 00000008 *1540", NULL};
    golden_words(state, of_state);
    double b1[8] = {0.25, 0.75, 0.5625, 0.375, 0.875, 0.625, 0.4375, 0.9375};
    int32_t b2[8] = {0, 1, 1, 0, 1, 0, 1, 1};
    lgt_status status = lgt_binned_auroc_update_f64((void *)state, (const double *)b1, (const void *)b2, 3, NULL, 8, 0);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_binned_auroc_0_1(void *state, int compare) {
    lgt_binned_auroc_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_binned_auroc_finish((const void *)state, (lgt_binned_auroc_report *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 8);
    SAME(b1[0].nan_rows, 0);
    SAME(b1[0].positives, 5);
    SAME(b1[0].negatives, 3);
    SAME(b1[0].filled_buckets, 8);
    NEAR(b1[0].auroc, 0.8666666666666667);
    NEAR(b1[0].auroc_low, 0.8666666666666667);
    NEAR(b1[0].auroc_high, 0.8666666666666667);
    NEAR(b1[0].auroc_half_width, 0.0);
    NEAR(b1[0].average_precision, 0.9266666666666667);
    NEAR(b1[0].average_precision_low, 0.9266666666666667);
    NEAR(b1[0].average_precision_high, 0.9266666666666667);
    NEAR(b1[0].average_precision_half_width, 0.0);
    return status;
}
#define GOLDEN_binned_auroc_0_1 {21, STATE, 12336, \
    words_binned_auroc_0_1, again_binned_auroc_0_1, read_binned_auroc_0_1},

/* 22 streaming_auroc */
static const char *const words_streaming_auroc_0_1[] = {
    "3154474c 0016 0001 000000a8 00000010 *2 0000000000000008 *8 7fa0000000000000",
    "7fb0000000000000 7fb8000000000001 7fc4000000000001 7fc8000000000000",
    "7fd0000000000001 7fd8000000000001 7fdc000000000001", NULL};
static lgt_status again_streaming_auroc_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0016 0001 000000a8 00000010 *19", NULL};
    golden_words(state, of_state);
    double b1[8] = {0.25, 0.75, 0.5625, 0.375, 0.875, 0.625, 0.4375, 0.9375};
    int32_t b2[8] = {0, 1, 1, 0, 1, 0, 1, 1};
    lgt_status status = lgt_streaming_auroc_update_f64((void *)state, (const double *)b1, (const void *)b2, 3, 8);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_streaming_auroc_0_1(void *state, int compare) {
    lgt_streaming_auroc_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_streaming_auroc_finish((const void *)state, 0.75, (lgt_streaming_auroc_report *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 8);
    SAME(b1[0].nan_rows, 0);
    SAME(b1[0].positives, 5);
    SAME(b1[0].negatives, 3);
    SAME(b1[0].capacity, 16);
    NEAR(b1[0].auroc, 0.8666666666666667);
    NEAR(b1[0].average_precision, 0.9266666666666667);
    NEAR(b1[0].variance, 0.024444444444444446);
    NEAR(b1[0].std_error, 0.15634719199411432);
    NEAR(b1[0].low, 0.6868127712327086);
    NEAR(b1[0].high, 1.0);
    NEAR(b1[0].logit_low, 0.5781965061295031);
    NEAR(b1[0].logit_high, 0.968575242081847);
    return status;
}
#define GOLDEN_streaming_auroc_0_1 {22, STATE, 168, \
    words_streaming_auroc_0_1, again_streaming_auroc_0_1, read_streaming_auroc_0_1},

/* 23 ranking */
static const char *const words_ranking_0_1[] = {
    "3154474c 0017 0001 000004f0 00000000 4000188000800100 3fe999999999999a *3",
    "0000000000000004 *4 0000000400000000 *17 a6384fd10fe3a400 0000000000000002 *32",
    "31e78c4d9e382500 0000000000000002 *17 0000000000000004 *4 0000000400000000 *17",
    "4000000000000000 0000000000000003 *32 e000000000000000 0000000000000002 *16", NULL};
static lgt_status again_ranking_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0017 0001 000004f0 00000000 4000188000800100 3fe999999999999a *154", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75};
    int32_t b2[15] = {2, 0, 1, 0, 0, 1, 2, 0, 0, 1, 2, 0, 0, 1, 0};
    double b3[4] = {1.0, 1.5, 0.5, 1.0};
    double b4[8];
    memset(b4, 0, sizeof b4);
    uint64_t b5[10];
    memset(b5, 0, sizeof b5);
    lgt_status status = lgt_ranking_update_f64((void *)state, (const double *)b1, 4, (const void *)b2, 4, 3, NULL, (const double *)b3, (double *)b4, 4, 3, (void *)b5, 80);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b4[0], 0.8597186998521972);
    NEAR(b4[1], 1.0);
    NEAR(b4[2], 0.23981246656813146);
    NEAR(b4[3], 0.5);
    NEAR(b4[4], 0.8597186998521972);
    NEAR(b4[5], 1.0);
    NEAR(b4[6], 1.0);
    NEAR(b4[7], 1.0);
    return status;
}
static lgt_status read_ranking_0_1(void *state, int compare) {
    lgt_ranking_report b1[2];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_ranking_finish((const void *)state, (lgt_ranking_report *)b1, 2);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].queries, 4);
    SAME(b1[0].empty_queries, 0);
    SAME(b1[0].nan_queries, 0);
    NEAR(b1[0].weight, 4.0);
    NEAR(b1[0].mean, 0.6623241874076232);
    NEAR(b1[0].std_error, 0.1915389595040853);
    SAME(b1[1].queries, 4);
    SAME(b1[1].empty_queries, 0);
    SAME(b1[1].nan_queries, 0);
    NEAR(b1[1].weight, 4.0);
    NEAR(b1[1].mean, 0.8125);
    NEAR(b1[1].std_error, 0.13975424859373686);
    return status;
}
#define GOLDEN_ranking_0_1 {23, STATE, 1264, \
    words_ranking_0_1, again_ranking_0_1, read_ranking_0_1},

/* 24 xmc */
static const char *const words_xmc_0_1[] = {
    "3154474c 0018 0001 000002f0 00000002 0000000000000001 0000000000000004",
    "0000000000000001 *3 0000000300000000 *3 0000000100000000 *3 0000000280000000 *3",
    "0000000080000000 *3 0000000300000000 *3 0000000300000000 *3 0000000300000000 *3",
    "0000000100000000 *3 0000000300000000 *3 0000000100000000 *3 0000000280000000 *3",
    "0000000080000000 *3 0000000280000000 *3 0000000080000000 *3 0000000300000000 *3",
    "0000000300000000 *3 0000000300000000 *3 0000000300000000 *3 0000000300000000 *3",
    "0000000300000000 *3 0000000300000000 *3 0000000300000000 *1", NULL};
static lgt_status again_xmc_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0018 0001 000002f0 00000002 0000000000000001 *91", NULL};
    golden_words(state, of_state);
    int64_t b1[5] = {0, 1, 3, 3, 4};
    int32_t b2[4] = {2, 0, 1, 1};
    lgt_csr b3[1] = {{b1 + 0, b2 + 0, 4, 4, 3}};
    double b4[4] = {0.25, 0.625, 0.3125, 0.1875};
    int64_t b5[5] = {0, 1, 3, 3, 4};
    int32_t b6[4] = {2, 0, 1, 1};
    lgt_csr b7[1] = {{b5 + 0, b6 + 0, 4, 4, 3}};
    double b8[3] = {1.0, 1.0, 1.0};
    lgt_status status = lgt_xmc_update_f64((void *)state, (const lgt_csr *)b3, (const double *)b4, (const lgt_csr *)b7, (const double *)b8, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_xmc_0_1(void *state, int compare) {
    lgt_xmc_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_xmc_finish((const void *)state, (lgt_xmc_report *)b1, 2, 0);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 4);
    SAME(b1[0].empty_rows, 1);
    SAME(b1[0].nan_rows, 0);
    NEAR(b1[0].hits, 4.0);
    NEAR(b1[0].precision, 0.6666666666666666);
    NEAR(b1[0].recall, 1.0);
    NEAR(b1[0].ndcg, 1.0);
    NEAR(b1[0].psp, 1.0);
    NEAR(b1[0].psndcg, 1.0);
    NEAR(b1[0].psrecall, 1.0);
    NEAR(b1[0].psndcg_normalized, 1.0);
    NEAR(b1[0].psp_mean, 1.0);
    NEAR(b1[0].psndcg_mean, 1.0);
    NEAR(b1[0].gain, 4.0);
    NEAR(b1[0].ideal_gain, 4.0);
    return status;
}
#define GOLDEN_xmc_0_1 {24, STATE, 752, \
    words_xmc_0_1, again_xmc_0_1, read_xmc_0_1},

/* 25 matching */
static const char *const words_matching_0_1[] = {
    "3154474c 0019 0001 00000520 00000004 0000000200000001 0000000400000003 *2",
    "0000000000000003 0000000000000004 0000000000000004 0000000000000004 *4",
    "0000000000000004 *4 0000000400000000 *18 0000000000000005 *33 0000000000000007",
    "*16 0000000000000004 *4 0000000400000000 *17 8000000000000000 0000000000000003",
    "*32 4000000000000000 0000000000000003 *16", NULL};
static lgt_status again_matching_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0019 0001 00000520 00000004 0000000200000001 0000000400000003 *160", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75};
    int32_t b2[4] = {2, 0, 1, 0};
    double b3[4];
    memset(b3, 0, sizeof b3);
    lgt_status status = lgt_matching_update_f64((void *)state, (const double *)b1, 4, (const void *)b2, 3, 0, (double *)b3, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b3[0], 1.0);
    NEAR(b3[1], 1.0);
    NEAR(b3[2], 1.0);
    NEAR(b3[3], 2.0);
    return status;
}
static lgt_status read_matching_0_1(void *state, int compare) {
    lgt_matching_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_matching_finish((const void *)state, (lgt_matching_report *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 4);
    SAME(b1[0].nan_rows, 0);
    NEAR(b1[0].mean_rank, 1.25);
    NEAR(b1[0].mean_rank_std_error, 0.25);
    NEAR(b1[0].mrr, 0.875);
    NEAR(b1[0].mrr_std_error, 0.125);
    return status;
}
#define GOLDEN_matching_0_1 {25, STATE, 1312, \
    words_matching_0_1, again_matching_0_1, read_matching_0_1},

/* 26 label_ranking */
static const char *const words_label_ranking_0_1[] = {
    "3154474c 001a 0001 00000990 00000000 0000000000000004 *3 0000000000000004 *4",
    "0000000500000000 *17 3ffffffffffff000 0000000000000004 *32 b555555555553800",
    "0000000000000003 *16 0000000000000004 *4 0000000500000000 *18 000000000000000d",
    "*33 0000000000000023 *16 0000000000000004 *4 0000000500000000 *17",
    "c000000000000000 0000000000000001 *32 e000000000000000 *17 0000000000000004 *4",
    "0000000500000000 *17 8000000000000000 *33 8000000000000000 *17", NULL};
static lgt_status again_label_ranking_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 001a 0001 00000990 00000000 *304", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75};
    int32_t b2[15] = {0, 1, 1, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0};
    double b3[4] = {1.0, 0.5, 2.0, 1.5};
    double b4[16];
    memset(b4, 0, sizeof b4);
    lgt_status status = lgt_label_ranking_update_f64((void *)state, (const double *)b1, 4, (const void *)b2, 4, 3, (const double *)b3, (double *)b4, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b4[0], 0.8333333333333333);
    NEAR(b4[1], 3.0);
    NEAR(b4[2], 0.5);
    NEAR(b4[3], 0.0);
    NEAR(b4[4], 0.5);
    NEAR(b4[5], 2.0);
    NEAR(b4[6], 0.5);
    NEAR(b4[7], 1.0);
    NEAR(b4[8], 0.8333333333333333);
    NEAR(b4[9], 3.0);
    NEAR(b4[10], 0.5);
    NEAR(b4[11], 0.0);
    NEAR(b4[12], 1.0);
    NEAR(b4[13], 2.0);
    NEAR(b4[14], 0.0);
    NEAR(b4[15], 0.0);
    return status;
}
static lgt_status read_label_ranking_0_1(void *state, int compare) {
    lgt_label_ranking_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_label_ranking_finish((const void *)state, (lgt_label_ranking_report *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 4);
    SAME(b1[0].nan_rows, 0);
    SAME(b1[0].none_rows, 0);
    SAME(b1[0].all_rows, 0);
    NEAR(b1[0].weight, 5.0);
    NEAR(b1[0].average_precision, 0.85);
    NEAR(b1[0].average_precision_std_error, 0.06922186552431725);
    NEAR(b1[0].coverage_error, 2.6);
    NEAR(b1[0].coverage_error_std_error, 0.24494897427831738);
    NEAR(b1[0].ranking_loss, 0.35);
    NEAR(b1[0].ranking_loss_std_error, 0.11456439237389601);
    NEAR(b1[0].one_error, 0.1);
    NEAR(b1[0].one_error_std_error, 0.15);
    return status;
}
#define GOLDEN_label_ranking_0_1 {26, STATE, 2448, \
    words_label_ranking_0_1, again_label_ranking_0_1, read_label_ranking_0_1},

/* 27 agreement */
static const char *const words_agreement_0_1[] = {
    "3154474c 001b 0001 00000240 00000003 0000000000000001 0000000000000003",
    "00000000ffffffff *45 0000000000000004 0000000000000005 0000000000000004",
    "0000000000000003 0000000000000005 0000000000000003 0000000000000003",
    "0000000000000013 000000000000000b 0000000000000007 0000000000000005",
    "0000000000000004 0000000000000003 0000000000000003 0000000000000003",
    "0000000000000003 0000000000000003 0000000000000003 0000000000000003",
    "0000000000000003 0000000000000003 0000000000000003", NULL};
static lgt_status again_agreement_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 001b 0001 00000240 00000003 0000000000000001 0000000000000003",
    "00000000ffffffff *67", NULL};
    golden_words(state, of_state);
    int32_t b1[15] = {2, 0, 1, 0, 0, 1, 2, 0, 0, 1, 2, 0, 0, 1, 0};
    lgt_status status = lgt_agreement_update((void *)state, (const void *)b1, 3, 4, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_agreement_0_1(void *state, int compare) {
    lgt_agreement_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_agreement_finish_opts b2[1] = {{sizeof(lgt_agreement_finish_opts), 0, 0, 0, NULL, NULL, 0.95}};
    lgt_status status = lgt_agreement_finish((const void *)state, (lgt_agreement_report *)b1, (const lgt_agreement_finish_opts *)b2);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].items, 4);
    SAME(b1[0].paired_items, 4);
    SAME(b1[0].empty_items, 0);
    SAME(b1[0].ratings, 12);
    SAME(b1[0].categories, 3);
    NEAR(b1[0].observed, 0.15972222222222232);
    NEAR(b1[0].expected, 0.3472222222222222);
    NEAR(b1[0].value, -0.2872340425531912);
    NEAR(b1[0].std_error, 0.06790402897238562);
    NEAR(b1[0].p_value, 0.024171809828052386);
    NEAR(b1[0].low, -0.5033349686702381);
    NEAR(b1[0].high, -0.07113311643614428);
    return status;
}
#define GOLDEN_agreement_0_1 {27, STATE, 576, \
    words_agreement_0_1, again_agreement_0_1, read_agreement_0_1},

/* 28 temperature_loss */
static const char *const words_temperature_loss_0_1[] = {
    "3154474c 001c 0001 00000b08 00000102 3ff0000000000000 4000000000000000 *2",
    "0000000000000004 *1 0000000000000004 *2 0000000600000000 *17 2590b866b9f06000",
    "0000000000000003 *32 66a1aebd844b9400 fffffffffffffffe ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff *16 a94e8f7da9443000",
    "0000000000000002 *32 150e9c444f476c00 fffffffffffffffd ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff *16 037c834738d0e800",
    "0000000000000002 *32 58015e794a5f7000 0000000000000004 *152", NULL};
static lgt_status again_temperature_loss_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 001c 0001 00000b08 00000102 3ff0000000000000 4000000000000000 *349", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75};
    int32_t b2[4] = {2, 0, 1, 0};
    double b3[4] = {1.5, 2.0, 1.5, 1.0};
    lgt_status status = lgt_temperature_loss_update_f64((void *)state, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_temperature_loss_0_1(void *state, int compare) {
    lgt_temperature_loss_report b1[2];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_temperature_loss_finish((const void *)state, (lgt_temperature_loss_report *)b1, 2);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 4);
    SAME(b1[0].lost_rows, 0);
    NEAR(b1[0].weight, 6.0);
    NEAR(b1[0].temperature, 1.0);
    NEAR(b1[0].nll, 0.5244565844662458);
    NEAR(b1[0].slope, -0.26651590327123886);
    NEAR(b1[0].curvature, 0.4435591647114759);
    SAME(b1[1].rows, 4);
    SAME(b1[1].lost_rows, 0);
    NEAR(b1[1].weight, 6.0);
    NEAR(b1[1].temperature, 2.0);
    NEAR(b1[1].nll, 0.7239618149776369);
    NEAR(b1[1].slope, NAN);
    NEAR(b1[1].curvature, NAN);
    return status;
}
#define GOLDEN_temperature_loss_0_1 {28, STATE, 2824, \
    words_temperature_loss_0_1, again_temperature_loss_0_1, read_temperature_loss_0_1},

/* 29 matrix_loss */
static const char *const words_matrix_loss_0_1[] = {
    "3154474c 001d 0001 000000f0 00000003 0000000000000001 *1 0000000000000004 *2",
    "4014000000000000 400b32e5364ea63c 3ff0000000000000 3ff0000000000000",
    "3ff0000000000000 *3 bfe1d84a8f9edfc3 3fa74aad1bd35f70 bfcc90522c078eca",
    "bfec64313a23c63a 3fc98204746fea34 3fe603b01d07cbab 3fdbbc9f1b2a71c6",
    "3fec7528e676521c 3fec15b4b9110aee 3fe65f46c2aca624 3feedf037be5e914",
    "3fe9d34ff1df8bda 4000000000000000 4000000000000000 3ff0000000000000", NULL};
static lgt_status again_matrix_loss_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 001d 0001 000000f0 00000003 0000000000000001 *6 3ff0000000000000",
    "3ff0000000000000 3ff0000000000000 *18", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75};
    int32_t b2[4] = {2, 0, 1, 0};
    double b3[4] = {1.0, 0.5, 2.0, 1.5};
    uint64_t b4[224];
    memset(b4, 0, sizeof b4);
    lgt_status status = lgt_matrix_loss_update_f64((void *)state, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 4, 3, (void *)b4, 1792);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_matrix_loss_0_1(void *state, int compare) {
    lgt_matrix_loss_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_matrix_loss_finish((const void *)state, (lgt_matrix_loss_report *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 4);
    SAME(b1[0].rejected_rows, 0);
    NEAR(b1[0].weight, 5.0);
    NEAR(b1[0].loss, 0.6799702499914527);
    return status;
}
#define GOLDEN_matrix_loss_0_1 {29, STATE, 240, \
    words_matrix_loss_0_1, again_matrix_loss_0_1, read_matrix_loss_0_1},

/* 30 logistic_loss */
static const char *const words_logistic_loss_0_1[] = {
    "3154474c 001e 0001 00000140 00000100 *1 3ff0000000000000 *2 0000000000000001",
    "0000000000000001 3fd0000000000000 3fe4000000000000 3fdc000000000000",
    "3fee000000000000 4004000000000000 *1 4016000000000000 *25", NULL};
static lgt_status again_logistic_loss_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 001e 0001 00000140 00000100 *1 3ff0000000000000 *36", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.25, 0.0, 0.75, 0.0, 0.5625, 0.0, 0.375, 0.0, 0.875, 0.0, 0.625, 0.0, 0.4375, 0.0, 0.9375};
    int32_t b2[8] = {0, 1, 1, 0, 1, 0, 1, 1};
    double b3[8] = {1.5, 2.0, 1.0, 0.5, 0.5, 0.5, 1.0, 1.0};
    lgt_status status = lgt_logistic_loss_update_f64((void *)state, (const double *)b1, 2, (const void *)b2, 3, (const double *)b3, 8);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_logistic_loss_0_1(void *state, int compare) {
    lgt_logistic_search b0[1] = {{{827606860, 33, 1, 248, 0}, 5, 0, 0, 0, 100, 0, 1e-06, 2.220446049250313e-16, NAN, NAN, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, NAN, NAN, NAN, INFINITY, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, NAN, 0.0, 0.0, 0.0, 0.0}};
    lgt_status status = lgt_logistic_search_step((lgt_logistic_search *)b0, (const void *)state);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b0[0].head.magic, 827606860);
    SAME(b0[0].head.kind, 33);
    SAME(b0[0].head.version, 1);
    SAME(b0[0].head.size, 248);
    SAME(b0[0].head.param, 0);
    SAME(b0[0].fit_status, 5);
    SAME(b0[0].done, 0);
    SAME(b0[0].phase, 1);
    SAME(b0[0].max_iter, 100);
    SAME(b0[0].degenerate, 0);
    NEAR(b0[0].tol, 1e-06);
    NEAR(b0[0].eps, 2.220446049250313e-16);
    NEAR(b0[0].nll_before, NAN);
    NEAR(b0[0].nll_after, NAN);
    NEAR(b0[0].a, 1.0);
    NEAR(b0[0].b, 0.0);
    NEAR(b0[0].c, 0.0);
    NEAR(b0[0].weight_0, 2.5);
    NEAR(b0[0].weight_1, 5.5);
    NEAR(b0[0].shift, 0.59375);
    NEAR(b0[0].scale, 0.5);
    NEAR(b0[0].start_a, 0.0);
    NEAR(b0[0].start_b, 0.0);
    NEAR(b0[0].start_c, 0.6869036639202603);
    NEAR(b0[0].most, INFINITY);
    NEAR(b0[0].point_1, 0.5);
    NEAR(b0[0].point_2, 0.0);
    NEAR(b0[0].point_3, 0.59375);
    NEAR(b0[0].base_1, 0.0);
    NEAR(b0[0].base_2, 0.0);
    NEAR(b0[0].base_3, 0.0);
    NEAR(b0[0].base_loss, NAN);
    NEAR(b0[0].step_1, 0.0);
    NEAR(b0[0].step_2, 0.0);
    NEAR(b0[0].step_3, 0.0);
    NEAR(b0[0].change, 0.0);
    return status;
}
#define GOLDEN_logistic_loss_0_1 {30, STATE, 320, \
    words_logistic_loss_0_1, again_logistic_loss_0_1, read_logistic_loss_0_1},

/* 31 temperature_search */
static const char *const words_temperature_search_0_1[] = {
    "3154474c 001f 0001 00000078 00000000 00000005 00000001 00000001 00000001",
    "3fe3fd41d0c3fca9 3ff0000000000000 3fe0c8592cce8a57 3fe0c8592cce8a57",
    "3ff0000000000000 3e45798ee2308c3a 3f847ae147ae147b 4059000000000000",
    "3ff0000000000000 4059000000000000 00000032 80000001", NULL};
static lgt_status again_temperature_search_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 001f 0001 00000078 00000000 00000005 00000000 00000001 00000001",
    "3ff0000000000000 3ff0000000000000 7ff8000000000000 7ff8000000000000",
    "3ff0000000000000 3e45798ee2308c3a 3f847ae147ae147b 4059000000000000",
    "3f847ae147ae147b 4059000000000000 00000032 00000000", NULL};
    golden_words(state, of_state);
    uint64_t b1[353];
    static const char *const of_b1[] = {
    "3154474c 001c 0001 000005b8 00000101 3ff0000000000000 *3 0000000000000004 *1",
    "0000000000000004 *2 0000000600000000 *17 2590b866b9f06000 0000000000000003 *32",
    "66a1aebd844b9400 fffffffffffffffe ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff *16 a94e8f7da9443000 0000000000000002 *32",
    "150e9c444f476c00 fffffffffffffffd ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
    "ffffffffffffffff ffffffffffffffff *16 037c834738d0e800 0000000000000002 *16", NULL};
    golden_words(b1, of_b1);
    lgt_status status = lgt_temperature_search_step((lgt_temperature_search *)state, (const void *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_temperature_search_0_1(void *state, int compare) {
    lgt_temperature_model b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_temperature_search_model((const lgt_temperature_search *)state, (lgt_temperature_model *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 5);
    SAME(b1[0].head.magic, 827606860);
    SAME(b1[0].head.kind, 5);
    SAME(b1[0].head.version, 2);
    SAME(b1[0].head.size, 48);
    SAME(b1[0].head.param, 0);
    SAME(b1[0].fit_status, 5);
    NEAR(b1[0].nll_before, 0.5244565844662458);
    NEAR(b1[0].nll_after, 0.5244565844662458);
    NEAR(b1[0].temperature, 1.0);
    return status;
}
#define GOLDEN_temperature_search_0_1 {31, OTHER, 120, \
    words_temperature_search_0_1, again_temperature_search_0_1, read_temperature_search_0_1},

/* 32 matrix_search */
static const char *const words_matrix_search_0_1[] = {
    "3154474c 0020 0001 00000860 00000003 0000000000000001 *1 00000000000003e8",
    "3bc79ca10c924223 408f400000000000 3fc0000000000000 3fc0000000000000",
    "3fc0000000000000 0000000000000001 0000000000000001 *2 3fe5c250f83eeb63",
    "3fe5c250f83eeb63 3fe5c250f83eeb63 bfc60a78a736eaba 3ff0000000000000 *1",
    "bfc60a78a736eaba 7ff0000000000000 *1 40a129bda336b913 *1 3ff0000000000000",
    "3ff0000000000000 3ff0000000000000 *3 bfbc8d4418fe32d2 3f82a2241642b2c0",
    "bfa6d9db566c723b bfc6b68dc81c9e95 3fa468039059882a 3fc19c8ce4063c89",
    "3fd5337f7c4ca084 bf95c669da40dc81 3fbad99d20bec710 3fdd21e1c78fcdda",
    "bfb708ea2f086393 bfd56766dde58878 *225", NULL};
static lgt_status again_matrix_search_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0020 0001 00000860 00000003 0000000000000001 *1 00000000000003e8",
    "3bc79ca10c924223 408f400000000000 3fc0000000000000 3fc0000000000000",
    "3fc0000000000000 *15 3ff0000000000000 3ff0000000000000 3ff0000000000000 *240", NULL};
    golden_words(state, of_state);
    uint64_t b1[30];
    static const char *const of_b1[] = {
    "3154474c 001d 0001 000000f0 00000003 0000000000000001 *1 0000000000000004 *2",
    "4014000000000000 400b32e5364ea63c 3ff0000000000000 3ff0000000000000",
    "3ff0000000000000 *3 bfe1d84a8f9edfc3 3fa74aad1bd35f70 bfcc90522c078eca",
    "bfec64313a23c63a 3fc98204746fea34 3fe603b01d07cbab 3fdbbc9f1b2a71c6",
    "3fec7528e676521c 3fec15b4b9110aee 3fe65f46c2aca624 3feedf037be5e914",
    "3fe9d34ff1df8bda 4000000000000000 4000000000000000 3ff0000000000000", NULL};
    golden_words(b1, of_b1);
    uint32_t b2[1];
    memset(b2, 0, sizeof b2);
    lgt_status status = lgt_matrix_search_step((void *)state, (const void *)b1, (uint32_t *)b2);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_matrix_search_0_1(void *state, int compare) {
    uint64_t b1[11];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_matrix_search_model((const void *)state, (void *)b1, 88);
    if (!compare) return status;
    CHECK_STATUS(status, 5);
    static const char *const after_1[] = {
    "3154474c 0024 0001 00000058 00000003 00000005 00000001 3fe5c250f83eeb63",
    "3fe5c250f83eeb63 3ff0000000000000 3ff0000000000000 3ff0000000000000 *3", NULL};
    golden_same(b1, after_1, 88);
    return status;
}
#define GOLDEN_matrix_search_0_1 {32, OTHER, 2144, \
    words_matrix_search_0_1, again_matrix_search_0_1, read_matrix_search_0_1},

/* 33 logistic_search */
static const char *const words_logistic_search_0_1[] = {
    "3154474c 0021 0001 000000f8 00000000 00000005 00000001 00000000 00000001",
    "00000064 00000000 3eb0c6f7a0b5ed8d 3cb0000000000000 7ff8000000000000",
    "7ff8000000000000 3ff0000000000000 *2 4004000000000000 4016000000000000",
    "3fe3000000000000 3fe0000000000000 *2 3fe5fb1d64814871 7ff0000000000000",
    "3fe0000000000000 *1 3fe3000000000000 *3 7ff8000000000000 *4", NULL};
static lgt_status again_logistic_search_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0021 0001 000000f8 00000000 00000005 00000000 00000000 00000000",
    "00000064 00000000 3eb0c6f7a0b5ed8d 3cb0000000000000 7ff8000000000000",
    "7ff8000000000000 3ff0000000000000 *5 3ff0000000000000 7ff8000000000000",
    "7ff8000000000000 7ff8000000000000 7ff0000000000000 *6 7ff8000000000000 *4", NULL};
    golden_words(state, of_state);
    uint64_t b1[40];
    static const char *const of_b1[] = {
    "3154474c 001e 0001 00000140 00000100 *1 3ff0000000000000 *2 0000000000000001",
    "0000000000000001 3fd0000000000000 3fe4000000000000 3fdc000000000000",
    "3fee000000000000 4004000000000000 *1 4016000000000000 *25", NULL};
    golden_words(b1, of_b1);
    lgt_status status = lgt_logistic_search_step((lgt_logistic_search *)state, (const void *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_logistic_search_0_1(void *state, int compare) {
    uint64_t b1[7];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_logistic_search_model((const lgt_logistic_search *)state, (void *)b1, 56);
    if (!compare) return status;
    CHECK_STATUS(status, 5);
    static const char *const after_1[] = {
    "3154474c 0027 0001 00000038 00000000 00000005 00000001 7ff8000000000000",
    "7ff8000000000000 3ff0000000000000 *1", NULL};
    golden_same(b1, after_1, 56);
    return status;
}
#define GOLDEN_logistic_search_0_1 {33, OTHER, 248, \
    words_logistic_search_0_1, again_logistic_search_0_1, read_logistic_search_0_1},

/* 34 ensemble_temperature */
static const char *const words_ensemble_temperature_0_1[] = {
    "3154474c 0022 0001 00000048 00000000 00000000 00000006 3fe084526f8915de",
    "3fdb427d746aa05d 3fdf4b5ba2451eea 3ff0000000000000 *2", NULL};
static lgt_status again_ensemble_temperature_0_1(void *state, int compare) {
    double b1[31] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75, 0.0, -0.5, 0.75, 0.25, 0.0, 0.0, -1.5, 1.0, 0.0, 0.5, 0.75, -0.25, 0.0, -2.0, 1.5, -1.0};
    int32_t b2[8] = {2, 0, 1, 0, 1, 2, 0, 1};
    double b3[8] = {0.5, 0.5, 0.5, 1.0, 1.5, 1.0, 0.5, 2.0};
    lgt_temperature_opts b4[1] = {{sizeof(lgt_temperature_opts), 50, 1e-08, 0.01, 100.0, 0.0}};
    uint64_t b5[16];
    memset(b5, 0, sizeof b5);
    lgt_status status = lgt_ensemble_temperature_fit_f64((lgt_ensemble_temperature_model *)state, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 8, 3, (const lgt_temperature_opts *)b4, (void *)b5, 128);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_ensemble_temperature_0_1(void *state, int compare) {
    double b1[15] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75};
    double b2[12];
    memset(b2, 0, sizeof b2);
    lgt_status status = lgt_ensemble_temperature_apply_f64((const lgt_ensemble_temperature_model *)state, (const double *)b1, 4, (double *)b2, 3, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b2[0], 0.0443699895242456);
    NEAR(b2[1], 0.002064563030945613);
    NEAR(b2[2], 0.9535654474448089);
    NEAR(b2[3], 0.9138079668666598);
    NEAR(b2[4], 0.07089853972165651);
    NEAR(b2[5], 0.015293493411683689);
    NEAR(b2[6], 0.012159141766279895);
    NEAR(b2[7], 0.7265260014300732);
    NEAR(b2[8], 0.26131485680364697);
    NEAR(b2[9], 0.17345359740299596);
    NEAR(b2[10], 0.804107108448197);
    NEAR(b2[11], 0.022439294148807135);
    return status;
}
#define GOLDEN_ensemble_temperature_0_1 {34, MODEL, 72, \
    words_ensemble_temperature_0_1, again_ensemble_temperature_0_1, read_ensemble_temperature_0_1},

/* 35 prior_shift */
static const char *const words_prior_shift_0_1[] = {
    "3154474c 0023 0001 00000040 00000003 00000000 0000000a 3fe3b0507773450f",
    "3fe1d37f7adeef7b 3fd46eadbececcf9 bfc6700977e23a27 bfc26d5205bb55dd", NULL};
static lgt_status again_prior_shift_0_1(void *state, int compare) {
    double b1[31] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75, 0.0, -0.5, 0.75, 0.25, 0.0, 0.0, -1.5, 1.0, 0.0, 0.5, 0.75, -0.25, 0.0, -2.0, 1.5, -1.0};
    int32_t b2[8] = {2, 0, 1, 0, 1, 2, 0, 1};
    double b3[8] = {2.0, 0.5, 1.0, 1.5, 1.0, 0.5, 1.5, 1.0};
    lgt_matrix_search_opts b4[1] = {{sizeof(lgt_matrix_search_opts), 1000, 1e-20, 1000.0, 0.125, 0.125, 0.125}};
    uint64_t b5[408];
    memset(b5, 0, sizeof b5);
    lgt_status status = lgt_prior_shift_fit_f64((void *)state, 64, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 8, 3, (const lgt_matrix_search_opts *)b4, (void *)b5, 3264);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_prior_shift_0_1(void *state, int compare) {
    double b1[15] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75};
    double b2[12];
    memset(b2, 0, sizeof b2);
    lgt_status status = lgt_prior_shift_apply_f64((const void *)state, (const double *)b1, 4, (double *)b2, 3, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b2[0], 0.25276739496804385);
    NEAR(b2[1], 0.034395312466630155);
    NEAR(b2[2], 0.7128372925653259);
    NEAR(b2[3], 0.7937236802363058);
    NEAR(b2[4], 0.13868234112105046);
    NEAR(b2[5], 0.06759397864264378);
    NEAR(b2[6], 0.12010114616948742);
    NEAR(b2[7], 0.5411978284064326);
    NEAR(b2[8], 0.33870102542408);
    NEAR(b2[9], 0.3964268087576805);
    NEAR(b2[10], 0.5118041549364537);
    NEAR(b2[11], 0.09176903630586572);
    return status;
}
#define GOLDEN_prior_shift_0_1 {35, MODEL, 64, \
    words_prior_shift_0_1, again_prior_shift_0_1, read_prior_shift_0_1},

/* 36 vector_scaling */
static const char *const words_vector_scaling_0_1[] = {
    "3154474c 0024 0001 00000058 00000003 00000000 0000000c 3fde8f796f07e093",
    "3fd9ab772cb923da 3ff519e14396e9d1 3ff2d9a93fe1bef8 3ff5238fefb0b3af",
    "3fb5070e706867fd 3fa09a08b1583794 bfbd5412c81dbdef", NULL};
static lgt_status again_vector_scaling_0_1(void *state, int compare) {
    double b1[31] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75, 0.0, -0.5, 0.75, 0.25, 0.0, 0.0, -1.5, 1.0, 0.0, 0.5, 0.75, -0.25, 0.0, -2.0, 1.5, -1.0};
    int32_t b2[8] = {2, 0, 1, 0, 1, 2, 0, 1};
    double b3[8] = {1.0, 1.0, 1.0, 0.5, 1.0, 1.5, 0.5, 1.0};
    lgt_matrix_search_opts b4[1] = {{sizeof(lgt_matrix_search_opts), 1000, 1e-20, 1000.0, 0.125, 0.125, 0.125}};
    uint64_t b5[522];
    memset(b5, 0, sizeof b5);
    lgt_status status = lgt_vector_scaling_fit_f64((void *)state, 88, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 8, 3, (const lgt_matrix_search_opts *)b4, (void *)b5, 4176);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_vector_scaling_0_1(void *state, int compare) {
    double b1[15] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75};
    double b2[12];
    memset(b2, 0, sizeof b2);
    lgt_status status = lgt_vector_scaling_apply_f64((const void *)state, (const double *)b1, 4, (double *)b2, 3, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b2[0], 0.14047838299722776);
    NEAR(b2[1], 0.021280492038070836);
    NEAR(b2[2], 0.8382411249647013);
    NEAR(b2[3], 0.8094744370195437);
    NEAR(b2[4], 0.14301920507814683);
    NEAR(b2[5], 0.04750635790230939);
    NEAR(b2[6], 0.05404708305746932);
    NEAR(b2[7], 0.6245929187354833);
    NEAR(b2[8], 0.3213599982070474);
    NEAR(b2[9], 0.2905285862959075);
    NEAR(b2[10], 0.6457571972062793);
    NEAR(b2[11], 0.06371421649781311);
    return status;
}
#define GOLDEN_vector_scaling_0_1 {36, MODEL, 88, \
    words_vector_scaling_0_1, again_vector_scaling_0_1, read_vector_scaling_0_1},

/* 37 matrix_scaling */
static const char *const words_matrix_scaling_0_1[] = {
    "3154474c 0025 0001 00000088 00000003 00000000 0000000e 3fe2248315b2dc09",
    "3fd0b11d72218659 3ff50f6a63d6b28f 3fd6bd90524328be bfd6fe13218a913d",
    "bfd932d62a7ef525 3ff03ca431fde39d 3fcd95db26ba2a6d 3fb3d4b26d006a8e",
    "bfd7b0211a4363ad 3ff20cc963855f8f 3fcdf6d10f8f31a4 bfb5fb60008dd0ec",
    "bfc2f9210f792cea", NULL};
static lgt_status again_matrix_scaling_0_1(void *state, int compare) {
    double b1[31] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75, 0.0, -0.5, 0.75, 0.25, 0.0, 0.0, -1.5, 1.0, 0.0, 0.5, 0.75, -0.25, 0.0, -2.0, 1.5, -1.0};
    int32_t b2[8] = {2, 0, 1, 0, 1, 2, 0, 1};
    double b3[8] = {0.5, 2.0, 1.0, 2.0, 1.5, 2.0, 1.0, 2.0};
    lgt_matrix_search_opts b4[1] = {{sizeof(lgt_matrix_search_opts), 1000, 1e-20, 1000.0, 0.125, 0.125, 0.125}};
    uint64_t b5[910];
    memset(b5, 0, sizeof b5);
    lgt_status status = lgt_matrix_scaling_fit_f64((void *)state, 136, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 8, 3, (const lgt_matrix_search_opts *)b4, (void *)b5, 7280);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_matrix_scaling_0_1(void *state, int compare) {
    double b1[15] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75};
    double b2[12];
    memset(b2, 0, sizeof b2);
    uint64_t b3[256];
    memset(b3, 0, sizeof b3);
    lgt_status status = lgt_matrix_scaling_apply_f64((const void *)state, (const double *)b1, 4, (double *)b2, 3, 4, 3, (void *)b3, 2048);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b2[0], 0.06106015204613983);
    NEAR(b2[1], 0.031759871962946315);
    NEAR(b2[2], 0.9071799759909138);
    NEAR(b2[3], 0.9164034961865416);
    NEAR(b2[4], 0.04493345566992562);
    NEAR(b2[5], 0.03866304814353286);
    NEAR(b2[6], 0.07231459138599552);
    NEAR(b2[7], 0.7542600720606569);
    NEAR(b2[8], 0.17342533655334758);
    NEAR(b2[9], 0.5996740868631321);
    NEAR(b2[10], 0.35269964966238554);
    NEAR(b2[11], 0.0476262634744824);
    return status;
}
#define GOLDEN_matrix_scaling_0_1 {37, MODEL, 136, \
    words_matrix_scaling_0_1, again_matrix_scaling_0_1, read_matrix_scaling_0_1},

/* 38 dirichlet */
static const char *const words_dirichlet_0_1[] = {
    "3154474c 0026 0001 00000090 00000003 00000000 00000015 3fe46db222906e1a",
    "3fdc638e28e07228 3ff381c9b1d75be2 3fbd6a6a15e28331 bfddcc0288b3ec11",
    "bfd0349477394958 3ff28147fe3d6343 3fbd8b29bf74eead 3fa16b6d7efe3356",
    "bfd15fba7e625361 3ff59a4e0636746d 3f985da67c279ee9 3fa10898f063bbe8",
    "bfad376c2eace62a 3f50000000000000", NULL};
static lgt_status again_dirichlet_0_1(void *state, int compare) {
    double b1[31] = {0.125, 0.125, 0.75, 0.0, 0.625, 0.25, 0.125, 0.0, 0.25, 0.5, 0.25, 0.0, 0.25, 0.625, 0.125, 0.0, 0.1875, 0.5625, 0.25, 0.0, 0.25, 0.125, 0.625, 0.0, 0.375, 0.5, 0.125, 0.0, 0.0625, 0.875, 0.0625};
    int32_t b2[8] = {2, 0, 1, 0, 1, 2, 0, 1};
    double b3[8] = {1.0, 1.0, 2.0, 1.0, 1.5, 1.5, 1.5, 1.0};
    lgt_matrix_search_opts b4[1] = {{sizeof(lgt_matrix_search_opts), 1000, 1e-20, 1000.0, 0.125, 0.125, 0.125}};
    uint64_t b5[910];
    memset(b5, 0, sizeof b5);
    lgt_status status = lgt_dirichlet_fit_f64((void *)state, 144, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 8, 3, 0.0009765625, (const lgt_matrix_search_opts *)b4, (void *)b5, 7280);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_dirichlet_0_1(void *state, int compare) {
    double b1[15] = {0.125, 0.125, 0.75, 0.0, 0.625, 0.25, 0.125, 0.0, 0.25, 0.5, 0.25, 0.0, 0.25, 0.625, 0.125};
    double b2[12];
    memset(b2, 0, sizeof b2);
    uint64_t b3[256];
    memset(b3, 0, sizeof b3);
    lgt_status status = lgt_dirichlet_apply_f64((const void *)state, (const double *)b1, 4, (double *)b2, 3, 4, 3, (void *)b3, 2048);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b2[0], 0.05728860848779801);
    NEAR(b2[1], 0.11983695880443165);
    NEAR(b2[2], 0.8228744327077704);
    NEAR(b2[3], 0.8297216970033836);
    NEAR(b2[4], 0.11797046280444416);
    NEAR(b2[5], 0.05230784019217235);
    NEAR(b2[6], 0.31343889089799093);
    NEAR(b2[7], 0.5289102431179197);
    NEAR(b2[8], 0.15765086598408928);
    NEAR(b2[9], 0.39149247307944623);
    NEAR(b2[10], 0.5571943816863374);
    NEAR(b2[11], 0.0513131452342163);
    return status;
}
#define GOLDEN_dirichlet_0_1 {38, MODEL, 144, \
    words_dirichlet_0_1, again_dirichlet_0_1, read_dirichlet_0_1},

/* 39 platt */
static const char *const words_platt_0_1[] = {
    "3154474c 0027 0001 00000038 00000000 00000000 00000007 3fe5a1071c440bdb",
    "3fe21992023c3d83 4016a4117c922519 c0082c798c044ee9", NULL};
static lgt_status again_platt_0_1(void *state, int compare) {
    double b1[15] = {0.25, 0.0, 0.75, 0.0, 0.5625, 0.0, 0.375, 0.0, 0.875, 0.0, 0.625, 0.0, 0.4375, 0.0, 0.9375};
    int32_t b2[8] = {0, 1, 1, 0, 1, 0, 1, 1};
    double b3[8] = {2.0, 2.0, 2.0, 2.0, 1.0, 2.0, 1.0, 0.5};
    lgt_platt_opts b4[1] = {{sizeof(lgt_platt_opts), 0, 100, 0, 1e-06}};
    lgt_status status = lgt_platt_fit_f64((lgt_platt_model *)state, (const double *)b1, 2, (const void *)b2, 3, (const double *)b3, 8, (const lgt_platt_opts *)b4);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_platt_0_1(void *state, int compare) {
    double b1[7] = {0.25, 0.0, 0.1875, 0.0, 0.9375, 0.0, 0.125};
    double b2[4];
    memset(b2, 0, sizeof b2);
    lgt_status status = lgt_platt_apply_f64((const lgt_platt_model *)state, (const double *)b1, 2, (double *)b2, 1, 4);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b2[0], 0.1670527800085416);
    NEAR(b2[1], 0.12342112475269676);
    NEAR(b2[2], 0.9076055380879661);
    NEAR(b2[3], 0.08995468611043615);
    return status;
}
#define GOLDEN_platt_0_1 {39, MODEL, 56, \
    words_platt_0_1, again_platt_0_1, read_platt_0_1},

/* 40 beta */
static const char *const words_beta_0_1[] = {
    "3154474c 0028 0001 00000048 00000000 00000000 00000007 3fdaa2f0a3977330",
    "3fd71523020e8739 4003951c76a7eb47 3ff9948ea36ab0f6 3fec93f79f057752",
    "3cb0000000000000", NULL};
static lgt_status again_beta_0_1(void *state, int compare) {
    double b1[15] = {0.25, 0.0, 0.75, 0.0, 0.5625, 0.0, 0.375, 0.0, 0.875, 0.0, 0.625, 0.0, 0.4375, 0.0, 0.9375};
    int32_t b2[8] = {0, 1, 1, 0, 1, 0, 1, 1};
    double b3[8] = {1.0, 2.0, 1.0, 0.5, 1.5, 1.0, 1.0, 1.0};
    lgt_beta_opts b4[1] = {{sizeof(lgt_beta_opts), 0, 100, 0, 2.220446049250313e-16, 1e-06}};
    lgt_status status = lgt_beta_fit_f64((lgt_beta_model *)state, (const double *)b1, 2, (const void *)b2, 3, (const double *)b3, 8, (const lgt_beta_opts *)b4);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_beta_0_1(void *state, int compare) {
    double b1[7] = {0.375, 0.0, 0.3125, 0.0, 0.5, 0.0, 0.0625};
    double b2[4];
    memset(b2, 0, sizeof b2);
    lgt_status status = lgt_beta_apply_f64((const lgt_beta_model *)state, (const double *)b1, 2, (double *)b2, 1, 4);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b2[0], 0.3194300456221874);
    NEAR(b2[1], 0.2050444425514424);
    NEAR(b2[2], 0.5755551997498546);
    NEAR(b2[3], 0.00304707690525752);
    return status;
}
#define GOLDEN_beta_0_1 {40, MODEL, 72, \
    words_beta_0_1, again_beta_0_1, read_beta_0_1},

/* 41 isotonic */
static const char *const words_isotonic_0_1[] = {
    "3154474c 0029 0001 00000088 00000000 00000000 00000001 3fdd893cc95bc55b",
    "3fcccaa3a31b187d 3fd0000000000000 3fd8000000000000 3fdc000000000000",
    "3fe4000000000000 3fe8000000000000 3fee000000000000 *2 3fe8000000000000",
    "3fe8000000000000 3ff0000000000000 3ff0000000000000", NULL};
static lgt_status again_isotonic_0_1(void *state, int compare) {
    double b1[15] = {0.25, 0.0, 0.75, 0.0, 0.5625, 0.0, 0.375, 0.0, 0.875, 0.0, 0.625, 0.0, 0.4375, 0.0, 0.9375};
    int32_t b2[8] = {0, 1, 1, 0, 1, 0, 1, 1};
    double b3[8] = {1.0, 2.0, 1.5, 1.0, 1.0, 1.0, 1.5, 1.0};
    lgt_isotonic_opts b4[1] = {{sizeof(lgt_isotonic_opts), 0}};
    uint64_t b5[56];
    memset(b5, 0, sizeof b5);
    lgt_status status = lgt_isotonic_fit_f64((void *)state, 168, (const double *)b1, 2, (const void *)b2, 3, (const double *)b3, 8, (const lgt_isotonic_opts *)b4, (void *)b5, 448);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_isotonic_0_1(void *state, int compare) {
    double b1[7] = {0.75, 0.0, 0.5, 0.0, 0.25, 0.0, 0.375};
    double b2[4];
    memset(b2, 0, sizeof b2);
    lgt_status status = lgt_isotonic_apply_f64((const void *)state, (const double *)b1, 2, (double *)b2, 1, 4);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b2[0], 1.0);
    NEAR(b2[1], 0.75);
    NEAR(b2[2], 0.0);
    NEAR(b2[3], 0.0);
    return status;
}
#define GOLDEN_isotonic_0_1 {41, MODEL, 136, \
    words_isotonic_0_1, again_isotonic_0_1, read_isotonic_0_1},

/* 42 histogram_binning */
static const char *const words_histogram_binning_0_1[] = {
    "3154474c 002a 0001 00000110 00000000 00000000 00000001 3fdc99eb5695afb8 *1",
    "3fb1111111111111 3fc1111111111111 3fc999999999999a 3fd1111111111111",
    "3fd5555555555555 3fd999999999999a 3fddddddddddddde 3fe1111111111111",
    "3fe3333333333333 3fe5555555555555 3fe7777777777777 3fe999999999999a",
    "3febbbbbbbbbbbbc 3fedddddddddddde 3fa1111111111111 3fb999999999999a",
    "3fc5555555555555 *1 3fd3333333333333 *1 3ff0000000000000 3fe0000000000000",
    "3ff0000000000000 *1 3fe6666666666666 3ff0000000000000 3feaaaaaaaaaaaab",
    "3ff0000000000000 3ff0000000000000", NULL};
static lgt_status again_histogram_binning_0_1(void *state, int compare) {
    double b1[15] = {0.25, 0.0, 0.75, 0.0, 0.5625, 0.0, 0.375, 0.0, 0.875, 0.0, 0.625, 0.0, 0.4375, 0.0, 0.9375};
    int32_t b2[8] = {0, 1, 1, 0, 1, 0, 1, 1};
    double b3[8] = {1.5, 1.0, 1.5, 1.0, 0.5, 1.0, 1.5, 2.0};
    lgt_histogram_binning_opts b4[1] = {{sizeof(lgt_histogram_binning_opts), 0, 15, 0}};
    uint64_t b5[195];
    memset(b5, 0, sizeof b5);
    lgt_status status = lgt_histogram_binning_fit_f64((void *)state, 272, (const double *)b1, 2, (const void *)b2, 3, (const double *)b3, 8, (const lgt_histogram_binning_opts *)b4, (void *)b5, 1560);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_histogram_binning_0_1(void *state, int compare) {
    double b1[7] = {0.6875, 0.0, 0.6875, 0.0, 0.375, 0.0, 0.3125};
    double b2[4];
    memset(b2, 0, sizeof b2);
    lgt_status status = lgt_histogram_binning_apply_f64((const void *)state, (const double *)b1, 2, (double *)b2, 1, 4);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b2[0], 0.7);
    NEAR(b2[1], 0.7);
    NEAR(b2[2], 0.0);
    NEAR(b2[3], 0.3);
    return status;
}
#define GOLDEN_histogram_binning_0_1 {42, MODEL, 272, \
    words_histogram_binning_0_1, again_histogram_binning_0_1, read_histogram_binning_0_1},

/* 43 bbq */
static const char *const words_bbq_0_1[] = {
    "3154474c 002b 0001 00000120 00000008 00000000 00000001 3fddb0ed9323af2b",
    "3fbc539604b96785 3ff0000000000000 3f9374dfe70e5d06 4000000000000000",
    "3f74625dbb8b6c14 4008000000000000 3f8b395dc3256c09 4010000000000000",
    "3fc231cc1e9c8ac3 4014000000000000 3fbee4360d44a481 4018000000000000",
    "3fd67fd5cf27494b 401c000000000000 3fc96cb9327b6d80 4020000000000000",
    "3fc32a6f4306a523 3fd4000000000000 3fda000000000000 3fe0000000000000",
    "3fe3000000000000 3fe6000000000000 3fea000000000000 3fed000000000000",
    "3fac7079975c33c5 3fb19d15d4e1f1cc 3fec8a4b365ac6b3 3fecddb33192ed77",
    "3fce5fb5857d0319 3fe89174d5837cb4 3feebdded8c99d1c 3fef54bed6aa4d40", NULL};
static lgt_status again_bbq_0_1(void *state, int compare) {
    double b1[15] = {0.25, 0.0, 0.75, 0.0, 0.5625, 0.0, 0.375, 0.0, 0.875, 0.0, 0.625, 0.0, 0.4375, 0.0, 0.9375};
    int32_t b2[8] = {0, 1, 1, 0, 1, 0, 1, 1};
    double b3[8] = {1.0, 0.5, 1.0, 0.5, 1.0, 1.0, 1.0, 1.0};
    lgt_bbq_opts b4[1] = {{sizeof(lgt_bbq_opts), 0, 2.0}};
    uint64_t b5[64];
    memset(b5, 0, sizeof b5);
    lgt_status status = lgt_bbq_fit_f64((void *)state, 288, (const double *)b1, 2, (const void *)b2, 3, (const double *)b3, 8, (const lgt_bbq_opts *)b4, (void *)b5, 512);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_bbq_0_1(void *state, int compare) {
    double b1[7] = {0.125, 0.0, 0.4375, 0.0, 0.375, 0.0, 0.1875};
    double b2[4];
    memset(b2, 0, sizeof b2);
    lgt_status status = lgt_bbq_apply_f64((const void *)state, (const double *)b1, 2, (double *)b2, 1, 4);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b2[0], 0.055545615889151224);
    NEAR(b2[1], 0.8918815671551868);
    NEAR(b2[2], 0.06880318114594458);
    NEAR(b2[3], 0.055545615889151224);
    return status;
}
#define GOLDEN_bbq_0_1 {43, MODEL, 288, \
    words_bbq_0_1, again_bbq_0_1, read_bbq_0_1},

/* 44 scaling_binning */
static const char *const words_scaling_binning_0_1[] = {
    "3154474c 002c 0001 000000b0 00000000 00000000 00000007 3fdaa4c9e23c1788",
    "3fd786b5f9578b02 4015634c2ede8d36 c00a8de240885723 *1 3fd0000000000000",
    "3fd4000000000000 3fda000000000000 3fe3000000000000 3fe6000000000000",
    "3fea000000000000 3fed000000000000 3fbefd0c0dff9d00 3fcb1bf4e3b89cd1",
    "3fd64280b27f6340 3fe02e3c795791e7 3fe551544ff934ab 3fe975f528f42eb1",
    "3feb07a802cbdb28", NULL};
static lgt_status again_scaling_binning_0_1(void *state, int compare) {
    double b1[15] = {0.25, 0.0, 0.75, 0.0, 0.5625, 0.0, 0.375, 0.0, 0.875, 0.0, 0.625, 0.0, 0.4375, 0.0, 0.9375};
    int32_t b2[8] = {0, 1, 1, 0, 1, 0, 1, 1};
    double b3[8] = {2.0, 0.5, 0.5, 2.0, 2.0, 1.5, 0.5, 1.0};
    lgt_scaling_binning_opts b4[1] = {{sizeof(lgt_scaling_binning_opts), 10, 0, 100, 1e-06, 2.220446049250313e-16}};
    uint64_t b5[16];
    memset(b5, 0, sizeof b5);
    lgt_status status = lgt_scaling_binning_fit_f64((void *)state, 192, (const double *)b1, 2, (const void *)b2, 3, (const double *)b3, 8, (const lgt_scaling_binning_opts *)b4, (void *)b5, 128);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_scaling_binning_0_1(void *state, int compare) {
    double b1[7] = {0.0625, 0.0, 0.375, 0.0, 0.25, 0.0, 0.625};
    double b2[4];
    memset(b2, 0, sizeof b2);
    lgt_status status = lgt_scaling_binning_apply_f64((const void *)state, (const double *)b1, 2, (double *)b2, 1, 4);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b2[0], 0.1210486921478271);
    NEAR(b2[1], 0.2117906677169459);
    NEAR(b2[2], 0.1210486921478271);
    NEAR(b2[3], 0.5056440706217104);
    return status;
}
#define GOLDEN_scaling_binning_0_1 {44, MODEL, 176, \
    words_scaling_binning_0_1, again_scaling_binning_0_1, read_scaling_binning_0_1},

/* 45 spline */
static const char *const words_spline_0_1[] = {
    "3154474c 002d 0001 000000d8 00000006 00000000 00000001 3fda268224a0d8aa",
    "3fd2e8eb30bf58d2 3f8d93c98e3bb160 bfb0b316793f0478 bfb423920d2521b3",
    "bfb20ba1dfb43186 bfb06f07abd0c29e bfa0a767872675ff 3fd0000000000000",
    "3fd8000000000000 3fdc000000000000 3fe2000000000000 3fe4000000000000",
    "3fe8000000000000 3fec000000000000 3fee000000000000 bfc77ba36f722216",
    "3fcd54280397df6a 3fddfa1cd5c318c3 3fe37e4c88540ea2 3fe53a72c318b7c3",
    "3fe87e56fdb297d3 3feedf44d3304c1a 3ff1f4847f8b0210", NULL};
static lgt_status again_spline_0_1(void *state, int compare) {
    double b1[15] = {0.25, 0.0, 0.75, 0.0, 0.5625, 0.0, 0.375, 0.0, 0.875, 0.0, 0.625, 0.0, 0.4375, 0.0, 0.9375};
    int32_t b2[8] = {0, 1, 1, 0, 1, 0, 1, 1};
    double b3[8] = {1.5, 1.0, 0.5, 2.0, 2.0, 1.0, 1.0, 1.0};
    lgt_spline_opts b4[1] = {{sizeof(lgt_spline_opts), 6, 0, 0}};
    uint64_t b5[16];
    memset(b5, 0, sizeof b5);
    lgt_status status = lgt_spline_fit_f64((void *)state, 216, (const double *)b1, 2, (const void *)b2, 3, (const double *)b3, 8, (const lgt_spline_opts *)b4, (void *)b5, 128);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_spline_0_1(void *state, int compare) {
    double b1[7] = {0.375, 0.0, 0.125, 0.0, 0.9375, 0.0, 0.125};
    double b2[4];
    memset(b2, 0, sizeof b2);
    lgt_status status = lgt_spline_apply_f64((const void *)state, (const double *)b1, 2, (double *)b2, 1, 4);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b2[0], 0.22913074660732075);
    NEAR(b2[1], 0.0);
    NEAR(b2[2], 1.0);
    NEAR(b2[3], 0.0);
    return status;
}
#define GOLDEN_spline_0_1 {45, MODEL, 216, \
    words_spline_0_1, again_spline_0_1, read_spline_0_1},

/* 46 venn_abers */
static const char *const words_venn_abers_0_1[] = {
    "3154474c 002e 0001 000000e8 00000000 00000000 00000001 3fd8e15ff5f17666",
    "3fd3e1b25d06fbd0 3fd0000000000000 3fd8000000000000 3fdc000000000000",
    "3fe2000000000000 3fe4000000000000 3fe8000000000000 3fec000000000000",
    "3fee000000000000 *2 3fe0000000000000 3fe5555555555555 3fe5555555555555",
    "3fe8000000000000 3fea000000000000 3feaaaaaaaaaaaab 3fd0000000000000",
    "3fe0000000000000 3fec71c71c71c71c 3fec71c71c71c71c 3fec71c71c71c71c",
    "3ff0000000000000 3ff0000000000000 3ff0000000000000", NULL};
static lgt_status again_venn_abers_0_1(void *state, int compare) {
    double b1[15] = {0.25, 0.0, 0.75, 0.0, 0.5625, 0.0, 0.375, 0.0, 0.875, 0.0, 0.625, 0.0, 0.4375, 0.0, 0.9375};
    int32_t b2[8] = {0, 1, 1, 0, 1, 0, 1, 1};
    double b3[8] = {2.0, 1.5, 2.0, 1.0, 2.0, 0.5, 1.0, 1.0};
    uint64_t b4[32];
    memset(b4, 0, sizeof b4);
    lgt_status status = lgt_venn_abers_fit_f64((void *)state, 232, (const double *)b1, 2, (const void *)b2, 3, (const double *)b3, 8, (void *)b4, 256);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_venn_abers_0_1(void *state, int compare) {
    double b1[7] = {0.625, 0.0, 0.3125, 0.0, 0.6875, 0.0, 0.1875};
    double b2[4];
    memset(b2, 0, sizeof b2);
    lgt_status status = lgt_venn_abers_apply_f64((const void *)state, (const double *)b1, 2, (double *)b2, 1, 4);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b2[0], 0.7272727272727272);
    NEAR(b2[1], 0.3333333333333333);
    NEAR(b2[2], 0.7499999999999999);
    NEAR(b2[3], 0.2);
    return status;
}
#define GOLDEN_venn_abers_0_1 {46, MODEL, 232, \
    words_venn_abers_0_1, again_venn_abers_0_1, read_venn_abers_0_1},

/* 47 one_vs_rest */
static const char *const words_one_vs_rest_0_1[] = {
    "3154474c 002f 0001 000001a0 00000003 00000000 00000003 3ff23ec498cadfe5",
    "3fe252312a6e8442 4010000000000000 4033000000000000 4041000000000000",
    "4047800000000000 3154474c 0029 0001 00000078 00000000 00000000 00000001",
    "3fddd4f3b0966799 3fcf88468d88b309 3fb0000000000000 3fc8000000000000",
    "3fd0000000000000 3fd8000000000000 3fe4000000000000 *2 3fd2492492492492",
    "3ff0000000000000 3ff0000000000000 3154474c 0029 0001 00000078 00000000 00000000",
    "00000001 3fdbd718e5efd5d9 3fd4e03f0e18aeff 3fc0000000000000 3fd0000000000000",
    "3fe0000000000000 3fe4000000000000 3fec000000000000 *2 3fe0000000000000",
    "3fe0000000000000 3ff0000000000000 3154474c 0029 0001 00000068 00000000 00000000",
    "00000001 3fce9e0b994a8446 *1 3fb0000000000000 3fd0000000000000 3fe4000000000000",
    "3fe8000000000000 *2 3ff0000000000000 3ff0000000000000", NULL};
static lgt_status again_one_vs_rest_0_1(void *state, int compare) {
    double b1[31] = {0.125, 0.125, 0.75, 0.0, 0.625, 0.25, 0.125, 0.0, 0.25, 0.5, 0.25, 0.0, 0.25, 0.625, 0.125, 0.0, 0.1875, 0.5625, 0.25, 0.0, 0.25, 0.125, 0.625, 0.0, 0.375, 0.5, 0.125, 0.0, 0.0625, 0.875, 0.0625};
    int32_t b2[8] = {2, 0, 1, 0, 1, 2, 0, 1};
    double b3[8] = {1.0, 1.0, 1.0, 1.0, 1.0, 1.5, 1.0, 1.0};
    lgt_reduction_opts b4[1] = {{sizeof(lgt_reduction_opts), 41, 2, 0, NULL}};
    uint64_t b5[65];
    memset(b5, 0, sizeof b5);
    lgt_status status = lgt_one_vs_rest_fit_f64((void *)state, 576, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 8, 3, (const lgt_reduction_opts *)b4, (void *)b5, 520);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_one_vs_rest_0_1(void *state, int compare) {
    double b1[15] = {0.125, 0.125, 0.75, 0.0, 0.625, 0.25, 0.125, 0.0, 0.25, 0.5, 0.25, 0.0, 0.25, 0.625, 0.125};
    double b2[12];
    memset(b2, 0, sizeof b2);
    lgt_status status = lgt_one_vs_rest_apply_f64((const void *)state, (const double *)b1, 4, (double *)b2, 3, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b2[0], 0.0);
    NEAR(b2[1], 0.0);
    NEAR(b2[2], 1.0);
    NEAR(b2[3], 1.0);
    NEAR(b2[4], 0.0);
    NEAR(b2[5], 0.0);
    NEAR(b2[6], 0.36363636363636365);
    NEAR(b2[7], 0.6363636363636364);
    NEAR(b2[8], 0.0);
    NEAR(b2[9], 0.36363636363636365);
    NEAR(b2[10], 0.6363636363636364);
    NEAR(b2[11], 0.0);
    return status;
}
#define GOLDEN_one_vs_rest_0_1 {47, MODEL, 416, \
    words_one_vs_rest_0_1, again_one_vs_rest_0_1, read_one_vs_rest_0_1},

/* 48 top_label_calibration */
static const char *const words_top_label_calibration_0_1[] = {
    "3154474c 0030 0001 00000178 00000003 00000004 00000003 3fe354b40236048b",
    "3fdfd5699425385e 4014000000000000 4034000000000000 4034000000000000",
    "4040800000000000 4045000000000000 3154474c 0029 0001 00000078 00000000 00000000",
    "00000001 3fe354b40236048b 3fe1009f6a235c2e 3fe0000000000000 3fe2000000000000",
    "3fe4000000000000 3fe8000000000000 3fec000000000000 3fe0000000000000",
    "3fe5555555555555 3fe5555555555555 3ff0000000000000 3ff0000000000000 3154474c",
    "0029 0001 00000068 00000000 00000000 00000001 3fe5bbc6ff55b087 3fe42424e390d491",
    "3fe0000000000000 3fe2000000000000 3fe4000000000000 3fec000000000000",
    "3fe0000000000000 3fe2492492492492 3fe2492492492492 3ff0000000000000 3154474c",
    "0029 0001 00000048 00000000 00000004 00000001 3fd64d1a143049fb *1",
    "3fe4000000000000 3fe8000000000000 3ff0000000000000 3ff0000000000000", NULL};
static lgt_status again_top_label_calibration_0_1(void *state, int compare) {
    double b1[31] = {0.125, 0.125, 0.75, 0.0, 0.625, 0.25, 0.125, 0.0, 0.25, 0.5, 0.25, 0.0, 0.25, 0.625, 0.125, 0.0, 0.1875, 0.5625, 0.25, 0.0, 0.25, 0.125, 0.625, 0.0, 0.375, 0.5, 0.125, 0.0, 0.0625, 0.875, 0.0625};
    int32_t b2[8] = {2, 0, 1, 0, 1, 2, 0, 1};
    double b3[8] = {1.0, 0.5, 1.0, 1.5, 2.0, 0.5, 1.0, 0.5};
    lgt_reduction_opts b4[1] = {{sizeof(lgt_reduction_opts), 41, 2, 0, NULL}};
    uint64_t b5[69];
    memset(b5, 0, sizeof b5);
    lgt_status status = lgt_top_label_calibration_fit_f64((void *)state, 544, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, 8, 3, (const lgt_reduction_opts *)b4, (void *)b5, 552);
    if (!compare) return status;
    CHECK_STATUS(status, 4);
    return status;
}
static lgt_status read_top_label_calibration_0_1(void *state, int compare) {
    double b1[15] = {0.125, 0.125, 0.75, 0.0, 0.625, 0.25, 0.125, 0.0, 0.25, 0.5, 0.25, 0.0, 0.25, 0.625, 0.125};
    double b2[12];
    memset(b2, 0, sizeof b2);
    lgt_status status = lgt_top_label_calibration_apply_f64((const void *)state, (const double *)b1, 4, (double *)b2, 3, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b2[0], 0.0);
    NEAR(b2[1], 0.0);
    NEAR(b2[2], 1.0);
    NEAR(b2[3], 0.6666666666666666);
    NEAR(b2[4], 0.22222222222222224);
    NEAR(b2[5], 0.11111111111111112);
    NEAR(b2[6], 0.25);
    NEAR(b2[7], 0.5);
    NEAR(b2[8], 0.25);
    NEAR(b2[9], 0.2857142857142857);
    NEAR(b2[10], 0.5714285714285714);
    NEAR(b2[11], 0.14285714285714285);
    return status;
}
#define GOLDEN_top_label_calibration_0_1 {48, MODEL, 376, \
    words_top_label_calibration_0_1, again_top_label_calibration_0_1, read_top_label_calibration_0_1},

/* 49 coverage */
static const char *const words_coverage_0_1[] = {
    "3154474c 0031 0001 000001d8 00000003 0000000000000004 *2 0000000200000000 *3",
    "0000000080000000 *3 0000000200000000 *3 0000000200000000 *3 0000000180000000 *15",
    "0000000380000000 *3 0000000080000000 *11 0000000200000000 *3 0000000200000000 *1", NULL};
static lgt_status again_coverage_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0031 0001 000001d8 00000003 *57", NULL};
    golden_words(state, of_state);
    uint64_t b1[7] = {2, 0, 1, 0, 7, 0, 4};
    int32_t b2[4] = {2, 0, 1, 0};
    double b3[4] = {1.5, 0.5, 2.0, 1.5};
    lgt_status status = lgt_coverage_update((void *)state, (const uint64_t *)b1, 2, (const void *)b2, 3, (const double *)b3, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_coverage_0_1(void *state, int compare) {
    lgt_coverage_report b1[1];
    memset(b1, 0, sizeof b1);
    uint32_t b2[2] = {1, 2};
    lgt_status status = lgt_coverage_finish((const void *)state, (lgt_coverage_report *)b1, 0.25, (const uint32_t *)b2, 2);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 4);
    NEAR(b1[0].weight, 5.5);
    NEAR(b1[0].coverage, 0.45454545454545453);
    NEAR(b1[0].mean_size, 1.7272727272727273);
    NEAR(b1[0].empty, 0.0);
    NEAR(b1[0].single, 0.6363636363636364);
    NEAR(b1[0].least_class_coverage, 0.0);
    NEAR(b1[0].class_gap, 0.5);
    NEAR(b1[0].size_violation, 0.6071428571428572);
    return status;
}
#define GOLDEN_coverage_0_1 {49, STATE, 472, \
    words_coverage_0_1, again_coverage_0_1, read_coverage_0_1},

/* 50 conformal */
static const char *const words_conformal_0_1[] = {
    "3154474c 0032 0001 00000080 00000003 00000000 00000001 7ff8000000000000",
    "7ff8000000000000 *1 3ff0000000000000 3f847ae147ae147b 4014000000000000",
    "3fd0000000000000 3fee000000000000 3fdc000000000000 3fe2000000000000",
    "4008000000000000 4008000000000000 4000000000000000", NULL};
static lgt_status again_conformal_0_1(void *state, int compare) {
    double b1[8] = {0.5625, 0.1875, 0.3125, 0.9375, 0.4375, 0.375, 0.5, 0.4375};
    int32_t b2[8] = {2, 0, 1, 0, 1, 2, 0, 1};
    lgt_conformal_opts b3[1] = {{sizeof(lgt_conformal_opts), 0, 2, 5, 0.01}};
    uint64_t b4[12];
    memset(b4, 0, sizeof b4);
    lgt_status status = lgt_conformal_fit((void *)state, 128, (const double *)b1, (const void *)b2, 3, 8, 3, 0.25, (const lgt_conformal_opts *)b3, (void *)b4, 96);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_conformal_0_1(void *state, int compare) {
    double b1[15] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75};
    double b2[4] = {0.0625, 0.875, 0.375, 0.4375};
    double b3[4] = {0.6875, 0.9375, 0.0625, 0.1875};
    uint64_t b4[4];
    memset(b4, 0, sizeof b4);
    uint32_t b5[4];
    memset(b5, 0, sizeof b5);
    uint64_t b6[73];
    memset(b6, 0, sizeof b6);
    lgt_status status = lgt_conformal_sets_f64((const void *)state, (const double *)b1, 4, (const double *)b2, (const double *)b3, (uint64_t *)b4, 1, (uint32_t *)b5, 4, 3, (void *)b6, 584);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b4[0], 4);
    SAME(b4[1], 7);
    SAME(b4[2], 0);
    SAME(b4[3], 0);
    SAME(b5[0], 1);
    SAME(b5[1], 3);
    SAME(b5[2], 0);
    SAME(b5[3], 0);
    return status;
}
#define GOLDEN_conformal_0_1 {50, MODEL, 128, \
    words_conformal_0_1, again_conformal_0_1, read_conformal_0_1},

/* 51 ca_loss */
static const char *const words_ca_loss_0_1[] = {
    "3154474c 0033 0001 000000a0 00000000 0000000000000004 *3 0000000100000000 *3",
    "0000000200000000 *2 cc32380000000000 00000000459819dd *2 e935428000000000",
    "0000000025056ccb *1", NULL};
static lgt_status again_ca_loss_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0033 0001 000000a0 00000000 *18", NULL};
    golden_words(state, of_state);
    double b1[15] = {0.5, -1.0, 2.0, 0.0, 1.5, 0.25, -0.5, 0.0, -1.0, 1.0, 0.5, 0.0, 0.25, 1.0, -0.75};
    int32_t b2[4] = {2, 0, 1, 0};
    double b3[4] = {0.5, 0.5, 1.0, 1.0};
    double b4[4] = {1.0, 1.0, 0.5, 1.5};
    lgt_status status = lgt_ca_loss_update_f64((void *)state, (const double *)b1, 4, (const void *)b2, 3, (const double *)b3, (const double *)b4, 4, 4, 3);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    return status;
}
static lgt_status read_ca_loss_0_1(void *state, int compare) {
    lgt_ca_loss_report b1[1];
    memset(b1, 0, sizeof b1);
    lgt_status status = lgt_ca_loss_finish((const void *)state, (lgt_ca_loss_report *)b1);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    SAME(b1[0].rows, 4);
    SAME(b1[0].nan_rows, 0);
    NEAR(b1[0].weight, 3.0);
    NEAR(b1[0].accuracy, 0.6666666666666666);
    NEAR(b1[0].balanced, 0.17207957102837107);
    NEAR(b1[0].uniform, 0.13882205213952578);
    NEAR(b1[0].right, 0.07230701436183519);
    NEAR(b1[0].wrong, 0.27185212769490696);
    return status;
}
#define GOLDEN_ca_loss_0_1 {51, STATE, 160, \
    words_ca_loss_0_1, again_ca_loss_0_1, read_ca_loss_0_1},

/* 52 spherical_layer */
static const char *const words_spherical_layer_0_1[] = {
    "3154474c 0034 0001 00000170 00000003 0000000000000003 *1 4002efffffffffff",
    "c0143c7fffffffff c01d3c7fffffffff c0143c7fffffffff c018bb0000000000",
    "c01e5f8000000000 c01d3c7fffffffff c01e5f8000000000 c005a0ffffffffff",
    "3fc43c35aaba9a8a bfc4ab85388a05b9 3f9ac8f68f123441 bfc4ab85388a05b5",
    "3fcd910d9117493c bfcb28c922cd249b 3f9ac8f68f123471 bfcb28c922cd249a",
    "3fc3e20fc54f17cb 40750a52091ffffe 40819f9ace3ffffe 4082773593500000",
    "40819f9ace3ffffe 408e56951c97fffe 40902604683bffff 4082773593500000",
    "40902604683bffff 40916427018c0000 bfdf200000000001 3fc8c00000000001",
    "bfd45fffffffffff c03ee9bffffffffe c04aa70800000001 c04c2b8800000000",
    "3ff10c345c0ed2bd 400012a790845670 3fe09d1a74ec18c3 3fe0fe7ccbefea28",
    "3ff0d583ada9117e 3ff0a5f608d9cfe1 3ff0000000000000 3ff0000000000000",
    "3fe0000000000000", NULL};
static lgt_status again_spherical_layer_0_1(void *state, int compare) {
    static const char *const of_state[] = {
    "3154474c 0034 0001 00000170 00000003 0000000000000003 *1 3ff0000000000000 *3",
    "3ff0000000000000 *3 3ff0000000000000 3ff0000000000000 *3 3ff0000000000000 *3",
    "3ff0000000000000 4002000000000000 400c000000000000 3ff8000000000000",
    "400c000000000000 4018000000000000 4004000000000000 3ff8000000000000",
    "4004000000000000 3ff8000000000000 *3 4004000000000000 4010000000000000",
    "4000000000000000 3ff0000000000000 4000000000000000 3fe0000000000000",
    "3fe0000000000000 3ff0000000000000 3ff0000000000000 3ff0000000000000",
    "3ff0000000000000 3fe0000000000000", NULL};
    golden_words(state, of_state);
    double b1[31] = {-2.375, -0.5, 0.0, 0.0, 0.875, 1.5, 0.875, 0.0, -0.5, -0.875, -0.375, 0.0, -2.75, -2.375, -2.25, 0.0, -1.25, -2.75, -2.25, 0.0, 0.875, 0.0, 0.25, 0.0, -2.625, 1.0, 0.25, 0.0, 1.625, 0.875, -1.625};
    int32_t b2[16] = {0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1};
    double b3[16] = {0.625, 2.875, -2.25, -1.0, -1.25, 1.375, -2.875, -2.625, -2.375, 1.75, 0.375, 2.625, 1.0, 0.75, 2.5, -1.625};
    double b4[8] = {-0.25, 0.125, 1.5, -2.125, 1.625, 1.25, -0.25, -1.0};
    double b5[8] = {-2.25, 2.5, 1.0, 2.125, 1.875, 1.75, -1.125, -2.875};
    double b6[24];
    memset(b6, 0, sizeof b6);
    uint64_t b7[298];
    memset(b7, 0, sizeof b7);
    lgt_status status = lgt_spherical_layer_step((void *)state, (const double *)b1, 4, (const void *)b2, 3, 2, (const double *)b3, (const double *)b4, (const double *)b5, 0.125, 0.125, (double *)b6, 3, 8, (void *)b7, 2384);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b6[0], 33.359375);
    NEAR(b6[1], 54.03125);
    NEAR(b6[2], 24.34375);
    NEAR(b6[3], 40.84375);
    NEAR(b6[4], 67.5);
    NEAR(b6[5], 29.375);
    NEAR(b6[6], -5.0);
    NEAR(b6[7], -8.375);
    NEAR(b6[8], -4.5625);
    NEAR(b6[9], -84.03125);
    NEAR(b6[10], -139.375);
    NEAR(b6[11], -66.859375);
    NEAR(b6[12], -56.734375);
    NEAR(b6[13], -95.875);
    NEAR(b6[14], -41.65625);
    NEAR(b6[15], 14.140625);
    NEAR(b6[16], 23.53125);
    NEAR(b6[17], 10.09375);
    NEAR(b6[18], 5.1953125);
    NEAR(b6[19], 7.265625);
    NEAR(b6[20], 3.265625);
    NEAR(b6[21], -26.6796875);
    NEAR(b6[22], -42.65625);
    NEAR(b6[23], -13.703125);
    return status;
}
static lgt_status read_spherical_layer_0_1(void *state, int compare) {
    double b1[31] = {-2.0, -1.75, 0.875, 0.0, -2.25, 1.5, -2.25, 0.0, -2.25, 1.875, 0.75, 0.0, -0.125, -0.625, 1.125, 0.0, -1.875, -1.125, -0.125, 0.0, 2.375, 1.5, -0.375, 0.0, 0.0, -1.875, -2.0, 0.0, 0.875, 2.75, -1.5};
    int32_t b2[16] = {0, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1};
    double b3[16];
    memset(b3, 0, sizeof b3);
    double b4[8];
    memset(b4, 0, sizeof b4);
    double b5[8];
    memset(b5, 0, sizeof b5);
    uint64_t b6[298];
    memset(b6, 0, sizeof b6);
    lgt_status status = lgt_spherical_layer_forward((const void *)state, (const double *)b1, 4, (const void *)b2, 3, 2, (double *)b3, (double *)b4, (double *)b5, 8, (void *)b6, 2384);
    if (!compare) return status;
    CHECK_STATUS(status, 0);
    NEAR(b3[0], 39.907867431640625);
    NEAR(b3[1], 40.761077880859375);
    NEAR(b3[2], 35.75994873046875);
    NEAR(b3[3], 50.20788574218749);
    NEAR(b3[4], -15.583831787109375);
    NEAR(b3[5], -32.173553466796875);
    NEAR(b3[6], -4.79583740234375);
    NEAR(b3[7], -4.79583740234375);
    NEAR(b3[8], 49.70736694335937);
    NEAR(b3[9], 43.681640625);
    NEAR(b3[10], -48.596343994140625);
    NEAR(b3[11], -51.37152099609374);
    NEAR(b3[12], 61.690338134765625);
    NEAR(b3[13], 89.95724487304686);
    NEAR(b3[14], -34.60699462890625);
    NEAR(b3[15], -34.60699462890625);
    NEAR(b4[0], 105.81222534179688);
    NEAR(b4[1], 116.36224365234372);
    NEAR(b4[2], -72.64736938476565);
    NEAR(b4[3], -26.202880859374993);
    NEAR(b4[4], 124.97259521484375);
    NEAR(b4[5], -132.24844360351562);
    NEAR(b4[6], 212.62692260742188);
    NEAR(b4[7], -89.12738037109378);
    NEAR(b5[0], 3886.2878835825227);
    NEAR(b5[1], 4723.425833288582);
    NEAR(b5[2], 1897.5046658841889);
    NEAR(b5[3], 261.7374740447851);
    NEAR(b5[4], 5376.431064756585);
    NEAR(b5[5], 6042.673574657178);
    NEAR(b5[6], 15616.483582335522);
    NEAR(b5[7], 2740.41320173256);
    return status;
}
#define GOLDEN_spherical_layer_0_1 {52, OTHER, 368, \
    words_spherical_layer_0_1, again_spherical_layer_0_1, read_spherical_layer_0_1},

#define GOLDEN_0_1 \
    GOLDEN_accuracy_0_1 \
    GOLDEN_nll_0_1 \
    GOLDEN_brier_0_1 \
    GOLDEN_ece_top_label_0_1 \
    GOLDEN_temperature_0_1 \
    GOLDEN_extsum_0_1 \
    GOLDEN_evaluate_0_1 \
    GOLDEN_ece_binary_0_1 \
    GOLDEN_ece_classwise_0_1 \
    GOLDEN_log_loss_0_1 \
    GOLDEN_spherical_0_1 \
    GOLDEN_rps_0_1 \
    GOLDEN_confusion_0_1 \
    GOLDEN_class_counts_0_1 \
    GOLDEN_multilabel_0_1 \
    GOLDEN_bootstrap_0_1 \
    GOLDEN_binary_0_1 \
    GOLDEN_evaluate_rows_0_1 \
    GOLDEN_pearson_0_1 \
    GOLDEN_regression_0_1 \
    GOLDEN_binned_auroc_0_1 \
    GOLDEN_streaming_auroc_0_1 \
    GOLDEN_ranking_0_1 \
    GOLDEN_xmc_0_1 \
    GOLDEN_matching_0_1 \
    GOLDEN_label_ranking_0_1 \
    GOLDEN_agreement_0_1 \
    GOLDEN_temperature_loss_0_1 \
    GOLDEN_matrix_loss_0_1 \
    GOLDEN_logistic_loss_0_1 \
    GOLDEN_temperature_search_0_1 \
    GOLDEN_matrix_search_0_1 \
    GOLDEN_logistic_search_0_1 \
    GOLDEN_ensemble_temperature_0_1 \
    GOLDEN_prior_shift_0_1 \
    GOLDEN_vector_scaling_0_1 \
    GOLDEN_matrix_scaling_0_1 \
    GOLDEN_dirichlet_0_1 \
    GOLDEN_platt_0_1 \
    GOLDEN_beta_0_1 \
    GOLDEN_isotonic_0_1 \
    GOLDEN_histogram_binning_0_1 \
    GOLDEN_bbq_0_1 \
    GOLDEN_scaling_binning_0_1 \
    GOLDEN_spline_0_1 \
    GOLDEN_venn_abers_0_1 \
    GOLDEN_one_vs_rest_0_1 \
    GOLDEN_top_label_calibration_0_1 \
    GOLDEN_coverage_0_1 \
    GOLDEN_conformal_0_1 \
    GOLDEN_ca_loss_0_1 \
    GOLDEN_spherical_layer_0_1
