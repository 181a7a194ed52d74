/* A calibrator for each predicted class: what holds of any such calibrator. Python's tests compare its
 * values with scikit-learn's. */
#include "reductions.h"

REDUCTION(top_label_calibration)

void test(void) {
    reduction_of_every_method(&top_label_calibration, 11);
    reduction_refused(&top_label_calibration);
    reduction_any_bytes(&top_label_calibration);
}
