/* Kendall's tau against a count of all pairs. */
#include "columns.h"

COLUMNS(kendall, )

static void as_defined(int type, size_t n, int levels) {
    lgt_kendall_report got;
    uint64_t right = 0, wrong = 0, of_x = 0, of_y = 0, both = 0;
    columns_fill(n, levels);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            int a = sign_of(column_x[i] - column_x[j]), b = sign_of(column_y[i] - column_y[j]);
            right += a * b > 0;
            wrong += a * b < 0;
            of_x += a == 0;
            of_y += b == 0;
            both += a == 0 && b == 0;
        }
    }
    double all = (double)(n * (n - 1) / 2), more = (double)right - (double)wrong;
    int some = of_x < all && of_y < all;
    CHECK_STATUS(columns_call(kendall_of[type], lgt_kendall_scratch, type, n, &got),
                 some ? LGT_OK : LGT_UNDEFINED);
    CHECK(got.concordant == right && got.discordant == wrong);
    CHECK(got.ties_x == of_x && got.ties_y == of_y && got.ties_both == both);
    CHECK(got.tau_a == more / all);
    if (some) CHECK(fabs(got.tau_b - more / sqrt((all - of_x) * (all - of_y))) < 1e-15);
}

void test(void) {
    const size_t sizes[] = {2, 3, 15, 16, 17, 33, 100, MOST_ROWS};
    for (int type = 0; type < DTYPES; type++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            for (int levels = 2; levels < 2000; levels *= 9) as_defined(type, sizes[i], levels);
    columns_refused(kendall_f32, lgt_kendall_scratch);
}
