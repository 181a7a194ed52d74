/* Association of two columns against its definition. */
#include "check.h"

#include <math.h>
#include <string.h>

static void as_defined(size_t rows, uint32_t n) {
    static uint64_t state[6 + 3 + 20];
    uint8_t a[200], b[200];
    double table[4][4] = {{0}}, left[4] = {0}, right[4] = {0}, chi2 = 0;
    for (size_t r = 0; r < rows; r++) {
        a[r] = (uint8_t)(r * r % 7 % n);
        b[r] = (uint8_t)((r % 3 ? a[r] : r % 5) % n);
        table[a[r]][b[r]]++;
        left[a[r]]++;
        right[b[r]]++;
    }
    int lefts = 0, rights = 0;
    for (uint32_t i = 0; i < n; i++) {
        lefts += left[i] > 0;
        rights += right[i] > 0;
        for (uint32_t j = 0; j < n; j++) {
            double chance = left[i] * right[j] / (double)rows;
            if (chance > 0) chi2 += (table[i][j] - chance) * (table[i][j] - chance) / chance;
        }
    }
    lgt_association_report report;
    CHECK_STATUS(lgt_confusion_init(state, sizeof state, n, NULL), LGT_OK);
    CHECK_STATUS(lgt_confusion_update(state, b, LGT_U8, a, LGT_U8, NULL, rows), LGT_OK);
    int alone = lefts < 2 || rights < 2;
    CHECK_STATUS(lgt_association_finish(state, &report), alone ? LGT_UNDEFINED : LGT_OK);
    CHECK(report.labels == (uint64_t)lefts && report.predicted == (uint64_t)rights);
    CHECK(report.weight == (double)rows);
    if (alone) {
        CHECK(isnan(report.chi2) && isnan(report.p_value) && isnan(report.cramers_v));
        return;
    }
    double least = lefts < rights ? lefts : rights;
    CHECK(fabs(report.chi2 - chi2) < 1e-12 * (1 + chi2));
    CHECK(fabs(report.cramers_v - sqrt(chi2 / (double)rows / (least - 1))) < 1e-12);
    CHECK(report.p_value >= 0 && report.p_value <= 1);
    /* Of two rows nothing is left of the classes, and it is NaN. */
    CHECK(rows > 2 || isnan(report.cramers_v_corrected));
    CHECK(!(report.cramers_v_corrected > 1 + 1e-12));
}

void test(void) {
    for (uint32_t n = 1; n <= 4; n++)
        for (size_t rows = 0; rows < 200; rows += 1 + rows / 9) as_defined(rows, n);
    uint64_t state[6 + 3 + 20];
    lgt_association_report report;
    memset(&report, 7, sizeof report);
    lgt_association_report before = report;
    CHECK_STATUS(lgt_accuracy_init(state, sizeof state, 1), LGT_OK);
    CHECK_STATUS(lgt_association_finish(state, &report), LGT_E_STATE);
    CHECK_STATUS(lgt_association_finish(NULL, &report), LGT_E_NULL);
    CHECK_STATUS(lgt_association_finish(state, NULL), LGT_E_NULL);
    CHECK(memcmp(&report, &before, sizeof report) == 0);
}
