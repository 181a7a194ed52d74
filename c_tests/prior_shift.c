/* A bias for each class, against what defines it. */
#define MORE
#define ROOM
#include "linear.h"

LINEAR(prior_shift)

void test(void) {
    const linear map = {lgt_prior_shift_size, lgt_prior_shift_scratch, NULL,
                        prior_shift_fit, prior_shift_apply, 0, 0, 1};
    linear_all(&map);
}
