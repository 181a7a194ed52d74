/* Two Rust archives without std in one program. */
#include <logitude/logitude.h>

uint32_t bare_nth(const uint32_t *values, size_t n);

int main(void) {
    const uint32_t values[3] = {5, 6, 7};
    const float x[3] = {1, 2, 3};
    float y[3];
    lgt_status status = lgt_softmax_f32(x, 3, y, 3, NULL, 1, 3, NULL);
    return status == LGT_OK && y[2] > 0.66f && bare_nth(values, 2) == 7 ? 0 : 1;
}
