/* A scale and a bias for each class, against what defines them. */
#define MORE
#define ROOM
#include "linear.h"

LINEAR(vector_scaling)

void test(void) {
    const linear map = {lgt_vector_scaling_size, lgt_vector_scaling_scratch, NULL,
                        vector_scaling_fit, vector_scaling_apply, 0, 0, 0};
    linear_all(&map);
}
