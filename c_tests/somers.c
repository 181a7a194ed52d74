/* Somers' D against a count of all pairs. */
#include "columns.h"

COLUMNS(somers, )

static void as_defined(int type, size_t n, int levels) {
    lgt_somers_report got;
    double of_x = 0, of_y = 0, total = 0, squares = 0;
    columns_fill(n, levels);
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t j = 0; j < n; j++) {
            int a = sign_of(column_x[i] - column_x[j]), b = sign_of(column_y[i] - column_y[j]);
            sum += a * b;
            of_x += a != 0;
            of_y += b != 0;
        }
        total += sum;
        squares += sum * sum;
    }
    int some = of_x > 0 && of_y > 0;
    CHECK_STATUS(columns_call(somers_of[type], lgt_somers_scratch, type, n, &got),
                 some ? LGT_OK : LGT_UNDEFINED);
    if (!some) return;
    CHECK((double)got.concordant - (double)got.discordant == total / 2);
    CHECK(got.d_yx == total / of_x && got.d_xy == total / of_y);
    double z = total / 2 / sqrt(squares - total * total / (double)n);
    CHECK(isfinite(z) ? fabs(got.z - z) <= 1e-9 * fabs(z) : !(fabs(got.z) < 1e6));
}

void test(void) {
    const size_t sizes[] = {2, 3, 15, 16, 17, 100, MOST_ROWS};
    for (int type = 0; type < DTYPES; type++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            for (int levels = 2; levels < 2000; levels *= 9) as_defined(type, sizes[i], levels);
    columns_refused(somers_f32, lgt_somers_scratch);
}
