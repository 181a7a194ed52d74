/* A matrix and biases of logarithms, against what defines them. */
#define MORE , 1e-9
#define ROOM , scratch, bytes
#include "linear.h"

LINEAR(dirichlet)

void test(void) {
    const linear map = {lgt_dirichlet_size, lgt_dirichlet_scratch, lgt_dirichlet_apply_scratch,
                        dirichlet_fit, dirichlet_apply, 1, 1, 0};
    linear_all(&map);
}
