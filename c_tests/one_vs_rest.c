/* A calibrator for each class: what holds of any such calibrator. Python's tests compare its
 * values with scikit-learn's. */
#include "reductions.h"

REDUCTION(one_vs_rest)

void test(void) {
    reduction_of_every_method(&one_vs_rest, 11);
    reduction_refused(&one_vs_rest);
    reduction_any_bytes(&one_vs_rest);
}
