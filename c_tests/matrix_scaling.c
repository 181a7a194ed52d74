/* A matrix and biases, against what defines them. */
#define MORE
#define ROOM , scratch, bytes
#include "linear.h"

LINEAR(matrix_scaling)

void test(void) {
    const linear map = {lgt_matrix_scaling_size, lgt_matrix_scaling_scratch, lgt_matrix_scaling_apply_scratch,
                        matrix_scaling_fit, matrix_scaling_apply, 0, 1, 0};
    linear_all(&map);
}
